//! A small writer of JSON text, for what is answered often: no tree is built.

/// JSON text in the making. Commas are placed by looking at the last byte written.
#[derive(Debug, Clone, Default)]
pub struct JsonText {
    out: Vec<u8>,
}

impl JsonText {
    /// Empty, with room for an answer of the given size.
    pub fn with_capacity(bytes: usize) -> Self {
        JsonText { out: Vec::with_capacity(bytes) }
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// One object: `write` adds its members.
    pub fn object(&mut self, write: impl FnOnce(&mut Self)) {
        self.comma();
        self.out.push(b'{');
        write(self);
        self.out.push(b'}');
    }

    /// A member that is an object.
    pub fn member(&mut self, key: &str, write: impl FnOnce(&mut Self)) {
        self.key(key);
        self.object(write);
    }

    /// A member that is an array: `write` adds its items.
    pub fn list(&mut self, key: &str, write: impl FnOnce(&mut Self)) {
        self.key(key);
        self.out.push(b'[');
        write(self);
        self.out.push(b']');
    }

    /// A member that is an array of one object, the commonest shape of FHIR.
    pub fn list_of_one(&mut self, key: &str, write: impl FnOnce(&mut Self)) {
        self.list(key, |out| out.object(write));
    }

    /// A string member.
    pub fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        self.string(value);
    }

    /// A string member, left out when there is none or it is empty: FHIR forbids empty strings.
    pub fn text_if(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.text(key, value);
        }
    }

    /// A whole number member.
    pub fn number(&mut self, key: &str, value: u64) {
        self.key(key);
        self.out.extend_from_slice(value.to_string().as_bytes());
    }

    /// A boolean member.
    pub fn flag(&mut self, key: &str, value: impl Into<bool>) {
        self.key(key);
        self.out.extend_from_slice(if value.into() { b"true" } else { b"false" });
    }

    /// A string item of an array, or the value after a key.
    pub fn string(&mut self, value: &str) {
        self.comma();
        self.out.push(b'"');
        let mut rest = value.as_bytes();
        while let Some(at) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)) {
            let (plain, tail) = rest.split_at(at);
            self.out.extend_from_slice(plain);
            let Some((byte, tail)) = tail.split_first() else { break };
            self.escape(*byte);
            rest = tail;
        }
        self.out.extend_from_slice(rest);
        self.out.push(b'"');
    }

    /// JSON that is already text: a stored or rendered resource, as an item or after a key.
    pub fn raw(&mut self, json: &[u8]) {
        self.comma();
        self.out.extend_from_slice(json);
    }

    /// A key; the value follows.
    pub fn key(&mut self, key: &str) {
        self.string(key);
        self.out.push(b':');
    }

    fn comma(&mut self) {
        if !matches!(self.out.last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(b',');
        }
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.out.extend_from_slice(b"\\\""),
            b'\\' => self.out.extend_from_slice(b"\\\\"),
            b'\n' => self.out.extend_from_slice(b"\\n"),
            b'\r' => self.out.extend_from_slice(b"\\r"),
            b'\t' => self.out.extend_from_slice(b"\\t"),
            other => self.out.extend_from_slice(format!("\\u{other:04x}").as_bytes()),
        }
    }
}

/// One resource as JSON text.
pub fn resource(resource_type: &str, capacity: usize, write: impl FnOnce(&mut JsonText)) -> Vec<u8> {
    let mut out = JsonText::with_capacity(capacity);
    out.object(|out| {
        out.text("resourceType", resource_type);
        write(out);
    });
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_json_with_commas_and_escapes_in_place() {
        let bytes = resource("List", 64, |out| {
            out.text("title", "\"l'été\"\\\n\u{1}{[:");
            out.list("entry", |out| {
                out.object(|out| out.number("n", 1));
                out.object(|out| out.flag("f", true));
                out.raw(b"{}");
            });
            out.text_if("absent", Some(""));
            out.list("given", |out| {
                out.string("a:");
                out.string("b{");
            });
        });
        let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(
            value,
            serde_json::json!({"resourceType": "List", "title": "\"l'été\"\\\n\u{1}{[:", "entry": [{"n": 1}, {"f": true}, {}], "given": ["a:", "b{"]})
        );
    }
}

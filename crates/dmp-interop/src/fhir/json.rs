//! Reads JSON text strictly: one value, UTF-8, bounded depth, no key twice in one object.

use std::cell::Cell;
use std::fmt;

use dmp_core::Issue;
use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// How much is read at most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longer texts are refused before they are read.
    pub bytes_max: usize,
    /// Nesting of objects and arrays. SECURITY: bounds the stack of every later walk.
    pub depth_max: usize,
}

impl Default for Limits {
    /// 64 MiB: the largest lot, base64 included; 64 levels: the deepest published example has 14.
    fn default() -> Self {
        Limits { bytes_max: 64 << 20, depth_max: 64 }
    }
}

/// Reads one JSON value (RFC 8259; FHIR R4 "JSON representation").
///
/// # Errors
/// `json-too-large`, `json-invalid`, `json-duplicate-key`, `json-too-deep`, with line and column.
pub fn parse(bytes: &[u8], limits: Limits) -> Result<Value, Issue> {
    if bytes.len() > limits.bytes_max {
        return Err(Issue::error("json-too-large").received(bytes.len().to_string()).expected(limits.bytes_max.to_string()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?;
    let finding = Cell::new(None);
    let seed = Strict { depth_left: limits.depth_max, finding: &finding };
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = seed.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    value.map_err(|error| {
        let issue = Issue::error(finding.get().unwrap_or("json-invalid"));
        issue.at_line(position(error.line()), position(error.column()))
    })
}

fn position(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX).max(1)
}

fn not_utf8(bytes: &[u8], at: usize) -> Issue {
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    Issue::error("json-invalid").at_line(position(line), position(column)).expected("UTF-8")
}

#[derive(Clone, Copy)]
struct Strict<'a> {
    depth_left: usize,
    finding: &'a Cell<Option<&'static str>>,
}

impl Strict<'_> {
    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        match self.depth_left.checked_sub(1) {
            Some(depth_left) => Ok(Strict { depth_left, ..self }),
            None => Err(self.refuse("json-too-deep")),
        }
    }

    fn refuse<E: de::Error>(self, code: &'static str) -> E {
        self.finding.set(Some(code));
        E::custom(code)
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut map = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(self.refuse("json-duplicate-key"));
            }
            map.insert(key, members.next_value_seed(inner)?);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &[u8]) -> (String, Option<u32>, Option<u32>) {
        let issue = parse(text, Limits::default()).unwrap_err();
        (issue.code, issue.line, issue.column)
    }

    #[test]
    fn a_key_twice_is_refused_with_its_place() {
        let (found, line, _) = code(b"{\"a\": 1,\n \"b\": {\"c\": 1, \"c\": 2}}");
        assert_eq!((found.as_str(), line), ("json-duplicate-key", Some(2)));
        assert_eq!(code(b"{\"a\":1,\"\\u0061\":2}").0, "json-duplicate-key");
    }

    #[test]
    fn broken_text_is_refused_with_line_and_column() {
        assert_eq!(code(b"{\n  \"a\": trup\n}"), ("json-invalid".into(), Some(2), Some(11)));
        assert_eq!(code(b"{} {}").0, "json-invalid");
        assert_eq!(code(b"").0, "json-invalid");
        assert_eq!(code(b"{\"a\":\n\"\xff\"}"), ("json-invalid".into(), Some(2), Some(2)));
        assert_eq!(code(b"{\"a\": NaN}").0, "json-invalid");
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(nested(64).as_bytes(), Limits::default()).is_ok());
        assert_eq!(code(nested(65).as_bytes()).0, "json-too-deep");
        assert_eq!(code(nested(5000).as_bytes()).0, "json-too-deep");
    }

    #[test]
    fn what_is_read_is_what_serde_json_reads() {
        let text = r#"{"a": [1, -2, 1.5, true, null, "é\n"], "b": {}}"#;
        assert_eq!(parse(text.as_bytes(), Limits::default()).unwrap(), serde_json::from_str::<Value>(text).unwrap());
    }
}

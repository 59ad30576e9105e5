//! Writing ER7.

use super::escape::Separators;
use super::{Charset, Message};

/// A field to write: repetitions of components of sub-components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part(pub Vec<Vec<Vec<String>>>);

impl Part {
    /// One plain text.
    pub fn text(text: &str) -> Self {
        Part(vec![vec![vec![text.to_owned()]]])
    }

    /// Components without sub-components.
    pub fn components(texts: &[&str]) -> Self {
        Part(vec![texts.iter().map(|text| vec![(*text).to_owned()]).collect()])
    }
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Part::text(text)
    }
}

/// A message being written.
#[derive(Debug, Clone)]
pub struct Writer {
    separators: Separators,
    charset: Charset,
    text: String,
}

impl Writer {
    /// Begins a message with MSH; `fields` begins at MSH-3. MSH-18 is the caller's to write.
    pub fn begin(separators: Separators, charset: Charset, fields: &[Part]) -> Self {
        let text = format!("MSH{}{}", separators.field, separators.encoding_characters());
        let mut writer = Writer { separators, charset, text };
        writer.fields(fields);
        writer
    }

    /// Adds a segment; `fields` begins at field 1.
    #[must_use]
    pub fn segment(mut self, name: &str, fields: &[Part]) -> Self {
        self.text.push_str(name);
        self.fields(fields);
        self
    }

    fn fields(&mut self, fields: &[Part]) {
        for field in fields {
            self.text.push(self.separators.field);
            let text = self.field(field);
            self.text.push_str(&text);
        }
        self.text.push('\r');
    }

    fn field(&self, Part(repetitions): &Part) -> String {
        let joined = |parts: Vec<String>, separator: char| parts.join(separator.encode_utf8(&mut [0; 4]));
        let component = |subs: &Vec<String>| joined(subs.iter().map(|sub| self.separators.escape(sub)).collect(), self.separators.sub);
        let repetition = |components: &Vec<Vec<String>>| joined(components.iter().map(component).collect(), self.separators.component);
        joined(repetitions.iter().map(repetition).collect(), self.separators.repetition)
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.charset.encode(&self.text)
    }
}

impl Message {
    /// The message as it was read, with CR after each segment.
    pub fn encode(&self) -> Vec<u8> {
        let mut text = String::new();
        let field = self.separators.field;
        for segment in &self.segments {
            text.push_str(&segment.name);
            // The first field of MSH is the separator, which stands before the second anyway.
            for raw in segment.raw().iter().skip(usize::from(segment.name == "MSH")) {
                text.push(field);
                text.push_str(raw);
            }
            text.push('\r');
        }
        self.charset.encode(&text)
    }
}

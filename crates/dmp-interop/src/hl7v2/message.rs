//! A message as segments and fields. Fields are kept as written and taken apart when they are asked for, so that a message
//! costs no more memory than its text, however many separators it has.

use super::escape::Separators;
use super::{Charset, Fault};

/// What is looked at, at most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub bytes: usize,
    pub segments: usize,
    /// Fields of one segment.
    pub fields: usize,
}

impl Default for Limits {
    /// A document of 20 MB in base64, and more observations than a laboratory sends.
    fn default() -> Self {
        Limits { bytes: 32 << 20, segments: 20_000, fields: 500 }
    }
}

/// A message.
#[derive(Debug, Clone)]
pub struct Message {
    pub separators: Separators,
    pub charset: Charset,
    pub segments: Vec<Segment>,
}

/// One segment: its name, and its fields as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    pub name: String,
    fields: Vec<String>,
}

/// A field, or a part of one, as written.
#[derive(Debug, Clone, Copy)]
pub struct Field<'m> {
    raw: &'m str,
    separators: Separators,
    charset: Charset,
}

impl Message {
    /// Reads ER7: segments end with CR; LF and CRLF are taken too.
    ///
    /// # Errors
    /// What keeps it from being a message: no MSH, too large, a batch, a character set that is not known.
    pub fn parse(bytes: &[u8], limits: Limits) -> Result<Self, Fault> {
        if bytes.len() > limits.bytes {
            return Err(Fault::at("hl7-too-large", ""));
        }
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        if bytes.starts_with(b"FHS") || bytes.starts_with(b"BHS") {
            return Err(Fault::at("hl7-batch", ""));
        }
        let separators = separators(bytes)?;
        let charset = charset(bytes, separators)?;
        let text = charset.decode(bytes)?;
        let mut segments = Vec::new();
        for line in text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()) {
            if segments.len() >= limits.segments {
                return Err(Fault::at("hl7-too-large", ""));
            }
            let segment = Segment::read(line, separators, limits)?;
            if segment.name == "MSH" && !segments.is_empty() {
                return Err(Fault::at("hl7-batch", "MSH"));
            }
            segments.push(segment);
        }
        Ok(Message { separators, charset, segments })
    }

    /// The first segment of a name.
    pub fn segment(&self, name: &str) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.name == name)
    }

    /// A field of the first segment of a name; the empty field where there is none.
    pub fn field(&self, name: &str, number: usize) -> Field<'_> {
        self.segment(name).map_or(self.nothing(), |segment| self.of(segment, number))
    }

    /// A field of a segment of this message.
    pub fn of<'m>(&'m self, segment: &'m Segment, number: usize) -> Field<'m> {
        let raw = number.checked_sub(1).and_then(|place| segment.fields.get(place)).map_or("", String::as_str);
        Field { raw, ..self.nothing() }
    }

    fn nothing(&self) -> Field<'_> {
        Field { raw: "", separators: self.separators, charset: self.charset }
    }
}

/// MSH-1 and MSH-2. Characters outside ASCII, letters and doubles are none.
fn separators(bytes: &[u8]) -> Result<Separators, Fault> {
    let wrong = || Fault::at("hl7-not-a-message", "MSH");
    let Some([field, component, repetition, escape, sub, ..]) = bytes.strip_prefix(b"MSH") else { return Err(wrong()) };
    let all = [field, component, repetition, escape, sub].map(|byte| *byte);
    let usable = |byte: &u8| byte.is_ascii_graphic() && !byte.is_ascii_alphanumeric();
    let distinct = all.iter().enumerate().all(|(place, byte)| !all.iter().skip(place + 1).any(|other| other == byte));
    if !all.iter().all(usable) || !distinct {
        return Err(wrong());
    }
    let [field, component, repetition, escape, sub] = all.map(char::from);
    Ok(Separators { field, component, repetition, escape, sub })
}

/// MSH-18, read before there is text: the names of the sets are ASCII.
fn charset(bytes: &[u8], separators: Separators) -> Result<Charset, Fault> {
    let first = bytes.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let named = first.split(|byte| char::from(*byte) == separators.field).nth(17).unwrap_or_default();
    let one = named.split(|byte| char::from(*byte) == separators.repetition).next().unwrap_or_default();
    let name = std::str::from_utf8(one).map_err(|_| Fault::at("hl7-charset", "MSH-18"))?;
    Charset::named(name, bytes).ok_or(Fault::at("hl7-charset", "MSH-18"))
}

impl Segment {
    /// Fields as written, the first is field 1.
    pub fn raw(&self) -> &[String] {
        &self.fields
    }

    fn read(line: &str, separators: Separators, limits: Limits) -> Result<Self, Fault> {
        let mut parts = line.split(separators.field);
        let name = parts.next().unwrap_or_default().trim();
        let known = name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if !known {
            return Err(Fault::at("hl7-not-a-message", ""));
        }
        // The field separator is itself the first field of MSH.
        let mut fields = if name == "MSH" { vec![separators.field.to_string()] } else { Vec::new() };
        for part in parts {
            if fields.len() >= limits.fields {
                return Err(Fault::at("hl7-too-large", ""));
            }
            fields.push(part.to_owned());
        }
        Ok(Segment { name: name.to_owned(), fields })
    }
}

impl<'m> Field<'m> {
    /// As written.
    pub fn raw(&self) -> &'m str {
        self.raw
    }

    /// Its repetitions; none for an empty field.
    pub fn repetitions(self) -> impl Iterator<Item = Field<'m>> {
        self.raw.split(self.separators.repetition).filter(|raw| !raw.is_empty()).map(move |raw| Field { raw, ..self })
    }

    /// A component of the first repetition, from 1.
    pub fn component(self, number: usize) -> Field<'m> {
        self.cut(self.separators.repetition, 1).cut(self.separators.component, number)
    }

    /// A sub-component, from 1.
    pub fn subcomponent(self, number: usize) -> Field<'m> {
        self.cut(self.separators.sub, number)
    }

    fn cut(self, separator: char, number: usize) -> Field<'m> {
        let raw = number.checked_sub(1).and_then(|place| self.raw.split(separator).nth(place)).unwrap_or_default();
        Field { raw, ..self }
    }

    /// The text, without surrounding blanks; `None` when there is none, or when it is the `""` that deletes.
    pub fn text(self) -> Option<String> {
        let text = self.separators.unescape(self.raw, self.charset);
        let trimmed = text.trim();
        (!trimmed.is_empty() && trimmed != "\"\"").then(|| trimmed.to_owned())
    }
}

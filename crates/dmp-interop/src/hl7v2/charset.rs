//! The character sets of French hospitals (MSH-18, table HL70211): UTF-8, ISO 8859-1 and 8859-15.

use super::Fault;

/// How the bytes of a message are letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    Utf8,
    Latin1,
    Latin9,
}

/// Where ISO 8859-15 differs from 8859-1.
const LATIN9: [(u8, char); 8] = [(0xA4, '€'), (0xA6, 'Š'), (0xA8, 'š'), (0xB4, 'Ž'), (0xB8, 'ž'), (0xBC, 'Œ'), (0xBD, 'œ'), (0xBE, 'Ÿ')];

impl Charset {
    /// The set that MSH-18 names; `None` for one that is not known. Nothing named: UTF-8 when the bytes are, else 8859-1.
    pub fn named(name: &str, bytes: &[u8]) -> Option<Self> {
        match name.trim().to_ascii_uppercase().as_str() {
            "" | "ASCII" => Some(if std::str::from_utf8(bytes).is_ok() { Charset::Utf8 } else { Charset::Latin1 }),
            "UNICODE UTF-8" | "UTF-8" | "UTF8" | "UNICODE" => Some(Charset::Utf8),
            "8859/1" | "ISO-8859-1" | "ISO8859-1" => Some(Charset::Latin1),
            "8859/15" | "ISO-8859-15" | "ISO8859-15" => Some(Charset::Latin9),
            _ => None,
        }
    }

    /// The name for MSH-18.
    pub fn name(self) -> &'static str {
        match self {
            Charset::Utf8 => "UNICODE UTF-8",
            Charset::Latin1 => "8859/1",
            Charset::Latin9 => "8859/15",
        }
    }

    /// Bytes as text.
    ///
    /// # Errors
    /// `hl7-charset` for UTF-8 that is none.
    pub fn decode(self, bytes: &[u8]) -> Result<String, Fault> {
        let one = |byte: u8| match self {
            Charset::Latin9 => LATIN9.iter().find(|(code, _)| *code == byte).map_or(char::from(byte), |(_, letter)| *letter),
            Charset::Utf8 | Charset::Latin1 => char::from(byte),
        };
        match self {
            Charset::Utf8 => std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| Fault::at("hl7-charset", "MSH-18")),
            Charset::Latin1 | Charset::Latin9 => Ok(bytes.iter().copied().map(one).collect()),
        }
    }

    /// Text as bytes. A letter that the set has not becomes a question mark.
    pub fn encode(self, text: &str) -> Vec<u8> {
        let one = |letter: char| {
            let special = LATIN9.iter().find(|(_, known)| *known == letter).filter(|_| self == Charset::Latin9).map(|(code, _)| *code);
            special.or(u8::try_from(u32::from(letter)).ok()).unwrap_or(b'?')
        };
        match self {
            Charset::Utf8 => text.as_bytes().to_vec(),
            Charset::Latin1 | Charset::Latin9 => text.chars().map(one).collect(),
        }
    }
}

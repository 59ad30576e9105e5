//! Escape sequences of ER7 (HL7 v2.5, 2.7): `\F\ \S\ \T\ \R\ \E\`, hexadecimal `\X…\`, line breaks `\.br\`.

use super::Charset;

/// The five characters that have a meaning (MSH-1 and MSH-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separators {
    pub field: char,
    pub component: char,
    pub repetition: char,
    pub escape: char,
    pub sub: char,
}

impl Default for Separators {
    fn default() -> Self {
        Separators { field: '|', component: '^', repetition: '~', escape: '\\', sub: '&' }
    }
}

impl Separators {
    /// MSH-2.
    pub fn encoding_characters(self) -> String {
        [self.component, self.repetition, self.escape, self.sub].iter().collect()
    }

    /// Writes a value so that it reads back as it is.
    pub fn escape(self, value: &str) -> String {
        let mut out = String::with_capacity(value.len());
        for letter in value.chars() {
            let name = match letter {
                _ if letter == self.escape => "E",
                _ if letter == self.field => "F",
                _ if letter == self.component => "S",
                _ if letter == self.sub => "T",
                _ if letter == self.repetition => "R",
                '\r' => "X0D",
                '\n' => "X0A",
                _ => {
                    out.push(letter);
                    continue;
                }
            };
            out.push(self.escape);
            out.push_str(name);
            out.push(self.escape);
        }
        out
    }

    /// Reads a value. A sequence that is not known stays as it is written.
    pub fn unescape(self, raw: &str, charset: Charset) -> String {
        if !raw.contains(self.escape) {
            return raw.to_owned();
        }
        let mut out = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((before, after)) = rest.split_once(self.escape) {
            out.push_str(before);
            match after.split_once(self.escape).filter(|(name, _)| name.len() <= SEQUENCE_MAX) {
                Some((name, next)) => {
                    if !self.sequence(name, charset, &mut out) {
                        out.push(self.escape);
                        out.push_str(name);
                        out.push(self.escape);
                    }
                    rest = next;
                }
                None => {
                    out.push(self.escape);
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn sequence(self, name: &str, charset: Charset, out: &mut String) -> bool {
        let letter = match name {
            "E" => self.escape,
            "F" => self.field,
            "S" => self.component,
            "T" => self.sub,
            "R" => self.repetition,
            ".br" | ".BR" => '\n',
            // Highlighting begins and ends: it has no letter.
            "H" | "N" => return true,
            _ => return name.strip_prefix('X').is_some_and(|digits| hexadecimal(digits, charset, out)),
        };
        out.push(letter);
        true
    }
}

/// Longest name of a sequence that is looked for: beyond it a lone escape character stands for itself.
const SEQUENCE_MAX: usize = 4_096;

fn hexadecimal(digits: &str, charset: Charset, out: &mut String) -> bool {
    if digits.is_empty() || !digits.len().is_multiple_of(2) {
        return false;
    }
    let pairs = digits.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    let Some(bytes) = pairs.collect::<Option<Vec<u8>>>() else { return false };
    match charset.decode(&bytes) {
        Ok(text) => {
            out.push_str(&text);
            true
        }
        Err(_) => false,
    }
}

//! The words of an RTF document (RTF 1.9.1): control words are dropped, escapes are read, nothing is run.

use super::text::decoded;

/// Groups whose words are not of the text.
const DESTINATIONS: [&str; 12] =
    ["fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "datastore", "latentstyles", "listtable", "header", "footer"];
/// Deepest nesting of groups that is followed.
const DEPTH_MAX: usize = 256;

/// The plain words.
pub(super) fn plain(bytes: &[u8]) -> String {
    let text = decoded(bytes);
    let mut reader = Reader { rest: text.chars().peekable(), words: String::new(), hidden_from: None, depth: 0, skip: 0 };
    while let Some(sign) = reader.rest.next() {
        reader.sign(sign);
    }
    reader.words
}

struct Reader<'t> {
    rest: std::iter::Peekable<std::str::Chars<'t>>,
    words: String,
    /// Depth at which a group began whose words are not shown.
    hidden_from: Option<usize>,
    depth: usize,
    /// Signs that stand for a Unicode character already read.
    skip: u32,
}

impl Reader<'_> {
    fn sign(&mut self, sign: char) {
        match sign {
            '{' => self.depth = self.depth.saturating_add(1).min(DEPTH_MAX),
            '}' => {
                self.depth = self.depth.saturating_sub(1);
                if self.hidden_from.is_some_and(|from| self.depth < from) {
                    self.hidden_from = None;
                }
            }
            '\\' => self.control(),
            '\r' | '\n' => {}
            other => self.push(other),
        }
    }

    fn push(&mut self, sign: char) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.hidden_from.is_none() {
            self.words.push(sign);
        }
    }

    fn control(&mut self) {
        match self.rest.next() {
            Some('\'') => {
                let hex: String = self.rest.by_ref().take(2).collect();
                if let Ok(byte) = u8::from_str_radix(&hex, 16) {
                    self.push(windows_1252(byte));
                }
            }
            Some('*') => self.hide(),
            Some('~') => self.push(' '),
            Some(escaped @ ('\\' | '{' | '}')) => self.push(escaped),
            Some(letter) if letter.is_ascii_alphabetic() => self.word(letter),
            Some(_) | None => {}
        }
    }

    fn word(&mut self, first: char) {
        let mut name = String::from(first);
        while let Some(letter) = self.rest.next_if(char::is_ascii_alphabetic) {
            name.push(letter);
        }
        let mut number = String::new();
        while let Some(sign) = self.rest.next_if(|sign| sign.is_ascii_digit() || (*sign == '-' && number.is_empty())) {
            number.push(sign);
        }
        self.rest.next_if_eq(&' ');
        match name.as_str() {
            "par" | "line" | "row" | "sect" | "page" => self.push('\n'),
            "tab" | "cell" => self.push(' '),
            "u" => {
                let code = number.parse::<i32>().unwrap_or(0).rem_euclid(0x1_0000);
                self.push(u32::try_from(code).ok().and_then(char::from_u32).unwrap_or(' '));
                self.skip = 1;
            }
            destination if DESTINATIONS.contains(&destination) => self.hide(),
            _ => {}
        }
    }

    fn hide(&mut self) {
        self.hidden_from = self.hidden_from.or(Some(self.depth));
    }
}

/// The signs of Windows-1252 that differ from ISO-8859-1 and that French texts use.
fn windows_1252(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x85 => '…',
        0x91 | 0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        0x8C => 'Œ',
        0x9C => 'œ',
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn the_words_are_read_and_the_rest_is_not() {
        let text = r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator X;}\f0\b Glyc\'e9mie\b0\par 4,9 mmol/L \u339? {\i fin}}";
        assert_eq!(plain(text.as_bytes()).split_whitespace().collect::<Vec<_>>(), ["Glycémie", "4,9", "mmol/L", "œ", "fin"]);
    }

    #[test]
    fn damaged_texts_end() {
        for text in ["{\\rtf1 \\'", "\\", "{{{{", "}}}}", "\\u", "\\u-99999999999", "{\\*"] {
            plain(text.as_bytes());
        }
    }
}

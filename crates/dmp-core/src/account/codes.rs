//! Printed codes: a sheet of twelve, each for one use. What is kept of a code is its hash; the sheet is shown once.

use serde::{Deserialize, Serialize};

use crate::moment::Moment;

/// Codes on a sheet: a year of signing in once a month.
pub const SHEET_CODES: usize = 12;
/// Letters and digits of a code: fifty bits (30 symbols).
const CODE_SYMBOLS: usize = 10;
/// Without those that are taken for each other on paper (0 and O, 1, I and L, U and V).
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// One code of a sheet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedCode {
    /// Keyed hash of the code, under the salt of its sheet.
    pub hash: [u8; 32],
    pub used_at: Option<Moment>,
}

/// A sheet that was handed out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeSheet {
    pub salt: [u8; 16],
    pub issued_at: Moment,
    /// Name of the agent who handed it out; `None`: the person printed it.
    pub issued_by: Option<String>,
    pub codes: Vec<PrintedCode>,
}

/// SECURITY: hashes stay out of logs.
impl std::fmt::Debug for PrintedCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PrintedCode(used: {})", self.used_at.is_some())
    }
}

/// The same.
impl std::fmt::Debug for CodeSheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CodeSheet({} left)", self.left())
    }
}

impl CodeSheet {
    /// How many codes are unused.
    pub fn left(&self) -> usize {
        self.codes.iter().filter(|code| code.used_at.is_none()).count()
    }

    /// The unused code with this hash is used now. `false`: there is none. Every line is looked at, whichever it is.
    pub fn spend(&mut self, hash: &[u8; 32], now: Moment) -> bool {
        let mut spent = false;
        for code in &mut self.codes {
            let differs = code.hash.iter().zip(hash).fold(0_u8, |differs, (left, right)| differs | (left ^ right));
            if differs == 0 && code.used_at.is_none() && !spent {
                code.used_at = Some(now);
                spent = true;
            }
        }
        spent
    }
}

/// The letter or digit for a random byte. The few values past the last whole round make some symbols a little more likely: less than a
/// twentieth of a bit a symbol.
pub(super) fn symbol(byte: u8) -> u8 {
    ALPHABET.get(usize::from(byte) % ALPHABET.len()).copied().unwrap_or(b'2')
}

/// The code for random bytes as it is printed: `K7QM2-XRD4W`.
pub fn shown_printed(random: &[u8; 16]) -> String {
    let symbols: String = random.iter().take(CODE_SYMBOLS).map(|byte| char::from(symbol(*byte))).collect();
    let (left, right) = symbols.split_at_checked(CODE_SYMBOLS / 2).unwrap_or((&symbols, ""));
    format!("{left}-{right}")
}

/// What a person types, as it was hashed: capitals, without spaces and dashes. Whatever it is, it has an answer of its own.
pub fn read_printed(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).take(4 * CODE_SYMBOLS).map(|letter| letter.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> CodeSheet {
        let codes = (0..3_u8).map(|number| PrintedCode { hash: [number; 32], used_at: None }).collect();
        CodeSheet { salt: [0; 16], issued_at: Moment::from_seconds(0), issued_by: None, codes }
    }

    #[test]
    fn a_code_is_used_once() {
        let (mut sheet, now) = (sheet(), Moment::from_seconds(7));
        assert!(sheet.spend(&[1; 32], now));
        assert!(!sheet.spend(&[1; 32], now));
        assert!(!sheet.spend(&[9; 32], now));
        assert_eq!(sheet.left(), 2);
    }

    #[test]
    fn a_code_is_read_as_it_is_printed_however_it_is_typed() {
        let shown = shown_printed(&[17; 16]);
        assert_eq!(shown.len(), CODE_SYMBOLS + 1);
        assert_eq!(read_printed(&shown), read_printed(&shown.to_lowercase().replace('-', "  ")));
        assert_eq!(read_printed(&"é\u{0}".repeat(1_000)), "");
    }
}

//! Account numbers of payees (ISO 13616): checked by their length, their letters and the remainder by 97.

/// A checked IBAN, without spaces.
#[derive(Clone, PartialEq, Eq)]
pub struct Iban(String);

/// Why a text is no IBAN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IbanFault;

impl std::fmt::Debug for Iban {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Iban(…)")
    }
}

impl Iban {
    /// Reads an IBAN, spaces or not. A French one has 27 characters.
    ///
    /// # Errors
    /// [`IbanFault`] for a wrong length, sign or check number.
    pub fn parse(text: &str) -> Result<Self, IbanFault> {
        let compact: String = text.chars().filter(|letter| !letter.is_whitespace()).map(|letter| letter.to_ascii_uppercase()).collect();
        let bytes = compact.as_bytes();
        let shape = (15..=34).contains(&bytes.len())
            && bytes.iter().take(2).all(u8::is_ascii_uppercase)
            && bytes.iter().skip(2).take(2).all(u8::is_ascii_digit)
            && bytes.iter().all(u8::is_ascii_alphanumeric)
            && (!compact.starts_with("FR") || bytes.len() == 27);
        let moved = bytes.iter().skip(4).chain(bytes.iter().take(4));
        let rest = moved.fold(0_u32, |rest, byte| match byte {
            b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
            _ => (rest * 100 + u32::from(byte.wrapping_sub(b'A')) + 10) % 97,
        });
        if shape && rest == 1 { Ok(Iban(compact)) } else { Err(IbanFault) }
    }

    /// Without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_has_the_right_remainder() {
        // Examples of the registry of SWIFT.
        for text in ["FR14 2004 1010 0505 0001 3M02 606", "DE89370400440532013000", "fr1420041010050500013m02606"] {
            assert!(Iban::parse(text).is_ok(), "{text}");
        }
        for text in ["FR15 2004 1010 0505 0001 3M02 606", "FR14 2004 1010 0505 0001 3M02 60", "FR14é2004", "", "1234567890123456"] {
            assert_eq!(Iban::parse(text), Err(IbanFault), "{text}");
        }
    }

    #[test]
    fn two_figures_that_changed_places_are_seen() {
        let right = "FR1420041010050500013M02606";
        for place in 4..right.len() - 1 {
            let mut letters: Vec<char> = right.chars().collect();
            letters.swap(place, place + 1);
            let wrong: String = letters.into_iter().collect();
            assert!(wrong == right || Iban::parse(&wrong).is_err(), "{wrong}");
        }
    }
}

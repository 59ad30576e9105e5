//! The word under which a person signs in: chosen by them or given by us, without regard to capitals.

use serde::{Deserialize, Serialize};

/// A valid identifier: INVARIANT 5 to 40 characters of `a` to `z`, `0` to `9`, `.`, `_` and `-`, in small letters, beginning with a letter or a digit.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identifier(String);

/// An identifier names a person: it never shows itself in a log.
impl std::fmt::Debug for Identifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identifier(…)")
    }
}

/// What is wrong with a text that should be an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierError {
    Length,
    /// A mail address, a space, a letter with an accent.
    Characters,
    /// Thirteen digits or more: it would be a social security number.
    Number,
}

/// Characters of an identifier.
const LENGTH: std::ops::RangeInclusive<usize> = 5..=40;
/// Digits that make a number that says who somebody is.
const DIGITS_MAX: usize = 12;

impl Identifier {
    /// Reads what a person types: spaces around it and capitals do not count.
    ///
    /// # Errors
    /// [`IdentifierError`]. A mail address is none: whether somebody has an account under it would then be for everybody to try.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let text = text.trim().to_ascii_lowercase();
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        if !text.bytes().all(allowed) || text.starts_with(['.', '_', '-']) {
            return Err(IdentifierError::Characters);
        }
        if !LENGTH.contains(&text.len()) {
            return Err(IdentifierError::Length);
        }
        // SECURITY: an INS is never an identifier.
        if text.bytes().filter(u8::is_ascii_digit).count() > DIGITS_MAX {
            return Err(IdentifierError::Number);
        }
        Ok(Identifier(text))
    }

    /// A given one, of eight letters and digits that cannot be taken for each other: `k7qm-2xrd`.
    pub fn given(random: &[u8; 16]) -> Self {
        let symbols: Vec<char> = random.iter().take(8).map(|byte| char::from(super::codes::symbol(*byte)).to_ascii_lowercase()).collect();
        let (left, right) = symbols.split_at(4);
        Identifier(left.iter().chain(&['-']).chain(right).collect())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A mail address as far as it can be judged without sending to it: one `@`, something on both sides, a dot in the domain, no space.
pub fn mail_address(text: &str) -> Option<&str> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let fits = text.len() <= 254 && text.chars().all(|letter| letter.is_ascii_graphic()) && !local.is_empty() && !local.contains('@');
    let named = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.') && !domain.contains("..");
    let plain = !text.contains(['<', '>', ',', ';', '"', '(', ')', '[', ']', '\\', ':']);
    (fits && named && plain).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_spaces_around_do_not_count() {
        assert_eq!(Identifier::parse("  Nadia.Exemple "), Identifier::parse("nadia.exemple"));
    }

    #[test]
    fn what_is_no_identifier_says_why() {
        assert_eq!(Identifier::parse("abc"), Err(IdentifierError::Length));
        assert_eq!(Identifier::parse(&"a".repeat(41)), Err(IdentifierError::Length));
        for wrong in ["nadia@exemple.fr", "nadia exemple", "nadiá-exemple", "-nadia", "na\u{0}dia"] {
            assert_eq!(Identifier::parse(wrong), Err(IdentifierError::Characters), "{wrong}");
        }
        assert_eq!(Identifier::parse("258033523890052"), Err(IdentifierError::Number));
    }

    #[test]
    fn a_given_identifier_is_one() {
        let given = Identifier::given(&[255; 16]);
        assert_eq!(Identifier::parse(given.as_str()), Ok(given));
    }

    #[test]
    fn an_address_has_two_sides_and_no_trick() {
        assert_eq!(mail_address(" nadia@exemple.invalid "), Some("nadia@exemple.invalid"));
        for wrong in ["", "nadia", "@exemple.fr", "nadia@fr", "nadia@exemple.fr,autre@exemple.fr", "Nadia <nadia@exemple.fr>", "a@b@exemple.fr"] {
            assert_eq!(mail_address(wrong), None, "{wrong}");
        }
    }
}

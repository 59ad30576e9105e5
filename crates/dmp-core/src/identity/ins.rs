//! The *identité nationale de santé*: matricule of 15 characters and the OID of its authority.

use serde::{Deserialize, Serialize};

use crate::Mode;

/// Who issued an INS, with the OID that names it (`domain.md` 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum InsAuthority {
    /// INS-NIR of a real person, `1.2.250.1.213.1.4.8`.
    Nir,
    /// INS-NIA (waiting number) of a real person, `1.2.250.1.213.1.4.9`.
    Nia,
    /// INS-NIR of a test person, `1.2.250.1.213.1.4.10`.
    Test,
    /// INS-NIR of a demonstration person, `1.2.250.1.213.1.4.11`.
    Demo,
}

impl InsAuthority {
    const ALL: [InsAuthority; 4] = [InsAuthority::Nir, InsAuthority::Nia, InsAuthority::Test, InsAuthority::Demo];

    /// The dotted OID.
    pub fn oid(self) -> &'static str {
        match self {
            InsAuthority::Nir => "1.2.250.1.213.1.4.8",
            InsAuthority::Nia => "1.2.250.1.213.1.4.9",
            InsAuthority::Test => "1.2.250.1.213.1.4.10",
            InsAuthority::Demo => "1.2.250.1.213.1.4.11",
        }
    }

    /// From the dotted OID, with or without `urn:oid:`.
    pub fn from_oid(oid: &str) -> Option<Self> {
        let oid = oid.strip_prefix("urn:oid:").unwrap_or(oid);
        Self::ALL.into_iter().find(|authority| authority.oid() == oid)
    }

    /// The mode of installation that accepts this authority.
    pub fn mode(self) -> Mode {
        match self {
            InsAuthority::Nir | InsAuthority::Nia => Mode::Production,
            InsAuthority::Test | InsAuthority::Demo => Mode::Sandbox,
        }
    }
}

/// Why a text is not an INS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InsError {
    /// The OID is none of the four.
    UnknownAuthority,
    /// Not 15 characters of the layout sex, year, month, department, commune, order, key.
    Format,
    /// The key does not fit; the right one is given.
    Key { expected: u8 },
}

impl InsError {
    /// The catalogue code of this error.
    pub fn code(self) -> &'static str {
        match self {
            InsError::UnknownAuthority => "ins-oid-unknown",
            InsError::Format => "ins-format",
            InsError::Key { .. } => "ins-key",
        }
    }
}

/// A valid INS: INVARIANT the matricule has 15 characters and the right key.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ins {
    matricule: String,
    authority: InsAuthority,
}

impl Ins {
    /// Parses a matricule of 15 characters under the OID of its authority.
    ///
    /// # Errors
    /// [`InsError`] says which part is wrong; for a wrong key it gives the right one.
    pub fn parse(oid: &str, matricule: &str) -> Result<Self, InsError> {
        let authority = InsAuthority::from_oid(oid).ok_or(InsError::UnknownAuthority)?;
        let key = matricule.get(13..15).filter(|_| matricule.len() == 15).ok_or(InsError::Format)?;
        let base = matricule.get(..13).ok_or(InsError::Format)?;
        let expected = ins_key(base).ok_or(InsError::Format)?;
        let received: u8 = key.parse().map_err(|_| InsError::Format)?;
        if !key.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InsError::Format);
        }
        if received != expected {
            return Err(InsError::Key { expected });
        }
        if !has_birth_month(base) {
            return Err(InsError::Format);
        }
        Ok(Ins { matricule: matricule.to_owned(), authority })
    }

    /// The 15 characters.
    pub fn matricule(&self) -> &str {
        &self.matricule
    }

    /// The account of the person whose number it is.
    pub fn account(&self) -> String {
        format!("person:{}", self.matricule)
    }

    /// The numbers that may be meant by an account in an installation of the given mode: an account does not say who issued its number.
    pub fn of_account(account: &str, mode: Mode) -> impl Iterator<Item = Ins> {
        let matricule = account.strip_prefix("person:").unwrap_or_default();
        let authorities = InsAuthority::ALL.into_iter().filter(move |authority| authority.mode() == mode);
        authorities.filter_map(move |authority| Ins::parse(authority.oid(), matricule).ok())
    }

    /// Who issued it.
    pub fn authority(&self) -> InsAuthority {
        self.authority
    }

    /// The catalogue code that refuses this INS in an installation of the given mode, if it does.
    pub fn refused_in(&self, mode: Mode) -> Option<&'static str> {
        refused_in(self.authority, mode)
    }
}

/// The catalogue code that refuses an authority in an installation of the given mode, if it does.
fn refused_in(authority: InsAuthority, mode: Mode) -> Option<&'static str> {
    match (authority.mode(), mode) {
        (Mode::Production, Mode::Sandbox) => Some("ins-production-oid-in-sandbox"),
        (Mode::Sandbox, Mode::Production) => Some("ins-test-oid-in-production"),
        (Mode::Sandbox, Mode::Sandbox) | (Mode::Production, Mode::Production) => None,
    }
}

impl InsAuthority {
    /// The catalogue code that refuses this authority in an installation of the given mode, if it does.
    pub fn refused_in(self, mode: Mode) -> Option<&'static str> {
        refused_in(self, mode)
    }
}

/// An INS never shows itself in a log.
impl std::fmt::Debug for Ins {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ins(…, {:?})", self.authority)
    }
}

/// Months 01 to 12; 20, 30 to 42 and 50 to 99 stand for incomplete civil status.
fn has_birth_month(base: &str) -> bool {
    let month = base.get(3..5).and_then(|digits| digits.parse::<u8>().ok());
    matches!(month, Some(1..=12 | 20..=42 | 50..=99))
}

/// The key of the first 13 characters: 97 − (N mod 97), with 2A read as 19 and 2B as 18 for the
/// computation alone (`domain.md` 2). `None` when the characters do not have the layout of a NIR.
pub fn ins_key(base: &str) -> Option<u8> {
    if base.len() != 13 || !base.is_ascii() {
        return None;
    }
    let department = base.get(5..7)?;
    let number = match department {
        "2A" => base.replacen("2A", "19", 1),
        "2B" => base.replacen("2B", "18", 1),
        _ => base.to_owned(),
    };
    if !number.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(number.as_bytes().first(), Some(b'1' | b'2' | b'7' | b'8')) {
        return None;
    }
    let value: u64 = number.parse().ok()?;
    u8::try_from(97 - value % 97).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST: &str = "1.2.250.1.213.1.4.10";

    #[test]
    fn the_published_test_matricules_are_valid() {
        for matricule in ["279035121518989", "277076322082910", "124018852493334"] {
            assert!(Ins::parse(TEST, matricule).is_ok(), "{matricule}");
        }
    }

    #[test]
    fn a_wrong_key_is_told_with_the_right_one() {
        assert_eq!(Ins::parse(TEST, "279035121518988"), Err(InsError::Key { expected: 89 }));
    }

    #[test]
    fn the_thirteen_digits_of_a_card_alone_are_a_format_error() {
        assert_eq!(Ins::parse(TEST, "2790351215189"), Err(InsError::Format));
        assert_eq!(Ins::parse(TEST, "27903512151898é"), Err(InsError::Format));
        assert_eq!(Ins::parse(TEST, "2790351215189+9"), Err(InsError::Format));
    }

    #[test]
    fn corsica_counts_19_and_18_and_keeps_its_letter() {
        let key_a = ins_key("180122A123456").unwrap();
        assert_eq!(u64::from(key_a), 97 - 1_801_219_123_456_u64 % 97);
        let key_b = ins_key("180122B123456").unwrap();
        assert_eq!(u64::from(key_b), 97 - 1_801_218_123_456_u64 % 97);
        let ins = Ins::parse(TEST, &format!("180122A123456{key_a:02}")).unwrap();
        assert!(ins.matricule().contains("2A"));
    }

    #[test]
    fn a_sandbox_refuses_real_persons_and_production_refuses_test_persons() {
        let test = Ins::parse(TEST, "279035121518989").unwrap();
        let real = Ins::parse("urn:oid:1.2.250.1.213.1.4.8", "277076322082910").unwrap();
        assert_eq!(test.refused_in(Mode::Sandbox), None);
        assert_eq!(test.refused_in(Mode::Production), Some("ins-test-oid-in-production"));
        assert_eq!(real.refused_in(Mode::Sandbox), Some("ins-production-oid-in-sandbox"));
    }

    #[test]
    fn an_ins_does_not_print_itself() {
        let ins = Ins::parse(TEST, "279035121518989").unwrap();
        assert!(!format!("{ins:?}").contains("279035"));
    }
}

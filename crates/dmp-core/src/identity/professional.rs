//! Professionals and structures by their national identifiers.

use serde::{Deserialize, Serialize};

/// OID of national identifiers of persons (PS_IdNat).
pub const PS_ID_NAT_OID: &str = "1.2.250.1.71.4.2.1";
/// OID of national identifiers of structures (Struct_IdNat).
pub const STRUCT_ID_NAT_OID: &str = "1.2.250.1.71.4.2.2";

/// Why a text is not the identifier that it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdentifierError;

/// RPPS number: 11 digits, the last one a Luhn key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rpps(String);

impl Rpps {
    /// Parses 11 digits. The Luhn key is not required: numbers of test cards do not have it.
    ///
    /// # Errors
    /// [`IdentifierError`] when the text is not 11 digits.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        digits(text, 11).map(Rpps)
    }

    /// The 11 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// FINESS number of a geographic site or a legal entity: 9 characters (Corsica has a letter).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Finess(String);

impl Finess {
    /// Parses 9 digits, or `2A`/`2B` and 7 digits.
    ///
    /// # Errors
    /// [`IdentifierError`] when the text has another shape.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let tail = text.strip_prefix("2A").or_else(|| text.strip_prefix("2B"));
        match tail {
            Some(tail) => digits(tail, 7).map(|_| Finess(text.to_owned())),
            None => digits(text, 9).map(Finess),
        }
    }

    /// The nine characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// SIRET number: 14 digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Siret(String);

impl Siret {
    /// Parses 14 digits.
    ///
    /// # Errors
    /// [`IdentifierError`] when the text is not 14 digits.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        digits(text, 14).map(Siret)
    }

    /// The 14 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn digits(text: &str, count: usize) -> Result<String, IdentifierError> {
    if text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()) { Ok(text.to_owned()) } else { Err(IdentifierError) }
}

/// National identifier of a person: one prefix digit and the identifier (`interop.md` 2).
/// `8` RPPS, `0` ADELI, `1`/`6` cabinet, `3` FINESS/internal, `4` SIREN/internal, `5` SIRET/internal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PsIdNat(String);

impl PsIdNat {
    /// Parses a prefixed national identifier.
    ///
    /// # Errors
    /// [`IdentifierError`] for an unknown prefix or a malformed RPPS or ADELI number.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let prefix = text.as_bytes().first().copied().ok_or(IdentifierError)?;
        let rest = text.get(1..).ok_or(IdentifierError)?;
        match prefix {
            b'8' => digits(rest, 11).map(|_| ())?,
            b'0' if rest.len() == 9 && rest.bytes().all(|b| b.is_ascii_alphanumeric()) => {}
            b'1' | b'3' | b'4' | b'5' | b'6' if is_internal(rest) => {}
            _ => return Err(IdentifierError),
        }
        Ok(PsIdNat(text.to_owned()))
    }

    /// The identifier of a person known by RPPS.
    pub fn from_rpps(rpps: &Rpps) -> Self {
        PsIdNat(format!("8{}", rpps.as_str()))
    }

    /// With its prefix digit.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An identifier inside a structure: `FINESS/internal` or the like, bounded and printable.
fn is_internal(rest: &str) -> bool {
    (3..=64).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_graphic())
}

/// National identifier of a structure: `1` FINESS, `2` SIREN, `3` SIRET, `0` cabinet ADELI, `4` cabinet RPPS-rang.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StructIdNat(String);

impl StructIdNat {
    /// Parses a prefixed national identifier.
    ///
    /// # Errors
    /// [`IdentifierError`] for an unknown prefix or a malformed FINESS, SIREN or SIRET number.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let prefix = text.as_bytes().first().copied().ok_or(IdentifierError)?;
        let rest = text.get(1..).ok_or(IdentifierError)?;
        match prefix {
            b'1' => Finess::parse(rest).map(|_| ())?,
            b'2' => digits(rest, 9).map(|_| ())?,
            b'3' => Siret::parse(rest).map(|_| ())?,
            b'0' | b'4' if is_internal(rest) => {}
            _ => return Err(IdentifierError),
        }
        Ok(StructIdNat(text.to_owned()))
    }

    /// With its prefix digit.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A structure where someone practises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    pub id: StructIdNat,
    pub name: String,
}

/// Profession or role of a caller: the code system's short name and the code, `G15/10` for a doctor
/// (JDV_J65; `domain-supplement.md` 7).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Profession {
    system: String,
    code: String,
}

impl Profession {
    /// Code systems that name professions and roles of callers.
    pub const SYSTEMS: [&'static str; 7] = ["G15", "G16", "R95", "R94", "R291", "R85", "A00"];

    /// Parses `SYSTEM/CODE`, or the combined form of TRE_A02 (`G15_10`, `G15_10/SM26`, whose speciality is dropped).
    ///
    /// # Errors
    /// [`IdentifierError`] when the system is none of [`Profession::SYSTEMS`] or the code is empty.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let (system, rest) = text.split_once(['/', '_']).ok_or(IdentifierError)?;
        let code = rest.split('/').next().unwrap_or_default();
        let known = Self::SYSTEMS.contains(&system) && !code.is_empty() && code.len() <= 32;
        let printable = code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        if known && printable { Ok(Profession { system: system.to_owned(), code: code.to_owned() }) } else { Err(IdentifierError) }
    }

    /// A role that no list names (TRE_R85 312): no cell of any matrix knows it.
    pub fn other() -> Self {
        Profession { system: "R85".to_owned(), code: "312".to_owned() }
    }

    /// Short name of the code system, `G15`.
    pub fn system(&self) -> &str {
        &self.system
    }

    /// Code in its system, `10`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// `G15/10`.
    pub fn key(&self) -> String {
        format!("{}/{}", self.system, self.code)
    }

    /// Whether this is a doctor (TRE_G15 10).
    pub fn is_doctor(&self) -> bool {
        self.system == "G15" && self.code == "10"
    }

    /// Whether a list of professions or roles knows it (`domain-supplement.md` 7). Roles of TRE_R85 are known by their form: the list grows.
    pub fn is_known(&self) -> bool {
        let role = || self.code.len() == 3 && self.code.bytes().all(|byte| byte.is_ascii_digit());
        match self.system.as_str() {
            "G15" => HEALTH_PROFESSIONS.contains(&self.code.as_str()),
            "G16" => IN_TRAINING.contains(&self.code.as_str()),
            "R95" => USERS_OF_A_TITLE.contains(&self.code.as_str()),
            "R94" => self.code == "41",
            "R291" => self.code == "99",
            "R85" => role(),
            _ => false,
        }
    }

    /// Whether this is a medical secretariat, under either of its codes (TRE_A00, TRE_R85 331).
    pub fn is_secretariat(&self) -> bool {
        matches!((self.system.as_str(), self.code.as_str()), ("A00", "SECRETARIAT_MEDICAL") | ("R85", "331"))
    }

    /// Whether the bearer is still in training (TRE_G16).
    pub fn is_student(&self) -> bool {
        self.system == "G16"
    }
}

/// TRE_G15.
const HEALTH_PROFESSIONS: [&str; 24] =
    ["10", "21", "26", "28", "31", "32", "40", "50", "60", "69", "70", "80", "81", "82", "83", "84", "85", "86", "91", "92", "94", "95", "96", "98"];
/// TRE_G16.
const IN_TRAINING: [&str; 4] = ["10", "21", "40", "50"];
/// TRE_R95.
const USERS_OF_A_TITLE: [&str; 4] = ["71", "72", "73", "93"];

/// Written out as `G15/10`, or `null`: for files that people read.
pub mod profession_key {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    use super::Profession;

    /// # Errors
    /// The serializer's own.
    pub fn serialize<S: Serializer>(profession: &Option<Profession>, serializer: S) -> Result<S::Ok, S::Error> {
        profession.as_ref().map(Profession::key).serialize(serializer)
    }

    /// # Errors
    /// When the text names no profession or role.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Profession>, D::Error> {
        let key = Option::<String>::deserialize(deserializer)?;
        key.map(|key| Profession::parse(&key).map_err(|_| D::Error::custom("not a profession or role"))).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_parse_once_or_not_at_all() {
        assert!(Rpps::parse("10001234567").is_ok());
        assert!(Rpps::parse("1000123456").is_err());
        assert!(Finess::parse("2A0000014").is_ok());
        assert!(Finess::parse("2C0000014").is_err());
        assert!(Siret::parse("12345678901234").is_ok());
        assert!(PsIdNat::parse("801234567897").is_ok());
        assert!(PsIdNat::parse("901234567897").is_err());
        assert!(StructIdNat::parse("1120456789").is_ok());
        assert!(StructIdNat::parse("112045678").is_err());
    }

    #[test]
    fn a_combined_code_gives_its_profession() {
        assert_eq!(Profession::parse("G15_10/SM26").unwrap().key(), "G15/10");
        assert!(Profession::parse("X15/10").is_err());
        assert!(Profession::parse("G16/21").unwrap().is_student());
    }
}

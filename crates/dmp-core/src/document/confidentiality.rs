//! Who a document is hidden from (XDS confidentialityCode, JDV_J58).

use serde::{Deserialize, Serialize};

/// HL7 confidentiality, always present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Confidentiality {
    #[default]
    Normal,
    Restricted,
    VeryRestricted,
}

impl Confidentiality {
    /// `N`, `R` or `V`.
    pub fn code(self) -> &'static str {
        match self {
            Confidentiality::Normal => "N",
            Confidentiality::Restricted => "R",
            Confidentiality::VeryRestricted => "V",
        }
    }

    /// From `N`, `R` or `V`.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "N" => Some(Confidentiality::Normal),
            "R" => Some(Confidentiality::Restricted),
            "V" => Some(Confidentiality::VeryRestricted),
            _ => None,
        }
    }
}

/// The three French visibility codes of one document (TRE_A07), as facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Visibility {
    pub confidentiality: Confidentiality,
    /// `MASQUE_PS`: hidden from professionals.
    pub masked: bool,
    /// `INVISIBLE_PATIENT`: waits for the *consultation d'annonce*.
    pub invisible_to_patient: bool,
    /// `INVISIBLE_REPRESENTANTS_LEGAUX`: hidden from a minor's legal representatives.
    pub invisible_to_representatives: bool,
}

impl Visibility {
    /// The XDS code `MASQUE_PS`.
    pub const MASKED: &'static str = "MASQUE_PS";
    /// The XDS code `INVISIBLE_PATIENT`.
    pub const INVISIBLE_PATIENT: &'static str = "INVISIBLE_PATIENT";
    /// The XDS code `INVISIBLE_REPRESENTANTS_LEGAUX`.
    pub const INVISIBLE_REPRESENTATIVES: &'static str = "INVISIBLE_REPRESENTANTS_LEGAUX";

    /// The French visibility codes that are set, without the HL7 confidentiality.
    pub fn codes(self) -> Vec<&'static str> {
        [
            (self.masked, Self::MASKED),
            (self.invisible_to_patient, Self::INVISIBLE_PATIENT),
            (self.invisible_to_representatives, Self::INVISIBLE_REPRESENTATIVES),
        ]
        .into_iter()
        .filter_map(|(set, code)| set.then_some(code))
        .collect()
    }

    /// Reads a set of 1 to 4 codes. `None` names the first unknown code as `Err`.
    ///
    /// # Errors
    /// The code that belongs to none of JDV_J58.
    pub fn from_codes<'a>(codes: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut visibility = Visibility::default();
        for code in codes {
            match code {
                Self::MASKED => visibility.masked = true,
                Self::INVISIBLE_PATIENT => visibility.invisible_to_patient = true,
                Self::INVISIBLE_REPRESENTATIVES => visibility.invisible_to_representatives = true,
                other => visibility.confidentiality = Confidentiality::from_code(other).ok_or_else(|| other.to_owned())?,
            }
        }
        Ok(visibility)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_a_set() {
        let visibility = Visibility::from_codes(["MASQUE_PS", "R", "INVISIBLE_REPRESENTANTS_LEGAUX"]).unwrap();
        assert_eq!(visibility.codes(), ["MASQUE_PS", "INVISIBLE_REPRESENTANTS_LEGAUX"]);
        assert_eq!(visibility.confidentiality, Confidentiality::Restricted);
        assert_eq!(Visibility::from_codes(["N", "SECRET"]), Err("SECRET".to_owned()));
    }
}

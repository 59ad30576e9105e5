//! The code systems of the insurer's feed: word, OID, and the form of a code.

/// A code system that a line of the feed may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedSystem {
    /// Presentation of a medicine, 13 digits.
    Cip13,
    /// Presentation of a medicine, the older 7 digits.
    Cip7,
    /// Unit of dispensing in hospital, 13 digits.
    Ucd13,
    /// Products and services of the LPP: devices.
    Lpp,
    /// Technical acts.
    Ccam,
    /// Consultations, forfaits and acts of the older nomenclature.
    Ngap,
    /// Acts of medical biology.
    Nabm,
    /// Homogeneous group of patients: the nature of a stay.
    Ghm,
    /// Therapeutic class of a medicine.
    Atc,
}

impl FeedSystem {
    /// Every system.
    pub const ALL: [FeedSystem; 9] = [
        FeedSystem::Cip13,
        FeedSystem::Cip7,
        FeedSystem::Ucd13,
        FeedSystem::Lpp,
        FeedSystem::Ccam,
        FeedSystem::Ngap,
        FeedSystem::Nabm,
        FeedSystem::Ghm,
        FeedSystem::Atc,
    ];

    /// The word of the feed.
    pub fn word(self) -> &'static str {
        match self {
            FeedSystem::Cip13 => "cip13",
            FeedSystem::Cip7 => "cip7",
            FeedSystem::Ucd13 => "ucd13",
            FeedSystem::Lpp => "lpp",
            FeedSystem::Ccam => "ccam",
            FeedSystem::Ngap => "ngap",
            FeedSystem::Nabm => "nabm",
            FeedSystem::Ghm => "ghm",
            FeedSystem::Atc => "atc",
        }
    }

    /// The dotted OID: that of the CNAM-HR document where it has one (all but UCD), so that a line goes into it as it is.
    pub fn oid(self) -> &'static str {
        match self {
            FeedSystem::Cip13 => "1.2.250.1.215.200.1.1.1",
            FeedSystem::Cip7 => "1.2.250.1.215.200.1.1.2",
            FeedSystem::Ucd13 => "1.2.250.1.213.2.3.2",
            FeedSystem::Lpp => "1.2.250.1.215.200.2.1",
            FeedSystem::Ghm => "1.2.250.1.215.200.3.1",
            FeedSystem::Ngap => "1.2.250.1.215.200.3.3",
            FeedSystem::Ccam => "1.2.250.1.215.200.3.4",
            FeedSystem::Nabm => "1.2.250.1.215.200.4.1",
            FeedSystem::Atc => "1.2.250.1.215.200.1.2.2",
        }
    }

    /// From the word or the OID; national OIDs of the same nomenclature are understood too.
    pub fn find(text: &str) -> Option<Self> {
        let text = text.strip_prefix("urn:oid:").unwrap_or(text);
        match text {
            crate::document::system::CCAM => Some(FeedSystem::Ccam),
            "2.16.840.1.113883.6.73" | ATC_GROUP => Some(FeedSystem::Atc),
            _ => Self::ALL.into_iter().find(|system| system.word() == text || system.oid() == text),
        }
    }

    /// Whether a code has the form of the system, with its check digit where there is one.
    pub fn accepts(self, code: &str) -> bool {
        let bytes = code.as_bytes();
        match self {
            FeedSystem::Cip13 => code.starts_with("34009") && is_gtin_13(bytes),
            FeedSystem::Ucd13 => code.starts_with("34008") && is_gtin_13(bytes),
            FeedSystem::Cip7 => is_cip_7(bytes),
            FeedSystem::Lpp => bytes.len() == 7 && is_digits(bytes),
            FeedSystem::Ccam => is_shape(bytes, "AAAA999"),
            FeedSystem::Ngap => (1..=5).contains(&bytes.len()) && bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
            FeedSystem::Nabm => (3..=4).contains(&bytes.len()) && is_digits(bytes),
            // The CNAM-HR document numbers groups too, in a list of its own.
            FeedSystem::Ghm => is_shape(bytes, "99A99*") || ((3..=4).contains(&bytes.len()) && is_digits(bytes)),
            FeedSystem::Atc => ["A", "A99", "A99A", "A99AA", "A99AA99"].iter().any(|shape| is_shape(bytes, shape)),
        }
    }
}

/// Therapeutic group of the CNAM-HR document: the first three characters of an ATC code.
pub const ATC_GROUP: &str = "1.2.250.1.215.200.1.2.1";
/// Active components of the CNAM-HR document.
pub const COMPONENT: &str = "1.2.250.1.215.200.1.3.1";

fn is_digits(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)
}

/// `9` stands for a digit, `A` for a capital, `*` for either.
fn is_shape(bytes: &[u8], shape: &str) -> bool {
    bytes.len() == shape.len()
        && bytes.iter().zip(shape.bytes()).all(|(byte, kind)| match kind {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_uppercase(),
            _ => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
        })
}

/// Thirteen digits that weigh 1 and 3 in turn to a multiple of ten (GS1).
fn is_gtin_13(bytes: &[u8]) -> bool {
    bytes.len() == 13 && is_digits(bytes) && gtin_sum(bytes).is_multiple_of(10)
}

fn gtin_sum(bytes: &[u8]) -> u32 {
    bytes.iter().zip([1, 3].into_iter().cycle()).map(|(byte, weight)| u32::from(byte.wrapping_sub(b'0')) * weight).sum()
}

/// Six digits that weigh 2 to 7, and the remainder by 11 as the seventh.
fn is_cip_7(bytes: &[u8]) -> bool {
    let sum: u32 = bytes.iter().take(6).zip(2..).map(|(byte, weight)| u32::from(byte.wrapping_sub(b'0')) * weight).sum();
    bytes.len() == 7 && is_digits(bytes) && bytes.last().is_some_and(|key| u32::from(key - b'0') == sum % 11)
}

/// Twelve digits and their check digit: the number of a product (CIP13, UCD13). `None` when it is not twelve digits.
pub fn with_check_digit(base: &str) -> Option<String> {
    let bytes = base.as_bytes();
    (bytes.len() == 12 && is_digits(bytes)).then(|| format!("{base}{}", (10 - gtin_sum(bytes) % 10) % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_carry_their_check_digit() {
        for code in ["3400939169002", "3400936924642", "3400932857241", "3400935673220"] {
            assert!(FeedSystem::Cip13.accepts(code), "{code}");
            assert_eq!(with_check_digit(&code[..12]).as_deref(), Some(code));
            assert!(FeedSystem::Cip7.accepts(&code[5..12]), "{code}");
        }
        assert!(!FeedSystem::Cip13.accepts("3400939169003"), "wrong key");
        assert!(!FeedSystem::Cip13.accepts("340093916900"), "twelve digits");
        assert!(!FeedSystem::Ucd13.accepts("3400939169002"), "a presentation is no unit");
        assert!(!FeedSystem::Cip7.accepts("9064296"));
        assert!(!FeedSystem::Cip7.accepts(""));
        assert_eq!(with_check_digit("34009391690é"), None);
    }

    #[test]
    fn every_nomenclature_has_its_form() {
        let good = [("ccam", "QEQJ001"), ("ngap", "G"), ("ngap", "IPE"), ("nabm", "1208"), ("nabm", "552"), ("ghm", "05K061"), ("ghm", "1721")];
        for (word, code) in good.into_iter().chain([("atc", "C10"), ("atc", "C10AA05"), ("lpp", "3408693")]) {
            assert!(FeedSystem::find(word).unwrap().accepts(code), "{word} {code}");
        }
        let bad = [("ccam", "QEQJ01"), ("ccam", "qeqj001"), ("ngap", ""), ("ngap", "ÉCHO"), ("nabm", "12O8"), ("ghm", "05K06"), ("atc", "C1")];
        for (word, code) in bad.into_iter().chain([("lpp", "34O8693"), ("lpp", "٣٤٠٨٦٩٣")]) {
            assert!(!FeedSystem::find(word).unwrap().accepts(code), "{word} {code}");
        }
    }

    #[test]
    fn a_system_is_found_by_word_and_by_every_oid() {
        for system in FeedSystem::ALL {
            assert_eq!(FeedSystem::find(system.word()), Some(system));
            assert_eq!(FeedSystem::find(&format!("urn:oid:{}", system.oid())), Some(system));
        }
        assert_eq!(FeedSystem::find("1.2.250.1.213.2.5"), Some(FeedSystem::Ccam));
        assert_eq!(FeedSystem::find("CCAM"), None);
    }
}

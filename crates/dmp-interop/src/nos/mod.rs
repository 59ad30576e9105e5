//! Value sets of the national terminologies (NOS) that the metadata of a document use (`interop.md` 2.1).
//!
//! Each table is a small TSV beside this file: code, dotted OID of its system, French label.

mod systems;

pub(crate) use systems::is_oid;
pub use systems::{fhir_system, oid_of};

use dmp_core::document::{Code, Confidentiality, system};

const J01: &str = include_str!("tables/j01_author_specialty.tsv");
const J02: &str = include_str!("tables/j02_facility_type.tsv");
const J04: &str = include_str!("tables/j04_practice_setting.tsv");
const J10: &str = include_str!("tables/j10_format.tsv");
const J11: &str = include_str!("tables/j11_relation.tsv");
const J47: &str = include_str!("tables/j47_function.tsv");
const J59: &str = include_str!("tables/j59_content_type.tsv");
const ASS_A11: &str = include_str!("tables/ass_a11_template_format.tsv");

/// Format of a document whose model is not known to IHE or the CI-SIS.
pub const FORMAT_UNREFERENCED: &str = "urn:asipSante:modelesHorsProfils:2011";
/// The IHE format code that says the media type is enough.
pub const FORMAT_MIME_TYPE_SUFFICIENT: &str = "urn:ihe:iti:xds:2017:mimeTypeSufficient";

/// Kind of facility (JDV_J02): `SA01`… of TRE_R02, `EXP_PATIENT` and `SNR` of TRE_A00.
pub fn facility_type(code: &str) -> Option<Code> {
    find(J02, code)
}

/// Practice setting (JDV_J04): `AMBULATOIRE`, `ETABLISSEMENT`…
pub fn practice_setting(code: &str) -> Option<Code> {
    find(J04, code)
}

/// Format of a document (JDV_J10 and JDV_J60, and [`FORMAT_MIME_TYPE_SUFFICIENT`]).
pub fn format(code: &str) -> Option<Code> {
    find(J10, code)
}

/// Profession and speciality of an author (JDV_J01): `G15_10/SM26`.
pub fn author_specialty(code: &str) -> Option<Code> {
    find(J01, code)
}

/// Functional role of an author or participant (JDV_J47): `PCP`.
pub fn function_role(code: &str) -> Option<Code> {
    find(J47, code)
}

/// Relation of someone to the person (JDV_J11): `MTH`.
pub fn relation(code: &str) -> Option<Code> {
    find(J11, code)
}

/// The same by its words, whatever their case (`mère`).
pub fn relation_of_words(words: &str) -> Option<Code> {
    let words = words.trim().to_lowercase();
    rows(J11).find(|row| row.get(2).is_some_and(|label| label.to_lowercase() == words)).and_then(|row| find(J11, row.first()?))
}

/// Content type of a submission set (JDV_J59).
pub fn content_type(code: &str) -> Option<Code> {
    find(J59, code)
}

/// HL7 confidentiality `N`, `R` or `V`, in any of the systems that senders write: the OID of
/// TRE_A08 (with or without `urn:oid:`), its NOS URL, or HL7's own URL. French visibility codes are not here.
pub fn confidentiality(code: &str, system: &str) -> Option<Confidentiality> {
    let known = oid_of(system).is_some_and(|oid| oid == self::system::CONFIDENTIALITY);
    known.then(|| Confidentiality::from_code(code)).flatten()
}

/// Format of a structured CDA document from the OID of its model (ASS_A11).
pub fn format_of_template(template: &str) -> Option<Code> {
    rows(ASS_A11).find(|row| row.first() == Some(&template)).and_then(|row| row.get(1).copied()).and_then(format)
}

/// Format of a CDA document whose body is not structured, from the media type of that body (ASS_A11).
pub fn format_of_body(media_type: &str) -> Option<Code> {
    let code = match media_type {
        "application/pdf" => "urn:ihe:iti:xds-sd:pdf:2008",
        "text/plain" => "urn:ihe:iti:xds-sd:text:2008",
        "text/rtf" | "application/rtf" => "urn:ihe:iti-fr:xds-sd:rtf:2010",
        "image/jpeg" | "image/jpg" => "urn:ihe:iti-fr:xds-sd:jpeg:2010",
        "image/tiff" | "image/tif" => "urn:ihe:iti-fr:xds-sd:tiff:2010",
        _ => return None,
    };
    format(code)
}

fn find(table: &'static str, code: &str) -> Option<Code> {
    rows(table).find(|row| row.first() == Some(&code)).and_then(|row| match row.as_slice() {
        [code, system, label] => Some(Code::new(*code, *system, *label)),
        _ => None,
    })
}

/// The rows of a table; a line that starts with `#` names it.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_three_filled_columns_and_no_code_twice() {
        for (table, count) in [(J01, 396), (J02, 69), (J04, 12), (J10, 90), (J11, 37), (J47, 10), (J59, 93)] {
            let codes: Vec<_> = rows(table).collect();
            assert_eq!(codes.len(), count, "{}", table.lines().next().unwrap());
            for row in &codes {
                assert!(row.len() == 3 && row.iter().all(|cell| !cell.trim().is_empty()), "{row:?}");
                assert_eq!(codes.iter().filter(|other| other[0] == row[0]).count(), 1, "{row:?}");
            }
        }
    }

    #[test]
    fn every_model_leads_to_a_known_format() {
        for row in rows(ASS_A11) {
            assert!(format(row[1]).is_some(), "{row:?}");
        }
        assert_eq!(format_of_template("1.2.250.1.213.1.1.1.13").unwrap().code, "urn:asip:ci-sis:vsm:2012");
    }

    #[test]
    fn codes_have_their_label_and_system() {
        assert_eq!(facility_type("SA01").unwrap(), Code::new("SA01", system::TRE_R02, "Etablissement public de santé"));
        assert_eq!(facility_type("EXP_PATIENT").unwrap().system, system::TRE_A00);
        assert_eq!(practice_setting("HAD").unwrap().display, "Hospitalisation à domicile");
        assert_eq!(function_role("PCP").unwrap().display, "Médecin traitant");
        assert!(author_specialty("G15_10/SM26").unwrap().display.contains("Médecine Générale"));
        assert!(facility_type("SA99").is_none() && facility_type("sa01").is_none());
        for code in [FORMAT_MIME_TYPE_SUFFICIENT, FORMAT_UNREFERENCED, "urn:ihe:iti:xds-sd:pdf:2008", "urn:ihe:iti:xds-sd:text:2008"] {
            assert!(format(code).is_some(), "{code}");
        }
    }

    #[test]
    fn confidentiality_is_accepted_in_three_systems_and_no_other() {
        for system in [
            "2.16.840.1.113883.5.25",
            "urn:oid:2.16.840.1.113883.5.25",
            "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
            "https://mos.esante.gouv.fr/NOS/TRE_A08-HL7Confidentiality/FHIR/TRE-A08-HL7Confidentiality",
        ] {
            assert_eq!(confidentiality("R", system), Some(Confidentiality::Restricted), "{system}");
        }
        assert_eq!(confidentiality("R", "http://example.org"), None);
        assert_eq!(confidentiality("M", "2.16.840.1.113883.5.25"), None);
    }
}

//! FHIR addresses of code systems, and the value sets that metadata are checked against.

use dmp_core::document::{Code, system};

const KNOWN: [(&str, &str); 14] = [
    (system::LOINC, "http://loinc.org"),
    (system::TRE_A03, "https://mos.esante.gouv.fr/NOS/TRE_A03-ClasseDocument/FHIR/TRE-A03-ClasseDocument"),
    (system::TRE_A05, "https://mos.esante.gouv.fr/NOS/TRE_A05-TypeDocComplementaire/FHIR/TRE-A05-TypeDocComplementaire"),
    (system::TRE_A07, "https://mos.esante.gouv.fr/NOS/TRE_A07-StatusVisibiliteDocument/FHIR/TRE-A07-StatusVisibiliteDocument"),
    (system::CONFIDENTIALITY, "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"),
    (system::TRE_R02, "https://mos.esante.gouv.fr/NOS/TRE_R02-SecteurActivite/FHIR/TRE-R02-SecteurActivite"),
    (system::TRE_A01, "https://mos.esante.gouv.fr/NOS/TRE_A01-CadreExercice/FHIR/TRE-A01-CadreExercice"),
    (system::TRE_A00, "https://mos.esante.gouv.fr/NOS/TRE_A00-ProducteurDocNonPS/FHIR/TRE-A00-ProducteurDocNonPS"),
    (system::TRE_A02, "https://mos.esante.gouv.fr/NOS/TRE_A02-ProfessionSavFaire-CISIS/FHIR/TRE-A02-ProfessionSavFaire-CISIS"),
    (system::TRE_A06, "https://mos.esante.gouv.fr/NOS/TRE_A06-FormatCodeComplementaire/FHIR/TRE-A06-FormatCodeComplementaire"),
    (system::IHE_FORMAT, "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode"),
    (system::IHE_FORMAT, "https://mos.esante.gouv.fr/NOS/TRE_A11-IheFormatCode/FHIR/TRE-A11-IheFormatCode"),
    (system::CIM_10, "http://hl7.org/fhir/sid/icd-10"),
    (system::CCAM, "https://smt.esante.gouv.fr/terminologie-ccam"),
];

/// Dotted OID of a code system address (a URL, `urn:oid:…`, or the OID itself).
pub fn oid_of(url: &str) -> Option<String> {
    if let Some(oid) = url.strip_prefix("urn:oid:") {
        return Some(oid.to_owned());
    }
    KNOWN.iter().find(|row| row.1 == url).map(|row| row.0.to_owned())
}

/// The address that FHIR answers use for a code system.
pub fn fhir_system(oid: &str) -> String {
    match KNOWN.iter().find(|row| row.0 == oid) {
        Some(row) => row.1.to_owned(),
        None if oid.starts_with(|first: char| first.is_ascii_digit()) => format!("urn:oid:{oid}"),
        None => oid.to_owned(),
    }
}

/// The code of a facility type (JDV_J61), if it is one.
pub fn facility_type(code: &str) -> Option<Code> {
    (code.starts_with("SA") && code.len() == 4).then(|| Code::new(code, system::TRE_R02, ""))
}

/// The code of a practice setting (JDV_J04), if it is one.
pub fn practice_setting(code: &str) -> Option<Code> {
    ["AMBULATOIRE", "AMO", "DEPISTAGE", "ESSMS", "ETABLISSEMENT", "HAD", "MAD", "PALLIATIF", "SAD", "SAMU_SMUR", "EXP_PATIENT", "SNR"]
        .contains(&code)
        .then(|| Code::new(code, system::TRE_A01, ""))
}

/// The code of a format (JDV_J60, and "the media type says it"), if it is one.
pub fn format(code: &str) -> Option<Code> {
    code.starts_with("urn:").then(|| Code::new(code, if code.starts_with("urn:ihe") { system::IHE_FORMAT } else { system::TRE_A06 }, ""))
}

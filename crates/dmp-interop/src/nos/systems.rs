//! Code systems by their two names: the dotted OID of CDA and XDS, the URL of FHIR.

/// Dotted OID and the URL that we write.
const SYSTEMS: &[(&str, &str)] = &[
    ("2.16.840.1.113883.6.1", "http://loinc.org"),
    ("2.16.840.1.113883.6.96", "http://snomed.info/sct"),
    ("2.16.840.1.113883.6.3", "http://hl7.org/fhir/sid/icd-10"),
    ("2.16.840.1.113883.6.73", "http://www.whocc.no/atc"),
    ("2.16.840.1.113883.5.25", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"),
    ("2.16.840.1.113883.5.1", "http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender"),
    ("2.16.840.1.113883.5.4", "http://terminology.hl7.org/CodeSystem/v3-ActCode"),
    ("2.16.840.1.113883.5.88", "http://terminology.hl7.org/CodeSystem/v3-ParticipationFunction"),
    ("2.16.840.1.113883.5.111", "http://terminology.hl7.org/CodeSystem/v3-RoleCode"),
    ("1.3.6.1.4.1.19376.1.2.3", "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode"),
    ("1.2.840.10008.2.16.4", "http://dicom.nema.org/resources/ontology/DCM"),
    ("1.2.250.1.213.1.1.4.6", "https://mos.esante.gouv.fr/NOS/TRE_A00-ProducteurDocNonPS/FHIR/TRE-A00-ProducteurDocNonPS"),
    ("1.2.250.1.213.1.1.4.9", "https://mos.esante.gouv.fr/NOS/TRE_A01-CadreExercice/FHIR/TRE-A01-CadreExercice"),
    ("1.2.250.1.213.1.1.4.5", "https://mos.esante.gouv.fr/NOS/TRE_A02-ProfessionSavFaire-CISIS/FHIR/TRE-A02-ProfessionSavFaire-CISIS"),
    ("1.2.250.1.213.1.1.4.1", "https://mos.esante.gouv.fr/NOS/TRE_A03-ClasseDocument/FHIR/TRE-A03-ClasseDocument"),
    ("1.2.250.1.213.1.1.4.12", "https://mos.esante.gouv.fr/NOS/TRE_A05-TypeDocComplementaire/FHIR/TRE-A05-TypeDocComplementaire"),
    ("1.2.250.1.213.1.1.4.2.282", "https://mos.esante.gouv.fr/NOS/TRE_A06-FormatCodeComplementaire/FHIR/TRE-A06-FormatCodeComplementaire"),
    ("1.2.250.1.213.1.1.4.13", "https://mos.esante.gouv.fr/NOS/TRE_A07-StatutVisibiliteDocument/FHIR/TRE-A07-StatutVisibiliteDocument"),
    ("1.2.840.10008.2.6.1", "https://mos.esante.gouv.fr/NOS/TRE_A09-DICOMuidRegistry/FHIR/TRE-A09-DICOMuidRegistry"),
    ("1.2.250.1.71.1.2.7", "https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante"),
    ("1.2.250.1.71.1.2.8", "https://mos.esante.gouv.fr/NOS/TRE_G16-ProfessionFormation/FHIR/TRE-G16-ProfessionFormation"),
    ("1.2.250.1.71.4.2.4", "https://mos.esante.gouv.fr/NOS/TRE_R02-SecteurActivite/FHIR/TRE-R02-SecteurActivite"),
    ("1.2.250.1.213.1.6.1.107", "https://mos.esante.gouv.fr/NOS/TRE_R85-RolePriseCharge/FHIR/TRE-R85-RolePriseCharge"),
    ("1.2.250.1.213.1.6.1.4", "https://mos.esante.gouv.fr/NOS/TRE_R94-ProfessionSocial/FHIR/TRE-R94-ProfessionSocial"),
    ("1.2.250.1.213.1.6.1.109", "https://mos.esante.gouv.fr/NOS/TRE_R95-UsagerTitre/FHIR/TRE-R95-UsagerTitre"),
    ("1.2.250.1.213.1.6.1.110", "https://mos.esante.gouv.fr/NOS/TRE_R96-AutreProfDomSanitaire/FHIR/TRE-R96-AutreProfDomSanitaire"),
    ("1.2.250.1.213.2.2", "https://mos.esante.gouv.fr/NOS/TRE_R209-TypeActivite/FHIR/TRE-R209-TypeActivite"),
];

/// Other URLs that senders write for the same systems, read and never written.
const ALIASES: &[(&str, &str)] = &[
    ("2.16.840.1.113883.5.25", "https://mos.esante.gouv.fr/NOS/TRE_A08-HL7Confidentiality/FHIR/TRE-A08-HL7Confidentiality"),
    ("2.16.840.1.113883.5.25", "http://hl7.org/fhir/v3/Confidentiality"),
    ("1.2.250.1.213.1.1.4.13", "https://mos.esante.gouv.fr/NOS/TRE_A07-StatusVisibiliteDocument/FHIR/TRE-A07-StatusVisibiliteDocument"),
    ("1.3.6.1.4.1.19376.1.2.3", "https://mos.esante.gouv.fr/NOS/TRE_A11-IheFormatCode/FHIR/TRE-A11-IheFormatCode"),
    ("1.3.6.1.4.1.19376.1.2.3", "http://ihe.net/fhir/ValueSet/IHE.FormatCode.codesystem"),
    ("2.16.840.1.113883.6.1", "https://mos.esante.gouv.fr/NOS/TRE_A04-Loinc/FHIR/TRE-A04-Loinc"),
];

/// The FHIR URL of a system known by its OID; `urn:oid:…` when it has no other. A URI comes back as it is.
pub fn fhir_system(oid: &str) -> String {
    let bare = oid.strip_prefix("urn:oid:").unwrap_or(oid);
    match SYSTEMS.iter().find(|(known, _)| *known == bare) {
        Some((_, url)) => (*url).to_owned(),
        None if is_oid(bare) => format!("urn:oid:{bare}"),
        None => oid.to_owned(),
    }
}

/// The dotted OID of a FHIR system URL, of `urn:oid:…`, or of an OID. `None` for a URL that we do not know.
pub fn oid_of(system_url: &str) -> Option<String> {
    let bare = system_url.strip_prefix("urn:oid:").unwrap_or(system_url);
    if is_oid(bare) {
        return Some(bare.to_owned());
    }
    SYSTEMS.iter().chain(ALIASES).find(|(_, url)| *url == system_url).map(|(oid, _)| (*oid).to_owned())
}

/// Whether a text is a dotted OID: at least two arcs, digits, no leading zero.
pub(crate) fn is_oid(text: &str) -> bool {
    let arc = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
    text.contains('.') && text.len() <= 128 && text.split('.').all(arc) && matches!(text.as_bytes().first(), Some(b'0'..=b'2'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_translates_both_ways() {
        for (oid, url) in SYSTEMS {
            assert_eq!(fhir_system(oid), *url);
            assert_eq!(oid_of(url).as_deref(), Some(*oid));
            assert_eq!(oid_of(&format!("urn:oid:{oid}")).as_deref(), Some(*oid));
        }
        for (oid, url) in ALIASES {
            assert_eq!(oid_of(url).as_deref(), Some(*oid));
        }
    }

    #[test]
    fn an_unknown_system_keeps_its_oid_and_an_unknown_url_has_none() {
        assert_eq!(fhir_system("1.2.3.4"), "urn:oid:1.2.3.4");
        assert_eq!(oid_of("http://example.org/codes"), None);
        assert!(!is_oid("1..2") && !is_oid("1.02") && !is_oid("7.1") && is_oid("2.25.270127010106"));
    }
}

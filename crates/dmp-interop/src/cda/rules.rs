//! The rules of the French header, one function each (CI-SIS *structuration minimale* 1.2.250.1.213.1.1.1.1,
//! `interop.md` 6). They stand beside the official schematrons, which let a foreign INS or language pass.

use dmp_core::document::{Code, TypeCode};
use dmp_core::identity::{InsAuthority, InsError, STRUCT_ID_NAT_OID, StructIdNat};
use dmp_core::{Issue, Severity};

use super::header::{Author, Body, CodedValue, Found, Header, HlTime, InstanceId, LegalAuthenticator, Patient, Place};
use crate::nos;

const TYPE_ID: (&str, &str) = ("2.16.840.1.113883.1.3", "POCD_HD000040");
/// HL7 France, and the CI-SIS header.
const TEMPLATES: [&str; 2] = ["2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1"];
/// Structures without a national identifier are named by SIRENE.
const SIRENE_OID: &str = "1.3.2";

/// All findings, in the order of the document.
pub(super) fn judge(header: &Header) -> Vec<Issue> {
    let mut issues = Vec::new();
    identity_of_document(header, &mut issues);
    classification(header, &mut issues);
    version(header, &mut issues);
    patient(header, &mut issues);
    authors(header, &mut issues);
    custodian(header, &mut issues);
    legal_authenticator(header, &mut issues);
    service_event(header, &mut issues);
    facility(header, &mut issues);
    related(header, &mut issues);
    body(header, &mut issues);
    if let Some(place) = &header.overfull {
        issues.push(place.locate(Issue::error("cda-too-large").expected(format!("{} éléments au plus", super::people::REPEATS_MAX))));
    }
    issues
}

/// An element that should stand below `parent`.
fn missing(code: &str, parent: &Place, step: &str) -> Issue {
    Issue::error(code).at(format!("{}/{step}", parent.path)).at_line(parent.line, parent.column)
}

fn wrong(code: &str, place: &Place, received: &str, expected: &str) -> Issue {
    place.locate(Issue::error(code)).received(received).expected(expected)
}

fn identity_of_document(header: &Header, issues: &mut Vec<Issue>) {
    match &header.realm {
        Some(realm) if realm.value.code == "FR" => {}
        Some(realm) => issues.push(wrong("cda-header-realm", &realm.place, &realm.value.code, "FR")),
        None => issues.push(missing("cda-header-realm", &header.place, "realmCode").expected("FR")),
    }
    let type_id = header.type_id.as_ref().map(|id| (id.value.root.as_str(), id.value.extension.as_deref().unwrap_or_default()));
    if type_id != Some(TYPE_ID) {
        issues.push(missing("cda-header-type-id", &header.place, "typeId").expected(format!("{} {}", TYPE_ID.0, TYPE_ID.1)));
    }
    for template in TEMPLATES {
        if !header.templates.iter().any(|found| found.value.root == template) {
            issues.push(missing("cda-header-template", &header.place, "templateId").expected(template));
        }
    }
    match &header.id {
        Some(id) if id.value.to_urn().is_some() => {}
        Some(id) => issues.push(wrong("unique-id-format", &id.place, &id.value.root, "un OID ou un UUID, 128 caractères au plus")),
        None => issues.push(missing("cda-header-id", &header.place, "id")),
    }
}

fn classification(header: &Header, issues: &mut Vec<Issue>) {
    match &header.code {
        Some(code) => {
            let known = TypeCode::parse(&code.value.code).filter(|known| known.system() == code.value.system);
            if known.is_none() {
                issues.push(wrong("type-unknown", &code.place, &shown(&code.value), "un type de JDV_J66-TypeCode-DMP"));
            }
        }
        None => issues.push(missing("cda-header-code", &header.place, "code")),
    }
    if header.title.is_none() {
        issues.push(missing("cda-header-title", &header.place, "title"));
    }
    check_time("cda-header-time", header.effective_time.as_ref(), &header.place, "effectiveTime", issues);
    match &header.confidentiality {
        Some(code) if nos::confidentiality(&code.value.code, &code.value.system).is_some() => {}
        Some(code) => issues.push(wrong("confidentiality-unknown", &code.place, &shown(&code.value), "N, R ou V (2.16.840.1.113883.5.25)")),
        None => issues.push(missing("cda-header-confidentiality", &header.place, "confidentialityCode")),
    }
    match &header.language {
        Some(language) if language.value.code == "fr-FR" => {}
        Some(language) => issues.push(wrong("language-unsupported", &language.place, &language.value.code, "fr-FR")),
        None => issues.push(missing("cda-header-language", &header.place, "languageCode").expected("fr-FR")),
    }
}

fn check_time(code: &str, time: Option<&Found<HlTime>>, parent: &Place, step: &str, issues: &mut Vec<Issue>) {
    match time {
        Some(time) if time.value.moment.is_some() => {}
        Some(time) => issues.push(wrong(code, &time.place, &time.value.raw, "AAAAMMJJhhmmss+hhmm")),
        None => issues.push(missing(code, parent, step)),
    }
}

/// When someone validated or signed: no metadata comes from it, and public documents write offsets like
/// `+100` there, so an unreadable one is a warning.
fn check_signing_time(code: &str, time: Option<&Found<HlTime>>, parent: &Place, issues: &mut Vec<Issue>) {
    let before = issues.len();
    check_time(code, time, parent, "time", issues);
    if let (Some(_), Some(issue)) = (time, issues.get_mut(before)) {
        issue.severity = Severity::Warning;
    }
}

fn version(header: &Header, issues: &mut Vec<Issue>) {
    if header.set_id.is_none() {
        issues.push(missing("cda-header-set-id", &header.place, "setId"));
    }
    match &header.version {
        Some(version) if version.value.parse::<u32>().is_ok_and(|number| number > 0) => {}
        Some(version) => issues.push(wrong("cda-header-version", &version.place, &version.value, "un entier positif")),
        None => issues.push(missing("cda-header-version", &header.place, "versionNumber")),
    }
}

fn patient(header: &Header, issues: &mut Vec<Issue>) {
    let Some(patient) = header.patient() else {
        issues.push(missing("cda-header-patient", &header.place, "recordTarget/patientRole"));
        return;
    };
    if let Some(second) = header.patients.get(1) {
        issues.push(second.place.locate(Issue::error("cda-header-patient")).expected("une seule personne"));
    }
    ins(patient, issues);
    if patient.birth_family.is_none() {
        issues.push(missing("cda-header-birth-name", &patient.place, "patient/name/family[@qualifier='BR']"));
    }
    for qualifier in &patient.other_qualifiers {
        issues.push(qualifier.place.locate(Issue::warning("cda-header-name-qualifier")).received(qualifier.value.clone()).expected("BR ou CL"));
    }
    match &patient.gender {
        Some(_) if patient.sex().is_some() => {}
        Some(gender) => issues.push(wrong("cda-header-gender", &gender.place, &gender.value, "F, M ou U")),
        None => issues.push(missing("cda-header-gender", &patient.place, "patient/administrativeGenderCode")),
    }
    match &patient.birth_time {
        Some(_) if patient.birth_date().is_some() => {}
        Some(time) => issues.push(wrong("cda-header-birth-time", &time.place, &time.value, "AAAAMMJJ")),
        None => issues.push(missing("cda-header-birth-time", &patient.place, "patient/birthTime")),
    }
}

fn ins(patient: &Patient, issues: &mut Vec<Issue>) {
    let Some(id) = patient.ins_id() else {
        issues.push(missing("ins-missing", &patient.place, "id").expected("un identifiant dont la racine est un OID d'INS"));
        return;
    };
    let written = id.value.extension.as_deref().unwrap_or_default();
    if let Some(Err(error)) = patient.ins() {
        let expected = match error {
            InsError::Key { expected } => format!("clé {expected:02}"),
            InsError::Format => "15 caractères : sexe, année, mois, lieu, ordre, clé".to_owned(),
            InsError::UnknownAuthority => "un OID d'INS".to_owned(),
        };
        issues.push(wrong(error.code(), &id.place, written, &expected));
    }
    let is_other = |other: &&Found<InstanceId>| InsAuthority::from_oid(&other.value.root).is_some() && other.value.extension != id.value.extension;
    if let Some(second) = patient.ids.iter().find(is_other) {
        issues.push(second.place.locate(Issue::error("cda-header-patient")).expected("un seul INS"));
    }
}

fn authors(header: &Header, issues: &mut Vec<Issue>) {
    if header.authors.is_empty() {
        issues.push(missing("cda-header-author", &header.place, "author"));
    }
    for author in &header.authors {
        author_rules(author, issues);
    }
}

fn author_rules(author: &Author, issues: &mut Vec<Issue>) {
    check_signing_time("cda-header-author", author.time.as_ref(), &author.place, issues);
    if author.entity.as_ref().and_then(|entity| entity.id()).is_none() {
        issues.push(missing("cda-header-author", &author.place, "assignedAuthor/id"));
    }
}

fn custodian(header: &Header, issues: &mut Vec<Issue>) {
    let step = "assignedCustodian/representedCustodianOrganization/id";
    let Some(custodian) = &header.custodian else {
        issues.push(missing("cda-header-custodian", &header.place, &format!("custodian/{step}")));
        return;
    };
    let ids = custodian.organization.iter().flat_map(|organization| &organization.ids);
    let national = ids.clone().find(|id| id.value.root == STRUCT_ID_NAT_OID || id.value.root == SIRENE_OID);
    match (national, ids.clone().next()) {
        (Some(id), _) => {
            let extension = id.value.extension.as_deref().unwrap_or_default();
            if id.value.root == STRUCT_ID_NAT_OID && StructIdNat::parse(extension).is_err() {
                issues
                    .push(id.place.locate(Issue::warning("cda-header-custodian")).received(extension).expected("1 + FINESS, 2 + SIREN ou 3 + SIRET"));
            }
        }
        (None, Some(other)) => issues.push(wrong("cda-header-custodian", &other.place, &other.value.root, STRUCT_ID_NAT_OID)),
        (None, None) => issues.push(missing("cda-header-custodian", &custodian.place, step)),
    }
}

fn legal_authenticator(header: &Header, issues: &mut Vec<Issue>) {
    match header.legal_authenticators.as_slice() {
        [] => issues.push(missing("cda-header-legal-authenticator", &header.place, "legalAuthenticator")),
        [one] => legal_authenticator_rules(one, issues),
        [one, second, ..] => {
            legal_authenticator_rules(one, issues);
            issues.push(second.place.locate(Issue::error("cda-header-legal-authenticator")).expected("un seul responsable"));
        }
    }
}

fn legal_authenticator_rules(legal: &LegalAuthenticator, issues: &mut Vec<Issue>) {
    let code = "cda-header-legal-authenticator";
    check_signing_time(code, legal.time.as_ref(), &legal.place, issues);
    if legal.signature.as_ref().is_none_or(|signature| signature.value.code != "S") {
        issues.push(missing(code, &legal.place, "signatureCode").expected("S"));
    }
    let entity = legal.entity.as_ref();
    if entity.and_then(|entity| entity.id()).is_none() {
        issues.push(missing(code, &legal.place, "assignedEntity/id"));
    }
    if entity.is_none_or(|entity| entity.name.is_none()) {
        issues.push(missing(code, &legal.place, "assignedEntity/assignedPerson/name"));
    }
}

fn service_event(header: &Header, issues: &mut Vec<Issue>) {
    let Some(event) = header.main_event() else {
        issues.push(missing("cda-header-service-event", &header.place, "documentationOf/serviceEvent"));
        return;
    };
    check_time("cda-header-service-event", event.low.as_ref(), &event.place, "effectiveTime/low", issues);
    if let Some(high) = event.high.as_ref().filter(|high| high.value.moment.is_none()) {
        issues.push(wrong("cda-header-service-event", &high.place, &high.value.raw, "AAAAMMJJhhmmss+hhmm"));
    }
    match event.setting() {
        Some(setting) => in_value_set("setting-unknown", setting, nos::practice_setting, "un cadre d'exercice de JDV_J04", issues),
        None => issues.push(missing(
            "cda-header-practice-setting",
            &event.place,
            "performer/assignedEntity/representedOrganization/standardIndustryClassCode",
        )),
    }
}

fn facility(header: &Header, issues: &mut Vec<Issue>) {
    match header.encounter.as_ref().map(|encounter| (encounter, &encounter.facility)) {
        Some((_, Some(code))) => in_value_set("facility-unknown", code, nos::facility_type, "un secteur d'activité de JDV_J02", issues),
        Some((encounter, None)) => issues.push(missing("cda-header-facility", &encounter.place, "location/healthCareFacility/code")),
        None => issues.push(missing("cda-header-facility", &header.place, "componentOf/encompassingEncounter/location/healthCareFacility/code")),
    }
}

fn in_value_set(rule: &str, written: &Found<CodedValue>, lookup: fn(&str) -> Option<Code>, expected: &str, issues: &mut Vec<Issue>) {
    let known = lookup(&written.value.code).filter(|code| code.system == written.value.system);
    if known.is_none() {
        issues.push(wrong(rule, &written.place, &shown(&written.value), expected));
    }
}

fn related(header: &Header, issues: &mut Vec<Issue>) {
    for related in &header.related {
        if related.kind != "RPLC" {
            issues.push(wrong("cda-header-related-document", &related.place, &related.kind, "RPLC"));
        } else if related.parent.as_ref().and_then(|parent| parent.value.to_urn()).is_none() {
            issues.push(missing("cda-header-related-document", &related.place, "parentDocument/id"));
        }
    }
}

fn body(header: &Header, issues: &mut Vec<Issue>) {
    match &header.body {
        Some(Body::Structured) => {}
        Some(Body::Unstructured { media_type, .. }) if nos::format_of_body(media_type).is_some() => {}
        Some(Body::Unstructured { media_type, .. }) => issues.push(
            missing("mime-unsupported", &header.place, "component/nonXMLBody/text/@mediaType")
                .received(media_type.clone())
                .expected("application/pdf, text/plain, text/rtf, image/jpeg ou image/tiff"),
        ),
        None => issues.push(missing("cda-header-body", &header.place, "component")),
    }
}

/// `code (système)`.
fn shown(value: &CodedValue) -> String {
    if value.system.is_empty() { value.code.clone() } else { format!("{} ({})", value.code, value.system) }
}

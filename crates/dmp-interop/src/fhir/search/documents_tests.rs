//! Tests of the search of documents, parameter by parameter.

use dmp_core::Moment;
use dmp_core::document::DocumentEntry;

use super::DocumentQuery;
use crate::fhir::samples;
use crate::fhir::search::{COUNT_DEFAULT, COUNT_MAX, PatientKey};

fn query(parameters: &str) -> DocumentQuery {
    DocumentQuery::parse(&format!("patient=Patient/abc&status=current&{parameters}")).unwrap_or_else(|issues| panic!("{parameters}: {issues:?}"))
}

fn finds(parameters: &str, entry: &DocumentEntry) -> bool {
    query(parameters).matches(entry)
}

/// The code and place of each finding.
fn refused(text: &str) -> Vec<(String, String)> {
    DocumentQuery::parse(text).unwrap_err().into_iter().map(|issue| (issue.code, issue.path.unwrap_or_default())).collect()
}

#[test]
fn every_parameter_finds_what_is_meant_and_nothing_else() {
    let entry = samples::entry();
    for (found, missed) in [
        ("type=11488-4", "type=11490-0"),
        ("type=http://loinc.org%7C11488-4,http://loinc.org%7C11490-0", "type=http://snomed.info/sct%7C11488-4"),
        ("category=10", "category=11"),
        ("category=https://mos.esante.gouv.fr/NOS/TRE_A03-ClasseDocument/FHIR/TRE-A03-ClasseDocument|10", "category=http://loinc.org|10"),
        ("setting=AMBULATOIRE", "setting=HAD"),
        ("facility=SA07", "facility=SA01"),
        ("format=urn:ihe:iti:xds-sd:pdf:2008", "format=urn:ihe:iti:xds-sd:text:2008"),
        ("event=DEQP003", "event=DEQP004"),
        ("security-label=N", "security-label=R"),
        ("security-label=MASQUE_PS", "security-label=INVISIBLE_PATIENT"),
        ("identifier=urn:ietf:rfc:3986|urn:oid:1.2.250.1.999.1.1", "identifier=urn:ietf:rfc:3986|urn:oid:1.2.250.1.999.1.2"),
        ("identifier=urn:oid:1.2.250.1.999.1.1", "identifier=|urn:oid:1.2.250.1.999.1.1"),
        ("creation=2026-06-12", "creation=2026-06-13"),
        ("creation=ge2026-06&creation=lt2026-07", "creation=ge2026-06&creation=lt2026-06-12"),
        ("date=2026-06-14", "date=2026-06-12"),
        ("period=2026-06-11", "period=2026-06-12"),
        ("period-start=ge2026-06-11", "period-start=ge2026-06-12"),
        ("period-end=le2026-06-11", "period-end=lt2026-06-11"),
        ("_lastUpdated=2026-06-15", "_lastUpdated=2026-06-14"),
        ("isArchived=false", "isArchived=true"),
        ("related=urn:oid:1.2.250.1.999.7|ACC-1", "related=ACC-2"),
        ("related:identifier=ACC-1", "related:identifier=urn:oid:9.9|ACC-1"),
        ("author.given=anne", "author.given=jean"),
        ("author.given:contains=NN", "author.given:exact=anne"),
        ("author.family=exemple", "author.family=autre"),
        ("author.identifier=urn:oid:1.2.250.1.71.4.2.1|899700218896", "author.identifier=urn:oid:1.2.250.1.71.4.2.1|899700218897"),
        ("author.identifier=https://rpps.esante.gouv.fr|99700218896", "author.identifier=https://rpps.esante.gouv.fr|899700218896"),
        ("author=Practitioner/899700218896", "author=Practitioner/1"),
    ] {
        assert!(finds(found, &entry), "{found}");
        assert!(!finds(missed, &entry), "{missed}");
    }
}

#[test]
fn the_three_identifiers_are_one_parameter() {
    let entry = samples::entry();
    assert!(finds(&format!("identifier={}", entry.entry_uuid()), &entry));
    assert!(finds(&format!("identifier={}", entry.id.to_urn_uuid()), &entry));
    let extended = DocumentEntry { unique_id: "urn:oid:1.2.250.1.999.1^CR-7".into(), ..samples::entry() };
    assert!(finds("identifier=urn:oid:1.2.250.1.999.1|CR-7", &extended) && finds("identifier=urn:oid:1.2.250.1.999.1%5ECR-7", &extended));
    assert!(!finds("identifier=urn:oid:1.2.250.1.999.1|CR-8", &extended));
}

#[test]
fn status_follows_the_life_of_the_document() {
    let entry = samples::entry();
    let with = |status: &str| DocumentQuery::parse(&format!("patient=abc&status={status}")).unwrap();
    assert!(with("current").matches(&entry) && with("superseded,current").matches(&entry) && !with("superseded").matches(&entry));
}

#[test]
fn server_ids_match_once_the_door_has_opened_them() {
    let mut entry = samples::entry();
    let older = dmp_core::EntryId([9; 16]);
    entry.replaces = Some(older);
    let open = |id: &str| match id {
        "sealed-own" => Some(samples::entry().id),
        "sealed-older" => Some(older),
        _ => None,
    };
    for (parameters, found) in [
        ("_id=sealed-own", true),
        ("_id=sealed-other,sealed-own", true),
        ("_id=forged", false),
        ("relatesto=DocumentReference/sealed-older", true),
        ("relatesTo=sealed-older", true),
        ("relates-to=DocumentReference/sealed-own", false),
    ] {
        let mut query = query(parameters);
        assert!(!query.matches(&entry), "{parameters} unopened");
        query.resolve(open);
        assert_eq!(query.matches(&entry), found, "{parameters}");
    }
}

#[test]
fn a_document_without_end_matches_no_period_end() {
    let mut entry = samples::entry();
    entry.service_stop = None;
    assert!(!finds("period-end=ge1900", &entry));
    entry.service_start = Moment::parse_fhir("2020-01-01").unwrap();
    assert!(finds("period=gt2026", &entry));
}

#[test]
fn unknown_parameters_and_modifiers_are_refused_by_name() {
    let all = refused("patient=a&status=current&colour=red&type:not=1&_sort=date&date=yesterday");
    assert_eq!(
        all,
        [
            ("search-parameter-unknown".into(), "colour".into()),
            ("search-parameter-unknown".into(), "type:not".into()),
            ("search-parameter-unknown".into(), "_sort".into()),
            ("search-parameter-value".into(), "date".into()),
        ]
    );
    assert_eq!(refused("patient=a&status=current&%3Cscript%3E=1")[0].1, "script");
}

#[test]
fn patient_and_status_must_be_there() {
    let missing = |name: &str| ("search-parameter-missing".to_owned(), name.to_owned());
    assert_eq!(refused(""), [missing("patient"), missing("status")]);
    assert_eq!(refused("patient=a"), [missing("status")]);
    assert_eq!(refused("status=current"), [missing("patient")]);
}

#[test]
fn the_person_is_a_sealed_id_or_an_ins() {
    let frame = DocumentQuery::parse("patient.identifier=urn%3Aoid%3A1.2.250.1.213.1.4.10%7C279035121518989&status=current").unwrap().frame;
    let [PatientKey::Ins(ins)] = frame.patients.as_slice() else { panic!("{frame:?}") };
    assert_eq!((ins.oid.as_str(), ins.value.as_str()), ("1.2.250.1.213.1.4.10", "279035121518989"));
    assert_eq!(query("").frame.patients, [PatientKey::Sealed("abc".into())]);
    for wrong in ["patient.identifier=279035121518989&status=current", "patient=a/b%20c&status=current", "patient=&status=current"] {
        assert_eq!(refused(wrong)[0].0, "search-parameter-value", "{wrong}");
    }
}

#[test]
fn the_page_size_is_bounded() {
    assert_eq!(query("").frame.count, COUNT_DEFAULT);
    assert_eq!(query("_count=20").frame.count, 20);
    assert_eq!(query("_count=100000").frame.count, COUNT_MAX);
    for wrong in ["0", "-1", "many"] {
        assert_eq!(refused(&format!("patient=a&status=current&_count={wrong}"))[0], ("search-parameter-value".into(), "_count".into()));
    }
    assert_eq!(query("_format=xml&_page=token").frame.page.as_deref(), Some("token"));
}

#[test]
fn a_search_is_bounded() {
    assert_eq!(refused(&"a=1&".repeat(101))[0].0, "search-too-complex");
    assert_eq!(refused(&"x".repeat(20_000))[0].0, "search-too-complex");
    assert_eq!(refused(&format!("patient=a&status=current&type={}", "1,".repeat(200)))[0].0, "search-too-complex");
}

//! Tests of the search of submission sets and folders.

use super::ListQuery;
use crate::fhir::samples;

fn query(parameters: &str) -> ListQuery {
    ListQuery::parse(&format!("patient=abc&status=current&{parameters}")).unwrap_or_else(|issues| panic!("{parameters}: {issues:?}"))
}

#[test]
fn every_parameter_finds_the_submission_set_that_is_meant() {
    let set = samples::submission_set();
    for (found, missed) in [
        ("code=submissionset", "code=folder"),
        ("code=https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes|submissionset", "code=http://loinc.org|submissionset"),
        ("status=current", "status=retired"),
        ("date=2026-06-12", "date=2026-06-13"),
        ("_lastUpdated=2026-06-14", "_lastUpdated=2026-06-13"),
        ("designationType=04", "designationType=05"),
        ("sourceId=urn:oid:1.2.250.1.999.5", "sourceId=1.2.250.1.999.6"),
        ("sourceId=urn:ietf:rfc:3986|urn:oid:1.2.250.1.999.5", "sourceId=urn:ietf:rfc:3986|1.2.3"),
        ("sourceId=1.2.250.1.999.5", "sourceId=urn:oid:1.2"),
        ("identifier=urn:oid:1.2.250.1.999.2.1", "identifier=urn:oid:1.2.250.1.999.2.2"),
        ("title=envoi", "title=autre"),
        ("isArchived=false", "isArchived=true"),
        ("source=Practitioner/899700218896", "source=Practitioner/1"),
        ("source.identifier=899700218896", "source.identifier=1"),
        ("source.given=anne", "source:Patient.given=anne"),
        ("source.family=exemple", "source:Patient.family=exemple"),
        ("source:Practitioner.family=exemple", "source:Practitioner.family=autre"),
        ("source:PractitionerRole.name=Exemple", "source:PractitionerRole.name=Autre"),
        ("authorOrg=cabinet", "authorOrg=clinique"),
        ("authorOrg=urn:oid:1.2.250.1.71.4.2.2|1120456789", "authorOrg=urn:oid:1.2.250.1.71.4.2.2|1120456780"),
    ] {
        assert!(query(found).matches_submission_set(&set), "{found}");
        assert!(!query(missed).matches_submission_set(&set), "{missed}");
    }
}

#[test]
fn folders_are_found_by_what_they_have() {
    let folder = samples::folder();
    for (parameters, found) in [
        ("code=folder", true),
        ("code=submissionset,folder", true),
        ("code=submissionset", false),
        ("", true),
        ("title=suivi", true),
        ("designationType=10", true),
        ("date=ge2026-06", true),
        ("source.family=exemple", false),
        ("sourceId=1.2.250.1.999.5", false),
    ] {
        assert_eq!(query(parameters).matches_folder(&folder), found, "{parameters}");
    }
}

#[test]
fn a_sealed_id_is_opened_by_the_door() {
    let set = samples::submission_set();
    let mut query = query("_id=List/x");
    assert!(!query.matches_submission_set(&set));
    query.resolve(|id| (id == "x").then_some(set.id));
    assert!(query.matches_submission_set(&set));
}

#[test]
fn what_is_no_parameter_of_lists_is_refused() {
    for name in ["format", "security-label", "source:Device.name", "title:missing"] {
        let issues = ListQuery::parse(&format!("patient=a&status=current&{name}=x")).unwrap_err();
        assert_eq!((issues[0].code.as_str(), issues[0].path.as_deref()), ("search-parameter-unknown", Some(name)));
    }
}

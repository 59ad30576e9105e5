//! Facts of small FHIR resources of our own.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests fail by panicking")]

use dmp_core::summary::{AbsenceKind, Extraction, Fact, FactKind, MedicineStage, Period, ProblemState, Value, What, When};
use dmp_interop::extract::{Reading, read};

fn reading(json: &str) -> Reading {
    read("application/fhir+json", json.as_bytes())
}

fn one(json: &str) -> Fact {
    let facts = reading(json).facts;
    assert_eq!(facts.len(), 1, "{facts:?}");
    facts.into_iter().next().unwrap()
}

const SNOMED: &str = "http://snomed.info/sct";

fn concept(code: &str, display: &str) -> String {
    format!(r#"{{"coding":[{{"system":"{SNOMED}","code":"{code}","display":"{display}"}}]}}"#)
}

#[test]
fn a_document_is_read_section_by_section() {
    let bundle = format!(
        r#"{{"resourceType":"Bundle","type":"document","entry":[
        {{"resource":{{"resourceType":"Composition","subject":{{"reference":"urn:uuid:p"}},"section":[
          {{"title":"Résultats","code":{{"coding":[{{"system":"http://loinc.org","code":"30954-2"}}]}},"text":{{"status":"generated","div":"<div><b>HbA1c</b> 7,5 &lt; 8</div>"}},
            "entry":[{{"reference":"urn:uuid:none"}},{{"reference":"urn:uuid:panel"}}]}},
          {{"title":"Allergies","code":{{"coding":[{{"code":"48765-2"}}]}},"emptyReason":{{"coding":[{{"code":"nilknown"}}]}}}}]}}}},
        {{"fullUrl":"urn:uuid:p","resource":{{"resourceType":"Patient","identifier":[{{"system":"urn:oid:1.2.250.1.213.1.4.10","value":"279035121518989"}}]}}}},
        {{"fullUrl":"urn:uuid:panel","resource":{{"resourceType":"Observation","status":"final","code":{},"hasMember":[{{"reference":"urn:uuid:o"}},{{"reference":"urn:uuid:panel"}}]}}}},
        {{"fullUrl":"urn:uuid:o","resource":{{"resourceType":"Observation","status":"final","category":[{{"coding":[{{"code":"laboratory"}}]}}],"code":{},
          "effectiveDateTime":"2026-03-01T08:20:00+01:00","valueQuantity":{{"value":7.5,"code":"%","comparator":"<"}}}}}}]}}"#,
        concept("1", "Panel"),
        concept("2", "HbA1c")
    );
    let reading = reading(&bundle);
    assert_eq!((reading.extraction, reading.subject.as_deref()), (Extraction::Read, Some("279035121518989")));
    assert_eq!(reading.text[0].text, "HbA1c 7,5 < 8");
    let [result, absence] = reading.facts.as_slice() else { panic!("{:?}", reading.facts) };
    assert_eq!((result.proof.section.as_str(), result.proof.position, result.concept.text.as_str()), ("30954-2", 1, "HbA1c"));
    assert_eq!(result.concept.codes[0].system, "2.16.840.1.113883.6.96");
    let What::Observation(observation) = &result.what else { panic!("{result:?}") };
    assert_eq!(observation.value, Value::Quantity { comparator: "<".to_owned(), number: "7.5".to_owned(), unit: "%".to_owned() });
    assert_eq!(absence.what, What::Absent { of: FactKind::Allergy, how: AbsenceKind::NoneKnown });
}

#[test]
fn conditions_have_their_state_and_refuted_ones_are_absent() {
    let condition = |more: &str| one(&format!(r#"{{"resourceType":"Condition","code":{}{more}}}"#, concept("195967001", "Asthme"))).what;
    let status = |clinical: &str, verification: &str| {
        format!(r#","clinicalStatus":{{"coding":[{{"code":"{clinical}"}}]}},"verificationStatus":{{"coding":[{{"code":"{verification}"}}]}}"#)
    };
    assert_eq!(condition(""), What::Problem { state: ProblemState::Active });
    assert_eq!(condition(&status("remission", "confirmed")), What::Problem { state: ProblemState::Past });
    assert_eq!(condition(&status("active", "provisional")), What::Problem { state: ProblemState::Suspected });
    assert_eq!(condition(&status("active", "refuted")), What::Absent { of: FactKind::Problem, how: AbsenceKind::NoneKnown });
    let lymphoma = one(&format!(r#"{{"resourceType":"Condition","code":{}}}"#, concept("118601006", "Non-Hodgkin's lymphoma")));
    assert_eq!(lymphoma.what, What::Problem { state: ProblemState::Active }, "no denial");
    let wrong = format!(r#"{{"resourceType":"Condition","code":{}{}}}"#, concept("1", "X"), status("active", "entered-in-error"));
    assert_eq!(reading(&wrong).facts, []);
}

#[test]
fn no_known_allergy_is_an_absence_in_every_way_of_saying_it() {
    for code in [
        concept("716186003", "Situation allergique"),
        concept("999", "No known food allergy"),
        r#"{"coding":[{"system":"http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips","code":"no-known-allergies"}]}"#.to_owned(),
    ] {
        let fact = one(&format!(r#"{{"resourceType":"AllergyIntolerance","code":{code}}}"#));
        assert_eq!(fact.what, What::Absent { of: FactKind::Allergy, how: AbsenceKind::NoneKnown });
    }
    let unknown = r#"{"resourceType":"AllergyIntolerance","code":{"coding":[{"system":"http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips","code":"no-allergy-info"}]}}"#;
    assert_eq!(one(unknown).what, What::Absent { of: FactKind::Allergy, how: AbsenceKind::NoInformation });
    let real = one(&format!(
        r#"{{"resourceType":"AllergyIntolerance","criticality":"high","onsetDateTime":"2010","code":{}}}"#,
        concept("764146007", "Pénicilline")
    ));
    assert!(matches!(real.what, What::Allergy { criticality: dmp_core::summary::Criticality::High, resolved: false, .. }));
    assert_eq!(real.period, Period { from: When::from_iso("2010"), to: None });
}

#[test]
fn medicines_follow_their_resource_and_vaccinations_their_status() {
    for (kind, stage) in [
        ("MedicationStatement", MedicineStage::Stated),
        ("MedicationRequest", MedicineStage::Prescribed),
        ("MedicationDispense", MedicineStage::Dispensed),
        ("MedicationAdministration", MedicineStage::Given),
    ] {
        let json = format!(
            r##"{{"resourceType":"{kind}","status":"active","contained":[{{"resourceType":"Medication","id":"m","code":{}}}],"medicationReference":{{"reference":"#m"}}}}"##,
            concept("387362001", "Simvastatine")
        );
        let fact = one(&json);
        assert!(matches!(&fact.what, What::Medicine(medicine) if medicine.stage == stage), "{fact:?}");
        assert_eq!(fact.concept.text, "Simvastatine");
    }
    let stopped = one(&format!(r#"{{"resourceType":"MedicationStatement","status":"stopped","medicationCodeableConcept":{}}}"#, concept("1", "X")));
    assert!(matches!(&stopped.what, What::Medicine(medicine) if medicine.stopped));
    let refused = one(&format!(r#"{{"resourceType":"Immunization","status":"not-done","vaccineCode":{}}}"#, concept("2", "Vaccin du test")));
    assert!(matches!(refused.what, What::Vaccination { refused: true, .. }));
}

#[test]
fn components_are_values_and_absent_values_are_none() {
    let json = format!(
        r#"{{"resourceType":"Observation","status":"final","category":[{{"coding":[{{"code":"vital-signs"}}]}}],"code":{},"component":[
        {{"code":{},"valueQuantity":{{"value":120,"unit":"mm[Hg]"}}}},{{"code":{},"dataAbsentReason":{{}}}}]}}"#,
        concept("1", "Pression artérielle"),
        concept("2", "Systolique"),
        concept("3", "Diastolique")
    );
    assert_eq!(one(&json).concept.text, "Systolique");
}

#[test]
fn damaged_and_foreign_json_is_told() {
    assert_eq!(reading("{").extraction, Extraction::Unreadable);
    assert_eq!(reading("[]").extraction, Extraction::NothingReadable);
    assert_eq!(reading(r#"{"a":1}"#).extraction, Extraction::NothingReadable);
    let nested = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(reading(&nested).extraction, Extraction::Unreadable);
    let cycle = r#"{"resourceType":"Bundle","entry":[{"fullUrl":"u","resource":{"resourceType":"Observation","code":{"text":"x"},"hasMember":[{"reference":"u"}]}}]}"#;
    assert_eq!(reading(cycle).facts, []);
}

//! Facts of small documents of our own: one kind at a time, and above all what must not become a fact.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests fail by panicking")]

use dmp_core::summary::{
    AbsenceKind, DeviceState, Extraction, Fact, FactKind, MedicineStage, ObservationKind, Period, ProblemState, Value, What, When,
};
use dmp_interop::extract::{Reading, read};

const IHE: &str = "1.3.6.1.4.1.19376.1.5.3.1.4";

/// A document of one section, with its narrative and entries.
fn document(doc: &str, section: (&str, &str), narrative: &str, entries: &str) -> String {
    format!(
        r#"<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><code code="{doc}"/>
        <recordTarget><patientRole><id root="1.2.250.1.213.1.4.10" extension="279035121518989"/></patientRole></recordTarget>
        <component><structuredBody><component><section><code code="{}" codeSystem="2.16.840.1.113883.6.1"/><title>{}</title>
        <text>{narrative}</text>{entries}</section></component></structuredBody></component></ClinicalDocument>"#,
        section.0, section.1
    )
}

fn reading(section: (&str, &str), narrative: &str, entries: &str) -> Reading {
    read("text/xml", document("60591-5", section, narrative, entries).as_bytes())
}

fn facts(section: (&str, &str), narrative: &str, entries: &str) -> Vec<Fact> {
    reading(section, narrative, entries).facts
}

fn template(suffix: &str) -> String {
    format!(r#"<templateId root="{IHE}.{suffix}"/>"#)
}

fn problem(attributes: &str, value: &str, inside: &str) -> String {
    format!(
        r#"<entry><act classCode="ACT" moodCode="EVN">{}<entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN" {attributes}>{}
        <effectiveTime><low value="20190811"/></effectiveTime>{value}{inside}</observation></entryRelationship></act></entry>"#,
        template("5.2"),
        template("5")
    )
}

const ASTHMA: &str = r##"<value xsi:type="CD" code="J45" codeSystem="2.16.840.1.113883.6.3" displayName="Asthme, sans précision"><originalText><reference value="#p1"/></originalText></value>"##;
const TABLE: &str = r#"<table><thead><tr><th>Date</th><th>Problème</th></tr></thead><tbody><tr><td>11/08/2019</td><td ID="p1">Asthme (CIM-10 : J45)</td></tr></tbody></table>"#;

#[test]
fn a_problem_has_its_words_codes_dates_and_proof() {
    let reading = reading(("11450-4", "Problèmes actifs"), TABLE, &problem("", ASTHMA, ""));
    assert_eq!((reading.extraction, reading.subject.as_deref()), (Extraction::Read, Some("279035121518989")));
    let [fact] = reading.facts.as_slice() else { panic!("one fact: {:?}", reading.facts) };
    assert_eq!(fact.what, What::Problem { state: ProblemState::Active });
    assert_eq!((fact.concept.text.as_str(), fact.concept.code_in("2.16.840.1.113883.6.3")), ("Asthme", Some("J45")));
    assert_eq!(fact.period, Period { from: Some(When::day(2019, 8, 11)), to: None });
    assert_eq!((fact.proof.section.as_str(), fact.proof.section_title.as_str(), fact.proof.position), ("11450-4", "Problèmes actifs", 0));
    assert_eq!((fact.proof.anchor.as_deref(), fact.proof.quote.as_str()), (Some("p1"), "11/08/2019 · Asthme (CIM-10 : J45)"));
    assert_eq!(reading.text[0].text, "Date Problème 11/08/2019 Asthme (CIM-10 : J45)");
}

#[test]
fn a_negated_problem_is_an_absence_in_each_of_its_ways() {
    let unknown = r#"<value xsi:type="CD" code="no-problem-info" codeSystem="2.16.840.1.113883.5.1150.1" displayName="Pas d'information"/>"#;
    let none = r#"<value xsi:type="CD" code="no-known-problems" codeSystem="2.16.840.1.113883.5.1150.1" displayName="Pas de problème connu"/>"#;
    let answered = r##"<value xsi:type="CD" code="J45" displayName="Asthme"><originalText><reference value="#p1"/></originalText></value>"##;
    for (narrative, entry, how) in [
        (TABLE, problem(r#"negationInd="true""#, ASTHMA, ""), AbsenceKind::NoneKnown),
        (TABLE, problem("", none, ""), AbsenceKind::NoneKnown),
        (TABLE, problem("", unknown, ""), AbsenceKind::NoInformation),
        (r#"<content ID="p1">Non</content>"#, problem("", answered, ""), AbsenceKind::NoneKnown),
    ] {
        let facts = facts(("11450-4", "Problèmes"), narrative, &entry);
        assert_eq!(facts.iter().map(|fact| &fact.what).collect::<Vec<_>>(), [&What::Absent { of: FactKind::Problem, how }], "{entry}");
    }
}

#[test]
fn the_state_of_a_problem_is_what_the_entry_says_then_what_its_section_says() {
    let related = |code: &str, value: &str| {
        format!(
            r#"<entryRelationship typeCode="REFR"><observation><code code="{code}"/><value xsi:type="CE" code="{value}"/></observation></entryRelationship>"#
        )
    };
    for (section, inside, state) in [
        ("11450-4", String::new(), ProblemState::Active),
        ("11348-0", String::new(), ProblemState::Past),
        ("11348-0", related("33999-4", "active"), ProblemState::Active),
        ("11450-4", related("33999-4", "resolved"), ProblemState::Past),
        ("11450-4", related("66455-7", "unconfirmed"), ProblemState::Suspected),
    ] {
        let facts = facts((section, ""), TABLE, &problem("", ASTHMA, &inside));
        assert_eq!(facts[0].what, What::Problem { state }, "{section} {inside}");
    }
}

#[test]
fn what_another_person_has_is_family_history_and_what_a_foetus_gets_is_no_treatment() {
    let subject = r#"<subject><relatedSubject><code code="CHILD" displayName="Enfant"/></relatedSubject></subject>"#;
    let entry = problem("", ASTHMA, "").replace("<entryRelationship", &format!("{subject}<entryRelationship"));
    assert_eq!(facts(("11450-4", ""), TABLE, &entry)[0].what, What::FamilyHistory { relation: "Enfant".to_owned() });
    let medicine = medicine("EVN", subject);
    assert_eq!(facts(("18610-6", "Administrés"), "", &medicine), []);
}

fn allergy(attributes: &str, value: &str, agent: &str, inside: &str) -> String {
    let agent = if agent.is_empty() {
        String::new()
    } else {
        format!(r#"<participant typeCode="CSM"><participantRole><playingEntity>{agent}</playingEntity></participantRole></participant>"#)
    };
    format!(
        r##"<entry><act classCode="ACT" moodCode="EVN">{}<entryRelationship typeCode="SUBJ"><observation moodCode="EVN" {attributes}>{}{}
        <code code="414285001" codeSystem="2.16.840.1.113883.6.96" displayName="allergie alimentaire"/><text><reference value="#a1"/></text>{value}{agent}{inside}
        </observation></entryRelationship></act></entry>"##,
        template("5.3"),
        template("5"),
        template("6")
    )
}

#[test]
fn an_allergy_is_its_substance_with_reactions_and_severity() {
    let reaction = format!(
        r#"<entryRelationship typeCode="MFST"><observation moodCode="EVN">{}<value xsi:type="CD" code="126485001" displayName="urticaire"/>
        <entryRelationship typeCode="SUBJ"><observation><code code="SEV"/><value xsi:type="CD" code="24484000"/></observation></entryRelationship></observation></entryRelationship>"#,
        template("5")
    );
    let agent = r#"<code code="J01CA04" codeSystem="2.16.840.1.113883.6.73" displayName="amoxicilline"/>"#;
    let facts = facts(("48765-2", "Allergies"), "", &allergy("", r#"<value xsi:type="CD"/>"#, agent, &reaction));
    let [fact] = facts.as_slice() else { panic!("one fact: {facts:?}") };
    let What::Allergy { reactions, criticality, resolved } = &fact.what else { panic!("{fact:?}") };
    assert_eq!((fact.concept.text.as_str(), reactions[0].text.as_str(), *resolved), ("amoxicilline", "urticaire", false));
    assert_eq!(*criticality, dmp_core::summary::Criticality::High);
}

#[test]
fn no_allergy_is_never_an_allergy() {
    let none = r#"<value xsi:type="CD" code="no-known-allergies" codeSystem="2.16.840.1.113883.5.1150.1" displayName="Pas d'allergie connue"/>"#;
    let food =
        r#"<value xsi:type="CD" code="no-known-food-allergies" codeSystem="2.16.840.1.113883.5.1150.1" displayName="Pas d'allergie alimentaire"/>"#;
    let unknown = r#"<value xsi:type="CD" code="no-allergy-info" codeSystem="2.16.840.1.113883.5.1150.1" displayName="Pas d'information"/>"#;
    let empty = r#"<value xsi:type="CD"/>"#;
    let agent = r#"<code code="J01CA04" displayName="amoxicilline"/>"#;
    for (narrative, entry, how) in [
        ("", allergy("", none, "", ""), AbsenceKind::NoneKnown),
        ("", allergy("", food, "", ""), AbsenceKind::NoneKnown),
        ("", allergy("", unknown, "", ""), AbsenceKind::NoInformation),
        ("", allergy(r#"negationInd="true""#, empty, agent, ""), AbsenceKind::NoneKnown),
        ("Aucune allergie connue", allergy("", empty, "", ""), AbsenceKind::NoneKnown),
        ("Pas d'allergie connue", String::new(), AbsenceKind::NoneKnown),
        (r#"Allergie alimentaire : <content ID="a1">Non</content>"#, allergy("", empty, "", ""), AbsenceKind::NoneKnown),
    ] {
        let facts = facts(("48765-2", "Allergies"), narrative, &entry);
        assert_eq!(facts.iter().map(|fact| &fact.what).collect::<Vec<_>>(), [&What::Absent { of: FactKind::Allergy, how }], "{narrative} {entry}");
    }
    let answered = facts(("48765-2", "Allergies"), r#"Allergie alimentaire : <content ID="a1">Oui</content>"#, &allergy("", empty, "", ""));
    assert!(
        matches!(&answered[..], [fact] if matches!(fact.what, What::Allergy { .. }) && fact.concept.text == "allergie alimentaire"),
        "{answered:?}"
    );
    // An entry that says nothing, under words that deny nothing, is left out.
    assert_eq!(facts(("48765-2", "Allergies"), "À revoir", &allergy("", empty, "", "")), []);
}

fn medicine(mood: &str, inside: &str) -> String {
    format!(
        r##"<entry><substanceAdministration classCode="SBADM" moodCode="{mood}">{}<effectiveTime xsi:type="IVL_TS"><low value="20260301"/></effectiveTime>{inside}
        <consumable><manufacturedProduct><manufacturedMaterial><code code="63564053" codeSystem="1.2.250.1.213.2.3.1" displayName="PLAVIX 75 mg">
        <originalText><reference value="#m1"/></originalText></code></manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>"##,
        template("7")
    )
}

#[test]
fn the_stage_of_a_medicine_comes_from_its_document_section_and_mood() {
    let table = r#"<table><thead><tr><th>Médicament</th><th>Posologie</th><th>Dose max</th></tr></thead>
        <tbody><tr><td ID="m1">PLAVIX 75mg</td><td>1 cp/j</td><td>2 cp</td></tr></tbody></table>"#;
    for (doc, section, mood, stage) in [
        ("60591-5", ("10160-0", "Traitements"), "EVN", MedicineStage::Stated),
        ("57833-6", ("57828-6", "Prescription"), "INT", MedicineStage::Prescribed),
        ("REMB", ("10160-0", "Médicaments"), "EVN", MedicineStage::Reimbursed),
        ("77436-4", ("18610-6", "Médicaments administrés"), "EVN", MedicineStage::Given),
    ] {
        let facts = read("text/xml", document(doc, section, table, &medicine(mood, "")).as_bytes()).facts;
        let [Fact { what: What::Medicine(medicine), concept, .. }] = facts.as_slice() else { panic!("{facts:?}") };
        assert_eq!((medicine.stage, concept.text.as_str(), medicine.dose.as_str()), (stage, "PLAVIX 75mg", "1 cp/j"));
    }
    let planned = facts(("18776-5", "Plan de soins"), table, &medicine("INT", ""));
    assert_eq!(planned[0].what, What::Plan);
}

#[test]
fn stopped_and_long_term_are_what_the_words_say() {
    let of = |title: &str| match facts(("10160-0", title), "", &medicine("EVN", "")).remove(0).what {
        What::Medicine(medicine) => (medicine.long_term, medicine.stopped),
        other => panic!("{other:?}"),
    };
    assert_eq!(of("Traitements"), (false, false));
    assert_eq!(of("Traitements au long cours"), (true, false));
    assert_eq!(of("Traitements arrêtés"), (false, true));
}

#[test]
fn no_treatment_is_an_absence() {
    let entry = r#"<entry><substanceAdministration moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.7"/>
        <code code="no-known-medications" codeSystem="2.16.840.1.113883.5.1150.1" displayName="Pas de traitement connu"/>
        <consumable><manufacturedProduct><manufacturedMaterial><code nullFlavor="NA"/></manufacturedMaterial></manufacturedProduct></consumable>
        </substanceAdministration></entry>"#;
    assert_eq!(facts(("10160-0", "Traitements"), "", entry)[0].what, What::Absent { of: FactKind::Medicine, how: AbsenceKind::NoneKnown });
    assert_eq!(facts(("10160-0", "Traitements"), "", &entry.replace("no-known-medications", "")), []);
}

fn vaccination(attributes: &str) -> String {
    format!(
        r#"<entry><substanceAdministration moodCode="EVN" {attributes}>{}<effectiveTime value="20210409"/><consumable><manufacturedProduct>
        <manufacturedMaterial><code code="61077869" displayName="VACCIN BCG SSI"><translation code="J07AN" codeSystem="2.16.840.1.113883.6.73" displayName="Tuberculose"/></code>
        <lotNumberText>A-77</lotNumberText></manufacturedMaterial></manufacturedProduct></consumable><entryRelationship typeCode="SUBJ">
        <observation><code code="30973-2"/><value xsi:type="INT" value="2"/></observation></entryRelationship></substanceAdministration></entry>"#,
        template("12")
    )
}

#[test]
fn a_vaccination_has_batch_rank_and_disease_and_one_not_given_is_refused() {
    let given = facts(("11369-6", "Vaccinations"), "", &vaccination(""));
    let What::Vaccination { against, batch, dose, refused } = &given[0].what else { panic!("{given:?}") };
    assert_eq!((against[0].text.as_str(), batch.as_str(), *dose, *refused), ("Tuberculose", "A-77", Some(2), false));
    let refused = facts(("11369-6", "Vaccinations"), "", &vaccination(r#"negationInd="true""#));
    assert!(matches!(refused[0].what, What::Vaccination { refused: true, .. }));
}

#[test]
fn a_result_has_value_range_interpretation_method_laboratory_and_its_earlier_value() {
    let entry = r##"<entry><act classCode="ACT" moodCode="EVN"><code code="18719-5"/><performer><assignedEntity><representedOrganization><name>Laboratoire du Test</name>
        </representedOrganization></assignedEntity></performer><entryRelationship typeCode="COMP"><organizer moodCode="EVN"><code code="18719-5"/><component>
        <observation moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.3.1.6"/><code code="2160-0" codeSystem="2.16.840.1.113883.6.1" displayName="Créatinine">
        <originalText><reference value="#c1"/></originalText></code><effectiveTime value="202603011015+0100"/><value xsi:type="PQ" value="151" unit="umol/L"/>
        <interpretationCode code="H"/><methodCode displayName="Jaffé"/><referenceRange><observationRange><value xsi:type="IVL_PQ"><low value="59"/><high value="104"/></value></observationRange></referenceRange>
        <entryRelationship typeCode="REFR"><observation moodCode="EVN"><code code="2160-0"/><effectiveTime value="20250301"/><value xsi:type="PQ" value="120" unit="umol/L"/></observation></entryRelationship>
        </observation></component><component><observation moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.3.1.6"/><code code="2345-7" displayName="Glucose"/><value xsi:type="PQ" nullFlavor="NA"/></observation></component>
        </organizer></entryRelationship></act></entry>"##;
    let facts = facts(("18719-5", "Biochimie"), r#"<content ID="c1">151 umol/L</content>"#, entry);
    assert_eq!(facts.len(), 2, "an organizer and an analyte without value are no facts: {facts:?}");
    let newest = facts.iter().find(|fact| fact.period.from.is_some_and(|from| from.year == 2026)).expect("the new one");
    let What::Observation(observation) = &newest.what else { panic!("{newest:?}") };
    assert_eq!(newest.concept.text, "Créatinine", "a reference that leads to the value names nothing");
    assert_eq!((observation.kind, observation.value.number(), observation.method.as_str()), (ObservationKind::Result, Some(151.0), "Jaffé"));
    assert_eq!(observation.range.as_ref().and_then(|range| range.high.as_deref()), Some("104"));
    assert_eq!((observation.interpretation.as_slice(), newest.by.place.as_str()), (["H".to_owned()].as_slice(), "Laboratoire du Test"));
    assert!(facts.iter().any(|fact| fact.period == Period::at(When::day(2025, 3, 1))));
}

#[test]
fn values_keep_their_comparator_and_their_answer() {
    let of = |value: &str| {
        let entry = format!(r#"<entry><observation moodCode="EVN"><code code="X" displayName="Dosage"/>{value}</observation></entry>"#);
        facts(("30954-2", "Résultats"), "", &entry).into_iter().next().map(|fact| match fact.what {
            What::Observation(observation) => observation.value,
            other => panic!("{other:?}"),
        })
    };
    let quantity = |comparator: &str, number: &str, unit: &str| {
        Some(Value::Quantity { comparator: comparator.to_owned(), number: number.to_owned(), unit: unit.to_owned() })
    };
    assert_eq!(of(r#"<value xsi:type="IVL_PQ"><high value="0.128" unit="ug/mL" inclusive="false"/></value>"#), quantity("<", "0.128", "ug/mL"));
    assert_eq!(of(r#"<value xsi:type="IVL_PQ"><low value="5" unit="mg/L"/></value>"#), quantity(">=", "5", "mg/L"));
    assert_eq!(of(r#"<value xsi:type="ED">&lt;1.0 mg/L</value>"#), quantity("<", "1.0", "mg/L"));
    assert_eq!(of(r#"<value xsi:type="BL" value="false"/>"#), Some(Value::Text("non".to_owned())));
    assert_eq!(of(r#"<value xsi:type="ST">(texte libre)</value>"#), None);
    assert_eq!(of(r#"<value xsi:type="PQ" nullFlavor="UNK"/>"#), None);
}

#[test]
fn results_of_an_isolate_name_it() {
    let entry = r#"<entry><act moodCode="EVN"><code code="18725-2"/><entryRelationship typeCode="COMP"><organizer moodCode="EVN"><specimen><specimenRole><specimenPlayingEntity>
        <code code="112283007" displayName="Escherichia coli"/></specimenPlayingEntity></specimenRole></specimen><component><observation moodCode="EVN">
        <code code="28-1" displayName="Ampicilline"/><value xsi:type="ST">R</value></observation></component></organizer></entryRelationship></act></entry>"#;
    assert_eq!(facts(("18725-2", "ECBU"), "", entry)[0].concept.text, "Ampicilline (Escherichia coli)");
}

#[test]
fn acts_are_done_planned_denied_or_reimbursed() {
    let entry = |mood: &str, attributes: &str| {
        format!(
            r#"<entry><procedure moodCode="{mood}" {attributes}><code code="HHFA001" displayName="Appendicectomie"/><effectiveTime value="2008"/></procedure></entry>"#
        )
    };
    assert_eq!(facts(("47519-4", "Chirurgie"), "", &entry("EVN", ""))[0].what, What::Procedure);
    assert_eq!(facts(("18776-5", "Plan"), "", &entry("INT", ""))[0].what, What::Plan);
    let denied = facts(("47519-4", "Chirurgie"), "", &entry("EVN", r#"negationInd="true""#));
    assert_eq!(denied[0].what, What::Absent { of: FactKind::Procedure, how: AbsenceKind::NoneKnown });
    let billed = read("text/xml", document("REMB", ("29554-3", "Radiologie"), "", &entry("EVN", "")).as_bytes()).facts;
    assert_eq!((&billed[0].what, billed[0].period), (&What::Act, Period::at(When { year: 2008, month: 0, day: 0, minute: None })));
}

#[test]
fn devices_stays_directives_functions_and_pregnancies_are_told_apart() {
    let device = r#"<entry><supply moodCode="EVN"><templateId root="1.2.250.1.213.1.1.3.20"/><participant typeCode="DEV"><participantRole><playingDevice>
        <code code="J010104" displayName="Stimulateur cardiaque"/></playingDevice></participantRole></participant></supply></entry>"#;
    assert_eq!(facts(("46264-8", "DM"), "", device)[0].what, What::Device { state: DeviceState::InUse });
    assert_eq!(read("text/xml", document("18748-4", ("46264-8", "DM"), "", device).as_bytes()).facts, [], "a machine of the imaging centre");
    let none = device.replace("J010104", "no-known-devices");
    assert_eq!(facts(("46264-8", "DM"), "", &none)[0].what, What::Absent { of: FactKind::Device, how: AbsenceKind::NoneKnown });

    let stay = r#"<entry><encounter moodCode="EVN"><code code="IMP" displayName="Hospitalisation"><qualifier><value code="1940" displayName="Interventions majeures"/></qualifier></code>
        <effectiveTime><low value="20190515"/><high value="20190530"/></effectiveTime></encounter></entry>"#;
    let stays = facts(("46240-8", "Hospitalisations"), "", stay);
    assert_eq!((&stays[0].what, stays[0].concept.text.as_str()), (&What::Stay, "Interventions majeures"));

    let observation = |suffix: &str, code: &str, value: &str| {
        format!(r#"<entry><observation moodCode="EVN">{}<code code="{code}" displayName="Dialyse"/>{value}</observation></entry>"#, template(suffix))
    };
    let directive = facts(("42348-3", "Directives"), "", &observation("13.7", "MED-295", r#"<value xsi:type="BL" value="false"/>"#));
    assert_eq!((&directive[0].what, directive[0].concept.text.as_str()), (&What::Directive, "Dialyse : non"));
    let pregnant =
        facts(("10162-6", "Grossesses"), "", &observation("13.5", "11449-6", r#"<value xsi:type="CD" code="77386006" displayName="enceinte"/>"#));
    assert_eq!(pregnant[0].what, What::Pregnancy { expected: None, over: false });
    let expected = facts(("10162-6", "Grossesses"), "", &observation("13.5", "11778-8", r#"<value xsi:type="TS" value="20260903"/>"#));
    assert_eq!(expected[0].what, What::Pregnancy { expected: Some(When::day(2026, 9, 3)), over: false });
    let tobacco = facts(("29762-2", "Mode de vie"), "", &observation("13.4", "74011-8", r#"<value xsi:type="PQ" value="25" unit="{pack}/a"/>"#));
    assert_eq!(tobacco[0].concept.text, "Dialyse : 25 {pack}/a");
}

#[test]
fn a_pregnancy_holds_the_code_of_its_question_even_when_the_answer_is_in_words() {
    let status = |value: &str| {
        let entry = format!(
            r#"<entry><observation moodCode="EVN">{}<code code="11449-6" displayName="Statut"/>{value}</observation></entry>"#,
            template("13.5")
        );
        facts(("10162-6", "Grossesses"), "", &entry)
    };
    for (value, codes) in [
        (r#"<value xsi:type="ST">Enceinte</value>"#, vec!["11449-6"]),
        (r#"<value xsi:type="CD" code="77386006" displayName="Enceinte"/>"#, vec!["77386006", "11449-6"]),
    ] {
        let told = status(value);
        assert_eq!(told[0].what, What::Pregnancy { expected: None, over: false });
        assert_eq!(told[0].concept.codes.iter().map(|code| code.code.as_str()).collect::<Vec<_>>(), codes, "{value}");
    }
    assert_eq!(status(r#"<value xsi:type="ST">Non enceinte</value>"#)[0].kind(), FactKind::Observation);
}

#[test]
fn an_illness_of_an_obstetric_history_is_a_problem_and_a_denied_one_is_none() {
    let history = |attributes: &str| {
        let entry = format!(
            r#"<entry><organizer moodCode="EVN">{}<code code="118185001" displayName="Grossesse"/><component><observation moodCode="EVN" {attributes}>{}
            <code code="O99" codeSystem="2.16.840.1.113883.6.3" displayName="Autres maladies de la mère"/>
            <value xsi:type="CD" code="E03" codeSystem="2.16.840.1.113883.6.3" displayName="Hypothyroïdie"/></observation></component></organizer></entry>"#,
            template("13.5.1"),
            template("13.5")
        );
        facts(("10162-6", "Grossesses"), "", &entry)
    };
    let told = history("");
    assert_eq!(told.iter().map(Fact::kind).collect::<Vec<_>>(), [FactKind::Pregnancy, FactKind::Problem]);
    assert_eq!(told[0].concept.codes[0].code, "118185001");
    assert_eq!((told[1].concept.text.as_str(), told[1].concept.code_in("2.16.840.1.113883.6.3")), ("Hypothyroïdie", Some("E03")));
    assert!(history(r#"negationInd="true""#).iter().all(|fact| fact.kind() != FactKind::Problem));
}

#[test]
fn a_sign_inside_a_problem_is_told_with_it() {
    let sign = format!(
        r#"<entryRelationship typeCode="REFR"><observation moodCode="EVN">{}<code code="8867-4" displayName="Pouls"/><value xsi:type="PQ" value="38" unit="/min"/></observation></entryRelationship>"#,
        template("13.2")
    );
    let told = facts(("11450-4", "Complications"), TABLE, &problem("", ASTHMA, &sign));
    assert_eq!(told.iter().map(Fact::kind).collect::<Vec<_>>(), [FactKind::Problem, FactKind::Observation]);
}

#[test]
fn a_step_that_is_not_planned_is_no_plan_and_no_absence_of_plans() {
    let step = |attributes: &str, value: &str| {
        let entry =
            format!(r#"<entry><observation moodCode="INT" {attributes}><code code="X1" displayName="Surveillance"/>{value}</observation></entry>"#);
        facts(("18776-5", "Plan"), "", &entry)
    };
    assert_eq!(step("", "")[0].what, What::Plan);
    assert_eq!(step(r#"negationInd="true""#, ""), []);
    assert_eq!(step("", r#"<value xsi:type="BL" value="false"/>"#), []);
}

#[test]
fn a_planned_meeting_is_named_by_its_kind_and_keeps_its_class() {
    let meeting = r#"<entry><encounter moodCode="ARQ"><code code="AMB" codeSystem="2.16.840.1.113883.5.4" displayName="Ambulatoire"><qualifier>
        <value code="K1" displayName="Consultation de suivi"/></qualifier></code></encounter></entry>"#;
    let told = facts(("18776-5", "Plan"), "", meeting);
    assert_eq!((&told[0].what, told[0].concept.text.as_str()), (&What::Plan, "Consultation de suivi"));
    assert_eq!(told[0].concept.code_in("2.16.840.1.113883.5.4"), Some("AMB"));
}

#[test]
fn words_without_entries_are_points_to_watch_risks_or_denials_and_nothing_else() {
    let list = "<list><item>Hémibloc antérieur</item><item>(texte libre)</item></list>";
    let watch = facts(("30954-2", "Points de vigilance"), list, "");
    assert_eq!(watch.iter().map(|fact| (&fact.what, fact.concept.text.as_str())).collect::<Vec<_>>(), [(&What::Attention, "Hémibloc antérieur")]);
    let risk = facts(("29762-2", "Mode de vie"), "<paragraph>Non-fumeur.</paragraph>", "");
    assert_eq!(risk[0].what, What::Absent { of: FactKind::Risk, how: AbsenceKind::NoneKnown });
    assert_eq!(facts(("11450-4", "Problèmes"), "<paragraph>Rien à signaler.</paragraph>", "")[0].kind(), FactKind::Problem);
    assert_eq!(facts(("10160-0", "Traitements"), "<paragraph>Voir ordonnance</paragraph>", ""), [], "never guessed");
}

#[test]
fn bodies_of_level_1_are_read_by_their_type() {
    let body = |media: &str, content: &str| {
        format!(
            r#"<ClinicalDocument xmlns="urn:hl7-org:v3"><code code="11502-2"/><component><nonXMLBody><text mediaType="{media}" representation="B64">{content}</text>
            </nonXMLBody></component></ClinicalDocument>"#
        )
    };
    let pdf = read("text/xml", body("application/pdf", "JVBERi0xLjQK").as_bytes());
    assert_eq!((pdf.extraction, pdf.apart.as_deref()), (Extraction::Read, Some(b"%PDF-1.4\n".as_slice())));
    let text = read("text/xml", body("text/plain", "R2x5Y8OpbWll").as_bytes());
    assert_eq!((text.text[0].text.as_str(), text.apart), ("Glycémie", None));
    let rtf = read("text/xml", body("text/rtf", "e1xydGYxIEdseWNcJ2U5bWllfQ==").as_bytes());
    assert_eq!(rtf.text[0].text, "Glycémie");
    assert_eq!(read("text/xml", body("image/jpeg", "AAAA").as_bytes()).extraction, Extraction::NothingReadable);
    assert_eq!(read("text/xml", body("application/pdf", "AAAA").as_bytes()).extraction, Extraction::Unreadable);
}

#[test]
fn other_types_are_told_apart() {
    assert_eq!(read("application/pdf", b"%PDF-1.7 x").apart.as_deref(), Some(b"%PDF-1.7 x".as_slice()));
    assert_eq!(read("application/pdf", b"nothing").extraction, Extraction::Unreadable);
    assert_eq!(read("text/plain; charset=utf-8", "Bilan".as_bytes()).text[0].text, "Bilan");
    assert_eq!(read("image/jpeg", b"\xff\xd8").extraction, Extraction::NothingReadable);
    assert_eq!(read("text/xml", b"<ClinicalDocument").extraction, Extraction::Unreadable);
    assert_eq!(read("text/xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>").extraction, Extraction::Unreadable);
    assert_eq!(read("", b"").extraction, Extraction::NothingReadable);
    assert_eq!(read("application/octet-stream", b"%PDF-1.4").extraction, Extraction::Read);
}

//! The public documents, read where they lie: every one is read, every proof leads somewhere, what is known of some is found, and damaged
//! ones end.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of tests fail by panicking"
)]

mod cda_support;

use std::time::{Duration, Instant};

use cda_support::{document, documents, fixtures};
use dmp_core::summary::{AbsenceKind, Extraction, Fact, FactKind, MedicineStage, What};
use dmp_interop::cda::{Limits, inspect};
use dmp_interop::extract::read;
use roxmltree::Node;

#[test]
fn every_public_document_is_read_with_its_subject() {
    for (name, bytes) in documents() {
        let reading = read("text/xml", &bytes);
        assert_eq!(reading.extraction, Extraction::Read, "{name}");
        let header = inspect(&bytes, Limits::default()).header.expect("readable");
        let ins = header.patient().and_then(|patient| patient.ins_id()).and_then(|id| id.value.extension.clone());
        assert_eq!(reading.subject, ins, "{name}");
        assert!(reading.apart.is_some() || !reading.text.is_empty(), "{name}: something to search in");
        assert!(reading.apart.is_some() || !reading.facts.is_empty(), "{name}: facts");
    }
}

fn sections<'a>(root: Node<'a, 'a>) -> Vec<(String, usize)> {
    let of = |section: Node<'a, 'a>| {
        let named = |name: &'static str| section.children().filter(move |child| child.tag_name().name() == name);
        let code = named("code").next().and_then(|code| code.attribute("code")).unwrap_or_default().to_owned();
        (code, named("entry").count())
    };
    root.descendants().filter(|node| node.tag_name().name() == "section").map(of).collect()
}

#[test]
fn every_proof_leads_to_a_section_an_entry_and_an_anchor() {
    for (name, bytes) in documents() {
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        let tree = roxmltree::Document::parse(&text).expect("well formed");
        let sections = sections(tree.root());
        for fact in read("text/xml", &bytes).facts {
            let proof = &fact.proof;
            let position = usize::try_from(proof.position).unwrap();
            let holds = |(code, entries): &(String, usize)| *code == proof.section && (position < *entries || (position == 0 && *entries == 0));
            assert!(proof.section.is_empty() || sections.iter().any(holds), "{name}: {fact:?}");
            let found = |anchor: &str| tree.root().descendants().any(|node| node.attribute("ID") == Some(anchor));
            assert!(proof.anchor.as_deref().is_none_or(found), "{name}: {fact:?}");
            assert!(!fact.concept.text.is_empty() && proof.quote.chars().count() <= dmp_core::summary::Proof::QUOTE_MAX, "{name}: {fact:?}");
        }
    }
}

fn facts(name: &str) -> Option<Vec<Fact>> {
    document(name).map(|text| read("text/xml", text.as_bytes()).facts)
}

fn texts(facts: &[Fact], is: impl Fn(&What) -> bool) -> Vec<&str> {
    facts.iter().filter(|fact| is(&fact.what)).map(|fact| fact.concept.text.as_str()).collect()
}

fn is_allergy(what: &What) -> bool {
    matches!(what, What::Allergy { .. })
}

#[test]
fn the_insurers_document_is_what_was_reimbursed() {
    let Some(facts) = facts("CNAM-HR_2021.01.xml") else { return };
    let count = |kind: FactKind| facts.iter().filter(|fact| fact.kind() == kind).count();
    let kinds = [FactKind::Medicine, FactKind::Vaccination, FactKind::Device, FactKind::Stay, FactKind::Act].map(count);
    assert_eq!(kinds, [3, 3, 2, 2, 15]);
    assert!(facts.iter().all(|fact| !matches!(&fact.what, What::Medicine(medicine) if medicine.stage != MedicineStage::Reimbursed)));
}

#[test]
fn the_allergies_and_medicines_of_the_public_documents_are_found_and_no_other() {
    let medicines = |what: &What| matches!(what, What::Medicine(_));
    for (name, allergies, treatments) in [
        ("VSM_1.4_2022.01.xml", &["Paracétamol"][..], &["PLAVIX 75mg, comprimé pelliculé", "COUMADINE 5mg, comprimé sécable"][..]),
        ("IPS-FR_2024.01.xml", &["Paracétamol", "AMOXICILLINE EG 1G BUV SACH 6"], &["LEVOTHYROX 75 microgrammes, comprimé sécable"]),
        ("LDL-SES_2022.01.xml", &[], &["SOLIAN 100 mg", "LEPONEX 100 mg"]),
        ("OBP-SAP_2024.01.xml", &["PARACETAMOL"], &["SOLUPRED 20 mg, comprimé effervescent"]),
        ("TLM-DA_2022.01_TCG.xml", &["bêta-lactamines"], &["PLAVIX 75mg, comprimé pelliculé"]),
        ("VAC_2023.01.xml", &[], &[]),
        (
            "CARD-F-PRC-AVK_2022.01.xml",
            &["ofloxacine", "DIAMICRON 30mg, comprimé à libération modifiée", "colestyramine", "PARACETAMOL"],
            &["PLAVIX 75 mg, comprimé pelliculé", "COUMADINE 5mg, comprimé sécable", "PLAVIX 75mg, comprimé pelliculé"],
        ),
    ] {
        let Some(facts) = facts(name) else { return };
        assert_eq!(texts(&facts, is_allergy), allergies, "{name}");
        assert_eq!(texts(&facts, medicines), treatments, "{name}");
    }
}

#[test]
fn denials_of_the_public_documents_stay_denials() {
    let Some(stay) = facts("LDL-SES_2022.01.xml") else { return };
    let absent = |of: FactKind| move |what: &What| matches!(what, What::Absent { of: found, how: AbsenceKind::NoneKnown } if *found == of);
    assert_eq!(texts(&stay, absent(FactKind::Allergy)).len(), 1);
    let models = facts("01_Modeles_contenus_CDA.xml").expect("with the others");
    for kind in [FactKind::Problem, FactKind::Allergy, FactKind::Medicine, FactKind::Device, FactKind::Procedure, FactKind::FamilyHistory] {
        assert!(!texts(&models, absent(kind)).is_empty(), "{kind:?}");
    }
    let pregnancy = facts("OBP-SAP_2024.01.xml").expect("with the others");
    assert!(texts(&pregnancy, |what| matches!(what, What::Problem { .. })).contains(&"Faux travail avant 37 semaines révolues de gestation"));
    let newborn = facts("CSE-CS8_2024.01.xml").expect("with the others");
    assert!(newborn.iter().all(|fact| !matches!(fact.what, What::Vaccination { refused: false, .. } | What::Pregnancy { .. })));
    assert!(texts(&newborn, absent(FactKind::Problem)).contains(&"Urgence chirurgicale"));
}

#[test]
fn every_public_ips_example_is_read() {
    let Some(folder) = fixtures() else { return };
    for entry in std::fs::read_dir(folder.join("hl7-IPS/examples")).expect("the examples") {
        let path = entry.expect("an entry").path();
        let reading = read("application/fhir+json", &std::fs::read(&path).expect("readable"));
        assert_eq!(reading.extraction, Extraction::Read, "{}", path.display());
    }
    let bundle = std::fs::read(folder.join("hl7-IPS/examples/Bundle-IPS-examples-Bundle-01.json")).expect("readable");
    let facts = read("application/fhir+json", &bundle).facts;
    assert_eq!(texts(&facts, is_allergy), ["Substance with penicillin structure (substance)"]);
    assert_eq!(facts.iter().filter(|fact| fact.kind() == FactKind::Observation).count(), 6);
}

#[test]
fn damaged_documents_end_soon_and_without_a_panic() {
    let all = documents();
    for (name, bytes) in all.iter().filter(|(_, bytes)| bytes.len() < 120_000) {
        let began = Instant::now();
        for cut in 1..12 {
            read("text/xml", &bytes[..bytes.len() * cut / 12]);
        }
        let text = String::from_utf8_lossy(bytes);
        for (from, to) in [
            ("<code ", "<kode "),
            ("<value ", "<value nullFlavor=\"UNK\" "),
            ("<reference ", "<reference x=\"1\" "),
            ("<templateId ", "<templateIt "),
            ("<observation ", "<organizer "),
            ("</observation>", "</organizer>"),
            ("<entry>", "<component>"),
            ("</entry>", "</component>"),
            ("ID=\"", "id=\""),
            ("value=\"#", "value=\"##"),
        ] {
            read("text/xml", text.replace(from, to).as_bytes());
        }
        let swapped = text.replace("<observation ", "<act ").replace("</observation>", "</act>").replace("moodCode=\"EVN\"", "moodCode=\"INT\"");
        read("text/xml", swapped.as_bytes());
        assert!(began.elapsed() < Duration::from_secs(30), "{name}: {:?}", began.elapsed());
    }
}

#[test]
fn many_references_to_one_large_text_cost_no_more_than_the_document() {
    let entry = r##"<entry><observation moodCode="EVN"><code code="1" displayName="x"><originalText><reference value="#a"/></originalText></code>
        <text><reference value="#a"/></text><value xsi:type="CD"><originalText><reference value="#a"/></originalText></value></observation></entry>"##;
    let document = |words: usize| {
        format!(
            r#"<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><component><structuredBody><component><section>
        <code code="30954-2"/><text><table><tbody><tr><td ID="a">{}</td></tr></tbody></table></text>{}</section></component></structuredBody></component></ClinicalDocument>"#,
            "mot ".repeat(words),
            entry.repeat(8000)
        )
    };
    let read_it = |words| {
        let (document, began) = (document(words), Instant::now());
        (read("text/xml", document.as_bytes()), began.elapsed())
    };
    // A thousand times the text, followed as often: copied whole each time, it would cost a thousand times the short one.
    let (_, short) = read_it(200);
    let (reading, long) = read_it(200_000);
    assert!(long < short * 30, "{short:?}, {long:?}");
    assert!(reading.facts.len() <= 5000);
}

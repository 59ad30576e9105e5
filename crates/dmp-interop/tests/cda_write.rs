//! The documents that we write: valid against the schema, acceptable to our own gate, and saying what they were given.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "helpers of tests fail by panicking and say what they skip")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dmp_core::document::{Author, AuthorKind};
use dmp_core::reimbursement::{Line, LineKind};
use dmp_core::summary::edition::{Edition, SignedHeading, edited};
use dmp_core::summary::{Fact, FactKind, Heading, samples};
use dmp_interop::cda::write::{ips_fr, reimbursements, shelf, vsm};
use dmp_interop::cda::{self, Claimed, Derived, Limits, coherence};

mod cda_support;
mod write_support;
use write_support as given;

/// Every document of every sample, by name.
fn every_document() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let (author, custodian) = (given::doctor(), given::structure());
    for (name, summary) in samples::every() {
        let with_doctor = given::signed(&summary, &author, Some(&author), &custodian);
        all.push((format!("vsm-{name}"), vsm(&with_doctor, &summary)));
        let without = given::signed(&summary, &author, None, &custodian);
        all.push((format!("vsm-no-doctor-{name}"), vsm(&without, &summary)));
        all.push((format!("ips-{name}"), ips_fr(&without, &summary)));
    }
    let summary = samples::empty();
    for (name, lines) in [("empty", Vec::new()), ("two", given::lines(2)), ("hostile", given::hostile_lines()), ("many", given::lines(300))] {
        all.push((format!("remb-{name}"), reimbursements(&given::reimbursements(&summary, &lines))));
    }
    let one_kind: Vec<Line> = given::lines(1).into_iter().filter(|line| line.kind == LineKind::Stay).collect();
    all.push(("remb-stay".into(), reimbursements(&given::reimbursements(&summary, &one_kind))));
    all
}

/// A folder of the documents, kept for the schematrons (`scenarios/schematron.py`).
fn written() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("written-cda");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in every_document() {
        std::fs::write(folder.join(format!("{name}.xml")), bytes).unwrap();
    }
    folder
}

#[test]
fn every_document_is_valid_against_the_schema() {
    let has_tool = Command::new("xmllint").arg("--version").stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    if !has_tool {
        println!("SKIPPED: no xmllint (Debian package libxml2-utils): the documents were not compared with the schema");
        return;
    }
    let Some(schema) = cda_support::fixtures().map(|folder| folder.join("ansforge-TestContenuCDA-3-0/xsd/CDA_extended.xsd")) else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(written()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let output = Command::new("xmllint").args(["--noout", "--huge", "--schema"]).arg(&schema).args(&files).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    let faults: Vec<&str> = told.lines().filter(|line| !line.ends_with("validates") && !line.contains("warning")).take(20).collect();
    assert!(output.status.success() && faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(told.lines().filter(|line| line.ends_with("validates")).count(), files.len());
}

#[test]
fn our_own_gate_finds_nothing_in_any_of_them() {
    for (name, bytes) in every_document() {
        let inspection = cda::inspect(&bytes, Limits::default());
        assert!(inspection.issues.is_empty(), "{name}: {:?}", inspection.issues);
        let header = inspection.header.unwrap();
        let derived = cda::derive(&header);
        let issues = coherence::check(&header, &claimed(&derived, &name));
        assert!(issues.is_empty(), "{name}: {issues:?}");
    }
}

/// What the input says, as a door would claim it.
fn claimed(derived: &Derived, name: &str) -> Claimed {
    let (kind, insurer) = (name.split('-').next().unwrap(), name.starts_with("remb"));
    let (type_code, title, format) = match kind {
        "vsm" => ("SYNTH", "Synthèse médicale", "urn:asip:ci-sis:vsm:2012"),
        "ips" => ("60591-5", "Synthèse médicale", "urn:ihe:pcc:ips:2020"),
        _ => ("REMB", "Données de remboursement", "urn:asip:ci-sis:hr:2019"),
    };
    assert_eq!(derived.unique_id.as_deref(), Some(given::UNIQUE), "{name}");
    assert_eq!((derived.set_id.as_deref(), derived.version_number), (Some(given::SET), Some(2)), "{name}");
    Claimed {
        unique_id: Some(given::UNIQUE.into()),
        type_code: Some(type_code.into()),
        ins: Some(samples::empty().person.ins),
        created_at: Some(samples::NOW),
        service_start: Some(if insurer { dmp_core::Moment::parse_fhir("2024-03-01").unwrap() } else { samples::NOW }),
        service_stop: insurer.then(|| dmp_core::Moment::parse_fhir("2026-02-28").unwrap()),
        title: Some(title.into()),
        language: Some("fr-FR".into()),
        confidentiality: Some(dmp_core::document::Confidentiality::Normal),
        format: Some(format.into()),
        facility_type: Some(if insurer { "SA24" } else { "SA07" }.into()),
        practice_setting: Some(if insurer { "AMO" } else { "AMBULATOIRE" }.into()),
        author_ids: if insurer { vec!["518003502400041/1.2.250.1.215.1.2".into()] } else { vec!["10000000018".into()] },
        legal_authenticator: if insurer { None } else { Some("810000000018".into()) },
        replaces: Some("urn:oid:1.2.250.1.999.7.0".into()),
    }
}

#[test]
fn the_author_comes_back_as_it_was_given() {
    let (summary, author, custodian) = (samples::rich(), given::doctor(), given::structure());
    let bytes = vsm(&given::signed(&summary, &author, None, &custodian), &summary);
    let derived = cda::derive(&cda::inspect(&bytes, Limits::default()).header.unwrap());
    assert_eq!(derived.authors, vec![author.clone()]);
    assert_eq!(derived.legal_authenticator, Some(Author { role: None, ..author }));
    assert_eq!(derived.custodian, Some(custodian));
    assert_eq!(derived.source_patient.unwrap().birth_date, "19790328");
}

#[test]
fn the_insurer_is_a_device_of_the_statutory_insurance() {
    let summary = samples::empty();
    let bytes = reimbursements(&given::reimbursements(&summary, &[]));
    let derived = cda::derive(&cda::inspect(&bytes, Limits::default()).header.unwrap());
    let author = &derived.authors[0];
    assert_eq!((author.kind, author.specialty.as_ref().unwrap().code.as_str()), (AuthorKind::Device, "ALIM_AM"));
    assert_eq!(derived.custodian.unwrap().name, "Assurance Maladie");
}

#[test]
fn lines_keep_their_order_and_their_anchor_in_their_section() {
    let (summary, lines) = (samples::empty(), given::lines(3));
    let bytes = reimbursements(&given::reimbursements(&summary, &lines));
    let text = String::from_utf8(bytes).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    for kind in LineKind::ALL {
        let shelf = shelf(kind);
        let titled = |node: &roxmltree::Node<'_, '_>| {
            node.children().any(|child| child.has_tag_name(("urn:hl7-org:v3", "title")) && child.text() == Some(shelf.title))
        };
        let section = document.descendants().find(|node| node.tag_name().name() == "section" && titled(node)).unwrap();
        let code = section.children().find(|child| child.tag_name().name() == "code").unwrap();
        assert_eq!(code.attribute("code"), Some(shelf.code));
        let entries: Vec<_> = section.children().filter(|child| child.tag_name().name() == "entry").collect();
        assert_eq!(entries.len(), 3, "{kind:?}");
        for (position, entry) in entries.iter().enumerate() {
            let pointed = entry.descendants().find(|node| node.tag_name().name() == "reference").unwrap().attribute("value").unwrap();
            assert_eq!(pointed, format!("#{}", shelf.anchor(position)));
            let day = lines.iter().filter(|line| line.kind == kind).nth(position).unwrap().date;
            let written = format!("{:04}{:02}{:02}", day.year, day.month, day.day);
            assert!(entry.descendants().any(|node| node.attribute("value") == Some(&written)), "{kind:?} {position}");
        }
    }
}

#[test]
fn every_reference_leads_to_words_and_no_name_is_used_twice() {
    for (name, bytes) in every_document() {
        let text = String::from_utf8(bytes).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let names: Vec<&str> = document.descendants().filter_map(|node| node.attribute("ID")).collect();
        let known: std::collections::HashSet<&str> = names.iter().copied().collect();
        assert_eq!(names.len(), known.len(), "{name}");
        for reference in document.descendants().filter(|node| node.tag_name().name() == "reference") {
            let target = reference.attribute("value").unwrap();
            assert!(known.contains(target.trim_start_matches('#')), "{name}: {target}");
        }
    }
}

#[test]
fn an_empty_heading_says_whether_there_is_nothing_or_nothing_is_known() {
    let (author, custodian) = (given::doctor(), given::structure());
    let told = |summary: &dmp_core::summary::Summary| String::from_utf8(vsm(&given::signed(summary, &author, None, &custodian), summary)).unwrap();
    let unknown = told(&samples::empty());
    let none = told(&samples::denials());
    for code in ["problem", "medication", "procedure"] {
        assert!(unknown.contains(&format!("no-{code}-info")) && !unknown.contains(&format!("no-known-{code}s")), "{code}");
        assert!(none.contains(&format!("no-known-{code}s")), "{code}");
    }
    assert!(unknown.contains("no-allergy-info") && !none.contains("no-known-allergies") && none.contains("Contredit par une source"));
}

/// Words of the lines of a heading that its document is read without.
fn lost(name: &str, facts: &[Fact], heading: &Heading, kind: FactKind) -> Vec<String> {
    let read: Vec<&str> = facts.iter().filter(|fact| fact.kind() == kind).map(|fact| fact.concept.text.as_str()).collect();
    let words = heading.lines.iter().map(|line| line.fact.concept.text.as_str());
    words.filter(|words| !read.iter().any(|read| read.contains(words))).map(|words| format!("{name}: {kind:?} {words:?} of {read:?}")).collect()
}

#[test]
fn what_we_write_we_read_again() {
    let (author, custodian) = (given::doctor(), given::structure());
    let summary = samples::rich();
    let by_hand = edited(
        &summary,
        &Edition { added: SignedHeading::ALL.map(|heading| (heading, format!("Ajout sous {}", heading.code()))).to_vec(), ..Edition::default() },
        "Dr Anne MODÈLE",
    );
    for (name, summary) in [("rich", summary), ("by hand", by_hand.unwrap())] {
        let signed = given::signed(&summary, &author, Some(&author), &custodian);
        for (model, bytes) in [("vsm", vsm(&signed, &summary)), ("ips-fr", ips_fr(&signed, &summary))] {
            let read = dmp_interop::extract::read("text/xml", &bytes);
            let headings = [
                (&summary.problems, FactKind::Problem),
                (&summary.history, FactKind::Problem),
                (&summary.procedures, FactKind::Procedure),
                (&summary.allergies, FactKind::Allergy),
                (&summary.treatments, FactKind::Medicine),
                (&summary.attention, FactKind::Attention),
                (&summary.risks, FactKind::Risk),
                (&summary.family_history, FactKind::FamilyHistory),
            ];
            let lost: Vec<String> =
                headings.into_iter().flat_map(|(heading, kind)| lost(&format!("{name} {model}"), &read.facts, heading, kind)).collect();
            assert!(lost.is_empty(), "{}", lost.join("\n"));
        }
    }
}

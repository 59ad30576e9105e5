//! The pile of documents: episodes, copies, older versions, titles. Nothing is lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod summary_support;

use std::collections::HashMap;

use dmp_core::EntryId;
use dmp_core::document::{Author, AuthorKind, Code, DocumentEntry};
use dmp_core::record::Language;
use dmp_core::summary::pile::{Counts, Folding, Group, count, fold};
use dmp_core::summary::title;
use summary_support::*;

fn pile(papers: &[Paper]) -> Vec<Group> {
    let entries: Vec<&DocumentEntry> = papers.iter().map(|paper| &paper.entry).collect();
    fold(&entries, now())
}

fn at_place(number: u32, type_code: &str, day: &str, place: &str) -> Paper {
    paper(number, type_code, day).with(|entry| entry.authors = vec![author("801234567897", place)])
}

fn ids(group: &Group) -> Vec<EntryId> {
    group.documents.iter().flat_map(|document| std::iter::once(document.entry).chain(document.folded.iter().map(|folded| folded.0))).collect()
}

#[test]
fn copies_and_older_versions_are_folded_under_the_current_one() {
    let current = paper(3, "11502-2", "2026-03-03");
    let older = paper(1, "11502-2", "2026-03-01").with(|entry| entry.status = approved().replace());
    let oldest = paper(2, "11502-2", "2026-02-01").with(|entry| entry.status = approved().replace());
    let copy = paper(4, "11502-2", "2026-03-03").with(|entry| entry.content.sha256 = current.entry.content.sha256);
    let (id, older_id, oldest_id, copy_id) = (current.entry.id, older.entry.id, oldest.entry.id, copy.entry.id);
    let papers = [
        older.with(|entry| entry.replaces = Some(oldest_id)),
        oldest,
        current.with(|entry| {
            entry.replaces = Some(older_id);
            entry.created_at = at("2026-03-04");
        }),
        copy,
    ];
    let groups = pile(&papers);
    assert_eq!((groups.len(), groups[0].documents.len(), groups[0].documents[0].entry), (1, 1, id));
    let folded = &groups[0].documents[0].folded;
    assert_eq!(folded, &[(copy_id, Folding::Copy), (older_id, Folding::Superseded), (oldest_id, Folding::Superseded)]);
    assert_eq!(count(&groups, Some(at("2026-01-01"))), Counts { all: 4, useful: 1, new: 1 });
}

#[test]
fn a_replaced_document_is_an_older_version_even_when_its_status_lags() {
    let old = paper(1, "11502-2", "2026-03-05");
    let old_id = old.entry.id;
    let new = paper(2, "11502-2", "2026-03-01").with(|entry| entry.replaces = Some(old_id));
    let groups = pile(&[old, new.clone()]);
    assert_eq!((groups[0].documents[0].entry, groups[0].documents[0].folded.as_slice()), (new.entry.id, &[(old_id, Folding::Superseded)][..]));
}

#[test]
fn the_same_report_in_two_formats_is_one_with_the_structured_one_on_top() {
    let order = |paper: Paper| paper.with(|entry| entry.references = vec![reference("ORDER-1")]);
    let pdf = order(paper(9, "11502-2", "2026-03-03")).with(|entry| entry.mime_type = "application/pdf".into());
    let cda = order(paper(1, "11502-2", "2026-03-03"));
    let groups = pile(&[pdf.clone(), cda.clone()]);
    assert_eq!(groups[0].documents[0].entry, cda.entry.id);
    assert_eq!(groups[0].documents[0].folded, [(pdf.entry.id, Folding::Copy)]);
}

#[test]
fn an_order_its_report_and_its_images_are_one_episode_of_three_documents() {
    let order = |paper: Paper| paper.with(|entry| entry.references = vec![reference("ACC-1")]);
    let papers = [
        order(at_place(1, "55115-0", "2026-02-01", "Cabinet des Essais")),
        order(at_place(2, "18748-4", "2026-03-03", "Imagerie des Essais")),
        order(at_place(3, "IMG-KOS", "2026-03-03", "Imagerie des Essais")),
        at_place(4, "11488-4", "2026-03-20", "Imagerie des Essais"),
    ];
    let groups = pile(&papers);
    assert_eq!(groups.iter().map(|group| group.documents.len()).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(groups[1].title_fr, "CR d'imagerie médicale, Imagerie des Essais, du 1er février 2026 au 3 mars 2026");
}

#[test]
fn what_a_hospital_makes_during_a_stay_belongs_to_the_stay() {
    let place = "Hôpital des Essais";
    let papers = [
        at_place(1, "34112-3", "2026-03-02", place).stay("2026-03-02", "2026-03-12"),
        at_place(2, "11502-2", "2026-03-05", place),
        at_place(3, "34874-8", "2026-03-09", place),
        at_place(4, "11490-0", "2026-03-13", place),
        at_place(5, "11488-4", "2026-03-05", "Cabinet des Essais"),
        at_place(6, "11488-4", "2026-04-05", place),
    ];
    let groups = pile(&papers);
    assert_eq!(groups.iter().map(|group| group.documents.len()).collect::<Vec<_>>(), [1, 4, 1]);
    assert_eq!(groups[1].title_fr, "Séjour, Hôpital des Essais, du 2 mars 2026 au 13 mars 2026");
    assert_eq!(groups[1].title_en, "Stay, Hôpital des Essais, 2 March 2026 to 13 March 2026");
}

#[test]
fn a_home_that_writes_every_day_has_no_episode_of_years() {
    let papers: Vec<Paper> = (0..400_u32)
        .map(|day| {
            at_place(day, "11506-3", "2025-01-01", "Résidence des Essais").with(|entry| {
                entry.service_start = at("2025-01-01").plus_days(i64::from(day));
            })
        })
        .collect();
    let groups = pile(&papers);
    assert!(groups.len() >= 6 && groups.iter().all(|group| group.documents.len() <= 61), "{}", groups.len());
}

#[test]
fn administrative_and_put_away_documents_are_not_useful_and_not_lost() {
    let papers = [
        paper(1, "ATTEST-DROITS-AM", "2026-01-01"),
        paper(2, "11488-4", "2026-02-01").with(|entry| entry.status = approved().archive()),
        paper(3, "11488-4", "2026-03-01").with(|entry| entry.status = approved().delete()),
        paper(4, "11488-4", "2026-04-01"),
    ];
    assert_eq!(count(&pile(&papers), None), Counts { all: 4, useful: 1, new: 0 });
}

#[test]
fn a_title_that_says_something_is_kept_and_one_that_says_nothing_is_made_up() {
    let entry = |given: &str| paper(1, "11488-4", "2026-03-12").with(|entry| entry.title = given.into()).entry;
    for given in ["Consultation de cardiologie", "Bilan HbA1c", "Compte rendu opératoire", "IRM", "Scanner thoracique"] {
        assert_eq!(title(&entry(given), Language::French), given);
    }
    for given in [
        "",
        "  ",
        "Document",
        "scan001.pdf",
        "SCAN_2026.PDF",
        "img-2034.JPG",
        "Compte rendu",
        "cr ou fiche de consultation ou de visite",
        "2026-03-12",
        "Sans titre",
        "doc.docx",
        "…",
        "3f2a9c1d8e.pdf",
        "Synthèse.pdf".trim_end_matches("Synthèse.pdf"),
    ] {
        assert_eq!(
            title(&entry(given), Language::French),
            "CR ou fiche de consultation ou de visite, Dr Anne EXEMPLE, Cabinet des Essais, 12 mars 2026",
            "{given:?}"
        );
    }
    assert_eq!(title(&entry(""), Language::English), "Consultation report, Dr Anne EXEMPLE, Cabinet des Essais, 12 March 2026");
}

#[test]
fn a_made_up_title_names_the_speciality_before_the_name() {
    let cardiologist = Author {
        specialty: Some(Code::new("G15_10/SM04", "1.2.250.1.213.1.1.4.5", "Médecin - Qualifié en Cardiologie et maladies vasculaires (SM)")),
        ..author("801234567897", "Clinique des Essais")
    };
    let entry = paper(1, "11488-4", "2026-03-01").with(|entry| {
        entry.title = "document".into();
        entry.authors = vec![cardiologist];
    });
    assert_eq!(
        title(&entry.entry, Language::French),
        "CR ou fiche de consultation ou de visite, cardiologie et maladies vasculaires, Clinique des Essais, 1er mars 2026"
    );
    let device = paper(1, "REMB", "2026-03-02").with(|entry| {
        entry.title = "document".into();
        entry.authors = vec![Author { kind: AuthorKind::Device, ..author("x", "Assurance Maladie") }];
    });
    assert_eq!(title(&device.entry, Language::English), "Reimbursement data, Assurance Maladie, 2 March 2026");
    let nobody = paper(1, "REMB", "2026-03-02").with(|entry| {
        entry.title.clear();
        entry.authors.clear();
    });
    assert_eq!(title(&nobody.entry, Language::French), "Données de remboursement, 2 mars 2026");
}

/// A small generator of reproducible choices (64-bit LCG of Knuth's MMIX).
struct Choices(u64);

impl Choices {
    fn below(&mut self, count: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % count
    }
}

fn wild(choices: &mut Choices, number: u32) -> Paper {
    let types = ["11488-4", "11502-2", "34112-3", "18748-4", "IMG-KOS", "REMB", "SYNTH", "EXPPAT_2"];
    let day = format!("2026-{:02}-{:02}", 1 + choices.below(6), 1 + choices.below(28));
    let places = ["Cabinet A", "Hôpital B", "Laboratoire C", ""];
    let mut paper = at_place(number, types[choices.below(8) as usize], &day, places[choices.below(4) as usize]);
    if choices.below(3) == 0 {
        paper = paper.with(|entry| entry.references = vec![reference(&format!("R{}", choices.below(12)))]);
    }
    if choices.below(4) == 0 {
        paper = paper.with(|entry| entry.content.sha256 = [u8::try_from(choices.below(9)).unwrap(); 32]);
    }
    if choices.below(4) == 0 {
        // Whom it replaces may be hidden, older, newer, itself, or one of a ring.
        let other = paper_id(choices.below(60));
        paper = paper.with(|entry| entry.replaces = Some(other));
    }
    match choices.below(8) {
        0 => paper.with(|entry| entry.status = approved().replace()),
        1 => paper.with(|entry| entry.status = approved().archive()),
        2 => paper.with(|entry| entry.status = approved().delete()),
        _ => paper,
    }
}

fn paper_id(number: u32) -> EntryId {
    paper(number, "11488-4", "2026-01-01").entry.id
}

#[test]
fn every_document_stands_in_exactly_one_group_once_and_in_any_order() {
    let mut choices = Choices(7);
    for round in 0..60 {
        let papers: Vec<Paper> = (0..50).map(|number| wild(&mut choices, number)).collect();
        let groups = pile(&papers);
        let mut times: HashMap<EntryId, u32> = HashMap::new();
        groups.iter().flat_map(ids).for_each(|id| *times.entry(id).or_default() += 1);
        assert!(papers.iter().all(|paper| times.get(&paper.entry.id) == Some(&1)) && times.len() == papers.len(), "round {round}");
        assert_eq!(count(&groups, None).all, papers.len());
        let mut shuffled = papers.clone();
        for index in (1..shuffled.len()).rev() {
            shuffled.swap(index, choices.below(u32::try_from(index + 1).unwrap()) as usize);
        }
        assert_eq!(pile(&shuffled), groups, "round {round}");
    }
}

#[test]
fn an_empty_pile_is_empty_and_one_entry_given_twice_is_counted_twice() {
    assert_eq!(pile(&[]), []);
    let one = paper(1, "11488-4", "2026-01-01");
    let groups = pile(&[one.clone(), one]);
    assert_eq!((groups.len(), count(&groups, None).all), (1, 2));
}

//! Who takes care of the person, by the documents that are seen.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod summary_support;
use summary_support::*;

use dmp_core::document::{Author, AuthorKind};
use dmp_core::identity::PersonName;

fn by(mut paper: Paper, family: &str, id: Option<&str>) -> Paper {
    let author = paper.entry.authors.first().unwrap().clone();
    paper.entry.authors = vec![Author { kind: AuthorKind::Professional, id: id.map(str::to_owned), name: PersonName::new("Anne", family), ..author }];
    paper
}

fn names(papers: &[Paper]) -> Vec<(String, usize)> {
    summary(papers).team.into_iter().map(|carer| (carer.author.name.family, carer.documents)).collect()
}

#[test]
fn who_wrote_last_comes_first_and_each_once() {
    let papers = [
        by(paper(1, "11488-4", "2026-01-10"), "MODÈLE", Some("899900000001")),
        by(paper(2, "11488-4", "2026-05-10"), "EXEMPLE", None),
        by(paper(3, "11488-4", "2026-06-10"), "MODÈLE-NOUVEAU", Some("899900000001")),
    ];
    assert_eq!(names(&papers), [("MODÈLE-NOUVEAU".to_owned(), 2), ("EXEMPLE".to_owned(), 1)]);
}

#[test]
fn a_machine_the_person_and_what_is_old_show_nobody() {
    let of_kind = |kind: AuthorKind| {
        let mut one = by(paper(1, "11488-4", "2026-05-10"), "EXEMPLE", None);
        one.entry.authors[0].kind = kind;
        one
    };
    assert!(names(&[of_kind(AuthorKind::Device)]).is_empty());
    assert!(names(&[of_kind(AuthorKind::Patient)]).is_empty());
    assert!(names(&[by(paper(1, "11488-4", "2024-07-02"), "EXEMPLE", None)]).is_empty());
    assert_eq!(names(&[by(paper(1, "11488-4", "2024-07-03"), "EXEMPLE", None)]).len(), 1);
    assert!(names(&[by(paper(1, "11488-4", "2027-01-01"), "EXEMPLE", None)]).is_empty(), "a day to come");
}

#[test]
fn the_newest_document_is_the_proof_and_what_is_left_out_is_counted() {
    let papers: Vec<Paper> = (0..25).map(|number| by(paper(number, "11488-4", "2026-05-10"), &format!("EXEMPLE-{number}"), None)).collect();
    let made = summary(&papers);
    assert_eq!((made.team.len(), made.left_out), (20, 5));
    assert_eq!(made.team[0].entry, papers[24].entry.id);
}

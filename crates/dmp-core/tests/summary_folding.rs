//! The pile holds every document exactly once: versions, copies, circles, and whatever else comes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod summary_support;

use dmp_core::EntryId;
use dmp_core::document::DocumentEntry;
use dmp_core::summary::pile::{Counts, Folding, Group, count, fold};
use summary_support::*;

const VISIT: &str = "11488-4";
const LETTER: &str = "11490-0";
const REPORT: &str = "11502-2";

fn piled(papers: &[Paper]) -> Vec<Group> {
    fold(&papers.iter().map(|paper| &paper.entry).collect::<Vec<_>>(), now())
}

/// Of a place of its own, so that no closeness of dates joins it with anything.
fn apart(number: u32, type_code: &str, day: &str) -> Paper {
    paper(number, type_code, day).with(|entry| entry.authors = vec![author("801234567897", &format!("Cabinet {number}"))])
}

fn tops(groups: &[Group]) -> Vec<Vec<EntryId>> {
    groups.iter().map(|group| group.documents.iter().map(|document| document.entry).collect()).collect()
}

#[test]
fn the_same_bytes_are_folded_under_the_newest_as_a_copy_and_counted() {
    let one = apart(1, VISIT, "2026-01-05");
    let bytes = one.entry.content.sha256;
    let copy = apart(2, VISIT, "2026-01-06").with(|entry| entry.content.sha256 = bytes);
    let (first, second) = (one.entry.id, copy.entry.id);
    let groups = piled(&[one, copy]);
    assert_eq!(tops(&groups), [[second]]);
    assert_eq!(groups[0].documents[0].folded, [(first, Folding::Copy)]);
    assert_eq!(count(&groups, Some(at("2026-01-01"))), Counts { all: 2, useful: 1, new: 1 });
    assert_eq!(count(&groups, None), Counts { all: 2, useful: 1, new: 0 }, "nothing is new at a first visit");
}

#[test]
fn three_versions_are_one_document_with_the_older_ones_superseded_newest_first() {
    let first = apart(1, VISIT, "2026-01-05").with(|entry| entry.status = approved().replace());
    let id = first.entry.id;
    let second = apart(2, VISIT, "2026-01-06").with(|entry| {
        entry.replaces = Some(id);
        entry.status = approved().replace();
    });
    let middle = second.entry.id;
    let third = apart(3, VISIT, "2026-01-07").with(|entry| entry.replaces = Some(middle));
    let current = third.entry.id;
    let groups = piled(&[second, third, first]);
    assert_eq!(tops(&groups), [[current]]);
    assert_eq!(groups[0].documents[0].folded, [(middle, Folding::Superseded), (id, Folding::Superseded)]);
}

#[test]
fn versions_that_replace_each_other_in_a_circle_come_to_an_end() {
    let (one, other) = (apart(1, VISIT, "2026-01-05"), apart(2, VISIT, "2026-01-06"));
    let (first, second) = (one.entry.id, other.entry.id);
    let circle = [one.with(|entry| entry.replaces = Some(second)), other.with(|entry| entry.replaces = Some(first))];
    assert_eq!(count(&piled(&circle), None).all, 2);
    let itself = apart(3, VISIT, "2026-01-07");
    let own = itself.entry.id;
    assert_eq!(count(&piled(&[itself.with(|entry| entry.replaces = Some(own))]), None).all, 1);
}

#[test]
fn a_reference_in_common_joins_what_two_places_made_months_apart() {
    let order = |paper: Paper| paper.with(|entry| entry.references = vec![reference("DEMANDE-1")]);
    let papers = [order(apart(1, "55115-0", "2026-01-05")), order(apart(2, "18748-4", "2026-04-05")), apart(3, VISIT, "2026-04-05")];
    let mut sizes: Vec<usize> = piled(&papers).iter().map(|group| group.documents.len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 2]);
}

/// A small generator of reproducible choices (64-bit LCG of Knuth's MMIX).
struct Choices(u64);

impl Choices {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count
    }
}

fn any_pile(draw: &mut Choices) -> Vec<Paper> {
    let types = [VISIT, LETTER, REPORT, "REMB", "SYNTH", "18748-4"];
    let mut papers: Vec<Paper> = Vec::new();
    for number in 1..=u32::try_from(draw.below(40)).unwrap() {
        let day = format!("202{}-{:02}-{:02}", 4 + draw.below(3), 1 + draw.below(12), 1 + draw.below(28));
        let place = ["Cabinet A", "Cabinet B", ""][draw.below(3)];
        let mut made = paper(number, types[draw.below(6)], &day).with(|entry| entry.authors = vec![author("801234567897", place)]);
        let older = papers.get(draw.below(40)).map(|older: &Paper| older.entry.clone());
        let entry = &mut made.entry;
        match (draw.below(6), older) {
            (0, Some(older)) => entry.replaces = Some(older.id),
            (1, Some(older)) => entry.content.sha256 = older.content.sha256,
            (2, Some(older)) => entry.unique_id = older.unique_id,
            (3, _) => entry.references = vec![reference(&format!("R{}", draw.below(4)))],
            (4, _) => entry.service_stop = Some(entry.service_start.plus_days(i64::try_from(draw.below(40)).unwrap())),
            _ => {}
        }
        entry.status = match draw.below(8) {
            0 => approved().replace(),
            1 => approved().archive(),
            2 => approved().delete(),
            _ => entry.status,
        };
        papers.push(made);
    }
    papers
}

#[test]
fn every_pile_holds_each_of_its_documents_exactly_once_in_whatever_order_they_come() {
    let mut draw = Choices(7);
    for _ in 0..400 {
        let papers = any_pile(&mut draw);
        let mut entries: Vec<&DocumentEntry> = papers.iter().map(|paper| &paper.entry).collect();
        let groups = fold(&entries, now());
        let documents = groups.iter().flat_map(|group| &group.documents);
        let mut held: Vec<EntryId> =
            documents.flat_map(|document| std::iter::once(document.entry).chain(document.folded.iter().map(|(id, _)| *id))).collect();
        held.sort_unstable();
        let mut given: Vec<EntryId> = entries.iter().map(|entry| entry.id).collect();
        given.sort_unstable();
        assert_eq!(held, given);
        assert_eq!(count(&groups, None).all, entries.len());
        assert!(groups.iter().all(|group| !group.documents.is_empty() && group.from <= group.to && !group.title_fr.is_empty()));
        assert!(groups.windows(2).all(|pair| pair[0].to >= pair[1].to), "newest first");
        for last in (1..entries.len()).rev() {
            entries.swap(last, draw.below(last + 1));
        }
        assert_eq!(fold(&entries, now()), groups);
    }
}

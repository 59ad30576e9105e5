//! What holds of every summary: hundreds of records, drawn the same way at each run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod summary_support;

use std::collections::HashSet;

use dmp_core::EntryId;
use dmp_core::summary::{
    Bounds, Concept, Criticality, DeviceState, Extraction, Fact, FactKind, Heading, ImagingKind, Input, MedicineStage, ObservationStatus,
    ProblemState, Source, Summary, What, build_within,
};
use summary_support::*;

/// A small generator of reproducible choices (64-bit LCG of Knuth's MMIX).
struct Choices(u64);

impl Choices {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count
    }

    fn of<T: Clone>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())].clone()
    }

    fn day(&mut self) -> String {
        format!("202{}-{:02}-{:02}", 4 + self.below(3), 1 + self.below(12), 1 + self.below(28))
    }

    fn vague(&mut self) -> String {
        let day = self.day();
        let length = self.of(&[0, 4, 7, 10, 10]);
        day[..length].to_owned()
    }
}

/// What nobody but one document says: every text of its facts holds it.
fn mark(number: u32) -> String {
    format!("⟦{number}⟧")
}

fn any_fact(draw: &mut Choices, number: u32) -> Fact {
    let code = draw.of(&["A00", "A00.1", "B11", "C22", "D33"]);
    let said = draw.of(&["Asthme", "Latex", "AMLODIPINE 5 mg", "Diabète", "Mammographie", "REVAXIS"]);
    let mut concept = if draw.below(2) == 0 { icd(code, said) } else { Concept::words(said) };
    concept.text = format!("{said} {}", mark(number));
    let stage = draw.of(&[MedicineStage::Stated, MedicineStage::Prescribed, MedicineStage::Dispensed, MedicineStage::Reimbursed]);
    let (from, to) = (draw.vague(), draw.vague());
    let said = match draw.below(12) {
        0 => problem(concept, draw.of(&[ProblemState::Active, ProblemState::Past, ProblemState::Suspected])),
        1 => fact(
            What::Allergy { reactions: vec![], criticality: draw.of(&[Criticality::Low, Criticality::High]), resolved: draw.below(4) == 0 },
            concept,
        ),
        2 => none_known(draw.of(&[FactKind::Allergy, FactKind::Problem, FactKind::Medicine])),
        3 | 4 => medicine_with(stage, concept, |medicine| {
            medicine.stopped = false;
            medicine.dose = mark(number);
        }),
        5 => medicine_with(stage, concept, |medicine| medicine.stopped = true),
        6 | 7 => {
            let (value, unit) = (draw.of(&["1,0", "5.5", "0.9", "x"]), draw.of(&["g/L", "mmol/L", "croix"]));
            let status = draw.of(&[ObservationStatus::Final, ObservationStatus::Preliminary, ObservationStatus::Cancelled]);
            observed(loinc("2345-7", "Glucose"), value, unit, &draw.day(), |seen| seen.status = status)
        }
        8 => fact(What::Plan, concept),
        9 => fact(draw.of(&[What::Stay, What::Act, What::Procedure]), concept),
        10 => fact(What::Device { state: DeviceState::InUse }, concept),
        _ => {
            let kind = draw.of(&[ImagingKind::Report, ImagingKind::Study]);
            fact(What::Imaging { kind, modality: String::new(), region: String::new(), accession: None, study: None, link: None }, concept)
        }
    };
    let mut said = if matches!(said.what, What::Observation(_)) { said } else { dated(said, &from, &to) };
    said.proof.quote = mark(number);
    said
}

fn any_record(draw: &mut Choices) -> Vec<Paper> {
    let types = ["11488-4", "11490-0", "SYNTH", "REMB", "11502-2", "57833-6"];
    let mut papers: Vec<Paper> = Vec::new();
    for number in 1..=u32::try_from(draw.below(14)).unwrap() {
        let mut made = paper(number, draw.of(&types), &draw.day()).with(|entry| entry.title = format!("Document {}", mark(number)));
        for _ in 0..draw.below(8) {
            made = made.says(any_fact(draw, number));
        }
        let older: Option<(EntryId, [u8; 32])> =
            (!papers.is_empty()).then(|| draw.below(papers.len())).map(|index| (papers[index].entry.id, papers[index].entry.content.sha256));
        made = match (draw.below(10), older) {
            (0, Some((id, _))) => made.with(|entry| entry.replaces = Some(id)),
            (1, Some((_, bytes))) => made.with(|entry| entry.content.sha256 = bytes),
            (2, _) => made.with(|entry| entry.status = approved().replace()),
            (3, _) => made.with(|entry| entry.status = approved().delete()),
            (4, _) => made.with(|entry| entry.status = approved().archive()),
            (5, _) => made.unread(),
            (6, _) => made.read_as(Extraction::Unreadable),
            _ => made,
        };
        papers.push(made);
    }
    papers
}

fn of(papers: &[Paper], bounds: Bounds) -> Summary {
    build_within(&Input { now: now(), person: person(), last_visit: Some(at("2026-01-01")), seen: &seen(papers) }, bounds)
}

fn headings(summary: &Summary) -> [&Heading; 18] {
    [
        &summary.allergies,
        &summary.problems,
        &summary.history,
        &summary.treatments,
        &summary.past_treatments,
        &summary.vaccinations,
        &summary.procedures,
        &summary.stays,
        &summary.imaging,
        &summary.devices,
        &summary.pregnancies,
        &summary.risks,
        &summary.family_history,
        &summary.directives,
        &summary.plans,
        &summary.contacts,
        &summary.functions,
        &summary.attention,
    ]
}

fn sources(summary: &Summary) -> Vec<&Source> {
    let of_headings = headings(summary).into_iter().flat_map(|heading| heading.lines.iter().flat_map(|line| &line.sources).chain(&heading.denials));
    let of_points = summary.results.iter().flat_map(|series| &series.points).map(|point| &point.source);
    let of_due = summary.due.iter().filter_map(|due| due.source.as_ref());
    of_headings.chain(of_points).chain(of_due).chain(summary.missing.iter().map(|missing| &missing.source)).collect()
}

#[test]
fn the_order_in_which_documents_are_seen_changes_nothing() {
    let mut draw = Choices(1);
    for _ in 0..300 {
        let mut papers = any_record(&mut draw);
        let bounds = draw.of(&[Bounds::SHOWN, Bounds { lines: 2, sources: 1, series: 1, points: 2 }]);
        let first = of(&papers, bounds);
        for last in (1..papers.len()).rev() {
            let other = draw.below(last + 1);
            papers.swap(last, other);
        }
        assert_eq!(of(&papers, bounds), first);
    }
}

#[test]
fn what_is_not_seen_leaves_no_word_behind() {
    let mut draw = Choices(2);
    let mut shown = 0;
    for _ in 0..300 {
        let papers = any_record(&mut draw);
        let (kept, hidden): (Vec<Paper>, Vec<Paper>) = papers.into_iter().partition(|_| draw.below(3) > 0);
        let summary = of(&kept, Bounds::ALL);
        let text = format!("{summary:?}");
        for paper in &hidden {
            let number = u32::from_be_bytes(paper.entry.id.0[..4].try_into().unwrap());
            assert!(!text.contains(&mark(number)), "a word of {number} is in {text}");
        }
        let ids: HashSet<EntryId> = kept.iter().map(|paper| paper.entry.id).collect();
        let all = sources(&summary);
        assert!(all.iter().all(|source| ids.contains(&source.entry)) && summary.news.documents.iter().all(|id| ids.contains(id)));
        shown += all.len();
    }
    assert!(shown > 1_000, "the records say something: {shown}");
}

#[test]
fn what_does_not_count_is_no_source() {
    let mut draw = Choices(3);
    for _ in 0..300 {
        let papers = any_record(&mut draw);
        let summary = of(&papers, Bounds::ALL);
        let replaced: HashSet<EntryId> =
            papers.iter().filter(|paper| !paper.entry.status.is_deleted()).filter_map(|paper| paper.entry.replaces).collect();
        let current: HashSet<EntryId> = papers
            .iter()
            .filter(|paper| paper.entry.status == dmp_core::document::AvailabilityStatus::deposited() && !replaced.contains(&paper.entry.id))
            .map(|paper| paper.entry.id)
            .collect();
        assert!(sources(&summary).iter().all(|source| current.contains(&source.entry)));
        assert!(summary.documents + summary.waiting + summary.unreadable <= current.len());
    }
}

#[test]
fn every_line_has_a_source_and_words_that_one_of_its_sources_says() {
    let mut draw = Choices(4);
    for _ in 0..300 {
        let papers = any_record(&mut draw);
        let summary = of(&papers, Bounds::ALL);
        assert_eq!(summary.left_out, 0);
        for line in headings(&summary).into_iter().flat_map(|heading| &heading.lines) {
            assert!(line.sources.windows(2).all(|pair| pair[0].when >= pair[1].when), "newest first");
            assert!(line.first_seen <= line.last_seen);
            let says = |source: &Source| papers.iter().any(|paper| paper.entry.id == source.entry && holds(paper, &line.fact));
            assert!(line.sources.iter().any(says), "{line:?}");
        }
    }
}

fn holds(paper: &Paper, fact: &Fact) -> bool {
    paper.extract.as_ref().is_some_and(|extract| extract.facts.contains(fact))
}

#[test]
fn bounds_take_away_and_change_nothing_else() {
    let mut draw = Choices(5);
    for _ in 0..200 {
        let papers = any_record(&mut draw);
        let (all, few) = (of(&papers, Bounds::ALL), of(&papers, Bounds { lines: 2, sources: usize::MAX, series: 1, points: usize::MAX }));
        let mut left_out = (all.results.len() - few.results.len()) + (all.due.len() - few.due.len()) + (all.missing.len() - few.missing.len());
        for (whole, part) in headings(&all).into_iter().zip(headings(&few)) {
            assert!(part.lines.len() <= 2);
            assert_eq!(part.lines, whole.lines[..part.lines.len()]);
            // Plans of years ago stand last where everything is shown, and nowhere else.
            if !std::ptr::eq(whole, &all.plans) {
                assert_eq!((part.lines.len(), part.knowledge), (whole.lines.len().min(2), whole.knowledge));
            }
            assert_eq!(part.denials, whole.denials);
            left_out += whole.lines.len() - part.lines.len();
        }
        assert_eq!(few.left_out, left_out);
    }
}

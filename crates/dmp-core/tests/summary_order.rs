//! What holds for every summary: thousands of facts, drawn the same way at each run, in any order, with anything taken away.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod summary_support;

use std::collections::HashSet;

use dmp_core::EntryId;
use dmp_core::document::Code;
use dmp_core::summary::{
    Bounds, Concept, DeviceState, Fact, FactKind, Heading, ImagingKind, Input, MedicineStage, ObservationStatus, Point, ProblemState, RiskKind,
    Summary, What, When, build, build_within,
};
use summary_support::*;

/// A small generator of reproducible choices (64-bit LCG of Knuth's MMIX).
struct Choices(u64);

impl Choices {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn day(&mut self) -> String {
        let (year, month, day) = (2015 + self.below(12), 1 + self.below(12), 1 + self.below(28));
        match self.below(5) {
            0 => format!("{year}"),
            1 => format!("{year}-{month:02}"),
            2 => format!("{year}-{month:02}-{day:02}T{:02}:30", self.below(24)),
            _ => format!("{year}-{month:02}-{day:02}"),
        }
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        for index in (1..things.len()).rev() {
            things.swap(index, self.below(index + 1));
        }
    }
}

const WORDS: [&str; 12] = [
    "Asthme",
    "asthmes",
    "Diabète de type 2",
    "DIABETE TYPE II",
    "Crestor 5 mg",
    "CRESTOR 10MG CPR",
    "Œdème",
    "",
    "漢字",
    "🦄",
    "Glycémie",
    "H\u{301}TA",
];

fn wild_fact(choices: &mut Choices) -> Fact {
    let words = Concept::words(choices.of(&WORDS));
    let concept = match choices.below(4) {
        0 => icd(choices.of(&["E11", "E11.9", "E10", "I10", ""]), choices.of(&WORDS)),
        1 => loinc(choices.of(&["2345-7", "14749-6", "2160-0", "99999-9"]), choices.of(&WORDS)),
        2 => Concept { text: choices.of(&WORDS).into(), codes: vec![Code::new(choices.of(&["C10AA07", "C10", "B01AC30"]), ATC, "")] },
        _ => words,
    };
    let state = [ProblemState::Active, ProblemState::Past, ProblemState::Suspected][choices.below(3)];
    let stages = [MedicineStage::Stated, MedicineStage::Prescribed, MedicineStage::Dispensed, MedicineStage::Reimbursed, MedicineStage::Given];
    let stage = stages[choices.below(5)];
    let stopped = choices.below(4) == 0;
    let made = match choices.below(16) {
        0..=2 => problem(concept, state),
        3..=4 => medicine_with(stage, concept, |medicine| {
            medicine.stopped = stopped;
            medicine.dose = "1 le matin".into();
        }),
        5 => allergy(choices.of(&WORDS)),
        6 => resolved(choices.of(&WORDS)),
        7 => none_known([FactKind::Allergy, FactKind::Problem, FactKind::Medicine][choices.below(3)]),
        8..=10 => {
            let (number, unit) = (choices.of(&["1.05", "5,8", "x", "0"]), choices.of(&["g/L", "mmol/L", "", "??"]));
            let status = [ObservationStatus::Final, ObservationStatus::Preliminary, ObservationStatus::Cancelled][choices.below(3)];
            observed(concept, number, unit, "2026-01-01", |observation| observation.status = status)
        }
        11 => fact(What::Stay, concept),
        12 => fact([What::Procedure, What::Act, What::Plan, What::Attention, What::Function, What::Directive][choices.below(6)].clone(), concept),
        13 => fact(What::Device { state: [DeviceState::InUse, DeviceState::Past][choices.below(2)] }, concept),
        14 => {
            let what =
                What::Imaging { kind: ImagingKind::Report, modality: "MR".into(), region: String::new(), accession: None, study: None, link: None };
            fact([what, What::Risk { kind: RiskKind::Lifestyle }, What::Pregnancy { expected: None, over: false }][choices.below(3)].clone(), concept)
        }
        _ => vaccination(choices.of(&WORDS), "2020-01-01"),
    };
    if choices.below(3) == 0 { made } else { dated(made, &choices.day(), "") }
}

fn wild_papers(choices: &mut Choices, count: u32) -> Vec<Paper> {
    let types = ["SYNTH", "11488-4", "11502-2", "34112-3", "REMB", "57833-6", "18748-4"];
    (0..count)
        .map(|number| {
            let day = format!("{}-{:02}-{:02}", 2018 + choices.below(9), 1 + choices.below(12), 1 + choices.below(28));
            let mut paper = paper(number, choices.of(&types), &day);
            for _ in 0..choices.below(9) {
                paper = paper.says(wild_fact(choices));
            }
            match choices.below(9) {
                0 => paper.with(|entry| entry.status = approved().replace()),
                1 => paper.with(|entry| entry.status = approved().archive()),
                2 => paper.unread(),
                3 => paper.with(|entry| entry.content.sha256 = [1; 32]),
                4 => paper.with(|entry| entry.authors = Vec::new()),
                _ => paper,
            }
        })
        .collect()
}

fn headings(summary: &Summary) -> [&Heading; 19] {
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
        &summary.attention,
    ]
}

fn all(papers: &[Paper]) -> Summary {
    let seen = seen(papers);
    build_within(&Input { now: now(), person: person(), last_visit: Some(at("2025-01-01")), seen: &seen }, Bounds::ALL)
}

#[test]
fn the_order_in_which_documents_are_seen_makes_no_difference() {
    let mut choices = Choices(11);
    for round in 0..40 {
        let papers = wild_papers(&mut choices, 30);
        let mut shuffled = papers.clone();
        choices.shuffle(&mut shuffled);
        assert_eq!(summary(&papers), summary(&shuffled), "round {round}");
        assert_eq!(all(&papers), all(&shuffled), "round {round}");
    }
}

#[test]
fn every_source_was_seen_and_every_line_is_in_the_words_of_one_of_its_sources() {
    let mut choices = Choices(23);
    for round in 0..40 {
        let papers = wild_papers(&mut choices, 30);
        let summary = all(&papers);
        let facts = |entry: EntryId| {
            papers.iter().filter(move |paper| paper.entry.id == entry).flat_map(|paper| &paper.extract).flat_map(|extract| &extract.facts)
        };
        let current: HashSet<EntryId> = papers.iter().filter(|paper| paper.entry.status.is_latest()).map(|paper| paper.entry.id).collect();
        for line in headings(&summary).into_iter().flat_map(|heading| &heading.lines) {
            assert!(!line.sources.is_empty() && line.first_seen <= line.last_seen, "round {round}");
            assert!(line.sources.iter().all(|source| current.contains(&source.entry)), "round {round}: a superseded document is a source");
            assert!(line.sources.iter().any(|source| facts(source.entry).any(|fact| *fact == line.fact)), "round {round}: {:?}", line.fact.concept);
        }
        for point in summary.results.iter().flat_map(|series| &series.points) {
            assert!(
                facts(point.source.entry).any(|fact| matches!(&fact.what, What::Observation(seen) if seen.value == point.value)),
                "round {round}"
            );
        }
    }
}

/// Each fact of a paper at a position of its own, so that a proof is of one fact alone.
fn numbered(mut paper: Paper) -> Paper {
    if let Some(extract) = &mut paper.extract {
        extract.facts.iter_mut().zip(0..).for_each(|(fact, position)| fact.proof.position = position);
    }
    paper
}

/// Every fact with a heading is the proof of exactly one line, or is told by a line of the same kind that has another proof in the same document.
#[test]
fn a_fact_that_says_something_of_a_heading_is_lost_nowhere_and_stands_in_one_line() {
    let mut choices = Choices(31);
    let (mut proofs, mut folded) = (0, 0);
    for round in 0..60 {
        // No synthesis: what a newer one takes the place of may leave the heading.
        let papers = wild_papers(&mut choices, 30).into_iter().filter(|paper| paper.entry.type_code.as_str() != "SYNTH");
        let papers: Vec<Paper> = papers.map(numbered).collect();
        let summary = all(&papers);
        let lines: Vec<_> = headings(&summary)[..18].iter().flat_map(|heading| &heading.lines).collect();
        let counts = |paper: &&Paper| matches!(paper.entry.status, dmp_core::document::AvailabilityStatus::Approved(_));
        for paper in papers.iter().filter(counts) {
            let tells = |fact: &&Fact| !matches!(fact.what, What::Observation(_) | What::Act | What::Absent { .. });
            for fact in paper.extract.iter().flat_map(|extract| &extract.facts).filter(tells) {
                let of_paper: Vec<_> = lines
                    .iter()
                    .filter(|line| line.fact.kind() == fact.kind())
                    .flat_map(|line| &line.sources)
                    .filter(|source| source.entry == paper.entry.id)
                    .collect();
                match of_paper.iter().filter(|source| source.proof == fact.proof).count() {
                    1 => proofs += 1,
                    0 => {
                        folded += 1;
                        assert!(!of_paper.is_empty(), "round {round}: {fact:?} of {:?} is lost", paper.entry.id);
                    }
                    _ => panic!("round {round}: {fact:?} stands in two lines"),
                }
            }
        }
    }
    assert!(proofs > 10 * folded && folded > 10, "most facts are a proof: {proofs} and {folded}");
}

/// Every value that was not cancelled is a point, or is told by a point of the same document or day.
#[test]
fn every_value_is_a_point_or_a_copy_of_one_of_the_same_day() {
    let mut choices = Choices(37);
    for round in 0..60 {
        let papers: Vec<Paper> = wild_papers(&mut choices, 30).into_iter().map(numbered).collect();
        let summary = all(&papers);
        let points: Vec<_> = summary.results.iter().flat_map(|series| &series.points).collect();
        let counts = |paper: &&Paper| matches!(paper.entry.status, dmp_core::document::AvailabilityStatus::Approved(_));
        for paper in papers.iter().filter(counts) {
            for fact in paper.extract.iter().flat_map(|extract| &extract.facts) {
                let What::Observation(observation) = &fact.what else { continue };
                let is_named = !fact.concept.text.is_empty() || fact.concept.codes.iter().any(|code| !code.code.is_empty());
                if observation.status != ObservationStatus::Final || !is_named || fact.concept.text == "🦄" {
                    continue;
                }
                let day = |when: When| When { minute: None, ..when };
                let days = [fact.period.from.map(day), Some(When::in_paris(paper.entry.created_at))];
                let is_copy =
                    |point: &&Point| days.contains(&Some(day(point.when))) && point.number.is_some() == observation.value.number().is_some();
                let is_proof = |point: &&Point| point.source.entry == paper.entry.id && point.source.proof == fact.proof;
                let shown = points.iter().copied().any(|point| is_proof(&point) || is_copy(&point));
                assert!(shown, "round {round}: {fact:?}");
            }
        }
    }
}

#[test]
fn taking_a_document_away_is_as_if_it_had_never_been_there() {
    let mut choices = Choices(47);
    for round in 0..20 {
        let papers = wild_papers(&mut choices, 20);
        let hidden = choices.below(papers.len());
        let secret = "Mot qui ne se trouve nulle part ailleurs";
        let told = papers[hidden].clone().says(active(secret)).says(allergy(secret)).says(medicine(MedicineStage::Stated, secret)).with(|entry| {
            entry.title = secret.into();
        });
        let with: Vec<Paper> = papers.iter().enumerate().map(|(index, paper)| if index == hidden { told.clone() } else { paper.clone() }).collect();
        let mut without = with.clone();
        without.remove(hidden);
        let summary = all(&without);
        assert!(!format!("{summary:?}").contains(secret), "round {round}");
        let never: Vec<Paper> = papers.iter().enumerate().filter(|(index, _)| *index != hidden).map(|(_, paper)| paper.clone()).collect();
        assert_eq!(summary, all(&never), "round {round}");
    }
}

#[test]
fn twenty_thousand_facts_give_a_bounded_summary_that_says_what_it_leaves_out() {
    let papers: Vec<Paper> = (0..2_000_u32)
        .map(|number| {
            (0..10).fold(paper(number, "11488-4", "2026-01-05"), |paper, of| match of % 3 {
                0 => paper.says(active(&format!("Problème {number} {of}"))),
                1 => paper.says(allergy("Pénicilline")),
                _ => paper.says(result(loinc("2345-7", "Glucose"), &format!("1.{number}{of}"), "g/L", "2026-01-05")),
            })
        })
        .collect();
    let summary = summary(&papers);
    assert_eq!((summary.problems.lines.len(), summary.allergies.lines[0].sources.len(), summary.results[0].points.len()), (200, 10, 40));
    assert_eq!(summary.documents, 2_000);
    assert!(summary.left_out > 10_000);
}

#[test]
fn hostile_facts_change_nothing_for_the_others() {
    let endless = "Ah! ".repeat(100_000);
    let far = |year: i16| When { year, month: 12, day: 31, minute: Some(1439) };
    let mut strange = active("Asthme");
    strange.period.from = Some(When { year: i16::MAX, month: 99, day: 99, minute: Some(u16::MAX) });
    strange.period.to = Some(far(i16::MIN));
    let mut stay = fact(What::Stay, Concept::words(endless.as_str()));
    stay.period = strange.period;
    let mut plan = fact(What::Plan, Concept::default());
    plan.period.to = Some(far(2200));
    let mut medicine = medicine(MedicineStage::Reimbursed, &endless);
    medicine.period = strange.period;
    let mut observed = result(Concept::words("Glucose"), "1e308", "g/L", "2026-01-01");
    observed.period = strange.period;
    let odd = paper(1, "REMB", "2026-01-05").says(strange).says(stay).says(plan).says(medicine).says(observed).with(|entry| {
        entry.service_start = dmp_core::Moment::from_micros(i64::MAX);
        entry.created_at = dmp_core::Moment::from_micros(i64::MIN);
        entry.service_stop = Some(dmp_core::Moment::from_micros(i64::MIN));
    });
    let summary = summary(&[odd.clone(), paper(2, "11488-4", "2026-01-05").says(active("Eczéma"))]);
    assert!(texts(&summary.problems).contains(&"Eczéma"));
    let groups = dmp_core::summary::pile::fold(&[&odd.entry], now());
    assert_eq!(groups.len(), 1);
}

#[test]
fn a_moment_at_the_end_of_time_and_a_person_of_the_year_one_are_survived() {
    for moment in [i64::MIN, 0, i64::MAX] {
        let mut who = person();
        who.traits.birth_date.year = 1;
        let papers = [paper(1, "SYNTH", "2026-01-05").says(active("Diabète"))];
        let seen = seen(&papers);
        let summary = build(&Input { now: dmp_core::Moment::from_micros(moment), person: who, last_visit: None, seen: &seen });
        assert_eq!(summary.problems.lines.len(), 1);
    }
}

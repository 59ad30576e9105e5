//! How long the summary of a large record takes: 2,000 documents with 20,000 facts. `cargo run --release -p dmp-core --example summary_time`.

#![allow(clippy::print_stdout, clippy::expect_used, clippy::unwrap_used, reason = "a measure for developers")]

#[path = "../tests/summary_support/mod.rs"]
mod summary_support;

use std::time::Instant;

use dmp_core::summary::{Bounds, Input, MedicineStage, ProblemState, build, build_within, pile};
use summary_support::*;

fn main() {
    if let Some(times) = std::env::args().nth(1) {
        let papers: Vec<Paper> = (0..2_000).map(|number| large(number, 60)).collect();
        let seen = seen(&papers);
        let input = Input { now: now(), person: person(), last_visit: None, seen: &seen };
        for _ in 0..times.parse().expect("how often") {
            std::hint::black_box(build(&input));
        }
        return;
    }
    for (name, spread) in [("a common record", 60), ("nothing twice", 100_000)] {
        let papers: Vec<Paper> = (0..2_000).map(|number| large(number, spread)).collect();
        let seen = seen(&papers);
        let input = Input { now: now(), person: person(), last_visit: Some(at("2026-01-01")), seen: &seen };
        time(&format!("{name}: build"), || build(&input).left_out);
        time(&format!("{name}: build_within ALL"), || build_within(&input, Bounds::ALL).left_out);
        let entries: Vec<_> = papers.iter().map(|paper| &paper.entry).collect();
        time(&format!("{name}: fold the pile"), || pile::fold(&entries, now()).len());
    }
}

/// A document with ten facts; `spread` says how many different things there are.
fn large(number: u32, spread: u32) -> Paper {
    let day = format!("20{:02}-{:02}-{:02}", 10 + number % 16, 1 + number % 12, 1 + number % 28);
    let thing = |of: u32| (number * 7 + of) % spread;
    let mut paper = paper(number, if number.is_multiple_of(3) { "11502-2" } else { "34112-3" }, &day);
    for of in 0..4 {
        let concept = loinc(&format!("{}-1", 1000 + thing(of) % 80), "Analyse d'essai");
        paper = paper.says(result(concept, &format!("{}.{}", 1 + number % 9, of), "g/L", &format!("{day}T0{}:30:00", of + 1)));
    }
    paper
        .says(result(loinc("2160-0", "Créatinine"), "92", "umol/L", &day))
        .says(problem(icd(&format!("E{}", thing(0)), &format!("Problème chronique numéro {}", thing(0))), ProblemState::Active))
        .says(active(&format!("Antécédent médical d'essai {}", thing(1))))
        .says(dated(medicine(MedicineStage::Reimbursed, &format!("MEDICAMENT{} 5MG CPR 30", thing(2))), &day, &day))
        .says(medicine(MedicineStage::Prescribed, &format!("Médicament{} 10 mg, comprimé", thing(2))))
        .says(allergy(&format!("Substance {}", thing(3))))
}

fn time<T>(what: &str, run: impl Fn() -> T) {
    let mut times: Vec<_> = (0..15)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(run());
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("{what}: median {:?}, best {:?}", times.get(7).expect("fifteen"), times.first().expect("fifteen"));
}

//! The facts of 20 documents against answers that were written by reading, before the extractor was seen (`fixtures/expected/facts/RULES.md`).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

mod facts_support;

use facts_support::{Answers, Score, all_answers, score};

#[test]
fn twenty_documents_say_what_somebody_read_in_them() {
    let Some(answers) = all_answers("facts_expected") else { return };
    assert_eq!(answers.len(), 20, "an answer is missing");
    let scores: Vec<(Answers, Score)> = answers
        .into_iter()
        .map(|answers| {
            let score = score(&answers);
            (answers, score)
        })
        .collect();
    for (answers, score) in &scores {
        println!("{}: {} of {} found, {} too many", answers.document, score.found, score.required, score.surplus.len());
        for missing in &score.missing {
            println!("    missing  {missing}");
        }
        for surplus in &score.surplus {
            println!("    too many {surplus}");
        }
    }
    let total = scores.iter().fold(Score::default(), |total, (_, score)| total.plus(score));
    let exact = total.of_kinds(&["allergy", "medicine"]);
    println!("precision {:.2} %, recall {:.2} %", 100.0 * total.precision(), 100.0 * total.recall());
    println!("allergies and medicines: precision {:.2} %, recall {:.2} %", 100.0 * exact.precision(), 100.0 * exact.recall());
    let absences = total.absences();
    println!("absences: {} of {}", absences.0, absences.1);
    assert!(total.precision() >= 0.98, "precision");
    assert!(total.recall() >= 0.95, "recall");
    assert!(exact.precision() >= 1.0 && exact.recall() >= 1.0, "allergies and medicines");
    assert_eq!(absences.0, absences.1, "negations");
}

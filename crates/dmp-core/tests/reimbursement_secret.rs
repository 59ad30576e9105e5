//! What of the insurer's lines belongs to a minor's secret care.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod summary_support;

use dmp_core::document::{Code, DocumentEntry};
use dmp_core::identity::PersonName;
use dmp_core::reimbursement::{Line, LineKind, Product, SecretCare};
use dmp_core::summary::{Party, When};
use summary_support::paper;

fn document(secret: bool) -> DocumentEntry {
    let secretly = |entry: &mut DocumentEntry| {
        entry.visibility.invisible_to_representatives = secret;
        entry.authors[0].name = PersonName::new("Hélène", "CANEVAS-LABRUMÉ");
    };
    paper(1, "11488-4", "2026-07-10").with(secretly).entry
}

fn line(kind: LineKind, date: &str, prescriber: &str) -> Line {
    let party = |name: &str| Party { name: name.to_owned(), ..Party::default() };
    Line {
        id: "L1".to_owned(),
        kind,
        code: Code::new("G", "", "Consultation"),
        product: Product::default(),
        quantity: 1,
        date: When::from_iso(date).unwrap(),
        until: None,
        prescriber: party(prescriber),
        performer: Party::default(),
    }
}

#[test]
fn the_acts_of_the_care_and_what_was_prescribed_there_are_told_by_no_line() {
    let secret = SecretCare::of([&document(true)]);
    let theirs = [
        ("2026-07-10", "Dr Anne EXEMPLE"),
        ("2026-07-20", ""),
        ("2026-06-28", "Dr Anne EXEMPLE"),
        ("2026-09-30", "Dr Hélène CANEVAS-LABRUME"),
        ("2027-05-02", "dr helene canevas-labrume"),
        // Who prescribed it is not said.
        ("2026-09-30", ""),
    ];
    for (date, prescriber) in theirs {
        assert!(secret.is_told_by(&line(LineKind::Biology, date, prescriber)), "{date} {prescriber}");
    }
    let of_other_care = [("2026-05-02", "Dr Hélène CANEVAS-LABRUME"), ("2026-09-30", "Dr Anne EXEMPLE"), ("2028-01-05", "Dr Hélène CANEVAS-LABRUME")];
    for (date, prescriber) in of_other_care {
        assert!(!secret.is_told_by(&line(LineKind::Medicine, date, prescriber)), "{date} {prescriber}");
    }
}

#[test]
fn without_secret_care_every_line_stays() {
    let none = SecretCare::of([&document(false)]);
    assert!(none.is_empty() && !none.is_told_by(&line(LineKind::Care, "2026-07-10", "Dr Hélène CANEVAS-LABRUME")));
}

#[test]
fn a_line_that_is_long_or_vague_is_left_out_when_the_care_may_lie_within() {
    let secret = SecretCare::of([&document(true)]);
    let stay = Line { until: When::from_iso("2026-08-15"), ..line(LineKind::Stay, "2026-06-01", "Dr Anne EXEMPLE") };
    assert!(secret.is_told_by(&stay));
    for vague in ["2026-07", "2026"] {
        assert!(secret.is_told_by(&line(LineKind::Care, vague, "Dr Anne EXEMPLE")), "{vague}");
    }
    assert!(!secret.is_told_by(&line(LineKind::Care, "2026-02", "Dr Anne EXEMPLE")));
}

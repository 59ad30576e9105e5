//! The insurer's lines of a synthetic town.

use std::collections::BTreeSet;

use dmp_core::reimbursement::{FeedSystem, LineKind};
use dmp_core::summary::When;
use dmp_synth::{FeedForm, Town, write_line};
use jiff::civil::date;

fn town() -> Town {
    Town::new(7, 200, date(2026, 11, 1))
}

#[test]
fn every_line_has_a_sound_code_a_number_of_its_own_and_a_day_in_the_time() {
    let town = town();
    let (mut kinds, mut numbers) = (BTreeSet::new(), BTreeSet::new());
    for index in 0..town.patients() {
        for line in town.reimbursements_exactly(index, 24, 40) {
            let system = FeedSystem::find(&line.code.system).unwrap();
            assert!(system.accepts(&line.code.code), "{} {}", system.word(), line.code.code);
            assert!(line.date >= When::day(2024, 11, 1) && line.date <= When::day(2026, 11, 1), "{:?}", line.date);
            assert!(line.until.is_none_or(|until| until >= line.date && line.kind == LineKind::Stay));
            assert!(numbers.insert(line.id.clone()), "{} stands twice", line.id);
            kinds.insert(line.kind);
        }
    }
    assert_eq!(numbers.len(), 8000);
    assert_eq!(kinds.len(), LineKind::ALL.len(), "every kind occurs: {kinds:?}");
}

#[test]
fn a_longer_look_back_gives_the_same_lines_and_older_ones() {
    let town = town();
    for index in 0..40 {
        let (short, long) = (town.reimbursements_of(index, 6), town.reimbursements_of(index, 24));
        // The first day of the shorter time may be cut in two by a stay that began before it.
        let whole: Vec<_> = short.iter().filter(|line| line.date > When::day(2026, 5, 1)).collect();
        assert!(whole.iter().all(|line| long.contains(line)), "person {index}");
        assert_eq!(town.reimbursements_of(index, 6), short);
    }
}

#[test]
fn chronic_medicines_come_month_after_month() {
    let refilled = (0..200).filter(|index| {
        let lines = town().reimbursements_of(*index, 24);
        lines.iter().filter(|line| line.kind == LineKind::Medicine).any(|line| lines.iter().filter(|other| other.code == line.code).count() >= 20)
    });
    assert!(refilled.count() > 20);
}

#[test]
fn texts_are_escaped_in_both_forms() {
    let town = town();
    let mut line = town.reimbursements_exactly(0, 24, 1).remove(0);
    line.code.display = "a \"b\"; c\\d\\\"".to_owned();
    let ins = town.person(0).unwrap().ins;
    let (mut json, mut csv) = (Vec::new(), Vec::new());
    write_line(&mut json, FeedForm::Ndjson, &ins, &line).unwrap();
    write_line(&mut csv, FeedForm::Csv, &ins, &line).unwrap();
    assert!(String::from_utf8(json).unwrap().contains(r#""label":"a \"b\"; c\\d\\\"""#));
    assert!(String::from_utf8(csv).unwrap().contains(r#";"a ""b""; c\d\""";"#));
}

//! Guardianship and the invitation of a helper: every standing × every step, and the standing as a function of the moment.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::Moment;
use dmp_core::identity::PersonName;
use dmp_core::record::{Impossible, MandateState, MandateStep, Representative, RepresentativeKind, Scope, Standing};

fn at(seconds: i64) -> Moment {
    now().plus_seconds(seconds)
}

fn line(state: MandateState, from: i64, until: Option<i64>, answer_by: Option<i64>) -> Representative {
    let one = Representative::in_force(RepresentativeKind::Helper, "person:2", PersonName::new("Claude", "EXEMPLE"), at(from));
    Representative { state, until: until.map(at), answer_by: answer_by.map(at), ..one }
}

#[test]
fn where_a_line_stands_follows_from_its_state_and_the_moment() {
    use MandateState::{Accepted, Ended, Pending, Refused};
    for (state, from, until, answer_by, standing) in [
        (Pending, 0, None, None, Standing::Invited),
        (Pending, 0, None, Some(1), Standing::Invited),
        (Pending, 10, Some(20), Some(1), Standing::Invited),
        (Pending, 0, None, Some(0), Standing::Lapsed),
        (Pending, -9, Some(0), None, Standing::Lapsed),
        (Refused, 0, None, None, Standing::Refused),
        (Accepted, 1, None, None, Standing::NotYet),
        (Accepted, 0, None, Some(-5), Standing::InForce),
        (Accepted, 0, Some(1), None, Standing::InForce),
        (Accepted, -9, Some(0), None, Standing::Over),
        (Ended, 0, None, None, Standing::Over),
    ] {
        assert_eq!(line(state, from, until, answer_by).standing(now()), standing, "{state:?} {from} {until:?} {answer_by:?}");
    }
}

#[test]
fn every_standing_takes_or_names_every_step() {
    use MandateState::{Accepted, Ended, Pending, Refused};
    let no = |code| Err(Impossible(code));
    let (answered, lapsed, over) = (|| no("invitation-answered"), || no("invitation-over"), || no("mandate-over"));
    // Accept, decline, end.
    let table: [(Representative, [Result<MandateState, Impossible>; 3]); 7] = [
        (line(Pending, 0, None, Some(1)), [Ok(Accepted), Ok(Refused), Ok(Ended)]),
        (line(Pending, 0, None, Some(0)), [lapsed(), lapsed(), Ok(Ended)]),
        (line(Refused, 0, None, None), [answered(), answered(), over()]),
        (line(Accepted, 1, None, None), [answered(), answered(), Ok(Ended)]),
        (line(Accepted, 0, None, None), [answered(), answered(), Ok(Ended)]),
        (line(Accepted, -9, Some(0), None), [answered(), answered(), over()]),
        (line(Ended, 0, None, None), [answered(), answered(), over()]),
    ];
    for (state, outcomes) in table {
        for (step, outcome) in [MandateStep::Accept, MandateStep::Decline, MandateStep::End].into_iter().zip(outcomes) {
            assert_eq!(state.step(step, now()).map(|line| line.state), outcome, "{:?} {step:?}", state.standing(now()));
        }
    }
}

#[test]
fn an_ended_mandate_ends_at_that_moment_and_stays_in_the_list() {
    let ended = line(MandateState::Accepted, -9, Some(900), None).step(MandateStep::End, now()).unwrap();
    assert_eq!((ended.until, ended.standing(at(-1)), ended.standing(now())), (Some(now()), Standing::Over, Standing::Over));
}

#[test]
fn a_measure_protects_the_adult_from_its_first_to_its_last_day() {
    let measure = |from, until| {
        let one = Representative { kind: RepresentativeKind::Guardian, ..line(MandateState::Accepted, from, until, None) };
        dmp_core::record::Head { representatives: vec![one], ..head() }
    };
    assert!(measure(0, Some(1)).is_protected(now()));
    assert!(!measure(1, None).is_protected(now()));
    assert!(!measure(-9, Some(0)).is_protected(now()));
    let mut goods = measure(0, None);
    goods.representatives[0].scope = Scope::Property;
    assert!(!goods.is_protected(now()));
}

#[test]
fn of_several_lines_of_one_account_the_one_in_force_is_told() {
    let lines =
        vec![line(MandateState::Ended, -9, Some(-5), None), line(MandateState::Accepted, -1, None, None), line(MandateState::Pending, 5, None, None)];
    let told = |representatives: Vec<Representative>| {
        let head = dmp_core::record::Head { representatives, ..head() };
        head.representative("person:2", &[RepresentativeKind::Helper], now()).unwrap().standing(now())
    };
    assert_eq!(told(lines.clone()), Standing::InForce);
    assert_eq!(told(vec![lines[0].clone(), lines[2].clone()]), Standing::Invited);
    assert_eq!(told(vec![lines[0].clone()]), Standing::Over);
}

#[test]
fn majority_is_the_day_of_the_eighteenth_birthday() {
    let born = |text: &str| {
        let mut head = head();
        head.traits.birth_date = dmp_core::identity::BirthDate::parse(text).unwrap();
        head
    };
    for (birth, majority) in [
        ("2008-07-03", "2026-07-03T00:00:00Z"),
        ("2008-02-29", "2026-03-01T00:00:00Z"),
        ("2008-06", "2026-07-01T00:00:00Z"),
        ("2008", "2026-12-31T00:00:00Z"),
    ] {
        let (head, majority) = (born(birth), Moment::parse_fhir(majority).unwrap());
        assert_eq!(head.majority_at(), Some(majority), "{birth}");
        assert!(head.is_minor(majority.plus_seconds(-1)) && !head.is_minor(majority), "{birth}");
    }
}

//! An episode of care: every state × every step.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::identity::{StructIdNat, Structure};
use dmp_core::record::{Episode, EpisodeStep, Impossible, TeamMember};
use dmp_core::{EntryId, Moment};

fn at(seconds: i64) -> Moment {
    now().plus_seconds(seconds)
}

fn episode(from: i64, until: Option<i64>, informed: bool, opposed: bool) -> Episode {
    Episode {
        id: EntryId([7; 16]),
        structure: Structure { id: StructIdNat::parse("1120456789").unwrap(), name: "Hôpital fictif".into() },
        unit: None,
        members: Vec::new(),
        from: at(from),
        until: until.map(at),
        informed_at: informed.then(|| at(from)),
        opposed_at: opposed.then(|| at(from)),
        declared_by: "ps:801234567897".into(),
    }
}

fn steps() -> [EpisodeStep; 4] {
    let members = vec![TeamMember { account: "ps:800000000002".into(), name: String::new() }];
    [
        EpisodeStep::Change { unit: Some("Cardiologie".into()), members, until: Some(at(500)) },
        EpisodeStep::Inform,
        EpisodeStep::Oppose,
        EpisodeStep::End,
    ]
}

/// What counts: number of members, told, refused, end.
type Seen = (usize, bool, bool, Option<Moment>);

#[test]
fn every_episode_takes_or_names_every_step() {
    let no = |code| Err(Impossible(code));
    let over = || no("episode-over");
    let table: [(Episode, [Result<Seen, Impossible>; 4]); 5] = [
        (
            episode(10, None, false, false),
            [Ok((1, false, false, Some(at(500)))), Ok((0, true, false, None)), Ok((0, false, true, None)), Ok((0, false, false, Some(at(10))))],
        ),
        (
            episode(0, None, false, false),
            [Ok((1, false, false, Some(at(500)))), Ok((0, true, false, None)), Ok((0, false, true, None)), Ok((0, false, false, Some(now())))],
        ),
        (
            episode(-10, Some(90), true, false),
            [
                Ok((1, true, false, Some(at(500)))),
                Ok((0, true, false, Some(at(90)))),
                Ok((0, true, true, Some(at(90)))),
                Ok((0, true, false, Some(now()))),
            ],
        ),
        (
            // Another staff does not lift the refusal.
            episode(-10, None, true, true),
            [Ok((1, true, true, Some(at(500)))), Ok((0, true, true, None)), no("episode-opposed"), Ok((0, true, true, Some(now())))],
        ),
        (episode(-10, Some(0), true, false), [over(), over(), over(), over()]),
    ];
    for (state, outcomes) in table {
        for (step, outcome) in steps().into_iter().zip(outcomes) {
            let after = state.step(step.clone(), now());
            let seen = after.map(|after| (after.members.len(), after.informed_at.is_some(), after.opposed_at.is_some(), after.until));
            assert_eq!(seen, outcome, "{:?} {step:?}", (state.from, state.until));
        }
    }
}

#[test]
fn an_episode_does_not_end_before_it_begins() {
    let change = EpisodeStep::Change { unit: None, members: Vec::new(), until: Some(at(-20)) };
    assert_eq!(episode(-10, None, true, false).step(change, now()), Err(Impossible("episode-period")));
}

#[test]
fn the_first_information_is_the_one_that_is_kept() {
    let told = episode(-10, None, true, false).step(EpisodeStep::Inform, now()).unwrap();
    assert_eq!(told.informed_at, Some(at(-10)));
}

//! A campaign of invitations: agents alone, two of them to begin, one to stop, and about nobody's record.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::access::{Act, Caller, CallerKind, Facts, Reason, RecordState};
use dmp_core::record::Regime;

fn nobody(regime: Regime, seconded: bool) -> Facts {
    let mut facts = Facts::without_record(regime);
    facts.relation.seconded = seconded;
    facts
}

const ONE_HAND: [Act; 3] = [Act::ProposeCampaign, Act::StopCampaign, Act::ReadCampaigns];

#[test]
fn one_agent_proposes_stops_and_reads_and_another_confirms() {
    let agent = caller(CallerKind::Agent);
    for regime in [Regime::A, Regime::B] {
        for act in ONE_HAND {
            permits(act, &agent, &nobody(regime, false));
        }
        refuses(Act::ConfirmCampaign, &agent, &nobody(regime, false), Reason::SecondPersonMissing);
        permits(Act::ConfirmCampaign, &agent, &nobody(regime, true));
    }
}

#[test]
fn nobody_else_has_to_do_with_one_and_an_agent_has_a_name() {
    let all = [ONE_HAND.as_slice(), &[Act::ConfirmCampaign]].concat();
    assert!(all.iter().all(|act| act.is_about_a_campaign()));
    let others = [
        caller(CallerKind::Patient),
        caller(CallerKind::Representative),
        caller(CallerKind::Organization),
        caller(CallerKind::Operator),
        caller(CallerKind::Insurer),
        Caller { name: None, ..caller(CallerKind::Automaton) },
        professional("G15/10"),
    ];
    for act in all {
        for other in &others {
            assert!(!judge(act, other, &nobody(Regime::B, true).of_their_own()).is_permitted(), "{act:?} by {:?}", other.kind);
        }
        refuses(act, &Caller { name: None, ..caller(CallerKind::Agent) }, &nobody(Regime::B, true), Reason::NobodyNamed);
        for state in [RecordState::Open, RecordState::Closed] {
            let about = with(|facts| (facts.record.state, facts.relation.seconded) = (state, true));
            assert!(!judge(act, &caller(CallerKind::Agent), &about).is_permitted(), "{act:?} about a record");
        }
    }
}

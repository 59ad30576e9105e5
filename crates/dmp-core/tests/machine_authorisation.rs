//! The line of one professional on the person's list: every state × every step.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::identity::{PersonName, Profession};
use dmp_core::record::{Authorisation, Effect, Habilitation, Impossible, ListStep};

fn who() -> Habilitation {
    Habilitation {
        account: "ps:801234567897".into(),
        name: PersonName::new("Anne", "EXEMPLE"),
        profession: Profession::parse("G15/10").unwrap(),
        structure: None,
    }
}

fn line(effect: Effect, medecin_traitant: bool, administrator: bool) -> Authorisation {
    let Habilitation { account, name, profession, structure } = who();
    let since = now().plus_days(-9);
    Authorisation {
        account,
        name,
        profession,
        structure,
        effect,
        since,
        last_action: since,
        until: None,
        medecin_traitant,
        administrator,
        recorded_by: "person:1".into(),
    }
}

/// What counts of a line: effect, role, administrator, whether it began anew.
type Seen = Option<(Effect, bool, bool, bool)>;

/// A line, and what each step makes of it.
type Row = (Option<Authorisation>, [Result<Seen, Impossible>; 8]);

fn seen(line: Option<Authorisation>) -> Seen {
    line.map(|line| (line.effect, line.medecin_traitant, line.administrator, line.since == now()))
}

fn steps() -> [ListStep; 8] {
    [
        ListStep::Authorise { who: who(), until: None, medecin_traitant: false },
        ListStep::Authorise { who: who(), until: None, medecin_traitant: true },
        ListStep::Revoke,
        ListStep::Block { who: who() },
        ListStep::Unblock,
        ListStep::EndMedecinTraitant,
        ListStep::NameAdministrator(true),
        ListStep::NameAdministrator(false),
    ]
}

#[test]
fn every_line_takes_or_names_every_step() {
    let (permit, deny) = (Effect::Permit, Effect::Deny);
    let no = || Err(Impossible("authorisation-not-found"));
    let blocked = || Err(Impossible("professional-blocked"));
    let table: [Row; 5] = [
        (
            None,
            [
                Ok(Some((permit, false, false, true))),
                Ok(Some((permit, true, false, true))),
                no(),
                Ok(Some((deny, false, false, true))),
                no(),
                no(),
                no(),
                no(),
            ],
        ),
        (
            Some(line(permit, false, false)),
            [
                Ok(Some((permit, false, false, false))),
                Ok(Some((permit, true, false, false))),
                Ok(None),
                Ok(Some((deny, false, false, true))),
                no(),
                no(),
                Ok(Some((permit, false, true, false))),
                Ok(Some((permit, false, false, false))),
            ],
        ),
        (
            Some(line(permit, true, false)),
            [
                // AJOUT without the role takes the role away.
                Ok(Some((permit, false, false, false))),
                Ok(Some((permit, true, false, false))),
                Ok(None),
                Ok(Some((deny, false, false, true))),
                no(),
                Ok(Some((permit, false, false, false))),
                Ok(Some((permit, true, true, false))),
                Ok(Some((permit, true, false, false))),
            ],
        ),
        (
            Some(line(permit, true, true)),
            [
                Ok(Some((permit, false, true, false))),
                Ok(Some((permit, true, true, false))),
                Ok(None),
                Ok(Some((deny, false, false, true))),
                no(),
                Ok(Some((permit, false, true, false))),
                Ok(Some((permit, true, true, false))),
                Ok(Some((permit, true, false, false))),
            ],
        ),
        (
            // Unblocking restores nothing: no line is left.
            Some(line(deny, false, false)),
            [blocked(), blocked(), no(), Ok(Some((deny, false, false, false))), Ok(None), no(), no(), no()],
        ),
    ];
    for (state, outcomes) in table {
        for (step, outcome) in steps().into_iter().zip(outcomes) {
            let after = Authorisation::step(state.as_ref(), step.clone(), "person:1", now()).map(seen);
            assert_eq!(after, outcome, "{:?} {step:?}", state.as_ref().map(|line| (line.effect, line.medecin_traitant)));
        }
    }
}

#[test]
fn there_is_one_medecin_traitant_and_the_new_one_ends_the_role_of_the_old() {
    let mut head = common::head();
    let other = Habilitation { account: "ps:800000000002".into(), ..who() };
    let declare = |who: Habilitation| ListStep::Authorise { who, until: None, medecin_traitant: true };
    head.list_step(&who().account, declare(who()), "person:1", now()).unwrap();
    head.list_step(&other.account, declare(other.clone()), "person:1", now()).unwrap();
    let holders: Vec<&str> = head.authorisations.iter().filter(|line| line.medecin_traitant).map(|line| line.account.as_str()).collect();
    assert_eq!(holders, [other.account.as_str()]);
    assert_eq!(head.authorisations.len(), 2, "the first one stays authorised");
    head.list_step(&other.account, ListStep::Block { who: other.clone() }, "person:1", now()).unwrap();
    assert!(head.authorisations.iter().all(|line| !line.medecin_traitant), "a block ends the role");
    let before = head.clone();
    assert_eq!(head.list_step(&other.account, declare(other.clone()), "person:1", now()), Err(Impossible("professional-blocked")));
    assert_eq!(head, before, "a step that is refused changes nothing");
}

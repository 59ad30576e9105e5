//! What holds in every situation: thousands of situations, drawn the same way at each run, every act, every kind of caller.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what went wrong by panicking"
)]

mod common;

use common::*;
use dmp_core::access::{
    Act, Attestation, AuthorisationState, Caller, CallerKind, Colleague, EntryFacts, Facts, MandateFacts, Matrix, OwnOpening, Purpose, Question,
    Reason, RecordFacts, RecordState, Relation, SubjectFacts, TeamFacts, Verdict, decide, rules,
};
use dmp_core::document::AvailabilityStatus;
use dmp_core::identity::{PersonName, Profession};
use dmp_core::record::{ClosureReason, MandateState, Regime, RepresentativeKind, Scope};

/// A small generator of reproducible choices (64-bit LCG of Knuth's MMIX).
struct Choices(u64);

impl Choices {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count
    }

    fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    fn of<T: Clone>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())].clone()
    }
}

fn any_caller(kind: CallerKind, draw: &mut Choices) -> Caller {
    let professions = ["G15/10", "G15/60", "G15/21", "G15/98", "G15/31", "G16/10", "R95/93", "R85/331", "A00/AUTOMATE"];
    let attested = Attestation { unable_to_consent: true, immediate_risk: true };
    let glass =
        |reason: &str| Purpose::BreakGlass { reason: reason.into(), attested, until: now().plus_seconds(if reason == "late" { -1 } else { 1_800 }) };
    Caller {
        account: "account".into(),
        kind,
        name: (draw.below(4) > 0).then(|| PersonName::new("Camille", "EXEMPLE")),
        profession: (draw.below(8) > 0).then(|| Profession::parse(draw.of(&professions)).unwrap()),
        specialty: draw.of(&[None, Some("SM26".into()), Some("SM25".into())]),
        supervised: draw.coin(),
        structure: (draw.below(8) > 0).then(structure),
        purpose: draw.of(&[Purpose::Normal, Purpose::Normal, glass("motif"), glass("late"), glass(""), Purpose::RegulationCentre]),
        regulating_physician: draw.coin(),
        secret_connection: draw.below(4) == 0,
        consent_now: draw.coin(),
        consent_collected_by: (draw.below(4) == 0).then(|| Colleague { account: "ps:colleague".into() }),
        software: None,
        units: Vec::new(),
        app: None,
    }
}

fn any_facts(draw: &mut Choices) -> Facts {
    let open = RecordState::Open;
    let states = [
        open,
        open,
        open,
        RecordState::None,
        RecordState::Closed,
        RecordState::Suspended,
        RecordState::Deceased,
        RecordState::Destroyed,
        RecordState::Merged,
    ];
    let moments = [None, Some(now().plus_days(-4_000)), Some(now().plus_days(-60)), Some(now().plus_days(-1)), Some(now().plus_days(1))];
    let authorisations = [AuthorisationState::Valid, AuthorisationState::Expired, AuthorisationState::None, AuthorisationState::Forbidden];
    Facts {
        record: RecordFacts {
            state: draw.of(&states),
            regime: draw.of(&[Regime::A, Regime::B]),
            team_consent: draw.coin(),
            minor: draw.coin(),
            allow_break_glass: draw.coin(),
            allow_regulation_centre: draw.coin(),
            masked_in_emergency: draw.coin(),
            occupational_consent: draw.coin(),
            all_masked: draw.below(4) == 0,
            protected: draw.below(4) == 0,
            representatives: draw.of(&[0, 1, 2, 3]),
            helpers: draw.of(&[0, 1, 2, 3, 4]),
            letter_sent_at: draw.of(&moments),
            objected: draw.coin(),
            closed_at: draw.of(&moments),
            closure: draw.of(&[None, Some(ClosureReason::Request), Some(ClosureReason::Death), Some(ClosureReason::Fraud)]),
            destruction_requested: draw.coin(),
            suspended_at: draw.of(&moments),
            suspension_objected: draw.coin(),
            paper_waits: draw.coin(),
        },
        relation: Relation {
            own_record: draw.coin(),
            authorisation: draw.of(&authorisations),
            mandate: (draw.below(4) > 0).then(|| any_mandate(draw)),
            care_team: draw.coin().then(|| any_team(draw)),
            medecin_traitant: draw.below(4) == 0,
            administrator: draw.below(4) == 0,
            unable_to_consent: draw.coin(),
            immediate_risk: draw.coin(),
            break_glass_quota_reached: draw.below(4) == 0,
            colleague_blocked: draw.below(4) == 0,
            own_structures_episode: draw.coin(),
            own_structures_document: draw.coin(),
            seconded: draw.coin(),
            persons_helped: draw.of(&[0, 1, 4, 5, 6]),
            app: None,
            own_opening: draw.coin().then(|| OwnOpening { at: now(), untouched: draw.coin() }),
        },
        entry: (draw.below(8) > 0).then(|| any_entry(draw)),
        subject: (draw.below(4) > 0).then(|| SubjectFacts {
            is_caller: draw.coin(),
            professional: draw.coin(),
            doctor: draw.coin(),
            blocked: draw.coin(),
            authorised: draw.coin(),
        }),
        other: draw.of(&[None, Some(RecordState::Open), Some(RecordState::None), Some(RecordState::Merged), Some(RecordState::Closed)]),
    }
}

fn any_mandate(draw: &mut Choices) -> MandateFacts {
    let accepted = MandateState::Accepted;
    MandateFacts {
        kind: draw.of(&[RepresentativeKind::Parent, RepresentativeKind::Guardian, RepresentativeKind::Helper]),
        scope: draw.of(&[Scope::Person, Scope::Person, Scope::Person, Scope::Property, Scope::Assistance]),
        state: draw.of(&[accepted, accepted, accepted, MandateState::Pending, MandateState::Refused, MandateState::Ended]),
        from: draw.of(&[now().plus_days(-100), now().plus_days(-1), now().plus_days(1)]),
        until: draw.of(&[None, None, Some(now().plus_days(1)), Some(now())]),
        answer_by: draw.of(&[None, Some(now().plus_days(1)), Some(now())]),
    }
}

fn any_team(draw: &mut Choices) -> TeamFacts {
    TeamFacts {
        from: draw.of(&[now().plus_days(-1), now().plus_days(-1), now().plus_days(1)]),
        until: draw.of(&[None, Some(now().plus_days(1)), Some(now())]),
        informed: draw.below(4) > 0,
        opposed: draw.below(4) == 0,
    }
}

fn any_entry(draw: &mut Choices) -> EntryFacts {
    let types = ["11488-4", "11502-2", "68599-0", "ATTEST-RESID", "EXPPAT_3", "DOCPAT03", "REMB", "55115-0", "00000-0"];
    let current = AvailabilityStatus::deposited();
    EntryFacts {
        type_code: draw.of(&types).into(),
        status: draw.of(&[current, current, archived(), deprecated(), deleted()]),
        masked: draw.below(3) == 0,
        invisible_to_patient: draw.below(3) == 0,
        invisible_to_representatives: draw.below(3) == 0,
        deposited_at: draw.of(&[now().plus_days(-1), now().plus_days(-60)]),
        announced: draw.coin(),
        patient_authored: draw.coin(),
        written_by_caller: draw.coin(),
    }
}

/// Judges every act of every kind of caller in many situations.
fn everywhere(mut check: impl FnMut(&Question<'_>)) {
    let matrix = Matrix::reconstruction();
    let mut draw = Choices(2026);
    for _ in 0..250 {
        let facts = any_facts(&mut draw);
        for kind in kinds() {
            let caller = any_caller(kind, &mut draw);
            for act in Act::ALL {
                check(&Question { act, caller: &caller, facts: &facts, matrix: &matrix, now: now() });
            }
        }
    }
}

fn permitted(question: &Question<'_>) -> bool {
    decide(question.act, question.caller, question.facts, question.matrix, question.now).is_permitted()
}

#[test]
fn one_forbid_refuses_and_a_permit_is_needed() {
    let mut seen = [0_usize; 2];
    everywhere(|question| {
        let verdicts: Vec<Verdict> = rules::ALL.iter().map(|(_, rule)| rule(question)).collect();
        let forbids = verdicts.iter().any(|verdict| matches!(verdict, Verdict::Forbid(_)));
        let permits = verdicts.contains(&Verdict::Permit);
        assert_eq!(permitted(question), permits && !forbids, "{question:?}");
        seen[usize::from(permits && !forbids)] += 1;
    });
    assert!(seen[0] > 300 && seen[1] > 300, "the situations are too much alike: {seen:?}");
}

#[test]
fn a_decision_names_only_the_rules_that_made_it_and_a_refusal_its_reason() {
    everywhere(|question| {
        let decision = decide(question.act, question.caller, question.facts, question.matrix, question.now);
        for (name, rule) in rules::ALL {
            let made_it = match rule(question) {
                Verdict::Permit => decision.is_permitted(),
                Verdict::Forbid(_) => true,
                Verdict::Silent => false,
            };
            assert_eq!(decision.rules().contains(&name), made_it, "{name} {question:?}");
        }
        assert_eq!(decision.reason().is_some(), !decision.is_permitted());
    });
}

#[test]
fn a_reason_that_conceals_is_told_before_any_other() {
    everywhere(|question| {
        let conceals = rules::ALL.iter().any(|(_, rule)| matches!(rule(question), Verdict::Forbid(reason) if reason.conceals()));
        let decision = decide(question.act, question.caller, question.facts, question.matrix, question.now);
        assert_eq!(decision.reason().is_some_and(Reason::conceals), conceals, "{question:?}");
    });
}

#[test]
fn no_rule_ever_permits_an_insurer_a_mutual_or_an_employer() {
    everywhere(|question| {
        if matches!(question.caller.kind, CallerKind::Insurer | CallerKind::Mutual | CallerKind::Employer) {
            assert!(!permitted(question));
            for (name, rule) in rules::ALL {
                assert_ne!(rule(question), Verdict::Permit, "{name} {question:?}");
            }
        }
    });
}

#[test]
fn agents_operators_automata_touch_no_document() {
    everywhere(|question| {
        let outside = matches!(question.caller.kind, CallerKind::Agent | CallerKind::Operator | CallerKind::Automaton);
        assert!(!(outside && question.act.is_clinical() && permitted(question)), "{question:?}");
    });
}

#[test]
fn nobody_reads_without_a_name() {
    everywhere(|question| {
        let nameless = question.caller.name.is_none() || question.caller.kind == CallerKind::Organization;
        assert!(!(nameless && question.act.is_reading() && permitted(question)), "{question:?}");
    });
}

#[test]
fn the_persons_side_acts_on_its_own_record_alone() {
    everywhere(|question| {
        let side = matches!(question.caller.kind, CallerKind::Patient | CallerKind::Representative | CallerKind::Helper);
        assert!(!(side && !question.facts.relation.own_record && permitted(question)), "{question:?}");
    });
}

#[test]
fn nothing_clinical_happens_outside_an_open_record() {
    everywhere(|question| {
        let open = question.facts.record.state == RecordState::Open;
        assert!(!(!open && question.act.is_clinical() && permitted(question)), "{question:?}");
    });
}

#[test]
fn a_deleted_document_is_out_of_reach() {
    everywhere(|question| {
        let deleted = question.facts.entry.as_ref().is_some_and(|entry| entry.status.is_deleted());
        assert!(!(deleted && question.act.is_clinical() && permitted(question)), "{question:?}");
    });
}

#[test]
fn a_blocked_caller_checks_and_takes_back_or_answers_for_his_own_and_no_more() {
    everywhere(|question| {
        let blocked = question.facts.relation.authorisation == AuthorisationState::Forbidden;
        let wrote = question.facts.entry.as_ref().is_some_and(|entry| entry.written_by_caller);
        // The person asks the author to correct a document: whoever they block still owes them the answer.
        let answers = wrote && matches!(question.act, Act::SeeCorrection | Act::AnswerCorrection);
        let left = answers || matches!(question.act, Act::CheckAccess | Act::Delete);
        assert!(!(blocked && !left && permitted(question)), "{question:?}");
    });
}

#[test]
fn a_professional_reads_only_what_the_matrix_gives_the_profession() {
    everywhere(|question| {
        let Some(entry) = &question.facts.entry else { return };
        if question.caller.kind == CallerKind::Professional && question.act.is_reading() && permitted(question) {
            let profession = question.caller.profession.as_ref().expect("no profession, no reading");
            let row = Profession::parse(&format!("G15/{}", profession.code())).unwrap();
            assert!(question.matrix.cell(&row, &entry.type_code).is_some_and(|cell| cell.read), "{question:?}");
            assert!(!profession.is_student() || question.caller.supervised);
        }
    });
}

#[test]
fn a_masked_document_is_read_only_by_those_whom_the_law_names() {
    everywhere(|question| {
        let Some(entry) = &question.facts.entry else { return };
        let masked = entry.masked || question.facts.record.all_masked;
        if question.caller.kind == CallerKind::Professional && masked && question.act.is_reading() && permitted(question) {
            let relation = &question.facts.relation;
            let emergency = question.caller.purpose != Purpose::Normal && question.facts.record.masked_in_emergency;
            assert!(entry.written_by_caller || relation.medecin_traitant || relation.administrator || emergency, "{question:?}");
        }
    });
}

#[test]
fn an_emergency_mode_never_changes_what_is_there() {
    everywhere(|question| {
        let emergency = question.caller.purpose != Purpose::Normal;
        let glass = matches!(question.caller.purpose, Purpose::BreakGlass { .. });
        let harmless = question.act.is_reading() || question.act == Act::CheckAccess || (glass && question.act.is_feeding());
        assert!(!(emergency && !harmless && permitted(question)), "{question:?}");
    });
}

#[test]
fn whoever_takes_a_right_away_from_the_situation_never_gains_an_act() {
    everywhere(|question| {
        if permitted(question) {
            return;
        }
        let mut less = question.facts.clone();
        less.relation.care_team = None;
        less.relation.medecin_traitant = false;
        less.relation.administrator = false;
        less.record.occupational_consent = false;
        less.record.team_consent = false;
        let mut caller = question.caller.clone();
        caller.consent_now = false;
        assert!(!decide(question.act, &caller, &less, question.matrix, question.now).is_permitted(), "{question:?}");
    });
}

#[test]
fn an_empty_matrix_lets_no_professional_read() {
    let empty = Matrix::empty("none");
    everywhere(|question| {
        if question.caller.kind == CallerKind::Professional && question.facts.entry.is_some() && question.act.is_reading() {
            assert!(!decide(question.act, question.caller, question.facts, &empty, question.now).is_permitted());
        }
    });
}

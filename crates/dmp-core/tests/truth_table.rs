//! The truth table: personas × acts × situations, committed as text, so that a change of the law is a
//! difference that a doctor can read. `UPDATE_TRUTH_TABLE=1` writes it anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use std::fmt::Write;
use std::path::Path;

use common::*;
use dmp_core::access::{Act, AuthorisationState, Caller, CallerKind, EntryFacts, Facts, MandateFacts, OwnOpening, Purpose, Reason, RecordState};
use dmp_core::record::{Regime, RepresentativeKind, Scope};

type Persona = (&'static str, fn() -> (Caller, Facts));
type Situation = (&'static str, &'static str, fn(&mut Caller, &mut Facts));

const PERSONAS: [Persona; 28] = [
    ("the person", || (caller(CallerKind::Patient), own(|_| {}))),
    ("a minor", || (caller(CallerKind::Patient), own(|facts| facts.record.minor = true))),
    ("representative", || (caller(CallerKind::Representative), own(|_| {}))),
    ("parent", || (caller(CallerKind::Representative), own(|facts| facts.record.minor = true))),
    ("parent at majority", || (caller(CallerKind::Representative), own(|facts| facts.relation.mandate = Some(mandate(RepresentativeKind::Parent))))),
    ("guardian of goods", || {
        let goods = MandateFacts { scope: Scope::Property, ..mandate(RepresentativeKind::Guardian) };
        (caller(CallerKind::Representative), own(|facts| facts.relation.mandate = Some(goods)))
    }),
    ("helper", || (caller(CallerKind::Helper), own(|_| {}))),
    ("the person's app", || (through_an_app(CallerKind::Patient), own(allow_app))),
    ("a parent's app", || {
        (
            through_an_app(CallerKind::Representative),
            own(|facts| {
                facts.record.minor = true;
                allow_app(facts);
            }),
        )
    }),
    ("doctor", || (professional("G15/10"), situation())),
    ("médecin traitant", || (professional("G15/10"), with(|facts| facts.relation.medecin_traitant = true))),
    ("administrator", || (professional("G15/10"), with(|facts| facts.relation.administrator = true))),
    ("nurse", || (professional("G15/60"), situation())),
    ("pharmacist", || (professional("G15/21"), situation())),
    ("dentist", || (professional("G15/40"), situation())),
    ("optician", || (professional("G15/28"), situation())),
    ("psychologist", || (professional("R95/93"), situation())),
    ("medical secretary", || (professional("A00/SECRETARIAT_MEDICAL"), situation())),
    ("supervised student", || (Caller { supervised: true, ..professional("G16/10") }, situation())),
    ("student alone", || (professional("G16/10"), situation())),
    ("occupational doctor", || (Caller { specialty: Some("SM25".into()), ..professional("G15/10") }, situation())),
    ("… with consent", || {
        (Caller { specialty: Some("SM25".into()), ..professional("G15/10") }, with(|facts| facts.record.occupational_consent = true))
    }),
    ("doctor of the 15", || (regulating(professional("G15/10")), situation())),
    ("hospital certificate", || (caller(CallerKind::Organization), situation())),
    ("counter agent", || (caller(CallerKind::Agent), situation())),
    ("insurer (all kinds)", || (caller(CallerKind::Insurer), situation())),
    ("operator", || (caller(CallerKind::Operator), situation())),
    ("insurance feed", || (caller(CallerKind::ReimbursementFeed), situation())),
];

const SITUATIONS: [Situation; 23] = [
    ("ordinary", "an open record, a report by someone else, nobody authorised", |_, _| {}),
    ("author", "the caller wrote the report", |_, facts| entry(facts).written_by_caller = true),
    ("allowed", "the caller's account is authorised", |_, facts| allow(facts)),
    ("expired", "the authorisation has ended", |_, facts| facts.relation.authorisation = AuthorisationState::Expired),
    ("consent", "the person consents now", |caller, _| caller.consent_now = true),
    ("team", "member of the care team, initial consent given", |_, facts| facts.relation.care_team = Some(team())),
    ("team-no", "member of the care team, no initial consent", |_, facts| {
        (facts.relation.care_team, facts.record.team_consent) = (Some(team()), false)
    }),
    ("blocked", "blocked by the person, consent ticked", |caller, facts| {
        caller.consent_now = true;
        // The person cannot block themself or who represents them.
        if !facts.relation.own_record {
            facts.relation.authorisation = AuthorisationState::Forbidden;
        }
    }),
    ("masked", "authorised; the report is masked", |_, facts| {
        allow(facts);
        entry(facts).masked = true;
    }),
    ("waiting", "authorised; the report waits for its announcement", |_, facts| {
        allow(facts);
        entry(facts).invisible_to_patient = true;
    }),
    ("secret", "authorised; a minor's report hidden from representatives", |_, facts| {
        allow(facts);
        facts.record.minor = true;
        entry(facts).invisible_to_representatives = true;
    }),
    ("psych", "authorised; a psychiatric summary (68599-0)", |_, facts| {
        allow(facts);
        entry(facts).type_code = "68599-0".into();
    }),
    ("patient's", "authorised; a document by the person (DOCPAT03)", |_, facts| {
        allow(facts);
        (entry(facts).type_code, entry(facts).patient_authored) = ("DOCPAT03".into(), true);
    }),
    ("remb", "authorised; reimbursement data (REMB)", |_, facts| {
        allow(facts);
        entry(facts).type_code = "REMB".into();
    }),
    ("deleted", "authorised; the report is deleted", |_, facts| {
        allow(facts);
        entry(facts).status = deleted();
    }),
    ("glass", "break-glass: unable to consent, immediate risk", |caller, facts| glass(caller, facts)),
    ("glass-msk", "the same, masked report", |caller, facts| {
        glass(caller, facts);
        entry(facts).masked = true;
    }),
    ("opposed", "the same, the person opposed break-glass and the 15", |caller, facts| {
        glass(caller, facts);
        (facts.record.allow_break_glass, facts.record.allow_regulation_centre) = (false, false);
    }),
    ("regime A", "authorised, the law of 2016 to 2021", |_, facts| {
        allow(facts);
        facts.record.regime = Regime::A;
    }),
    ("closed", "authorised and consenting; the record is closed", |caller, facts| state(caller, facts, RecordState::Closed)),
    ("opened", "the caller opened the record five minutes ago, and nobody else has acted in it", |_, facts| {
        facts.relation.own_opening = Some(OwnOpening { at: now().plus_seconds(-300), untouched: true });
    }),
    ("none", "consenting; there is no record", |caller, facts| state(caller, facts, RecordState::None)),
    ("deceased", "authorised; the record is frozen on death", |caller, facts| state(caller, facts, RecordState::Deceased)),
];

fn entry(facts: &mut Facts) -> &mut EntryFacts {
    facts.entry.as_mut().unwrap()
}

fn allow(facts: &mut Facts) {
    facts.relation.authorisation = AuthorisationState::Valid;
}

fn glass(caller: &mut Caller, facts: &mut Facts) {
    // The doctor of the 15 keeps the mode of the call; the person's own side has no such mode.
    if caller.kind == CallerKind::Professional && caller.purpose == Purpose::Normal {
        *caller = break_glass(caller.clone());
    }
    (facts.relation.unable_to_consent, facts.relation.immediate_risk) = (true, true);
}

fn state(caller: &mut Caller, facts: &mut Facts, state: RecordState) {
    caller.consent_now = true;
    facts.record.state = state;
    if state != RecordState::None {
        allow(facts);
    }
}

/// A reason in one short word; the exhaustive list is the legend of the table.
fn short(reason: Reason) -> &'static str {
    match reason {
        Reason::NoRulePermits => "–",
        Reason::NobodyNamed => "unnamed",
        Reason::NoRecord => "norecord",
        Reason::RecordClosed => "closed",
        Reason::RecordSuspended => "suspend",
        Reason::RecordFrozen => "frozen",
        Reason::InsurersNever => "never",
        Reason::OccupationalMedicine => "occup",
        Reason::Blocked => "blocked",
        Reason::BreakGlassOpposed => "opp-glas",
        Reason::BreakGlassConditions => "no-emerg",
        Reason::BreakGlassReasonMissing => "no-why",
        Reason::EmergencyReadsOnly => "emerg",
        Reason::RegulationCentreOpposed => "opp-15",
        Reason::NotRegulatingPhysician => "not-15",
        Reason::NotAuthorised => "no-auth",
        Reason::AuthorisationExpired => "expired",
        Reason::TeamConsentMissing => "no-team",
        Reason::NotInMatrix => "matrix°",
        Reason::StudentUnsupervised => "student",
        Reason::Masked => "masked°",
        Reason::WaitsForAnnouncement => "waits°",
        Reason::HiddenFromRepresentatives => "secret°",
        Reason::SecretConnectionOnly => "sec-only",
        Reason::Deleted => "gone°",
        Reason::NotItsAuthor => "author",
        Reason::ProfessionalDocument => "pro-doc",
        Reason::PatientDocument => "pat-doc",
        Reason::ReimbursementDocument => "remb",
        Reason::NotThisKindOfCaller => "kind",
        Reason::NeverContent => "content",
        Reason::NotTheirRecord => "not-own",
        Reason::EmergencyOver => "over",
        Reason::EmergencyQuota => "quota",
        Reason::TeamNotInformed => "no-info",
        Reason::TeamRefused => "ref-team",
        Reason::TooManyHelpers => "helpers",
        Reason::InvitationOver => "inv-over",
        Reason::TooEarly => "early",
        Reason::SecondPersonMissing => "second",
        Reason::OpeningRefused => "ref-open",
        Reason::RecordDestroyed => "destroy",
        Reason::RecordMerged => "merged",
        Reason::AppNotAllowed => "app-no",
        Reason::AppReadsOnly => "app-read",
        Reason::AppScope => "app-part",
    }
}

fn table() -> String {
    let mut out = String::from(
        "Truth table of access. Generated by crates/dmp-core/tests/truth_table.rs; do not edit.\n\
         Matrix: reconstruction. Judged at 2026-07-03T12:00:00Z, regime B unless said.\n\n✓ allowed; otherwise the reason (° answers as if the document did not exist):\n",
    );
    for reason in Reason::ALL {
        writeln!(out, "  {:<9} {}", short(reason), reason.code()).unwrap();
    }
    out.push_str("\nSituations:\n");
    for (name, words, _) in SITUATIONS {
        writeln!(out, "  {name:<9} {words}").unwrap();
    }
    for act in Act::ALL {
        write!(out, "\n{:<20}", format!("{act:?}")).unwrap();
        SITUATIONS.iter().for_each(|(name, _, _)| write!(out, " {name:<9}").unwrap());
        out.truncate(out.trim_end().len());
        out.push('\n');
        for (name, persona) in PERSONAS {
            write!(out, "{name:<20}").unwrap();
            for (_, _, change) in SITUATIONS {
                let (mut caller, mut facts) = persona();
                change(&mut caller, &mut facts);
                let cell = judge(act, &caller, &facts).reason().map_or("✓", short);
                write!(out, " {cell:<9}").unwrap();
            }
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
    }
    out
}

#[test]
fn the_committed_truth_table_is_what_the_rules_decide() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/law/truth-table.txt");
    let table = table();
    if std::env::var_os("UPDATE_TRUTH_TABLE").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<_> = table.lines().zip(written.lines()).filter(|(new, old)| new != old).map(|(new, old)| format!("- {old}\n+ {new}")).collect();
    assert!(
        table == written,
        "the decisions differ from fixtures/law/truth-table.txt; if the law changed, run UPDATE_TRUTH_TABLE=1 cargo test -p dmp-core --test truth_table\n{}",
        changed.join("\n")
    );
}

#[test]
fn every_reason_has_its_own_short_word() {
    for reason in Reason::ALL {
        assert_eq!(Reason::ALL.into_iter().filter(|other| short(*other) == short(reason)).count(), 1, "{reason:?}");
        assert_eq!(short(reason).ends_with('°'), reason.conceals(), "{reason:?}");
    }
}

//! Who reads what: the rules of reading, as sentences.

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
use dmp_core::Moment;
use dmp_core::access::{Act, AuthorisationState, Caller, CallerKind, Facts, Purpose, Reason, RecordState};
use dmp_core::record::Regime;

const READING: [Act; 2] = [Act::List, Act::Consult];

#[track_caller]
fn reads(caller: &Caller, facts: &Facts) {
    for act in READING {
        permits(act, caller, facts);
    }
}

#[track_caller]
fn does_not_read(caller: &Caller, facts: &Facts, reason: Reason) {
    for act in READING {
        refuses(act, caller, facts, reason);
    }
}

// The tie to the person.

#[test]
fn an_authorised_doctor_reads_and_a_stranger_does_not() {
    reads(&professional("G15/10"), &authorised(|_| {}));
    does_not_read(&professional("G15/10"), &situation(), Reason::NotAuthorised);
}

#[test]
fn an_expired_authorisation_is_told_as_such() {
    let expired = with(|facts| facts.relation.authorisation = AuthorisationState::Expired);
    does_not_read(&professional("G15/10"), &expired, Reason::AuthorisationExpired);
    let member = with(|facts| {
        facts.relation.authorisation = AuthorisationState::Expired;
        facts.relation.care_team = Some(team());
        facts.record.team_consent = false;
    });
    does_not_read(&professional("G15/10"), &member, Reason::AuthorisationExpired);
}

#[test]
fn consent_given_now_opens_the_record_to_a_stranger_and_after_an_expired_authorisation() {
    let consenting = Caller { consent_now: true, ..professional("G15/10") };
    reads(&consenting, &situation());
    reads(&consenting, &with(|facts| facts.relation.authorisation = AuthorisationState::Expired));
}

#[test]
fn the_medecin_traitant_and_an_administrator_read() {
    reads(&professional("G15/10"), &with(|facts| facts.relation.medecin_traitant = true));
    reads(&professional("G15/10"), &with(|facts| facts.relation.administrator = true));
}

#[test]
fn the_care_team_reads_once_the_person_consented_at_the_start() {
    reads(&professional("G15/60"), &with(|facts| facts.relation.care_team = Some(team())));
}

#[test]
fn the_care_team_does_not_read_without_the_initial_consent() {
    let no_consent = with(|facts| {
        facts.relation.care_team = Some(team());
        facts.record.team_consent = false;
    });
    does_not_read(&professional("G15/60"), &no_consent, Reason::TeamConsentMissing);
}

#[test]
fn the_initial_consent_to_the_team_does_not_let_a_stranger_in() {
    does_not_read(&professional("G15/60"), &with(|facts| facts.record.team_consent = true), Reason::NotAuthorised);
}

#[test]
fn a_member_of_the_team_without_team_consent_reads_with_a_personal_authorisation() {
    let personal = authorised(|facts| {
        facts.relation.care_team = Some(team());
        facts.record.team_consent = false;
    });
    reads(&professional("G15/60"), &personal);
}

#[test]
fn a_secretary_of_the_team_or_on_the_list_gets_no_list_not_even_an_empty_one() {
    for facts in [with(|facts| facts.relation.care_team = Some(team())), authorised(|_| {})] {
        let whole = Facts { entry: None, ..facts };
        refuses(Act::List, &professional("A00/SECRETARIAT_MEDICAL"), &whole, Reason::NotInMatrix);
        permits(Act::List, &professional("G15/60"), &whole);
    }
}

#[test]
fn a_list_may_be_asked_for_as_a_whole_and_bytes_only_of_a_document() {
    for facts in [authorised(|facts| facts.entry = None), with(|facts| (facts.entry, facts.relation.care_team) = (None, Some(team())))] {
        permits(Act::List, &professional("G15/10"), &facts);
        assert!(!judge(Act::Consult, &professional("G15/10"), &facts).is_permitted());
    }
    let whole = emergency(|facts| facts.entry = None);
    permits(Act::List, &break_glass(professional("G15/10")), &whole);
    assert!(!judge(Act::Consult, &break_glass(professional("G15/10")), &whole).is_permitted());
    permits(Act::List, &caller(CallerKind::Patient), &own(|facts| facts.entry = None));
    refuses(Act::Consult, &caller(CallerKind::Patient), &own(|facts| facts.entry = None), Reason::NoRulePermits);
    refuses(Act::List, &professional("G15/10"), &with(|facts| facts.entry = None), Reason::NotAuthorised);
}

#[test]
fn the_decision_names_the_rules_that_made_it() {
    assert_eq!(judge(Act::Consult, &professional("G15/10"), &authorised(|_| {})).rules(), ["authorisation"]);
    let member = with(|facts| facts.relation.care_team = Some(team()));
    assert_eq!(judge(Act::Consult, &professional("G15/10"), &member).rules(), ["care_team"]);
    let consenting = Caller { consent_now: true, ..professional("G15/10") };
    assert_eq!(judge(Act::Consult, &consenting, &situation()).rules(), ["consent_now"]);
    let traitant = with(|facts| facts.relation.medecin_traitant = true);
    assert_eq!(judge(Act::Consult, &professional("G15/10"), &traitant).rules(), ["medecin_traitant"]);
    let own = judge(Act::Consult, &caller(CallerKind::Patient), &own(|_| {}));
    assert_eq!(own.rules(), ["own_record"]);
    let refused = judge(Act::Consult, &professional("G15/31"), &situation());
    assert_eq!(refused.rules(), ["authorisation", "matrix"]);
}

// Who asks.

#[test]
fn insurers_mutuals_and_employers_read_nothing_whatever_was_agreed() {
    for kind in [CallerKind::Insurer, CallerKind::Mutual, CallerKind::Employer] {
        let agreed = Caller { consent_now: true, ..caller(kind) };
        does_not_read(&agreed, &authorised(|facts| facts.relation.own_record = true), Reason::InsurersNever);
        refuses(Act::CheckAccess, &agreed, &situation(), Reason::InsurersNever);
    }
}

#[test]
fn agents_operators_automata_and_the_insurers_feed_never_see_a_document() {
    for kind in [CallerKind::Agent, CallerKind::Operator, CallerKind::Automaton, CallerKind::ReimbursementFeed] {
        does_not_read(&caller(kind), &authorised(|_| {}), Reason::NeverContent);
        refuses(Act::Mask, &caller(kind), &authorised(|_| {}), Reason::NeverContent);
    }
}

#[test]
fn a_hospital_without_a_named_user_does_not_read() {
    does_not_read(&caller(CallerKind::Organization), &authorised(|_| {}), Reason::NobodyNamed);
}

#[test]
fn a_professional_who_is_not_named_does_not_even_check() {
    let nameless = Caller { name: None, ..professional("G15/10") };
    does_not_read(&nameless, &authorised(|_| {}), Reason::NobodyNamed);
    refuses(Act::CheckAccess, &nameless, &authorised(|_| {}), Reason::NobodyNamed);
    refuses(Act::Publish, &nameless, &authorised(|_| {}), Reason::NobodyNamed);
}

#[test]
fn the_person_reads_their_own_record_and_nobody_elses() {
    for kind in [CallerKind::Patient, CallerKind::Representative, CallerKind::Helper] {
        reads(&caller(kind), &own(|_| {}));
        does_not_read(&caller(kind), &situation(), Reason::NotTheirRecord);
    }
}

#[test]
fn the_person_reads_what_is_masked_archived_or_replaced() {
    let patient = caller(CallerKind::Patient);
    reads(&patient, &own(about(|entry| entry.masked = true)));
    reads(&patient, &own(|facts| facts.record.all_masked = true));
    reads(&patient, &own(about(|entry| entry.status = archived())));
    reads(&patient, &own(about(|entry| entry.status = deprecated())));
}

#[test]
fn a_stranger_does_not_learn_whether_someone_has_a_record() {
    let nobody = Facts::without_record(Regime::B);
    let patient = caller(CallerKind::Patient);
    refuses(Act::CheckAccess, &patient, &nobody, Reason::NotTheirRecord);
    refuses(Act::CheckAccess, &patient, &situation(), Reason::NotTheirRecord);
    permits(Act::CheckAccess, &patient, &nobody.of_their_own());
}

#[test]
fn calling_a_record_ones_own_gives_a_professional_or_an_agent_nothing() {
    refuses(Act::Mask, &professional("G15/10"), &own(|_| {}), Reason::NoRulePermits);
    refuses(Act::ReadJournal, &caller(CallerKind::Agent), &own(|facts| facts.record.state = RecordState::Closed), Reason::RecordClosed);
    does_not_read(&professional("G15/10"), &own(|_| {}), Reason::NotAuthorised);
}

// The state of the record.

#[test]
fn only_an_open_record_is_read() {
    for (state, reason) in [
        (RecordState::None, Reason::NoRecord),
        (RecordState::Closed, Reason::RecordClosed),
        (RecordState::Suspended, Reason::RecordSuspended),
        (RecordState::Deceased, Reason::RecordFrozen),
    ] {
        does_not_read(&professional("G15/10"), &authorised(|facts| facts.record.state = state), reason);
        does_not_read(&caller(CallerKind::Patient), &own(|facts| facts.record.state = state), reason);
        does_not_read(&break_glass(professional("G15/10")), &emergency(|facts| facts.record.state = state), reason);
        permits(Act::CheckAccess, &professional("G15/10"), &with(|facts| facts.record.state = state));
    }
}

#[test]
fn the_person_still_reads_journal_and_status_of_a_closed_record() {
    for act in [Act::ReadJournal, Act::ReadAdministrative] {
        for kind in [CallerKind::Patient, CallerKind::Representative] {
            permits(act, &caller(kind), &own(|facts| facts.record.state = RecordState::Closed));
            refuses(act, &caller(kind), &own(|facts| facts.record.state = RecordState::Suspended), Reason::RecordSuspended);
        }
        refuses(act, &caller(CallerKind::Agent), &with(|facts| facts.record.state = RecordState::Closed), Reason::RecordClosed);
    }
}

// Blocked.

#[test]
fn a_blocked_professional_does_not_read_in_any_mode_nor_with_a_new_consent() {
    let blocked = emergency(|facts| {
        facts.relation.authorisation = AuthorisationState::Forbidden;
        facts.relation.care_team = Some(team());
    });
    let doctor = Caller { consent_now: true, ..professional("G15/10") };
    does_not_read(&doctor, &blocked, Reason::Blocked);
    does_not_read(&break_glass(doctor.clone()), &blocked, Reason::Blocked);
    does_not_read(&regulating(doctor.clone()), &blocked, Reason::Blocked);
    permits(Act::CheckAccess, &doctor, &blocked);
}

// Occupational medicine.

#[test]
fn occupational_medicine_reads_only_with_express_consent() {
    for specialty in ["SM25", "C41"] {
        let doctor = Caller { specialty: Some(specialty.into()), consent_now: true, ..professional("G15/10") };
        does_not_read(&doctor, &authorised(|_| {}), Reason::OccupationalMedicine);
        reads(&doctor, &authorised(|facts| facts.record.occupational_consent = true));
        does_not_read(&break_glass(doctor), &emergency(|_| {}), Reason::OccupationalMedicine);
    }
}

#[test]
fn occupational_medicine_never_read_before_2021() {
    let doctor = Caller { specialty: Some("SM25".into()), ..professional("G15/10") };
    let consent = authorised(|facts| {
        facts.record.regime = Regime::A;
        facts.record.occupational_consent = true;
    });
    does_not_read(&doctor, &consent, Reason::OccupationalMedicine);
    permits(Act::Publish, &doctor, &consent);
}

#[test]
fn express_consent_to_occupational_medicine_is_not_an_authorisation_of_every_such_doctor() {
    let doctor = Caller { specialty: Some("SM25".into()), ..professional("G15/10") };
    does_not_read(&doctor, &with(|facts| facts.record.occupational_consent = true), Reason::NotAuthorised);
}

#[test]
fn another_specialty_is_not_occupational() {
    reads(&Caller { specialty: Some("SM26".into()), ..professional("G15/10") }, &authorised(|_| {}));
}

// Break-glass and regulation centre.

#[test]
fn an_emergency_doctor_breaks_the_glass_and_reads() {
    reads(&break_glass(professional("G15/10")), &emergency(|_| {}));
    reads(&break_glass(professional("G15/60")), &emergency(|_| {}));
}

#[test]
fn breaking_the_glass_needs_both_conditions() {
    let doctor = break_glass(professional("G15/10"));
    does_not_read(&doctor, &emergency(|facts| facts.relation.unable_to_consent = false), Reason::BreakGlassConditions);
    does_not_read(&doctor, &emergency(|facts| facts.relation.immediate_risk = false), Reason::BreakGlassConditions);
}

#[test]
fn breaking_the_glass_needs_a_reason_in_words() {
    let attested = dmp_core::access::Attestation { unable_to_consent: true, immediate_risk: true };
    let silent =
        Caller { purpose: Purpose::BreakGlass { reason: " \n".into(), attested, until: now().plus_seconds(1_800) }, ..professional("G15/10") };
    does_not_read(&silent, &emergency(|_| {}), Reason::BreakGlassReasonMissing);
}

#[test]
fn the_person_may_oppose_break_glass_and_regulation_centre_each_by_itself() {
    let no_glass = emergency(|facts| facts.record.allow_break_glass = false);
    does_not_read(&break_glass(professional("G15/10")), &no_glass, Reason::BreakGlassOpposed);
    reads(&regulating(professional("G15/10")), &no_glass);
    let no_centre = emergency(|facts| facts.record.allow_regulation_centre = false);
    does_not_read(&regulating(professional("G15/10")), &no_centre, Reason::RegulationCentreOpposed);
    reads(&break_glass(professional("G15/10")), &no_centre);
}

#[test]
fn feeding_behind_a_broken_glass_needs_the_same_conditions() {
    let doctor = break_glass(professional("G15/10"));
    refuses(Act::Publish, &doctor, &emergency(|facts| facts.record.allow_break_glass = false), Reason::BreakGlassOpposed);
    refuses(Act::Publish, &doctor, &situation(), Reason::BreakGlassConditions);
    refuses(Act::Publish, &doctor, &emergency(|facts| facts.entry = Some(typed("EXPPAT_3"))), Reason::PatientDocument);
    refuses(Act::Publish, &doctor, &emergency(|facts| facts.entry = Some(typed("00000-0"))), Reason::NoRulePermits);
}

#[test]
fn only_health_professionals_break_the_glass() {
    for profession in ["R95/93", "R85/313", "A00/SECRETARIAT_MEDICAL"] {
        does_not_read_at_all(&break_glass(professional(profession)));
    }
    let student = Caller { supervised: true, ..professional("G16/10") };
    does_not_read(&break_glass(student), &emergency(|_| {}), Reason::NotThisKindOfCaller);
}

#[track_caller]
fn does_not_read_at_all(caller: &Caller) {
    for act in READING {
        assert!(!judge(act, caller, &emergency(|_| {})).is_permitted());
    }
}

#[test]
fn only_the_regulating_doctor_reads_in_a_call_to_the_15() {
    reads(&regulating(professional("G15/10")), &situation());
    let doctor = Caller { purpose: Purpose::RegulationCentre, ..professional("G15/10") };
    does_not_read(&doctor, &situation(), Reason::NotRegulatingPhysician);
    does_not_read(&regulating(professional("G15/60")), &situation(), Reason::NotRegulatingPhysician);
}

#[test]
fn an_authorisation_does_not_help_in_an_emergency_mode() {
    does_not_read(&break_glass(professional("G15/10")), &authorised(|_| {}), Reason::BreakGlassConditions);
}

#[test]
fn nobody_but_a_professional_uses_an_emergency_mode() {
    for kind in [CallerKind::Patient, CallerKind::Representative, CallerKind::Helper] {
        let facts = emergency(|facts| facts.relation.own_record = true);
        does_not_read(&break_glass(caller(kind)), &facts, Reason::NotThisKindOfCaller);
        refuses(Act::CheckAccess, &regulating(caller(kind)), &facts, Reason::NotThisKindOfCaller);
    }
}

#[test]
fn an_emergency_mode_changes_nothing_and_a_broken_glass_also_feeds() {
    for doctor in [break_glass(professional("G15/10")), regulating(professional("G15/10"))] {
        let doctor = Caller { consent_now: true, ..doctor };
        for act in Act::ALL {
            let facts = emergency(about(|entry| entry.written_by_caller = true));
            let glass = doctor.purpose != Purpose::RegulationCentre;
            match act {
                Act::Publish | Act::Replace if glass => permits(act, &doctor, &facts),
                Act::List | Act::Consult | Act::CheckAccess => permits(act, &doctor, &facts),
                _ => refuses(act, &doctor, &facts, Reason::EmergencyReadsOnly),
            }
        }
    }
}

// The matrix.

#[test]
fn a_nurse_reads_a_biology_report_and_not_a_psychiatric_summary() {
    let nurse = professional("G15/60");
    reads(&nurse, &authorised(|facts| facts.entry = Some(typed("11502-2"))));
    does_not_read(&nurse, &authorised(|facts| facts.entry = Some(typed("68599-0"))), Reason::NotInMatrix);
}

#[test]
fn the_matrix_holds_when_breaking_the_glass() {
    let summary = emergency(|facts| facts.entry = Some(typed("68599-0")));
    does_not_read(&break_glass(professional("G15/60")), &summary, Reason::NotInMatrix);
    let attestation = emergency(|facts| facts.entry = Some(typed("ATTEST-RESID")));
    does_not_read(&regulating(professional("G15/10")), &attestation, Reason::NotInMatrix);
}

#[test]
fn a_profession_that_the_matrix_does_not_know_reads_nothing() {
    for profession in ["G15/31", "R95/93", "R85/330", "R94/41", "A00/AUTOMATE"] {
        does_not_read(&professional(profession), &authorised(|_| {}), Reason::NotInMatrix);
    }
    does_not_read(&caller(CallerKind::Professional), &authorised(|_| {}), Reason::NotInMatrix);
}

#[test]
fn a_type_that_the_matrix_does_not_know_is_read_by_no_professional() {
    does_not_read(&professional("G15/10"), &authorised(|facts| facts.entry = Some(typed("00000-0"))), Reason::NotInMatrix);
}

#[test]
fn a_supervised_student_reads_what_the_profession_reads() {
    let student = Caller { supervised: true, ..professional("G16/21") };
    reads(&student, &authorised(|_| {}));
    does_not_read(&student, &authorised(|facts| facts.entry = Some(typed("68599-0"))), Reason::NotInMatrix);
}

#[test]
fn a_student_without_a_supervisor_does_nothing_but_check() {
    let student = Caller { consent_now: true, ..professional("G16/10") };
    for act in Act::ALL {
        let facts = authorised(about(|entry| entry.written_by_caller = true));
        if act == Act::CheckAccess {
            permits(act, &student, &facts);
        } else {
            refuses(act, &student, &facts, Reason::StudentUnsupervised);
        }
    }
}

// Masking.

#[test]
fn a_masked_report_is_hidden_from_a_nurse() {
    does_not_read(&professional("G15/60"), &authorised(about(|entry| entry.masked = true)), Reason::Masked);
    does_not_read(&professional("G15/60"), &authorised(|facts| facts.record.all_masked = true), Reason::Masked);
}

#[test]
fn a_masked_report_stays_open_to_its_author_the_medecin_traitant_and_the_administrators() {
    let doctor = professional("G15/10");
    for masked in [true, false] {
        let hide = |facts: &mut Facts| {
            about(|entry| entry.masked = masked)(facts);
            facts.record.all_masked = !masked;
        };
        let seen_by = |tie: fn(&mut Facts)| {
            authorised(|facts| {
                hide(facts);
                tie(facts);
            })
        };
        reads(&doctor, &seen_by(|facts| facts.relation.medecin_traitant = true));
        reads(&doctor, &seen_by(|facts| facts.relation.administrator = true));
        reads(&doctor, &seen_by(|facts| about(|entry| entry.written_by_caller = true)(facts)));
    }
}

#[test]
fn consent_given_now_does_not_lift_a_mask() {
    let consenting = Caller { consent_now: true, ..professional("G15/10") };
    does_not_read(&consenting, &with(about(|entry| entry.masked = true)), Reason::Masked);
}

#[test]
fn a_masked_report_is_read_in_an_emergency_only_if_the_person_chose_so() {
    let masked = |open: bool| {
        emergency(|facts| {
            about(|entry| entry.masked = true)(facts);
            facts.record.masked_in_emergency = open;
        })
    };
    for doctor in [break_glass(professional("G15/10")), regulating(professional("G15/10"))] {
        does_not_read(&doctor, &masked(false), Reason::Masked);
        reads(&doctor, &masked(true));
    }
}

#[test]
fn the_emergency_choice_opens_nothing_in_the_normal_mode() {
    let facts = authorised(|facts| {
        about(|entry| entry.masked = true)(facts);
        facts.record.masked_in_emergency = true;
    });
    does_not_read(&professional("G15/10"), &facts, Reason::Masked);
}

// The announcement.

#[test]
fn a_hard_result_waits_for_its_announcement_and_professionals_see_it() {
    let waiting = about(|entry| entry.invisible_to_patient = true);
    for kind in [CallerKind::Patient, CallerKind::Representative, CallerKind::Helper] {
        does_not_read(&caller(kind), &own(about(|entry| entry.invisible_to_patient = true)), Reason::WaitsForAnnouncement);
    }
    reads(&professional("G15/10"), &authorised(waiting));
}

#[test]
fn an_announced_result_is_seen() {
    reads(&caller(CallerKind::Patient), &own(about(|entry| entry.announced = true)));
    // The announcement is written down by taking the flag away (TD3.3b): while it stands, it counts.
    let still_flagged = own(about(|entry| (entry.invisible_to_patient, entry.announced) = (true, true)));
    does_not_read(&caller(CallerKind::Patient), &still_flagged, Reason::WaitsForAnnouncement);
}

#[test]
fn a_hard_result_shows_itself_one_calendar_month_after_its_deposit() {
    let deposited = |text: &str| own(about(|entry| (entry.invisible_to_patient, entry.deposited_at) = (true, Moment::parse_fhir(text).unwrap())));
    reads(&caller(CallerKind::Patient), &deposited("2026-06-03T12:00:00Z"));
    does_not_read(&caller(CallerKind::Patient), &deposited("2026-06-03T12:00:01Z"), Reason::WaitsForAnnouncement);
}

// Secret care.

#[test]
fn a_mother_does_not_see_secret_care_and_her_daughter_does() {
    let secret = || {
        own(|facts| {
            facts.record.minor = true;
            about(|entry| entry.invisible_to_representatives = true)(facts);
        })
    };
    does_not_read(&caller(CallerKind::Representative), &secret(), Reason::HiddenFromRepresentatives);
    does_not_read(&caller(CallerKind::Helper), &secret(), Reason::HiddenFromRepresentatives);
    reads(&caller(CallerKind::Patient), &secret());
    reads(&professional("G15/10"), &authorised(about(|entry| entry.invisible_to_representatives = true)));
}

// Deleted.

#[test]
fn a_deleted_document_is_gone_for_everybody() {
    for kind in [CallerKind::Patient, CallerKind::Representative, CallerKind::Helper] {
        does_not_read(&caller(kind), &own(about(|entry| entry.status = deleted())), Reason::Deleted);
    }
    let author = authorised(about(|entry| (entry.status, entry.written_by_caller) = (deleted(), true)));
    for act in Act::ALL.into_iter().filter(|act| act.is_clinical()) {
        refuses(act, &professional("G15/10"), &author, Reason::Deleted);
    }
}

#[test]
fn archived_and_replaced_documents_are_still_read() {
    reads(&professional("G15/10"), &authorised(about(|entry| entry.status = archived())));
    reads(&professional("G15/10"), &authorised(about(|entry| entry.status = deprecated())));
}

// What is hidden answers as what does not exist.

#[test]
fn a_hidden_document_answers_as_an_absent_one_whatever_else_forbids() {
    let masked = with(about(|entry| entry.masked = true));
    refuses(Act::Consult, &professional("G15/60"), &masked, Reason::Masked);
    refuses(Act::Mask, &break_glass(professional("G15/60")), &masked, Reason::Masked);
    refuses(Act::Delete, &professional("G15/60"), &authorised(about(|entry| entry.masked = true)), Reason::Masked);
    let waiting = own(about(|entry| entry.invisible_to_patient = true));
    refuses(Act::Delete, &caller(CallerKind::Patient), &waiting, Reason::WaitsForAnnouncement);
}

//! Who feeds, changes and manages a record: the other rules, as sentences.

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
use dmp_core::access::{Act, AuthorisationState, Caller, CallerKind, EntryFacts, Facts, Reason, RecordState, SubjectFacts};
use dmp_core::record::Regime;

// Feeding.

#[test]
fn a_professional_feeds_without_being_on_the_persons_list() {
    permits(Act::Publish, &professional("G15/10"), &situation());
    permits(Act::Publish, &professional("R95/93"), &situation());
    permits(Act::Publish, &professional("G15/10"), &with(|facts| facts.relation.authorisation = AuthorisationState::Expired));
}

#[test]
fn a_hospital_feeds_without_a_named_user() {
    permits(Act::Publish, &caller(CallerKind::Organization), &situation());
    permits(Act::Replace, &caller(CallerKind::Organization), &with(about(|entry| entry.written_by_caller = true)));
}

#[test]
fn a_secretariat_or_a_caller_without_profession_does_not_feed() {
    refuses(Act::Publish, &professional("A00/SECRETARIAT_MEDICAL"), &situation(), Reason::NoRulePermits);
    refuses(Act::Publish, &caller(CallerKind::Professional), &situation(), Reason::NoRulePermits);
}

#[test]
fn nobody_feeds_a_record_that_is_not_open() {
    for (state, reason) in [
        (RecordState::None, Reason::NoRecord),
        (RecordState::Closed, Reason::RecordClosed),
        (RecordState::Suspended, Reason::RecordSuspended),
        (RecordState::Deceased, Reason::RecordFrozen),
    ] {
        refuses(Act::Publish, &professional("G15/10"), &with(|facts| facts.record.state = state), reason);
        refuses(Act::Publish, &caller(CallerKind::Organization), &with(|facts| facts.record.state = state), reason);
    }
}

#[test]
fn a_blocked_professional_does_not_feed() {
    let blocked = with(|facts| facts.relation.authorisation = AuthorisationState::Forbidden);
    refuses(Act::Publish, &professional("G15/10"), &blocked, Reason::Blocked);
}

#[test]
fn the_documents_of_the_person_come_from_their_side_alone() {
    for type_code in ["EXPPAT_1", "EXPPAT_2", "EXPPAT_3", "74465-6", "DOCPAT01", "DOCPAT09"] {
        let document = with(|facts| facts.entry = Some(typed(type_code)));
        refuses(Act::Publish, &professional("G15/10"), &document, Reason::PatientDocument);
        refuses(Act::Publish, &caller(CallerKind::Organization), &document, Reason::PatientDocument);
        permits(Act::Publish, &caller(CallerKind::Patient), &own(|facts| facts.entry = Some(typed(type_code))));
    }
    refuses(Act::Publish, &professional("G15/10"), &with(about(|entry| entry.patient_authored = true)), Reason::PatientDocument);
}

#[test]
fn representatives_and_helpers_deposit_for_the_person_and_not_a_report() {
    for kind in [CallerKind::Patient, CallerKind::Representative, CallerKind::Helper] {
        permits(Act::Publish, &caller(kind), &own(|facts| facts.entry = Some(typed("DOCPAT03"))));
        refuses(Act::Publish, &caller(kind), &own(|_| {}), Reason::ProfessionalDocument);
        refuses(Act::Publish, &caller(kind), &with(|facts| facts.entry = Some(typed("DOCPAT03"))), Reason::NotTheirRecord);
    }
}

#[test]
fn advance_directives_are_written_by_an_adult_in_person() {
    let directives = |minor: bool| {
        own(|facts| {
            facts.record.minor = minor;
            facts.entry = Some(typed("EXPPAT_3"));
        })
    };
    permits(Act::Publish, &caller(CallerKind::Patient), &directives(false));
    refuses(Act::Publish, &caller(CallerKind::Patient), &directives(true), Reason::NoRulePermits);
    refuses(Act::Publish, &caller(CallerKind::Representative), &directives(false), Reason::NoRulePermits);
    refuses(Act::Publish, &caller(CallerKind::Helper), &directives(false), Reason::NoRulePermits);
    let other = own(|facts| (facts.record.minor, facts.entry) = (true, Some(typed("EXPPAT_2"))));
    permits(Act::Publish, &caller(CallerKind::Patient), &other);
}

#[test]
fn reimbursements_come_from_the_insurance_and_nothing_else_does() {
    let feed = caller(CallerKind::ReimbursementFeed);
    permits(Act::Publish, &feed, &with(|facts| facts.entry = Some(typed("REMB"))));
    refuses(Act::Publish, &feed, &situation(), Reason::ReimbursementDocument);
    for other in [professional("G15/10"), caller(CallerKind::Organization), caller(CallerKind::Patient)] {
        let facts = own(|facts| facts.entry = Some(typed("REMB")));
        refuses(Act::Publish, &other, &facts, Reason::ReimbursementDocument);
    }
}

#[test]
fn only_the_author_replaces_a_document_and_the_person_their_own() {
    refuses(Act::Replace, &professional("G15/10"), &authorised(|_| {}), Reason::NotItsAuthor);
    permits(Act::Replace, &professional("G15/10"), &with(about(|entry| entry.written_by_caller = true)));
    refuses(Act::Replace, &caller(CallerKind::Organization), &situation(), Reason::NotItsAuthor);
    let own_work = || own(|facts| facts.entry = Some(dmp_core::access::EntryFacts { patient_authored: true, ..typed("DOCPAT03") }));
    permits(Act::Replace, &caller(CallerKind::Patient), &own_work());
    permits(Act::Replace, &caller(CallerKind::Representative), &own_work());
    refuses(Act::Replace, &caller(CallerKind::Helper), &own_work(), Reason::NotThisKindOfCaller);
    refuses(Act::Replace, &caller(CallerKind::Patient), &own(|facts| facts.entry = Some(typed("DOCPAT03"))), Reason::NotItsAuthor);
    let own_report = own(about(|entry| entry.patient_authored = true));
    refuses(Act::Replace, &professional("G15/10"), &own_report, Reason::PatientDocument);
}

#[test]
fn a_document_without_facts_or_of_an_unknown_type_is_not_accepted() {
    refuses(Act::Publish, &professional("G15/10"), &with(|facts| facts.entry = None), Reason::NoRulePermits);
    refuses(Act::Publish, &professional("G15/10"), &with(|facts| facts.entry = Some(typed("00000-0"))), Reason::NoRulePermits);
    refuses(Act::Publish, &caller(CallerKind::Patient), &own(|facts| facts.entry = Some(typed("DOCPAT99"))), Reason::NoRulePermits);
}

#[test]
fn feeding_is_free_where_the_whole_record_is_masked() {
    permits(Act::Publish, &professional("G15/10"), &with(|facts| facts.record.all_masked = true));
}

#[test]
fn agents_operators_and_automata_do_not_feed() {
    for kind in [CallerKind::Agent, CallerKind::Operator, CallerKind::Automaton] {
        refuses(Act::Publish, &caller(kind), &situation(), Reason::NeverContent);
    }
}

#[test]
fn occupational_medicine_feeds_only_with_express_consent() {
    let doctor = Caller { specialty: Some("SM25".into()), ..professional("G15/10") };
    refuses(Act::Publish, &doctor, &situation(), Reason::OccupationalMedicine);
    permits(Act::Publish, &doctor, &with(|facts| facts.record.occupational_consent = true));
    permits(Act::CheckAccess, &doctor, &situation());
    permits(Act::Delete, &doctor, &with(about(|entry| entry.written_by_caller = true)));
    let consenting = Caller { consent_now: true, ..doctor };
    refuses(Act::Authorise, &consenting, &situation(), Reason::OccupationalMedicine);
}

// Secret connection.

#[test]
fn a_secret_connection_deposits_secret_documents_alone() {
    let secret = Caller { secret_connection: true, ..professional("G15/10") };
    let minors = |mut facts: Facts| {
        facts.record.minor = true;
        facts
    };
    refuses(Act::Publish, &secret, &minors(situation()), Reason::SecretConnectionOnly);
    refuses(Act::Replace, &secret, &minors(with(about(|entry| entry.written_by_caller = true))), Reason::SecretConnectionOnly);
    permits(Act::Publish, &secret, &minors(with(about(|entry| entry.invisible_to_representatives = true))));
    permits(Act::Consult, &secret, &minors(authorised(|_| {})));
    refuses(Act::CreateRecord, &Caller { consent_now: true, ..secret }, &Facts::without_record(Regime::B), Reason::SecretConnectionOnly);
}

#[test]
fn a_representative_does_not_deposit_what_they_could_not_see() {
    let secret = own(|facts| {
        facts.entry = Some(typed("DOCPAT03"));
        about(|entry| entry.invisible_to_representatives = true)(facts);
    });
    refuses(Act::Publish, &caller(CallerKind::Representative), &secret, Reason::HiddenFromRepresentatives);
}

// Deleting.

#[test]
fn only_its_author_deletes_a_document() {
    permits(Act::Delete, &professional("G15/10"), &with(about(|entry| entry.written_by_caller = true)));
    refuses(Act::Delete, &professional("G15/10"), &authorised(|_| {}), Reason::NotItsAuthor);
    refuses(Act::Delete, &professional("G15/10"), &authorised(|facts| facts.relation.medecin_traitant = true), Reason::NotItsAuthor);
}

#[test]
fn the_person_deletes_their_own_documents_and_not_a_professionals() {
    for kind in [CallerKind::Patient, CallerKind::Representative] {
        refuses(Act::Delete, &caller(kind), &own(|_| {}), Reason::ProfessionalDocument);
        permits(Act::Delete, &caller(kind), &own(about(|entry| entry.patient_authored = true)));
        permits(Act::Delete, &caller(kind), &own(about(|entry| entry.written_by_caller = true)));
        refuses(Act::Delete, &caller(kind), &with(about(|entry| entry.patient_authored = true)), Reason::NotTheirRecord);
    }
    refuses(Act::Delete, &caller(CallerKind::Helper), &own(about(|entry| entry.written_by_caller = true)), Reason::NotThisKindOfCaller);
}

#[test]
fn a_blocked_author_deletes_what_he_wrote_and_nothing_else() {
    let blocked = |author: bool| {
        with(|facts| {
            facts.relation.authorisation = AuthorisationState::Forbidden;
            about(|entry| entry.written_by_caller = author)(facts);
        })
    };
    permits(Act::Delete, &professional("G15/10"), &blocked(true));
    refuses(Act::Delete, &professional("G15/10"), &blocked(false), Reason::Blocked);
    refuses(Act::Replace, &professional("G15/10"), &blocked(true), Reason::Blocked);
}

#[test]
fn a_hospitals_certificate_alone_does_not_delete_nor_mask() {
    let author = with(about(|entry| entry.written_by_caller = true));
    for act in [Act::Delete, Act::Mask, Act::Archive, Act::ShowToPatient, Act::ReactivateRecord, Act::Authorise] {
        refuses(act, &caller(CallerKind::Organization), &author, Reason::NobodyNamed);
    }
}

// Visibility.

#[test]
fn the_person_masks_and_unmasks_and_their_representative_too() {
    for kind in [CallerKind::Patient, CallerKind::Representative] {
        permits(Act::Mask, &caller(kind), &own(|_| {}));
        permits(Act::Unmask, &caller(kind), &own(about(|entry| entry.masked = true)));
        refuses(Act::Mask, &caller(kind), &situation(), Reason::NotTheirRecord);
        refuses(Act::Mask, &caller(kind), &own(|facts| facts.entry = None), Reason::NoRulePermits);
    }
    refuses(Act::Mask, &caller(CallerKind::Helper), &own(|_| {}), Reason::NotThisKindOfCaller);
}

#[test]
fn a_professional_changes_visibility_as_author_or_with_a_tie_to_the_person() {
    for act in [Act::Unmask, Act::ShowToPatient, Act::ShowToRepresentatives, Act::Archive, Act::Unarchive] {
        permits(act, &professional("G15/10"), &authorised(|_| {}));
        permits(act, &professional("G15/10"), &with(|facts| facts.relation.care_team = Some(team())));
        permits(act, &professional("R95/93"), &with(about(|entry| entry.written_by_caller = true)));
        refuses(act, &professional("G15/10"), &situation(), Reason::NoRulePermits);
        refuses(act, &professional("A00/AUTOMATE"), &with(about(|entry| entry.written_by_caller = true)), Reason::NoRulePermits);
    }
}

#[test]
fn only_the_author_masks_for_the_person() {
    let author = || with(about(|entry| entry.written_by_caller = true));
    permits(Act::Mask, &professional("G15/10"), &author());
    permits(Act::Mask, &professional("R95/93"), &author());
    refuses(Act::Mask, &professional("A00/AUTOMATE"), &author(), Reason::NoRulePermits);
    refuses(Act::Mask, &professional("G15/10"), &authorised(|facts| facts.relation.medecin_traitant = true), Reason::NoRulePermits);
}

#[test]
fn a_document_is_not_hidden_from_both_sides_at_once() {
    let both = || with(about(|entry| (entry.masked, entry.invisible_to_patient, entry.written_by_caller) = (true, true, true)));
    refuses(Act::Publish, &professional("G15/10"), &both(), Reason::NoRulePermits);
    refuses(Act::Replace, &professional("G15/10"), &both(), Reason::NoRulePermits);
    permits(Act::Publish, &professional("G15/10"), &with(about(|entry| entry.masked = true)));
    permits(Act::Publish, &professional("G15/10"), &with(about(|entry| entry.invisible_to_patient = true)));
    let waiting = || with(about(|entry| (entry.invisible_to_patient, entry.written_by_caller) = (true, true)));
    refuses(Act::Mask, &professional("G15/10"), &waiting(), Reason::NoRulePermits);
    permits(Act::Unmask, &professional("G15/10"), &both());
    permits(
        Act::Consult,
        &professional("G15/10"),
        &authorised(about(|entry| (entry.masked, entry.invisible_to_patient, entry.written_by_caller) = (true, true, true))),
    );
    let announced = with(about(|entry| (entry.announced, entry.written_by_caller) = (true, true)));
    permits(Act::Mask, &professional("G15/10"), &announced);
}

#[test]
fn a_professional_does_not_change_what_he_may_not_see() {
    let nurse = professional("G15/60");
    refuses(Act::Mask, &nurse, &authorised(|facts| facts.entry = Some(typed("68599-0"))), Reason::NotInMatrix);
    refuses(Act::Unmask, &nurse, &authorised(about(|entry| entry.masked = true)), Reason::Masked);
    permits(Act::Unmask, &nurse, &authorised(about(|entry| (entry.masked, entry.written_by_caller) = (true, true))));
    let medecin_traitant = with(|facts| {
        facts.relation.medecin_traitant = true;
        about(|entry| entry.masked = true)(facts);
    });
    permits(Act::Unmask, &professional("G15/10"), &medecin_traitant);
}

#[test]
fn the_persons_side_never_lifts_an_announcement_or_a_secret() {
    for kind in [CallerKind::Patient, CallerKind::Representative, CallerKind::Helper] {
        for act in [Act::ShowToPatient, Act::ShowToRepresentatives] {
            refuses(act, &caller(kind), &own(|_| {}), Reason::NotThisKindOfCaller);
            refuses(act, &caller(kind), &own(about(|entry| entry.written_by_caller = true)), Reason::NotThisKindOfCaller);
        }
    }
    refuses(Act::ShowToPatient, &caller(CallerKind::Patient), &own(about(|entry| entry.invisible_to_patient = true)), Reason::WaitsForAnnouncement);
    let secret = own(about(|entry| entry.invisible_to_representatives = true));
    refuses(Act::ShowToRepresentatives, &caller(CallerKind::Representative), &secret, Reason::HiddenFromRepresentatives);
}

#[test]
fn the_person_puts_away_their_own_documents_alone() {
    for act in [Act::Archive, Act::Unarchive] {
        for kind in [CallerKind::Patient, CallerKind::Representative] {
            permits(act, &caller(kind), &own(about(|entry| entry.patient_authored = true)));
            refuses(act, &caller(kind), &own(|_| {}), Reason::ProfessionalDocument);
        }
        refuses(act, &caller(CallerKind::Helper), &own(about(|entry| entry.patient_authored = true)), Reason::NotThisKindOfCaller);
    }
}

// The list of professionals and the choices.

const MANAGEMENT: [Act; 9] = [
    Act::Authorise,
    Act::Revoke,
    Act::Block,
    Act::Unblock,
    Act::DeclareMedecinTraitant,
    Act::NameAdministrator,
    Act::SetEmergencyChoices,
    Act::ReadJournal,
    Act::ReadAdministrative,
];

#[test]
fn the_person_and_who_represents_them_manage_and_a_helper_does_not() {
    for act in MANAGEMENT {
        permits(act, &caller(CallerKind::Patient), &own(|_| {}));
        permits(act, &caller(CallerKind::Representative), &own(|_| {}));
        refuses(act, &caller(CallerKind::Helper), &own(|_| {}), Reason::NotThisKindOfCaller);
        refuses(act, &caller(CallerKind::Patient), &situation(), Reason::NotTheirRecord);
    }
}

#[test]
fn a_professional_manages_nothing_without_the_person() {
    for act in MANAGEMENT.into_iter().filter(|act| *act != Act::ReadAdministrative) {
        assert!(!judge(act, &professional("G15/10"), &authorised(|_| {})).is_permitted(), "{act:?}");
    }
    refuses(Act::Authorise, &professional("G15/10"), &authorised(|_| {}), Reason::NotAuthorised);
    refuses(Act::Revoke, &professional("G15/10"), &authorised(|_| {}), Reason::NotAuthorised);
}

#[test]
fn with_consent_given_now_a_professional_is_authorised_or_removed_and_a_doctor_declared() {
    let consenting = |profession: &str| Caller { consent_now: true, ..professional(profession) };
    for act in [Act::Authorise, Act::Revoke] {
        permits(act, &consenting("G15/60"), &situation());
        refuses(act, &consenting("A00/SECRETARIAT_MEDICAL"), &situation(), Reason::NoRulePermits);
    }
    permits(Act::DeclareMedecinTraitant, &consenting("G15/10"), &situation());
    refuses(Act::DeclareMedecinTraitant, &consenting("G15/60"), &situation(), Reason::NoRulePermits);
    for act in [Act::Block, Act::Unblock, Act::NameAdministrator, Act::SetEmergencyChoices, Act::ReadJournal] {
        refuses(act, &consenting("G15/10"), &situation(), Reason::NoRulePermits);
    }
}

#[test]
fn a_health_professional_with_a_tie_to_the_person_reads_the_administrative_data() {
    permits(Act::ReadAdministrative, &professional("G15/60"), &authorised(|_| {}));
    refuses(Act::ReadAdministrative, &professional("G15/60"), &situation(), Reason::NoRulePermits);
    refuses(Act::ReadAdministrative, &professional("R95/93"), &authorised(|_| {}), Reason::NoRulePermits);
}

#[test]
fn an_administrator_blocks_and_does_not_unblock() {
    let administrator = with(|facts| facts.relation.administrator = true);
    permits(Act::Block, &professional("G15/10"), &administrator);
    refuses(Act::Block, &professional("A00/AUTOMATE"), &administrator, Reason::NoRulePermits);
    refuses(Act::Unblock, &professional("G15/10"), &administrator, Reason::NoRulePermits);
    refuses(Act::Block, &professional("G15/10"), &with(|facts| facts.relation.medecin_traitant = true), Reason::NoRulePermits);
}

#[test]
fn an_agent_manages_the_record_and_not_its_list() {
    let agent = caller(CallerKind::Agent);
    let consenting = Caller { consent_now: true, ..agent.clone() };
    for act in [Act::CheckAccess, Act::ReadAdministrative] {
        permits(act, &agent, &situation());
    }
    for act in [Act::CloseRecord, Act::UpdateContact, Act::HandOutCodes] {
        permits(act, &consenting, &situation());
        refuses(act, &agent, &situation(), Reason::NoRulePermits);
    }
    let the_persons = [
        Act::Authorise,
        Act::Revoke,
        Act::Block,
        Act::Unblock,
        Act::SetEmergencyChoices,
        Act::DeclareMedecinTraitant,
        Act::NameAdministrator,
        Act::ReadJournal,
        Act::ChangeCredentials,
    ];
    for act in the_persons {
        refuses(act, &consenting, &situation(), Reason::NoRulePermits);
    }
    refuses(Act::CloseRecord, &Caller { name: None, ..agent }, &situation(), Reason::NobodyNamed);
}

#[test]
fn an_operator_and_an_automaton_manage_no_record() {
    for act in Act::ALL {
        let permitted = judge(act, &caller(CallerKind::Operator), &own(|_| {})).is_permitted();
        assert_eq!(permitted, act == Act::HandleReport, "{act:?}: an operator answers reports about accesses and does nothing else");
        assert!(!judge(act, &caller(CallerKind::Automaton), &own(|_| {})).is_permitted());
    }
}

#[test]
fn the_person_asks_who_looked_and_a_named_operator_answers() {
    let about_a_doctor = || own(|facts| facts.subject = Some(subject()));
    for kind in [CallerKind::Patient, CallerKind::Representative] {
        permits(Act::ReportAccess, &caller(kind), &about_a_doctor());
        refuses(Act::ReportAccess, &caller(kind), &own(|facts| facts.subject = None), Reason::NoRulePermits);
        refuses(
            Act::ReportAccess,
            &caller(kind),
            &own(|facts| facts.subject = Some(SubjectFacts { professional: false, ..subject() })),
            Reason::NoRulePermits,
        );
    }
    refuses(Act::ReportAccess, &caller(CallerKind::Helper), &about_a_doctor(), Reason::NotThisKindOfCaller);
    refuses(Act::ReportAccess, &professional("G15/10"), &about_a_doctor(), Reason::NoRulePermits);
    permits(Act::HandleReport, &caller(CallerKind::Operator), &situation());
    refuses(Act::HandleReport, &Caller { name: None, ..caller(CallerKind::Operator) }, &situation(), Reason::NobodyNamed);
    for kind in [CallerKind::Patient, CallerKind::Agent, CallerKind::Automaton, CallerKind::Insurer] {
        assert!(!judge(Act::HandleReport, &caller(kind), &own(|_| {})).is_permitted(), "{kind:?}");
    }
    let closed = |facts: &mut Facts| facts.record.state = RecordState::Closed;
    permits(
        Act::ReportAccess,
        &caller(CallerKind::Patient),
        &own(|facts| {
            facts.subject = Some(subject());
            closed(facts);
        }),
    );
    permits(Act::HandleReport, &caller(CallerKind::Operator), &with(closed));
}

#[test]
fn those_who_may_ask_learn_whether_a_record_exists() {
    for kind in [CallerKind::Organization, CallerKind::Agent] {
        permits(Act::CheckAccess, &caller(kind), &situation());
    }
    refuses(Act::CheckAccess, &caller(CallerKind::ReimbursementFeed), &situation(), Reason::NoRulePermits);
    permits(Act::CheckAccess, &professional("G15/60"), &situation());
    refuses(Act::CheckAccess, &professional("A00/AUTOMATE"), &situation(), Reason::NoRulePermits);
    refuses(Act::CheckAccess, &caller(CallerKind::Operator), &situation(), Reason::NoRulePermits);
    refuses(Act::CheckAccess, &caller(CallerKind::Automaton), &situation(), Reason::NoRulePermits);
    permits(Act::CheckAccess, &caller(CallerKind::Helper), &own(|_| {}));
}

// The life of the record.

#[test]
fn a_record_is_created_where_there_is_none() {
    for regime in [Regime::A, Regime::B] {
        let none = Facts::without_record(regime);
        for creator in [professional("G15/21"), caller(CallerKind::Organization), caller(CallerKind::Agent)] {
            refuses(Act::CreateRecord, &creator, &none, Reason::NoRulePermits);
            let creator = Caller { consent_now: true, ..creator };
            permits(Act::CreateRecord, &creator, &none);
            refuses(Act::CreateRecord, &creator, &situation(), Reason::NoRulePermits);
            refuses(Act::CreateRecord, &creator, &with(|facts| facts.record.state = RecordState::Closed), Reason::RecordClosed);
        }
        for kind in [CallerKind::Patient, CallerKind::Representative] {
            permits(Act::CreateRecord, &caller(kind), &none.clone().of_their_own());
            refuses(Act::CreateRecord, &caller(kind), &none, Reason::NotTheirRecord);
            refuses(Act::CreateRecord, &caller(kind), &own(|_| {}), Reason::NoRulePermits);
        }
        refuses(Act::CreateRecord, &Caller { consent_now: true, ..professional("R95/93") }, &none, Reason::NoRulePermits);
        refuses(
            Act::CreateRecord,
            &caller(CallerKind::Helper),
            &none.of_their_own(),
            if regime == Regime::A { Reason::NotTheirRecord } else { Reason::NotThisKindOfCaller },
        );
    }
}

#[test]
fn records_open_by_themselves_only_since_2022() {
    let announced = |regime| {
        let mut facts = Facts::without_record(regime);
        facts.record.letter_sent_at = Some(now().plus_days(-42));
        facts
    };
    permits(Act::CreateRecord, &caller(CallerKind::Automaton), &announced(Regime::B));
    refuses(Act::CreateRecord, &caller(CallerKind::Automaton), &announced(Regime::A), Reason::NoRulePermits);
    refuses(Act::CreateRecord, &caller(CallerKind::Operator), &announced(Regime::B), Reason::NoRulePermits);
}

#[test]
fn a_closed_record_is_opened_again() {
    let closed = || own(|facts| facts.record.state = RecordState::Closed);
    for opener in [professional("G15/21"), caller(CallerKind::Agent)] {
        refuses(Act::ReactivateRecord, &opener, &closed(), Reason::NoRulePermits);
    }
    for opener in [professional("G15/21"), caller(CallerKind::Agent), caller(CallerKind::Patient), caller(CallerKind::Representative)] {
        let opener = Caller { consent_now: !matches!(opener.kind, CallerKind::Patient | CallerKind::Representative), ..opener };
        permits(Act::ReactivateRecord, &opener, &closed());
        refuses(Act::ReactivateRecord, &opener, &own(|_| {}), Reason::NoRulePermits);
        refuses(Act::ReactivateRecord, &opener, &own(|facts| facts.record.state = RecordState::None), Reason::NoRecord);
    }
    refuses(Act::ReactivateRecord, &Caller { consent_now: true, ..professional("R95/93") }, &closed(), Reason::NoRulePermits);
}

#[test]
fn the_person_or_the_counter_closes_and_professionals_only_before_2022() {
    for kind in [CallerKind::Patient, CallerKind::Representative] {
        permits(Act::CloseRecord, &caller(kind), &own(|_| {}));
    }
    permits(Act::CloseRecord, &Caller { consent_now: true, ..caller(CallerKind::Agent) }, &situation());
    let consenting = |profession| Caller { consent_now: true, ..professional(profession) };
    refuses(Act::CloseRecord, &consenting("G15/10"), &authorised(|_| {}), Reason::NoRulePermits);
    permits(Act::CloseRecord, &consenting("G15/10"), &with(|facts| facts.record.regime = Regime::A));
    refuses(Act::CloseRecord, &professional("G15/10"), &with(|facts| facts.record.regime = Regime::A), Reason::NoRulePermits);
    refuses(Act::CloseRecord, &consenting("R95/93"), &with(|facts| facts.record.regime = Regime::A), Reason::NoRulePermits);
    refuses(Act::CloseRecord, &caller(CallerKind::Patient), &own(|facts| facts.record.state = RecordState::Closed), Reason::RecordClosed);
}

#[test]
fn a_minor_neither_opens_nor_closes_alone_and_their_parent_does() {
    for (act, state) in [(Act::CreateRecord, RecordState::None), (Act::ReactivateRecord, RecordState::Closed), (Act::CloseRecord, RecordState::Open)]
    {
        let minor = own(|facts| (facts.record.minor, facts.record.state) = (true, state));
        refuses(act, &caller(CallerKind::Patient), &minor, Reason::NoRulePermits);
        permits(act, &caller(CallerKind::Representative), &minor);
    }
}

/// The acts of a request for correction, on a report by somebody else.
#[test]
fn a_person_asks_for_a_correction_of_what_others_wrote_and_corrects_their_own() {
    for kind in [CallerKind::Patient, CallerKind::Representative] {
        permits(Act::RequestCorrection, &caller(kind), &own(|_| {}));
        permits(Act::WithdrawCorrection, &caller(kind), &own(|_| {}));
        refuses(Act::RequestCorrection, &caller(kind), &situation(), Reason::NotTheirRecord);
        refuses(Act::AnswerCorrection, &caller(kind), &own(|_| {}), Reason::NoRulePermits);
    }
    let mine = own(|facts| facts.entry = Some(EntryFacts { patient_authored: true, ..typed("DOCPAT03") }));
    refuses(Act::RequestCorrection, &caller(CallerKind::Patient), &mine, Reason::NoRulePermits);
    refuses(Act::RequestCorrection, &caller(CallerKind::Helper), &own(|_| {}), Reason::NotThisKindOfCaller);
    let waits = own(|facts| facts.entry = Some(EntryFacts { invisible_to_patient: true, ..report() }));
    refuses(Act::RequestCorrection, &caller(CallerKind::Patient), &waits, Reason::WaitsForAnnouncement);
    let secret = own(|facts| {
        facts.record.minor = true;
        facts.entry = Some(EntryFacts { invisible_to_representatives: true, ..report() });
    });
    refuses(Act::RequestCorrection, &caller(CallerKind::Representative), &secret, Reason::HiddenFromRepresentatives);
    permits(Act::RequestCorrection, &caller(CallerKind::Patient), &secret);
}

#[test]
fn an_author_answers_a_request_even_when_blocked_and_their_structure_answers_what_its_profession_may_read() {
    let written = |facts: &mut Facts| facts.entry = Some(EntryFacts { written_by_caller: true, ..report() });
    for act in [Act::SeeCorrection, Act::AnswerCorrection] {
        permits(act, &professional("G15/10"), &with(written));
        let blocked = with(|facts| {
            written(facts);
            facts.relation.authorisation = AuthorisationState::Forbidden;
        });
        permits(act, &professional("G15/10"), &blocked);
        refuses(act, &professional("G15/10"), &situation(), Reason::NoRulePermits);
        permits(act, &professional("G15/10"), &with(|facts| facts.relation.own_structures_document = true));
        refuses(act, &professional("A00/SECRETARIAT_MEDICAL"), &with(|facts| facts.relation.own_structures_document = true), Reason::NotInMatrix);
        let psychiatric = with(|facts| {
            facts.relation.own_structures_document = true;
            facts.entry = Some(typed("68599-0"));
        });
        refuses(act, &professional("G15/60"), &psychiatric, Reason::NotInMatrix);
        let masked = with(|facts| {
            facts.relation.own_structures_document = true;
            facts.entry = Some(EntryFacts { masked: true, ..report() });
        });
        refuses(act, &professional("G15/10"), &masked, Reason::Masked);
        refuses(act, &caller(CallerKind::Organization), &with(written), Reason::NobodyNamed);
    }
}

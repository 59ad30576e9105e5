//! Who is told of what, by which way and when.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod common;

use common::now;
use dmp_core::Moment;
use dmp_core::access::CallerKind;
use dmp_core::identity::{BirthDate, PersonName, Profession};
use dmp_core::record::{
    Authorisation, Contact, Delivery, Effect, Head, Language, Notice, NoticeKind, NoticeSettings, PaperKind, PaperOrder, PaperWay, Reach, Recipient,
    Representative, RepresentativeKind, Rhythm, Scope, Way, deliveries,
};

fn head() -> Head {
    let mut head = common::head();
    head.contact = Some(Contact { email: Some("person@post.example".to_owned()), ..Contact::default() });
    head.representatives.clear();
    head.authorisations.clear();
    head
}

fn parent(account: &str) -> Representative {
    Representative::in_force(RepresentativeKind::Parent, account, PersonName::new("Karim", "EXEMPLE"), Moment::from_micros(0))
}

fn reach(account: &str) -> Option<Reach> {
    let contact = Contact { email: Some(format!("{}@post.example", account.replace(':', "-"))), ..Contact::default() };
    (account != "person:unknown").then_some(Reach { contact, language: Language::English })
}

fn told(head: &Head, kind: NoticeKind, secret: bool) -> Vec<Delivery> {
    deliveries(head, &Notice { kind, at: now(), by: "Dr Canari".to_owned(), read: false, secret }, now(), &reach)
}

fn readers(told: &[Delivery]) -> Vec<(Recipient, &str)> {
    told.iter().map(|one| (one.to, if let Way::Mail(address) = &one.way { address.as_str() } else { "letter" })).collect()
}

#[test]
fn an_emergency_is_told_to_the_medecin_traitant_alone_among_professionals() {
    let line = |account: &str, medecin_traitant, effect| Authorisation {
        account: account.to_owned(),
        name: PersonName::new("Anne", "MODÈLE"),
        profession: Profession::parse("G15/10").unwrap(),
        structure: None,
        effect,
        since: now(),
        last_action: now(),
        until: None,
        medecin_traitant,
        administrator: false,
        recorded_by: String::new(),
    };
    let mut head = head();
    head.authorisations = vec![line("ps:1", false, Effect::Permit), line("ps:2", true, Effect::Permit), line("ps:3", true, Effect::Deny)];
    for kind in NoticeKind::ALL {
        for secret in [false, true] {
            let all = told(&head, kind, secret);
            let doctors: Vec<_> = readers(&all).into_iter().filter(|(to, _)| *to == Recipient::MedecinTraitant).collect();
            let expected = matches!(kind, NoticeKind::BreakGlass | NoticeKind::RegulationCentre);
            assert_eq!(doctors, if expected { vec![(Recipient::MedecinTraitant, "ps-2@post.example")] } else { vec![] }, "{kind:?}");
        }
    }
}

#[test]
fn the_parents_of_a_minor_are_told_what_may_not_be_switched_off() {
    let mut head = head();
    head.representatives = vec![parent("person:1"), parent("person:2"), parent("person:unknown")];
    assert_eq!(
        readers(&told(&head, NoticeKind::BreakGlass, false)),
        [(Recipient::Person, "person@post.example")],
        "an adult's parents are told nothing"
    );
    head.traits.birth_date = BirthDate::parse("2020-05-01").unwrap();
    let all = told(&head, NoticeKind::BreakGlass, false);
    let expected = [
        (Recipient::Person, "person@post.example"),
        (Recipient::Representative, "person-1@post.example"),
        (Recipient::Representative, "person-2@post.example"),
        (Recipient::Representative, "letter"),
    ];
    assert_eq!(readers(&all), expected);
    assert_eq!(all[1].language, Language::English, "each reader in their own language");
    assert_eq!(readers(&told(&head, NoticeKind::NewDocument, false)), [(Recipient::Person, "person@post.example")]);
}

#[test]
fn a_minors_secret_care_leaves_the_inbox_for_nobody_but_the_medecin_traitant() {
    let mut head = head();
    head.traits.birth_date = BirthDate::parse("2012-05-01").unwrap();
    head.representatives = vec![parent("person:1")];
    for kind in NoticeKind::ALL {
        assert!(told(&head, kind, true).is_empty(), "{kind:?}");
    }
}

#[test]
fn guardians_of_the_person_are_told_and_those_of_goods_and_helpers_are_not() {
    let mut head = head();
    let line = |kind, scope| Representative { kind, scope, ..parent(&format!("person:{kind:?}-{scope:?}")) };
    head.representatives = vec![
        line(RepresentativeKind::Guardian, Scope::Person),
        line(RepresentativeKind::Guardian, Scope::Property),
        line(RepresentativeKind::Guardian, Scope::Assistance),
        line(RepresentativeKind::Helper, Scope::Person),
        Representative { until: Some(now()), ..line(RepresentativeKind::Guardian, Scope::Person) },
    ];
    let all = told(&head, NoticeKind::RecordClosed, false);
    assert_eq!(readers(&all), [(Recipient::Person, "person@post.example"), (Recipient::Representative, "person-Guardian-Person@post.example")]);
}

#[test]
fn one_mailbox_is_told_once() {
    let mut head = head();
    head.traits.birth_date = BirthDate::parse("2020-05-01").unwrap();
    head.contact = Some(Contact { email: Some("person-1@post.example".to_owned()), ..Contact::default() });
    head.representatives = vec![parent("person:1")];
    assert_eq!(told(&head, NoticeKind::BreakGlass, false).len(), 1);
}

#[test]
fn the_end_of_a_representation_is_told_to_those_who_represented() {
    let mut head = head();
    head.representatives = vec![parent("person:1")];
    assert_eq!(readers(&told(&head, NoticeKind::RepresentationEnded, false)), [(Recipient::Representative, "person-1@post.example")]);
}

#[test]
fn settings_switch_off_what_is_optional_and_nothing_else() {
    let mut head = head();
    head.notice_settings = NoticeSettings { told: Vec::new(), rhythm: Rhythm::Weekly, ..NoticeSettings::default() };
    for kind in NoticeKind::ALL.into_iter().filter(|kind| *kind != NoticeKind::RepresentationEnded) {
        let all = told(&head, kind, false);
        assert_eq!(all.len(), usize::from(!kind.is_optional()), "{kind:?}");
        assert!(all.iter().all(|one| one.due == now() && !one.in_digest), "{kind:?} goes at once");
    }
}

#[test]
fn without_a_mailbox_the_law_writes_letters_and_the_rest_stays_in_the_inbox() {
    let mut head = head();
    head.contact = Some(Contact { address: Some("1 rue du Port".to_owned()), ..Contact::default() });
    for kind in NoticeKind::ALL.into_iter().filter(|kind| *kind != NoticeKind::RepresentationEnded) {
        let all = told(&head, kind, false);
        // A copy on paper tells of itself.
        assert_eq!(all.len(), usize::from(!kind.is_optional() && kind != NoticeKind::PaperOrdered), "{kind:?}");
        assert!(all.iter().all(|one| matches!(&one.way, Way::Letter { address: Some(_), .. })));
    }
}

#[test]
fn a_copy_on_paper_leaves_as_a_letter_whatever_else_its_reader_is_told_by() {
    let mut head = head();
    head.paper_orders = vec![PaperOrder {
        id: dmp_core::EntryId([7; 16]),
        at: now(),
        by: head.ins.account(),
        reader: head.ins.account(),
        reader_kind: CallerKind::Patient,
        name: "Nadia EXEMPLE".to_owned(),
        address: vec!["1 rue du Port".to_owned(), "99000 FICTIVE".to_owned()],
        what: PaperKind::ALL.to_vec(),
        way: PaperWay::Post,
        language: Language::French,
        sent_at: None,
    }];
    let all = told(&head, NoticeKind::PaperOrdered, false);
    let papers = |all: &[Delivery]| all.iter().filter(|one| one.to == Recipient::Paper).count();
    assert_eq!((all.len(), papers(&all)), (2, 1), "by mail that it was ordered, by post the copy: {all:?}");
    assert!(all.iter().any(|one| matches!(&one.way, Way::Letter { address: Some(lines), .. } if lines == "1 rue du Port\n99000 FICTIVE")));
    head.contact = None;
    assert_eq!(papers(&told(&head, NoticeKind::PaperOrdered, false)), 1);
    head.paper_orders[0].sent_at = Some(now());
    assert!(told(&head, NoticeKind::PaperOrdered, false).is_empty(), "printed once");
}

#[test]
fn a_digest_is_due_at_the_next_hour_of_its_rhythm() {
    let due = |rhythm, at: &str| {
        let mut head = head();
        head.notice_settings.rhythm = rhythm;
        let at = Moment::parse_fhir(at).unwrap();
        let notice = Notice { kind: NoticeKind::NewDocument, at, by: String::new(), read: false, secret: false };
        deliveries(&head, &notice, at, &reach)[0].due.to_rfc3339()
    };
    // 3 March 2026 is a Tuesday.
    for (rhythm, at, expected) in [
        (Rhythm::Daily, "2026-03-03T06:59:59Z", "2026-03-03T07:00:00"),
        (Rhythm::Daily, "2026-03-03T07:00:00Z", "2026-03-04T07:00:00"),
        (Rhythm::Weekly, "2026-03-03T06:00:00Z", "2026-03-09T07:00:00"),
        (Rhythm::Weekly, "2026-03-09T06:59:00Z", "2026-03-09T07:00:00"),
        (Rhythm::Weekly, "2026-03-09T07:00:00Z", "2026-03-16T07:00:00"),
    ] {
        assert!(due(rhythm, at).starts_with(expected), "{rhythm:?} {at}: {}", due(rhythm, at));
    }
}

#[test]
fn codes_are_distinct_and_lead_back() {
    for kind in NoticeKind::ALL {
        assert_eq!(NoticeKind::from_code(kind.code()), Some(kind));
    }
    for code in [
        "AJOUT_DOCUMENT",
        "MODIF_DOCUMENT",
        "SUPP_DOC",
        "CONSULT_DOCUMENT",
        "ACCES_DMP_PS",
        "ACCES_BRIS_GLACE",
        "REMISE_VISIBILITE_AUTO",
        "RAPPEL_MODIF_DA",
        "PRIMO_ALIM_MHS",
        "RAPPEL_CONSENT_PASSAGE_MAJO",
    ] {
        assert!(NoticeKind::from_code(code).is_some(), "{code}");
    }
}

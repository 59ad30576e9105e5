//! Samples of who looked, what they would see, and relatives.

use dmp_core::access::{Reason, Viewer};
#[cfg(test)]
use dmp_core::audit::{Chain, Leaf, LeafCaller, Outcome};
use dmp_core::record::{ReportAnswer, ReportFinding, ReportState};

use super::documents::{author, documents, journal, journal_line, long_document};
use super::{LONG_NAME, days_ago, person_shell, representative_shell};
use crate::texts::preview::viewer_words;
use crate::{
    ActingLine, HelperLine, InvitationLine, InviteForm, InviteProblem, Invited, Lang, PastLine, Perspective, PreviewBlock, PreviewPage,
    RelativesPage, ReportShown, Said, Shell, ShutRecord, TeamLine, Unseen, ViewerLink, WhoPage, WhoState,
};

/// A leaf of a professional's act, done.
#[cfg(test)]
pub(crate) fn leaf(act: dmp_core::access::Act) -> Leaf {
    let caller = LeafCaller {
        app: None,
        account: "ps:810000000011".to_owned(),
        kind: dmp_core::access::CallerKind::Professional,
        name: "Dr Anne MODÈLE".to_owned(),
        profession: None,
        structure: None,
        software: None,
    };
    Leaf {
        at: super::NOW,
        chain: Chain::Main,
        caller,
        act,
        mode: "normal".to_owned(),
        words: None,
        outcome: Outcome::Done,
        object: None,
        count: None,
        rules: Vec::new(),
        about: None,
    }
}

pub(crate) fn teams() -> Vec<TeamLine> {
    let reads = TeamLine {
        team: "t1".to_owned(),
        place: "Centre hospitalier de la Baie, cardiologie".to_owned(),
        members: vec!["Pr Dominique FICTIF".to_owned(), "Claude SOIGNANT".to_owned(), LONG_NAME.to_owned()],
        from: days_ago(3),
        until: None,
        reads: true,
        refused: false,
    };
    let refused = TeamLine { team: "t2".to_owned(), reads: false, refused: true, until: Some(days_ago(-9)), members: Vec::new(), ..reads.clone() };
    vec![reads, refused]
}

pub(crate) fn reports() -> Vec<ReportShown> {
    let sent = ReportShown {
        number: "S-4F00A1B2C3".to_owned(),
        who: author("Lou SANSDROIT", "G15/70", "Kinésithérapie du Marché"),
        words: Some("Je n'ai jamais vu cette personne.".to_owned()),
        sent_at: days_ago(12),
        due: days_ago(-18),
        state: ReportState::Sent,
        answer: None,
    };
    let taken = ReportShown { number: "S-00D1E2F3A4".to_owned(), state: ReportState::Taken, words: None, ..sent.clone() };
    let answer = ReportAnswer {
        at: days_ago(2),
        finding: ReportFinding::Unlawful,
        words: "Le cabinet a été averti, l'accès est fermé.".to_owned(),
        by: "Gaël EXPLOITANT-FICTIF".to_owned(),
    };
    let answered = ReportShown { number: "S-91AA000000".to_owned(), state: ReportState::Answered, answer: Some(answer), ..sent.clone() };
    vec![sent, taken, answered]
}

impl WhoPage {
    /// Full, with a report, blocked, refused only, not a professional, too long a message.
    pub fn samples(lang: Lang) -> Vec<(&'static str, WhoPage)> {
        let emergency = journal().into_iter().filter(crate::JournalLine::is_emergency);
        let full = WhoPage {
            shell: person_shell(lang, "/journal"),
            perspective: Perspective::Person,
            id: "a1".to_owned(),
            who: author("Dr Anne MODÈLE", "G15/10", "Cabinet du Port"),
            professional: true,
            state: WhoState::Unlisted,
            place: Some("/journal?place=p1".to_owned()),
            lines: std::iter::once(journal_line()).chain(emergency).collect(),
            may_block: true,
            may_report: true,
            reports: Vec::new(),
            words: String::new(),
            too_long: false,
        };
        let refused: Vec<_> = journal().into_iter().filter(crate::JournalLine::is_refused).collect();
        let helper = author("Karim EXEMPLE", "", "");
        vec![
            ("reported", WhoPage { reports: reports(), state: WhoState::Authorised, ..full.clone() }),
            (
                "blocked",
                WhoPage {
                    state: WhoState::Blocked,
                    shell: Shell { said: Some(Said::Blocked), ..full.shell.clone() },
                    lines: refused,
                    ..full.clone()
                },
            ),
            ("helper", WhoPage { professional: false, may_block: false, may_report: false, who: helper, place: None, ..full.clone() }),
            (
                "representative",
                WhoPage {
                    shell: representative_shell(lang, "/journal"),
                    perspective: Perspective::Other,
                    who: author(LONG_NAME, "X9/1", LONG_NAME),
                    state: WhoState::Team,
                    ..full.clone()
                },
            ),
            ("long", WhoPage { words: "é".repeat(1_200), too_long: true, state: WhoState::Expired, ..full.clone() }),
            ("full", full),
        ]
    }
}

impl PreviewPage {
    /// Nobody chosen, a dentist, an insurer, an empty record, a long name.
    pub fn samples(lang: Lang) -> Vec<(&'static str, PreviewPage)> {
        let role = |viewer: Viewer, chosen| ViewerLink {
            path: format!("/access/preview?as={}", viewer.code()),
            words: viewer_words(viewer, lang).to_owned(),
            chosen,
        };
        let listed = |words: &str| ViewerLink { path: "/access/preview?who=a1".to_owned(), words: words.to_owned(), chosen: false };
        let block = |title, seen, all| PreviewBlock { title, seen, all };
        let lines = documents();
        let unseen = lines.iter().skip(4).zip([Reason::NotInMatrix, Reason::Masked, Reason::NotInMatrix]);
        let dentist = PreviewPage {
            shell: person_shell(lang, "/access/preview?as=dentist"),
            perspective: Perspective::Person,
            roles: Viewer::ALL.into_iter().map(|viewer| role(viewer, viewer == Viewer::Dentist)).collect(),
            listed: vec![listed("Dr Anne MODÈLE"), listed(LONG_NAME)],
            viewer: Some(viewer_words(Viewer::Dentist, lang).to_owned()),
            agreed: true,
            otherwise: Some("/access/preview?as=dentist&agreed=no".to_owned()),
            emergency: false,
            opens: Ok(()),
            seen_count: 44,
            unseen_count: 3,
            everything: Some("/access/preview?as=dentist&all=1".to_owned()),
            seen: lines.iter().take(4).cloned().collect(),
            unseen: unseen.map(|(document, why)| Unseen { document: document.clone(), why }).collect(),
            blocks: vec![
                block(lang.pick("Vos allergies", "Your allergies"), 2, 2),
                block(lang.pick("Vos traitements en cours", "Your current treatments"), 3, 5),
                block(lang.pick("Vos directives et volontés", "Your directives and wishes"), 0, 1),
            ],
            back: "/access/preview?as=dentist".to_owned(),
        };
        let nobody = PreviewPage {
            viewer: None,
            seen_count: 0,
            unseen_count: 0,
            everything: None,
            seen: Vec::new(),
            unseen: Vec::new(),
            blocks: Vec::new(),
            otherwise: None,
            ..dentist.clone()
        };
        vec![
            ("nobody", nobody.clone()),
            (
                "insurer",
                PreviewPage { viewer: Some(viewer_words(Viewer::Insurer, lang).to_owned()), opens: Err(Reason::InsurersNever), ..nobody.clone() },
            ),
            ("empty", PreviewPage { viewer: Some(LONG_NAME.to_owned()), listed: Vec::new(), ..nobody }),
            (
                "representative",
                PreviewPage {
                    shell: representative_shell(lang, "/access/preview"),
                    perspective: Perspective::Other,
                    unseen: vec![Unseen { document: long_document(), why: Reason::Masked }],
                    seen: Vec::new(),
                    ..dentist.clone()
                },
            ),
            ("dentist", dentist),
        ]
    }
}

impl RelativesPage {
    /// Full, nobody, acting for a child, a minor's own, wrong form.
    pub fn samples(lang: Lang) -> Vec<(&'static str, RelativesPage)> {
        let line = |record: &str, kind, person: &str, minor, here| ActingLine {
            record: record.to_owned(),
            kind,
            person: person.to_owned(),
            minor,
            until: (kind == "helper").then(|| days_ago(-120)),
            here,
        };
        let helper = |name: &str, representative, invited| HelperLine {
            account: "a1".to_owned(),
            name: name.to_owned(),
            representative,
            since: days_ago(40),
            until: (!representative).then(|| days_ago(-325)),
            invited,
            may_end: !representative,
        };
        let full = RelativesPage {
            shell: person_shell(lang, "/relatives"),
            records: vec![
                line("own", "patient", "Nadia EXEMPLE", false, true),
                line("r1", "representative", "Lina EXEMPLE", true, false),
                line("r2", "helper", LONG_NAME, false, false),
            ],
            invitations: vec![InvitationLine {
                record: "r3".to_owned(),
                kind: "helper",
                person: "Paul ESSAI".to_owned(),
                answer_by: Some(days_ago(-10)),
                until: Some(days_ago(-200)),
            }],
            past: vec![PastLine::OfAge { born: 2008 }, PastLine::Ended { at: Some(days_ago(20)) }, PastLine::Ended { at: None }],
            person: Some("Nadia EXEMPLE".to_owned()),
            own: true,
            minor: false,
            helpers: vec![helper("Karim EXEMPLE", false, false), helper(LONG_NAME, false, true)],
            may_invite: Some(Invited::Helper),
            form: InviteForm::default(),
        };
        let wrong = InviteForm {
            given: "Paul".to_owned(),
            family: "ESSAI".to_owned(),
            number: "1 93 02 974".to_owned(),
            until: "2027-06-30".to_owned(),
            problem: Some(InviteProblem::NumberMalformed),
        };
        let nobody = RelativesPage {
            records: vec![line("own", "patient", "Nadia EXEMPLE", false, true)],
            invitations: Vec::new(),
            past: Vec::new(),
            helpers: Vec::new(),
            ..full.clone()
        };
        vec![
            ("nobody", nobody.clone()),
            (
                "acting",
                RelativesPage {
                    shell: representative_shell(lang, "/relatives"),
                    records: vec![line("own", "patient", "Karim EXEMPLE", false, false), line("r1", "representative", "Lina EXEMPLE", true, true)],
                    person: Some("Lina EXEMPLE".to_owned()),
                    own: false,
                    minor: true,
                    helpers: vec![helper("Karim EXEMPLE", true, false)],
                    may_invite: Some(Invited::Parent),
                    ..nobody.clone()
                },
            ),
            ("helper", RelativesPage { person: None, may_invite: None, ..nobody }),
            ("wrong", RelativesPage { form: wrong, ..full.clone() }),
            ("full", full),
        ]
    }
}

impl ShutRecord {
    /// The one state.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ShutRecord)> {
        vec![("full", ShutRecord { shell: person_shell(lang, "/") })]
    }
}

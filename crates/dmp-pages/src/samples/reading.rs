//! Samples of the pages around the record: front door, display, help, documents, timeline, what is expected, settings, easy-to-read pages.

use dmp_core::document::Topic;
use dmp_core::record::EmergencyChoices;
use dmp_core::summary::{Summary, When, samples};

use super::documents::{author, journal};
use super::summary::{folded, full, proof};
use super::{LONG_NAME, days_ago, person_shell, representative_shell};
use crate::{
    Arrived, AuthorLine, Display, DisplayPage, DocumentsPage, EasyPage, EventKind, ExpectedContext, ExpectedPage, FilterChoice, FoldedDocuments,
    Info, InfoPage, Lang, Perspective, ProfessionalLine, ProfessionalState, PublicPage, Reader, SearchBox, SettingsPage, Shell, TextSize, Theme,
    TimelineEvent, TimelinePage, TopicCount, event_kind_words,
};

impl PublicPage {
    /// With and without opening by oneself.
    pub fn samples(lang: Lang) -> Vec<(&'static str, PublicPage)> {
        let shell = Shell::public(lang, "", "/");
        vec![("full", PublicPage { shell: shell.clone(), may_open: true }), ("closed", PublicPage { shell, may_open: false })]
    }
}

impl DisplayPage {
    /// Nothing chosen; dark and large; contrast and very large, signed in.
    pub fn samples(lang: Lang) -> Vec<(&'static str, DisplayPage)> {
        let with = |shell: Shell, theme, size| DisplayPage { shell: Shell { display: Display { theme, size }, ..shell } };
        vec![
            ("full", DisplayPage { shell: Shell::public(lang, "", "/display") }),
            ("dark", with(Shell::public(lang, "", "/display"), Theme::Dark, TextSize::Large)),
            ("contrast", with(person_shell(lang, "/display"), Theme::Contrast, TextSize::Larger)),
        ]
    }
}

impl InfoPage {
    /// The three pages.
    pub fn samples(lang: Lang) -> Vec<(&'static str, InfoPage)> {
        let page = |info| InfoPage { shell: Shell::public(lang, "", "/help"), info };
        vec![("help", page(Info::Help)), ("accessibility", page(Info::Accessibility)), ("privacy", page(Info::Privacy))]
    }
}

impl DocumentsPage {
    /// Full, one topic without a document, empty, a representative on a later page.
    pub fn samples(lang: Lang) -> Vec<(&'static str, DocumentsPage)> {
        let search = Some(SearchBox { action: "/search".to_owned(), query: String::new() });
        let full = DocumentsPage {
            shell: Shell { search, ..person_shell(lang, "/documents") },
            person: "Nadia EXEMPLE".to_owned(),
            perspective: Perspective::Person,
            topics: [Topic::Prescriptions, Topic::Reports, Topic::Laboratory, Topic::Reimbursements, Topic::Own]
                .into_iter()
                .zip([12, 9, 14, 24, 2])
                .map(|(topic, count)| TopicCount { topic, count })
                .collect(),
            topic: None,
            folded: folded(),
            continued: false,
            older: Some("/documents?page=1".to_owned()),
            opened_at: days_ago(700),
            all_masked: false,
        };
        let empty = FoldedDocuments::default();
        vec![
            ("masked", DocumentsPage { all_masked: true, ..full.clone() }),
            ("topic", DocumentsPage { topic: Some(Topic::Imaging), folded: empty.clone(), older: None, ..full.clone() }),
            ("empty", DocumentsPage { topics: Vec::new(), folded: empty, older: None, opened_at: days_ago(1), ..full.clone() }),
            (
                "representative",
                DocumentsPage {
                    shell: representative_shell(lang, "/documents"),
                    person: LONG_NAME.to_owned(),
                    perspective: Perspective::Other,
                    topic: Some(Topic::Own),
                    continued: true,
                    older: None,
                    ..full.clone()
                },
            ),
            ("full", full),
        ]
    }
}

fn event(when: When, kind: EventKind, title: &str, by: &str) -> TimelineEvent {
    TimelineEvent { when, kind, title: title.to_owned(), by: by.to_owned(), href: "/documents/a1".to_owned() }
}

impl TimelinePage {
    /// Full, filtered to nothing, empty, a representative.
    pub fn samples(lang: Lang) -> Vec<(&'static str, TimelinePage)> {
        let choice = |code: &str, words: &str| FilterChoice { code: code.to_owned(), words: words.to_owned(), chosen: false };
        let full = TimelinePage {
            shell: person_shell(lang, "/timeline"),
            person: "Nadia EXEMPLE".to_owned(),
            reader: Reader::Person,
            events: vec![
                event(When::day(2026, 2, 28), EventKind::Document, "Compte rendu d'examens biologiques", "Laboratoire des Essais"),
                event(When::day(2025, 11, 4), EventKind::Vaccine, "Grippe saisonnière", "Pharmacie du Modèle"),
                event(When::day(2025, 6, 2), EventKind::Stay, "Cardiologie", "Centre hospitalier de la Baie"),
                event(When::day(2014, 0, 0), EventKind::Illness, "Diabète de type 2", "Dr Anne MODÈLE"),
                event(When::day(1998, 5, 17), EventKind::Operation, "Appendicectomie", ""),
            ],
            total: 5,
            kinds: EventKind::ALL.into_iter().map(|kind| choice(kind.code(), event_kind_words(kind, lang))).collect(),
            carers: vec![choice("5f1d", "Dr Anne MODÈLE"), choice("77c0", LONG_NAME)],
            years: ["2026", "2025", "2014", "1998"].map(|year| choice(year, year)).to_vec(),
            older: Some("/timeline?page=1".to_owned()),
        };
        let chosen = |choices: &[FilterChoice]| {
            choices.iter().enumerate().map(|(place, one)| FilterChoice { chosen: place == 1, ..one.clone() }).collect::<Vec<_>>()
        };
        vec![
            ("filtered", TimelinePage { events: Vec::new(), kinds: chosen(&full.kinds), years: chosen(&full.years), older: None, ..full.clone() }),
            ("empty", TimelinePage { events: Vec::new(), total: 0, older: None, ..full.clone() }),
            (
                "representative",
                TimelinePage {
                    shell: representative_shell(lang, "/timeline"),
                    person: "Lina EXEMPLE".to_owned(),
                    reader: Reader::Other,
                    older: None,
                    ..full.clone()
                },
            ),
            ("full", full),
        ]
    }
}

impl ExpectedPage {
    /// Full, nothing yet, a representative.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ExpectedPage)> {
        let page = |shell: Shell, reader, summary: &Summary, counts: [usize; 9]| {
            let arrived = Topic::ALL.into_iter().zip(counts).map(|(topic, count)| Arrived {
                topic,
                count,
                newest: (count > 0).then(|| (days_ago(12), author("Dr Anne MODÈLE", "G15/10", "Cabinet du Port"))),
            });
            let context = ExpectedContext {
                shell,
                person: "Nadia EXEMPLE".to_owned(),
                reader,
                opened_at: days_ago(700),
                arrived: arrived.collect(),
                waiting: summary.waiting,
                unreadable: summary.unreadable,
            };
            ExpectedPage::of(context, &summary.missing, &proof)
        };
        let shell = person_shell(lang, "/expected");
        vec![
            ("empty", page(shell.clone(), Reader::Person, &samples::empty(), [0; 9])),
            ("representative", page(representative_shell(lang, "/expected"), Reader::Other, &full(), [3, 0, 1, 0, 0, 0, 24, 2, 0])),
            ("full", page(shell, Reader::Person, &full(), [12, 9, 14, 0, 1, 0, 24, 2, 1])),
        ]
    }
}

impl SettingsPage {
    /// The person, and who acts for them.
    pub fn samples(lang: Lang) -> Vec<(&'static str, SettingsPage)> {
        vec![
            ("full", SettingsPage { shell: person_shell(lang, "/settings"), perspective: Perspective::Person }),
            ("representative", SettingsPage { shell: representative_shell(lang, "/settings"), perspective: Perspective::Other }),
        ]
    }
}

impl EasyPage {
    /// The four pages, full and empty.
    pub fn samples(lang: Lang) -> Vec<(&'static str, EasyPage)> {
        let shell = || person_shell(lang, "/easy");
        let line = |state, name: &str| ProfessionalLine {
            professional: "p1".to_owned(),
            who: AuthorLine { name: name.to_owned(), ..author("", "G15/10", "Cabinet du Port") },
            state,
            since: days_ago(30),
            until: None,
            medecin_traitant: false,
            administrator: false,
        };
        let lines = [line(ProfessionalState::Authorised, "Dr Anne MODÈLE"), line(ProfessionalState::Blocked, LONG_NAME)];
        let yes = EmergencyChoices { regulation_centre: true, break_glass: true, masked_in_emergency: false };
        vec![
            ("health", EasyPage::health(shell(), &full())),
            ("health_empty", EasyPage::health(shell(), &samples::empty())),
            ("looked", EasyPage::who_looked(shell(), &journal())),
            ("looked_empty", EasyPage::who_looked(shell(), &[])),
            ("may", EasyPage::who_may_look(shell(), &lines, vec!["Agnès SPECIMEN".to_owned()], yes)),
            ("may_empty", EasyPage::who_may_look(shell(), &[], Vec::new(), EmergencyChoices { break_glass: false, ..yes })),
            ("rights", EasyPage::rights(shell())),
        ]
    }
}

//! Samples of the professional site.

use dmp_core::identity::{BirthDate, Sex};
use dmp_core::record::NoticeKind;
use dmp_core::summary::Summary;
use dmp_core::summary::edition::SignedHeading;

use super::documents::{author, doctor, documents, long_document, text};
use super::{LONG_NAME, days_ago, professional_shell, summary};
use crate::{
    BreakGlassForm, BreakGlassProblem, ClassCount, ConsentForm, DocumentBody, DocumentLine, EmergencyLine, Filters, InsProblem, Label, Lang,
    OpenDocument, Original, PatientHeader, ProDenied, ProMode, ProPatient, ProSearch, Reader, RecentPatient, Said, SearchBox, Shell, SignSummaryPage,
    SignSummaryProblem,
};

const BIRTH: BirthDate = BirthDate { year: 1979, month: 3, day: 28 };

impl ProSearch {
    /// Full, empty, wrong key.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProSearch)> {
        let recent = |pid: &str, name: &str, sex, days| RecentPatient {
            pid: pid.to_owned(),
            name: name.to_owned(),
            birth_date: BIRTH,
            sex,
            opened_at: days_ago(days),
        };
        let emergency = |name: &str, kind, days| EmergencyLine {
            pid: "p1".to_owned(),
            name: name.to_owned(),
            kind,
            at: days_ago(days),
            by: "Samira ESSAI-KERVOLANE".to_owned(),
        };
        let waiting = |person: &str, overdue: bool| crate::WaitingCorrection {
            id: "c1".to_owned(),
            person: (!overdue).then(|| person.to_owned()),
            title: "Compte rendu de consultation".to_owned(),
            due_at: days_ago(if overdue { 3 } else { -10 }),
            overdue,
        };
        let full = ProSearch {
            shell: professional_shell(lang, "/pro"),
            professional: doctor(),
            ins: String::new(),
            problem: None,
            recent: vec![
                recent("p1", "Nadia EXEMPLE", Sex::Female, 0),
                recent("p2", "Jules NEUF", Sex::Male, 1),
                recent("p3", LONG_NAME, Sex::Unknown, 20),
            ],
            emergencies: vec![emergency("Nadia EXEMPLE", NoticeKind::BreakGlass, 0), emergency(LONG_NAME, NoticeKind::RegulationCentre, 3)],
            older_emergencies: Some(1),
            corrections: vec![waiting("Nadia EXEMPLE", false), waiting(LONG_NAME, true)],
        };
        vec![
            ("empty", ProSearch { recent: Vec::new(), emergencies: Vec::new(), older_emergencies: None, corrections: Vec::new(), ..full.clone() }),
            ("error", ProSearch { ins: "2 79 03 35 238 001 99".to_owned(), problem: Some(InsProblem::WrongKey), ..full.clone() }),
            ("full", full),
        ]
    }
}

fn header() -> PatientHeader {
    PatientHeader {
        name: "Nadia EXEMPLE".to_owned(),
        birth_date: BIRTH,
        age: 46,
        sex: Sex::Female,
        medecin_traitant: Some("Dr Anne MODÈLE".to_owned()),
        is_medecin_traitant: true,
        authorised_since: Some(days_ago(400)),
    }
}

fn lines() -> Vec<DocumentLine> {
    documents()
        .into_iter()
        .map(|line| DocumentLine { labels: line.labels.into_iter().filter(|label| *label != Label::New).collect(), ..line })
        .collect()
}

fn open(document: DocumentLine, body: DocumentBody) -> OpenDocument {
    OpenDocument { document, body, original: Original { mime_type: "text/xml".to_owned(), size: 14_300 }, correction: Some("c1".to_owned()) }
}

impl ProPatient {
    /// Nothing open, reading, break-glass, regulation centre, empty, filtered to nothing, a minor with long names and warnings.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProPatient)> {
        let full = ProPatient {
            shell: professional_shell(lang, "/pro/patients/p1"),
            pid: "p1".to_owned(),
            header: header(),
            mode: ProMode::Normal,
            summary: summary::block(&summary::full(), Reader::Professional, lang),
            groups: None,
            classes: [("10", 4), ("42", 1), ("60", 1), ("90", 1)]
                .into_iter()
                .map(|(code, count)| ClassCount { code: code.to_owned(), count })
                .collect(),
            filters: Filters::default(),
            documents: lines(),
            found: 7,
            open: None,
            older: Some("/pro/patients/p1?page=sample".to_owned()),
        };
        let reading = ProPatient { open: lines().into_iter().next().map(|line| open(line, DocumentBody::Text(text()))), ..full.clone() };
        let reason = "Personne inconsciente, traitement anticoagulant à connaître avant l'opération".to_owned();
        let minor = DocumentLine { labels: vec![Label::HiddenFromPerson, Label::HiddenFromRepresentatives, Label::OldVersion], ..long_document() };
        vec![
            (
                "break_glass",
                ProPatient {
                    mode: ProMode::BreakGlass { reason },
                    shell: Shell { said: Some(Said::BreakGlassOpened), ..full.shell.clone() },
                    ..reading.clone()
                },
            ),
            ("summary", with_summary(&full, &summary::full())),
            ("summary_reading", with_summary(&reading, &summary::contradictory())),
            ("summary_empty", with_summary(&empty(&full), &dmp_core::summary::samples::empty())),
            ("summary_many", with_summary(&full, &summary::many())),
            ("centre_15", ProPatient { mode: ProMode::RegulationCentre, ..full.clone() }),
            ("empty", empty(&full)),
            ("filtered", ProPatient { filters: nothing_found(), documents: Vec::new(), found: 0, older: None, ..full.clone() }),
            (
                "minor_long",
                ProPatient {
                    header: long_header(),
                    documents: vec![minor.clone(), DocumentLine { id: "b2".to_owned(), ..long_document() }],
                    found: 2,
                    open: Some(open(minor, DocumentBody::File)),
                    ..full.clone()
                },
            ),
            ("reading", reading),
            ("full", full),
        ]
    }
}

fn with_summary(page: &ProPatient, summary: &Summary) -> ProPatient {
    let search = Some(SearchBox { action: "/pro/patients/p1/search".to_owned(), query: String::new() });
    ProPatient {
        shell: Shell { search, ..page.shell.clone() },
        summary: summary::block(summary, Reader::Professional, page.shell.lang),
        groups: (!page.documents.is_empty()).then(summary::folded),
        ..page.clone()
    }
}

fn empty(full: &ProPatient) -> ProPatient {
    let header = PatientHeader { medecin_traitant: None, is_medecin_traitant: false, authorised_since: None, ..header() };
    let summary = summary::block(&dmp_core::summary::samples::empty(), Reader::Professional, full.shell.lang);
    ProPatient { header, summary, classes: Vec::new(), documents: Vec::new(), found: 0, older: None, ..full.clone() }
}

fn nothing_found() -> Filters {
    Filters {
        class: "42".to_owned(),
        from: "2026-03-01".to_owned(),
        until: "2026-01-01".to_owned(),
        author: "Fictif & fils".to_owned(),
        wrong_period: true,
    }
}

fn long_header() -> PatientHeader {
    let birth_date = BirthDate { year: 2010, month: 6, day: 0 };
    PatientHeader {
        name: LONG_NAME.to_owned(),
        age: 15,
        birth_date,
        sex: Sex::Unknown,
        medecin_traitant: Some(format!("Dr {LONG_NAME}")),
        is_medecin_traitant: false,
        ..header()
    }
}

impl ProDenied {
    /// Both ways, errors in each, no way at all.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProDenied)> {
        let who = author("Lou SANSDROIT", "G15/70", "Kinésithérapie du Marché");
        let full = ProDenied {
            shell: professional_shell(lang, "/pro/patients/p1"),
            pid: "p1".to_owned(),
            professional: who.words(&lang),
            consent: Some(ConsentForm::default()),
            break_glass: Some(BreakGlassForm::default()),
        };
        let form = BreakGlassForm {
            reason: "Chute, ne répond plus".to_owned(),
            unable_to_consent: true,
            immediate_risk: false,
            problem: Some(BreakGlassProblem::AttestationsMissing),
        };
        let no_reason =
            BreakGlassForm { reason: String::new(), immediate_risk: true, problem: Some(BreakGlassProblem::ReasonMissing), ..form.clone() };
        vec![
            ("error", ProDenied { break_glass: Some(form), ..full.clone() }),
            ("errors", ProDenied { consent: Some(ConsentForm { missing: true }), break_glass: Some(no_reason), ..full.clone() }),
            ("no_way", ProDenied { consent: None, break_glass: None, ..full.clone() }),
            ("full", full),
        ]
    }
}

impl SignSummaryPage {
    /// A full draft, an empty one, one that came back with a problem.
    pub fn samples(lang: Lang) -> Vec<(&'static str, SignSummaryPage)> {
        let page = |found: &Summary, problem: Option<(&str, Option<SignedHeading>)>| SignSummaryPage {
            shell: professional_shell(lang, "/pro/patients/p1/sign-summary"),
            person: "Nadia EXEMPLE".to_owned(),
            action: "/pro/patients/p1/sign-summary".to_owned(),
            home: "/pro/patients/p1".to_owned(),
            headings: SignSummaryPage::offered(found, None, &summary::proof, lang),
            problem: problem.map(|(words, heading)| SignSummaryProblem { words: words.to_owned(), heading }),
        };
        let none = lang.pick("Vous dites qu'il n'y en a aucune : choisissez.", "You say that there is none: choose.");
        let changed = lang.pick("La synthèse a changé : relisez-la avant de signer.", "The summary has changed: read it again before you sign.");
        vec![
            ("full", page(&summary::full(), None)),
            ("empty", page(&dmp_core::summary::samples::empty(), None)),
            ("hostile", page(&dmp_core::summary::samples::hostile(), None)),
            ("changed", page(&summary::contradictory(), Some((changed, None)))),
            ("error", page(&summary::contradictory(), Some((none, Some(SignedHeading::Allergies))))),
        ]
    }
}

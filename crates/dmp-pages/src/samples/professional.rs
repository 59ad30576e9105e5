//! Samples of the professional site.

use dmp_core::document::Topic;
use dmp_core::identity::{BirthDate, Sex};
use dmp_core::record::NoticeKind;
use dmp_core::summary::Summary;
use dmp_core::summary::edition::SignedHeading;

use super::documents::{author, doctor, documents, long_document, read_in_file, text};
use super::{LONG_NAME, days_ago, professional_shell, summary};
use crate::{
    BreakGlassForm, BreakGlassProblem, ClassCount, ConsentForm, DocumentActs, DocumentBody, DocumentLine, EmergencyLine, Filters, IdentityForm,
    InsProblem, Label, Lang, OpenDocument, Original, PatientFrame, PatientHeader, PatientPage, ProDenied, ProDocuments, ProImaging, ProMode,
    ProPrint, ProSearch, ProSummary, ProSynthesis, Reader, RecentPatient, ReportLine, Said, SearchBox, Shell, SignSummaryPage, SignSummaryProblem,
    SynthesisContext, TopicCount,
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
            identity: IdentityForm::default(),
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
            (
                "identity",
                ProSearch {
                    identity: IdentityForm { family: "EXEMPLE".to_owned(), incomplete: true, ..IdentityForm::default() },
                    emergencies: Vec::new(),
                    ..full.clone()
                },
            ),
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
        may_be_listed: false,
    }
}

fn lines() -> Vec<DocumentLine> {
    documents()
        .into_iter()
        .map(|line| DocumentLine { labels: line.labels.into_iter().filter(|label| *label != Label::New).collect(), ..line })
        .collect()
}

fn open(document: DocumentLine, body: DocumentBody) -> OpenDocument {
    let acts = DocumentActs { mask: true, unmask: false, announce: true, replace: true };
    OpenDocument { document, body, original: Original { mime_type: "text/xml".to_owned(), size: 14_300 }, correction: Some("c1".to_owned()), acts }
}

/// The frame of a patient's page.
pub(super) fn frame(here: PatientPage) -> PatientFrame {
    PatientFrame { pid: "p1".to_owned(), header: header(), mode: ProMode::Normal, here }
}

/// A patient's page: frame, keys, search.
pub(super) fn patient_shell(lang: Lang, path: &str, here: PatientPage) -> Shell {
    let search = Some(SearchBox { action: "/pro/patients/p1/search".to_owned(), query: String::new() });
    let back = format!("/pro/patients/p1{path}");
    Shell { search, patient: Some(frame(here)), keys: true, ..professional_shell(lang, &back) }
}

fn in_mode(shell: &Shell, mode: ProMode, header: PatientHeader) -> Shell {
    let patient = shell.patient.clone().map(|frame| PatientFrame { mode, header, ..frame });
    Shell { patient, ..shell.clone() }
}

impl ProDocuments {
    /// Nothing open, reading, break-glass, empty, filtered to nothing, old versions, a minor with long names and warnings.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProDocuments)> {
        let full = ProDocuments {
            shell: patient_shell(lang, "/documents", PatientPage::Documents),
            pid: "p1".to_owned(),
            person: "Nadia EXEMPLE".to_owned(),
            topics: [(Topic::Prescriptions, 1), (Topic::Reports, 3), (Topic::Laboratory, 2), (Topic::Own, 1)]
                .into_iter()
                .map(|(topic, count)| TopicCount { topic, count })
                .collect(),
            groups: Some(summary::folded()),
            classes: [("10", 4), ("42", 1), ("60", 1), ("90", 1)]
                .into_iter()
                .map(|(code, count)| ClassCount { code: code.to_owned(), count })
                .collect(),
            filters: Filters::default(),
            since: Some(lang.pick("3 mars 2024", "3 March 2024").to_owned()),
            documents: lines(),
            found: 7,
            open: None,
            older: Some("/pro/patients/p1/documents?page=sample".to_owned()),
            closed_to: Vec::new(),
        };
        let flat = ProDocuments { filters: Filters { old: true, all_time: true, ..Filters::default() }, since: None, ..full.clone() };
        let reading = ProDocuments { open: lines().into_iter().next().map(|line| open(line, DocumentBody::Text(text()))), ..flat.clone() };
        let reason = "Personne inconsciente, traitement anticoagulant à connaître avant l'opération".to_owned();
        let glass = in_mode(&full.shell, ProMode::BreakGlass { reason }, header());
        let minor = DocumentLine { labels: vec![Label::HiddenFromPerson, Label::HiddenFromRepresentatives, Label::OldVersion], ..long_document() };
        vec![
            ("break_glass", ProDocuments { shell: Shell { said: Some(Said::BreakGlassOpened), ..glass }, ..reading.clone() }),
            ("centre_15", ProDocuments { shell: in_mode(&full.shell, ProMode::RegulationCentre, header()), ..full.clone() }),
            (
                "empty",
                ProDocuments {
                    topics: Vec::new(),
                    classes: Vec::new(),
                    documents: Vec::new(),
                    groups: None,
                    since: None,
                    found: 0,
                    older: None,
                    ..full.clone()
                },
            ),
            ("filtered", ProDocuments { filters: nothing_found(), documents: Vec::new(), groups: None, found: 0, older: None, ..full.clone() }),
            (
                "minor_long",
                ProDocuments {
                    shell: in_mode(&full.shell, ProMode::Normal, long_header()),
                    documents: vec![minor.clone(), DocumentLine { id: "b2".to_owned(), ..long_document() }],
                    groups: None,
                    found: 2,
                    open: Some(open(minor, DocumentBody::File)),
                    closed_to: vec!["Synthèse psychiatrique", "Bilan psychologique"],
                    ..flat.clone()
                },
            ),
            ("read", ProDocuments { open: lines().into_iter().next().map(|line| open(line, read_in_file())), ..flat.clone() }),
            ("reading", reading),
            ("full", full),
        ]
    }
}

impl ProSynthesis {
    /// Full, in an emergency, contradictory, empty, many, first time, a minor with a long name.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProSynthesis)> {
        let shell = patient_shell(lang, "", PatientPage::Synthesis);
        let first_words = "Au total, diabète mal équilibré chez une personne de 46 ans : adaptation du traitement, contrôle de l'HbA1c à trois mois.";
        let page = |shell: &Shell, found: &Summary, new: usize, reports: usize| {
            let reports = lines().into_iter().take(reports).map(|document| ReportLine { document, words: first_words.to_owned() });
            let context = SynthesisContext {
                shell: shell.clone(),
                pid: "p1".to_owned(),
                person: "Nadia EXEMPLE".to_owned(),
                proof: &summary::proof,
                new_documents: lines().into_iter().take(new).collect(),
                reports: reports.collect(),
                hospital: lines().into_iter().nth(3).filter(|_| new > 2).map(|document| ReportLine { document, words: first_words.to_owned() }),
            };
            ProSynthesis::of(found, context)
        };
        let reason = "Personne inconsciente".to_owned();
        let glass = in_mode(&shell, ProMode::BreakGlass { reason }, PatientHeader { authorised_since: None, ..header() });
        let minor = in_mode(&shell, ProMode::Normal, PatientHeader { authorised_since: None, may_be_listed: true, ..long_header() });
        vec![
            ("full", page(&shell, &summary::full(), 6, 3)),
            ("break_glass", page(&glass, &summary::full(), 2, 3)),
            ("contradictory", page(&shell, &summary::contradictory(), 0, 1)),
            ("empty", page(&shell, &dmp_core::summary::samples::empty(), 0, 0)),
            ("many", page(&shell, &summary::many(), 6, 3)),
            ("hostile", page(&minor, &dmp_core::summary::samples::hostile(), 1, 3)),
        ]
    }
}

impl ProSummary {
    /// Full and empty.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProSummary)> {
        let page = |found: &Summary| ProSummary {
            shell: patient_shell(lang, "/summary", PatientPage::Other),
            person: "Nadia EXEMPLE".to_owned(),
            summary: summary::block(found, Reader::Professional, lang),
        };
        vec![
            ("full", page(&summary::full())),
            ("empty", page(&dmp_core::summary::samples::empty())),
            ("many", page(&summary::many())),
            ("contradictory", page(&summary::contradictory())),
        ]
    }
}

impl ProImaging {
    /// Full, documents alone, empty.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProImaging)> {
        let shell = patient_shell(lang, "/imaging", PatientPage::Imaging);
        let page = |found: &Summary, others: usize| {
            ProImaging::of(found, shell.clone(), ("p1", "Nadia EXEMPLE"), &summary::proof, lines().into_iter().take(others).collect())
        };
        let empty = dmp_core::summary::samples::empty();
        vec![("full", page(&summary::full(), 2)), ("documents", page(&empty, 3)), ("empty", page(&empty, 0))]
    }
}

impl ProPrint {
    /// Two documents, none.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProPrint)> {
        let bodies = [DocumentBody::Text(text()), DocumentBody::File, DocumentBody::Unreadable];
        let full = ProPrint {
            shell: patient_shell(lang, "/documents", PatientPage::Other),
            pid: "p1".to_owned(),
            person: "Nadia EXEMPLE".to_owned(),
            documents: lines().into_iter().zip(bodies).map(|(line, body)| open(line, body)).collect(),
        };
        vec![("empty", ProPrint { documents: Vec::new(), ..full.clone() }), ("full", full)]
    }
}

fn nothing_found() -> Filters {
    Filters {
        class: "42".to_owned(),
        from: "2026-03-01".to_owned(),
        until: "2026-01-01".to_owned(),
        author: "Fictif & fils".to_owned(),
        wrong_period: true,
        ..Filters::default()
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
            regulates: false,
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
            ("centre", ProDenied { regulates: true, ..full.clone() }),
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

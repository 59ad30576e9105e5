//! Samples of what a professional does besides reading: deposit, check before ordering, ask for a place on the list; and of their patients.

use dmp_core::identity::{BirthDate, Sex};
use dmp_core::statement::FileFlaw;

use super::documents::documents;
use super::professional::patient_shell;
use super::{LONG_NAME, days_ago, professional_shell};
use crate::{
    DepositDraft, DepositFlaw, DepositProblem, DepositVisibility, ExamChoice, ExamDone, ExamFound, Finding, Lang, PatientLine, PatientNewsLine,
    PatientPage, ProAuthorise, ProDeposit, ProDepositCheck, ProMine, ProNews, ProOrders, ProofLink, Shell,
};

const BIRTH: BirthDate = BirthDate { year: 1979, month: 3, day: 28 };

fn finding() -> Finding {
    Finding { words: "Le type de document n'est pas dans le jeu de valeurs.".to_owned(), place: "ClinicalDocument/code".to_owned() }
}

impl ProDeposit {
    /// Nothing yet, a new version, a flaw, findings of a CDA document.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProDeposit)> {
        let full = ProDeposit {
            shell: patient_shell(lang, "/deposit", PatientPage::Deposit),
            pid: "p1".to_owned(),
            person: "Nadia EXEMPLE".to_owned(),
            replaces: None,
            flaw: None,
            findings: Vec::new(),
        };
        vec![
            ("replaces", ProDeposit { replaces: Some(("a1".to_owned(), "Compte rendu de consultation".to_owned())), ..full.clone() }),
            ("flaw", ProDeposit { flaw: Some(DepositFlaw::File(FileFlaw::Office)), ..full.clone() }),
            ("other_person", ProDeposit { flaw: Some(DepositFlaw::OtherPerson), ..full.clone() }),
            ("findings", ProDeposit { findings: vec![finding(), finding()], ..full.clone() }),
            ("full", full),
        ]
    }
}

impl ProDepositCheck {
    /// A file, a CDA document with a warning, a problem, a minor.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProDepositCheck)> {
        let draft = DepositDraft {
            type_code: "18748-4".to_owned(),
            title: "IRM du genou droit".to_owned(),
            day: "2026-03-02".to_owned(),
            visibility: DepositVisibility::default(),
        };
        let full = ProDepositCheck {
            shell: patient_shell(lang, "/deposit", PatientPage::Deposit),
            pid: "p1".to_owned(),
            person: "Nadia EXEMPLE".to_owned(),
            born: lang.pick("28 mars 1979", "28 March 1979").to_owned(),
            ins: "2 79 03 51 215 189 89".to_owned(),
            waiting: "w1".to_owned(),
            file: lang.pick("PDF, 120 Ko", "PDF, 120 kB").to_owned(),
            is_cda: false,
            draft: draft.clone(),
            types: dmp_core::document::TYPES.iter().map(|row| row.0).collect(),
            replaces: None,
            is_minor: false,
            findings: Vec::new(),
            problem: None,
        };
        let empty = DepositDraft { title: String::new(), ..draft };
        vec![
            ("cda", ProDepositCheck { is_cda: true, findings: vec![finding()], ..full.clone() }),
            ("problem", ProDepositCheck { draft: empty, problem: Some(DepositProblem::TitleMissing), ..full.clone() }),
            (
                "minor",
                ProDepositCheck {
                    is_minor: true,
                    person: LONG_NAME.to_owned(),
                    replaces: Some(("a1".to_owned(), "Compte rendu de consultation".to_owned())),
                    ..full.clone()
                },
            ),
            ("full", full),
        ]
    }
}

impl ProOrders {
    /// Nothing asked, answers, none chosen.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProOrders)> {
        let exam = |code: &str, label: &str, chosen| ExamChoice { code: code.to_owned(), label: label.to_owned(), chosen };
        let full = ProOrders {
            shell: patient_shell(lang, "/orders", PatientPage::Orders),
            pid: "p1".to_owned(),
            person: "Nadia EXEMPLE".to_owned(),
            exams: vec![exam("hba1c", "Hémoglobine glyquée (HbA1c)", true), exam("tsh", "TSH", true), exam("irm_genou", "IRM du genou", false)],
            found: None,
        };
        let document = ProofLink {
            href: "/pro/patients/p1/documents/a1".to_owned(),
            label: "Compte rendu d'examens biologiques".to_owned(),
            author: "Laboratoire des Essais".to_owned(),
            when: "20 février 2026".to_owned(),
            stage: "",
            said_by: "",
        };
        let done = ExamDone {
            when: lang.pick("20 février 2026", "20 February 2026").to_owned(),
            days: 11,
            basis: "L'HbA1c reflète environ trois mois.".to_owned(),
            source: "HAS, 2010".to_owned(),
            document,
        };
        let found = |label: &str, done: Option<ExamDone>| ExamFound { label: label.to_owned(), done };
        let answers = vec![found("Hémoglobine glyquée (HbA1c)", Some(done)), found("TSH", None)];
        vec![
            ("answers", ProOrders { found: Some(answers), ..full.clone() }),
            ("none_chosen", ProOrders { found: Some(Vec::new()), ..full.clone() }),
            ("full", full),
        ]
    }
}

impl ProAuthorise {
    /// The question, and without the box ticked.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProAuthorise)> {
        let full = ProAuthorise {
            shell: patient_shell(lang, "/authorise", PatientPage::Other),
            pid: "p1".to_owned(),
            person: "Nadia EXEMPLE".to_owned(),
            professional: "Dr Anne MODÈLE, Cabinet du Port".to_owned(),
            missing: false,
        };
        vec![("missing", ProAuthorise { missing: true, ..full.clone() }), ("full", full)]
    }
}

fn keyed(lang: Lang, back: &str) -> Shell {
    Shell { keys: true, ..professional_shell(lang, back) }
}

impl ProMine {
    /// Full, empty.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProMine)> {
        let line = |name: &str, sex, doctor, days: Option<i64>| PatientLine {
            pid: "p1".to_owned(),
            name: name.to_owned(),
            birth_date: BIRTH,
            sex,
            medecin_traitant: doctor,
            last_act: days.map(days_ago),
        };
        let patients = vec![
            line("Nadia EXEMPLE", Sex::Female, true, Some(0)),
            line("Jules NEUF", Sex::Male, false, Some(40)),
            line(LONG_NAME, Sex::Unknown, false, None),
        ];
        let full = ProMine { shell: keyed(lang, "/pro/mine"), patients, more: true };
        vec![("empty", ProMine { patients: Vec::new(), more: false, ..full.clone() }), ("full", full)]
    }
}

impl ProNews {
    /// Full, empty.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProNews)> {
        let line = |name: &str, count| PatientNewsLine {
            pid: "p1".to_owned(),
            name: name.to_owned(),
            birth_date: BIRTH,
            sex: Sex::Female,
            since: days_ago(30),
            documents: documents().into_iter().take(count).collect(),
        };
        let full = ProNews { shell: keyed(lang, "/pro/news"), patients: vec![line("Nadia EXEMPLE", 3), line(LONG_NAME, 1)] };
        vec![("empty", ProNews { patients: Vec::new(), ..full.clone() }), ("full", full)]
    }
}

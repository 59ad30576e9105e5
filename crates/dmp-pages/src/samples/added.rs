//! Samples of what the person adds, and of requests for correction.

use dmp_core::record::CorrectionStage;
use dmp_core::statement::{Draft, Field, FileFlaw, Flaw, Measure, StatementKind};

use super::documents::{documents, long_document};
use super::{LONG_NAME, NOW, days_ago, person_shell, professional_shell, representative_shell};
use crate::{
    AddFile, AddForm, AddPage, AddedLine, AddedList, AddedPage, CorrectionForm, CorrectionLine, CorrectionProblem, CorrectionsPage, DocumentLine,
    Lang, ProCorrection, Said, Shell,
};

fn own_document() -> DocumentLine {
    documents().into_iter().find(|line| line.class_code == "90").unwrap_or_else(long_document)
}

fn typed(pairs: &[(Field, &str)]) -> Draft {
    let mut draft = Draft::default();
    pairs.iter().for_each(|(field, value)| draft.put(*field, *value));
    draft
}

impl AddPage {
    /// Everything, what a helper may add, nothing.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AddPage)> {
        let full = AddPage { shell: person_shell(lang, "/add"), kinds: StatementKind::ALL.to_vec(), may_file: true };
        let few = vec![StatementKind::Allergy, StatementKind::Contact];
        vec![
            ("helper", AddPage { shell: representative_shell(lang, "/add"), kinds: few, may_file: true }),
            ("nothing", AddPage { kinds: Vec::new(), may_file: false, ..full.clone() }),
            ("full", full),
        ]
    }
}

impl AddForm {
    /// Each form, empty or filled; wrong ones; a correction.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AddForm)> {
        let form = |kind: StatementKind, draft: Draft, flaws: Vec<(Field, Flaw)>| AddForm {
            shell: person_shell(lang, "/add/sample"),
            kind,
            action: format!("/add/{}", kind.code()),
            form: "sample".to_owned(),
            draft,
            flaws,
            suggestions: Vec::new(),
            correcting: false,
        };
        let pressure = StatementKind::Measure(Measure::BloodPressure);
        let wrong = vec![(Field::Value, Flaw::OutOfRange(50.0, 300.0, "mmHg")), (Field::Second, Flaw::Missing), (Field::Time, Flaw::InTheFuture)];
        let allergy = AddForm {
            suggestions: vec!["Pénicilline".to_owned(), "Arachide".to_owned()],
            ..form(StatementKind::Allergy, typed(&[(Field::Severity, "unknown")]), Vec::new())
        };
        let missing = vec![(Field::Substance, Flaw::Missing), (Field::Since, Flaw::NotADate)];
        vec![
            ("allergy", allergy.clone()),
            ("error", AddForm { flaws: missing, draft: typed(&[(Field::Reaction, "\"><b>"), (Field::Since, "hier")]), ..allergy.clone() }),
            ("medicine", form(StatementKind::Medicine, Draft::default(), Vec::new())),
            ("family", form(StatementKind::Family, Draft::default(), Vec::new())),
            ("pressure", form(pressure, typed(&[(Field::Value, "12"), (Field::Day, "2026-03-03"), (Field::Time, "23:59")]), wrong)),
            ("weight", form(StatementKind::Measure(Measure::Weight), typed(&[(Field::Day, "2026-03-03"), (Field::Time, "14:05")]), Vec::new())),
            ("directives", form(StatementKind::Directives, typed(&[(Field::Words, "Je veux…\nJe ne veux pas…")]), Vec::new())),
            ("kept", form(StatementKind::DirectivesKept, Draft::default(), vec![(Field::Place, Flaw::Missing)])),
            ("organs", form(StatementKind::Organs, Draft::default(), vec![(Field::Wish, Flaw::Missing)])),
            ("contact", form(StatementKind::Contact, typed(&[(Field::Name, LONG_NAME), (Field::Role, "trust")]), Vec::new())),
            (
                "correct",
                AddForm {
                    correcting: true,
                    draft: typed(&[(Field::Words, "Je veux…")]),
                    ..form(StatementKind::Directives, Draft::default(), Vec::new())
                },
            ),
        ]
    }
}

impl AddFile {
    /// Empty, too large, something else wrong, correcting.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AddFile)> {
        let empty = AddFile {
            shell: person_shell(lang, "/add/file"),
            action: "/add/file".to_owned(),
            form: "sample".to_owned(),
            draft: Draft::default(),
            flaws: Vec::new(),
            types: StatementKind::FILE_TYPES.to_vec(),
            correcting: false,
        };
        let details = typed(&[(Field::Title, "Prise de sang"), (Field::Type, "DOCPAT05"), (Field::Day, "2026-03-01")]);
        vec![
            ("large", AddFile { flaws: vec![(Field::File, Flaw::File(FileFlaw::TooLarge))], ..empty.clone() }),
            ("again", AddFile { flaws: vec![(Field::Day, Flaw::NotADate)], draft: details.clone(), ..empty.clone() }),
            ("correct", AddFile { correcting: true, draft: details, action: "/added/a6/correct".to_owned(), ..empty.clone() }),
            ("empty", empty),
        ]
    }
}

impl AddedPage {
    /// Just added, hidden, the whole record hidden, what a helper sees.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AddedPage)> {
        let shell = Shell { said: Some(Said::AdditionSaved), ..person_shell(lang, "/added/a6") };
        let full = AddedPage {
            shell,
            document: own_document(),
            is_file: true,
            professions: vec![lang.pick("médecin", "doctor"), lang.pick("pharmacien", "pharmacist")],
            all_masked: false,
            may_correct: true,
            may_withdraw: true,
        };
        vec![
            ("hidden", AddedPage { document: long_document(), is_file: false, ..full.clone() }),
            ("masked", AddedPage { all_masked: true, ..full.clone() }),
            ("helper", AddedPage { may_correct: false, may_withdraw: false, professions: Vec::new(), ..full.clone() }),
            ("full", full),
        ]
    }
}

impl AddedList {
    /// Some, none, what a helper sees.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AddedList)> {
        let line = |document, may: bool| AddedLine { document, may_correct: may, may_withdraw: may };
        let full = AddedList { shell: person_shell(lang, "/added"), own: true, lines: vec![line(own_document(), true), line(long_document(), true)] };
        vec![
            ("empty", AddedList { lines: Vec::new(), ..full.clone() }),
            ("helper", AddedList { shell: representative_shell(lang, "/added"), own: false, lines: vec![line(own_document(), false)] }),
            ("full", full),
        ]
    }
}

fn line(stage: CorrectionStage) -> CorrectionLine {
    let answered = matches!(stage, CorrectionStage::Refused | CorrectionStage::Replaced);
    let waits = matches!(stage, CorrectionStage::Sent | CorrectionStage::Seen | CorrectionStage::Overdue);
    CorrectionLine {
        id: format!("c-{stage:?}"),
        document: documents().into_iter().next().unwrap_or_else(long_document),
        quote: "Fracture du poignet gauche.".to_owned(),
        wrong: "C'est le poignet droit.".to_owned(),
        right: "Fracture du poignet droit.".to_owned(),
        asked_at: days_ago(20),
        asked_by: "Nadia EXEMPLE".to_owned(),
        due_at: days_ago(-10),
        stage,
        answered: answered.then(|| (NOW, "Dr Anne MODÈLE".to_owned())),
        reason: if stage == CorrectionStage::Refused { "La radiographie montre bien le gauche.".to_owned() } else { String::new() },
        newer: (stage == CorrectionStage::Replaced).then(|| "/documents/a4".to_owned()),
        may_withdraw: waits,
        nobody: stage == CorrectionStage::Overdue,
    }
}

const STAGES: [CorrectionStage; 6] = [
    CorrectionStage::Sent,
    CorrectionStage::Seen,
    CorrectionStage::Overdue,
    CorrectionStage::Replaced,
    CorrectionStage::Refused,
    CorrectionStage::Withdrawn,
];

impl CorrectionForm {
    /// Empty, nothing said, too long.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CorrectionForm)> {
        let empty = CorrectionForm {
            shell: person_shell(lang, "/documents/a1/correction"),
            document: documents().into_iter().next().unwrap_or_else(long_document),
            quote: String::new(),
            wrong: String::new(),
            right: String::new(),
            problem: None,
            nobody: false,
        };
        vec![
            ("error", CorrectionForm { quote: "Fracture".to_owned(), problem: Some(CorrectionProblem::Missing), nobody: true, ..empty.clone() }),
            (
                "long",
                CorrectionForm { wrong: "x".repeat(1_001), problem: Some(CorrectionProblem::TooLong), document: long_document(), ..empty.clone() },
            ),
            ("empty", empty),
        ]
    }
}

impl CorrectionsPage {
    /// Every stage, none.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CorrectionsPage)> {
        let shell = person_shell(lang, "/corrections");
        vec![
            ("empty", CorrectionsPage { shell: shell.clone(), lines: Vec::new() }),
            ("full", CorrectionsPage { shell, lines: STAGES.map(line).to_vec() }),
        ]
    }
}

impl ProCorrection {
    /// Waiting, overdue, wrong answers, answered.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProCorrection)> {
        let page = |stage| ProCorrection {
            shell: professional_shell(lang, "/pro/corrections/c1"),
            person: "Nadia EXEMPLE".to_owned(),
            line: line(stage),
            reason: String::new(),
            reason_wrong: false,
            file_wrong: false,
        };
        vec![
            ("overdue", page(CorrectionStage::Overdue)),
            ("reason", ProCorrection { reason_wrong: true, reason: "x".repeat(1_200), ..page(CorrectionStage::Seen) }),
            ("file", ProCorrection { file_wrong: true, ..page(CorrectionStage::Seen) }),
            ("over", page(CorrectionStage::Replaced)),
            ("full", page(CorrectionStage::Seen)),
        ]
    }
}

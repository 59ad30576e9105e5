//! Samples of what came of deposits.

use super::{LONG_NAME, NOW, professional_shell};
use crate::{Lang, ProSent, SentDays, SentReasonLine, SentRow, SentShown, SentState, Shell};

fn row(minutes: i64, document: &str, reference: Option<&str>, by: &str, state: SentState) -> SentRow {
    let at = NOW.plus_seconds(-60 * minutes);
    let (document, reference, by) = (document.to_owned(), reference.map(str::to_owned), by.to_owned());
    SentRow { at, first_at: None, tries: 1, document, reference, by, state, reasons: Vec::new() }
}

fn reason(code: &str, place: &str, lang: Lang) -> SentReasonLine {
    let words = dmp_core::catalogue::message(code).map(|line| lang.pick(line.fr, line.en).to_owned());
    SentReasonLine { code: code.to_owned(), place: place.to_owned(), words: words.unwrap_or_default() }
}

impl ProSent {
    /// Full, empty, one found, none found, a professional alone.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ProSent)> {
        let software = "dmp feed 0.1";
        let wrong = SentRow {
            reasons: vec![reason("ins-key", "DocumentReference.subject", lang), reason("element-required", "DocumentReference.type", lang)],
            ..row(12, "urn:oid:2.25.269830918460125748213097414093823119642", Some("RIS-20260303-118842"), software, SentState::Refused)
        };
        let waits = SentRow {
            first_at: Some(NOW.plus_seconds(-7_200)),
            tries: 7,
            reasons: vec![reason("replace-target-unknown", "DocumentReference.relatesTo", lang)],
            ..row(3, "urn:oid:1.2.250.1.213.1.1.9.994.8", Some("118857"), software, SentState::Waiting)
        };
        let rows = vec![
            row(1, "urn:oid:1.2.250.1.213.1.1.9.994.9", Some("118858"), software, SentState::Taken),
            waits,
            wrong.clone(),
            SentRow { reasons: vec![reason("unique-id-missing", "", lang)], ..row(15, "", None, LONG_NAME, SentState::Refused) },
            row(40, "urn:uuid:6f1d2c3b-4a59-4687-9786-a5b4c3d2e1f0", None, "Dr Anne MODÈLE", SentState::Taken),
        ];
        let shell = Shell { keys: true, ..professional_shell(lang, "/pro/deposits") };
        let full = ProSent {
            shell,
            structure: Some("Centre hospitalier de la Baie".to_owned()),
            days: SentDays::Today,
            shown: SentShown::All,
            taken: 1_204,
            refused: 2,
            waiting: 1,
            rows,
            left_out: 1_002,
            typed: None,
        };
        let empty = ProSent { structure: None, taken: 0, refused: 0, waiting: 0, rows: Vec::new(), left_out: 0, ..full.clone() };
        let found = ProSent { typed: Some("RIS-20260303-118842".to_owned()), days: SentDays::Week, rows: vec![wrong], left_out: 0, ..full.clone() };
        let none = ProSent { typed: Some("118859".to_owned()), rows: Vec::new(), ..found.clone() };
        vec![("full", full), ("empty", empty), ("found", found), ("none", none)]
    }
}

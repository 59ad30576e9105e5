//! Samples of what leaves the record: the download, the closing, paper, the letter.

use dmp_core::access::CallerKind;
use dmp_core::ids::EntryId;
use dmp_core::record::{Language, PaperKind, PaperOrder, PaperWay};

use super::{NOW, days_ago, person_shell, representative_shell};
use crate::{ClosingPage, ClosingProblem, DownloadPage, DownloadProblem, Lang, LetterHelpPage, PaperForm, PaperPage, PaperProblem, Shell};

impl DownloadPage {
    /// Own, huge, empty, two problems, representative, helper.
    pub fn samples(lang: Lang) -> Vec<(&'static str, DownloadPage)> {
        let own = DownloadPage { shell: person_shell(lang, "/download"), own: true, may: true, documents: 148, bytes: 12_400_000, problem: None };
        let other = DownloadPage { shell: representative_shell(lang, "/download"), own: false, ..own.clone() };
        vec![
            ("error", DownloadPage { problem: Some(DownloadProblem::NotUnderstood), ..own.clone() }),
            ("limit", DownloadPage { problem: Some(DownloadProblem::Limit), ..own.clone() }),
            ("empty", DownloadPage { documents: 0, bytes: 0, ..own.clone() }),
            ("huge", DownloadPage { documents: 20_000, bytes: 98_765_000_000, ..own.clone() }),
            ("helper", DownloadPage { may: false, ..other.clone() }),
            ("representative", other),
            ("own", own),
        ]
    }
}

impl ClosingPage {
    /// Own, two problems, representative, cannot.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ClosingPage)> {
        let own = ClosingPage { shell: person_shell(lang, "/close"), own: true, may: true, words: String::new(), problem: None };
        let typed = "Je préfère garder mes papiers <chez moi>.".to_owned();
        vec![
            ("error", ClosingPage { problem: Some(ClosingProblem::NotSure), words: typed, ..own.clone() }),
            ("long", ClosingPage { problem: Some(ClosingProblem::WordsTooLong), words: "très ".repeat(150), ..own.clone() }),
            ("cannot", ClosingPage { may: false, ..own.clone() }),
            ("representative", ClosingPage { shell: representative_shell(lang, "/close"), own: false, ..own.clone() }),
            ("own", own),
        ]
    }
}

impl PaperPage {
    /// Own with orders, two problems, helper.
    pub fn samples(lang: Lang) -> Vec<(&'static str, PaperPage)> {
        let form = PaperForm {
            what: vec![PaperKind::Summary, PaperKind::Access, PaperKind::Journal],
            way: PaperWay::Post,
            address: "1 rue du Port\n99000 FICTIVE".to_owned(),
            language: Language::French,
            problem: None,
        };
        let order = |days, sent_at| PaperOrder {
            id: EntryId([1; 16]),
            at: days_ago(days),
            by: String::new(),
            reader: String::new(),
            reader_kind: CallerKind::Patient,
            name: "Nadia EXEMPLE".to_owned(),
            address: Vec::new(),
            what: vec![PaperKind::Summary, PaperKind::Journal],
            way: PaperWay::Counter,
            language: Language::French,
            sent_at,
        };
        let own = PaperPage { shell: person_shell(lang, "/paper"), own: true, may: true, form: form.clone(), orders: Vec::new() };
        let nothing = PaperForm { what: Vec::new(), problem: Some(PaperProblem::Nothing), ..form.clone() };
        let address = PaperForm { address: String::new(), problem: Some(PaperProblem::AddressMissing), ..form.clone() };
        vec![
            ("error", PaperPage { form: nothing, ..own.clone() }),
            ("address", PaperPage { form: address, ..own.clone() }),
            ("limit", PaperPage { form: PaperForm { problem: Some(PaperProblem::Limit), ..form }, ..own.clone() }),
            ("orders", PaperPage { orders: vec![order(0, None), order(40, Some(NOW))], ..own.clone() }),
            ("helper", PaperPage { shell: representative_shell(lang, "/paper"), own: false, may: false, ..own.clone() }),
            ("own", own),
        ]
    }
}

impl LetterHelpPage {
    /// Before signing in, and after.
    pub fn samples(lang: Lang) -> Vec<(&'static str, LetterHelpPage)> {
        vec![
            ("public", LetterHelpPage { shell: Shell::public(lang, "sample-token", "/help/letter") }),
            ("own", LetterHelpPage { shell: person_shell(lang, "/help/letter") }),
        ]
    }
}

//! Samples of the pages without a record, and of errors.

use dmp_core::record::{Channel, ClosureReason, EmergencyChoices};

use super::{LONG_NAME, NOW, days_ago, person_shell, professional_shell, representative_shell};
use crate::{ClosedRecord, ClosingProblem, ErrorPage, Lang, NoRecord, OpenForm, OpenProblem, Receipt, Shell, UndoOpeningPage};

impl NoRecord {
    /// Own, consent missing, representative, may not open.
    pub fn samples(lang: Lang) -> Vec<(&'static str, NoRecord)> {
        let own =
            NoRecord { shell: person_shell(lang, "/"), person: "Nadia EXEMPLE".to_owned(), own: true, may_open: true, form: OpenForm::default() };
        let other = NoRecord { shell: representative_shell(lang, "/"), person: "Lina EXEMPLE".to_owned(), own: false, ..own.clone() };
        let error = OpenForm {
            emergency: EmergencyChoices { break_glass: false, ..EmergencyChoices::default() },
            problem: Some(OpenProblem::ConsentMissing),
            ..OpenForm::default()
        };
        vec![
            ("error", NoRecord { form: error, ..own.clone() }),
            ("cannot", NoRecord { may_open: false, ..other.clone() }),
            ("representative", other),
            ("own", own),
        ]
    }
}

impl ClosedRecord {
    /// At the person's request, after a death.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ClosedRecord)> {
        let request = ClosedRecord {
            shell: person_shell(lang, "/"),
            person: "Nadia EXEMPLE".to_owned(),
            closed_at: days_ago(40),
            reason: ClosureReason::Request,
            words: Some("Je préfère garder mes papiers chez moi.".to_owned()),
            may_reopen: true,
            may_request_destruction: true,
            destruction: None,
            problem: None,
        };
        let death = ClosedRecord {
            person: LONG_NAME.to_owned(),
            reason: ClosureReason::Death,
            words: None,
            may_reopen: false,
            may_request_destruction: false,
            ..request.clone()
        };
        let error = ClosedRecord { problem: Some(ClosingProblem::DestructionNotSure), ..request.clone() };
        let asked = ClosedRecord { destruction: Some((days_ago(2), days_ago(-28))), may_request_destruction: false, ..request.clone() };
        vec![("death", death), ("error", error), ("destruction", asked), ("request", request)]
    }
}

impl Receipt {
    /// Opened online, opened by someone with long names.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Receipt)> {
        let online = Receipt {
            shell: person_shell(lang, "/"),
            person: "Nadia EXEMPLE".to_owned(),
            number: "AC-2026-7F3K-29QD".to_owned(),
            at: NOW,
            channel: Channel::Online,
            by: None,
            structure: None,
            emergency: EmergencyChoices::default(),
            shows_ways_back: true,
            undo_until: Some(NOW.plus_seconds(900)),
        };
        let pharmacy = Receipt {
            person: LONG_NAME.to_owned(),
            channel: Channel::Pharmacy,
            by: Some(LONG_NAME.to_owned()),
            structure: Some("Pharmacie des Trois Fontaines".to_owned()),
            shows_ways_back: false,
            undo_until: None,
            ..online.clone()
        };
        vec![("pharmacy", pharmacy), ("online", online)]
    }
}

impl UndoOpeningPage {
    /// In time, too late, and of who represents somebody.
    pub fn samples(lang: Lang) -> Vec<(&'static str, UndoOpeningPage)> {
        let own = UndoOpeningPage { shell: person_shell(lang, "/undo-opening"), own: true, until: Some(NOW.plus_seconds(600)) };
        vec![
            ("late", UndoOpeningPage { until: None, ..own.clone() }),
            ("representative", UndoOpeningPage { shell: representative_shell(lang, "/undo-opening"), own: false, ..own.clone() }),
            ("own", own),
        ]
    }
}

impl ErrorPage {
    /// The statuses that people meet.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ErrorPage)> {
        let page = |status, shell: Shell, home: &str| ErrorPage { shell, status, words: None, code: None, incident: None, home: home.to_owned() };
        let public = || Shell::public(lang, "sample-token", "/");
        let fault = ErrorPage {
            code: Some("service-fault".to_owned()),
            incident: Some("2026-03-03T13:05:00Z-4c1f09".to_owned()),
            ..page(500, person_shell(lang, "/"), "/")
        };
        let words = lang.pick("Le document dépasse la taille acceptée : 5 Mo.", "The document is larger than accepted: 5 MB.").to_owned();
        vec![
            ("400", page(400, public(), "/")),
            ("403", page(403, person_shell(lang, "/"), "/")),
            ("404", page(404, person_shell(lang, "/"), "/")),
            (
                "413",
                ErrorPage { words: Some(words), code: Some("content-too-large".to_owned()), ..page(413, professional_shell(lang, "/pro"), "/pro") },
            ),
            ("503", page(503, public(), "/")),
            ("500", fault),
        ]
    }
}

//! Samples of signing in as a person and of the means of signing in.

use dmp_core::account::IdentifierError;

use super::{LONG_NAME, NOW, days_ago, person_shell};
use crate::{
    CodeFor, CodePage, IdentifierField, Lang, MailField, NewPasskeyChallenge, PasskeyChallenge, PasskeyLine, PasskeyPage, PersonProblem, PersonWays,
    ProviderLine, QualityLine, QualityPage, SessionLine, SheetLine, SheetPage, Shell, SignInSettings,
};

/// What the demonstration offers on an address without a name.
pub(super) fn ways(problem: Option<PersonProblem>) -> PersonWays {
    PersonWays { mail: true, passkey: None, provider: None, identifier: String::new(), problem }
}

/// Everything that can be offered.
pub(super) fn every_way() -> PersonWays {
    let passkey = PasskeyChallenge { challenge: "c2FtcGxl".to_owned(), party: "dmp.example".to_owned() };
    PersonWays { passkey: Some(passkey), provider: Some("FranceConnect Essai".to_owned()), identifier: "k7qm-2xrd".to_owned(), ..ways(None) }
}

impl CodePage {
    /// By mail, by print, of an address, and a wrong one.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CodePage)> {
        let page = |code_for, wrong| CodePage { shell: Shell::public(lang, "", "/signin/code"), code_for, wrong };
        vec![
            ("mail", page(CodeFor::Mail, false)),
            ("print", page(CodeFor::Print, false)),
            ("wrong", page(CodeFor::Print, true)),
            ("address", CodePage { shell: person_shell(lang, "/settings/signin/mail"), ..page(CodeFor::Address, true) }),
        ]
    }
}

impl QualityPage {
    /// Somebody with a record, a child and a helped person.
    pub fn samples(lang: Lang) -> Vec<(&'static str, QualityPage)> {
        let line = |name: &str, own, helper| QualityLine { record: "sealed".to_owned(), name: name.to_owned(), own, helper };
        let ways = vec![line("Karim EXEMPLE", true, false), line("Lina EXEMPLE", false, false), line(LONG_NAME, false, true)];
        vec![("full", QualityPage { shell: person_shell(lang, "/signin/as"), ways })]
    }
}

impl SignInSettings {
    /// Nothing yet, everything, errors in both fields.
    pub fn samples(lang: Lang) -> Vec<(&'static str, SignInSettings)> {
        let session = |minutes: i64, here| SessionLine { since: NOW.plus_seconds(-60 * minutes), here };
        let empty = SignInSettings {
            shell: person_shell(lang, "/settings/signin"),
            identifier: IdentifierField::default(),
            mail: MailField { may_send: true, ..MailField::default() },
            sheet: None,
            passkeys: Vec::new(),
            offers_passkeys: true,
            provider: None,
            sessions: vec![session(3, true)],
            stay: crate::Stay::Short,
        };
        let key = |days, used| PasskeyLine { id: "AQID".to_owned(), added_at: days_ago(days), used_at: used };
        let full = SignInSettings {
            identifier: IdentifierField { current: Some("nadia-exemple".to_owned()), ..IdentifierField::default() },
            mail: MailField { current: Some("nadia@exemple.invalid".to_owned()), may_send: true, ..MailField::default() },
            sheet: Some(SheetLine { left: 2, issued_at: days_ago(200), issued_by: Some("Martine GUICHET".to_owned()) }),
            passkeys: vec![key(90, Some(days_ago(1))), key(2, None)],
            provider: Some(ProviderLine { name: "FranceConnect Essai".to_owned(), linked: true, waiting: false }),
            sessions: vec![session(3, true), session(55, false)],
            ..empty.clone()
        };
        let waiting = ProviderLine { name: "FranceConnect Essai".to_owned(), linked: false, waiting: true };
        let wrong = SignInSettings {
            identifier: IdentifierField { typed: "né".to_owned(), error: Some(Some(IdentifierError::Characters)), ..full.identifier.clone() },
            provider: Some(waiting),
            ..full.clone()
        };
        let mail = MailField { typed: "nadia".to_owned(), error: true, ..full.mail.clone() };
        let unlinked = ProviderLine { name: "FranceConnect Essai".to_owned(), linked: false, waiting: false };
        let mail = SignInSettings { mail, provider: Some(unlinked), ..full.clone() };
        let none = MailField::default();
        let offline = SignInSettings { mail: none, offers_passkeys: false, ..empty.clone() };
        vec![("empty", empty), ("full", full), ("identifier", wrong), ("mail", mail), ("offline", offline)]
    }
}

impl PasskeyPage {
    /// Offered after a code, and asked for.
    pub fn samples(lang: Lang) -> Vec<(&'static str, PasskeyPage)> {
        let text = |text: &str| text.to_owned();
        let new = NewPasskeyChallenge {
            challenge: text("c2FtcGxl"),
            party: text("dmp.example"),
            user: text("AAEC"),
            name: text("Nadia EXEMPLE"),
            known: text("AQID"),
        };
        let page = |offered| PasskeyPage { shell: person_shell(lang, "/settings/signin/passkey"), new: new.clone(), offered };
        vec![("offered", page(true)), ("asked", page(false))]
    }
}

impl SheetPage {
    /// A sheet of a long name.
    pub fn samples(lang: Lang) -> Vec<(&'static str, SheetPage)> {
        let codes = (0..12).map(|number| format!("K7QM{}-XRD4W", number % 8 + 2)).collect();
        let sheet = SheetPage {
            shell: person_shell(lang, "/settings/signin"),
            person: LONG_NAME.to_owned(),
            identifier: "k7qm-2xrd".to_owned(),
            address: "dmp.example".to_owned(),
            codes,
            at: NOW,
        };
        vec![("full", sheet)]
    }
}

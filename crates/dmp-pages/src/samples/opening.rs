//! Samples of the opening of a record by its person, and of the mailbox of a demonstration.

use dmp_core::record::{CodePurpose, EmergencyChoices};

use super::{LONG_NAME, NOW, days_ago};
use crate::{InvitationPage, Lang, MailboxLine, MailboxPage, OpeningPage, OpeningProblem, OpeningStep, OpeningWish, Shell, code_mail_text};

impl MailboxPage {
    /// Empty; a code, and the mail to who needs none.
    pub fn samples(lang: Lang) -> Vec<(&'static str, MailboxPage)> {
        let shell = Shell::public(lang, "sample-token", "/sandbox/mailbox");
        let line = |to: &str, at, purpose| MailboxLine {
            to: to.to_owned(),
            at,
            mail: code_mail_text(purpose, "ABCDE-FGHJK", NOW.plus_days(1), lang, "dmp.example/opening/code"),
        };
        let long = format!("{}@post.example", LONG_NAME.replace(' ', "."));
        let mails = vec![
            line("nadia@post.example", NOW, CodePurpose::Opening),
            line(&long, days_ago(1), CodePurpose::AlreadyOpen),
            line("luc@post.example", days_ago(2), CodePurpose::Invitation),
        ];
        vec![("empty", MailboxPage { shell: shell.clone(), mails: Vec::new() }), ("full", MailboxPage { shell, mails })]
    }
}

impl OpeningPage {
    /// Every question, asked for the first time and with what went wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, OpeningPage)> {
        let page = |step, problem| OpeningPage { shell: Shell::public(lang, "sample-token", "/opening"), step, problem };
        let number = |nir: &str, wish, resume| OpeningStep::Number { nir: nir.to_owned(), wish, resume, days: Vec::new() };
        let not_now = |done, opens_by_itself| OpeningStep::NotNow { done, opens_by_itself };
        let code = |code: &str| OpeningStep::Code { code: code.to_owned() };
        let card = |serial: &str| OpeningStep::Card { serial: serial.to_owned() };
        let consent = |consent| OpeningStep::Consent { consent, emergency: EmergencyChoices::default() };
        let contact = |email: &str, mobile: &str| OpeningStep::Contact { email: email.to_owned(), mobile: mobile.to_owned() };
        let security = |identifier: &str, by_mail| OpeningStep::Security { identifier: identifier.to_owned(), by_mail };
        let refusal = |may_confirm, opens_by_itself| OpeningStep::Refusal { may_confirm, opens_by_itself };
        vec![
            ("closed", page(OpeningStep::Closed, None)),
            ("number", page(number("", OpeningWish::Open, None), None)),
            ("number-resume", page(number("", OpeningWish::Open, Some("/opening/consent")), None)),
            ("number-refuse", page(number("", OpeningWish::Refuse, None), None)),
            ("number-not_now", page(number("", OpeningWish::NotNow, None), None)),
            (
                "number-days",
                page(
                    OpeningStep::Number {
                        nir: String::new(),
                        wish: OpeningWish::Open,
                        resume: None,
                        days: vec!["Bas-Rhin (671) – 1er janvier 2017".to_owned(), "Bayonne (641) – 1er janvier 2017".to_owned()],
                    },
                    None,
                ),
            ),
            ("number-missing", page(number("", OpeningWish::Open, None), Some(OpeningProblem::NirMissing))),
            ("number-malformed", page(number("1 23 \"><b>", OpeningWish::Open, None), Some(OpeningProblem::NirMalformed))),
            ("number-key", page(number("2 79 03 51 215 189 88", OpeningWish::Open, None), Some(OpeningProblem::NirKey))),
            ("code", page(code(""), None)),
            ("code-malformed", page(code("K7QM"), Some(OpeningProblem::CodeMalformed))),
            ("code-wrong", page(code("K7QM2-XRD4W"), Some(OpeningProblem::CodeWrong))),
            ("card", page(card(""), None)),
            ("card-malformed", page(card("12 A"), Some(OpeningProblem::SerialMalformed))),
            ("card-wrong", page(card("0123456789"), Some(OpeningProblem::SerialWrong))),
            ("card-over", page(card("0123456789"), Some(OpeningProblem::SerialOver))),
            ("consent", page(consent(false), None)),
            ("consent-missing", page(consent(false), Some(OpeningProblem::ConsentMissing))),
            ("contact", page(contact("nadia@courriel.example", "06 99 88 77 66"), None)),
            ("contact-empty", page(contact("", ""), None)),
            ("contact-email", page(contact("nadia@", ""), Some(OpeningProblem::EmailWrong))),
            ("contact-mobile", page(contact("", "01 02"), Some(OpeningProblem::MobileWrong))),
            ("security", page(security("", true), None)),
            ("security-paper", page(security("", false), None)),
            ("security-length", page(security("ab", true), Some(OpeningProblem::IdentifierLength))),
            ("security-characters", page(security("nadia@courriel.example", true), Some(OpeningProblem::IdentifierCharacters))),
            ("security-number", page(security("279035121518989", true), Some(OpeningProblem::IdentifierNumber))),
            ("security-taken", page(security("nadia", true), Some(OpeningProblem::IdentifierTaken))),
            ("security-minor", page(security("nadia", true), Some(OpeningProblem::Minor))),
            ("security-exists", page(security("nadia", true), Some(OpeningProblem::Exists))),
            ("refusal", page(refusal(false, true), None)),
            ("refusal-confirm", page(refusal(true, false), None)),
            ("refused", page(OpeningStep::Refused, None)),
            ("not_now", page(not_now(false, true), None)),
            ("not_now-done", page(not_now(true, false), None)),
            ("later", page(OpeningStep::Later { until: Some(NOW.plus_days(7)) }, None)),
            ("later-nothing", page(OpeningStep::Later { until: None }, None)),
        ]
    }
}

impl InvitationPage {
    /// Where records open by themselves, and where none does.
    pub fn samples(lang: Lang) -> Vec<(&'static str, InvitationPage)> {
        let page = |opens_by_itself| InvitationPage { shell: Shell::public(lang, "sample-token", "/invitation"), opens_by_itself };
        vec![("full", page(true)), ("explicit", page(false))]
    }
}

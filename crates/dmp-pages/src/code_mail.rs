//! The mail that brings a code: what to do with it and until when, and nothing about whom or what it is for.

use askama::Template;
use dmp_core::moment::Moment;
use dmp_core::record::CodePurpose;

use crate::lang::silent_debug;
use crate::texts::code_mail::{CodeMailTexts, MailboxTexts};
use crate::texts::invitation::InvitationTexts;
use crate::{Lang, MailText, Shell, dates};

/// The mail for a purpose. `link` leads to the page where the code is typed, and says nothing by itself.
pub fn code_mail_text(purpose: CodePurpose, code: &str, valid_until: Moment, lang: Lang, link: &str) -> MailText {
    let texts = CodeMailTexts::of(lang);
    if purpose == CodePurpose::Invitation {
        return invitation(code, valid_until, lang, link);
    }
    let lead = match purpose {
        CodePurpose::Opening | CodePurpose::Invitation => texts.opening,
        CodePurpose::SignIn => texts.sign_in,
        CodePurpose::AlreadyOpen => {
            let body = format!("{}\n\n{}\n{link}\n\n{}\n", texts.greeting, texts.already, texts.ignore);
            return MailText { subject: texts.subject, body: plain(&body) };
        }
        CodePurpose::Opened => {
            let body = format!("{}\n\n{}\n{link}\n\n{}\n", texts.greeting, texts.opened, texts.not_you_opened);
            return MailText { subject: texts.subject, body: plain(&body) };
        }
        CodePurpose::MeansChanged => {
            let body = format!("{}\n\n{}\n{link}\n\n{}\n", texts.greeting, texts.means_changed, texts.not_you);
            return MailText { subject: texts.subject, body: plain(&body) };
        }
    };
    let until = format!("{} {}.", texts.until, dates::date_time(valid_until, lang));
    let body = format!("{}\n\n{lead}\n\n    {code}\n\n{until} {}\n{link}\n\n{}\n\n{}\n", texts.greeting, texts.once, texts.nobody_asks, texts.ignore);
    MailText { subject: texts.subject, body: plain(&body) }
}

/// The insurer's invitation: what may be answered and where, and no word of why.
fn invitation(code: &str, valid_until: Moment, lang: Lang, link: &str) -> MailText {
    let (texts, own) = (CodeMailTexts::of(lang), InvitationTexts::of(lang));
    let until = format!("{} {}.", texts.until, dates::date_time(valid_until, lang));
    let body = format!(
        "{}\n\n{}\n{link}\n\n{}\n\n    {code}\n\n{until}\n\n{}\n\n{}\n",
        texts.greeting, own.mail_lead, own.mail_code, own.nothing, texts.nobody_asks
    );
    MailText { subject: texts.subject_invitation, body: plain(&body) }
}

/// A letter with a code, for one person whom the insurer reaches by no mailbox: one page to print.
#[derive(Template)]
#[template(path = "code_letter.html")]
pub struct CodeLetterPage {
    pub lang: Lang,
    /// Name and lines of the postal address.
    pub address: Vec<String>,
    pub date: Moment,
    /// Whether the insurer invites them; otherwise they asked for the code.
    pub invites: bool,
    pub code: String,
    pub valid_until: Moment,
    pub link: String,
}

impl CodeLetterPage {
    fn t(&self) -> &'static CodeMailTexts {
        CodeMailTexts::of(self.lang)
    }

    fn invitation(&self) -> &'static InvitationTexts {
        InvitationTexts::of(self.lang)
    }

    fn day(&self, at: &Moment) -> String {
        dates::date(*at, self.lang)
    }
}

/// A mail is plain text: no spaces that some readers show as signs.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// A mail in the mailbox of a demonstration.
#[derive(Clone)]
pub struct MailboxLine {
    pub to: String,
    pub at: Moment,
    pub mail: MailText,
}

/// The mailbox of a demonstration, at `/sandbox/mailbox`: what would have left by mail, newest first.
#[derive(Clone, Template)]
#[template(path = "sandbox_mailbox.html")]
pub struct MailboxPage {
    pub shell: Shell,
    pub mails: Vec<MailboxLine>,
}

silent_debug!(CodeLetterPage, MailboxLine, MailboxPage);

impl MailboxPage {
    fn t(&self) -> &'static MailboxTexts {
        MailboxTexts::of(self.shell.lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Moment = Moment::from_seconds(1_772_543_100);

    #[test]
    fn a_mail_holds_its_code_and_its_end_and_a_purpose_without_one_holds_none() {
        for lang in Lang::ALL {
            for purpose in CodePurpose::ALL {
                let mail = code_mail_text(purpose, "ABCDE-FGHJK", AT, lang, "https://dmp.example/opening/code");
                assert!(mail.body.contains("https://dmp.example/opening/code"), "{}", mail.body);
                let has_code = purpose.has_code();
                assert_eq!((mail.body.contains("ABCDE-FGHJK"), mail.body.contains("2026")), (has_code, has_code), "{}", mail.body);
                assert!(!mail.body.contains('\u{a0}'));
            }
        }
    }

    #[test]
    fn no_mail_with_a_code_says_what_it_is_about() {
        for (lang, purpose) in Lang::ALL.into_iter().flat_map(|lang| CodePurpose::ALL.map(|purpose| (lang, purpose))) {
            let mail = code_mail_text(purpose, "ABCDE-FGHJK", AT, lang, "x");
            let text = format!("{} {}", mail.subject, mail.body).to_lowercase();
            // An invitation was not asked for: it names who writes.
            let text = if purpose == CodePurpose::Invitation { text.replace("assurance maladie", "").replace("health insurance", "") } else { text };
            for word in ["santé", "médica", "maladie", "dmp", "health", "medical", "assur"] {
                assert!(!text.contains(word), "{purpose:?}: `{word}` in {text}");
            }
        }
    }

    #[test]
    fn a_letter_holds_its_code_and_escapes_its_address() {
        for (lang, invites) in Lang::ALL.into_iter().flat_map(|lang| [(lang, false), (lang, true)]) {
            let address = vec!["Nadia <EXEMPLE>".to_owned(), "1 rue du Port".to_owned()];
            let (code, link) = ("ABCDE-FGHJK".to_owned(), "https://dmp.example/opening".to_owned());
            let html = CodeLetterPage { lang, address, date: AT, invites, code, valid_until: AT.plus_days(30), link }.render().unwrap();
            for found in ["1 rue du Port", "ABCDE-FGHJK", "dmp.example/opening", "2026"] {
                assert!(html.contains(found), "{found}: {html}");
            }
            assert!(!html.contains("<EXEMPLE>"));
        }
    }

    #[test]
    fn subjects_are_alike_whatever_was_asked() {
        for lang in Lang::ALL {
            let asked = CodePurpose::ALL.into_iter().filter(|purpose| *purpose != CodePurpose::Invitation);
            let subjects: std::collections::BTreeSet<_> = asked.map(|purpose| code_mail_text(purpose, "x", AT, lang, "x").subject).collect();
            assert_eq!(subjects.len(), 1);
        }
    }
}

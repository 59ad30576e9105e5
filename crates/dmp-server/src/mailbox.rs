//! The mailbox of a demonstration: mails with codes that leave nowhere, kept in memory and shown at `/sandbox/mailbox`.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use dmp_core::record::CodePurpose;
use dmp_pages::{MailboxLine, MailboxPage, Site, code_mail_text, lang_of};
use dmp_service::{CodeLetter, CodeMail, CodeMailer, MailboxFull};

use crate::App;
use crate::site::{self, Visitor, page, query_value};

/// Mails kept: the oldest goes first.
const KEPT_MAX: usize = 2_000;
/// Mails on the page.
const SHOWN_MAX: usize = 50;

/// Keeps what would have left by mail. For demonstrations: who reads the page reads every code.
#[derive(Default)]
pub struct SandboxMailbox {
    mails: Mutex<VecDeque<CodeMail>>,
}

impl std::fmt::Debug for SandboxMailbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SandboxMailbox(…)")
    }
}

#[async_trait]
impl CodeMailer for SandboxMailbox {
    async fn send(&self, mail: CodeMail) -> Result<(), MailboxFull> {
        let mut mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        if mails.len() >= KEPT_MAX {
            mails.pop_back();
        }
        mails.push_front(mail);
        Ok(())
    }
}

impl SandboxMailbox {
    /// The newest mails, to one address or to all.
    fn newest(&self, to: Option<&str>) -> Vec<CodeMail> {
        let mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        mails.iter().filter(|mail| to.is_none_or(|to| mail.to == to)).take(SHOWN_MAX).cloned().collect()
    }
}

/// Where a code is typed.
pub fn code_link(base_url: &str, purpose: CodePurpose) -> String {
    let path = match purpose {
        CodePurpose::Opening => "/opening/code",
        CodePurpose::AlreadyOpen | CodePurpose::SignIn | CodePurpose::Opened => "/signin",
        CodePurpose::Invitation => "/invitation",
        CodePurpose::MeansChanged => "/settings/signin",
    };
    format!("{}{path}", base_url.trim_end_matches('/'))
}

/// The page, with `?to=` for one address alone. SECURITY: in a demonstration alone, which listens on loopback.
pub(crate) async fn show(State(app): State<App>, visitor: Visitor, uri: axum::http::Uri) -> Response {
    let Some(mailbox) = app.mailbox.as_ref().filter(|_| app.config.demo) else { return StatusCode::NOT_FOUND.into_response() };
    let to = query_value(uri.query().unwrap_or_default(), "to").map(|value| value.replace("%40", "@"));
    let line = |mail: CodeMail| MailboxLine {
        mail: code_mail_text(mail.purpose, &mail.code, mail.valid_until, lang_of(mail.language), &code_link(&app.config.base_url, mail.purpose)),
        to: mail.to,
        at: mail.sent_at,
    };
    let mut mails: Vec<MailboxLine> = mailbox.newest(to.as_deref()).into_iter().map(line).collect();
    if to.is_none() {
        match app.service.waiting_code_letters().await {
            Ok(letters) => mails.extend(letters.into_iter().rev().take(SHOWN_MAX).map(|letter| letter_line(&app, letter))),
            Err(error) => return site::fail(&app, &visitor, Site::Public, "/", &error),
        }
    }
    page(&MailboxPage { shell: visitor.shell(&app, Site::Public, "/sandbox/mailbox"), mails })
}

/// A letter that waits for being printed, as a line of the page.
fn letter_line(app: &App, letter: CodeLetter) -> MailboxLine {
    let purpose = if letter.invites { CodePurpose::Invitation } else { CodePurpose::Opening };
    let link = code_link(&app.config.base_url, purpose);
    let mail = code_mail_text(purpose, &letter.code, letter.valid_until, lang_of(letter.language), &link);
    MailboxLine { to: letter.address.join(", "), at: letter.written_at, mail }
}

#[cfg(test)]
mod tests {
    use dmp_core::Moment;
    use dmp_core::record::Language;

    use super::*;

    #[tokio::test]
    async fn the_newest_comes_first_and_the_oldest_goes() {
        let mailbox = SandboxMailbox::default();
        for number in 0..KEPT_MAX + 1 {
            let (to, at) = (format!("{}@post.example", number % 2), Moment::from_seconds(0));
            let mail =
                CodeMail { to, purpose: CodePurpose::SignIn, code: number.to_string(), sent_at: at, valid_until: at, language: Language::French };
            mailbox.send(mail).await.unwrap();
        }
        let newest = mailbox.newest(None);
        assert_eq!((newest.len(), newest[0].code.as_str()), (SHOWN_MAX, "2000"));
        assert_eq!(mailbox.newest(Some("1@post.example"))[0].code, "1999");
        assert_eq!(mailbox.mails.lock().unwrap().len(), KEPT_MAX);
    }
}

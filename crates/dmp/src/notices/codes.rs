//! Codes by mail: taken at once, sent aside, so that nobody learns from the time of an answer whether a mail went.

use std::time::Duration;

use async_trait::async_trait;
use dmp_pages::{code_mail_text, lang_of};
use dmp_server::code_link;
use dmp_service::{CodeMail, CodeMailer, MailboxFull, Random, SystemRandom};
use tokio::sync::mpsc;

use super::smtp::{Mail, Refusal, Smtp};
use crate::commands::MailOptions;

/// Mails that may wait: some minutes of a mail server's pace.
const WAITING_MAX: usize = 4_096;
/// Pauses before the tries after the first: a code is short-lived.
const PAUSES: [Duration; 4] = [Duration::from_secs(2), Duration::from_secs(15), Duration::from_secs(60), Duration::from_secs(240)];

/// Hands codes to a mail server.
#[derive(Debug, Clone)]
pub struct SmtpCodes {
    queue: mpsc::Sender<Mail>,
    base_url: String,
}

#[async_trait]
impl CodeMailer for SmtpCodes {
    async fn send(&self, mail: CodeMail) -> Result<(), MailboxFull> {
        let text = code_mail_text(mail.purpose, &mail.code, mail.valid_until, lang_of(mail.language), &code_link(&self.base_url, mail.purpose));
        let id = SystemRandom.bytes16("mail id").iter().map(|byte| format!("{byte:02x}")).collect();
        self.queue.try_send(Mail { id, to: mail.to, subject: text.subject, body: text.body, at: mail.sent_at }).map_err(|_| MailboxFull)
    }
}

impl SmtpCodes {
    /// Codes over the mail server that options name; `None` without one. Sends until the last of its handles is gone.
    ///
    /// # Errors
    /// What is wrong with the options, in words.
    pub fn start(options: &MailOptions, base_url: &str) -> Result<Option<Self>, String> {
        let Some(smtp) = Smtp::of(options)? else { return Ok(None) };
        let (queue, mut waiting) = mpsc::channel::<Mail>(WAITING_MAX);
        tokio::spawn(async move {
            while let Some(mail) = waiting.recv().await {
                deliver(&smtp, &mail).await;
            }
        });
        Ok(Some(SmtpCodes { queue, base_url: base_url.to_owned() }))
    }
}

/// Sends one mail, again while the server says later.
async fn deliver(smtp: &Smtp, mail: &Mail) {
    for pause in PAUSES.into_iter().map(Some).chain([None]) {
        match (smtp.send(mail).await, pause) {
            (Ok(()), _) => return,
            (Err(Refusal::Later | Refusal::Unreachable), Some(pause)) => tokio::time::sleep(pause).await,
            (Err(Refusal::Never), _) | (Err(Refusal::Later | Refusal::Unreachable), None) => break,
        }
    }
    tracing::warn!("a code could not be sent by mail: its reader will ask for another");
}

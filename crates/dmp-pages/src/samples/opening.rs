//! Samples of the mailbox of a demonstration.

use dmp_core::record::CodePurpose;

use super::{LONG_NAME, NOW, days_ago};
use crate::{Lang, MailboxLine, MailboxPage, Shell, code_mail_text};

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
        let mails = vec![line("nadia@post.example", NOW, CodePurpose::Opening), line(&long, days_ago(1), CodePurpose::AlreadyOpen)];
        vec![("empty", MailboxPage { shell: shell.clone(), mails: Vec::new() }), ("full", MailboxPage { shell, mails })]
    }
}

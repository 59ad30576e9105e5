//! Codes by mail: taken at once, sent aside, so that nobody learns from the time of an answer whether a mail went.
//!
//! One mail server, many mailboxes: each has a line of its own, and the lines take turns. A mail that the server wants later waits beside the
//! lines, so that a mailbox in trouble keeps nobody else waiting.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use dmp_pages::{code_mail_text, lang_of};
use dmp_server::code_link;
use dmp_service::{CodeMail, CodeMailer, MailboxFull, Random, SystemRandom};
use tokio::sync::Notify;

use super::smtp::{Mail, Refusal, Smtp};
use crate::commands::MailOptions;

/// Mails that may wait: some minutes of a mail server's pace.
const WAITING_MAX: usize = 4_096;
/// Mails of one mailbox that may wait, those for later among them: more than anybody reads in ten minutes.
const LINE_MAX: usize = 8;
/// Pauses before the tries after the first: a code is short-lived.
const PAUSES: [Duration; 4] = [Duration::from_secs(2), Duration::from_secs(15), Duration::from_secs(60), Duration::from_secs(240)];

/// Hands codes to a mail server.
#[derive(Debug, Clone)]
pub struct SmtpCodes {
    waiting: Arc<Waiting>,
    base_url: String,
}

#[async_trait]
impl CodeMailer for SmtpCodes {
    async fn send(&self, mail: CodeMail) -> Result<(), MailboxFull> {
        let text = code_mail_text(mail.purpose, &mail.code, mail.valid_until, lang_of(mail.language), &code_link(&self.base_url, mail.purpose));
        let id = SystemRandom.bytes16("mail id").iter().map(|byte| format!("{byte:02x}")).collect();
        let mail = Mail { id, to: mail.to, subject: text.subject, body: text.body, at: mail.sent_at };
        if self.waiting.take(mail) { Ok(()) } else { Err(MailboxFull) }
    }
}

impl SmtpCodes {
    /// Codes over the mail server that options name; `None` without one. Sends for as long as the program runs.
    ///
    /// # Errors
    /// What is wrong with the options, in words.
    pub fn start(options: &MailOptions, base_url: &str) -> Result<Option<Self>, String> {
        let Some(smtp) = Smtp::of(options)? else { return Ok(None) };
        let waiting = Arc::new(Waiting::default());
        let sent = Arc::clone(&waiting);
        tokio::spawn(async move {
            loop {
                let tried = sent.next().await;
                deliver(&smtp, &sent, tried).await;
            }
        });
        Ok(Some(SmtpCodes { waiting, base_url: base_url.to_owned() }))
    }
}

/// A mail, and how often it was tried.
struct Tried {
    mail: Mail,
    times: usize,
}

/// What waits.
#[derive(Default)]
struct Waiting {
    lines: Mutex<Lines>,
    arrived: Notify,
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Waiting(…)")
    }
}

/// The lines, by mailbox, and whose turn it is.
#[derive(Default)]
struct Lines {
    by_mailbox: HashMap<String, VecDeque<Tried>>,
    turns: VecDeque<String>,
    /// How many of each mailbox are in a line, under way, or wait for later.
    held: HashMap<String, usize>,
    all: usize,
}

impl Lines {
    /// Whether there is room for one more of a mailbox; it is held from then on.
    fn hold(&mut self, mailbox: &str) -> bool {
        let held = self.held.get(mailbox).copied().unwrap_or_default();
        if self.all >= WAITING_MAX || held >= LINE_MAX {
            return false;
        }
        self.held.insert(mailbox.to_owned(), held + 1);
        self.all += 1;
        true
    }

    fn let_go(&mut self, mailbox: &str) {
        self.all = self.all.saturating_sub(1);
        match self.held.get_mut(mailbox) {
            Some(held) if *held > 1 => *held -= 1,
            _ => drop(self.held.remove(mailbox)),
        }
    }

    fn push(&mut self, tried: Tried) {
        let mailbox = tried.mail.to.clone();
        let line = self.by_mailbox.entry(mailbox.clone()).or_default();
        if line.is_empty() {
            self.turns.push_back(mailbox);
        }
        line.push_back(tried);
    }

    /// The first mail of the line whose turn it is; the line goes to the end.
    fn pop(&mut self) -> Option<Tried> {
        let mailbox = self.turns.pop_front()?;
        let line = self.by_mailbox.get_mut(&mailbox)?;
        let first = line.pop_front();
        if line.is_empty() {
            self.by_mailbox.remove(&mailbox);
        } else {
            self.turns.push_back(mailbox);
        }
        first
    }
}

impl Waiting {
    /// Takes a mail; `false`: there is no room.
    fn take(&self, mail: Mail) -> bool {
        let Ok(mut lines) = self.lines.lock() else { return false };
        let room = lines.hold(&mail.to);
        if room {
            lines.push(Tried { mail, times: 0 });
            self.arrived.notify_one();
        }
        room
    }

    /// Puts a mail back that has its place already.
    fn again(&self, tried: Tried) {
        if let Ok(mut lines) = self.lines.lock() {
            lines.push(tried);
            self.arrived.notify_one();
        }
    }

    fn done(&self, mailbox: &str) {
        if let Ok(mut lines) = self.lines.lock() {
            lines.let_go(mailbox);
        }
    }

    async fn next(&self) -> Tried {
        loop {
            if let Some(tried) = self.lines.lock().ok().and_then(|mut lines| lines.pop()) {
                return tried;
            }
            self.arrived.notified().await;
        }
    }
}

/// Tries a mail once. What the server wants later comes back by itself, and holds its place meanwhile.
async fn deliver(smtp: &Smtp, waiting: &Arc<Waiting>, tried: Tried) {
    let pause = PAUSES.get(tried.times).copied();
    match (smtp.send(&tried.mail).await, pause) {
        (Ok(()), _) => waiting.done(&tried.mail.to),
        (Err(Refusal::Later | Refusal::Unreachable), Some(pause)) => {
            let waiting = Arc::clone(waiting);
            tokio::spawn(async move {
                tokio::time::sleep(pause).await;
                waiting.again(Tried { times: tried.times + 1, ..tried });
            });
        }
        (Err(Refusal::Never), _) | (Err(Refusal::Later | Refusal::Unreachable), None) => {
            waiting.done(&tried.mail.to);
            tracing::warn!("a code could not be sent by mail: its reader will ask for another");
        }
    }
}

#[cfg(test)]
mod tests {
    use dmp_core::Moment;

    use super::*;

    fn mail(to: &str, number: usize) -> Mail {
        Mail { id: number.to_string(), to: to.to_owned(), subject: "", body: String::new(), at: Moment::from_seconds(0) }
    }

    async fn order(waiting: &Waiting, count: usize) -> Vec<String> {
        let mut order = Vec::new();
        for _ in 0..count {
            let tried = waiting.next().await;
            order.push(format!("{}{}", tried.mail.to, tried.mail.id));
        }
        order
    }

    #[tokio::test]
    async fn mailboxes_take_turns_and_none_fills_the_room() {
        let waiting = Waiting::default();
        let taken = (0..20).filter(|number| waiting.take(mail("a", *number))).count();
        assert_eq!(taken, LINE_MAX);
        assert!(waiting.take(mail("b", 0)) && waiting.take(mail("c", 0)));
        assert_eq!(order(&waiting, 5).await, ["a0", "b0", "c0", "a1", "a2"]);
        // Under way is not gone: there is room once a mail was taken or given up.
        assert!(!waiting.take(mail("a", 20)));
        waiting.done("a");
        assert!(waiting.take(mail("a", 21)));
    }

    #[tokio::test]
    async fn everybody_together_is_bounded_and_what_is_done_makes_room() {
        let waiting = Waiting::default();
        let taken = (0..WAITING_MAX + 10).filter(|number| waiting.take(mail(&number.to_string(), 0))).count();
        assert_eq!(taken, WAITING_MAX);
        waiting.done("0");
        assert!(waiting.take(mail("new", 0)));
    }
}

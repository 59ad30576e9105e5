//! Codes that go to a person by mail: what is sent, and the port to whatever sends it.

use async_trait::async_trait;
use dmp_core::Moment;
use dmp_core::record::{CodePurpose, Language};

/// A mail with a code. SECURITY: it has no place for a name, a number or a word of health.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeMail {
    /// Address of the mailbox.
    pub to: String,
    pub purpose: CodePurpose,
    /// As it is shown: groups of letters and digits. Empty where the purpose has none.
    pub code: String,
    pub sent_at: Moment,
    pub valid_until: Moment,
    pub language: Language,
}

/// A code never shows itself in a log, nor does where it went.
impl std::fmt::Debug for CodeMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CodeMail(…, {:?})", self.purpose)
    }
}

/// The mail could not be taken: too many wait. Ask again soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailboxFull;

/// What sends codes. A mail that is lost with the process is asked for again by its reader.
#[async_trait]
pub trait CodeMailer: Send + Sync + std::fmt::Debug {
    /// Takes a mail and comes back at once. SECURITY: the pace of a mail server would tell by its time whether a mail went at all.
    ///
    /// # Errors
    /// [`MailboxFull`] when too many wait.
    async fn send(&self, mail: CodeMail) -> Result<(), MailboxFull>;
}

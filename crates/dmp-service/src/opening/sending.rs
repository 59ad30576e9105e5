//! One code: made, kept, and sent by the way that reaches its person.

use dmp_core::Moment;
use dmp_core::account::{read_printed, shown_printed};
use dmp_core::identity::Ins;
use dmp_core::record::{CodePurpose, Language};

use super::desk::OpeningDesk;
use super::letters::CodeLetter;
use super::registry::CardHolder;
use crate::Error;
use crate::code_mail::CodeMail;

/// Where a code goes.
#[derive(Debug)]
pub(crate) enum WayOfCode {
    Mail(String),
    Letter(Vec<String>),
}

/// What a code is for, and how long it lives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CodeWish {
    pub purpose: CodePurpose,
    pub valid_until: Moment,
    pub language: Language,
}

/// What became of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeSent {
    Sent,
    /// As many as may be were sent to the person this week: none was made.
    TooMany,
    /// Made and kept; there is nothing to reach the person by, or nothing to be told them by post.
    NoWay,
    /// The mailbox or the printer has no room now.
    NoRoom,
}

impl OpeningDesk {
    /// Makes a code, keeps it and sends it. Of [`CodePurpose::AlreadyOpen`] a mail goes without the code, and no letter.
    ///
    /// SECURITY: a code is kept for everybody: what is never sent is never guessed either, and keeping takes as long.
    ///
    /// # Errors
    /// Failures of the store.
    pub(crate) async fn make_code(&self, ins: &Ins, way: Option<WayOfCode>, wish: CodeWish) -> Result<CodeSent, Error> {
        let (now, CodeWish { purpose, valid_until, language }) = (self.acts.now(), wish);
        let random = |what: &str| self.acts.random.bytes16(&format!("{what} {}", ins.matricule()));
        let (code, salt) = (shown_printed(&random("code of an opening")), random("salt of an opening"));
        let typed = read_printed(&code);
        if !self.change_codes(ins, |codes| codes.add(&typed, salt, valid_until, now)).await? {
            return Ok(CodeSent::TooMany);
        }
        let only_tells = purpose == CodePurpose::AlreadyOpen;
        match way {
            Some(WayOfCode::Mail(to)) => {
                let code = if only_tells { String::new() } else { code };
                let taken = self.mailer.send(CodeMail { to, purpose, code, sent_at: now, valid_until, language }).await;
                Ok(if taken.is_ok() { CodeSent::Sent } else { CodeSent::NoRoom })
            }
            Some(WayOfCode::Letter(address)) if !only_tells => {
                let (id, invites) = (self.acts.random.bytes16("letter of an opening"), purpose == CodePurpose::Invitation);
                match self.acts.pile_letter(CodeLetter { id, address, invites, code, written_at: now, valid_until, language }).await {
                    Ok(()) => Ok(CodeSent::Sent),
                    Err(Error::Busy) => Ok(CodeSent::NoRoom),
                    Err(error) => Err(error),
                }
            }
            Some(WayOfCode::Letter(_)) | None => Ok(CodeSent::NoWay),
        }
    }
}

/// A mailbox before a letter; `None`: the insurer has nothing to reach the person by.
pub(crate) fn way_of(holder: CardHolder) -> Option<WayOfCode> {
    let CardHolder { traits, contact, .. } = holder;
    if let Some(email) = contact.email {
        return Some(WayOfCode::Mail(email));
    }
    let lines = contact.address?;
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    Some(WayOfCode::Letter(std::iter::once(traits.shown_name().display()).chain(lines).collect()))
}

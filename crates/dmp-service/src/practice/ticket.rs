//! One-time tickets: practice software gets one with its professional's token and opens a browser on it. It says nothing to who reads it, serves
//! once, for the professional whom it was made for, within five minutes.

use dmp_core::access::{Caller, CallerKind};
use dmp_core::{Moment, RecordKey};
use serde::{Deserialize, Serialize};

use crate::{Error, IdKind, Service};

/// Seconds that a ticket lasts: signing in has to fit into them.
pub const TICKET_SECONDS: i64 = 300;

/// What a ticket opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TicketUse {
    /// A page of the professionals' site, by the code of its target.
    Page { target: String },
    /// A registered app.
    App { client_id: String },
    /// The summary inside a page of the software that is registered under this name.
    Frame { client_id: String },
}

/// A ticket as it stands in the note of its account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    word: [u8; 16],
    /// The record, or a key that names none: whoever opens it learns which.
    pub record: RecordKey,
    pub opens: TicketUse,
    pub until: Moment,
}

/// Why a ticket opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketFault {
    /// It never was, has served, is over, or is for something else: these are not told apart.
    Over,
    /// It was made for another professional than the one who is signed in.
    OtherAccount,
}

impl Service {
    /// Makes a ticket for a professional. Nothing is judged yet and nothing read: whoever opens it is judged as any reader.
    ///
    /// # Errors
    /// [`Error::NotAuthenticated`] when nobody is named; faults of the store.
    pub async fn make_ticket(&self, record: RecordKey, opens: TicketUse, caller: &Caller) -> Result<String, Error> {
        if caller.kind != CallerKind::Professional || caller.name.is_none() {
            return Err(Error::NotAuthenticated);
        }
        let word = self.random.bytes16("ticket");
        let ticket = Ticket { word, record, opens, until: self.clock.now().plus_seconds(TICKET_SECONDS) };
        self.change_practice(&caller.account, |practice| practice.tickets.push(ticket.clone())).await?;
        Ok(self.ids.seal(IdKind::Ticket, &[word.as_slice(), caller.account.as_bytes()].concat()))
    }

    /// The ticket that a text names and the account that it was made for; it stays good. `None`: it opens nothing.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn see_ticket(&self, text: &str) -> Result<Option<(Ticket, String)>, Error> {
        let Some((word, account)) = self.open_ticket(text) else { return Ok(None) };
        let (practice, now) = (self.practice_of(&account).await?, self.clock.now());
        let ticket = practice.tickets.into_iter().find(|ticket| ticket.word == word && now < ticket.until);
        Ok(ticket.map(|ticket| (ticket, account)))
    }

    /// Takes a ticket for an account, when it opens what is wanted: of many who come at once, one gets it.
    ///
    /// # Errors
    /// The inner fault says why it opens nothing; it stays as it was. Faults of the store.
    pub async fn take_ticket(&self, text: &str, account: &str, wanted: impl Fn(&TicketUse) -> bool) -> Result<Result<Ticket, TicketFault>, Error> {
        let Some((ticket, owner)) = self.see_ticket(text).await? else { return Ok(Err(TicketFault::Over)) };
        if owner != account {
            return Ok(Err(TicketFault::OtherAccount));
        }
        if !wanted(&ticket.opens) {
            return Ok(Err(TicketFault::Over));
        }
        let taken = self.change_practice(account, |practice| {
            let before = practice.tickets.len();
            practice.tickets.retain(|kept| kept.word != ticket.word);
            practice.tickets.len() < before
        });
        Ok(if taken.await? { Ok(ticket) } else { Err(TicketFault::Over) })
    }

    fn open_ticket(&self, text: &str) -> Option<([u8; 16], String)> {
        let plain = self.ids.open(IdKind::Ticket, text)?;
        let (word, account) = plain.split_first_chunk::<16>()?;
        Some((*word, String::from_utf8(account.to_vec()).ok()?))
    }
}

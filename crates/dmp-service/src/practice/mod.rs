//! What practice software opens for a professional: one-time tickets that lead to a page or an app of ours, and the accesses of apps that the
//! professional launched. All of it stands in one small note of the professional's account, so that several programs on one store agree, a ticket
//! and a code are good once, and taking an access back holds at its next request.

mod access;
mod ticket;

pub use access::{CodeFault, NewPracticeApp, PracticeAccess, PracticeProof};
pub use ticket::{TICKET_SECONDS, Ticket, TicketFault, TicketUse};

use dmp_core::Moment;
use dmp_store::NoteKind;
use serde::{Deserialize, Serialize};

use crate::judge::STALE_RETRIES;
use crate::{Error, Service};
use access::Grant;

/// Tickets and accesses kept for one account; past it the oldest goes.
const KEPT_MAX: usize = 20;

/// The note of an account.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Practice {
    tickets: Vec<Ticket>,
    grants: Vec<Grant>,
}

impl Practice {
    /// Without what is over, and within its bounds.
    fn tidy(&mut self, now: Moment) {
        self.tickets.retain(|ticket| now < ticket.until);
        self.grants.retain(|grant| now < grant.until);
        let over = |length: usize| length.saturating_sub(KEPT_MAX);
        self.tickets.drain(..over(self.tickets.len()));
        self.grants.drain(..over(self.grants.len()));
    }
}

impl Service {
    async fn practice_of(&self, account: &str) -> Result<Practice, Error> {
        Ok(self.seen::<Practice>(NoteKind::Practice, account).await?.map(|seen| seen.value).unwrap_or_default())
    }

    /// Changes the note of an account in place of the version that was seen; `change` runs again when somebody was faster.
    async fn change_practice<T>(&self, account: &str, change: impl Fn(&mut Practice) -> T) -> Result<T, Error> {
        for _ in 0..STALE_RETRIES {
            let seen = self.seen::<Practice>(NoteKind::Practice, account).await?;
            let (version, mut next) = seen.map_or((None, Practice::default()), |seen| (Some(seen.version), seen.value));
            let done = change(&mut next);
            next.tidy(self.clock.now());
            if self.put(NoteKind::Practice, account, version, &next).await?.is_some() {
                return Ok(done);
            }
        }
        Err(Error::Busy)
    }
}

//! What a person answered to an invitation besides opening a record or objecting to one.

use dmp_core::Moment;
use dmp_core::identity::Ins;
use dmp_store::NoteKind;
use serde::{Deserialize, Serialize};

use crate::opening::{packed, unpacked};
use crate::{Error, OpeningDesk, SeenJourney, Service, Stage};

/// Days before whoever said « not now » is written to again.
pub const ASKED_AGAIN_DAYS: i64 = 365;

/// An answer that opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvitationAnswer {
    /// Not now: no invitation for a year.
    NotNow(Moment),
}

impl Service {
    /// What a person answered, while it counts.
    ///
    /// # Errors
    /// Failures of the store.
    pub(crate) async fn invitation_answer(&self, ins: &Ins) -> Result<Option<InvitationAnswer>, Error> {
        let Some(note) = self.store.note(NoteKind::InvitationAnswer, &ins.account()).await? else { return Ok(None) };
        let answer: InvitationAnswer = unpacked(&note.bytes)?;
        let InvitationAnswer::NotNow(at) = answer;
        Ok((at.plus_days(ASKED_AGAIN_DAYS) > self.now()).then_some(answer))
    }
}

impl OpeningDesk {
    /// Keeps « not now » of a person who has proved the code. It is no objection: where records open by themselves, theirs does.
    ///
    /// # Errors
    /// [`Error::Conflict`] `record-changed` before the code, or once something else was done; failures of the store.
    pub async fn not_now(&self, seen: &SeenJourney) -> Result<(), Error> {
        let (journey, now) = (&seen.journey, self.acts.now());
        match journey.stage(now) {
            Stage::NotNow if journey.put_off_at.is_some() => return Ok(()),
            Stage::NotNow => {}
            _ => return Err(Error::Conflict("record-changed")),
        }
        let handle = journey.ins.account();
        let before = self.acts.store.note(NoteKind::InvitationAnswer, &handle).await?.map(|note| note.version);
        let bytes = packed(&InvitationAnswer::NotNow(now))?;
        // Two answers at once are the same answer.
        self.acts.store.put_note(NoteKind::InvitationAnswer, &handle, before, Some(&bytes), Some(now.plus_days(ASKED_AGAIN_DAYS))).await?;
        self.change(seen, |journey| journey.put_off_at = Some(now)).await
    }
}

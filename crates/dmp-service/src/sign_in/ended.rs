//! When the sessions of an account were last ended: so that every program on the same store knows it.

use dmp_core::Moment;
use dmp_store::NoteKind;

use crate::judge::STALE_RETRIES;
use crate::{Error, Service};

impl Service {
    /// Ends the sessions of an account that began before now, whichever program keeps them. Gives the moment.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn end_sessions(&self, account: &str) -> Result<Moment, Error> {
        for _ in 0..STALE_RETRIES {
            let seen = self.seen::<Moment>(NoteKind::SignInEnded, account).await?;
            // Never back, whatever the clocks of two machines say.
            let at = seen.as_ref().map_or(self.clock.now(), |seen| seen.value.max(self.clock.now()));
            if self.put(NoteKind::SignInEnded, account, seen.map(|seen| seen.version), &at).await?.is_some() {
                return Ok(at);
            }
        }
        Err(Error::Busy)
    }

    /// When the sessions of an account were last ended. `None`: never.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn sessions_ended_at(&self, account: &str) -> Result<Option<Moment>, Error> {
        Ok(self.seen(NoteKind::SignInEnded, account).await?.map(|seen| seen.value))
    }
}

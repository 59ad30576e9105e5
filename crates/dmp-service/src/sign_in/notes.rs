//! Notes of accounts as values: packed, put in place of the version that was seen.

use dmp_core::account::Credentials;
use dmp_store::{NoteKind, NotePut};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Error, Service};

/// How long a sign-in under way is kept: longer than its code is good, and than the hour in which beginnings are counted.
const CHALLENGE_SECONDS: i64 = 2 * 3_600;
/// Longer than any session lasts.
const ENDED_SECONDS: i64 = 24 * 3_600;

/// A note as it was read, and its version.
pub(crate) struct Seen<T> {
    pub version: u64,
    pub value: T,
}

impl Service {
    /// The note of this kind under a handle.
    pub(crate) async fn seen<T: DeserializeOwned>(&self, kind: NoteKind, handle: &str) -> Result<Option<Seen<T>>, Error> {
        let Some(note) = self.store.note(kind, handle).await? else { return Ok(None) };
        let value = postcard::from_bytes(&note.bytes).map_err(|error| Error::Fault(format!("note of an account: {error}")))?;
        Ok(Some(Seen { version: note.version, value }))
    }

    /// Puts a note in place of the version that was seen (`None`: of nothing). `None`: somebody was faster, and nothing has changed.
    pub(crate) async fn put<T: Serialize>(&self, kind: NoteKind, handle: &str, seen: Option<u64>, value: &T) -> Result<Option<u64>, Error> {
        let bytes = postcard::to_allocvec(value).map_err(|error| Error::Fault(format!("note of an account: {error}")))?;
        // A sign-in that nobody finished goes, and what was counted, and the word that ended sessions once none is left; what an account has stays.
        let seconds = match kind {
            NoteKind::SignInChallenge | NoteKind::SignInChecks => Some(CHALLENGE_SECONDS),
            NoteKind::SignInEnded => Some(ENDED_SECONDS),
            _ => None,
        };
        let until = seconds.map(|seconds| self.clock.now().plus_seconds(seconds));
        match self.store.put_note(kind, handle, seen, Some(&bytes), until).await? {
            NotePut::Done(version) => Ok(Some(version)),
            NotePut::Stale => Ok(None),
        }
    }

    /// Removes a note in whichever version.
    pub(super) async fn forget(&self, kind: NoteKind, handle: &str) -> Result<(), Error> {
        for _ in 0..crate::judge::STALE_RETRIES {
            let Some(note) = self.store.note(kind, handle).await? else { return Ok(()) };
            if self.store.put_note(kind, handle, Some(note.version), None, None).await? != NotePut::Stale {
                return Ok(());
            }
        }
        Err(Error::Busy)
    }

    /// The means of an account; `None`: it never had any.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn credentials(&self, account: &str) -> Result<Option<Credentials>, Error> {
        Ok(self.seen(NoteKind::SignInAccount, account).await?.map(|seen| seen.value))
    }
}

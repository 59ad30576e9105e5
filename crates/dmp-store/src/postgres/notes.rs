//! Notes on PostgreSQL: one statement each.

use async_trait::async_trait;
use dmp_core::Moment;

use super::failure::{Failure, Tries, failed};
use super::rows::bytes;
use super::{PostgresStore, retried};
use crate::StoreError;
use crate::notes::{AccountStore, Note, NoteChange, NoteKind, NotePlace, NotePut};

const FIND: &str = "SELECT version, sealed FROM dmp.note WHERE note_hash = $1";
const MAKE: &str = "INSERT INTO dmp.note (note_hash, version, sealed, due) VALUES ($1, $2, $3, $4) ON CONFLICT (note_hash) DO NOTHING";
const SWAP: &str = "UPDATE dmp.note SET version = $2, sealed = $3, due = $4 WHERE note_hash = $1 AND version = $5";
const SWEEP: &str = "DELETE FROM dmp.note WHERE due <= $1";
const REMOVE: &str = "DELETE FROM dmp.note WHERE note_hash = $1 AND version = $2";

#[async_trait]
impl AccountStore for PostgresStore {
    async fn note(&self, kind: NoteKind, handle: &str) -> Result<Option<Note>, StoreError> {
        let place = NotePlace::of(&self.keys.ring.derived, kind, handle)?;
        let found = retried!(self.note_once(&place.hash))?;
        found.map(|(version, sealed)| place.open(version, sealed)).transpose()
    }

    async fn put_note(
        &self,
        kind: NoteKind,
        handle: &str,
        expected: Option<u64>,
        bytes: Option<&[u8]>,
        until: Option<Moment>,
    ) -> Result<NotePut, StoreError> {
        let place = NotePlace::of(&self.keys.ring.derived, kind, handle)?;
        let change = place.change(expected, bytes, until)?;
        let (mut tries, mut again) = (Tries::default(), false);
        loop {
            match self.put_note_once(&place.hash, &change, again).await {
                Ok(put) => return Ok(put),
                Err(failure) => tries.again(failure).await?,
            }
            again = true;
        }
    }

    async fn sweep_notes(&self, now: Moment) -> Result<u64, StoreError> {
        retried!(self.sweep_notes_once(now))
    }
}

impl PostgresStore {
    async fn sweep_notes_once(&self, now: Moment) -> Result<u64, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(SWEEP).await?;
        session.client()?.execute(&statement, &[&now.as_seconds()]).await.map_err(failed("note.sweep"))
    }

    async fn note_once(&self, hash: &[u8; 16]) -> Result<Option<(u64, Vec<u8>)>, Failure> {
        let (session, place) = (self.session().await?, "note.find");
        let statement = session.prepare(FIND).await?;
        let Some(row) = session.client()?.query_opt(&statement, &[&hash.as_slice()]).await.map_err(failed(place))? else { return Ok(None) };
        let version = u64::try_from(row.try_get::<_, i64>(0).map_err(failed(place))?).map_err(|error| StoreError::fault(place, error))?;
        Ok(Some((version, bytes(&row, 1)?)))
    }

    /// `again`: an earlier try of the same put may have happened. Its sealed bytes tell, since no two seals are alike.
    async fn put_note_once(&self, hash: &[u8; 16], change: &NoteChange, again: bool) -> Result<NotePut, Failure> {
        let (session, place) = (self.session().await?, "note.put");
        let number = |version: u64| i64::try_from(version).map_err(|error| StoreError::fault(place, error));
        let (changed, done) = match change {
            NoteChange::Put { expected: None, version, sealed, due } => {
                let statement = session.prepare(MAKE).await?;
                (session.client()?.execute(&statement, &[&hash.as_slice(), &number(*version)?, sealed, due]).await, *version)
            }
            NoteChange::Put { expected: Some(expected), version, sealed, due } => {
                let statement = session.prepare(SWAP).await?;
                (session.client()?.execute(&statement, &[&hash.as_slice(), &number(*version)?, sealed, due, &number(*expected)?]).await, *version)
            }
            NoteChange::Remove { expected } => {
                let expected = expected.unwrap_or_default();
                let statement = session.prepare(REMOVE).await?;
                (session.client()?.execute(&statement, &[&hash.as_slice(), &number(expected)?]).await, expected)
            }
        };
        if changed.map_err(failed(place))? == 1 {
            return Ok(NotePut::Done(done));
        }
        drop(session);
        Ok(match (change, self.note_once(hash).await?) {
            (NoteChange::Remove { .. }, None) => NotePut::Done(done),
            (NoteChange::Put { sealed, .. }, Some((_, kept))) if again && *sealed == kept => NotePut::Done(done),
            _ => NotePut::Stale,
        })
    }
}

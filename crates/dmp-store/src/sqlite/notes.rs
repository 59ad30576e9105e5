//! Notes in the embedded store: a look reads, a put is one request to the writer.

use async_trait::async_trait;
use dmp_core::Moment;
use rusqlite::{Connection, OptionalExtension, params};

use super::SqliteStore;
use super::connect::fault;
use crate::StoreError;
use crate::notes::{AccountStore, Note, NoteChange, NoteKind, NotePlace, NotePut};

#[async_trait]
impl AccountStore for SqliteStore {
    async fn note(&self, kind: NoteKind, handle: &str) -> Result<Option<Note>, StoreError> {
        let place = NotePlace::of(&self.shared.ring.derived, kind, handle)?;
        self.read(move |shared| {
            let found = shared.pool.run(|connection| find(connection, &place.hash))?;
            found.map(|(version, sealed)| place.open(version, sealed)).transpose()
        })
        .await
    }

    async fn put_note(
        &self,
        kind: NoteKind,
        handle: &str,
        expected: Option<u64>,
        bytes: Option<&[u8]>,
        until: Option<Moment>,
    ) -> Result<NotePut, StoreError> {
        let place = NotePlace::of(&self.shared.ring.derived, kind, handle)?;
        let change = place.change(expected, bytes, until)?;
        self.change("note.put", move |connection| put(connection, &place.hash, &change)).await
    }

    async fn sweep_notes(&self, now: Moment) -> Result<u64, StoreError> {
        self.change("note.sweep", move |connection| sweep(connection, now.as_seconds())).await
    }
}

fn find(connection: &Connection, hash: &[u8; 16]) -> Result<Option<(u64, Vec<u8>)>, StoreError> {
    let place = "note.find";
    let mut statement = connection.prepare_cached("SELECT version, sealed FROM note WHERE note_hash = ?1").map_err(fault(place))?;
    statement.query_row([hash], |row| Ok((row.get(0)?, row.get(1)?))).optional().map_err(fault(place))
}

fn put(connection: &Connection, hash: &[u8; 16], change: &NoteChange) -> Result<NotePut, StoreError> {
    let (place, present) = ("note.put", find(connection, hash)?.map(|(version, _)| version));
    match change {
        NoteChange::Remove { expected } if present.is_none() => Ok(NotePut::Done(expected.unwrap_or_default())),
        NoteChange::Remove { expected } | NoteChange::Put { expected, .. } if *expected != present => Ok(NotePut::Stale),
        NoteChange::Remove { expected } => {
            let mut statement = connection.prepare_cached("DELETE FROM note WHERE note_hash = ?1").map_err(fault(place))?;
            statement.execute([hash]).map_err(fault(place))?;
            Ok(NotePut::Done(expected.unwrap_or_default()))
        }
        NoteChange::Put { version, sealed, due, .. } => {
            let sql = "INSERT INTO note (note_hash, version, sealed, due) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (note_hash)
                DO UPDATE SET version = excluded.version, sealed = excluded.sealed, due = excluded.due";
            connection.prepare_cached(sql).map_err(fault(place))?.execute(params![hash, version, sealed, due]).map_err(fault(place))?;
            Ok(NotePut::Done(*version))
        }
    }
}

fn sweep(connection: &Connection, now: i64) -> Result<u64, StoreError> {
    let place = "note.sweep";
    let mut statement = connection.prepare_cached("DELETE FROM note WHERE due <= ?1").map_err(fault(place))?;
    let removed = statement.execute([now]).map_err(fault(place))?;
    u64::try_from(removed).map_err(|error| StoreError::fault(place, error))
}

//! The writer's part of a commit: version check, inserts, the chains.

use std::sync::Arc;

use rusqlite::{Connection, params};
use tokio::sync::oneshot;

use super::connect::fault;
use super::extracts;
use super::keys::{KeyWriter, Stored};
use super::tallies;
use super::writer::{Batch, Job};
use crate::cache::RecordCache;
use crate::keys::FreshKeys;
use crate::prepare::{ChainRow, LeafRow, Prepared};
use crate::{Expected, Receipt, StoreError, fail_point};

/// A prepared commit on its way through the writer.
pub(crate) struct CommitJob {
    pub prepared: Prepared,
    /// Keys of a new record, not stored yet.
    pub fresh: Option<FreshKeys>,
    pub cache: Arc<RecordCache>,
    pub sequences: Vec<u64>,
    pub reply: oneshot::Sender<Result<Receipt, StoreError>>,
}

impl Job for CommitJob {
    fn touches_keys(&self) -> bool {
        self.fresh.is_some()
    }

    fn apply_keys(&mut self, keys: &mut KeyWriter) -> Result<(), StoreError> {
        match &self.fresh {
            Some(fresh) if keys.insert(self.prepared.key, fresh)? == Stored::AlreadyThere => Err(StoreError::Stale),
            Some(_) | None => Ok(()),
        }
    }

    fn may_be_refused(&self) -> bool {
        // Leaves alone are refused before anything is written, when there is no such record.
        self.prepared.expected != Expected::LeavesOnly
    }

    fn apply(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        let connection = batch.connection;
        put_record(connection, &self.prepared)?;
        drop_rows(connection, &self.prepared)?;
        put_entries(connection, &self.prepared)?;
        put_members(connection, &self.prepared)?;
        put_contents(connection, &self.prepared)?;
        extracts::put(connection, self.prepared.key, self.prepared.key_version, &self.prepared.extracts)?;
        if self.prepared.is_to_read {
            extracts::ask(connection, self.prepared.key, self.prepared.version)?;
        }
        for leaf in &self.prepared.leaves {
            self.sequences.push(append(batch, leaf)?.ok_or(StoreError::NoRecord)?);
        }
        put_date(connection, &self.prepared)?;
        tallies::put(connection, &self.prepared)?;
        put_outbox(connection, &self.prepared)
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        // INVARIANT: the cache holds the new record before anybody hears that it was committed.
        if outcome.is_ok()
            && let Some(next) = self.prepared.next
        {
            self.cache.insert(self.prepared.key, next);
        }
        let receipt = Receipt { version: self.prepared.version, sequences: self.sequences };
        // The caller may have gone; what is durable stays.
        let _ = self.reply.send(outcome.map(|()| receipt));
    }
}

/// Puts a new record, or moves an existing one from the version that was judged to the next one.
fn put_record(connection: &Connection, prepared: &Prepared) -> Result<(), StoreError> {
    let place = "commit.record";
    fail_point::hit("commit.before_record");
    let version = number(prepared.version)?;
    let changed = match (prepared.expected, &prepared.head) {
        (Expected::LeavesOnly, _) => return Ok(()),
        (Expected::New, Some(head)) => {
            let sql = "INSERT OR IGNORE INTO record (record_key, version, head_version, key_version, sealed) VALUES (?1, ?2, ?2, ?3, ?4)";
            let inserted =
                prepare(connection, sql, place)?.execute(params![prepared.key.0, version, prepared.key_version, head]).map_err(fault(place))?;
            if inserted == 1 {
                put_chains(connection, &prepared.chains)?;
                extracts::begin(connection, prepared.key)?;
            }
            inserted
        }
        (Expected::New, None) => 0,
        (Expected::Version(judged), Some(head)) => {
            let sql = "UPDATE record SET version = ?1, head_version = ?1, key_version = ?2, sealed = ?3 WHERE record_key = ?4 AND version = ?5 AND key_version > 0";
            prepare(connection, sql, place)?
                .execute(params![version, prepared.key_version, head, prepared.key.0, number(judged)?])
                .map_err(fault(place))?
        }
        (Expected::Version(judged), None) if prepared.next.is_some() => {
            let sql = "UPDATE record SET version = ?1 WHERE record_key = ?2 AND version = ?3 AND key_version > 0";
            prepare(connection, sql, place)?.execute(params![version, prepared.key.0, number(judged)?]).map_err(fault(place))?
        }
        (Expected::Version(judged), None) => {
            let sql = "SELECT 1 FROM record WHERE record_key = ?1 AND version = ?2 AND key_version > 0";
            let present = prepare(connection, sql, place)?.exists(params![prepared.key.0, number(judged)?]).map_err(fault(place))?;
            usize::from(present)
        }
    };
    fail_point::hit("commit.after_record");
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

fn put_chains(connection: &Connection, chains: &[ChainRow]) -> Result<(), StoreError> {
    // INVARIANT: both chains exist from the first version on, so that the absence of the secret one tells nothing.
    chains.iter().try_for_each(|chain| put_chain(connection, chain))
}

fn put_entries(connection: &Connection, prepared: &Prepared) -> Result<(), StoreError> {
    let place = "commit.entry";
    let version = number(prepared.version)?;
    for entry in &prepared.entries {
        fail_point::hit("commit.before_entry");
        let sql = "INSERT INTO entry (record_key, entry_id, version, key_version, sealed) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (record_key, entry_id) DO UPDATE SET version = excluded.version, key_version = excluded.key_version, sealed = excluded.sealed";
        prepare(connection, sql, place)?
            .execute(params![prepared.key.0, entry.id.0, version, prepared.key_version, entry.sealed])
            .map_err(fault(place))?;
        fail_point::hit("commit.after_entry");
        let Some(hash) = entry.unique_hash else { continue };
        let sql = "INSERT OR IGNORE INTO locator (unique_hash, record_key) VALUES (?1, ?2)";
        let claimed = prepare(connection, sql, place)?.execute(params![hash, prepared.key.0]).map_err(fault(place))?;
        if claimed == 0 {
            return Err(StoreError::UniqueIdTaken);
        }
        fail_point::hit("commit.after_locator");
    }
    Ok(())
}

/// Takes adopted rows out again. An identifier that an entry claimed stays claimed.
fn drop_rows(connection: &Connection, prepared: &Prepared) -> Result<(), StoreError> {
    let place = "commit.drop";
    for id in &prepared.dropped {
        for sql in DROPS {
            prepare(connection, sql, place)?.execute(params![prepared.key.0, id.0]).map_err(fault(place))?;
        }
    }
    Ok(())
}

const DROPS: [&str; 4] = [
    "DELETE FROM entry WHERE record_key = ?1 AND entry_id = ?2",
    "DELETE FROM member WHERE record_key = ?1 AND id = ?2",
    "DELETE FROM extract WHERE record_key = ?1 AND entry_id = ?2",
    "DELETE FROM extract_text WHERE record_key = ?1 AND entry_id = ?2",
];

fn put_members(connection: &Connection, prepared: &Prepared) -> Result<(), StoreError> {
    let place = "commit.member";
    let version = number(prepared.version)?;
    for member in &prepared.members {
        fail_point::hit("commit.before_member");
        let sql = "INSERT INTO member (record_key, kind, id, version, key_version, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (record_key, kind, id) DO UPDATE SET version = excluded.version, key_version = excluded.key_version, sealed = excluded.sealed";
        let row = params![prepared.key.0, member.kind, member.id.0, version, prepared.key_version, member.sealed];
        prepare(connection, sql, place)?.execute(row).map_err(fault(place))?;
        fail_point::hit("commit.after_member");
    }
    Ok(())
}

fn put_contents(connection: &Connection, prepared: &Prepared) -> Result<(), StoreError> {
    let place = "commit.content";
    for content in &prepared.contents {
        fail_point::hit("commit.before_content");
        let sql = "INSERT INTO content (record_key, address, key_version, size_class, sealed) VALUES (?1, ?2, ?3, ?4, ?5)";
        let row = params![prepared.key.0, content.address.0, prepared.key_version, content.size_class, content.sealed];
        prepare(connection, sql, place)?.execute(row).map_err(fault(place))?;
        fail_point::hit("commit.after_content");
    }
    Ok(())
}

/// Lets the clock of the record ring at a date that this commit sets.
fn put_date(connection: &Connection, prepared: &Prepared) -> Result<(), StoreError> {
    let place = "commit.date";
    let Some(clock) = prepared.clock else { return Ok(()) };
    let sql = "INSERT INTO clock (record_key, version, due, told) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (record_key)
        DO UPDATE SET version = MAX(version, excluded.version), due = MIN(COALESCE(due, excluded.due), excluded.due)";
    let row = params![prepared.key.0, number(prepared.version)?, clock.due, clock.told];
    prepare(connection, sql, place)?.execute(row).map(drop).map_err(fault(place))
}

fn put_outbox(connection: &Connection, prepared: &Prepared) -> Result<(), StoreError> {
    let place = "commit.outbox";
    let Some(sealed) = &prepared.outbox else { return Ok(()) };
    let sql = "INSERT INTO outbox (record_key, version, key_version, sealed) VALUES (?1, ?2, ?3, ?4)";
    let row = params![prepared.key.0, number(prepared.version)?, prepared.key_version, sealed];
    prepare(connection, sql, place)?.execute(row).map_err(fault(place))?;
    fail_point::hit("commit.after_outbox");
    Ok(())
}

/// Begins a chain: no leaf yet, and a head that says so.
pub(crate) fn put_chain(connection: &Connection, chain: &ChainRow) -> Result<(), StoreError> {
    let place = "commit.chain";
    let sql = "INSERT OR IGNORE INTO chain (chain_id, sequence, hash, mac, sealed) VALUES (?1, 0, ?2, ?3, ?4)";
    prepare(connection, sql, place)?.execute(params![chain.id, chain.hash, chain.mac, chain.sealed]).map(drop).map_err(fault(place))
}

/// Appends a leaf to its chain: gives it its sequence and the hash that binds it to the one before.
/// `None` when there is no such chain.
pub(crate) fn append(batch: &mut Batch<'_>, leaf: &LeafRow) -> Result<Option<u64>, StoreError> {
    let place = "commit.leaf";
    fail_point::hit("commit.before_leaf");
    let Some(last) = batch.heads.of(batch.connection, &leaf.chain_id)? else { return Ok(None) };
    let tip = last.next(leaf);
    let (sequence, hash) = (tip.sequence, tip.hash);
    let sql = "INSERT INTO leaf (chain_id, sequence, account_hash, hash, sealed) VALUES (?1, ?2, ?3, ?4, ?5)";
    let row = params![leaf.chain_id, sequence, leaf.account_hash, hash, leaf.sealed];
    prepare(batch.connection, sql, place)?.execute(row).map_err(fault(place))?;
    batch.heads.advance(leaf.chain_id, last, tip);
    fail_point::hit("commit.after_leaf");
    Ok(Some(sequence))
}

fn prepare<'a>(connection: &'a Connection, sql: &str, place: &'static str) -> Result<rusqlite::CachedStatement<'a>, StoreError> {
    connection.prepare_cached(sql).map_err(fault(place))
}

fn number(version: u64) -> Result<i64, StoreError> {
    i64::try_from(version).map_err(|error| StoreError::fault("commit.version", error))
}

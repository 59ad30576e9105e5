//! Claim, confirm, sweep: the INS of a person leads to one record key, decided before the record is created.

use std::sync::Arc;

use dmp_core::Moment;
use dmp_core::ids::RecordKey;
use rusqlite::{Connection, OptionalExtension, params};
use tokio::sync::oneshot;

use super::connect::fault;
use super::keys::KeyWriter;
use super::writer::{Batch, Job};
use crate::keys::KeyRing;
use crate::{Claim, IdentifierState, OpeningNotice, StoreError, fail_point};

const CLAIMED: i64 = 1;
const CONFIRMED: i64 = 2;

/// The record key of an INS, and the state of its creation.
pub(crate) fn find(connection: &Connection, ins_hash: [u8; 16]) -> Result<Option<(RecordKey, IdentifierState)>, StoreError> {
    let place = "identifier.find";
    let mut statement = connection.prepare_cached("SELECT record_key, state FROM identifier WHERE ins_hash = ?1").map_err(fault(place))?;
    let found = statement.query_row([ins_hash], |row| Ok((RecordKey(row.get(0)?), row.get::<_, i64>(1)?)));
    match found.optional().map_err(fault(place))? {
        None => Ok(None),
        Some((key, CLAIMED)) => Ok(Some((key, IdentifierState::Claimed))),
        Some((key, CONFIRMED)) => Ok(Some((key, IdentifierState::Confirmed))),
        Some((_, other)) => Err(StoreError::fault(place, format!("unknown state {other}"))),
    }
}

/// Claims an INS.
pub(crate) struct ClaimJob {
    pub ins_hash: [u8; 16],
    pub key: RecordKey,
    /// Number of this start of the program.
    pub start: i64,
    pub claim: Claim,
    pub reply: oneshot::Sender<Result<Claim, StoreError>>,
}

impl Job for ClaimJob {
    fn apply(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        let connection = batch.connection;
        let place = "identifier.claim";
        fail_point::hit("claim.before");
        if let Some((key, state)) = find(connection, self.ins_hash)? {
            self.claim = Claim::Existing(key, state);
            return Ok(());
        }
        let sql = "INSERT INTO identifier (ins_hash, record_key, state, claimed) VALUES (?1, ?2, ?3, ?4)";
        let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
        statement.execute(params![self.ins_hash, self.key.0, CLAIMED, self.start]).map_err(fault(place))?;
        self.claim = Claim::Made;
        fail_point::hit("claim.after");
        Ok(())
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        let _ = self.reply.send(outcome.map(|()| self.claim));
    }
}

/// Confirms the claim of an INS whose record exists.
pub(crate) struct ConfirmJob {
    pub ins_hash: [u8; 16],
    pub reply: oneshot::Sender<Result<(), StoreError>>,
}

impl Job for ConfirmJob {
    fn apply(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        let connection = batch.connection;
        let place = "identifier.confirm";
        fail_point::hit("confirm.before");
        let sql =
            "UPDATE identifier SET state = ?1 WHERE ins_hash = ?2 AND EXISTS (SELECT 1 FROM record WHERE record.record_key = identifier.record_key)";
        let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
        let confirmed = statement.execute(params![CONFIRMED, self.ins_hash]).map_err(fault(place))?;
        fail_point::hit("confirm.after");
        if confirmed == 1 { Ok(()) } else { Err(StoreError::NoRecord) }
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        let _ = self.reply.send(outcome);
    }
}

/// Makes an INS lead nowhere, when it leads to the given record.
pub(crate) struct ReleaseJob {
    pub ins_hash: [u8; 16],
    pub key: RecordKey,
    pub reply: oneshot::Sender<Result<(), StoreError>>,
}

impl Job for ReleaseJob {
    fn apply(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        let connection = batch.connection;
        let sql = "DELETE FROM identifier WHERE ins_hash = ?1 AND record_key = ?2";
        let mut statement = connection.prepare_cached(sql).map_err(fault("identifier.release"))?;
        statement.execute(params![self.ins_hash, self.key.0]).map_err(fault("identifier.release"))?;
        Ok(())
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        let _ = self.reply.send(outcome);
    }
}

/// What is kept of a person without a record.
pub(crate) fn opening_notice(connection: &Connection, ins_hash: [u8; 16]) -> Result<Option<OpeningNotice>, StoreError> {
    let place = "opening.find";
    let mut statement = connection.prepare_cached("SELECT letter_at FROM opening WHERE ins_hash = ?1").map_err(fault(place))?;
    let found = statement.query_row([ins_hash], |row| row.get::<_, Option<i64>>(0)).optional().map_err(fault(place))?;
    Ok(found.map(|letter| letter.map_or(OpeningNotice::Refused, |at| OpeningNotice::LetterSent(Moment::from_micros(at)))))
}

/// Keeps or forgets it.
pub(crate) struct OpeningJob {
    pub ins_hash: [u8; 16],
    pub notice: Option<OpeningNotice>,
    pub reply: oneshot::Sender<Result<(), StoreError>>,
}

impl Job for OpeningJob {
    fn apply(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        let connection = batch.connection;
        let place = "opening.put";
        let letter = match self.notice {
            None => {
                connection.execute("DELETE FROM opening WHERE ins_hash = ?1", [self.ins_hash]).map_err(fault(place))?;
                return Ok(());
            }
            Some(OpeningNotice::LetterSent(at)) => Some(at.as_micros()),
            Some(OpeningNotice::Refused) => None,
        };
        let sql = "INSERT INTO opening (ins_hash, letter_at) VALUES (?1, ?2) ON CONFLICT (ins_hash) DO UPDATE SET letter_at = excluded.letter_at";
        connection.prepare_cached(sql).map_err(fault(place))?.execute(params![self.ins_hash, letter]).map_err(fault(place))?;
        Ok(())
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        let _ = self.reply.send(outcome);
    }
}

/// Ends the claims of earlier starts: confirmed when their record came to be, taken back when it did not.
pub(crate) struct SweepJob {
    pub start: i64,
    pub ended: Vec<RecordKey>,
    pub reply: oneshot::Sender<Result<Vec<RecordKey>, StoreError>>,
}

impl Job for SweepJob {
    fn apply(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        let connection = batch.connection;
        let place = "identifier.sweep";
        let created = "EXISTS (SELECT 1 FROM record WHERE record.record_key = identifier.record_key)";
        let sql = format!("UPDATE identifier SET state = {CONFIRMED} WHERE state = {CLAIMED} AND claimed < ?1 AND {created}");
        connection.execute(&sql, [self.start]).map_err(fault(place))?;
        let sql = format!("DELETE FROM identifier WHERE state = {CLAIMED} AND claimed < ?1 AND NOT {created} RETURNING record_key");
        let mut statement = connection.prepare(&sql).map_err(fault(place))?;
        let rows = statement.query_map([self.start], |row| row.get(0).map(RecordKey)).map_err(fault(place))?;
        self.ended = rows.collect::<Result<_, _>>().map_err(fault(place))?;
        fail_point::hit("sweep.claims");
        Ok(())
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        let Self { ended, reply, .. } = *self;
        let _ = reply.send(outcome.map(|()| ended));
    }
}

/// Destroys the keys that were made for records which never came to be.
pub(crate) struct DropKeysJob {
    pub keys: Vec<RecordKey>,
    pub ring: Arc<KeyRing>,
    pub reply: oneshot::Sender<Result<(), StoreError>>,
}

impl Job for DropKeysJob {
    fn touches_keys(&self) -> bool {
        !self.keys.is_empty()
    }

    fn apply_keys(&mut self, keys: &mut KeyWriter) -> Result<(), StoreError> {
        self.keys.iter().try_for_each(|key| keys.delete_unused(*key))
    }

    fn keys_committed(&mut self, _keys: &mut KeyWriter) {
        self.keys.iter().for_each(|key| self.ring.forget(*key));
    }

    fn apply(&mut self, _batch: &mut Batch<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        let _ = self.reply.send(outcome);
    }
}

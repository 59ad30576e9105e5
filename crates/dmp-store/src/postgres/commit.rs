//! A commit on PostgreSQL: one transaction, sent in a few rows of requests, tried again when nothing of it was written.

use std::sync::atomic::Ordering;

use tokio_postgres::Row;
use tokio_postgres::error::SqlState;

use super::PostgresStore;
use super::append::{self, Written};
use super::batch::{Batch, begin, values};
use super::connect::{Sent, Session, in_order};
use super::extracts;
use super::failure::{Failure, Tries, failed};
use super::rows::kept;
use super::tallies;
use crate::keys::{FreshKeys, KEY_VERSION};
use crate::prepare::{AccountLeaf, Prepared};
use crate::{Expected, Receipt, StoreError, fail_point};

const NEW_RECORD: &str = "INSERT INTO dmp.record (record_key, version, head_version, key_version, sealed) VALUES ($1, $2, $2, $3, $4)
    ON CONFLICT (record_key) DO NOTHING RETURNING version";
const MOVE_RECORD: &str = "UPDATE dmp.record SET version = $2 WHERE record_key = $1 AND version = $3 AND key_version > 0 RETURNING version";
const MOVE_HEAD: &str = "UPDATE dmp.record SET version = $2, head_version = $2, key_version = $4, sealed = $5
    WHERE record_key = $1 AND version = $3 AND key_version > 0 RETURNING version";
const CHECK_RECORD: &str = "SELECT 1 FROM dmp.record WHERE record_key = $1 AND version = $2 AND key_version > 0";
const KEY: &str = "INSERT INTO dmp_keys.person_key (record_key, kind, version, epoch, wrapped) VALUES ($1, $2, $3, $4, $5)";
const CHAIN: &str = "INSERT INTO dmp.chain (chain_id, sequence, hash, mac, sealed) VALUES ($1, 0, $2, $3, $4)";
const ENTRY: &str = "INSERT INTO dmp.entry (record_key, entry_id, version, key_version, sealed) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (record_key, entry_id) DO UPDATE SET version = excluded.version, key_version = excluded.key_version, sealed = excluded.sealed";
const LOCATOR: &str = "INSERT INTO dmp.locator (unique_hash, record_key) VALUES ($1, $2) ON CONFLICT (unique_hash) DO NOTHING";
const MEMBER: &str = "INSERT INTO dmp.member (record_key, kind, id, version, key_version, sealed) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (record_key, kind, id) DO UPDATE SET version = excluded.version, key_version = excluded.key_version, sealed = excluded.sealed";
const CONTENT: &str = "INSERT INTO dmp.content (record_key, address, key_version, size_class, sealed) VALUES ($1, $2, $3, $4, $5)";
const DROP_ENTRY: &str = "DELETE FROM dmp.entry WHERE record_key = $1 AND entry_id = $2";
const DROP_MEMBER: &str = "DELETE FROM dmp.member WHERE record_key = $1 AND id = $2";
const DROP_FACTS: &str = "DELETE FROM dmp.extract WHERE record_key = $1 AND entry_id = $2";
const DROP_TEXT: &str = "DELETE FROM dmp.extract_text WHERE record_key = $1 AND entry_id = $2";
const DATE: &str = "INSERT INTO dmp.clock (record_key, version, due, told) VALUES ($1, $2, $3, $4) ON CONFLICT (record_key)
    DO UPDATE SET version = GREATEST(clock.version, excluded.version), due = LEAST(COALESCE(clock.due, excluded.due), excluded.due)";
const OUTBOX: &str = "INSERT INTO dmp.outbox (record_key, version, key_version, sealed) VALUES ($1, $2, $3, $4)";
const FIND_OUTBOX: &str = "SELECT 1 FROM dmp.outbox WHERE record_key = $1 AND version = $2 AND sealed = $3";

/// What tries wrote whose end is not known.
type Doubts = Vec<Vec<Written>>;

impl PostgresStore {
    /// Commits what was prepared. A try whose end is not known is looked for before anything is written again.
    pub(crate) async fn run_commit(&self, prepared: &Prepared, fresh: Option<&FreshKeys>) -> Result<Receipt, StoreError> {
        let _turns = self.turns.take(&prepared.leaves, prepared.next.as_ref().map(|_| &prepared.key.0)).await?;
        let (mut tries, mut doubts) = (Tries::default(), Doubts::new());
        loop {
            let mut written = Vec::new();
            let attempt = match prepared.next {
                Some(_) => self.commit_changes(prepared, fresh, &mut written, &doubts).await,
                None => self.commit_leaves(prepared, &mut written, &doubts).await,
            };
            match attempt {
                Ok(sequences) => {
                    self.commits.fetch_add(1, Ordering::Relaxed);
                    fail_point::hit("writer.before_reply");
                    return Ok(Receipt { version: prepared.version, sequences });
                }
                Err(failure) => {
                    note(&failure, written, &mut doubts);
                    tries.again(failure).await?;
                }
            }
        }
    }

    /// Appends a leaf to the chain of an account, begun when it is not there.
    pub(crate) async fn run_account_leaf(&self, leaf: &AccountLeaf) -> Result<u64, StoreError> {
        let _turns = self.turns.take(std::slice::from_ref(&leaf.row), None).await?;
        let (mut tries, mut doubts) = (Tries::default(), Doubts::new());
        loop {
            let mut written = Vec::new();
            match self.append_once(leaf, &mut written, &doubts).await {
                Ok(sequences) => {
                    self.commits.fetch_add(1, Ordering::Relaxed);
                    return sequences.first().copied().ok_or_else(|| StoreError::fault("account.append", "no leaf was written"));
                }
                Err(failure) => {
                    note(&failure, written, &mut doubts);
                    tries.again(failure).await?;
                }
            }
        }
    }

    async fn append_once(&self, leaf: &AccountLeaf, written: &mut Vec<Written>, doubts: &Doubts) -> Result<Vec<u64>, Failure> {
        let leaves = std::slice::from_ref(&leaf.row);
        let mut session = Session::take(&self.pool).await?;
        session.opened();
        let (mut tips, _) = append::lock(&session, leaves, Some(begin(&session)?), None).await?;
        if tips.is_empty() {
            append::begin_chain(&session, &leaf.chain(&self.keys.ring)?).await?;
            (tips, _) = append::lock(&session, leaves, None, None).await?;
        }
        if let Some(sequences) = known(&session, doubts).await? {
            session.roll_back().await;
            return Ok(sequences);
        }
        append::finish(&mut session, &self.keys.ring.derived, leaves, tips, written, None).await
    }

    /// Leaves alone, perhaps with a check of the version that was judged. The check comes after the lock: whoever changes the
    /// record writes a leaf too and waits for the same lock.
    async fn commit_leaves(&self, prepared: &Prepared, written: &mut Vec<Written>, doubts: &Doubts) -> Result<Vec<u64>, Failure> {
        let mut session = Session::take(&self.pool).await?;
        session.opened();
        fail_point::hit("commit.before_leaf");
        let (tips, is_current) = lock_and_check(&session, prepared).await?;
        if let Some(sequences) = known(&session, doubts).await? {
            session.roll_back().await;
            return Ok(sequences);
        }
        if !is_current {
            session.roll_back().await;
            return Err(StoreError::Stale.into());
        }
        let deeds = prepared.deeds.as_ref().map(|deeds| (prepared.key, deeds));
        append::finish(&mut session, &self.keys.ring.derived, &prepared.leaves, tips, written, deeds).await
    }

    async fn commit_changes(
        &self,
        prepared: &Prepared,
        fresh: Option<&FreshKeys>,
        written: &mut Vec<Written>,
        doubts: &Doubts,
    ) -> Result<Vec<u64>, Failure> {
        let mut session = Session::take(&self.pool).await?;
        self.keys.refresh_when_outdated(&session).await?;
        session.opened();
        match self.put_rows(&session, prepared, fresh, doubts).await {
            Ok(None) => {}
            Ok(Some(sequences)) => {
                session.roll_back().await;
                return Ok(sequences);
            }
            Err(failure) => {
                session.roll_back().await;
                return Err(failure);
            }
        }
        fail_point::hit("commit.before_leaf");
        let (tips, _) = append::lock(&session, &prepared.leaves, None, None).await?;
        fail_point::hit("commit.after_leaf");
        append::finish(&mut session, &self.keys.ring.derived, &prepared.leaves, tips, written, None).await
    }

    /// Everything but the leaves. Gives the sequences of an earlier try that turns out to have happened.
    async fn put_rows(
        &self,
        session: &Session,
        prepared: &Prepared,
        fresh: Option<&FreshKeys>,
        doubts: &Doubts,
    ) -> Result<Option<Vec<u64>>, Failure> {
        fail_point::hit("commit.before_record");
        if !put_record(session, prepared).await? {
            // INVARIANT: the row was waited for, so that every earlier try has ended one way or the other.
            return match known_change(session, prepared, doubts).await? {
                Some(sequences) => Ok(Some(sequences)),
                None => Err(StoreError::Stale.into()),
            };
        }
        fail_point::hit("commit.after_record");
        if let Some(fresh) = fresh {
            self.put_keys(session, prepared, fresh).await?;
        }
        // Sorted, so that two commits never wait for each other's claims.
        let mut claims: Vec<[u8; 16]> = prepared.entries.iter().filter_map(|entry| entry.unique_hash).collect();
        claims.sort_unstable();
        let mut batch = Batch::default();
        add_rows(&mut batch, prepared)?;
        for claim in &claims {
            batch.add(LOCATOR, values![claim.as_slice(), prepared.key.0.as_slice()]);
        }
        let counts = batch.send(session).await?.map_err(failed("commit.rows"))?;
        if counts.iter().rev().zip(&claims).any(|(claimed, _)| *claimed == 0) {
            return Err(StoreError::UniqueIdTaken.into());
        }
        fail_point::hit("commit.after_content");
        Ok(None)
    }

    async fn put_keys(&self, session: &Session, prepared: &Prepared, fresh: &FreshKeys) -> Result<(), Failure> {
        let wrapped = self.keys.wrap(prepared.key, fresh)?;
        let mut batch = Batch::default();
        for (kind, epoch, wrapped) in &wrapped {
            batch.add(KEY, values![prepared.key.0.as_slice(), kind, i64::from(KEY_VERSION), epoch, wrapped.as_slice()]);
        }
        match batch.send(session).await? {
            Ok(_) => Ok(()),
            // The epoch ended meanwhile, by the hand of another process.
            Err(error) if error.code() == Some(&SqlState::FOREIGN_KEY_VIOLATION) => {
                self.keys.outdate();
                Err(Failure::Again(StoreError::Busy))
            }
            Err(error) => Err(failed("commit.keys")(error)),
        }
    }
}

/// Remembers what a try wrote when its end is not known.
fn note(failure: &Failure, written: Vec<Written>, doubts: &mut Doubts) {
    if matches!(failure, Failure::Unknown(_)) {
        doubts.push(written);
    }
}

/// Begins, and puts a new record or moves an existing one from the version that was judged to the next one. Gives whether it did.
async fn put_record(session: &Session, prepared: &Prepared) -> Result<bool, Failure> {
    let client = session.client()?;
    let (key, version, key_version) = (prepared.key.0, kept(prepared.version)?, i64::from(prepared.key_version));
    let request: Sent<'_, Vec<Row>> = match (prepared.expected, &prepared.head) {
        (Expected::New, Some(head)) => {
            let statement = session.prepare(NEW_RECORD).await?;
            Box::pin(async move { client.query(&statement, &[&key.as_slice(), &version, &key_version, head]).await })
        }
        (Expected::Version(judged), Some(head)) => {
            let (statement, judged) = (session.prepare(MOVE_HEAD).await?, kept(judged)?);
            Box::pin(async move { client.query(&statement, &[&key.as_slice(), &version, &judged, &key_version, head]).await })
        }
        (Expected::Version(judged), None) => {
            let (statement, judged) = (session.prepare(MOVE_RECORD).await?, kept(judged)?);
            Box::pin(async move { client.query(&statement, &[&key.as_slice(), &version, &judged]).await })
        }
        (Expected::New, None) | (Expected::LeavesOnly, _) => {
            return Err(StoreError::fault("commit.record", "changes without a head or a version").into());
        }
    };
    let answers = in_order(vec![begin(session)?, request]).await.map_err(failed("commit.record"))?;
    Ok(answers.last().is_some_and(|rows| !rows.is_empty()))
}

fn add_rows<'a>(batch: &mut Batch<'a>, prepared: &'a Prepared) -> Result<(), Failure> {
    let (key, version, key_version) = (prepared.key.0.as_slice(), kept(prepared.version)?, i64::from(prepared.key_version));
    // INVARIANT: both chains exist from the first version on, so that the absence of the secret one tells nothing.
    for chain in &prepared.chains {
        batch.add(CHAIN, values![chain.id.as_slice(), chain.hash.as_slice(), chain.mac.as_slice(), chain.sealed.as_slice()]);
    }
    for id in &prepared.dropped {
        batch.add(DROP_ENTRY, values![key, id.0.as_slice()]);
        batch.add(DROP_MEMBER, values![key, id.0.as_slice()]);
        batch.add(DROP_FACTS, values![key, id.0.as_slice()]);
        batch.add(DROP_TEXT, values![key, id.0.as_slice()]);
    }
    for entry in &prepared.entries {
        batch.add(ENTRY, values![key, entry.id.0.as_slice(), version, key_version, entry.sealed.as_slice()]);
    }
    for member in &prepared.members {
        batch.add(MEMBER, values![key, member.kind, member.id.0.as_slice(), version, key_version, member.sealed.as_slice()]);
    }
    for content in &prepared.contents {
        batch.add(CONTENT, values![key, content.address.0.as_slice(), key_version, content.size_class, content.sealed.as_deref()]);
    }
    if prepared.expected == Expected::New {
        extracts::start(batch, &prepared.key);
    }
    extracts::put(batch, &prepared.key, prepared.key_version, &prepared.extracts);
    if prepared.is_to_read {
        extracts::ask(batch, &prepared.key, version);
    }
    if let Some(clock) = prepared.clock {
        batch.add(DATE, values![key, version, clock.due, clock.told]);
    }
    if let Some(deeds) = &prepared.deeds {
        batch.add(tallies::PUT_DEED, values![key, deeds.id.as_slice(), deeds.sealed.as_slice()]);
    }
    if let Some(sealed) = &prepared.outbox {
        batch.add(OUTBOX, values![key, version, key_version, sealed.as_slice()]);
    }
    Ok(())
}

/// Begins, locks the chains of leaves and looks whether the version that was judged is still the present one.
async fn lock_and_check(session: &Session, prepared: &Prepared) -> Result<(append::Tips, bool), Failure> {
    let client = session.client()?;
    let (key, version) = (prepared.key.0, kept(prepared.version)?);
    let check: Option<Sent<'_, Vec<Row>>> = match prepared.expected {
        Expected::Version(_) => {
            let statement = session.prepare(CHECK_RECORD).await?;
            Some(Box::pin(async move { client.query(&statement, &[&key.as_slice(), &version]).await }))
        }
        Expected::New | Expected::LeavesOnly => None,
    };
    let (tips, found) = append::lock(session, &prepared.leaves, Some(begin(session)?), check).await?;
    Ok((tips, found.is_none_or(|rows| !rows.is_empty())))
}

/// The sequences of a try that happened after all.
async fn known(session: &Session, doubts: &Doubts) -> Result<Option<Vec<u64>>, Failure> {
    for written in doubts {
        if append::stands(session, written).await? {
            return Ok(Some(append::sequences(written)));
        }
    }
    Ok(None)
}

/// The same for a commit of changes, which may have come without a leaf.
async fn known_change(session: &Session, prepared: &Prepared, doubts: &Doubts) -> Result<Option<Vec<u64>>, Failure> {
    if let Some(sequences) = known(session, doubts).await? {
        return Ok(Some(sequences));
    }
    let (Some(_), Some(sealed), true) = (doubts.first(), &prepared.outbox, prepared.leaves.is_empty()) else { return Ok(None) };
    let statement = session.prepare(FIND_OUTBOX).await?;
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 3] = [&prepared.key.0.as_slice(), &kept(prepared.version)?, sealed];
    let found = session.client()?.query_opt(&statement, &values).await.map_err(failed("commit.look"))?;
    Ok(found.map(|_| Vec::new()))
}

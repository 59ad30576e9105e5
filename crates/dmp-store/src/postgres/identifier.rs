//! Claim, confirm, sweep: the INS of a person leads to one record key, decided before the record is created.

use dmp_core::Moment;
use dmp_core::ids::RecordKey;
use tokio_postgres::Row;

use super::connect::Session;
use super::failure::{Failure, failed};
use super::rows::{fixed, record_key};
use crate::{Claim, IdentifierState, OpeningNotice, StoreError, fail_point};

const CLAIMED: i64 = 1;
const CONFIRMED: i64 = 2;
/// Claims that are looked at together.
const SWEPT_AT_ONCE: i64 = 1_000;

const FIND: &str = "SELECT record_key, state FROM dmp.identifier WHERE ins_hash = $1";
const CLAIM: &str = "INSERT INTO dmp.identifier (ins_hash, record_key, state, claimed, claimed_at) VALUES ($1, $2, $3, $4, now())
    ON CONFLICT (ins_hash) DO NOTHING";
const HAS_RECORD: &str = "SELECT 1 FROM dmp.record WHERE record_key = $1";
const CONFIRM: &str = "UPDATE dmp.identifier SET state = $3 WHERE ins_hash = $1 AND record_key = $2";
const OLD_CLAIMS: &str = "SELECT ins_hash, record_key FROM dmp.identifier WHERE state = 1 AND claimed < $1
    AND claimed_at <= now() - $2::bigint * INTERVAL '1 second' AND ins_hash > $3 ORDER BY ins_hash LIMIT $4";
const RELEASE: &str = "DELETE FROM dmp.identifier WHERE ins_hash = $1 AND record_key = $2";
const FIND_OPENING: &str = "SELECT letter_at FROM dmp.opening WHERE ins_hash = $1";
const PUT_OPENING: &str =
    "INSERT INTO dmp.opening (ins_hash, letter_at) VALUES ($1, $2) ON CONFLICT (ins_hash) DO UPDATE SET letter_at = excluded.letter_at";
const FORGET_OPENING: &str = "DELETE FROM dmp.opening WHERE ins_hash = $1";
const TAKE_BACK: &str = "DELETE FROM dmp.identifier WHERE ins_hash = $1 AND record_key = $2 AND state = 1";

/// The record key of an INS, and the state of its creation.
pub(crate) async fn find(session: &Session, ins_hash: [u8; 16]) -> Result<Option<(RecordKey, IdentifierState)>, Failure> {
    let statement = session.prepare(FIND).await?;
    let found = session.client()?.query_opt(&statement, &[&ins_hash.as_slice()]).await.map_err(failed("identifier.find"))?;
    found.as_ref().map(state).transpose()
}

fn state(row: &Row) -> Result<(RecordKey, IdentifierState), Failure> {
    let place = "identifier.find";
    let state = match row.try_get::<_, i64>(1).map_err(failed(place))? {
        CLAIMED => IdentifierState::Claimed,
        CONFIRMED => IdentifierState::Confirmed,
        other => return Err(StoreError::fault(place, format!("unknown state {other}")).into()),
    };
    Ok((record_key(row, 0)?, state))
}

/// Claims an INS. `again`: an earlier try of the same claim may have happened.
pub(crate) async fn claim(session: &Session, ins_hash: [u8; 16], key: RecordKey, start: i64, again: bool) -> Result<Claim, Failure> {
    fail_point::hit("claim.before");
    let statement = session.prepare(CLAIM).await?;
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 4] = [&ins_hash.as_slice(), &key.0.as_slice(), &CLAIMED, &start];
    let made = session.client()?.execute(&statement, &values).await.map_err(failed("identifier.claim"))?;
    fail_point::hit("claim.after");
    if made == 1 {
        return Ok(Claim::Made);
    }
    match find(session, ins_hash).await? {
        Some((found, IdentifierState::Claimed)) if again && found == key => Ok(Claim::Made),
        Some((found, state)) => Ok(Claim::Existing(found, state)),
        // Taken back between the two looks.
        None => Err(Failure::Again(StoreError::Busy)),
    }
}

/// Confirms the claim of an INS whose record exists. Records never go away, so two statements are as good as one.
pub(crate) async fn confirm(session: &Session, ins_hash: [u8; 16]) -> Result<(), Failure> {
    fail_point::hit("confirm.before");
    let (key, _) = find(session, ins_hash).await?.ok_or(StoreError::NoRecord)?;
    if !has_record(session, key).await? {
        return Err(StoreError::NoRecord.into());
    }
    let confirmed = set_confirmed(session, ins_hash, key).await?;
    fail_point::hit("confirm.after");
    if confirmed == 1 { Ok(()) } else { Err(StoreError::NoRecord.into()) }
}

/// Makes an INS lead nowhere, when it leads to the given record.
pub(crate) async fn release(session: &Session, ins_hash: [u8; 16], key: RecordKey) -> Result<(), Failure> {
    let statement = session.prepare(RELEASE).await?;
    session.client()?.execute(&statement, &[&ins_hash.as_slice(), &key.0.as_slice()]).await.map(drop).map_err(failed("identifier.release"))
}

/// What is kept of a person without a record.
pub(crate) async fn opening_notice(session: &Session, ins_hash: [u8; 16]) -> Result<Option<OpeningNotice>, Failure> {
    let place = "opening.find";
    let statement = session.prepare(FIND_OPENING).await?;
    let found = session.client()?.query_opt(&statement, &[&ins_hash.as_slice()]).await.map_err(failed(place))?;
    let Some(row) = found else { return Ok(None) };
    let letter: Option<i64> = row.try_get(0).map_err(failed(place))?;
    Ok(Some(letter.map_or(OpeningNotice::Refused, |at| OpeningNotice::LetterSent(Moment::from_micros(at)))))
}

/// Keeps or forgets it.
pub(crate) async fn put_opening_notice(session: &Session, ins_hash: [u8; 16], notice: Option<OpeningNotice>) -> Result<(), Failure> {
    let place = "opening.put";
    let letter = match notice {
        None => {
            let statement = session.prepare(FORGET_OPENING).await?;
            return session.client()?.execute(&statement, &[&ins_hash.as_slice()]).await.map(drop).map_err(failed(place));
        }
        Some(OpeningNotice::LetterSent(at)) => Some(at.as_micros()),
        Some(OpeningNotice::Refused) => None,
    };
    let statement = session.prepare(PUT_OPENING).await?;
    session.client()?.execute(&statement, &[&ins_hash.as_slice(), &letter]).await.map(drop).map_err(failed(place))
}

async fn set_confirmed(session: &Session, ins_hash: [u8; 16], key: RecordKey) -> Result<u64, Failure> {
    let statement = session.prepare(CONFIRM).await?;
    session.client()?.execute(&statement, &[&ins_hash.as_slice(), &key.0.as_slice(), &CONFIRMED]).await.map_err(failed("identifier.confirm"))
}

async fn has_record(session: &Session, key: RecordKey) -> Result<bool, Failure> {
    let statement = session.prepare(HAS_RECORD).await?;
    let found = session.client()?.query_opt(&statement, &[&key.0.as_slice()]).await.map_err(failed("identifier.record"))?;
    Ok(found.is_some())
}

/// Ends claims of earlier starts, this program's or another's, that are old enough for no creation to follow: confirmed when
/// their record came to be, taken back when it did not. Gives how many were taken back.
pub(crate) async fn sweep(session: &Session, start: i64, age_seconds: i64) -> Result<u64, Failure> {
    let place = "identifier.sweep";
    let (mut after, mut ended) = (Vec::new(), 0);
    loop {
        let statement = session.prepare(OLD_CLAIMS).await?;
        let rows = session.client()?.query(&statement, &[&start, &age_seconds, &after, &SWEPT_AT_ONCE]).await.map_err(failed(place))?;
        for row in &rows {
            let (ins_hash, key): ([u8; 16], RecordKey) = (fixed(row, 0)?, record_key(row, 1)?);
            after = ins_hash.to_vec();
            if has_record(session, key).await? {
                set_confirmed(session, ins_hash, key).await?;
            } else {
                let statement = session.prepare(TAKE_BACK).await?;
                let gone = session.client()?.execute(&statement, &[&ins_hash.as_slice(), &key.0.as_slice()]).await;
                ended += gone.map_err(failed(place))?;
                fail_point::hit("sweep.claims");
            }
        }
        if rows.is_empty() {
            return Ok(ended);
        }
    }
}

//! Merging: what arrived goes into one row a person, in order of arrival, the last word about each number of a line.
//!
//! Rows of people and how far the merge came are committed together; what was merged is cleared after the last of them. A merge that
//! was interrupted goes on where it was, before anything else arrives.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::batch::{BATCH_STEP, BUCKETS, place_of, row_of};
use super::entry::{Entries, Fresh, Tally, read_all};
use super::{StagingArea, Writers, database};
use crate::StagingError;
use crate::error::at;
use crate::fail_point;
use crate::key::{Keys, PersonHash};
use crate::seal::{Codec, Place};

pub(crate) const LINES_TOTAL: &str = "lines";
/// First bucket that is not merged yet, plus one; 0 when no merge is under way.
const MERGING: &str = "merging";
/// Buckets in one commit.
const BUCKETS_A_COMMIT: usize = 32;

/// Where the row of a person stands.
pub(crate) fn person_place(person: &PersonHash) -> Place<'_> {
    Place { table: "person", row: person }
}

impl StagingArea {
    /// Ends a merge that was interrupted, if one was.
    pub(crate) fn finish_merge(&self) -> Result<Tally, StagingError> {
        let under_way = database::total(&self.writers().lines, MERGING)? > 0;
        if under_way { self.merge(&mut |_, _| {}) } else { Ok(Tally::default()) }
    }

    /// Merges what arrived. `progress` gets buckets done and buckets in all.
    pub(crate) fn merge(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Tally, StagingError> {
        let writers = &mut *self.writers();
        let batches = batches(&writers.fresh)?;
        let mut tally = Tally::default();
        let first = u16::try_from(database::total(&writers.lines, MERGING)? - 1).unwrap_or(0);
        for some in buckets(&writers.fresh, first)?.chunks(BUCKETS_A_COMMIT) {
            tally.add(self.merge_buckets(writers, &batches, some)?);
            progress(some.last().map_or(0, |bucket| u64::from(*bucket) + 1), u64::from(BUCKETS));
        }
        clear(writers, &batches)?;
        Ok(tally)
    }

    fn merge_buckets(&self, writers: &mut Writers, batches: &[i64], buckets: &[u16]) -> Result<Tally, StagingError> {
        let Writers { lines, fresh, codec } = writers;
        let next = buckets.last().map_or(1, |last| i64::from(*last) + 2);
        let tally = database::transaction(lines, |lines| {
            let mut tally = Tally::default();
            for bucket in buckets {
                let chunks = chunks(fresh, &self.keys, codec, batches, *bucket)?;
                for (person, fresh) in by_person(&chunks)? {
                    tally.add(merge_person(lines, &self.keys, codec, &person, &fresh)?);
                }
            }
            database::set_total(lines, LINES_TOTAL, database::total(lines, LINES_TOTAL)? + tally.more)?;
            database::set_total(lines, MERGING, next)?;
            fail_point::hit("merge.before_commit");
            Ok(tally)
        })?;
        fail_point::hit("merge.after_commit");
        Ok(tally)
    }
}

/// Numbers of the batches that are not merged, in order of arrival.
pub(super) fn batches(fresh: &Connection) -> Result<Vec<i64>, StagingError> {
    let mut query = fresh.prepare_cached("SELECT number FROM batch ORDER BY number").map_err(at("merge.batches"))?;
    let rows = query.query_map([], |row| row.get(0)).map_err(at("merge.batches"))?;
    rows.collect::<Result<_, _>>().map_err(at("merge.batches"))
}

/// The buckets from `first` on that anything waits for.
fn buckets(fresh: &Connection, first: u16) -> Result<Vec<u16>, StagingError> {
    let query = "SELECT DISTINCT id % ?1 AS bucket FROM fresh WHERE bucket >= ?2 ORDER BY bucket";
    let mut query = fresh.prepare_cached(query).map_err(at("merge.buckets"))?;
    let rows = query.query_map((BATCH_STEP, first), |row| row.get(0)).map_err(at("merge.buckets"))?;
    rows.collect::<Result<_, _>>().map_err(at("merge.buckets"))
}

/// The opened chunks of a bucket, in order of arrival.
pub(super) fn chunks(fresh: &Connection, keys: &Keys, codec: &mut Codec, batches: &[i64], bucket: u16) -> Result<Vec<Vec<u8>>, StagingError> {
    let mut query = fresh.prepare_cached("SELECT sealed FROM fresh WHERE id = ?1").map_err(at("merge.chunks"))?;
    let mut opened = Vec::new();
    for batch in batches {
        let row = row_of(*batch, bucket);
        let sealed: Option<Vec<u8>> = query.query_row([row], |row| row.get(0)).optional().map_err(at("merge.chunks"))?;
        if let Some(sealed) = sealed {
            opened.push(keys.rows.open(codec, place_of(&row.to_be_bytes()), sealed)?);
        }
    }
    Ok(opened)
}

/// The opened row of a person; empty when there is none.
pub(super) fn row_of_person(lines: &Connection, keys: &Keys, codec: &mut Codec, person: &PersonHash) -> Result<Vec<u8>, StagingError> {
    let mut query = lines.prepare_cached("SELECT sealed FROM person WHERE hash = ?1").map_err(at("merge.person"))?;
    let sealed: Option<Vec<u8>> = query.query_row([person.as_slice()], |row| row.get(0)).optional().map_err(at("merge.person"))?;
    sealed.map_or(Ok(Vec::new()), |sealed| keys.rows.open(codec, person_place(person), sealed))
}

/// Writes the row of a person, or removes it when nothing is left.
pub(super) fn put_person(lines: &Connection, keys: &Keys, codec: &mut Codec, person: &PersonHash, plain: &[u8]) -> Result<(), StagingError> {
    if plain.is_empty() {
        let mut remove = lines.prepare_cached("DELETE FROM person WHERE hash = ?1").map_err(at("merge.put"))?;
        remove.execute([person.as_slice()]).map_err(at("merge.put"))?;
        return Ok(());
    }
    let sealed = keys.rows.seal(codec, person_place(person), plain)?;
    let mut put = lines.prepare_cached("INSERT OR REPLACE INTO person (hash, sealed) VALUES (?1, ?2)").map_err(at("merge.put"))?;
    put.execute((person.as_slice(), sealed)).map_err(at("merge.put"))?;
    Ok(())
}

fn by_person(chunks: &[Vec<u8>]) -> Result<BTreeMap<PersonHash, Vec<Fresh<'_>>>, StagingError> {
    let mut people: BTreeMap<PersonHash, Vec<Fresh<'_>>> = BTreeMap::new();
    for chunk in chunks {
        read_all(chunk, |fresh: Fresh<'_>| people.entry(fresh.person).or_default().push(fresh))?;
    }
    Ok(people)
}

fn merge_person(lines: &Connection, keys: &Keys, codec: &mut Codec, person: &PersonHash, fresh: &[Fresh<'_>]) -> Result<Tally, StagingError> {
    let row = row_of_person(lines, keys, codec, person)?;
    let mut entries = Entries::of_row(&row)?;
    let mut tally = Tally::default();
    for one in fresh {
        entries.put(one.entry, &mut tally);
    }
    if !tally.is_repetition() {
        put_person(lines, keys, codec, person, &entries.to_row()?)?;
    }
    Ok(tally)
}

/// Clears what was merged and gives its room back. The chunks go first: until they are gone the merge counts as under way.
fn clear(writers: &mut Writers, batches: &[i64]) -> Result<(), StagingError> {
    fail_point::hit("merge.before_clear");
    if !batches.is_empty() {
        database::transaction(&mut writers.fresh, |fresh| {
            fresh.execute("DELETE FROM fresh", []).map_err(at("merge.clear"))?;
            fresh.execute("DELETE FROM batch", []).map_err(at("merge.clear"))?;
            Ok(())
        })?;
    }
    fail_point::hit("merge.after_clear");
    if !batches.is_empty() {
        writers.fresh.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);").map_err(at("merge.shrink"))?;
    }
    fail_point::hit("merge.after_shrink");
    database::set_total(&writers.lines, MERGING, 0)?;
    writers.lines.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);").map_err(at("merge.shrink"))
}

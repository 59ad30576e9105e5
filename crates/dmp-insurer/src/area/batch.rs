//! A batch: lines of many people as they arrived, one sealed chunk a bucket, committed with how far their file was read.

use rusqlite::{Connection, OptionalExtension};

use super::{StagingArea, database};
use crate::StagingError;
use crate::error::at;
use crate::fail_point;
use crate::key::PersonHash;
use crate::seal::Place;

/// People are spread over so many buckets; a chunk holds the lines of one bucket in one batch.
pub(crate) const BUCKETS: u16 = 4096;
/// Rows of a batch are numbered from its number times this.
pub(crate) const BATCH_STEP: i64 = 65_536;
const NEXT_BATCH: &str = "next batch";

/// Keyed digest of a file's bytes.
pub(crate) type FileDigest = [u8; 16];

/// How far a file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Checkpoint {
    /// Bytes (of the unpacked text) or rows.
    pub position: u64,
    /// Line of the text.
    pub line: u64,
    pub read: u64,
    pub rejected: u64,
    pub complete: bool,
}

/// Where a line lies in the bytes of a block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slice {
    pub bucket: u16,
    pub from: usize,
    pub to: usize,
}

/// Lines on their way into the area, in order of arrival.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    bytes: Vec<u8>,
    slices: Vec<Slice>,
}

impl Batch {
    /// Puts the lines of a block behind those that are there.
    pub fn extend(&mut self, bytes: &[u8], slices: &[Slice]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.slices.extend(slices.iter().map(|slice| Slice { bucket: slice.bucket, from: start + slice.from, to: start + slice.to }));
    }

    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.slices.clear();
    }

    /// The bytes of each bucket that has any, in order of buckets; those of one bucket in order of arrival.
    fn chunks(&mut self, mut each: impl FnMut(u16, &[u8]) -> Result<(), StagingError>) -> Result<(), StagingError> {
        self.slices.sort_by_key(|slice| slice.bucket);
        let mut chunk = Vec::new();
        for same in self.slices.chunk_by(|one, other| one.bucket == other.bucket) {
            chunk.clear();
            for slice in same {
                chunk.extend_from_slice(self.bytes.get(slice.from..slice.to).unwrap_or_default());
            }
            if let Some(slice) = same.first() {
                each(slice.bucket, &chunk)?;
            }
        }
        Ok(())
    }
}

/// The bucket of a person.
pub(crate) fn bucket_of(person: &PersonHash) -> u16 {
    let [first, second, ..] = *person;
    u16::from_be_bytes([first, second]) >> 4
}

/// Number of the row of a chunk.
pub(crate) fn row_of(batch: i64, bucket: u16) -> i64 {
    batch * BATCH_STEP + i64::from(bucket)
}

/// Where a chunk stands.
pub(crate) fn place_of(row: &[u8; 8]) -> Place<'_> {
    Place { table: "fresh", row }
}

impl StagingArea {
    /// How far a file was read before; `None` when never.
    pub(crate) fn checkpoint(&self, digest: &FileDigest) -> Result<Option<Checkpoint>, StagingError> {
        let read = "SELECT position, line, read, rejected, complete FROM file WHERE digest = ?1";
        let number = |row: &rusqlite::Row<'_>, column: usize| row.get::<_, i64>(column).map(|number| u64::try_from(number).unwrap_or(0));
        let found = self.writers().fresh.query_row(read, [digest.as_slice()], |row| {
            let (position, line) = (number(row, 0)?, number(row, 1)?);
            Ok(Checkpoint { position, line, read: number(row, 2)?, rejected: number(row, 3)?, complete: number(row, 4)? == 1 })
        });
        found.optional().map_err(at("batch.checkpoint"))
    }

    /// Commits a batch with the checkpoint of its file, and empties it.
    pub(crate) fn commit_batch(&self, batch: &mut Batch, digest: &FileDigest, checkpoint: Checkpoint) -> Result<(), StagingError> {
        let writers = &mut *self.writers();
        let codec = &mut writers.codec;
        database::transaction(&mut writers.fresh, |fresh| {
            let number = database::total(fresh, NEXT_BATCH)?.max(1);
            if !batch.slices.is_empty() {
                database::set_total(fresh, NEXT_BATCH, number + 1)?;
                fresh.execute("INSERT INTO batch (number) VALUES (?1)", [number]).map_err(at("batch.commit"))?;
            }
            let mut put = fresh.prepare_cached("INSERT INTO fresh (id, sealed) VALUES (?1, ?2)").map_err(at("batch.commit"))?;
            batch.chunks(|bucket, chunk| {
                let row = row_of(number, bucket);
                let sealed = self.keys.rows.seal(codec, place_of(&row.to_be_bytes()), chunk)?;
                put.execute((row, sealed)).map_err(at("batch.commit"))?;
                Ok(())
            })?;
            put_checkpoint(fresh, digest, checkpoint)?;
            fail_point::hit("batch.before_commit");
            Ok(())
        })?;
        fail_point::hit("batch.after_commit");
        batch.clear();
        Ok(())
    }
}

fn put_checkpoint(fresh: &Connection, digest: &FileDigest, at_: Checkpoint) -> Result<(), StagingError> {
    let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let put = "INSERT OR REPLACE INTO file (digest, position, line, read, rejected, complete) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let row = (digest.as_slice(), number(at_.position), number(at_.line), number(at_.read), number(at_.rejected), i64::from(at_.complete));
    fresh.execute(put, row).map_err(at("batch.checkpoint"))?;
    Ok(())
}

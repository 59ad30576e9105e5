//! How lines lie inside a row: one after the other, in postcard, borrowed when they are read.

use std::collections::HashMap;

use dmp_core::reimbursement::Line;
use dmp_core::summary::When;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::StagingError;
use crate::error::at;
use crate::key::PersonHash;

/// A day as a number that sorts (`20260519`); an unknown month or day counts as 0.
pub(crate) fn day_number(date: When) -> u32 {
    u32::from(date.year.unsigned_abs()) * 10_000 + u32::from(date.month) * 100 + u32::from(date.day)
}

/// Bytes that are read where they lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bytes<'a>(pub &'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Bytes<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&[u8]>::deserialize(deserializer).map(Bytes)
    }
}

/// The last word about one number of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry<'a> {
    pub id: &'a str,
    /// Last day of the care: what the retention counts from.
    pub day: u32,
    /// The line; `None` once it was cancelled.
    #[serde(borrow)]
    pub body: Option<Bytes<'a>>,
}

/// A line of anybody, as it arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fresh<'a> {
    pub person: PersonHash,
    #[serde(borrow)]
    pub entry: Entry<'a>,
}

/// Puts a value behind those that a buffer holds.
pub(crate) fn append<T: Serialize>(buffer: Vec<u8>, value: &T) -> Result<Vec<u8>, StagingError> {
    postcard::to_extend(value, buffer).map_err(at("entry.encode"))
}

/// Reads the values of a row, one after the other.
pub(crate) fn read_all<'a, T: Deserialize<'a>>(mut row: &'a [u8], mut each: impl FnMut(T)) -> Result<(), StagingError> {
    while !row.is_empty() {
        let (value, rest) = postcard::take_from_bytes(row).map_err(|_| StagingError::Damaged("row"))?;
        each(value);
        row = rest;
    }
    Ok(())
}

/// The line of an entry.
pub(crate) fn line_of(entry: &Entry<'_>) -> Result<Option<Line>, StagingError> {
    entry.body.map(|body| postcard::from_bytes(body.0).map_err(|_| StagingError::Damaged("line"))).transpose()
}

/// What became of the lines that were put to those of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    pub taken: u64,
    pub repeated: u64,
    pub corrected: u64,
    pub cancelled: u64,
    /// How many more lines are kept than before.
    pub more: i64,
}

impl Tally {
    pub fn add(&mut self, other: Tally) {
        self.taken += other.taken;
        self.repeated += other.repeated;
        self.corrected += other.corrected;
        self.cancelled += other.cancelled;
        self.more += other.more;
    }

    /// Whether nothing has to be written.
    pub fn is_repetition(&self) -> bool {
        self.taken + self.corrected + self.cancelled == 0
    }
}

/// All that is known of one person's lines: the last word about each number. A cancelled number stays cancelled.
#[derive(Debug, Default)]
pub(crate) struct Entries<'a>(HashMap<&'a str, Entry<'a>>);

impl<'a> Entries<'a> {
    /// Those of a stored row.
    pub fn of_row(row: &'a [u8]) -> Result<Self, StagingError> {
        let mut entries = HashMap::new();
        read_all(row, |entry: Entry<'a>| {
            entries.insert(entry.id, entry);
        })?;
        Ok(Entries(entries))
    }

    /// Takes the next word about a number.
    pub fn put(&mut self, entry: Entry<'a>, tally: &mut Tally) {
        let known = self.0.get(entry.id).map(|known| known.body);
        match (known, entry.body) {
            // Cancelled is the last word: an older file that is read again brings nothing back.
            (Some(None), _) => {
                tally.repeated += 1;
                return;
            }
            (Some(Some(old)), Some(new)) if old == new => {
                tally.repeated += 1;
                return;
            }
            (Some(Some(_)), Some(_)) => tally.corrected += 1,
            (Some(Some(_)), None) => {
                tally.cancelled += 1;
                tally.more -= 1;
            }
            (None, Some(_)) => {
                tally.taken += 1;
                tally.more += 1;
            }
            (None, None) => tally.cancelled += 1,
        }
        self.0.insert(entry.id, entry);
    }

    /// Drops what ended before a day; gives how many lines, and whether anything, went.
    pub fn drop_before(&mut self, day: u32) -> (u64, bool) {
        let (lines, all) = (self.lines(), self.0.len());
        self.0.retain(|_, entry| entry.day >= day);
        (lines - self.lines(), self.0.len() < all)
    }

    fn lines(&self) -> u64 {
        u64::try_from(self.0.values().filter(|entry| entry.body.is_some()).count()).unwrap_or(u64::MAX)
    }

    /// The row that holds them, by day and number; empty when there are none.
    pub fn to_row(&self) -> Result<Vec<u8>, StagingError> {
        let mut sorted: Vec<&Entry<'_>> = self.0.values().collect();
        sorted.sort_unstable_by_key(|entry| (entry.day, entry.id));
        sorted.into_iter().try_fold(Vec::new(), append)
    }

    /// The lines, in no order.
    pub fn into_lines(self) -> Result<Vec<Line>, StagingError> {
        self.0.into_values().filter_map(|entry| line_of(&entry).transpose()).collect()
    }
}

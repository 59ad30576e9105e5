//! The retention: what ended before a day goes.

use dmp_core::summary::When;
use rusqlite::Connection;

use super::entry::{Entries, day_number};
use super::merge::{self, LINES_TOTAL};
use super::{StagingArea, Writers, database};
use crate::StagingError;
use crate::error::at;
use crate::key::PersonHash;

/// People in one commit.
const PEOPLE_A_COMMIT: i64 = 500;

impl StagingArea {
    /// Removes every line (and every cancelled number) whose care ended before a day; gives how many lines went.
    ///
    /// # Errors
    /// [`StagingError::Busy`] while an import runs; [`StagingError::Damaged`]; a fault of the engine.
    pub fn prune(&self, before: When) -> Result<u64, StagingError> {
        let _lock = self.lock()?;
        self.merge(&mut |_, _| {})?;
        let writers = &mut *self.writers();
        let mut removed = 0;
        let mut last: Vec<u8> = Vec::new();
        loop {
            let people = people_after(&writers.lines, &last)?;
            let Some(end) = people.last() else { break };
            last = end.to_vec();
            removed += self.prune_people(writers, &people, day_number(before))?;
        }
        writers.lines.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);").map_err(at("prune.shrink"))?;
        Ok(removed)
    }

    fn prune_people(&self, writers: &mut Writers, people: &[PersonHash], before: u32) -> Result<u64, StagingError> {
        let Writers { lines, codec, .. } = writers;
        database::transaction(lines, |lines| {
            let mut removed = 0;
            for person in people {
                let row = merge::row_of_person(lines, &self.keys, codec, person)?;
                let mut entries = Entries::of_row(&row)?;
                let (gone, is_changed) = entries.drop_before(before);
                removed += gone;
                if is_changed {
                    merge::put_person(lines, &self.keys, codec, person, &entries.to_row()?)?;
                }
            }
            if removed > 0 {
                let left = database::total(lines, LINES_TOTAL)?.saturating_sub_unsigned(removed);
                database::set_total(lines, LINES_TOTAL, left)?;
            }
            Ok(removed)
        })
    }
}

/// The next people in order of their hashes.
fn people_after(lines: &Connection, last: &[u8]) -> Result<Vec<PersonHash>, StagingError> {
    let mut query = lines.prepare_cached("SELECT hash FROM person WHERE hash > ?1 ORDER BY hash LIMIT ?2").map_err(at("prune.people"))?;
    let rows = query.query_map((last, PEOPLE_A_COMMIT), |row| row.get(0)).map_err(at("prune.people"))?;
    rows.collect::<Result<_, _>>().map_err(at("prune.people"))
}

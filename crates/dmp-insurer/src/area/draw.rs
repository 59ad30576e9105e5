//! Drawing the lines of one person.

use dmp_core::identity::{BirthDate, Ins};
use dmp_core::reimbursement::Line;
use dmp_core::summary::When;

use super::batch::bucket_of;
use super::entry::{Entries, Fresh, Tally, day_number, read_all};
use super::{StagingArea, merge};
use crate::StagingError;
use crate::seal::Codec;

impl StagingArea {
    /// The lines of a person whose care touches the days `from` to `to` (both included), by date, kind and id, each id once. What the
    /// exclusion list keeps back for somebody born on `birth` is not among them. Empty for a person of whom nothing is known.
    ///
    /// Lines of an import that runs or was interrupted are there as far as they were committed.
    ///
    /// # Errors
    /// [`StagingError::Damaged`] when a row was changed from outside; a fault of the engine.
    pub fn lines_of(&self, ins: &Ins, birth: BirthDate, from: When, to: When) -> Result<Vec<Line>, StagingError> {
        let person = self.keys.person(ins);
        let codec = &mut Codec::new()?;
        // What arrived is read before what was merged: a merge that runs in between then moves nothing out of sight.
        let (chunks, row) = self.read(|lines, fresh| {
            let batches = merge::batches(fresh)?;
            let chunks = merge::chunks(fresh, &self.keys, codec, &batches, bucket_of(&person))?;
            Ok((chunks, merge::row_of_person(lines, &self.keys, codec, &person)?))
        })?;
        let mut entries = Entries::of_row(&row)?;
        for chunk in &chunks {
            read_all(chunk, |fresh: Fresh<'_>| {
                if fresh.person == person {
                    entries.put(fresh.entry, &mut Tally::default());
                }
            })?;
        }
        let mut lines = entries.into_lines()?;
        lines.retain(|line| touches(line, from, to) && !self.exclusions.excludes(line, birth));
        lines.sort_unstable_by(|one, other| (one.date, one.kind, &one.id).cmp(&(other.date, other.kind, &other.id)));
        Ok(lines)
    }
}

/// Whether the care has a day between two days.
fn touches(line: &Line, from: When, to: When) -> bool {
    let last = line.until.map_or(line.date, |until| until.max(line.date));
    day_number(last) >= day_number(from) && day_number(line.date) <= day_number(to)
}

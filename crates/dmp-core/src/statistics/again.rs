//! Counting again from records as they stand and from their journal: what the kept counts have to come to.

use std::collections::{BTreeMap, BTreeSet};

use super::deed::Deed;
use super::derive::{deeds, deeds_of_leaves};
use super::tally::{Cell, Mark, names, settlement};
use crate::audit::Leaf;
use crate::record::Record;
use crate::remuneration::Tariffs;

/// What is counted again, and what is not: days of closings and returns are not all kept in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recount {
    /// By cell.
    Exactly,
    /// All days together: a record does not keep when its level changed.
    InSum,
    Not,
}

impl Recount {
    /// How the cells of a name are counted again.
    pub fn of(name: &str) -> Self {
        let plain = [names::OPENED, names::NEWEST, names::CONSULTED, names::LOOKED, names::FEEDERS, names::READERS];
        match name {
            names::OPEN | names::FILLED | names::FILLED_BY_PROFESSIONALS | names::DOCUMENTS => Recount::InSum,
            _ if plain.contains(&name) || names::DEPOSITED.contains(&name) || name.starts_with(names::DELAY) => Recount::Exactly,
            _ => Recount::Not,
        }
    }
}

/// A count that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub cell: Cell,
    pub kept: i64,
    pub counted: i64,
}

/// Counts again, one record after the other.
#[derive(Debug, Default)]
pub struct Again {
    cells: BTreeMap<Cell, i64>,
    marks: BTreeSet<Mark>,
}

impl Again {
    /// Takes in a record and the leaves of its journal.
    pub fn take(&mut self, record: &Record, leaves: &[Leaf]) {
        // As if it had been made as it stands: one that is out of use adds nothing to a level.
        let own: Vec<Deed> = deeds(None, record, &[]).into_iter().chain(deeds_of_leaves(leaves)).collect();
        let settled = settlement(own.iter().map(|deed| (record.key, deed)), &Tariffs::default());
        for (cell, by) in settled.cells {
            *self.cells.entry(cell).or_default() += by;
        }
        self.marks.extend(settled.marks);
    }

    /// Where the kept cells differ from what was counted. A level stands on the day given.
    pub fn differences(mut self, kept: &[(Cell, i64)], today: i32) -> Vec<Difference> {
        for mark in std::mem::take(&mut self.marks) {
            *self.cells.entry(mark.cell()).or_default() += 1;
        }
        let mut both: BTreeMap<Cell, (i64, i64)> = BTreeMap::new();
        let placed = |cell: &Cell, name: &str| {
            let day = if Recount::of(name) == Recount::InSum { today } else { cell.day };
            Cell { name: name.to_owned(), day, ..cell.clone() }
        };
        for (cell, count) in kept {
            // An opening that was taken back is in no record: what is left of both is compared.
            let (name, count) = if cell.name == names::CANCELLED { (names::OPENED, -count) } else { (cell.name.as_str(), *count) };
            if Recount::of(name) != Recount::Not {
                both.entry(placed(cell, name)).or_default().0 += count;
            }
        }
        for (cell, count) in self.cells {
            if Recount::of(&cell.name) != Recount::Not {
                both.entry(placed(&cell, &cell.name)).or_default().1 += count;
            }
        }
        let differs = |(cell, (kept, counted)): (Cell, (i64, i64))| (kept != counted).then_some(Difference { cell, kept, counted });
        both.into_iter().filter_map(differs).collect()
    }
}

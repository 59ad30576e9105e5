//! The insurer's lines of the synthetic town, for the demonstration.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use dmp_core::identity::{BirthDate, Ins};
use dmp_core::reimbursement::{ExclusionList, Line};
use dmp_core::summary::When;
use dmp_service::{ReimbursementSource, SourceError};
use dmp_synth::Town;

/// Lines made when they are asked for; the same town gives the same.
#[derive(Debug)]
pub struct TownLines {
    town: Arc<Town>,
    places: HashMap<String, u32>,
    exclusions: ExclusionList,
}

/// Months of lines made.
const MONTHS: i32 = 24;

impl TownLines {
    /// The lines of everybody in a town.
    ///
    /// # Errors
    /// In words, when the exclusion list of the program cannot be read.
    pub fn new(town: Arc<Town>) -> Result<Self, String> {
        let places = (0..town.patients()).filter_map(|place| Some((town.person(place)?.ins.matricule().to_owned(), place))).collect();
        let exclusions = ExclusionList::reference().map_err(|error| error.to_string())?;
        Ok(TownLines { town, places, exclusions })
    }
}

#[async_trait]
impl ReimbursementSource for TownLines {
    async fn lines_of(&self, ins: &Ins, birth: BirthDate, from: When, to: When) -> Result<Vec<Line>, SourceError> {
        let Some(place) = self.places.get(ins.matricule()) else { return Ok(Vec::new()) };
        let mut lines = self.town.reimbursements_of(*place, MONTHS);
        lines.retain(|line| line.date >= from && line.date <= to && !self.exclusions.excludes(line, birth));
        Ok(lines)
    }
}

//! The documents that hold a query, best first.

use super::folded::Folded;
use super::matching::Judged;
use super::query::Query;
use super::quote::{ExtractText, extracts};
use crate::ids::EntryId;
use crate::moment::Moment;

/// A document that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub entry: EntryId,
    /// From 0.5 (every word forgiven) to 1.25 (every word as asked and in a title).
    pub score: f32,
    pub extracts: Vec<ExtractText>,
    /// A typing error was forgiven in at least one word.
    pub words_forgiven: bool,
}

/// The documents that hold every word of the query and no excluded one, with the moment of the care that each is about (`serviceStart`).
///
/// First those that hold every word without a typing error forgiven; then by score; then the newer first. At most `limit`.
/// SECURITY: only documents that the caller may read are to be given.
pub fn search<'a>(query: &Query, documents: impl Iterator<Item = (EntryId, Moment, &'a Folded)>, limit: usize) -> Vec<Hit> {
    search_counted(query, documents, limit).0
}

/// The same, and how many documents there are in all.
pub fn search_counted<'a>(query: &Query, documents: impl Iterator<Item = (EntryId, Moment, &'a Folded)>, limit: usize) -> (Vec<Hit>, usize) {
    let mut found: Vec<(Judged, Moment, EntryId, &Folded)> =
        documents.filter_map(|(entry, at, folded)| Some((query.judge(folded)?, at, entry, folded))).collect();
    found.sort_by(|(left, left_at, left_entry, _), (right, right_at, right_entry, _)| {
        let forgiven = left.forgiven.cmp(&right.forgiven);
        forgiven.then(right.score.total_cmp(&left.score)).then(right_at.cmp(left_at)).then(left_entry.cmp(right_entry))
    });
    let total = found.len();
    found.truncate(limit);
    let hit = |(judged, _, entry, folded): (Judged, Moment, EntryId, &Folded)| Hit {
        entry,
        score: judged.score,
        extracts: extracts(query, folded),
        words_forgiven: judged.forgiven,
    };
    (found.into_iter().map(hit).collect(), total)
}

//! A line of a heading out of the facts that are the same thing, within the bounds of what is shown.

use super::super::{AbsenceKind, Heading, Knowledge, Line, MedicineStage, Source, What, When};
use super::Bounds;
use super::denial::is_general;
use super::imaging;
use super::told::Telling;

/// A line before it is written out: its facts, oldest first, and the one that gives the words.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub members: Vec<usize>,
    pub chosen: usize,
}

/// Writes lines and counts what is left out.
pub(super) struct Lines<'t, 'a> {
    telling: &'t Telling<'a>,
    pub bounds: Bounds,
    pub left_out: usize,
    today: When,
}

/// Months after which a line that nobody repeated is told with its year.
const OLD_MONTHS: i32 = 24;

impl<'t, 'a> Lines<'t, 'a> {
    pub fn new(telling: &'t Telling<'a>, bounds: Bounds, today: When) -> Self {
        Lines { telling, bounds, left_out: 0, today }
    }

    /// As many as a heading shows, in the order of the reader; the others are counted.
    pub fn bounded<I: ExactSizeIterator>(&mut self, all: I) -> std::iter::Take<I> {
        self.left_out += all.len().saturating_sub(self.bounds.lines);
        all.take(self.bounds.lines)
    }

    /// A heading of drafts in the order of the reader, and of the absences of one kind.
    pub fn heading(&mut self, drafts: &[Draft], absences: &[usize]) -> Heading {
        let shown = self.bounded(drafts.iter());
        let lines: Vec<Line> = shown.filter_map(|draft| self.line(draft)).collect();
        let denials = self.denials(absences);
        let knowledge = match (lines.is_empty(), denials.is_empty()) {
            (false, _) => Knowledge::Known,
            (true, false) => Knowledge::NoneKnown,
            (true, true) => Knowledge::NoInformation,
        };
        Heading { knowledge, lines, denials }
    }

    fn line(&mut self, draft: &Draft) -> Option<Line> {
        let (chosen, _) = self.telling.at(draft.chosen)?;
        let days = || self.telling.facts(&draft.members).map(|(_, told)| told.when);
        let is_new = draft.members.iter().filter_map(|index| self.telling.at(*index)).all(|(_, doc)| doc.is_new);
        let (first_seen, last_seen) = (days().min()?, days().max()?);
        let mut fact = chosen.fact.clone();
        imaging::complete(&mut fact, self.telling.facts(&draft.members).rev().map(|(_, told)| told.fact));
        let sources = self.sources(&draft.members, Some(draft.chosen));
        let is_old = last_seen.plus_months(OLD_MONTHS).is_some_and(|until| until < self.today);
        Some(Line { fact, sources, first_seen, last_seen, is_new, old: is_old.then_some(last_seen.year) })
    }

    /// The sources, newest first: one for each document, stage and day. The one that gives the words is always among them: who reads of a
    /// severe reaction finds where it stands, however old that is.
    fn sources(&mut self, members: &[usize], chosen: Option<usize>) -> Vec<Source> {
        let mut ordered: Vec<(When, usize, Option<MedicineStage>, usize)> =
            self.telling.facts(members).map(|(index, told)| (told.when, told.doc, told.stage(), index)).collect();
        let rank = |index: usize| (Some(index) != chosen, index);
        ordered.sort_unstable_by(|one, other| (other.0, other.1, other.2).cmp(&(one.0, one.1, one.2)).then(rank(one.3).cmp(&rank(other.3))));
        ordered.dedup_by_key(|(when, doc, stage, _)| (*when, *doc, *stage));
        let mut kept = Vec::new();
        let mut stages: Vec<Option<MedicineStage>> = Vec::new();
        for (_, _, stage, index) in ordered {
            let first_of_stage = !stages.contains(&stage);
            if first_of_stage {
                stages.push(stage);
            }
            if kept.len() < self.bounds.sources || first_of_stage || Some(index) == chosen {
                kept.extend(self.source(index));
            } else {
                self.left_out += 1;
            }
        }
        kept
    }

    pub fn source(&self, index: usize) -> Option<Source> {
        let (told, doc) = self.telling.at(index)?;
        Some(Source {
            entry: doc.entry.id,
            title: doc.entry.title.clone(),
            type_code: doc.entry.type_code.as_str().to_owned(),
            author: doc.author().to_owned(),
            when: told.when,
            stage: told.stage(),
            proof: told.fact.proof.clone(),
        })
    }

    fn denials(&mut self, absences: &[usize]) -> Vec<Source> {
        let none_known: Vec<usize> = self
            .telling
            .facts(absences)
            .filter(|(_, told)| !told.replaced && matches!(told.fact.what, What::Absent { how: AbsenceKind::NoneKnown, .. }))
            .filter(|(_, told)| is_general(told.fact))
            .map(|(index, _)| index)
            .collect();
        self.sources(&none_known, None)
    }
}

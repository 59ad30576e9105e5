//! The pilot phase beside the general one: openings of the *caisses* that began before everybody, of the others, and of those that are not known,
//! week by week and in each phase.

use std::collections::BTreeMap;

use super::shield::shield_weeks;
use crate::calendar::{Week, number};
use crate::territory::{Caisse, Phase};

/// Whose opening it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaisseGroup {
    /// A *caisse* with a first day of its own before the general one.
    Pilots,
    Others,
    /// Nobody said which *caisse*.
    Unknown,
}

impl CaisseGroup {
    /// All, in the order of statistics.
    pub const ALL: [CaisseGroup; 3] = [CaisseGroup::Pilots, CaisseGroup::Others, CaisseGroup::Unknown];

    /// The word in files.
    pub fn code(self) -> &'static str {
        match self {
            CaisseGroup::Pilots => "caisses_pilotes",
            CaisseGroup::Others => "autres_caisses",
            CaisseGroup::Unknown => "caisse_inconnue",
        }
    }
}

/// When. A phase is made of whole weeks: the week in which it begins belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PhaseKind {
    /// Before the first pilot began.
    Before,
    Pilot,
    General,
}

impl PhaseKind {
    /// All, in the order of time.
    pub const ALL: [PhaseKind; 3] = [PhaseKind::Before, PhaseKind::Pilot, PhaseKind::General];

    /// The word in files.
    pub fn code(self) -> &'static str {
        match self {
            PhaseKind::Before => "avant",
            PhaseKind::Pilot => "pilote",
            PhaseKind::General => "generale",
        }
    }
}

/// One phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhasePart {
    pub kind: PhaseKind,
    /// Weeks of it that are over, from the first opening on.
    pub weeks: usize,
    /// Openings by [`CaisseGroup::ALL`]; of hidden weeks those that may be told together.
    pub groups: [Option<i64>; 3],
    /// All three together, when all three are told.
    pub total: Option<i64>,
}

impl PhasePart {
    /// Openings of a group.
    pub fn openings(&self, group: CaisseGroup) -> Option<i64> {
        let [piloted, others, unknown] = self.groups;
        match group {
            CaisseGroup::Pilots => piloted,
            CaisseGroup::Others => others,
            CaisseGroup::Unknown => unknown,
        }
    }
}

/// The phases of a deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseFigures {
    /// The *caisses* of the pilot phase with their first days.
    pub pilots: Vec<(Caisse, i32)>,
    /// The day on which everybody's records open, when it is set.
    pub general: Option<i32>,
    /// Of each week its phase.
    pub kinds: Vec<PhaseKind>,
    /// Openings by week and [`CaisseGroup::ALL`], and all of the week.
    pub weeks: Vec<(Vec<Option<i64>>, Option<i64>)>,
    /// By [`PhaseKind::ALL`].
    pub parts: Vec<PhasePart>,
}

impl PhaseFigures {
    /// Counts the phases. `openings` are all of each week; `by_caisse` those whose *caisse* is known: day, *caisse*, count.
    ///
    /// INVARIANT: each phase is shielded as a table of its own, and only one that is over is told to its last week: nothing that is hidden in a week
    /// can be reckoned from a phase.
    pub fn of<'a>(phase: &Phase, weeks: &[Week], openings: &[i64], by_caisse: impl Iterator<Item = (i32, &'a str, i64)>) -> Self {
        let (days, general) = phase.days();
        let pilots: Vec<(Caisse, i32)> =
            days.filter(|(_, day)| general.is_none_or(|general| *day < general)).map(|(caisse, day)| (caisse.clone(), number(day))).collect();
        let general = general.map(number);
        let mut known: BTreeMap<Week, [i64; 2]> = BTreeMap::new();
        for (day, caisse, count) in by_caisse {
            let is_pilot = pilots.iter().any(|(pilot, _)| pilot.code() == caisse);
            let [piloted, others] = known.entry(Week::of(day)).or_default();
            *(if is_pilot { piloted } else { others }) += count;
        }
        let row = |(week, all): (&Week, &i64)| {
            let [piloted, others] = known.get(week).copied().unwrap_or_default();
            vec![piloted, others, all - piloted - others]
        };
        let counts: Vec<Vec<i64>> = weeks.iter().zip(openings).map(row).collect();
        let first = pilots.iter().map(|(_, day)| Week::of(*day)).min();
        let kind = |week: &Week| match (general, first) {
            (Some(general), _) if Week::of(general) <= *week => PhaseKind::General,
            (_, Some(first)) if first <= *week => PhaseKind::Pilot,
            _ => PhaseKind::Before,
        };
        let kinds: Vec<PhaseKind> = weeks.iter().map(kind).collect();
        let (mut rows, mut parts) = (Vec::new(), Vec::new());
        for kind in PhaseKind::ALL {
            let (begin, end) = (kinds.iter().filter(|one| **one < kind).count(), kinds.iter().filter(|one| **one <= kind).count());
            let shielded = shield_weeks(counts.get(begin..end).unwrap_or_default());
            let is_over = end < counts.len();
            let told = if is_over { &shielded.closed } else { &shielded.columns };
            let groups = [0, 1, 2].map(|place| if begin == end { Some(0) } else { told.get(place).copied().flatten() });
            let total = groups.iter().copied().try_fold(0, |sum, count| Some(sum + count?));
            parts.push(PhasePart { kind, weeks: end - begin, groups, total });
            rows.extend(shielded.rows.into_iter().zip(shielded.weeks));
        }
        PhaseFigures { pilots, general, kinds, weeks: rows, parts }
    }

    /// One of its phases.
    pub fn part(&self, kind: PhaseKind) -> Option<&PhasePart> {
        self.parts.iter().find(|part| part.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::day_of;

    const PHASES: &str = "671 2018-03-05\n351 2018-12-31\ngeneral 2018-11-06";

    fn weeks(from: &str, count: usize) -> Vec<Week> {
        std::iter::successors(Some(Week::of(day_of(from).unwrap())), |week| Some(week.next())).take(count).collect()
    }

    fn figures(from: &str, all: &[i64], by_caisse: &[(&str, &str, i64)]) -> PhaseFigures {
        let phase = Phase::parse(PHASES).unwrap();
        let cells = by_caisse.iter().map(|(day, caisse, count)| (day_of(day).unwrap(), *caisse, *count));
        PhaseFigures::of(&phase, &weeks(from, all.len()), all, cells)
    }

    #[test]
    fn a_caisse_that_begins_after_everybody_is_no_pilot_and_a_phase_begins_on_the_monday_of_its_week() {
        let found = figures("2018-02-26", &[100; 37], &[]);
        assert_eq!(found.pilots.iter().map(|(caisse, _)| caisse.code()).collect::<Vec<_>>(), ["671"]);
        let first = |kind| found.kinds.iter().position(|one| *one == kind);
        assert_eq!([PhaseKind::Before, PhaseKind::Pilot, PhaseKind::General].map(first), [Some(0), Some(1), Some(36)], "5 November is a Monday");
        assert_eq!(found.parts.iter().map(|part| part.weeks).collect::<Vec<_>>(), [1, 35, 1]);
    }

    #[test]
    fn openings_are_told_by_caisse_and_phase() {
        let cells = [("2018-10-29", "671", 60), ("2018-11-05", "671", 50), ("2018-11-07", "351", 200), ("2018-11-12", "351", 300)];
        let found = figures("2018-10-29", &[100, 300, 400], &cells);
        let groups = |kind| found.part(kind).unwrap().groups;
        assert_eq!(groups(PhaseKind::Pilot), [Some(60), Some(0), Some(40)]);
        assert_eq!(groups(PhaseKind::General), [Some(50), Some(500), Some(150)]);
        assert_eq!((found.part(PhaseKind::Before).unwrap().total, found.part(PhaseKind::General).unwrap().total), (Some(0), Some(700)));
        assert_eq!(found.weeks[1], (vec![Some(50), Some(200), Some(50)], Some(300)));
    }

    #[test]
    fn what_a_phase_holds_tells_nothing_of_a_week_that_is_hidden() {
        // The last week before everybody: four of a pilot, and what keeps them company.
        let cells =
            [("2018-10-22", "671", 60), ("2018-10-29", "671", 4), ("2018-10-29", "351", 40), ("2018-11-05", "671", 50), ("2018-11-05", "351", 50)];
        let found = figures("2018-10-22", &[100, 84, 140], &cells);
        assert_eq!(found.weeks[1].0[0], None);
        let pilot = found.part(PhaseKind::Pilot).unwrap();
        assert_eq!((pilot.groups[0], pilot.weeks), (Some(60), 2), "the four are told nowhere");
        assert_eq!(found.part(PhaseKind::General).unwrap().groups, [Some(50), Some(50), Some(40)]);
    }

    #[test]
    fn hidden_weeks_of_a_phase_that_is_over_are_told_together() {
        let cells = [("2018-10-22", "671", 7), ("2018-10-29", "671", 8), ("2018-11-05", "671", 50)];
        let found = figures("2018-10-22", &[100, 80, 140], &cells);
        assert!(found.weeks[..2].iter().all(|(row, _)| row[0].is_none()));
        assert_eq!(found.part(PhaseKind::Pilot).unwrap().groups, [Some(15), Some(0), Some(165)]);
        let before = figures("2018-10-22", &[100, 80], &cells[..2]);
        assert_eq!(before.part(PhaseKind::Pilot).unwrap().groups[0], None, "another week may follow");
    }
}

//! What may be shown: a count from 1 to 10 could lead to somebody, and so is not shown, nor anything from which it could be reckoned.
//!
//! Of a table of weeks the reader knows the total of each week, and, if they come back every week, the total of each column up to each week. So
//! what is hidden hides in company: in a week at least two cells are hidden or none, and together they are eleven or more; in a column hidden weeks
//! follow each other, at least two of them and eleven together, and while they run the column's total stands still.

/// The least count that is shown. Nought is shown: it tells of nobody.
pub const LEAST_SHOWN: i64 = 11;

/// Counts by week and column, each shown or not (`None`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shielded {
    /// For each week a cell for each column.
    pub rows: Vec<Vec<Option<i64>>>,
    /// Of each week, all columns together.
    pub weeks: Vec<Option<i64>>,
    /// Of each column, all weeks together as far as they can be told.
    pub columns: Vec<Option<i64>>,
    /// Everything together.
    pub total: Option<i64>,
    /// Of each column all weeks, when what is hidden at the end may be told as it is; else as in `columns`. Only for weeks that no other one will
    /// follow: told week by week it would tell the last one.
    pub closed: Vec<Option<i64>>,
}

/// Hides what must be hidden of a table by week and column. All rows are as long as the first.
pub fn shield_weeks(counts: &[Vec<i64>]) -> Shielded {
    let width = counts.first().map_or(0, Vec::len);
    // Of each column: hidden weeks that still run, how many and how much.
    let mut runs = vec![(0_usize, 0_i64); width];
    let mut shown: Vec<Vec<bool>> = Vec::with_capacity(counts.len());
    let closes = |&(weeks, sum): &(usize, i64)| weeks == 0 || (weeks >= 2 && sum >= LEAST_SHOWN);
    for row in counts {
        let mut hidden: Vec<bool> = row.iter().zip(&runs).map(|(count, run)| is_small(*count) || !closes(run)).collect();
        keep_company(row, &mut hidden);
        for ((run, count), is_hidden) in runs.iter_mut().zip(row).zip(&hidden) {
            *run = if *is_hidden { (run.0 + 1, run.1.saturating_add(*count)) } else { (0, 0) };
        }
        shown.push(hidden.into_iter().map(|one| !one).collect());
    }
    let rows: Vec<Vec<Option<i64>>> =
        counts.iter().zip(&shown).map(|(row, shown)| row.iter().zip(shown).map(|(count, shown)| shown.then_some(*count)).collect()).collect();
    let totals: Vec<i64> = counts.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<Option<i64>> = (0..width).map(|column| told(counts, &shown, column)).collect();
    let all = |column: usize| showable(counts.iter().filter_map(|row| row.get(column)).sum());
    // All columns or none: what one keeps back could be reckoned from the others and the totals of the weeks.
    let closed = if runs.iter().all(closes) { (0..width).map(all).collect() } else { columns.clone() };
    Shielded { rows, weeks: totals.iter().map(|total| showable(*total)).collect(), columns, total: showable(totals.iter().sum()), closed }
}

/// Hides what must be hidden of a list whose total is shown: cells in the order given, and the total.
pub fn shield_list(counts: &[i64]) -> (Vec<Option<i64>>, Option<i64>) {
    let mut hidden: Vec<bool> = counts.iter().map(|count| is_small(*count)).collect();
    keep_company(counts, &mut hidden);
    let shown = counts.iter().zip(&hidden).map(|(count, hidden)| (!hidden).then_some(*count)).collect();
    (shown, showable(counts.iter().sum()))
}

/// Hides the next smallest cell until what is hidden is at least two cells and eleven together: else it could be reckoned from the total.
fn keep_company(counts: &[i64], hidden: &mut [bool]) {
    loop {
        let (cells, sum) = counts.iter().zip(hidden.iter()).filter(|(_, hidden)| **hidden).fold((0, 0_i64), |(cells, sum), (count, _)| {
            // A nought that is hidden keeps nobody company.
            (cells + usize::from(*count != 0), sum.saturating_add(*count))
        });
        if cells == 0 || (cells >= 2 && sum >= LEAST_SHOWN) {
            return;
        }
        let next = counts.iter().zip(hidden.iter_mut()).filter(|(count, hidden)| !**hidden && **count != 0).min_by_key(|(count, _)| **count);
        match next {
            Some((_, hidden)) => *hidden = true,
            None => return,
        }
    }
}

/// The total of a column up to the last week that is shown: what runs hidden after it is not in it yet.
fn told(counts: &[Vec<i64>], shown: &[Vec<bool>], column: usize) -> Option<i64> {
    let last = shown.iter().rposition(|row| row.get(column).copied().unwrap_or(false))?;
    showable(counts.iter().take(last + 1).filter_map(|row| row.get(column)).sum())
}

fn is_small(count: i64) -> bool {
    count != 0 && count < LEAST_SHOWN
}

fn showable(count: i64) -> Option<i64> {
    (!is_small(count)).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_count_takes_another_one_with_it() {
        assert_eq!(shield_list(&[5, 30, 100]), (vec![None, None, Some(100)], Some(135)));
        assert_eq!(shield_list(&[5, 3, 100]), (vec![None, None, None], Some(108)), "eight by subtraction is too few");
        assert_eq!(shield_list(&[6, 5, 100]), (vec![None, None, Some(100)], Some(111)));
        assert_eq!(shield_list(&[0, 20, 100]), (vec![Some(0), Some(20), Some(100)], Some(120)));
        assert_eq!(shield_list(&[4, 0, 3]), (vec![None, Some(0), None], None), "the total is small itself");
    }

    #[test]
    fn a_hidden_week_is_not_told_by_the_totals_of_two_weeks() {
        let all = [[40, 40, 40], [5, 40, 60], [40, 40, 60], [40, 50, 60]];
        let at = |weeks: usize| shield_weeks(&all[..weeks].iter().map(|row| row.to_vec()).collect::<Vec<_>>());
        let last = at(4);
        assert_eq!(last.rows[1], [None, None, Some(60)], "five, and one that keeps it company");
        assert_eq!(last.rows[2], [None, None, Some(60)], "the week after, or the totals would tell");
        assert_eq!(last.rows[3], [Some(40), Some(50), Some(60)]);
        let firsts: Vec<Option<i64>> = (1..=4).map(|weeks| at(weeks).columns[0]).collect();
        assert_eq!(firsts, [Some(40), Some(40), Some(40), Some(125)], "the total stands still while weeks are hidden");
    }

    #[test]
    fn weeks_that_end_hidden_are_told_together_when_all_columns_allow_it() {
        let closed = |counts: &[[i64; 2]]| shield_weeks(&counts.iter().map(|row| row.to_vec()).collect::<Vec<_>>()).closed;
        assert_eq!(closed(&[[7, 50], [8, 60]]), [Some(15), Some(110)], "fifteen of two weeks");
        assert_eq!(closed(&[[40, 50], [8, 60]]), [Some(40), Some(50)], "eight of one week are not told, nor what keeps them company");
        assert_eq!(closed(&[[40, 50], [40, 60]]), [Some(80), Some(110)]);
    }

    /// Everything that somebody learns who reads the table every week: shown cells, totals of weeks, the column totals of each week. No set of
    /// hidden cells of one week, nor of one column between two changes of its total, may be known to be from 1 to 10.
    #[test]
    fn what_is_hidden_cannot_be_reckoned() {
        let mut seed = 7_u64;
        let mut next = |bound: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((seed >> 33) % bound).unwrap()
        };
        let mut hidden_cells = 0;
        for _ in 0..300 {
            let width = usize::try_from(2 + next(6)).unwrap();
            let size = [4, 20, 60, 400][usize::try_from(next(4)).unwrap()];
            let counts: Vec<Vec<i64>> = (0..12).map(|_| (0..width).map(|_| next(size)).collect()).collect();
            let whole = shield_weeks(&counts);
            for (week, row) in counts.iter().enumerate() {
                let until = shield_weeks(&counts[..=week]);
                assert_eq!(until.rows[week], whole.rows[week], "what was told once is not taken back");
                let sum: i64 = row.iter().zip(&whole.rows[week]).filter(|(_, shown)| shown.is_none()).map(|(count, _)| *count).sum();
                let others_told = whole.weeks[week].is_some();
                assert!(sum == 0 || sum >= LEAST_SHOWN || !others_told || row.iter().all(|count| *count == 0 || is_small(*count)), "{row:?}");
                hidden_cells += whole.rows[week].iter().filter(|shown| shown.is_none()).count();
            }
            for column in 0..width {
                let mut before = 0;
                let mut cells = Vec::new();
                for week in 0..counts.len() {
                    cells.push(counts[week][column]);
                    let now = shield_weeks(&counts[..=week]).columns[column].unwrap_or(before);
                    if now == before {
                        continue;
                    }
                    let shown: i64 = (week + 1 - cells.len()..=week).filter_map(|one| whole.rows[one][column]).sum();
                    let hidden = now - before - shown;
                    assert!(hidden == 0 || hidden >= LEAST_SHOWN || before == 0 && now < LEAST_SHOWN, "{hidden} told in column {column}: {counts:?}");
                    (before, cells) = (now, Vec::new());
                }
            }
        }
        assert!(hidden_cells > 1_000, "{hidden_cells}");
    }
}

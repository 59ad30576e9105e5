//! What the folded card has room for: headings in the order of an emergency, over both sides; of what finds no room the number is told.

use super::{CardBlock, CardLine};

/// Rows of letters on the front under the name, and on the back.
const ROWS: [usize; 2] = [9, 14];
/// Letters in a row.
const ROW_LETTERS: usize = 46;

/// A heading on the folded card.
#[derive(Clone)]
pub struct WalletBlock {
    pub fr: &'static str,
    pub en: &'static str,
    pub lines: Vec<CardLine>,
    /// What is said when there is no line.
    pub none: Option<(String, String)>,
    /// Lines that found no room.
    pub rest: usize,
}

/// Both sides. A heading goes on on the back when the front is full, and keeps at least its title, which tells how much is missing.
pub(super) fn sides(blocks: &[CardBlock]) -> [Vec<WalletBlock>; 2] {
    let (mut front, mut back) = (Vec::new(), Vec::new());
    let (mut on_back, mut left) = (false, ROWS[0]);
    for (place, block) in blocks.iter().enumerate() {
        let titles_to_come = blocks.len() - place - 1;
        let mut lines = block.lines.as_slice();
        loop {
            let room = left.saturating_sub(1 + if on_back { titles_to_come } else { 0 });
            let (fits, rows) = fit(block, lines, room);
            let nothing_fits = fits == 0 && (rows > room || !lines.is_empty());
            if nothing_fits && !on_back {
                (on_back, left) = (true, ROWS[1]);
                continue;
            }
            let (shown, others) = lines.split_at(fits);
            left = left.saturating_sub(1 + rows);
            let rest = if on_back { others.len() } else { 0 };
            let side = if on_back { &mut back } else { &mut front };
            side.push(WalletBlock { fr: block.fr, en: block.en, lines: shown.to_vec(), none: block.none.clone(), rest });
            if others.is_empty() || on_back {
                break;
            }
            lines = others;
            (on_back, left) = (true, ROWS[1]);
        }
    }
    [front, back]
}

/// How many lines fit, and the rows that they take; for a heading without lines the rows of what it says instead.
fn fit(block: &CardBlock, lines: &[CardLine], room: usize) -> (usize, usize) {
    if let Some((fr, en)) = &block.none {
        return (0, rows_of(fr) + rows_of(en));
    }
    let (mut fits, mut rows) = (0, 0);
    for line in lines {
        let needed = rows_of(&line.short());
        if rows + needed > room {
            break;
        }
        (fits, rows) = (fits + 1, rows + needed);
    }
    (fits, rows)
}

fn rows_of(text: &str) -> usize {
    text.chars().count().div_ceil(ROW_LETTERS).max(1)
}

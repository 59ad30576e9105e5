//! A map of tiles of one size: a small region is as easy to read as a large one. The number stands in each tile; its ground says the same.

use super::{Said, Svg, escaped, opened};

const SIDE: f64 = 76.0;
const GAP: f64 = 4.0;
/// Half of a line on each side: the last tiles are not cut.
const EDGE: f64 = 2.0;

/// A tile: its place, two lines of words, and how strong its ground is (0 to 1); `None`: it is not told.
#[derive(Debug, Clone)]
pub(crate) struct Tile {
    pub place: (u8, u8),
    pub name: String,
    pub value: String,
    pub strength: Option<f64>,
}

/// `None` without a tile.
pub(crate) fn tiles(said: Said, tiles: &[Tile]) -> Option<Svg> {
    let last = |of: fn(&Tile) -> u8| tiles.iter().map(of).max().map(|last| f64::from(last) + 1.0);
    let (columns, rows) = (last(|tile| tile.place.0)?, last(|tile| tile.place.1)?);
    let mut out = opened("curve", columns * (SIDE + GAP) - GAP + EDGE, rows * (SIDE + GAP) - GAP + EDGE, said);
    for tile in tiles {
        let (left, top) = (f64::from(tile.place.0) * (SIDE + GAP) + EDGE / 2.0, f64::from(tile.place.1) * (SIDE + GAP) + EDGE / 2.0);
        out.push_str(&format!("<rect class=\"track\" x=\"{left}\" y=\"{top}\" width=\"{SIDE}\" height=\"{SIDE}\" rx=\"4\"/>"));
        // Never so strong that the words on it could not be read.
        let strength = tile.strength.filter(|part| part.is_finite()).map(|part| 0.05 + 0.3 * part.clamp(0.0, 1.0));
        if let Some(strength) = strength {
            out.push_str(&format!(
                "<rect class=\"heat\" x=\"{left}\" y=\"{top}\" width=\"{SIDE}\" height=\"{SIDE}\" rx=\"4\" fill-opacity=\"{strength:.2}\"/>"
            ));
        }
        let middle = left + SIDE / 2.0;
        out.push_str(&format!("<text x=\"{middle}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>", top + 32.0, escaped(&tile.name)));
        out.push_str(&format!("<text x=\"{middle}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>", top + 54.0, escaped(&tile.value)));
    }
    out.push_str("</svg>");
    Some(Svg(out))
}

//! Charts as SVG, drawn here: no script, no inline style, every text escaped. What is not a number, or beyond 10¹⁵, is left to the table that
//! stands beside every chart.

mod bar;
mod curve;
mod qr;
mod scale;
mod shares;
mod sparkline;
mod tiles;

pub(crate) use bar::{Bar, bar};
pub(crate) use curve::{Curve, CurvePoint, curve, marker};
pub(crate) use qr::qr;
pub(crate) use shares::{Share, shares};
pub(crate) use sparkline::sparkline;
pub(crate) use tiles::{Tile, tiles};

use crate::lang::silent_debug;

/// A drawing that may stand in a page as it is: only this module makes one.
#[derive(Clone, PartialEq, Eq)]
pub struct Svg(String);

silent_debug!(Svg);

impl Svg {
    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The words of a drawing, for who cannot see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'a> {
    /// Unique on the page; letters, digits and hyphens.
    pub id: &'a str,
    pub title: &'a str,
    pub description: &'a str,
}

/// Opens a drawing of the given size with its words.
fn opened(class: &str, width: f64, height: f64, said: Said) -> String {
    let Said { id, title, description } = said;
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
        escaped(title),
        escaped(description)
    )
}

/// Text for an element: markup escaped, control characters left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in crate::words::clean(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests;

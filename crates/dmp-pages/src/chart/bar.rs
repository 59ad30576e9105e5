//! One value on a bar whose middle part is the usual range.

use super::scale::{Scale, drawable};
use super::{Said, Svg, opened};

const WIDTH: f64 = 200.0;
const HEIGHT: f64 = 22.0;
const TRACK: f64 = 6.0;
const THICK: f64 = 10.0;

/// A value and the bounds of its range, in one unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bar<'a> {
    pub said: Said<'a>,
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// `None` without a bound, or when they cannot be drawn. A value far outside stands at the end of the bar.
pub(crate) fn bar(bar: &Bar) -> Option<Svg> {
    let (from, to) = ends(bar)?;
    let scale = Scale::between(from, to, 0.0, WIDTH)?;
    let left = bar.low.map_or(0.0, |low| scale.at(low));
    let right = bar.high.map_or(WIDTH, |high| scale.at(high));
    let outside = bar.low.is_some_and(|low| bar.value < low) || bar.high.is_some_and(|high| bar.value > high);
    let x = scale.at(bar.value).clamp(5.0, WIDTH - 5.0);
    let mut out = opened("range", WIDTH, HEIGHT, bar.said);
    out.push_str(&format!("<rect class=\"track\" x=\"0\" y=\"{TRACK}\" width=\"{WIDTH}\" height=\"{THICK}\" rx=\"3\"/>"));
    out.push_str(&format!("<rect class=\"usual\" x=\"{left:.1}\" y=\"{TRACK}\" width=\"{:.1}\" height=\"{THICK}\"/>", right - left));
    let class = if outside { "mark out" } else { "mark" };
    out.push_str(&format!("<path class=\"{class}\" d=\"M{x:.1} 20L{:.1} 2H{:.1}z\"/></svg>", x - 5.0, x + 5.0));
    Some(Svg(out))
}

/// Where the bar begins and ends: the range takes its middle half, or two thirds when it has one bound.
fn ends(bar: &Bar) -> Option<(f64, f64)> {
    if !drawable(bar.value) || !bar.low.into_iter().chain(bar.high).all(drawable) {
        return None;
    }
    match (bar.low, bar.high) {
        (Some(low), Some(high)) => (high > low).then(|| (low - (high - low) / 2.0, high + (high - low) / 2.0)),
        (None, Some(high)) if high > 0.0 => Some((0.0, high * 1.5)),
        (Some(low), None) if low > 0.0 => Some((low * 0.5, low * 2.0)),
        _ => None,
    }
}

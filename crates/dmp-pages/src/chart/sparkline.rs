//! The course of a value as a line of one word's height.

use super::Svg;
use super::scale::{Scale, drawable};

const WIDTH: f64 = 72.0;
const HEIGHT: f64 = 20.0;
/// More points than this would not be seen.
const MOST: usize = 60;

/// Values in the order of time. `None` for fewer than two that can be drawn. The words beside it say the same, so it is hidden from readers.
pub(crate) fn sparkline(values: &[f64]) -> Option<Svg> {
    let drawn: Vec<f64> = values.iter().copied().filter(|value| drawable(*value)).collect();
    let drawn = drawn.get(drawn.len().saturating_sub(MOST)..)?;
    let last = drawn.len().checked_sub(1).filter(|last| *last > 0)?;
    let y = Scale::over(drawn.iter().copied(), 0.0, HEIGHT - 4.0, 4.0)?;
    let x = Scale::between(0.0, last as f64, 3.0, WIDTH - 4.0)?;
    let places: Vec<(f64, f64)> = drawn.iter().enumerate().map(|(place, value)| (x.at(place as f64), y.at(*value))).collect();
    let line: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let (end_x, end_y) = places.last()?;
    Some(Svg(format!(
        "<svg class=\"spark\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-hidden=\"true\"><polyline class=\"course\" points=\"{}\"/><circle class=\"mark\" cx=\"{end_x:.1}\" cy=\"{end_y:.1}\" r=\"3\"/></svg>",
        line.join(" ")
    )))
}

//! Values of one analyte over time, with the usual range as a band and one shape of marker for each laboratory.

use super::scale::{Scale, drawable};
use super::{Said, Svg, escaped, opened};
use crate::{Lang, numbers};

const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 50.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 30.0;
/// More markers than this would hide each other: the line stays whole, markers are thinned.
const MOST_MARKERS: usize = 80;
/// Shapes before they come round again.
pub(super) const SHAPES: usize = 6;

/// One value at its moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CurvePoint {
    /// Days since any fixed day, with fraction.
    pub day: f64,
    pub value: f64,
    /// Number of the laboratory, from 0: shape of the marker.
    pub laboratory: usize,
    /// Reckoned from another unit: hollow marker.
    pub converted: bool,
    /// Outside of its range: larger marker.
    pub outside: bool,
    /// Something between the point before and this one is not shown: no line leads here.
    pub after_gap: bool,
}

/// What a curve shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Curve<'a> {
    pub said: Said<'a>,
    /// In the order of time.
    pub points: &'a [CurvePoint],
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub unit: &'a str,
    /// Days with their words, for the lower edge.
    pub days: &'a [(f64, String)],
    pub lang: Lang,
}

/// `None` when no point can be drawn.
pub(crate) fn curve(curve: &Curve) -> Option<Svg> {
    let points: Vec<CurvePoint> = curve.points.iter().copied().filter(|point| drawable(point.value) && drawable(point.day)).collect();
    let bounds = curve.low.into_iter().chain(curve.high);
    let y = Scale::over(points.iter().map(|point| point.value).chain(bounds.filter(|_| !points.is_empty())), 0.1, HEIGHT - BOTTOM, TOP)?;
    let x = Scale::over(points.iter().map(|point| point.day), 0.03, LEFT, WIDTH - RIGHT)?;
    let mut out = opened("curve", WIDTH, HEIGHT, curve.said);
    out.push_str(&band(curve, &y));
    out.push_str(&grid(curve, &x, &y));
    for whole in points.chunk_by(|_, next| !next.after_gap).filter(|whole| whole.len() > 1) {
        let line: Vec<String> = whole.iter().map(|point| format!("{:.1},{:.1}", x.at(point.day), y.at(point.value))).collect();
        out.push_str(&format!("<polyline class=\"course\" points=\"{}\"/>", line.join(" ")));
    }
    let every = points.len().div_ceil(MOST_MARKERS).max(1);
    for (place, point) in points.iter().rev().enumerate() {
        if place.is_multiple_of(every) {
            out.push_str(&mark(point, x.at(point.day), y.at(point.value)));
        }
    }
    out.push_str("</svg>");
    Some(Svg(out))
}

fn band(curve: &Curve, y: &Scale) -> String {
    let usable = |bound: Option<f64>| bound.filter(|value| drawable(*value));
    let (low, high) = (usable(curve.low), usable(curve.high));
    if low.is_none() && high.is_none() || low.zip(high).is_some_and(|(low, high)| low >= high) {
        return String::new();
    }
    let top = high.map_or(TOP, |high| y.at(high));
    let bottom = low.map_or(HEIGHT - BOTTOM, |low| y.at(low));
    format!("<rect class=\"usual\" x=\"{LEFT}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>", WIDTH - LEFT - RIGHT, (bottom - top).max(0.0))
}

fn grid(curve: &Curve, x: &Scale, y: &Scale) -> String {
    let mut out = format!("<text x=\"2\" y=\"14\">{}</text>", escaped(curve.unit));
    for value in y.ticks() {
        let place = y.at(value);
        out.push_str(&format!("<path class=\"line\" d=\"M{LEFT} {place:.1}H{:.1}\"/>", WIDTH - RIGHT));
        let words = numbers::number(value, curve.lang);
        out.push_str(&format!("<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>", LEFT - 5.0, place + 4.0, escaped(&words)));
    }
    for (day, words) in curve.days.iter().filter(|(day, _)| drawable(*day)) {
        let place = x.at(*day);
        let anchor = match place {
            ..140.0 => "start",
            300.0.. => "end",
            _ => "middle",
        };
        out.push_str(&format!("<path class=\"line\" d=\"M{place:.1} {:.1}v6\"/>", HEIGHT - BOTTOM));
        out.push_str(&format!("<text x=\"{place:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>", HEIGHT - 8.0, escaped(words)));
    }
    out
}

fn mark(point: &CurvePoint, x: f64, y: f64) -> String {
    let size = if point.outside { 5.5 } else { 4.0 };
    let hollow = if point.converted { " hollow" } else { "" };
    let out = if point.outside { " out" } else { "" };
    format!("<path class=\"mark{hollow}{out}\" d=\"{}\"/>", shape(point.laboratory, x, y, size))
}

/// Circle, square, diamond, triangle, triangle upside down, cross.
fn shape(number: usize, x: f64, y: f64, r: f64) -> String {
    let d = 2.0 * r;
    match number % SHAPES {
        0 => format!("M{:.1} {y:.1}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z", x - r),
        1 => format!("M{:.1} {:.1}h{d}v{d}h-{d}z", x - r, y - r),
        2 => format!("M{x:.1} {:.1}l{r} {r}l-{r} {r}l-{r} -{r}z", y - r),
        3 => format!("M{x:.1} {:.1}l{r} {d}h-{d}z", y - r),
        4 => format!("M{x:.1} {:.1}l{r} -{d}h-{d}z", y + r),
        _ => format!("M{:.1} {y:.1}h{d}M{x:.1} {:.1}v{d}", x - r, y - r),
    }
}

/// The shape of a laboratory for the legend; its name stands beside it.
pub(crate) fn marker(number: usize) -> Svg {
    Svg(format!("<svg class=\"key\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path class=\"mark\" d=\"{}\"/></svg>", shape(number, 7.0, 7.0, 5.0)))
}

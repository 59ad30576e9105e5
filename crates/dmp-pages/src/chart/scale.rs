//! From values to places on the sheet.

/// Beyond this nothing is drawn: differences would be lost in the digits of a double.
const LARGEST: f64 = 1e15;

/// Whether a value can be drawn.
pub(super) fn drawable(value: f64) -> bool {
    value.is_finite() && value.abs() <= LARGEST
}

/// A straight scale: `from..to` in values lies on `start..end` in the drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
}

impl Scale {
    /// Over all drawable values with a margin on both sides; equal values stand in the middle. `None` without any.
    pub fn over(values: impl Iterator<Item = f64>, margin: f64, start: f64, end: f64) -> Option<Self> {
        let (from, to) =
            values.filter(|value| drawable(*value)).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if from > to {
            return None;
        }
        let span = to - from;
        let size = from.abs().max(to.abs());
        let pad = if span > size * 1e-12 { span * margin } else { (size * 0.1).max(1.0) };
        Some(Scale { from: from - pad, to: to + pad, start, end })
    }

    /// From one bound to the other, exactly.
    pub fn between(from: f64, to: f64, start: f64, end: f64) -> Option<Self> {
        (from.is_finite() && to.is_finite() && to > from).then_some(Scale { from, to, start, end })
    }

    /// The place of a value, never outside of the scale.
    pub fn at(&self, value: f64) -> f64 {
        let share = ((value - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        self.start + share * (self.end - self.start)
    }

    /// Round values (1, 2 or 5 times a power of ten), at most seven of them.
    pub fn ticks(&self) -> Vec<f64> {
        let step = round_step((self.to - self.from) / 5.0);
        let first = (self.from / step).ceil();
        (0..7).map(|place| (first + f64::from(place)) * step).take_while(|value| *value <= self.to).collect()
    }
}

fn round_step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|factor| factor * power).find(|step| *step >= rough).unwrap_or(10.0 * power)
}

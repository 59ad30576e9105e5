//! Parts of a whole as bars below each other: the words stand beside each bar, so that no colour has to be known.

use super::{Said, Svg, escaped, opened};

const WIDTH: f64 = 400.0;
const ROW: f64 = 34.0;
const THICK: f64 = 12.0;

/// A part: its words, and how much of the whole it is (0 to 1); `None` is not told.
#[derive(Debug, Clone)]
pub(crate) struct Share {
    pub words: String,
    pub part: Option<f64>,
}

/// `None` without a part.
pub(crate) fn shares(said: Said, parts: &[Share]) -> Option<Svg> {
    if parts.is_empty() {
        return None;
    }
    let mut out = opened("curve", WIDTH, ROW * f64::from(u16::try_from(parts.len()).ok()?), said);
    for (place, share) in parts.iter().enumerate() {
        let top = ROW * f64::from(u16::try_from(place).ok()?);
        out.push_str(&format!("<text x=\"0\" y=\"{:.1}\">{}</text>", top + 13.0, escaped(&share.words)));
        out.push_str(&format!("<rect class=\"track\" x=\"0\" y=\"{:.1}\" width=\"{WIDTH}\" height=\"{THICK}\" rx=\"2\"/>", top + 18.0));
        let part = share.part.filter(|part| part.is_finite()).unwrap_or_default().clamp(0.0, 1.0);
        if part > 0.0 {
            let width = (part * WIDTH).max(1.0);
            out.push_str(&format!("<rect class=\"mark\" x=\"0\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{THICK}\" rx=\"2\"/>", top + 18.0));
        }
    }
    out.push_str("</svg>");
    Some(Svg(out))
}

//! An address as a QR code: black on white whatever the page's colours, for a camera has to read it.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use super::{Svg, escaped};

/// Empty squares around the code, as the standard asks.
const QUIET: usize = 4;

/// The code of an address, `width` wide in a unit of SVG (`300`, `28mm`), with the words that stand for the picture. `None` for an address that
/// no code holds. Error correction M, as the SMART Health Links specification recommends.
pub(crate) fn qr(address: &str, width: &str, words: &str) -> Option<Svg> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let count = code.width();
    let colours = code.to_colors();
    let mut path = String::new();
    for (row, squares) in colours.chunks(count.max(1)).enumerate() {
        let mut column = 0;
        for run in squares.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                // Writing into a string does not fail.
                let _ = write!(path, "M{} {}h{}v1h-{}z", column + QUIET, row + QUIET, run.len(), run.len());
            }
            column += run.len();
        }
    }
    let side = count + 2 * QUIET;
    Some(Svg(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" width=\"{width}\" height=\"{width}\" role=\"img\" aria-label=\"{}\" shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{path}\"/></svg>",
        escaped(words)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_dark_on_light_and_says_what_it_is() {
        let svg = qr("https://dmp.example/share/open/abc", "300", "Code <à> scanner").unwrap();
        assert!(svg.as_str().contains("fill=\"#fff\"") && svg.as_str().contains("aria-label=\"Code &lt;à&gt; scanner\""));
        assert!(svg.as_str().contains("M4 4h7v1h-7z"), "the first finder pattern: {}", svg.as_str());
        assert!(qr(&"a".repeat(5_000), "300", "x").is_none());
    }
}

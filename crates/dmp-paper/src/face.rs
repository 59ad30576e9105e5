//! The two faces of the sheet, how wide their letters are, and what is written for letters that they lack.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider, charmap::Charmap};
use unicode_normalization::UnicodeNormalization;

use crate::PaperError;

/// Written for a letter that the face lacks: it shows that something stands there.
const MISSING: char = '□';

/// One face, with what drawing and measuring need.
pub(crate) struct Face {
    pub(crate) font: Font,
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    units_per_em: f32,
}

/// Regular and bold.
pub(crate) struct Faces {
    pub(crate) regular: Face,
    pub(crate) bold: Face,
}

impl Faces {
    /// The faces that the program brings.
    pub(crate) fn load() -> Result<Self, PaperError> {
        Ok(Faces { regular: Face::load(notosans::REGULAR_TTF)?, bold: Face::load(notosans::BOLD_TTF)? })
    }

    pub(crate) fn of(&self, bold: bool) -> &Face {
        if bold { &self.bold } else { &self.regular }
    }

    /// Text of a document as it can be set: composed letters, single blanks, nothing invisible, a box for what the faces lack.
    /// A blank at either end stays: it parts a run from its neighbours.
    pub(crate) fn settable(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for one in text.nfc() {
            match one {
                '\u{a0}' | '\u{202f}' => out.push('\u{a0}'),
                _ if one.is_whitespace() => {
                    if !out.ends_with(' ') {
                        out.push(' ');
                    }
                }
                _ if is_invisible(one) => {}
                _ if self.has(one) => out.push(one),
                '₀'..='₉' => out.extend(char::from_u32(u32::from(one) - u32::from('₀') + u32::from('0'))),
                '\u{2010}'..='\u{2012}' => out.push('-'),
                _ => out.push(MISSING),
            }
        }
        out
    }

    fn has(&self, one: char) -> bool {
        self.regular.letters.map(one).is_some() && self.bold.letters.map(one).is_some()
    }
}

/// Controls, marks of direction, joiners, private signs.
fn is_invisible(one: char) -> bool {
    let is_format = matches!(one, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let is_selector = matches!(one, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}');
    one.is_control() || is_format || is_selector || matches!(one, '\u{e000}'..='\u{f8ff}' | '\u{fff9}'..='\u{fffd}')
}

impl Face {
    fn load(bytes: &'static [u8]) -> Result<Self, PaperError> {
        let font = Font::new(bytes.into(), 0).ok_or(PaperError::Font)?;
        let parsed = FontRef::new(bytes).map_err(|_| PaperError::Font)?;
        let units_per_em = font.units_per_em();
        let widths = parsed.glyph_metrics(Size::unscaled(), LocationRef::default());
        Ok(Face { font, letters: parsed.charmap(), widths, units_per_em })
    }

    /// Width of settable text, in points.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|one| self.advance(one)).sum::<f32>() * size
    }

    /// The letters as the PDF takes them.
    pub(crate) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let glyph = |(at, one): (usize, char)| {
            let id = self.letters.map(one).map_or(0, |id| id.to_u32());
            KrillaGlyph::new(GlyphId::new(id), self.advance(one), 0.0, 0.0, 0.0, at..at + one.len_utf8(), None)
        };
        text.char_indices().map(glyph).collect()
    }

    /// In ems.
    fn advance(&self, one: char) -> f32 {
        let width = self.letters.map(one).and_then(|id| self.widths.advance_width(id)).unwrap_or(0.0);
        width / self.units_per_em
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_have_the_letters_of_french_medicine() {
        let faces = Faces::load().unwrap();
        let letters = "abcxyzABCXYZ0123456789 àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ’‘“”«»€≥≤µ²³°±×→↑↓•·–—…%‰½";
        assert_eq!(faces.settable(letters), letters);
    }

    #[test]
    fn what_the_faces_lack_is_shown_as_missing_and_what_nobody_sees_is_left_out() {
        let faces = Faces::load().unwrap();
        assert_eq!(faces.settable("漢字 \u{202e}a\u{202c}\u{1}b 🙂\u{fe0f}"), "□□ ab □");
        assert_eq!(faces.settable(" VO₂ \t\n max‑imum "), " VO2 max-imum ");
        assert_eq!(faces.settable("e\u{301}te\u{301}"), "été");
    }

    #[test]
    fn every_settable_letter_has_a_width() {
        let faces = Faces::load().unwrap();
        assert!(faces.bold.width("W", 10.0) > faces.bold.width("i", 10.0));
        assert!(faces.regular.width("i", 10.0) > 1.0);
        assert!((faces.regular.width("ab", 10.0) - faces.regular.width("a", 10.0) - faces.regular.width("b", 10.0)).abs() < 1e-4);
    }
}

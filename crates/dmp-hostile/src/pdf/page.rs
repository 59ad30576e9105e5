//! One page: what it draws as text, in the order in which it draws it.
//!
//! That order is the author's: office programs and tagged documents write cell after cell, column after column. Sorting by place on the
//! paper would mix the lines of two columns.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString, dict::keys::ACTUAL_TEXT};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};

use super::characters;
use super::prose::{Placed, Prose};

/// Units of an em in glyph space.
const UNITS_PER_EM: f64 = 1000.0;
/// Advance of a glyph whose font does not tell, in glyph space.
const ADVANCE_UNKNOWN: f32 = 500.0;

/// The text of a page, at most `bytes_max`.
pub(super) fn text<'a>(page: &Page<'a>, cache: &InterpreterCache<'a>, settings: &InterpreterSettings, pdf: &'a Pdf, bytes_max: usize) -> String {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(Affine::IDENTITY, bounds, cache, pdf.xref(), settings.clone());
    let mut words = Words { prose: Prose::new(bytes_max), last_run: None, marks: Vec::new() };
    interpret_page(page, &mut context, &mut words);
    words.prose.finish()
}

/// The device: hears everything that is drawn, keeps the text.
struct Words {
    prose: Prose,
    /// What was drawn last, to know it when it is drawn twice.
    last_run: Option<(Point, String)>,
    /// Marked contents that are open.
    marks: Vec<Mark>,
}

/// An open marked content. With `ActualText`, that replaces whatever is drawn inside.
struct Mark {
    instead: Option<String>,
    /// Where the replaced text stands: from its first to its last glyph.
    place: Option<Placed>,
}

impl Words {
    /// The outermost mark that replaces what is drawn.
    fn replaced(&mut self) -> Option<&mut Mark> {
        self.marks.iter_mut().find(|mark| mark.instead.is_some())
    }

    fn draw(&mut self, run: Vec<Placed>) {
        if let Some(mark) = self.replaced() {
            for glyph in run {
                match &mut mark.place {
                    Some(place) => place.end = glyph.end,
                    None => mark.place = Some(glyph),
                }
            }
            return;
        }
        let Some(first) = run.first() else { return };
        let (start, size) = (first.start, first.size);
        let text: String = run.iter().map(|glyph| glyph.text.as_str()).collect();
        // Bold that is faked by drawing twice, or an outline over its filling.
        let is_again = self.last_run.as_ref().is_some_and(|(at, last)| *last == text && at.distance(start) < 0.1 * size);
        if !is_again {
            run.into_iter().for_each(|glyph| self.prose.push(glyph));
            self.last_run = Some((start, text));
        }
    }
}

impl Device<'_> for Words {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        if self.prose.is_full() {
            return;
        }
        let placed = run.glyphs().iter().filter_map(|glyph| {
            let text = match glyph.as_unicode()? {
                BfString::Char(one) => one.to_string(),
                BfString::String(text) => text,
            };
            let advance = match &**glyph {
                hayro_interpret::font::Glyph::Outline(outline) => outline.advance_width(),
                hayro_interpret::font::Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let transform = props.transform * glyph.transform();
            let start = transform * Point::ZERO;
            let end = transform * Point::new(f64::from(advance.unwrap_or(ADVANCE_UNKNOWN)), 0.0);
            let size = (transform * Point::new(0.0, UNITS_PER_EM)).distance(start);
            Some(Placed { start, end, size, text })
        });
        let placed = placed.filter(|glyph| glyph.start.is_finite() && glyph.end.is_finite() && glyph.size > 0.0).collect();
        self.draw(placed);
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let instead = properties.and_then(|dict| dict.get::<PdfString<'_>>(ACTUAL_TEXT)).map(|text| characters::decode(text.as_bytes()));
        self.marks.push(Mark { instead, place: None });
    }

    fn end_marked_content(&mut self) {
        let Some(mark) = self.marks.pop() else { return };
        if let (Some(text), Some(place)) = (mark.instead, mark.place) {
            self.draw(vec![Placed { text, ..place }]);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

//! From placed glyphs to lines of words: where a glyph stands after the one before says whether a space, a line or a paragraph lies between.

use hayro_interpret::kurbo::{Point, Vec2};

use super::characters;

/// A gap that parts two words, in ems. A space is 0.25 em, tracking stays below 0.1.
const SPACE_EM: f64 = 0.16;
/// A step back that begins another line, in ems; kerning and accents step back less.
const BACK_EM: f64 = 1.0;
/// A step aside that begins another line, in ems; an exponent steps aside less.
const LINE_EM: f64 = 0.5;
/// A step aside that begins another paragraph, in ems.
const PARAGRAPH_EM: f64 = 2.0;

/// A glyph on the page, in the page's own units.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) start: Point,
    /// Where the next glyph of the line would begin.
    pub(super) end: Point,
    /// The em.
    pub(super) size: f64,
    pub(super) text: String,
}

/// The text as it grows.
pub(super) struct Prose {
    text: String,
    bytes_max: usize,
    last: Option<Placed>,
    is_full: bool,
}

impl Prose {
    pub(super) fn new(bytes_max: usize) -> Self {
        Prose { text: String::new(), bytes_max, last: None, is_full: false }
    }

    /// Whether the bound is reached: nothing more is taken.
    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    /// Adds the next glyph.
    pub(super) fn push(&mut self, glyph: Placed) {
        // A glyph may bring a space or two line ends with it, and a ligature more letters than it has bytes.
        self.is_full |= self.text.len() + 2 * glyph.text.len() + 2 > self.bytes_max;
        if self.is_full {
            return;
        }
        if let Some(last) = &self.last {
            let gap = between(last, &glyph);
            match gap {
                Gap::None => {}
                Gap::Space => self.space(),
                Gap::Line => self.line(),
                Gap::Paragraph => self.paragraph(),
            }
        }
        for one in glyph.text.chars() {
            match one {
                _ if one.is_whitespace() => self.space(),
                '\u{ad}' => {}
                _ => characters::push(&mut self.text, one),
            }
        }
        self.last = Some(glyph);
    }

    /// The whole text without blanks at its ends, letters and accents composed.
    pub(super) fn finish(self) -> String {
        characters::composed(self.text.trim())
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    fn line(&mut self) {
        let length = self.text.trim_end_matches(' ').len();
        self.text.truncate(length);
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn paragraph(&mut self) {
        self.line();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    Line,
    Paragraph,
}

/// What lies between two glyphs, seen along the line of the first.
fn between(last: &Placed, next: &Placed) -> Gap {
    let em = last.size.max(next.size);
    let direction = last.end - last.start;
    let direction = if direction.hypot() > 0.0 { direction.normalize() } else { Vec2::new(1.0, 0.0) };
    let step = next.start - last.end;
    let (along, aside) = (step.dot(direction), step.cross(direction).abs());
    if aside > PARAGRAPH_EM * em {
        Gap::Paragraph
    } else if aside > LINE_EM * em || along < -BACK_EM * em {
        Gap::Line
    } else if along > SPACE_EM * em {
        Gap::Space
    } else {
        Gap::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A glyph of ten points that is five wide.
    fn at(x: f64, y: f64, text: &str) -> Placed {
        Placed { start: Point::new(x, y), end: Point::new(x + 5.0, y), size: 10.0, text: text.to_owned() }
    }

    fn prose(glyphs: &[(f64, f64, &str)]) -> String {
        let mut prose = Prose::new(1000);
        glyphs.iter().for_each(|(x, y, text)| prose.push(at(*x, *y, text)));
        prose.finish()
    }

    #[test]
    fn a_gap_parts_words_and_kerning_does_not() {
        assert_eq!(prose(&[(0.0, 0.0, "a"), (5.4, 0.0, "b"), (14.0, 0.0, "c")]), "ab c");
        assert_eq!(prose(&[(0.0, 0.0, "a"), (4.2, 0.0, "b")]), "ab");
    }

    #[test]
    fn a_space_that_is_written_and_a_gap_are_one_space() {
        assert_eq!(prose(&[(0.0, 0.0, "a"), (5.0, 0.0, "\u{a0}"), (30.0, 0.0, "b")]), "a b");
    }

    #[test]
    fn lines_and_paragraphs_are_told_by_their_distance() {
        assert_eq!(prose(&[(0.0, 100.0, "a"), (0.0, 88.0, "b"), (0.0, 60.0, "c")]), "a\nb\n\nc");
    }

    #[test]
    fn an_exponent_stays_on_its_line() {
        assert_eq!(prose(&[(0.0, 0.0, "m"), (5.0, 4.0, "²")]), "m²");
    }

    #[test]
    fn a_line_that_runs_upwards_is_one_line() {
        let up = |y: f64, text: &str| Placed { start: Point::new(0.0, y), end: Point::new(0.0, y + 5.0), size: 10.0, text: text.into() };
        let mut prose = Prose::new(100);
        [up(0.0, "a"), up(5.0, "b"), up(15.0, "c")].into_iter().for_each(|glyph| prose.push(glyph));
        assert_eq!(prose.finish(), "ab c");
    }

    #[test]
    fn text_over_the_bound_is_left_out() {
        let mut prose = Prose::new(10);
        (0..100).for_each(|n| prose.push(at(f64::from(n) * 5.0, 0.0, "é")));
        assert!(prose.finish().len() <= 10);
    }
}

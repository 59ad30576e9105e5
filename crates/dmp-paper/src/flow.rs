//! From stretches of text to lines of a width.

use crate::face::Faces;
use crate::sheet::{Shape, Sheet, Style};

/// Lines stand this many ems apart.
const LEADING_EM: f32 = 1.28;
/// From the top of a line to its base, in ems.
const BASE_EM: f32 = 0.98;

/// A stretch of text in one style.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) style: Style,
    /// When it is another one than the sheet's.
    pub(crate) language: Option<&'static str>,
}

impl Run {
    pub(crate) fn new(text: impl Into<String>, style: Style) -> Self {
        Run { text: text.into(), style, language: None }
    }
}

/// A piece of a line that is drawn at once.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    text: String,
    style: Style,
    language: Option<&'static str>,
    x: f32,
}

/// A line: its pieces and its largest size.
#[derive(Debug, Clone, PartialEq, Default)]
struct TextLine {
    pieces: Vec<Piece>,
    width: f32,
    size: f32,
}

/// Wrapped text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wrapped {
    lines: Vec<TextLine>,
}

impl Wrapped {
    /// Points from the top of the first line to the bottom of the last.
    pub(crate) fn height(&self) -> f32 {
        self.lines.iter().map(|line| line.size * LEADING_EM).sum()
    }

    /// Lines in number.
    #[cfg(test)]
    pub(crate) fn count(&self) -> usize {
        self.lines.len()
    }

    /// Points of the widest line.
    pub(crate) fn width(&self) -> f32 {
        self.lines.iter().map(|line| line.width).fold(0.0, f32::max)
    }

    /// At most so many lines; the last one that is kept ends in an ellipsis when more followed.
    pub(crate) fn cut(mut self, lines_max: usize) -> Self {
        if self.lines.len() > lines_max {
            self.lines.truncate(lines_max);
            if let Some(piece) = self.lines.last_mut().and_then(|line| line.pieces.last_mut()) {
                let kept = piece.text.trim_end();
                // Three letters are wider than the sign, in every face.
                let shorter = kept.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
                piece.text = format!("{}…", kept.get(..shorter).unwrap_or_default());
            }
        }
        self
    }

    /// Draws it into the open part of a sheet; `y` is the top of its first line. Gives the bottom of the last.
    pub(crate) fn draw(&self, sheet: &mut Sheet, page: usize, x: f32, y: f32) -> f32 {
        let mut top = y;
        for line in &self.lines {
            let base = top + line.size * BASE_EM;
            for piece in &line.pieces {
                // A blank that may not be broken has done its work.
                let text = piece.text.replace('\u{a0}', " ");
                sheet.draw(page, Shape::Text { text, x: x + piece.x, y: base, style: piece.style, language: piece.language });
            }
            top += line.size * LEADING_EM;
        }
        top
    }
}

/// Breaks runs into lines at blanks; a word longer than a line breaks anywhere.
pub(crate) fn wrap(faces: &Faces, runs: &[Run], width: f32) -> Wrapped {
    let mut lines = vec![TextLine::default()];
    // A word may change its style inside: « Pénicilline, ».
    let mut word: Vec<(String, &Run)> = Vec::new();
    for run in runs {
        for segment in faces.settable(&run.text).split_inclusive(' ') {
            word.push((segment.to_owned(), run));
            if segment.ends_with(' ') {
                put(faces, &mut lines, std::mem::take(&mut word), width);
            }
        }
    }
    put(faces, &mut lines, word, width);
    lines.retain(|line| !line.pieces.is_empty());
    if let Some(piece) = lines.last_mut().and_then(|line| line.pieces.last_mut()) {
        piece.text.truncate(piece.text.trim_end_matches(' ').len());
    }
    Wrapped { lines }
}

/// Adds one word, with the blank that follows it, to the last line or to a new one.
fn put(faces: &Faces, lines: &mut Vec<TextLine>, word: Vec<(String, &Run)>, width: f32) {
    let width_of = |(text, run): &(String, &Run)| faces.of(run.style.bold).width(text.trim_end_matches(' '), run.style.size);
    let needed: f32 = word.iter().map(width_of).sum();
    let used = lines.last().map_or(0.0, |line| line.width);
    if used > 0.0 && used + needed > width {
        lines.push(TextLine::default());
    }
    if needed <= width {
        word.iter().for_each(|(text, run)| append(faces, lines, text, run));
        return;
    }
    for (text, run) in &word {
        for letter in text.chars() {
            let next = faces.of(run.style.bold).width(letter.to_string().trim_end_matches(' '), run.style.size);
            if lines.last().is_some_and(|line| line.width > 0.0 && line.width + next > width) {
                lines.push(TextLine::default());
            }
            append(faces, lines, &letter.to_string(), run);
        }
    }
}

fn append(faces: &Faces, lines: &mut [TextLine], text: &str, run: &Run) {
    let Some(line) = lines.last_mut() else { return };
    // A line does not begin with the blank that parted two runs.
    let text = if line.pieces.is_empty() { text.trim_start_matches(' ') } else { text };
    if text.is_empty() {
        return;
    }
    let x = line.width;
    line.width += faces.of(run.style.bold).width(text, run.style.size);
    line.size = line.size.max(run.style.size);
    match line.pieces.last_mut() {
        Some(last) if last.style == run.style && last.language == run.language => last.text.push_str(text),
        _ => line.pieces.push(Piece { text: text.to_owned(), style: run.style, language: run.language, x }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::INK;

    const STYLE: Style = Style { size: 10.0, bold: false, colour: INK };

    fn lines(text: &str, width: f32) -> Vec<String> {
        let wrapped = wrap(&Faces::load().unwrap(), &[Run::new(text, STYLE)], width);
        assert!(wrapped.lines.iter().all(|line| line.width <= width + 3.0), "{wrapped:?}");
        wrapped.lines.iter().map(|line| line.pieces.iter().map(|piece| piece.text.as_str()).collect()).collect()
    }

    #[test]
    fn text_breaks_at_blanks_and_keeps_them_for_whoever_copies_it() {
        assert_eq!(lines("un comprimé matin et soir", 75.0), ["un comprimé ", "matin et soir"]);
    }

    #[test]
    fn a_word_longer_than_a_line_breaks_anywhere() {
        let broken = lines(&"W".repeat(40), 100.0);
        assert!(broken.len() > 2);
        assert_eq!(broken.concat(), "W".repeat(40));
    }

    #[test]
    fn runs_keep_the_blank_between_them() {
        let faces = Faces::load().unwrap();
        let bold = Style { bold: true, ..STYLE };
        let wrapped = wrap(&faces, &[Run::new("Metformine", bold), Run::new(" 1 g", STYLE)], 200.0);
        let texts: Vec<&str> = wrapped.lines[0].pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(texts, ["Metformine", " 1 g"]);
    }

    #[test]
    fn what_is_cut_ends_in_an_ellipsis() {
        let faces = Faces::load().unwrap();
        let cut = wrap(&faces, &[Run::new("un deux trois quatre cinq six sept", STYLE)], 60.0).cut(2);
        assert_eq!(cut.count(), 2);
        assert!(cut.lines[1].pieces[0].text.ends_with('…'));
    }
}

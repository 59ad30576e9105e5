//! Sheets of sentences in letters that a tired eye reads: who looked, who may look, what closing means, the summary at large, and the cover
//! that shows through the window of an envelope.

use dmp_core::moment::Moment;
use dmp_core::record::Language;
use dmp_core::summary::Summary;

use crate::PaperError;
use crate::dates;
use crate::face::Faces;
use crate::flow::{Run, Wrapped, wrap};
use crate::page::{Treatments, identity, large_sections, names};
use crate::paint::{Properties, paint};
use crate::say::Speech;
use crate::section::{Flow, Frame, Setter};
use crate::sheet::{A4, ACCENT, INK, MM, MUTED, Role, Sheet, Style};
use crate::words::Words;

pub(crate) const MARGIN: f32 = 56.0;
pub(crate) const WIDTH: f32 = A4.0 - 2.0 * MARGIN;
/// Room for the number of the page.
pub(crate) const BOTTOM: f32 = A4.1 - 60.0;
/// Sizes of letters: what the French union of the blind calls large print begins at 14.
const SIZE: f32 = 14.0;
const HEADING: f32 = 17.0;
const TITLE: f32 = 23.0;
/// Lines of one paragraph: one sentence may not fill a sheet alone.
const LINES_MAX: usize = 30;
/// Sheets of one booklet.
const PAGES_MAX: usize = 120;
/// From the top left corner to the window of a French envelope (NF Z 11-001), and its size.
const WINDOW: (f32, f32) = (105.0 * MM, 50.0 * MM);
const WINDOW_WIDTH: f32 = 90.0 * MM;

/// A heading and sentences under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookletSection {
    pub heading: String,
    pub lines: Vec<String>,
}

/// Sentences under headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booklet {
    /// Neutral: it stands in the properties of the file.
    pub title: &'static str,
    pub language: Language,
    pub at: Moment,
    pub lead: Vec<String>,
    pub sections: Vec<BookletSection>,
}

/// A booklet as a tagged PDF.
///
/// # Errors
/// [`PaperError`] when the PDF cannot be made.
pub fn booklet(booklet: &Booklet) -> Result<Vec<u8>, PaperError> {
    let faces = Faces::load()?;
    let mut pen = Pen { faces: &faces, sheet: Sheet::default(), page: 0, y: MARGIN };
    pen.block(Role::Heading(1, booklet.title.to_owned()), booklet.title, style(TITLE, true, ACCENT), 0.0);
    pen.block(Role::Paragraph, &made_on(booklet.at, booklet.language), style(SIZE * 0.85, false, MUTED), 0.0);
    pen.y += SIZE * 0.5;
    for line in &booklet.lead {
        pen.block(Role::Paragraph, line, style(SIZE, false, INK), 0.0);
        pen.y += SIZE * 0.4;
    }
    for section in &booklet.sections {
        pen.section(section);
    }
    let Pen { mut sheet, .. } = pen;
    number(&mut sheet, &faces);
    paint(&sheet, &faces, &Properties { title: booklet.title, language: booklet.language, at: booklet.at })
}

/// The first sheet of what goes by post: name and address where the window of the envelope is, and nothing else that says anything.
///
/// # Errors
/// [`PaperError`] when the PDF cannot be made.
pub fn cover(title: &'static str, address: &[String], notes: &[&str], language: Language, at: Moment) -> Result<Vec<u8>, PaperError> {
    let faces = Faces::load()?;
    let mut sheet = Sheet::default();
    sheet.open(Role::Heading(1, title.to_owned()));
    wrap(&faces, &[Run::new(title, style(SIZE, true, INK))], WIDTH).cut(2).draw(&mut sheet, 0, MARGIN, MARGIN);
    sheet.close();
    let mut y = WINDOW.1;
    for line in address {
        sheet.open(Role::Paragraph);
        y = wrap(&faces, &[Run::new(line.as_str(), style(12.0, false, INK))], WINDOW_WIDTH).cut(2).draw(&mut sheet, 0, WINDOW.0, y);
        sheet.close();
    }
    let mut y = (y + 40.0).max(130.0 * MM);
    for note in notes {
        sheet.open(Role::Paragraph);
        y = wrap(&faces, &[Run::new(*note, style(SIZE, false, INK))], WIDTH).cut(LINES_MAX).draw(&mut sheet, 0, MARGIN, y) + SIZE * 0.5;
        sheet.close();
    }
    paint(&sheet, &faces, &Properties { title, language, at })
}

/// The summary in large letters, on as many sheets as it takes.
///
/// # Errors
/// [`PaperError`] when the PDF cannot be made.
pub fn large_summary(summary: &Summary, language: Language) -> Result<Vec<u8>, PaperError> {
    let faces = Faces::load()?;
    let speech = Speech { words: Words::of(language), size: SIZE };
    let title = speech.words.title;
    let mut pen = Pen { faces: &faces, sheet: Sheet::default(), page: 0, y: MARGIN };
    pen.block(Role::Heading(1, title.to_owned()), title, style(TITLE, true, ACCENT), 0.0);
    pen.block(Role::Paragraph, &made_on(summary.at, language), style(SIZE * 0.85, false, MUTED), 0.0);
    pen.runs(Role::Paragraph, &names(summary, speech.words, style(SIZE * 1.2, true, INK)), 0.0);
    pen.block(Role::Paragraph, &identity(summary, &speech), style(SIZE, false, INK), 0.0);
    let Pen { mut sheet, y, .. } = pen;
    let frame = |page, top| Frame { page, x: MARGIN, top, bottom: BOTTOM, width: WIDTH };
    let frames = std::iter::once(frame(0, y + SIZE)).chain((1..PAGES_MAX).map(|page| frame(page, MARGIN))).collect();
    let (setter, mut flow) = (Setter { faces: &faces, size: SIZE }, Flow::new(frames));
    for section in large_sections(summary, &speech, Treatments::Columns) {
        setter.place(&mut sheet, &mut flow, &section);
    }
    number(&mut sheet, &faces);
    paint(&sheet, &faces, &Properties { title, language, at: summary.at })
}

fn style(size: f32, bold: bool, colour: crate::sheet::Colour) -> Style {
    Style { size, bold, colour }
}

fn made_on(at: Moment, language: Language) -> String {
    let words = Words::of(language);
    format!("{} {}", words.as_of, dates::long(dates::day(at), language))
}

/// Writes from the top of the first sheet to the bottom of the last.
struct Pen<'a> {
    faces: &'a Faces,
    sheet: Sheet,
    page: usize,
    y: f32,
}

impl Pen<'_> {
    /// Goes to the next sheet unless so many points are left. `false` when there are enough sheets.
    fn room(&mut self, height: f32) -> bool {
        if self.y + height > BOTTOM {
            self.page += 1;
            self.y = MARGIN;
        }
        self.page < PAGES_MAX
    }

    fn draw(&mut self, wrapped: &Wrapped, indent: f32) {
        if self.room(wrapped.height()) {
            self.y = wrapped.draw(&mut self.sheet, self.page, MARGIN + indent, self.y);
        }
    }

    fn block(&mut self, role: Role, text: &str, style: Style, indent: f32) {
        self.runs(role, &[Run::new(text, style)], indent);
    }

    fn runs(&mut self, role: Role, runs: &[Run], indent: f32) {
        let wrapped = wrap(self.faces, runs, WIDTH - indent).cut(LINES_MAX);
        self.sheet.open(role);
        self.draw(&wrapped, indent);
        self.sheet.close();
    }

    fn section(&mut self, section: &BookletSection) {
        self.y += SIZE;
        // A heading does not stand alone at the foot of a sheet.
        self.room(HEADING * 2.0 + SIZE * 4.0);
        self.sheet.open(Role::Section);
        self.block(Role::Heading(2, section.heading.clone()), &section.heading, style(HEADING, true, ACCENT), 0.0);
        self.y += SIZE * 0.3;
        if !section.lines.is_empty() {
            self.sheet.open(Role::List);
            section.lines.iter().for_each(|line| self.item(line));
            self.sheet.close();
        }
        self.sheet.close();
    }

    fn item(&mut self, line: &str) {
        let indent = SIZE * 1.1;
        let wrapped = wrap(self.faces, &[Run::new(line, style(SIZE, false, INK))], WIDTH - indent).cut(LINES_MAX);
        if !self.room(wrapped.height()) {
            return;
        }
        self.sheet.open(Role::Item);
        self.sheet.open(Role::Label);
        let bullet = wrap(self.faces, &[Run::new("•", style(SIZE, false, MUTED))], indent);
        bullet.draw(&mut self.sheet, self.page, MARGIN, self.y);
        self.sheet.close();
        self.sheet.open(Role::Body);
        self.y = wrapped.draw(&mut self.sheet, self.page, MARGIN + indent, self.y) + SIZE * 0.35;
        self.sheet.close();
        self.sheet.close();
    }
}

/// « 2/5 » at the foot of each sheet, when there are several.
pub(crate) fn number(sheet: &mut Sheet, faces: &Faces) {
    let count = sheet.pages.len();
    for page in (0..count).filter(|_| count > 1) {
        let mut scratch = Sheet::default();
        let text = wrap(faces, &[Run::new(format!("{}/{count}", page + 1), style(SIZE * 0.85, false, MUTED))], 80.0);
        text.draw(&mut scratch, page, A4.0 - MARGIN - text.width(), BOTTOM + 14.0);
        for (place, marks) in scratch.pages.into_iter().enumerate() {
            marks.into_iter().for_each(|(shape, _)| sheet.decorate(place, shape));
        }
    }
}

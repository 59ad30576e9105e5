//! Headings with their lists and tables, set one after the other into frames.

use crate::face::Faces;
use crate::flow::{Run, Wrapped, wrap};
use crate::sheet::{ACCENT, ALARM, Colour, LINE, MUTED, Role, Shape, Sheet, Style};

/// Longest line of a list and longest cell of a table, in lines of text: one source may not fill the sheet alone.
const ITEM_LINES_MAX: usize = 4;
/// Between the columns of a table, in points.
const GUTTER: f32 = 6.0;

/// A heading and what stands under it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    pub(crate) title: Vec<Run>,
    pub(crate) body: Body,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Body {
    Items(Vec<Vec<Run>>),
    /// Words of the head, shares of the width, rows of cells.
    Table {
        heads: Vec<&'static str>,
        shares: Vec<f32>,
        rows: Vec<Vec<Vec<Run>>>,
        last: LastColumn,
    },
}

/// Where the last column of a table stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LastColumn {
    AtLeft,
    /// Amounts, one under the other.
    AtRight,
}

impl Section {
    /// A list under a title.
    pub(crate) fn list(title: &str, items: Vec<Vec<Run>>) -> Self {
        Section { title: vec![Run::new(title, Style { size: 0.0, bold: true, colour: ACCENT })], body: Body::Items(items) }
    }

    /// A table under a title.
    pub(crate) fn table(title: &str, heads: Vec<&'static str>, shares: Vec<f32>, rows: Vec<Vec<Vec<Run>>>) -> Self {
        Section { body: Body::Table { heads, shares, rows, last: LastColumn::AtLeft }, ..Section::list(title, Vec::new()) }
    }

    /// A table whose last column holds amounts.
    pub(crate) fn sums(title: &str, heads: Vec<&'static str>, shares: Vec<f32>, rows: Vec<Vec<Vec<Run>>>) -> Self {
        Section { body: Body::Table { heads, shares, rows, last: LastColumn::AtRight }, ..Section::list(title, Vec::new()) }
    }

    /// Its title in the colour of danger.
    pub(crate) fn alarming(mut self) -> Self {
        self.title.iter_mut().for_each(|run| run.style.colour = ALARM);
        self
    }

    /// Lines of the list, rows of the table.
    pub(crate) fn len(&self) -> usize {
        match &self.body {
            Body::Items(items) => items.len(),
            Body::Table { rows, .. } => rows.len(),
        }
    }

    /// The title in words.
    pub(crate) fn words(&self) -> String {
        self.title.iter().map(|run| run.text.as_str()).collect()
    }

    /// What is left after the first lines, under the title with a word after it.
    pub(crate) fn after(&self, count: usize, word: &str) -> Option<Section> {
        let mut rest = self.clone();
        match &mut rest.body {
            Body::Items(items) => drop(items.drain(..count.min(items.len()))),
            Body::Table { rows, .. } => drop(rows.drain(..count.min(rows.len()))),
        }
        rest.title.extend(self.title.last().map(|last| Run { text: format!(" {word}"), ..last.clone() }));
        (rest.len() > 0).then_some(rest)
    }
}

/// A column of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    pub(crate) page: usize,
    pub(crate) x: f32,
    pub(crate) top: f32,
    pub(crate) bottom: f32,
    pub(crate) width: f32,
}

/// Frames being filled.
#[derive(Debug, Clone)]
pub(crate) struct Flow {
    frames: Vec<Frame>,
    at: usize,
    /// Bottom of what stands in the frame.
    pub(crate) y: f32,
}

impl Flow {
    pub(crate) fn new(frames: Vec<Frame>) -> Self {
        let y = frames.first().map_or(0.0, |frame| frame.top);
        Flow { frames, at: 0, y }
    }

    /// The frame that is being filled.
    pub(crate) fn frame(&self) -> Option<Frame> {
        self.frames.get(self.at).copied()
    }

    /// Where its frames end.
    pub(crate) fn bottom(&self) -> f32 {
        self.frames.last().map_or(0.0, |frame| frame.bottom)
    }

    fn is_at_top(&self) -> bool {
        self.frame().is_some_and(|frame| self.y <= frame.top)
    }

    /// Takes so many points from a frame that has them: which frame, and where they begin.
    pub(crate) fn take(&mut self, height: f32) -> Option<(Frame, f32)> {
        let frame = self.room(height)?;
        let y = self.y;
        self.y += height;
        Some((frame, y))
    }

    /// Goes on until a frame has room for so many points; `None` when none has.
    fn room(&mut self, height: f32) -> Option<Frame> {
        while let Some(frame) = self.frame() {
            if self.y + height <= frame.bottom {
                return Some(frame);
            }
            let next = self.frames.get(self.at + 1).copied()?;
            self.at += 1;
            self.y = next.top;
        }
        None
    }
}

/// How wide the columns of a table are, and where the last one stands.
struct Columns<'a> {
    shares: &'a [f32],
    last: LastColumn,
}

/// Sets sections at one size.
pub(crate) struct Setter<'a> {
    pub(crate) faces: &'a Faces,
    pub(crate) size: f32,
}

impl Setter<'_> {
    /// Sets a section; gives how many of its lines found room.
    pub(crate) fn place(&self, sheet: &mut Sheet, flow: &mut Flow, section: &Section) -> usize {
        let Some(frame) = flow.frame() else { return 0 };
        let title: Vec<Run> = section.title.iter().map(|run| Run { style: Style { size: self.title_size(), ..run.style }, ..run.clone() }).collect();
        let first = self.first_height(section, frame.width);
        let above = if flow.is_at_top() { 0.0 } else { self.size * 0.75 };
        let wrapped = wrap(self.faces, &title, frame.width);
        let Some(frame) = flow.room(above + wrapped.height() + self.size * 0.3 + first) else { return 0 };
        flow.y += if flow.is_at_top() { 0.0 } else { above };
        sheet.open(Role::Section);
        sheet.open(Role::Heading(2, section.words()));
        flow.y = wrapped.draw(sheet, frame.page, frame.x, flow.y);
        sheet.close();
        let colour = title.first().map_or(LINE, |run| if run.style.colour == ALARM { ALARM } else { LINE });
        self.rule(sheet, frame, flow.y + 0.6, colour);
        flow.y += self.size * 0.3;
        let placed = match &section.body {
            Body::Items(items) => self.items(sheet, flow, items),
            Body::Table { heads, shares, rows, last } => self.table(sheet, flow, heads, &Columns { shares, last: *last }, rows),
        };
        sheet.close();
        placed
    }

    fn title_size(&self) -> f32 {
        self.size * 1.1
    }

    /// What has to fit under a title, lest the title stands alone.
    fn first_height(&self, section: &Section, width: f32) -> f32 {
        match &section.body {
            Body::Items(items) => items.first().map_or(0.0, |item| self.item(item, width).height()),
            Body::Table { shares, rows, .. } => {
                let row = rows.first().map_or(0.0, |row| height(&self.cells(row, shares, width)));
                row + self.size * 1.5
            }
        }
    }

    fn item(&self, runs: &[Run], width: f32) -> Wrapped {
        wrap(self.faces, runs, width - self.indent()).cut(ITEM_LINES_MAX)
    }

    fn indent(&self) -> f32 {
        self.size * 0.85
    }

    fn items(&self, sheet: &mut Sheet, flow: &mut Flow, items: &[Vec<Run>]) -> usize {
        sheet.open(Role::List);
        let mut placed = 0;
        for runs in items {
            let Some(width) = flow.frame().map(|frame| frame.width) else { break };
            let wrapped = self.item(runs, width);
            let Some(frame) = flow.room(wrapped.height()) else { break };
            sheet.open(Role::Item);
            sheet.open(Role::Label);
            let bullet = Run::new("•", Style { size: self.size, bold: false, colour: MUTED });
            wrap(self.faces, &[bullet], frame.width).draw(sheet, frame.page, frame.x, flow.y);
            sheet.close();
            sheet.open(Role::Body);
            flow.y = wrapped.draw(sheet, frame.page, frame.x + self.indent(), flow.y) + self.size * 0.08;
            sheet.close();
            sheet.close();
            placed += 1;
        }
        sheet.close();
        placed
    }

    fn table(&self, sheet: &mut Sheet, flow: &mut Flow, heads: &[&'static str], columns: &Columns<'_>, rows: &[Vec<Vec<Run>>]) -> usize {
        sheet.open(Role::Table);
        let style = Style { size: self.size * 0.85, bold: false, colour: MUTED };
        let head: Vec<Vec<Run>> = heads.iter().map(|word| vec![Run::new(*word, style)]).collect();
        sheet.open(Role::TableHead);
        self.row(sheet, flow, &head, columns, true);
        sheet.close();
        sheet.open(Role::TableBody);
        let placed = rows.iter().take_while(|row| self.row(sheet, flow, row, columns, false)).count();
        sheet.close();
        sheet.close();
        placed
    }

    /// Sets a row; `false` when no frame has room for it.
    fn row(&self, sheet: &mut Sheet, flow: &mut Flow, cells: &[Vec<Run>], columns: &Columns<'_>, is_head: bool) -> bool {
        let Some(width) = flow.frame().map(|frame| frame.width) else { return false };
        let cells = self.cells(cells, columns.shares, width);
        let padding = self.size * 0.12;
        let Some(frame) = flow.room(height(&cells) + 2.0 * padding) else { return false };
        sheet.open(Role::Row);
        let mut x = frame.x;
        for (place, (cell, share)) in cells.iter().zip(columns.shares).enumerate() {
            sheet.open(match (is_head, place) {
                (true, _) => Role::ColumnHeader,
                (false, 0) => Role::RowHeader,
                (false, _) => Role::Cell,
            });
            let is_amount = columns.last == LastColumn::AtRight && place + 1 == cells.len();
            let shift = if is_amount { share * width - cell.width() } else { 0.0 };
            cell.draw(sheet, frame.page, x + shift, flow.y + padding);
            sheet.close();
            x += share * width;
        }
        sheet.close();
        flow.y += height(&cells) + 2.0 * padding;
        self.rule(sheet, frame, flow.y, LINE);
        true
    }

    fn cells(&self, cells: &[Vec<Run>], shares: &[f32], width: f32) -> Vec<Wrapped> {
        let wrapped = cells.iter().zip(shares).map(|(runs, share)| wrap(self.faces, runs, share * width - GUTTER).cut(ITEM_LINES_MAX));
        wrapped.collect()
    }

    fn rule(&self, sheet: &mut Sheet, frame: Frame, y: f32, colour: Colour) {
        sheet.decorate(frame.page, Shape::Stroke { from: (frame.x, y), to: (frame.x + frame.width, y), colour, dashed: false });
    }
}

fn height(cells: &[Wrapped]) -> f32 {
    cells.iter().map(Wrapped::height).fold(0.0, f32::max)
}

//! What stands where on which page, and what it is to a reader who cannot see: drawn later in one go, measured before by throwing it away.

/// Points of an A4 page.
pub(crate) const A4: (f32, f32) = (595.28, 841.89);

/// Points of a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) u8, pub(crate) u8, pub(crate) u8);

pub(crate) const INK: Colour = Colour(0x1b, 0x1b, 0x1f);
/// Beside the point: sources, dates. 7:1 on white.
pub(crate) const MUTED: Colour = Colour(0x55, 0x55, 0x5c);
pub(crate) const ACCENT: Colour = Colour(0x12, 0x3b, 0x6d);
/// Danger, which words say too.
pub(crate) const ALARM: Colour = Colour(0x9f, 0x12, 0x1f);
pub(crate) const TINT: Colour = Colour(0xee, 0xf2, 0xf8);
pub(crate) const LINE: Colour = Colour(0xb9, 0xc3, 0xd1);

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) colour: Colour,
}

/// A rectangle, from the top left corner of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// Settable text; `y` is its base line.
    Text {
        text: String,
        x: f32,
        y: f32,
        style: Style,
        language: Option<&'static str>,
    },
    Filled(Area, Colour),
    /// A line, dashed where something is cut or folded.
    Stroke {
        from: (f32, f32),
        to: (f32, f32),
        colour: Colour,
        dashed: bool,
    },
    /// The dark squares of a QR code, each with the same side.
    Squares {
        corners: Vec<(f32, f32)>,
        side: f32,
    },
}

/// What a part of the sheet is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Role {
    Section,
    /// A heading with its level and words.
    Heading(u16, String),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table,
    TableHead,
    TableBody,
    Row,
    ColumnHeader,
    RowHeader,
    Cell,
    /// A picture with the words that stand for it.
    Figure(String),
}

/// A part of the structure: its children are parts and marks in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    pub(crate) role: Role,
    pub(crate) children: Vec<Child>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Child {
    /// By its place in [`Sheet::parts`].
    Part(usize),
    /// By its page and its place there.
    Mark(usize, usize),
}

/// The pages and their structure.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    /// Each mark, with whether it belongs to a part; what does not is decoration.
    pub(crate) pages: Vec<Vec<(Shape, bool)>>,
    pub(crate) parts: Vec<Part>,
    /// Parts and marks that stand in no other.
    pub(crate) roots: Vec<usize>,
    open: Vec<usize>,
}

impl Sheet {
    /// Opens a part inside the one that is open.
    pub(crate) fn open(&mut self, role: Role) {
        let place = self.parts.len();
        self.parts.push(Part { role, children: Vec::new() });
        match self.open.last().and_then(|parent| self.parts.get_mut(*parent)) {
            Some(parent) => parent.children.push(Child::Part(place)),
            None => self.roots.push(place),
        }
        self.open.push(place);
    }

    /// Closes the part that is open.
    pub(crate) fn close(&mut self) {
        self.open.pop();
    }

    /// Draws something that belongs to the open part.
    pub(crate) fn draw(&mut self, page: usize, shape: Shape) {
        let Some(part) = self.open.last().and_then(|open| self.parts.get_mut(*open)) else { return self.decorate(page, shape) };
        let place = self.pages.get(page).map_or(0, Vec::len);
        part.children.push(Child::Mark(page, place));
        self.push(page, shape, true);
    }

    /// Draws something that says nothing: lines, backgrounds, page numbers.
    pub(crate) fn decorate(&mut self, page: usize, shape: Shape) {
        self.push(page, shape, false);
    }

    fn push(&mut self, page: usize, shape: Shape, belongs: bool) {
        if self.pages.len() <= page {
            self.pages.resize(page + 1, Vec::new());
        }
        if let Some(marks) = self.pages.get_mut(page) {
            marks.push((shape, belongs));
        }
    }
}

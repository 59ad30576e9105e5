//! From a sheet to the bytes of a tagged PDF.

use std::num::NonZeroU16;

use dmp_core::moment::Moment;
use dmp_core::record::Language;
use jiff::tz::TimeZone;
use krilla::configure::{Accessibility, ConfigurationBuilder, PdfVersion};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use krilla::{Document, SerializeSettings, color::rgb};

use crate::PaperError;
use crate::face::Faces;
use crate::sheet::{A4, Area, Child, Colour, Role, Shape, Sheet};

/// What the properties of the file say.
pub(crate) struct Properties {
    /// Neutral: no name, no illness.
    pub(crate) title: &'static str,
    pub(crate) language: Language,
    pub(crate) at: Moment,
}

/// Identifiers of the marks of each page, to hang into the structure.
type Identifiers = Vec<Vec<Option<Identifier>>>;

/// Writes the sheet as PDF/UA-1.
///
/// # Errors
/// [`PaperError::Pdf`] when the writer finds what the standard forbids.
pub(crate) fn paint(sheet: &Sheet, faces: &Faces, properties: &Properties) -> Result<Vec<u8>, PaperError> {
    let configuration = ConfigurationBuilder::new()
        .with_version(PdfVersion::Pdf17)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| PaperError::Pdf)?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut identifiers: Identifiers = Vec::new();
    for marks in &sheet.pages {
        let settings = PageSettings::from_wh(A4.0, A4.1).ok_or(PaperError::Pdf)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        identifiers.push(marks.iter().map(|(shape, belongs)| draw(&mut surface, faces, shape, *belongs)).collect());
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(properties.language.code().to_owned()));
    let mut outline = Outline::new();
    for root in &sheet.roots {
        if let Some(group) = group(sheet, *root, &mut identifiers, &mut outline) {
            tree.push(group);
        }
    }
    document.set_tag_tree(tree);
    document.set_outline(outline);
    document.set_metadata(metadata(properties));
    document.finish().map_err(|_| PaperError::Pdf)
}

fn metadata(properties: &Properties) -> Metadata {
    let at = properties.at.timestamp().to_zoned(TimeZone::UTC);
    let number = |number: i8| number.unsigned_abs();
    let made = DateTime::new(at.year().unsigned_abs()).month(number(at.month())).day(number(at.day())).hour(number(at.hour()));
    let made = made.minute(number(at.minute())).second(number(at.second())).utc_offset_hour(0).utc_offset_minute(0);
    Metadata::new().title(properties.title.to_owned()).language(properties.language.code().to_owned()).creator("dmp".to_owned()).creation_date(made)
}

/// Draws one mark; gives what hangs it into the structure, unless it is decoration.
fn draw(surface: &mut Surface<'_>, faces: &Faces, shape: &Shape, belongs: bool) -> Option<Identifier> {
    let tag = match shape {
        _ if !belongs => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        Shape::Text { language, .. } => ContentTag::Span(SpanTag::empty().with_lang(*language)),
        Shape::Filled(..) | Shape::Stroke { .. } | Shape::Squares { .. } => ContentTag::Other,
    };
    let identifier = surface.start_tagged(tag);
    match shape {
        Shape::Text { text, x, y, style, .. } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(style.colour)));
            let face = faces.of(style.bold);
            surface.draw_glyphs(Point::from_xy(*x, *y), &face.glyphs(text), face.font.clone(), text, style.size, false);
        }
        Shape::Filled(area, colour) => fill_path(surface, rectangle(*area), *colour),
        Shape::Squares { corners, side } => {
            let mut path = PathBuilder::new();
            for (x, y) in corners {
                Rect::from_xywh(*x, *y, *side, *side).into_iter().for_each(|square| path.push_rect(square));
            }
            fill_path(surface, path.finish(), Colour(0, 0, 0));
        }
        Shape::Stroke { from, to, colour, dashed } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            let dash = dashed.then(|| StrokeDash { array: vec![3.0, 2.0], offset: 0.0 });
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke { paint: paint_of(*colour).into(), width: 0.6, dash, ..Stroke::default() }));
            path.finish().iter().for_each(|path| surface.draw_path(path));
        }
    }
    surface.end_tagged();
    belongs.then_some(identifier)
}

fn fill_path(surface: &mut Surface<'_>, path: Option<Path>, colour: Colour) {
    surface.set_stroke(None);
    surface.set_fill(Some(fill(colour)));
    path.iter().for_each(|path| surface.draw_path(path));
}

fn rectangle(area: Area) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(area.x, area.y, area.width, area.height)?);
    path.finish()
}

fn paint_of(colour: Colour) -> rgb::Color {
    rgb::Color::new(colour.0, colour.1, colour.2)
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: paint_of(colour).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

/// A part with everything in it; `None` when nothing is.
fn group(sheet: &Sheet, place: usize, identifiers: &mut Identifiers, outline: &mut Outline) -> Option<TagGroup> {
    let part = sheet.parts.get(place)?;
    if let Role::Heading(_, words) = &part.role {
        outline.push_child(OutlineNode::new(words.clone(), destination(sheet, &part.children)));
    }
    let mut group = TagGroup::new(tag(&part.role));
    for child in &part.children {
        let node: Option<Node> = match child {
            Child::Part(place) => self::group(sheet, *place, identifiers, outline).map(Node::from),
            Child::Mark(page, mark) => identifiers.get_mut(*page).and_then(|page| page.get_mut(*mark)).and_then(Option::take).map(Node::from),
        };
        node.into_iter().for_each(|node| group.push(node));
    }
    (!group.children.is_empty()).then_some(group)
}

/// Where a heading stands, a little above its letters.
fn destination(sheet: &Sheet, children: &[Child]) -> XyzDestination {
    let place = children.iter().find_map(|child| match child {
        Child::Mark(page, mark) => match sheet.pages.get(*page)?.get(*mark)? {
            (Shape::Text { x, y, style, .. }, _) => Some((*page, Point::from_xy(*x, (y - style.size).max(0.0)))),
            _ => None,
        },
        Child::Part(_) => None,
    });
    let (page, point) = place.unwrap_or((0, Point::from_xy(0.0, 0.0)));
    XyzDestination::new(page, point)
}

fn tag(role: &Role) -> TagKind {
    match role {
        Role::Section => Tag::Section.into(),
        Role::Heading(level, words) => Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(words.clone())).into(),
        Role::Paragraph => Tag::P.into(),
        Role::List => Tag::L(ListNumbering::Disc).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::Body => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::TableHead => Tag::THead.into(),
        Role::TableBody => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHeader => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHeader => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell => Tag::TD.into(),
        Role::Figure(words) => Tag::Figure(Some(words.clone())).into(),
    }
}

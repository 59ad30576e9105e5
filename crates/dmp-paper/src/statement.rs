//! What a payee is due for a month, for who keeps their books: one line an opening, by day and reference, and the total. No person is named.

use std::collections::BTreeMap;

use dmp_core::calendar::{Month, civil, spoken};
use dmp_core::moment::Moment;
use dmp_core::record::Language;
use dmp_core::remuneration::{Statement, StatementLine};

use crate::PaperError;
use crate::booklet::{BOTTOM, MARGIN, WIDTH, number};
use crate::dates;
use crate::face::Faces;
use crate::flow::{Run, Wrapped, wrap};
use crate::paint::{Properties, paint};
use crate::section::{Flow, Frame, Section, Setter};
use crate::sheet::{ACCENT, Area, INK, MUTED, Role, Shape, Sheet, Style, TINT};

/// Neutral: it stands in the properties of the file.
const TITLE: &str = "Relevé de rémunération des ouvertures";
const SIZE: f32 = 9.4;
/// Twenty openings an hour, all month: more is a mistake of somebody.
const PAGES_MAX: usize = 400;
/// Inside the coloured box.
const INSET: f32 = 11.0;

/// A statement and how it came to stand.
#[derive(Debug, Clone, Copy)]
pub struct StatementSheet<'a> {
    pub statement: &'a Statement,
    pub month: Month,
    /// When the month was closed. The same statement gives the same bytes.
    pub closed_at: Moment,
}

/// The statement of a month as a tagged PDF, in French.
///
/// # Errors
/// [`PaperError`] when the PDF cannot be made, or when its lines do not all find room: a statement that lacks one is none.
pub fn statement(sheet: &StatementSheet<'_>) -> Result<Vec<u8>, PaperError> {
    let faces = Faces::load()?;
    let mut pages = Sheet::default();
    let top = head(&mut pages, &faces, sheet);
    let setter = Setter { faces: &faces, size: SIZE };
    let frame = |page, top| Frame { page, x: MARGIN, top, bottom: BOTTOM, width: WIDTH };
    let mut flow = Flow::new(vec![frame(0, top)]);
    let totals = totals(sheet.statement);
    if setter.place(&mut pages, &mut flow, &totals) != totals.len() {
        return Err(PaperError::Pdf);
    }
    let below = notes(&mut pages, &faces, sheet.statement, flow.y + SIZE);
    let lines = lines(sheet.statement);
    let (mut placed, mut left) = (0, Some(lines.clone()));
    for page in 0..PAGES_MAX {
        let Some(section) = &left else { break };
        // Each page has the words of the head: a new table on each.
        let mut flow = Flow::new(vec![frame(page, if page == 0 { below } else { MARGIN })]);
        placed += setter.place(&mut pages, &mut flow, section);
        left = lines.after(placed, if placed == 0 { "" } else { "(suite)" });
    }
    if left.is_some() {
        return Err(PaperError::Pdf);
    }
    number(&mut pages, &faces);
    paint(&pages, &faces, &Properties { title: TITLE, language: Language::French, at: sheet.closed_at })
}

/// Title, month and payee; gives where the rest begins.
fn head(pages: &mut Sheet, faces: &Faces, sheet: &StatementSheet<'_>) -> f32 {
    let style = |size, bold, colour| Style { size, bold, colour };
    let paragraph = |pages: &mut Sheet, text: &Wrapped, x, y| {
        pages.open(Role::Paragraph);
        let bottom = text.draw(pages, 0, x, y);
        pages.close();
        bottom
    };
    pages.open(Role::Heading(1, TITLE.to_owned()));
    let y = wrap(faces, &[Run::new(TITLE, style(17.0, true, ACCENT))], WIDTH).draw(pages, 0, MARGIN, MARGIN);
    pages.close();
    let (first, last) = (spoken(civil(sheet.month.first_day()), Language::French), spoken(civil(sheet.month.last_day()), Language::French));
    let period = format!("Dossiers médicaux partagés ouverts du {first} au {last}");
    let y = paragraph(pages, &wrap(faces, &[Run::new(period, style(11.0, false, INK))], WIDTH), MARGIN, y + 2.0) + 8.0;

    let payee = &sheet.statement.payee;
    let name = if sheet.statement.name.trim().is_empty() { payee } else { &sheet.statement.name };
    let closed = format!("Mois clos le {}.", dates::long(dates::day(sheet.closed_at), Language::French));
    let inside = WIDTH - 2.0 * INSET;
    let texts = [
        wrap(faces, &[Run::new(name.as_str(), style(12.0, true, INK))], inside).cut(2),
        wrap(faces, &[Run::new(format!("Identifiant : {payee}"), style(SIZE, false, INK))], inside).cut(2),
        wrap(faces, &[Run::new(closed, style(SIZE, false, MUTED))], inside),
    ];
    let height = texts.iter().map(Wrapped::height).sum::<f32>() + INSET;
    pages.decorate(0, Shape::Filled(Area { x: MARGIN, y, width: WIDTH, height }, TINT));
    let mut inner = y + INSET / 2.0;
    for text in &texts {
        inner = paragraph(pages, text, MARGIN + INSET, inner);
    }
    y + height + 12.0
}

/// How many lines there are of each amount, and what they come to.
fn totals(statement: &Statement) -> Section {
    let mut groups: BTreeMap<(bool, i64), (i64, i64)> = BTreeMap::new();
    for line in &statement.lines {
        let (count, cents) = groups.entry((line.cents < 0, line.cents)).or_default();
        *count += 1;
        *cents += line.cents;
    }
    let row = |((taken_back, each), (count, cents)): ((bool, i64), (i64, i64))| {
        let what = if taken_back { "Ouvertures annulées, reprises" } else { "Ouvertures" };
        [what.to_owned(), count.to_string(), euros(each), euros(cents)].map(|text| plain(&text)).to_vec()
    };
    let sum = ["Total dû".to_owned(), String::new(), String::new(), euros(statement.cents())].map(|text| bold(&text)).to_vec();
    let rows = groups.into_iter().map(row).chain([sum]).collect();
    Section::sums("Total du mois", vec!["Quoi", "Nombre", "Tarif", "Montant"], vec![0.46, 0.14, 0.2, 0.2], rows)
}

/// One line an opening, or an opening that is taken back.
fn lines(statement: &Statement) -> Section {
    let row = |line: &StatementLine| {
        let what = if line.cents < 0 { format!("Reprise de l'ouverture du {}", day(line.opened)) } else { "Ouverture".to_owned() };
        [day(line.day), line.receipt.clone(), what, euros(line.cents)].map(|text| plain(&text)).to_vec()
    };
    let sum = ["Total".to_owned(), String::new(), String::new(), euros(statement.cents())].map(|text| bold(&text)).to_vec();
    let rows = statement.lines.iter().map(row).chain([sum]).collect();
    Section::sums("Lignes", vec!["Jour", "Référence du reçu", "Nature", "Montant"], vec![0.16, 0.3, 0.38, 0.16], rows)
}

/// What a reader has to know; gives where they end.
fn notes(pages: &mut Sheet, faces: &Faces, statement: &Statement, top: f32) -> f32 {
    let negative = "Ce total est négatif : il est déduit des mois suivants avant tout paiement.";
    let tariff = "Une ouverture est payée au tarif du jour où elle a eu lieu ; une ouverture annulée est reprise au même tarif. \
                  Ce relevé ne nomme aucune personne : la référence est celle du reçu remis à l'ouverture.";
    let mut y = top;
    for text in (statement.cents() < 0).then_some(negative).into_iter().chain([tariff]) {
        pages.open(Role::Paragraph);
        y = wrap(faces, &[Run::new(text, Style { size: SIZE, bold: false, colour: MUTED })], WIDTH).draw(pages, 0, MARGIN, y) + SIZE * 0.4;
        pages.close();
    }
    y + SIZE
}

fn plain(text: &str) -> Vec<Run> {
    vec![Run::new(text, Style { size: SIZE, bold: false, colour: INK })]
}

fn bold(text: &str) -> Vec<Run> {
    vec![Run::new(text, Style { size: SIZE, bold: true, colour: INK })]
}

/// « 03/12/2018 ».
fn day(number: i32) -> String {
    civil(number).strftime("%d/%m/%Y").to_string()
}

/// « 1 234,56 € »; a true minus before what is taken back.
fn euros(cents: i64) -> String {
    let whole = (cents.unsigned_abs() / 100).to_string();
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    let sign = if cents < 0 { "−" } else { "" };
    format!("{sign}{grouped},{:02}\u{a0}€", cents.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_are_written_as_french_books_write_them() {
        assert_eq!(
            [0, 7, -150, 123_456, 100_000_000].map(euros),
            ["0,00\u{a0}€", "0,07\u{a0}€", "−1,50\u{a0}€", "1\u{a0}234,56\u{a0}€", "1\u{a0}000\u{a0}000,00\u{a0}€"]
        );
    }
}

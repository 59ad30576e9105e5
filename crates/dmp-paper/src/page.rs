//! The summary on one page: who, then allergies, problems and treatments, then as much of the rest as there is room for.

use dmp_core::identity::PersonName;
use dmp_core::record::Language;
use dmp_core::summary::{Heading, Knowledge, Summary};

use crate::PaperError;
use crate::dates;
use crate::face::Faces;
use crate::flow::{Run, wrap};
use crate::paint::{Properties, paint};
use crate::say::Speech;
use crate::section::{Flow, Frame, Section, Setter};
use crate::sheet::{A4, ACCENT, ALARM, Area, INK, MUTED, Role, Shape, Sheet, Style, TINT};
use crate::words::Words;

const MARGIN: f32 = 34.0;
const WIDTH: f32 = A4.0 - 2.0 * MARGIN;
/// Between two columns.
const GAP: f32 = 16.0;
const COLUMN: f32 = (WIDTH - GAP) / 2.0;
/// Room for the sentences at the foot.
const FOOT: f32 = 48.0;
const FOOT_SIZE: f32 = 7.2;
/// Below the foot.
const FOOT_MARGIN: f32 = 28.0;
/// Sizes of letters that are tried, from what reads well to what still can be read.
const SIZES: [f32; 5] = [9.4, 8.8, 8.2, 7.6, 7.0];
/// The same where treatments stand in two columns, without a table.
const NARROW_SIZES: [f32; 3] = [7.6, 7.0, 6.4];

/// Given names of more letters than this may not fit beside the family's.
const GIVEN_LONG: usize = 40;

/// How treatments are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Treatments {
    Table,
    /// Two columns of lines: more of them on a page.
    Columns,
}

/// How a summary is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SummaryOptions<'a> {
    pub language: Language,
    /// Allows a second page (« suite ») for what the first one has no room for.
    pub continued: bool,
    /// Whom it is printed for, at the foot; empty for nobody in particular.
    pub printed_for: &'a str,
}

/// The summary as an A4 page. The first page always holds allergies, problems and treatments; what finds no room is named at its foot.
///
/// # Errors
/// [`PaperError`] when the PDF cannot be made.
pub fn summary(summary: &Summary, options: &SummaryOptions<'_>) -> Result<Vec<u8>, PaperError> {
    let faces = Faces::load()?;
    // The largest letters among those that leave the least out; of two that leave nothing out, the one on fewer pages.
    let best = |sizes: &[f32], form| {
        let composed = sizes.iter().map(|size| compose(&faces, summary, options, form, *size));
        composed.min_by_key(|one| (one.vital_left_out, one.left_out, one.sheet.pages.len())).ok_or(PaperError::Pdf)
    };
    let mut best_sheet = best(&SIZES, Treatments::Table)?;
    if best_sheet.vital_left_out > 0 {
        best_sheet = best(&NARROW_SIZES, Treatments::Columns)?;
    }
    let properties = Properties { title: Words::of(options.language).title, language: options.language, at: summary.at };
    paint(&best_sheet.sheet, &faces, &properties)
}

/// A sheet and how many lines found no room on it.
pub(crate) struct Composed {
    pub(crate) sheet: Sheet,
    /// Of allergies, problems and treatments on the first page.
    pub(crate) vital_left_out: usize,
    pub(crate) left_out: usize,
}

/// Sets everything at one size of letters.
pub(crate) fn compose(faces: &Faces, summary: &Summary, options: &SummaryOptions<'_>, form: Treatments, size: f32) -> Composed {
    let speech = Speech { words: Words::of(options.language), size };
    let setter = Setter { faces, size };
    let mut sheet = Sheet::default();
    let top = head(&mut sheet, faces, summary, &speech);
    let bottom = A4.1 - FOOT_MARGIN - FOOT;

    let mut left_over = Vec::new();
    let mut place = |sheet: &mut Sheet, flow: &mut Flow, section: &Section| {
        let placed = setter.place(sheet, flow, section);
        left_over.extend(section.after(placed, if placed > 0 { speech.words.continued } else { "" }));
    };
    // Beside each other, at most half of what there is, so that treatments come to stand on the same page.
    let half = top + (bottom - top) * 0.5;
    let mut left = Flow::new(vec![Frame { page: 0, x: MARGIN, top, bottom: half, width: COLUMN }]);
    let mut right = Flow::new(vec![Frame { page: 0, x: MARGIN + COLUMN + GAP, top, bottom: half, width: COLUMN }]);
    place(&mut sheet, &mut left, &allergies(summary, &speech));
    place(&mut sheet, &mut right, &problems(summary, &speech));
    let mut rest = rest(summary, &speech);
    fill_shorter(&mut sheet, &setter, &mut left, &mut right, &mut rest);
    let below = left.y.max(right.y) + size * 0.9;
    let section = treatments(summary, &speech, form);
    let mut full = match form {
        Treatments::Table => Flow::new(vec![Frame { page: 0, x: MARGIN, top: below, bottom, width: WIDTH }]),
        Treatments::Columns => Flow::new(balanced(&setter, std::slice::from_ref(&section), columns(0, below, bottom).to_vec())),
    };
    let reached = full.bottom();
    place(&mut sheet, &mut full, &section);
    let reached = if form == Treatments::Table { full.y } else { reached };
    let vital_left_out = left_over.iter().map(Section::len).sum();

    left_over.append(&mut rest);
    let mut frames = columns(0, reached + size * 0.9, bottom).to_vec();
    if options.continued {
        frames.extend(columns(1, MARGIN + 18.0, A4.1 - MARGIN));
    }
    let frames = balanced(&setter, &left_over, frames);
    let mut flow = Flow::new(frames);
    let mut missing = Vec::new();
    for section in &left_over {
        let placed = setter.place(&mut sheet, &mut flow, section);
        if placed < section.len() {
            missing.push((section.words(), section.len() - placed));
        }
    }
    foot(&mut sheet, faces, summary, options, &missing);
    if sheet.pages.len() > 1 {
        second_head(&mut sheet, faces, summary, &speech);
    }
    Composed { sheet, vital_left_out, left_out: missing.iter().map(|(_, count)| count).sum() }
}

fn columns(page: usize, top: f32, bottom: f32) -> [Frame; 2] {
    [MARGIN, MARGIN + COLUMN + GAP].map(|x| Frame { page, x, top, bottom, width: COLUMN })
}

/// Puts the next small sections under the shorter of two columns for as long as they make neither longer.
fn fill_shorter(sheet: &mut Sheet, setter: &Setter<'_>, left: &mut Flow, right: &mut Flow, rest: &mut Vec<Section>) {
    loop {
        let (shorter, longer) = if left.y <= right.y { (&mut *left, right.y) } else { (&mut *right, left.y) };
        let (Some(frame), Some(section)) = (shorter.frame(), rest.first()) else { return };
        let trial = Frame { top: shorter.y + setter.size * 0.75, bottom: longer + setter.size, ..frame };
        let mut flow = Flow::new(vec![trial]);
        if setter.place(&mut Sheet::default(), &mut flow.clone(), section) < section.len() {
            return;
        }
        setter.place(sheet, &mut flow, section);
        shorter.y = flow.y;
        rest.remove(0);
    }
}

/// Ends the columns of the first page at the same height when everything fits there.
fn balanced(setter: &Setter<'_>, sections: &[Section], frames: Vec<Frame>) -> Vec<Frame> {
    let Some(first) = frames.first().copied() else { return frames };
    let fits = |bottom: f32| {
        let mut flow = Flow::new(columns(first.page, first.top, bottom).to_vec());
        let mut sheet = Sheet::default();
        sections.iter().all(|section| setter.place(&mut sheet, &mut flow, section) == section.len())
    };
    if !fits(first.bottom) {
        return frames;
    }
    let (mut short, mut long) = (first.top, first.bottom);
    while long - short > 0.5 * setter.size {
        let middle = (short + long) / 2.0;
        if fits(middle) { long = middle } else { short = middle }
    }
    columns(first.page, first.top, long).to_vec()
}

/// Title and person; gives where the rest begins.
fn head(sheet: &mut Sheet, faces: &Faces, summary: &Summary, speech: &Speech) -> f32 {
    let words = speech.words;
    let large = |size, bold, colour| Style { size, bold, colour };
    sheet.open(Role::Heading(1, words.title.to_owned()));
    let title = wrap(faces, &[Run::new(words.title, large(17.0, true, ACCENT))], WIDTH * 0.6);
    title.draw(sheet, 0, MARGIN, MARGIN - 8.0);
    sheet.close();
    let moment = format!(
        "{} {} {} {}",
        words.as_of,
        dates::long(dates::day(summary.at), words.language),
        words.at_hour,
        dates::time(summary.at, words.language)
    );
    let made = wrap(faces, &[Run::new(moment, large(9.0, false, MUTED))], WIDTH * 0.4);
    sheet.open(Role::Paragraph);
    made.draw(sheet, 0, MARGIN + WIDTH - made.width(), MARGIN - 0.5);
    sheet.close();

    let top = MARGIN + 18.0;
    let texts = [
        wrap(faces, &names(summary, words, large(12.5, true, INK)), WIDTH - 20.0).cut(4),
        wrap(faces, &[Run::new(identity(summary, speech), large(9.2, false, INK))], WIDTH - 20.0).cut(2),
        wrap(faces, &medecin_traitant(summary, speech), WIDTH - 20.0).cut(2),
    ];
    let height: f32 = texts.iter().map(crate::flow::Wrapped::height).sum();
    sheet.decorate(0, Shape::Filled(Area { x: MARGIN, y: top, width: WIDTH, height: height + 11.0 }, TINT));
    sheet.decorate(0, Shape::Filled(Area { x: MARGIN, y: top, width: 3.0, height: height + 11.0 }, ACCENT));
    let mut y = top + 4.5;
    for text in &texts {
        sheet.open(Role::Paragraph);
        y = text.draw(sheet, 0, MARGIN + 11.0, y);
        sheet.close();
    }
    top + height + 11.0 + 10.0
}

/// The name in use, and that of birth when it is another one.
pub(crate) fn names(summary: &Summary, words: &Words, style: Style) -> Vec<Run> {
    let traits = &summary.person.traits;
    let (shown, birth) = (display(traits.shown_name()), display(&traits.birth_name));
    let other = (shown != birth).then(|| format!(" ({} {birth})", words.birth_name));
    let other = other.map(|text| Run::new(text, Style { size: style.size * 0.75, bold: false, ..style }));
    std::iter::once(Run::new(shown, style)).chain(other).collect()
}

/// A long name begins with the family's: should it be cut, that stays.
fn display(name: &PersonName) -> String {
    if name.given.chars().count() > GIVEN_LONG { format!("{} {}", name.family, name.given) } else { name.display() }
}

/// Birth, sex and number.
pub(crate) fn identity(summary: &Summary, speech: &Speech) -> String {
    format!("{} · {}\u{a0}{}", speech.birth_and_sex(summary), speech.words.ins, grouped(summary.person.ins.matricule()))
}

/// « 2 79 03 51 215 189 89 ».
fn grouped(matricule: &str) -> String {
    let mut out = String::new();
    for (place, one) in matricule.chars().enumerate() {
        if matches!(place, 1 | 3 | 5 | 7 | 10 | 13) {
            out.push('\u{a0}');
        }
        out.push(one);
    }
    out
}

fn medecin_traitant(summary: &Summary, speech: &Speech) -> Vec<Run> {
    let style = Style { size: 9.2, bold: false, colour: INK };
    let label = format!("{}{}", speech.words.medecin_traitant, speech.words.colon);
    vec![Run::new(label, Style { colour: MUTED, ..style }), Run::new(speech.party(summary.person.medecin_traitant.as_ref()), style)]
}

fn allergies(summary: &Summary, speech: &Speech) -> Section {
    Section::list(speech.words.allergies, speech.heading(&summary.allergies, speech.words.no_allergy)).alarming()
}

fn problems(summary: &Summary, speech: &Speech) -> Section {
    Section::list(speech.words.problems, speech.heading(&summary.problems, speech.words.no_problem))
}

fn treatments(summary: &Summary, speech: &Speech, form: Treatments) -> Section {
    let words = speech.words;
    if summary.treatments.lines.is_empty() {
        return Section::list(words.treatments, speech.heading(&summary.treatments, words.no_treatment));
    }
    if form == Treatments::Columns {
        let lines = summary.treatments.lines.iter().map(|line| speech.treatment_line(line));
        return Section::list(words.treatments, lines.chain(speech.denial(&summary.treatments)).collect());
    }
    let mut rows: Vec<Vec<Vec<Run>>> = summary.treatments.lines.iter().map(|line| speech.treatment(line)).collect();
    rows.extend(speech.denial(&summary.treatments).map(|denial| vec![denial, Vec::new(), Vec::new(), Vec::new()]));
    Section::table(words.treatments, vec![words.medicine, words.dose, words.since_column, words.last_trace], vec![0.34, 0.28, 0.11, 0.27], rows)
}

/// Every section one after the other, for large letters.
pub(crate) fn large_sections(summary: &Summary, speech: &Speech, form: Treatments) -> Vec<Section> {
    let vital = [allergies(summary, speech), problems(summary, speech), treatments(summary, speech, form)];
    vital.into_iter().chain(rest(summary, speech)).collect()
}

/// Everything else that there is something to say of, the most urgent first.
fn rest(summary: &Summary, speech: &Speech) -> Vec<Section> {
    let words = speech.words;
    let list = |title: &str, heading: &Heading| {
        let says = heading.knowledge != Knowledge::NoInformation || !heading.lines.is_empty();
        says.then(|| Section::list(title, speech.heading(heading, words.none_known)))
    };
    let items = |title: &str, items: Vec<Vec<Run>>| (!items.is_empty()).then(|| Section::list(title, items));
    let sections = [
        list(words.attention, &summary.attention),
        list(words.pregnancies, &summary.pregnancies),
        list(words.devices, &summary.devices),
        items(words.due, summary.due.iter().map(|due| speech.due(due)).collect()),
        results(summary, speech),
        list(words.history, &summary.history),
        list(words.procedures, &summary.procedures),
        list(words.stays, &summary.stays),
        list(words.directives, &summary.directives),
        items(words.team, summary.team.iter().take(TEAM_PRINTED).map(|carer| speech.carer(carer)).collect()),
        list(words.contacts, &summary.contacts),
        list(words.vaccinations, &summary.vaccinations),
        list(words.imaging, &summary.imaging),
        list(words.risks, &summary.risks),
        list(words.family_history, &summary.family_history),
        list(words.functions, &summary.functions),
        list(words.plans, &summary.plans),
        items(words.missing, summary.missing.iter().map(|missing| speech.missing(missing)).collect()),
        list(words.past_treatments, &summary.past_treatments),
    ];
    sections.into_iter().flatten().collect()
}

/// Professionals named on paper.
const TEAM_PRINTED: usize = 6;

fn results(summary: &Summary, speech: &Speech) -> Option<Section> {
    let words = speech.words;
    let rows: Vec<Vec<Vec<Run>>> = summary.results.iter().map(|series| speech.series(series)).collect();
    let heads = vec![words.analysis, words.value, words.date, words.normal, words.earlier];
    (!rows.is_empty()).then(|| Section::table(words.results, heads, vec![0.28, 0.22, 0.22, 0.13, 0.15], rows))
}

/// What the sheet is worth, what it leaves out, whom it is for.
fn foot(sheet: &mut Sheet, faces: &Faces, summary: &Summary, options: &SummaryOptions<'_>, missing: &[(String, usize)]) {
    let words = Words::of(options.language);
    let style = Style { size: FOOT_SIZE, bold: false, colour: MUTED };
    let mut texts = Vec::new();
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|(title, count)| format!("{} ({count})", title.trim())).collect();
        let runs = [Run::new(format!("{} {}.", words.not_printed, names.join(", ")), Style { bold: true, colour: ALARM, ..style })];
        texts.push(wrap(faces, &runs, WIDTH).cut(2));
    }
    let mut provenance = words.provenance(summary.documents, summary.waiting, summary.unreadable);
    if !options.printed_for.is_empty() {
        provenance.push_str(&format!(" {} {}.", words.printed_for, options.printed_for));
    }
    texts.push(wrap(faces, &[Run::new(provenance, style)], WIDTH).cut(3));
    let height: f32 = texts.iter().map(crate::flow::Wrapped::height).sum();
    let mut y = A4.1 - FOOT_MARGIN - height;
    for text in texts {
        sheet.open(Role::Paragraph);
        y = text.draw(sheet, 0, MARGIN, y);
        sheet.close();
    }
}

/// Whose second page it is, and the numbers of both: said once already to whoever listens.
fn second_head(sheet: &mut Sheet, faces: &Faces, summary: &Summary, speech: &Speech) {
    let words = speech.words;
    let style = Style { size: 8.5, bold: true, colour: ACCENT };
    let mut scratch = Sheet::default();
    let mut name = names(summary, words, style);
    name.push(Run::new(format!(" · {} {}", words.title, words.continued), style));
    wrap(faces, &name, WIDTH - 40.0).cut(1).draw(&mut scratch, 1, MARGIN, MARGIN - 8.0);
    for page in 0..2 {
        let number = wrap(faces, &[Run::new(format!("{}/2", page + 1), Style { bold: false, colour: MUTED, ..style })], 40.0);
        number.draw(&mut scratch, page, A4.0 - MARGIN - number.width(), if page == 0 { A4.1 - FOOT_MARGIN + 1.0 } else { MARGIN - 8.0 });
    }
    for (page, marks) in scratch.pages.into_iter().enumerate() {
        marks.into_iter().for_each(|(shape, _)| sheet.decorate(page, shape));
    }
}

#[cfg(test)]
#[path = "../tests/people/mod.rs"]
mod people;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card;
    use dmp_core::summary::samples;

    const FRENCH: SummaryOptions<'static> = SummaryOptions { language: Language::French, continued: true, printed_for: "Dr Boris IMAGINAIRE" };

    /// A text with the area that its letters fill.
    type Placed = (String, [f32; 4]);

    fn texts(faces: &Faces, sheet: &Sheet) -> Vec<Vec<Placed>> {
        let placed = |shape: &Shape| match shape {
            Shape::Text { text, x, y, style, .. } => {
                let width = faces.of(style.bold).width(text.trim(), style.size);
                Some((text.clone(), [*x, y - style.size * 0.7, x + width, *y]))
            }
            Shape::Filled(..) | Shape::Stroke { .. } | Shape::Squares { .. } => None,
        };
        sheet.pages.iter().map(|marks| marks.iter().filter_map(|(shape, _)| placed(shape)).collect()).collect()
    }

    fn assert_sound(faces: &Faces, name: &str, sheet: &Sheet) {
        for page in texts(faces, sheet) {
            for (place, (text, [left, top, right, bottom])) in page.iter().enumerate() {
                assert!(*left >= 0.0 && *top >= 0.0 && *right <= A4.0 - 15.0 && *bottom <= A4.1 - 15.0, "{name}: {text} leaves the page");
                let over =
                    page.iter().skip(place + 1).find(|(_, [l, t, r, b])| l + 0.3 < *right && left + 0.3 < *r && t + 0.3 < *bottom && top + 0.3 < *b);
                assert!(over.is_none(), "{name}: {text:?} over {over:?}");
            }
        }
    }

    #[test]
    fn nothing_lies_over_something_else_or_outside_of_the_page() {
        let faces = Faces::load().unwrap();
        let mut everybody = samples::every();
        everybody.extend([("old", people::old(14)), ("forty", people::old(40)), ("young", people::young())]);
        for (name, person) in everybody {
            for (form, size) in [(Treatments::Table, SIZES[0]), (Treatments::Table, SIZES[4]), (Treatments::Columns, NARROW_SIZES[1])] {
                assert_sound(&faces, name, &compose(&faces, &person, &FRENCH, form, size).sheet);
            }
            let card = card::compose(
                &faces,
                &person,
                &[Language::French, Language::English],
                Some(crate::CardCodes { sheet: "https://dmp.example/u/1", card: "https://dmp.example/u/1" }),
            )
            .unwrap();
            assert_sound(&faces, name, &card);
        }
    }

    #[test]
    fn forty_treatments_stand_on_the_first_page() {
        let faces = Faces::load().unwrap();
        let best = NARROW_SIZES.map(|size| compose(&faces, &people::old(40), &FRENCH, Treatments::Columns, size).vital_left_out);
        assert!(best.contains(&0), "{best:?}");
    }

    #[test]
    fn what_finds_no_room_is_counted() {
        let faces = Faces::load().unwrap();
        let options = SummaryOptions { continued: false, ..FRENCH };
        let huge = compose(&faces, &samples::huge(), &options, Treatments::Table, SIZES[4]);
        assert!(huge.vital_left_out > 200 && huge.left_out > 1500, "{} {}", huge.vital_left_out, huge.left_out);
        let rich = compose(&faces, &samples::rich(), &options, Treatments::Table, SIZES[4]);
        assert_eq!((rich.vital_left_out, rich.left_out), (0, 0));
    }

    #[test]
    fn an_empty_record_says_that_nothing_is_known_and_not_that_there_is_nothing() {
        let faces = Faces::load().unwrap();
        let sheet = compose(&faces, &samples::empty(), &FRENCH, Treatments::Table, SIZES[0]).sheet;
        let said: Vec<String> = texts(&faces, &sheet).concat().into_iter().map(|(text, _)| text).collect();
        assert_eq!(said.iter().filter(|text| *text == "Aucune information reconnue dans les documents").count(), 3, "{said:?}");
        let denied = compose(&faces, &samples::denials(), &FRENCH, Treatments::Table, SIZES[0]).sheet;
        let said: Vec<String> = texts(&faces, &denied).concat().into_iter().map(|(text, _)| text).collect();
        assert!(said.iter().any(|text| text == "Aucun traitement connu") && said.iter().any(|text| text.starts_with("À vérifier")), "{said:?}");
    }
}

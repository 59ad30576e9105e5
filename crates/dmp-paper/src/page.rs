//! The summary on one page: who, then allergies, problems and treatments, then as much of the rest as there is room for.

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
const FOOT: f32 = 44.0;
const FOOT_SIZE: f32 = 7.2;
/// Sizes of letters that are tried, from what reads well to what still can be read.
const SIZES: [f32; 5] = [9.4, 8.8, 8.2, 7.6, 7.0];

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
    let composed = SIZES.iter().map(|size| compose(&faces, summary, options, *size));
    // The largest letters among those that leave the least out; of two that leave nothing out, the one on fewer pages.
    let best = composed.min_by_key(|one| (one.vital_left_out, one.left_out, one.sheet.pages.len())).ok_or(PaperError::Pdf)?;
    let properties = Properties { title: Words::of(options.language).title, language: options.language, at: summary.at };
    paint(&best.sheet, &faces, &properties)
}

/// A sheet and how many lines found no room on it.
pub(crate) struct Composed {
    pub(crate) sheet: Sheet,
    /// Of allergies, problems and treatments on the first page.
    pub(crate) vital_left_out: usize,
    pub(crate) left_out: usize,
}

/// Sets everything at one size of letters.
pub(crate) fn compose(faces: &Faces, summary: &Summary, options: &SummaryOptions<'_>, size: f32) -> Composed {
    let speech = Speech { words: Words::of(options.language), size };
    let setter = Setter { faces, size };
    let mut sheet = Sheet::default();
    let top = head(&mut sheet, faces, summary, &speech);
    let bottom = A4.1 - MARGIN - FOOT;

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
    let mut full = Flow::new(vec![Frame { page: 0, x: MARGIN, top: below, bottom, width: WIDTH }]);
    place(&mut sheet, &mut full, &treatments(summary, &speech));
    let vital_left_out = left_over.iter().map(Section::len).sum();

    left_over.append(&mut rest);
    let mut frames = columns(0, full.y + size * 0.9, bottom).to_vec();
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
    let steps =
        std::iter::successors(Some(first.top + 4.0 * setter.size), |bottom| Some(bottom + setter.size)).take_while(|bottom| *bottom < first.bottom);
    for bottom in steps {
        let shorter = columns(first.page, first.top, bottom).to_vec();
        let mut flow = Flow::new(shorter.clone());
        let mut sheet = Sheet::default();
        if sections.iter().all(|section| setter.place(&mut sheet, &mut flow, section) == section.len()) {
            return shorter;
        }
    }
    frames
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
        wrap(faces, &[Run::new(names(summary, words), large(12.5, true, INK))], WIDTH - 20.0).cut(2),
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
pub(crate) fn names(summary: &Summary, words: &Words) -> String {
    let traits = &summary.person.traits;
    let shown = traits.shown_name().display();
    let birth = traits.birth_name.display();
    if shown == birth { shown } else { format!("{shown} ({} {birth})", words.birth_name) }
}

fn identity(summary: &Summary, speech: &Speech) -> String {
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

fn treatments(summary: &Summary, speech: &Speech) -> Section {
    let words = speech.words;
    if summary.treatments.lines.is_empty() {
        return Section::list(words.treatments, speech.heading(&summary.treatments, words.no_treatment));
    }
    let mut rows: Vec<Vec<Vec<Run>>> = summary.treatments.lines.iter().map(|line| speech.treatment(line)).collect();
    rows.extend(speech.denial(&summary.treatments).map(|denial| vec![denial, Vec::new(), Vec::new(), Vec::new()]));
    Section::table(words.treatments, vec![words.medicine, words.dose, words.since_column, words.last_trace], vec![0.34, 0.28, 0.11, 0.27], rows)
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

fn results(summary: &Summary, speech: &Speech) -> Option<Section> {
    let words = speech.words;
    let rows: Vec<Vec<Vec<Run>>> = summary.results.iter().map(|series| speech.series(series)).collect();
    let heads = vec![words.analysis, words.value, words.date, words.normal, words.earlier];
    (!rows.is_empty()).then(|| Section::table(words.results, heads, vec![0.28, 0.24, 0.19, 0.13, 0.16], rows))
}

/// What the sheet is worth, what it leaves out, whom it is for.
fn foot(sheet: &mut Sheet, faces: &Faces, summary: &Summary, options: &SummaryOptions<'_>, missing: &[(String, usize)]) {
    let words = Words::of(options.language);
    let style = Style { size: FOOT_SIZE, bold: false, colour: MUTED };
    let mut runs = Vec::new();
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|(title, count)| format!("{} ({count})", title.trim())).collect();
        runs.push(Run::new(format!("{} {}. ", words.not_printed, names.join(", ")), Style { bold: true, colour: ALARM, ..style }));
    }
    runs.push(Run::new(words.provenance(summary.documents, summary.waiting, summary.unreadable), style));
    if !options.printed_for.is_empty() {
        runs.push(Run::new(format!(" {} {}.", words.printed_for, options.printed_for), style));
    }
    let text = wrap(faces, &runs, WIDTH).cut(4);
    sheet.open(Role::Paragraph);
    text.draw(sheet, 0, MARGIN, A4.1 - MARGIN - FOOT + 8.0);
    sheet.close();
}

/// Whose second page it is, and the numbers of both: said once already to whoever listens.
fn second_head(sheet: &mut Sheet, faces: &Faces, summary: &Summary, speech: &Speech) {
    let words = speech.words;
    let style = Style { size: 8.5, bold: true, colour: ACCENT };
    let mut scratch = Sheet::default();
    let name = format!("{} · {} {}", names(summary, words), words.title, words.continued);
    wrap(faces, &[Run::new(name, style)], WIDTH - 40.0).cut(1).draw(&mut scratch, 1, MARGIN, MARGIN - 8.0);
    for page in 0..2 {
        let number = wrap(faces, &[Run::new(format!("{}/2", page + 1), Style { bold: false, colour: MUTED, ..style })], 40.0);
        number.draw(&mut scratch, page, A4.0 - MARGIN - number.width(), if page == 0 { A4.1 - MARGIN } else { MARGIN - 8.0 });
    }
    for (page, marks) in scratch.pages.into_iter().enumerate() {
        marks.into_iter().for_each(|(shape, _)| sheet.decorate(page, shape));
    }
}

//! The emergency card: a sheet to keep at home, and at its foot the same in small to cut out, fold and carry.

use dmp_core::record::Language;
use dmp_core::summary::matters::{self, Matter};
use dmp_core::summary::{Heading, Knowledge, Line, Summary};

use crate::PaperError;
use crate::dates;
use crate::face::Faces;
use crate::flow::{Run, Wrapped, wrap};
use crate::page::names;
use crate::paint::{Properties, paint};
use crate::qr;
use crate::say::{Speech, birth};
use crate::section::{Flow, Frame, Section, Setter};
use crate::sheet::{A4, ACCENT, ALARM, Area, Colour, INK, LINE, MM, MUTED, Role, Shape, Sheet, Style};
use crate::words::Words;

const MARGIN: f32 = 40.0;
const WIDTH: f32 = A4.0 - 2.0 * MARGIN;
/// A card of the size of a bank card (ISO/IEC 7810 ID-1, rounded), twice beside each other.
const CARD: (f32, f32) = (85.6 * MM, 54.0 * MM);
const CARD_TOP: f32 = A4.1 - 40.0 - CARD.1;
const CARD_LEFT: f32 = (A4.0 - 2.0 * CARD.0) / 2.0;
const CARD_PADDING: f32 = 7.0;
/// Sides of the QR codes: of the sheet and of the card.
const CODE: f32 = 28.0 * MM;
const CARD_CODE: f32 = 18.0 * MM;
/// Sizes of letters that are tried.
const SIZES: [f32; 6] = [11.0, 10.2, 9.4, 8.6, 7.8, 7.0];
const CARD_SIZES: [f32; 5] = [7.4, 6.9, 6.4, 5.9, CARD_SIZE_MIN];
const CARD_SIZE_MIN: f32 = 5.4;
const WHITE: Colour = Colour(0xff, 0xff, 0xff);

/// Addresses that the card leads to. That of the small card has to be short: its squares are read by a telephone in a hurry.
#[derive(Debug, Clone, Copy)]
pub struct CardCodes<'a> {
    /// On the sheet to keep at home.
    pub sheet: &'a str,
    /// On the card to carry.
    pub card: &'a str,
}

/// The emergency card on an A4 page. The first language is that of the words beside; the second, if any, stands after it in each title.
/// The addresses become QR codes.
///
/// # Errors
/// [`PaperError`] when no language is given, the address is too long or the PDF cannot be made.
pub fn emergency_card(summary: &Summary, languages: &[Language], codes: Option<CardCodes<'_>>) -> Result<Vec<u8>, PaperError> {
    let faces = Faces::load()?;
    let sheet = compose(&faces, summary, languages, codes)?;
    let language = languages.first().copied().ok_or(PaperError::NoLanguage)?;
    paint(&sheet, &faces, &Properties { title: Words::of(language).card_title, language, at: summary.at })
}

pub(crate) fn compose(faces: &Faces, summary: &Summary, languages: &[Language], codes: Option<CardCodes<'_>>) -> Result<Sheet, PaperError> {
    let first = languages.first().copied().ok_or(PaperError::NoLanguage)?;
    let second = languages.get(1).copied().filter(|second| *second != first);
    let tongue = Tongue { first: Words::of(first), second: second.map(Words::of) };
    let mut sheet = Sheet::default();
    let top = head(&mut sheet, faces, summary, &tongue, codes.map(|codes| codes.sheet))?;
    body(&mut sheet, faces, summary, &tongue, top);
    card(&mut sheet, faces, summary, &tongue, codes.map(|codes| codes.card))?;
    Ok(sheet)
}

/// Picks a word of a language.
type Word = fn(&Words) -> &'static str;

/// One language, or two beside each other.
struct Tongue {
    first: &'static Words,
    second: Option<&'static Words>,
}

impl Tongue {
    /// Words of both languages as a title; once when they are the same.
    fn both(&self, pick: Word, style: Style) -> Vec<Run> {
        let first = Run::new(pick(self.first), style);
        let other = self.second.filter(|second| pick(second) != pick(self.first));
        let other = other
            .map(|second| Run {
                language: Some(second.language.code()), ..Run::new(format!(" · {}", pick(second)), Style { bold: false, ..style })
            });
        std::iter::once(first).chain(other).collect()
    }
}

/// What the sheet and the card both say: a title and its lines.
struct Topic {
    title: Word,
    is_alarming: bool,
    lines: Vec<Vec<Run>>,
}

/// The topics of an emergency, those first that matter first.
fn topics(summary: &Summary, tongue: &Tongue, size: f32) -> Vec<Topic> {
    let speech = Speech { words: tongue.first, size };
    let topic = |title: Word, heading: &Heading, none: Word| Topic { title, is_alarming: false, lines: lines(heading, &speech, tongue, none) };
    let allergies = Topic { is_alarming: true, ..topic(|words| words.allergies, &summary.allergies, |words| words.no_allergy) };
    let (important, others) = treatments(summary, &speech, tongue);
    let known: [(Word, &Heading); 5] = [
        (|words| words.devices, &summary.devices),
        (|words| words.pregnancies, &summary.pregnancies),
        (|words| words.attention, &summary.attention),
        (|words| words.directives, &summary.directives),
        (|words| words.contacts, &summary.contacts),
    ];
    let known = known.into_iter().filter(|(_, heading)| !heading.lines.is_empty());
    let doctor = vec![speech.plain(speech.party(summary.person.medecin_traitant.as_ref()))];
    let mut topics = vec![allergies];
    topics.extend(important);
    topics.push(topic(|words| words.problems, &summary.problems, |words| words.no_problem));
    topics.extend(known.map(|(title, heading)| topic(title, heading, |words| words.none_known)));
    topics.push(Topic { title: |words| words.medecin_traitant, is_alarming: false, lines: vec![doctor] });
    topics.extend(others);
    topics
}

fn lines(heading: &Heading, speech: &Speech, tongue: &Tongue, none: Word) -> Vec<Vec<Run>> {
    let style = Style { size: speech.size, bold: true, colour: INK };
    match (heading.knowledge, heading.lines.as_slice()) {
        (Knowledge::NoInformation, []) => vec![tongue.both(|words| words.no_information, Style { bold: false, ..style })],
        (Knowledge::NoneKnown | Knowledge::Known, []) => vec![tongue.both(none, style)],
        (_, lines) => lines.iter().map(|line| short(line, speech)).collect(),
    }
}

/// What and its circumstances: an emergency has no time for sources.
fn short(line: &Line, speech: &Speech) -> Vec<Run> {
    let mut runs = vec![speech.strong(speech.name(&line.fact.concept, &line.fact.proof.quote))];
    speech.circumstances(line, &mut runs);
    runs
}

/// Treatments that matter, by class; and the others.
fn treatments(summary: &Summary, speech: &Speech, tongue: &Tongue) -> (Option<Topic>, Option<Topic>) {
    let all = matters::in_an_emergency(summary);
    let important: Vec<(Matter, &Line)> = all.iter().filter_map(|(class, line)| Some(((*class)?, *line))).collect();
    let said = |(class, line): &(Matter, &Line)| {
        let mut runs = vec![speech.alarm(class.words(speech.words.language))];
        if let Some(second) = tongue.second.map(|second| second.language).filter(|second| class.words(*second) != class.words(speech.words.language))
        {
            runs.push(Run { language: Some(second.code()), ..speech.plain(format!(" · {}", class.words(second))) });
        }
        runs.push(speech.plain(speech.words.colon));
        runs.extend(short(line, speech));
        runs
    };
    let others: Vec<Vec<Run>> = all.iter().filter(|(class, _)| class.is_none()).map(|(_, line)| short(line, speech)).collect();
    let matter = Topic { title: |words| words.card_important, is_alarming: true, lines: important.iter().map(said).collect() };
    let title: Word = if important.is_empty() { |words| words.treatments } else { |words| words.card_other };
    let lines = if others.is_empty() { lines(&summary.treatments, speech, tongue, |words| words.no_treatment) } else { others };
    let has_others = important.is_empty() || summary.treatments.lines.len() > important.len();
    ((!important.is_empty()).then_some(matter), has_others.then_some(Topic { title, is_alarming: false, lines }))
}

/// Title, person, code; gives where the rest begins.
fn head(sheet: &mut Sheet, faces: &Faces, summary: &Summary, tongue: &Tongue, url: Option<&str>) -> Result<f32, PaperError> {
    let width = if url.is_some() { WIDTH - CODE - 8.0 } else { WIDTH };
    let style = |size, bold, colour| Style { size, bold, colour };
    let words = tongue.first;
    let heading = tongue.both(|words| words.card_title, style(19.0, true, ALARM));
    sheet.open(Role::Heading(1, words.card_title.to_owned()));
    let mut y = wrap(faces, &heading, width).draw(sheet, 0, MARGIN, MARGIN - 8.0) + 4.0;
    sheet.close();
    let made = dates::long(dates::day(summary.at), words.language);
    let mut made_runs = tongue.both(|words| words.card_made, style(9.0, false, MUTED));
    made_runs.push(Run::new(format!("{}{made}", words.colon), style(9.0, false, MUTED)));
    let texts = [
        (wrap(faces, &names(summary, words, style(16.0, true, INK)), width).cut(3), 0.0),
        (wrap(faces, &person(summary, tongue, style(11.0, false, INK)), width).cut(2), 1.0),
        (wrap(faces, &made_runs, width), 2.0),
    ];
    for (text, above) in texts {
        sheet.open(Role::Paragraph);
        y = text.draw(sheet, 0, MARGIN, y + above);
        sheet.close();
    }
    if let Some(url) = url {
        let area = Area { x: MARGIN + WIDTH - CODE, y: MARGIN - 12.0, width: CODE, height: CODE };
        qr::draw(sheet, 0, area, url, words.card_code.to_owned())?;
        y = y.max(area.y + CODE);
    }
    let y = y + 3.0;
    sheet.decorate(0, Shape::Filled(Area { x: MARGIN, y, width: WIDTH, height: 2.0 }, ALARM));
    Ok(y + 9.0)
}

/// « Naissance · Born : 28 mars 1979 · Sexe · Sex : femme · female ».
fn person(summary: &Summary, tongue: &Tongue, style: Style) -> Vec<Run> {
    let muted = Style { colour: MUTED, ..style };
    let speech = Speech { words: tongue.first, size: style.size };
    let traits = &summary.person.traits;
    let mut runs = tongue.both(|words| words.born, muted);
    let born = dates::long(birth(traits.birth_date), tongue.first.language);
    runs.push(Run::new(format!("{}{born}", tongue.first.colon), Style { bold: true, ..style }));
    runs.push(Run::new(" — ", muted));
    runs.extend(tongue.both(|words| words.sex, muted));
    runs.push(Run::new(format!("{}{}", tongue.first.colon, speech.sex(traits.sex)), Style { bold: true, ..style }));
    if let Some(second) = tongue.second {
        let other = Speech { words: second, size: style.size }.sex(traits.sex);
        runs.push(Run { language: Some(second.language.code()), ..Run::new(format!(" · {other}"), style) });
    }
    runs
}

/// The topics between the head and the card, in the largest letters that leave the least out.
fn body(sheet: &mut Sheet, faces: &Faces, summary: &Summary, tongue: &Tongue, top: f32) {
    let frame = Frame { page: 0, x: MARGIN, top, bottom: CARD_TOP - 40.0, width: WIDTH };
    let tried = SIZES.map(|size| {
        let mut trial = sheet.clone();
        let left_out = sections(&mut trial, faces, summary, tongue, size, frame);
        (left_out, trial)
    });
    let Some((left_out, best)) = tried.into_iter().min_by_key(|(left_out, _)| *left_out) else { return };
    *sheet = best;
    if left_out > 0 {
        let style = Style { size: 8.0, bold: true, colour: ALARM };
        let mut runs = vec![Run::new(format!("+ {left_out} "), style)];
        runs.extend(tongue.both(|words| words.card_more, style));
        sheet.open(Role::Paragraph);
        wrap(faces, &runs, WIDTH).draw(sheet, 0, MARGIN, frame.bottom + 2.0);
        sheet.close();
    }
}

fn sections(sheet: &mut Sheet, faces: &Faces, summary: &Summary, tongue: &Tongue, size: f32, frame: Frame) -> usize {
    let setter = Setter { faces, size };
    let mut flow = Flow::new(vec![frame]);
    let mut left_out = 0;
    for topic in topics(summary, tongue, size) {
        let colour = if topic.is_alarming { ALARM } else { ACCENT };
        let title = tongue.both(topic.title, Style { size, bold: true, colour });
        let section = Section { title, ..Section::list("", topic.lines) };
        left_out += section.len() - setter.place(sheet, &mut flow, &section);
    }
    left_out
}

/// The card to carry: two panels with a fold between, and lines to cut along.
fn card(sheet: &mut Sheet, faces: &Faces, summary: &Summary, tongue: &Tongue, url: Option<&str>) -> Result<(), PaperError> {
    sheet.open(Role::Section);
    let title = tongue.both(|words| words.card_cut, Style { size: 8.5, bold: true, colour: MUTED });
    sheet.open(Role::Heading(2, tongue.first.card_cut.to_owned()));
    wrap(faces, &title, WIDTH).draw(sheet, 0, CARD_LEFT, CARD_TOP - 15.0);
    sheet.close();
    outline(sheet);
    let band = Area { x: CARD_LEFT, y: CARD_TOP, width: CARD.0, height: 15.0 };
    sheet.decorate(0, Shape::Filled(band, ALARM));
    let style = Style { size: 8.0, bold: true, colour: WHITE };
    paragraph(sheet, &wrap(faces, &tongue.both(|words| words.emergency, style), CARD.0), CARD_LEFT + CARD_PADDING, CARD_TOP + 2.2);
    let beside = if url.is_some() { CARD.0 - CARD_CODE - CARD_PADDING } else { CARD.0 - 2.0 * CARD_PADDING };
    let inner = CARD.0 - 2.0 * CARD_PADDING;
    let x = CARD_LEFT + CARD_PADDING;
    let name = Style { size: 9.0, bold: true, colour: INK };
    let mut y = paragraph(sheet, &wrap(faces, &names(summary, tongue.first, name), beside).cut(3), x, band.y + band.height + 3.0);
    y = paragraph(sheet, &wrap(faces, &person(summary, tongue, Style { size: 6.8, bold: false, colour: INK }), beside).cut(3), x, y);
    let mut made = tongue.both(|words| words.card_made, Style { size: 5.8, bold: false, colour: MUTED });
    let made_on = dates::long(dates::day(summary.at), tongue.first.language);
    made.push(Run::new(format!("{}{made_on}", tongue.first.colon), Style { size: 5.8, bold: false, colour: MUTED }));
    y = paragraph(sheet, &wrap(faces, &made, beside), x, y + 1.0);
    if let Some(url) = url {
        let area = Area { x: CARD_LEFT + CARD.0 - CARD_CODE - 2.0, y: band.y + band.height + 1.0, width: CARD_CODE, height: CARD_CODE };
        qr::draw(sheet, 0, area, url, tongue.first.card_code.to_owned())?;
        y = y.max(area.y + CARD_CODE - 4.0);
    }
    let panels = [
        Frame { page: 0, x, top: y + 2.0, bottom: CARD_TOP + CARD.1 - 4.0, width: inner },
        Frame { page: 0, x: CARD_LEFT + CARD.0 + CARD_PADDING, top: CARD_TOP + 6.0, bottom: CARD_TOP + CARD.1 - 4.0, width: inner },
    ];
    carried(sheet, faces, summary, tongue, panels);
    sheet.close();
    Ok(())
}

fn paragraph(sheet: &mut Sheet, text: &Wrapped, x: f32, y: f32) -> f32 {
    sheet.open(Role::Paragraph);
    let bottom = text.draw(sheet, 0, x, y);
    sheet.close();
    bottom
}

/// Where to cut and where to fold.
fn outline(sheet: &mut Sheet) {
    let (left, middle, right) = (CARD_LEFT, CARD_LEFT + CARD.0, CARD_LEFT + 2.0 * CARD.0);
    let (top, bottom) = (CARD_TOP, CARD_TOP + CARD.1);
    let cuts = [((left, top), (right, top)), ((left, bottom), (right, bottom)), ((left, top), (left, bottom)), ((right, top), (right, bottom))];
    for (from, to) in cuts {
        sheet.decorate(0, Shape::Stroke { from, to, colour: MUTED, dashed: true });
    }
    sheet.decorate(0, Shape::Stroke { from: (middle, top), to: (middle, bottom), colour: LINE, dashed: false });
}

/// The topics on the two panels: one paragraph each, in the largest letters that leave the least out.
fn carried(sheet: &mut Sheet, faces: &Faces, summary: &Summary, tongue: &Tongue, panels: [Frame; 2]) {
    let tried = CARD_SIZES.map(|size| (size, usize::MAX)).into_iter().chain([6, 4, 3, 2].map(|lines_max| (CARD_SIZE_MIN, lines_max)));
    let mut best: Option<(usize, Sheet)> = None;
    for (size, lines_max) in tried {
        let mut trial = sheet.clone();
        let left_out = paragraphs(&mut trial, faces, summary, tongue, size, lines_max, panels);
        if best.as_ref().is_none_or(|(least, _)| left_out < *least) {
            best = Some((left_out, trial));
        }
        if left_out == 0 {
            break;
        }
    }
    best.into_iter().for_each(|(_, trial)| *sheet = trial);
}

/// Gives how many topics found no room.
fn paragraphs(sheet: &mut Sheet, faces: &Faces, summary: &Summary, tongue: &Tongue, size: f32, lines_max: usize, panels: [Frame; 2]) -> usize {
    let mut flow = Flow::new(panels.to_vec());
    let topics = topics(summary, tongue, size);
    let mut left_out = 0;
    for topic in &topics {
        let colour = if topic.is_alarming { ALARM } else { ACCENT };
        let mut runs = tongue.both(topic.title, Style { size, bold: true, colour });
        runs.push(Run::new(tongue.first.colon, Style { size, bold: true, colour }));
        for (place, line) in topic.lines.iter().enumerate() {
            let plain = Style { size, bold: false, colour: INK };
            runs.extend((place > 0).then(|| Run::new(" ; ", plain)));
            runs.extend(line.iter().cloned());
        }
        let text = wrap(faces, &runs, panels.first().map_or(0.0, |panel| panel.width)).cut(if topic.is_alarming {
            lines_max.saturating_mul(2)
        } else {
            lines_max
        });
        match flow.take(text.height()) {
            Some((frame, y)) => {
                paragraph(sheet, &text, frame.x, y);
                flow.y += size * 0.3;
            }
            None => left_out += 1,
        }
    }
    left_out
}

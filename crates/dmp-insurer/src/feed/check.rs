//! Checking one line: what it says becomes a [`Line`] or a [`Fault`].

use dmp_core::Mode;
use dmp_core::document::Code;
use dmp_core::identity::Ins;
use dmp_core::reimbursement::{ATC_GROUP, COMPONENT, FeedSystem, Line, LineKind, Product};
use dmp_core::summary::{Party, When};

use super::reject::is_line_id;
use super::{Column, Fault, Raw};

/// First year of a line.
const FIRST_YEAR: i16 = 1990;
/// Days that a date may lie ahead: clocks and time zones.
const AHEAD_DAYS_MAX: i32 = 1;
const QUANTITY_MAX: u32 = 1000;
const COMPONENTS_MAX: usize = 20;
/// Longest label, and longest name, role or place, in characters.
const LABEL_MAX: usize = 300;
const NAME_MAX: usize = 160;

/// What lines are checked against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    pub mode: Mode,
    pub today: When,
}

/// A line that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checked {
    pub ins: Ins,
    pub word: Word,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Word {
    /// A line, new or corrected.
    Line(Box<Line>),
    /// The line of this number is none any more.
    Cancelled { id: String, day: When },
}

/// Checks one line; the first fault is told.
pub(crate) fn check(raw: &Raw<'_>, rules: &Rules) -> Result<Checked, Fault> {
    let id = needed(raw, Column::LineId)?;
    if !is_line_id(id) {
        return Err(Fault::of(Column::LineId, "line-id-form"));
    }
    let ins = ins(raw, rules.mode)?;
    let word = if is_cancelled(raw)? {
        // Only the number counts; the retention of a cancellation starts on its day, or today.
        let day = if raw.get(Column::Date).is_empty() { rules.today } else { day(raw, Column::Date, rules)? };
        Word::Cancelled { id: id.to_owned(), day }
    } else {
        Word::Line(Box::new(line(raw, id, rules)?))
    };
    Ok(Checked { ins, word })
}

fn line(raw: &Raw<'_>, id: &str, rules: &Rules) -> Result<Line, Fault> {
    let kind = LineKind::from_code(needed(raw, Column::Kind)?).ok_or(Fault::of(Column::Kind, "kind-unknown"))?;
    let code = code(raw, kind)?;
    needed(raw, Column::Date)?;
    let date = day(raw, Column::Date, rules)?;
    Ok(Line {
        id: id.to_owned(),
        kind,
        code,
        product: product(raw)?,
        quantity: quantity(raw)?,
        date,
        until: until(raw, kind, date, rules)?,
        prescriber: party(raw, [Column::PrescriberName, Column::PrescriberRole, Column::PrescriberPlace])?,
        performer: party(raw, [Column::PerformerName, Column::PerformerRole, Column::PerformerPlace])?,
    })
}

fn needed<'r>(raw: &'r Raw<'_>, column: Column) -> Result<&'r str, Fault> {
    match raw.get(column) {
        "" => Err(Fault::of(column, "column-missing")),
        text => Ok(text),
    }
}

fn ins(raw: &Raw<'_>, mode: Mode) -> Result<Ins, Fault> {
    let ins = Ins::parse(needed(raw, Column::InsOid)?, needed(raw, Column::Ins)?).map_err(Fault::ins)?;
    match ins.refused_in(mode) {
        Some(code) => Err(Fault::of(Column::InsOid, code)),
        None => Ok(ins),
    }
}

fn is_cancelled(raw: &Raw<'_>) -> Result<bool, Fault> {
    match raw.get(Column::Cancelled) {
        "" | "false" | "0" => Ok(false),
        "true" | "1" => Ok(true),
        _ => Err(Fault::of(Column::Cancelled, "cancelled-form")),
    }
}

fn code(raw: &Raw<'_>, kind: LineKind) -> Result<Code, Fault> {
    let system = FeedSystem::find(needed(raw, Column::CodeSystem)?).ok_or(Fault::of(Column::CodeSystem, "system-unknown"))?;
    if !goes_with(system, kind) {
        return Err(Fault::of(Column::CodeSystem, "system-kind"));
    }
    let code = needed(raw, Column::Code)?;
    if !system.accepts(code) {
        return Err(Fault::of(Column::Code, "code-form"));
    }
    Ok(Code::new(code, system.oid(), text(raw, Column::Label, LABEL_MAX)?))
}

fn goes_with(system: FeedSystem, kind: LineKind) -> bool {
    match kind {
        LineKind::Medicine | LineKind::Vaccination => {
            matches!(system, FeedSystem::Cip13 | FeedSystem::Cip7 | FeedSystem::Ucd13 | FeedSystem::Atc)
        }
        LineKind::Device => system == FeedSystem::Lpp,
        LineKind::Stay => system == FeedSystem::Ghm,
        LineKind::Care | LineKind::Imaging => matches!(system, FeedSystem::Ccam | FeedSystem::Ngap),
        LineKind::Biology => system == FeedSystem::Nabm,
    }
}

fn product(raw: &Raw<'_>) -> Result<Product, Fault> {
    let label = text(raw, Column::GroupLabel, LABEL_MAX)?;
    let group = match raw.get(Column::GroupCode) {
        "" => None,
        code if FeedSystem::Atc.accepts(code) => Some(Code::new(code, if code.len() > 3 { FeedSystem::Atc.oid() } else { ATC_GROUP }, label)),
        _ => return Err(Fault::of(Column::GroupCode, "group-form")),
    };
    let names = raw.get(Column::Components).split('|').map(str::trim).filter(|name| !name.is_empty());
    let mut components = Vec::new();
    for name in names {
        if components.len() == COMPONENTS_MAX {
            return Err(Fault::of(Column::Components, "components-too-many"));
        }
        components.push(Code::new("", COMPONENT, sound(name, Column::Components, NAME_MAX)?));
    }
    Ok(Product { group, components })
}

fn quantity(raw: &Raw<'_>) -> Result<u32, Fault> {
    match raw.get(Column::Quantity) {
        "" => Ok(1),
        text => {
            let quantity: u32 = text.parse().map_err(|_| Fault::of(Column::Quantity, "quantity-form"))?;
            let allowed = (1..=QUANTITY_MAX).contains(&quantity);
            if allowed { Ok(quantity) } else { Err(Fault::of(Column::Quantity, "quantity-range")) }
        }
    }
}

fn day(raw: &Raw<'_>, column: Column, rules: &Rules) -> Result<When, Fault> {
    let text = raw.get(column);
    let form = Fault::of(column, "date-form");
    let is_shape =
        text.len() == 10 && text.bytes().enumerate().all(|(place, byte)| if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    let day = When::from_iso(text).filter(|day| is_shape && day.day > 0).ok_or(form)?;
    if day.year < FIRST_YEAR {
        return Err(Fault::of(column, "date-too-old"));
    }
    if rules.today.days_until(day).ok_or(form)? > AHEAD_DAYS_MAX {
        return Err(Fault::of(column, "date-future"));
    }
    Ok(day)
}

fn until(raw: &Raw<'_>, kind: LineKind, date: When, rules: &Rules) -> Result<Option<When>, Fault> {
    if raw.get(Column::Until).is_empty() {
        return Ok(None);
    }
    if kind != LineKind::Stay {
        return Err(Fault::of(Column::Until, "until-kind"));
    }
    let until = day(raw, Column::Until, rules)?;
    if until < date { Err(Fault::of(Column::Until, "until-before-date")) } else { Ok(Some(until)) }
}

fn party(raw: &Raw<'_>, [name, role, place]: [Column; 3]) -> Result<Party, Fault> {
    Ok(Party { name: text(raw, name, NAME_MAX)?, role: text(raw, role, NAME_MAX)?, place: text(raw, place, NAME_MAX)? })
}

fn text(raw: &Raw<'_>, column: Column, max: usize) -> Result<String, Fault> {
    sound(raw.get(column), column, max)
}

fn sound(text: &str, column: Column, max: usize) -> Result<String, Fault> {
    if text.chars().any(char::is_control) {
        return Err(Fault::of(column, "text-control"));
    }
    if text.len() > max && text.chars().count() > max {
        return Err(Fault::of(column, "text-too-long"));
    }
    Ok(text.to_owned())
}

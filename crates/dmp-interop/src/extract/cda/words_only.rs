//! Sections of words without entries: risks, points to watch, and denials ("aucune allergie connue").

use dmp_core::summary::{
    Concept, Fact, FactKind, Observation, ObservationKind, ObservationStatus, Period, ProblemState, RiskKind, Value, What, When,
};

use super::super::words::{cut, denial, fold, is_placeholder};
use super::Facts;
use super::narrative;
use super::place::Place;

/// Most lines of one section that become facts.
const LINES_MAX: usize = 40;
/// Most characters of a line as a concept.
const LINE_MAX: usize = 300;

/// Adds what the words of a section say when none of its entries says anything.
pub(super) fn add(place: &Place<'_, '_>, has_facts: bool, facts: &mut Facts) {
    if has_facts || place.subject.is_some() {
        return;
    }
    let rows = narrative::rows(place.section);
    let lines: Vec<(Option<String>, String)> = match rows.is_empty() {
        true => vec![(None, narrative::plain(place.section))],
        false => rows.into_iter().map(|row| (row.attribute("ID").map(str::to_owned), narrative::row_words(row))).collect(),
    };
    let lines: Vec<_> = lines.into_iter().filter(|(_, line)| !is_placeholder(line)).take(LINES_MAX).collect();
    let whole = fold(&lines.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join(" "));
    if let (Some(of), Some(how)) = (denied_kind(place), denial(&whole)) {
        push(place, What::Absent { of, how }, None, (&whole, &whole, Period::default()), facts);
        return;
    }
    let Some(what) = kind(place) else { return };
    for (anchor, line) in lines {
        let bare = line.trim_start_matches(['-', '•', '*', ' ']);
        if !says_something(bare) {
            continue;
        }
        let (day, bare) = without_day(bare);
        let period = day.map(Period::at).unwrap_or_default();
        match (&what, bare.split_once(" · ")) {
            (What::Observation(result), Some((name, words))) if !name.to_lowercase().starts_with("commentaire") => {
                let result = Observation { value: Value::Text(words.to_owned()), ..result.clone() };
                push(place, What::Observation(result), anchor, (name, line.as_str(), period), facts);
            }
            (What::Observation(_), _) => {}
            _ => push(place, what.clone(), anchor, (bare, line.as_str(), period), facts),
        }
    }
}

/// Whether a line is of a size to read, no placeholder and no denial, also in its last cell ("Hormonothérapie · Absent").
fn says_something(line: &str) -> bool {
    let last = line.rsplit(" · ").next().unwrap_or_default();
    let is_denied = denial(line).is_some() || denial(last).is_some() || last.to_lowercase().starts_with("absent");
    line.chars().count() <= LINE_MAX && !is_denied && !line.to_lowercase().contains("texte libre")
}

/// The first cell of a row when it is a day (`11/08/2019`), and the rest.
fn without_day(line: &str) -> (Option<When>, &str) {
    let Some((first, rest)) = line.split_once(" · ") else { return (None, line) };
    let parts: Vec<&str> = first.trim().split('/').collect();
    let day = match parts.as_slice() {
        [day, month, year] if day.len() == 2 && month.len() == 2 && year.len() == 4 => When::from_hl7(&format!("{year}{month}{day}")),
        _ => None,
    };
    if day.is_some() { (day, rest) } else { (None, line) }
}

fn push(place: &Place<'_, '_>, what: What, anchor: Option<String>, said: (&str, &str, Period), facts: &mut Facts) {
    let (words, quote, period) = said;
    let mut proof = place.proof(&[], "");
    proof.anchor = anchor;
    proof.quote = cut(quote, dmp_core::summary::Proof::QUOTE_MAX);
    let concept = Concept::words(cut(words, LINE_MAX));
    facts.push(Fact { what, concept, period, by: Default::default(), proof });
}

/// The kinds of line that stand in words by the rules of their section.
fn kind(place: &Place<'_, '_>) -> Option<What> {
    match place.code.as_str() {
        "10161-8" => Some(What::Risk { kind: RiskKind::Occupational }),
        "29762-2" => Some(What::Risk { kind: RiskKind::Lifestyle }),
        "57207-3" => Some(What::Risk { kind: RiskKind::Other }),
        "56836-0" => Some(What::Procedure),
        "44944-7" | "51847-2" => Some(What::Attention),
        "42349-1" if ["hospitalisation", "séjour", "admission"].iter().any(|word| place.titles.contains(word)) => {
            Some(What::Problem { state: ProblemState::Active })
        }
        "30954-2" if place.titles.contains("attendu") => Some(What::Plan),
        "30954-2" if place.titles.contains("vigilance") => Some(What::Attention),
        "30954-2" => Some(What::Observation(Observation {
            kind: ObservationKind::Finding,
            value: Value::None,
            range: None,
            interpretation: Vec::new(),
            method: String::new(),
            status: ObservationStatus::Final,
        })),
        _ => None,
    }
}

/// What a section's denial denies.
fn denied_kind(place: &Place<'_, '_>) -> Option<FactKind> {
    match place.code.as_str() {
        "11450-4" | "11348-0" => Some(FactKind::Problem),
        "47519-4" => Some(FactKind::Procedure),
        "48765-2" => Some(FactKind::Allergy),
        "10160-0" | "10183-2" => Some(FactKind::Medicine),
        "11369-6" => Some(FactKind::Vaccination),
        "46264-8" => Some(FactKind::Device),
        "10157-6" => Some(FactKind::FamilyHistory),
        "10161-8" | "29762-2" => Some(FactKind::Risk),
        "42348-3" => Some(FactKind::Directive),
        "46240-8" => Some(FactKind::Stay),
        "44944-7" => Some(FactKind::Attention),
        _ => None,
    }
}

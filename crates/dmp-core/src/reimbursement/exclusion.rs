//! What of the insurer's lines never leaves the staging area: a list as data (`domain-supplement.md` 8).
//!
//! A table of six columns, `system;code_or_prefix;condition;label;basis;valid_from`. The system is a word or OID of [`FeedSystem`],
//! `component` (words in the name of an active component) or `label` (words in the label of the line). A code that ends with `*` is a
//! prefix. The condition is `minor` (the person was under 18 on the day of the act) or `always`. A rule holds for acts from
//! `valid_from` on (`YYYY-MM-DD`; empty: for all).

use super::{FeedSystem, Line};
use crate::identity::BirthDate;
use crate::summary::When;

/// Age from which nobody is a minor.
const MAJORITY_YEARS: i16 = 18;
const REFERENCE: &str = include_str!("tables/exclusion.csv");

/// What a rule compares.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    /// A code, or its beginning.
    Code { system: FeedSystem, code: String, is_prefix: bool },
    /// Words in the name of an active component, without accents or capitals.
    Component(String),
    /// Words in the label, the same.
    Label(String),
}

/// When a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExclusionCondition {
    /// The person was a minor on the day of the act.
    Minor,
    Always,
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExclusionRule {
    target: Target,
    pub condition: ExclusionCondition,
    /// What it is, in French words.
    pub label: String,
    /// Article or source.
    pub basis: String,
    pub valid_from: Option<When>,
}

/// Why a table is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExclusionError {
    /// Line of the table, from 1.
    pub line: usize,
    pub why: &'static str,
}

impl std::fmt::Display for ExclusionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "exclusion list, line {}: {}", self.line, self.why)
    }
}

impl std::error::Error for ExclusionError {}

/// The list in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExclusionList {
    rules: Vec<ExclusionRule>,
}

impl ExclusionList {
    /// The list that the program brings: abortion and contraception of minors.
    ///
    /// # Errors
    /// Never with the table of this build (a test says so): nobody goes on without the list.
    pub fn reference() -> Result<Self, ExclusionError> {
        Self::parse(REFERENCE)
    }

    /// Reads a table.
    ///
    /// # Errors
    /// [`ExclusionError`] with the first line that is no rule; a table without any rule is one too.
    pub fn parse(table: &str) -> Result<Self, ExclusionError> {
        let mut rules = Vec::new();
        for (position, row) in table.trim_start_matches('\u{feff}').lines().enumerate().skip(1).filter(|(_, row)| !row.trim().is_empty()) {
            rules.push(rule(row).map_err(|why| ExclusionError { line: position + 1, why })?);
        }
        if rules.is_empty() {
            return Err(ExclusionError { line: 1, why: "the table has no rule" });
        }
        Ok(ExclusionList { rules })
    }

    /// The rules.
    pub fn rules(&self) -> &[ExclusionRule] {
        &self.rules
    }

    /// Whether a line of this person never leaves. SECURITY: what cannot be told apart (a therapeutic group that is shorter than the
    /// class of a rule, a birthday or a day that is unknown) is left out rather than shown.
    pub fn excludes(&self, line: &Line, birth: BirthDate) -> bool {
        let is_minor = line.date.first_day().is_none_or(|day| birth.age_on(day) < MAJORITY_YEARS);
        let texts = Texts::of(line);
        self.rules.iter().any(|rule| rule.holds_on(line.date, is_minor) && rule.target.hits(line, &texts))
    }
}

impl ExclusionRule {
    fn holds_on(&self, date: When, is_minor: bool) -> bool {
        let applies = match self.condition {
            ExclusionCondition::Always => true,
            ExclusionCondition::Minor => is_minor,
        };
        // A date without its day may lie on either side of the start: the latest that it may mean counts.
        applies && self.valid_from.is_none_or(|from| latest(date) >= from)
    }
}

/// Words of a line as rules compare them.
struct Texts {
    label: String,
    components: Vec<String>,
}

impl Texts {
    fn of(line: &Line) -> Self {
        Texts { label: fold(&line.code.display), components: line.product.components.iter().map(|one| fold(&one.display)).collect() }
    }
}

impl Target {
    fn hits(&self, line: &Line, texts: &Texts) -> bool {
        match self {
            Target::Component(words) => texts.components.iter().any(|component| component.contains(words.as_str())),
            Target::Label(words) => texts.label.contains(words.as_str()),
            Target::Code { system, code, is_prefix } => {
                let codes = std::iter::once(&line.code).chain(&line.product.group);
                codes.filter(|one| FeedSystem::find(&one.system) == Some(*system)).any(|one| {
                    let received = one.code.to_ascii_uppercase();
                    let is_vague = *system == FeedSystem::Atc && !received.is_empty() && code.starts_with(&received);
                    received == *code || is_vague || (*is_prefix && received.starts_with(code.as_str()))
                })
            }
        }
    }
}

fn rule(row: &str) -> Result<ExclusionRule, &'static str> {
    let columns: Vec<&str> = row.split(';').map(str::trim).collect();
    let [system, code, condition, label, basis, valid_from] = columns.as_slice() else {
        return Err("six columns are needed: system;code_or_prefix;condition;label;basis;valid_from");
    };
    let target = target(system, code)?;
    let condition = match *condition {
        "minor" => ExclusionCondition::Minor,
        "always" => ExclusionCondition::Always,
        _ => return Err("the condition is `minor` or `always`"),
    };
    let valid_from = match *valid_from {
        "" => None,
        day => Some(When::from_iso(day).filter(|day| day.day > 0).ok_or("valid_from is a day, YYYY-MM-DD")?),
    };
    Ok(ExclusionRule { target, condition, label: (*label).to_owned(), basis: (*basis).to_owned(), valid_from })
}

fn target(system: &str, code: &str) -> Result<Target, &'static str> {
    if code.trim_end_matches('*').is_empty() {
        return Err("an empty code would leave everything out");
    }
    match system {
        "component" => Ok(Target::Component(fold(code))),
        "label" => Ok(Target::Label(fold(code))),
        _ => {
            let system = FeedSystem::find(system).ok_or("the system is unknown")?;
            let (code, is_prefix) = code.strip_suffix('*').map_or((code, false), |prefix| (prefix, true));
            Ok(Target::Code { system, code: code.to_ascii_uppercase(), is_prefix })
        }
    }
}

/// The latest day that a date may mean.
pub(super) fn latest(date: When) -> When {
    When::day(date.year, if date.month == 0 { 12 } else { date.month }, if date.day == 0 { 31 } else { date.day })
}

/// Small letters without the accents of French.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'â' | 'ä' | 'á' => folded.push('a'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'î' | 'ï' | 'í' => folded.push('i'),
            'ô' | 'ö' | 'ó' => folded.push('o'),
            'ù' | 'û' | 'ü' | 'ú' => folded.push('u'),
            'ç' => folded.push('c'),
            'œ' => folded.push_str("oe"),
            // A combining accent stands after its letter.
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
#[path = "exclusion_tests.rs"]
mod tests;

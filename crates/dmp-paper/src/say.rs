//! From facts to the words of a line.

use dmp_core::identity::{BirthDate, Sex};
use dmp_core::record::Language;
use dmp_core::summary::{
    Carer, Concept, Criticality, Due, Heading, Knowledge, Line, Medicine, Missing, Party, Period, Point, ProblemState, Series, Source, Summary,
    Value, What, When,
};
use dmp_core::summary::{matters, printed};

use crate::dates;
use crate::flow::Run;
use crate::sheet::{ALARM, INK, MUTED, Style};
use crate::words::Words;

/// Speaks one language at one size.
#[derive(Clone, Copy)]
pub(crate) struct Speech {
    pub(crate) words: &'static Words,
    pub(crate) size: f32,
}

impl Speech {
    pub(crate) fn plain(&self, text: impl Into<String>) -> Run {
        Run::new(text, Style { size: self.size, bold: false, colour: INK })
    }

    pub(crate) fn strong(&self, text: impl Into<String>) -> Run {
        Run::new(text, Style { size: self.size, bold: true, colour: INK })
    }

    pub(crate) fn muted(&self, text: impl Into<String>) -> Run {
        Run::new(text, Style { size: self.size * 0.92, bold: false, colour: MUTED })
    }

    pub(crate) fn alarm(&self, text: impl Into<String>) -> Run {
        Run::new(text, Style { size: self.size, bold: true, colour: ALARM })
    }

    /// The lines of a heading, or what their absence means; who denies them comes last.
    pub(crate) fn heading(&self, heading: &Heading, none: &str) -> Vec<Vec<Run>> {
        match heading.knowledge {
            Knowledge::NoInformation if heading.lines.is_empty() => vec![vec![self.muted(self.words.no_information)]],
            Knowledge::NoneKnown if heading.lines.is_empty() => {
                let mut runs = vec![self.strong(none)];
                runs.extend(heading.denials.first().map(|source| self.muted(format!(" ({})", self.source(source)))));
                vec![runs]
            }
            Knowledge::Known | Knowledge::NoneKnown | Knowledge::NoInformation => {
                let lines = heading.lines.iter().map(|line| self.line(line));
                lines.chain(self.denial(heading)).collect()
            }
        }
    }

    /// That a source says the contrary of the lines.
    pub(crate) fn denial(&self, heading: &Heading) -> Option<Vec<Run>> {
        let source = heading.denials.first().filter(|_| !heading.lines.is_empty())?;
        Some(vec![self.alarm(self.words.denied_by), self.plain(format!(" {}", self.source(source)))])
    }

    /// One line of a list: what, its circumstances, when, who says so.
    pub(crate) fn line(&self, line: &Line) -> Vec<Run> {
        let mut runs = vec![self.strong(self.name(&line.fact.concept, &line.fact.proof.quote))];
        self.circumstances(line, &mut runs);
        let when = self.period(line.fact.period, &line.fact.what);
        if !when.is_empty() {
            runs.push(self.plain(format!(", {when}")));
        }
        if let Some(source) = line.sources.first() {
            runs.push(self.muted(format!(" · {}", self.source(source))));
        }
        runs
    }

    /// What only a kind of fact has to say.
    pub(crate) fn circumstances(&self, line: &Line, runs: &mut Vec<Run>) {
        let words = self.words;
        let told_once = matches!(&line.fact.what, What::Problem { state } if *state != ProblemState::Past) || line.fact.what == What::Attention;
        runs.extend(line.old.filter(|_| told_once).map(|year| self.plain(format!(" ({year})"))));
        match &line.fact.what {
            What::Allergy { reactions, criticality, resolved } => {
                match criticality {
                    Criticality::High => runs.push(self.alarm(format!(" ({})", words.severe))),
                    Criticality::Low => runs.push(self.plain(format!(" ({})", words.mild))),
                    Criticality::Unknown => {}
                }
                let reactions: Vec<String> = reactions.iter().map(|one| self.name(one, "")).collect();
                if !reactions.is_empty() {
                    runs.push(self.plain(format!("{}{}", words.colon, reactions.join(", "))));
                }
                if *resolved {
                    runs.push(self.plain(format!(" ({})", words.resolved)));
                }
            }
            What::Problem { state: ProblemState::Suspected } => runs.push(self.plain(format!(" ({})", words.suspected))),
            What::Vaccination { refused: true, .. } => runs.push(self.plain(format!(" ({})", words.refused))),
            What::FamilyHistory { relation } if !relation.is_empty() => runs.push(self.plain(format!(" ({relation})"))),
            What::Pregnancy { expected: Some(expected), over: false } => {
                runs.push(self.plain(format!(", {} {}", words.expected, dates::on(*expected, words.language))));
            }
            What::Contact { telecom } => {
                let called = [line.fact.by.name.as_str(), telephone(telecom)].into_iter().filter(|part| !part.is_empty());
                let called: Vec<&str> = called.collect();
                runs.push(self.plain(format!("{}{}", words.colon, called.join(", "))));
            }
            What::Medicine(medicine) if !medicine.dose.is_empty() => runs.push(self.plain(format!(", {}", medicine.dose))),
            What::Problem { state: ProblemState::Active | ProblemState::Past }
            | What::Vaccination { .. }
            | What::FamilyHistory { .. }
            | What::Pregnancy { .. }
            | What::Medicine(_)
            | What::Procedure
            | What::Observation(_)
            | What::Imaging { .. }
            | What::Device { .. }
            | What::Risk { .. }
            | What::Directive
            | What::Plan
            | What::Function
            | What::Attention
            | What::Stay
            | What::Act
            | What::Absent { .. } => {}
        }
    }

    /// A row of the table of treatments: medicine, dose, since when, last trace.
    pub(crate) fn treatment(&self, line: &Line) -> Vec<Vec<Run>> {
        let name = self.name(&line.fact.concept, &line.fact.proof.quote);
        let mut first = vec![self.strong(name.clone())];
        let mut dose = Vec::new();
        if let What::Medicine(medicine) = &line.fact.what {
            let substances = self.substances(medicine, &name);
            if !substances.is_empty() {
                first.push(self.muted(format!(" {substances}")));
            }
            dose = self.dose(medicine);
        }
        if let Some(class) = matters::class_of(line) {
            first.push(self.muted(format!(" · {}", class.words(self.words.language))));
        }
        let since = line.fact.period.from.unwrap_or(line.first_seen);
        let mut trace = Vec::new();
        if let Some(source) = line.sources.first() {
            let stage = source.stage.map_or(self.words.stage(dmp_core::summary::MedicineStage::Stated), |stage| self.words.stage(stage));
            trace.push(self.plain(format!("{stage} {}", dates::short(source.when, self.words.language))));
            let by = if line.fact.by.name.is_empty() { &source.author } else { &line.fact.by.name };
            if !by.is_empty() {
                trace.push(self.muted(format!(" · {by}")));
            }
        }
        vec![first, dose, vec![self.plain(dates::short(since, self.words.language))], trace]
    }

    /// The same as one line of a list, where a table has no room.
    pub(crate) fn treatment_line(&self, line: &Line) -> Vec<Run> {
        let mut runs = Vec::new();
        for (place, cell) in self.treatment(line).into_iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match place {
                0 => {}
                2 => runs.push(self.plain(format!(", {} ", self.words.since))),
                _ => runs.push(self.plain(", ")),
            }
            runs.extend(cell);
        }
        runs
    }

    /// Active substances that the name does not name already.
    fn substances(&self, medicine: &Medicine, name: &str) -> String {
        let named = name.to_lowercase();
        let substances = medicine.substances.iter().map(|one| self.name(one, "")).filter(|one| !named.contains(&one.to_lowercase()));
        let substances: Vec<String> = substances.collect();
        if substances.is_empty() { String::new() } else { format!("({})", substances.join(", ")) }
    }

    fn dose(&self, medicine: &Medicine) -> Vec<Run> {
        let parts = [medicine.dose.as_str(), if medicine.long_term { self.words.long_term } else { "" }];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { Vec::new() } else { vec![self.plain(parts.join(", "))] }
    }

    /// A row of the table of results: analyte, last value, its date, reference, value before.
    pub(crate) fn series(&self, series: &Series) -> Vec<Vec<Run>> {
        let mut points = series.points.iter().rev();
        let (last, earlier) = (points.next(), points.next());
        let language = self.words.language;
        let value = last.map(|point| self.value(point, series)).unwrap_or_default();
        let date = last.map(|point| dates::short(point.when, self.words.language)).unwrap_or_default();
        let range = last.map(|point| range(point, language)).unwrap_or_default();
        let earlier =
            earlier.map(|point| format!("{} ({})", value_words(point, series, language).replace('\u{a0}', " "), point.when.year)).unwrap_or_default();
        vec![vec![self.strong(self.name(&series.analyte, ""))], value, vec![self.plain(date)], vec![self.muted(range)], vec![self.muted(earlier)]]
    }

    fn value(&self, point: &Point, series: &Series) -> Vec<Run> {
        let text = value_words(point, series, self.words.language);
        let has = |letter: char| point.interpretation.iter().any(|code| code.starts_with(letter));
        let verdict = match (has('H'), has('L'), has('A')) {
            (true, _, _) => Some(format!(" ↑ {}", self.words.high)),
            (_, true, _) => Some(format!(" ↓ {}", self.words.low)),
            (_, _, true) => Some(format!(" {}", self.words.abnormal)),
            (false, false, false) => None,
        };
        match verdict {
            Some(verdict) => vec![self.strong(text), self.alarm(verdict)],
            None => vec![self.plain(text)],
        }
    }

    /// What falls due.
    pub(crate) fn due(&self, due: &Due) -> Vec<Run> {
        let when = dates::after_preposition(due.by, self.words.language);
        let late = due.late.then(|| self.alarm(format!(" ({})", self.words.late)));
        let mut runs = vec![self.strong(self.name(&due.what, "")), self.plain(format!(" {} {when}", self.words.before))];
        runs.extend(late);
        if !due.basis.is_empty() {
            runs.push(self.muted(format!(" · {}", due.basis)));
        }
        runs
    }

    /// Care without a report.
    pub(crate) fn missing(&self, missing: &Missing) -> Vec<Run> {
        let when = dates::short(missing.when, self.words.language);
        let place = [missing.by.place.as_str(), missing.by.name.as_str()].into_iter().find(|part| !part.is_empty());
        let kind = self.words.missing_kind(missing.kind);
        let mut runs = vec![self.strong(self.name(&missing.what, "")), self.plain(format!(" ({kind}), {when}"))];
        runs.extend(place.map(|place| self.muted(format!(" · {place}"))));
        runs
    }

    /// « Dr Anne EXEMPLE (Médecin), Cabinet des Lilas · 20/05/2019 ».
    pub(crate) fn carer(&self, carer: &Carer) -> Vec<Run> {
        let author = &carer.author;
        let specialty = author.specialty.as_ref().map(|code| code.display.as_str()).filter(|words| !words.is_empty());
        let place = author.institution.as_ref().map(|place| place.name.as_str()).filter(|name| !name.is_empty());
        let mut runs = vec![self.strong(author.name.display())];
        runs.extend(specialty.map(|words| self.plain(format!(" ({words})"))));
        runs.extend(place.map(|place| self.plain(format!(", {place}"))));
        runs.push(self.muted(format!(" · {}", dates::short(carer.last_seen, self.words.language))));
        runs
    }

    /// The words of a concept, its code for want of words, else the quote.
    pub(crate) fn name(&self, concept: &Concept, quote: &str) -> String {
        let code = concept.codes.first();
        let candidates = [concept.text.as_str(), code.map_or("", |code| &code.display), quote, code.map_or("", |code| &code.code)];
        candidates.into_iter().find(|text| !text.trim().is_empty()).unwrap_or(self.words.untitled).to_owned()
    }

    /// « Dr Anne EXEMPLE, 20/05/2019 ».
    fn source(&self, source: &Source) -> String {
        let who = if source.author.is_empty() { &source.title } else { &source.author };
        format!("{who}, {}", dates::short(source.when, self.words.language))
    }

    fn period(&self, period: Period, what: &What) -> String {
        let date = |when: When| dates::long(when, self.words.language);
        match (period.from, period.to) {
            (None, None) => String::new(),
            (Some(from), Some(to)) if from == to => date(from),
            (Some(from), Some(to)) => format!("{} – {}", date(from), date(to)),
            (None, Some(to)) => format!("{} {}", self.words.until, date(to)),
            (Some(from), None) if lasts(what) => format!("{} {}", self.words.since, dates::after_preposition(from, self.words.language)),
            (Some(from), None) => date(from),
        }
    }

    /// « Née le 28 mars 1979 (46 ans), femme ».
    pub(crate) fn birth_and_sex(&self, summary: &Summary) -> String {
        let (born, sex) = match summary.person.traits.sex {
            Sex::Female => (self.words.born_female, self.words.female),
            Sex::Male => (self.words.born_male, self.words.male),
            Sex::Unknown => (self.words.born_unknown, self.words.sex_unknown),
        };
        let today = dates::day(summary.at).first_day();
        let age = today.map(|today| summary.person.traits.birth_date.age_on(today)).filter(|age| *age >= 0);
        let age = age.map(|age| format!(" ({age}\u{a0}{})", self.words.years)).unwrap_or_default();
        format!("{born} {}{age}, {sex}", dates::on(birth(summary.person.traits.birth_date), self.words.language))
    }

    pub(crate) fn sex(&self, sex: Sex) -> &'static str {
        match sex {
            Sex::Female => self.words.female,
            Sex::Male => self.words.male,
            Sex::Unknown => self.words.sex_unknown,
        }
    }

    /// « Dr Anne EXEMPLE, médecin généraliste, Cabinet de l'Île ».
    pub(crate) fn party(&self, party: Option<&Party>) -> String {
        let parts = party.map(|party| [party.name.as_str(), party.role.as_str(), party.place.as_str()]).unwrap_or_default();
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { self.words.no_medecin_traitant.to_owned() } else { parts.join(", ") }
    }
}

/// A birth date as a date.
pub(crate) fn birth(date: BirthDate) -> When {
    When { year: date.year, month: date.month, day: date.day, minute: None }
}

/// Whether a fact with a beginning and no end goes on.
fn lasts(what: &What) -> bool {
    match what {
        What::Problem { .. }
        | What::Allergy { .. }
        | What::Medicine(_)
        | What::Device { .. }
        | What::Risk { .. }
        | What::Attention
        | What::Function
        | What::Pregnancy { .. } => true,
        What::FamilyHistory { .. }
        | What::Procedure
        | What::Vaccination { .. }
        | What::Observation(_)
        | What::Imaging { .. }
        | What::Directive
        | What::Plan
        | What::Contact { .. }
        | What::Stay
        | What::Act
        | What::Absent { .. } => false,
    }
}

fn telephone(telecom: &str) -> &str {
    telecom.strip_prefix("tel:").or_else(|| telecom.strip_prefix("mailto:")).unwrap_or(telecom)
}

/// A value as people write it, in the unit of its series as on screen: « < 5 mmHg », « Négatif ».
fn value_words(point: &Point, series: &Series, language: Language) -> String {
    match &point.value {
        Value::Quantity { comparator, number, unit } => {
            let comparator = comparator.replace("<=", "≤").replace(">=", "≥");
            let (number, unit) = match point.number.filter(|_| point.converted) {
                Some(reckoned) => (printed::number(&rounded(reckoned), language), printed::unit(&series.unit, language)),
                None => (printed::number(number, language), printed::unit(unit, language)),
            };
            [comparator, number, unit].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\u{a0}")
        }
        Value::Coded(concept) if !concept.text.is_empty() => concept.text.clone(),
        Value::Coded(concept) => concept.codes.first().map(|code| code.display.clone()).unwrap_or_default(),
        Value::Text(text) => text.clone(),
        Value::None => String::new(),
    }
}

/// Four significant digits, as on screen.
fn rounded(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return number.to_string();
    }
    let digits = 10f64.powf(3.0 - number.abs().log10().floor());
    if digits.is_finite() && digits > 0.0 { ((number * digits).round() / digits).to_string() } else { number.to_string() }
}

fn range(point: &Point, language: Language) -> String {
    // Of a value that was turned into another unit the bounds were too.
    let own = point.range.as_ref();
    let bound = |turned: Option<f64>, own: Option<&String>| {
        let own = own.map(|own| printed::number(own, language));
        if point.converted { turned.map(|turned| printed::number(&rounded(turned), language)) } else { own }
    };
    let low = bound(point.low, own.and_then(|range| range.low.as_ref()));
    let high = bound(point.high, own.and_then(|range| range.high.as_ref()));
    match (low, high) {
        (Some(low), Some(high)) => format!("{low} – {high}"),
        (Some(low), None) => format!("≥ {low}"),
        (None, Some(high)) => format!("≤ {high}"),
        (None, None) => own.map(|range| range.text.clone()).unwrap_or_default(),
    }
}

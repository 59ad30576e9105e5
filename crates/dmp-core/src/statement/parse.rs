//! From what was typed to a statement, and back.

use super::field::{Draft, Field, Flaw};
use super::measure::Quantity;
use super::{Measure, Role, Statement, StatementKind, Wish};
use crate::summary::{Criticality, When};

impl Statement {
    /// Checks what was typed, at a minute of the person's own day.
    ///
    /// # Errors
    /// Every flaw, in the order of the fields.
    pub fn parse(kind: StatementKind, draft: &Draft, now: When) -> Result<Statement, Vec<(Field, Flaw)>> {
        let mut reader = Reading { draft, now, flaws: Vec::new() };
        let statement = reader.statement(kind);
        match statement {
            Some(statement) if reader.flaws.is_empty() => Ok(statement),
            _ => Err(reader.flaws),
        }
    }

    /// What would have been typed to say it: for a form that corrects it.
    pub fn draft(&self) -> Draft {
        let mut draft = Draft::default();
        let pairs: Vec<(Field, String)> = match self.clone() {
            Statement::Allergy { substance, reaction, severity, since } => vec![
                (Field::Substance, substance),
                (Field::Reaction, reaction),
                (Field::Severity, severity_code(severity).to_owned()),
                (Field::Since, since.map(typed).unwrap_or_default()),
            ],
            Statement::Measure { value, second, at, .. } => vec![
                (Field::Value, value.replace('.', ",")),
                (Field::Second, second.unwrap_or_default().replace('.', ",")),
                (Field::Day, When { minute: None, ..at }.to_iso()),
                (Field::Time, at.minute.map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60)).unwrap_or_default()),
            ],
            Statement::Medicine { name, dose, since } => {
                vec![(Field::Medicine, name), (Field::Dose, dose), (Field::Since, since.map(typed).unwrap_or_default())]
            }
            Statement::Family { relation, illness } => vec![(Field::Relation, relation), (Field::Illness, illness)],
            Statement::Directives { words } => vec![(Field::Words, words)],
            Statement::DirectivesKept { place, holder, phone } => vec![(Field::Place, place), (Field::Holder, holder), (Field::Phone, phone)],
            Statement::Organs { wish, note } => vec![(Field::Wish, wish.code().to_owned()), (Field::Note, note)],
            Statement::Contact { role, name, tie, phone } => {
                vec![(Field::Role, role.code().to_owned()), (Field::Name, name), (Field::Tie, tie), (Field::Phone, phone)]
            }
        };
        pairs.into_iter().for_each(|(field, value)| draft.put(field, value));
        draft
    }
}

/// `unknown`, `low`, `high`.
fn severity_code(severity: Criticality) -> &'static str {
    match severity {
        Criticality::Unknown => "unknown",
        Criticality::Low => "low",
        Criticality::High => "high",
    }
}

/// A date as people type it: `2014`, `05/2014`, `26/05/2014`.
fn typed(when: When) -> String {
    match (when.month, when.day) {
        (0, _) => format!("{:04}", when.year),
        (month, 0) => format!("{month:02}/{:04}", when.year),
        (month, day) => format!("{day:02}/{month:02}/{:04}", when.year),
    }
}

/// Reads a date as people type it, or as a date field sends it.
pub(super) fn when_typed(text: &str) -> Option<When> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let padded = |part: &str| format!("{part:0>2}");
    match parts.as_slice() {
        [day, month, year] if year.len() == 4 => When::from_hl7(&format!("{year}{}{}", padded(month), padded(day))),
        [month, year] if year.len() == 4 && month.len() <= 2 => When::from_hl7(&format!("{year}{}", padded(month))),
        [_] => When::from_iso(text).filter(|_| text.chars().all(|sign| sign.is_ascii_digit() || sign == '-') && matches!(text.len(), 4 | 7 | 10)),
        _ => None,
    }
}

/// A decimal number as people type it, with a comma or a point; `None` for anything else.
fn number_typed(text: &str) -> Option<(String, f64)> {
    let text = text.trim().replace(',', ".");
    let is_plain = !text.is_empty() && text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = text.parse().ok().filter(|_| is_plain && !text.starts_with('.') && !text.ends_with('.'))?;
    let bare = text.trim_start_matches('0');
    let text = if bare.is_empty() {
        "0".to_owned()
    } else if bare.starts_with('.') {
        format!("0{bare}")
    } else {
        bare.to_owned()
    };
    Some((text, number))
}

struct Reading<'a> {
    draft: &'a Draft,
    now: When,
    flaws: Vec<(Field, Flaw)>,
}

impl Reading<'_> {
    fn statement(&mut self, kind: StatementKind) -> Option<Statement> {
        match kind {
            StatementKind::Allergy => {
                let (substance, reaction) = (self.needed(Field::Substance), self.words(Field::Reaction));
                let (severity, since) = (self.severity(), self.since());
                Some(Statement::Allergy { substance: substance?, reaction, severity: severity?, since })
            }
            StatementKind::Measure(what) => self.measure(what),
            StatementKind::Medicine => {
                let (name, dose, since) = (self.needed(Field::Medicine), self.words(Field::Dose), self.since());
                Some(Statement::Medicine { name: name?, dose, since })
            }
            StatementKind::Family => {
                let (relation, illness) = (self.needed(Field::Relation), self.needed(Field::Illness));
                Some(Statement::Family { relation: relation?, illness: illness? })
            }
            StatementKind::Directives => self.needed(Field::Words).map(|words| Statement::Directives { words }),
            StatementKind::DirectivesKept => {
                let (place, holder, phone) = (self.needed(Field::Place), self.words(Field::Holder), self.phone(false));
                Some(Statement::DirectivesKept { place: place?, holder, phone: phone? })
            }
            StatementKind::Organs => {
                let wish = self.choice(Field::Wish, &Wish::ALL, Wish::code);
                // Which organs has to be said.
                let note = if wish == Some(Wish::Limits) { self.needed(Field::Note) } else { Some(self.words(Field::Note)) };
                Some(Statement::Organs { wish: wish?, note: note? })
            }
            StatementKind::Contact => {
                let (role, name) = (self.choice(Field::Role, &Role::ALL, Role::code), self.needed(Field::Name));
                let (tie, phone) = (self.words(Field::Tie), self.phone(true));
                Some(Statement::Contact { role: role?, name: name?, tie, phone: phone? })
            }
        }
    }

    fn flaw<T>(&mut self, field: Field, flaw: Flaw) -> Option<T> {
        self.flaws.push((field, flaw));
        None
    }

    /// Words without control signs, blanks folded; lines stay in a text of several.
    fn words(&mut self, field: Field) -> String {
        let fold = |line: &str| {
            let plain: String = line.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
            plain.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let given = self.draft.get(field);
        let words = match field {
            Field::Words => given.lines().map(fold).collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned(),
            _ => fold(given),
        };
        if words.chars().count() > field.length_max() {
            self.flaws.push((field, Flaw::TooLong(field.length_max())));
        }
        words
    }

    fn needed(&mut self, field: Field) -> Option<String> {
        let words = self.words(field);
        if words.is_empty() {
            return self.flaw(field, Flaw::Missing);
        }
        if words.chars().filter(|sign| sign.is_alphabetic()).take(2).count() < 2 {
            return self.flaw(field, Flaw::NoWords);
        }
        Some(words)
    }

    fn choice<T: Copy>(&mut self, field: Field, all: &[T], code: impl Fn(T) -> &'static str) -> Option<T> {
        let given = self.draft.get(field);
        match all.iter().copied().find(|one| code(*one) == given) {
            Some(one) => Some(one),
            None if given.is_empty() => self.flaw(field, Flaw::Missing),
            None => self.flaw(field, Flaw::NotOffered),
        }
    }

    fn severity(&mut self) -> Option<Criticality> {
        if self.draft.get(Field::Severity).is_empty() {
            return Some(Criticality::Unknown);
        }
        self.choice(Field::Severity, &[Criticality::Unknown, Criticality::Low, Criticality::High], severity_code)
    }

    fn since(&mut self) -> Option<When> {
        let given = self.draft.get(Field::Since).trim();
        if given.is_empty() {
            return None;
        }
        let Some(when) = when_typed(given) else { return self.flaw(Field::Since, Flaw::NotADate) };
        if when.first_day() > self.now.first_day() { self.flaw(Field::Since, Flaw::InTheFuture) } else { Some(when) }
    }

    fn phone(&mut self, needed: bool) -> Option<String> {
        let given = self.words(Field::Phone);
        if given.is_empty() {
            return if needed { self.flaw(Field::Phone, Flaw::Missing) } else { Some(given) };
        }
        let digits = given.chars().filter(char::is_ascii_digit).count();
        let is_phone = given.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, ' ' | '.' | '-' | '+' | '(' | ')' | '/'));
        if is_phone && (2..=15).contains(&digits) { Some(given) } else { self.flaw(Field::Phone, Flaw::NotAPhone) }
    }

    fn measure(&mut self, what: Measure) -> Option<Statement> {
        let value = self.quantity(Field::Value, what.first());
        let second = what.second().map(|quantity| self.quantity(Field::Second, quantity));
        let at = self.moment();
        if let (Some((_, upper)), Some(Some((_, lower)))) = (&value, &second)
            && lower >= upper
        {
            self.flaws.push((Field::Second, Flaw::NotBelow));
        }
        let second = match second {
            Some(second) => Some(second?.0),
            None => None,
        };
        Some(Statement::Measure { what, value: value?.0, second, at: at? })
    }

    fn quantity(&mut self, field: Field, quantity: Quantity) -> Option<(String, f64)> {
        let given = self.draft.get(field).trim();
        if given.is_empty() {
            return self.flaw(field, Flaw::Missing);
        }
        let Some((text, number)) = number_typed(given) else { return self.flaw(field, Flaw::NotANumber) };
        // A height in metres, a temperature, a pressure in centimetres of mercury: what people say is not what is stored.
        if !(quantity.low..=quantity.high).contains(&number) {
            return self.flaw(field, Flaw::OutOfRange(quantity.low, quantity.high, quantity.shown_unit));
        }
        Some((text, number))
    }

    /// Day and time: without a day today, without a time on that day no time; never later than now.
    fn moment(&mut self) -> Option<When> {
        let (day, time) = (self.draft.get(Field::Day).trim().to_owned(), self.draft.get(Field::Time).trim().to_owned());
        let day = match day.as_str() {
            "" => Some(When { minute: None, ..self.now }),
            given => when_typed(given).filter(|when| when.day > 0),
        };
        let Some(day) = day else { return self.flaw(Field::Day, Flaw::NotADate) };
        let minute = match time.as_str() {
            "" => None,
            given => match minute_typed(given) {
                Some(minute) => Some(minute),
                None => return self.flaw(Field::Time, Flaw::NotATime),
            },
        };
        if day.first_day() > self.now.first_day() {
            return self.flaw(Field::Day, Flaw::InTheFuture);
        }
        // The minute of a form that was shown a moment ago may be this one.
        let is_today = day.first_day() == self.now.first_day();
        if is_today && minute > self.now.minute.map(|minute| minute.saturating_add(1)) {
            return self.flaw(Field::Time, Flaw::InTheFuture);
        }
        Some(When { minute, ..day })
    }
}

fn minute_typed(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once([':', 'h', 'H']).unwrap_or((text, "0"));
    let (hour, minute): (u16, u16) = (hour.trim().parse().ok()?, if minute.trim().is_empty() { 0 } else { minute.trim().parse().ok()? });
    (hour < 24 && minute < 60).then(|| hour * 60 + minute)
}

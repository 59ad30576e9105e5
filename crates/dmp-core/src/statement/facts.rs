//! A statement in the words of the summary, and back from what was read in its document.

use super::{Measure, Role, Statement, Wish};
use crate::document::{Code, system};
use crate::summary::{
    Concept, Fact, Medicine, MedicineStage, Observation, ObservationKind, ObservationStatus, Party, Period, Proof, TextPart, Value, What, When,
};

/// What directives that are written in their own document are called in the table above them.
pub const WRITTEN_HERE: &str = "texte complet dans ce document";
/// How directives that lie elsewhere begin.
const KEPT: &str = "se trouvent : ";
const HELD_BY: &str = " ; détenues par ";
const PHONE: &str = " ; téléphone ";
/// Concept of a wish about organs.
pub const ORGANS: &str = "Don d'organes";
const NOTE: &str = " ; ";

impl Statement {
    /// As facts. Of a directive, `concept` is the answer without its question.
    pub fn facts(&self) -> Vec<Fact> {
        let fact = |what: What, words: &str, period: Period| Fact {
            what,
            concept: Concept::words(words),
            period,
            by: Party::default(),
            proof: Proof::default(),
        };
        let since = |when: Option<When>| Period { from: when, to: None };
        match self {
            Statement::Allergy { substance, reaction, severity, since: from } => {
                let reactions = if reaction.is_empty() { Vec::new() } else { vec![Concept::words(reaction)] };
                vec![fact(What::Allergy { reactions, criticality: *severity, resolved: false }, substance, since(*from))]
            }
            Statement::Measure { what, value, second, at } => {
                let pairs = [Some((what.first(), value)), what.second().zip(second.as_ref())];
                let one = |(quantity, number): (super::measure::Quantity, &String)| {
                    let observation = Observation {
                        kind: ObservationKind::Measure,
                        value: Value::Quantity { comparator: String::new(), number: number.clone(), unit: quantity.unit.to_owned() },
                        range: None,
                        interpretation: Vec::new(),
                        method: String::new(),
                        status: ObservationStatus::Final,
                    };
                    let concept = Concept::coded(Code::new(quantity.code, system::LOINC, quantity.words));
                    Fact { concept, ..fact(What::Observation(observation), "", Period::at(*at)) }
                };
                pairs.into_iter().flatten().map(one).collect()
            }
            Statement::Medicine { name, dose, since: from } => {
                let medicine = Medicine {
                    stage: MedicineStage::Stated,
                    substances: Vec::new(),
                    dose: dose.clone(),
                    quantity: String::new(),
                    long_term: false,
                    stopped: false,
                };
                vec![fact(What::Medicine(medicine), name, since(*from))]
            }
            Statement::Family { relation, illness } => vec![fact(What::FamilyHistory { relation: relation.clone() }, illness, Period::default())],
            Statement::Directives { .. } | Statement::DirectivesKept { .. } | Statement::Organs { .. } => {
                vec![fact(What::Directive, &self.answer(), Period::default())]
            }
            Statement::Contact { role, name, tie, phone } => {
                let by = Party { name: named(name, tie), role: role.words().to_owned(), place: String::new() };
                vec![Fact { by, ..fact(What::Contact { telecom: phone.clone() }, role.words(), Period::default()) }]
            }
        }
    }

    fn answer(&self) -> String {
        match self {
            Statement::Directives { .. } => WRITTEN_HERE.to_owned(),
            Statement::DirectivesKept { place, holder, phone } => {
                let part = |before: &str, words: &str| if words.is_empty() { String::new() } else { format!("{before}{words}") };
                format!("{KEPT}{place}{}{}", part(HELD_BY, holder), part(PHONE, phone))
            }
            Statement::Organs { wish, note } if note.is_empty() => wish.words().to_owned(),
            Statement::Organs { wish, note } => format!("{}{NOTE}{note}", wish.words()),
            Statement::Allergy { .. }
            | Statement::Measure { .. }
            | Statement::Medicine { .. }
            | Statement::Family { .. }
            | Statement::Contact { .. } => String::new(),
        }
    }

    /// What a document of the person's own says, from what was read in it; `written` are the lines of directives that stand in it whole.
    pub fn of(facts: &[Fact], written: &str) -> Option<Statement> {
        let first = facts.iter().find(|fact| !matches!(fact.what, What::Absent { .. } | What::Stay))?;
        let words = || first.concept.text.clone();
        Some(match &first.what {
            What::Allergy { reactions, criticality, .. } => Statement::Allergy {
                substance: words(),
                reaction: reactions.first().map(|reaction| reaction.text.clone()).unwrap_or_default(),
                severity: *criticality,
                since: first.period.from,
            },
            What::Observation(_) => measure(facts)?,
            What::Medicine(medicine) => Statement::Medicine { name: words(), dose: medicine.dose.clone(), since: first.period.from },
            What::FamilyHistory { relation } => Statement::Family { relation: relation.clone(), illness: words() },
            What::Directive => directive(&words(), written)?,
            What::Contact { telecom } => {
                let role = Role::ALL.into_iter().find(|role| role.words() == first.by.role)?;
                let (name, tie) = first.by.name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")).unwrap_or((&first.by.name, ""));
                Statement::Contact { role, name: name.to_owned(), tie: tie.to_owned(), phone: telecom.clone() }
            }
            _ => return None,
        })
    }
}

/// A name with what the person is: the header has no place for words of a tie that no code knows.
fn named(name: &str, tie: &str) -> String {
    if tie.is_empty() { name.to_owned() } else { format!("{name} ({tie})") }
}

fn measure(facts: &[Fact]) -> Option<Statement> {
    let value = |code: &str| {
        facts.iter().find(|fact| fact.concept.code_in(system::LOINC) == Some(code)).and_then(|fact| match &fact.what {
            What::Observation(Observation { value: Value::Quantity { number, .. }, .. }) => Some((number.clone(), fact.period.from)),
            _ => None,
        })
    };
    let what = Measure::ALL.into_iter().find(|measure| value(measure.first().code).is_some())?;
    let (number, at) = value(what.first().code)?;
    let second = what.second().and_then(|second| value(second.code)).map(|(number, _)| number);
    Some(Statement::Measure { what, value: number, second, at: at? })
}

fn directive(words: &str, written: &str) -> Option<Statement> {
    if let Some(answer) = words.strip_prefix(ORGANS) {
        let answer = answer.trim_start_matches([' ', ':', '\u{a0}']);
        let wish = Wish::ALL.into_iter().find(|wish| answer.starts_with(wish.words()))?;
        let note = answer.get(wish.words().len()..)?.trim_start_matches([' ', ';']).to_owned();
        return Some(Statement::Organs { wish, note });
    }
    if let Some((_, kept)) = words.split_once(KEPT) {
        let (kept, phone) = kept.split_once(PHONE).unwrap_or((kept, ""));
        let (place, holder) = kept.split_once(HELD_BY).unwrap_or((kept, ""));
        return Some(Statement::DirectivesKept { place: place.to_owned(), holder: holder.to_owned(), phone: phone.to_owned() });
    }
    (!written.is_empty()).then(|| Statement::Directives { words: written.to_owned() })
}

/// The text of a document's parts, one after the other.
pub fn all_text(parts: &[TextPart]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    /// 27 November 2026, 12:00.
    const NOW: When = When { year: 2026, month: 11, day: 27, minute: Some(720) };

    fn draft(pairs: &[(Field, &str)]) -> Draft {
        let mut draft = Draft::default();
        pairs.iter().for_each(|(field, value)| draft.put(*field, *value));
        draft
    }

    fn flaws(kind: StatementKind, pairs: &[(Field, &str)]) -> Vec<(Field, Flaw)> {
        Statement::parse(kind, &draft(pairs), NOW).expect_err("something is wrong")
    }

    #[test]
    fn what_is_said_is_said_again_from_its_facts_and_its_draft() {
        for (kind, pairs) in [
            (StatementKind::Allergy, &[(Field::Substance, " Pénicilline\u{0} "), (Field::Severity, "high"), (Field::Since, "05/2014")][..]),
            (StatementKind::Measure(Measure::Weight), &[(Field::Value, "072,5"), (Field::Day, "2026-11-26"), (Field::Time, "7h")]),
            (StatementKind::Measure(Measure::BloodPressure), &[(Field::Value, "128"), (Field::Second, "79")]),
            (StatementKind::Medicine, &[(Field::Medicine, "Ibuprofène 200 mg"), (Field::Dose, "1 comprimé si douleur")]),
            (StatementKind::Family, &[(Field::Relation, "mère"), (Field::Illness, "Diabète")]),
            (StatementKind::Directives, &[(Field::Words, "Je ne veux pas…\r\n\r\nSigné chez moi")]),
            (StatementKind::DirectivesKept, &[(Field::Place, "tiroir du bureau"), (Field::Holder, "Léa"), (Field::Phone, "06 00 00 00 00")]),
            (StatementKind::Organs, &[(Field::Wish, "some"), (Field::Note, "pas les yeux")]),
            (StatementKind::Contact, &[(Field::Role, "trust"), (Field::Name, "Léa EXEMPLE"), (Field::Tie, "sœur"), (Field::Phone, "0600000000")]),
        ] {
            let said = Statement::parse(kind, &draft(pairs), NOW).unwrap_or_else(|flaws| panic!("{kind:?} {flaws:?}"));
            assert_eq!(said.kind(), kind);
            assert_eq!(Statement::parse(kind, &said.draft(), NOW).as_ref(), Ok(&said));
            let mut facts = said.facts();
            if let (Statement::Organs { .. }, Some(fact)) = (&said, facts.first_mut()) {
                fact.concept.text = format!("{ORGANS} : {}", fact.concept.text);
            }
            let written = if let Statement::Directives { words } = &said { words.as_str() } else { "" };
            assert_eq!(Statement::of(&facts, written).as_ref(), Some(&said));
        }
    }

    #[test]
    fn every_flaw_is_told_where_it_is() {
        use Field::*;
        assert_eq!(
            flaws(StatementKind::Allergy, &[(Severity, "deadly"), (Since, "hier")]),
            [(Substance, Flaw::Missing), (Severity, Flaw::NotOffered), (Since, Flaw::NotADate)]
        );
        assert_eq!(flaws(StatementKind::Allergy, &[(Substance, "12 %")]), [(Substance, Flaw::NoWords)]);
        assert_eq!(flaws(StatementKind::Allergy, &[(Substance, "noix"), (Since, "2031")]), [(Since, Flaw::InTheFuture)]);
        let weight = StatementKind::Measure(Measure::Weight);
        assert_eq!(flaws(weight, &[(Value, "7200")]), [(Value, Flaw::OutOfRange(0.3, 500.0, "kg"))]);
        for wrong in ["NaN", "1e3", "-4", "soixante", "1,2,3", ".", "5."] {
            assert_eq!(flaws(weight, &[(Value, wrong)]), [(Value, Flaw::NotANumber)], "{wrong}");
        }
        assert_eq!(flaws(weight, &[(Value, "72"), (Time, "12:30")]), [(Time, Flaw::InTheFuture)]);
        assert_eq!(flaws(weight, &[(Value, "72"), (Day, "2026-02-30")]), [(Day, Flaw::NotADate)]);
        assert_eq!(flaws(StatementKind::Measure(Measure::BloodPressure), &[(Value, "80"), (Second, "120")]), [(Second, Flaw::NotBelow)]);
        assert_eq!(flaws(StatementKind::Organs, &[(Wish, "some")]), [(Note, Flaw::Missing)]);
        let long = "x".repeat(121);
        assert_eq!(
            flaws(StatementKind::Contact, &[(Role, "call"), (Name, &long), (Phone, "allô")]),
            [(Name, Flaw::TooLong(120)), (Phone, Flaw::NotAPhone)]
        );
    }

    #[test]
    fn every_kind_has_one_address_and_a_type_of_the_person() {
        for kind in StatementKind::ALL {
            assert_eq!(StatementKind::from_code(kind.code()), Some(kind));
            assert!(kind.type_code().starts_with("DOCPAT") || crate::document::class_of(kind.type_code()) == Some("90"));
        }
    }
}

//! Elements of FHIR: what is empty or cannot be held is left out.

use dmp_core::document::Code;
use dmp_core::summary::{Concept, Period, When};
use serde_json::{Map, Value};

use crate::nos;

/// An object under construction.
#[derive(Debug, Default)]
pub(super) struct Object(Map<String, Value>);

impl Object {
    /// With its resource type.
    pub fn resource(kind: &str) -> Self {
        Object::default().text("resourceType", kind)
    }

    /// A string; left out when nothing of it can be shown.
    pub fn text(mut self, key: &str, text: &str) -> Self {
        if let Some(clean) = clean(text) {
            self.0.insert(key.to_owned(), Value::String(clean));
        }
        self
    }

    /// Any value; left out when it is null or an empty list or object.
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let empty = match &value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        };
        if !empty {
            self.0.insert(key.to_owned(), value);
        }
        self
    }

    /// A list of one.
    pub fn one(self, key: &str, value: impl Into<Value>) -> Self {
        match value.into() {
            Value::Null => self,
            value => self.with(key, Value::Array(vec![value])),
        }
    }

    /// A date, or why there is none.
    pub fn when(self, key: &str, when: Option<When>) -> Self {
        match when {
            Some(when) => self.text(key, &date(when)),
            None => self.with(&format!("_{key}"), unknown()),
        }
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Value::Object(object.0)
    }
}

/// A list of objects.
pub(super) fn list(items: impl IntoIterator<Item = Object>) -> Value {
    Value::Array(items.into_iter().map(Value::from).collect())
}

/// Without control characters, without white space around; `None` when nothing is left.
pub(super) fn clean(text: &str) -> Option<String> {
    let kept: String = text.chars().filter(|one| !one.is_control() || matches!(one, '\n' | '\t')).collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}

/// The element that says that a value is not known.
pub(super) fn unknown() -> Object {
    let reason = Object::default().text("url", "http://hl7.org/fhir/StructureDefinition/data-absent-reason").text("valueCode", "unknown");
    Object::default().one("extension", reason)
}

/// ISO 8601, a day at most: the clock of a source has no zone.
pub(super) fn date(when: When) -> String {
    When { minute: None, ..when }.to_iso()
}

/// A `Period` whose end does not lie before its start; null when nothing is known.
pub(super) fn period(period: Period) -> Object {
    let end = period.to.filter(|to| period.from.is_none_or(|from| from <= *to));
    let written = |when: Option<When>| when.map(date).unwrap_or_default();
    Object::default().text("start", &written(period.from)).text("end", &written(end))
}

/// One coding.
pub(super) fn coding(system: &str, code: &str, display: &str) -> Object {
    Object::default().text("system", system).text("code", code).text("display", display)
}

/// A concept of one coding.
pub(super) fn coded(system: &str, code: &str, display: &str) -> Object {
    Object::default().one("coding", coding(system, code, display))
}

/// A concept of words.
pub(super) fn words(text: &str) -> Object {
    Object::default().text("text", clean(text).as_deref().unwrap_or("Non précisé"))
}

/// A concept as its source gives it: codings that FHIR can hold, and words.
pub(super) fn concept(concept: &Concept) -> Object {
    let codings = list(concept.codes.iter().filter_map(held));
    let first = concept.codes.first().map_or("", |code| code.display.as_str());
    let text = if concept.text.trim().is_empty() { first } else { &concept.text };
    let text = clean(text).or_else(|| codings.as_array().is_some_and(Vec::is_empty).then(|| "Non précisé".to_owned()));
    Object::default().with("coding", codings).text("text", &text.unwrap_or_default())
}

/// A code with a URI as system and without white space inside.
fn held(code: &Code) -> Option<Object> {
    let blank = |text: &str| text.is_empty() || text.contains(|one: char| one.is_whitespace() || one.is_control());
    let system = nos::fhir_system(&code.system);
    let sound = !blank(&code.code) && !blank(&system) && system.contains(':');
    sound.then(|| coding(&system, &code.code, &code.display))
}

/// A reference to a resource of the bundle.
pub(super) fn reference(url: &str) -> Object {
    Object::default().text("reference", url)
}

/// A reference that only names somebody; null for nobody.
pub(super) fn display(text: &str) -> Object {
    Object::default().text("display", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fhir_cannot_hold_is_left_out() {
        let codes = vec![Code::new("a b", "1.2.3", "x"), Code::new("E11", "2.16.840.1.113883.6.3", ""), Code::new("x", "nulle part", "y")];
        let value = Value::from(concept(&Concept { text: " \u{1} ".into(), codes }));
        assert_eq!(value["coding"].as_array().unwrap().len(), 1);
        assert_eq!(value["coding"][0]["system"], "http://hl7.org/fhir/sid/icd-10");
        assert!(value["coding"][0].get("display").is_none());
        assert_eq!(Value::from(concept(&Concept::default()))["text"], "Non précisé");
    }

    #[test]
    fn a_period_never_ends_before_it_starts() {
        let turned = Period { from: Some(When::day(2024, 5, 1)), to: Some(When::day(2023, 1, 1)) };
        let value = Value::from(period(turned));
        assert_eq!((value["start"].as_str(), value.get("end")), (Some("2024-05-01"), None));
    }
}

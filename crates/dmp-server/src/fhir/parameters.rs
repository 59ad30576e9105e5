//! A `Parameters` resource by name.

use dmp_core::identity::{Ins, InsError};
use dmp_core::{Mode, Moment};
use dmp_service::Error;
use serde_json::Value;

use super::operations::finding;

/// The parameters of an operation.
#[derive(Debug, Default)]
pub(crate) struct Parameters(Value);

impl Parameters {
    /// Wraps a `Parameters` resource.
    pub fn new(value: Value) -> Self {
        Parameters(value)
    }

    /// The same from the pairs of a query: every value is a text.
    pub fn of_query(pairs: &[(String, String)]) -> Self {
        let all: Vec<Value> = pairs.iter().map(|(name, value)| serde_json::json!({ "name": name, "valueString": value })).collect();
        Parameters(serde_json::json!({ "resourceType": "Parameters", "parameter": all }))
    }

    fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Value> {
        let list = self.0.get("parameter").and_then(Value::as_array).into_iter().flatten();
        list.filter(move |one| one.get("name").and_then(Value::as_str) == Some(name))
    }

    /// A token `system|value` in a text.
    pub fn token(&self, name: &str) -> Option<&str> {
        self.text(name).filter(|text| text.contains('|'))
    }

    /// Every coding of a name, in order, as system and code: a Coding, a CodeableConcept, or a token in a text.
    pub fn codings(&self, name: &str) -> Vec<(String, String)> {
        let coding = |value: &Value| Some((value.get("system")?.as_str()?.to_owned(), value.get("code")?.as_str()?.to_owned()));
        let mut found = Vec::new();
        for one in self.all(name) {
            found.extend(one.get("valueCoding").and_then(coding));
            let codings = one.pointer("/valueCodeableConcept/coding").and_then(Value::as_array);
            found.extend(codings.into_iter().flatten().filter_map(coding));
            let token = one.get("valueString").and_then(Value::as_str).and_then(|text| text.split_once('|'));
            found.extend(token.map(|(system, code)| (system.to_owned(), code.to_owned())));
        }
        found
    }

    fn get(&self, name: &str) -> Option<&Value> {
        let list = self.0.get("parameter")?.as_array()?;
        list.iter().find(|one| one.get("name").and_then(Value::as_str) == Some(name))
    }

    /// A string, code, date or URI.
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.get(name)?;
        ["valueString", "valueCode", "valueDate", "valueDateTime", "valueUri"].iter().find_map(|key| found.get(key)?.as_str())
    }

    /// The value of an `Identifier`, or a plain string.
    pub fn identifier(&self, name: &str) -> Option<&str> {
        self.get(name)?.pointer("/valueIdentifier/value").and_then(Value::as_str).or_else(|| self.text(name))
    }

    /// An instant, or the first instant of a date.
    pub fn moment(&self, name: &str) -> Result<Option<Moment>, Error> {
        self.text(name).map(|text| Moment::parse_fhir(text).ok_or_else(|| self.wrong(name, "YYYY-MM-DD"))).transpose()
    }

    /// A boolean; a text in its place is a finding, not a no.
    pub fn boolean(&self, name: &str) -> Result<Option<bool>, Error> {
        match self.get(name) {
            None => Ok(None),
            Some(found) => found.get("valueBoolean").and_then(Value::as_bool).map(Some).ok_or_else(|| self.wrong(name, "valueBoolean")),
        }
    }

    /// A boolean that must be there.
    pub fn required_boolean(&self, name: &str) -> Result<bool, Error> {
        self.boolean(name)?.ok_or_else(|| self.missing(name))
    }

    /// An INS in an `Identifier`, of this mode.
    pub fn ins(&self, name: &str, mode: Mode) -> Result<Ins, Error> {
        let found = self.get(name).and_then(|one| one.get("valueIdentifier")).ok_or_else(|| self.missing(name))?;
        let text = |key: &str| found.get(key).and_then(Value::as_str).unwrap_or_default();
        let parsed = Ins::parse(text("system"), text("value")).map_err(|error| {
            let issue = finding(error.code(), name);
            Error::invalid(match error {
                InsError::Key { expected } => issue.expected(format!("{expected:02}")),
                InsError::Format | InsError::UnknownAuthority => issue,
            })
        })?;
        match parsed.refused_in(mode) {
            Some(code) => Err(Error::invalid(finding(code, name))),
            None => Ok(parsed),
        }
    }

    /// The finding for a parameter that must be there.
    pub fn missing(&self, name: &str) -> Error {
        Error::invalid(finding("element-required", name))
    }

    /// The finding for a parameter with a value that does not do.
    pub fn wrong(&self, name: &str, expected: &str) -> Error {
        Error::invalid(finding("element-value", name).expected(expected))
    }
}

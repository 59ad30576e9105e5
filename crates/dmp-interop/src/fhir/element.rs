//! A place in a received resource: its value, its FHIRPath, and where findings about it go.

use std::cell::RefCell;

use dmp_core::{Issue, Moment};
use serde_json::Value;

/// Findings gathered while a resource is read.
#[derive(Debug, Default)]
pub(crate) struct Findings(RefCell<Vec<Issue>>);

impl Findings {
    /// Adds a finding, once.
    pub fn add(&self, issue: Issue) {
        let mut issues = self.0.borrow_mut();
        if !issues.contains(&issue) {
            issues.push(issue);
        }
    }

    pub fn into_issues(self) -> Vec<Issue> {
        self.0.into_inner()
    }
}

/// An element that may be absent. A wrong JSON type is a finding and then counts as absent.
#[derive(Debug, Clone)]
pub(crate) struct Element<'a> {
    value: Option<&'a Value>,
    path: String,
    findings: &'a Findings,
}

impl<'a> Element<'a> {
    pub fn root(value: &'a Value, path: &str, findings: &'a Findings) -> Self {
        Element { value: Some(value), path: path.to_owned(), findings }
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn value(&self) -> Option<&'a Value> {
        self.value
    }

    pub fn exists(&self) -> bool {
        self.value.is_some_and(|value| !value.is_null())
    }

    pub fn child(&self, name: &str) -> Element<'a> {
        let value = match self.value {
            None | Some(Value::Null) => None,
            Some(Value::Object(map)) => map.get(name).filter(|value| !value.is_null()),
            Some(_) => {
                self.wrong_type("object");
                None
            }
        };
        Element { value, path: format!("{}.{name}", self.path), findings: self.findings }
    }

    pub fn items(&self, name: &str) -> Vec<Element<'a>> {
        let list = self.child(name);
        match list.value {
            None => Vec::new(),
            Some(Value::Array(items)) => items
                .iter()
                .enumerate()
                .map(|(index, item)| Element { value: Some(item), path: format!("{}[{index}]", list.path), findings: self.findings })
                .collect(),
            Some(_) => {
                list.wrong_type("array");
                Vec::new()
            }
        }
    }

    /// First item of an array.
    pub fn first(&self, name: &str) -> Element<'a> {
        let path = format!("{}.{name}[0]", self.path);
        self.items(name).into_iter().next().unwrap_or(Element { value: None, path, findings: self.findings })
    }

    pub fn text(&self) -> Option<String> {
        self.str().map(str::to_owned)
    }

    /// Like [`Element::text`] without a copy, for long values.
    pub fn str(&self) -> Option<&'a str> {
        match self.value? {
            Value::String(text) if !text.trim().is_empty() => Some(text),
            _ => {
                self.wrong_type("string");
                None
            }
        }
    }

    pub fn whole_number(&self) -> Option<u64> {
        let number = self.value?.as_u64();
        if number.is_none() {
            self.wrong_type("unsignedInt");
        }
        number
    }

    pub fn flag(&self) -> Option<bool> {
        let flag = self.value?.as_bool();
        if flag.is_none() {
            self.wrong_type("boolean");
        }
        flag
    }

    /// A `date`, `dateTime` or `instant`.
    pub fn when(&self) -> Option<When> {
        let text = self.text()?;
        let moment = Moment::parse_fhir(&text);
        if moment.is_none() {
            self.finding(Issue::error("element-value").received(text.as_str()).expected("dateTime"));
        }
        Some(When { text, moment })
    }

    /// Adds a finding at this place.
    pub fn finding(&self, issue: Issue) {
        self.findings.add(issue.at(self.path.as_str()));
    }

    fn wrong_type(&self, expected: &str) {
        self.finding(Issue::error("element-value").expected(expected));
    }

    /// The extension with the given canonical address.
    pub fn extension(&self, url: &str) -> Option<Element<'a>> {
        self.extensions(url).into_iter().next()
    }

    /// All extensions with the given canonical address.
    pub fn extensions(&self, url: &str) -> Vec<Element<'a>> {
        let mut found = self.items("extension");
        found.retain(|extension| extension.value.and_then(|value| value.get("url")).and_then(Value::as_str) == Some(url));
        found
    }
}

/// A date as written, and the instant it means when it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    pub text: String,
    pub moment: Option<Moment>,
}

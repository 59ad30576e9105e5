//! Where a patch operation points, whatever the format, and the change that it means there.

use dmp_core::Issue;
use serde_json::Value;

use super::{Expectation, LabelRef, MetadataChange, StatusWord};
use crate::fhir::urls;

/// A place that may be patched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Status,
    /// The whole of securityLabel.
    Labels,
    Label(LabelRef),
    LabelEnd,
    /// The isArchived extension, or its value.
    Archived,
    /// The array of extensions, or its end.
    Extensions,
}

impl Place {
    /// FHIRPath for findings: never words of the sender.
    fn path(&self) -> &'static str {
        match self {
            Place::Status => "DocumentReference.status",
            Place::Labels | Place::Label(_) | Place::LabelEnd => "DocumentReference.securityLabel",
            Place::Archived | Place::Extensions => "DocumentReference.extension",
        }
    }
}

/// What to do there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Add,
    /// Add at this index.
    Insert(usize),
    Replace,
    Remove,
    Test,
}

/// A refusal: the element may not be patched.
pub(crate) fn not_allowed(path: &str) -> Issue {
    Issue::error("patch-element-not-allowed").received(path).expected("status, securityLabel, isArchived")
}

/// The change that an operation means at a place.
pub(crate) fn change(operation: Operation, place: &Place, value: Option<&Value>) -> Result<MetadataChange, Issue> {
    let path = place.path();
    let invalid = || Issue::error("element-value").at(path);
    match (place, operation) {
        (Place::Status, Operation::Remove) => Err(Issue::error("element-required").at(path)),
        (Place::Status, Operation::Test) => Ok(MetadataChange::Test(Expectation::Status(text(value).ok_or_else(invalid)?))),
        (Place::Status, Operation::Add | Operation::Insert(_) | Operation::Replace) => {
            let word = text(value).ok_or_else(invalid)?;
            let known = StatusWord::from_code(&word).ok_or_else(|| invalid().received(word).expected("current | superseded | entered-in-error"))?;
            Ok(MetadataChange::SetStatus(known))
        }
        (Place::Archived | Place::Extensions, Operation::Remove) => match place {
            Place::Archived => Ok(MetadataChange::SetArchived(false)),
            _ => Err(not_allowed(path)),
        },
        (Place::Archived | Place::Extensions, Operation::Test) => Ok(MetadataChange::Test(Expectation::Archived(archived(value, path)?))),
        (Place::Archived | Place::Extensions, Operation::Add | Operation::Insert(_) | Operation::Replace) => {
            Ok(MetadataChange::SetArchived(archived(value, path)?))
        }
        (Place::Labels | Place::LabelEnd | Place::Label(_), _) => label_change(operation, place, value, path),
    }
}

fn label_change(operation: Operation, place: &Place, value: Option<&Value>, path: &str) -> Result<MetadataChange, Issue> {
    let code = || label(value).ok_or_else(|| Issue::error("element-value").at(path).expected("CodeableConcept"));
    Ok(match (place, operation) {
        (Place::Label(label), Operation::Remove) => MetadataChange::RemoveLabel(label.clone()),
        (Place::Label(label), Operation::Replace) => MetadataChange::ReplaceLabel { label: label.clone(), code: code()? },
        (Place::Label(label), Operation::Test) => MetadataChange::Test(Expectation::LabelAt(label.clone(), code()?)),
        (Place::Label(LabelRef::Index(index)), Operation::Add) => MetadataChange::AddLabel { code: code()?, index: Some(*index) },
        (_, Operation::Insert(index)) => MetadataChange::AddLabel { code: code()?, index: Some(index) },
        (_, Operation::Remove) => MetadataChange::SetLabels(Vec::new()),
        (_, Operation::Test) => MetadataChange::Test(Expectation::Labels(labels(value, path)?)),
        (_, Operation::Add | Operation::Replace) => match value {
            Some(Value::Array(_)) => MetadataChange::SetLabels(labels(value, path)?),
            _ => MetadataChange::AddLabel { code: code()?, index: None },
        },
    })
}

fn text(value: Option<&Value>) -> Option<String> {
    value?.as_str().map(str::to_owned)
}

/// The code of a label: a `CodeableConcept`, a `Coding`, or (PDSm) the bare code.
fn label(value: Option<&Value>) -> Option<String> {
    let value = value?;
    let coding = value.get("coding").and_then(|codings| codings.get(0)).unwrap_or(value);
    match coding {
        Value::Array(codings) => codings.first()?.get("code")?.as_str().map(str::to_owned),
        Value::Object(map) => map.get("code")?.as_str().map(str::to_owned),
        Value::String(code) => Some(code.clone()),
        _ => None,
    }
}

fn labels(value: Option<&Value>, path: &str) -> Result<Vec<String>, Issue> {
    let invalid = || Issue::error("element-value").at(path).expected("CodeableConcept");
    let items = value.and_then(Value::as_array).ok_or_else(invalid)?;
    items.iter().map(|item| label(Some(item)).ok_or_else(invalid)).collect()
}

/// The boolean of isArchived: alone, or in its extension, or in an array of that one extension.
fn archived(value: Option<&Value>, path: &str) -> Result<bool, Issue> {
    let invalid = || Issue::error("element-value").at(path).expected("boolean");
    match value.ok_or_else(invalid)? {
        Value::Bool(flag) => Ok(*flag),
        Value::Object(extension) => {
            if extension.get("url").and_then(Value::as_str) != Some(urls::EXT_IS_ARCHIVED) {
                return Err(not_allowed(path));
            }
            extension.get("valueBoolean").and_then(Value::as_bool).ok_or_else(invalid)
        }
        Value::Array(extensions) => match extensions.as_slice() {
            [only] => archived(Some(only), path),
            _ => Err(not_allowed(path)),
        },
        Value::Null | Value::Number(_) | Value::String(_) => Err(invalid()),
    }
}

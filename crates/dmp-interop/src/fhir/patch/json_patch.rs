//! JSON Patch (RFC 6902), and the French alias `/extension[url:'…']/valueBoolean`.

use dmp_core::Issue;
use serde_json::Value;

use super::place::{Operation, Place, change, not_allowed};
use super::{LabelRef, MetadataChange};
use crate::fhir::urls;

pub(super) fn read(body: &Value) -> Result<Vec<MetadataChange>, Issue> {
    let operations = body.as_array().ok_or_else(|| Issue::error("patch-invalid").expected("[{op, path, value}]"))?;
    let mut changes = Vec::with_capacity(operations.len());
    for (index, operation) in operations.iter().enumerate() {
        let at = |issue: Issue| if issue.path.is_some() { issue } else { issue.at(format!("[{index}]")) };
        changes.push(one(operation).map_err(at)?);
    }
    Ok(changes)
}

fn one(operation: &Value) -> Result<MetadataChange, Issue> {
    let member = |key: &str| operation.get(key).and_then(Value::as_str).ok_or_else(|| Issue::error("patch-invalid").expected(key));
    let path = member("path")?;
    let place = place(path)?;
    let kind = match member("op")? {
        "add" => Operation::Add,
        "replace" => Operation::Replace,
        "remove" => Operation::Remove,
        "test" => Operation::Test,
        other => return Err(Issue::error("patch-invalid").received(other).expected("add | replace | remove | test")),
    };
    let value = operation.get("value");
    if value.is_none() && kind != Operation::Remove {
        return Err(Issue::error("patch-invalid").at(path).expected("value"));
    }
    change(kind, &place, value)
}

fn place(path: &str) -> Result<Place, Issue> {
    let refused = || not_allowed(path);
    if let Some(rest) = path.strip_prefix("/extension[") {
        let (predicate, rest) = rest.split_once(']').ok_or_else(refused)?;
        let url = predicate.trim().strip_prefix("url").map(|rest| rest.trim_matches(|c: char| matches!(c, ':' | '=' | '\'' | '"' | ' ')));
        return if url == Some(urls::EXT_IS_ARCHIVED) && matches!(rest, "" | "/valueBoolean") { Ok(Place::Archived) } else { Err(refused()) };
    }
    let steps: Vec<&str> = path.split('/').skip(1).collect();
    let number = |text: &str| match text.parse::<usize>() {
        Ok(number) if text.len() == 1 || !text.starts_with('0') => Ok(number),
        _ => Err(Issue::error("patch-path-not-found").at(path).received(path)),
    };
    match steps.as_slice() {
        ["status"] => Ok(Place::Status),
        ["securityLabel"] => Ok(Place::Labels),
        ["securityLabel", "-"] => Ok(Place::LabelEnd),
        ["securityLabel", index] | ["securityLabel", index, "coding" | "coding/0"] => Ok(Place::Label(LabelRef::Index(number(index)?))),
        ["securityLabel", index, "coding", "0"] | ["securityLabel", index, "coding", "0", "code"] => {
            Ok(Place::Label(LabelRef::Index(number(index)?)))
        }
        ["extension"] | ["extension", "-"] => Ok(Place::Extensions),
        // The only extension that is ever rendered is isArchived, alone.
        ["extension", "0"] | ["extension", "0", "valueBoolean"] => Ok(Place::Archived),
        _ => Err(refused()),
    }
}

//! FHIRPath Patch: a `Parameters` resource (FHIR R4 "FHIRPath Patch"; MHD Patch.Parameters).

use dmp_core::Issue;
use serde_json::{Map, Value};

use super::place::{Operation, Place, change, not_allowed};
use super::{LabelRef, MetadataChange};
use crate::fhir::urls;

pub(super) fn read(body: &Value) -> Result<Vec<MetadataChange>, Issue> {
    let invalid = || Issue::error("patch-invalid").expected("Parameters");
    if body.get("resourceType").and_then(Value::as_str) != Some("Parameters") {
        return Err(invalid());
    }
    let parameters = body.get("parameter").and_then(Value::as_array).ok_or_else(invalid)?;
    let mut changes = Vec::with_capacity(parameters.len());
    for (index, parameter) in parameters.iter().enumerate() {
        if parameter.get("name").and_then(Value::as_str) != Some("operation") {
            return Err(Issue::error("patch-invalid").at(format!("Parameters.parameter[{index}].name")).expected("operation"));
        }
        changes.extend(
            operation(parameter).map_err(|issue| if issue.path.is_some() { issue } else { issue.at(format!("Parameters.parameter[{index}]")) })?,
        );
    }
    Ok(changes)
}

fn operation(parameter: &Value) -> Result<Option<MetadataChange>, Issue> {
    let part = |name: &str| {
        parameter.get("part").and_then(Value::as_array).into_iter().flatten().find(|part| part.get("name").and_then(Value::as_str) == Some(name))
    };
    let text = |name: &str| part(name).and_then(content).and_then(|value| value.as_str().map(str::to_owned));
    let index = |name: &str| part(name).and_then(content).and_then(|value| value.as_u64()).and_then(|number| usize::try_from(number).ok());
    let missing = |name: &str| Issue::error("patch-invalid").expected(name);
    let path = text("path").ok_or_else(|| missing("path"))?;
    let kind = text("type").ok_or_else(|| missing("type"))?;
    let full = match (kind.as_str(), text("name")) {
        ("add", Some(name)) => format!("{path}.{name}"),
        ("add", None) => return Err(missing("name")),
        _ => path,
    };
    let place = place(&full)?;
    let operation = match kind.as_str() {
        "add" => Operation::Add,
        "insert" => Operation::Insert(index("index").ok_or_else(|| missing("index"))?),
        "replace" => Operation::Replace,
        "delete" => Operation::Remove,
        // The order of a set means nothing.
        "move" if place == Place::Labels => return Ok(None),
        "move" => return Err(not_allowed(&full)),
        other => return Err(Issue::error("patch-invalid").received(other).expected("add | insert | delete | replace | move")),
    };
    let value = part("value").and_then(content);
    if value.is_none() && operation != Operation::Remove {
        return Err(missing("value").at(full));
    }
    change(operation, &place, value.as_ref()).map(Some)
}

/// The value of a part: `value[x]`, or an object made of its own parts.
fn content(part: &Value) -> Option<Value> {
    let map = part.as_object()?;
    if let Some((_, value)) = map.iter().find(|(key, _)| key.starts_with("value")) {
        return Some(value.clone());
    }
    let mut made = Map::new();
    for inner in map.get("part")?.as_array()? {
        let name = inner.get("name")?.as_str()?;
        let key = if name == "value" { inner.as_object()?.keys().find(|key| key.starts_with("value"))?.as_str() } else { name };
        made.insert(key.to_owned(), content(inner)?);
    }
    Some(Value::Object(made))
}

fn place(path: &str) -> Result<Place, Issue> {
    let refused = || not_allowed(path);
    let path_in = path.trim().strip_prefix("DocumentReference.").ok_or_else(refused)?;
    if path_in == "status" {
        return Ok(Place::Status);
    }
    if let Some(rest) = path_in.strip_prefix("securityLabel") {
        return label(rest).ok_or_else(refused);
    }
    let rest = path_in.strip_prefix("extension").ok_or_else(refused)?;
    if rest.is_empty() {
        return Ok(Place::Extensions);
    }
    let named = ["(", ".where(url=", ".where(url ="].iter().find_map(|opening| rest.strip_prefix(opening));
    let (url, tail) = named.and_then(quoted).ok_or_else(refused)?;
    let tail = tail.trim_start().strip_prefix(')').ok_or_else(refused)?;
    let is_value = matches!(tail, "" | ".value" | ".valueBoolean" | ".value.ofType(boolean)" | ".first()" | "[0]");
    if url == urls::EXT_IS_ARCHIVED && is_value { Ok(Place::Archived) } else { Err(refused()) }
}

/// What follows `securityLabel`: nothing, `[0]`, `.where(coding.code='X')`, then perhaps the code inside.
fn label(rest: &str) -> Option<Place> {
    if rest.is_empty() {
        return Some(Place::Labels);
    }
    let (label, tail) = if let Some(inner) = rest.strip_prefix('[') {
        let (number, tail) = inner.split_once(']')?;
        (LabelRef::Index(number.trim().parse().ok()?), tail)
    } else {
        let condition = rest.strip_prefix(".where(")?;
        let condition = ["coding.code", "coding.exists(code", "coding.where(code"].iter().find_map(|opening| condition.strip_prefix(opening))?;
        let (code, tail) = quoted(condition.trim_start_matches(['=', ' ']))?;
        let tail = [").exists())", "))", ")"].iter().find_map(|closing| tail.strip_prefix(closing))?;
        (LabelRef::Code(code.to_owned()), tail)
    };
    matches!(tail, "" | ".coding" | ".coding[0]" | ".coding.code" | ".coding[0].code").then_some(Place::Label(label))
}

/// A quoted text and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    text.get(1..)?.split_once(quote)
}

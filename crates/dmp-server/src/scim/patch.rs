//! PATCH (RFC 7644, 3.5.2): operations on the JSON of a resource, which is then read as if it had been sent whole.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::answer::Wrong;
use super::filter::comparison;

/// Operations of one request.
const OPERATIONS_MAX: usize = 1_000;

#[derive(Debug, Deserialize)]
struct Request {
    #[serde(rename = "Operations", alias = "operations")]
    operations: Vec<Operation>,
}

#[derive(Debug, Deserialize)]
struct Operation {
    op: String,
    path: Option<String>,
    #[serde(default)]
    value: Value,
}

/// Applies a request to a resource.
///
/// # Errors
/// Which kind of thing is not understood.
pub(crate) fn apply(resource: &mut Value, body: &[u8]) -> Result<(), Wrong> {
    let request: Request = serde_json::from_slice(body).map_err(|_| Wrong::Syntax("Operations is a list of op, path, value"))?;
    if request.operations.is_empty() || request.operations.len() > OPERATIONS_MAX {
        return Err(Wrong::Syntax("one to a thousand operations"));
    }
    for operation in request.operations {
        let op = operation.op.to_ascii_lowercase();
        if !matches!(op.as_str(), "add" | "replace" | "remove") {
            return Err(Wrong::Syntax("op is add, replace or remove"));
        }
        let object = resource.as_object_mut().ok_or(Wrong::Path)?;
        match (operation.path, operation.value) {
            (None, Value::Object(values)) if op != "remove" => {
                for (name, value) in values {
                    one(object, &op, &name, value)?;
                }
            }
            (None, _) => return Err(Wrong::Path),
            (Some(path), value) => one(object, &op, &path, value)?,
        }
    }
    Ok(())
}

fn one(object: &mut Map<String, Value>, op: &str, path: &str, value: Value) -> Result<(), Wrong> {
    let path = path.trim();
    // `members[value eq "…"]`.
    if let Some((name, rest)) = path.split_once('[') {
        let (_, wanted) = rest.strip_suffix(']').and_then(comparison).filter(|(attribute, _)| attribute == "value").ok_or(Wrong::Path)?;
        let list = member(object, name).and_then(Value::as_array_mut).ok_or(Wrong::Path)?;
        if op != "remove" {
            return Err(Wrong::Path);
        }
        list.retain(|item| item.get("value").and_then(Value::as_str) != Some(wanted.as_str()));
        return Ok(());
    }
    // An attribute of an extension: its URN, a colon, its name.
    if let Some((urn, name)) = path.strip_prefix("urn:").and_then(|rest| rest.rsplit_once(':')) {
        let urn = format!("urn:{urn}");
        if object.contains_key(&urn) {
            return one(object.get_mut(&urn).and_then(Value::as_object_mut).ok_or(Wrong::Path)?, op, name, value);
        }
        if urn.starts_with("urn:ietf:params:scim:schemas:core:") {
            return one(object, op, name, value);
        }
    }
    if let Some((name, inner)) = path.split_once('.').filter(|_| !path.starts_with("urn:")) {
        let inside = member(object, name).and_then(Value::as_object_mut).ok_or(Wrong::Path)?;
        return one(inside, op, inner, value);
    }
    let name = object.keys().find(|known| known.eq_ignore_ascii_case(path)).cloned().unwrap_or_else(|| path.to_owned());
    match (op, object.get_mut(&name), value) {
        ("remove", Some(Value::Array(list)), Value::Array(gone)) if !gone.is_empty() => {
            list.retain(|item| !gone.iter().any(|one| one.get("value") == item.get("value")));
        }
        ("remove", _, _) => drop(object.remove(&name)),
        ("add", Some(Value::Array(list)), Value::Array(more)) => list.extend(more),
        ("add" | "replace", Some(Value::Object(known)), Value::Object(values)) => known.extend(values),
        (_, _, value) => drop(object.insert(name, value)),
    }
    Ok(())
}

fn member<'o>(object: &'o mut Map<String, Value>, name: &str) -> Option<&'o mut Value> {
    object.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn patched(operations: Value) -> Value {
        let mut resource = json!({
            "userName": "a", "active": true, "name": { "givenName": "A", "familyName": "B" },
            "members": [{ "value": "1" }, { "value": "2" }, { "value": "3" }],
            "urn:x:2.0:User": { "profession": "G15/10" },
        });
        apply(&mut resource, json!({ "Operations": operations }).to_string().as_bytes()).unwrap();
        resource
    }

    #[test]
    fn operations_of_real_directories_are_understood() {
        assert_eq!(patched(json!([{ "op": "Replace", "path": "active", "value": "False" }]))["active"], "False");
        assert_eq!(
            patched(json!([{ "op": "replace", "value": { "active": false, "name": { "givenName": "C" } } }]))["name"],
            json!({ "givenName": "C", "familyName": "B" })
        );
        assert_eq!(patched(json!([{ "op": "replace", "path": "name.familyName", "value": "D" }]))["name"]["familyName"], "D");
        assert_eq!(patched(json!([{ "op": "add", "path": "urn:x:2.0:User:specialty", "value": "SM26" }]))["urn:x:2.0:User"]["specialty"], "SM26");
        assert_eq!(patched(json!([{ "op": "remove", "path": "members[value eq \"2\"]" }]))["members"], json!([{ "value": "1" }, { "value": "3" }]));
        assert_eq!(
            patched(json!([{ "op": "remove", "path": "members", "value": [{ "value": "1" }, { "value": "2" }] }]))["members"],
            json!([{ "value": "3" }])
        );
        assert_eq!(patched(json!([{ "op": "add", "path": "members", "value": [{ "value": "4" }] }]))["members"].as_array().unwrap().len(), 4);
        assert!(patched(json!([{ "op": "remove", "path": "members" }])).get("members").is_none());
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for body in [
            "",
            "{}",
            "{\"Operations\":[]}",
            "{\"Operations\":[{\"op\":\"move\",\"path\":\"a\"}]}",
            "{\"Operations\":[{\"op\":\"remove\"}]}",
            "{\"Operations\":[{\"op\":\"add\",\"path\":\"a[b\",\"value\":1}]}",
        ] {
            assert!(apply(&mut json!({ "a": [] }), body.as_bytes()).is_err(), "{body}");
        }
    }
}

//! JSON → XML.

use std::collections::BTreeSet;

use dmp_core::Issue;
use serde_json::{Map, Value};

use super::{FHIR, XHTML};
use crate::fhir::schema::{self, ElementDefinition, Kind};

/// One resource as XML text.
///
/// # Errors
/// `xml-invalid` for a resource type, element or type of value that is not in the table: what is written must
/// never lose something in silence.
pub fn to_xml(resource: &Value) -> Result<Vec<u8>, Issue> {
    let mut out = String::with_capacity(4096);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    write_resource(&mut out, resource, Some(FHIR))?;
    Ok(out.into_bytes())
}

fn unknown(name: &str) -> Issue {
    Issue::error("xml-invalid").received(name)
}

fn write_resource(out: &mut String, resource: &Value, namespace: Option<&str>) -> Result<(), Issue> {
    let map = resource.as_object().ok_or_else(|| unknown("resource"))?;
    let name = map.get("resourceType").and_then(Value::as_str).filter(|name| schema::is_resource(name)).ok_or_else(|| unknown("resourceType"))?;
    out.push('<');
    out.push_str(name);
    if let Some(namespace) = namespace {
        attribute(out, "xmlns", namespace);
    }
    out.push('>');
    write_members(out, name, map)?;
    close(out, name);
    Ok(())
}

/// The child elements of a type, in the order of the table.
fn write_members(out: &mut String, type_name: &str, map: &Map<String, Value>) -> Result<(), Issue> {
    let elements = schema::elements(type_name).ok_or_else(|| unknown(type_name))?;
    if let Some(odd) = map.keys().find(|key| !is_known(type_name, key)) {
        return Err(unknown(odd));
    }
    for definition in elements {
        match definition.kind {
            Kind::Attribute => {}
            Kind::Any => {
                let choices: BTreeSet<&str> = map.keys().map(|key| bare(key)).filter(|key| schema::is_choice(type_name, key)).collect();
                if choices.len() > 1 {
                    return Err(unknown(definition.name));
                }
                for key in choices {
                    let found = schema::element(type_name, key).ok_or_else(|| unknown(key))?;
                    write_element(out, key, found, map)?;
                }
            }
            Kind::Text | Kind::Flag | Kind::Number | Kind::Xhtml | Kind::Resource | Kind::Complex(_) => {
                write_element(out, definition.name, *definition, map)?
            }
        }
    }
    Ok(())
}

fn is_known(type_name: &str, key: &str) -> bool {
    key == "resourceType" || schema::element(type_name, bare(key)).is_some()
}

/// The element that `_name` is about.
fn bare(key: &str) -> &str {
    key.strip_prefix('_').unwrap_or(key)
}

fn write_element(out: &mut String, name: &str, definition: ElementDefinition, map: &Map<String, Value>) -> Result<(), Issue> {
    let (value, extra) = (map.get(name), map.get(&format!("_{name}")));
    if !definition.repeats {
        return write_one(out, name, definition.kind, value, extra);
    }
    let list = |value: Option<&Value>| value.and_then(Value::as_array).map_or(0, Vec::len);
    if value.is_some_and(|value| !value.is_array()) {
        return Err(unknown(name));
    }
    for index in 0..list(value).max(list(extra)) {
        let at = |value: Option<&'_ Value>| value.and_then(|value| value.get(index)).cloned();
        write_one(out, name, definition.kind, at(value).as_ref(), at(extra).as_ref())?;
    }
    Ok(())
}

fn write_one(out: &mut String, name: &str, kind: Kind, value: Option<&Value>, extra: Option<&Value>) -> Result<(), Issue> {
    let present = |value: Option<&'_ Value>| value.is_some_and(|value| !value.is_null());
    if !present(value) && !present(extra) {
        return Ok(());
    }
    match kind {
        Kind::Text | Kind::Flag | Kind::Number => primitive(out, name, kind, value, extra),
        Kind::Xhtml => narrative(out, value),
        Kind::Resource => {
            open(out, name);
            write_resource(out, value.ok_or_else(|| unknown(name))?, None)?;
            close(out, name);
            Ok(())
        }
        Kind::Complex(type_name) => {
            let map = value.and_then(Value::as_object).ok_or_else(|| unknown(name))?;
            out.push('<');
            out.push_str(name);
            for key in ["id", "url"] {
                let is_attribute = schema::element(type_name, key).is_some_and(|element| element.kind == Kind::Attribute);
                if let Some(text) = map.get(key).and_then(Value::as_str).filter(|_| is_attribute) {
                    attribute(out, key, text);
                }
            }
            out.push('>');
            write_members(out, type_name, map)?;
            close(out, name);
            Ok(())
        }
        Kind::Attribute | Kind::Any => Err(unknown(name)),
    }
}

fn primitive(out: &mut String, name: &str, kind: Kind, value: Option<&Value>, extra: Option<&Value>) -> Result<(), Issue> {
    let text = match (kind, value.filter(|value| !value.is_null())) {
        (_, None) => None,
        (Kind::Text, Some(Value::String(text))) => Some(text.clone()),
        (Kind::Flag, Some(Value::Bool(flag))) => Some(flag.to_string()),
        (Kind::Number, Some(Value::Number(number))) => Some(number.to_string()),
        (_, Some(_)) => return Err(unknown(name)),
    };
    out.push('<');
    out.push_str(name);
    let extra = extra.and_then(Value::as_object);
    if let Some(id) = extra.and_then(|extra| extra.get("id")).and_then(Value::as_str) {
        attribute(out, "id", id);
    }
    if let Some(text) = text {
        attribute(out, "value", &text);
    }
    match extra.and_then(|extra| extra.get("extension")).and_then(Value::as_array) {
        Some(extensions) => {
            out.push('>');
            for extension in extensions {
                write_one(out, "extension", Kind::Complex("Extension"), Some(extension), None)?;
            }
            close(out, name);
        }
        None => out.push_str("/>"),
    }
    Ok(())
}

/// A narrative passes as it is, once it is known to be one well-formed `div`.
fn narrative(out: &mut String, value: Option<&Value>) -> Result<(), Issue> {
    let text = value.and_then(Value::as_str).ok_or_else(|| unknown("div"))?;
    let tree = super::parse_tree(super::checked_text(text.as_bytes())?)?;
    let root = tree.root_element();
    if root.tag_name().name() != "div" || root.tag_name().namespace() != Some(XHTML) {
        return Err(unknown("div"));
    }
    out.push_str(text.get(root.range()).unwrap_or_default());
    Ok(())
}

fn open(out: &mut String, name: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
}

fn close(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// An attribute; white space that XML would fold is written as references, what XML cannot hold as U+FFFD.
fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for letter in value.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out.push('"');
}

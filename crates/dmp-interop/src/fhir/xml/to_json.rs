//! XML → JSON. Strict: an unknown element or attribute, or one twice that does not repeat, is refused with its place.

use dmp_core::Issue;
use roxmltree::Node;
use serde_json::{Map, Number, Value};

use super::{FHIR, XHTML, XML_DEPTH_MAX, checked_text, parse_tree};
use crate::fhir::schema::{self, ElementDefinition, Kind};

/// Reads one resource.
///
/// # Errors
/// `xml-too-large`, `xml-invalid`, `xml-doctype`, `xml-too-deep`, `element-unknown`, `element-value`, with line and column.
pub fn to_json(bytes: &[u8]) -> Result<Value, Issue> {
    let tree = parse_tree(checked_text(bytes)?)?;
    resource(&tree.root_element(), XML_DEPTH_MAX)
}

fn at(node: &Node<'_, '_>, code: &str) -> Issue {
    let position = node.document().text_pos_at(node.range().start);
    Issue::error(code).at(path(node)).at_line(position.row, position.col)
}

/// Names from the root to the node.
fn path(node: &Node<'_, '_>) -> String {
    let mut names: Vec<&str> = node.ancestors().filter(Node::is_element).map(|node| node.tag_name().name()).collect();
    names.reverse();
    names.join(".")
}

fn resource(node: &Node<'_, '_>, depth_left: usize) -> Result<Value, Issue> {
    let name = node.tag_name().name();
    if node.tag_name().namespace() != Some(FHIR) || !schema::is_resource(name) {
        return Err(at(node, "element-unknown").received(name));
    }
    attributes(node, &[])?;
    let mut map = members(node, name, depth_left)?;
    map.insert("resourceType".to_owned(), Value::String(name.to_owned()));
    Ok(Value::Object(map))
}

/// The child elements of a node of the given type.
fn members(node: &Node<'_, '_>, type_name: &str, depth_left: usize) -> Result<Map<String, Value>, Issue> {
    let depth_left = depth_left.checked_sub(1).ok_or_else(|| at(node, "xml-too-deep"))?;
    let mut map = Map::new();
    for child in node.children() {
        if child.is_text() && child.text().is_some_and(|text| !text.trim().is_empty()) {
            return Err(at(node, "element-value").expected("@value"));
        }
        if child.is_element() {
            member(&child, type_name, depth_left, &mut map)?;
        }
    }
    Ok(map)
}

fn member(child: &Node<'_, '_>, type_name: &str, depth_left: usize, map: &mut Map<String, Value>) -> Result<(), Issue> {
    let name = child.tag_name().name();
    let is_narrative = child.tag_name().namespace() == Some(XHTML);
    let definition = schema::element(type_name, name).filter(|found| is_narrative == (found.kind == Kind::Xhtml) && found.kind != Kind::Attribute);
    let Some(definition) = definition.filter(|_| is_narrative || child.tag_name().namespace() == Some(FHIR)) else {
        return Err(at(child, "element-unknown").received(name));
    };
    let (value, extra) = one(child, definition.kind, depth_left)?;
    let shadow = format!("_{name}");
    if !definition.repeats {
        if map.contains_key(name) || map.contains_key(&shadow) {
            return Err(at(child, "element-value").expected("0..1"));
        }
        map.extend(value.map(|value| (name.to_owned(), value)));
        map.extend(extra.map(|extra| (shadow, extra)));
        return Ok(());
    }
    repeat(map, name, &shadow, definition, value, extra);
    Ok(())
}

/// Adds to an array; a primitive's `_name` array stays aligned with nulls.
fn repeat(map: &mut Map<String, Value>, name: &str, shadow: &str, definition: ElementDefinition, value: Option<Value>, extra: Option<Value>) {
    let is_primitive = matches!(definition.kind, Kind::Text | Kind::Flag | Kind::Number);
    let length = |map: &Map<String, Value>, key: &str| map.get(key).and_then(Value::as_array).map_or(0, Vec::len);
    let count = length(map, name).max(length(map, shadow));
    let mut push = |key: &str, value: Option<Value>| {
        let list = map.entry(key.to_owned()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.resize(count, Value::Null);
            list.push(value.unwrap_or(Value::Null));
        }
    };
    if !is_primitive {
        push(name, value);
        return;
    }
    // A shadow array exists as soon as one item has extensions.
    let has_shadow = extra.is_some();
    push(name, value);
    if has_shadow {
        push(shadow, extra);
    }
}

fn one(node: &Node<'_, '_>, kind: Kind, depth_left: usize) -> Result<(Option<Value>, Option<Value>), Issue> {
    match kind {
        Kind::Text | Kind::Flag | Kind::Number => primitive(node, kind, depth_left),
        Kind::Xhtml => {
            let text = node.document().input_text().get(node.range()).unwrap_or_default();
            // The narrative must stand alone: its namespace is declared on itself.
            let alone = parse_tree(text).is_ok_and(|tree| tree.root_element().tag_name().namespace() == Some(XHTML));
            if alone { Ok((Some(Value::String(text.to_owned())), None)) } else { Err(at(node, "element-value").expected(XHTML)) }
        }
        Kind::Resource => {
            let mut inner = node.children().filter(Node::is_element);
            match (inner.next(), inner.next()) {
                (Some(only), None) => Ok((Some(resource(&only, depth_left.checked_sub(1).ok_or_else(|| at(node, "xml-too-deep"))?)?), None)),
                _ => Err(at(node, "element-value").expected("1..1")),
            }
        }
        Kind::Complex(type_name) => {
            let own: Vec<&str> = ["id", "url"]
                .into_iter()
                .filter(|key| schema::element(type_name, key).is_some_and(|element| element.kind == Kind::Attribute))
                .collect();
            attributes(node, &own)?;
            let mut map = members(node, type_name, depth_left)?;
            for key in own {
                map.extend(node.attribute(key).map(|text| (key.to_owned(), Value::String(text.to_owned()))));
            }
            Ok((Some(Value::Object(map)), None))
        }
        Kind::Attribute | Kind::Any => Err(at(node, "element-unknown")),
    }
}

fn primitive(node: &Node<'_, '_>, kind: Kind, depth_left: usize) -> Result<(Option<Value>, Option<Value>), Issue> {
    attributes(node, &["id", "value"])?;
    let wrong = |expected: &str| at(node, "element-value").received(node.attribute("value").unwrap_or_default()).expected(expected);
    let value = match (kind, node.attribute("value")) {
        (_, None) => None,
        (Kind::Flag, Some(text)) => Some(Value::Bool(text.parse().map_err(|_| wrong("boolean"))?)),
        (Kind::Number, Some(text)) => Some(Value::Number(text.parse::<Number>().map_err(|_| wrong("number"))?)),
        (_, Some(text)) => Some(Value::String(text.to_owned())),
    };
    let mut extra = members(node, "Element", depth_left)?;
    extra.extend(node.attribute("id").map(|id| ("id".to_owned(), Value::String(id.to_owned()))));
    if value.is_none() && extra.is_empty() {
        return Err(wrong("@value"));
    }
    Ok((value, (!extra.is_empty()).then_some(Value::Object(extra))))
}

/// Refuses attributes that would be lost.
fn attributes(node: &Node<'_, '_>, known: &[&str]) -> Result<(), Issue> {
    match node.attributes().find(|attribute| attribute.namespace().is_none() && !known.contains(&attribute.name())) {
        Some(odd) => Err(at(node, "element-unknown").received(odd.name())),
        None => Ok(()),
    }
}

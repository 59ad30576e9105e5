//! XML Patch (RFC 5261) with the `sel` paths that reach status, securityLabel and isArchived.

use dmp_core::Issue;
use roxmltree::Node;
use serde_json::{Value, json};

use super::place::{Operation, Place, change, not_allowed};
use super::{LabelRef, MetadataChange};
use crate::fhir::urls;
use crate::fhir::xml;

pub(super) fn read(body: &[u8]) -> Result<Vec<MetadataChange>, Issue> {
    let text = xml::checked_text(body)?;
    let document = xml::parse_tree(text)?;
    let diff = document.root_element();
    if diff.tag_name().name() != "diff" {
        return Err(Issue::error("patch-invalid").expected("diff"));
    }
    diff.children().filter(Node::is_element).map(|node| one(&node)).collect()
}

fn one(node: &Node<'_, '_>) -> Result<MetadataChange, Issue> {
    let sel = node.attribute("sel").ok_or_else(|| Issue::error("patch-invalid").expected("sel"))?;
    let steps = steps(sel);
    match node.tag_name().name() {
        "add" => add(node, sel, &steps),
        "replace" => {
            let place = place(sel, &steps)?;
            change(Operation::Replace, &place, Some(&content(node, &steps)))
        }
        "remove" => change(Operation::Remove, &place(sel, &steps)?, None),
        other => Err(Issue::error("patch-invalid").received(other).expected("add | replace | remove")),
    }
}

/// `add` points to a parent (the new element inside), a sibling (`pos`), or an attribute (`type="@value"`).
fn add(node: &Node<'_, '_>, sel: &str, steps: &[Step<'_>]) -> Result<MetadataChange, Issue> {
    let mut elements = node.children().filter(Node::is_element);
    match (elements.next(), elements.next()) {
        (Some(element), None) => {
            let value = element_value(&element);
            match element.tag_name().name() {
                "status" => change(Operation::Replace, &Place::Status, Some(&value)),
                "securityLabel" => change(Operation::Add, &Place::LabelEnd, Some(&value)),
                "extension" => change(Operation::Add, &Place::Extensions, Some(&value)),
                other => Err(not_allowed(other)),
            }
        }
        (None, _) if node.attribute("type") == Some("@value") => change(Operation::Replace, &place(sel, steps)?, Some(&content(node, steps))),
        _ => Err(Issue::error("patch-invalid").at(sel)),
    }
}

/// One step of a `sel`: local name and predicate.
#[derive(Debug, PartialEq, Eq)]
struct Step<'a> {
    name: &'a str,
    predicate: Option<&'a str>,
}

fn steps(sel: &str) -> Vec<Step<'_>> {
    let mut found = Vec::new();
    let (mut start, mut inside) = (0, false);
    for (at, byte) in sel.bytes().enumerate() {
        match byte {
            b'[' => inside = true,
            b']' => inside = false,
            b'/' if !inside => {
                found.push(sel.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(sel.get(start..).unwrap_or_default());
    let local = |name: &'_ str| name.rfind(':').map_or(0, |at| at + 1);
    found
        .into_iter()
        .filter(|step| !step.is_empty())
        .map(|step| {
            let (name, predicate) = step.split_once('[').map_or((step, None), |(name, rest)| (name, rest.strip_suffix(']')));
            Step { name: name.get(local(name)..).unwrap_or_default(), predicate }
        })
        .collect()
}

fn place(sel: &str, steps: &[Step<'_>]) -> Result<Place, Issue> {
    let refused = || not_allowed(sel);
    let [root, element, tail @ ..] = steps else { return Err(refused()) };
    if root.name != "DocumentReference" {
        return Err(refused());
    }
    let tail: Vec<&str> = tail.iter().map(|step| step.name).collect();
    match element.name {
        "status" if matches!(tail.as_slice(), [] | ["@value"]) => Ok(Place::Status),
        "securityLabel" if matches!(tail.as_slice(), [] | ["coding"] | ["coding", "code"] | ["coding", "code", "@value"]) => {
            match element.predicate {
                None => Ok(Place::Label(LabelRef::Index(0))),
                Some(predicate) => label(predicate).map(Place::Label).ok_or_else(refused),
            }
        }
        "extension" if matches!(tail.as_slice(), [] | ["valueBoolean"] | ["valueBoolean", "@value"]) => {
            let url = element
                .predicate
                .and_then(|predicate| predicate.trim().strip_prefix("@url"))
                .map(|rest| rest.trim_matches(|c: char| matches!(c, '=' | '\'' | '"' | ' ')));
            if url == Some(urls::EXT_IS_ARCHIVED) { Ok(Place::Archived) } else { Err(refused()) }
        }
        _ => Err(refused()),
    }
}

/// `[2]` (from 1) or `[f:coding/f:code/@value='MASQUE_PS']`.
fn label(predicate: &str) -> Option<LabelRef> {
    if let Ok(position) = predicate.trim().parse::<usize>() {
        return position.checked_sub(1).map(LabelRef::Index);
    }
    let (left, right) = predicate.split_once('=')?;
    let is_code = left.contains("code/@value");
    is_code.then(|| LabelRef::Code(right.trim().trim_matches(['\'', '"']).to_owned()))
}

/// What replaces: the new element, or the new text of an attribute.
fn content(node: &Node<'_, '_>, steps: &[Step<'_>]) -> Value {
    if let Some(element) = node.children().find(Node::is_element) {
        return element_value(&element);
    }
    let text = node.text().unwrap_or_default().trim();
    let is_flag = steps.iter().any(|step| step.name == "valueBoolean");
    match text {
        "true" | "false" if is_flag => Value::Bool(text == "true"),
        _ => Value::String(text.to_owned()),
    }
}

/// The JSON of the three elements that may be patched, and of their parts.
fn element_value(element: &Node<'_, '_>) -> Value {
    let value_of = |name: &str| element.descendants().find(|node| node.tag_name().name() == name).and_then(|node| node.attribute("value"));
    match element.tag_name().name() {
        "securityLabel" | "coding" => json!({"coding": [{"code": value_of("code")}]}),
        "extension" => json!({"url": element.attribute("url"), "valueBoolean": value_of("valueBoolean").map(|text| text == "true")}),
        "valueBoolean" => json!(element.attribute("value") == Some("true")),
        _ => json!(element.attribute("value")),
    }
}

//! The table of elements: names in order, kinds, repetition. Serves XML, and tells unknown elements of JSON.

use std::collections::HashMap;
use std::sync::LazyLock;

use dmp_core::Issue;
use serde_json::Value;

use super::element::Element;

/// What an element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A primitive that JSON writes as a string.
    Text,
    Flag,
    Number,
    /// Written as an XML attribute.
    Attribute,
    Xhtml,
    Resource,
    /// `value[x]` of any type.
    Any,
    /// A type of the table.
    Complex(&'static str),
}

/// One element of a type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ElementDefinition {
    pub name: &'static str,
    pub kind: Kind,
    pub repeats: bool,
}

type Table = HashMap<&'static str, Vec<ElementDefinition>>;

static TABLE: LazyLock<Table> =
    LazyLock::new(|| include_str!("elements.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(row).collect());

fn row(line: &'static str) -> Option<(&'static str, Vec<ElementDefinition>)> {
    let mut cells = line.split('\t');
    Some((cells.next()?, cells.filter_map(cell).collect()))
}

fn cell(cell: &'static str) -> Option<ElementDefinition> {
    let (name, kind) = cell.split_once(':')?;
    let (kind, repeats) = kind.strip_suffix('*').map_or((kind, false), |kind| (kind, true));
    let kind = match kind {
        "text" => Kind::Text,
        "flag" => Kind::Flag,
        "number" => Kind::Number,
        "attribute" => Kind::Attribute,
        "xhtml" => Kind::Xhtml,
        "resource" => Kind::Resource,
        "any" => Kind::Any,
        complex => Kind::Complex(complex),
    };
    Some(ElementDefinition { name, kind, repeats })
}

/// The elements of a type, in order.
pub(crate) fn elements(type_name: &str) -> Option<&'static [ElementDefinition]> {
    TABLE.get(type_name).map(Vec::as_slice)
}

/// Whether a type is one of the resources: it has an id element and no id attribute.
pub(crate) fn is_resource(type_name: &str) -> bool {
    elements(type_name).and_then(<[ElementDefinition]>::first).is_some_and(|first| first.name == "id" && first.kind == Kind::Text)
}

/// The name and kind of an element of a type; `valueCode` is found under `value[x]`.
pub(crate) fn element(type_name: &str, name: &str) -> Option<ElementDefinition> {
    let elements = elements(type_name)?;
    let exact = elements.iter().find(|element| element.name == name).copied();
    exact.or_else(|| {
        let any = elements.iter().find(|element| element.kind == Kind::Any)?;
        Some(ElementDefinition { kind: any_kind(name.strip_prefix(any.name.strip_suffix("[x]")?)?)?, ..*any })
    })
}

/// Whether a name is one of the forms of `value[x]` of a type.
pub(crate) fn is_choice(type_name: &str, name: &str) -> bool {
    elements(type_name).is_some_and(|elements| elements.iter().all(|element| element.name != name)) && element(type_name, name).is_some()
}

/// Notes each element that the type does not have: a misspelt `securityLabels` would publish in clear.
/// Contained resources of types outside of the table are passed over.
pub(crate) fn note_unknown(place: &Element<'_>, type_name: &str) {
    let Some(map) = place.value().and_then(Value::as_object) else { return };
    for key in map.keys().filter(|key| *key != "resourceType") {
        let name = key.strip_prefix('_').unwrap_or(key);
        let Some(found) = element(type_name, name) else {
            place.finding(Issue::error("element-unknown").received(key.as_str()));
            continue;
        };
        if key != name {
            continue;
        }
        let inner = if found.repeats && map.get(key).is_some_and(Value::is_array) { place.items(name) } else { vec![place.child(name)] };
        for inside in inner {
            match (found.kind, inside.value().and_then(|value| value.get("resourceType")).and_then(Value::as_str)) {
                (Kind::Complex(type_name), _) => note_unknown(&inside, type_name),
                (Kind::Resource, Some(resource_type)) if is_resource(resource_type) => note_unknown(&inside, resource_type),
                _ => {}
            }
        }
    }
}

/// The kind behind the type suffix of `value[x]`: `Boolean`, `CodeableConcept`.
pub(crate) fn any_kind(suffix: &str) -> Option<Kind> {
    const TEXTS: [&str; 15] = [
        "Base64Binary",
        "Canonical",
        "Code",
        "Date",
        "DateTime",
        "Id",
        "Instant",
        "Markdown",
        "Oid",
        "String",
        "Time",
        "Uri",
        "Url",
        "Uuid",
        "Xhtml",
    ];
    match suffix {
        "Boolean" => Some(Kind::Flag),
        "Integer" | "Decimal" | "PositiveInt" | "UnsignedInt" => Some(Kind::Number),
        _ if TEXTS.contains(&suffix) => Some(Kind::Text),
        _ => TABLE.get_key_value(suffix).filter(|_| !is_resource(suffix)).map(|(name, _)| Kind::Complex(name)),
    }
}

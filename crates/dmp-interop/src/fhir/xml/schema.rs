//! The table of elements: names in order, kinds, repetition.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What an element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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
pub(super) struct ElementDefinition {
    pub name: &'static str,
    pub kind: Kind,
    pub repeats: bool,
}

type Table = HashMap<&'static str, Vec<ElementDefinition>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| include_str!("elements.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(row).collect());

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
pub(super) fn elements(type_name: &str) -> Option<&'static [ElementDefinition]> {
    TABLE.get(type_name).map(Vec::as_slice)
}

/// Whether a type is one of the resources: it has an id element and no id attribute.
pub(super) fn is_resource(type_name: &str) -> bool {
    elements(type_name).and_then(<[ElementDefinition]>::first).is_some_and(|first| first.name == "id" && first.kind == Kind::Text)
}

/// The name and kind of an element of a type; `valueCode` is found under `value[x]`.
pub(super) fn element(type_name: &str, name: &str) -> Option<ElementDefinition> {
    let elements = elements(type_name)?;
    let exact = elements.iter().find(|element| element.name == name).copied();
    exact.or_else(|| {
        let any = elements.iter().find(|element| element.kind == Kind::Any)?;
        Some(ElementDefinition { kind: any_kind(name.strip_prefix(any.name.strip_suffix("[x]")?)?)?, ..*any })
    })
}

/// The kind behind the type suffix of `value[x]`: `Boolean`, `CodeableConcept`.
pub(super) fn any_kind(suffix: &str) -> Option<Kind> {
    const TEXTS: [&str; 15] =
        ["Base64Binary", "Canonical", "Code", "Date", "DateTime", "Id", "Instant", "Markdown", "Oid", "String", "Time", "Uri", "Url", "Uuid", "Xhtml"];
    match suffix {
        "Boolean" => Some(Kind::Flag),
        "Integer" | "Decimal" | "PositiveInt" | "UnsignedInt" => Some(Kind::Number),
        _ if TEXTS.contains(&suffix) => Some(Kind::Text),
        _ => TABLE.get_key_value(suffix).filter(|_| !is_resource(suffix)).map(|(name, _)| Kind::Complex(name)),
    }
}

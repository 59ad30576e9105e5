//! Elements of resources: texts, codes, periods, references.

use std::collections::HashMap;

use dmp_core::document::Code;
use dmp_core::summary::{Concept, Party, Period, Proof, When};
use serde_json::Value;

use super::super::words::{cut, fold};
use crate::nos::oid_of;

/// Most codings of one concept, and most items of an array that are looked at where each becomes text.
const ITEMS_MAX: usize = 64;
/// Signs of a narrative, tags counted, that a quote is taken from.
const QUOTED_MAX: usize = 2000;
const TRANSLATION: &str = "http://hl7.org/fhir/StructureDefinition/translation";

/// A text that is not empty.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// An array, or nothing.
pub(super) fn array<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The code of the first coding of a concept (`clinicalStatus`).
pub(super) fn first_code<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(|concept| array(concept, "coding").first()).and_then(|coding| text(coding, "code")).unwrap_or_default()
}

/// A CodeableConcept; `None` when it says nothing.
pub(super) fn concept(value: &Value) -> Option<Concept> {
    let codings = array(value, "coding");
    let codes: Vec<Code> = codings.iter().take(ITEMS_MAX).filter_map(code).filter(|code| !code.system.ends_with("data-absent-reason")).collect();
    let french = || codings.iter().take(ITEMS_MAX).find_map(french_display);
    let display = || codes.iter().map(|code| code.display.clone()).find(|display| !display.is_empty());
    let words = text(value, "text").map(str::to_owned).or_else(french).or_else(display).or_else(|| codes.first().map(|code| code.code.clone()))?;
    Some(Concept { text: fold(&words), codes })
}

/// The concept of a child.
pub(super) fn concept_at(value: &Value, key: &str) -> Option<Concept> {
    value.get(key).and_then(concept)
}

fn code(coding: &Value) -> Option<Code> {
    let system = text(coding, "system").unwrap_or_default();
    let system = oid_of(system).unwrap_or_else(|| system.to_owned());
    Some(Code::new(text(coding, "code")?, system, fold(text(coding, "display").unwrap_or_default())))
}

/// The French translation of a display.
fn french_display(coding: &Value) -> Option<String> {
    let translations = array(coding.get("_display")?, "extension").iter().filter(|extension| text(extension, "url") == Some(TRANSLATION));
    translations.take(ITEMS_MAX).find_map(|translation| {
        let part = |name: &str, key: &'static str| {
            array(translation, "extension").iter().find(|part| text(part, "url") == Some(name)).and_then(|part| text(part, key))
        };
        part("lang", "valueCode").filter(|language| language.starts_with("fr"))?;
        part("content", "valueString").map(str::to_owned)
    })
}

/// A date at a key.
pub(super) fn when(value: &Value, key: &str) -> Option<When> {
    text(value, key).and_then(When::from_iso)
}

/// The time of an element that comes as a moment or a period (`effective`, `performed`, `onset`…).
pub(super) fn period(value: &Value, stem: &str) -> Period {
    let moment = ["DateTime", "Date", "Instant", ""].iter().find_map(|kind| when(value, &format!("{stem}{kind}")));
    if let Some(moment) = moment {
        return Period::at(moment);
    }
    let period = value.get(format!("{stem}Period")).or_else(|| value.get(stem).filter(|period| period.is_object()));
    period.map(|period| Period { from: when(period, "start"), to: when(period, "end") }).unwrap_or_default()
}

/// The words of an XHTML narrative: tags dropped, blanks folded.
pub(super) fn narrative(value: &Value) -> String {
    start_of_narrative(value, usize::MAX)
}

/// The words within the first so many signs of a narrative.
fn start_of_narrative(value: &Value, signs: usize) -> String {
    let Some(div) = value.get("text").and_then(|narrative| text(narrative, "div")) else { return String::new() };
    let mut words = String::new();
    let mut in_tag = false;
    for sign in div.chars().take(signs) {
        match sign {
            '<' => {
                in_tag = true;
                words.push(' ');
            }
            '>' => in_tag = false,
            other if !in_tag => words.push(other),
            _ => {}
        }
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&#160;", " "), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    fold(&entities.iter().fold(words, |words, (entity, sign)| words.replace(entity, sign)))
}

/// Resources by what references call them.
#[derive(Debug, Default)]
pub(super) struct Index<'a>(HashMap<String, &'a Value>);

impl<'a> Index<'a> {
    /// Every entry of a bundle by its `fullUrl` and by its type and id.
    pub(super) fn of(bundle: &'a Value) -> Self {
        let mut index = HashMap::new();
        for entry in array(bundle, "entry") {
            let Some(resource) = entry.get("resource") else { continue };
            if let Some(url) = text(entry, "fullUrl") {
                index.entry(url.to_owned()).or_insert(resource);
            }
            if let (Some(kind), Some(id)) = (text(resource, "resourceType"), text(resource, "id")) {
                index.entry(format!("{kind}/{id}")).or_insert(resource);
            }
        }
        Index(index)
    }

    /// What a `Reference` leads to: in the bundle, or contained in the resource.
    pub(super) fn find(&self, holder: &'a Value, reference: &Value) -> Option<&'a Value> {
        let target = text(reference, "reference")?;
        match target.strip_prefix('#') {
            Some(id) => array(holder, "contained").iter().find(|contained| text(contained, "id") == Some(id)),
            None => self.0.get(target).copied(),
        }
    }

    /// The person or place that a reference leads to or names.
    pub(super) fn party(&self, holder: &'a Value, reference: &Value) -> Party {
        let shown = || Party { name: text(reference, "display").unwrap_or_default().to_owned(), ..Party::default() };
        let Some(target) = self.find(holder, reference) else { return shown() };
        match text(target, "resourceType") {
            Some("Organization" | "Location") => Party { place: text(target, "name").unwrap_or_default().to_owned(), ..Party::default() },
            Some("PractitionerRole") => {
                let inner = |key: &str| target.get(key).and_then(|inner| self.find(target, inner));
                let place = inner("organization").and_then(|place| text(place, "name")).unwrap_or_default().to_owned();
                Party { name: inner("practitioner").map(human_name).unwrap_or_default(), role: String::new(), place }
            }
            Some("Practitioner" | "RelatedPerson") => Party { name: human_name(target), ..Party::default() },
            _ => Party::default(),
        }
    }

    /// The first of some references of an array or a single one that leads to somebody.
    pub(super) fn party_at(&self, holder: &'a Value, key: &str) -> Party {
        let many = array(holder, key).iter().map(|item| item.get("actor").unwrap_or(item));
        let one = holder.get(key).filter(|item| item.is_object());
        many.chain(one).take(8).map(|reference| self.party(holder, reference)).find(|party| *party != Party::default()).unwrap_or_default()
    }
}

/// The first name of a person as one says it.
pub(super) fn human_name(person: &Value) -> String {
    let Some(name) = array(person, "name").first().or_else(|| person.get("name").filter(|name| name.is_object())) else { return String::new() };
    let words = |key: &str| array(name, key).iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ");
    let parts = [words("prefix"), words("given"), text(name, "family").unwrap_or_default().to_owned()];
    let whole = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if whole.is_empty() { text(name, "text").unwrap_or_default().to_owned() } else { whole }
}

/// Where a resource stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Spot {
    pub section: String,
    pub title: String,
    pub position: u32,
}

impl Spot {
    /// The proof of a resource: its own narrative, or else the words of its concept.
    pub(super) fn proof(&self, resource: &Value, words: &str) -> Proof {
        let own = start_of_narrative(resource, QUOTED_MAX);
        let quote = if own.is_empty() { words } else { own.as_str() };
        Proof {
            section: self.section.clone(),
            section_title: self.title.clone(),
            position: self.position,
            anchor: None,
            quote: cut(quote, Proof::QUOTE_MAX),
        }
    }
}

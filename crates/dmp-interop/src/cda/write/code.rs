//! Codes as CDA can hold them: a system with an OID, a code without white space, no empty words.

use std::borrow::Cow;

use dmp_core::document::Code;
use dmp_core::summary::Concept;

use crate::nos;
use crate::xml::{Attribute, Xml};

/// Absent and unknown data of the IPS.
pub(super) const ABSENT: &str = "2.16.840.1.113883.5.1150.1";
/// SNOMED CT and its name.
pub(super) const SNOMED: (&str, &str) = ("2.16.840.1.113883.6.96", "SNOMED CT");

/// The OID of the system of a code that CDA can hold. `None`: write its words alone.
pub(super) fn system(code: &Code) -> Option<Cow<'_, str>> {
    let sound = !code.code.is_empty() && !code.code.contains(|one: char| one.is_whitespace() || one.is_control());
    let oid = if nos::is_oid(&code.system) { Some(Cow::Borrowed(code.system.as_str())) } else { nos::oid_of(&code.system).map(Cow::Owned) };
    oid.filter(|_| sound)
}

/// A code, its words and the name of its set; a null flavor and the words when the code cannot be held.
pub(super) fn plain(x: &mut Xml, tag: &str, code: &Code, set: &str) {
    within(x, tag, &[], code, set, "UNK", None::<fn(&mut Xml)>);
}

/// The same with children.
fn within(x: &mut Xml, tag: &str, first: &[Attribute<'_>], code: &Code, set: &str, null: &str, body: Option<impl FnOnce(&mut Xml)>) {
    let system = system(code);
    let mut attributes = first.to_vec();
    match &system {
        Some(oid) => attributes.extend([("code", code.code.as_str()), ("codeSystem", oid)]),
        None if null.is_empty() => {}
        None => attributes.push(("nullFlavor", null)),
    }
    if !code.display.trim().is_empty() && (system.is_some() || body.is_none()) {
        attributes.push(("displayName", &code.display));
    }
    if system.is_some() && !set.is_empty() {
        attributes.push(("codeSystemName", set));
    }
    match body {
        Some(body) => x.within(tag, &attributes, body),
        None => x.leaf(tag, &attributes),
    }
}

/// A concept that points to its words in the narrative: the first code that can be held, the others as translations. Without one, a null
/// flavor (none at all where `null` is empty) and the words.
pub(super) fn concept(x: &mut Xml, tag: &str, first: &[Attribute<'_>], concept: &Concept, null: &str, anchor: &str) {
    let mut usable = concept.codes.iter().filter(|code| system(code).is_some());
    let none = Code::new("", "", "");
    let principal = usable.next().unwrap_or(&none);
    let body = |x: &mut Xml| {
        x.reference("originalText", anchor);
        usable.for_each(|other| plain(x, "translation", other, ""));
    };
    within(x, tag, first, principal, "", null, Some(body));
}

/// The words of a concept; those of its first code when it has none of its own.
pub(super) fn words(concept: &Concept) -> &str {
    if concept.text.is_empty() { concept.codes.first().map_or("", |code| code.display.as_str()) } else { &concept.text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cda_cannot_hold_becomes_words() {
        for code in [Code::new("", "1.2.3", "mots"), Code::new("a b", "1.2.3", "mots"), Code::new("a", "http://example.org", "mots")] {
            let mut x = Xml::compact(0);
            plain(&mut x, "code", &code, "SET");
            assert!(x.finish().ends_with("<code nullFlavor=\"UNK\" displayName=\"mots\"/>\n"), "{code:?}");
        }
    }

    #[test]
    fn a_concept_has_its_first_code_and_translations() {
        let codes =
            vec![Code::new("x", "?", ""), Code::new("E11", "2.16.840.1.113883.6.3", "Diabète"), Code::new("44054006", "http://snomed.info/sct", "")];
        let mut x = Xml::compact(0);
        concept(&mut x, "value", &[("xsi:type", "CD")], &Concept { text: "Diabète".into(), codes }, "UNK", "p1");
        let text = x.finish();
        assert!(text.contains("code=\"E11\"") && text.contains("<translation code=\"44054006\" codeSystem=\"2.16.840.1.113883.6.96\"/>"), "{text}");
        assert!(text.contains("value=\"#p1\"") && !text.contains("nullFlavor"), "{text}");
    }
}

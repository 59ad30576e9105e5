//! Professionals, structures, and people of whom only words are known.

use dmp_core::document::Author;
use dmp_core::identity::{PS_ID_NAT_OID, PersonName, STRUCT_ID_NAT_OID, Structure};
use dmp_core::summary::Party;

use crate::nos;
use crate::xml::Xml;

/// The roles of JDV_J47.
const ROLES: [&str; 10] = ["CORRE", "PRELV", "ES-REF", "ES-PREF", "ADMPHYS", "ATTPHYS", "DISPHYS", "PCP", "330", "353"];

/// `functionCode` of an author whose role is one of JDV_J47.
pub(super) fn function(x: &mut Xml, author: &Author) {
    let known = ROLES.into_iter().filter_map(nos::function_role).find(|role| Some(&role.display) == author.role.as_ref());
    if let Some(role) = known {
        x.leaf("functionCode", &[("code", &role.code), ("displayName", &role.display), ("codeSystem", &role.system)]);
    }
}

/// Identifier, profession, place, name of a professional, in the order of the schema.
pub(super) fn professional(x: &mut Xml, author: &Author, person: &str) {
    identifier(x, author);
    if let Some(code) = &author.specialty {
        x.leaf("code", &[("code", &code.code), ("displayName", &code.display), ("codeSystem", &code.system)]);
    }
    x.fixed("<addr nullFlavor=\"NASK\"/>\n<telecom nullFlavor=\"NASK\"/>\n");
    x.within(person, &[], |x| name(x, &author.name));
}

fn identifier(x: &mut Xml, author: &Author) {
    match &author.id {
        Some(id) => x.leaf("id", &[("root", PS_ID_NAT_OID), ("extension", id)]),
        None => x.leaf("id", &[("nullFlavor", "UNK")]),
    }
}

/// A name: the *civilité d'exercice* stands in `suffix`.
pub(super) fn name(x: &mut Xml, name: &PersonName) {
    x.within("name", &[], |x| {
        if !name.given.is_empty() {
            x.text("given", &[], &name.given);
        }
        x.text("family", &[], &name.family);
        if !name.prefix.is_empty() {
            x.text("suffix", &[], &name.prefix);
        }
    });
}

/// An organization with its national identifier, and its practice setting where that is asked for.
pub(super) fn organization(x: &mut Xml, tag: &str, structure: &Structure, setting: Option<&str>) {
    x.within(tag, &[], |x| {
        x.leaf("id", &[("root", STRUCT_ID_NAT_OID), ("extension", structure.id.as_str())]);
        x.text("name", &[], &structure.name);
        setting.into_iter().for_each(|setting| practice_setting(x, setting));
    });
}

/// `standardIndustryClassCode` (JDV_J04).
pub(super) fn practice_setting(x: &mut Xml, code: &str) {
    if let Some(known) = nos::practice_setting(code) {
        let attributes = [("code", known.code.as_str()), ("displayName", &known.display), ("codeSystem", &known.system)];
        x.leaf("standardIndustryClassCode", &attributes);
    }
}

/// The custodian.
pub(super) fn custodian(x: &mut Xml, structure: &Structure) {
    x.within("custodian", &[], |x| {
        x.within("assignedCustodian", &[], |x| organization(x, "representedCustodianOrganization", structure, None));
    });
}

/// The content of an `assignedEntity` or `assignedAuthor` of whom only words are known: speciality, name, place.
pub(super) fn named(x: &mut Xml, party: &Party) {
    x.fixed("<id nullFlavor=\"UNK\"/>\n");
    if !party.role.is_empty() {
        x.within("code", &[("nullFlavor", "UNK")], |x| x.text("originalText", &[], &party.role));
    }
    if !party.name.is_empty() {
        x.within("assignedPerson", &[], |x| name(x, &split(&party.name)));
    }
    if !party.place.is_empty() {
        x.within("representedOrganization", &[], |x| x.text("name", &[], &party.place));
    } else if party.name.is_empty() {
        // The models want a name of one or the other.
        x.fixed("<representedOrganization><name nullFlavor=\"UNK\"/></representedOrganization>\n");
    }
}

/// A shown name in its parts: a title in front, then first names, then what stands in capitals. All of it is the family name when
/// nothing does.
pub(super) fn split(shown: &str) -> PersonName {
    let shown = shown.trim();
    let (prefix, rest) = [("Dr ", "DR"), ("DR ", "DR"), ("Pr ", "PR"), ("PR ", "PR")]
        .into_iter()
        .find_map(|(title, code)| shown.strip_prefix(title).map(|rest| (code, rest)))
        .unwrap_or(("", shown));
    let is_family = |word: &str| word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase);
    let family_from = rest.split_inclusive(' ').rev().take_while(|word| is_family(word)).map(str::len).sum::<usize>();
    let at = rest.len().saturating_sub(family_from);
    let (given, family) = rest.split_at_checked(at).unwrap_or((rest, ""));
    let (given, family) = if family.is_empty() { ("", given) } else { (given, family) };
    PersonName { prefix: prefix.to_owned(), ..PersonName::new(given.trim(), family.trim()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_name_falls_into_its_parts() {
        for (shown, parts) in [
            ("Dr Antoine DUPONT", ("DR", "Antoine", "DUPONT")),
            ("Anne-Marie DE LA TOUR", ("", "Anne-Marie", "DE LA TOUR")),
            ("Laboratoire du Parc", ("", "", "Laboratoire du Parc")),
            ("PHARMACIE", ("", "", "PHARMACIE")),
            ("", ("", "", "")),
        ] {
            let name = split(shown);
            assert_eq!((name.prefix.as_str(), name.given.as_str(), name.family.as_str()), parts, "{shown}");
        }
    }
}

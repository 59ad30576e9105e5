//! Persons to call: relatives that the header names.

use dmp_core::summary::{Concept, Fact, Party, Proof, What};

use crate::cda::tree::{attribute, child, children};

use super::super::words::cut;
use super::concept::code;
use super::place::Paper;
use super::xml::Element;
use super::{Facts, party};

/// Most persons of a header.
const PERSONS_MAX: usize = 64;
/// Roles of a person to call, to trust, or who cares: what each is called.
const ROLES: [(&str, &str); 5] = [
    ("ECON", "Personne à prévenir en cas d'urgence"),
    ("NOK", "Personne de confiance"),
    ("CAREGIVER", "Aidant"),
    ("CON", "Contact"),
    ("GUARD", "Représentant légal"),
];

/// The informants that are relatives or persons of trust.
pub(super) fn add_header(paper: &Paper<'_>, facts: &mut Facts) {
    let informants = children(paper.root, "informant").take(PERSONS_MAX).filter_map(|informant| child(informant, "relatedEntity"));
    let participants = children(paper.root, "participant").take(PERSONS_MAX).filter_map(|participant| child(participant, "associatedEntity"));
    for node in informants.chain(participants) {
        facts.extend(contact(node));
    }
}

fn contact(node: Element<'_>) -> Option<Fact> {
    let class = attribute(node, "classCode")?;
    let (_, role) = ROLES.iter().find(|(known, _)| *known == class)?;
    let Party { name, place, .. } = party::entity(node);
    if name.is_empty() {
        return None;
    }
    let codes: Vec<_> = child(node, "code").and_then(code).into_iter().collect();
    let relation = codes.first().map(|code| code.display.clone()).filter(|display| !display.is_empty());
    let text = relation.unwrap_or_else(|| (*role).to_owned());
    let proof = header_proof(&name);
    let by = Party { name, role: (*role).to_owned(), place };
    Some(Fact { what: What::Contact { telecom: telecom(node) }, concept: Concept { text, codes }, period: Default::default(), by, proof })
}

/// The first telephone number, else the first address of another kind.
fn telecom(node: Element<'_>) -> String {
    let all: Vec<String> = children(node, "telecom").take(8).filter_map(|telecom| attribute(telecom, "value")).collect();
    let phone = all.iter().find_map(|value| value.strip_prefix("tel:"));
    let other = || all.first().map(|value| value.trim_start_matches("mailto:").to_owned());
    phone.map(str::to_owned).or_else(other).unwrap_or_default()
}

/// The proof of what stands in the header: no section.
pub(super) fn header_proof(quote: &str) -> Proof {
    Proof { quote: cut(quote, Proof::QUOTE_MAX), ..Proof::default() }
}

//! What somebody signs: author, responsible party, *médecin traitant*, custodian, place of care.

use dmp_core::document::Author;
use dmp_core::identity::Structure;
use dmp_core::summary::Party;

use super::header::{Identity, Subject, related};
use super::moment::stamp;
use super::people::{self, custodian, function, name, organization, practice_setting, professional};
use crate::nos;
use crate::xml::Xml;

/// Who signs a document, and where it was made.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    pub identity: Identity<'a>,
    pub subject: Subject<'a>,
    /// Author and responsible party: national identifier, name, profession (JDV_J01), structure.
    pub author: &'a Author,
    /// Of the person. The medical summary of the *médecin traitant* names one in any case: without one, the words of the summary, or an
    /// unknown one.
    pub medecin_traitant: Option<&'a Author>,
    pub custodian: &'a Structure,
    /// JDV_J02 code.
    pub facility_type: &'a str,
    /// JDV_J04 code.
    pub practice_setting: &'a str,
}

/// The act that the document tells of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Act<'a> {
    /// LOINC code and words, where the model wants them.
    pub code: Option<(&'a str, &'a str)>,
    /// A *médecin traitant* has to be named even when nobody knows one.
    pub names_doctor: bool,
}

/// From the author to the encounter, in the order of the schema.
pub(super) fn signatures(x: &mut Xml, signed: &Signed<'_>, act: Act<'_>, known_doctor: Option<&Party>) {
    let time = stamp(signed.identity.created_at);
    x.within("author", &[], |x| {
        function(x, signed.author);
        x.leaf("time", &[("value", &time)]);
        x.within("assignedAuthor", &[], |x| {
            professional(x, signed.author, "assignedPerson");
            signed.author.institution.iter().for_each(|place| organization(x, "representedOrganization", place, None));
        });
    });
    custodian(x, signed.custodian);
    x.within("legalAuthenticator", &[], |x| {
        x.leaf("time", &[("value", &time)]);
        x.fixed("<signatureCode code=\"S\"/>\n");
        x.within("assignedEntity", &[], |x| entity(x, signed));
    });
    doctor(x, signed, act, known_doctor);
    x.within("documentationOf", &[], |x| {
        x.within("serviceEvent", &[], |x| {
            act.code.iter().for_each(|code| x.code("code", *code, super::narrative::LOINC));
            x.within("effectiveTime", &[], |x| x.leaf("low", &[("value", &time)]));
            x.within("performer", &[("typeCode", "PRF")], |x| x.within("assignedEntity", &[], |x| entity(x, signed)));
        });
    });
    related(x, &signed.identity);
    encounter(x, signed);
}

/// The author as an entity, with the practice setting of the place.
fn entity(x: &mut Xml, signed: &Signed<'_>) {
    professional(x, signed.author, "assignedPerson");
    match &signed.author.institution {
        Some(place) => organization(x, "representedOrganization", place, Some(signed.practice_setting)),
        None => x.within("representedOrganization", &[], |x| practice_setting(x, signed.practice_setting)),
    }
}

fn doctor(x: &mut Xml, signed: &Signed<'_>, act: Act<'_>, known: Option<&Party>) {
    if signed.medecin_traitant.is_none() && known.is_none() && !act.names_doctor {
        return;
    }
    x.within("participant", &[("typeCode", "INF")], |x| {
        // Both models ask for these very words, with two capitals.
        x.fixed("<functionCode code=\"PCP\" displayName=\"Médecin Traitant\" codeSystem=\"2.16.840.1.113883.5.88\"/>\n");
        x.within("time", &[("xsi:type", "IVL_TS")], |x| x.leaf("low", &[("value", &stamp(signed.identity.created_at))]));
        x.within("associatedEntity", &[("classCode", "PROV")], |x| match signed.medecin_traitant {
            Some(author) => {
                professional(x, author, "associatedPerson");
                author.institution.iter().for_each(|place| organization(x, "scopingOrganization", place, None));
            }
            None => words_alone(x, known),
        });
    });
}

/// A doctor of whom only words are known, or nothing.
fn words_alone(x: &mut Xml, known: Option<&Party>) {
    let unknown = Party::default();
    let party = known.unwrap_or(&unknown);
    x.fixed("<addr nullFlavor=\"NASK\"/>\n<telecom nullFlavor=\"NASK\"/>\n");
    x.within("associatedPerson", &[], |x| match party.name.trim() {
        "" => x.fixed("<name><family nullFlavor=\"UNK\"/></name>\n"),
        shown => name(x, &people::split(shown)),
    });
    if !party.place.is_empty() {
        x.within("scopingOrganization", &[], |x| x.text("name", &[], &party.place));
    }
}

fn encounter(x: &mut Xml, signed: &Signed<'_>) {
    x.within("componentOf", &[], |x| {
        x.within("encompassingEncounter", &[], |x| {
            x.leaf("effectiveTime", &[("nullFlavor", "NA")]);
            x.within("location", &[], |x| {
                x.within("healthCareFacility", &[], |x| {
                    if let Some(known) = nos::facility_type(signed.facility_type) {
                        x.leaf("code", &[("code", &known.code), ("displayName", &known.display), ("codeSystem", &known.system)]);
                    }
                });
            });
        });
    });
}

//! The header that all our documents have in common.

use dmp_core::Moment;
use dmp_core::document::{TypeCode, system};
use dmp_core::identity::{IdentityTraits, Ins, Sex};

use super::moment::{birth, stamp};
use super::narrative::LOINC;
use crate::xml::Xml;

/// Which document it is.
#[derive(Debug, Clone, Copy)]
pub struct Identity<'a> {
    /// `urn:oid:…`, `urn:oid:…^extension`, `urn:uuid:…`, or the same without scheme.
    pub unique_id: &'a str,
    /// Groups the versions of a document; the same forms.
    pub set_id: &'a str,
    /// From 1.
    pub version: u32,
    /// uniqueId of the document that this one replaces.
    pub replaces: Option<&'a str>,
    pub created_at: Moment,
}

/// Whom it is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub ins: &'a Ins,
    pub traits: &'a IdentityTraits,
}

/// What kind of document it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind<'a> {
    /// Templates of the model, the most specific last.
    pub templates: &'a [&'a str],
    pub code: &'a str,
    /// Words of the code.
    pub label: &'a str,
    pub title: &'a str,
}

const SPACES: [(&str, &str); 3] =
    [("xmlns", "urn:hl7-org:v3"), ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"), ("xmlns:pharm", "urn:ihe:pharm:medication")];

/// The whole document: `people` writes from the author on, `body` the sections.
pub(super) fn document(
    capacity: usize,
    kind: Kind<'_>,
    identity: &Identity<'_>,
    subject: &Subject<'_>,
    people: impl FnOnce(&mut Xml),
    body: impl FnOnce(&mut Xml),
) -> Vec<u8> {
    let mut x = Xml::compact(capacity);
    x.within("ClinicalDocument", &SPACES, |x| {
        identification(x, kind, identity);
        record_target(x, subject);
        people(x);
        x.within("component", &[], |x| x.within("structuredBody", &[], body));
    });
    x.finish().into_bytes()
}

fn identification(x: &mut Xml, kind: Kind<'_>, identity: &Identity<'_>) {
    x.fixed("<realmCode code=\"FR\"/>\n<typeId root=\"2.16.840.1.113883.1.3\" extension=\"POCD_HD000040\"/>\n");
    x.templates(&["2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1"]);
    x.templates(kind.templates);
    instance(x, "id", identity.unique_id);
    let system = TypeCode::parse(kind.code).map_or(system::TRE_A05, |known| known.system());
    x.code("code", (kind.code, kind.label), (system, if system == LOINC.0 { LOINC.1 } else { "TRE_A05" }));
    x.text("title", &[], kind.title);
    x.leaf("effectiveTime", &[("value", &stamp(identity.created_at))]);
    x.code("confidentialityCode", ("N", "Normal"), (system::CONFIDENTIALITY, "Confidentiality"));
    x.fixed("<languageCode code=\"fr-FR\"/>\n");
    instance(x, "setId", identity.set_id);
    x.leaf("versionNumber", &[("value", &identity.version.to_string())]);
}

/// An instance identifier from its URN.
pub(super) fn instance(x: &mut Xml, tag: &str, urn: &str) {
    let bare = urn.trim_start_matches("urn:oid:").trim_start_matches("urn:uuid:");
    match bare.split_once('^') {
        Some((root, extension)) => x.leaf(tag, &[("root", root), ("extension", extension)]),
        None => x.leaf(tag, &[("root", bare)]),
    }
}

/// `relatedDocument`, when this document replaces another.
pub(super) fn related(x: &mut Xml, identity: &Identity<'_>) {
    let Some(replaced) = identity.replaces else { return };
    x.within("relatedDocument", &[("typeCode", "RPLC")], |x| x.within("parentDocument", &[], |x| instance(x, "id", replaced)));
}

fn record_target(x: &mut Xml, subject: &Subject<'_>) {
    x.within("recordTarget", &[], |x| {
        x.within("patientRole", &[], |x| {
            x.leaf("id", &[("root", subject.ins.authority().oid()), ("extension", subject.ins.matricule())]);
            x.fixed("<addr nullFlavor=\"NASK\"/>\n<telecom nullFlavor=\"NASK\"/>\n");
            x.within("patient", &[("classCode", "PSN")], |x| patient(x, subject.traits));
        });
    });
}

fn patient(x: &mut Xml, traits: &IdentityTraits) {
    let (name, used) = (&traits.birth_name, traits.shown_name());
    x.within("name", &[], |x| {
        x.text("family", &[("qualifier", "BR")], &name.family);
        x.text("given", &[], &name.given);
        x.text("given", &[("qualifier", "BR")], name.given.split(' ').next().unwrap_or_default());
        x.text("family", &[("qualifier", "CL")], &used.family);
        x.text("given", &[("qualifier", "CL")], &used.given);
    });
    let gender = match traits.sex {
        Sex::Female => ("F", "Féminin"),
        Sex::Male => ("M", "Masculin"),
        Sex::Unknown => ("U", "Inconnu"),
    };
    x.code("administrativeGenderCode", gender, ("2.16.840.1.113883.5.1", "AdministrativeGender"));
    x.leaf("birthTime", &[("value", &birth(traits.birth_date))]);
    if !traits.birth_place.is_empty() {
        x.within("birthplace", &[], |x| {
            x.within("place", &[], |x| x.within("addr", &[], |x| x.text("county", &[], &traits.birth_place)));
        });
    }
}

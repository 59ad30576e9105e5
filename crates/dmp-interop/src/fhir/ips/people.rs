//! Patient, author and custodian.

use dmp_core::identity::{PersonName, Sex};
use dmp_core::summary::{Heading, Line, SummaryPerson, What};
use serde_json::Value;

use super::element::{Object, clean, concept, display, list, words};

const PROFILES: &str = "http://hl7.org/fhir/uv/ips/StructureDefinition/";

fn profiled(kind: &str, profile: &str) -> Object {
    Object::resource(kind).with("meta", Object::default().one("profile", format!("{PROFILES}{profile}")))
}

/// The person: INS, traits, *médecin traitant*, people to call.
pub(super) fn patient(person: &SummaryPerson, contacts: &Heading) -> Object {
    let traits = &person.traits;
    let identifier = Object::default()
        .text("use", "official")
        .text("system", &format!("urn:oid:{}", person.ins.authority().oid()))
        .text("value", person.ins.matricule());
    let mut names = vec![name("official", &traits.birth_name)];
    names.extend(traits.used_name.iter().map(|used| name("usual", used)));
    let gender = match traits.sex {
        Sex::Female => "female",
        Sex::Male => "male",
        Sex::Unknown => "unknown",
    };
    let doctor = person.medecin_traitant.as_ref().filter(|doctor| clean(&doctor.name).is_some());
    profiled("Patient", "Patient-uv-ips")
        .one("identifier", identifier)
        .with("name", list(names))
        .text("gender", gender)
        .text("birthDate", &traits.birth_date.to_iso())
        .with("contact", list(contacts.lines.iter().filter_map(contact)))
        .with("generalPractitioner", list(doctor.map(|doctor| display(&doctor.name))))
}

fn name(kind: &str, name: &PersonName) -> Object {
    let given: Vec<Value> = name.given.split_whitespace().filter_map(clean).map(Value::String).collect();
    Object::default().text("use", kind).text("family", &name.family).with("given", Value::Array(given))
}

/// Somebody to call; nobody without a name or a number.
fn contact(line: &Line) -> Option<Object> {
    let What::Contact { telecom } = &line.fact.what else { return None };
    let number = Object::default()
        .text("system", if telecom.starts_with("mailto:") { "email" } else { "phone" })
        .text("value", telecom.trim_start_matches("tel:").trim_start_matches("mailto:"));
    let known = !telecom.trim().is_empty();
    let contact = Object::default().one("relationship", concept(&line.fact.concept)).with("name", Object::default().text("text", &line.fact.by.name));
    let contact = if known { contact.one("telecom", number) } else { contact };
    (known || !line.fact.by.name.trim().is_empty()).then_some(contact)
}

/// The software that made the summary.
pub(super) fn software((name, version): (&str, &str)) -> Object {
    profiled("Device", "Device-observer-uv-ips")
        .one("deviceName", Object::default().text("name", name).text("type", "user-friendly-name"))
        .with("type", words("Logiciel du dossier médical partagé"))
        .one("version", Object::default().text("value", version))
}

/// Who keeps the record.
pub(super) fn organization(name: &str) -> Object {
    profiled("Organization", "Organization-uv-ips").text("name", name)
}

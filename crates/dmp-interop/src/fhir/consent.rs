//! TD0.3: a professional's authorisation, as a FHIR `Consent` (the guide leaves the resource open; PDSm4DMP TD0.2).
//! `provision.type` permit = AJOUT, deny = SUPPRESSION, for the actor named, or the caller when none is.

use dmp_core::identity::PS_ID_NAT_OID;
use dmp_core::record::{Authorisation, Effect};
use dmp_core::{Issue, Moment};
use serde_json::Value;

use super::coding::{concept, write_plain_codings, write_plain_concept};
use super::document_reference::{PatientReference, ReceivedAuthor, SubjectIns, check_subject, read_subject};
use super::element::{Element, Findings};
use super::people::Directory;
use super::schema;
use super::write::resource;

/// What is asked (TD0.3 `action`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentAction {
    /// AJOUT
    Add,
    /// SUPPRESSION
    Remove,
}

/// A consent as received and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedConsent {
    pub action: ConsentAction,
    /// `None` when only a reference was given, see `patient_reference`.
    pub patient: Option<SubjectIns>,
    pub patient_reference: Option<String>,
    /// The professional; `None` means the caller.
    pub actor: Option<ReceivedAuthor>,
    /// Declared as *médecin traitant DMP* (TD0.3 `role`).
    pub medecin_traitant: bool,
    pub until: Option<Moment>,
}

const PARTICIPATION_FUNCTION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationFunction";
const PARTICIPATION_TYPE: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
const CONSENT_SCOPE: &str = "http://terminology.hl7.org/CodeSystem/consentscope";
const POLICY: &str = "urn:dmp:policy:habilitation";

/// Reads a Consent.
///
/// # Errors
/// Every finding.
pub fn read_consent(value: &Value) -> Result<ReceivedConsent, Vec<Issue>> {
    let findings = Findings::default();
    let read = {
        let root = Element::root(value, "Consent", &findings);
        schema::note_unknown(&root, "Consent");
        read_in(&root, &Directory::new(&root, &[], &findings))
    };
    let issues = findings.into_issues();
    match read {
        Some(consent) if !issues.iter().any(Issue::is_error) => Ok(consent),
        _ => Err(issues),
    }
}

fn read_in(root: &Element<'_>, directory: &Directory<'_>) -> Option<ReceivedConsent> {
    if root.child("resourceType").text().as_deref() != Some("Consent") {
        root.child("resourceType").finding(Issue::error("element-value").expected("Consent"));
    }
    match root.child("status").text().as_deref() {
        Some("active") => {}
        Some(other) => root.child("status").finding(Issue::error("element-value").received(other).expected("active")),
        None => root.child("status").finding(Issue::error("element-required")),
    }
    let subject = root.child("patient");
    let patient = read_subject(&subject, directory);
    let patient_reference = subject.child("reference").text();
    // A sealed Patient id is opened by the door.
    if patient.is_some() || patient_reference.is_none() {
        check_subject(patient.as_ref(), "Consent.patient").into_iter().for_each(|issue| root.child("patient").finding(issue));
    }
    let provision = root.child("provision");
    let action = match provision.child("type").text().as_deref() {
        Some("permit") => Some(ConsentAction::Add),
        Some("deny") => Some(ConsentAction::Remove),
        other => {
            let issue = Issue::error(if other.is_some() { "element-value" } else { "element-required" });
            provision.child("type").finding(issue.received(other.unwrap_or_default()).expected("permit | deny"));
            None
        }
    };
    let actors = provision.items("actor");
    if actors.len() > 1 {
        provision.child("actor").finding(Issue::error("element-value").expected("0..1"));
    }
    let actor = actors.first().and_then(|actor| directory.author(&actor.child("reference")));
    if let Some(first) = actors.first().filter(|_| actor.as_ref().is_none_or(|actor| actor.id.is_none())) {
        first.child("reference").finding(Issue::error("element-required").expected(format!("urn:oid:{PS_ID_NAT_OID}")));
    }
    let is_pcp = |actor: &Element<'_>| concept(&actor.child("role")).iter().any(|role| role.code.as_deref() == Some("PCP"));
    Some(ReceivedConsent {
        action: action?,
        patient,
        patient_reference,
        actor,
        medecin_traitant: actors.first().is_some_and(is_pcp),
        until: provision.child("period").child("end").when().and_then(|when| when.moment),
    })
}

/// A line of the person's list of professionals, as Consent.
pub fn render_consent(id: &str, authorisation: &Authorisation, patient: &PatientReference<'_>) -> Vec<u8> {
    resource("Consent", 1024, |out| {
        out.text("id", id);
        out.text("status", "active");
        write_plain_concept(out, "scope", CONSENT_SCOPE, "patient-privacy", "");
        out.list_of_one("category", |out| write_plain_codings(out, "http://loinc.org", "57016-8", ""));
        out.member("patient", |out| {
            out.text_if("reference", patient.reference);
            out.member("identifier", |out| {
                out.text("system", &format!("urn:oid:{}", patient.oid));
                out.text("value", patient.matricule);
            });
        });
        out.text("dateTime", &authorisation.last_action.to_rfc3339());
        out.list_of_one("policy", |out| out.text("uri", POLICY));
        out.member("provision", |out| {
            out.text(
                "type",
                match authorisation.effect {
                    Effect::Permit => "permit",
                    Effect::Deny => "deny",
                },
            );
            out.member("period", |out| {
                out.text("start", &authorisation.since.to_rfc3339());
                out.text_if("end", authorisation.until.map(Moment::to_rfc3339).as_deref());
            });
            out.list_of_one("actor", |out| {
                let (system, code) = if authorisation.medecin_traitant { (PARTICIPATION_FUNCTION, "PCP") } else { (PARTICIPATION_TYPE, "IRCP") };
                write_plain_concept(out, "role", system, code, "");
                out.member("reference", |out| {
                    if let Some(national) = authorisation.account.strip_prefix("ps:") {
                        out.member("identifier", |out| {
                            out.text("system", &format!("urn:oid:{PS_ID_NAT_OID}"));
                            out.text("value", national);
                        });
                    }
                    out.text_if("display", Some(&authorisation.name.display()));
                });
            });
        });
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::samples;
    use dmp_core::identity::{PersonName, Profession};

    fn authorisation(medecin_traitant: bool) -> Authorisation {
        Authorisation {
            account: "ps:899700218896".into(),
            name: PersonName::new("Anne", "EXEMPLE"),
            profession: Profession::parse("G15/10").unwrap(),
            structure: None,
            effect: Effect::Permit,
            since: samples::moment("2026-06-12"),
            last_action: samples::moment("2026-06-12"),
            until: Some(samples::moment("2027-06-12")),
            medecin_traitant,
            administrator: false,
            recorded_by: "ps:899700218896".into(),
        }
    }

    fn rendered(medecin_traitant: bool) -> Value {
        serde_json::from_slice(&render_consent("c", &authorisation(medecin_traitant), &samples::patient())).unwrap()
    }

    #[test]
    fn what_is_rendered_reads_back() {
        let consent = read_consent(&rendered(true)).unwrap();
        assert_eq!((consent.action, consent.medecin_traitant, consent.until), (ConsentAction::Add, true, authorisation(true).until));
        assert_eq!(consent.actor.unwrap().id.as_deref(), Some("899700218896"));
        assert_eq!(consent.patient.unwrap().value, samples::INS);
        assert!(!read_consent(&rendered(false)).unwrap().medecin_traitant);
    }

    #[test]
    fn without_actor_the_caller_is_meant_and_deny_takes_back() {
        let mut value = rendered(false);
        value["provision"] = serde_json::json!({"type": "deny"});
        let consent = read_consent(&value).unwrap();
        assert_eq!((consent.action, consent.actor), (ConsentAction::Remove, None));
    }

    #[test]
    fn each_damage_has_its_finding() {
        for (pointer, damaged, code) in [
            ("/status", serde_json::json!("draft"), "element-value"),
            ("/provision/type", serde_json::json!("maybe"), "element-value"),
            ("/patient", serde_json::json!({}), "ins-missing"),
            ("/patient/identifier/value", serde_json::json!("279035121518988"), "ins-key"),
            ("/provision/actor/0/reference", serde_json::json!({"display": "Anne"}), "element-required"),
        ] {
            let mut value = rendered(false);
            *value.pointer_mut(pointer).unwrap() = damaged;
            if pointer == "/patient/identifier/value" {
                value["patient"].as_object_mut().unwrap().remove("reference");
            }
            let codes: Vec<String> = read_consent(&value).unwrap_err().into_iter().map(|issue| issue.code).collect();
            assert_eq!(codes, [code], "{pointer}");
        }
    }
}

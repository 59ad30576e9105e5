//! Requests that change the record, continue a page or are mistaken.

use serde_json::{Value, json};

use super::{Maker, encoded};
use crate::ask::{Ask, Entrance};
use crate::cast;
use crate::world::Whose;

/// Whom acts let in: nobody who asks.
pub(super) const LET_IN: &str = "dr-cardio";

/// The account of one of the cast.
pub(super) fn account(handle: &str) -> String {
    cast::caller(handle).account
}

impl Maker<'_> {
    /// A professional's number, as people type it.
    pub(super) fn rpps(&self, handle: &str) -> String {
        account(handle).trim_start_matches("ps:8").to_owned()
    }

    /// An operation on Patient, a Consent, or an episode of care.
    pub(super) fn act(&mut self) -> Ask {
        let whose = self.whose();
        match self.draw.below(10) {
            0 | 1 => self.consent(whose),
            2 => self.episode(whose),
            _ => self.operation(whose),
        }
    }

    fn operation(&mut self, whose: Whose) -> Ask {
        let let_in = json!({ "name": "professional", "valueIdentifier": { "value": self.rpps(LET_IN) } });
        let whom = *self.draw.pick(&["dr-gyneco", "dr-cardio", "dr-modele"]);
        let kept_out = json!({ "name": "professional", "valueIdentifier": { "value": self.rpps(whom) } });
        let (system, matricule) = bystander();
        let somebody = |name: &str| json!({ "name": name, "valueIdentifier": { "system": system, "value": matricule } });
        let flag = |name: &str, value: bool| json!({ "name": name, "valueBoolean": value });
        let text = |name: &str, value: &str| json!({ "name": name, "valueString": value });
        let on = self.draw.chance(50);
        let (operation, parameters): (&str, Vec<Value>) = match self.draw.below(26) {
            0 => ("$dmp-authorise", vec![let_in]),
            1 => ("$dmp-revoke", vec![kept_out]),
            2 => ("$dmp-block", vec![kept_out]),
            3 => ("$dmp-unblock", vec![let_in]),
            4 => ("$dmp-administrator", vec![let_in, flag("administrator", on)]),
            5 => ("$dmp-emergency-choices", vec![flag("break-glass", true), flag("regulation-centre", true)]),
            6 => ("$dmp-mask-all", vec![flag("masked", false)]),
            7 => ("$dmp-team-consent", vec![flag("consent", on)]),
            8 => ("$dmp-occupational-consent", vec![flag("consent", on)]),
            9 => ("$dmp-update-contact", vec![text("email", "claire@example.invalid")]),
            10 => ("$dmp-represent", vec![somebody("representative"), text("family", "IMAGINAIRE"), text("given", "Inès")]),
            11 => ("$dmp-invite-helper", vec![somebody("helper"), text("family", "IMAGINAIRE"), text("given", "Inès")]),
            12 => ("$dmp-answer-invitation", vec![flag("accepted", on)]),
            13 => ("$dmp-end-helper", vec![somebody("helper")]),
            14 => ("$dmp-record-team-consent", vec![]),
            15 => ("$dmp-request-destruction", vec![]),
            16 => ("$dmp-object-to-suspension", vec![]),
            17 => ("$dmp-correct-ins", vec![somebody("ins")]),
            18 => ("$dmp-merge", vec![somebody("other")]),
            19 => ("$dmp-unmerge", vec![somebody("other")]),
            20 => ("$dmp-medecin-traitant", vec![let_in]),
            21 if on => ("$dmp-close", vec![text("reason", "fin")]),
            22 => ("$dmp-reactivate", vec![flag("consent", true)]),
            23 => ("$dmp-open", vec![json!({ "name": "consent", "valueCode": "oral" })]),
            24 => ("$dmp-letter", vec![]),
            _ => ("$dmp-nothing-known", vec![]),
        };
        let mut parameters = parameters;
        let path = if self.draw.chance(50) || operation == "$dmp-open" {
            let token = self.token(whose);
            let (system, matricule) = token.split_once('|').unwrap_or_default();
            parameters.push(json!({ "name": "identifier", "valueIdentifier": { "system": system, "value": matricule } }));
            format!("/fhir/Patient/{operation}")
        } else {
            format!("/fhir/Patient/{}/{operation}", self.patient_id(whose))
        };
        self.posted(path, json!({ "resourceType": "Parameters", "parameter": parameters }))
    }

    fn consent(&mut self, whose: Whose) -> Ask {
        let subject = self.subject(whose);
        let actor = json!([{
            "role": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "PRCP" }] },
            "reference": { "identifier": { "system": "urn:oid:1.2.250.1.71.4.2.1", "value": format!("8{}", self.rpps(LET_IN)) } },
        }]);
        let action = *self.draw.pick(&["permit", "deny"]);
        let consent = json!({
            "resourceType": "Consent", "status": "active", "patient": subject,
            "scope": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy" }] },
            "category": [{ "coding": [{ "system": "http://loinc.org", "code": "59284-0" }] }],
            "policyRule": { "coding": [{ "system": "urn:dmp:policy:habilitation", "code": "habilitation" }] },
            "provision": { "type": action, "actor": actor },
        });
        self.posted("/fhir/Consent".to_owned(), consent)
    }

    /// Declared by POST; or an id of another kind where an episode's is wanted.
    fn episode(&mut self, whose: Whose) -> Ask {
        let subject = self.subject(whose);
        let encounter = json!({
            "resourceType": "Encounter", "status": "in-progress", "subject": subject, "serviceType": { "text": "Unité" },
            "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP" },
        });
        match self.draw.below(3) {
            0 => self.posted("/fhir/Encounter".to_owned(), encounter),
            1 => {
                let id = self.known().document;
                let mut ask = self.posted(format!("/fhir/Encounter/{id}"), encounter);
                ask.method = "PUT";
                ask
            }
            _ => {
                let id = self.known().list;
                self.posted(format!("/fhir/Encounter/{id}/$dmp-oppose"), Value::Null)
            }
        }
    }

    fn subject(&mut self, whose: Whose) -> Value {
        let token = self.token(whose);
        let (system, matricule) = token.split_once('|').unwrap_or_default();
        if self.draw.chance(60) {
            json!({ "identifier": { "system": system, "value": matricule } })
        } else {
            json!({ "reference": format!("Patient/{}", self.patient_id(whose)) })
        }
    }

    pub(super) fn posted(&mut self, path: String, body: Value) -> Ask {
        let mut ask = self.made(Entrance::Fhir, "POST", path);
        if !body.is_null() {
            ask.headers.push(("content-type", "application/fhir+json".to_owned()));
            ask.body = body.to_string();
        }
        ask
    }

    /// A next page that was given: to the same caller or to another one, at the same door or another, whole or cut.
    pub(super) fn paging(&mut self, mark: &str) -> Ask {
        let entrance = if mark.starts_with('/') { Entrance::Site } else { Entrance::Fhir };
        let fitting: Vec<_> = self.pool.pages.iter().filter(|(_, path, _)| path.contains(mark)).cloned().collect();
        let Some((owner, without, with)) = (!fitting.is_empty()).then(|| self.draw.pick(&fitting).clone()) else {
            return if entrance == Entrance::Site { self.made(entrance, "GET", "/journal?page=x".to_owned()) } else { self.journal() };
        };
        if self.callers.contains(&owner) && self.draw.chance(50) {
            self.who = owner;
        }
        let change = self.draw.below(6);
        let changed = |path: String| match change {
            0 => path.chars().take(path.chars().count() - 2).collect(),
            1 => path.replace("/fhir/DocumentReference", "/fhir/List"),
            2 => path.replace("/fhir/AuditEvent", "/fhir/DocumentReference").replace("/fhir/List", "/fhir/AuditEvent"),
            _ => path,
        };
        let mut ask = self.made(entrance, "GET", changed(without));
        ask.other_path = Some(changed(with));
        ask
    }

    /// What no software should send.
    pub(super) fn mistake(&mut self) -> Ask {
        let known = self.known();
        let whose = self.whose();
        let patient = self.patient(whose);
        match self.draw.below(12) {
            0 => self.made(Entrance::Fhir, "DELETE", format!("/fhir/DocumentReference/{}", known.document)),
            1 => self.made(Entrance::Fhir, "GET", format!("/fhir/Observation/{}", known.document)),
            2 => self.made(Entrance::Fhir, "GET", format!("/fhir/DocumentReference/{}/_history/1", known.document)),
            3 => self.made(Entrance::Fhir, "GET", format!("/fhir/DocumentReference?{patient}&status=current&_count=-1")),
            4 => self.made(Entrance::Fhir, "GET", format!("/fhir/DocumentReference?{patient}&status=wrong&identifier={}", encoded(&known.unique_id))),
            5 => self.made(Entrance::Fhir, "GET", format!("/fhir/DocumentReference?status=current&identifier={}", encoded(&known.unique_id))),
            6 => self.made(Entrance::Fhir, "GET", format!("/fhir/AuditEvent?{patient}&entity={}", encoded(&known.document))),
            7 => self.made(Entrance::Nobody, "GET", format!("/fhir/Binary/{}", known.binary)),
            8 => self.made(Entrance::Nobody, "GET", format!("/documents/{}", known.document)),
            9 => {
                let mut ask = self.posted("/fhir/DocumentReference".to_owned(), json!({ "resourceType": "Patient", "id": known.document }));
                ask.body.truncate(20);
                ask
            }
            10 => self.made(Entrance::Fhir, "HEAD", format!("/fhir/Binary/{}", known.binary)),
            _ => self.made(Entrance::Site, "GET", format!("/documents/{}", known.list)),
        }
    }
}

/// INS of somebody of the town who asks nothing.
fn bystander() -> (String, String) {
    let ins = dmp_synth::identity("ines-imaginaire").and_then(|one| one.ins).expect("one of the cast");
    (format!("urn:oid:{}", ins.authority().oid()), ins.matricule().to_owned())
}

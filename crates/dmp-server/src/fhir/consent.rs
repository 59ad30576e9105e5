//! TD0.3 as a FHIR Consent: `provision.type` permit authorises (AJOUT), deny takes back (SUPPRESSION).

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use dmp_core::Issue;
use dmp_service::{Error, Habilitation, PersonRef};
use serde_json::Value;

use super::body::resource;
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;

/// `POST /fhir/Consent`: the caller's own authorisation, collected with the person present. The token says so
/// (`consent_now`); without it the law refuses.
pub(crate) async fn create(State(app): State<App>, asking: Asking, headers: HeaderMap, body: Bytes) -> Result<Response, Refusal> {
    asking.may("Consent", 'c')?;
    let value = resource(&app, &headers, &body, "Consent").map_err(|error| asking.refusal(error))?;
    apply(&app, &asking, &value).await.map_err(|error| asking.refusal(error))?;
    Ok(asking.wish.resource(StatusCode::CREATED, value.to_string().into_bytes()))
}

async fn apply(app: &App, asking: &Asking, value: &Value) -> Result<(), Error> {
    let person = person(app, value)?;
    let caller = &asking.caller;
    let medecin_traitant = value.pointer("/provision/actor/0/role/coding/0/code").and_then(Value::as_str) == Some("MEDECIN_TRAITANT");
    match value.pointer("/provision/type").and_then(Value::as_str) {
        Some("permit") => {
            let (Some(name), Some(profession)) = (caller.name.clone(), caller.profession.clone()) else {
                return Err(Error::Forbidden(dmp_core::access::Reason::NobodyNamed));
            };
            let who = Habilitation { account: caller.account.clone(), name, profession, structure: caller.structure.clone() };
            app.service.authorise(&person, &who, medecin_traitant, caller).await.map(|_| ())
        }
        Some("deny") => app.service.revoke(&person, &caller.account, caller).await.map(|_| ()),
        other => Err(Error::invalid(Issue::error("element-value").at("Consent.provision.type").received(other.unwrap_or_default()).expected("permit, deny"))),
    }
}

fn person(app: &App, value: &Value) -> Result<PersonRef, Error> {
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str);
    if let (Some(system), Some(ins)) = (text("/patient/identifier/system"), text("/patient/identifier/value")) {
        return super::subject::person_of_token(&format!("{system}|{ins}"), "Consent.patient.identifier", app.service.config().mode);
    }
    match text("/patient/reference") {
        Some(reference) if reference.starts_with("Patient?identifier=") => {
            let token = reference.trim_start_matches("Patient?identifier=");
            super::subject::person_of_token(token, "Consent.patient", app.service.config().mode)
        }
        Some(reference) => super::subject::person_of_id(app, reference),
        None => Err(Error::invalid(Issue::error("person-missing").at("Consent.patient"))),
    }
}

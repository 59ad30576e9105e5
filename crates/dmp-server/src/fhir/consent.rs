//! TD0.3 as a FHIR Consent: `provision.type` permit authorises (AJOUT), deny takes back (SUPPRESSION).

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use dmp_core::Issue;
use dmp_core::identity::{Ins, PsIdNat};
use dmp_interop::fhir::consent::{ConsentAction, ReceivedConsent, read_consent, render_consent};
use dmp_interop::fhir::document_reference::PatientReference;
use dmp_service::{Error, Habilitation, PersonRef};

use super::body::resource;
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;

/// `POST /fhir/Consent`: an authorisation collected with the person present. The token says so (`consent_now`); without it
/// the law refuses. A colleague may collect it for the named actor (CSP L.1111-17 II).
pub(crate) async fn create(State(app): State<App>, asking: Asking, headers: HeaderMap, body: Bytes) -> Result<Response, Refusal> {
    asking.may("Consent", 'c')?;
    let value = resource(&app, &headers, &body, "Consent").map_err(|error| asking.refusal(error))?;
    let consent = read_consent(&value).map_err(|issues| asking.refusal(Error::Invalid(issues)))?;
    let json = apply(&app, &asking, &consent, &value).await.map_err(|error| asking.refusal(error))?;
    Ok(asking.wish.resource(StatusCode::CREATED, json))
}

async fn apply(app: &App, asking: &Asking, consent: &ReceivedConsent, value: &serde_json::Value) -> Result<Vec<u8>, Error> {
    let person = person(app, consent)?;
    let account = account(asking, consent)?;
    match consent.action {
        ConsentAction::Add => {
            let who = habilitation(app, asking, &account)?;
            let head = app.service.authorise(&person, &who, consent.medecin_traitant, &asking.caller).await?;
            let line = head.authorisation(&account).ok_or_else(|| Error::Fault("authorisation not in its list".to_owned()))?;
            let patient = PatientReference { oid: head.ins.authority().oid(), matricule: head.ins.matricule(), reference: None };
            let id: String =
                super::prepare::sha1(format!("{} {account}", head.creation.receipt).as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
            Ok(render_consent(&id, line, &patient))
        }
        ConsentAction::Remove => {
            app.service.revoke(&person, &account, &asking.caller).await?;
            Ok(value.to_string().into_bytes())
        }
    }
}

fn person(app: &App, consent: &ReceivedConsent) -> Result<PersonRef, Error> {
    match (&consent.patient, &consent.patient_reference) {
        (Some(ins), _) => {
            let parsed = Ins::parse(&ins.oid, &ins.value).map_err(|error| Error::invalid(Issue::error(error.code()).at("Consent.patient")))?;
            Ok(PersonRef::Ins(parsed))
        }
        (None, Some(reference)) => super::subject::person_of_id(app, reference),
        (None, None) => Err(Error::invalid(Issue::error("person-missing").at("Consent.patient"))),
    }
}

/// The actor's account; the caller's own when none is named.
fn account(asking: &Asking, consent: &ReceivedConsent) -> Result<String, Error> {
    let Some(id) = consent.actor.as_ref().and_then(|actor| actor.id.as_deref()) else {
        return Ok(asking.caller.account.clone());
    };
    let id = PsIdNat::parse(id).map_err(|_| Error::invalid(Issue::error("element-value").at("Consent.provision.actor").expected("PS_IdNat")))?;
    Ok(format!("ps:{}", id.as_str()))
}

fn habilitation(app: &App, asking: &Asking, account: &str) -> Result<Habilitation, Error> {
    let caller = &asking.caller;
    if let Some(known) = app.directory.professional(account) {
        return Ok(crate::patient_site::habilitation(known));
    }
    match (&caller.name, &caller.profession) {
        (Some(name), Some(profession)) if caller.account == account => {
            Ok(Habilitation { account: account.to_owned(), name: name.clone(), profession: profession.clone(), structure: caller.structure.clone() })
        }
        _ => Err(Error::invalid(Issue::error("element-value").at("Consent.provision.actor").expected("a professional of the directory"))),
    }
}

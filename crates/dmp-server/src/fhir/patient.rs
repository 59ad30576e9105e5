//! TD0.2: does a record exist, is it open, may I read it. No identity traits are given back.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::Issue;
use dmp_interop::fhir::bundle_search::{Match, SearchPage, render_searchset};
use dmp_interop::fhir::document_reference::PatientReference;
use dmp_interop::fhir::patient::{self, PatientAnswer};
use dmp_service::{Access, Error, IdKind, PersonRef};

use super::parameters::Parameters;
use super::search::{join, pairs};
use super::summary;
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;

/// `GET /fhir/Patient?identifier=…`.
pub(crate) async fn by_get(State(app): State<App>, asking: Asking, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    run(&app, &asking, query.as_deref().unwrap_or_default()).await
}

/// `POST /fhir/Patient/_search`.
pub(crate) async fn by_post(State(app): State<App>, asking: Asking, RawQuery(query): RawQuery, body: String) -> Result<Response, Refusal> {
    run(&app, &asking, &join(query.as_deref(), &body)).await
}

/// `GET /fhir/Patient/{id}`.
pub(crate) async fn by_id(State(app): State<App>, asking: Asking, Path(id): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    // An operation on the type stands where an id would.
    if summary::READING.contains(&id.as_str()) {
        return summary::on_type(&app, &asking, &id, Parameters::of_query(&pairs(query.as_deref().unwrap_or_default()))).await;
    }
    asking.may("Patient", 'r')?;
    let person = super::subject::person_of_id(&app, &id).map_err(|error| asking.refusal(error))?;
    let access = app.service.check_access(&person, &asking.caller).await.map_err(|error| asking.refusal(error))?;
    let access = access.ok_or_else(|| asking.refusal(Error::NotFound("record-not-found")))?;
    Ok(asking.wish.resource(StatusCode::OK, patient(&app, &access).1))
}

async fn run(app: &App, asking: &Asking, query: &str) -> Result<Response, Refusal> {
    asking.may("Patient", 's')?;
    let person = person(app, query).map_err(|error| asking.refusal(error))?;
    let access = app.service.check_access(&person, &asking.caller).await.map_err(|error| asking.refusal(error))?;
    let url = format!("{}/Patient", app.config.fhir_base());
    let found: Vec<(String, Vec<u8>)> = access.iter().map(|access| patient(app, access)).map(|(id, json)| (format!("{url}/{id}"), json)).collect();
    let frame = SearchPage { total: found.len() as u64, self_url: &url, first_url: None, next_url: None, outcome: None };
    let matches = found.iter().map(|(full_url, resource)| Match { full_url, resource });
    Ok(asking.wish.resource(StatusCode::OK, render_searchset(&frame, matches)))
}

fn person(app: &App, query: &str) -> Result<PersonRef, Error> {
    let pairs = pairs(query);
    let known = ["identifier", "_id", "_format", "_count"];
    if let Some((name, _)) = pairs.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        return Err(Error::invalid(Issue::error("search-parameter-unknown").at(name.as_str())));
    }
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    match (value("identifier"), value("_id")) {
        (Some(token), _) => super::subject::person_of_token(token, "identifier", app.service.config().mode),
        (None, Some(id)) => super::subject::person_of_id(app, id),
        (None, None) => Err(Error::invalid(Issue::error("search-parameter-missing").at("identifier"))),
    }
}

/// The answer: status, closing, authorisation. Names stay out: the software must not show the traits of the record.
fn patient(app: &App, access: &Access) -> (String, Vec<u8>) {
    let head = &access.record.head;
    let id = app.service.ids().seal_record(IdKind::Patient, access.record.key);
    let json = patient::render_patient(&PatientAnswer {
        id: &id,
        patient: PatientReference { oid: head.ins.authority().oid(), matricule: head.ins.matricule(), reference: None },
        status: &head.status,
        attached: None,
        medecin_traitant: access.medecin_traitant,
        authorisation: access.authorisation,
    });
    (id, json)
}

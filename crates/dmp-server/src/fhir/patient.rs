//! TD0.2: does a record exist, is it open, may I read it. No identity traits are given back.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::Issue;
use dmp_core::record::{ClosureReason, RecordStatus};
use dmp_service::{Access, Error, IdKind, PersonRef};
use serde_json::{Value, json};

use super::search::{join, pairs};
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;

/// Base of our extensions: those of the draft guide, under its own address.
const EXTENSIONS: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm4dmp/StructureDefinition";

/// `GET /fhir/Patient?identifier=…`.
pub(crate) async fn by_get(State(app): State<App>, asking: Asking, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    run(&app, &asking, query.as_deref().unwrap_or_default()).await
}

/// `POST /fhir/Patient/_search`.
pub(crate) async fn by_post(State(app): State<App>, asking: Asking, RawQuery(query): RawQuery, body: String) -> Result<Response, Refusal> {
    run(&app, &asking, &join(query.as_deref(), &body)).await
}

/// `GET /fhir/Patient/{id}`.
pub(crate) async fn by_id(State(app): State<App>, asking: Asking, Path(id): Path<String>) -> Result<Response, Refusal> {
    asking.may("Patient", 'r')?;
    let person = super::subject::person_of_id(&app, &id).map_err(|error| asking.refusal(error))?;
    let access = app.service.check_access(&person, &asking.caller).await.map_err(|error| asking.refusal(error))?;
    let access = access.ok_or_else(|| asking.refusal(Error::NotFound("record-not-found")))?;
    Ok(asking.wish.resource(StatusCode::OK, patient(&app, &access).to_string().into_bytes()))
}

async fn run(app: &App, asking: &Asking, query: &str) -> Result<Response, Refusal> {
    asking.may("Patient", 's')?;
    let person = person(app, query).map_err(|error| asking.refusal(error))?;
    let access = app.service.check_access(&person, &asking.caller).await.map_err(|error| asking.refusal(error))?;
    let url = format!("{}/Patient", app.config.fhir_base());
    let entries: Vec<Value> = access
        .iter()
        .map(|access| {
            let resource = patient(app, access);
            let id = resource.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            json!({ "fullUrl": format!("{url}/{id}"), "resource": resource, "search": { "mode": "match" } })
        })
        .collect();
    let mut bundle = json!({
        "resourceType": "Bundle", "type": "searchset", "total": entries.len(), "link": [{ "relation": "self", "url": url }],
    });
    if let (Some(object), false) = (bundle.as_object_mut(), entries.is_empty()) {
        object.insert("entry".to_owned(), Value::Array(entries));
    }
    Ok(asking.wish.resource(StatusCode::OK, bundle.to_string().into_bytes()))
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
fn patient(app: &App, access: &Access) -> Value {
    let head = &access.record.head;
    let mut extensions = vec![
        json!({ "url": format!("{EXTENSIONS}/dmp-autorisation"), "valueCode": access.authorisation.code() }),
        json!({ "url": format!("{EXTENSIONS}/dmp-medecin-traitant"), "valueBoolean": access.medecin_traitant }),
        json!({ "url": format!("{EXTENSIONS}/dmp-rattachement-mes"), "valueBoolean": false }),
    ];
    if let RecordStatus::Closed(closure) = &head.status {
        let motive = match closure.reason {
            ClosureReason::Request => "DEMANDE",
            ClosureReason::Death => "DECES",
            ClosureReason::Fraud => "FRAUDE",
        };
        extensions.push(json!({ "url": format!("{EXTENSIONS}/dmp-fermeture"), "extension": [
            { "url": "dateFermeture", "valueDateTime": closure.at.to_rfc3339() },
            { "url": "motifFermeture", "valueString": motive },
            { "url": "raisonFermeture", "valueString": closure.words },
        ]}));
    }
    json!({
        "resourceType": "Patient",
        "id": app.service.ids().seal_record(IdKind::Patient, access.record.key),
        "extension": extensions,
        "identifier": [{ "use": "official", "system": format!("urn:oid:{}", head.ins.authority().oid()), "value": head.ins.matricule() }],
        "active": matches!(head.status, RecordStatus::Open),
        "name": [{ "text": "NON RENSEIGNE" }],
    })
}

//! The person's journal as AuditEvents (BALP), newest first.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::Issue;
use dmp_core::access::Act;
use dmp_core::audit::{Leaf, Outcome};
use dmp_core::record::Record;
use dmp_service::{Error, IdKind, PersonRef};
use dmp_service::KeptLeaf;
use serde_json::{Value, json};

use super::search::{join, pairs};
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;

/// Events on a page when nothing is asked, and at most.
const COUNT_DEFAULT: u32 = 50;
const COUNT_MAX: u32 = 200;

/// `GET /fhir/AuditEvent?patient=…`.
pub(crate) async fn by_get(State(app): State<App>, asking: Asking, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    run(&app, &asking, query.as_deref().unwrap_or_default()).await
}

/// `POST /fhir/AuditEvent/_search`.
pub(crate) async fn by_post(State(app): State<App>, asking: Asking, RawQuery(query): RawQuery, body: String) -> Result<Response, Refusal> {
    run(&app, &asking, &join(query.as_deref(), &body)).await
}

async fn run(app: &App, asking: &Asking, query: &str) -> Result<Response, Refusal> {
    asking.may("AuditEvent", 's')?;
    let json = search(app, asking, query).await.map_err(|error| asking.refusal(error))?;
    Ok(asking.wish.resource(StatusCode::OK, json.to_string().into_bytes()))
}

async fn search(app: &App, asking: &Asking, query: &str) -> Result<Value, Error> {
    let pairs = pairs(query);
    let known = ["patient", "patient.identifier", "_count", "_page", "_format"];
    if let Some((name, _)) = pairs.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        return Err(Error::invalid(Issue::error("search-parameter-unknown").at(name.as_str())));
    }
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let person: PersonRef = match (value("patient.identifier"), value("patient")) {
        (Some(token), _) => super::subject::person_of_token(token, "patient.identifier", app.service.config().mode)?,
        (None, Some(id)) => super::subject::person_of_id(app, id)?,
        (None, None) => return Err(Error::invalid(Issue::error("search-parameter-missing").at("patient.identifier"))),
    };
    let count = value("_count").and_then(|text| text.parse().ok()).unwrap_or(COUNT_DEFAULT).clamp(1, COUNT_MAX);
    let before = value("_page").and_then(|text| text.parse().ok());
    let page = app.service.journal(&person, &asking.caller, before, count).await?;
    let base = format!("{}/AuditEvent", app.config.fhir_base());
    let patient = app.service.ids().seal_record(IdKind::Patient, page.record.key);
    let mut links = vec![json!({ "relation": "self", "url": base })];
    if let Some(older) = page.older {
        links.push(json!({ "relation": "next", "url": format!("{base}?patient={patient}&_count={count}&_page={older}") }));
    }
    let entries: Vec<Value> = page
        .leaves
        .iter()
        .map(|kept| {
            let resource = event(app, &page.record, kept);
            let id = resource.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            json!({ "fullUrl": format!("{base}/{id}"), "resource": resource, "search": { "mode": "match" } })
        })
        .collect();
    Ok(json!({ "resourceType": "Bundle", "type": "searchset", "total": entries.len(), "link": links, "entry": entries }))
}

fn event(app: &App, record: &Record, kept: &KeptLeaf) -> Value {
    let leaf = &kept.leaf;
    let ids = app.service.ids();
    let (subtype, action) = kind(leaf.act);
    let patient = format!("Patient/{}", ids.seal_record(IdKind::Patient, record.key));
    let mut entities = vec![json!({
        "what": { "reference": patient, "identifier": { "system": format!("urn:oid:{}", record.head.ins.authority().oid()), "value": record.head.ins.matricule() } },
        "type": { "system": "http://terminology.hl7.org/CodeSystem/audit-entity-type", "code": "1", "display": "Person" },
        "role": { "system": "http://terminology.hl7.org/CodeSystem/object-role", "code": "1", "display": "Patient" },
    })];
    if let Some(object) = &leaf.object {
        entities.push(json!({
            "what": { "reference": format!("DocumentReference/{}", ids.seal_entry(IdKind::Document, record.key, object.entry)), "display": object.title },
            "type": { "system": "http://terminology.hl7.org/CodeSystem/audit-entity-type", "code": "2", "display": "System Object" },
            "role": { "system": "http://terminology.hl7.org/CodeSystem/object-role", "code": "4", "display": "Domain Resource" },
        }));
    }
    let sealed_hash = kept.hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let (outcome, words) = match leaf.outcome {
        Outcome::Done => ("0", None),
        Outcome::Refused(reason) => ("8", Some(reason.code())),
    };
    let mut event = json!({
        "resourceType": "AuditEvent",
        "id": format!("{}-{}", sealed_hash.get(..32).unwrap_or_default(), kept.sequence),
        "type": { "system": "http://terminology.hl7.org/CodeSystem/audit-event-type", "code": "rest", "display": "RESTful Operation" },
        "subtype": [{ "system": "http://hl7.org/fhir/restful-interaction", "code": subtype }, { "system": "urn:dmp:act", "code": act_code(leaf) }],
        "action": action,
        "recorded": leaf.at.to_instant(),
        "outcome": outcome,
        "purposeOfEvent": [{ "coding": [{ "system": "urn:oid:1.2.250.1.213.1.1.4.248", "code": leaf.mode }], "text": leaf.words }],
        "agent": [agent(leaf)],
        "source": { "observer": { "display": "dmp" } },
        "entity": entities,
    });
    if let (Some(words), Some(object)) = (words, event.as_object_mut()) {
        object.insert("outcomeDesc".to_owned(), Value::String(words.to_owned()));
    }
    without_nulls(&mut event);
    event
}

fn agent(leaf: &Leaf) -> Value {
    let id = leaf.caller.account.split_once(':').map(|(_, id)| id).unwrap_or_default();
    let system = if leaf.caller.account.starts_with("ps:") { json!("urn:oid:1.2.250.1.71.4.2.1") } else { Value::Null };
    let role = leaf.caller.profession.as_ref().map(|profession| json!([{ "text": profession }]));
    json!({
        "type": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP", "display": "information recipient" }] },
        "role": role,
        "who": { "identifier": { "system": system, "value": id }, "display": leaf.caller.name },
        "altId": leaf.caller.structure,
        "requestor": true,
        "policy": leaf.rules.iter().map(|rule| format!("urn:dmp:rule:{rule}")).collect::<Vec<_>>(),
    })
}

/// FHIR has no null: what is unknown is left out.
fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, inner| !inner.is_null() && inner.as_array().is_none_or(|list| !list.is_empty()));
            map.values_mut().for_each(without_nulls);
        }
        Value::Array(list) => list.iter_mut().for_each(without_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// REST interaction and action of an act.
fn kind(act: Act) -> (&'static str, &'static str) {
    match act {
        Act::CheckAccess | Act::List | Act::ReadJournal => ("search-type", "E"),
        Act::Consult | Act::ReadAdministrative => ("read", "R"),
        Act::Publish | Act::Replace | Act::CreateRecord => ("create", "C"),
        Act::Delete => ("delete", "D"),
        Act::Mask
        | Act::Unmask
        | Act::ShowToPatient
        | Act::ShowToRepresentatives
        | Act::Archive
        | Act::Unarchive
        | Act::Authorise
        | Act::Revoke
        | Act::Block
        | Act::Unblock
        | Act::DeclareMedecinTraitant
        | Act::NameAdministrator
        | Act::SetEmergencyChoices
        | Act::ReactivateRecord
        | Act::CloseRecord => ("update", "U"),
    }
}

fn act_code(leaf: &Leaf) -> String {
    serde_json::to_value(leaf.act).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

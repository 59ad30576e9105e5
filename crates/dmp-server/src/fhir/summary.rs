//! What is made of a record's documents, for software: `$summary` (HL7 IPS 2.0.1), the French summaries as CDA, search in the texts, and the
//! check of orders. Each is judged document by document before anything is made of it.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dmp_core::find::Query;
use dmp_core::redundancy::Ordered;
use dmp_core::summary::Bounds;
use dmp_core::{EntryId, RecordKey};
use dmp_interop::fhir::ips;
use dmp_service::{Error, IdKind, PersonRef, Summarized, SummaryModel};
use serde_json::{Value, json};

use super::parameters::Parameters;
use super::search::pairs;
use super::subject::{person_of_id, person_of_token};
use crate::App;
use crate::answer::{Language, Refusal};
use crate::caller::Asking;

/// The operations that read, served by GET and POST, on one person's id or with the parameter `identifier`.
pub(super) const READING: [&str; 4] = ["$summary", "$dmp-find", "$dmp-check-order", "$dmp-draft-summary"];
/// Hits given at most.
const HITS_MAX: usize = 50;
/// Orders looked at in one request.
const ORDERS_MAX: usize = 50;

/// `GET /fhir/Patient/{id}/$…`.
pub(crate) async fn on_instance_by_get(
    State(app): State<App>,
    asking: Asking,
    Path((id, operation)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let parameters = Parameters::of_query(&pairs(query.as_deref().unwrap_or_default()));
    let person = person_of_id(&app, &id).map_err(|error| asking.refusal(error))?;
    answer(&app, &asking, &operation, person, &parameters).await
}

/// One of these operations by POST on the type.
pub(super) async fn on_type(app: &App, asking: &Asking, operation: &str, parameters: Parameters) -> Result<Response, Refusal> {
    let person = match parameters.token("identifier") {
        Some(token) => person_of_token(token, "identifier", app.service.config().mode),
        None => parameters.ins("identifier", app.service.config().mode).map(PersonRef::Ins),
    };
    let person = person.map_err(|error| asking.refusal(error))?;
    answer(app, asking, operation, person, &parameters).await
}

/// One of these operations for a person.
pub(super) async fn answer(app: &App, asking: &Asking, operation: &str, person: PersonRef, parameters: &Parameters) -> Result<Response, Refusal> {
    asking.may("Patient", 'r')?;
    asking.may("DocumentReference", 'r')?;
    // An app hears what documents say only where it may read them, and asks for the summary alone.
    if asking.caller.app.is_some() {
        asking.may("Binary", 'r')?;
        if operation != "$summary" {
            return Err(asking.wish.refuse_app());
        }
    }
    let done = match operation {
        "$summary" => summary(app, asking, &person, parameters).await,
        "$dmp-find" => find(app, asking, &person, parameters).await,
        "$dmp-draft-summary" => draft(app, asking, &person, parameters).await,
        "$dmp-check-order" => check_order(app, asking, &person, parameters).await,
        _ => Err(Error::NotFound("not-served")),
    };
    done.map_err(|error| asking.refusal(error))
}

async fn summary(app: &App, asking: &Asking, person: &PersonRef, parameters: &Parameters) -> Result<Response, Error> {
    let profile = parameters.text("profile").unwrap_or(IPS_PROFILE);
    if profile.split('|').next() != Some(IPS_PROFILE) {
        return Err(Error::invalid(super::operations::finding("element-value", "profile").expected(IPS_PROFILE)));
    }
    let made = app.service.summarize_within(person, &asking.caller, SENT).await?;
    Ok(asking.wish.resource(StatusCode::OK, ips_bundle(app, &made, asking.wish.language).to_string().into_bytes()))
}

/// The International Patient Summary of a summary, for the caller for whom it was made.
pub(crate) fn ips_bundle(app: &App, made: &Summarized, language: Language) -> Value {
    let base = app.config.fhir_base();
    let key = made.record.key;
    ips::bundle(
        &made.summary,
        &ips::Context {
            language: match language {
                Language::French => ips::Language::French,
                Language::English => ips::Language::English,
            },
            now: made.summary.at,
            base: &base,
            software: ("dmp", &app.config.version),
            custodian: "Dossier médical partagé",
            document: &|entry| app.service.ids().seal_entry(IdKind::Document, key, entry),
            make_id: &|text| made_id(key, text),
        },
    )
}

/// Sixteen bytes of a text: the same in each summary of the same record.
fn made_id(key: RecordKey, text: &str) -> [u8; 16] {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &[key.0.as_slice(), text.as_bytes()].concat());
    let mut id = [0; 16];
    for (to, from) in id.iter_mut().zip(digest.as_ref()) {
        *to = *from;
    }
    id
}

/// A French medical summary as CDA, for the professional's software to go on with.
async fn draft(app: &App, asking: &Asking, person: &PersonRef, parameters: &Parameters) -> Result<Response, Error> {
    let model = parameters.text("model").ok_or_else(|| parameters.missing("model"))?;
    let wrong = || Error::invalid(super::operations::finding("element-value", "model").expected("vsm or ips-fr"));
    let model = SummaryModel::from_code(model).ok_or_else(wrong)?;
    let drafted = app.service.draft_document(person, &asking.caller, model, &*app.formats).await?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("text/xml")), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], drafted.bytes)
        .into_response())
}

async fn find(app: &App, asking: &Asking, person: &PersonRef, parameters: &Parameters) -> Result<Response, Error> {
    let text = parameters.text("query").ok_or_else(|| parameters.missing("query"))?;
    let query = Query::parse(text).map_err(Error::invalid)?;
    let found = app.service.find(person, &asking.caller, &query, HITS_MAX).await?;
    let reference = |entry: EntryId| format!("DocumentReference/{}", app.service.ids().seal_entry(IdKind::Document, found.record.key, entry));
    let hits = found.hits.iter().map(|hit| {
        let mut parts = vec![json!({ "name": "document", "valueReference": { "reference": reference(hit.entry) } })];
        parts.extend(hit.extracts.iter().map(|extract| json!({ "name": "extract", "valueString": extract.text() })));
        if hit.words_forgiven {
            parts.push(json!({ "name": "near", "valueBoolean": true }));
        }
        json!({ "name": "hit", "part": parts })
    });
    let waiting = json!({ "name": "waiting", "valueInteger": found.waiting });
    let all: Vec<Value> = hits.chain([waiting]).collect();
    Ok(asking.wish.resource(StatusCode::OK, json!({ "resourceType": "Parameters", "parameter": all }).to_string().into_bytes()))
}

async fn check_order(app: &App, asking: &Asking, person: &PersonRef, parameters: &Parameters) -> Result<Response, Error> {
    let orders: Vec<Ordered> = parameters.codings("order").into_iter().map(|(system, code)| Ordered { system, code }).collect();
    if orders.is_empty() {
        return Err(parameters.missing("order"));
    }
    if orders.len() > ORDERS_MAX {
        return Err(Error::invalid(super::operations::finding("element-value", "order").expected("at most 50")));
    }
    let checked = app.service.check_orders(person, &asking.caller, &orders).await?;
    let done = checked.done.iter().filter_map(|one| {
        let order = orders.get(one.order)?;
        let label = match asking.wish.language {
            Language::French => &one.finding.exam.label_fr,
            Language::English => &one.finding.exam.label_en,
        };
        let document = app.service.ids().seal_entry(IdKind::Document, checked.record.key, one.finding.entry);
        Some(json!({ "name": "done-lately", "part": [
            { "name": "order", "valueCoding": { "system": order.system, "code": order.code } },
            { "name": "exam", "valueString": label },
            { "name": "last", "valueDate": one.finding.last.to_iso().chars().take(10).collect::<String>() },
            { "name": "days", "valueInteger": one.finding.days },
            { "name": "interval", "valueInteger": one.finding.exam.days },
            { "name": "basis", "valueString": one.finding.exam.basis },
            { "name": "source", "valueString": one.finding.exam.source },
            { "name": "document", "valueReference": { "reference": format!("DocumentReference/{document}") } },
        ]}))
    });
    let done: Vec<Value> = done.collect();
    let answer = if done.is_empty() { json!({ "resourceType": "Parameters" }) } else { json!({ "resourceType": "Parameters", "parameter": done }) };
    Ok(asking.wish.resource(StatusCode::OK, answer.to_string().into_bytes()))
}

/// What is sent of a summary: of a series the last values, of a line the last sources. A summary, not a pile.
pub(crate) const SENT: Bounds = Bounds { lines: 100, sources: 5, series: 60, points: 3 };
const IPS_PROFILE: &str = "http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips";

//! The door of CDS Hooks 2.0: practice software asks while an exam is ordered whether it was done lately, and says later what was made of the
//! answer; and, while a patient is viewed, whether their record is open.

mod cards;
mod client_jwt;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use dmp_core::Issue;
use dmp_core::access::Caller;
use dmp_core::identity::Ins;
use dmp_core::redundancy::Ordered;
use dmp_interop::fhir::cds::{
    CardContent, Hook, Outcome, RequestFault, read_feedback, read_request, render_cards, render_discovery, render_open_card,
};
use dmp_interop::fhir::outcome::Language;
use dmp_service::{CheckedOrders, Error, IdKind, PersonRef};
use serde_json::{Value, json};

use crate::App;
use crate::caller::{Peer, known_today, language};
pub(crate) use cards::Cards;
use client_jwt::{CdsClient, TokenFault, authenticate};

/// Largest request.
const BODY_BYTES_MAX: usize = 1 << 20;

/// Routes of the door.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/cds-services", get(discover))
        .route("/cds-services/{id}", post(call))
        .route("/cds-services/{id}/feedback", post(feedback))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// What is served, for everybody.
async fn discover(headers: HeaderMap) -> Response {
    json_answer(StatusCode::OK, render_discovery(language_of(&headers)))
}

/// A hook fired.
async fn call(State(app): State<App>, Path(id): Path<String>, peer: Peer, headers: HeaderMap, body: Bytes) -> Response {
    let Some(hook) = Hook::of_service(&id) else { return StatusCode::NOT_FOUND.into_response() };
    let client = match client(&app, &peer, &headers, &format!("/cds-services/{id}")) {
        Ok(client) => client,
        Err(refused) => return *refused,
    };
    let client = match known_today(&app, Arc::new(client.caller)).await {
        Ok(caller) => CdsClient { caller: Caller::clone(&caller), client: client.client },
        Err(error) => return told(crate::answer::status(&error), &[Issue::error(error.code())], language_of(&headers)),
    };
    let request = match serde_json::from_slice::<Value>(&body) {
        Ok(body) => {
            read_request(hook, &body).and_then(|request| request.ins.clone().map(|ins| (request, ins)).ok_or_else(RequestFault::patient_missing))
        }
        Err(_) => Err(RequestFault::Invalid(vec![Issue::error("json-invalid")])),
    };
    let (request, ins) = match request {
        Ok(read) => read,
        Err(fault) => return told(StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::BAD_REQUEST), fault.issues(), language_of(&headers)),
    };
    if hook == Hook::PatientView {
        return view(&app, &client, ins, language_of(&headers)).await;
    }
    // Which draft each code is of: a draft gets one card, whatever code names its exam.
    let orders: Vec<(usize, &Ordered)> =
        request.drafts.iter().enumerate().flat_map(|(place, draft)| draft.codes.iter().map(move |code| (place, code))).collect();
    let codes: Vec<Ordered> = orders.iter().map(|(_, code)| (*code).clone()).collect();
    let checked = match app.service.check_orders(&PersonRef::Ins(ins), &client.caller, &codes).await {
        Ok(checked) => Some(checked),
        // Whoever may not read the record gets no card, and neither does who asks about a person without one.
        Err(Error::Forbidden(_) | Error::NotFound(_)) => None,
        Err(error) => return told(crate::answer::status(&error), &[Issue::error(error.code())], language_of(&headers)),
    };
    let drafts: Vec<&str> = request.drafts.iter().map(|draft| draft.reference.as_str()).collect();
    let places: Vec<usize> = orders.iter().map(|(place, _)| *place).collect();
    json_answer(StatusCode::OK, answer(&app, &client, checked.as_ref(), &drafts, &places, language_of(&headers)))
}

/// A card when this professional may read the record; the very same nothing for whoever may not, and where there is none.
async fn view(app: &App, client: &CdsClient<'_>, ins: Ins, language: Language) -> Response {
    let open = match app.service.check_access(&PersonRef::Ins(ins), &client.caller).await {
        Ok(access) => access.is_some_and(|access| access.may_read.is_ok()),
        Err(Error::Forbidden(_) | Error::NotFound(_)) => false,
        Err(error) => return told(crate::answer::status(&error), &[Issue::error(error.code())], language),
    };
    let card = if open { app.cards.issue(&client.client.client_id, None, app.service.now()) } else { None };
    let url = format!("{}/pro/appel", app.config.base_url);
    json_answer(StatusCode::OK, render_open_card(card.as_ref().map(|card| (card.uuid.as_str(), url.as_str())), language))
}

fn answer(app: &App, client: &CdsClient<'_>, checked: Option<&CheckedOrders>, drafts: &[&str], places: &[usize], language: Language) -> Vec<u8> {
    let mut told_of = Vec::new();
    let mut made = Vec::new();
    for one in checked.iter().flat_map(|checked| &checked.done) {
        let Some(place) = places.get(one.order).copied().filter(|place| !told_of.contains(place)) else { continue };
        told_of.push(place);
        let card = app.cards.issue(&client.client.client_id, one.saving(), app.service.now());
        let (Some(card), Some(checked)) = (card, checked) else { continue };
        let pid = app.service.ids().seal_record(IdKind::Patient, checked.record.key);
        let document = app.service.ids().seal_entry(IdKind::Document, checked.record.key, one.finding.entry);
        made.push((place, card, &one.finding, format!("{}/pro/patients/{pid}/documents/{document}", app.config.base_url)));
    }
    let contents: Vec<CardContent<'_>> = made
        .iter()
        .filter_map(|(place, card, finding, document_url)| {
            Some(CardContent { uuid: &card.uuid, suggestion: &card.suggestion, draft: drafts.get(*place)?, finding, document_url })
        })
        .collect();
    render_cards(&contents, language)
}

/// What was made of cards.
async fn feedback(State(app): State<App>, Path(id): Path<String>, peer: Peer, headers: HeaderMap, body: Bytes) -> Response {
    if Hook::of_service(&id).is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let client = match client(&app, &peer, &headers, &format!("/cds-services/{id}/feedback")) {
        Ok(client) => client,
        Err(refused) => return *refused,
    };
    let read = serde_json::from_slice::<Value>(&body).map_err(|_| vec![Issue::error("json-invalid")]).and_then(|body| read_feedback(&body));
    let said = match read {
        Ok(said) => said,
        Err(issues) => return told(StatusCode::BAD_REQUEST, &issues, language_of(&headers)),
    };
    for one in said {
        // A card counts once, and for the software that got it alone.
        let saving = app.cards.take(&client.client.client_id, &one.card, app.service.now());
        let accepted = matches!(one.outcome, Outcome::Accepted { .. });
        if let Some(saving) = saving.filter(|_| accepted)
            && let Err(error) = app.service.exam_avoided(saving).await
        {
            return told(crate::answer::status(&error), &[Issue::error(error.code())], language_of(&headers));
        }
    }
    StatusCode::OK.into_response()
}

/// The client behind a request to one of our addresses. A token for the service is good for its feedback too.
fn client<'a>(app: &'a App, peer: &Peer, headers: &HeaderMap, path: &str) -> Result<CdsClient<'a>, Box<Response>> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let service = format!("{}{}", app.config.base_url, path.trim_end_matches("/feedback"));
    let authenticated = authenticate(&app.clients, authorization, &service, app.service.now());
    let over =
        authenticated.and_then(|found| if found.client.speaks_over(peer.hash()) { Ok(found) } else { Err(TokenFault::Refused(WITHOUT_CERTIFICATE)) });
    over.map_err(|fault| {
        let (status, words) = match fault {
            TokenFault::Missing => (StatusCode::UNAUTHORIZED, "Authorization: Bearer <JWT signed by the client> is missing"),
            TokenFault::Refused(words) => (StatusCode::UNAUTHORIZED, words),
            TokenFault::UserUnknown => (StatusCode::UNAUTHORIZED, "extensions.ihe_iua does not name a professional that can be understood"),
            TokenFault::ScopeMissing => (StatusCode::FORBIDDEN, "the client is not registered for searching documents"),
        };
        Box::new(json_answer(status, json!({ "error": words }).to_string().into_bytes()))
    })
}

const WITHOUT_CERTIFICATE: &str = "this client is registered with a certificate: it speaks over TLS with it";

fn told(status: StatusCode, issues: &[Issue], language: Language) -> Response {
    json_answer(status, dmp_interop::fhir::outcome::render_outcome(issues, language, dmp_interop::fhir::outcome::Values::Hidden))
}

fn json_answer(status: StatusCode, body: Vec<u8>) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], body).into_response()
}

fn language_of(headers: &HeaderMap) -> Language {
    match language(headers) {
        crate::answer::Language::French => Language::French,
        crate::answer::Language::English => Language::English,
    }
}

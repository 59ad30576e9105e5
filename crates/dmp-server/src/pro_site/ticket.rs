//! `POST /pro/appel/ticket`: practice software asks, with its professional's token, for a one-time ticket that opens a page, an app or the frame.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use dmp_core::RecordKey;
use dmp_core::access::CallerKind;
use dmp_service::{Error, IdKind, PersonRef, TICKET_SECONDS, TicketUse};
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Target, read_ins};
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;

/// What is asked. The person is named by `ins`, or by `patient`, an id of ours.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    ins: String,
    ins_oid: String,
    patient: String,
    /// Code of a page ([`Target`]).
    target: String,
    /// `client_id` of an app to launch.
    app: String,
    /// The summary in a frame of the software's own page.
    frame: bool,
}

/// Which member is wrong, and why.
struct Wrong(&'static str, &'static str);

/// Answers a ticket, or which member of the request is wrong.
pub(crate) async fn make(State(app): State<App>, asking: Asking, body: Bytes) -> Result<Response, Refusal> {
    asking.may("Patient", 'r')?;
    // Software alone, an app and whoever is no professional open nothing for anybody.
    if asking.caller.kind != CallerKind::Professional || asking.caller.app.is_some() {
        return Err(asking.wish.refuse_app());
    }
    let wanted = match read(&app, &asking, &body).await {
        Ok(Ok(wanted)) => wanted,
        Ok(Err(Wrong(parameter, why))) => {
            let told = json!({ "error": "invalid_request", "parameter": parameter, "error_description": format!("{parameter}: {why}") });
            return Ok((StatusCode::BAD_REQUEST, [(header::CACHE_CONTROL, "no-store")], Json(told)).into_response());
        }
        Err(error) => return Err(asking.refusal(error)),
    };
    let (record, opens) = wanted;
    let ticket = app.service.make_ticket(record, opens.clone(), &asking.caller).await.map_err(|error| asking.refusal(error))?;
    let iss = app.config.fhir_base();
    let base = &app.config.base_url;
    let url = match &opens {
        TicketUse::Page { .. } => Some(format!("{base}/pro/appel?ticket={ticket}")),
        TicketUse::App { client_id } => app.apps.get(client_id).and_then(|known| known.launched_with(&iss, &ticket)),
        TicketUse::Frame { .. } => Some(format!("{base}/embed/synthese?ticket={ticket}")),
    };
    let told = json!({ "ticket": ticket, "url": url, "iss": iss, "launch": ticket, "expires_in": TICKET_SECONDS });
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(told)).into_response())
}

async fn read(app: &App, asking: &Asking, body: &[u8]) -> Result<Result<(RecordKey, TicketUse), Wrong>, Error> {
    let object = serde_json::from_slice::<Value>(body).ok().filter(Value::is_object);
    let Some(wanted) = object.and_then(|object| serde_json::from_value::<Wanted>(object).ok()) else {
        return Ok(Err(Wrong("body", "it must be a JSON object with ins or patient, and at most ins_oid, target, app, frame")));
    };
    let opens = match opens(app, asking, &wanted) {
        Ok(opens) => opens,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let record = match (wanted.patient.as_str(), wanted.ins.as_str()) {
        ("", "") => return Ok(Err(Wrong("ins", "either ins or patient must name the person"))),
        ("", ins) => match read_ins(&wanted.ins_oid, ins, app.service.config().mode) {
            // Whether there is a record is told to whoever opens it, and to nobody here.
            Some(ins) => app.service.record_key(&PersonRef::Ins(ins.clone())).await?.unwrap_or_else(|| app.service.absent_key(&ins)),
            None => return Ok(Err(Wrong("ins", "it must be 13 characters and their key, of an authority that this installation takes"))),
        },
        (patient, "") => match app.service.ids().open_record(IdKind::Patient, patient.trim_start_matches("Patient/")) {
            Some(key) => key,
            None => return Ok(Err(Wrong("patient", "it is no Patient id of this server"))),
        },
        _ => return Ok(Err(Wrong("patient", "either ins or patient names the person, not both"))),
    };
    Ok(Ok((record, opens)))
}

fn opens(app: &App, asking: &Asking, wanted: &Wanted) -> Result<TicketUse, Wrong> {
    match (wanted.app.as_str(), wanted.frame) {
        ("", false) => match Target::from_code(&wanted.target) {
            Some(_) => Ok(TicketUse::Page { target: wanted.target.clone() }),
            None => Err(Wrong("target", "it is none of the words of the documentation")),
        },
        (_, _) if !wanted.target.is_empty() => Err(Wrong("target", "it goes with neither app nor frame")),
        ("", true) => match app.clients.get(&asking.client_id).filter(|client| !client.embeds.is_empty()) {
            Some(client) => Ok(TicketUse::Frame { client_id: client.client_id.clone() }),
            None => Err(Wrong("frame", "this software is registered without origins whose pages may show the frame")),
        },
        (id, false) => match app.apps.get(id).filter(|known| known.is_for_professionals()) {
            Some(_) => Ok(TicketUse::App { client_id: id.to_owned() }),
            None => Err(Wrong("app", "no app for professionals is registered under this name")),
        },
        (_, true) => Err(Wrong("frame", "either app or frame, not both")),
    }
}

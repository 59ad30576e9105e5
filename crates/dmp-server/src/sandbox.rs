//! The demonstration's own doors: test identities, and tokens for them without proof. They exist in
//! sandbox mode on loopback only; elsewhere these routes answer as what does not exist.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use dmp_core::access::{Attestation, EMERGENCY_SECONDS, Purpose};
use serde::{Deserialize, Serialize};

use crate::App;
use crate::directory::Identity;

/// A test identity as `dmp sandbox identities --json` prints it.
#[derive(Debug, Serialize)]
struct ShownIdentity<'a> {
    name: &'a str,
    display_name: String,
    kind: crate::IdentityKind,
    profession: Option<String>,
    specialty: Option<&'a str>,
    ins: Option<&'a str>,
    ins_oid: Option<&'a str>,
    rpps: Option<&'a str>,
    structure: Option<&'a str>,
    what_for: &'a str,
}

impl<'a> ShownIdentity<'a> {
    fn of(one: &'a Identity) -> Self {
        ShownIdentity {
            name: &one.handle,
            display_name: one.name.display(),
            kind: one.kind,
            profession: one.profession.as_ref().map(dmp_core::identity::Profession::key),
            specialty: one.specialty.as_deref(),
            ins: one.ins.as_ref().map(dmp_core::identity::Ins::matricule),
            ins_oid: one.ins.as_ref().map(|ins| ins.authority().oid()),
            rpps: one.rpps.as_deref(),
            structure: one.structure.as_ref().map(|structure| structure.name.as_str()),
            what_for: &one.what_for_fr,
        }
    }
}

/// Lists the test identities.
pub(crate) async fn identities(State(app): State<App>) -> Response {
    if !app.config.demo {
        return StatusCode::NOT_FOUND.into_response();
    }
    Json(app.directory.all().iter().map(ShownIdentity::of).collect::<Vec<_>>()).into_response()
}

/// A page with one word: what other pages are compared with when the time to their first paint is measured.
pub(crate) async fn empty(State(app): State<App>) -> Response {
    if !app.config.demo {
        return StatusCode::NOT_FOUND.into_response();
    }
    axum::response::Html("<!doctype html><html lang=\"fr\"><title>Vide</title><p>Vide</p></html>").into_response()
}

/// Which identity, and in which access mode.
#[derive(Debug, Deserialize)]
pub(crate) struct TokenWish {
    #[serde(rename = "as")]
    handle: String,
    purpose: Option<String>,
    reason: Option<String>,
    #[serde(default)]
    secret: bool,
    #[serde(default)]
    consent_now: bool,
    scope: Option<String>,
}

/// A token for a test identity. Choosing `bris_de_glace` attests that the person cannot express their will and is
/// at immediate risk: the reason is what they will read.
pub(crate) async fn token(State(app): State<App>, axum::Form(wish): axum::Form<TokenWish>) -> Response {
    if !app.config.demo {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Some(identity) = app.directory.by_handle(&wish.handle) else {
        return (StatusCode::NOT_FOUND, "unknown identity: see `dmp sandbox identities`\n").into_response();
    };
    let purpose = match wish.purpose.as_deref() {
        None | Some("normal") => Purpose::Normal,
        Some("bris_de_glace") => {
            let attested = Attestation { unable_to_consent: true, immediate_risk: true };
            let until = app.service.now().plus_seconds(EMERGENCY_SECONDS);
            Purpose::BreakGlass { reason: wish.reason.unwrap_or_default(), attested, until }
        }
        Some("centre_15") => Purpose::RegulationCentre,
        Some(_) => return (StatusCode::BAD_REQUEST, "purpose is normal, bris_de_glace or centre_15\n").into_response(),
    };
    let mut caller = identity.caller();
    caller.purpose = purpose;
    caller.secret_connection = wish.secret;
    caller.consent_now = wish.consent_now;
    caller.software = Some(format!("dmp sandbox {}", app.config.version));
    let scope = wish.scope.as_deref().unwrap_or("user/*.cruds");
    if let Err(error) = app.service.signed_in(&caller).await {
        tracing::error!(error.code = error.code(), "sign-in could not be recorded");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    match app.tokens.issue(&caller, scope, "sandbox", app.service.now()) {
        Ok(token) => token.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

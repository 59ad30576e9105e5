//! What an app gets for its code or its refresh token, and how it lays its access down (RFC 6749 4.1.3 and 6, RFC 7009).

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dmp_core::record::{AppGrant, CodeProof, KeyRefusal};
use dmp_core::{GrantId, RecordKey};
use dmp_service::{AppProof, Error, IdKind};
use jsonwebtoken::Algorithm;
use serde::{Deserialize, Serialize};

use super::keys::{self, AccessKey, PracticeKey};
use super::practice;
use super::register::RegisteredApp;
use super::scopes::Scopes;
use crate::App;
use crate::caller::{ASSERTION_TYPE, Rules, TOKEN_SECONDS, TokenError, TokenRequest, denied, prove};

/// What an app is answered (SMART App Launch 2.2, 2.0.12).
#[derive(Debug, Serialize)]
pub(crate) struct AppTokenAnswer {
    pub(super) access_token: String,
    pub(super) token_type: &'static str,
    pub(super) expires_in: i64,
    pub(super) scope: String,
    /// The Patient id of the record.
    pub(super) patient: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refresh_token: Option<String>,
    /// Of an app that a professional launched: whether it has to say itself whose record it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) need_patient_banner: Option<bool>,
}

/// One of the two grants.
///
/// # Errors
/// Which check failed. A code or token that somebody else could hold is answered as one that never was.
pub(crate) async fn token(app: &App, request: &TokenRequest) -> Result<AppTokenAnswer, TokenError> {
    let (record, id, proof) = match request.grant_type.as_deref() {
        Some("refresh_token") => of_refresh(app, request).await?,
        _ => {
            let (client, proof) = proof_of_code(app, request)?;
            if let Some(answered) = practice::token(app, request, client, proof.clone()).await {
                return answered;
            }
            let (record, id) = request.code.as_deref().and_then(|code| keys::open_code(app.service.ids(), code)).ok_or_else(over)?;
            (record, id, AppProof::Code(proof))
        }
    };
    match app.service.connect_app(record, id, &proof).await {
        Ok(Ok(grant)) => Ok(answer(app, record, &grant)),
        Ok(Err(KeyRefusal::UsedTwice)) => {
            tracing::warn!(app.refusal = "used-twice", "a key of an app came twice: its access has ended");
            Err(over())
        }
        Ok(Err(KeyRefusal::Wrong)) | Err(Error::Forbidden(_) | Error::NotFound(_)) => Err(over()),
        Err(error) => Err(unavailable(error)),
    }
}

/// What cannot be told apart: a key that never was, was used, or whose access has ended.
fn over() -> TokenError {
    denied("invalid_grant", "the code or token is not good, was used, or its access has ended")
}

/// What an app shows with its code, and which app it is.
fn proof_of_code<'a>(app: &'a App, request: &TokenRequest) -> Result<(&'a RegisteredApp, CodeProof), TokenError> {
    let client = client_of(app, request.client_id.as_deref(), request.client_assertion_type.as_deref(), request.client_assertion.as_deref())?;
    request.code.as_deref().ok_or_else(|| denied("invalid_request", "code is missing"))?;
    let redirect_uri = request.redirect_uri.clone().ok_or_else(|| denied("invalid_request", "redirect_uri is missing"))?;
    let verifier = request.code_verifier.as_deref().filter(|text| is_verifier(text));
    let verifier = verifier.ok_or_else(|| denied("invalid_request", "code_verifier must have 43 to 128 unreserved characters"))?;
    Ok((client, CodeProof { client_id: client.client_id.clone(), redirect_uri, challenge: challenge_of(verifier) }))
}

/// A public app need not say its name again (RFC 6749 6): its token names it.
async fn of_refresh(app: &App, request: &TokenRequest) -> Result<(RecordKey, GrantId, AppProof), TokenError> {
    let token = request.refresh_token.as_deref().ok_or_else(|| denied("invalid_request", "refresh_token is missing"))?;
    let (record, id, number) = keys::open_refresh(app.service.ids(), token).ok_or_else(over)?;
    let known = app.service.app_access(record, id).await.map_err(unavailable)?.ok_or_else(over)?;
    let named = request.client_id.as_deref().unwrap_or(&known.grant.client_id);
    let client = client_of(app, Some(named), request.client_assertion_type.as_deref(), request.client_assertion.as_deref())?;
    let given = Scopes::parse(&known.grant.scope, false).map_err(|_| over())?;
    if request.scope.as_deref().is_some_and(|asked| !Scopes::parse(asked, false).is_ok_and(|asked| asked.is_within(given))) {
        return Err(denied("invalid_scope", "a refresh token gives no more than the person allowed"));
    }
    Ok((record, id, AppProof::Refresh { client_id: client.client_id.clone(), number }))
}

pub(super) fn unavailable(error: Error) -> TokenError {
    tracing::error!(error.code = error.code(), error.detail = %error, "an app got no key");
    denied("temporarily_unavailable", "try again in a moment")
}

fn answer(app: &App, record: RecordKey, grant: &AppGrant) -> AppTokenAnswer {
    let (ids, now) = (app.service.ids(), app.service.now());
    let expires_in = TOKEN_SECONDS.min(grant.until.as_seconds() - now.as_seconds());
    AppTokenAnswer {
        access_token: AccessKey::new(record, grant.id, now, expires_in).seal(ids),
        token_type: "Bearer",
        expires_in,
        scope: grant.scope.clone(),
        patient: ids.seal_record(IdKind::Patient, record),
        refresh_token: grant.comes_back.then(|| keys::refresh(ids, record, grant.id, grant.keys)),
        need_patient_banner: None,
    }
}

/// Which app asks. A confidential one signs; a public one has nothing but its name, and PKCE proves the rest.
fn client_of<'a>(app: &'a App, client_id: Option<&str>, kind: Option<&str>, assertion: Option<&str>) -> Result<&'a RegisteredApp, TokenError> {
    let Some(assertion) = assertion else {
        let id = client_id.ok_or_else(|| denied("invalid_client", "client_id is missing"))?;
        let known = app.apps.get(id).ok_or_else(|| denied("invalid_client", "client_id: no app is registered under this name"))?;
        return if known.jwks.is_none() { Ok(known) } else { Err(denied("invalid_client", "client_assertion is missing: this app has to sign")) };
    };
    if kind != Some(ASSERTION_TYPE) {
        return Err(denied("invalid_client", "client_assertion_type must be the jwt-bearer URN"));
    }
    #[derive(Deserialize)]
    struct Subject {
        sub: String,
    }
    let rules = Rules {
        algorithms: &[Algorithm::ES384, Algorithm::RS384, Algorithm::ES256],
        wrong_algorithm: "the algorithm must be ES384, RS384 or ES256",
        audience: &format!("{}/oauth/token", app.config.base_url),
        skew: 0,
    };
    let find = |id: &str| app.apps.get(id);
    let signed = prove::<RegisteredApp, Subject>(find, &app.clients, assertion, rules, app.service.now().as_seconds());
    let signed = signed.map_err(|reason| denied("invalid_client", reason))?;
    let same = signed.claims.sub == signed.client.client_id && client_id.is_none_or(|id| id == signed.client.client_id);
    if same { Ok(signed.client) } else { Err(denied("invalid_client", "iss, sub and client_id must be one")) }
}

/// RFC 7636 4.1.
fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

fn challenge_of(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, verifier.as_bytes()))
}

/// The form of RFC 7009 2.1.
#[derive(Debug, Deserialize)]
pub(crate) struct RevokeRequest {
    token: Option<String>,
    client_id: Option<String>,
    client_assertion_type: Option<String>,
    client_assertion: Option<String>,
}

/// `POST /oauth/revoke`: whichever of its tokens the app shows, the whole access ends. What is no token of its own is answered the same.
pub(crate) async fn revoke(State(app): State<App>, Form(request): Form<RevokeRequest>) -> Response {
    match lay_down(&app, &request).await {
        Ok(()) => (StatusCode::OK, [("cache-control", "no-store")]).into_response(),
        Err(error) => (StatusCode::BAD_REQUEST, [("cache-control", "no-store")], Json(error)).into_response(),
    }
}

async fn lay_down(app: &App, request: &RevokeRequest) -> Result<(), TokenError> {
    let client = client_of(app, request.client_id.as_deref(), request.client_assertion_type.as_deref(), request.client_assertion.as_deref())?;
    let token = request.token.as_deref().ok_or_else(|| denied("invalid_request", "token is missing"))?;
    let ids = app.service.ids();
    if let Some(key) = PracticeKey::open(ids, token) {
        return app.service.lay_practice_app_down(&key.account, key.grant, &client.client_id).await.map_err(unavailable);
    }
    let named = match AccessKey::open(ids, token) {
        Some(key) => Some((key.record, key.grant)),
        None => keys::open_refresh(ids, token).map(|(record, grant, _)| (record, grant)),
    };
    let Some((record, grant)) = named else { return Ok(()) };
    match app.service.lay_app_down(record, grant, &client.client_id).await {
        // Where the app has no right any more, there is nothing to lay down.
        Ok(()) | Err(Error::Forbidden(_) | Error::NotFound(_)) => Ok(()),
        Err(error) => Err(unavailable(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636, appendix B.
    #[test]
    fn the_challenge_is_that_of_the_rfc() {
        assert_eq!(challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(is_verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert!(!is_verifier("short") && !is_verifier(&"a".repeat(129)) && !is_verifier(&"é".repeat(30)));
    }
}

//! SMART backend services: `POST /oauth/token` with `private_key_jwt` (RFC 7523, SMART App Launch 2.2).
//! The assertion names the user in the `ihe_iua` extension; without one the caller is the bare organisation.

use std::borrow::Cow;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use dmp_core::Moment;
use dmp_core::access::{Attestation, Caller, CallerKind, Colleague, EMERGENCY_SECONDS, Purpose};
use dmp_core::identity::{PersonName, Profession, PsIdNat, StructIdNat, Structure};
use jsonwebtoken::Algorithm;
use serde::{Deserialize, Serialize};

use super::signed::{Rules, verify};
use super::token::TOKEN_SECONDS;
use super::{Client, Peer, Permission};
use crate::App;

/// The form of RFC 6749 4.1.3, 4.4 and 6, with RFC 7523 and RFC 7636.
#[derive(Debug, Deserialize)]
pub(crate) struct TokenRequest {
    pub grant_type: Option<String>,
    pub scope: Option<String>,
    pub client_assertion_type: Option<String>,
    pub client_assertion: Option<String>,
    /// Of an app of a person ([`apps`](crate::apps)).
    pub client_id: Option<String>,
    pub code: Option<String>,
    pub redirect_uri: Option<String>,
    pub code_verifier: Option<String>,
    pub refresh_token: Option<String>,
}

/// What the client signs.
#[derive(Debug, Deserialize)]
struct AssertionClaims {
    sub: String,
    #[serde(default)]
    extensions: Extensions,
}

/// The `extensions` of what registered software signs.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Extensions {
    ihe_iua: Option<Iua>,
}

impl Extensions {
    /// Who asks: the user whom the software names, or the bare organisation. `None` when they name nobody who can be understood.
    pub fn caller(self, client: &Client, now: Moment) -> Option<Caller> {
        caller(client, self.ihe_iua.unwrap_or_default(), now)
    }
}

/// IUA extension: who the user is and why they ask (`interop.md` 5 and 10).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Iua {
    subject_name: Option<String>,
    /// PS_IdNat of the user.
    subject_id: Option<String>,
    /// `G15/10` and a speciality code.
    subject_role: Vec<String>,
    purpose_of_use: Option<String>,
    reason: Option<String>,
    unable_to_consent: bool,
    immediate_risk: bool,
    regulating_physician: bool,
    secret_connection: bool,
    consent_now: bool,
    /// PS_IdNat of the colleague who collected that consent.
    consent_collected_by: Option<String>,
}

#[derive(Debug, Serialize)]
struct TokenAnswer {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    scope: String,
}

/// Why there is no token (RFC 6749 5.2).
#[derive(Debug, Serialize)]
pub(crate) struct TokenError {
    error: &'static str,
    error_description: Cow<'static, str>,
}

pub(crate) const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// Answers a token, or says which check failed.
pub(crate) async fn token_endpoint(State(app): State<App>, peer: Peer, Form(request): Form<TokenRequest>) -> Response {
    let answered = match request.grant_type.as_deref() {
        Some("client_credentials") => grant(&app, &peer, &request).await.map(|answer| Json(answer).into_response()),
        Some("authorization_code" | "refresh_token") => crate::apps::token(&app, &request).await.map(|answer| Json(answer).into_response()),
        Some(_) | None => {
            Err(denied("unsupported_grant_type", "grant_type must be client_credentials, or authorization_code or refresh_token of a registered app"))
        }
    };
    let mut response = answered.unwrap_or_else(|error| (StatusCode::BAD_REQUEST, Json(error)).into_response());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The same, of a code whose holder may be somebody else: in production the reason stands in the log alone, under a number that both bear.
pub(crate) fn denied_because(app: &App, error: &'static str, reason: &'static str) -> TokenError {
    if app.service.config().mode == dmp_core::Mode::Sandbox {
        return denied(error, reason);
    }
    let mut bytes = [0_u8; 6];
    // A number to tell two refusals apart; were the source to fail, zeros still lead to the log by their time.
    let _ = aws_lc_rs::rand::fill(&mut bytes);
    let number: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    tracing::warn!(incident = %number, oauth.reason = reason, "a key was refused");
    TokenError { error, error_description: format!("a parameter does not fit the code; the operator finds which under {number}").into() }
}

/// An error of the token endpoint, in words for the developer.
pub(crate) fn denied(error: &'static str, error_description: &'static str) -> TokenError {
    TokenError { error, error_description: Cow::Borrowed(error_description) }
}

async fn grant(app: &App, peer: &Peer, request: &TokenRequest) -> Result<TokenAnswer, TokenError> {
    if request.client_assertion.is_none() && peer.hash().is_some() {
        return by_certificate(app, peer, request).await;
    }
    if request.client_assertion_type.as_deref() != Some(ASSERTION_TYPE) {
        return Err(denied("invalid_client", "client_assertion_type must be the jwt-bearer URN"));
    }
    let assertion = request.client_assertion.as_deref().ok_or_else(|| denied("invalid_client", "client_assertion is missing"))?;
    let now = app.service.now();
    let (client, claims) = check(app, assertion, now.as_seconds())?;
    if !client.speaks_over(peer.hash()) {
        return Err(denied("invalid_client", "this client is registered with a certificate: it speaks over TLS with it"));
    }
    let asked = request.scope.as_deref().unwrap_or(&client.scope);
    let scope = granted_scope(asked, &client.scope).ok_or_else(|| denied("invalid_scope", "a scope is not granted to this client"))?;
    let caller = claims
        .extensions
        .caller(client, now)
        .ok_or_else(|| denied("invalid_grant", "the ihe_iua extension does not name a professional that can be understood"))?;
    let caller = super::known_today(app, std::sync::Arc::new(caller)).await.map_err(|error| match error {
        dmp_service::Error::NotAuthenticated => denied("invalid_grant", "the structure's directory has no such active user"),
        _ => denied("temporarily_unavailable", "the directory of users could not be read"),
    })?;
    app.service.signed_in(&caller).await.map_err(|_| denied("temporarily_unavailable", "the sign-in could not be recorded"))?;
    let access_token =
        app.tokens.issue(&caller, &scope, &client.client_id, now).map_err(|_| denied("server_error", "the token could not be signed"))?;
    Ok(TokenAnswer { access_token, token_type: "Bearer", expires_in: TOKEN_SECONDS, scope })
}

/// A token for the certificate alone (RFC 8705, 2): its bare organisation, whom the law lets deposit and read nothing.
async fn by_certificate(app: &App, peer: &Peer, request: &TokenRequest) -> Result<TokenAnswer, TokenError> {
    let client = request.client_id.as_deref().and_then(|id| app.clients.get(id));
    let client = client.filter(|client| peer.hash().is_some_and(|peer| client.has_certificate(peer)));
    let client = client.ok_or_else(|| denied("invalid_client", "no client of this client_id is registered with this certificate"))?;
    let scope = granted_scope(request.scope.as_deref().unwrap_or(&client.scope), &client.scope)
        .ok_or_else(|| denied("invalid_scope", "a scope is not granted to this client"))?;
    let now = app.service.now();
    let caller = caller(client, Iua::default(), now).ok_or_else(|| denied("server_error", "the structure of this client is not understood"))?;
    app.service.signed_in(&caller).await.map_err(|_| denied("temporarily_unavailable", "the sign-in could not be recorded"))?;
    let access_token =
        app.tokens.issue(&caller, &scope, &client.client_id, now).map_err(|_| denied("server_error", "the token could not be signed"))?;
    Ok(TokenAnswer { access_token, token_type: "Bearer", expires_in: TOKEN_SECONDS, scope })
}

fn check<'a>(app: &'a App, assertion: &str, now: i64) -> Result<(&'a Client, AssertionClaims), TokenError> {
    let rules = Rules {
        algorithms: &[Algorithm::ES384, Algorithm::RS384, Algorithm::ES256],
        wrong_algorithm: "the algorithm must be ES384, RS384 or ES256",
        audience: &format!("{}/oauth/token", app.config.base_url),
        skew: 0,
    };
    let signed = verify::<AssertionClaims>(&app.clients, assertion, rules, now).map_err(|reason| denied("invalid_client", reason))?;
    if signed.claims.sub != signed.client.client_id {
        return Err(denied("invalid_client", "iss and sub must both be the client_id"));
    }
    Ok((signed.client, signed.claims))
}

/// The scopes asked for, when the client's registration grants each of them.
fn granted_scope(asked: &str, registered: &str) -> Option<String> {
    let allowed = |one: &str| {
        let Some((resource, actions)) = one.split_once('/').and_then(|(_, rest)| rest.split_once('.')) else { return false };
        let letters = match actions {
            "read" => "rs",
            "write" => "cud",
            "*" => "cruds",
            letters => letters,
        };
        let whole = registered.split_ascii_whitespace().any(|granted| granted == one);
        whole
            || (resource != "*"
                && letters.chars().all(|action| {
                    RESOURCES
                        .iter()
                        .find(|known| **known == resource)
                        .is_some_and(|resource| Permission { resource, action }.is_granted_by(registered))
                }))
    };
    (!asked.trim().is_empty() && asked.split_ascii_whitespace().all(allowed)).then(|| asked.to_owned())
}

/// Resources that a scope may name.
const RESOURCES: [&str; 8] = ["Patient", "DocumentReference", "Binary", "List", "Consent", "Encounter", "AuditEvent", "User"];

fn caller(client: &Client, iua: Iua, now: Moment) -> Option<Caller> {
    let structure = Structure { id: StructIdNat::parse(&client.structure_id).ok()?, name: client.structure_name.clone() };
    let mut roles = iua.subject_role.iter();
    let profession = match roles.next() {
        Some(role) => Some(Profession::parse(role).ok()?),
        None => None,
    };
    let (account, kind, name) = match (iua.subject_id, iua.subject_name) {
        (Some(id), Some(name)) => {
            let id = PsIdNat::parse(&id).ok()?;
            profession.as_ref()?;
            (format!("ps:{}", id.as_str()), CallerKind::Professional, Some(name_of(&name)))
        }
        (None, None) => (format!("org:{}", client.structure_id), CallerKind::Organization, None),
        (Some(_), None) | (None, Some(_)) => return None,
    };
    let colleague = match iua.consent_collected_by {
        Some(id) => Some(Colleague { account: format!("ps:{}", PsIdNat::parse(&id).ok()?.as_str()) }),
        None => None,
    };
    let attested = Attestation { unable_to_consent: iua.unable_to_consent, immediate_risk: iua.immediate_risk };
    let purpose = match iua.purpose_of_use.as_deref() {
        None | Some("normal") => Purpose::Normal,
        Some("bris_de_glace") => Purpose::BreakGlass { reason: iua.reason.unwrap_or_default(), attested, until: now.plus_seconds(EMERGENCY_SECONDS) },
        Some("centre_15") => Purpose::RegulationCentre,
        Some(_) => return None,
    };
    Some(Caller {
        account,
        kind,
        name,
        profession,
        specialty: roles.next().cloned(),
        supervised: false,
        structure: Some(structure),
        purpose,
        regulating_physician: iua.regulating_physician,
        secret_connection: iua.secret_connection,
        consent_now: iua.consent_now,
        consent_collected_by: colleague,
        software: Some(client.software.clone()),
        units: Vec::new(),
        app: None,
    })
}

/// `FAMILY Given` or `Given FAMILY`: the last word is the family name unless the first is in capitals.
fn name_of(text: &str) -> PersonName {
    let (first, rest) = text.trim().split_once(' ').unwrap_or(("", text.trim()));
    if first.len() > 1 && first.chars().all(|c| c.is_uppercase() || c == '-') { PersonName::new(rest, first) } else { PersonName::new(first, rest) }
}

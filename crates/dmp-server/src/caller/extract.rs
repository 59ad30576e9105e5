//! The caller of a FHIR request: a bearer token, checked, with its scopes.

use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};

use super::Permission;
use crate::App;
use crate::answer::{Language, Refusal, Wish};
use crate::apps::{AccessKey, PracticeKey};
use dmp_core::access::Caller;
use dmp_service::Error;

/// Who is asking, and in which language and form they want their answer.
#[derive(Debug)]
pub struct Asking {
    pub caller: Arc<Caller>,
    scope: Arc<str>,
    /// The registered client whose token it is; empty for an app.
    pub client_id: Arc<str>,
    pub wish: crate::answer::Wish,
}

impl Asking {
    /// Refuses when the token's scope does not grant the permission.
    ///
    /// # Errors
    /// A refusal with `scope-missing`.
    pub fn may(&self, resource: &'static str, action: char) -> Result<(), Refusal> {
        if (Permission { resource, action }).is_granted_by(&self.scope) { Ok(()) } else { Err(self.wish.refuse_scope()) }
    }

    /// Turns an act's failure into the answer this caller wants.
    pub fn refusal(&self, error: Error) -> Refusal {
        self.wish.refusal(error)
    }
}

impl FromRequestParts<App> for Asking {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let wish = crate::answer::Wish::of(&parts.headers, parts.uri.query(), app);
        let token = bearer(&parts.headers);
        if let Some(token) = token.filter(|token| crate::apps::is_app_token(token)) {
            return of_an_app(parts, app, token, wish).await;
        }
        if let Some(token) = token.filter(|token| crate::apps::is_practice_token(token)) {
            return of_a_practice_app(parts, app, token, wish).await;
        }
        let grant = token.and_then(|token| app.tokens.check(token, app.service.now()));
        // SECURITY: a token of software that shows certificates is good over a connection with one of them alone.
        let peer = super::Peer::of(parts);
        let grant = grant.filter(|grant| app.clients.get(&grant.client_id).is_none_or(|client| client.speaks_over(peer.hash())));
        match grant {
            Some(grant) => {
                let caller = super::known_today(app, grant.caller).await.map_err(|error| wish.refusal(error))?;
                Ok(Asking { caller, scope: grant.scope, client_id: grant.client_id, wish })
            }
            None => Err(wish.refusal(Error::NotAuthenticated)),
        }
    }
}

/// What an app may reach: reading, nothing else. SECURITY: what does not stand here is shut to apps, whatever the law says of it.
const APP_ROUTES: [(&Method, &str); 8] = [
    (&Method::GET, "/fhir/Patient"),
    (&Method::POST, "/fhir/Patient/_search"),
    (&Method::GET, "/fhir/Patient/{id}"),
    (&Method::GET, "/fhir/Patient/{id}/{operation}"),
    (&Method::GET, "/fhir/DocumentReference"),
    (&Method::POST, "/fhir/DocumentReference/_search"),
    (&Method::GET, "/fhir/DocumentReference/{id}"),
    (&Method::GET, "/fhir/Binary/{id}"),
];

/// The person's side through an app. SECURITY: what the person allowed is read from their record at each request, so that taking it back holds at
/// once, while a token is still in its hour.
async fn of_an_app(parts: &Parts, app: &App, token: &str, wish: Wish) -> Result<Asking, Refusal> {
    let key = AccessKey::open(app.service.ids(), token).filter(|key| key.is_current(app.service.now()));
    let key = key.ok_or_else(|| wish.refusal(Error::NotAuthenticated))?;
    let access = app.service.app_access(key.record, key.grant).await.map_err(|error| wish.refusal(error))?;
    let access = access.ok_or_else(|| wish.refusal(Error::NotAuthenticated))?;
    is_open_to_apps(parts, wish)?;
    Ok(Asking { caller: Arc::new(access.caller), scope: Arc::from(access.grant.scope), client_id: Arc::default(), wish })
}

/// The professional through an app that they launched. SECURITY: whether it stands is read from their account's note at each request.
async fn of_a_practice_app(parts: &Parts, app: &App, token: &str, wish: Wish) -> Result<Asking, Refusal> {
    let key = PracticeKey::open(app.service.ids(), token).ok_or_else(|| wish.refusal(Error::NotAuthenticated))?;
    let access = app.service.practice_access(&key.account, key.grant).await.map_err(|error| wish.refusal(error))?;
    let access = access.ok_or_else(|| wish.refusal(Error::NotAuthenticated))?;
    is_open_to_apps(parts, wish)?;
    let caller = super::known_today(app, Arc::new(access.caller)).await.map_err(|error| wish.refusal(error))?;
    Ok(Asking { caller, scope: Arc::from(access.scope), client_id: Arc::default(), wish })
}

fn is_open_to_apps(parts: &Parts, wish: Wish) -> Result<(), Refusal> {
    let route = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
    if APP_ROUTES.iter().any(|(method, path)| **method == parts.method && *path == route) { Ok(()) } else { Err(wish.refuse_app()) }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer "))
}

/// Language asked by a request: French unless English is preferred.
pub(crate) fn language(headers: &HeaderMap) -> Language {
    let wished = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("fr");
    let first = wished.split(',').next().unwrap_or("fr").trim();
    if first.to_ascii_lowercase().starts_with("en") { Language::English } else { Language::French }
}

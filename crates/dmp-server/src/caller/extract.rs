//! The caller of a FHIR request: a bearer token, checked, with its scopes.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::Permission;
use crate::App;
use crate::answer::{Language, Refusal};
use dmp_core::access::Caller;
use dmp_service::Error;

/// Who is asking, and in which language and form they want their answer.
#[derive(Debug)]
pub struct Asking {
    pub caller: Arc<Caller>,
    scope: Arc<str>,
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
        let grant = bearer(&parts.headers).and_then(|token| app.tokens.check(token, app.service.now()));
        match grant {
            Some(grant) => Ok(Asking { caller: grant.caller, scope: grant.scope, wish }),
            None => Err(wish.refusal(Error::NotAuthenticated)),
        }
    }
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

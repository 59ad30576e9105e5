//! By a passkey: no identifier, no code. The browser's answer comes in the form that the script has filled.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use dmp_core::account::Means;
use dmp_pages::{PersonProblem, Site};
use dmp_passkey::{RelyingParty, SignInAnswer};
use dmp_service::{Arrived, Error};

use super::{arrive, refused};
use crate::App;
use crate::site::{self, Visitor};

/// Judges the answer of a passkey.
pub(in crate::patient_site) async fn sign_in(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(answer): Form<SignInAnswer>,
) -> Response {
    let Some(party) = app.passkeys.clone() else { return StatusCode::NOT_FOUND.into_response() };
    let arrived = match judge(&app, &party, &answer, visitor.browser.as_deref().unwrap_or_default()).await {
        Ok(Some(arrived)) => arrive::arrive(&app, &visitor, &headers, &arrived).await,
        Ok(None) => return refused(&app, &visitor, StatusCode::FORBIDDEN, PersonProblem::PasskeyRefused, ""),
        Err(error) => Err(error),
    };
    arrived.unwrap_or_else(|error| site::fail(&app, &visitor, Site::Public, "/signin", &error))
}

/// Who has arrived. `None`: nobody, for a reason that is in the log alone.
async fn judge(app: &App, party: &RelyingParty, answer: &SignInAnswer, browser: &str) -> Result<Option<Arrived>, Error> {
    let refused = |refusal: &str| {
        tracing::warn!(passkey.refusal = refusal, "nobody signed in");
        Ok(None)
    };
    let id = match RelyingParty::credential_of(answer) {
        Ok(id) => id,
        Err(refusal) => return refused(&refusal.to_string()),
    };
    let Some(holder) = app.service.passkey_holder(&id).await? else { return refused("the passkey is nobody's") };
    let Some(passkey) = holder.passkeys.iter().find(|one| one.id == id) else { return refused("the passkey is nobody's") };
    let used = match party.sign_in(answer, passkey, &holder.passkey_user, browser, app.service.now()) {
        Ok(used) => used,
        Err(refusal) => return refused(&refusal.to_string()),
    };
    if !app.service.passkey_used(&holder.account, &id, used.counter).await? {
        return refused("the counter went back: it may be a copy");
    }
    Ok(Some(Arrived { account: holder.account, means: Means::Passkey }))
}

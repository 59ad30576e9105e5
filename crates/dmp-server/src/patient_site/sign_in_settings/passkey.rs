//! A new passkey: offered after signing in by a code, or asked for.

use axum::Form;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dmp_pages::{NewPasskeyChallenge, PasskeyPage, Said, Site};
use dmp_passkey::{Ceremony, RegistrationAnswer};
use dmp_service::Error;
use serde::Deserialize;

use super::super::BareForm;
use super::super::sign_in::sign_in_again;
use super::{PATH, asked, changed, changes, myself};
use crate::App;
use crate::site::{SignedIn, done, page_with_script, query_value};

/// The page that asks the browser for a passkey.
pub(in crate::patient_site) async fn show(State(app): State<App>, signed_in: SignedIn, RawQuery(query): RawQuery) -> Response {
    let offered = query.as_deref().and_then(|query| query_value(query, "offer")).is_some();
    // Before a key is made that would be refused.
    if !signed_in.session.is_fresh(app.service.now()) {
        return sign_in_again(&app);
    }
    match passkey_page(&app, &signed_in, offered).await {
        Ok(page) => page_with_script(StatusCode::OK, &page),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn passkey_page(app: &App, signed_in: &SignedIn, offered: bool) -> Result<PasskeyPage, Error> {
    let party = app.passkeys.as_ref().ok_or(Error::NotFound("means-not-found"))?;
    let myself = myself(signed_in)?;
    let credentials = app.service.passkey_user(&myself).await?;
    let challenge = party.challenge(Ceremony::Register, myself.account(), app.service.now());
    let known: Vec<String> = credentials.passkeys.iter().map(|one| URL_SAFE_NO_PAD.encode(&one.id)).collect();
    let new = NewPasskeyChallenge {
        challenge: challenge.ok_or_else(|| Error::Fault("no random numbers for a challenge".to_owned()))?,
        party: party.id().to_owned(),
        user: URL_SAFE_NO_PAD.encode(credentials.passkey_user),
        name: credentials.name.display(),
        known: known.join(","),
    };
    Ok(PasskeyPage { shell: signed_in.visitor.shell(app, Site::Person, "/settings/signin/passkey"), new, offered })
}

/// The form that the script has filled.
#[derive(Debug, Deserialize)]
pub(in crate::patient_site) struct PasskeyForm {
    #[serde(default)]
    csrf: String,
    #[serde(flatten)]
    answer: RegistrationAnswer,
}

/// Adds the passkey that the browser has made.
pub(in crate::patient_site) async fn add(State(app): State<App>, signed_in: SignedIn, Form(form): Form<PasskeyForm>) -> Response {
    let Some(party) = app.passkeys.clone() else { return StatusCode::NOT_FOUND.into_response() };
    let myself = match changes(&app, &signed_in, &form.csrf) {
        Ok(myself) => myself,
        Err(answer) => return *answer,
    };
    match party.register(&form.answer, myself.account(), app.service.now()) {
        Ok(passkey) => changed(&app, &signed_in, app.service.add_passkey(&myself, &passkey).await, Said::PasskeyAdded).await,
        Err(refusal) => {
            tracing::warn!(passkey.refusal = %refusal, "a passkey was not added");
            done(PATH, Said::PasskeyRefused)
        }
    }
}

/// "Not now": never offered again, always at hand in the settings.
pub(in crate::patient_site) async fn later(State(app): State<App>, signed_in: SignedIn, Form(form): Form<BareForm>) -> Response {
    let myself = match asked(&app, &signed_in, &form.csrf) {
        Ok(myself) => myself,
        Err(answer) => return *answer,
    };
    match app.service.decline_passkey(&myself).await {
        Ok(()) => Redirect::to("/").into_response(),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// Which passkey.
#[derive(Debug, Deserialize)]
pub(in crate::patient_site) struct RemoveForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    id: String,
}

/// Takes a passkey away.
pub(in crate::patient_site) async fn remove(State(app): State<App>, signed_in: SignedIn, Form(form): Form<RemoveForm>) -> Response {
    let myself = match changes(&app, &signed_in, &form.csrf) {
        Ok(myself) => myself,
        Err(answer) => return *answer,
    };
    let id = URL_SAFE_NO_PAD.decode(&form.id).unwrap_or_default();
    changed(&app, &signed_in, app.service.remove_passkey(&myself, &id).await, Said::PasskeyRemoved).await
}

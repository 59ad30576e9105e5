//! The last screen: the paper that the person takes home, and the opening that was a mistake.

use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use dmp_pages::{AssistedReceipt, Said};
use dmp_service::{CounterDeed, Error, IdKind, PersonRef};
use serde::Deserialize;

use super::Place;
use crate::App;
use crate::shown::{self, Shown};
use crate::site::{done, page};

/// The paper of what this session has just opened.
pub(crate) async fn receipt(State(app): State<App>, place: Place, headers: HeaderMap) -> Response {
    let Some(Shown::Opening(paper)) = shown::made(&app, &place.signed_in, &headers) else { return Redirect::to(place.base).into_response() };
    let caller = &place.signed_in.session.caller;
    let may_cancel = match app.service.ids().open_record(IdKind::Patient, &paper.record) {
        Some(key) => app.service.may_cancel_opening(&PersonRef::Record(key), caller).await.unwrap_or(false),
        None => false,
    };
    let address = app.config.base_url.split_once("://").map_or(app.config.base_url.as_str(), |(_, address)| address).to_owned();
    page(&AssistedReceipt {
        shell: place.shell(&app, "/receipt"),
        base: place.base,
        person: paper.person,
        number: paper.number,
        at: paper.at,
        channel: paper.channel,
        by: caller.shown_name(),
        structure: caller.structure.as_ref().map(|structure| structure.name.clone()),
        emergency: paper.emergency,
        address,
        help: format!("{}/help", app.config.base_url),
        codes: paper.codes,
        reachable: paper.reachable,
        agreed_by: paper.agreed_by,
        record: paper.record,
        may_cancel,
    })
}

/// Which opening.
#[derive(Debug, Deserialize)]
pub(crate) struct CancelForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    record: String,
}

/// Takes an opening back.
pub(crate) async fn cancel(State(app): State<App>, place: Place, Form(form): Form<CancelForm>) -> Response {
    if !place.signed_in.owns(&form.csrf) {
        return done(place.base, Said::FormExpired);
    }
    let caller = &place.signed_in.session.caller;
    let Some(key) = app.service.ids().open_record(IdKind::Patient, &form.record) else {
        return place.signed_in.refuse(&app, &Error::NotFound("record-not-found"));
    };
    match app.service.cancel_opening(&PersonRef::Record(key), caller).await {
        Ok(account) => crate::caller::end_sessions(&app, &account, None).await,
        Err(Error::Conflict("record-changed")) => return done(place.base, Said::TryAgain),
        Err(error) => return place.signed_in.refuse(&app, &error),
    }
    if place.is_counter() {
        if let Err(error) = app.service.counter_did(caller, CounterDeed::Cancelled, None, Some(key)).await {
            tracing::warn!(error.code = error.code(), "a cancelled opening is missing in the list of an agent's day");
        }
        return done("/accueil/journal", Said::OpeningCancelled);
    }
    done(place.base, Said::OpeningCancelled)
}

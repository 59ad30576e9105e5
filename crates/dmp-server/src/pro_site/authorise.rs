//! A place on the person's list of professionals (TD0.3), asked for with the person present.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::RecordKey;
use dmp_core::access::{Caller, Purpose};
use dmp_pages::{PatientPage, ProAuthorise, Said};
use dmp_service::{Error, Habilitation};
use serde::Deserialize;

use super::frame::{Spot, answered, patient_shell, refused};
use super::search::author_line;
use super::{caller_for, opened, person};
use crate::App;
use crate::clinical;
use crate::site::{SignedIn, done, page_with_script};

/// The question, of a record that is open already.
pub(crate) async fn form(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>) -> Response {
    let made = question(&app, &signed_in, &pid, false).await;
    answered(&app, &signed_in, &pid, made)
}

async fn question(app: &App, signed_in: &SignedIn, pid: &str, missing: bool) -> Result<ProAuthorise, Error> {
    let key = opened(app, pid)?;
    let caller = caller_for(signed_in, key);
    let record = app.service.search(&person(key), &caller, |_| false).await?.record;
    Ok(ProAuthorise {
        shell: patient_shell(app, signed_in, &record, &caller, Spot::new(pid, "/authorise", PatientPage::Other)),
        pid: pid.to_owned(),
        person: clinical::person(&record),
        professional: author_line(&caller).words(&signed_in.visitor.lang),
        missing,
    })
}

/// The answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Agreed {
    #[serde(default)]
    csrf: String,
    consent: Option<String>,
}

/// Puts the professional on the person's list. Never by itself: somebody ticked that the person, who is present, agrees.
pub(crate) async fn send(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, Form(form): Form<Agreed>) -> Response {
    let back = format!("/pro/patients/{pid}");
    if !signed_in.owns(&form.csrf) {
        return done(&back, Said::FormExpired);
    }
    if form.consent.is_none() {
        return match question(&app, &signed_in, &pid, true).await {
            Ok(page) => page_with_script(StatusCode::UNPROCESSABLE_ENTITY, &page),
            Err(error) => refused(&app, &signed_in, &pid, &error),
        };
    }
    let listed = match opened(&app, &pid) {
        Ok(key) => put_on_list(&app, &signed_in, key).await,
        Err(error) => Err(error),
    };
    match listed {
        Ok(()) => done(&back, Said::Authorised),
        Err(Error::Conflict("record-changed")) => done(&back, Said::TryAgain),
        Err(error) => refused(&app, &signed_in, &pid, &error),
    }
}

/// TD0.3 `AJOUT` of the caller by themself, with the consent that the person expresses now.
pub(super) async fn put_on_list(app: &App, signed_in: &SignedIn, key: RecordKey) -> Result<(), Error> {
    let caller = Caller { consent_now: true, purpose: Purpose::Normal, ..signed_in.session.caller.clone() };
    let (Some(name), Some(profession)) = (caller.name.clone(), caller.profession.clone()) else { return Err(Error::NotFound("record-not-found")) };
    let who = Habilitation { account: caller.account.clone(), name, profession, structure: caller.structure.clone() };
    app.service.authorise(&person(key), &who, false, &caller).await.map(drop)
}

//! The apps that the person let in, at `/apps`.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use dmp_core::access::{Act, CallerKind};
use dmp_core::record::{AppGrant, Record};
use dmp_pages::{AppLine, AppsPage, Said};
use dmp_service::{AppUse, Error, PersonRef};
use serde::Deserialize;

use crate::App;
use crate::site::{SignedIn, done, page};

/// Shows them, newest first.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn) -> Response {
    match apps_page(&app, &signed_in).await {
        Ok(shown) => page(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn load(app: &App, signed_in: &SignedIn) -> Result<std::sync::Arc<Record>, Error> {
    app.service.administrative(&signed_in.person()?, &signed_in.session.caller).await
}

async fn apps_page(app: &App, signed_in: &SignedIn) -> Result<AppsPage, Error> {
    let caller = &signed_in.session.caller;
    let record = load(app, signed_in).await?;
    let now = app.service.now();
    let uses = app.service.app_uses(&record, caller).await?;
    let shown = record.head.apps.iter().rev().filter(|grant| !grant.is_forgotten(now));
    let apps = shown.map(|grant| {
        let used = uses.iter().find(|(id, _)| *id == grant.id).map(|(_, used)| *used).unwrap_or_default();
        line(app, signed_in, grant, used)
    });
    Ok(AppsPage {
        apps: apps.collect(),
        shell: signed_in.visitor.acting_shell(app, "/apps", &record),
        own: caller.kind == CallerKind::Patient,
        may_change: app.service.would_permit(Act::WithdrawApp, &record, None, caller),
    })
}

fn line(app: &App, signed_in: &SignedIn, grant: &AppGrant, used: AppUse) -> AppLine {
    AppLine {
        id: grant.id.to_hex(),
        name: signed_in.visitor.lang.pick(&grant.name.fr, &grant.name.en).to_owned(),
        publisher: grant.publisher.clone(),
        privacy: app.apps.get(&grant.client_id).map(|known| known.privacy.clone()),
        given_by: Some(grant.given_by.name.clone()).filter(|_| grant.given_by.account != signed_in.session.caller.account),
        reads: grant.reads,
        since: grant.since,
        until: grant.until,
        last_used: grant.last_used.max(used.last),
        readings: used.readings,
        end: grant.end,
        stands: grant.stands(app.service.now()),
    }
}

/// Which app.
#[derive(Debug, Deserialize)]
pub(crate) struct WithdrawForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    app: String,
}

/// Takes an access back.
pub(crate) async fn withdraw(State(app): State<App>, signed_in: SignedIn, Form(form): Form<WithdrawForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/apps", Said::FormExpired);
    }
    match take_back(&app, &signed_in, &form.app).await {
        // Pressed twice: it is withdrawn all the same.
        Ok(()) | Err(Error::NotFound("app-not-found")) => done("/apps", Said::AppWithdrawn),
        Err(Error::Conflict("record-changed")) => done("/apps", Said::TryAgain),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn take_back(app: &App, signed_in: &SignedIn, id: &str) -> Result<(), Error> {
    let record = load(app, signed_in).await?;
    let grant = record.head.apps.iter().find(|grant| grant.id.to_hex() == id).ok_or(Error::NotFound("app-not-found"))?;
    app.service.withdraw_app(&PersonRef::Record(record.key), grant.id, &signed_in.session.caller).await?;
    Ok(())
}

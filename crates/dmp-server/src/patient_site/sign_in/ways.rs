//! Whose record: for an account that acts for others.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use dmp_core::access::CallerKind;
use dmp_pages::{QualityLine, QualityPage, Said, Site};
use dmp_service::{Error, IdKind, Quality};
use serde::Deserialize;

use super::arrive;
use crate::App;
use crate::site::{SignedIn, done, on_to, page};

/// Value of the button for oneself.
const OWN: &str = "own";

/// Shows the ways in of the account that is signed in.
pub(in crate::patient_site) async fn show(State(app): State<App>, signed_in: SignedIn) -> Response {
    match app.service.qualities(&signed_in.session.caller.account).await {
        Ok(ways) => {
            let ways = ways.iter().map(|way| line(&app, way)).collect();
            page(&QualityPage { shell: signed_in.visitor.shell(&app, Site::Person, "/signin/as"), ways })
        }
        Err(error) => signed_in.refuse(&app, &error),
    }
}

fn line(app: &App, way: &Quality) -> QualityLine {
    let own = way.caller.kind == CallerKind::Patient;
    let record = way.record.filter(|_| !own).map(|key| app.service.ids().seal_record(IdKind::Patient, key));
    QualityLine { record: record.unwrap_or_else(|| OWN.to_owned()), name: way.shown.clone(), own, helper: way.caller.kind == CallerKind::Helper }
}

/// The choice.
#[derive(Debug, Deserialize)]
pub(in crate::patient_site) struct WayForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    record: String,
}

/// Goes on in another quality, in a session of its own.
pub(in crate::patient_site) async fn choose(State(app): State<App>, signed_in: SignedIn, Form(form): Form<WayForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/signin/as", Said::FormExpired);
    }
    let chosen = match app.service.qualities(&signed_in.session.caller.account).await {
        Ok(ways) => ways.into_iter().find(|way| line(&app, way).record == form.record).ok_or(Error::NotFound("record-not-found")),
        Err(error) => Err(error),
    };
    let chosen = match chosen {
        Ok(way) => arrive::begins_acting(&app, &way).await.map(|()| way),
        Err(error) => Err(error),
    };
    match chosen.and_then(|way| arrive::open(&app, &signed_in.visitor, &way, signed_in.session.proved_at)) {
        Ok(cookies) => on_to("/", cookies),
        Err(error) => signed_in.refuse(&app, &error),
    }
}

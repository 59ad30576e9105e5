//! The first page, the explanation, and what is shown after something was done.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use dmp_pages::{CounterDeed as PageDeed, CounterDone, CounterExplain, CounterHome, CounterSheet};
use dmp_service::CounterDeed;

use super::AtCounter;
use crate::App;
use crate::shown::{self, Shown};
use crate::site::page;

/// What the person may ask for, and today's count.
pub(crate) async fn home(State(app): State<App>, counter: AtCounter) -> Response {
    match app.service.counter_day(counter.agent()).await {
        Ok(acts) => {
            let opened = acts.iter().filter(|act| act.deed == CounterDeed::Opened).count();
            page(&CounterHome { shell: counter.shell(&app, "/accueil"), opened, acts: acts.len() })
        }
        Err(error) => counter.0.refuse(&app, &error),
    }
}

/// One minute.
pub(crate) async fn explain(State(app): State<App>, counter: AtCounter) -> Response {
    page(&CounterExplain { shell: counter.shell(&app, "/accueil/expliquer") })
}

/// The receipt of what was done a moment ago.
pub(crate) async fn done_page(State(app): State<App>, counter: AtCounter, headers: HeaderMap) -> Response {
    let Some(Shown::Deed { deed, person, at }) = shown::made(&app, &counter.0, &headers) else { return Redirect::to("/accueil").into_response() };
    let agent = counter.agent();
    page(&CounterDone {
        shell: counter.shell(&app, "/accueil/fait"),
        deed: page_deed(deed),
        person,
        at,
        by: agent.shown_name(),
        structure: agent.structure.as_ref().map(|structure| structure.name.clone()),
    })
}

/// The sheet of codes that was made a moment ago.
pub(crate) async fn sheet(State(app): State<App>, counter: AtCounter, headers: HeaderMap) -> Response {
    let Some(Shown::Sheet { person, identifier, codes, at }) = shown::made(&app, &counter.0, &headers) else {
        return Redirect::to("/accueil").into_response();
    };
    let address = app.config.base_url.split_once("://").map_or(app.config.base_url.as_str(), |(_, address)| address).to_owned();
    page(&CounterSheet { shell: counter.shell(&app, "/accueil/feuille"), person, identifier, address, codes, at })
}

/// A deed as the pages name it.
pub(super) fn page_deed(deed: CounterDeed) -> PageDeed {
    match deed {
        CounterDeed::Opened => PageDeed::Opened,
        CounterDeed::Cancelled => PageDeed::Cancelled,
        CounterDeed::Refused => PageDeed::Refused,
        CounterDeed::Closed => PageDeed::Closed,
        CounterDeed::Codes => PageDeed::Codes,
        CounterDeed::Masked => PageDeed::Masked,
        CounterDeed::Shown => PageDeed::Shown,
        CounterDeed::Blocked => PageDeed::Blocked,
        CounterDeed::Unblocked => PageDeed::Unblocked,
    }
}

//! The agent's own acts of the day, and the openings that can still be taken back.

use axum::extract::State;
use axum::response::Response;
use dmp_pages::{CounterJournal, CounterLine};
use dmp_service::{CounterAct, CounterDeed, IdKind, PersonRef};

use super::AtCounter;
use super::pages::page_deed;
use crate::App;
use crate::site::page;

/// The list.
pub(crate) async fn journal(State(app): State<App>, counter: AtCounter) -> Response {
    let acts = match app.service.counter_day(counter.agent()).await {
        Ok(acts) => acts,
        Err(error) => return counter.0.refuse(&app, &error),
    };
    let mut lines = Vec::with_capacity(acts.len());
    for act in acts {
        let cancel = cancellable(&app, &counter, &act).await;
        lines.push(CounterLine { at: act.at, deed: page_deed(act.deed), person: act.person, cancel });
    }
    page(&CounterJournal { shell: counter.shell(&app, "/accueil/journal"), lines })
}

/// The sealed id of a record whose opening this agent may take back now.
async fn cancellable(app: &App, counter: &AtCounter, act: &CounterAct) -> Option<String> {
    let key = act.record.filter(|_| act.deed == CounterDeed::Opened)?;
    let recent = app.service.now() < act.at.plus_seconds(60 * dmp_core::record::CANCEL_OPENING_MINUTES);
    let may = recent && app.service.may_cancel_opening(&PersonRef::Record(key), counter.agent()).await.unwrap_or(false);
    may.then(|| app.service.ids().seal_record(IdKind::Patient, key))
}

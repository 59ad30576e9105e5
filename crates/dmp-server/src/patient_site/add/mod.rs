//! What the person adds, at `/add`, and what they added, at `/added`.

mod added;
mod file;
mod form;
mod intake;

pub(crate) use added::{correct, correct_form, list as added_list, show as added, withdraw};
pub(crate) use file::{file, file_form};
pub(crate) use form::{statement, statement_form};
pub(crate) use intake::{FORM_BYTES_MAX, Intake, Taken, take};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::Moment;
use dmp_core::calendar::in_paris;
use dmp_core::document::DocumentEntry;
use dmp_core::record::Record;
use dmp_core::statement::{Draft, StatementKind};
use dmp_core::summary::When;
use dmp_pages::{AddPage, Said};
use dmp_service::{Error, IdKind, Published};

use crate::App;
use crate::site::{SignedIn, done, page};

/// A form's own name and when it was shown, as its hidden field carries them.
pub(super) struct FormName {
    name: [u8; 16],
    shown_at: Moment,
}

/// A fresh name for a form.
pub(crate) fn fresh_form(app: &App) -> String {
    let shown = app.service.now().as_micros().to_be_bytes();
    app.service.ids().seal(IdKind::Form, &[&app.service.fresh_form()[..], &shown].concat())
}

/// The name that a form brought; `None` when we did not make it.
pub(crate) fn opened_form(app: &App, sealed: &str) -> Option<FormName> {
    let plain: [u8; 24] = app.service.ids().open(IdKind::Form, sealed)?.try_into().ok()?;
    let (name, shown) = plain.split_at(16);
    Some(FormName { name: name.try_into().ok()?, shown_at: Moment::from_micros(i64::from_be_bytes(shown.try_into().ok()?)) })
}

/// This minute, as clocks in Paris show it.
pub(super) fn this_minute(now: Moment) -> When {
    let time = in_paris(now);
    let minute = u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs());
    When { minute: Some(minute), ..When::day(time.year(), time.month().unsigned_abs(), time.day().unsigned_abs()) }
}

/// The fields of a form without those of the frame.
pub(super) fn draft(sent: &[(String, String)]) -> Draft {
    let own = sent.iter().filter(|(name, _)| !matches!(name.as_str(), "csrf" | "form"));
    Draft(own.cloned().collect())
}

pub(super) fn value<'s>(sent: &'s [(String, String)], name: &str) -> &'s str {
    sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

/// The record, when this visitor may add to it. Judged as listing nothing: the page shows no document.
pub(super) async fn record(app: &App, signed_in: &SignedIn) -> Result<std::sync::Arc<Record>, Error> {
    Ok(app.service.search(&signed_in.person()?, &signed_in.session.caller, |_| false).await?.record)
}

/// « Que voulez-vous ajouter ? »
pub(crate) async fn choose(State(app): State<App>, signed_in: SignedIn) -> Response {
    let record = match record(&app, &signed_in).await {
        Ok(record) => record,
        Err(error) => return signed_in.fail(&app, &error),
    };
    let takes = |code: &str| app.service.would_take(&record, code, &signed_in.session.caller);
    page(&AddPage {
        shell: signed_in.visitor.acting_shell(&app, "/add", &record),
        kinds: StatementKind::ALL.into_iter().filter(|kind| takes(kind.type_code())).collect(),
        may_file: takes("EXPPAT_2"),
    })
}

/// The way on after something was added, or why it was not.
pub(super) fn answered(app: &App, signed_in: &SignedIn, published: Result<Published, Error>, said: Said) -> Response {
    match published {
        Ok(published) => match published.entries.first() {
            Some(entry) => done(&format!("/added/{}", id(app, published.record, entry)), said),
            None => Redirect::to("/added").into_response(),
        },
        Err(Error::Conflict("record-changed" | "replace-target-not-current")) => done("/added", Said::TryAgain),
        Err(error) => signed_in.fail(app, &error),
    }
}

pub(super) fn id(app: &App, key: dmp_core::RecordKey, entry: &DocumentEntry) -> String {
    app.service.ids().seal_entry(IdKind::Document, key, entry.id)
}

/// A form that was not taken: shown again with what was typed.
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

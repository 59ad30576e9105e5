//! Taking the opening of one's record back, at `/undo-opening`: within a quarter of an hour, by whoever opened it, as the law has it.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::Moment;
use dmp_core::record::{CANCEL_OPENING_MINUTES, Record};
use dmp_pages::{Perspective, Said, UndoOpeningPage};
use dmp_service::{Error, PersonRef};

use super::{BareForm, perspective};
use crate::App;
use crate::site::{SignedIn, done, page_with};

const PATH: &str = "/undo-opening";

/// Until when the reader may take back that they opened this record; asked of the law, and only while it can be yes.
pub(crate) async fn until(app: &App, signed_in: &SignedIn, record: &Record) -> Option<Moment> {
    let (creation, caller) = (&record.head.creation, &signed_in.session.caller);
    let until = creation.at.plus_seconds(60 * CANCEL_OPENING_MINUTES);
    if creation.recorded_by != caller.account || until <= app.service.now() {
        return None;
    }
    let may = app.service.may_cancel_opening(&PersonRef::Record(record.key), caller).await.unwrap_or(false);
    may.then_some(until)
}

/// Says what it does.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn) -> Response {
    shown(&app, &signed_in, StatusCode::OK).await
}

async fn shown(app: &App, signed_in: &SignedIn, status: StatusCode) -> Response {
    let record = match signed_in.person() {
        Ok(person) => app.service.administrative(&person, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    match record {
        Ok(record) => {
            let shown = UndoOpeningPage {
                shell: signed_in.visitor.acting_shell(app, PATH, &record),
                own: is_own(signed_in),
                until: until(app, signed_in, &record).await,
            };
            page_with(status, &shown)
        }
        Err(error) => signed_in.fail(app, &error),
    }
}

/// Takes it back. The person is signed out: their record and their means are gone.
pub(crate) async fn undo(State(app): State<App>, signed_in: SignedIn, Form(form): Form<BareForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done(PATH, Said::FormExpired);
    }
    let undone = match signed_in.person() {
        Ok(person) => app.service.cancel_opening(&person, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    match undone {
        Ok(account) => {
            crate::caller::end_sessions(&app, &account, None).await;
            done(if is_own(&signed_in) { "/" } else { "/relatives" }, Said::OpeningCancelled)
        }
        Err(Error::Conflict("record-changed")) => done(PATH, Said::TryAgain),
        // The page says why, to whoever may see the record at all.
        Err(Error::Forbidden(_)) => shown(&app, &signed_in, StatusCode::FORBIDDEN).await,
        Err(error) => signed_in.fail(&app, &error),
    }
}

fn is_own(signed_in: &SignedIn) -> bool {
    perspective(signed_in.session.caller.kind) == Perspective::Person
}

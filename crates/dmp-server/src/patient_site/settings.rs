//! The hub of settings, at `/settings`.

use axum::extract::State;
use axum::response::Response;
use dmp_pages::{SettingsPage, Site};
use dmp_service::Error;

use super::perspective;
use crate::App;
use crate::site::{SignedIn, page};

/// Shows the links. They show nothing of the record; whose record it is is said to who acts for somebody.
pub(crate) async fn settings(State(app): State<App>, signed_in: SignedIn) -> Response {
    let record = match signed_in.person() {
        Ok(person) => app.service.administrative(&person, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    let shell = match record {
        Ok(record) => signed_in.visitor.acting_shell(&app, "/settings", &record),
        // Without a record there still are a display, a language, means of signing in.
        Err(Error::NotFound(_)) => signed_in.visitor.shell(&app, Site::Person, "/settings"),
        Err(error) => return signed_in.fail(&app, &error),
    };
    page(&SettingsPage { shell, perspective: perspective(signed_in.session.caller.kind) })
}

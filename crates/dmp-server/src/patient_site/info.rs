//! Pages that show nobody's data: help, accessibility, personal data, display choices.

use axum::Form;
use axum::extract::State;
use axum::http::header;
use axum::response::Response;
use dmp_core::access::CallerKind;
use dmp_pages::{Display, DisplayPage, Info, InfoPage, Said, Shell, Site};
use serde::Deserialize;

use crate::App;
use crate::site::{Visitor, display_cookie, done, page};

/// Help.
pub(crate) async fn help(State(app): State<App>, visitor: Visitor) -> Response {
    page(&InfoPage { shell: shell(&app, &visitor, "/help"), info: Info::Help })
}

/// How far the site is accessible.
pub(crate) async fn accessibility(State(app): State<App>, visitor: Visitor) -> Response {
    page(&InfoPage { shell: shell(&app, &visitor, "/accessibility"), info: Info::Accessibility })
}

/// What becomes of personal data.
pub(crate) async fn privacy(State(app): State<App>, visitor: Visitor) -> Response {
    page(&InfoPage { shell: shell(&app, &visitor, "/privacy"), info: Info::Privacy })
}

/// The display choices.
pub(crate) async fn display(State(app): State<App>, visitor: Visitor) -> Response {
    page(&DisplayPage { shell: shell(&app, &visitor, "/display") })
}

/// A visitor who works on a record keeps its menu.
fn shell(app: &App, visitor: &Visitor, back: &str) -> Shell {
    let site = match visitor.session.as_ref().map(|session| session.caller.kind) {
        None => Site::Public,
        Some(CallerKind::Professional) => Site::Professional,
        Some(CallerKind::Agent) => Site::Counter,
        Some(_) => Site::Person,
    };
    visitor.shell(app, site, back)
}

/// The form of the display choices. It needs no token: it changes a cookie of the visitor's own device, which the visitor sees at once.
#[derive(Debug, Deserialize)]
pub(crate) struct DisplayForm {
    #[serde(default)]
    theme: String,
    #[serde(default)]
    size: String,
}

/// Keeps the display choices in a cookie.
pub(crate) async fn save_display(Form(form): Form<DisplayForm>) -> Response {
    let Some(display) = Display::from_fields(&form.theme, &form.size) else { return done("/display", Said::FormExpired) };
    let mut response = done("/display", Said::DisplaySaved);
    display_cookie(display).map(|value| response.headers_mut().append(header::SET_COOKIE, value));
    response
}

//! What the sites share: who visits, in which language, and how a page or a failure is answered.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use dmp_pages::{Acting, ErrorPage, Lang, Said, Shell, Site};
use dmp_service::{Error, PersonRef};

use crate::App;
use crate::answer::incident;
use crate::caller::Session;

const SESSION_COOKIE: &str = "dmp_session";
const LANG_COOKIE: &str = "dmp_lang";

/// Who visits a site.
#[derive(Debug)]
pub(crate) struct Visitor {
    pub cookie: Option<String>,
    pub session: Option<Session>,
    pub lang: Lang,
    pub said: Option<Said>,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let cookie = cookie(&parts.headers, SESSION_COOKIE).map(str::to_owned);
        let session = cookie.as_deref().and_then(|value| app.sessions.get(value, app.service.now()));
        let lang = cookie_lang(&parts.headers).unwrap_or(match crate::caller::language(&parts.headers) {
            crate::answer::Language::French => Lang::Fr,
            crate::answer::Language::English => Lang::En,
        });
        let said = query_value(parts.uri.query().unwrap_or_default(), "said").and_then(Said::from_code);
        Ok(Visitor { cookie, session, lang, said })
    }
}

fn cookie_lang(headers: &HeaderMap) -> Option<Lang> {
    cookie(headers, LANG_COOKIE).and_then(Lang::from_code)
}

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The plain value of a query parameter that needs no decoding.
pub(crate) fn query_value<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

impl Visitor {
    /// The frame of a page for this visitor.
    pub fn shell(&self, app: &App, site: Site, back: &str) -> Shell {
        let csrf = self.session.as_ref().map(|session| session.csrf.clone()).unwrap_or_default();
        let mut shell = Shell::public(self.lang, csrf, back);
        shell.sandbox = app.service.config().mode == dmp_core::Mode::Sandbox;
        shell.said = self.said;
        if let Some(session) = &self.session {
            shell.site = site;
            shell.viewer = Some(session.caller.shown_name());
        }
        shell
    }

    /// The same, with the banner of who acts for someone.
    pub fn acting_shell(&self, app: &App, back: &str, record: &dmp_core::record::Record) -> Shell {
        let mut shell = self.shell(app, Site::Person, back);
        if self.session.as_ref().is_some_and(|session| session.caller.kind != dmp_core::access::CallerKind::Patient) {
            let person = record.head.traits.shown_name().display();
            shell.acting = Some(Acting { person, minor: record.head.is_minor(app.service.now()) });
        }
        shell
    }
}

/// A signed-in visitor at work on a record: what every page of the person's site starts from.
#[derive(Debug)]
pub(crate) struct SignedIn {
    pub visitor: Visitor,
    pub session: Session,
    pub cookie: String,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Redirect> {
        let Ok(visitor) = Visitor::from_request_parts(parts, app).await;
        Self::of(visitor).map_err(|_| Redirect::to("/signin"))
    }
}

impl SignedIn {
    /// A visitor who is signed in; the visitor again when they are not.
    pub fn of(visitor: Visitor) -> Result<Self, Box<Visitor>> {
        match (visitor.session.clone(), visitor.cookie.clone()) {
            (Some(session), Some(cookie)) => Ok(SignedIn { visitor, session, cookie }),
            (None, _) | (_, None) => Err(Box::new(visitor)),
        }
    }

    /// The person whose record this visitor works on.
    pub fn person(&self) -> Result<PersonRef, Error> {
        self.session.person.clone().map(PersonRef::Ins).ok_or(Error::NotFound("record-not-found"))
    }

    /// Checks the hidden field of a form. A form without it was not made by our page.
    pub fn owns(&self, csrf: &str) -> bool {
        aws_lc_rs::constant_time::verify_slices_are_equal(csrf.as_bytes(), self.session.csrf.as_bytes()).is_ok()
    }

    /// The error page of this visitor's site.
    pub fn fail(&self, app: &App, error: &Error) -> Response {
        let (site, home) = match self.session.caller.kind {
            dmp_core::access::CallerKind::Professional => (Site::Professional, "/pro"),
            _ => (Site::Person, "/"),
        };
        fail(app, &self.visitor, site, home, error)
    }
}

/// Renders a page.
pub(crate) fn page(template: &impl Template) -> Response {
    page_with(StatusCode::OK, template)
}

/// Renders a page under a status.
pub(crate) fn page_with(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(error = %error, "page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Sends the visitor back to a page with the words of what was done.
pub(crate) fn done(path: &str, said: Said) -> Response {
    Redirect::to(&format!("{path}?said={}", said.code())).into_response()
}

/// The error page for a failure, with an incident number for faults.
pub(crate) fn fail(app: &App, visitor: &Visitor, site: Site, home: &str, error: &Error) -> Response {
    let status = crate::answer::status(error);
    let message = dmp_core::catalogue::message(error.code());
    let words = message.map(|line| visitor.lang.pick(line.fr, line.en).to_owned());
    let page = ErrorPage {
        shell: visitor.shell(app, site, home),
        status: status.as_u16(),
        words,
        code: Some(error.code().to_owned()),
        incident: incident(error),
        home: home.to_owned(),
    };
    page_with(status, &page)
}

/// Sets a session cookie; in production only over TLS.
pub(crate) fn session_cookie(app: &App, value: &str) -> Option<HeaderValue> {
    let secure = if app.config.base_url.starts_with("https:") { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{SESSION_COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict{secure}")).ok()
}

/// Sets the language cookie.
pub(crate) fn lang_cookie(lang: Lang) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{LANG_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax", lang.code())).ok()
}

/// The style sheet.
pub(crate) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")], dmp_pages::CSS)
}

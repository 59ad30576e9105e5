//! What the sites share: who visits, in which language, and how a page or a failure is answered.

use std::sync::Arc;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use dmp_core::access::Caller;
use dmp_pages::{Acting, Display, ErrorPage, Lang, Said, Shell, ShutRecord, Site};
use dmp_service::{Error, PersonRef};

use crate::App;
use crate::answer::incident;
use crate::caller::Session;

const SESSION_COOKIE: &str = "dmp_session";
const LANG_COOKIE: &str = "dmp_lang";
const DISPLAY_COOKIE: &str = "dmp_display";

/// Who visits a site.
#[derive(Debug)]
pub(crate) struct Visitor {
    pub cookie: Option<String>,
    pub session: Option<Session>,
    pub lang: Lang,
    pub display: Display,
    pub said: Option<Said>,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let cookie = cookie(&parts.headers, SESSION_COOKIE).map(str::to_owned);
        let session = match cookie.as_deref().and_then(|value| app.sessions.get(value, app.service.now())) {
            // Whom their structure deactivated is signed in nowhere; when it cannot be asked, neither.
            Some(session) => {
                let known = crate::caller::known_today(app, Arc::new(session.caller.clone())).await.ok();
                known.map(|caller| Session { caller: Caller::clone(&caller), ..session })
            }
            None => None,
        };
        let lang = cookie_lang(&parts.headers).unwrap_or(match crate::caller::language(&parts.headers) {
            crate::answer::Language::French => Lang::Fr,
            crate::answer::Language::English => Lang::En,
        });
        let display = self::cookie(&parts.headers, DISPLAY_COOKIE).and_then(Display::from_code).unwrap_or_default();
        let said = query_value(parts.uri.query().unwrap_or_default(), "said").and_then(Said::from_code);
        Ok(Visitor { cookie, session, lang, display, said })
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
        shell.display = self.display;
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
        SignedIn::of(visitor).map_err(|_| Redirect::to("/signin"))
    }
}

impl SignedIn {
    /// The visitor as somebody signed in.
    ///
    /// # Errors
    /// The visitor again, without a session.
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
        use dmp_core::access::{CallerKind, Reason};
        // Who acts for somebody and may not any more is told so, and nothing of the record.
        if matches!((self.session.caller.kind, error), (CallerKind::Representative | CallerKind::Helper, Error::Forbidden(Reason::NotTheirRecord))) {
            return page_with(StatusCode::FORBIDDEN, &ShutRecord { shell: self.visitor.shell(app, Site::Person, "/relatives") });
        }
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
    let mark = if path.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{path}{mark}said={}", said.code())).into_response()
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

/// Sets a cookie of signing in: for this browser, never read by a script, kept back on a request that another site begins.
pub(crate) fn own_cookie(app: &App, name: &str, value: &str, seconds: u32) -> Option<HeaderValue> {
    let secure = if app.config.base_url.starts_with("https:") { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")).ok()
}

/// Sends the visitor on, with cookies.
pub(crate) fn on_to(path: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    let mut response = Redirect::to(path).into_response();
    response.headers_mut().extend(cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// A page that speaks with a passkey, under a policy that allows its script.
pub(crate) fn page_with_script(status: StatusCode, template: &impl Template) -> Response {
    let mut response = page_with(status, template);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(crate::middleware::CSP_WITH_SCRIPT));
    response
}

/// The script of passkeys.
pub(crate) async fn passkey_script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")], dmp_pages::PASSKEY_SCRIPT)
}

/// Sets the language cookie.
pub(crate) fn lang_cookie(lang: Lang) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{LANG_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax", lang.code())).ok()
}

/// Sets the cookie of the display choices.
pub(crate) fn display_cookie(display: Display) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{DISPLAY_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", display.code())).ok()
}

/// The style sheet.
pub(crate) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")], dmp_pages::CSS)
}

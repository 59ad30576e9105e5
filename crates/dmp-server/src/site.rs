//! What the sites share: who visits, in which language, and how a page or a failure is answered.

use askama::Template;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use dmp_core::access::{Act, CallerKind, Reason};
use dmp_pages::{Acting, Display, ErrorPage, Lang, Said, SearchBox, Shell, ShutRecord, Site, Stay};
use dmp_service::{Error, PersonRef};

use crate::App;
use crate::answer::incident;
use crate::caller::{Session, is_veiled, veiled};

pub(crate) const SESSION_COOKIE: &str = "dmp_session";
/// Tells one browser from another before anybody has signed in: a challenge of a passkey is good in the browser that asked for it.
const BROWSER_COOKIE: &str = "dmp_browser";
const LANG_COOKIE: &str = "dmp_lang";
const STAY_COOKIE: &str = "dmp_stay";
const DISPLAY_COOKIE: &str = "dmp_display";

/// Who visits a site.
#[derive(Debug)]
pub(crate) struct Visitor {
    pub cookie: Option<String>,
    pub session: Option<Session>,
    /// The word of this browser, or a fresh one for it; `None` without random numbers.
    pub browser: Option<String>,
    pub browser_is_new: bool,
    pub lang: Lang,
    pub display: Display,
    pub said: Option<Said>,
    /// How long a session that begins in this browser stays open.
    pub stay: Stay,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let cookie = cookie(&parts.headers, SESSION_COOKIE).map(str::to_owned);
        let session = match cookie.as_deref() {
            Some(value) => crate::caller::session_of(app, value).await,
            None => None,
        };
        let lang = cookie_lang(&parts.headers).unwrap_or(match crate::caller::language(&parts.headers) {
            crate::answer::Language::French => Lang::Fr,
            crate::answer::Language::English => Lang::En,
        });
        let display = self::cookie(&parts.headers, DISPLAY_COOKIE).and_then(Display::from_code).unwrap_or_default();
        let said = query_value(parts.uri.query().unwrap_or_default(), "said").and_then(Said::from_code);
        let stay = self::cookie(&parts.headers, STAY_COOKIE).and_then(Stay::from_code).unwrap_or_default();
        let browser = self::cookie(&parts.headers, BROWSER_COOKIE).filter(|word| !word.is_empty()).map(str::to_owned);
        let browser_is_new = browser.is_none();
        let browser = browser.or_else(crate::caller::fresh_word);
        Ok(Visitor { cookie, session, browser, browser_is_new, lang, display, said, stay })
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
    /// The frame of a page of somebody without an open record: there is nothing to search.
    pub fn bare_shell(&self, app: &App, back: &str) -> Shell {
        Shell { search: None, ..self.shell(app, Site::Person, back) }
    }

    /// The frame of a page for this visitor.
    pub fn shell(&self, app: &App, site: Site, back: &str) -> Shell {
        let csrf = self.session.as_ref().map(|session| veiled(&session.csrf)).unwrap_or_default();
        let mut shell = Shell::public(self.lang, csrf, back);
        shell.sandbox = app.service.config().mode == dmp_core::Mode::Sandbox;
        shell.display = self.display;
        shell.said = self.said;
        if let Some(session) = &self.session {
            shell.site = site;
            if site == Site::Person && session.person.is_some() {
                shell.search = Some(SearchBox { action: "/search".to_owned(), query: String::new() });
            }
            shell.viewer = Some(session.caller.shown_name());
            shell.until = Some(session.ends());
        }
        shell
    }

    /// The same, with the banner of who acts for someone.
    pub fn acting_shell(&self, app: &App, back: &str, record: &dmp_core::record::Record) -> Shell {
        let mut shell = self.shell(app, Site::Person, back);
        if self.session.as_ref().is_some_and(|session| session.caller.kind != CallerKind::Patient) {
            shell.acting = self.session.as_ref().map(|session| Acting {
                person: record.head.traits.shown_name().display(),
                minor: record.head.is_minor(app.service.now()),
                helps: session.caller.kind == CallerKind::Helper,
                rights: app.service.would_permit(Act::ReadAdministrative, record, None, &session.caller),
            });
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
        is_veiled(csrf, &self.session.csrf)
    }

    /// The answer to a failure of a page of one's record: who has none yet is led to where it is opened.
    pub fn fail(&self, app: &App, error: &Error) -> Response {
        let is_absent = matches!(error, Error::NotFound("record-not-found"));
        if is_absent && self.session.caller.kind == CallerKind::Patient && app.opening.is_some() {
            return Redirect::to("/opening").into_response();
        }
        self.refuse(app, error)
    }

    /// The error page of this visitor's site.
    pub fn refuse(&self, app: &App, error: &Error) -> Response {
        // Who acts for somebody and may not any more is told so, and nothing of the record.
        if matches!((self.session.caller.kind, error), (CallerKind::Representative | CallerKind::Helper, Error::Forbidden(Reason::NotTheirRecord))) {
            return page_with(StatusCode::FORBIDDEN, &ShutRecord { shell: self.visitor.shell(app, Site::Person, "/relatives") });
        }
        let (site, home) = match self.session.caller.kind {
            CallerKind::Professional => (Site::Professional, "/pro"),
            CallerKind::Agent => (Site::Counter, "/accueil"),
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

/// There is no such address.
pub(crate) async fn nothing_there(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Response {
    bare_error(&app, &visitor, &headers, StatusCode::NOT_FOUND)
}

/// The address takes forms alone: whoever opens it, from a bookmark say, is told so.
pub(crate) async fn not_this_way(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Response {
    bare_error(&app, &visitor, &headers, StatusCode::METHOD_NOT_ALLOWED)
}

/// A page for people, the bare status for programs.
pub(crate) fn bare_error(app: &App, visitor: &Visitor, headers: &HeaderMap, status: StatusCode) -> Response {
    let wants_page = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accepted| accepted.contains("text/html"));
    if !wants_page {
        return status.into_response();
    }
    let shell = visitor.shell(app, Site::Public, "/");
    page_with(status, &ErrorPage { shell, status: status.as_u16(), words: None, code: None, incident: None, home: "/".to_owned() })
}

/// What people are told of a failure, in their language.
pub(crate) fn error_words(error: &Error, lang: Lang) -> Option<String> {
    if let Error::NotYet(not_yet) = error {
        let (fr, en) = not_yet.words();
        return Some(lang.pick(&fr, &en).to_owned());
    }
    dmp_core::catalogue::message(error.code()).map(|line| lang.pick(line.fr, line.en).to_owned())
}

/// The error page for a failure, with an incident number for faults.
pub(crate) fn fail(app: &App, visitor: &Visitor, site: Site, home: &str, error: &Error) -> Response {
    let status = crate::answer::status(error);
    let words = error_words(error, visitor.lang);
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

/// Sets the word of a browser, for as long as it stays open.
pub(crate) fn browser_cookie(app: &App, word: &str) -> Option<HeaderValue> {
    let secure = if app.config.base_url.starts_with("https:") { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{BROWSER_COOKIE}={word}; Path=/; HttpOnly; SameSite=Strict{secure}")).ok()
}

/// Sends the visitor on, with cookies.
pub(crate) fn on_to(path: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    let mut response = Redirect::to(path).into_response();
    response.headers_mut().extend(cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// A page with a script of ours, under the policy that allows it.
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

/// Sets the cookie of how long sessions of this browser stay open: for our own pages alone, so that no other site lengthens one.
pub(crate) fn stay_cookie(app: &App, stay: Stay) -> Option<HeaderValue> {
    own_cookie(app, STAY_COOKIE, stay.code(), 31_536_000)
}

/// Sets the cookie of the display choices.
pub(crate) fn display_cookie(display: Display) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{DISPLAY_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", display.code())).ok()
}

/// The icon of a tab.
pub(crate) async fn icon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/vnd.microsoft.icon"), (header::CACHE_CONTROL, "public, max-age=86400")], dmp_pages::ICON)
}

/// The style sheet.
pub(crate) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")], dmp_pages::CSS)
}

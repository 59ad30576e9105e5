//! An app's request to `/oauth/authorize`, read and judged before anybody sees it (RFC 6749 4.1.1, RFC 7636, SMART App Launch 2.2).

use axum::response::{IntoResponse, Redirect, Response};
use dmp_pages::AppProblem;

use super::register::RegisteredApp;
use super::scopes::Scopes;
use crate::App;

/// A request that may be put to the person.
#[derive(Debug)]
pub(super) struct AppRequest<'a> {
    pub app: &'a RegisteredApp,
    pub redirect_uri: String,
    pub state: String,
    pub scopes: Scopes,
    /// The ticket of the launch, of an app for professionals; empty otherwise.
    pub launch: String,
    /// What the verifier must hash to.
    pub challenge: String,
}

/// Why it may not.
#[derive(Debug)]
pub(super) enum Fault {
    /// SECURITY: the app or its address is not known: the browser is sent nowhere (RFC 6749 4.1.2.1).
    Page(AppProblem),
    /// Told to the app, at its registered address.
    Back(String),
}

/// Characters of a whole request, which waits in a cookie while the person signs in.
pub(super) const QUERY_MAX: usize = 2_500;
const STATE_MAX: usize = 1_000;
/// Base64url of 32 bytes.
const CHALLENGE_LENGTH: usize = 43;

impl<'a> AppRequest<'a> {
    /// Reads the query of an address.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn read(app: &'a App, query: &str) -> Result<Self, Fault> {
        if query.len() > QUERY_MAX {
            return Err(Fault::Page(AppProblem::Malformed));
        }
        let pairs = crate::fhir::pairs(query);
        let once = |name: &str| Once::of(&pairs, name);
        let client_id = once("client_id").alone().ok_or(Fault::Page(AppProblem::Unknown))?;
        let (registered, allowed) = app.apps.with_scopes(client_id).ok_or(Fault::Page(AppProblem::Unknown))?;
        // One address is registered, or the request names it: it is always named here, so that what is compared is what was sent.
        let redirect_uri = once("redirect_uri").alone().ok_or(Fault::Page(AppProblem::WrongAddress))?;
        if !registered.redirect_uris.iter().any(|known| known == redirect_uri) {
            return Err(Fault::Page(AppProblem::WrongAddress));
        }
        let state = once("state").alone().filter(|state| !state.is_empty() && state.len() <= STATE_MAX);
        let back = |error: &'static str, words: &'static str| {
            Fault::Back(answer(app, redirect_uri, state, &[("error", error), ("error_description", words)]))
        };
        let names = ["response_type", "scope", "aud", "code_challenge", "code_challenge_method", "response_mode", "launch"];
        if names.iter().any(|name| matches!(once(name), Once::Repeated)) {
            return Err(back("invalid_request", "a parameter stands twice"));
        }
        let state = state.ok_or_else(|| back("invalid_request", "state is missing or longer than 1000 characters"))?;
        if once("response_type").alone() != Some("code") {
            return Err(back("unsupported_response_type", "response_type must be code"));
        }
        if once("response_mode").alone().is_some_and(|mode| mode != "query") {
            return Err(back("invalid_request", "response_mode must be query"));
        }
        if ["request", "request_uri"].iter().any(|name| !matches!(once(name), Once::Absent)) {
            return Err(back("request_not_supported", "request objects are not supported"));
        }
        let base = app.config.fhir_base();
        if once("aud").alone().map(|aud| aud.trim_end_matches('/')) != Some(base.as_str()) {
            return Err(back("invalid_request", "aud must be the address of this FHIR server"));
        }
        if once("code_challenge_method").alone() != Some("S256") {
            return Err(back("invalid_request", "code_challenge_method must be S256"));
        }
        let challenge = once("code_challenge").alone().filter(|text| is_challenge(text));
        let challenge = challenge.ok_or_else(|| back("invalid_request", "code_challenge must be 43 characters of base64url"))?;
        let professional = registered.is_for_professionals();
        let scopes = Scopes::parse(once("scope").alone().unwrap_or_default(), professional).map_err(|words| back("invalid_scope", words))?;
        if !scopes.is_within(allowed) {
            return Err(back("invalid_scope", "a scope is not registered for this app"));
        }
        let launch = once("launch").alone().filter(|launch| !launch.is_empty()).unwrap_or_default().to_owned();
        if launch.is_empty() == professional {
            let words = if professional { "launch is missing: a professional opens this app" } else { "launch: persons open this app themselves" };
            return Err(back("invalid_request", words));
        }
        let (redirect_uri, state, challenge) = (redirect_uri.to_owned(), state.to_owned(), challenge.to_owned());
        Ok(AppRequest { app: registered, redirect_uri, state, scopes, launch, challenge })
    }

    /// The address that gives the app its answer.
    pub fn answer(&self, app: &App, parameters: &[(&str, &str)]) -> String {
        answer(app, &self.redirect_uri, Some(&self.state), parameters)
    }

    /// The answer that the person, or the law, said no.
    pub fn denied(&self, app: &App) -> String {
        self.answer(app, &[("error", "access_denied"), ("error_description", "the person did not allow it")])
    }
}

impl Fault {
    /// Sends the browser back, or shows the page.
    pub fn respond(self, page: impl FnOnce(AppProblem) -> Response) -> Response {
        match self {
            Fault::Page(problem) => page(problem),
            Fault::Back(url) => Redirect::to(&url).into_response(),
        }
    }
}

/// A registered address with an answer; `iss` says who answers, so that an app is not talked into giving a code to somebody else (RFC 9207).
fn answer(app: &App, redirect_uri: &str, state: Option<&str>, parameters: &[(&str, &str)]) -> String {
    let mut url = redirect_uri.to_owned();
    let state = state.map(|state| ("state", state));
    for (name, value) in parameters.iter().copied().chain(state).chain([("iss", app.config.base_url.as_str())]) {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.extend([name, "="]);
        url.extend(url::form_urlencoded::byte_serialize(value.as_bytes()));
    }
    url
}

fn is_challenge(text: &str) -> bool {
    text.len() == CHALLENGE_LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// A parameter, which must not stand twice (RFC 6749 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Once<'q> {
    Absent,
    Alone(&'q str),
    Repeated,
}

impl<'q> Once<'q> {
    fn of(pairs: &'q [(String, String)], name: &str) -> Self {
        let mut found = pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        match (found.next(), found.next()) {
            (None, _) => Once::Absent,
            (Some(value), None) => Once::Alone(value),
            (Some(_), Some(_)) => Once::Repeated,
        }
    }

    fn alone(self) -> Option<&'q str> {
        if let Once::Alone(value) = self { Some(value) } else { None }
    }
}

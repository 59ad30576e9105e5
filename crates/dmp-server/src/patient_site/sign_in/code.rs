//! By a code: the identifier, then the code. Whatever is typed, the answers are the same.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::record::Language;
use dmp_pages::{CodeFor, CodePage, Lang, PersonProblem, Site};
use dmp_service::{CODE_MINUTES, CodeMail, Error, SignInWay};
use serde::Deserialize;

use super::{arrive, refused};
use crate::App;
use crate::site::{self, Visitor, cookie, on_to, own_cookie, page, page_with};
use crate::strangers::turned_away;

/// `m` or `p` for what the code is, and the word of the challenge.
pub(in crate::patient_site) const CHALLENGE_COOKIE: &str = "dmp_challenge";
/// As long as the code is good.
pub(in crate::patient_site) const CHALLENGE_SECONDS: u32 = CODE_MINUTES as u32 * 60;

/// The first form.
#[derive(Debug, Deserialize)]
pub(in crate::patient_site) struct StartForm {
    #[serde(default)]
    identifier: String,
    #[serde(default)]
    way: String,
}

/// Begins: the code goes out, or the sheet is asked for.
pub(in crate::patient_site) async fn start(State(app): State<App>, visitor: Visitor, headers: HeaderMap, Form(form): Form<StartForm>) -> Response {
    if form.identifier.trim().is_empty() {
        return refused(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, PersonProblem::IdentifierMissing, "");
    }
    let (way, letter) = if form.way == "printed" { (SignInWay::Printed, 'p') } else { (SignInWay::Mail, 'm') };
    let known = cookie(&headers, super::KNOWN_COOKIE);
    if let Some(seconds) = app.strangers.about("/signin/start", &form.identifier, known, app.service.now()) {
        return turned_away(&app, &visitor, seconds);
    }
    match app.service.begin_sign_in(&form.identifier, way, known, language_of(visitor.lang)).await {
        Ok(begun) => {
            send(&app, begun.mail).await;
            on_to("/signin/code", own_cookie(&app, CHALLENGE_COOKIE, &format!("{letter}{}", begun.challenge), CHALLENGE_SECONDS))
        }
        Err(Error::Busy) => refused(&app, &visitor, StatusCode::SERVICE_UNAVAILABLE, PersonProblem::Busy, &form.identifier),
        Err(error) => site::fail(&app, &visitor, Site::Public, "/signin", &error),
    }
}

/// Hands a mail to the mailer. A mail that is not taken looks to its reader like one that was lost.
pub(in crate::patient_site) async fn send(app: &App, mail: Option<CodeMail>) {
    let (Some(mailer), Some(mail)) = (&app.mailer, mail) else { return };
    if mailer.send(mail).await.is_err() {
        tracing::warn!("a code could not be sent: too many mails wait");
    }
}

/// The language of a mail to who reads this page.
pub(in crate::patient_site) fn language_of(lang: Lang) -> Language {
    match lang {
        Lang::Fr => Language::French,
        Lang::En => Language::English,
    }
}

/// What the cookie of a challenge says.
fn challenge(headers: &HeaderMap) -> Option<(CodeFor, &str)> {
    let value = cookie(headers, CHALLENGE_COOKIE)?;
    match value.split_at_checked(1)? {
        ("m", word) => Some((CodeFor::Mail, word)),
        ("p", word) => Some((CodeFor::Print, word)),
        _ => None,
    }
}

/// Asks for the code.
pub(in crate::patient_site) async fn show(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Response {
    match challenge(&headers) {
        Some((code_for, _)) => page(&code_page(&app, &visitor, code_for, false)),
        None => Redirect::to("/signin").into_response(),
    }
}

fn code_page(app: &App, visitor: &Visitor, code_for: CodeFor, wrong: bool) -> CodePage {
    CodePage { shell: visitor.shell(app, Site::Public, "/signin/code"), code_for, wrong }
}

/// The second form.
#[derive(Debug, Deserialize)]
pub(in crate::patient_site) struct CodeForm {
    #[serde(default)]
    code: String,
}

/// Judges the code.
pub(in crate::patient_site) async fn check(State(app): State<App>, visitor: Visitor, headers: HeaderMap, Form(form): Form<CodeForm>) -> Response {
    let Some((code_for, word)) = challenge(&headers) else {
        return refused(&app, &visitor, StatusCode::BAD_REQUEST, PersonProblem::BeginAgain, "");
    };
    let arrived = match app.service.finish_sign_in(word, &form.code).await {
        Ok(Some(arrived)) => arrive::arrive(&app, &visitor, &headers, &arrived).await,
        Ok(None) => return page_with(StatusCode::UNPROCESSABLE_ENTITY, &code_page(&app, &visitor, code_for, true)),
        Err(error) => Err(error),
    };
    arrived.unwrap_or_else(|error| site::fail(&app, &visitor, Site::Public, "/signin", &error))
}

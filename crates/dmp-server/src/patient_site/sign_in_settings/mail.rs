//! The address that codes go to: believed once a code was read there.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::account::mail_address;
use dmp_pages::{CodeFor, CodePage, MailField, Said, SignInSettings, Site};
use dmp_service::Error;
use serde::Deserialize;

use super::super::BareForm;
use super::super::sign_in::{CHALLENGE_COOKIE, CHALLENGE_SECONDS, language_of, send};
use super::{PATH, asked, changed, changes, settings};
use crate::App;
use crate::site::{SignedIn, cookie, done, on_to, own_cookie, page, page_with};

/// Marks the challenge of an address, in the cookie of challenges.
const ADDRESS: char = 'a';

/// The form of the address.
#[derive(Debug, Deserialize)]
pub(in crate::patient_site) struct MailForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    mail: String,
}

/// Sends a code to an address.
pub(in crate::patient_site) async fn mail(State(app): State<App>, signed_in: SignedIn, headers: HeaderMap, Form(form): Form<MailForm>) -> Response {
    let myself = match changes(&app, &signed_in, &form.csrf) {
        Ok(myself) => myself,
        Err(answer) => return *answer,
    };
    let Some(address) = mail_address(&form.mail) else { return wrong(&app, &signed_in, &headers, form.mail).await };
    match app.service.begin_mail_check(&myself, address, language_of(signed_in.visitor.lang)).await {
        Ok(begun) => {
            send(&app, begun.mail).await;
            let challenge = own_cookie(&app, CHALLENGE_COOKIE, &format!("{ADDRESS}{}", begun.challenge), CHALLENGE_SECONDS);
            on_to("/settings/signin/mail/check", challenge)
        }
        Err(Error::Busy) => done(PATH, Said::TooManyCodes),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn wrong(app: &App, signed_in: &SignedIn, headers: &HeaderMap, typed: String) -> Response {
    match settings(app, signed_in, headers).await {
        Ok(shown) => {
            let mail = MailField { typed, error: true, ..shown.mail };
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &SignInSettings { mail, ..shown })
        }
        Err(error) => signed_in.fail(app, &error),
    }
}

fn word(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, CHALLENGE_COOKIE)?.strip_prefix(ADDRESS)
}

fn code_page(app: &App, signed_in: &SignedIn, wrong: bool) -> CodePage {
    CodePage { shell: signed_in.visitor.shell(app, Site::Person, "/settings/signin/mail/check"), code_for: CodeFor::Address, wrong }
}

/// Asks for the code.
pub(in crate::patient_site) async fn show_check(State(app): State<App>, signed_in: SignedIn, headers: HeaderMap) -> Response {
    match word(&headers) {
        Some(_) => page(&code_page(&app, &signed_in, false)),
        None => Redirect::to(PATH).into_response(),
    }
}

/// The form of the code.
#[derive(Debug, Deserialize)]
pub(in crate::patient_site) struct CheckForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    code: String,
}

/// Judges the code; the address is the account's from then on.
pub(in crate::patient_site) async fn check(State(app): State<App>, signed_in: SignedIn, headers: HeaderMap, Form(form): Form<CheckForm>) -> Response {
    // Begun by somebody who had just signed in, and good for ten minutes: that is proof enough.
    let myself = match asked(&app, &signed_in, &form.csrf) {
        Ok(myself) => myself,
        Err(answer) => return *answer,
    };
    let checked = match app.service.finish_mail_check(&myself, word(&headers).unwrap_or_default(), &form.code).await {
        Ok(None) => return page_with(StatusCode::UNPROCESSABLE_ENTITY, &code_page(&app, &signed_in, true)),
        Ok(Some(_)) => Ok(()),
        Err(error) => Err(error),
    };
    changed(&app, &signed_in, checked, Said::MailVerified).await
}

/// Forgets the address.
pub(in crate::patient_site) async fn remove_mail(State(app): State<App>, signed_in: SignedIn, Form(form): Form<BareForm>) -> Response {
    match changes(&app, &signed_in, &form.csrf) {
        Ok(myself) => changed(&app, &signed_in, app.service.remove_mail(&myself).await, Said::MailRemoved).await,
        Err(answer) => *answer,
    }
}

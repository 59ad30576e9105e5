//! The means of signing in, at `/settings/signin`. Each change ends the other sessions of the account.

mod mail;
mod passkey;

pub(super) use mail::{check, mail, remove_mail, show_check};
pub(super) use passkey::{add as add_passkey, later, remove as remove_passkey, show as show_passkey};

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dmp_core::account::{Credentials, Identifier};
use dmp_pages::{IdentifierField, MailField, PasskeyLine, ProviderLine, Said, SessionLine, SheetLine, SheetPage, SignInSettings, Site, Stay};
use dmp_service::{Error, Myself};
use serde::Deserialize;

use super::BareForm;
use super::sign_in::{PROVEN_COOKIE, language_of, sign_in_again};
use crate::App;
use crate::caller::end_sessions;
use crate::shown::{self, Shown};
use crate::site::{SignedIn, cookie, done, page, page_with, stay_cookie};

const PATH: &str = "/settings/signin";
/// The sheet of codes that was just made.
const SHEET: &str = "/settings/signin/codes";

/// Shows the means of the account that is signed in.
pub(super) async fn show(State(app): State<App>, signed_in: SignedIn, headers: HeaderMap) -> Response {
    match settings(&app, &signed_in, &headers).await {
        Ok(settings) => page(&settings),
        Err(error) => signed_in.fail(&app, &error),
    }
}

fn myself(signed_in: &SignedIn) -> Result<Myself, Error> {
    Ok(Myself::of(&signed_in.session.caller)?.reading(language_of(signed_in.visitor.lang)))
}

async fn settings(app: &App, signed_in: &SignedIn, headers: &HeaderMap) -> Result<SignInSettings, Error> {
    let account = myself(signed_in)?.account().to_owned();
    let credentials = app.service.credentials(&account).await?;
    let (now, held) = (app.service.now(), credentials.as_ref());
    let sessions = app.sessions.of_account(&account, &signed_in.cookie, now);
    Ok(SignInSettings {
        shell: signed_in.visitor.shell(app, Site::Person, PATH),
        identifier: IdentifierField {
            current: held.and_then(|one| one.identifier.as_ref()).map(|identifier| identifier.as_str().to_owned()),
            ..IdentifierField::default()
        },
        mail: MailField {
            current: held.and_then(|one| one.mail.as_ref()).map(|mail| mail.address.clone()),
            may_send: app.mailer.is_some(),
            ..MailField::default()
        },
        sheet: held.and_then(|one| one.sheet.as_ref()).map(|sheet| SheetLine {
            left: sheet.left(),
            issued_at: sheet.issued_at,
            issued_by: sheet.issued_by.clone(),
        }),
        passkeys: held.map(passkeys).unwrap_or_default(),
        offers_passkeys: app.passkeys.is_some(),
        provider: provider(app, held, headers),
        sessions: sessions.into_iter().map(|(since, here)| SessionLine { since, here }).collect(),
        stay: signed_in.session.stay,
    })
}

fn passkeys(credentials: &Credentials) -> Vec<PasskeyLine> {
    let line = |one: &dmp_core::account::Passkey| PasskeyLine { id: URL_SAFE_NO_PAD.encode(&one.id), added_at: one.added_at, used_at: one.used_at };
    credentials.passkeys.iter().map(line).collect()
}

fn provider(app: &App, held: Option<&Credentials>, headers: &HeaderMap) -> Option<ProviderLine> {
    let oidc = app.person_oidc.as_ref()?;
    let linked = held.is_some_and(|one| one.subjects.iter().any(|subject| subject.issuer == oidc.issuer()));
    let waiting = cookie(headers, PROVEN_COOKIE).is_some_and(|word| app.proven.get(word, app.service.now()).is_some());
    Some(ProviderLine { name: oidc.name().to_owned(), linked, waiting })
}

/// The answer to a change: said at the top of the page; the other sessions of the account are over.
async fn changed(app: &App, signed_in: &SignedIn, change: Result<(), Error>, said: Said) -> Response {
    match change {
        Ok(()) => {
            end_sessions(app, &signed_in.session.caller.account, Some(&signed_in.cookie)).await;
            done(PATH, said)
        }
        Err(Error::Conflict("last-means")) => done(PATH, Said::LastMeans),
        Err(Error::Conflict("subject-taken")) => done(PATH, Said::ProviderTaken),
        Err(Error::Conflict("passkey-exists" | "too-many-passkeys")) => done(PATH, Said::PasskeyRefused),
        Err(Error::Conflict("record-changed") | Error::Busy) => done(PATH, Said::TryAgain),
        Err(error) => signed_in.fail(app, &error),
    }
}

/// Checks the hidden field of a form, and whose means these are.
fn asked(app: &App, signed_in: &SignedIn, csrf: &str) -> Result<Myself, Box<Response>> {
    if !signed_in.owns(csrf) {
        return Err(Box::new(done(PATH, Said::FormExpired)));
    }
    myself(signed_in).map_err(|error| Box::new(signed_in.fail(app, &error)))
}

/// The same for a change of the means: whoever asks for it signed in a short while ago, or signs in once more.
fn changes(app: &App, signed_in: &SignedIn, csrf: &str) -> Result<Myself, Box<Response>> {
    let myself = asked(app, signed_in, csrf)?;
    if signed_in.session.is_fresh(app.service.now()) { Ok(myself) } else { Err(Box::new(sign_in_again(app))) }
}

/// The form of the identifier.
#[derive(Debug, Deserialize)]
pub(super) struct IdentifierForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    identifier: String,
}

/// Chooses an identifier.
pub(super) async fn identifier(State(app): State<App>, signed_in: SignedIn, headers: HeaderMap, Form(form): Form<IdentifierForm>) -> Response {
    let myself = match changes(&app, &signed_in, &form.csrf) {
        Ok(myself) => myself,
        Err(answer) => return *answer,
    };
    let wrong = match Identifier::parse(&form.identifier) {
        Ok(identifier) => match app.service.choose_identifier(&myself, &identifier).await {
            Err(Error::Conflict("identifier-taken")) => None,
            done => return changed(&app, &signed_in, done, Said::IdentifierSaved).await,
        },
        Err(wrong) => Some(wrong),
    };
    match settings(&app, &signed_in, &headers).await {
        Ok(shown) => {
            let identifier = IdentifierField { typed: form.identifier, error: Some(wrong), ..shown.identifier };
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &SignInSettings { identifier, ..shown })
        }
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// Makes a sheet of codes, and leads to where it is shown.
pub(super) async fn codes(State(app): State<App>, signed_in: SignedIn, Form(form): Form<BareForm>) -> Response {
    let myself = match changes(&app, &signed_in, &form.csrf) {
        Ok(myself) => myself,
        Err(answer) => return *answer,
    };
    let sheet = match app.service.print_codes(&myself).await {
        Ok(sheet) => sheet,
        Err(error) => return changed(&app, &signed_in, Err(error), Said::TryAgain).await,
    };
    end_sessions(&app, myself.account(), Some(&signed_in.cookie)).await;
    let (person, identifier) = (sheet.name.display(), sheet.identifier.as_str().to_owned());
    shown::go_to(&app, &signed_in, SHEET, Shown::Sheet { person, identifier, codes: sheet.codes, at: sheet.issued_at })
}

/// Shows the sheet that this session made a moment ago.
pub(super) async fn show_codes(State(app): State<App>, signed_in: SignedIn, headers: HeaderMap) -> Response {
    let Some(Shown::Sheet { person, identifier, codes, at }) = shown::made(&app, &signed_in, &headers) else {
        return Redirect::to(PATH).into_response();
    };
    let address = app.config.base_url.split_once("://").map_or(app.config.base_url.as_str(), |(_, address)| address).to_owned();
    page(&SheetPage { shell: signed_in.visitor.shell(&app, Site::Person, PATH), person, identifier, address, codes, at })
}

/// Ends the sheet.
pub(super) async fn end_codes(State(app): State<App>, signed_in: SignedIn, Form(form): Form<BareForm>) -> Response {
    match changes(&app, &signed_in, &form.csrf) {
        Ok(myself) => changed(&app, &signed_in, app.service.end_sheet(&myself).await, Said::SheetEnded).await,
        Err(answer) => *answer,
    }
}

/// Links whom this browser has just proved to be at the identity provider.
pub(super) async fn link(State(app): State<App>, signed_in: SignedIn, headers: HeaderMap, Form(form): Form<BareForm>) -> Response {
    let myself = match changes(&app, &signed_in, &form.csrf) {
        Ok(myself) => myself,
        Err(answer) => return *answer,
    };
    let word = cookie(&headers, PROVEN_COOKIE).unwrap_or_default();
    let Some(subject) = app.proven.get(word, app.service.now()) else { return done(PATH, Said::FormExpired) };
    let linked = app.service.link_subject(&myself, &subject.issuer, &subject.subject).await;
    if linked.is_ok() {
        app.proven.forget(word);
    }
    changed(&app, &signed_in, linked, Said::ProviderLinked).await
}

/// Takes the link away.
pub(super) async fn unlink(State(app): State<App>, signed_in: SignedIn, Form(form): Form<BareForm>) -> Response {
    let Some(oidc) = app.person_oidc.clone() else { return signed_in.fail(&app, &Error::NotFound("means-not-found")) };
    match changes(&app, &signed_in, &form.csrf) {
        Ok(myself) => changed(&app, &signed_in, app.service.unlink_subject(&myself, oidc.issuer()).await, Said::ProviderUnlinked).await,
        Err(answer) => *answer,
    }
}

/// Ends the other sessions of the account.
pub(super) async fn end_others(State(app): State<App>, signed_in: SignedIn, Form(form): Form<BareForm>) -> Response {
    match asked(&app, &signed_in, &form.csrf) {
        Ok(_) => changed(&app, &signed_in, Ok(()), Said::SessionsEnded).await,
        Err(answer) => *answer,
    }
}

/// The form of how long a session stays open.
#[derive(Debug, Deserialize)]
pub(super) struct StayForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    minutes: String,
}

/// Chooses how long a session stays open: this one from now on, and those that begin in this browser.
pub(super) async fn session(State(app): State<App>, signed_in: SignedIn, Form(form): Form<StayForm>) -> Response {
    if let Err(refused) = asked(&app, &signed_in, &form.csrf) {
        return *refused;
    }
    let Some(stay) = Stay::from_code(&form.minutes) else { return done(PATH, Said::TryAgain) };
    app.sessions.update(&signed_in.cookie, |session| session.stay = stay);
    let mut response = done(PATH, Said::StaySaved);
    response.headers_mut().extend(stay_cookie(&app, stay).map(|value| (header::SET_COOKIE, value)));
    response
}

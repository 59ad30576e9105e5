//! Signing in: the page with every way, and, in the demonstration, the test identities. Language and leaving.

mod arrive;
mod code;
mod oidc;
mod passkey;
mod ways;

pub(super) use arrive::{KNOWN_COOKIE, keep_known, sign_in_again};
pub(super) use code::{CHALLENGE_COOKIE, CHALLENGE_SECONDS, check as check_code, language_of, send, show as show_code, start};
pub(super) use oidc::{PROVEN_COOKIE, callback as oidc_callback, enter as oidc_enter, start as oidc_start};
pub(super) use passkey::sign_in as passkey;
pub(super) use ways::{choose as choose_way, show as show_ways};

use axum::Form;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_pages::{
    IdentityGroup, IdentityKind as PageKind, PasskeyChallenge, PersonProblem, PersonWays, Provider, SignIn, SignInProblem, Site, Stay, TestIdentity,
};
use dmp_passkey::Ceremony;
use serde::Deserialize;

use super::BareForm;
use crate::App;
use crate::directory::{Identity, IdentityKind};
use crate::site::{self, SignedIn, Visitor};

/// The page that offers every way.
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    sign_in_answer(StatusCode::OK, &sign_in_page(&app, &visitor, false, None))
}

/// The page as an answer: with its script, where it speaks with passkeys.
pub(crate) fn sign_in_answer(status: StatusCode, page: &SignIn) -> Response {
    if page.person.passkey.is_some() { site::page_with_script(status, page) } else { site::page_with(status, page) }
}

/// The page with what went wrong for a person, and what they typed.
fn refused(app: &App, visitor: &Visitor, status: StatusCode, problem: PersonProblem, identifier: &str) -> Response {
    let page = sign_in_page(app, visitor, false, None);
    let person = PersonWays { problem: Some(problem), identifier: identifier.to_owned(), ..page.person };
    sign_in_answer(status, &SignIn { person, ..page })
}

/// The page, with what went wrong before.
pub(crate) fn sign_in_page(app: &App, visitor: &Visitor, unknown_identity: bool, problem: Option<SignInProblem>) -> SignIn {
    let kinds = [
        (PageKind::Patient, IdentityKind::Patient),
        (PageKind::Representative, IdentityKind::Representative),
        (PageKind::Helper, IdentityKind::Helper),
        (PageKind::Professional, IdentityKind::Professional),
    ];
    let groups = kinds
        .into_iter()
        .map(|(kind, wanted)| IdentityGroup {
            kind,
            identities: app.directory.all().iter().filter(|one| one.kind == wanted).map(|one| shown(one, visitor)).collect(),
        })
        .collect();
    let provider = app.oidc.as_ref().map(|oidc| Provider { name: oidc.name().to_owned(), problem });
    SignIn { shell: visitor.shell(app, Site::Public, "/signin"), groups, unknown_identity, provider, person: person_ways(app) }
}

fn person_ways(app: &App) -> PersonWays {
    let now = app.service.now();
    let passkey = app.passkeys.as_ref().and_then(|party| {
        let challenge = party.challenge(Ceremony::SignIn, "", now)?;
        Some(PasskeyChallenge { challenge, party: party.id().to_owned() })
    });
    PersonWays {
        mail: app.mailer.is_some(),
        passkey,
        provider: app.person_oidc.as_ref().map(|oidc| oidc.name().to_owned()),
        identifier: String::new(),
        problem: None,
    }
}

fn shown(one: &Identity, visitor: &Visitor) -> TestIdentity {
    TestIdentity { identity: one.handle.clone(), name: one.name.display(), purpose: visitor.lang.pick(&one.what_for_fr, &one.what_for_en).to_owned() }
}

/// The form of the sign-in page.
#[derive(Debug, Deserialize)]
pub(crate) struct SignInForm {
    identity: String,
}

/// Opens a session for a test identity.
pub(crate) async fn sign_in(State(app): State<App>, visitor: Visitor, Form(form): Form<SignInForm>) -> Response {
    if !app.config.demo {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Some(identity) = app.directory.by_handle(&form.identity) else {
        return sign_in_answer(StatusCode::UNPROCESSABLE_ENTITY, &sign_in_page(&app, &visitor, true, None));
    };
    let caller = identity.caller();
    if let Err(error) = app.service.signed_in(&caller).await {
        return site::fail(&app, &visitor, Site::Public, "/signin", &error);
    }
    let person = match identity.kind {
        IdentityKind::Patient => identity.ins.clone(),
        _ => identity.acts_for.first().cloned(),
    };
    let home = if identity.kind == IdentityKind::Professional { "/pro" } else { "/" };
    // A professional's session is short, whatever was chosen in this browser.
    let stay = if identity.kind == IdentityKind::Professional { Stay::default() } else { visitor.stay };
    // A new session each time: a cookie from before is of no use after.
    visitor.cookie.iter().for_each(|old| app.sessions.close(old));
    let Some(cookie) = app.sessions.begin(caller, person, stay, app.service.now()) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = Redirect::to(home).into_response();
    site::session_cookie(&app, &cookie).map(|value| response.headers_mut().append(header::SET_COOKIE, value));
    response
}

/// Ends the session. Only ours: the one that a professional has at the identity provider is theirs to end there.
pub(crate) async fn sign_out(State(app): State<App>, signed_in: SignedIn, Form(form): Form<BareForm>) -> Response {
    if signed_in.owns(&form.csrf) {
        app.sessions.close(&signed_in.cookie);
        let caller = &signed_in.session.caller;
        // A professional who leaves takes the apps along that they launched.
        if caller.kind == dmp_core::access::CallerKind::Professional
            && let Err(error) = app.service.end_practice(&caller.account).await
        {
            return signed_in.fail(&app, &error);
        }
    }
    Redirect::to("/signin").into_response()
}

/// The language form of every page.
#[derive(Debug, Deserialize)]
pub(crate) struct LangForm {
    lang: String,
    #[serde(default)]
    back: String,
}

/// Keeps the language in a cookie. Only a path of this site is gone back to.
pub(crate) async fn language(Form(form): Form<LangForm>) -> Response {
    let local = form.back.starts_with('/') && !form.back.starts_with("//") && !form.back.contains('\\');
    let mut response = Redirect::to(if local { &form.back } else { "/" }).into_response();
    let value = dmp_pages::Lang::from_code(&form.lang).and_then(site::lang_cookie);
    value.map(|value| response.headers_mut().append(header::SET_COOKIE, value));
    response
}

//! Signing in: the page with every way, and, in the demonstration, the test identities. Language and leaving.

mod arrive;
mod code;
mod oidc;
mod passkey;
mod ways;

use arrive::KNOWN_COOKIE;
pub(super) use arrive::sign_in_again;
pub(super) use code::{CHALLENGE_COOKIE, CHALLENGE_SECONDS, check as check_code, language_of, send, show as show_code, start};
pub(super) use oidc::{PROVEN_COOKIE, callback as oidc_callback, enter as oidc_enter, start as oidc_start};
pub(super) use passkey::sign_in as passkey;
pub(super) use ways::{choose as choose_way, show as show_ways};

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_pages::{
    IdentityGroup, IdentityKind as PageKind, PasskeyChallenge, PersonProblem, PersonWays, Provider, SignIn, SignInProblem, Site, Stay, StructureDoor,
    TestIdentity,
};
use dmp_passkey::Ceremony;
use serde::Deserialize;

use super::BareForm;
use crate::App;
use crate::directory::{Identity, IdentityKind};
use crate::site::{self, SignedIn, Visitor};

/// The page that offers every way.
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    sign_in_answer(&app, &visitor, StatusCode::OK, &sign_in_page(&app, &visitor, false, None))
}

/// The page as an answer: where it speaks with passkeys, with its script, and with a word for a browser that has none.
pub(crate) fn sign_in_answer(app: &App, visitor: &Visitor, status: StatusCode, page: &SignIn) -> Response {
    if page.person.passkey.is_none() {
        return site::page_with(status, page);
    }
    let mut response = site::page_with_script(status, page);
    let word = visitor.browser.as_deref().filter(|_| visitor.browser_is_new).and_then(|word| site::browser_cookie(app, word));
    word.map(|value| response.headers_mut().append(header::SET_COOKIE, value));
    response
}

/// The page with what went wrong for a person, and what they typed.
fn refused(app: &App, visitor: &Visitor, status: StatusCode, problem: PersonProblem, identifier: &str) -> Response {
    let page = sign_in_page(app, visitor, false, None);
    let person = PersonWays { problem: Some(problem), identifier: identifier.to_owned(), ..page.person };
    sign_in_answer(app, visitor, status, &SignIn { person, ..page })
}

/// The page, with what went wrong before.
pub(crate) fn sign_in_page(app: &App, visitor: &Visitor, unknown_identity: bool, problem: Option<SignInProblem>) -> SignIn {
    let kinds = [
        (PageKind::Patient, IdentityKind::Patient),
        (PageKind::Representative, IdentityKind::Representative),
        (PageKind::Helper, IdentityKind::Helper),
        (PageKind::Professional, IdentityKind::Professional),
        (PageKind::Counter, IdentityKind::Agent),
    ];
    let groups = kinds
        .into_iter()
        .map(|(kind, wanted)| IdentityGroup {
            kind,
            identities: app.directory.all().iter().filter(|one| one.kind == wanted).map(|one| shown(one, visitor)).collect(),
        })
        .collect();
    let provider = app.oidc.as_ref().map(|oidc| Provider { name: oidc.name().to_owned() });
    let structures = app.structure_oidc.iter().map(|one| StructureDoor { name: one.party.name().to_owned(), address: one.start_path() }).collect();
    let counters = app.counter_oidc.iter().map(|one| StructureDoor { name: one.party.name().to_owned(), address: one.start_path() }).collect();
    let shell = visitor.shell(app, Site::Public, "/signin");
    SignIn { shell, groups, unknown_identity, provider, structures, counters, problem, person: person_ways(app, visitor) }
}

fn person_ways(app: &App, visitor: &Visitor) -> PersonWays {
    let now = app.service.now();
    let passkey = app.passkeys.as_ref().and_then(|party| {
        let challenge = party.challenge(Ceremony::SignIn, visitor.browser.as_deref()?, now)?;
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
        return sign_in_answer(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &sign_in_page(&app, &visitor, true, None));
    };
    let caller = identity.caller();
    if let Err(error) = app.service.signed_in(&caller).await {
        return site::fail(&app, &visitor, Site::Public, "/signin", &error);
    }
    let person = match identity.kind {
        IdentityKind::Patient => identity.ins.clone(),
        _ => identity.acts_for.first().cloned(),
    };
    let (home, at_work) = match identity.kind {
        IdentityKind::Professional => ("/pro", true),
        IdentityKind::Agent => ("/accueil", true),
        _ => ("/", false),
    };
    // The session of somebody at work is short, whatever was chosen in this browser.
    let stay = if at_work { Stay::default() } else { visitor.stay };
    // A new session each time: a cookie from before is of no use after.
    visitor.cookie.iter().for_each(|old| app.sessions.close(old));
    let Some(cookie) = app.sessions.begin(caller, person, stay, app.service.now()) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = Redirect::to(home).into_response();
    site::session_cookie(&app, &cookie).map(|value| response.headers_mut().append(header::SET_COOKIE, value));
    response
}

/// Ends the session. Only ours: the one that a professional has at the identity provider is theirs to end there.
/// SECURITY: whom this browser has proved at a provider, or half of a sign-in, is not left to who sits down next.
pub(crate) async fn sign_out(State(app): State<App>, signed_in: SignedIn, headers: HeaderMap, Form(form): Form<BareForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return Redirect::to("/signin").into_response();
    }
    app.sessions.close(&signed_in.cookie);
    let caller = &signed_in.session.caller;
    // A professional who leaves takes the apps along that they launched.
    if caller.kind == dmp_core::access::CallerKind::Professional
        && let Err(error) = app.service.end_practice(&caller.account).await
    {
        return signed_in.fail(&app, &error);
    }
    site::cookie(&headers, PROVEN_COOKIE).into_iter().for_each(|word| app.proven.forget(word));
    let ended = [PROVEN_COOKIE, CHALLENGE_COOKIE].map(|name| site::own_cookie(&app, name, "", 0));
    site::on_to("/signin", ended.into_iter().flatten())
}

/// The language form of every page.
#[derive(Debug, Deserialize)]
pub(crate) struct LangForm {
    lang: String,
    #[serde(default)]
    back: String,
}

/// Whether an address is a path of this site. SECURITY: browsers drop tabs and line ends and read a backslash as a slash, so that `/`, a tab and
/// `/elsewhere` would lead elsewhere.
fn is_local(address: &str) -> bool {
    let plain = address.bytes().all(|sign| sign.is_ascii_graphic() && sign != b'\\');
    plain && address.starts_with('/') && !address.starts_with("//")
}

/// Keeps the language in a cookie. Only a path of this site is gone back to.
pub(crate) async fn language(Form(form): Form<LangForm>) -> Response {
    let mut response = Redirect::to(if is_local(&form.back) { &form.back } else { "/" }).into_response();
    let value = dmp_pages::Lang::from_code(&form.lang).and_then(site::lang_cookie);
    value.map(|value| response.headers_mut().append(header::SET_COOKIE, value));
    response
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn a_language_leads_back_to_a_page_of_this_site_and_nowhere_else() {
        for local in ["/", "/documents?topic=all&page=2", "/journal#top"] {
            assert!(is_local(local), "{local}");
        }
        for elsewhere in
            ["", "//evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", "https://evil.example", "/é"]
        {
            assert!(!is_local(elsewhere), "{elsewhere:?}");
        }
    }
}

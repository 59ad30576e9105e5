//! `/oauth/authorize`: the question, and what the person answers.

use axum::Form;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::access::{Act, CallerKind};
use dmp_core::record::{AppReads, Record};
use dmp_pages::{AppConsentPage, AppProblem, AppProblemPage, AppReading, AppUntil, AskedReading, Lang, Site};
use dmp_service::{Error, NewGrant, PersonRef};

use super::keys;
use super::practice;
use super::register::target;
use super::request::AppRequest;
use super::waiting;
use crate::App;
use crate::site::{self, SignedIn, Visitor, page_with};

/// `GET /oauth/authorize`: asks the person, once they are signed in.
pub(crate) async fn show(State(app): State<App>, visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let request = match AppRequest::read(&app, &query) {
        Ok(request) => request,
        Err(fault) => return fault.respond(|problem| refused_request(&app, &visitor, problem)),
    };
    if request.app.is_for_professionals() {
        return practice::answer(&app, visitor, &request, &query).await;
    }
    match SignedIn::of(visitor) {
        Ok(signed_in) => ask(&app, &signed_in, &request, &query, &Chosen::first(&request)).await,
        Err(visitor) => waiting::keep(&app, &visitor, &query),
    }
}

/// `POST /oauth/authorize`: what the person answered. The request comes back with the form and is read anew.
pub(crate) async fn decide(State(app): State<App>, visitor: Visitor, Form(form): Form<Vec<(String, String)>>) -> Response {
    let field = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default();
    let query = field("request");
    let request = match AppRequest::read(&app, query) {
        Ok(request) => request,
        Err(fault) => return fault.respond(|problem| refused_request(&app, &visitor, problem)),
    };
    if request.app.is_for_professionals() {
        return practice::answer(&app, visitor, &request, query).await;
    }
    let signed_in = match SignedIn::of(visitor) {
        Ok(signed_in) => signed_in,
        Err(visitor) => return waiting::keep(&app, &visitor, query),
    };
    if !signed_in.owns(field("csrf")) {
        return Redirect::to(&format!("/oauth/authorize?{query}&said={}", dmp_pages::Said::FormExpired.code())).into_response();
    }
    match field("decision") {
        "accept" => {
            let chosen = Chosen::of(&form, &request);
            if request.scopes.kept(chosen.reads, false).reads() == AppReads::default() {
                return ask(&app, &signed_in, &request, query, &Chosen { nothing: true, ..chosen }).await;
            }
            accept(&app, &signed_in, &request, &chosen).await
        }
        _ => Redirect::to(&request.denied(&app)).into_response(),
    }
}

/// What is ticked.
struct Chosen {
    reads: AppReads,
    until: AppUntil,
    /// It was accepted with nothing ticked.
    nothing: bool,
}

impl Chosen {
    /// Everything that the app asks for, for the shortest time.
    fn first(request: &AppRequest<'_>) -> Self {
        Chosen { reads: request.scopes.reads(), until: AppUntil::Hour, nothing: false }
    }

    /// SECURITY: a box that the app did not ask for ticks nothing.
    fn of(form: &[(String, String)], request: &AppRequest<'_>) -> Self {
        let asked = request.scopes.reads();
        let ticked = |reading: AppReading| form.iter().any(|(key, value)| key == "read" && value == reading.code()) && reading.is_in(asked);
        let until = form.iter().find(|(key, _)| key == "until").and_then(|(_, value)| AppUntil::from_code(value));
        Chosen {
            reads: AppReads { record: ticked(AppReading::Record), documents: ticked(AppReading::Documents), contents: ticked(AppReading::Contents) },
            until: until.filter(|_| request.scopes.offline).unwrap_or(AppUntil::Hour),
            nothing: false,
        }
    }
}

/// Seconds that a consent lasts.
fn seconds(until: AppUntil) -> i64 {
    const DAY: i64 = 24 * 3_600;
    match until {
        AppUntil::Hour => 3_600,
        AppUntil::Quarter => 91 * DAY,
        AppUntil::Year => 365 * DAY,
    }
}

async fn ask(app: &App, signed_in: &SignedIn, request: &AppRequest<'_>, query: &str, chosen: &Chosen) -> Response {
    let loaded = match signed_in.person() {
        Ok(person) => app.service.administrative(&person, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    let record = match loaded {
        Ok(record) => record,
        Err(Error::NotFound(_) | Error::Forbidden(_)) => return no_right(app, signed_in, request, AppProblem::MayNot),
        Err(error) => return signed_in.fail(app, &error),
    };
    if !app.service.would_permit(Act::AllowApp, &record, None, &signed_in.session.caller) {
        return no_right(app, signed_in, request, AppProblem::MayNot);
    }
    let (goes_to, form_target) = target(&request.redirect_uri);
    let status = if chosen.nothing { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut response = page_with(status, &consent_page(app, signed_in, request, query, chosen, &record, goes_to));
    // A form may lead nowhere but to us; this one leads on to the app, whose registered address is named to the browser.
    let policy = crate::middleware::csp_with_form_to(&form_target);
    HeaderValue::from_str(&policy).ok().map(|value| response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, value));
    response
}

fn consent_page(
    app: &App,
    signed_in: &SignedIn,
    request: &AppRequest<'_>,
    query: &str,
    chosen: &Chosen,
    record: &Record,
    goes_to: String,
) -> AppConsentPage {
    let asked = request.scopes.reads();
    AppConsentPage {
        shell: signed_in.visitor.acting_shell(app, &format!("/oauth/authorize?{query}"), record),
        app: name(request, signed_in.visitor.lang),
        publisher: request.app.publisher.clone(),
        goes_to,
        privacy: request.app.privacy.clone(),
        person: record.head.traits.shown_name().display(),
        own: signed_in.session.caller.kind == CallerKind::Patient,
        request: query.to_owned(),
        asked: AppReading::ALL
            .into_iter()
            .filter(|reading| reading.is_in(asked))
            .map(|reading| AskedReading { reading, chosen: reading.is_in(chosen.reads) })
            .collect(),
        comes_back: request.scopes.offline,
        until: chosen.until,
        nothing_chosen: chosen.nothing,
    }
}

fn name(request: &AppRequest<'_>, lang: Lang) -> String {
    lang.pick(&request.app.name.fr, &request.app.name.en).to_owned()
}

async fn accept(app: &App, signed_in: &SignedIn, request: &AppRequest<'_>, chosen: &Chosen) -> Response {
    match allow(app, signed_in, request, chosen).await {
        Ok(code) => Redirect::to(&request.answer(app, &[("code", &code)])).into_response(),
        Err(Error::Conflict("too-many-apps")) => no_right(app, signed_in, request, AppProblem::TooMany),
        Err(Error::NotFound(_) | Error::Forbidden(_)) => no_right(app, signed_in, request, AppProblem::MayNot),
        Err(error) => signed_in.fail(app, &error),
    }
}

async fn allow(app: &App, signed_in: &SignedIn, request: &AppRequest<'_>, chosen: &Chosen) -> Result<String, Error> {
    let key = app.service.record_key(&signed_in.person()?).await?.ok_or(Error::NotFound("record-not-found"))?;
    let comes_back = request.scopes.offline && chosen.until != AppUntil::Hour;
    let scopes = request.scopes.kept(chosen.reads, comes_back);
    let new = NewGrant {
        client_id: request.app.client_id.clone(),
        name: request.app.name.clone(),
        publisher: request.app.publisher.clone(),
        reads: scopes.reads(),
        scope: scopes.text(),
        comes_back,
        seconds: seconds(chosen.until),
        redirect_uri: request.redirect_uri.clone(),
        challenge: request.challenge.clone(),
    };
    let grant = app.service.allow_app(&PersonRef::Record(key), &new, &signed_in.session.caller).await?;
    Ok(keys::code(app.service.ids(), key, grant))
}

/// Nobody may be asked here: said to the person, who may go back to the app with a no.
fn no_right(app: &App, signed_in: &SignedIn, request: &AppRequest<'_>, problem: AppProblem) -> Response {
    let status = if problem == AppProblem::TooMany { StatusCode::CONFLICT } else { StatusCode::FORBIDDEN };
    let shell = signed_in.visitor.shell(app, Site::Person, "/apps");
    page_with(status, &AppProblemPage { shell, problem, next: Some(request.denied(app)) })
}

fn refused_request(app: &App, visitor: &Visitor, problem: AppProblem) -> Response {
    site::page_with(StatusCode::BAD_REQUEST, &AppProblemPage { shell: visitor.shell(app, Site::Public, "/"), problem, next: None })
}

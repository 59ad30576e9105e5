//! `/pro/appel`: practice software opens a browser on a patient (TD0.9). The patient is named by a one-time ticket that the software got with its
//! professional's token, or by the INS in a posted form: never in an address. Whoever opens it signs in once and is judged as any reader.

use axum::Form;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::Mode;
use dmp_core::access::CallerKind;
use dmp_core::identity::{Ins, InsAuthority};
use dmp_pages::{CallPage, CallState, Site};
use dmp_service::{Error, IdKind, PersonRef, TicketFault, TicketUse};
use serde::{Deserialize, Serialize};

use crate::App;
use crate::site::{self, SignedIn, Visitor, query_value};

/// What waits while the professional signs in. `Lax`: it comes back with them from an identity provider.
const COOKIE: &str = "dmp_call";
const WAITING_SECONDS: i64 = 600;
const HOME: &str = "/pro/appel";

/// The page that software asks for, by its code (TD0.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Dashboard,
    Patient,
    Management,
    Documents,
    Pathway,
    AccessHistory,
    Settings,
    Wishes,
}

impl Target {
    const ALL: [(&'static str, Target); 9] = [
        ("synthese", Target::Patient),
        ("tableau-de-bord", Target::Dashboard),
        ("patient", Target::Patient),
        ("gestion", Target::Management),
        ("documents", Target::Documents),
        ("parcours", Target::Pathway),
        ("acces", Target::AccessHistory),
        ("parametres", Target::Settings),
        ("volontes", Target::Wishes),
    ];

    /// The target of a code; without one, the patient's first page.
    pub fn from_code(code: &str) -> Option<Self> {
        if code.is_empty() { Some(Target::Patient) } else { Self::ALL.iter().find(|(known, _)| *known == code).map(|(_, target)| *target) }
    }

    /// Its address for a patient. What has no page of its own here stands on the patient's first page.
    fn path(self, pid: &str) -> String {
        match self {
            Target::Dashboard => "/pro".to_owned(),
            Target::Settings => "/display".to_owned(),
            Target::Documents | Target::Pathway => format!("/pro/patients/{pid}#documents"),
            Target::Patient | Target::Management | Target::AccessHistory | Target::Wishes => format!("/pro/patients/{pid}"),
        }
    }
}

/// What was asked to be opened, sealed in a cookie. SECURITY: an INS stands in it, never in an address.
#[derive(Debug, Serialize, Deserialize)]
enum Waiting {
    Ticket(String),
    Form {
        oid: String,
        ins: String,
        target: String,
        /// A page of registered software sent it; any other is asked about first.
        known: bool,
    },
}

/// `GET /pro/appel`: opens what a ticket names (`ticket`, or `launch` of a SMART launch), or what waits.
pub(crate) async fn open(State(app): State<App>, visitor: Visitor, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let named = query_value(&query, "ticket").or_else(|| query_value(&query, "launch"));
    let waiting = match named {
        Some(ticket) => Some(Waiting::Ticket(ticket.chars().take(TICKET_MAX).collect())),
        None => kept(&app, &headers),
    };
    let Some(waiting) = waiting else { return Redirect::to("/pro").into_response() };
    match SignedIn::of(visitor) {
        Ok(signed_in) => go(&app, &signed_in, waiting).await,
        // What came from elsewhere goes on from a page of ours; once that was done, nobody is signed in.
        Err(visitor) if named.is_some() => go_on(&app, &visitor, &waiting),
        Err(_) => Redirect::to("/signin").into_response(),
    }
}

/// Characters of a ticket that are looked at.
const TICKET_MAX: usize = 400;

/// The form of practice software, or the answer of the professional to our question.
#[derive(Debug, Deserialize)]
pub(crate) struct CallForm {
    #[serde(default)]
    ins: String,
    #[serde(default)]
    ins_oid: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    ticket: String,
    #[serde(default)]
    csrf: String,
    open: Option<String>,
}

/// `POST /pro/appel`: from a page of practice software. It comes without the session's cookie, so it waits and goes on from a page of ours.
pub(crate) async fn call(State(app): State<App>, visitor: Visitor, headers: HeaderMap, Form(form): Form<CallForm>) -> Response {
    if form.open.is_some() {
        return confirmed(&app, visitor, &headers, &form).await;
    }
    if !form.ticket.is_empty() {
        return go_on(&app, &visitor, &Waiting::Ticket(form.ticket.chars().take(TICKET_MAX).collect()));
    }
    if Target::from_code(&form.target).is_none() {
        return shown(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, CallState::WrongTarget);
    }
    let Some(ins) = read_ins(&form.ins_oid, &form.ins, app.service.config().mode) else {
        return shown(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, CallState::WrongNumber);
    };
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    let known = origin.is_some_and(|origin| app.clients.knows_origin(origin));
    let (oid, ins, target) = (ins.authority().oid().to_owned(), ins.matricule().to_owned(), form.target);
    go_on(&app, &visitor, &Waiting::Form { oid, ins, target, known })
}

/// The INS of a call: with the authority that the software names, or the one of this installation.
pub(super) fn read_ins(oid: &str, typed: &str, mode: Mode) -> Option<Ins> {
    let usual = match mode {
        Mode::Sandbox => InsAuthority::Test,
        Mode::Production => InsAuthority::Nir,
    };
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let oid = oid.trim().trim_start_matches("urn:oid:");
    let ins = Ins::parse(if oid.is_empty() { usual.oid() } else { oid }, &digits).ok()?;
    ins.refused_in(mode).is_none().then_some(ins)
}

/// The professional wants it, or not: then nothing waits any more.
async fn confirmed(app: &App, visitor: Visitor, headers: &HeaderMap, form: &CallForm) -> Response {
    let Ok(signed_in) = SignedIn::of(visitor) else { return Redirect::to("/signin").into_response() };
    if !signed_in.owns(&form.csrf) {
        return Redirect::to(HOME).into_response();
    }
    if form.open.as_deref() != Some("1") {
        return forget(app, Redirect::to("/pro").into_response());
    }
    match kept(app, headers) {
        Some(Waiting::Form { oid, ins, target, .. }) => go(app, &signed_in, Waiting::Form { oid, ins, target, known: true }).await,
        Some(waiting) => go(app, &signed_in, waiting).await,
        None => Redirect::to("/pro").into_response(),
    }
}

/// To the page, for somebody who is signed in. What waited is forgotten.
async fn go(app: &App, signed_in: &SignedIn, waiting: Waiting) -> Response {
    if signed_in.session.caller.kind != CallerKind::Professional {
        return forget(app, shown(app, &signed_in.visitor, StatusCode::FORBIDDEN, CallState::NotProfessional));
    }
    if let Waiting::Form { ins, known: false, .. } = &waiting {
        let mut response = shown(app, &signed_in.visitor, StatusCode::OK, CallState::Confirm { number: ins.clone() });
        keep(app, &waiting).map(|value| response.headers_mut().append(header::SET_COOKIE, value));
        return response;
    }
    let place = match waiting {
        Waiting::Ticket(ticket) => of_ticket(app, signed_in, &ticket).await,
        Waiting::Form { oid, ins, target, .. } => of_form(app, signed_in, &oid, &ins, &target).await,
    };
    let response = match place {
        Ok(Ok(place)) => Redirect::to(&place).into_response(),
        Ok(Err((status, state))) => shown(app, &signed_in.visitor, status, state),
        Err(error) => signed_in.fail(app, &error),
    };
    forget(app, response)
}

type Place = Result<String, (StatusCode, CallState)>;

async fn of_ticket(app: &App, signed_in: &SignedIn, ticket: &str) -> Result<Place, Error> {
    let account = &signed_in.session.caller.account;
    let taken = app.service.take_ticket(ticket, account, |opens| matches!(opens, TicketUse::Page { .. })).await?;
    Ok(match taken {
        Ok(ticket) => {
            let target = if let TicketUse::Page { target } = &ticket.opens { Target::from_code(target) } else { None };
            Ok(target.unwrap_or(Target::Patient).path(&app.service.ids().seal_record(IdKind::Patient, ticket.record)))
        }
        Err(TicketFault::Over) => Err((StatusCode::GONE, CallState::Over)),
        Err(TicketFault::OtherAccount) => Err((StatusCode::FORBIDDEN, CallState::OtherAccount)),
    })
}

async fn of_form(app: &App, signed_in: &SignedIn, oid: &str, ins: &str, target: &str) -> Result<Place, Error> {
    let (Some(ins), Some(target)) = (read_ins(oid, ins, app.service.config().mode), Target::from_code(target)) else {
        return Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, CallState::WrongNumber)));
    };
    // As when a professional types the number: a person without a record gives the same page as one who did not authorise.
    let key = match app.service.check_access(&PersonRef::Ins(ins.clone()), &signed_in.session.caller).await {
        Ok(Some(access)) => access.record.key,
        Ok(None) | Err(Error::Forbidden(_)) => app.service.absent_key(&ins),
        Err(error) => return Err(error),
    };
    Ok(Ok(target.path(&app.service.ids().seal_record(IdKind::Patient, key))))
}

fn shown(app: &App, visitor: &Visitor, status: StatusCode, state: CallState) -> Response {
    site::page_with(status, &CallPage { shell: visitor.shell(app, Site::Public, HOME), state, next: HOME.to_owned() })
}

/// Keeps what is asked and goes on from a page of ours, from where the browser sends the session's cookie.
fn go_on(app: &App, visitor: &Visitor, waiting: &Waiting) -> Response {
    let mut response = shown(app, visitor, StatusCode::OK, CallState::GoOn);
    response.headers_mut().insert(header::REFRESH, HeaderValue::from_static("0; url=/pro/appel"));
    keep(app, waiting).map(|value| response.headers_mut().append(header::SET_COOKIE, value));
    response
}

/// Whether a call waits for whoever just came in, and the page that leads on.
pub(super) fn waits(app: &App, visitor: &Visitor, headers: &HeaderMap) -> Option<Response> {
    kept(app, headers).map(|waiting| go_on(app, visitor, &waiting))
}

fn keep(app: &App, waiting: &Waiting) -> Option<HeaderValue> {
    let expires = app.service.now().as_seconds() + WAITING_SECONDS;
    let plain = serde_json::to_vec(waiting).ok()?;
    cookie(app, &app.service.ids().seal(IdKind::Call, &[expires.to_be_bytes().as_slice(), &plain].concat()), WAITING_SECONDS)
}

fn kept(app: &App, headers: &HeaderMap) -> Option<Waiting> {
    let plain = app.service.ids().open(IdKind::Call, site::cookie(headers, COOKIE)?)?;
    let (expires, waiting) = plain.split_first_chunk::<8>()?;
    let current = app.service.now().as_seconds() < i64::from_be_bytes(*expires);
    serde_json::from_slice(waiting).ok().filter(|_| current)
}

fn forget(app: &App, mut response: Response) -> Response {
    cookie(app, "", 0).map(|value| response.headers_mut().append(header::SET_COOKIE, value));
    response
}

fn cookie(app: &App, value: &str, seconds: i64) -> Option<HeaderValue> {
    let secure = if app.config.base_url.starts_with("https:") { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")).ok()
}

//! The end of a journey: the record is open, or refused, or it waits.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::access::Reason;
use dmp_core::account::{Identifier, IdentifierError};
use dmp_core::record::{CANCEL_OPENING_MINUTES, Channel, Regime};
use dmp_pages::{OpeningProblem, OpeningStep, Receipt, Said, Site, Stay};
use dmp_service::{Error, JOURNEY_DAYS, PersonRef, SeenJourney, Stage, Wish};
use serde::Deserialize;

use super::traveller::{Traveller, journey_of, set_word};
use super::{again, go_to, shell_of, shown};
use crate::App;
use crate::site::{self, Visitor, page};

/// The page on which the word for signing in is chosen.
pub(crate) async fn security(State(app): State<App>, traveller: Traveller) -> Response {
    if let Err(elsewhere) = traveller.reached(Stage::Security, Stage::Security) {
        return elsewhere.into_response();
    }
    let identifier = traveller.seen.journey.answered.identifier.as_ref().map(|identifier| identifier.as_str().to_owned());
    security_again(&app, &traveller, identifier.unwrap_or_default(), None).await
}

async fn security_again(app: &App, traveller: &Traveller, identifier: String, problem: Option<OpeningProblem>) -> Response {
    match traveller.desk.holder(&traveller.seen.journey).await {
        Ok(holder) => shown(traveller.shell(app), OpeningStep::Security { identifier, by_mail: holder.contact.email.is_some() }, problem),
        Err(error) => traveller.fail(app, &error),
    }
}

/// The last form.
#[derive(Debug, Deserialize)]
pub(crate) struct SecurityForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    identifier: String,
}

/// Opens the record and begins a session. Sent twice, it does so once, and both answers lead to the receipt.
pub(crate) async fn open(State(app): State<App>, traveller: Traveller, Form(form): Form<SecurityForm>) -> Response {
    if let Err(elsewhere) = traveller.check(&form.csrf, Stage::Security, Stage::Opened) {
        return elsewhere.into_response();
    }
    let problem = match Identifier::parse(&form.identifier) {
        Err(error) => problem_of(error),
        Ok(identifier) => match open_for(&app, &traveller, &identifier).await {
            Ok(session) => return opened(&app, &traveller, session),
            Err(Error::Forbidden(Reason::NoRulePermits)) => OpeningProblem::Minor,
            Err(Error::Conflict("record-exists")) => OpeningProblem::Exists,
            Err(Error::Conflict("identifier-taken")) => OpeningProblem::IdentifierTaken,
            Err(error) => return traveller.on(&app, Err(error)).await,
        },
    };
    security_again(&app, &traveller, again(&form.identifier), Some(problem)).await
}

/// To the receipt, with a session: one from before is of no use after. Without one, to where the means are asked for that the account has.
fn opened(app: &App, traveller: &Traveller, session: Option<header::HeaderValue>) -> Response {
    let Some(session) = session else { return site::done("/signin", Said::MeansKept) };
    traveller.visitor.cookie.iter().for_each(|old| app.sessions.close(old));
    let mut response = go_to(Stage::Opened);
    response.headers_mut().append(header::SET_COOKIE, session);
    response
}

/// Keeps the identifier, opens, and gives the cookie of the session. SECURITY: `None` for an account that had means of signing in already: an
/// opening proves less than they do, and leads to no record that the account acts in.
async fn open_for(app: &App, traveller: &Traveller, identifier: &Identifier) -> Result<Option<header::HeaderValue>, Error> {
    if traveller.stage == Stage::Security {
        traveller.desk.answer(&traveller.seen, Stage::Security, |answered| answered.identifier = Some(identifier.clone())).await?;
    }
    let seen: SeenJourney = traveller.desk.journey(&traveller.word).await?.ok_or(Error::Conflict("record-changed"))?;
    let opening = traveller.desk.open(&seen).await?;
    if opening.has_means {
        return Ok(None);
    }
    app.service.signed_in(&opening.caller).await?;
    let session = app.sessions.begin(opening.caller, Some(opening.ins), Stay::default(), app.service.now());
    let cookie = session.and_then(|cookie| site::session_cookie(app, &cookie));
    cookie.map(Some).ok_or_else(|| Error::Fault("no session could be begun".to_owned()))
}

fn problem_of(error: IdentifierError) -> OpeningProblem {
    match error {
        IdentifierError::Length => OpeningProblem::IdentifierLength,
        IdentifierError::Characters => OpeningProblem::IdentifierCharacters,
        IdentifierError::Number => OpeningProblem::IdentifierNumber,
    }
}

/// The receipt, for who is signed in and for who has just sent the last form. Without a session the browser may be anybody's.
pub(crate) async fn receipt(State(app): State<App>, traveller: Traveller) -> Response {
    let journey = &traveller.seen.journey;
    let Some((number, at)) = journey.opened() else { return go_to(traveller.stage) };
    let Some(session) = &traveller.visitor.session else { return Redirect::to("/signin").into_response() };
    let may_undo = match &session.person {
        Some(ins) => app.service.may_cancel_opening(&PersonRef::Ins(ins.clone()), &session.caller).await.unwrap_or(false),
        None => false,
    };
    page(&Receipt {
        shell: traveller.visitor.shell(&app, Site::Person, "/opening/receipt"),
        person: session.caller.shown_name(),
        number: number.to_owned(),
        at,
        channel: Channel::Online,
        by: None,
        structure: None,
        emergency: journey.answered.emergency,
        shows_ways_back: true,
        undo_until: may_undo.then(|| at.plus_seconds(60 * CANCEL_OPENING_MINUTES)),
    })
}

/// What a refusal means; with a proved code, the question; afterwards, that it is kept.
pub(crate) async fn refusal(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Response {
    let journey = match journey_of(&app, &headers).await {
        Ok(found) => found.map(|(_, seen)| seen.journey),
        Err(error) => return site::fail(&app, &visitor, Site::Public, "/", &error),
    };
    let stage = journey.as_ref().map(|journey| journey.stage(app.service.now()));
    let shell = shell_of(&app, &visitor, &journey.map(|journey| journey.csrf).unwrap_or_default(), "/opening/refuse");
    let step = match stage {
        Some(Stage::Refused) => OpeningStep::Refused,
        Some(Stage::Refusal | Stage::NotNow | Stage::Card | Stage::Consent | Stage::Contact | Stage::Security) => question(&app, true),
        Some(Stage::Code | Stage::Opened) | None => question(&app, false),
    };
    shown(shell, step, None)
}

fn question(app: &App, may_confirm: bool) -> OpeningStep {
    OpeningStep::Refusal { may_confirm, opens_by_itself: app.service.config().regime == Regime::B }
}

/// A form with nothing but its token.
#[derive(Debug, Deserialize)]
pub(crate) struct TokenForm {
    #[serde(default)]
    csrf: String,
}

/// Keeps the refusal.
pub(crate) async fn refuse(State(app): State<App>, traveller: Traveller, Form(form): Form<TokenForm>) -> Response {
    if let Err(elsewhere) = traveller.check(&form.csrf, Stage::Refusal, Stage::Refused) {
        return elsewhere.into_response();
    }
    if traveller.stage == Stage::Opened {
        return go_to(Stage::Opened);
    }
    match refuse_for(&traveller).await {
        Err(Error::Forbidden(Reason::NoRulePermits)) => shown(traveller.shell(&app), question(&app, true), Some(OpeningProblem::Minor)),
        Err(Error::Conflict("record-exists")) => shown(traveller.shell(&app), question(&app, true), Some(OpeningProblem::Exists)),
        done => traveller.on(&app, done).await,
    }
}

async fn refuse_for(traveller: &Traveller) -> Result<(), Error> {
    if traveller.stage != Stage::Refused {
        traveller.desk.turn(&traveller.seen, Wish::Refuse).await?;
    }
    let seen = traveller.desk.journey(&traveller.word).await?.ok_or(Error::Conflict("record-changed"))?;
    traveller.desk.refuse(&seen).await
}

/// « Pas maintenant »: what it means, then that it is kept.
pub(crate) async fn not_now(State(app): State<App>, traveller: Traveller) -> Response {
    if let Err(elsewhere) = traveller.reached(Stage::NotNow, Stage::NotNow) {
        return elsewhere.into_response();
    }
    let done = traveller.seen.journey.is_put_off();
    shown(traveller.shell(&app), OpeningStep::NotNow { done, opens_by_itself: app.service.config().regime == Regime::B }, None)
}

/// Keeps it.
pub(crate) async fn keep_not_now(State(app): State<App>, traveller: Traveller, Form(form): Form<TokenForm>) -> Response {
    if let Err(elsewhere) = traveller.check(&form.csrf, Stage::NotNow, Stage::NotNow) {
        return elsewhere.into_response();
    }
    let kept = traveller.desk.not_now(&traveller.seen).await;
    traveller.on(&app, kept).await
}

/// The person has changed their mind.
pub(crate) async fn turn(State(app): State<App>, traveller: Traveller, Form(form): Form<TokenForm>) -> Response {
    if let Err(elsewhere) = traveller.check(&form.csrf, Stage::Refusal, Stage::Refused) {
        return elsewhere.into_response();
    }
    let turned = traveller.desk.turn(&traveller.seen, Wish::Open).await;
    traveller.on(&app, turned).await
}

/// « Plus tard »: the browser keeps its word for a week, and the card is asked for again.
pub(crate) async fn put_off(State(app): State<App>, traveller: Traveller, Form(form): Form<TokenForm>) -> Response {
    if let Err(elsewhere) = traveller.check(&form.csrf, Stage::Code, Stage::Security) {
        return elsewhere.into_response();
    }
    if let Err(error) = traveller.desk.set_aside(&traveller.seen).await {
        return traveller.on(&app, Err(error)).await;
    }
    let mut response = Redirect::to("/opening/later").into_response();
    let value = set_word(&app, &traveller.word, Some(86_400 * JOURNEY_DAYS));
    value.map(|value| response.headers_mut().append(header::SET_COOKIE, value));
    response
}

/// Until when the place is kept.
pub(crate) async fn later(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Response {
    match journey_of(&app, &headers).await {
        Ok(found) => {
            let until = found.map(|(_, seen)| seen.journey.waits_until());
            shown(shell_of(&app, &visitor, "", "/opening/later"), OpeningStep::Later { until }, None)
        }
        Err(error) => site::fail(&app, &visitor, Site::Public, "/", &error),
    }
}

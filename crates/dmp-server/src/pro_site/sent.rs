//! What a professional sent, and what the software of their structure did: taken, refused and why, or waiting.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::Moment;
use dmp_pages::{Lang, ProSent, SentDays, SentReasonLine, SentRow, SentShown, SentState};
use dmp_service::{Error, SENT_DAYS, SentFate, SentLine};
use serde::Deserialize;

use super::frame::{keyed, shell};
use crate::App;
use crate::sent::owners;
use crate::site::SignedIn;

/// What is shown.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct SentQuery {
    #[serde(default)]
    days: String,
    #[serde(default)]
    show: String,
}

/// `GET /pro/deposits`.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn, Query(query): Query<SentQuery>) -> Response {
    let days = if query.days == "7" { SentDays::Week } else { SentDays::Today };
    let shown = match query.show.as_str() {
        "refused" => SentShown::Refused,
        "waiting" => SentShown::Waiting,
        _ => SentShown::All,
    };
    answer(&app, &signed_in, days, shown, None).await
}

/// The form of one reference.
#[derive(Debug, Deserialize)]
pub(crate) struct ReferenceForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    reference: String,
}

/// `POST /pro/deposits`: what came of one. What was typed stands in no address.
pub(crate) async fn find(State(app): State<App>, signed_in: SignedIn, Form(form): Form<ReferenceForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return Redirect::to("/pro/deposits").into_response();
    }
    let typed: String = form.reference.trim().chars().take(TYPED_CHARS_MAX).collect();
    if typed.is_empty() {
        return Redirect::to("/pro/deposits").into_response();
    }
    answer(&app, &signed_in, SentDays::Week, SentShown::All, Some(typed)).await
}

const TYPED_CHARS_MAX: usize = 200;
/// Lines of one page.
const LINES_MAX: usize = 200;

async fn answer(app: &App, signed_in: &SignedIn, days: SentDays, shown: SentShown, typed: Option<String>) -> Response {
    match made(app, signed_in, days, shown, typed).await {
        Ok(page) => keyed(&page),
        Err(error) => signed_in.fail(app, &error),
    }
}

async fn made(app: &App, signed_in: &SignedIn, days: SentDays, shown: SentShown, typed: Option<String>) -> Result<ProSent, Error> {
    let (caller, now) = (&signed_in.session.caller, app.service.now());
    let owners = owners(app, caller);
    let structure = caller.structure.as_ref().filter(|_| owners.len() > 1).map(|structure| structure.name.clone());
    let found = app.service.sent(&owners, if days == SentDays::Today { 1 } else { SENT_DAYS }).await?;
    let state = |line: &SentLine| match line.fate {
        SentFate::Taken => SentState::Taken,
        SentFate::Refused(_) if line.waits(now) => SentState::Waiting,
        SentFate::Refused(_) => SentState::Refused,
    };
    let count = |wanted| found.lines.iter().filter(|line| state(line) == wanted).count();
    let (taken, refused, waiting) = (count(SentState::Taken), count(SentState::Refused), count(SentState::Waiting));
    let wanted = |line: &&SentLine| match (&typed, shown) {
        (Some(reference), _) => line.is_named(reference),
        (None, SentShown::All) => true,
        (None, SentShown::Refused) => state(line) == SentState::Refused,
        (None, SentShown::Waiting) => state(line) == SentState::Waiting,
    };
    let wanted: Vec<&SentLine> = found.lines.iter().filter(wanted).collect();
    let left_out = found.left_out + wanted.len().saturating_sub(LINES_MAX) as u64;
    let lang = signed_in.visitor.lang;
    let rows = wanted.into_iter().take(LINES_MAX).map(|line| row(line, state(line), lang)).collect();
    Ok(ProSent { shell: shell(app, signed_in, "/pro/deposits"), structure, days, shown, taken, refused, waiting, rows, left_out, typed })
}

fn row(line: &SentLine, state: SentState, lang: Lang) -> SentRow {
    let reasons = match &line.fate {
        SentFate::Taken => Vec::new(),
        SentFate::Refused(reasons) => reasons.iter().map(|reason| told(&reason.code, &reason.place, lang)).collect(),
    };
    let first_at: Option<Moment> = (line.tries > 1).then_some(line.first_at);
    SentRow {
        at: line.at,
        first_at,
        tries: line.tries,
        document: line.document.clone(),
        reference: line.reference.clone(),
        by: line.by.clone(),
        state,
        reasons,
    }
}

fn told(code: &str, place: &str, lang: Lang) -> SentReasonLine {
    let words = dmp_core::catalogue::message(code).map(|line| lang.pick(line.fr, line.en).to_owned());
    SentReasonLine { code: code.to_owned(), place: place.to_owned(), words: words.unwrap_or_default() }
}

//! Reporting an error in a document, and following the request.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::access::Act;
use dmp_core::document::{AuthorKind, DocumentEntry};
use dmp_core::record::{CorrectionOutcome, CorrectionRequest, Record};
use dmp_core::{EntryId, RecordKey};
use dmp_pages::{CorrectionForm, CorrectionLine, CorrectionProblem, CorrectionWay, CorrectionsPage, Said};
use dmp_service::{Error, IdKind, KnownCorrection, NewCorrection};
use serde::Deserialize;

use super::{BareForm, home, opened};
use crate::App;
use crate::site::{SignedIn, done, page, page_with};

/// How a document gets corrected by this visitor, when it may be.
pub(super) fn way(app: &App, signed_in: &SignedIn, record: &Record, entry: &DocumentEntry, id: &str) -> Option<CorrectionWay> {
    let may = |act| app.service.would_permit(act, record, Some(entry), &signed_in.session.caller);
    if may(Act::RequestCorrection) {
        return Some(CorrectionWay::Ask(format!("/documents/{id}/correction")));
    }
    let own = entry.is_patient_authored() && entry.status.is_latest() && may(Act::Replace);
    own.then(|| CorrectionWay::Own(format!("/added/{id}/correct")))
}

/// Whether nobody with an account wrote a document: the insurer, or the software of a structure.
pub(crate) fn is_nobodys(entry: &DocumentEntry) -> bool {
    let named = entry.authors.iter().any(|author| author.kind == AuthorKind::Professional && author.id.is_some());
    !named && !entry.deposited_by.starts_with("ps:")
}

/// The record and the document, when this visitor may report an error in it.
async fn reported(app: &App, signed_in: &SignedIn, id: &str) -> Result<(std::sync::Arc<Record>, DocumentEntry), Error> {
    let (_, wanted) = opened(app, id)?;
    let found = app.service.search(&signed_in.person()?, &signed_in.session.caller, |entry| entry.id == wanted).await?;
    let entry = found.entries().next().cloned().ok_or(Error::NotFound("document-not-found"))?;
    Ok((found.record, entry))
}

/// The form.
pub(crate) async fn form(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>) -> Response {
    let (record, entry) = match reported(&app, &signed_in, &id).await {
        Ok(found) => found,
        Err(error) => return signed_in.fail(&app, &error),
    };
    if let Some(CorrectionWay::Own(path)) = way(&app, &signed_in, &record, &entry, &id) {
        return Redirect::to(&path).into_response();
    }
    page(&made(&app, &signed_in, &record, &entry, NewCorrection::default(), None))
}

fn made(
    app: &App,
    signed_in: &SignedIn,
    record: &Record,
    entry: &DocumentEntry,
    typed: NewCorrection,
    problem: Option<CorrectionProblem>,
) -> CorrectionForm {
    let document = home::line(app, signed_in, record, entry);
    CorrectionForm {
        shell: signed_in.visitor.acting_shell(app, &format!("/documents/{}/correction", document.id), record),
        document,
        quote: typed.quote,
        wrong: typed.wrong,
        right: typed.right,
        problem,
        nobody: is_nobodys(entry),
    }
}

/// What was typed.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    quote: String,
    #[serde(default)]
    wrong: String,
    #[serde(default)]
    right: String,
}

/// Sends the request.
pub(crate) async fn send(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(typed): Form<Typed>) -> Response {
    if !signed_in.owns(&typed.csrf) {
        return done("/corrections", Said::FormExpired);
    }
    let words = |text: &str| text.chars().filter(|sign| !sign.is_control() || *sign == '\n').collect::<String>().trim().to_owned();
    let new = NewCorrection { quote: words(&typed.quote), wrong: words(&typed.wrong), right: words(&typed.right) };
    let sent = match opened(&app, &id) {
        Ok((key, entry)) => app.service.request_correction(key, entry, &new, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    match sent {
        Ok(_) => done("/corrections", Said::CorrectionSent),
        Err(Error::Invalid(_)) => again(&app, &signed_in, &id, new).await,
        Err(Error::Conflict("record-changed")) => done("/corrections", Said::TryAgain),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn again(app: &App, signed_in: &SignedIn, id: &str, new: NewCorrection) -> Response {
    let problem = if new.wrong.is_empty() { CorrectionProblem::Missing } else { CorrectionProblem::TooLong };
    match reported(app, signed_in, id).await {
        Ok((record, entry)) => page_with(StatusCode::UNPROCESSABLE_ENTITY, &made(app, signed_in, &record, &entry, new, Some(problem))),
        Err(error) => signed_in.fail(app, &error),
    }
}

/// The requests of the record.
pub(crate) async fn list(State(app): State<App>, signed_in: SignedIn) -> Response {
    let known = match signed_in.person() {
        Ok(person) => app.service.corrections(&person, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    let (record, known) = match known {
        Ok(known) => known,
        Err(error) => return signed_in.fail(&app, &error),
    };
    page(&CorrectionsPage {
        shell: signed_in.visitor.acting_shell(&app, "/corrections", &record),
        lines: known.iter().map(|one| line(&app, &signed_in, one)).collect(),
    })
}

fn line(app: &App, signed_in: &SignedIn, known: &KnownCorrection) -> CorrectionLine {
    let KnownCorrection { record, request, document } = known;
    let caller = &signed_in.session.caller;
    let newer = match &request.outcome {
        CorrectionOutcome::Replaced { with, .. } => {
            record.entry(*with).filter(|entry| app.service.would_permit(Act::List, record, Some(entry), caller))
        }
        CorrectionOutcome::Waits | CorrectionOutcome::Refused { .. } | CorrectionOutcome::Withdrawn { .. } => None,
    };
    CorrectionLine {
        newer: newer.map(|entry| format!("/documents/{}", app.service.ids().seal_entry(IdKind::Document, record.key, entry.id))),
        may_withdraw: request.waits() && app.service.would_permit(Act::WithdrawCorrection, record, Some(document), caller),
        nobody: is_nobodys(document),
        ..CorrectionLine::of(request, sealed(app, record.key, request), home::line(app, signed_in, record, document), app.service.now())
    }
}

/// The id of a request as it stands in addresses.
pub(crate) fn sealed(app: &App, key: RecordKey, request: &CorrectionRequest) -> String {
    app.service.ids().seal_entry(IdKind::Correction, key, request.id)
}

/// The record and request that an id in an address names.
pub(crate) fn opened_request(app: &App, id: &str) -> Result<(RecordKey, EntryId), Error> {
    app.service.ids().open_entry(IdKind::Correction, id).ok_or(Error::NotFound("correction-not-found"))
}

/// Takes a request back.
pub(crate) async fn withdraw(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(form): Form<BareForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/corrections", Said::FormExpired);
    }
    let withdrawn = match opened_request(&app, &id) {
        Ok((key, request)) => app.service.withdraw_correction(key, request, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    match withdrawn {
        Ok(()) => done("/corrections", Said::CorrectionWithdrawn),
        Err(Error::Conflict("record-changed")) => done("/corrections", Said::TryAgain),
        Err(error) => signed_in.fail(&app, &error),
    }
}

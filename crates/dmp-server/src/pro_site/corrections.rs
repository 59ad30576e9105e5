//! A request to correct a document, for its author: a corrected version, or why not.

use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::document::{Code, system};
use dmp_core::ids::urn_uuid;
use dmp_core::record::CorrectionRequest;
use dmp_pages::{CorrectionLine, DocumentLine, ProCorrection, Said, Site, WaitingCorrection};
use dmp_service::{Error, IdKind, KnownCorrection, NewDocument, NewSet, ReplaceTarget, Submission, WaitingRequest};
use serde::Deserialize;

use super::person;
use crate::App;
use crate::clinical;
use crate::patient_site::{Intake, Taken, opened_request, sealed, take};
use crate::site::{SignedIn, done, page, page_with};

/// Requests that wait for this professional.
pub(super) async fn waiting(app: &App, signed_in: &SignedIn) -> Result<Vec<WaitingCorrection>, Error> {
    let now = app.service.now();
    let line = |WaitingRequest { known, may_list }: &WaitingRequest| WaitingCorrection {
        id: sealed(app, known.record.key, &known.request),
        person: may_list.then(|| clinical::person(&known.record)),
        title: known.document.title.clone(),
        due_at: known.request.due_at(),
        overdue: known.request.due_at() <= now,
    };
    Ok(app.service.corrections_waiting_for(&signed_in.session.caller).await?.iter().map(line).collect())
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Default)]
struct Wrong {
    reason: Option<String>,
    file: bool,
}

/// The request.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>) -> Response {
    match seen(&app, &signed_in, &id).await {
        Ok(known) => page(&made(&app, &signed_in, &id, &known, Wrong::default())),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn seen(app: &App, signed_in: &SignedIn, id: &str) -> Result<KnownCorrection, Error> {
    let (key, request) = opened_request(app, id)?;
    app.service.see_correction(key, request, &signed_in.session.caller).await
}

fn made(app: &App, signed_in: &SignedIn, id: &str, known: &KnownCorrection, wrong: Wrong) -> ProCorrection {
    let document = DocumentLine::of(&known.document, app.service.ids().seal_entry(IdKind::Document, known.record.key, known.document.id));
    ProCorrection {
        shell: signed_in.visitor.shell(app, Site::Professional, &format!("/pro/corrections/{id}")),
        person: clinical::person(&known.record),
        line: CorrectionLine::of(&known.request, id.to_owned(), document, app.service.now()),
        reason_wrong: wrong.reason.is_some(),
        reason: wrong.reason.unwrap_or_default(),
        file_wrong: wrong.file,
    }
}

async fn again(app: &App, signed_in: &SignedIn, id: &str, status: StatusCode, wrong: Wrong) -> Response {
    match seen(app, signed_in, id).await {
        Ok(known) => page_with(status, &made(app, signed_in, id, &known, wrong)),
        Err(error) => signed_in.fail(app, &error),
    }
}

/// A refusal.
#[derive(Debug, Deserialize)]
pub(crate) struct Refusal {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    reason: String,
}

/// Refuses, with the reason.
pub(crate) async fn refuse(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(form): Form<Refusal>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/pro", Said::FormExpired);
    }
    let refused = match opened_request(&app, &id) {
        Ok((key, request)) => app.service.refuse_correction(key, request, &form.reason, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    match refused {
        Ok(()) => done("/pro", Said::CorrectionRefused),
        Err(Error::Invalid(_)) => {
            let reason: String = form.reason.chars().take(CorrectionRequest::WORDS_MAX * 2).collect();
            again(&app, &signed_in, &id, StatusCode::UNPROCESSABLE_ENTITY, Wrong { reason: Some(reason), file: false }).await
        }
        Err(Error::Conflict("record-changed")) => done("/pro", Said::TryAgain),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// Publishes a corrected version, which closes the request.
pub(crate) async fn replace(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, sent: Multipart) -> Response {
    let file = match take(&app, &signed_in, sent).await {
        Intake::Whole { file, .. } => file,
        Intake::Foreign => return done("/pro", Said::FormExpired),
    };
    let taken = match file {
        Some((_, Ok(bytes))) => Taken::of(&app, bytes).await,
        Some((_, Err(flaw))) => Ok(Err(flaw)),
        None => Ok(Err(dmp_core::statement::FileFlaw::Empty)),
    };
    let taken = match taken {
        Ok(Ok(taken)) if taken.mime_type == "application/pdf" => taken,
        Ok(_) => return again(&app, &signed_in, &id, StatusCode::UNPROCESSABLE_ENTITY, Wrong { reason: None, file: true }).await,
        Err(error) => return signed_in.fail(&app, &error),
    };
    match publish(&app, &signed_in, &id, taken).await {
        Ok(()) => done("/pro", Said::CorrectionAccepted),
        Err(Error::Conflict("record-changed" | "replace-target-not-current")) => done("/pro", Said::TryAgain),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn publish(app: &App, signed_in: &SignedIn, id: &str, taken: Taken) -> Result<(), Error> {
    let KnownCorrection { record, document: old, request } = seen(app, signed_in, id).await?;
    if !request.waits() {
        return Err(Error::Conflict("correction-answered"));
    }
    let now = app.service.now();
    let document = NewDocument {
        // Sent twice it is one: a request has one answer.
        unique_id: urn_uuid(request.id.0),
        visibility: old.visibility,
        type_code: old.type_code.clone(),
        title: old.title.clone(),
        mime_type: taken.mime_type.to_owned(),
        language: old.language.clone(),
        format: Code::new("urn:ihe:iti:xds-sd:pdf:2008", system::IHE_FORMAT, "PDF"),
        facility_type: old.facility_type.clone(),
        practice_setting: old.practice_setting.clone(),
        event_codes: old.event_codes.clone(),
        comments: None,
        created_at: now,
        service_start: old.service_start,
        service_stop: old.service_stop,
        authors: Vec::new(),
        legal_authenticator: None,
        source_patient: old.source_patient.clone(),
        references: old.references.clone(),
        replaces: Some(ReplaceTarget::Entry(old.id)),
        bytes: taken.bytes,
    };
    let submission = Submission { set: NewSet::default(), documents: vec![document], folders: Vec::new() };
    app.service.publish(&person(record.key), &submission, &signed_in.session.caller).await.map(drop)
}

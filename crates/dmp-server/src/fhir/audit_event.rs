//! The person's journal as AuditEvents (BALP), newest first.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::Issue;
use dmp_core::record::Record;
use dmp_interop::fhir::audit_event::{AuditContext, render_audit_event};
use dmp_interop::fhir::bundle_search::{Match, SearchPage, render_searchset};
use dmp_interop::fhir::document_reference::PatientReference;
use dmp_service::{Error, IdKind, KeptLeaf, PersonRef};

use super::search::{join, pairs};
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;

/// Events on a page when nothing is asked, and at most.
const COUNT_DEFAULT: u32 = 50;
const COUNT_MAX: u32 = 200;

/// `GET /fhir/AuditEvent?patient=…`.
pub(crate) async fn by_get(State(app): State<App>, asking: Asking, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    run(&app, &asking, query.as_deref().unwrap_or_default()).await
}

/// `POST /fhir/AuditEvent/_search`.
pub(crate) async fn by_post(State(app): State<App>, asking: Asking, RawQuery(query): RawQuery, body: String) -> Result<Response, Refusal> {
    run(&app, &asking, &join(query.as_deref(), &body)).await
}

async fn run(app: &App, asking: &Asking, query: &str) -> Result<Response, Refusal> {
    asking.may("AuditEvent", 's')?;
    let json = search(app, asking, query).await.map_err(|error| asking.refusal(error))?;
    Ok(asking.wish.resource(StatusCode::OK, json))
}

async fn search(app: &App, asking: &Asking, query: &str) -> Result<Vec<u8>, Error> {
    let pairs = pairs(query);
    let known = ["patient", "patient.identifier", "_count", "_page", "_format"];
    if let Some((name, _)) = pairs.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        return Err(Error::invalid(Issue::error("search-parameter-unknown").at(name.as_str())));
    }
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let person: PersonRef = match (value("patient.identifier"), value("patient")) {
        (Some(token), _) => super::subject::person_of_token(token, "patient.identifier", app.service.config().mode)?,
        (None, Some(id)) => super::subject::person_of_id(app, id)?,
        (None, None) => return Err(Error::invalid(Issue::error("search-parameter-missing").at("patient.identifier"))),
    };
    let count = value("_count").and_then(|text| text.parse().ok()).unwrap_or(COUNT_DEFAULT).clamp(1, COUNT_MAX);
    let before = value("_page").map(|token| page_of(app, &asking.caller.account, token)).transpose()?;
    let page = app.service.journal(&person, &asking.caller, before, count).await?;
    let base = format!("{}/AuditEvent", app.config.fhir_base());
    let patient = app.service.ids().seal_record(IdKind::Patient, page.record.key);
    let found: Vec<(String, Vec<u8>)> = page.leaves.iter().map(|kept| event(app, &page.record, &patient, kept)).collect();
    let next = page.older.map(|older| format!("{base}?patient={patient}&_count={count}&_page={}", page_token(app, &asking.caller.account, older)));
    let frame = SearchPage { total: found.len() as u64, self_url: &base, first_url: None, next_url: next.as_deref(), outcome: None };
    Ok(render_searchset(&frame, found.iter().map(|(full_url, resource)| Match { full_url, resource })))
}

/// Where an older page of the journal begins, sealed for one reader: the sequence itself would tell by its gaps how much this
/// reader may not see.
pub(crate) fn page_token(app: &App, account: &str, before: u64) -> String {
    app.service.ids().seal(IdKind::PagingToken, format!("journal\n{account}\n{before:020}").as_bytes())
}

/// Reads what [`page_token`] made.
///
/// # Errors
/// [`Error::NotFound`] `page-not-found` for a token of another reader, or made up.
pub(crate) fn page_of(app: &App, account: &str, token: &str) -> Result<u64, Error> {
    let plain = app.service.ids().open(IdKind::PagingToken, token).and_then(|plain| String::from_utf8(plain).ok());
    let before = plain.as_deref().and_then(|text| text.strip_prefix("journal\n")?.strip_prefix(account)?.strip_prefix('\n')?.parse().ok());
    before.ok_or(Error::NotFound("page-not-found"))
}

/// An event with its address. Its id is the hash of the leaf in its chain: the same leaf, the same id.
fn event(app: &App, record: &Record, patient: &str, kept: &KeptLeaf) -> (String, Vec<u8>) {
    let id: String = kept.hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let reference = format!("Patient/{patient}");
    let sealed = kept.leaf.object.as_ref().map(|object| app.service.ids().seal_entry(IdKind::Document, record.key, object.entry));
    let object = sealed.map(|sealed| format!("DocumentReference/{sealed}"));
    let json = render_audit_event(
        &kept.leaf,
        &AuditContext {
            id: &id,
            patient: PatientReference { oid: record.head.ins.authority().oid(), matricule: record.head.ins.matricule(), reference: Some(&reference) },
            server_url: &app.config.fhir_base(),
            object: object.as_deref(),
        },
    );
    (format!("{}/AuditEvent/{id}", app.config.fhir_base()), json)
}

//! The FHIR door: PDSm and PDSm4DMP on FHIR 4.0.1 (IHE MHD ITI-65, 66, 67, 68, 105, 106) and the record's own operations.

mod audit_event;
mod binary;
mod body;
mod consent;
mod encounter;
mod generate;
mod law_operations;
mod list;
mod metadata;
mod operation_table;
mod operations;
mod parameters;
mod patch;
mod patient;
mod prepare;
mod provide;
mod publish;
mod render;
mod search;
mod subject;
mod summary;

pub(crate) use audit_event::{page_of, page_token};
pub(crate) use metadata::{Metadata, smart_configuration};
pub use prepare::{IncomingDocument, prepare_document, traits_of_document};
pub(crate) use render::RenderCache;
pub(crate) use search::pairs;
pub(crate) use summary::{SENT, ips_bundle};

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, patch as patching, post, put};
use dmp_core::Issue;
use dmp_interop::fhir::outcome;
use dmp_service::Error;

use crate::App;
use crate::answer::{Language, Wish};

/// Routes under `/fhir`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/fhir", post(provide::provide))
        .route("/fhir/", post(provide::provide))
        .route("/fhir/metadata", get(metadata::read))
        .route("/fhir/OperationDefinition/{id}", get(metadata::operation))
        .route("/fhir/Patient", get(patient::by_get))
        .route("/fhir/Patient/_search", post(patient::by_post))
        .route("/fhir/Patient/{id}", get(patient::by_id).post(operations::on_type))
        .route("/fhir/Patient/{id}/{operation}", get(summary::on_instance_by_get).post(operations::on_instance))
        .route("/fhir/Consent", post(consent::create))
        .route("/fhir/Encounter", post(encounter::create))
        .route("/fhir/Encounter/{id}", put(encounter::update))
        .route("/fhir/Encounter/{id}/{operation}", post(encounter::operation))
        .route("/fhir/DocumentReference", get(search::by_get).post(publish::simplified).merge(patching(patch::conditional)))
        .route("/fhir/DocumentReference/_search", post(search::by_post))
        .route("/fhir/DocumentReference/$generate-metadata", post(publish::generate_metadata))
        .route("/fhir/DocumentReference/{id}", get(search::by_id).merge(patching(patch::by_id)))
        .route("/fhir/Binary/{id}", get(binary::read))
        .route("/fhir/List", get(list::by_get))
        .route("/fhir/List/_search", post(list::by_post))
        .route("/fhir/List/{id}", get(list::by_id))
        .route("/fhir/AuditEvent", get(audit_event::by_get))
        .route("/fhir/AuditEvent/_search", post(audit_event::by_post))
        .route("/fhir/{*rest}", any(not_served))
        .layer(DefaultBodyLimit::max(body::BODY_BYTES_MAX))
}

/// What this door does not serve, said as every other refusal is.
async fn not_served(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Response {
    Wish::of(&headers, uri.query(), &app).refusal(Error::NotFound("not-served")).into_response()
}

/// An OperationOutcome in the language wished.
pub(crate) fn outcome(issues: &[Issue], wish: Wish, incident: Option<&str>) -> Vec<u8> {
    let language = match wish.language {
        Language::French => outcome::Language::French,
        Language::English => outcome::Language::English,
    };
    let values = if wish.show_values { outcome::Values::Shown } else { outcome::Values::Hidden };
    match incident {
        None => outcome::render_outcome(issues, language, values),
        Some(number) => {
            let numbered: Vec<Issue> = issues.iter().cloned().map(|issue| issue.expected(format!("incident {number}"))).collect();
            outcome::render_outcome(&numbered, language, outcome::Values::Shown)
        }
    }
}

/// A resource as XML. `None` when it is not one that the table of elements knows.
pub(crate) fn to_xml(json: &[u8]) -> Option<Vec<u8>> {
    let value: serde_json::Value = serde_json::from_slice(json).ok()?;
    dmp_interop::fhir::xml::to_xml(&value).ok()
}

/// A resource received as XML.
pub(crate) fn from_xml(body: &[u8]) -> Result<serde_json::Value, Error> {
    dmp_interop::fhir::xml::to_json(body).map_err(Error::invalid)
}

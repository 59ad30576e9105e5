//! Request bodies: bounded, JSON or XML by media type, of the expected resource type.

use axum::http::{HeaderMap, header};
use dmp_core::Issue;
use dmp_interop::fhir::json;
use dmp_service::Error;
use serde_json::Value;

use crate::App;

/// A lot is bounded: base64 of about twenty of the largest documents.
pub(crate) const BODY_BYTES_MAX: usize = 150_000_000;

/// The media type of a request, without its parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> &str {
    let full = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("application/fhir+json");
    full.split(';').next().unwrap_or_default().trim()
}

/// Reads a resource of one type.
pub(crate) fn resource(_app: &App, headers: &HeaderMap, body: &[u8], wanted: &str) -> Result<Value, Error> {
    let limits = json::Limits { bytes_max: BODY_BYTES_MAX, ..json::Limits::default() };
    let value = match media_type(headers) {
        "application/fhir+json" | "application/json" | "text/json" => json::parse(body, limits).map_err(Error::invalid)?,
        "application/fhir+xml" | "application/xml" | "text/xml" => super::from_xml(body)?,
        other => {
            return Err(Error::invalid(
                Issue::error("media-type-unsupported").received(other).expected("application/fhir+json, application/fhir+xml"),
            ));
        }
    };
    let found = value.get("resourceType").and_then(Value::as_str).unwrap_or_default();
    if found == wanted {
        Ok(value)
    } else {
        Err(Error::invalid(Issue::error("resource-type-unexpected").at("resourceType").received(found).expected(wanted)))
    }
}

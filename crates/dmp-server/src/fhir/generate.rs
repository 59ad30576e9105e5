//! ITI-106 `$generate-metadata`: the metadata that a document would get, without storing anything.

use base64::Engine;
use dmp_core::access::Caller;
use dmp_core::document::{AvailabilityStatus, ContentRef, DocumentEntry};
use dmp_core::ids::BlobAddress;
use dmp_core::{EntryId, Issue};
use dmp_interop::fhir::document_reference::{PatientReference, RenderContext, render};
use dmp_service::Error;
use serde_json::Value;

use super::prepare::{IncomingDocument, sha1};
use crate::App;

/// The document inside the `Parameters`: a Binary resource, or base64 of the document.
pub(crate) fn document_of(parameters: &Value) -> Result<Vec<u8>, Error> {
    let missing = || Error::invalid(Issue::error("content-missing").at("Parameters.parameter"));
    let list = parameters.get("parameter").and_then(Value::as_array).ok_or_else(missing)?;
    let data = list.iter().find_map(|one| one.pointer("/resource/data").or_else(|| one.get("valueBase64Binary")).and_then(Value::as_str));
    let data: String = data.ok_or_else(missing)?.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(data)
        .map_err(|_| Error::invalid(Issue::error("element-value").at("Parameters.parameter.resource.data").expected("base64")))?;
    // Only a structured document says who and what it is about; a text or an image would only be a CDA that is not well formed.
    let media_type = list.iter().find_map(|one| one.pointer("/resource/contentType")).and_then(Value::as_str);
    match media_type {
        Some(other) if !matches!(other.split(';').next().unwrap_or_default().trim(), "text/xml" | "application/xml") => {
            Err(Error::invalid(Issue::error("mime-unsupported").at("Parameters.parameter.resource.contentType").received(other).expected("text/xml")))
        }
        Some(_) | None => Ok(bytes),
    }
}

/// `Parameters` with the document reference.
pub(crate) fn metadata(app: &App, incoming: IncomingDocument, caller: &Caller) -> Vec<u8> {
    let now = app.service.now();
    let new = incoming.document;
    let nothing = EntryId([0; 16]);
    let entry = DocumentEntry {
        id: nothing,
        version: 1,
        content: ContentRef { address: BlobAddress([0; 16]), home: None, size: new.bytes.len() as u64, sha1: sha1(&new.bytes), sha256: [0; 32] },
        unique_id: new.unique_id,
        status: AvailabilityStatus::deposited(),
        visibility: new.visibility,
        announced_at: None,
        type_code: new.type_code,
        title: new.title,
        mime_type: new.mime_type,
        language: new.language,
        format: new.format,
        facility_type: new.facility_type,
        practice_setting: new.practice_setting,
        event_codes: new.event_codes,
        comments: new.comments,
        created_at: new.created_at,
        service_start: new.service_start,
        service_stop: new.service_stop,
        submitted_at: now,
        updated_at: now,
        authors: new.authors,
        legal_authenticator: new.legal_authenticator,
        custodian: caller.structure.clone(),
        source_patient: new.source_patient,
        references: new.references,
        replaces: None,
        deposited_by: caller.account.clone(),
    };
    let patient = PatientReference { oid: incoming.ins.authority().oid(), matricule: incoming.ins.matricule(), reference: None };
    let context = RenderContext { document_id: "generated", binary_url: "", patient, set_ids: &[], replaces: None };
    let reference: Value = serde_json::from_slice(&render(&entry, &context)).unwrap_or(Value::Null);
    serde_json::json!({ "resourceType": "Parameters", "parameter": [{ "name": "documentReference", "resource": reference }] })
        .to_string()
        .into_bytes()
}

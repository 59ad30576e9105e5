//! The capability statement, true to what is served and rendered once; OperationDefinitions; SMART configuration.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Value, json};

use super::operation_table::{ENCOUNTER_OPERATIONS, ON_TYPE_ALONE, OPERATIONS, Operation, READING_OPERATIONS};
use crate::state::AppConfig;
use crate::{App, answer::Wish};

/// The capability statement in both forms.
#[derive(Debug)]
pub(crate) struct Metadata {
    json: Bytes,
    xml: Option<Bytes>,
}

impl Metadata {
    /// Renders it from the table below.
    pub fn render(config: &AppConfig) -> Self {
        let json: Bytes = statement(config).to_string().into_bytes().into();
        let xml = super::to_xml(&json).map(Bytes::from);
        Metadata { json, xml }
    }
}

/// `GET /fhir/metadata`.
pub(crate) async fn read(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Response {
    let wish = Wish::of(&headers, uri.query(), &app);
    match (&app.metadata.xml, wish.form) {
        (Some(xml), crate::answer::Form::Xml) => (StatusCode::OK, [(header::CONTENT_TYPE, "application/fhir+xml")], xml.clone()).into_response(),
        (_, _) => (StatusCode::OK, [(header::CONTENT_TYPE, "application/fhir+json")], app.metadata.json.clone()).into_response(),
    }
}

/// Parameters of a search, by resource: what is not here is a 400 that names it.
const DOCUMENT_PARAMETERS: [(&str, &str); 26] = [
    ("patient", "reference"),
    ("patient.identifier", "token"),
    ("status", "token"),
    ("type", "token"),
    ("category", "token"),
    ("setting", "token"),
    ("facility", "token"),
    ("format", "token"),
    ("event", "token"),
    ("security-label", "token"),
    ("identifier", "token"),
    ("creation", "date"),
    ("date", "date"),
    ("period", "date"),
    ("period-start", "date"),
    ("period-end", "date"),
    ("isArchived", "token"),
    ("relatesto", "reference"),
    ("related", "reference"),
    ("author", "reference"),
    ("author.given", "string"),
    ("author.family", "string"),
    ("author.identifier", "token"),
    ("_id", "token"),
    ("_lastUpdated", "date"),
    ("_count", "number"),
];

const LIST_PARAMETERS: [(&str, &str); 14] = [
    ("code", "token"),
    ("patient", "reference"),
    ("patient.identifier", "token"),
    ("status", "token"),
    ("date", "date"),
    ("designationType", "token"),
    ("sourceId", "token"),
    ("identifier", "token"),
    ("title", "string"),
    ("isArchived", "token"),
    ("source", "reference"),
    ("authorOrg", "string"),
    ("_lastUpdated", "date"),
    ("_count", "number"),
];

fn parameters(table: &[(&str, &str)]) -> Value {
    table.iter().map(|(name, kind)| json!({ "name": name, "type": kind })).collect()
}

fn interactions(codes: &[&str]) -> Value {
    codes.iter().map(|code| json!({ "code": code })).collect()
}

fn statement(config: &AppConfig) -> Value {
    let base = config.fhir_base();
    let listed = |table: &[Operation]| -> Vec<Value> {
        table
            .iter()
            .map(|operation| json!({ "name": operation.name, "definition": format!("{base}/OperationDefinition/{}", operation.name) }))
            .collect()
    };
    let summary = json!({ "name": "summary", "definition": "http://hl7.org/fhir/uv/ips/OperationDefinition/summary" });
    let operations: Vec<Value> = [listed(&OPERATIONS), listed(&READING_OPERATIONS), vec![summary]].concat();
    let episodes = listed(&ENCOUNTER_OPERATIONS);
    json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": "2026-11-22",
        "kind": "instance",
        "software": { "name": "dmp", "version": config.version },
        "implementation": { "description": "Dossier médical partagé", "url": base },
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "application/fhir+xml"],
        "patchFormat": ["application/json-patch+json", "application/fhir+json", "application/xml-patch+xml"],
        "rest": [{
            "mode": "server",
            "documentation": "PDSm 3.1 and the PDSm4DMP draft; documents of at most 5 000 000 bytes.",
            "security": { "service": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/restful-security-service", "code": "SMART-on-FHIR" }] }] },
            "resource": [
                { "type": "Patient", "interaction": interactions(&["read", "search-type"]), "searchParam": parameters(&[("identifier", "token"), ("_id", "token")]), "operation": operations },
                { "type": "DocumentReference", "profile": dmp_interop::fhir::urls::PROFILE_DOCUMENT_REFERENCE,
                  "interaction": interactions(&["read", "create", "patch", "search-type"]), "versioning": "versioned", "conditionalUpdate": false,
                  "searchParam": parameters(&DOCUMENT_PARAMETERS),
                  "operation": [{ "name": "generate-metadata", "definition": "https://profiles.ihe.net/ITI/MHD/OperationDefinition/generate-metadata" }] },
                { "type": "List", "interaction": interactions(&["read", "search-type"]), "searchParam": parameters(&LIST_PARAMETERS) },
                { "type": "Binary", "interaction": interactions(&["read"]) },
                { "type": "Consent", "interaction": interactions(&["create"]) },
                { "type": "Encounter", "interaction": interactions(&["create", "update"]), "operation": episodes },
                { "type": "AuditEvent", "interaction": interactions(&["search-type"]), "searchParam": parameters(&[("patient", "reference"), ("patient.identifier", "token"), ("_count", "number")]) },
            ],
            "interaction": interactions(&["transaction"]),
        }],
    })
}

/// `GET /fhir/OperationDefinition/{id}`.
pub(crate) async fn operation(State(app): State<App>, Path(id): Path<String>, headers: HeaderMap, uri: Uri) -> Response {
    let wish = Wish::of(&headers, uri.query(), &app);
    let of = |table: &'static [Operation]| table.iter().find(|operation| operation.name == id);
    let on_patient = of(&OPERATIONS).or_else(|| of(&READING_OPERATIONS));
    let found = on_patient.map(|operation| ("Patient", operation)).or_else(|| of(&ENCOUNTER_OPERATIONS).map(|operation| ("Encounter", operation)));
    match found {
        Some((resource, operation)) => wish.resource(StatusCode::OK, definition(&app.config, operation, resource).to_string().into_bytes()),
        None => wish.refusal(dmp_service::Error::NotFound("operation-not-found")).into_response(),
    }
}

fn definition(config: &AppConfig, operation: &Operation, resource: &str) -> Value {
    let parameters: Vec<Value> = operation
        .parameters
        .iter()
        .map(|(name, kind, min, words)| json!({ "name": name, "use": "in", "min": min, "max": "1", "type": kind, "documentation": words }))
        .collect();
    json!({
        "resourceType": "OperationDefinition",
        "id": operation.name,
        "url": format!("{}/OperationDefinition/{}", config.fhir_base(), operation.name),
        "name": operation.name.replace('-', "_"),
        "status": "active",
        "kind": "operation",
        "affectsState": !READING_OPERATIONS.iter().any(|reading| reading.name == operation.name),
        "description": operation.words,
        "code": operation.name,
        "resource": [resource],
        "system": false,
        "type": resource == "Patient",
        "instance": !ON_TYPE_ALONE.contains(&operation.name),
        "parameter": parameters,
    })
}

/// `GET /.well-known/smart-configuration`.
pub(crate) async fn smart_configuration(State(app): State<App>) -> Json<Value> {
    Json(json!({
        "issuer": app.config.base_url,
        "authorization_endpoint": format!("{}/oauth/authorize", app.config.base_url),
        "token_endpoint": format!("{}/oauth/token", app.config.base_url),
        "revocation_endpoint": format!("{}/oauth/revoke", app.config.base_url),
        // Apps are registered by the operator beforehand: there is no registration_endpoint. What a person allowed is managed at /apps.
        "management_endpoint": format!("{}/apps", app.config.base_url),
        "grant_types_supported": ["client_credentials", "authorization_code", "refresh_token"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
        // `none`: a public app, with PKCE.
        "token_endpoint_auth_methods_supported": ["private_key_jwt", "none"],
        "token_endpoint_auth_signing_alg_values_supported": ["ES384", "RS384", "ES256"],
        "revocation_endpoint_auth_methods_supported": ["private_key_jwt", "none"],
        "scopes_supported": [
            "system/*.cruds", "user/*.cruds", "launch", "launch/patient", "offline_access", "user/*.rs",
            "patient/Patient.rs", "patient/DocumentReference.rs", "patient/Binary.r", "patient/*.rs", "patient/*.read",
        ],
        "capabilities": [
            "launch-ehr", "launch-standalone", "client-public", "client-confidential-asymmetric",
            "context-banner", "context-ehr-patient", "context-standalone-patient",
            "permission-patient", "permission-user", "permission-offline", "permission-v1", "permission-v2",
        ],
    }))
}

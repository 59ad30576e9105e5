//! The capability statement, true to what is served and rendered once; OperationDefinitions; SMART configuration.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Value, json};

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

/// An operation and its parameters: name, type, least and most, what it is.
struct Operation {
    name: &'static str,
    words: &'static str,
    parameters: &'static [(&'static str, &'static str, u8, &'static str)],
}

const PERSON: (&str, &str, u8, &str) = ("identifier", "Identifier", 0, "INS of the person; left out when the operation is called on Patient/[id]");
const PROFESSIONAL: (&str, &str, u8, &str) = ("professional", "Identifier", 0, "PS_IdNat or RPPS; left out: the caller");

#[rustfmt::skip]
const OPERATIONS: [Operation; 13] = [
    Operation { name: "dmp-open", words: "Opens a person's record with their consent (TD1.1).", parameters: &[
        ("identifier", "Identifier", 1, "INS of the person"), ("channel", "code", 1, "EN_LIGNE, CPAM, OFFICINE, INFIRMIER, PS_LIBERAL, ETABLISSEMENT"),
        ("consent", "code", 1, "oral, electronic, written"), ("birth-family", "string", 0, "birth family name"), ("birth-given", "string", 0, "first names of the birth record"),
        ("birth-date", "date", 0, "birth date"), ("gender", "code", 0, "female, male, unknown"), ("birth-place", "string", 0, "INSEE code of the place of birth"),
        ("used-family", "string", 0, "name in use"), ("used-given", "string", 0, "first name in use"),
        ("regulation-centre", "boolean", 0, "agrees to SAMU-Centre 15"), ("break-glass", "boolean", 0, "agrees to break-glass"), ("masked-in-emergency", "boolean", 0, "masked documents readable in an emergency"),
        ("team-consent", "boolean", 0, "initial consent to care teams"), ("scheme", "string", 0, "insurance scheme"), ("caisse", "string", 0, "caisse"), ("department", "string", 0, "department of residence"),
        ("reason", "string", 0, "asked of a nurse"), ("email", "string", 0, "e-mail"), ("mobile", "string", 0, "mobile number"), ("address", "string", 0, "postal address") ] },
    Operation { name: "dmp-close", words: "Closes a record (TD1.4).", parameters: &[PERSON, ("reason", "string", 0, "words of who asks")] },
    Operation { name: "dmp-reactivate", words: "Opens a closed record again (TD1.2).", parameters: &[PERSON, ("consent", "boolean", 1, "consent was expressed")] },
    Operation { name: "dmp-emergency-choices", words: "Sets the three switches of an emergency.", parameters: &[PERSON, ("regulation-centre", "boolean", 0, "SAMU-Centre 15"), ("break-glass", "boolean", 0, "break-glass"), ("masked-in-emergency", "boolean", 0, "masked documents") ] },
    Operation { name: "dmp-mask-all", words: "Hides or shows every document to professionals.", parameters: &[PERSON, ("masked", "boolean", 1, "hide")] },
    Operation { name: "dmp-team-consent", words: "Gives or withdraws the initial consent to care teams.", parameters: &[PERSON, ("consent", "boolean", 1, "given")] },
    Operation { name: "dmp-occupational-consent", words: "Gives or withdraws express consent to occupational medicine.", parameters: &[PERSON, ("consent", "boolean", 1, "given")] },
    Operation { name: "dmp-authorise", words: "Lets a professional in (TD0.3 AJOUT).", parameters: &[PERSON, PROFESSIONAL, ("family", "string", 0, "name, when the directory does not know them"), ("given", "string", 0, "first name"), ("profession", "code", 0, "G15/10")] },
    Operation { name: "dmp-revoke", words: "Takes an authorisation back (TD0.3 SUPPRESSION).", parameters: &[PERSON, PROFESSIONAL] },
    Operation { name: "dmp-block", words: "Keeps a professional out.", parameters: &[PERSON, PROFESSIONAL, ("family", "string", 0, "name, when the directory does not know them"), ("given", "string", 0, "first name"), ("profession", "code", 0, "G15/10")] },
    Operation { name: "dmp-unblock", words: "Stops keeping a professional out; restores nothing.", parameters: &[PERSON, PROFESSIONAL] },
    Operation { name: "dmp-medecin-traitant", words: "Declares the médecin traitant.", parameters: &[PERSON, PROFESSIONAL, ("family", "string", 0, "name, when the directory does not know them"), ("given", "string", 0, "first name"), ("profession", "code", 0, "G15/10")] },
    Operation { name: "dmp-administrator", words: "Names an administrateur among the authorised.", parameters: &[PERSON, PROFESSIONAL, ("administrator", "boolean", 0, "name or un-name")] },
];

fn parameters(table: &[(&str, &str)]) -> Value {
    table.iter().map(|(name, kind)| json!({ "name": name, "type": kind })).collect()
}

fn interactions(codes: &[&str]) -> Value {
    codes.iter().map(|code| json!({ "code": code })).collect()
}

fn statement(config: &AppConfig) -> Value {
    let base = config.fhir_base();
    let operations: Vec<Value> = OPERATIONS
        .iter()
        .map(|operation| json!({ "name": operation.name, "definition": format!("{base}/OperationDefinition/{}", operation.name) }))
        .collect();
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
                { "type": "AuditEvent", "interaction": interactions(&["search-type"]), "searchParam": parameters(&[("patient", "reference"), ("patient.identifier", "token"), ("_count", "number")]) },
            ],
            "interaction": interactions(&["transaction"]),
        }],
    })
}

/// `GET /fhir/OperationDefinition/{id}`.
pub(crate) async fn operation(State(app): State<App>, Path(id): Path<String>, headers: HeaderMap, uri: Uri) -> Response {
    let wish = Wish::of(&headers, uri.query(), &app);
    match OPERATIONS.iter().find(|operation| operation.name == id) {
        Some(operation) => wish.resource(StatusCode::OK, definition(&app.config, operation).to_string().into_bytes()),
        None => wish.refusal(dmp_service::Error::NotFound("operation-not-found")).into_response(),
    }
}

fn definition(config: &AppConfig, operation: &Operation) -> Value {
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
        "affectsState": true,
        "description": operation.words,
        "code": operation.name,
        "resource": ["Patient"],
        "system": false,
        "type": true,
        "instance": operation.name != "dmp-open",
        "parameter": parameters,
    })
}

/// `GET /.well-known/smart-configuration`.
pub(crate) async fn smart_configuration(State(app): State<App>) -> Json<Value> {
    Json(json!({
        "issuer": app.config.base_url,
        "token_endpoint": format!("{}/oauth/token", app.config.base_url),
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["ES384", "RS384", "ES256"],
        "scopes_supported": ["system/*.cruds", "user/*.cruds", "patient/*.cruds"],
        "capabilities": ["client-confidential-asymmetric", "permission-v2"],
    }))
}

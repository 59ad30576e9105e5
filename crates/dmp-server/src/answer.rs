//! How the FHIR door answers: language and form wished, one exhaustive `match` from failures to status and outcome.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dmp_core::Issue;
use dmp_core::access::Reason;
use dmp_service::Error;

use crate::App;

/// Language of a public text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    French,
    English,
}

/// FHIR form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Json,
    Xml,
}

/// What a request wishes its answer to be.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub form: Form,
    pub language: Language,
    /// Received values are shown in errors: sandbox only.
    pub show_values: bool,
}

impl Wish {
    /// Reads `Accept`, `_format` and `Accept-Language`.
    pub fn of(headers: &HeaderMap, query: Option<&str>, app: &App) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let asked = query.and_then(|query| crate::site::query_value(query, "_format")).unwrap_or(accept);
        let xml = asked.contains("fhir+xml") || asked.contains("fhir%2Bxml") || asked == "xml" || asked == "text/xml" || asked == "application/xml";
        Wish {
            form: if xml { Form::Xml } else { Form::Json },
            language: crate::caller::language(headers),
            show_values: app.service.config().mode == dmp_core::Mode::Sandbox,
        }
    }

    /// The refusal that a failure becomes.
    pub fn refusal(self, error: Error) -> Refusal {
        Refusal { wish: self, error, status: None }
    }

    /// The refusal of a token without the scope.
    pub fn refuse_scope(self) -> Refusal {
        Refusal { wish: self, error: Error::invalid(Issue::error("scope-missing")), status: Some(StatusCode::FORBIDDEN) }
    }

    /// The refusal of what an app of a person does not reach.
    pub fn refuse_app(self) -> Refusal {
        Refusal { wish: self, error: Error::invalid(Issue::error("app-route")), status: Some(StatusCode::FORBIDDEN) }
    }

    /// The refusal with a status of its own.
    pub fn refusal_with(self, status: StatusCode, error: Error) -> Refusal {
        Refusal { wish: self, error, status: Some(status) }
    }

    /// A resource, already JSON text, in the form wished.
    pub fn resource(self, status: StatusCode, json: Vec<u8>) -> Response {
        match self.form {
            Form::Json => (status, [(header::CONTENT_TYPE, "application/fhir+json")], json).into_response(),
            Form::Xml => match crate::fhir::to_xml(&json) {
                Some(xml) => (status, [(header::CONTENT_TYPE, "application/fhir+xml")], xml).into_response(),
                // What the table of elements does not know is not written at all rather than in part.
                None => {
                    let outcome = crate::fhir::outcome(&[dmp_core::Issue::error("not-in-xml")], Wish { form: Form::Json, ..self }, None);
                    (StatusCode::NOT_ACCEPTABLE, [(header::CONTENT_TYPE, "application/fhir+json")], outcome).into_response()
                }
            },
        }
    }
}

/// An answer that says no, with its outcome.
#[derive(Debug)]
pub struct Refusal {
    wish: Wish,
    error: Error,
    status: Option<StatusCode>,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.status.unwrap_or_else(|| status(&self.error));
        let incident = incident(&self.error);
        let issues = match self.error {
            Error::Invalid(issues) => issues,
            Error::NotYet(not_yet) => vec![Issue::error("opening-not-yet").at("caisse").expected(told(&not_yet, self.wish.language))],
            other => vec![Issue::error(other.code())],
        };
        let outcome = crate::fhir::outcome(&issues, self.wish, incident.as_deref());
        let mut response = self.wish.resource(status, outcome);
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"dmp\""));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE || status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

fn told(not_yet: &dmp_core::territory::NotYet, language: Language) -> String {
    let (fr, en) = not_yet.words();
    match language {
        Language::French => fr,
        Language::English => en,
    }
}

/// The HTTP status of a failure.
pub(crate) fn status(error: &Error) -> StatusCode {
    match error {
        Error::Invalid(issues) => invalid_status(issues),
        Error::NotAuthenticated => StatusCode::UNAUTHORIZED,
        Error::Forbidden(Reason::NoRecord) => StatusCode::NOT_FOUND,
        Error::Forbidden(_) | Error::NotYet(_) => StatusCode::FORBIDDEN,
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::Gone(_) => StatusCode::GONE,
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
        Error::Busy => StatusCode::TOO_MANY_REQUESTS,
        Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What cannot be read is 400; what was read and breaks a rule is 422; what may not be patched is 405.
fn invalid_status(issues: &[Issue]) -> StatusCode {
    const UNREADABLE: [&str; 12] = [
        "json-invalid",
        "json-duplicate-key",
        "json-too-deep",
        "xml-invalid",
        "xml-doctype",
        "search-parameter-unknown",
        "search-parameter-missing",
        "search-parameter-value",
        "patch-invalid",
        "ins-production-oid-in-sandbox",
        "ins-test-oid-in-production",
        "person-missing",
    ];
    let has = |code: &str| issues.iter().any(|issue| issue.code == code);
    if has("patch-element-not-allowed") {
        StatusCode::METHOD_NOT_ALLOWED
    } else if UNREADABLE.iter().any(|code| has(code)) {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

/// Faults get a number that the log line bears too; the private text goes to the log alone.
pub(crate) fn incident(error: &Error) -> Option<String> {
    let detail = match error {
        Error::Fault(detail) | Error::Unavailable(detail) => detail,
        Error::Invalid(_)
        | Error::NotAuthenticated
        | Error::Forbidden(_)
        | Error::NotFound(_)
        | Error::Gone(_)
        | Error::Conflict(_)
        | Error::TooLarge(_)
        | Error::NotYet(_)
        | Error::Busy => return None,
    };
    let mut bytes = [0_u8; 6];
    // A number to tell two incidents apart; were the source to fail, zeros still lead to the log by their time.
    let _ = aws_lc_rs::rand::fill(&mut bytes);
    let number: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    tracing::error!(incident = %number, error.code = error.code(), error.detail = %detail, "request failed");
    Some(number)
}

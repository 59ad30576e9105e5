//! Answers of SCIM: resources, lists, errors in SCIM's own form (RFC 7644, 3.12).

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dmp_service::Error;
use serde_json::{Value, json};

const MEDIA_TYPE: &str = "application/scim+json";
const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";
const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/// Why something is not done. The words name attributes, never values.
#[derive(Debug)]
pub(crate) enum Wrong {
    NotAuthenticated,
    Forbidden,
    NotFound,
    /// The body is no JSON, or not of the shape that is asked for.
    Syntax(&'static str),
    Value(&'static str),
    Filter,
    Path,
    /// Somebody has this name or number.
    Taken(&'static str),
    /// What a user is named after does not change.
    Fixed(&'static str),
    Changed,
    Service(Error),
}

impl From<Error> for Wrong {
    fn from(error: Error) -> Self {
        Wrong::Service(error)
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let (status, kind, detail): (StatusCode, Option<&str>, String) = match self {
            Wrong::NotAuthenticated => (StatusCode::UNAUTHORIZED, None, "a bearer token of the structure is needed".to_owned()),
            Wrong::Forbidden => (StatusCode::FORBIDDEN, None, "this token keeps no directory of users".to_owned()),
            Wrong::NotFound => (StatusCode::NOT_FOUND, None, "there is no such resource".to_owned()),
            Wrong::Syntax(what) => (StatusCode::BAD_REQUEST, Some("invalidSyntax"), what.to_owned()),
            Wrong::Value(what) => (StatusCode::BAD_REQUEST, Some("invalidValue"), what.to_owned()),
            Wrong::Filter => (StatusCode::BAD_REQUEST, Some("invalidFilter"), "one comparison with eq is understood".to_owned()),
            Wrong::Path => (StatusCode::BAD_REQUEST, Some("invalidPath"), "this path is not understood".to_owned()),
            Wrong::Taken(what) => (StatusCode::CONFLICT, Some("uniqueness"), what.to_owned()),
            Wrong::Fixed(what) => (StatusCode::BAD_REQUEST, Some("mutability"), what.to_owned()),
            Wrong::Changed => (StatusCode::PRECONDITION_FAILED, None, "it has changed meanwhile".to_owned()),
            Wrong::Service(error) => {
                let incident = crate::answer::incident(&error).unwrap_or_default();
                (crate::answer::status(&error), None, format!("{} {incident}", error.code()).trim_end().to_owned())
            }
        };
        let mut body = json!({ "schemas": [ERROR], "status": status.as_u16().to_string(), "detail": detail });
        if let (Some(kind), Some(object)) = (kind, body.as_object_mut()) {
            object.insert("scimType".to_owned(), json!(kind));
        }
        let mut response = answer(status, &body);
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"dmp\""));
        }
        response
    }
}

/// JSON of SCIM.
pub(crate) fn answer(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, MEDIA_TYPE), (header::CACHE_CONTROL, "no-store")], body.to_string()).into_response()
}

/// A resource with its place and version.
pub(crate) fn resource(status: StatusCode, body: &Value) -> Response {
    let mut response = answer(status, body);
    let mut put = |name: HeaderName, pointer: &str| {
        if let Some(value) = body.pointer(pointer).and_then(Value::as_str).and_then(|text| HeaderValue::from_str(text).ok()) {
            response.headers_mut().insert(name, value);
        }
    };
    put(header::ETAG, "/meta/version");
    if status == StatusCode::CREATED {
        put(header::LOCATION, "/meta/location");
    }
    response
}

/// A page of a list. `start` from 1.
pub(crate) fn list(found: &[Value], start: usize, count: usize) -> Response {
    let page: Vec<&Value> = found.iter().skip(start.saturating_sub(1)).take(count).collect();
    let body = json!({ "schemas": [LIST], "totalResults": found.len(), "startIndex": start.max(1), "itemsPerPage": page.len(), "Resources": page });
    answer(StatusCode::OK, &body)
}

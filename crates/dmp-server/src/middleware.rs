//! What surrounds every request: security headers, counting, one log line without personal data.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::App;

/// Nothing but our own style, images and forms: no script at all.
const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The same for a page that speaks with a passkey: one script of ours, which fetches nothing and sends a form.
pub(crate) const CSP_WITH_SCRIPT: &str =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// The same for the one page whose form leads on to another origin: a registered app that the person answers.
pub(crate) fn csp_with_form_to(origin: &str) -> String {
    CSP.replace("form-action 'self'", &format!("form-action 'self' {origin}"))
}

/// For the one page that may stand in a frame: on these origins, and none besides. It sends no form and runs no script.
pub(crate) fn csp_framed_by(origins: &[&str]) -> String {
    let ancestors = if origins.is_empty() { "'none'".to_owned() } else { origins.join(" ") };
    format!("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; frame-ancestors {ancestors}; base-uri 'none'")
}

/// Where an app that runs in a browser asks: the doors that know no cookie.
fn is_for_apps(path: &str) -> bool {
    path.starts_with("/fhir/") || matches!(path, "/oauth/token" | "/oauth/revoke" | "/.well-known/smart-configuration")
}

/// CORS for registered apps (SMART App Launch 2.2, 3.1). No credentials of the browser are ever allowed: an app shows its token.
fn let_app_read(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
}

fn preflight() -> Response {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, accept"),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Adds the headers, counts the request, writes its line.
pub(crate) async fn surround(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    // The pattern, not the address: an address may hold an identifier.
    let pattern = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let origin = request.headers().get(header::ORIGIN).filter(|_| is_for_apps(request.uri().path())).cloned();
    let origin = origin.filter(|origin| origin.to_str().is_ok_and(|origin| app.apps.knows_origin(origin)));
    let asks_first = origin.is_some() && method == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let elsewhere = crate::origin::comes_from_elsewhere(&method, request.uri().path(), request.headers(), &app.config.base_url);
    let is_secure = app.config.base_url.starts_with("https:");
    if is_secure {
        crate::cookies::take_in(request.headers_mut());
    }
    let mut response = match (asks_first, elsewhere) {
        (true, _) => preflight(),
        // SECURITY: a page of another site acts on nobody's behalf, whether somebody is signed in here or not.
        (false, true) => (StatusCode::FORBIDDEN, "this form was sent from another site").into_response(),
        (false, false) => next.run(request).await,
    };
    let headers = response.headers_mut();
    if is_secure {
        crate::cookies::send_out(headers);
    }
    // What a policy of its own lets stand in frames is not shut to them by the older header.
    let framed = headers
        .get(header::CONTENT_SECURITY_POLICY)
        .and_then(|policy| policy.to_str().ok())
        .is_some_and(|policy| policy.contains("frame-ancestors http"));
    for (name, value) in HEADERS.into_iter().filter(|(name, _)| !framed || *name != header::X_FRAME_OPTIONS) {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Some(origin) = origin {
        let_app_read(headers, origin);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let pattern = pattern.as_ref().map_or("unmatched", MatchedPath::as_str);
    let took = began.elapsed();
    let status = response.status().as_u16();
    app.metrics.observe(pattern, status, took);
    tracing::info!(http.method = %method, http.route = %pattern, http.status = status, duration_us = took.as_micros() as u64, "answered");
    response
}

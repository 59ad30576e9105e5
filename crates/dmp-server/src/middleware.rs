//! What surrounds every request: security headers, counting, one log line without personal data.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::App;

/// Nothing but our own style, images and forms: no script at all.
const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The same for a page that speaks with a passkey: one script of ours, which fetches nothing and sends a form.
pub(crate) const CSP_WITH_SCRIPT: &str =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

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
pub(crate) async fn surround(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    // The pattern, not the address: an address may hold an identifier.
    let pattern = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let pattern = pattern.as_ref().map_or("unmatched", MatchedPath::as_str);
    let took = began.elapsed();
    let status = response.status().as_u16();
    app.metrics.observe(pattern, status, took);
    tracing::info!(http.method = %method, http.route = %pattern, http.status = status, duration_us = took.as_micros() as u64, "answered");
    response
}

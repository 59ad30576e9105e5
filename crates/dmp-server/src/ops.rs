//! For whoever runs it: alive, ready, counted.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::App;

/// The process answers.
pub(crate) async fn livez() -> &'static str {
    "ok"
}

/// The store takes commits.
pub(crate) async fn readyz(State(app): State<App>) -> Response {
    match app.service.ready().await {
        Ok(()) => "ok".into_response(),
        Err(error) => {
            tracing::error!(error.code = error.code(), "store is not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response()
        }
    }
}

/// Counters in the Prometheus text form, on the listener of `--metrics` alone.
pub(crate) async fn metrics(State(app): State<App>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.render())
}

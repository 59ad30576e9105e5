//! Pages and style sheets leave compressed, where that tells nothing.
//!
//! The length of what is compressed says whether two parts of it are alike. Who can have a page repeat words of theirs beside a secret, and sees
//! the lengths on the wire, finds the secret letter by letter (BREACH). So only answers are compressed that repeat nothing of the request: a `GET`
//! without a query that succeeded. What a form sent, what a query asked, and errors go out as they are. The token of forms, the one secret that
//! every page holds, is under another veil each time (`caller/veil.rs`).

use std::io::Write;

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Bytes below which compression gains nothing.
const LEAST: u64 = 1_024;
/// Bytes above which an answer is a file to be streamed.
const MOST: u64 = 8 * 1_024 * 1_024;

/// Compresses the answer when it is text and repeats nothing of the request.
pub(crate) async fn compress(request: Request, next: Next) -> Response {
    let repeats_nothing = request.method() == Method::GET && request.uri().query().is_none();
    let is_asked = repeats_nothing && takes_gzip(request.headers());
    let response = next.run(request).await;
    let size = response.body().size_hint().exact().unwrap_or_default();
    let is_fit = response.status() == StatusCode::OK && is_text(response.headers()) && (LEAST..=MOST).contains(&size);
    if !is_fit {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    parts.headers.append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if !is_asked {
        return Response::from_parts(parts, body);
    }
    // Both cannot fail for a body that is in memory; if they do, nothing is sent rather than half a page.
    let Ok(plain) = to_bytes(body, usize::MAX).await else { return failed() };
    let Ok(Some(packed)) = tokio::task::spawn_blocking(move || gzip(&plain)).await else { return failed() };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Response::from_parts(parts, Body::from(packed))
}

fn failed() -> Response {
    tracing::error!("an answer could not be compressed");
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

fn gzip(plain: &[u8]) -> Option<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::default());
    packer.write_all(plain).ok()?;
    packer.finish().ok()
}

/// Whether the caller named gzip and did not rule it out.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let named = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(','));
    named.map(str::trim).any(|one| {
        let (coding, rest) = one.split_once(';').unwrap_or((one, ""));
        let weight = rest.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>);
        coding.trim().eq_ignore_ascii_case("gzip") && weight.is_ok_and(|weight| weight > 0.0)
    })
}

/// What our pages are made of. What others deposited goes out byte for byte.
fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let ours = ["text/html", "text/css", "text/javascript", "text/csv"];
    !headers.contains_key(header::CONTENT_ENCODING) && ours.iter().any(|one| kind.split(';').next().is_some_and(|kind| kind.trim() == *one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_taken_when_it_is_named_and_not_ruled_out() {
        let taken = |value: &'static str| takes_gzip(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]));
        assert!(taken("gzip") && taken("br;q=1.0, GZIP;q=0.5") && taken("deflate , gzip"));
        assert!(!taken("") && !taken("identity") && !taken("gzip;q=0") && !taken("gzip;q=x") && !taken("br") && !takes_gzip(&HeaderMap::new()));
    }
}

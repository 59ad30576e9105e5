//! ITI-68: a document's bytes, raw or as a Binary resource. Range and ETag.

use std::fmt::Write;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use dmp_service::{Consulted, Error, IdKind};

use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;

/// `GET /fhir/Binary/{id}`.
pub(crate) async fn read(State(app): State<App>, asking: Asking, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Refusal> {
    asking.may("Binary", 'r')?;
    let opened = app.service.ids().open_entry(IdKind::Binary, &id);
    let (record, entry) = opened.ok_or_else(|| asking.refusal(Error::NotFound("document-not-found")))?;
    let consulted = app.service.consult(record, entry, &asking.caller).await.map_err(|error| asking.refusal(error))?;
    respond(&asking, &headers, &id, consulted)
}

fn respond(asking: &Asking, headers: &HeaderMap, id: &str, consulted: Consulted) -> Result<Response, Refusal> {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    let etag = etag(&consulted);
    if headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) == Some(etag.as_str()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    if accept.contains("fhir+json") || accept.contains("fhir+xml") {
        let data = base64::engine::general_purpose::STANDARD.encode(&consulted.bytes);
        let resource = serde_json::json!({
            "resourceType": "Binary", "id": id, "contentType": consulted.entry.mime_type, "data": data,
        });
        return Ok(asking.wish.resource(StatusCode::OK, resource.to_string().into_bytes()));
    }
    if !accepts(accept, &consulted.entry.mime_type) {
        return Err(asking.wish.refusal_with(StatusCode::NOT_ACCEPTABLE, Error::NotFound("accept-unsupported")));
    }
    Ok(raw(headers, consulted, &etag))
}

fn etag(consulted: &Consulted) -> String {
    let mut etag = String::with_capacity(26);
    etag.push('"');
    for byte in consulted.entry.content.sha256.iter().take(12) {
        // Writing to a text cannot fail.
        let _ = write!(etag, "{byte:02x}");
    }
    etag.push('"');
    etag
}

/// Whether a media range of `Accept` covers a media type.
fn accepts(accept: &str, media_type: &str) -> bool {
    let main = media_type.split('/').next().unwrap_or_default();
    accept.split(',').map(|range| range.split(';').next().unwrap_or_default().trim()).any(|range| {
        range == "*/*" || range == media_type || range.strip_suffix("/*") == Some(main) || (range.ends_with("/xml") && media_type.ends_with("/xml"))
    })
}

fn raw(headers: &HeaderMap, consulted: Consulted, etag: &str) -> Response {
    let size = consulted.bytes.len();
    let mut response = match headers.get(header::RANGE).and_then(|value| value.to_str().ok()).map(|text| range(text, size)) {
        None | Some(Wanted::Whole) => consulted.bytes.into_response(),
        Some(Wanted::Part(from, to)) => {
            let part = consulted.bytes.slice(from..=to);
            let content_range = format!("bytes {from}-{to}/{size}");
            (StatusCode::PARTIAL_CONTENT, [(header::CONTENT_RANGE, content_range)], part).into_response()
        }
        Some(Wanted::Impossible) => {
            return (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{size}"))]).into_response();
        }
    };
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&consulted.entry.mime_type) {
        headers.insert(header::CONTENT_TYPE, value);
    }
    if let Ok(value) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, value);
    }
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    response
}

enum Wanted {
    Whole,
    /// First and last byte, both included.
    Part(usize, usize),
    Impossible,
}

/// One byte range of RFC 9110 14.1; several at once, or another unit, are answered whole.
fn range(text: &str, size: usize) -> Wanted {
    let Some((first, last)) = text.strip_prefix("bytes=").filter(|spec| !spec.contains(',')).and_then(|spec| spec.split_once('-')) else {
        return Wanted::Whole;
    };
    let bounds = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(from), Ok(to)) if from <= to => Some((from, to.min(size.saturating_sub(1)))),
        (Ok(from), Err(_)) if last.is_empty() => Some((from, size.saturating_sub(1))),
        (Err(_), Ok(count)) if first.is_empty() && count > 0 => Some((size.saturating_sub(count), size.saturating_sub(1))),
        _ => return Wanted::Whole,
    };
    match bounds {
        Some((from, to)) if from < size => Wanted::Part(from, to),
        Some(_) | None => Wanted::Impossible,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> Option<(usize, usize)> {
        match range(text, 100) {
            Wanted::Part(from, to) => Some((from, to)),
            Wanted::Whole | Wanted::Impossible => None,
        }
    }

    #[test]
    fn a_range_is_read_as_the_rfc_says() {
        assert_eq!(part("bytes=0-9"), Some((0, 9)));
        assert_eq!(part("bytes=90-"), Some((90, 99)));
        assert_eq!(part("bytes=-10"), Some((90, 99)));
        assert_eq!(part("bytes=90-500"), Some((90, 99)));
        assert!(matches!(range("bytes=100-", 100), Wanted::Impossible));
        assert!(matches!(range("bytes=0-1,5-6", 100), Wanted::Whole));
    }

    #[test]
    fn a_media_range_covers_its_types() {
        assert!(accepts("text/*", "text/xml"));
        assert!(accepts("application/xml, text/plain", "text/xml"));
        assert!(!accepts("application/pdf", "text/xml"));
    }
}

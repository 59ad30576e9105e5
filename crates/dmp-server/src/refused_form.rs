//! A form that cannot be read at all (too long, of another type, cut off) is refused before any page sees it: people get a page that says so, too.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::App;
use crate::site::{self, Visitor};

/// Around the sites: puts a page in the place of a refusal in plain text.
pub(crate) async fn tell(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut asked = Request::new(());
    *asked.headers_mut() = request.headers().clone();
    let response = next.run(request).await;
    if !(is_refusal(response.status()) && is_plain(response.headers())) {
        return response;
    }
    let (mut parts, ()) = asked.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &app).await;
    let mut page = site::bare_error(&app, &visitor, &parts.headers, response.status());
    // The rest of what is being sent is read by nobody.
    let close = response.headers().get(header::CONNECTION).cloned();
    page.headers_mut().extend(close.map(|value| (header::CONNECTION, value)));
    page
}

fn is_refusal(status: StatusCode) -> bool {
    matches!(status, StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY)
}

fn is_plain(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

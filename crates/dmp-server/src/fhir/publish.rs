//! ITI-105: one document, its content in `attachment.data`. ITI-106: derive metadata only.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dmp_core::Issue;
use dmp_core::document::DocumentEntry;
use dmp_interop::fhir::document_reference::{Received, read};
use dmp_service::{Error, NewSet, PersonRef, Published, ReplaceTarget, Submission};

use super::body::resource;
use super::prepare::{IncomingDocument, Profile, prepare_received};
use super::subject::resolve_subject;
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;
use crate::sent;

/// `POST /fhir/DocumentReference`.
pub(crate) async fn simplified(State(app): State<App>, asking: Asking, headers: HeaderMap, body: Bytes) -> Result<Response, Refusal> {
    asking.may("DocumentReference", 'c')?;
    let value = resource(&app, &headers, &body, "DocumentReference").map_err(|error| asking.refusal(error))?;
    let mut named = sent::named(&value);
    let incoming = prepare_simplified(&app, &value).await;
    // A header names its document where the metadata do not.
    if let Ok(incoming) = &incoming {
        named = vec![incoming.document.unique_id.clone()];
    }
    let came = match incoming {
        Ok(incoming) => {
            let submission = Submission { set: NewSet::default(), documents: vec![incoming.document], folders: Vec::new() };
            app.service.publish(&PersonRef::Ins(incoming.ins), &submission, &asking.caller).await
        }
        Err(error) => Err(error),
    };
    sent::tell(&app, &asking.caller, Some(&headers), named, &came).await;
    let published = came.map_err(|error| asking.refusal(error))?;
    answer(&app, &asking, &published).await
}

/// Reads and checks a simplified publication.
pub(crate) async fn prepare_simplified(app: &App, value: &serde_json::Value) -> Result<IncomingDocument, Error> {
    let mut received = read(value);
    resolve_subject(app, received.subject_reference.as_deref(), &mut received.subject_ins).await?;
    let bytes = received.attachment.data.clone().unwrap_or_default();
    let mut incoming = prepare_received(&received, bytes.into(), app.service.config().mode, Profile::Simplified).map_err(Error::Invalid)?;
    incoming.document.replaces = replace_target(app, &received, incoming.document.replaces)?;
    Ok(incoming)
}

/// A replaced document named by one of our ids, or by its producer's identifier.
pub(crate) fn replace_target(app: &App, received: &Received, target: Option<ReplaceTarget>) -> Result<Option<ReplaceTarget>, Error> {
    let Some(ReplaceTarget::UniqueId(text)) = target else { return Ok(target) };
    if text.starts_with("urn:") {
        return Ok(Some(ReplaceTarget::UniqueId(text)));
    }
    let id = text.rsplit('/').next().unwrap_or_default();
    let opened = app.service.ids().open_entry(dmp_service::IdKind::Document, id);
    match opened {
        Some((_, entry)) => Ok(Some(ReplaceTarget::Entry(entry))),
        None => Err(Error::invalid(Issue::error("replace-target-unknown").at(format!("{}.relatesTo", received.path)))),
    }
}

async fn answer(app: &App, asking: &Asking, published: &Published) -> Result<Response, Refusal> {
    let Some(entry) = published.entries.first() else { return Err(asking.refusal(Error::Fault("published nothing".to_owned()))) };
    let record = app.service.own_deposit(published.record).await.map_err(|error| asking.refusal(error))?;
    let rendered = app.rendered(&record, entry);
    let status = if published.repeated { StatusCode::OK } else { StatusCode::CREATED };
    let mut response = asking.wish.resource(status, rendered.json.to_vec());
    with_version(&mut response, entry);
    if let Ok(location) = HeaderValue::from_str(&format!("{}/_history/{}", rendered.full_url, entry.version)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// `ETag` and `Last-Modified` of an entry.
pub(crate) fn with_version(response: &mut Response, entry: &DocumentEntry) {
    if let Ok(etag) = HeaderValue::from_str(&format!("W/\"{}\"", entry.version)) {
        response.headers_mut().insert(header::ETAG, etag);
    }
}

/// `POST /fhir/DocumentReference/$generate-metadata`: nothing is stored.
pub(crate) async fn generate_metadata(State(app): State<App>, asking: Asking, headers: HeaderMap, body: Bytes) -> Result<Response, Refusal> {
    asking.may("DocumentReference", 'c')?;
    let value = resource(&app, &headers, &body, "Parameters").map_err(|error| asking.refusal(error))?;
    let bytes = super::generate::document_of(&value).map_err(|error| asking.refusal(error))?;
    let incoming =
        super::prepare::prepare_document(bytes.into(), app.service.config().mode).map_err(|issues| asking.refusal(Error::Invalid(issues)))?;
    let json = super::generate::metadata(&app, incoming, &asking.caller);
    Ok(asking.wish.resource(StatusCode::OK, json).into_response())
}

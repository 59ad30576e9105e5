//! TD3.3a to d: PATCH of a document's status, security labels or archiving, by id or by business identifier.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use dmp_core::document::{AvailabilityStatus, DocumentEntry};
use dmp_core::{EntryId, Issue, RecordKey};
use dmp_interop::fhir::patch::{MetadataChange, PatchTarget, StatusWord, apply, read_patch};
use dmp_service::{EntryUpdate, Error, IdKind};

use super::body::media_type;
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;

/// `PATCH /fhir/DocumentReference/{id}`.
pub(crate) async fn by_id(
    State(app): State<App>,
    asking: Asking,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    asking.may("DocumentReference", 'u')?;
    let opened = app.service.ids().open_entry(IdKind::Document, &id);
    let (record, entry) = opened.ok_or_else(|| asking.refusal(Error::NotFound("document-not-found")))?;
    let changes = read_patch(media_type(&headers), &body).map_err(|issue| asking.refusal(Error::invalid(issue)))?;
    run(&app, &asking, record, entry, &headers, &changes).await
}

/// `PATCH /fhir/DocumentReference?identifier=…`, with the patient when the identifier alone does not lead to one record.
pub(crate) async fn conditional(
    State(app): State<App>,
    asking: Asking,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    asking.may("DocumentReference", 'u')?;
    // Read before anything is looked for: a patch that cannot be read is answered the same whatever there is.
    let changes = read_patch(media_type(&headers), &body).map_err(|issue| asking.refusal(Error::invalid(issue)))?;
    let found = find(&app, &asking, query.as_deref().unwrap_or_default()).await.map_err(|error| asking.refusal(error))?;
    run(&app, &asking, found.0, found.1, &headers, &changes).await
}

/// The one document that a query by identifier names.
async fn find(app: &App, asking: &Asking, query: &str) -> Result<(RecordKey, EntryId), Error> {
    let pairs = super::search::pairs(query);
    let identifier = pairs.iter().find(|(key, _)| key == "identifier").map(|(_, value)| value.as_str());
    let identifier = identifier.ok_or_else(|| Error::invalid(Issue::error("search-parameter-missing").at("identifier")))?;
    let value = identifier.rsplit('|').next().unwrap_or_default();
    if let Some((_, token)) = pairs.iter().find(|(key, _)| key == "patient.identifier") {
        let person = super::subject::person_of_token(token, "patient.identifier", app.service.config().mode)?;
        return app.service.find_own_entry(&person, value, &asking.caller).await;
    }
    app.service.locate_entry(value, &asking.caller).await
}

async fn run(
    app: &App,
    asking: &Asking,
    record: RecordKey,
    entry: EntryId,
    headers: &HeaderMap,
    changes: &[MetadataChange],
) -> Result<Response, Refusal> {
    let changed = change(app, asking, record, entry, headers, changes).await.map_err(|error| asking.refusal(error))?;
    let loaded = app.service.own_deposit(record).await.map_err(|error| asking.refusal(error))?;
    let rendered = app.rendered(&loaded, &changed);
    let mut response = asking.wish.resource(StatusCode::OK, rendered.json.to_vec());
    super::publish::with_version(&mut response, &changed);
    Ok(response)
}

async fn change(
    app: &App,
    asking: &Asking,
    record: RecordKey,
    id: EntryId,
    headers: &HeaderMap,
    changes: &[MetadataChange],
) -> Result<DocumentEntry, Error> {
    // SECURITY: what a patch would make of a document is told only to who may know that it exists.
    app.service.sees_entry(record, id, &asking.caller).await?;
    let current = app.service.own_deposit(record).await?.entry(id).cloned().ok_or(Error::NotFound("document-not-found"))?;
    let target = PatchTarget::new(status_word(current.status), current.visibility, matches!(current.status, AvailabilityStatus::Archived(_)));
    let wanted = apply(changes, &target).map_err(Error::invalid)?;
    let updates = updates(&target, &wanted).map_err(Error::invalid)?;
    app.service.update_entry(record, id, &updates, if_match(headers), &asking.caller).await
}

fn if_match(headers: &HeaderMap) -> Option<u32> {
    let text = headers.get(header::IF_MATCH)?.to_str().ok()?;
    text.trim_start_matches("W/").trim_matches('"').parse().ok()
}

fn status_word(status: AvailabilityStatus) -> StatusWord {
    match status {
        AvailabilityStatus::Approved(_) | AvailabilityStatus::Archived(_) => StatusWord::Current,
        AvailabilityStatus::Deprecated(_) => StatusWord::Superseded,
        AvailabilityStatus::Deleted(_) => StatusWord::EnteredInError,
    }
}

/// The acts that lead from what is to what is wanted.
fn updates(now: &PatchTarget, wanted: &PatchTarget) -> Result<Vec<EntryUpdate>, Issue> {
    let labels = |target: &PatchTarget| target.visibility().map_err(|code| Issue::error("confidentiality-unknown").received(code));
    let (from, to) = (labels(now)?, labels(wanted)?);
    let mut updates = Vec::new();
    let not_allowed = |path: &str| Issue::error("patch-element-not-allowed").at(path);
    if from.confidentiality != to.confidentiality {
        return Err(not_allowed("DocumentReference.securityLabel").expected("MASQUE_PS, INVISIBLE_PATIENT, INVISIBLE_REPRESENTANTS_LEGAUX"));
    }
    match (from.masked, to.masked) {
        (false, true) => updates.push(EntryUpdate::Mask),
        (true, false) => updates.push(EntryUpdate::Unmask),
        (false, false) | (true, true) => {}
    }
    // Both veils are set at deposit only; a patch lifts them.
    match (from.invisible_to_patient, to.invisible_to_patient) {
        (true, false) => updates.push(EntryUpdate::ShowToPatient),
        (false, true) => return Err(not_allowed("DocumentReference.securityLabel").received("INVISIBLE_PATIENT")),
        (false, false) | (true, true) => {}
    }
    match (from.invisible_to_representatives, to.invisible_to_representatives) {
        (true, false) => updates.push(EntryUpdate::ShowToRepresentatives),
        (false, true) => return Err(not_allowed("DocumentReference.securityLabel").received("INVISIBLE_REPRESENTANTS_LEGAUX")),
        (false, false) | (true, true) => {}
    }
    match (now.archived, wanted.archived) {
        (false, true) => updates.push(EntryUpdate::Archive),
        (true, false) => updates.push(EntryUpdate::Unarchive),
        (false, false) | (true, true) => {}
    }
    match (now.status, wanted.status) {
        (same, wanted) if same == wanted => {}
        (_, StatusWord::EnteredInError) => updates.push(EntryUpdate::Delete),
        (_, StatusWord::Superseded) => updates.push(EntryUpdate::Supersede),
        // Nothing makes a superseded document current again.
        (_, StatusWord::Current) => return Err(not_allowed("DocumentReference.status").received(wanted.status.as_str())),
    }
    Ok(updates)
}

//! ITI-66: submission sets and folders as List resources.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::document::{Folder, SubmissionSet};
use dmp_core::record::Record;
use dmp_core::{EntryId, Moment};
use dmp_interop::fhir::bundle_search::{Match, SearchPage, render_searchset};
use dmp_interop::fhir::document_reference::PatientReference;
use dmp_interop::fhir::list::{ListContext, render_folder, render_submission_set};
use dmp_interop::fhir::search::ListQuery;
use dmp_service::{Error, IdKind, PersonRef};

use super::search::{PageToken, join, person};
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;

/// `GET /fhir/List`.
pub(crate) async fn by_get(State(app): State<App>, asking: Asking, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    run(&app, &asking, query.as_deref().unwrap_or_default()).await
}

/// `POST /fhir/List/_search`.
pub(crate) async fn by_post(State(app): State<App>, asking: Asking, RawQuery(query): RawQuery, body: String) -> Result<Response, Refusal> {
    run(&app, &asking, &join(query.as_deref(), &body)).await
}

async fn run(app: &App, asking: &Asking, query: &str) -> Result<Response, Refusal> {
    asking.may("List", 's')?;
    let json = search(app, asking, query).await.map_err(|error| asking.refusal(error))?;
    Ok(asking.wish.resource(StatusCode::OK, json))
}

/// A rendered list with its place in the order.
struct Shown {
    at: (Moment, EntryId),
    full_url: String,
    json: Vec<u8>,
}

async fn search(app: &App, asking: &Asking, query: &str) -> Result<Vec<u8>, Error> {
    let page = PageToken::of(app, asking, query)?;
    let query = page.as_ref().map_or_else(|| query.to_owned(), |page| page.query.clone());
    let mut wanted = ListQuery::parse(&query).map_err(Error::Invalid)?;
    let ids = app.service.ids().clone();
    wanted.resolve(|id| ids.open_entry(IdKind::List, id.rsplit('/').next().unwrap_or_default()).map(|(_, entry)| entry));
    let person = person(app, &wanted.frame)?;
    let found = app.service.search_sets(&person, &asking.caller).await?;
    let sets = found.sets.iter().filter(|set| wanted.matches_submission_set(set)).map(|set| shown_set(app, &found.record, set));
    let folders = found.folders.iter().filter(|folder| wanted.matches_folder(folder)).map(|folder| shown_folder(app, &found.record, folder));
    let mut all: Vec<Shown> = sets.chain(folders).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.at));
    let total = all.len() as u64;
    let rest: Vec<Shown> = all.into_iter().filter(|one| page.as_ref().is_none_or(|page| one.at < page.after)).collect();
    let (shown, more) = rest.split_at_checked(wanted.frame.count).unwrap_or((&rest, &[]));
    let base = format!("{}/List", app.config.fhir_base());
    let last = shown.last().filter(|_| !more.is_empty());
    let next = last.map(|one| format!("{base}?_page={}", PageToken { query: query.clone(), after: one.at }.seal(app, asking)));
    let frame = SearchPage { total, self_url: &base, first_url: None, next_url: next.as_deref(), outcome: None };
    Ok(render_searchset(&frame, shown.iter().map(|one| Match { full_url: &one.full_url, resource: &one.json })))
}

/// What a list says of its record: patient and documents, by sealed ids.
struct Surroundings {
    id: String,
    patient: String,
    entries: Vec<String>,
}

fn surroundings(app: &App, record: &Record, id: EntryId, entries: &[EntryId]) -> Surroundings {
    let ids = app.service.ids();
    Surroundings {
        id: ids.seal_entry(IdKind::List, record.key, id),
        patient: format!("Patient/{}", ids.seal_record(IdKind::Patient, record.key)),
        entries: entries.iter().map(|entry| format!("DocumentReference/{}", ids.seal_entry(IdKind::Document, record.key, *entry))).collect(),
    }
}

fn context<'a>(record: &'a Record, around: &'a Surroundings) -> ListContext<'a> {
    let patient =
        PatientReference { oid: record.head.ins.authority().oid(), matricule: record.head.ins.matricule(), reference: Some(&around.patient) };
    ListContext { id: &around.id, patient, entries: &around.entries }
}

fn shown_set(app: &App, record: &Record, set: &SubmissionSet) -> Shown {
    let around = surroundings(app, record, set.id, &set.entries);
    let json = render_submission_set(set, &context(record, &around));
    Shown { at: (set.submitted_at, set.id), full_url: format!("{}/List/{}", app.config.fhir_base(), around.id), json }
}

fn shown_folder(app: &App, record: &Record, folder: &Folder) -> Shown {
    let around = surroundings(app, record, folder.id, &folder.entries);
    let json = render_folder(folder, &context(record, &around));
    Shown { at: (folder.updated_at, folder.id), full_url: format!("{}/List/{}", app.config.fhir_base(), around.id), json }
}

/// `GET /fhir/List/{id}`.
pub(crate) async fn by_id(State(app): State<App>, asking: Asking, Path(id): Path<String>) -> Result<Response, Refusal> {
    asking.may("List", 'r')?;
    let missing = || asking.refusal(Error::NotFound("list-not-found"));
    let (record, wanted) = app.service.ids().open_entry(IdKind::List, &id).ok_or_else(missing)?;
    let found = match app.service.search_sets(&PersonRef::Record(record), &asking.caller).await {
        Err(Error::NotFound(_)) => return Err(missing()),
        other => other.map_err(|error| asking.refusal(error))?,
    };
    let set = found.sets.iter().find(|set| set.id == wanted).map(|set| shown_set(&app, &found.record, set));
    let folder = || found.folders.iter().find(|folder| folder.id == wanted).map(|folder| shown_folder(&app, &found.record, folder));
    let shown = set.or_else(folder).ok_or_else(missing)?;
    Ok(asking.wish.resource(StatusCode::OK, shown.json))
}

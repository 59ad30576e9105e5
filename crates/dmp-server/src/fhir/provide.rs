//! ITI-65: a lot of documents in one transaction bundle, whole or not at all.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use dmp_core::Issue;
use dmp_core::document::Code;
use dmp_interop::fhir::bundle::{
    AnswerStatus, EntryAnswer, EntryKind, PatchedDocument, Provide, ProvideLimits, ReceivedFolder, StatusPatch, read_provide, render_provide_response,
};
use dmp_interop::fhir::patch::StatusWord;
use dmp_service::{Error, IdKind, NewFolder, NewSet, PersonRef, Published, ReplaceTarget, Submission};

use super::body::resource;
use super::prepare::{IncomingDocument, Profile, no_repeats, prepare_received};
use super::publish::replace_target;
use super::subject::resolve_subject;
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;
use crate::sent;

/// `POST /fhir`.
pub(crate) async fn provide(State(app): State<App>, asking: Asking, headers: HeaderMap, body: Bytes) -> Result<Response, Refusal> {
    asking.may("DocumentReference", 'c')?;
    let value = resource(&app, &headers, &body, "Bundle").map_err(|error| asking.refusal(error))?;
    let came = match prepare(&app, &value).await {
        Ok(lot) => app.service.publish(&PersonRef::Ins(lot.ins.clone()), &lot.submission, &asking.caller).await.map(|published| (lot, published)),
        Err(error) => Err(error),
    };
    sent::tell(&app, &asking.caller, Some(&headers), sent::named(&value), &came).await;
    let (lot, published) = came.map_err(|error| asking.refusal(error))?;
    let warnings = (!lot.warnings.is_empty()).then(|| super::outcome(&lot.warnings, asking.wish, None));
    let answers: Vec<EntryAnswer> = lot.order.iter().map(|kind| answer(&app, &published, &lot.patches, *kind)).collect();
    let json = render_provide_response(&answers, warnings.as_deref());
    Ok(asking.wish.resource(StatusCode::OK, json))
}

/// A lot, read and checked.
#[derive(Debug)]
struct Lot {
    ins: dmp_core::identity::Ins,
    submission: Submission,
    patches: Vec<StatusPatch>,
    order: Vec<EntryKind>,
    warnings: Vec<Issue>,
}

async fn prepare(app: &App, value: &serde_json::Value) -> Result<Lot, Error> {
    let limits = ProvideLimits { content_bytes_max: app.service.config().document_size_max, ..ProvideLimits::default() };
    let mut reading = read_provide(value, &limits);
    // Who the lot is about is judged again below, once our own ids are resolved.
    let mut issues: Vec<Issue> = std::mem::take(&mut reading.issues).into_iter().filter(|issue| issue.code != "ins-missing").collect();
    let mut ready: Vec<IncomingDocument> = Vec::new();
    for document in &mut reading.documents {
        resolve_subject(app, document.received.subject_reference.as_deref(), &mut document.received.subject_ins).await?;
        if document.received.attachment.content_type.is_none() {
            document.received.attachment.content_type = document.content_type.clone();
        }
        let bytes = std::mem::take(&mut document.bytes);
        match prepare_received(&document.received, bytes.into(), app.service.config().mode, Profile::Comprehensive) {
            Ok(mut incoming) => {
                incoming.document.replaces = replace_target(app, &document.received, incoming.document.replaces)?;
                ready.push(incoming);
            }
            Err(found) => issues.extend(found),
        }
    }
    if let Some(set) = &mut reading.submission_set {
        resolve_subject(app, set.subject_reference.as_deref(), &mut set.subject_ins).await?;
        issues.extend(dmp_interop::fhir::list::check_list(set));
    }
    for folder in &mut reading.folders {
        resolve_subject(app, folder.list.subject_reference.as_deref(), &mut folder.list.subject_ins).await?;
        issues.extend(dmp_interop::fhir::list::check_list(&folder.list));
    }
    issues.extend(one_person(&ready));
    issues.extend(patches_without_replacement(app, &reading.patches, &ready));
    reading.issues = no_repeats(issues);
    let provide = reading.accept().map_err(Error::Invalid)?;
    assemble(provide, ready)
}

fn one_person(ready: &[IncomingDocument]) -> Option<Issue> {
    let first = ready.first()?;
    ready.iter().any(|other| other.ins != first.ins).then(|| Issue::error("bundle-mixes-patients").at("Bundle.entry"))
}

/// A PATCH entry may only supersede what a document of the same lot replaces: nothing else changes by this door.
fn patches_without_replacement(app: &App, patches: &[StatusPatch], ready: &[IncomingDocument]) -> Vec<Issue> {
    let replaced: Vec<&ReplaceTarget> = ready.iter().filter_map(|incoming| incoming.document.replaces.as_ref()).collect();
    patches
        .iter()
        .filter(|patch| {
            let named = target(app, &patch.target);
            patch.status != StatusWord::Superseded || !named.is_some_and(|named| replaced.contains(&&named) || replaced.len() == patches.len())
        })
        .map(|_| Issue::error("bundle-entry-unexpected").at("Bundle.entry").expected("PATCH of the status of a document that this lot replaces"))
        .collect()
}

fn target(app: &App, patched: &PatchedDocument) -> Option<ReplaceTarget> {
    match patched {
        PatchedDocument::Id(id) => app.service.ids().open_entry(IdKind::Document, id).map(|(_, entry)| ReplaceTarget::Entry(entry)),
        PatchedDocument::Query(query) => {
            let value = query.rsplit(['|', '=']).next().unwrap_or_default();
            Some(ReplaceTarget::UniqueId(value.to_owned()))
        }
    }
}

fn assemble(provide: Provide, ready: Vec<IncomingDocument>) -> Result<Lot, Error> {
    let ins = ready.first().map(|incoming| incoming.ins.clone()).ok_or_else(|| Error::invalid(Issue::error("content-missing").at("Bundle.entry")))?;
    let urls: Vec<&str> = provide.documents.iter().map(|document| document.full_url.as_str()).collect();
    let folders = provide.folders.iter().map(|folder| new_folder(folder, &urls)).collect();
    let set = provide.submission_set;
    let mut warnings = provide.warnings;
    let mut documents = Vec::new();
    for incoming in ready {
        warnings.extend(incoming.warnings);
        documents.push(incoming.document);
    }
    let new_set = NewSet {
        unique_id: set.unique_id.clone(),
        source_id: set.source_id.clone(),
        content_type: set.designation_codes().into_iter().next(),
        title: set.title.clone(),
        comments: set.comments.clone(),
        declared_at: set.date.as_ref().and_then(|when| when.moment),
        author: set.source.as_ref().and_then(|source| source.to_author()),
        source_patient: None,
    };
    Ok(Lot { ins, submission: Submission { set: new_set, documents, folders }, patches: provide.patches, order: provide.order, warnings })
}

fn new_folder(folder: &ReceivedFolder, urls: &[&str]) -> NewFolder {
    let designation: Vec<Code> = folder.list.designation_codes();
    let documents = folder.list.entries.iter().filter_map(|reference| urls.iter().position(|url| url == reference)).collect();
    NewFolder { unique_id: folder.list.unique_id.clone(), designation, title: folder.list.title.clone().unwrap_or_default(), documents }
}

fn answer(app: &App, published: &Published, patches: &[StatusPatch], kind: EntryKind) -> EntryAnswer {
    let ids = app.service.ids();
    let created = if published.repeated { AnswerStatus::Ok } else { AnswerStatus::Created };
    let entry = |place: usize| published.entries.get(place);
    let at = |resource: &str, id: String, version: u32| EntryAnswer {
        status: created,
        location: Some(format!("{resource}/{id}/_history/{version}")),
        version: Some(version),
        last_modified: published.entries.first().map(|entry| entry.submitted_at),
    };
    let nothing = EntryAnswer { status: AnswerStatus::Ok, location: None, version: None, last_modified: None };
    match kind {
        EntryKind::SubmissionSet => at("List", ids.seal_entry(IdKind::List, published.record, published.set.id), 1),
        EntryKind::Folder(place) => match published.folders.get(place) {
            Some(folder) => at("List", ids.seal_entry(IdKind::List, published.record, folder.id), 1),
            None => nothing,
        },
        EntryKind::Document(place) => match entry(place) {
            Some(entry) => at("DocumentReference", ids.seal_entry(IdKind::Document, published.record, entry.id), entry.version),
            None => nothing,
        },
        EntryKind::Content(place) => match entry(place) {
            Some(entry) => EntryAnswer {
                location: Some(format!("Binary/{}", ids.seal_entry(IdKind::Binary, published.record, entry.id))),
                version: None,
                ..at("Binary", String::new(), 1)
            },
            None => nothing,
        },
        EntryKind::Patch(place) => match patches.get(place).and_then(|patch| target(app, &patch.target)) {
            Some(ReplaceTarget::Entry(old)) => {
                EntryAnswer { status: AnswerStatus::Ok, ..at("DocumentReference", ids.seal_entry(IdKind::Document, published.record, old), 2) }
            }
            Some(ReplaceTarget::UniqueId(_)) | None => nothing,
        },
        EntryKind::Patient => nothing,
    }
}

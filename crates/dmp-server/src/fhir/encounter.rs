//! Episodes of care as Encounter: declared by POST, changed or ended by PUT, refused by the person.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use dmp_core::identity::Ins;
use dmp_core::record::Head;
use dmp_core::{EntryId, Issue, RecordKey};
use dmp_interop::fhir::document_reference::PatientReference;
use dmp_interop::fhir::encounter::{EncounterStatus, ReceivedEncounter, read_encounter, render_encounter};
use dmp_service::{Error, IdKind, NewEpisode, PersonRef};

use super::body::resource;
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;

/// `POST /fhir/Encounter`: declares an episode of the caller's own structure.
pub(crate) async fn create(State(app): State<App>, asking: Asking, headers: HeaderMap, body: Bytes) -> Result<Response, Refusal> {
    asking.may("Encounter", 'c')?;
    let json = declare(&app, &asking, &headers, &body).await.map_err(|error| asking.refusal(error))?;
    Ok(asking.wish.resource(StatusCode::CREATED, json))
}

/// `PUT /fhir/Encounter/{id}`: another unit, staff or end; `finished` ends it.
pub(crate) async fn update(
    State(app): State<App>,
    asking: Asking,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    asking.may("Encounter", 'u')?;
    let json = change(&app, &asking, &id, &headers, &body).await.map_err(|error| asking.refusal(error))?;
    Ok(asking.wish.resource(StatusCode::OK, json))
}

/// `POST /fhir/Encounter/{id}/$dmp-oppose`, `$dmp-end-episode`.
pub(crate) async fn operation(State(app): State<App>, asking: Asking, Path((id, operation)): Path<(String, String)>) -> Result<Response, Refusal> {
    asking.may("Encounter", 'u')?;
    let json = run(&app, &asking, &id, &operation).await.map_err(|error| asking.refusal(error))?;
    Ok(asking.wish.resource(StatusCode::OK, json))
}

async fn declare(app: &App, asking: &Asking, headers: &HeaderMap, body: &[u8]) -> Result<Vec<u8>, Error> {
    let received = read_encounter(&resource(app, headers, body, "Encounter")?).map_err(Error::Invalid)?;
    if received.status == EncounterStatus::Over {
        return Err(Error::invalid(Issue::error("element-value").at("Encounter.status").expected("planned | in-progress")));
    }
    let person = person(app, &received)?;
    let (head, id) = app.service.declare_episode(&person, &episode(received), &asking.caller).await?;
    let key = app.service.record_key(&person).await?.ok_or(Error::NotFound("record-not-found"))?;
    rendered(app, &head, key, id)
}

async fn change(app: &App, asking: &Asking, id: &str, headers: &HeaderMap, body: &[u8]) -> Result<Vec<u8>, Error> {
    let received = read_encounter(&resource(app, headers, body, "Encounter")?).map_err(Error::Invalid)?;
    let (key, id) = open(app, id)?;
    let person = PersonRef::Record(key);
    let head = match received.status {
        EncounterStatus::Over => app.service.end_episode(&person, id, &asking.caller).await?,
        EncounterStatus::Current => app.service.change_episode(&person, id, &episode(received), &asking.caller).await?,
    };
    rendered(app, &head, key, id)
}

async fn run(app: &App, asking: &Asking, id: &str, operation: &str) -> Result<Vec<u8>, Error> {
    let (key, id) = open(app, id)?;
    let person = PersonRef::Record(key);
    let head = match operation {
        "$dmp-oppose" => app.service.oppose_episode(&person, id, &asking.caller).await?,
        "$dmp-end-episode" => app.service.end_episode(&person, id, &asking.caller).await?,
        _ => return Err(Error::NotFound("operation-not-found")),
    };
    rendered(app, &head, key, id)
}

fn open(app: &App, id: &str) -> Result<(RecordKey, EntryId), Error> {
    app.service.ids().open_entry(IdKind::Encounter, id).ok_or(Error::NotFound("episode-not-found"))
}

fn episode(received: ReceivedEncounter) -> NewEpisode {
    let ReceivedEncounter { number, unit, members, from, until, informed, .. } = received;
    NewEpisode { number, unit, members, from, until, informed }
}

fn person(app: &App, received: &ReceivedEncounter) -> Result<PersonRef, Error> {
    match (&received.patient, &received.patient_reference) {
        (Some(ins), _) => {
            let parsed = Ins::parse(&ins.oid, &ins.value).map_err(|error| Error::invalid(Issue::error(error.code()).at("Encounter.subject")))?;
            Ok(PersonRef::Ins(parsed))
        }
        (None, Some(reference)) => super::subject::person_of_id(app, reference),
        (None, None) => Err(Error::invalid(Issue::error("person-missing").at("Encounter.subject"))),
    }
}

fn rendered(app: &App, head: &Head, key: RecordKey, id: EntryId) -> Result<Vec<u8>, Error> {
    let episode = head.episodes.iter().find(|episode| episode.id == id).ok_or(Error::NotFound("episode-not-found"))?;
    let patient = PatientReference { oid: head.ins.authority().oid(), matricule: head.ins.matricule(), reference: None };
    let id = app.service.ids().seal_entry(IdKind::Encounter, key, id);
    Ok(render_encounter(&id, episode, &patient, app.service.now()))
}

//! A patient for a professional: what matters first, then documents with a reading pane.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use dmp_core::RecordKey;
use dmp_core::access::{Caller, Purpose};
use dmp_core::document::DocumentEntry;
use dmp_core::record::Record;
use dmp_pages::{ClassCount, DocumentLine, Filters, OpenDocument, Original, PatientHeader, ProMode, ProPatient, Shell, Site};
use dmp_service::{Error, IdKind};

use super::{caller_for, denied, opened, person};
use crate::App;
use crate::clinical::{self, Place};
use crate::patient_site::{body, original_response};
use crate::site::{SignedIn, page};

/// Groups of documents on one page: the list stands beside a reading pane.
const PAGE_SIZE: usize = 30;

/// Shows the patient.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, RawQuery(query): RawQuery) -> Response {
    respond(&app, &signed_in, &pid, None, query.as_deref().unwrap_or_default()).await
}

/// Shows the patient with a document in the reading pane.
pub(crate) async fn document(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((pid, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    respond(&app, &signed_in, &pid, Some(&id), query.as_deref().unwrap_or_default()).await
}

async fn respond(app: &App, signed_in: &SignedIn, pid: &str, id: Option<&str>, query: &str) -> Response {
    match patient_page(app, signed_in, pid, id, query).await {
        Ok(shown) => page(&shown),
        Err(Error::Forbidden(_) | Error::NotFound("record-not-found")) => denied::page_for(app, signed_in, pid),
        Err(error) => signed_in.fail(app, &error),
    }
}

async fn patient_page(app: &App, signed_in: &SignedIn, pid: &str, id: Option<&str>, query: &str) -> Result<ProPatient, Error> {
    let key = opened(app, pid)?;
    let caller = caller_for(signed_in, key);
    let everything = app.service.search(&person(key), &caller, |_| true).await?;
    let made = app.service.summarize(&person(key), &caller).await?;
    let found: Vec<&DocumentEntry> = everything.entries().filter(|entry| entry.status.is_latest()).collect();
    app.sessions.update(&signed_in.cookie, |session| remember(&mut session.recent, key, app.service.now()));
    let filters = filters(query);
    let chosen: Vec<&DocumentEntry> = found.iter().copied().filter(|entry| passes(&filters, entry)).collect();
    let skip: usize = crate::site::query_value(query, "page").and_then(|text| text.parse().ok()).unwrap_or(0);
    let lines = chosen.iter().skip(skip * PAGE_SIZE).take(PAGE_SIZE).map(|entry| line(app, key, entry)).collect();
    let open = match id {
        Some(id) => Some(open_document(app, &everything.record, id, &caller).await?),
        None => None,
    };
    let lang = signed_in.visitor.lang;
    let (entries, since): (Vec<&DocumentEntry>, _) = (everything.entries().collect(), made.summary.news.since);
    let (groups, more) = clinical::folded(&entries, since, app.service.now(), lang, (skip, PAGE_SIZE), &|entry| line(app, key, entry));
    let place = Place::of_patient(pid);
    let more = if chosen.len() == found.len() { more } else { chosen.len() > (skip + 1) * PAGE_SIZE };
    let older = more.then(|| format!("/pro/patients/{pid}?{}", with_page(query, skip + 1)));
    Ok(ProPatient {
        shell: Shell { search: Some(place.search_box("")), ..signed_in.visitor.shell(app, Site::Professional, &format!("/pro/patients/{pid}")) },
        pid: pid.to_owned(),
        header: header(app, &everything.record, &caller),
        mode: mode(&caller),
        summary: clinical::block(app, &made, &place, lang, &|entry| line(app, key, entry)),
        groups: Some(groups),
        classes: classes(&found),
        found: chosen.len(),
        documents: lines,
        filters,
        open,
        older,
    })
}

fn with_page(query: &str, page: usize) -> String {
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("page=") && !pair.starts_with("said=")).collect();
    format!("{}{}page={page}", kept.join("&"), if kept.is_empty() { "" } else { "&" })
}

fn remember(recent: &mut Vec<(RecordKey, dmp_core::Moment)>, key: RecordKey, now: dmp_core::Moment) {
    recent.retain(|(known, _)| *known != key);
    recent.insert(0, (key, now));
    recent.truncate(12);
}

/// A document in a professional's list: the state labels of the law, no buttons.
fn line(app: &App, key: RecordKey, entry: &DocumentEntry) -> DocumentLine {
    DocumentLine::of(entry, app.service.ids().seal_entry(IdKind::Document, key, entry.id))
}

fn mode(caller: &Caller) -> ProMode {
    match &caller.purpose {
        Purpose::Normal => ProMode::Normal,
        Purpose::BreakGlass { reason, .. } => ProMode::BreakGlass { reason: reason.clone() },
        Purpose::RegulationCentre => ProMode::RegulationCentre,
    }
}

fn header(app: &App, record: &Record, caller: &Caller) -> PatientHeader {
    let traits = &record.head.traits;
    let today = app.service.now().timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
    let own = record.head.authorisation(&caller.account);
    PatientHeader {
        name: traits.shown_name().display(),
        birth_date: traits.birth_date,
        age: traits.birth_date.age_on(today),
        sex: traits.sex,
        medecin_traitant: record.head.authorisations.iter().find(|line| line.medecin_traitant).map(|line| line.name.display()),
        is_medecin_traitant: own.is_some_and(|line| line.medecin_traitant),
        authorised_since: own.map(|line| line.since),
    }
}

fn classes(found: &[&DocumentEntry]) -> Vec<ClassCount> {
    let known = dmp_core::document::CLASSES
        .into_iter()
        .map(|class| ClassCount { code: class.code.to_owned(), count: found.iter().filter(|entry| entry.type_code.class() == class).count() });
    known.filter(|class| class.count > 0).collect()
}

fn filters(query: &str) -> Filters {
    let value = |name: &str| {
        let pairs: Vec<(String, String)> = serde_urlencoded(query);
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value).unwrap_or_default()
    };
    let mut filters =
        Filters { class: value("class"), from: value("from"), until: value("until"), author: value("author").trim().to_owned(), wrong_period: false };
    let wrong = |text: &str| !text.is_empty() && dmp_core::Moment::parse_fhir(text).is_none();
    filters.wrong_period = wrong(&filters.from) || wrong(&filters.until) || (!filters.until.is_empty() && filters.from > filters.until);
    filters
}

/// Decodes an `application/x-www-form-urlencoded` text.
fn serde_urlencoded(query: &str) -> Vec<(String, String)> {
    axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&format!("/?{query}").parse().unwrap_or_default())
        .map(|query| query.0)
        .unwrap_or_default()
}

fn passes(filters: &Filters, entry: &DocumentEntry) -> bool {
    use dmp_core::Moment;
    let author = filters.author.to_lowercase();
    let named = |text: &str| text.to_lowercase().contains(&author);
    let from = Moment::parse_fhir(&filters.from).filter(|_| !filters.wrong_period);
    let until = Moment::parse_fhir(&filters.until).filter(|_| !filters.wrong_period).map(|day| day.plus_days(1));
    (filters.class.is_empty() || entry.type_code.class().code == filters.class)
        && from.is_none_or(|from| entry.service_start >= from)
        && until.is_none_or(|until| entry.service_start < until)
        && (author.is_empty()
            || entry.authors.iter().any(|one| named(&one.name.display()) || one.institution.as_ref().is_some_and(|structure| named(&structure.name))))
}

async fn open_document(app: &App, held: &Record, id: &str, caller: &Caller) -> Result<OpenDocument, Error> {
    let key = held.key;
    let (record, entry) = crate::patient_site::opened(app, id)?;
    if record != key {
        return Err(Error::NotFound("document-not-found"));
    }
    let read = app.service.consult(record, entry, caller).await?;
    let correction = app.service.correction_to_answer(held, entry, caller);
    Ok(OpenDocument {
        document: line(app, key, &read.entry),
        body: body(&read),
        original: Original { mime_type: read.entry.mime_type.clone(), size: read.entry.content.size },
        correction: correction.map(|id| app.service.ids().seal_entry(IdKind::Correction, key, id)),
    })
}

/// The bytes of a document as received.
pub(crate) async fn original(State(app): State<App>, signed_in: SignedIn, Path((pid, id)): Path<(String, String)>) -> Response {
    let asked = opened(&app, &pid).and_then(|key| crate::patient_site::opened(&app, &id).map(|named| (key, named)));
    let read = match asked {
        Ok((key, (record, entry))) if key == record => app.service.consult(record, entry, &caller_for(&signed_in, key)).await,
        Ok(_) => Err(Error::NotFound("document-not-found")),
        Err(error) => Err(error),
    };
    match read {
        Ok(read) => original_response(&read),
        Err(error) => signed_in.fail(&app, &error),
    }
}

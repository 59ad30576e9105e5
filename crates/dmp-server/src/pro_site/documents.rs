//! A patient's documents: what to look for, the list, and the one that is read beside it; hiding one at the person's request.

use std::collections::HashMap;

use axum::Form;
use axum::extract::{Path, Query, RawQuery, State};
use axum::response::Response;
use dmp_core::Moment;
use dmp_core::access::{Act, Caller};
use dmp_core::document::{AvailabilityStatus, DocumentEntry, TYPES, Topic};
use dmp_core::record::Record;
use dmp_pages::{ClassCount, DocumentActs, DocumentLine, Filters, OpenDocument, Original, PatientPage, ProDocuments, ProPrint, Said, TopicCount};
use dmp_service::{EntryUpdate, Error};

use super::frame::{Spot, answered, document_id, patient_shell, refused};
use super::{caller_for, opened, person};
use crate::App;
use crate::clinical;
use crate::patient_site::{BareForm, original_response, whole_body};
use crate::site::{SignedIn, done};

/// Groups of documents on one page: the list stands beside a reading pane.
const PAGE_SIZE: usize = 30;
/// The first search goes back so far at most, and says so (`domain.md` 7.3); vaccines are searched without a limit.
const FIRST_SEARCH_YEARS: i64 = 2;
/// Documents printed at once.
const PRINTED_MAX: usize = 20;

/// Shows the list.
pub(crate) async fn list(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(pid): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let made = documents_page(&app, &signed_in, &pid, None, &query).await;
    answered(&app, &signed_in, &pid, made)
}

/// Shows the list with a document in the reading pane.
pub(crate) async fn document(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((pid, id)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let made = documents_page(&app, &signed_in, &pid, Some(&id), &query).await;
    answered(&app, &signed_in, &pid, made)
}

async fn documents_page(
    app: &App,
    signed_in: &SignedIn,
    pid: &str,
    id: Option<&str>,
    query: &HashMap<String, String>,
) -> Result<ProDocuments, Error> {
    let key = opened(app, pid)?;
    let caller = caller_for(signed_in, key);
    let filters = filters(query);
    let everything = app.service.search(&person(key), &caller, |_| true).await?;
    let record = &everything.record;
    let fresh = match filters.fresh {
        true => app.service.summarize(&person(key), &caller).await?.summary.news.documents.clone(),
        false => Vec::new(),
    };
    let now = app.service.now();
    let since = first_search(&filters, now);
    // What everything but the topic lets through: topics are counted in it.
    let sifted: Vec<&DocumentEntry> = everything
        .entries()
        .filter(|entry| passes(&filters, entry) && since.is_none_or(|since| entry.service_start >= since))
        .filter(|entry| !filters.fresh || fresh.contains(&entry.id))
        .collect();
    let counts = |topic: Topic| sifted.iter().filter(|entry| shows(&filters, entry) && Topic::of(entry) == topic).count();
    let topics = Topic::ALL.into_iter().map(|topic| TopicCount { topic, count: counts(topic) }).filter(|one| one.count > 0);
    let about: Vec<&DocumentEntry> = sifted.iter().copied().filter(|entry| filters.topic.is_none_or(|topic| Topic::of(entry) == topic)).collect();
    let chosen: Vec<&DocumentEntry> = about.iter().copied().filter(|entry| shows(&filters, entry)).collect();
    let skip: usize = query.get("page").and_then(|text| text.parse().ok()).unwrap_or(0);
    let line = |entry: &DocumentEntry| DocumentLine::of(entry, document_id(app, record, entry.id));
    let lang = signed_in.visitor.lang;
    let (groups, more_groups) = clinical::folded(&about, None, now, lang, (skip, PAGE_SIZE), &line);
    let more = if filters.old { chosen.len() > (skip + 1) * PAGE_SIZE } else { more_groups };
    let open = match id {
        Some(id) => Some(open_document(app, record, id, &caller).await?),
        None => None,
    };
    let next = format!("page={}", skip + 1);
    let older = more.then(|| {
        let kept = filters.query();
        format!("/pro/patients/{pid}/documents{}{next}", if kept.is_empty() { "?".to_owned() } else { format!("{kept}&") })
    });
    Ok(ProDocuments {
        shell: patient_shell(app, signed_in, record, &caller, Spot::new(pid, "/documents", PatientPage::Documents)),
        pid: pid.to_owned(),
        person: clinical::person(record),
        topics: topics.collect(),
        classes: classes(everything.entries()),
        since: since.map(|since| dmp_pages::day_words(since, lang)),
        groups: Some(groups),
        found: chosen.len(),
        documents: chosen.into_iter().skip(skip * PAGE_SIZE).take(PAGE_SIZE).map(line).collect(),
        filters,
        open,
        older,
        closed_to: closed_to(app, &caller),
    })
}

/// How far back the list goes by itself: two years, unless a date, every date, or vaccines are asked for.
fn first_search(filters: &Filters, now: Moment) -> Option<Moment> {
    let bounded =
        !filters.all_time && filters.from.is_empty() && filters.until.is_empty() && filters.topic != Some(Topic::Vaccines) && !filters.fresh;
    bounded.then(|| now.plus_days(-(FIRST_SEARCH_YEARS * 365 + 1)))
}

/// Kinds of document that the matrix does not open to the caller's profession.
fn closed_to(app: &App, caller: &Caller) -> Vec<&'static str> {
    // A student's row is that of the profession they learn, under a supervisor: nothing general can be said of it.
    let Some(profession) = caller.profession.as_ref().filter(|profession| !profession.is_student()) else { return Vec::new() };
    let matrix = &app.service.config().matrix;
    let closed = |code: &str| matrix.cell(profession, code).is_none_or(|cell| !cell.read);
    TYPES.iter().filter(|row| closed(row.0)).map(|row| row.3).collect()
}

fn classes<'e>(found: impl Iterator<Item = &'e DocumentEntry>) -> Vec<ClassCount> {
    let current: Vec<&DocumentEntry> = found.filter(|entry| entry.status.is_latest()).collect();
    let known = dmp_core::document::CLASSES
        .into_iter()
        .map(|class| ClassCount { code: class.code.to_owned(), count: current.iter().filter(|entry| entry.type_code.class() == class).count() });
    known.filter(|class| class.count > 0).collect()
}

fn filters(query: &HashMap<String, String>) -> Filters {
    let value = |name: &str| query.get(name).cloned().unwrap_or_default();
    let set = |name: &str, wanted: &str| query.get(name).is_some_and(|value| value == wanted);
    let mut filters = Filters {
        topic: Topic::from_code(&value("topic")),
        class: value("class"),
        from: value("from"),
        until: value("until"),
        author: value("author").trim().to_owned(),
        all_time: set("period", "all"),
        archived: set("archived", "1"),
        old: set("old", "1"),
        veiled: set("veiled", "1"),
        fresh: set("show", "new"),
        wrong_period: false,
    };
    let wrong = |text: &str| !text.is_empty() && Moment::parse_fhir(text).is_none();
    filters.wrong_period = wrong(&filters.from) || wrong(&filters.until) || (!filters.until.is_empty() && filters.from > filters.until);
    filters
}

/// Whether an entry passes what is asked of its content; its version is [`shows`]'s.
fn passes(filters: &Filters, entry: &DocumentEntry) -> bool {
    let author = filters.author.to_lowercase();
    let named = |text: &str| text.to_lowercase().contains(&author);
    let from = Moment::parse_fhir(&filters.from).filter(|_| !filters.wrong_period);
    let until = Moment::parse_fhir(&filters.until).filter(|_| !filters.wrong_period).map(|day| day.plus_days(1));
    let veiled = entry.visibility.invisible_to_patient || entry.visibility.invisible_to_representatives;
    (filters.class.is_empty() || entry.type_code.class().code == filters.class)
        && from.is_none_or(|from| entry.service_start >= from)
        && until.is_none_or(|until| entry.service_start < until)
        && (!filters.veiled || veiled)
        && (filters.archived || !matches!(entry.status, AvailabilityStatus::Archived(_)))
        && (author.is_empty()
            || entry.authors.iter().any(|one| named(&one.name.display()) || one.institution.as_ref().is_some_and(|structure| named(&structure.name))))
}

/// Whether an entry stands in the list by itself: older versions do when they are asked for.
fn shows(filters: &Filters, entry: &DocumentEntry) -> bool {
    entry.status.is_latest() || filters.old
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
        document: DocumentLine::of(&read.entry, document_id(app, held, read.entry.id)),
        body: whole_body(app, &read).await?,
        original: Original { mime_type: read.entry.mime_type.clone(), size: read.entry.content.size },
        correction: correction.map(|id| app.service.ids().seal_entry(dmp_service::IdKind::Correction, key, id)),
        acts: acts(app, held, &read.entry, caller),
    })
}

fn acts(app: &App, record: &Record, entry: &DocumentEntry, caller: &Caller) -> DocumentActs {
    let may = |act| app.service.would_permit(act, record, Some(entry), caller);
    let current = matches!(entry.status, AvailabilityStatus::Approved(_));
    DocumentActs {
        mask: !entry.visibility.masked && may(Act::Mask),
        unmask: entry.visibility.masked && may(Act::Unmask),
        announce: entry.visibility.invisible_to_patient && may(Act::ShowToPatient),
        replace: current && may(Act::Replace),
    }
}

/// The bytes of a document as received.
pub(crate) async fn original(State(app): State<App>, signed_in: SignedIn, Path((pid, id)): Path<(String, String)>) -> Response {
    let read = match named(&app, &pid, &id) {
        Ok((key, entry)) => app.service.consult(key, entry, &caller_for(&signed_in, key)).await,
        Err(error) => Err(error),
    };
    match read {
        Ok(read) => original_response(&read),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// The record and the document that an address names, when they belong together.
fn named(app: &App, pid: &str, id: &str) -> Result<(dmp_core::RecordKey, dmp_core::EntryId), Error> {
    let key = opened(app, pid)?;
    let (record, entry) = crate::patient_site::opened(app, id)?;
    if key == record { Ok((key, entry)) } else { Err(Error::NotFound("document-not-found")) }
}

/// The chosen documents one below the other. Each is a reading of its own.
pub(crate) async fn print(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, RawQuery(query): RawQuery) -> Response {
    let made = printed(&app, &signed_in, &pid, query.as_deref().unwrap_or_default()).await;
    answered(&app, &signed_in, &pid, made)
}

async fn printed(app: &App, signed_in: &SignedIn, pid: &str, query: &str) -> Result<ProPrint, Error> {
    let key = opened(app, pid)?;
    let caller = caller_for(signed_in, key);
    let record = app.service.search(&person(key), &caller, |_| false).await?.record;
    let mut documents = Vec::new();
    for id in query.split('&').filter_map(|pair| pair.strip_prefix("doc=")).take(PRINTED_MAX) {
        documents.push(open_document(app, &record, id, &caller).await?);
    }
    let shell = patient_shell(app, signed_in, &record, &caller, Spot::new(pid, "/documents", PatientPage::Other));
    Ok(ProPrint { shell, pid: pid.to_owned(), person: clinical::person(&record), documents })
}

/// Hides a document from other professionals, at the person's request.
pub(crate) async fn mask(state: State<App>, signed_in: SignedIn, path: Path<(String, String)>, form: Form<BareForm>) -> Response {
    update(state, signed_in, path, form, EntryUpdate::Mask, Said::DocumentHidden).await
}

/// Shows it to professionals again.
pub(crate) async fn unmask(state: State<App>, signed_in: SignedIn, path: Path<(String, String)>, form: Form<BareForm>) -> Response {
    update(state, signed_in, path, form, EntryUpdate::Unmask, Said::DocumentShown).await
}

/// The announcement was made: the person sees the document from now on.
pub(crate) async fn announce(state: State<App>, signed_in: SignedIn, path: Path<(String, String)>, form: Form<BareForm>) -> Response {
    update(state, signed_in, path, form, EntryUpdate::ShowToPatient, Said::Announced).await
}

async fn update(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((pid, id)): Path<(String, String)>,
    Form(form): Form<BareForm>,
    update: EntryUpdate,
    said: Said,
) -> Response {
    let back = format!("/pro/patients/{pid}/documents/{id}");
    if !signed_in.owns(&form.csrf) {
        return done(&back, Said::FormExpired);
    }
    let updated = match named(&app, &pid, &id) {
        Ok((key, entry)) => app.service.update_entry(key, entry, &[update], None, &caller_for(&signed_in, key)).await,
        Err(error) => Err(error),
    };
    match updated {
        Ok(_) => done(&back, said),
        Err(Error::Conflict("record-changed")) => done(&back, Said::TryAgain),
        Err(error) => refused(&app, &signed_in, &pid, &error),
    }
}

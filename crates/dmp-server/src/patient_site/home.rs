//! The front door, and behind it the record: the summary, what is new, the newest documents.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::access::{Act, CallerKind, Reason};
use dmp_core::audit::{Leaf, Outcome};
use dmp_core::document::DocumentEntry;
use dmp_core::record::{DESTRUCTION_DAYS, Notice, Record, RecordStatus, clock_notices};
use dmp_pages::{
    ClosedRecord, ClosingProblem, DocumentLine, JournalFilter, JournalLine, News, NoRecord, NoticeLine, OpenForm, PersonRecord, PublicPage, Shell,
    Site,
};
use dmp_service::{Error, Found, IdKind, KeptLeaf, PersonRef};

use super::perspective;
use crate::App;
use crate::clinical;
use crate::site::{SignedIn, Visitor, page, page_with};

/// Groups of documents under the summary; the list of documents has the rest.
const GROUPS_SHOWN: usize = 5;
/// Looks shown under *what is new*; the journal has the rest.
const LOOKS_MAX: usize = 5;
/// Looks of others that are counted; of more it is said that there are more.
const LOOKS_COUNTED: u32 = 200;
/// Emergencies that are read when the reason of one lies further back than the looks: it goes with its notice.
const EMERGENCIES_READ: u32 = 60;
/// Days that an emergency access stands above everything else on this page, read of or not.
const EMERGENCY_DAYS: i64 = 30;

/// Shows the front door, the record, or why there is none.
pub(crate) async fn home(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Response {
    match SignedIn::of(visitor) {
        // Whoever came to answer an app signed in for that.
        Ok(_) if crate::apps::is_waiting(&app, &headers) => Redirect::to(crate::apps::GO_ON).into_response(),
        Ok(signed_in) => match super::come_back::first(&app, &signed_in, &headers) {
            Some(there) => there.into_response(),
            None => signed_in_home(&app, &signed_in).await,
        },
        Err(visitor) => page(&PublicPage { shell: visitor.shell(&app, Site::Public, "/"), may_open: app.opening.is_some() }),
    }
}

async fn signed_in_home(app: &App, signed_in: &SignedIn) -> Response {
    if signed_in.session.caller.kind == CallerKind::Professional {
        return Redirect::to("/pro").into_response();
    }
    if signed_in.session.caller.kind == CallerKind::Agent {
        return Redirect::to("/accueil").into_response();
    }
    let person = match signed_in.person() {
        Ok(person) => person,
        Err(_) => return no_record(app, signed_in),
    };
    match record_page(app, signed_in, &person).await {
        Ok(response) => response,
        Err(Error::NotFound("record-not-found")) => no_record(app, signed_in),
        Err(Error::Forbidden(Reason::NotTheirRecord)) if signed_in.session.caller.kind == CallerKind::Patient => no_record(app, signed_in),
        Err(Error::Forbidden(Reason::RecordClosed)) => closed(app, signed_in, &person, None).await,
        Err(error) => signed_in.fail(app, &error),
    }
}

async fn record_page(app: &App, signed_in: &SignedIn, person: &PersonRef) -> Result<Response, Error> {
    let caller = &signed_in.session.caller;
    let found = app.service.search(person, caller, |_| true).await?;
    let record = found.record.clone();
    let made = app.service.summarize(person, caller).await?;
    let since = made.summary.news.since;
    let (news, last_look) =
        if caller.kind == CallerKind::Helper { (News::default(), None) } else { news(app, signed_in, person, &found, since).await? };
    let place = super::reading::place(signed_in);
    let line = |entry: &DocumentEntry| line(app, signed_in, &record, entry);
    let entries: Vec<&DocumentEntry> = found.entries().collect();
    let (groups, _) = clinical::folded(&entries, since, app.service.now(), signed_in.visitor.lang, (0, GROUPS_SHOWN), &line);
    // Whether there is any: the groups say which.
    let documents: Vec<DocumentLine> = entries.iter().copied().filter(|entry| entry.status.is_latest()).take(1).map(line).collect();
    let shown = PersonRecord {
        shell: Shell { search: Some(place.search_box("")), ..signed_in.visitor.acting_shell(app, "/", &record) },
        person: record.head.traits.shown_name().display(),
        perspective: perspective(caller.kind),
        news,
        summary: Some(clinical::block(app, &made, &place, signed_in.visitor.lang, &line)),
        groups: Some(groups),
        documents,
        last_look,
        opened_at: record.head.creation.at,
        all_masked: record.head.all_masked,
        undo_until: super::undo_until(app, signed_in, &record).await,
    };
    let unread = record.head.notices.iter().chain(&clock_notices(&record, app.service.now())).any(|notice| !notice.read);
    if unread && app.service.may_read_notices(&record, caller) {
        app.service.notices_read(person, caller).await?;
    }
    Ok(page(&shown))
}

/// One line of a list, with the buttons that this reader may use.
pub(crate) fn line(app: &App, signed_in: &SignedIn, record: &Record, entry: &dmp_core::document::DocumentEntry) -> DocumentLine {
    let id = app.service.ids().seal_entry(IdKind::Document, record.key, entry.id);
    let may = |act| app.service.would_permit(act, record, Some(entry), &signed_in.session.caller);
    // What is said of one document changes nothing while all of them are hidden.
    let one_by_one = !record.head.all_masked;
    DocumentLine {
        may_hide: one_by_one && !entry.visibility.masked && may(Act::Mask),
        may_show: one_by_one && entry.visibility.masked && may(Act::Unmask),
        ..DocumentLine::of(entry, id)
    }
}

/// What is new besides the documents, which the summary names; and who looked last, whenever that was.
async fn news(
    app: &App,
    signed_in: &SignedIn,
    person: &PersonRef,
    found: &Found,
    since: Option<dmp_core::Moment>,
) -> Result<(News, Option<JournalLine>), Error> {
    let caller = &signed_in.session.caller;
    let now = app.service.now();
    let tells = app.service.may_read_notices(&found.record, caller);
    let stands = |notice: &&Notice| tells && (!notice.read || (notice.kind.is_emergency() && now < notice.at.plus_days(EMERGENCY_DAYS)));
    // One's own visits are left out before anything is counted: they would push out everybody else. An addition is no look: the documents tell it.
    let others = |leaf: &Leaf| JournalFilter::Others.wants(leaf, &caller.account);
    let journal = app.service.journal_where(person, caller, None, LOOKS_COUNTED, |leaf| others(leaf) && leaf.act.is_reading()).await?;
    let mut told = journal.leaves.clone();
    let emergencies = || found.record.head.notices.iter().filter(stands).filter(|notice| notice.kind.is_emergency());
    if emergencies().any(|notice| reason(&told, notice).is_none()) {
        let emergency = |leaf: &Leaf| JournalFilter::Emergencies.wants(leaf, &caller.account);
        told.extend(app.service.journal_where(person, caller, None, EMERGENCIES_READ, emergency).await?.leaves);
    }
    let is_new = |at: dmp_core::Moment| since.is_none_or(|since| at > since);
    let new = journal.leaves.iter().filter(|kept| is_new(kept.leaf.at));
    let looks: Vec<JournalLine> = new.map(|kept| super::journal::line(&kept.leaf, caller)).collect();
    let read = journal.leaves.iter().find(|kept| kept.leaf.outcome == Outcome::Done);
    let last_look = read.map(|kept| super::journal::line(&kept.leaf, caller));
    let clocks = clock_notices(&found.record, now);
    let notices = found.record.head.notices.iter().chain(&clocks).filter(stands);
    let news = News {
        since,
        notices: notices.map(|notice| NoticeLine { kind: notice.kind, at: notice.at, by: notice.by.clone(), words: reason(&told, notice) }).collect(),
        documents: Vec::new(),
        more_looks: looks.len().saturating_sub(LOOKS_MAX),
        more_than_counted: journal.older.is_some() && looks.len() == journal.leaves.len(),
        looks: looks.into_iter().take(LOOKS_MAX).collect(),
    };
    Ok((news, last_look))
}

/// The reason given in break-glass, from the leaf of the same commit as the notice.
fn reason(told: &[KeptLeaf], notice: &Notice) -> Option<String> {
    let of_it = |leaf: &Leaf| leaf.at == notice.at && leaf.caller.name == notice.by;
    told.iter().find(|kept| notice.kind.is_emergency() && of_it(&kept.leaf)).and_then(|kept| kept.leaf.words.clone())
}

fn no_record(app: &App, signed_in: &SignedIn) -> Response {
    let own = signed_in.session.caller.kind == CallerKind::Patient;
    page(&NoRecord {
        shell: signed_in.visitor.bare_shell(app, "/"),
        person: signed_in.session.caller.shown_name(),
        own,
        may_open: own && signed_in.session.person.is_some(),
        form: OpenForm::default(),
    })
}

/// The page of a closed record: opening it again, the journal, its destruction, as the law permits.
pub(crate) async fn closed(app: &App, signed_in: &SignedIn, person: &PersonRef, problem: Option<ClosingProblem>) -> Response {
    let record = match app.service.administrative(person, &signed_in.session.caller).await {
        Ok(record) => record,
        Err(error) => return signed_in.fail(app, &error),
    };
    let RecordStatus::Closed(closure) = &record.head.status else {
        return Redirect::to("/").into_response();
    };
    let may = |act| app.service.would_permit(act, &record, None, &signed_in.session.caller);
    let asked = closure.destruction_requested_at;
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = ClosedRecord {
        shell: Shell { search: None, ..signed_in.visitor.acting_shell(app, "/", &record) },
        person: record.head.traits.shown_name().display(),
        closed_at: closure.at,
        reason: closure.reason,
        words: Some(closure.words.clone()).filter(|words| !words.is_empty()),
        may_reopen: may(Act::ReactivateRecord),
        may_request_destruction: asked.is_none() && may(Act::RequestDestruction),
        destruction: asked.map(|at| (at, at.plus_days(DESTRUCTION_DAYS))),
        problem,
    };
    page_with(status, &shown)
}

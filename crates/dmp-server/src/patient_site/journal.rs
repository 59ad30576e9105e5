//! Who looked, at `/journal`.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use dmp_core::access::Caller;
use dmp_core::audit::Leaf;
use dmp_core::record::Record;
use dmp_pages::{DocumentName, JournalFilter, JournalLine, JournalPage, ReportShown};
use dmp_service::{Error, IdKind};

use super::perspective;
use crate::App;
use crate::site::{SignedIn, page, query_value};

/// Lines on one page.
const PAGE_SIZE: u32 = 50;

/// Shows a page of the journal, newest first.
pub(crate) async fn journal(State(app): State<App>, signed_in: SignedIn, RawQuery(query): RawQuery) -> Response {
    match journal_page(&app, &signed_in, query.as_deref().unwrap_or_default()).await {
        Ok(shown) => page(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn journal_page(app: &App, signed_in: &SignedIn, query: &str) -> Result<JournalPage, Error> {
    let caller = &signed_in.session.caller;
    let before = query_value(query, "page").map(|token| crate::fhir::page_of(app, &caller.account, token)).transpose()?;
    let filter = query_value(query, "kind").and_then(JournalFilter::from_code).unwrap_or_default();
    let sealed = query_value(query, "place");
    let place = sealed.and_then(|id| opened(app, id));
    let wanted = |leaf: &Leaf| filter.wants(leaf, &caller.account) && (place.is_none() || leaf.caller.structure == place);
    let read = app.service.journal_where(&signed_in.person()?, caller, before, PAGE_SIZE, wanted).await?;
    let kept = sealed.filter(|_| place.is_some()).map(|id| format!("&place={id}")).unwrap_or_default();
    let older = |before| format!("/journal?page={}&kind={}{kept}", crate::fhir::page_token(app, &caller.account, before), filter.code());
    Ok(JournalPage {
        shell: signed_in.visitor.acting_shell(app, "/journal", &read.record),
        person: read.record.head.traits.shown_name().display(),
        perspective: perspective(caller.kind),
        lines: read.leaves.iter().map(|kept| linked(app, &kept.leaf, caller)).collect(),
        older: read.older.map(older),
        continued: before.is_some(),
        filter,
        place,
        reports: if before.is_none() { reports(app, &read.record, caller) } else { Vec::new() },
    })
}

/// The reports that this reader may follow, newest first.
fn reports(app: &App, record: &Record, caller: &Caller) -> Vec<ReportShown> {
    let mut all: Vec<ReportShown> = app.service.reports_shown(record, caller).into_iter().map(ReportShown::of).collect();
    all.reverse();
    all
}

/// A leaf as this reader sees it; the act has already taken away the object that they may not see.
pub(crate) fn line(leaf: &Leaf, reader: &Caller) -> JournalLine {
    JournalLine::of(leaf, &reader.account, DocumentName::Shown)
}

/// The same, with the address of the page about who acted.
pub(crate) fn linked(app: &App, leaf: &Leaf, reader: &Caller) -> JournalLine {
    let other = leaf.caller.account != reader.account && !leaf.caller.name.is_empty();
    JournalLine { who: other.then(|| format!("/journal/who/{}", sealed(app, &leaf.caller.account))), ..line(leaf, reader) }
}

/// An account or a place of work in an address: a name has no place there.
pub(crate) fn sealed(app: &App, text: &str) -> String {
    app.service.ids().seal(IdKind::Account, text.as_bytes())
}

/// What such an address names.
pub(crate) fn opened(app: &App, id: &str) -> Option<String> {
    app.service.ids().open(IdKind::Account, id).and_then(|plain| String::from_utf8(plain).ok())
}

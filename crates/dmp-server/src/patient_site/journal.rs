//! Who looked, at `/journal`.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use dmp_core::access::Caller;
use dmp_core::audit::Leaf;
use dmp_pages::{DocumentName, JournalLine, JournalPage};
use dmp_service::Error;

use super::perspective;
use crate::App;
use crate::site::{SignedIn, page, query_value};

/// Lines on one page.
const PAGE_SIZE: u32 = 50;

/// Shows a page of the journal, newest first.
pub(crate) async fn journal(State(app): State<App>, signed_in: SignedIn, RawQuery(query): RawQuery) -> Response {
    let token = query.as_deref().and_then(|query| query_value(query, "page"));
    match journal_page(&app, &signed_in, token).await {
        Ok(shown) => page(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn journal_page(app: &App, signed_in: &SignedIn, token: Option<&str>) -> Result<JournalPage, Error> {
    let caller = &signed_in.session.caller;
    let before = token.map(|token| crate::fhir::page_of(app, &caller.account, token)).transpose()?;
    let read = app.service.journal(&signed_in.person()?, caller, before, PAGE_SIZE).await?;
    Ok(JournalPage {
        shell: signed_in.visitor.acting_shell(app, "/journal", &read.record),
        person: read.record.head.traits.shown_name().display(),
        perspective: perspective(caller.kind),
        lines: read.leaves.iter().map(|kept| line(&kept.leaf, caller)).collect(),
        older: read.older.map(|before| format!("/journal?page={}", crate::fhir::page_token(app, &caller.account, before))),
        continued: before.is_some(),
    })
}

/// A leaf as this reader sees it; the act has already taken away the object that they may not see.
pub(crate) fn line(leaf: &Leaf, reader: &Caller) -> JournalLine {
    JournalLine::of(leaf, &reader.account, DocumentName::Shown)
}

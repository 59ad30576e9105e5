//! Every document of the record, at `/documents`: folded, by month, one topic at a time when asked.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::response::Response;
use dmp_core::document::{DocumentEntry, Topic};
use dmp_pages::{DocumentsPage, Shell, TopicCount};
use dmp_service::Error;

use super::{perspective, reading};
use crate::App;
use crate::clinical;
use crate::site::{SignedIn, page};

/// Groups of documents on one page.
const PAGE_SIZE: usize = 20;

/// Shows a page of the list.
pub(crate) async fn documents(State(app): State<App>, signed_in: SignedIn, Query(query): Query<HashMap<String, String>>) -> Response {
    match documents_page(&app, &signed_in, &query).await {
        Ok(shown) => page(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn documents_page(app: &App, signed_in: &SignedIn, query: &HashMap<String, String>) -> Result<DocumentsPage, Error> {
    let topic = query.get("topic").and_then(|code| Topic::from_code(code));
    let skip: usize = query.get("page").and_then(|text| text.parse().ok()).unwrap_or_default();
    let caller = &signed_in.session.caller;
    let found = app.service.search(&signed_in.person()?, caller, |_| true).await?;
    let record = found.record.clone();
    let line = |entry: &DocumentEntry| super::home::line(app, signed_in, &record, entry);
    let entries: Vec<&DocumentEntry> = found.entries().collect();
    let counted = Topic::ALL.into_iter().map(|topic| TopicCount { topic, count: entries.iter().filter(|entry| Topic::of(entry) == topic).count() });
    let topics = counted.filter(|one| one.count > 0).collect();
    let shown: Vec<&DocumentEntry> = entries.into_iter().filter(|entry| topic.is_none_or(|topic| Topic::of(entry) == topic)).collect();
    let (folded, more) = clinical::folded(&shown, None, app.service.now(), signed_in.visitor.lang, (skip, PAGE_SIZE), &line);
    let place = reading::place(signed_in);
    Ok(DocumentsPage {
        shell: Shell { search: Some(place.search_box("")), ..signed_in.visitor.acting_shell(app, "/documents", &record) },
        person: clinical::person(&record),
        perspective: perspective(caller.kind),
        topics,
        topic,
        folded,
        continued: skip > 0,
        older: more.then(|| older(topic, skip.saturating_add(1))),
        opened_at: record.head.creation.at,
        all_masked: record.head.all_masked,
    })
}

fn older(topic: Option<Topic>, page: usize) -> String {
    topic.map_or_else(|| format!("/documents?page={page}"), |topic| format!("/documents?topic={}&page={page}", topic.code()))
}

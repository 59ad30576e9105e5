//! What has come and what is expected, at `/expected`.

use axum::extract::State;
use axum::response::Response;
use dmp_core::document::{DocumentEntry, Topic};
use dmp_core::summary::Source;
use dmp_pages::{Arrived, AuthorLine, ExpectedContext, ExpectedPage};
use dmp_service::Error;

use super::reading;
use crate::App;
use crate::clinical;
use crate::site::{SignedIn, page};

/// Shows the state of filling.
pub(crate) async fn expected(State(app): State<App>, signed_in: SignedIn) -> Response {
    match expected_page(&app, &signed_in).await {
        Ok(shown) => page(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn expected_page(app: &App, signed_in: &SignedIn) -> Result<ExpectedPage, Error> {
    let made = reading::summarized(app, signed_in).await?;
    let found = app.service.search(&signed_in.person()?, &signed_in.session.caller, |entry| entry.status.is_latest()).await?;
    let place = reading::place(signed_in);
    let proof = |source: &Source| place.proof(app, made.record.key, source);
    let context = ExpectedContext {
        shell: reading::shell(app, signed_in, "/expected", "", &made.record),
        person: clinical::person(&made.record),
        reader: place.reader,
        opened_at: made.record.head.creation.at,
        arrived: Topic::ALL.into_iter().map(|topic| arrived(topic, found.entries())).collect(),
        waiting: made.summary.waiting,
        unreadable: made.summary.unreadable,
    };
    Ok(ExpectedPage::of(context, &made.summary.missing, &proof))
}

fn arrived<'e>(topic: Topic, entries: impl Iterator<Item = &'e DocumentEntry>) -> Arrived {
    let (mut count, mut newest): (usize, Option<&DocumentEntry>) = (0, None);
    for entry in entries.filter(|entry| Topic::of(entry) == topic) {
        count += 1;
        newest = newest.filter(|known| known.submitted_at >= entry.submitted_at).or(Some(entry));
    }
    let from = |entry: &DocumentEntry| entry.authors.first().map(AuthorLine::from).unwrap_or_default();
    Arrived { topic, count, newest: newest.map(|entry| (entry.submitted_at, from(entry))) }
}

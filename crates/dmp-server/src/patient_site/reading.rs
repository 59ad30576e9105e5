//! Reading one's record: results and their curves, search, the summary and the emergency card on paper.

use axum::Form;
use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::access::CallerKind;
use dmp_core::record::Record;
use dmp_pages::{CardContext, EmergencyCard, HiddenOnCard, Part, Reader, SearchOutcome, Shell};
use dmp_service::{Error, IdKind, Summarized};
use serde::Deserialize;

use crate::App;
use crate::clinical::{self, Place};
use crate::site::{SignedIn, done, page};

/// The form of a search.
#[derive(Debug, Deserialize)]
pub(crate) struct SearchForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    q: String,
}

/// Where this visitor reads.
pub(crate) fn place(signed_in: &SignedIn) -> Place {
    Place::of_person(if signed_in.session.caller.kind == CallerKind::Patient { Reader::Person } else { Reader::Other })
}

pub(crate) fn shell(app: &App, signed_in: &SignedIn, back: &str, words: &str, record: &Record) -> Shell {
    Shell { search: Some(place(signed_in).search_box(words)), ..signed_in.visitor.acting_shell(app, back, record) }
}

pub(crate) async fn summarized(app: &App, signed_in: &SignedIn) -> Result<Summarized, Error> {
    app.service.summarize(&signed_in.person()?, &signed_in.session.caller).await
}

/// All results.
pub(crate) async fn results(State(app): State<App>, signed_in: SignedIn) -> Response {
    match summarized(&app, &signed_in).await {
        Ok(made) => page(&clinical::results(&app, &made, &place(&signed_in), shell(&app, &signed_in, "/results", "", &made.record))),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// Weight, height, blood pressure and the like.
pub(crate) async fn measures(State(app): State<App>, signed_in: SignedIn) -> Response {
    match summarized(&app, &signed_in).await {
        Ok(made) => page(&clinical::measures(&app, &made, &place(&signed_in), shell(&app, &signed_in, "/measures", "", &made.record))),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// One analyte over time.
pub(crate) async fn analyte(State(app): State<App>, signed_in: SignedIn, Path(key): Path<String>) -> Response {
    let made = match summarized(&app, &signed_in).await {
        Ok(made) => made,
        Err(error) => return signed_in.fail(&app, &error),
    };
    let shell = shell(&app, &signed_in, &format!("/results/{key}"), "", &made.record);
    match clinical::analyte(&app, &made, &place(&signed_in), shell, &key) {
        Some(shown) => page(&shown),
        None => signed_in.fail(&app, &Error::NotFound("result-not-found")),
    }
}

/// The values of one analyte as a file for spreadsheets.
pub(crate) async fn analyte_csv(State(app): State<App>, signed_in: SignedIn, Path(key): Path<String>) -> Response {
    let made = match summarized(&app, &signed_in).await {
        Ok(made) => made,
        Err(error) => return signed_in.fail(&app, &error),
    };
    let shell = shell(&app, &signed_in, "/results", "", &made.record);
    let Some(shown) = clinical::analyte(&app, &made, &place(&signed_in), shell, &key) else {
        return signed_in.fail(&app, &Error::NotFound("result-not-found"));
    };
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"resultats.csv\"")];
    (headers, shown.csv()).into_response()
}

/// The medicines.
pub(crate) async fn treatments(State(app): State<App>, signed_in: SignedIn) -> Response {
    part(&app, &signed_in, Part::Treatments).await
}

/// The vaccines, and the boosters that are due.
pub(crate) async fn vaccines(State(app): State<App>, signed_in: SignedIn) -> Response {
    part(&app, &signed_in, Part::Vaccines).await
}

/// The allergies.
pub(crate) async fn allergies(State(app): State<App>, signed_in: SignedIn) -> Response {
    part(&app, &signed_in, Part::Allergies).await
}

/// Illnesses, operations, stays.
pub(crate) async fn history(State(app): State<App>, signed_in: SignedIn) -> Response {
    part(&app, &signed_in, Part::History).await
}

async fn part(app: &App, signed_in: &SignedIn, part: Part) -> Response {
    match summarized(app, signed_in).await {
        Ok(made) => page(&clinical::part(app, &made, &place(signed_in), shell(app, signed_in, part.path(), "", &made.record), part)),
        Err(error) => signed_in.fail(app, &error),
    }
}

/// The form of a search; with words in its address, as this session sealed them, what they find: going back to it, or loading it again, is no form
/// sent twice.
pub(crate) async fn search_form(State(app): State<App>, signed_in: SignedIn, RawQuery(query): RawQuery) -> Response {
    let sealed = crate::site::query_value(query.as_deref().unwrap_or_default(), "for");
    match sealed.and_then(|sealed| words_of(&app, &signed_in, sealed)) {
        Some(words) => found(&app, &signed_in, &words).await,
        None => bare_form(&app, &signed_in).await,
    }
}

async fn bare_form(app: &App, signed_in: &SignedIn) -> Response {
    let asked = match signed_in.person() {
        Ok(person) => app.service.search(&person, &signed_in.session.caller, |_| false).await,
        Err(error) => Err(error),
    };
    match asked {
        Ok(found) => {
            let shell = shell(app, signed_in, "/search", "", &found.record);
            page(&clinical::search_page(&found.record, &place(signed_in), "", shell, SearchOutcome::NotAsked, 0))
        }
        Err(error) => signed_in.fail(app, &error),
    }
}

async fn found(app: &App, signed_in: &SignedIn, words: &str) -> Response {
    let found = match signed_in.person() {
        Ok(person) => {
            let shell = |record: &Record| shell(app, signed_in, "/search", words, record);
            clinical::search(app, &person, &signed_in.session.caller, &place(signed_in), words, shell).await
        }
        Err(error) => Err(error),
    };
    match found {
        Ok(shown) => page(&shown),
        Err(error) => signed_in.fail(app, &error),
    }
}

/// A search: its words are sealed into the address of what they find. SECURITY: words of health stand in no address that anybody can read, and the
/// seal opens in this session alone.
pub(crate) async fn search(State(app): State<App>, signed_in: SignedIn, Form(form): Form<SearchForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/search", dmp_pages::Said::FormExpired);
    }
    if let Err(error) = signed_in.person() {
        return signed_in.fail(&app, &error);
    }
    let words: String = form.q.chars().take(dmp_core::find::QUERY_CHARS_MAX + 1).collect();
    let sealed = app.service.ids().seal(IdKind::Search, format!("{}\n{words}", signed_in.session.csrf).as_bytes());
    Redirect::to(&format!("/search?for={sealed}")).into_response()
}

fn words_of(app: &App, signed_in: &SignedIn, sealed: &str) -> Option<String> {
    let plain = app.service.ids().open(IdKind::Search, sealed).and_then(|plain| String::from_utf8(plain).ok())?;
    let (session, words) = plain.split_once('\n')?;
    (session == signed_in.session.csrf).then(|| words.to_owned())
}

/// Whether what the person has hidden goes on paper too: only when they say so.
fn with_hidden(query: Option<&str>) -> bool {
    crate::site::query_value(query.unwrap_or_default(), "hidden") == Some("1")
}

async fn for_paper(app: &App, signed_in: &SignedIn, with_hidden: bool) -> Result<Summarized, Error> {
    if with_hidden {
        return summarized(app, signed_in).await;
    }
    app.service.summarize_unhidden(&signed_in.person()?, &signed_in.session.caller).await
}

/// The emergency card on screen.
pub(crate) async fn card(State(app): State<App>, signed_in: SignedIn, RawQuery(query): RawQuery) -> Response {
    let with_hidden = with_hidden(query.as_deref());
    match for_paper(&app, &signed_in, with_hidden).await {
        Ok(made) => {
            let hidden = app.service.hidden_documents(&made.record, &signed_in.session.caller);
            let context = CardContext {
                shell: shell(&app, &signed_in, "/emergency-card", "", &made.record),
                person: clinical::person(&made.record),
                pdf: Some(if with_hidden { "/emergency-card.pdf?hidden=1" } else { "/emergency-card.pdf" }.to_owned()),
                hidden: (hidden > 0).then_some(HiddenOnCard { documents: hidden, shown: with_hidden }),
                home: "/".to_owned(),
                code: super::share::card_code(&app, &signed_in, &made.record),
            };
            page(&EmergencyCard::of(&made.summary, context))
        }
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// The emergency card on paper.
pub(crate) async fn card_pdf(State(app): State<App>, signed_in: SignedIn, RawQuery(query): RawQuery) -> Response {
    let made = for_paper(&app, &signed_in, with_hidden(query.as_deref())).await;
    let made = made.and_then(|made| clinical::card_pdf(&made.summary, &super::share::card_code(&app, &signed_in, &made.record)));
    made.unwrap_or_else(|error| signed_in.fail(&app, &error)).into_response()
}

/// The summary on paper.
pub(crate) async fn summary_pdf(State(app): State<App>, signed_in: SignedIn, RawQuery(query): RawQuery) -> Response {
    let made = for_paper(&app, &signed_in, with_hidden(query.as_deref())).await;
    let printed = made.and_then(|made| clinical::summary_pdf(&made.summary, signed_in.visitor.lang, ""));
    printed.unwrap_or_else(|error| signed_in.fail(&app, &error)).into_response()
}

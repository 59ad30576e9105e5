//! Reading a patient's record: results and their curves, imaging, timeline, search, the whole summary on screen and on paper.

use std::collections::{HashMap, HashSet};

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use dmp_core::EntryId;
use dmp_core::access::Caller;
use dmp_core::document::{DocumentEntry, Topic};
use dmp_core::record::Record;
use dmp_core::summary::Source;
use dmp_pages::{DocumentLine, PatientPage, ProImaging, ProSummary, Said, SearchOutcome, TimelinePage};
use dmp_service::{Error, Summarized};
use serde::Deserialize;

use super::frame::{Spot, answered, document_id, patient_shell, refused};
use super::{caller_for, opened, person};
use crate::App;
use crate::clinical::{self, Place};
use crate::patient_site::timeline as events;
use crate::site::{SignedIn, done};

/// The form of a search.
#[derive(Debug, Deserialize)]
pub(crate) struct SearchForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    q: String,
}

/// The summary of a patient for this professional.
pub(super) async fn summarized(app: &App, signed_in: &SignedIn, pid: &str) -> Result<(Summarized, Caller), Error> {
    let key = opened(app, pid)?;
    let caller = caller_for(signed_in, key);
    Ok((app.service.summarize(&person(key), &caller).await?, caller))
}

/// All results: dates × analytes first.
pub(crate) async fn results(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>) -> Response {
    let made = summarized(&app, &signed_in, &pid).await.map(|(made, caller)| {
        let shell = patient_shell(&app, &signed_in, &made.record, &caller, Spot::new(&pid, "/results", PatientPage::Biology));
        clinical::results(&app, &made, &Place::of_patient(&pid), shell)
    });
    answered(&app, &signed_in, &pid, made)
}

/// One analyte over time.
pub(crate) async fn analyte(State(app): State<App>, signed_in: SignedIn, Path((pid, key)): Path<(String, String)>) -> Response {
    let made = summarized(&app, &signed_in, &pid).await.and_then(|(made, caller)| {
        let path = format!("/results/{key}");
        let shell = patient_shell(&app, &signed_in, &made.record, &caller, Spot::new(&pid, &path, PatientPage::Biology));
        clinical::analyte(&app, &made, &Place::of_patient(&pid), shell, &key).ok_or(Error::NotFound("result-not-found"))
    });
    answered(&app, &signed_in, &pid, made)
}

/// The examinations of imaging, each with its report and its pictures.
pub(crate) async fn imaging(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>) -> Response {
    let made = imaging_page(&app, &signed_in, &pid).await;
    answered(&app, &signed_in, &pid, made)
}

async fn imaging_page(app: &App, signed_in: &SignedIn, pid: &str) -> Result<ProImaging, Error> {
    let (made, caller) = summarized(app, signed_in, pid).await?;
    let found = app.service.search(&person(made.record.key), &caller, |entry| Topic::of(entry) == Topic::Imaging).await?;
    let told: HashSet<EntryId> = made.summary.imaging.lines.iter().flat_map(|line| &line.sources).map(|source| source.entry).collect();
    let mut others: Vec<&DocumentEntry> = found.entries().filter(|entry| entry.status.is_latest() && !told.contains(&entry.id)).collect();
    others.sort_by_key(|entry| std::cmp::Reverse((entry.service_start, entry.id)));
    let others = others.into_iter().map(|entry| DocumentLine::of(entry, document_id(app, &made.record, entry.id)));
    let shell = patient_shell(app, signed_in, &made.record, &caller, Spot::new(pid, "/imaging", PatientPage::Imaging));
    let place = Place::of_patient(pid);
    let proof = |source: &Source| place.proof(app, made.record.key, source);
    Ok(ProImaging::of(&made.summary, shell, (pid, &clinical::person(&made.record)), &proof, others.collect()))
}

/// The whole summary, each line with every source.
pub(crate) async fn summary(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>) -> Response {
    let made = summarized(&app, &signed_in, &pid).await.map(|(made, caller)| {
        let (record, place) = (&made.record, Place::of_patient(&pid));
        let line = |entry: &DocumentEntry| DocumentLine::of(entry, document_id(&app, record, entry.id));
        ProSummary {
            shell: patient_shell(&app, &signed_in, record, &caller, Spot::new(&pid, "/summary", PatientPage::Other)),
            person: clinical::person(record),
            summary: clinical::block(&app, &made, &place, signed_in.visitor.lang, &line),
        }
    });
    answered(&app, &signed_in, &pid, made)
}

/// What happened, year by year.
pub(crate) async fn timeline(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(pid): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let made = timeline_page(&app, &signed_in, &pid, &events::Filter::of(&query)).await;
    answered(&app, &signed_in, &pid, made)
}

async fn timeline_page(app: &App, signed_in: &SignedIn, pid: &str, filter: &events::Filter) -> Result<TimelinePage, Error> {
    let (made, caller) = summarized(app, signed_in, pid).await?;
    let found = app.service.search(&person(made.record.key), &caller, |_| true).await?;
    let shell = patient_shell(app, signed_in, &made.record, &caller, Spot::new(pid, "/timeline", PatientPage::Timeline));
    Ok(events::page_of(app, &made, &found, &Place::of_patient(pid), shell, filter))
}

/// The form of a search.
pub(crate) async fn search_form(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>) -> Response {
    let made = match opened(&app, &pid) {
        Ok(key) => {
            let caller = caller_for(&signed_in, key);
            let found = app.service.search(&person(key), &caller, |_| false).await;
            found.map(|found| {
                let shell = patient_shell(&app, &signed_in, &found.record, &caller, Spot::new(&pid, "/search", PatientPage::Other));
                clinical::search_page(&found.record, &Place::of_patient(&pid), "", shell, SearchOutcome::NotAsked, 0)
            })
        }
        Err(error) => Err(error),
    };
    answered(&app, &signed_in, &pid, made)
}

/// A search.
pub(crate) async fn search(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, Form(form): Form<SearchForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done(&format!("/pro/patients/{pid}"), Said::FormExpired);
    }
    let made = match opened(&app, &pid) {
        Ok(key) => {
            let caller = caller_for(&signed_in, key);
            let spot = Spot { words: &form.q, ..Spot::new(&pid, "/search", PatientPage::Other) };
            let shell = |record: &Record| patient_shell(&app, &signed_in, record, &caller, spot);
            clinical::search(&app, &person(key), &caller, &Place::of_patient(&pid), &form.q, shell).await
        }
        Err(error) => Err(error),
    };
    answered(&app, &signed_in, &pid, made)
}

/// The summary on paper.
pub(crate) async fn summary_pdf(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>) -> Response {
    let made = summarized(&app, &signed_in, &pid).await;
    let made = made.and_then(|(made, caller)| clinical::summary_pdf(&made.summary, signed_in.visitor.lang, &caller.shown_name()));
    match made {
        Ok(response) => response,
        Err(error) => refused(&app, &signed_in, &pid, &error),
    }
}

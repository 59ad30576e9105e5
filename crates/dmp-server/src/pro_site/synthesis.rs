//! The first page of a patient.

use axum::extract::{Path, State};
use axum::response::Response;
use dmp_core::summary::Source;
use dmp_core::{Moment, RecordKey};
use dmp_pages::{DocumentLine, PatientPage, ProSynthesis, ReportLine, SynthesisContext};
use dmp_service::Error;

use super::frame::{Spot, answered, document_id, patient_shell};
use super::{caller_for, opened, person};
use crate::App;
use crate::clinical::{self, Place};
use crate::site::SignedIn;

/// Reports whose first words are shown.
const REPORTS: usize = 3;
/// Records that a session remembers as opened.
const RECENT: usize = 12;

/// Shows it.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>) -> Response {
    let made = synthesis(&app, &signed_in, &pid).await;
    answered(&app, &signed_in, &pid, made)
}

async fn synthesis(app: &App, signed_in: &SignedIn, pid: &str) -> Result<ProSynthesis, Error> {
    let key = opened(app, pid)?;
    let caller = caller_for(signed_in, key);
    let made = app.service.summarize(&person(key), &caller).await?;
    let reports = app.service.last_reports(&made, &caller, REPORTS).await?;
    app.sessions.update(&signed_in.cookie, |session| remember(&mut session.recent, key, app.service.now()));
    let place = Place::of_patient(pid);
    let record = &made.record;
    let line = |entry| record.entry(entry).map(|entry| DocumentLine::of(entry, document_id(app, record, entry.id)));
    let report = |(entry, words)| Some(ReportLine { document: line(entry)?, words });
    let proof = |source: &Source| place.proof(app, record.key, source);
    let context = SynthesisContext {
        shell: patient_shell(app, signed_in, record, &caller, Spot::new(pid, "", PatientPage::Synthesis)),
        pid: pid.to_owned(),
        person: clinical::person(record),
        proof: &proof,
        new_documents: made.summary.news.documents.iter().filter_map(|entry| line(*entry)).collect(),
        reports: reports.newest.into_iter().filter_map(report).collect(),
        hospital: reports.hospital.and_then(report),
    };
    Ok(ProSynthesis::of(&made.summary, context))
}

fn remember(recent: &mut Vec<(RecordKey, Moment)>, key: RecordKey, now: Moment) {
    recent.retain(|(known, _)| *known != key);
    recent.insert(0, (key, now));
    recent.truncate(RECENT);
}

//! The frame of a professional's pages: whose record is open and how, the ways to its pages, and the script of the keys.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use dmp_core::access::{Act, Caller, Purpose};
use dmp_core::record::Record;
use dmp_pages::{PatientFrame, PatientHeader, PatientPage, ProMode, Shell, Site};
use dmp_service::{Error, IdKind};

use super::denied;
use crate::App;
use crate::clinical::Place;
use crate::site::{SignedIn, page_with_script};

/// Where a page stands among those of a patient.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    pub pid: &'a str,
    /// What follows `/pro/patients/{pid}`; empty for the first page.
    pub path: &'a str,
    pub here: PatientPage,
    /// The words that were searched.
    pub words: &'a str,
}

impl<'a> Spot<'a> {
    pub fn new(pid: &'a str, path: &'a str, here: PatientPage) -> Self {
        Spot { pid, path, here, words: "" }
    }
}

/// The frame of a patient's page, for a caller who may read the record.
pub(super) fn patient_shell(app: &App, signed_in: &SignedIn, record: &Record, caller: &Caller, spot: Spot<'_>) -> Shell {
    let search = Some(Place::of_patient(spot.pid).search_box(spot.words));
    let patient = PatientFrame { pid: spot.pid.to_owned(), header: header(app, record, caller), mode: mode(caller), here: spot.here };
    Shell { search, patient: Some(patient), ..shell(app, signed_in, &format!("/pro/patients/{}{}", spot.pid, spot.path)) }
}

/// The frame of a page that is about no patient, or about many.
pub(super) fn shell(app: &App, signed_in: &SignedIn, back: &str) -> Shell {
    Shell { keys: true, ..signed_in.visitor.shell(app, Site::Professional, back) }
}

/// A page with the script of the keys.
pub(super) fn keyed(shown: &impl Template) -> Response {
    page_with_script(StatusCode::OK, shown)
}

/// A page, or why this professional may not read it.
pub(super) fn answered<T: Template>(app: &App, signed_in: &SignedIn, pid: &str, made: Result<T, Error>) -> Response {
    match made {
        Ok(shown) => keyed(&shown),
        Err(error) => refused(app, signed_in, pid, &error),
    }
}

/// The page of a record that does not open, or of what went wrong.
pub(super) fn refused(app: &App, signed_in: &SignedIn, pid: &str, error: &Error) -> Response {
    match error {
        Error::Forbidden(_) | Error::NotFound("record-not-found") => denied::page_for(app, signed_in, pid),
        error => signed_in.fail(app, error),
    }
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
    let now = app.service.now();
    let own = record.head.authorisation(&caller.account).filter(|line| line.until.is_none_or(|until| until > now));
    // Whether the list would take them once the person agrees, asked as it will be then.
    let agreed = Caller { consent_now: true, purpose: Purpose::Normal, ..caller.clone() };
    PatientHeader {
        name: traits.shown_name().display(),
        birth_date: traits.birth_date,
        age: traits.birth_date.age_on(today),
        sex: traits.sex,
        medecin_traitant: record.head.authorisations.iter().find(|line| line.medecin_traitant).map(|line| line.name.display()),
        is_medecin_traitant: own.is_some_and(|line| line.medecin_traitant),
        authorised_since: own.map(|line| line.since),
        may_be_listed: own.is_none() && app.service.would_permit_concerning(Act::Authorise, record, &caller.account, &agreed),
    }
}

/// The sealed id of a document of a record.
pub(super) fn document_id(app: &App, record: &Record, entry: dmp_core::EntryId) -> String {
    app.service.ids().seal_entry(IdKind::Document, record.key, entry)
}

/// The script of the keys.
pub(crate) async fn keys_script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")], dmp_pages::KEYS_SCRIPT)
}

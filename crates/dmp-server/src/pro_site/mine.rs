//! A professional's own patients, and what is new in their records.

use axum::extract::State;
use axum::response::Response;
use dmp_pages::{DocumentLine, PatientLine, PatientNewsLine, ProMine, ProNews};
use dmp_service::{Error, IdKind, PatientNews};

use super::frame::{document_id, keyed, shell};
use crate::App;
use crate::site::SignedIn;

/// Whom this professional may open (TD0.4).
pub(crate) async fn mine(State(app): State<App>, signed_in: SignedIn) -> Response {
    match mine_page(&app, &signed_in).await {
        Ok(shown) => keyed(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn mine_page(app: &App, signed_in: &SignedIn) -> Result<ProMine, Error> {
    let found = app.service.own_patients(&signed_in.session.caller).await?;
    let line = |patient: &dmp_service::OwnPatient| {
        let traits = &patient.record.head.traits;
        PatientLine {
            pid: app.service.ids().seal_record(IdKind::Patient, patient.record.key),
            name: traits.shown_name().display(),
            birth_date: traits.birth_date,
            sex: traits.sex,
            medecin_traitant: patient.medecin_traitant,
            last_act: patient.last_act,
        }
    };
    Ok(ProMine { shell: shell(app, signed_in, "/pro/mine"), patients: found.patients.iter().map(line).collect(), more: found.more })
}

/// What came in since they last looked.
pub(crate) async fn news(State(app): State<App>, signed_in: SignedIn) -> Response {
    match app.service.own_news(&signed_in.session.caller).await {
        Ok(mut found) => {
            found.sort_by_key(|news| std::cmp::Reverse(newest(news)));
            let patients = found.iter().map(|news| line(&app, news)).collect();
            keyed(&ProNews { shell: shell(&app, &signed_in, "/pro/news"), patients })
        }
        Err(error) => signed_in.fail(&app, &error),
    }
}

fn newest(news: &PatientNews) -> Option<dmp_core::Moment> {
    news.documents.first().and_then(|entry| news.record.entry(*entry)).map(|entry| entry.submitted_at)
}

fn line(app: &App, news: &PatientNews) -> PatientNewsLine {
    let (record, traits) = (&news.record, &news.record.head.traits);
    let documents = news.documents.iter().filter_map(|entry| record.entry(*entry));
    PatientNewsLine {
        pid: app.service.ids().seal_record(IdKind::Patient, record.key),
        name: traits.shown_name().display(),
        birth_date: traits.birth_date,
        sex: traits.sex,
        since: news.since,
        documents: documents.map(|entry| DocumentLine::of(entry, document_id(app, record, entry.id))).collect(),
    }
}

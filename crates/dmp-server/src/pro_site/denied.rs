//! A record that does not open: the same page whether there is none, a closed one, or one that this
//! professional may not read. From here: the person's consent on the spot, or an emergency.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::access::{Attestation, CallerKind, EMERGENCY_SECONDS, Purpose};
use dmp_pages::{BreakGlassForm, BreakGlassProblem, ConsentForm, ProDenied, Said, Site};
use dmp_service::Error;
use serde::Deserialize;

use super::{opened, search::author_line};
use crate::App;
use crate::patient_site::BareForm;
use crate::site::{SignedIn, page_with};

/// The page, with empty forms.
pub(crate) fn page_for(app: &App, signed_in: &SignedIn, pid: &str) -> Response {
    denied(app, signed_in, pid, StatusCode::FORBIDDEN, ConsentForm::default(), BreakGlassForm::default())
}

fn denied(app: &App, signed_in: &SignedIn, pid: &str, status: StatusCode, consent: ConsentForm, break_glass: BreakGlassForm) -> Response {
    let caller = &signed_in.session.caller;
    let professional = caller.kind == CallerKind::Professional;
    let of_health = caller.profession.as_ref().is_some_and(|profession| profession.system() == "G15");
    let shown = ProDenied {
        shell: signed_in.visitor.shell(app, Site::Professional, &format!("/pro/patients/{pid}")),
        pid: pid.to_owned(),
        professional: author_line(caller).words(&signed_in.visitor.lang),
        consent: professional.then_some(consent),
        break_glass: (professional && of_health).then_some(break_glass),
        regulates: professional && caller.regulating_physician,
    };
    page_with(status, &shown)
}

/// The consent form.
#[derive(Debug, Deserialize)]
pub(crate) struct ConsentAnswer {
    #[serde(default)]
    csrf: String,
    consent: Option<String>,
    /// The person puts them on their list, too.
    lasting: Option<String>,
}

/// The person is here and agrees to this consultation (CSP R.1111-46: explicit consent of a non-member, each time).
pub(crate) async fn consent(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, Form(form): Form<ConsentAnswer>) -> Response {
    let back = format!("/pro/patients/{pid}");
    if !signed_in.owns(&form.csrf) {
        return Redirect::to(&format!("{back}?said=form-expired")).into_response();
    }
    if form.consent.is_none() {
        return denied(&app, &signed_in, &pid, StatusCode::UNPROCESSABLE_ENTITY, ConsentForm { missing: true }, BreakGlassForm::default());
    }
    let Ok(key) = opened(&app, &pid) else { return page_for(&app, &signed_in, &pid) };
    // For this consultation only: it lasts as long as the session, and each leaf names the rule `consent_now`.
    app.sessions.update(&signed_in.cookie, |session| {
        session.consents.retain(|record| *record != key);
        session.consents.push(key);
    });
    if form.lasting.is_some() {
        // Whether it was taken or refused shows on the page that follows, and nowhere else.
        if let Err(error) = super::authorise::put_on_list(&app, &signed_in, key).await
            && !matches!(error, Error::Forbidden(_) | Error::NotFound(_) | Error::Conflict(_))
        {
            return signed_in.fail(&app, &error);
        }
    }
    // Blocked, closed or absent: the page that follows is the same as before.
    Redirect::to(&format!("{back}?said={}", Said::ConsentRecorded.code())).into_response()
}

/// The emergency form.
#[derive(Debug, Deserialize)]
pub(crate) struct EmergencyForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    reason: String,
    unable_to_consent: Option<String>,
    immediate_risk: Option<String>,
}

/// Opens this record in break-glass for the rest of the session.
pub(crate) async fn break_glass(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, Form(form): Form<EmergencyForm>) -> Response {
    let back = format!("/pro/patients/{pid}");
    if !signed_in.owns(&form.csrf) {
        return Redirect::to(&format!("{back}?said=form-expired")).into_response();
    }
    let reason = form.reason.trim().to_owned();
    let problem = if reason.is_empty() {
        Some(BreakGlassProblem::ReasonMissing)
    } else if reason.chars().count() > ProDenied::REASON_CHARS_MAX {
        Some(BreakGlassProblem::ReasonTooLong)
    } else if form.unable_to_consent.is_none() || form.immediate_risk.is_none() {
        Some(BreakGlassProblem::AttestationsMissing)
    } else {
        None
    };
    if problem.is_some() {
        let kept =
            BreakGlassForm { reason, unable_to_consent: form.unable_to_consent.is_some(), immediate_risk: form.immediate_risk.is_some(), problem };
        return denied(&app, &signed_in, &pid, StatusCode::UNPROCESSABLE_ENTITY, ConsentForm::default(), kept);
    }
    let Ok(key) = opened(&app, &pid) else { return page_for(&app, &signed_in, &pid) };
    let attested = Attestation { unable_to_consent: true, immediate_risk: true };
    let until = app.service.now().plus_seconds(EMERGENCY_SECONDS);
    app.sessions.update(&signed_in.cookie, |session| {
        session.emergencies.retain(|(record, _)| *record != key);
        session.emergencies.push((key, Purpose::BreakGlass { reason, attested, until }));
    });
    Redirect::to(&format!("{back}?said={}", Said::BreakGlassOpened.code())).into_response()
}

/// Opens this record for the call that a regulating doctor handles, for the rest of the session.
pub(crate) async fn regulation(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, Form(form): Form<BareForm>) -> Response {
    let back = format!("/pro/patients/{pid}");
    if !signed_in.owns(&form.csrf) {
        return Redirect::to(&format!("{back}?said=form-expired")).into_response();
    }
    let Ok(key) = opened(&app, &pid) else { return page_for(&app, &signed_in, &pid) };
    // Whether they are one is the law's to say: the page that follows asks it.
    app.sessions.update(&signed_in.cookie, |session| {
        session.emergencies.retain(|(record, _)| *record != key);
        session.emergencies.push((key, Purpose::RegulationCentre));
    });
    Redirect::to(&format!("{back}?said={}", Said::RegulationOpened.code())).into_response()
}

/// Ends an emergency access.
pub(crate) async fn leave(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, Form(form): Form<BareForm>) -> Response {
    if signed_in.owns(&form.csrf)
        && let Ok(key) = opened(&app, &pid)
    {
        app.sessions.update(&signed_in.cookie, |session| session.emergencies.retain(|(record, _)| *record != key));
    }
    Redirect::to("/pro").into_response()
}

//! Find a patient by INS, at `/pro`. The number travels in a form, never in an address.

use axum::Form;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::Mode;
use dmp_core::identity::{Ins, InsAuthority, InsError};
use dmp_pages::{AuthorLine, EmergencyLine, Entered, InsProblem, ProSearch, RecentPatient, Site};
use dmp_service::{IdKind, PersonRef};
use serde::Deserialize;

use crate::App;
use crate::site::{SignedIn, page, page_with, query_value};

/// Emergency accesses on one page.
const EMERGENCIES_PAGE: usize = 50;

/// The search page, with what the *médecin traitant* is told and the records opened in this session.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    // Whoever signed in because software asked for something goes on to it.
    if let Some(response) = super::call::waits(&app, &signed_in.visitor, &headers) {
        return response;
    }
    if crate::apps::is_waiting(&app, &headers) {
        let next = crate::apps::GO_ON.to_owned();
        let mut response = page(&Entered { shell: signed_in.visitor.shell(&app, Site::Public, "/pro"), next });
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static("0; url=/oauth/continue"));
        return response;
    }
    let page_number = query.as_deref().and_then(|query| query_value(query, "emergencies")).and_then(|text| text.parse().ok()).unwrap_or(0);
    match search_page(&app, &signed_in, Typed::default(), page_number).await {
        Ok(shown) => page(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// What was typed, and what is wrong with it.
#[derive(Debug, Default)]
struct Typed {
    ins: String,
    problem: Option<InsProblem>,
}

async fn search_page(app: &App, signed_in: &SignedIn, typed: Typed, page_number: usize) -> Result<ProSearch, dmp_service::Error> {
    let caller = &signed_in.session.caller;
    let told = app.service.emergencies_told(caller).await?;
    let skip = page_number.saturating_mul(EMERGENCIES_PAGE);
    let emergencies = told.iter().skip(skip).take(EMERGENCIES_PAGE).map(|told| EmergencyLine {
        pid: app.service.ids().seal_record(IdKind::Patient, told.record.key),
        name: told.record.head.traits.shown_name().display(),
        kind: told.notice.kind,
        at: told.notice.at,
        by: told.notice.by.clone(),
    });
    let mut recent = Vec::new();
    for (key, opened_at) in &signed_in.session.recent {
        // Shown again only while it may still be read; the names come from the record each time.
        if let Some(record) = app.service.readable(*key, &super::caller_for(signed_in, *key)).await {
            recent.push(RecentPatient {
                pid: app.service.ids().seal_record(IdKind::Patient, *key),
                name: record.head.traits.shown_name().display(),
                birth_date: record.head.traits.birth_date,
                sex: record.head.traits.sex,
                opened_at: *opened_at,
            });
        }
    }
    Ok(ProSearch {
        shell: signed_in.visitor.shell(app, Site::Professional, "/pro"),
        professional: author_line(caller),
        ins: typed.ins,
        problem: typed.problem,
        recent,
        emergencies: emergencies.collect(),
        corrections: super::corrections::waiting(app, signed_in).await?,
        older_emergencies: (told.len() > skip.saturating_add(EMERGENCIES_PAGE)).then_some(page_number.saturating_add(1)),
    })
}

/// The professional as shown to people.
pub(crate) fn author_line(caller: &dmp_core::access::Caller) -> AuthorLine {
    AuthorLine {
        name: caller.shown_name(),
        profession: caller.profession.as_ref().map(dmp_core::identity::Profession::key),
        structure: caller.structure.as_ref().map(|structure| structure.name.clone()),
    }
}

/// The search form.
#[derive(Debug, Deserialize)]
pub(crate) struct InsForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    ins: String,
}

/// Goes to the patient of an INS. A person without a record gives the same page as one who did not authorise.
pub(crate) async fn find(State(app): State<App>, signed_in: SignedIn, Form(form): Form<InsForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return Redirect::to("/pro?said=form-expired").into_response();
    }
    let typed: String = form.ins.chars().filter(|c| !c.is_whitespace()).collect();
    let ins = match read_ins(&typed, app.service.config().mode) {
        Ok(ins) => ins,
        Err(problem) => {
            let typed = Typed { ins: form.ins.clone(), problem: Some(problem) };
            return match search_page(&app, &signed_in, typed, 0).await {
                Ok(shown) => page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown),
                Err(error) => signed_in.fail(&app, &error),
            };
        }
    };
    let checked = app.service.check_access(&PersonRef::Ins(ins.clone()), &signed_in.session.caller).await;
    let key = match checked {
        Ok(Some(access)) => access.record.key,
        // Refused or absent: an address that names nothing, made from the number so that it is stable.
        Ok(None) | Err(dmp_service::Error::Forbidden(_)) => app.service.absent_key(&ins),
        Err(error) => return signed_in.fail(&app, &error),
    };
    Redirect::to(&format!("/pro/patients/{}", app.service.ids().seal_record(IdKind::Patient, key))).into_response()
}

fn read_ins(typed: &str, mode: Mode) -> Result<Ins, InsProblem> {
    if typed.is_empty() {
        return Err(InsProblem::Missing);
    }
    let authority = match mode {
        Mode::Sandbox => InsAuthority::Test,
        Mode::Production => InsAuthority::Nir,
    };
    Ins::parse(authority.oid(), typed).map_err(|error| match error {
        InsError::Key { .. } => InsProblem::WrongKey,
        InsError::Format | InsError::UnknownAuthority => InsProblem::Malformed,
    })
}

//! Find a patient by INS, at `/pro`. The number travels in a form, never in an address.

use axum::Form;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::Mode;
use dmp_core::identity::{BirthDate, IdentityTraits, Ins, InsAuthority, InsError, PersonName, Sex};
use dmp_pages::{AuthorLine, EmergencyLine, Entered, IdentityForm, InsProblem, ProSearch, RecentPatient, Site};
use dmp_service::{IdKind, PersonRef};
use serde::Deserialize;

use super::frame::{keyed, shell};
use crate::App;
use crate::site::{SignedIn, page, page_with_script, query_value};

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
        Ok(shown) => keyed(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// What was typed, and what is wrong with it.
#[derive(Debug, Default)]
struct Typed {
    ins: String,
    problem: Option<InsProblem>,
    identity: IdentityForm,
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
        shell: shell(app, signed_in, "/pro"),
        professional: author_line(caller),
        ins: typed.ins,
        problem: typed.problem,
        identity: typed.identity,
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
    // What the person shows as a code leads to what they share: no record opens by it.
    if let Some(id) = shared(&app, &typed) {
        return Redirect::to(&format!("/share/open/{id}")).into_response();
    }
    let ins = match read_ins(&typed, app.service.config().mode) {
        Ok(ins) => ins,
        Err(problem) => return wrong(&app, &signed_in, Typed { ins: form.ins.clone(), problem: Some(problem), ..Typed::default() }).await,
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

async fn wrong(app: &App, signed_in: &SignedIn, typed: Typed) -> Response {
    match search_page(app, signed_in, typed, 0).await {
        Ok(shown) => page_with_script(StatusCode::UNPROCESSABLE_ENTITY, &shown),
        Err(error) => signed_in.fail(app, &error),
    }
}

/// The page of a link of this server, out of the address that a code holds.
fn shared<'t>(app: &App, typed: &'t str) -> Option<&'t str> {
    let (_, rest) = typed.split_once("/share/open/")?;
    let id = rest.split(['#', '?', '/']).next()?;
    app.service.ids().open_share(IdKind::SharePage, id).map(|_| id)
}

/// Goes to the one person of five strict traits. Nobody, several, and one who did not authorise give the same page.
pub(crate) async fn find_by_identity(State(app): State<App>, signed_in: SignedIn, Form(form): Form<TraitsForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return Redirect::to("/pro?said=form-expired").into_response();
    }
    let Some(traits) = form.traits() else {
        let identity = IdentityForm { family: form.family, given: form.given, birth: form.birth, sex: form.sex, place: form.place, incomplete: true };
        return wrong(&app, &signed_in, Typed { identity, ..Typed::default() }).await;
    };
    match app.service.find_by_traits(&traits, &signed_in.session.caller).await {
        Ok(key) => Redirect::to(&format!("/pro/patients/{}", app.service.ids().seal_record(IdKind::Patient, key))).into_response(),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// The form of the five traits.
#[derive(Debug, Deserialize)]
pub(crate) struct TraitsForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    family: String,
    #[serde(default)]
    given: String,
    #[serde(default)]
    birth: String,
    #[serde(default)]
    sex: String,
    #[serde(default)]
    place: String,
}

impl TraitsForm {
    /// All five, each of its form.
    fn traits(&self) -> Option<IdentityTraits> {
        let sex = match self.sex.as_str() {
            "F" => Sex::Female,
            "M" => Sex::Male,
            _ => return None,
        };
        let place = self.place.trim();
        let is_place = place.len() == 5 && place.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let named = |text: &str| text.chars().any(char::is_alphabetic);
        let birth_date = BirthDate::parse(&self.birth).filter(|birth| self.birth.len() == 10 && birth.month > 0 && birth.day > 0)?;
        (is_place && named(&self.family) && named(&self.given)).then(|| IdentityTraits {
            birth_name: PersonName::new(self.given.trim(), self.family.trim()),
            used_name: None,
            birth_date,
            sex,
            birth_place: place.to_ascii_uppercase(),
        })
    }
}

/// A number alone, or the one that stands in what a reader of cards or codes types.
pub(crate) fn read_ins(typed: &str, mode: Mode) -> Result<Ins, InsProblem> {
    if typed.is_empty() {
        return Err(InsProblem::Missing);
    }
    let authority = match mode {
        Mode::Sandbox => InsAuthority::Test,
        Mode::Production => InsAuthority::Nir,
    };
    let typed = if typed.len() > INS_SIGNS { within(typed, authority).unwrap_or(typed) } else { typed };
    Ins::parse(authority.oid(), typed).map_err(|error| match error {
        InsError::Key { .. } => InsProblem::WrongKey,
        InsError::Format | InsError::UnknownAuthority => InsProblem::Malformed,
    })
}

/// Signs of an INS with its key.
const INS_SIGNS: usize = 15;

/// The one number with a right key in a longer text. `None` without one, or with several.
fn within(typed: &str, authority: InsAuthority) -> Option<&str> {
    let at = |from: usize| typed.get(from..from + INS_SIGNS).filter(|part| Ins::parse(authority.oid(), part).is_ok());
    let mut found = (0..typed.len().saturating_sub(INS_SIGNS - 1)).filter_map(at);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_in_what_a_reader_types_and_two_numbers_are_none() {
        let read = |typed: &str| read_ins(typed, Mode::Sandbox).map(|ins| ins.matricule().to_owned());
        assert_eq!(read("279035121518989").as_deref(), Ok("279035121518989"));
        assert_eq!(read("IS010000S1279035121518989S4EXEMPLE").as_deref(), Ok("279035121518989"));
        assert!(read("279035121518989x277076322082910").is_err());
        assert_eq!(read(""), Err(InsProblem::Missing));
        assert_eq!(read("279035121518988"), Err(InsProblem::WrongKey));
    }

    #[test]
    fn all_five_traits_are_needed() {
        let form = |family: &str, given: &str, birth: &str, sex: &str, place: &str| TraitsForm {
            csrf: String::new(),
            family: family.to_owned(),
            given: given.to_owned(),
            birth: birth.to_owned(),
            sex: sex.to_owned(),
            place: place.to_owned(),
        };
        assert!(form("Exemple", "Claire", "1979-03-28", "F", "51215").traits().is_some());
        for wrong in [
            form("", "Claire", "1979-03-28", "F", "51215"),
            form("Exemple", "?", "1979-03-28", "F", "51215"),
            form("Exemple", "Claire", "1979-03", "F", "51215"),
            form("Exemple", "Claire", "1979-03-28", "", "51215"),
            form("Exemple", "Claire", "1979-03-28", "F", "5121"),
        ] {
            assert!(wrong.traits().is_none());
        }
    }
}

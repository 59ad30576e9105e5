//! ITI-67: documents by criteria, GET and POST, pages by sealed tokens. And one document by id.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::identity::Ins;
use dmp_core::{EntryId, Issue, Moment};
use dmp_interop::fhir::bundle_search::{Match, SearchPage, render_searchset};
use dmp_interop::fhir::search::{DocumentQuery, PatientKey, SearchFrame};
use dmp_service::{Error, IdKind, PersonRef};

use super::render::Rendered;
use crate::App;
use crate::answer::Refusal;
use crate::caller::Asking;

/// `GET /fhir/DocumentReference`.
pub(crate) async fn by_get(State(app): State<App>, asking: Asking, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    run(&app, &asking, query.as_deref().unwrap_or_default()).await
}

/// `POST /fhir/DocumentReference/_search`: the criteria in the body, so that no identifier stands in an address.
pub(crate) async fn by_post(State(app): State<App>, asking: Asking, RawQuery(query): RawQuery, body: String) -> Result<Response, Refusal> {
    run(&app, &asking, &join(query.as_deref(), &body)).await
}

/// The criteria of an address and of a body together.
pub(crate) fn join(query: Option<&str>, body: &str) -> String {
    [query.unwrap_or_default(), body.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
}

async fn run(app: &App, asking: &Asking, query: &str) -> Result<Response, Refusal> {
    asking.may("DocumentReference", 's')?;
    let json = search(app, asking, query).await.map_err(|error| asking.refusal(error))?;
    Ok(asking.wish.resource(StatusCode::OK, json))
}

async fn search(app: &App, asking: &Asking, query: &str) -> Result<Vec<u8>, Error> {
    let page = PageToken::of(app, asking, query)?;
    let query = page.as_ref().map_or_else(|| query.to_owned(), |page| page.query.clone());
    let mut wanted = DocumentQuery::parse(&query).map_err(Error::Invalid)?;
    let ids = app.service.ids().clone();
    wanted.resolve(|id| ids.open_entry(IdKind::Document, id.rsplit('/').next().unwrap_or_default()).map(|(_, entry)| entry));
    let person = person(app, &wanted.frame)?;
    let found = app.service.search(&person, &asking.caller, |entry| wanted.matches(entry)).await?;
    let after = page.map(|page| page.after);
    let start = after.and_then(|after| found.entries().position(|entry| (entry.submitted_at, entry.id) < after)).unwrap_or(if after.is_some() {
        found.places.len()
    } else {
        0
    });
    let count = wanted.frame.count;
    let shown: Vec<Rendered> = found.entries().skip(start).take(count).map(|entry| app.rendered(&found.record, entry)).collect();
    let last = found.entries().nth((start + count).saturating_sub(1)).filter(|_| start + count < found.places.len());
    let base = format!("{}/DocumentReference", app.config.fhir_base());
    let next =
        last.map(|entry| format!("{base}?_page={}", PageToken { query: query.clone(), after: (entry.submitted_at, entry.id) }.seal(app, asking)));
    let frame = SearchPage { total: found.places.len() as u64, self_url: &base, first_url: None, next_url: next.as_deref(), outcome: None };
    Ok(render_searchset(&frame, shown.iter().map(|one| Match { full_url: &one.full_url, resource: &one.json })))
}

/// The one person that a search is about.
pub(crate) fn person(app: &App, frame: &SearchFrame) -> Result<PersonRef, Error> {
    let [patient] = frame.patients.as_slice() else {
        let code = if frame.patients.is_empty() { "search-parameter-missing" } else { "search-parameter-value" };
        return Err(Error::invalid(Issue::error(code).at("patient.identifier")));
    };
    match patient {
        PatientKey::Sealed(id) => super::subject::person_of_id(app, id),
        PatientKey::Ins(ins) => {
            let parsed = Ins::parse(&ins.oid, &ins.value).map_err(|error| Error::invalid(Issue::error(error.code()).at("patient.identifier")))?;
            match parsed.refused_in(app.service.config().mode) {
                Some(code) => Err(Error::invalid(Issue::error(code).at("patient.identifier"))),
                None => Ok(PersonRef::Ins(parsed)),
            }
        }
    }
}

/// Where a next page begins: the criteria and the last place shown, for the same caller only.
pub(crate) struct PageToken {
    pub query: String,
    pub after: (Moment, EntryId),
}

impl PageToken {
    /// Reads `_page`. A token of another caller, or made up, is not found.
    pub fn of(app: &App, asking: &Asking, query: &str) -> Result<Option<Self>, Error> {
        let pairs = pairs(query);
        let Some((_, token)) = pairs.iter().find(|(key, _)| key == "_page") else { return Ok(None) };
        let missing = || Error::NotFound("page-not-found");
        let plain = app.service.ids().open(IdKind::PagingToken, token).ok_or_else(missing)?;
        let text = String::from_utf8(plain).map_err(|_| missing())?;
        let mut parts = text.splitn(4, '\n');
        let (account, micros, id, query) = (parts.next(), parts.next(), parts.next(), parts.next());
        if account != Some(asking.caller.account.as_str()) {
            return Err(missing());
        }
        let micros: i64 = micros.and_then(|text| text.parse().ok()).ok_or_else(missing)?;
        let id = u128::from_str_radix(id.unwrap_or_default(), 16).map_err(|_| missing())?;
        Ok(Some(PageToken { query: query.unwrap_or_default().to_owned(), after: (Moment::from_micros(micros), EntryId(id.to_be_bytes())) }))
    }

    /// The token that continues after this place.
    pub fn seal(&self, app: &App, asking: &Asking) -> String {
        let plain = format!("{}\n{}\n{}\n{}", asking.caller.account, self.after.0.as_micros(), self.after.1.to_hex(), self.query);
        app.service.ids().seal(IdKind::PagingToken, plain.as_bytes())
    }
}

/// Decodes an `application/x-www-form-urlencoded` text.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    let uri = format!("/?{query}").parse().unwrap_or_default();
    axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).map(|query| query.0).unwrap_or_default()
}

/// `GET /fhir/DocumentReference/{id}`: a search for one.
pub(crate) async fn by_id(State(app): State<App>, asking: Asking, Path(id): Path<String>) -> Result<Response, Refusal> {
    asking.may("DocumentReference", 'r')?;
    let missing = || asking.refusal(Error::NotFound("document-not-found"));
    let (record, entry_id) = app.service.ids().open_entry(IdKind::Document, &id).ok_or_else(missing)?;
    let found = app.service.search(&PersonRef::Record(record), &asking.caller, |entry| entry.id == entry_id).await;
    let found = match found {
        // Where nothing may be listed, whether the document exists is not told either.
        Err(Error::NotFound(_)) => return Err(missing()),
        other => other.map_err(|error| asking.refusal(error))?,
    };
    let entry = found.entries().next().ok_or_else(missing)?;
    let rendered = app.rendered(&found.record, entry);
    let mut response = asking.wish.resource(StatusCode::OK, rendered.json.to_vec());
    super::publish::with_version(&mut response, entry);
    Ok(response)
}

//! A document or a photo.

use axum::extract::{Multipart, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::Moment;
use dmp_core::document::TypeCode;
use dmp_core::record::Record;
use dmp_core::statement::{Draft, Field, FileFlaw, Flaw, StatementKind, all_text, title_of_file, type_of_file};
use dmp_pages::{AddFile, Said};
use dmp_service::{Added, AddedFile, Addition, Error};

use super::{FormName, Intake, Taken, WRONG, answered, draft, fresh_form, opened_form, record, take, value};
use crate::App;
use crate::site::{SignedIn, done, page, page_with, query_value};

/// The form; a type may be chosen by the way that led here.
pub(crate) async fn file_form(State(app): State<App>, signed_in: SignedIn, RawQuery(query): RawQuery) -> Response {
    let record = match record(&app, &signed_in).await {
        Ok(record) => record,
        Err(error) => return signed_in.fail(&app, &error),
    };
    let mut draft = Draft::default();
    let wished = query.as_deref().and_then(|query| query_value(query, "type")).unwrap_or_default();
    if StatementKind::FILE_TYPES.contains(&wished) {
        draft.put(Field::Type, wished);
    }
    page(&form(&app, &signed_in, &record, draft, Vec::new()))
}

fn form(app: &App, signed_in: &SignedIn, record: &Record, draft: Draft, flaws: Vec<(Field, Flaw)>) -> AddFile {
    AddFile {
        shell: signed_in.visitor.acting_shell(app, "/add/file", record),
        action: "/add/file".to_owned(),
        form: fresh_form(app),
        draft,
        flaws,
        types: types(app, signed_in, record),
        correcting: false,
    }
}

/// Types that this visitor may file under.
pub(super) fn types(app: &App, signed_in: &SignedIn, record: &Record) -> Vec<&'static str> {
    StatementKind::FILE_TYPES.into_iter().filter(|code| app.service.would_take(record, code, &signed_in.session.caller)).collect()
}

/// Saves the file.
pub(crate) async fn file(State(app): State<App>, signed_in: SignedIn, sent: Multipart) -> Response {
    let Intake::Whole { fields, file } = take(&app, &signed_in, sent).await else { return done("/add/file", Said::FormExpired) };
    let Some(FormName { name, shown_at }) = opened_form(&app, value(&fields, "form")) else { return done("/add/file", Said::FormExpired) };
    let draft = draft(&fields);
    let (file_name, bytes) = match file {
        Some((file_name, Ok(bytes))) => (file_name, bytes),
        Some((_, Err(flaw))) => return again(&app, &signed_in, draft, vec![(Field::File, Flaw::File(flaw))]).await,
        None => return again(&app, &signed_in, draft, vec![(Field::File, Flaw::File(FileFlaw::Empty))]).await,
    };
    let details = match Details::parse(&draft, app.service.now()) {
        Ok(details) => details,
        Err(flaws) => return again(&app, &signed_in, draft, flaws).await,
    };
    let taken = match Taken::of(&app, bytes).await {
        Ok(Ok(taken)) => taken,
        Ok(Err(flaw)) => return again(&app, &signed_in, draft, vec![(Field::File, Flaw::File(flaw))]).await,
        Err(error) => return signed_in.fail(&app, &error),
    };
    let published = publish(&app, &signed_in, details, taken, (&file_name, name, shown_at)).await;
    answered(&app, &signed_in, published, Said::AdditionSaved)
}

async fn publish(
    app: &App,
    signed_in: &SignedIn,
    details: Details,
    taken: Taken,
    (file_name, form, shown_at): (&str, [u8; 16], Moment),
) -> Result<dmp_service::Published, Error> {
    let text = all_text(&taken.read.text);
    let guess = type_of_file(&text, file_name);
    let record = record(app, signed_in).await?;
    // What is guessed must be what this visitor may add: nobody writes directives for somebody else.
    let guess = if types(app, signed_in, &record).contains(&guess) { guess } else { "EXPPAT_2" };
    let type_code = details.type_code.or_else(|| TypeCode::parse(guess)).unwrap_or_else(TypeCode::any);
    let fallback = if taken.mime_type.starts_with("image/") { "Photo" } else { type_code.label() };
    let title = details.title.unwrap_or_else(|| title_of_file(&text, file_name, fallback));
    let file = AddedFile { title, type_code, mime_type: taken.mime_type, at: details.at, bytes: taken.bytes, read: taken.read };
    let addition = Addition { content: Added::File(file), form, shown_at, replaces: None };
    app.service.add(&signed_in.person()?, &addition, &signed_in.session.caller, &*app.formats).await
}

/// Title, type and day as somebody wishes them; `None`: to be proposed.
#[derive(Debug)]
pub(super) struct Details {
    pub title: Option<String>,
    pub type_code: Option<TypeCode>,
    pub at: Option<Moment>,
}

impl Details {
    pub fn parse(draft: &Draft, now: Moment) -> Result<Self, Vec<(Field, Flaw)>> {
        let mut flaws = Vec::new();
        let fold = |text: &str| {
            let plain: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
            plain.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let title = Some(fold(draft.get(Field::Title))).filter(|title| !title.is_empty());
        if title.as_ref().is_some_and(|title| title.chars().count() > Field::Title.length_max()) {
            flaws.push((Field::Title, Flaw::TooLong(Field::Title.length_max())));
        }
        let code = draft.get(Field::Type);
        if !code.is_empty() && !StatementKind::FILE_TYPES.contains(&code) {
            flaws.push((Field::Type, Flaw::NotOffered));
        }
        let day = draft.get(Field::Day).trim();
        let at = if day.is_empty() { None } else { noon_of(day) };
        match at {
            None if !day.is_empty() => flaws.push((Field::Day, Flaw::NotADate)),
            Some(at) if at > now.plus_days(1) => flaws.push((Field::Day, Flaw::InTheFuture)),
            _ => {}
        }
        if flaws.is_empty() { Ok(Details { title, type_code: TypeCode::parse(code), at: at.map(|at| at.min(now)) }) } else { Err(flaws) }
    }
}

/// Midday of a day, so that it is that day in every zone of France.
fn noon_of(day: &str) -> Option<Moment> {
    let is_day = day.len() == 10 && day.as_bytes().get(4) == Some(&b'-');
    let day = Moment::parse_fhir(day).filter(|_| is_day)?;
    (day.as_seconds() > OLDEST_SECONDS).then(|| day.plus_seconds(12 * 3_600))
}

/// 1 January 1900: nobody lives whose papers are older.
const OLDEST_SECONDS: i64 = -2_208_988_800;

async fn again(app: &App, signed_in: &SignedIn, draft: Draft, flaws: Vec<(Field, Flaw)>) -> Response {
    let too_large = flaws.iter().any(|(_, flaw)| *flaw == Flaw::File(FileFlaw::TooLarge));
    let status = if too_large { StatusCode::PAYLOAD_TOO_LARGE } else { WRONG };
    match record(app, signed_in).await {
        Ok(record) => page_with(status, &form(app, signed_in, &record, draft, flaws)),
        Err(error) => signed_in.fail(app, &error),
    }
}

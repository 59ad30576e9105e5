//! What was added: who sees it, correcting it, taking it back.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use dmp_core::access::{Act, CallerKind};
use dmp_core::document::DocumentEntry;
use dmp_core::record::Record;
use dmp_core::statement::{Draft, Field, Flaw, Statement, StatementKind};
use dmp_core::summary::When;
use dmp_pages::{AddFile, AddForm, AddedLine, AddedList, AddedPage, Said, profession_label};
use dmp_service::{Added, AddedFile, Addition, Consulted, EntryUpdate, Error};

use super::file::{Details, types};
use super::{FormName, WRONG, answered, draft, fresh_form, opened_form, this_minute, value};
use crate::App;
use crate::patient_site::{BareForm, home, opened};
use crate::site::{SignedIn, done, page, page_with};

/// All that the person's side added and that is still current.
pub(crate) async fn list(State(app): State<App>, signed_in: SignedIn) -> Response {
    let caller = &signed_in.session.caller;
    let own = |entry: &DocumentEntry| entry.is_patient_authored() && entry.status.is_latest();
    let found = match signed_in.person() {
        Ok(person) => app.service.search(&person, caller, own).await,
        Err(error) => Err(error),
    };
    let found = match found {
        Ok(found) => found,
        Err(error) => return signed_in.fail(&app, &error),
    };
    let line = |entry: &DocumentEntry| AddedLine {
        document: home::line(&app, &signed_in, &found.record, entry),
        may_correct: may_correct(&app, &signed_in, &found.record, entry),
        may_withdraw: app.service.would_permit(Act::Delete, &found.record, Some(entry), caller),
    };
    page(&AddedList {
        shell: signed_in.visitor.acting_shell(&app, "/added", &found.record),
        own: caller.kind == CallerKind::Patient,
        lines: found.entries().map(line).collect(),
    })
}

fn may_correct(app: &App, signed_in: &SignedIn, record: &Record, entry: &DocumentEntry) -> bool {
    let caller = &signed_in.session.caller;
    app.service.would_permit(Act::Replace, record, Some(entry), caller) && app.service.would_take(record, entry.type_code.as_str(), caller)
}

/// The record and one document of the person's own in it.
async fn own(app: &App, signed_in: &SignedIn, id: &str) -> Result<(std::sync::Arc<Record>, DocumentEntry), Error> {
    let (_, wanted) = opened(app, id)?;
    let is_it = |entry: &DocumentEntry| entry.id == wanted && entry.is_patient_authored();
    let found = app.service.search(&signed_in.person()?, &signed_in.session.caller, is_it).await?;
    let entry = found.entries().next().cloned().ok_or(Error::NotFound("document-not-found"))?;
    Ok((found.record, entry))
}

/// One thing that was added.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>) -> Response {
    let (record, entry) = match own(&app, &signed_in, &id).await {
        Ok(found) => found,
        Err(error) => return signed_in.fail(&app, &error),
    };
    let matrix = &app.service.config().matrix;
    let readers = matrix.professions().into_iter().filter(|one| matrix.cell(one, entry.type_code.as_str()).is_some_and(|cell| cell.read));
    let mut professions: Vec<&'static str> = readers.filter_map(|one| profession_label(&one.key(), signed_in.visitor.lang)).collect();
    professions.dedup();
    page(&AddedPage {
        shell: signed_in.visitor.acting_shell(&app, &format!("/added/{id}"), &record),
        document: home::line(&app, &signed_in, &record, &entry),
        is_file: entry.mime_type != CDA,
        professions,
        all_masked: record.head.all_masked,
        may_correct: may_correct(&app, &signed_in, &record, &entry),
        may_withdraw: app.service.would_permit(Act::Delete, &record, Some(&entry), &signed_in.session.caller),
    })
}

const CDA: &str = "text/xml";

/// What a document of the person's own holds.
struct Held {
    record: std::sync::Arc<Record>,
    entry: DocumentEntry,
    read: Consulted,
    /// `None`: a file.
    said: Option<Statement>,
}

async fn held(app: &App, signed_in: &SignedIn, id: &str) -> Result<Held, Error> {
    let (record, entry) = own(app, signed_in, id).await?;
    let read = app.service.consult(record.key, entry.id, &signed_in.session.caller).await?;
    let said = if entry.mime_type == CDA {
        let what = app.formats.read(CDA, read.bytes.clone()).await?;
        Some(app.formats.read_statement(&read.bytes, &what).ok_or(Error::Conflict("statement-elsewhere"))?)
    } else {
        None
    };
    Ok(Held { record, entry, read, said })
}

/// The form that corrects, filled with what stands there.
pub(crate) async fn correct_form(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>) -> Response {
    let held = match held(&app, &signed_in, &id).await {
        Ok(held) => held,
        Err(error) => return signed_in.fail(&app, &error),
    };
    match &held.said {
        Some(said) => page(&statement_form(&app, &signed_in, &held, &id, said.kind(), (said.draft(), Vec::new()))),
        None => page(&file_form(&app, &signed_in, &held, &id, (details(&held.entry), Vec::new()))),
    }
}

fn details(entry: &DocumentEntry) -> Draft {
    let mut draft = Draft::default();
    draft.put(Field::Title, entry.title.clone());
    draft.put(Field::Type, entry.type_code.as_str());
    draft.put(Field::Day, When::in_paris(entry.service_start).to_iso());
    draft
}

type Typed = (Draft, Vec<(Field, Flaw)>);

fn statement_form(app: &App, signed_in: &SignedIn, held: &Held, id: &str, kind: StatementKind, (draft, flaws): Typed) -> AddForm {
    let action = format!("/added/{id}/correct");
    let shell = signed_in.visitor.acting_shell(app, &action, &held.record);
    AddForm { shell, kind, action, form: fresh_form(app), draft, flaws, suggestions: Vec::new(), correcting: true }
}

fn file_form(app: &App, signed_in: &SignedIn, held: &Held, id: &str, (draft, flaws): Typed) -> AddFile {
    let action = format!("/added/{id}/correct");
    let shell = signed_in.visitor.acting_shell(app, &action, &held.record);
    AddFile { shell, action, form: fresh_form(app), draft, flaws, types: types(app, signed_in, &held.record), correcting: true }
}

/// Saves the correction: a new version that takes the place of the old one.
pub(crate) async fn correct(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Response {
    let name = opened_form(&app, value(&sent, "form")).filter(|_| signed_in.owns(value(&sent, "csrf")));
    let Some(FormName { name, shown_at }) = name else { return done("/added", Said::FormExpired) };
    let held = match held(&app, &signed_in, &id).await {
        Ok(held) => held,
        Err(error) => return signed_in.fail(&app, &error),
    };
    let draft = draft(&sent);
    let content = match &held.said {
        Some(said) => match Statement::parse(said.kind(), &draft, this_minute(app.service.now())) {
            Ok(statement) => Added::Said(statement),
            Err(flaws) => return page_with(WRONG, &statement_form(&app, &signed_in, &held, &id, said.kind(), (draft, flaws))),
        },
        None => match Details::parse(&draft, app.service.now()) {
            Ok(details) => match file(&app, &held, details).await {
                Ok(file) => Added::File(file),
                Err(error) => return signed_in.fail(&app, &error),
            },
            Err(flaws) => return page_with(WRONG, &file_form(&app, &signed_in, &held, &id, (draft, flaws))),
        },
    };
    let addition = Addition { content, form: name, shown_at, replaces: Some(held.entry.id) };
    let published = match signed_in.person() {
        Ok(person) => app.service.add(&person, &addition, &signed_in.session.caller, &*app.formats).await,
        Err(error) => Err(error),
    };
    answered(&app, &signed_in, published, Said::AdditionCorrected)
}

/// The same bytes under another title, type or date.
async fn file(app: &App, held: &Held, details: Details) -> Result<AddedFile, Error> {
    let mime_type = match held.entry.mime_type.as_str() {
        "application/pdf" => "application/pdf",
        "image/jpeg" => "image/jpeg",
        "image/png" => "image/png",
        _ => "text/plain",
    };
    Ok(AddedFile {
        title: details.title.unwrap_or_else(|| held.entry.title.clone()),
        type_code: details.type_code.unwrap_or_else(|| held.entry.type_code.clone()),
        mime_type,
        at: details.at.or(Some(held.entry.service_start)),
        bytes: held.read.bytes.clone(),
        read: app.formats.read(mime_type, held.read.bytes.clone()).await?,
    })
}

/// Takes a document back, for ever.
pub(crate) async fn withdraw(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(form): Form<BareForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/added", Said::FormExpired);
    }
    let withdrawn = match opened(&app, &id) {
        Ok((key, entry)) => app.service.update_entry(key, entry, &[EntryUpdate::Delete], None, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    match withdrawn {
        Ok(_) => done("/added", Said::AdditionWithdrawn),
        Err(Error::Conflict("record-changed")) => done("/added", Said::TryAgain),
        Err(error) => signed_in.fail(&app, &error),
    }
}

//! One document: its text as readable HTML, its original beside, hide and show.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use dmp_core::access::{Act, CallerKind};
use dmp_core::document::DocumentEntry;
use dmp_core::record::Record;
use dmp_core::{EntryId, RecordKey};
use dmp_pages::{DocumentBody, DocumentPage, Original, ReadPart, SafeHtml, Said};
use dmp_service::{Consulted, EntryUpdate, Error, IdKind};

use serde::Deserialize;

use super::perspective;
use crate::App;
use crate::site::{SignedIn, done, page};

/// Shows a document.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>) -> Response {
    match document_page(&app, &signed_in, &id).await {
        Ok(shown) => page(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// The record and entry that an id in an address names.
pub(crate) fn opened(app: &App, id: &str) -> Result<(RecordKey, EntryId), Error> {
    app.service.ids().open_entry(IdKind::Document, id).ok_or(Error::NotFound("document-not-found"))
}

async fn document_page(app: &App, signed_in: &SignedIn, id: &str) -> Result<DocumentPage, Error> {
    let (key, entry_id) = opened(app, id)?;
    let caller = &signed_in.session.caller;
    let read = app.service.consult(key, entry_id, caller).await?;
    let person = signed_in.person()?;
    let found = app.service.search(&person, caller, |_| true).await?;
    let record = found.record.clone();
    let path = |entry: &DocumentEntry| format!("/documents/{}", app.service.ids().seal_entry(IdKind::Document, key, entry.id));
    let newer = found.entries().find(|entry| entry.replaces == Some(entry_id)).map(path);
    let older = found.entries().find(|entry| read.entry.replaces == Some(entry.id)).map(path);
    let readers = if caller.kind == CallerKind::Helper { Vec::new() } else { readers(app, signed_in, entry_id).await? };
    Ok(DocumentPage {
        shell: signed_in.visitor.acting_shell(app, &format!("/documents/{id}"), &record),
        perspective: perspective(caller.kind),
        document: line(app, signed_in, &record, &read.entry),
        body: whole_body(app, &read).await?,
        original: Original { mime_type: read.entry.mime_type.clone(), size: read.entry.content.size },
        newer,
        older,
        readers,
        correction: super::corrections::way(app, signed_in, &record, &read.entry, id),
    })
}

fn line(app: &App, signed_in: &SignedIn, record: &Record, entry: &DocumentEntry) -> dmp_pages::DocumentLine {
    super::home::line(app, signed_in, record, entry)
}

/// Leaves read to find who read one document.
const READERS_WINDOW: u32 = 500;

async fn readers(app: &App, signed_in: &SignedIn, entry: EntryId) -> Result<Vec<dmp_pages::JournalLine>, Error> {
    let caller = &signed_in.session.caller;
    let read = app.service.journal(&signed_in.person()?, caller, None, READERS_WINDOW).await?;
    let about = read.leaves.iter().filter(|kept| {
        kept.leaf.act == Act::Consult
            && kept.leaf.caller.account != caller.account
            && kept.leaf.object.as_ref().is_some_and(|object| object.entry == entry)
    });
    Ok(about.map(|kept| super::journal::line(&kept.leaf, caller)).collect())
}

/// The text of a document, as its form allows, else as the software read it in the file.
///
/// # Errors
/// Faults of the store.
pub(crate) async fn whole_body(app: &App, read: &Consulted) -> Result<DocumentBody, Error> {
    Ok(match body(read) {
        DocumentBody::File => {
            let parts = app.service.text_read(read).await?;
            if parts.is_empty() { DocumentBody::File } else { DocumentBody::Read(parts.iter().map(ReadPart::of).collect()) }
        }
        shown => shown,
    })
}

/// The text of a document, when its form is one of text.
pub(crate) fn body(read: &Consulted) -> DocumentBody {
    use dmp_interop::cda::Limits;
    use dmp_interop::cda::narrative::{Narrative, to_html};
    match read.entry.mime_type.as_str() {
        "text/xml" | "application/xml" => match to_html(&read.bytes, Limits::default()) {
            Ok(Narrative::Html { html, .. }) => DocumentBody::Text(SafeHtml::produced_by_the_cda_renderer(html)),
            Ok(Narrative::Attachment(_)) => DocumentBody::File,
            Err(_) => DocumentBody::Unreadable,
        },
        _ => DocumentBody::File,
    }
}

/// The bytes as received. A level 1 CDA gives the file that it wraps.
pub(crate) async fn original(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>) -> Response {
    let read = match opened(&app, &id) {
        Ok((key, entry)) => app.service.consult(key, entry, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    match read {
        Ok(read) => original_response(&read),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// SECURITY: never rendered by our own origin as a page: XML goes as a download, other kinds under a policy without scripts.
pub(crate) fn original_response(read: &Consulted) -> Response {
    use dmp_interop::cda::Limits;
    use dmp_interop::cda::narrative::{Narrative, to_html};
    let is_cda = matches!(read.entry.mime_type.as_str(), "text/xml" | "application/xml");
    let wrapped = if is_cda { to_html(&read.bytes, Limits::default()).ok() } else { None };
    let (media_type, bytes, disposition) = match wrapped {
        Some(Narrative::Attachment(file)) if file.media_type == "application/pdf" => (file.media_type, file.bytes.into(), "inline"),
        Some(Narrative::Attachment(_) | Narrative::Html { .. }) | None if is_cda => {
            ("application/octet-stream".to_owned(), read.bytes.clone(), "attachment; filename=document.xml")
        }
        Some(_) | None => (
            read.entry.mime_type.clone(),
            read.bytes.clone(),
            if matches!(read.entry.mime_type.as_str(), "application/pdf" | "image/jpeg" | "image/png") { "inline" } else { "attachment" },
        ),
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(&media_type).unwrap_or(HeaderValue::from_static("application/octet-stream")));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    response
}

/// The form of a change, with the page to come back to.
#[derive(Debug, Deserialize)]
pub(crate) struct ChangeForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    back: String,
}

impl ChangeForm {
    /// Where to go back to: to a preview that this site made, or to the document's own page, which has its name and the way back.
    fn back<'b>(&'b self, own: &'b str) -> &'b str {
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.=&".contains(&byte));
        let preview = self.back.strip_prefix("/access/preview?").is_some_and(plain);
        if preview { &self.back } else { own }
    }
}

/// Hides a document from professionals.
pub(crate) async fn hide(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(form): Form<ChangeForm>) -> Response {
    change(&app, &signed_in, &id, &form, EntryUpdate::Mask, Said::DocumentHidden).await
}

/// Shows it to professionals again.
pub(crate) async fn unhide(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(form): Form<ChangeForm>) -> Response {
    change(&app, &signed_in, &id, &form, EntryUpdate::Unmask, Said::DocumentShown).await
}

async fn change(app: &App, signed_in: &SignedIn, id: &str, form: &ChangeForm, update: EntryUpdate, said: Said) -> Response {
    let own = opened(app, id).map_or_else(|_| "/".to_owned(), |_| format!("/documents/{id}"));
    let back = form.back(&own);
    if !signed_in.owns(&form.csrf) {
        return done(back, Said::FormExpired);
    }
    let changed = match opened(app, id) {
        Ok((key, entry)) => app.service.update_entry(key, entry, &[update], None, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(_) => done(back, said),
        Err(Error::Conflict("record-changed")) => done(back, Said::TryAgain),
        Err(error) => signed_in.fail(app, &error),
    }
}

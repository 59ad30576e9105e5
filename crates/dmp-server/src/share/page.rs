//! The page of a link, for whoever has no app: it asks who they are and for the code, then shows what the link gives.
//!
//! SECURITY: the fragment of a link never reaches a server, so the address of this page is a secret of its own (see `dmp-service/src/share/`).
//! Asking for the page opens nothing: programs that look at addresses in messages use no opening up. The limits and the leaf are those of the
//! door for apps, for it is the same act.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::record::{Means, Share, Shared};
use dmp_pages::{KnockProblem, ShareGone, ShareKnock, SharedContext, SharedDocument, SharedPage, Site};
use dmp_service::{Error, IdKind, Knock, Knocked, OpenedShare, ShareAddress};
use serde::Deserialize;

use crate::App;
use crate::fhir::SENT;
use crate::patient_site;
use crate::site::{Visitor, fail, page, page_with};

/// How long the originals that a page names are good.
const ORIGINAL_SECONDS: i64 = 900;

/// Asks who is there.
pub(crate) async fn ask(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Response {
    match found(&app, &id).await {
        Ok(Some((_, share))) => page(&question(&app, &visitor, &id, &share)),
        Ok(None) => gone(&app, &visitor, &id),
        Err(error) => fail(&app, &visitor, Site::Public, "/", &error),
    }
}

/// What was typed.
#[derive(Debug, Deserialize)]
pub(crate) struct KnockForm {
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    passcode: String,
}

/// Opens the link and shows what it gives. No session counts here, so the form has no token to check.
pub(crate) async fn open(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, Form(form): Form<KnockForm>) -> Response {
    let (address, share) = match found(&app, &id).await {
        Ok(Some(found)) => found,
        Ok(None) => return gone(&app, &visitor, &id),
        Err(error) => return fail(&app, &visitor, Site::Public, "/", &error),
    };
    let question = ShareKnock { recipient: form.recipient.clone(), ..question(&app, &visitor, &id, &share) };
    let missing = match () {
        () if form.recipient.trim().is_empty() => Some(KnockProblem::NameMissing),
        () if question.needs_code && form.passcode.trim().is_empty() => Some(KnockProblem::CodeMissing),
        () => None,
    };
    if missing.is_some() {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &ShareKnock { problem: missing, ..question });
    }
    let knock = Knock { recipient: &form.recipient, passcode: Some(&form.passcode), means: Means::Page };
    match app.service.open_share(address, &knock, SENT).await {
        Ok(Knocked::Opened(opened)) => page(&shown(&app, &visitor, &id, &opened)),
        Ok(Knocked::WrongCode { left }) => {
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &ShareKnock { problem: Some(KnockProblem::CodeWrong(left)), ..question })
        }
        Ok(Knocked::Gone) => gone(&app, &visitor, &id),
        Err(Error::Busy) => page_with(StatusCode::TOO_MANY_REQUESTS, &ShareKnock { problem: Some(KnockProblem::Busy), ..question }),
        Err(error) => fail(&app, &visitor, Site::Public, "/", &error),
    }
}

/// The original of a document that a page named a moment ago.
pub(crate) async fn original(State(app): State<App>, visitor: Visitor, Path((id, key)): Path<(String, String)>) -> Response {
    let ids = app.service.ids();
    let address = ids.open_share(IdKind::SharePage, &id);
    let place = address.and_then(|address| ids.open_share_file(&address.id, &key, app.service.now()));
    let (Some(address), Some(place)) = (address, place) else { return gone(&app, &visitor, &id) };
    match app.service.reopen_share(address, usize::try_from(place).ok(), SENT).await {
        Ok(Some(opened)) => match opened.documents.first() {
            Some(read) => patient_site::original_response(read),
            None => gone(&app, &visitor, &id),
        },
        Ok(None) => gone(&app, &visitor, &id),
        Err(error) => fail(&app, &visitor, Site::Public, "/", &error),
    }
}

/// The link of an address that leads somewhere now.
async fn found(app: &App, id: &str) -> Result<Option<(ShareAddress, Share)>, Error> {
    let Some(address) = app.service.ids().open_share(IdKind::SharePage, id) else { return Ok(None) };
    Ok(app.service.knockable(address).await?.map(|share| (address, share)))
}

fn question(app: &App, visitor: &Visitor, id: &str, share: &Share) -> ShareKnock {
    let action = format!("/share/open/{id}");
    ShareKnock {
        shell: visitor.shell(app, Site::Public, &action),
        needs_code: share.passcode.is_some(),
        recipient: String::new(),
        problem: None,
        action,
    }
}

/// SECURITY: the same page for a link that never was and for one that leads nowhere any more.
fn gone(app: &App, visitor: &Visitor, id: &str) -> Response {
    let status = if app.wrong_links.count(app.service.now()) { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::NOT_FOUND };
    page_with(status, &ShareGone { shell: visitor.shell(app, Site::Public, &format!("/share/open/{id}")) })
}

fn shown(app: &App, visitor: &Visitor, id: &str, opened: &OpenedShare) -> SharedPage {
    let traits = &opened.record.head.traits;
    let context = SharedContext {
        shell: visitor.shell(app, Site::Public, &format!("/share/open/{id}")),
        person: traits.shown_name().display(),
        birth_date: traits.birth_date,
        sex: traits.sex,
        made_at: opened.at,
    };
    match (&opened.share.what, &opened.summary) {
        (Shared::Documents(chosen), _) => SharedPage::of_documents(context, shared_documents(app, id, opened, chosen)),
        (what, Some(summary)) => SharedPage::of_summary(context, summary, *what == Shared::Emergency),
        (Shared::Summary | Shared::Emergency, None) => SharedPage::of_documents(context, Vec::new()),
    }
}

fn shared_documents(app: &App, id: &str, opened: &OpenedShare, chosen: &[dmp_core::EntryId]) -> Vec<SharedDocument> {
    let until = opened.at.plus_seconds(ORIGINAL_SECONDS);
    let document = |read: &dmp_service::Consulted| {
        let place = chosen.iter().position(|one| *one == read.entry.id).and_then(|place| u32::try_from(place).ok())?;
        let key = app.service.ids().seal_share_file(&opened.share.id, place, until);
        Some(SharedDocument {
            title: read.entry.title.clone(),
            at: read.entry.day(),
            author: read.entry.authors.first().map(dmp_pages::AuthorLine::from).unwrap_or_default(),
            body: patient_site::body(read),
            original: format!("/share/open/{id}/file/{key}"),
        })
    };
    opened.documents.iter().filter_map(document).collect()
}

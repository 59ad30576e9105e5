//! Sharing, at `/share`: showing now, sending a link, the code of the emergency card, and stopping each.

use axum::Form;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::EntryId;
use dmp_core::access::Act;
use dmp_core::record::{Record, SHARED_DOCUMENTS_MAX, Share, ShareKind, ShareState, Shared};
use dmp_pages::{
    CardCode, CardLink, DocumentLine, Said, SendForm, ShareDocumentsPage, ShareLine, ShareLinkPage, SharePage, ShareProblem, tell_apart,
};
use dmp_service::{Error, IdKind, NewLink, PersonRef, ShareWish};
use serde::Deserialize;

use super::{BareForm, perspective};
use crate::App;
use crate::share::Addresses;
use crate::shown::{self, Shown};
use crate::site::{SignedIn, done, page, page_with, query_value};

const DAY_SECONDS: i64 = 86_400;

/// Shows the ways to share and the links.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn) -> Response {
    match load(&app, &signed_in).await {
        Ok(record) => page(&share_page(&app, &signed_in, &record, SendForm::default())),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn load(app: &App, signed_in: &SignedIn) -> Result<std::sync::Arc<Record>, Error> {
    app.service.administrative(&signed_in.person()?, &signed_in.session.caller).await
}

fn share_page(app: &App, signed_in: &SignedIn, record: &Record, form: SendForm) -> SharePage {
    let caller = &signed_in.session.caller;
    let line = |share: &Share| ShareLine::of(share, &caller.account, app.service.now());
    SharePage {
        shell: signed_in.visitor.acting_shell(app, "/share", record),
        own: perspective(caller.kind) == dmp_pages::Perspective::Person,
        may_share: may_share(app, signed_in, record),
        all_masked: record.head.all_masked,
        form,
        links: record.head.shares.iter().rev().map(line).collect(),
    }
}

fn may_share(app: &App, signed_in: &SignedIn, record: &Record) -> bool {
    app.service.would_permit(Act::Share, record, None, &signed_in.session.caller)
}

/// Makes a link to be shown on the screen at once.
pub(crate) async fn show_now(State(app): State<App>, signed_in: SignedIn, Form(form): Form<BareForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/share", Said::FormExpired);
    }
    let label = signed_in.visitor.lang.pick("Montré sur un écran", "Shown on a screen").to_owned();
    let kind = ShareKind::Shown;
    let wish = ShareWish { kind, what: Shared::Summary, label, seconds: kind.seconds_max(), openings_max: kind.openings_max() };
    match create(&app, &signed_in, &wish).await {
        Ok(made) => Redirect::to(&format!("/share/links/{}", made.share.name)).into_response(),
        Err(Error::Conflict("too-many-shares")) => again(&app, &signed_in, SendForm::default(), None, ShareProblem::TooManyLinks).await,
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn create(app: &App, signed_in: &SignedIn, wish: &ShareWish) -> Result<NewLink, Error> {
    app.service.create_share(&signed_in.person()?, wish, &signed_in.session.caller).await
}

/// The form of a link to send.
#[derive(Debug, Default)]
struct Typed {
    csrf: String,
    form: SendForm,
    /// The chosen documents; `None`: the whole summary.
    documents: Option<Vec<String>>,
}

impl Typed {
    fn of(fields: Vec<(String, String)>) -> Self {
        let mut typed = Typed { form: SendForm { days: 0, openings: 0, ..SendForm::default() }, ..Typed::default() };
        for (name, value) in fields {
            match name.as_str() {
                "csrf" => typed.csrf = value,
                "label" => typed.form.label = value,
                "days" => typed.form.days = value.parse().unwrap_or_default(),
                "openings" => typed.form.openings = value.parse().unwrap_or_default(),
                "choosing" => _ = typed.documents.get_or_insert_default(),
                "document" => typed.documents.get_or_insert_default().push(value),
                _ => {}
            }
        }
        typed
    }

    fn problem(&self) -> Option<ShareProblem> {
        match &self.documents {
            Some(chosen) if chosen.is_empty() => return Some(ShareProblem::NoDocument),
            Some(chosen) if chosen.len() > SHARED_DOCUMENTS_MAX => return Some(ShareProblem::TooManyDocuments),
            Some(_) | None => {}
        }
        if self.form.label.trim().is_empty() {
            return Some(ShareProblem::LabelMissing);
        }
        (!self.form.is_offered()).then_some(ShareProblem::Period)
    }
}

/// Makes a link to be sent, and leads to where it is shown with its code.
pub(crate) async fn send(State(app): State<App>, signed_in: SignedIn, Form(fields): Form<Vec<(String, String)>>) -> Response {
    let typed = Typed::of(fields);
    if !signed_in.owns(&typed.csrf) {
        return done("/share", Said::FormExpired);
    }
    if let Some(problem) = typed.problem() {
        return again(&app, &signed_in, typed.form, typed.documents.as_deref(), problem).await;
    }
    let made = match wish(&app, &typed) {
        Ok(wish) => create(&app, &signed_in, &wish).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(NewLink { share, passcode, .. }) => {
            shown::go_to(&app, &signed_in, &format!("/share/links/{}", share.name), Shown::Link { name: share.name, code: passcode })
        }
        Err(Error::Conflict("too-many-shares")) => again(&app, &signed_in, typed.form, typed.documents.as_deref(), ShareProblem::TooManyLinks).await,
        Err(error) => signed_in.fail(&app, &error),
    }
}

fn wish(app: &App, typed: &Typed) -> Result<ShareWish, Error> {
    let what = match &typed.documents {
        None => Shared::Summary,
        Some(ids) => {
            let mut chosen: Vec<EntryId> = ids.iter().map(|id| super::opened(app, id).map(|(_, entry)| entry)).collect::<Result<_, _>>()?;
            chosen.dedup();
            Shared::Documents(chosen)
        }
    };
    let seconds = i64::from(typed.form.days) * DAY_SECONDS;
    Ok(ShareWish { kind: ShareKind::Sent, what, label: typed.form.label.clone(), seconds, openings_max: typed.form.openings })
}

/// The form again, with what was typed and what is wrong.
async fn again(app: &App, signed_in: &SignedIn, form: SendForm, chosen: Option<&[String]>, problem: ShareProblem) -> Response {
    // A list that was not chosen from shows its usual choice again.
    let usual = SendForm::default();
    let offered = SendForm { label: form.label.clone(), ..if form.is_offered() { form } else { usual } };
    let form = SendForm { problem: Some(problem), ..offered };
    let shown = match chosen {
        None => load(app, signed_in).await.map(|record| page_with(StatusCode::UNPROCESSABLE_ENTITY, &share_page(app, signed_in, &record, form))),
        Some(chosen) => documents_page(app, signed_in, form, chosen).await.map(|shown| page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)),
    };
    shown.unwrap_or_else(|error| signed_in.fail(app, &error))
}

fn link_page(app: &App, signed_in: &SignedIn, record: &Record, share: &Share, code: Option<String>) -> Result<ShareLinkPage, Error> {
    Ok(ShareLinkPage {
        shell: signed_in.visitor.acting_shell(app, "/share", record),
        line: ShareLine::of(share, &signed_in.session.caller.account, app.service.now()),
        link: Addresses::of(app, record.key, share)?.link,
        code,
    })
}

/// Chooses documents; one that is named in the address is ticked.
pub(crate) async fn documents(State(app): State<App>, signed_in: SignedIn, RawQuery(query): RawQuery) -> Response {
    let chosen = query.as_deref().and_then(|query| query_value(query, "chosen")).map(str::to_owned);
    match documents_page(&app, &signed_in, SendForm::default(), chosen.as_slice()).await {
        Ok(shown) => page(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn documents_page(app: &App, signed_in: &SignedIn, form: SendForm, chosen: &[String]) -> Result<ShareDocumentsPage, Error> {
    let caller = &signed_in.session.caller;
    let found = app.service.search(&signed_in.person()?, caller, |_| true).await?;
    let record = &found.record;
    let offered: Vec<EntryId> = if may_share(app, signed_in, record) {
        app.service.offered_documents(record, caller).iter().map(|entry| entry.id).collect()
    } else {
        Vec::new()
    };
    let listed = found.entries().filter(|entry| offered.contains(&entry.id)).map(|entry| {
        let id = app.service.ids().seal_entry(IdKind::Document, record.key, entry.id);
        let is_chosen = chosen.contains(&id);
        (DocumentLine::of(entry, id), is_chosen)
    });
    let mut documents: Vec<(DocumentLine, bool)> = listed.collect();
    tell_apart(documents.iter_mut().map(|(line, _)| line));
    Ok(ShareDocumentsPage { shell: signed_in.visitor.acting_shell(app, "/share/documents", record), form, documents })
}

/// Shows an active link to who made it: with its code for a while after it was made, without it later.
pub(crate) async fn link(State(app): State<App>, signed_in: SignedIn, headers: HeaderMap, Path(name): Path<String>) -> Response {
    let code = match shown::made(&app, &signed_in, &headers) {
        Some(Shown::Link { name: made, code }) if made == name => code,
        _ => None,
    };
    let record = match load(&app, &signed_in).await {
        Ok(record) => record,
        Err(error) => return signed_in.fail(&app, &error),
    };
    let is_theirs = |share: &&Share| share.name == name && share.by.account == signed_in.session.caller.account;
    let active = |share: &&Share| share.state(app.service.now()) == ShareState::Active;
    let found = record.head.shares.iter().filter(|_| may_share(&app, &signed_in, &record)).filter(is_theirs).find(active);
    match found.ok_or(Error::NotFound("share-not-found")).and_then(|share| link_page(&app, &signed_in, &record, share, code)) {
        Ok(shown) => page(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// The form that stops a link.
#[derive(Debug, Deserialize)]
pub(crate) struct StopForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    link: String,
}

/// Stops a link.
pub(crate) async fn stop(State(app): State<App>, signed_in: SignedIn, Form(form): Form<StopForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/share", Said::FormExpired);
    }
    let stopped = match signed_in.person() {
        Ok(person) => app.service.stop_share(&person, &form.link, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    match stopped {
        Ok(_) => done("/share", Said::ShareStopped),
        Err(Error::Conflict("record-changed")) => done("/share", Said::TryAgain),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// The switch of the card's code.
#[derive(Debug, Deserialize)]
pub(crate) struct CodeForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    code: String,
}

/// Puts a code on the emergency card, a new one each time, or takes it away.
pub(crate) async fn emergency(State(app): State<App>, signed_in: SignedIn, Form(form): Form<CodeForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/emergency-card", Said::FormExpired);
    }
    let on = form.code == "on";
    match switch_code(&app, &signed_in, on).await {
        Ok(()) => done("/emergency-card", if on { Said::CardCodeOn } else { Said::CardCodeOff }),
        Err(Error::Conflict("record-changed")) => done("/emergency-card", Said::TryAgain),
        Err(Error::Conflict("too-many-shares")) => again(&app, &signed_in, SendForm::default(), None, ShareProblem::TooManyLinks).await,
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn switch_code(app: &App, signed_in: &SignedIn, on: bool) -> Result<(), Error> {
    if on {
        let kind = ShareKind::Emergency;
        let label = signed_in.visitor.lang.pick("Carte d'urgence", "Emergency card").to_owned();
        let wish = ShareWish { kind, what: Shared::Emergency, label, seconds: kind.seconds_max(), openings_max: kind.openings_max() };
        create(app, signed_in, &wish).await?;
        return Ok(());
    }
    let record = load(app, signed_in).await?;
    if let Some(share) = active_card(app, &record) {
        app.service.stop_share(&PersonRef::Record(record.key), &share.name, &signed_in.session.caller).await?;
    }
    Ok(())
}

fn active_card<'r>(app: &App, record: &'r Record) -> Option<&'r Share> {
    record.head.shares.iter().find(|share| share.kind == ShareKind::Emergency && share.state(app.service.now()) == ShareState::Active)
}

/// The code of the card, for who switched it on alone: it is a secret.
pub(crate) fn card_code(app: &App, signed_in: &SignedIn, record: &Record) -> CardCode {
    let may_switch = may_share(app, signed_in, record);
    let own = active_card(app, record).filter(|share| may_switch && share.by.account == signed_in.session.caller.account);
    let link = own.and_then(|share| {
        let addresses = Addresses::of(app, record.key, share).ok()?;
        Some(CardLink { sheet: addresses.link, card: addresses.page, until: share.expires_at })
    });
    CardCode { may_switch, link }
}

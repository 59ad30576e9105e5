//! The inbox and the settings of notices, at `/notices`.

use std::collections::HashMap;

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use dmp_core::access::Act;
use dmp_core::record::{Language, NoticeKind, Record, Rhythm, clock_notices};
use dmp_pages::{NoticeLine, NoticesPage, Said};
use dmp_service::{Error, NoticeWish};

use crate::App;
use crate::site::{SignedIn, done, page};

/// Shows every notice and the settings.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn) -> Response {
    match load(&app, &signed_in).await {
        Ok(record) => page(&notices_page(&app, &signed_in, &record)),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn load(app: &App, signed_in: &SignedIn) -> Result<std::sync::Arc<Record>, Error> {
    app.service.administrative(&signed_in.person()?, &signed_in.session.caller).await
}

fn notices_page(app: &App, signed_in: &SignedIn, record: &Record) -> NoticesPage {
    let caller = &signed_in.session.caller;
    let own = app.service.may_read_notices(record, caller);
    let kept = record.head.notices.iter().cloned().chain(clock_notices(record, app.service.now())).filter(|_| own);
    let mut notices: Vec<NoticeLine> = kept.map(|notice| NoticeLine { kind: notice.kind, at: notice.at, by: notice.by, words: None }).collect();
    notices.sort_by_key(|notice| std::cmp::Reverse(notice.at));
    let may_change = app.service.would_permit(Act::UpdateContact, record, None, caller);
    NoticesPage {
        shell: signed_in.visitor.acting_shell(app, "/notices", record),
        own,
        notices,
        settings: record.head.notice_settings.clone(),
        email: record.head.contact.as_ref().and_then(|contact| contact.email.clone()).filter(|_| may_change),
        may_change,
    }
}

/// Saves the settings: a box that is absent is off.
pub(crate) async fn save(State(app): State<App>, signed_in: SignedIn, Form(form): Form<HashMap<String, String>>) -> Response {
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    if !signed_in.owns(field("csrf")) {
        return done("/notices", Said::FormExpired);
    }
    let told = NoticeKind::ALL.into_iter().filter(|kind| kind.is_optional() && form.contains_key(kind.code())).collect();
    let wish = NoticeWish { language: Language::from_code(field("language")), rhythm: Rhythm::from_code(field("rhythm")), told: Some(told) };
    let saved = match signed_in.person() {
        Ok(person) => app.service.set_notices(&person, &wish, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => done("/notices", Said::NoticesSaved),
        Err(Error::Conflict("record-changed")) => done("/notices", Said::TryAgain),
        Err(error) => signed_in.fail(&app, &error),
    }
}

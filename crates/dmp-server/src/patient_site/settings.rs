//! The hub of settings, at `/settings`.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use dmp_core::access::{Caller, CallerKind};
use dmp_core::identity::Ins;
use dmp_core::record::Record;
use dmp_pages::SettingsPage;
use dmp_service::{Error, PersonRef};

use super::perspective;
use crate::App;
use crate::site::{SignedIn, page};

/// Shows the links. They show nothing of the record; whose record it is is said to who acts for somebody.
pub(crate) async fn settings(State(app): State<App>, signed_in: SignedIn) -> Response {
    let caller = &signed_in.session.caller;
    let record = match signed_in.person() {
        // The pages about rights are shut to a helper, who still has settings of their own.
        Ok(PersonRef::Ins(ins)) if caller.kind == CallerKind::Helper => helped(&app, caller, &ins).await,
        Ok(person) => app.service.administrative(&person, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    let shell = match record {
        Ok(record) => signed_in.visitor.acting_shell(&app, "/settings", &record),
        // Without a record there still are a display, a language, means of signing in.
        Err(Error::NotFound(_)) => signed_in.visitor.bare_shell(&app, "/settings"),
        Err(error) => return signed_in.fail(&app, &error),
    };
    page(&SettingsPage { shell, perspective: perspective(signed_in.session.caller.kind) })
}

/// The record of the person whom a helper helps, while they may.
async fn helped(app: &App, caller: &Caller, ins: &Ins) -> Result<Arc<Record>, Error> {
    let found = app.service.acts_for(caller).await?;
    let here = found.into_iter().find(|one| one.may_act && one.kind() == caller.kind && one.record.head.ins == *ins);
    here.map(|one| one.record).ok_or(Error::NotFound("record-not-found"))
}

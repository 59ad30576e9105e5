//! One person of the journal, at `/journal/who/{who}`: who it is, why they could look, how to keep them out, how to have it checked.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::Moment;
use dmp_core::access::Act;
use dmp_core::identity::{PersonName, Profession};
use dmp_core::record::{Effect, Head};
use dmp_pages::{AuthorLine, ReportShown, Said, WhoPage, WhoState};
use dmp_service::{ActsOf, Error, Habilitation, PersonRef};
use serde::Deserialize;

use super::journal::{line, opened, sealed};
use super::{BareForm, habilitation, perspective};
use crate::App;
use crate::site::{SignedIn, done, page, page_with};

/// Characters of a message.
const WORDS_MAX: usize = 1_000;

/// Shows everything that one person did in the record.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>) -> Response {
    match load(&app, &signed_in, &id).await {
        Ok((account, acts)) => page(&who_page(&app, &signed_in, &id, &account, &acts)),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn load(app: &App, signed_in: &SignedIn, id: &str) -> Result<(String, ActsOf), Error> {
    let account = opened(app, id).ok_or(Error::NotFound("professional-not-found"))?;
    let acts = app.service.acts_of(&signed_in.person()?, &account, &signed_in.session.caller).await?;
    Ok((account, acts))
}

fn who_page(app: &App, signed_in: &SignedIn, id: &str, account: &str, acts: &ActsOf) -> WhoPage {
    let caller = &signed_in.session.caller;
    let may = |act| app.service.would_permit_concerning(act, &acts.record, account, caller);
    let newest = acts.leaves.first().map(|kept| kept.leaf.caller.clone());
    let structure = newest.as_ref().and_then(|who| who.structure.clone());
    WhoPage {
        shell: signed_in.visitor.acting_shell(app, &format!("/journal/who/{id}"), &acts.record),
        perspective: perspective(caller.kind),
        id: id.to_owned(),
        place: structure.as_ref().map(|name| format!("/journal?place={}", sealed(app, name))),
        who: AuthorLine {
            name: newest.as_ref().map(|who| who.name.clone()).unwrap_or_default(),
            profession: newest.as_ref().and_then(|who| who.profession.clone()),
            structure,
        },
        professional: account.starts_with("ps:"),
        state: state(&acts.record.head, account, app.service.now()),
        lines: acts.leaves.iter().map(|kept| line(&kept.leaf, caller)).collect(),
        may_block: may(Act::Block),
        may_report: may(Act::ReportAccess),
        reports: app
            .service
            .reports_shown(&acts.record, caller)
            .into_iter()
            .filter(|report| report.account == account)
            .map(ReportShown::of)
            .collect(),
        words: String::new(),
        too_long: false,
    }
}

fn state(head: &Head, account: &str, now: Moment) -> WhoState {
    let in_team = || {
        let current = head.episodes.iter().filter(|episode| episode.opposed_at.is_none() && episode.from <= now && !episode.is_over(now));
        current.flat_map(|episode| &episode.members).any(|member| member.account == account)
    };
    match head.authorisation(account) {
        Some(line) if line.effect == Effect::Deny => WhoState::Blocked,
        Some(line) if line.until.is_some_and(|end| end <= now) => WhoState::Expired,
        Some(_) => WhoState::Authorised,
        None if in_team() => WhoState::Team,
        None => WhoState::Unlisted,
    }
}

/// Keeps the person out.
pub(crate) async fn block(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(form): Form<BareForm>) -> Response {
    let back = format!("/journal/who/{id}");
    if !signed_in.owns(&form.csrf) {
        return done("/journal", Said::FormExpired);
    }
    let (account, acts) = match load(&app, &signed_in, &id).await {
        Ok(loaded) => loaded,
        Err(error) => return signed_in.fail(&app, &error),
    };
    let who = known(&app, &account, &acts);
    match app.service.block(&PersonRef::Record(acts.record.key), &who, &signed_in.session.caller).await {
        Ok(_) => done(&back, Said::Blocked),
        Err(Error::Conflict("record-changed")) => done(&back, Said::TryAgain),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// Somebody of the journal as the person's list keeps them: as the list or the directory knows them, or else as the journal does.
fn known(app: &App, account: &str, acts: &ActsOf) -> Habilitation {
    if let Some(line) = acts.record.head.authorisation(account) {
        let (name, profession, structure) = (line.name.clone(), line.profession.clone(), line.structure.clone());
        return Habilitation { account: account.to_owned(), name, profession, structure };
    }
    if let Some(identity) = app.directory.professional(account) {
        return habilitation(identity);
    }
    let leaf = acts.leaves.first().map(|kept| &kept.leaf.caller);
    Habilitation {
        account: account.to_owned(),
        name: PersonName::new("", leaf.map(|who| who.name.clone()).unwrap_or_default()),
        profession: leaf.and_then(|who| Profession::parse(who.profession.as_deref()?).ok()).unwrap_or_else(Profession::other),
        structure: None,
    }
}

/// The form of a report.
#[derive(Debug, Deserialize)]
pub(crate) struct ReportForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    words: String,
}

/// Asks the operator to look at what the person did.
pub(crate) async fn report(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(form): Form<ReportForm>) -> Response {
    let back = format!("/journal/who/{id}");
    if !signed_in.owns(&form.csrf) {
        return done("/journal", Said::FormExpired);
    }
    let (account, acts) = match load(&app, &signed_in, &id).await {
        Ok(loaded) => loaded,
        Err(error) => return signed_in.fail(&app, &error),
    };
    if form.words.trim().chars().count() > WORDS_MAX {
        let shown = WhoPage { words: form.words, too_long: true, ..who_page(&app, &signed_in, &id, &account, &acts) };
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    }
    match app.service.report_access(&PersonRef::Record(acts.record.key), &account, &form.words, &signed_in.session.caller).await {
        Ok(_) => done(&back, Said::AccessReported),
        Err(Error::Conflict("report-open")) => done(&back, Said::ReportOpen),
        Err(Error::Conflict("record-changed")) => done(&back, Said::TryAgain),
        Err(error) => signed_in.fail(&app, &error),
    }
}

//! The easy-to-read pages, at `/easy`: the same acts as the full pages, in simple words.

use axum::extract::State;
use axum::response::Response;
use dmp_core::Moment;
use dmp_core::audit::Leaf;
use dmp_core::record::{Record, Representative, RepresentativeKind, Scope, Standing};
use dmp_pages::{EasyPage, JournalFilter, JournalLine, ProfessionalLine};
use dmp_service::Error;

use super::reading;
use crate::App;
use crate::site::{SignedIn, page};

/// Accesses of others that the page may tell of.
const LOOKS: u32 = 60;

/// What must be known.
pub(crate) async fn health(State(app): State<App>, signed_in: SignedIn) -> Response {
    match reading::summarized(&app, &signed_in).await {
        Ok(made) => page(&EasyPage::health(signed_in.visitor.acting_shell(&app, "/easy", &made.record), &made.summary)),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// Who looked.
pub(crate) async fn who_looked(State(app): State<App>, signed_in: SignedIn) -> Response {
    match looks(&app, &signed_in).await {
        Ok(shown) => page(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn looks(app: &App, signed_in: &SignedIn) -> Result<EasyPage, Error> {
    let caller = &signed_in.session.caller;
    // One's own visits would fill the page before anybody else is named.
    let wanted = |leaf: &Leaf| leaf.act.is_reading() && JournalFilter::Others.wants(leaf, &caller.account);
    let read = app.service.journal_where(&signed_in.person()?, caller, None, LOOKS, wanted).await?;
    let lines: Vec<JournalLine> = read.leaves.iter().map(|kept| super::journal::line(&kept.leaf, caller)).collect();
    Ok(EasyPage::who_looked(signed_in.visitor.acting_shell(app, "/easy/who-looked", &read.record), &lines))
}

/// Who may look.
pub(crate) async fn who_may_look(State(app): State<App>, signed_in: SignedIn) -> Response {
    match administrative(&app, &signed_in).await {
        Ok(record) => {
            let lines: Vec<ProfessionalLine> = record.head.authorisations.iter().map(|line| ProfessionalLine::of(line, app.service.now())).collect();
            let shell = signed_in.visitor.acting_shell(&app, "/easy/who-may-look", &record);
            page(&EasyPage::who_may_look(shell, &lines, relatives(&record, app.service.now()), record.head.emergency))
        }
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// Who represents or helps the person now, by name.
pub(crate) fn relatives(record: &Record, now: Moment) -> Vec<String> {
    let minor = record.head.is_minor(now);
    let reads = |one: &&Representative| {
        one.standing(now) == Standing::InForce && one.scope == Scope::Person && (one.kind != RepresentativeKind::Parent || minor)
    };
    record.head.representatives.iter().filter(reads).map(|one| one.name.display()).collect()
}

/// What one may do.
pub(crate) async fn rights(State(app): State<App>, signed_in: SignedIn) -> Response {
    match administrative(&app, &signed_in).await {
        Ok(record) => page(&EasyPage::rights(signed_in.visitor.acting_shell(&app, "/easy/rights", &record))),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn administrative(app: &App, signed_in: &SignedIn) -> Result<std::sync::Arc<Record>, Error> {
    app.service.administrative(&signed_in.person()?, &signed_in.session.caller).await
}

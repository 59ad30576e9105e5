//! Who may read, at `/access`, and the person's choices.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::access::{Act, CallerKind};
use dmp_core::audit::{Leaf, Outcome};
use dmp_core::record::{Effect, EmergencyChoices, Head, Record};
use dmp_pages::{AccessPage, AuthoriseForm, JournalLine, ProfessionalLine, RppsError, Said, TeamLine};
use dmp_service::{Choice, Error, Habilitation, IdKind, PersonRef};
use serde::Deserialize;

use super::perspective;
use crate::App;
use crate::directory::Identity;
use crate::site::{SignedIn, done, page, page_with};

/// Shows the list of professionals and the choices.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn) -> Response {
    match load(&app, &signed_in).await {
        Ok(record) => page(&access_page(&app, &signed_in, &record, AuthoriseForm::default()).await),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn load(app: &App, signed_in: &SignedIn) -> Result<std::sync::Arc<Record>, Error> {
    app.service.administrative(&signed_in.person()?, &signed_in.session.caller).await
}

/// The last reading by a professional. Who may not read the journal is not told.
async fn last_look(app: &App, signed_in: &SignedIn) -> Option<JournalLine> {
    let caller = &signed_in.session.caller;
    let reads = |leaf: &Leaf| leaf.caller.kind == CallerKind::Professional && leaf.act.is_reading() && leaf.outcome == Outcome::Done;
    let read = app.service.journal_where(&signed_in.person().ok()?, caller, None, 1, reads).await.ok()?;
    read.leaves.first().map(|kept| super::journal::linked(app, &kept.leaf, caller))
}

fn teams(app: &App, record: &Record) -> Vec<TeamLine> {
    let (now, consent) = (app.service.now(), record.head.team_consent_at.is_some());
    let current = record.head.episodes.iter().rev().filter(|episode| !episode.is_over(now));
    current.map(|episode| TeamLine::of(episode, app.service.ids().seal_entry(IdKind::Encounter, record.key, episode.id), consent, now)).collect()
}

async fn access_page(app: &App, signed_in: &SignedIn, record: &Record, authorise: AuthoriseForm) -> AccessPage {
    let caller = &signed_in.session.caller;
    let mut professionals: Vec<ProfessionalLine> =
        record.head.authorisations.iter().map(|line| ProfessionalLine::of(line, app.service.now())).collect();
    professionals.sort_by_key(|line| std::cmp::Reverse(line.since));
    AccessPage {
        shell: signed_in.visitor.acting_shell(app, "/access", record),
        person: record.head.traits.shown_name().display(),
        own: perspective(caller.kind) == dmp_pages::Perspective::Person,
        professionals,
        authorise,
        emergency: record.head.emergency,
        all_masked: record.head.all_masked,
        team_consent_at: record.head.team_consent_at,
        may_change: app.service.would_permit_concerning(Act::Authorise, record, "ps:", caller),
        last_look: last_look(app, signed_in).await,
        teams: teams(app, record),
        relatives: super::easy::relatives(record, app.service.now()),
    }
}

/// The form that lets a professional in.
#[derive(Debug, Deserialize)]
pub(crate) struct RppsForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    rpps: String,
}

/// Lets a professional of the directory in, by RPPS.
pub(crate) async fn authorise(State(app): State<App>, signed_in: SignedIn, Form(form): Form<RppsForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/access", Said::FormExpired);
    }
    let record = match load(&app, &signed_in).await {
        Ok(record) => record,
        Err(error) => return signed_in.fail(&app, &error),
    };
    let found = match find(&app, &record.head, form.rpps.trim()) {
        Ok(found) => found,
        Err(error) => {
            let authorise = AuthoriseForm { rpps: form.rpps.clone(), error: Some(error) };
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &access_page(&app, &signed_in, &record, authorise).await);
        }
    };
    let person = PersonRef::Record(record.key);
    let done_act = app.service.authorise(&person, &habilitation(found), false, &signed_in.session.caller).await;
    answer(&app, &signed_in, done_act, Said::Authorised)
}

fn find<'a>(app: &'a App, head: &Head, rpps: &str) -> Result<&'a Identity, RppsError> {
    if rpps.is_empty() {
        return Err(RppsError::Missing);
    }
    dmp_core::identity::Rpps::parse(rpps).map_err(|_| RppsError::Malformed)?;
    let account = format!("ps:8{rpps}");
    if head.authorisation(&account).is_some_and(|line| line.effect == Effect::Deny) {
        return Err(RppsError::Blocked);
    }
    app.directory.professional(&account).ok_or(RppsError::Unknown)
}

/// A professional of the directory as the person's list keeps them. One without a profession is not let in.
pub(crate) fn habilitation(identity: &Identity) -> Habilitation {
    Habilitation {
        account: identity.account(),
        name: identity.name.clone(),
        profession: identity.profession.clone().unwrap_or_else(unknown_profession),
        structure: identity.structure.clone(),
    }
}

fn unknown_profession() -> dmp_core::identity::Profession {
    // JDV_J121 code 312, "autre": no cell of the matrix knows it, so it reads nothing.
    dmp_core::identity::Profession::other()
}

/// A form about one line of the list.
#[derive(Debug, Deserialize)]
pub(crate) struct LineForm {
    #[serde(default)]
    csrf: String,
    professional: String,
}

/// What the buttons of a line do.
#[derive(Debug, Clone, Copy)]
enum LineAct {
    Revoke,
    Block,
    Unblock,
    MedecinTraitant,
    Administrator,
}

macro_rules! line_form {
    ($(#[$doc:meta])* $name:ident, $act:expr, $said:expr) => {
        $(#[$doc])*
        pub(crate) async fn $name(State(app): State<App>, signed_in: SignedIn, Form(form): Form<LineForm>) -> Response {
            line_act(&app, &signed_in, &form, $act, $said).await
        }
    };
}

line_form! {
    /// Takes an authorisation back.
    revoke, LineAct::Revoke, Said::Revoked
}
line_form! {
    /// Keeps a professional out.
    block, LineAct::Block, Said::Blocked
}
line_form! {
    /// Stops keeping them out.
    unblock, LineAct::Unblock, Said::Unblocked
}
line_form! {
    /// Declares the *médecin traitant*.
    medecin_traitant, LineAct::MedecinTraitant, Said::MedecinTraitantDeclared
}
line_form! {
    /// Names an *administrateur*.
    administrator, LineAct::Administrator, Said::AdministratorNamed
}

async fn line_act(app: &App, signed_in: &SignedIn, form: &LineForm, act: LineAct, said: Said) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/access", Said::FormExpired);
    }
    let record = match load(app, signed_in).await {
        Ok(record) => record,
        Err(error) => return signed_in.fail(app, &error),
    };
    let Some(line) = record.head.authorisation(&form.professional) else {
        return signed_in.fail(app, &Error::NotFound("authorisation-not-found"));
    };
    let who = Habilitation {
        account: line.account.clone(),
        name: line.name.clone(),
        profession: line.profession.clone(),
        structure: line.structure.clone(),
    };
    let (person, caller) = (PersonRef::Record(record.key), &signed_in.session.caller);
    let done_act = match act {
        LineAct::Revoke => app.service.revoke(&person, &who.account, caller).await,
        LineAct::Block => app.service.block(&person, &who, caller).await,
        LineAct::Unblock => app.service.unblock(&person, &who.account, caller).await,
        LineAct::MedecinTraitant => app.service.authorise(&person, &who, true, caller).await,
        LineAct::Administrator => app.service.name_administrator(&person, &who.account, true, caller).await,
    };
    answer(app, signed_in, done_act, said)
}

fn answer(app: &App, signed_in: &SignedIn, done_act: Result<Head, Error>, said: Said) -> Response {
    match done_act {
        Ok(_) => done("/access", said),
        Err(Error::Conflict("record-changed")) => done("/access", Said::TryAgain),
        Err(error) => signed_in.fail(app, &error),
    }
}

/// The three switches: a box is `on` or absent.
#[derive(Debug, Deserialize)]
pub(crate) struct EmergencyForm {
    #[serde(default)]
    csrf: String,
    regulation_centre: Option<String>,
    break_glass: Option<String>,
    masked_in_emergency: Option<String>,
}

/// Records the three switches.
pub(crate) async fn emergency(State(app): State<App>, signed_in: SignedIn, Form(form): Form<EmergencyForm>) -> Response {
    let choices = EmergencyChoices {
        regulation_centre: form.regulation_centre.is_some(),
        break_glass: form.break_glass.is_some(),
        masked_in_emergency: form.masked_in_emergency.is_some(),
    };
    choose(&app, &signed_in, &form.csrf, Choice::Emergency(choices), Said::EmergencySaved).await
}

/// The whole-record mask.
#[derive(Debug, Deserialize)]
pub(crate) struct MaskAllForm {
    #[serde(default)]
    csrf: String,
    all_masked: String,
}

/// Hides or shows every document.
pub(crate) async fn mask_all(State(app): State<App>, signed_in: SignedIn, Form(form): Form<MaskAllForm>) -> Response {
    let masked = form.all_masked == "on";
    choose(&app, &signed_in, &form.csrf, Choice::MaskAll(masked), if masked { Said::AllMasked } else { Said::AllShown }).await
}

/// The form about one team.
#[derive(Debug, Deserialize)]
pub(crate) struct TeamForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    team: String,
}

/// The person does not want a team in their record.
pub(crate) async fn refuse_team(State(app): State<App>, signed_in: SignedIn, Form(form): Form<TeamForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/access", Said::FormExpired);
    }
    let refused = match (signed_in.person(), app.service.ids().open_entry(IdKind::Encounter, &form.team)) {
        (Ok(person), Some((_, id))) => app.service.oppose_episode(&person, id, &signed_in.session.caller).await,
        (Err(error), _) => Err(error),
        (_, None) => Err(Error::NotFound("episode-not-found")),
    };
    answer(&app, &signed_in, refused, Said::TeamRefused)
}

/// The consent to care teams.
#[derive(Debug, Deserialize)]
pub(crate) struct TeamConsentForm {
    #[serde(default)]
    csrf: String,
    team_consent: String,
}

/// Gives or withdraws the consent to care teams.
pub(crate) async fn team_consent(State(app): State<App>, signed_in: SignedIn, Form(form): Form<TeamConsentForm>) -> Response {
    let given = form.team_consent == "on";
    let said = if given { Said::TeamConsentGiven } else { Said::TeamConsentWithdrawn };
    choose(&app, &signed_in, &form.csrf, Choice::CareTeams(given), said).await
}

async fn choose(app: &App, signed_in: &SignedIn, csrf: &str, choice: Choice, said: Said) -> Response {
    if !signed_in.owns(csrf) {
        return done("/access", Said::FormExpired);
    }
    let person = match signed_in.person() {
        Ok(person) => person,
        Err(error) => return signed_in.fail(app, &error),
    };
    let done_act = app.service.choose(&person, choice, &signed_in.session.caller).await;
    answer(app, signed_in, done_act, said)
}

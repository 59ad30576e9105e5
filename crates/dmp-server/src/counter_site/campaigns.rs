//! Campaigns of invitations: a bulk act, so two agents' (`dmp-service/invitations`).

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::record::{Language, Regime};
use dmp_pages::{CampaignLine, CampaignProblem, CampaignStand, CampaignsPage, Lang, Said};
use dmp_service::{Campaign, CampaignState, Error, Tally, read_numbers};
use serde::Deserialize;

use super::AtCounter;
use crate::App;
use crate::site::{done, page, page_with};

const PATH: &str = "/accueil/campagnes";
/// Lines of a list that are told as wrong.
const FAULTS_TOLD: usize = 10;

/// A proposal.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ProposalForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    list: String,
    announce: Option<String>,
}

/// What is decided of a campaign.
#[derive(Debug, Deserialize)]
pub(crate) struct DecisionForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    campaign: String,
}

/// All of them, and the form of a new one.
pub(crate) async fn campaigns(State(app): State<App>, counter: AtCounter) -> Response {
    shown(&app, &counter, &ProposalForm::default(), None).await
}

/// Proposes one.
pub(crate) async fn propose(State(app): State<App>, counter: AtCounter, Form(form): Form<ProposalForm>) -> Response {
    if !counter.0.owns(&form.csrf) {
        return done(PATH, Said::FormExpired);
    }
    let numbers = match read_numbers(&form.list, app.service.config().mode) {
        Ok(numbers) if numbers.is_empty() => return shown(&app, &counter, &form, Some(CampaignProblem::ListEmpty)).await,
        Ok(numbers) => numbers,
        Err(faults) => {
            let lines = faults.iter().take(FAULTS_TOLD).map(|fault| fault.line).collect();
            return shown(&app, &counter, &form, Some(CampaignProblem::Lines(lines))).await;
        }
    };
    let language = match counter.0.visitor.lang {
        Lang::Fr => Language::French,
        Lang::En => Language::English,
    };
    match app.service.propose_campaign(&form.name, &numbers, language, form.announce.is_some(), counter.agent()).await {
        Ok(_) => done(PATH, Said::CampaignProposed),
        Err(Error::Invalid(_)) => shown(&app, &counter, &form, Some(CampaignProblem::NameWrong)).await,
        Err(error) => counter.0.refuse(&app, &error),
    }
}

/// Confirms one that another agent proposed.
pub(crate) async fn confirm_campaign(State(app): State<App>, counter: AtCounter, Form(form): Form<DecisionForm>) -> Response {
    let confirmed = app.service.confirm_campaign(&form.campaign, counter.agent());
    decided(&app, &counter, &form.csrf, confirmed, Said::CampaignConfirmed).await
}

/// Stops one.
pub(crate) async fn stop_campaign(State(app): State<App>, counter: AtCounter, Form(form): Form<DecisionForm>) -> Response {
    let stopped = app.service.stop_campaign(&form.campaign, counter.agent());
    decided(&app, &counter, &form.csrf, stopped, Said::CampaignStopped).await
}

/// Does what is decided, unless the form is an old one. SECURITY: nothing is done of an act that is not awaited.
async fn decided(app: &App, counter: &AtCounter, token: &str, act: impl Future<Output = Result<Campaign, Error>>, said: Said) -> Response {
    if !counter.0.owns(token) {
        return done(PATH, Said::FormExpired);
    }
    match act.await {
        Ok(_) => done(PATH, said),
        Err(error) => counter.0.refuse(app, &error),
    }
}

async fn shown(app: &App, counter: &AtCounter, form: &ProposalForm, problem: Option<CampaignProblem>) -> Response {
    let told = match app.service.campaigns(counter.agent()).await {
        Ok(told) => told,
        Err(error) => return counter.0.refuse(app, &error),
    };
    let wrong = problem.is_some();
    let made = CampaignsPage {
        shell: counter.shell(app, PATH),
        campaigns: told.iter().map(|(campaign, tally)| line(campaign, tally, &counter.agent().account)).collect(),
        name: form.name.clone(),
        list: form.list.clone(),
        announce: form.announce.is_some(),
        may_announce: app.service.config().regime == Regime::B,
        problem,
    };
    if wrong { page_with(StatusCode::UNPROCESSABLE_ENTITY, &made) } else { page(&made) }
}

fn line(campaign: &Campaign, tally: &Tally, reader: &str) -> CampaignLine {
    let stand = match campaign.state() {
        CampaignState::Proposed if campaign.proposed.account == reader => CampaignStand::WaitsForAnother,
        CampaignState::Proposed => CampaignStand::WaitsForYou,
        CampaignState::Running => CampaignStand::Running,
        CampaignState::Stopped => CampaignStand::Stopped,
    };
    CampaignLine {
        id: campaign.id.clone(),
        name: campaign.name.clone(),
        stand,
        announces: campaign.announces,
        people: campaign.people,
        proposed_by: campaign.proposed.name.clone(),
        proposed_at: campaign.proposed.at,
        confirmed_by: campaign.confirmed.as_ref().map(|hand| hand.name.clone()),
        waiting: tally.waiting,
        sent: tally.sent,
        opened: tally.opened,
        opened_by_itself: tally.opened_by_itself,
        refused: tally.refused,
        not_now: tally.not_now,
        skipped: tally.skipped,
    }
}

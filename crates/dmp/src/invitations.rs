//! `dmp invitations`, and what `dmp serve` does for campaigns.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use dmp_core::access::{Caller, CallerKind};
use dmp_core::identity::PersonName;
use dmp_core::record::{Language, Regime};
use dmp_service::{Campaign, CampaignState, Error, OpeningDesk, Service, Tally, read_numbers};
use dmp_store::Sealing;
use tokio::sync::watch;

use crate::commands::{AgentOptions, DecideOptions, InvitationLanguage, ProposeOptions, RegimeOption, StoreOptions, TellOptions};
use crate::{open, print};

/// How long the worker rests when no campaign has anything to do.
const REST: Duration = Duration::from_secs(20);
/// How long after a failure.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(60);
/// Lines of a list that are told as wrong.
const FAULTS_TOLD: usize = 20;

/// Carries campaigns on until a stop is asked. Counts the people of whom something new was found: written to, or their answer.
pub async fn work(desk: Arc<OpeningDesk>, looked: Arc<AtomicU64>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let rest = match desk.step_campaigns().await {
            Ok(0) => REST,
            Ok(count) => {
                looked.fetch_add(u64::try_from(count).unwrap_or(u64::MAX), Ordering::Relaxed);
                continue;
            }
            Err(error) => {
                tracing::error!(error.code = error.code(), "invitations met a failure and go on later");
                REST_AFTER_FAILURE
            }
        };
        let _ = tokio::time::timeout(rest, stop.changed()).await;
    }
}

/// Proposes a campaign.
///
/// # Errors
/// What is wrong, in words; lines of the list by number, never by what stands in them.
pub async fn propose(options: ProposeOptions) -> Result<(), String> {
    let text = std::fs::read_to_string(&options.list).map_err(|error| format!("{}: {error}", options.list.display()))?;
    let numbers = read_numbers(&text, open::mode(options.store.production)).map_err(|faults| {
        let lines: Vec<String> = faults.iter().take(FAULTS_TOLD).map(|fault| fault.line.to_string()).collect();
        format!("{}: {} lines are no INS number with its key: {}", options.list.display(), faults.len(), lines.join(", "))
    })?;
    let store = open::existing(&options.store, Sealing::On).await?;
    let mut law = open::config(&options.store)?;
    law.regime = match options.regime {
        RegimeOption::A => Regime::A,
        RegimeOption::B => Regime::B,
    };
    let language = match options.lang {
        InvitationLanguage::Fr => Language::French,
        InvitationLanguage::En => Language::English,
    };
    let acts = open::service(&store, law);
    let campaign = acts.propose_campaign(&options.name, &numbers, language, options.announce, &agent(&options.agent)).await.map_err(words)?;
    show(&[(campaign, Tally { waiting: u64::try_from(numbers.len()).unwrap_or(u64::MAX), ..Tally::default() })], options.store.json);
    Ok(())
}

/// Confirms one.
///
/// # Errors
/// What went wrong, in words.
pub async fn confirm(options: DecideOptions) -> Result<(), String> {
    let campaign = acts(&options.store).await?.confirm_campaign(&options.campaign, &agent(&options.agent)).await.map_err(words)?;
    print::line(&format!("{} is confirmed: {} people are written to while `dmp serve` runs", campaign.id, campaign.people));
    Ok(())
}

/// Stops one.
///
/// # Errors
/// What went wrong, in words.
pub async fn stop(options: DecideOptions) -> Result<(), String> {
    let campaign = acts(&options.store).await?.stop_campaign(&options.campaign, &agent(&options.agent)).await.map_err(words)?;
    print::line(&format!("{} is stopped", campaign.id));
    Ok(())
}

/// Tells all of them, to an agent.
///
/// # Errors
/// What went wrong, in words.
pub async fn list(options: TellOptions) -> Result<(), String> {
    let told = acts(&options.store).await?.campaigns(&agent(&options.agent)).await.map_err(words)?;
    show(&told, options.store.json);
    Ok(())
}

async fn acts(options: &StoreOptions) -> Result<Service, String> {
    let store = open::existing(options, Sealing::On).await?;
    Ok(open::service(&store, open::config(options)?))
}

fn agent(options: &AgentOptions) -> Caller {
    let software = Some(format!("dmp invitations {}", env!("CARGO_PKG_VERSION")));
    let name = Some(PersonName::new("", options.by.trim()));
    Caller { name, software, ..Caller::bare(format!("agent:{}", options.agent.trim()), CallerKind::Agent) }
}

fn show(told: &[(Campaign, Tally)], json: bool) {
    if json {
        let rows = told.iter().map(|(campaign, tally)| {
            serde_json::json!({
                "campaign": campaign.id, "name": campaign.name, "state": state(campaign), "announces": campaign.announces, "people": campaign.people,
                "waiting": tally.waiting, "sent": tally.sent, "opened": tally.opened, "openedByThemselves": tally.opened_by_itself,
                "refused": tally.refused, "notNow": tally.not_now, "notWrittenTo": tally.skipped,
            })
        });
        print::json(&rows.collect::<Vec<_>>());
        return;
    }
    if told.is_empty() {
        print::line("no campaign");
    }
    for (campaign, tally) in told {
        print::line(&format!("{}  {}  {}  {} people", campaign.id, state(campaign), campaign.name, campaign.people));
        print::line(&format!(
            "    waiting {}  sent {}  opened {}  opened by themselves {}  refused {}  not now {}  not written to {}",
            tally.waiting, tally.sent, tally.opened, tally.opened_by_itself, tally.refused, tally.not_now, tally.skipped
        ));
    }
}

fn state(campaign: &Campaign) -> &'static str {
    match campaign.state() {
        CampaignState::Proposed => "proposed",
        CampaignState::Running => "running",
        CampaignState::Stopped => "stopped",
    }
}

fn words(error: Error) -> String {
    let code = match &error {
        Error::Invalid(issues) => issues.first().map_or(error.code(), |issue| &issue.code),
        _ => error.code(),
    };
    dmp_core::catalogue::message(code).map_or_else(|| error.to_string(), |line| format!("{code}: {}", line.en))
}

//! Campaigns of invitations at the counter: proposed by one agent, confirmed by another. Numbers go in; counts alone come out.

use askama::Template;
use dmp_core::moment::Moment;

use crate::lang::silent_debug;
use crate::texts::campaigns::CampaignTexts;
use crate::texts::counter::CounterTexts;
use crate::{Shell, dates};

/// Where a campaign stands, for this agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignStand {
    /// It waits for another agent than who reads.
    WaitsForAnother,
    /// Who reads may confirm it.
    WaitsForYou,
    Running,
    Stopped,
}

/// A campaign, in counts.
#[derive(Clone)]
pub struct CampaignLine {
    pub id: String,
    pub name: String,
    pub stand: CampaignStand,
    /// Whether the letter announces that the record opens by itself.
    pub announces: bool,
    pub people: u32,
    pub proposed_by: String,
    pub proposed_at: Moment,
    pub confirmed_by: Option<String>,
    pub waiting: u64,
    pub sent: u64,
    pub opened: u64,
    pub opened_by_itself: u64,
    pub refused: u64,
    pub not_now: u64,
    pub skipped: u64,
}

/// What is wrong with a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CampaignProblem {
    NameWrong,
    ListEmpty,
    /// Lines that are no number, the first of them.
    Lines(Vec<usize>),
}

/// The page. Forms: `POST /accueil/campagnes` (`name`, `list`, `announce`), `POST /accueil/campagnes/confirm` and `/stop` (`campaign`).
#[derive(Clone, Template)]
#[template(path = "counter/campaigns.html")]
pub struct CampaignsPage {
    pub shell: Shell,
    pub campaigns: Vec<CampaignLine>,
    /// What was typed, shown again when something was wrong.
    pub name: String,
    pub list: String,
    pub announce: bool,
    /// Whether a letter may announce an opening: under the second regime.
    pub may_announce: bool,
    pub problem: Option<CampaignProblem>,
}

silent_debug!(CampaignLine, CampaignsPage);

impl CampaignsPage {
    fn t(&self) -> &'static CampaignTexts {
        CampaignTexts::of(self.shell.lang)
    }

    fn counter(&self) -> &'static CounterTexts {
        CounterTexts::of(self.shell.lang)
    }

    fn stand(&self, line: &CampaignLine) -> &'static str {
        let t = self.t();
        match line.stand {
            CampaignStand::WaitsForAnother => t.waits_for_another,
            CampaignStand::WaitsForYou => t.waits_for_you,
            CampaignStand::Running => t.running,
            CampaignStand::Stopped => t.stopped,
        }
    }

    fn may_confirm(line: &CampaignLine) -> bool {
        line.stand == CampaignStand::WaitsForYou
    }

    fn may_stop(line: &CampaignLine) -> bool {
        line.stand != CampaignStand::Stopped
    }

    fn day(&self, at: &Moment) -> String {
        dates::date(*at, self.shell.lang)
    }

    /// What came of it: words and counts.
    fn counts(&self, line: &CampaignLine) -> [(&'static str, u64); 7] {
        let t = self.t();
        [
            (t.waiting, line.waiting),
            (t.sent, line.sent),
            (t.opened, line.opened),
            (t.opened_by_itself, line.opened_by_itself),
            (t.refused, line.refused),
            (t.not_now, line.not_now),
            (t.skipped, line.skipped),
        ]
    }

    fn is_wrong(&self, field: &str) -> bool {
        match self.problem {
            Some(CampaignProblem::NameWrong) => field == "name",
            Some(CampaignProblem::ListEmpty | CampaignProblem::Lines(_)) => field == "list",
            None => false,
        }
    }

    fn problem_words(&self) -> Option<String> {
        let t = self.t();
        self.problem.as_ref().map(|problem| match problem {
            CampaignProblem::NameWrong => t.name_wrong.to_owned(),
            CampaignProblem::ListEmpty => t.list_empty.to_owned(),
            CampaignProblem::Lines(lines) => {
                let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
                format!("{} {}.", t.list_lines, lines.join(", "))
            }
        })
    }
}

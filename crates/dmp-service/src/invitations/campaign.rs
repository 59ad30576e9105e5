//! A campaign: what it is called, who proposed it and who confirmed it.

use dmp_core::Moment;
use dmp_core::access::Caller;
use dmp_core::record::Language;
use serde::{Deserialize, Serialize};

/// Days after which a campaign and its list are forgotten: six weeks to object, and time to look at what came of it.
pub(super) const KEPT_DAYS: i64 = 120;

/// Who put their hand to a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    pub account: String,
    /// Name as shown to colleagues.
    pub name: String,
    pub at: Moment,
}

impl Hand {
    pub(super) fn of(caller: &Caller, at: Moment) -> Hand {
        Hand { account: caller.account.clone(), name: caller.shown_name(), at }
    }
}

/// Where a campaign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignState {
    /// It waits for a second agent.
    Proposed,
    Running,
    Stopped,
}

/// A campaign of invitations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// Random, sixteen hexadecimal digits.
    pub id: String,
    /// Words of who proposed it.
    pub name: String,
    pub language: Language,
    /// Whether its letter is the one of CSP R.1111-28, after which the record opens by itself.
    pub announces: bool,
    pub people: u32,
    /// How many parts its list lies in.
    pub(super) parts: u32,
    pub proposed: Hand,
    pub confirmed: Option<Hand>,
    pub stopped: Option<Hand>,
}

impl Campaign {
    /// Where it stands.
    pub fn state(&self) -> CampaignState {
        match (&self.confirmed, &self.stopped) {
            (_, Some(_)) => CampaignState::Stopped,
            (Some(_), None) => CampaignState::Running,
            (None, None) => CampaignState::Proposed,
        }
    }

    /// Until when it is kept.
    pub fn kept_until(&self) -> Moment {
        self.proposed.at.plus_days(KEPT_DAYS)
    }
}

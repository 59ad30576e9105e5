//! Episodes of care: which team takes care of the person, where, and for how long (CSP L.1110-12).

use serde::{Deserialize, Serialize};

use super::life::Impossible;
use crate::identity::Structure;
use crate::ids::EntryId;
use crate::moment::Moment;

/// One member of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamMember {
    /// Account, `ps:8…`.
    pub account: String,
    /// Name as shown to people; empty when the declaration gave none.
    pub name: String,
}

impl TeamMember {
    /// Whoever works in a unit of the episode's structure, as that structure's directory of users says at each moment.
    pub fn staff_of(unit: &str) -> Self {
        TeamMember { account: format!("{STAFF}{unit}"), name: unit.to_owned() }
    }

    /// The unit whose staff this stands for.
    pub fn unit(&self) -> Option<&str> {
        self.account.strip_prefix(STAFF)
    }
}

/// Begins the account that stands for the staff of a unit: no account of a person begins so.
const STAFF: &str = "unit:";

/// A declared episode of care.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Episode {
    pub id: EntryId,
    /// INVARIANT: the structure of who declared it.
    pub structure: Structure,
    /// Unit or service of the structure.
    pub unit: Option<String>,
    pub members: Vec<TeamMember>,
    pub from: Moment,
    pub until: Option<Moment>,
    /// When the person was told of this episode's access (CSP R.1111-46).
    pub informed_at: Option<Moment>,
    /// When the person objected to this team.
    pub opposed_at: Option<Moment>,
    /// The account that declared it.
    pub declared_by: String,
}

/// A step of an episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EpisodeStep {
    /// Another unit, staff or end.
    Change {
        unit: Option<String>,
        members: Vec<TeamMember>,
        until: Option<Moment>,
    },
    /// The person was told.
    Inform,
    /// The person objects to this team.
    Oppose,
    End,
}

impl Episode {
    /// Whether it has ended.
    pub fn is_over(&self, now: Moment) -> bool {
        self.until.is_some_and(|end| end <= now)
    }

    /// The episode after a step. An objection stays: changing the staff does not lift it.
    ///
    /// # Errors
    /// [`Impossible`] when it has ended, when the person objected already, or when it would end before it begins.
    pub fn step(&self, step: EpisodeStep, now: Moment) -> Result<Episode, Impossible> {
        if self.is_over(now) {
            return Err(Impossible("episode-over"));
        }
        match step {
            EpisodeStep::Change { until: Some(end), .. } if end < self.from => Err(Impossible("episode-period")),
            EpisodeStep::Change { unit, members, until } => Ok(Episode { unit, members, until, ..self.clone() }),
            EpisodeStep::Inform => Ok(Episode { informed_at: self.informed_at.or(Some(now)), ..self.clone() }),
            EpisodeStep::Oppose if self.opposed_at.is_some() => Err(Impossible("episode-opposed")),
            EpisodeStep::Oppose => Ok(Episode { opposed_at: Some(now), ..self.clone() }),
            // What has not begun never will.
            EpisodeStep::End => Ok(Episode { until: Some(now.max(self.from)), ..self.clone() }),
        }
    }
}

//! Who acts for the person: legal representatives with dates and scope, helpers with a dated mandate.

use serde::{Deserialize, Serialize};

use super::life::Impossible;
use crate::identity::PersonName;
use crate::moment::Moment;

/// In what quality someone acts for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RepresentativeKind {
    /// Legal representative of a minor.
    Parent,
    /// In charge of a protection measure.
    Guardian,
    /// *Aidant* with a dated mandate: reads and deposits, nothing more.
    Helper,
}

/// What a representation is about. A helper's mandate is always about the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The person: health included (parental authority; measure with representation relating to the person).
    Person,
    /// Goods and money alone.
    Property,
    /// Help in deciding, without representation (*curatelle*, assistance).
    Assistance,
}

/// How far an invitation has come. A representation that nobody had to accept is accepted from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateState {
    /// Invited, not answered.
    Pending,
    Accepted,
    Refused,
    /// Ended before its date.
    Ended,
}

/// Someone who acts for the person, or is invited to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representative {
    /// Account, `person:…`.
    pub account: String,
    pub name: PersonName,
    pub kind: RepresentativeKind,
    pub scope: Scope,
    pub state: MandateState,
    pub from: Moment,
    /// When it ends by itself: a measure's end, a mandate's last day.
    pub until: Option<Moment>,
    /// Until when an invitation can be answered.
    pub answer_by: Option<Moment>,
    /// The account that recorded it, and on what proof.
    pub declared_by: String,
    pub proof: Option<String>,
}

impl Representative {
    /// A representation about the person that is accepted and has no end yet.
    pub fn in_force(kind: RepresentativeKind, account: impl Into<String>, name: PersonName, from: Moment) -> Self {
        Representative {
            account: account.into(),
            name,
            kind,
            scope: Scope::Person,
            state: MandateState::Accepted,
            from,
            until: None,
            answer_by: None,
            declared_by: String::new(),
            proof: None,
        }
    }
}

/// Where a representation or a mandate stands at a moment. Whether the child is of age is not a matter of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Invited,
    /// Invited, and the time to answer is over.
    Lapsed,
    Refused,
    /// Accepted; begins later.
    NotYet,
    InForce,
    /// Its last day is over, or it was ended before.
    Over,
}

/// A step of an invitation or a representation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MandateStep {
    Accept,
    Decline,
    /// Ends it before its date, or takes an invitation back.
    End,
}

impl Representative {
    /// Where this line stands.
    pub fn standing(&self, now: Moment) -> Standing {
        let over = self.until.is_some_and(|end| end <= now);
        match self.state {
            MandateState::Pending if over || self.answer_by.is_some_and(|end| end <= now) => Standing::Lapsed,
            MandateState::Pending => Standing::Invited,
            MandateState::Refused => Standing::Refused,
            MandateState::Ended => Standing::Over,
            MandateState::Accepted if over => Standing::Over,
            MandateState::Accepted if now < self.from => Standing::NotYet,
            MandateState::Accepted => Standing::InForce,
        }
    }

    /// The line after a step.
    ///
    /// # Errors
    /// [`Impossible`] when the line does not stand where the step begins.
    pub fn step(&self, step: MandateStep, now: Moment) -> Result<Representative, Impossible> {
        let with = |state| Ok(Representative { state, ..self.clone() });
        match (step, self.standing(now)) {
            (MandateStep::Accept, Standing::Invited) => with(MandateState::Accepted),
            (MandateStep::Decline, Standing::Invited) => with(MandateState::Refused),
            (MandateStep::Accept | MandateStep::Decline, Standing::Lapsed) => Err(Impossible("invitation-over")),
            (MandateStep::Accept | MandateStep::Decline, Standing::Refused | Standing::NotYet | Standing::InForce | Standing::Over) => {
                Err(Impossible("invitation-answered"))
            }
            (MandateStep::End, Standing::Invited | Standing::Lapsed) => with(MandateState::Ended),
            (MandateStep::End, Standing::NotYet | Standing::InForce) => {
                Ok(Representative { state: MandateState::Ended, until: Some(now), ..self.clone() })
            }
            (MandateStep::End, Standing::Refused | Standing::Over) => Err(Impossible("mandate-over")),
        }
    }
}

/// Days in which an invitation can be answered.
pub const INVITATION_DAYS: i64 = 14;

//! Who acts for the person: legal representatives with dates and scope, helpers with a dated mandate.

use serde::{Deserialize, Serialize};

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

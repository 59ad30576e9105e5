//! Episodes of care: which team takes care of the person, where, and for how long (CSP L.1110-12).

use serde::{Deserialize, Serialize};

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

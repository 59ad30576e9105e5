//! How a record was opened, and the choices made then (`domain.md` 1; `domain-supplement.md` 2).

use serde::{Deserialize, Serialize};

use crate::identity::{PersonName, Structure};
use crate::moment::Moment;

/// The channel through which a record was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Channel {
    /// By the person, on the site.
    Online,
    /// At the counter of the insurance body.
    Counter,
    /// In a pharmacy.
    Pharmacy,
    /// By a nurse, for a person losing autonomy.
    Nurse,
    /// By another liberal professional.
    Professional,
    /// By a health establishment, its reception staff included.
    Establishment,
    /// Without an act of the person, after the time to object (regime B).
    Automatic,
}

impl Channel {
    /// All channels, in the order of statistics.
    pub const ALL: [Channel; 7] =
        [Channel::Online, Channel::Counter, Channel::Pharmacy, Channel::Nurse, Channel::Professional, Channel::Establishment, Channel::Automatic];

    /// The stable code used on the wire (`domain.md` 1.4).
    pub fn code(self) -> &'static str {
        match self {
            Channel::Online => "EN_LIGNE",
            Channel::Counter => "CPAM",
            Channel::Pharmacy => "OFFICINE",
            Channel::Nurse => "INFIRMIER",
            Channel::Professional => "PS_LIBERAL",
            Channel::Establishment => "ETABLISSEMENT",
            Channel::Automatic => "AUTOMATIQUE_ENS",
        }
    }

    /// From the wire code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// How consent was expressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConsentEvidence {
    /// Said to the person who opened the record, who ticked the box (EX_1.1-1010).
    Oral,
    /// Ticked by the person themself.
    Electronic,
    /// On paper.
    Written,
    /// No objection in the legal time (regime B).
    NoObjection,
    /// Said, or signed, by who represents a minor or a protected adult.
    OfRepresentative(AgreedBy),
}

impl ConsentEvidence {
    /// Who agreed in the person's stead.
    pub fn agreed_by(&self) -> Option<&AgreedBy> {
        match self {
            ConsentEvidence::OfRepresentative(agreed) => Some(agreed),
            ConsentEvidence::Oral | ConsentEvidence::Electronic | ConsentEvidence::Written | ConsentEvidence::NoObjection => None,
        }
    }
}

/// Who agreed for a minor or a protected adult (CSP R.1111-40, R.1111-42; TD1.1). It is a word about the consent and gives no right: who represents the
/// person is declared on proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedBy {
    pub name: PersonName,
    pub role: FamilyRole,
    /// On paper; otherwise said.
    pub on_paper: bool,
}

/// What somebody who represents the person is to them: the thirteen roles of TD1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FamilyRole {
    Mother,
    Father,
    Guardian,
    Stepmother,
    Stepfather,
    Grandmother,
    Grandfather,
    GreatGrandmother,
    GreatGrandfather,
    Sister,
    Brother,
    Aunt,
    Uncle,
}

impl FamilyRole {
    /// All roles, the frequent ones first.
    pub const ALL: [FamilyRole; 13] = [
        FamilyRole::Mother,
        FamilyRole::Father,
        FamilyRole::Guardian,
        FamilyRole::Stepmother,
        FamilyRole::Stepfather,
        FamilyRole::Grandmother,
        FamilyRole::Grandfather,
        FamilyRole::GreatGrandmother,
        FamilyRole::GreatGrandfather,
        FamilyRole::Sister,
        FamilyRole::Brother,
        FamilyRole::Aunt,
        FamilyRole::Uncle,
    ];

    /// The stable word of forms and of the wire.
    pub fn code(self) -> &'static str {
        match self {
            FamilyRole::Mother => "mother",
            FamilyRole::Father => "father",
            FamilyRole::Guardian => "guardian",
            FamilyRole::Stepmother => "stepmother",
            FamilyRole::Stepfather => "stepfather",
            FamilyRole::Grandmother => "grandmother",
            FamilyRole::Grandfather => "grandfather",
            FamilyRole::GreatGrandmother => "great-grandmother",
            FamilyRole::GreatGrandfather => "great-grandfather",
            FamilyRole::Sister => "sister",
            FamilyRole::Brother => "brother",
            FamilyRole::Aunt => "aunt",
            FamilyRole::Uncle => "uncle",
        }
    }

    /// From that word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// Who opened the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CreatorKind {
    Patient,
    Representative,
    Professional,
    EstablishmentStaff,
    InsuranceAgent,
    System,
}

/// The act of opening, kept as the proof of consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Creation {
    pub at: Moment,
    pub channel: Channel,
    pub evidence: ConsentEvidence,
    /// The account that recorded the consent.
    pub recorded_by: String,
    pub recorded_by_kind: CreatorKind,
    pub structure: Option<Structure>,
    /// Insurance scheme and *caisse* of the person, when told.
    pub scheme: Option<String>,
    pub caisse: Option<String>,
    /// Department of residence, `35`, `2A`, `974`.
    pub department: Option<String>,
    /// The nurse's reason (loss of autonomy) or any remark asked by the channel.
    pub reason: Option<String>,
    /// Number printed on the receipt (*document d'accusé de création*).
    pub receipt: String,
}

/// The three independent switches of `domain-supplement.md` 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyChoices {
    /// A regulating doctor of SAMU-Centre 15 may read (`ETREAT`).
    pub regulation_centre: bool,
    /// Another professional may read in an emergency (`BTG`).
    pub break_glass: bool,
    /// Masked documents are readable in an emergency (`MASKED`).
    pub masked_in_emergency: bool,
}

impl Default for EmergencyChoices {
    /// Both agreements are pre-ticked (EX_1.1-1050); masked documents stay masked.
    fn default() -> Self {
        EmergencyChoices { regulation_centre: true, break_glass: true, masked_in_emergency: false }
    }
}

/// How to reach the person. Absent for people without e-mail or mobile.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contact {
    pub email: Option<String>,
    pub mobile: Option<String>,
    /// Postal address, lines joined by a line feed.
    pub address: Option<String>,
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(…)")
    }
}

//! Who asks. Always a named person with profession and structure, or the person, or who acts for them.

use serde::{Deserialize, Serialize};

use crate::identity::{PersonName, Profession, Structure};
use crate::ids::{GrantId, RecordKey};
use crate::moment::Moment;
use crate::record::{AppName, AppReads};

/// In what quality a caller asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallerKind {
    Patient,
    /// Legal representative of a minor, or in charge of a protection measure.
    Representative,
    Helper,
    Professional,
    /// An establishment's certificate without a named user.
    Organization,
    /// Agent of the compulsory insurance at a counter.
    Agent,
    /// Complementary insurer, or any contract that needs a health assessment.
    Insurer,
    Mutual,
    Employer,
    Operator,
    Automaton,
    ReimbursementFeed,
}

impl CallerKind {
    /// Whether this is the person, who represents them, or who helps them.
    pub fn is_on_the_persons_side(self) -> bool {
        matches!(self, CallerKind::Patient | CallerKind::Representative | CallerKind::Helper)
    }
}

/// What a professional attests when asking without the person's authorisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attestation {
    /// The person is unable to express their will.
    pub unable_to_consent: bool,
    /// There is an immediate risk to the person's health.
    pub immediate_risk: bool,
}

/// Access mode (TRE_R248, OID 1.2.250.1.213.1.1.4.248).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode")]
pub enum Purpose {
    #[serde(rename = "normal")]
    Normal,
    /// *Bris de glace*, with the reason that the person will read.
    #[serde(rename = "bris_de_glace")]
    BreakGlass {
        reason: String,
        attested: Attestation,
        /// When this emergency access ends: it is short.
        #[serde(with = "crate::moment::text")]
        until: Moment,
    },
    /// A call to SAMU-Centre 15, answered by a regulating doctor.
    #[serde(rename = "centre_15")]
    RegulationCentre,
}

/// How long an emergency access lasts from the moment the glass is broken. The sources say "short"; an hour is ours.
pub const EMERGENCY_SECONDS: i64 = 3_600;

/// Who collected a consent for somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Account of the professional who collected it, `ps:8…`.
    pub account: String,
}

impl Purpose {
    /// The code of TRE_R248.
    pub fn code(&self) -> &'static str {
        match self {
            Purpose::Normal => "normal",
            Purpose::BreakGlass { .. } => "bris_de_glace",
            Purpose::RegulationCentre => "centre_15",
        }
    }
}

/// Who asks, as established by the door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caller {
    /// Stable account: `ps:8…` for a professional, `person:…` for a person, `org:…`, `agent:…`, `system:…`.
    pub account: String,
    pub kind: CallerKind,
    /// `None` when nobody is named: only a certificate is known.
    pub name: Option<PersonName>,
    #[serde(with = "crate::identity::profession_key")]
    pub profession: Option<Profession>,
    /// Speciality code (TRE_R01), `SM26`; `SM25` is occupational medicine.
    pub specialty: Option<String>,
    /// For a student: the supervising professional is recorded.
    pub supervised: bool,
    pub structure: Option<Structure>,
    /// Units of that structure where the caller works now, as its own directory says; empty where it keeps none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    pub purpose: Purpose,
    /// Is a *médecin régulateur* of SAMU-Centre 15.
    pub regulating_physician: bool,
    /// *Connexion secrète*: works on a minor's secret care.
    pub secret_connection: bool,
    /// Explicit consent of the person collected for this consultation.
    pub consent_now: bool,
    /// Who collected that consent in the caller's stead (CSP L.1111-17 II); `None`: the caller.
    pub consent_collected_by: Option<Colleague>,
    /// Software name and version.
    pub software: Option<String>,
    /// The app through which the person's side, or a professional, asks, when they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<AppCaller>,
}

/// An app that asks in somebody's name, under what they allowed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppCaller {
    pub grant: GrantId,
    pub name: AppName,
    /// When it was allowed.
    #[serde(with = "crate::moment::text")]
    pub since: Moment,
    /// What a professional opened it for; `None` for an app of the person, whose access stands in the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass: Option<AppPass>,
}

/// What an app that a professional opened may read in their name: as long as they work, and at most what they may read themself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppPass {
    pub reads: AppReads,
    #[serde(with = "crate::moment::text")]
    pub until: Moment,
    /// The one record that it was opened on; `None`: each that the professional may read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<RecordKey>,
}

impl Caller {
    /// A caller of whom nothing is known but the account and the kind, in the normal mode.
    pub fn bare(account: String, kind: CallerKind) -> Self {
        Caller {
            account,
            kind,
            name: None,
            profession: None,
            specialty: None,
            supervised: false,
            structure: None,
            units: Vec::new(),
            purpose: Purpose::Normal,
            regulating_physician: false,
            secret_connection: false,
            consent_now: false,
            consent_collected_by: None,
            software: None,
            app: None,
        }
    }

    /// Whether this is a doctor of occupational medicine (SM25, C41).
    pub fn is_occupational(&self) -> bool {
        matches!(self.specialty.as_deref(), Some("SM25" | "C41"))
    }

    /// Name as shown to people; the structure's when nobody is named.
    pub fn shown_name(&self) -> String {
        match (&self.name, &self.structure) {
            (Some(name), _) => name.display(),
            (None, Some(structure)) => structure.name.clone(),
            (None, None) => String::new(),
        }
    }
}

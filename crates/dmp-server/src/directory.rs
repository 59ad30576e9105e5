//! Who is known by name: professionals of the directory, and in a demo the test identities.

use dmp_core::access::{Caller, CallerKind};
use dmp_core::identity::{IdentityTraits, Ins, PersonName, Profession, Structure};
use dmp_core::territory::Caisse;
use serde::Serialize;

/// What an identity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityKind {
    Patient,
    Representative,
    Helper,
    Professional,
    Organization,
    Agent,
    Insurer,
    Mutual,
    Employer,
    Operator,
    /// The software itself, on a date.
    Automaton,
}

impl IdentityKind {
    fn caller_kind(self) -> CallerKind {
        match self {
            IdentityKind::Patient => CallerKind::Patient,
            IdentityKind::Representative => CallerKind::Representative,
            IdentityKind::Helper => CallerKind::Helper,
            IdentityKind::Professional => CallerKind::Professional,
            IdentityKind::Organization => CallerKind::Organization,
            IdentityKind::Agent => CallerKind::Agent,
            IdentityKind::Insurer => CallerKind::Insurer,
            IdentityKind::Mutual => CallerKind::Mutual,
            IdentityKind::Employer => CallerKind::Employer,
            IdentityKind::Operator => CallerKind::Operator,
            IdentityKind::Automaton => CallerKind::Automaton,
        }
    }
}

/// Someone known by name.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Short name without spaces, for a command line.
    pub handle: String,
    pub kind: IdentityKind,
    pub name: PersonName,
    /// The person's own INS; for representatives and helpers, their own too when they have one.
    pub ins: Option<Ins>,
    /// The five traits, for a person who may open a record.
    pub traits: Option<IdentityTraits>,
    /// Their *caisse*, for a person who may open a record.
    pub caisse: Option<Caisse>,
    /// INS of the people they act for.
    pub acts_for: Vec<Ins>,
    pub rpps: Option<String>,
    pub profession: Option<Profession>,
    pub specialty: Option<String>,
    pub structure: Option<Structure>,
    pub regulating_physician: bool,
    pub supervised: bool,
    /// What this identity is for, in French and English.
    pub what_for_fr: String,
    pub what_for_en: String,
}

impl Identity {
    /// The stable account of this identity.
    pub fn account(&self) -> String {
        match (self.kind, &self.rpps, &self.ins) {
            (IdentityKind::Professional, Some(rpps), _) => format!("ps:8{rpps}"),
            (IdentityKind::Patient | IdentityKind::Representative | IdentityKind::Helper, _, Some(ins)) => ins.account(),
            (IdentityKind::Patient | IdentityKind::Representative | IdentityKind::Helper, _, None) => format!("person:{}", self.handle),
            (IdentityKind::Organization, _, _) => format!("org:{}", self.structure.as_ref().map_or(self.handle.as_str(), |one| one.id.as_str())),
            (IdentityKind::Agent, _, _) => format!("agent:{}", self.handle),
            (IdentityKind::Automaton, _, _) => format!("system:{}", self.handle),
            (_, _, _) => format!("other:{}", self.handle),
        }
    }

    /// This identity as a caller in normal mode.
    pub fn caller(&self) -> Caller {
        Caller {
            name: (self.kind != IdentityKind::Organization).then(|| self.name.clone()),
            profession: self.profession.clone(),
            specialty: self.specialty.clone(),
            supervised: self.supervised,
            structure: self.structure.clone(),
            regulating_physician: self.regulating_physician,
            ..Caller::bare(self.account(), self.kind.caller_kind())
        }
    }
}

/// The known identities.
#[derive(Debug, Default)]
pub struct Directory {
    identities: Vec<Identity>,
}

impl Directory {
    /// A directory of the given identities.
    pub fn new(identities: Vec<Identity>) -> Self {
        Directory { identities }
    }

    /// Everyone, in the order given.
    pub fn all(&self) -> &[Identity] {
        &self.identities
    }

    /// By short name.
    pub fn by_handle(&self, handle: &str) -> Option<&Identity> {
        self.identities.iter().find(|one| one.handle == handle)
    }

    /// The five traits of a person, when the directory has them.
    pub fn traits(&self, ins: &Ins) -> Option<IdentityTraits> {
        self.identities.iter().find(|one| one.ins.as_ref() == Some(ins)).and_then(|one| one.traits.clone())
    }

    /// The *caisse* of a person, when the directory has it.
    pub fn caisse(&self, ins: &Ins) -> Option<Caisse> {
        self.identities.iter().find(|one| one.ins.as_ref() == Some(ins)).and_then(|one| one.caisse.clone())
    }

    /// A professional by account (`ps:8…`).
    pub fn professional(&self, account: &str) -> Option<&Identity> {
        self.identities.iter().find(|one| one.kind == IdentityKind::Professional && one.account() == account)
    }
}

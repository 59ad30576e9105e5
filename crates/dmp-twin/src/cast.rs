//! Who asks: the named people of the synthetic town, as callers and as identities that can sign in.

use dmp_core::access::{Attestation, Caller, CallerKind, Purpose};
use dmp_server::{Identity, IdentityKind};

/// Someone who sends requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// A doctor whom Claire and Tom's parents let in.
    Doctor,
    Nurse,
    Pharmacist,
    Dentist,
    Psychologist,
    /// A doctor whom nobody let in.
    Stranger,
    /// A psychiatrist whom Claire keeps out.
    Blocked,
    /// A doctor who breaks the glass.
    Emergency,
    /// The *médecin traitant* of all three, who deposited most of what there is.
    Attending,
    /// A doctor whom Claire named *administrateur*.
    Administrator,
    /// A doctor of the team of a declared episode of Claire's.
    TeamMember,
    /// A regulating doctor of SAMU-Centre 15.
    Regulator,
    /// Claire herself.
    Patient,
    /// Tom himself, who is fourteen.
    Minor,
    /// Tom's mother.
    Representative,
    /// Henri's son and guardian.
    Guardian,
    /// Claire's husband, with a mandate.
    Helper,
    /// At the counter of the insurance: nothing clinical.
    Agent,
    Insurer,
    /// A laboratory's certificate.
    Organization,
}

impl Who {
    pub const ALL: [Who; 20] = [
        Who::Doctor,
        Who::Nurse,
        Who::Pharmacist,
        Who::Dentist,
        Who::Psychologist,
        Who::Stranger,
        Who::Blocked,
        Who::Emergency,
        Who::Attending,
        Who::Administrator,
        Who::TeamMember,
        Who::Regulator,
        Who::Patient,
        Who::Minor,
        Who::Representative,
        Who::Guardian,
        Who::Helper,
        Who::Agent,
        Who::Insurer,
        Who::Organization,
    ];

    /// Handle in the cast.
    pub fn handle(self) -> &'static str {
        match self {
            Who::Doctor => "dr-modele",
            Who::Nurse => "ide-modele",
            Who::Pharmacist => "pharmacien-essai",
            Who::Dentist => "dentiste-gabarit",
            Who::Psychologist => "psychologue-canevas",
            Who::Stranger => "dr-inconnu",
            Who::Blocked => "dr-psy",
            Who::Emergency => "dr-urgence",
            Who::Attending => "dr-fictif",
            Who::Administrator => "dr-canevas",
            Who::TeamMember => "dr-hopital",
            Who::Regulator => "dr-regulateur",
            Who::Patient => "claire-exemple",
            Who::Minor => "tom-fictif",
            Who::Representative => "sophie-fictif",
            Who::Guardian => "luc-modele",
            Who::Helper => "jean-exemple",
            Who::Agent => "agent-cpam",
            Who::Insurer => "assureur-imaginaire",
            Who::Organization => "logiciel-labo",
        }
    }

    /// As the FHIR door sees them.
    pub fn caller(self) -> Caller {
        let mut caller = caller(self.handle());
        match self {
            Who::Emergency => {
                let attested = Attestation { unable_to_consent: true, immediate_risk: true };
                caller.purpose = Purpose::BreakGlass {
                    reason: "Inconsciente, suspicion de surdosage".to_owned(),
                    attested,
                    until: dmp_core::Moment::from_micros(i64::MAX),
                };
            }
            Who::Regulator => caller.purpose = Purpose::RegulationCentre,
            _ => {}
        }
        caller
    }

    /// In what quality they ask.
    pub fn kind(self) -> CallerKind {
        match self {
            Who::Patient | Who::Minor => CallerKind::Patient,
            Who::Representative | Who::Guardian => CallerKind::Representative,
            Who::Helper => CallerKind::Helper,
            Who::Agent => CallerKind::Agent,
            Who::Insurer => CallerKind::Insurer,
            Who::Organization => CallerKind::Organization,
            _ => CallerKind::Professional,
        }
    }

    /// Whether they have a page to sign in to.
    pub fn visits(self) -> bool {
        self.is_professional() || self.is_on_the_persons_side()
    }

    /// Whether their site is the professional one.
    pub fn is_professional(self) -> bool {
        self.kind() == CallerKind::Professional
    }

    /// The person, who represents them, who helps them.
    pub fn is_on_the_persons_side(self) -> bool {
        self.kind().is_on_the_persons_side()
    }

    /// Whether something ties them to a record, so that they see some of it.
    pub fn is_insider(self) -> bool {
        !matches!(self, Who::Stranger | Who::Blocked | Who::Agent | Who::Insurer | Who::Organization)
    }
}

/// One of the cast as a caller in normal mode.
pub fn caller(handle: &str) -> Caller {
    identity(&dmp_synth::identity(handle).expect("a handle of the cast")).caller()
}

/// Everyone who can sign in.
pub fn identities() -> Vec<Identity> {
    dmp_synth::cast().iter().filter(|one| kind(one.kind).is_some()).map(identity).collect()
}

fn identity(one: &dmp_synth::Identity) -> Identity {
    Identity {
        handle: one.handle.clone(),
        kind: kind(one.kind).expect("a kind that signs in"),
        name: one.name.clone(),
        ins: one.ins.clone(),
        traits: None,
        caisse: None,
        acts_for: one.acts_for.iter().filter_map(|(handle, _)| dmp_synth::identity(handle)?.ins).collect(),
        rpps: one.rpps.as_ref().map(|rpps| rpps.as_str().to_owned()),
        profession: one.profession.clone(),
        specialty: one.specialty.map(str::to_owned),
        structure: one.structure.clone(),
        regulating_physician: one.is_regulating_physician,
        supervised: false,
        what_for_fr: String::new(),
        what_for_en: String::new(),
    }
}

fn kind(kind: CallerKind) -> Option<IdentityKind> {
    Some(match kind {
        CallerKind::Patient => IdentityKind::Patient,
        CallerKind::Representative => IdentityKind::Representative,
        CallerKind::Helper => IdentityKind::Helper,
        CallerKind::Professional => IdentityKind::Professional,
        CallerKind::Organization => IdentityKind::Organization,
        CallerKind::Agent => IdentityKind::Agent,
        CallerKind::Insurer => IdentityKind::Insurer,
        CallerKind::Mutual => IdentityKind::Mutual,
        CallerKind::Employer => IdentityKind::Employer,
        CallerKind::Operator => IdentityKind::Operator,
        CallerKind::Automaton | CallerKind::ReimbursementFeed => return None,
    })
}

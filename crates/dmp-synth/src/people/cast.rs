//! The named cast: who plays which part in a demonstration or a scenario, by a handle without spaces.

use dmp_core::access::CallerKind;
use dmp_core::identity::{Ins, PersonName, Profession, Rpps, Structure};
use jiff::civil::date;

use super::cast_people::CAST_PEOPLE;
use super::cast_staff::STAFF;
use super::person::{PersonMaker, RelationKind, cast_count};
use super::professional::staff;
use super::structure::place;

/// Someone (or something) that can sign in to a demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Stable word for the command line: `claire-exemple`, `dr-fictif`.
    pub handle: String,
    pub kind: CallerKind,
    pub name: PersonName,
    pub profession: Option<Profession>,
    /// Speciality (TRE_R01), `SM26`.
    pub specialty: Option<&'static str>,
    pub ins: Option<Ins>,
    /// Number of the person in every town, for patients and those who act for them.
    pub person: Option<u32>,
    pub rpps: Option<Rpps>,
    pub structure: Option<Structure>,
    /// Handles of the people for whom this one acts, with the quality.
    pub acts_for: Vec<(String, RelationKind)>,
    pub is_regulating_physician: bool,
    /// One French sentence: the part in the play.
    pub what_for: &'static str,
}

impl Identity {
    /// The account name of the record: `ps:8…`, `person:<handle>`, `org:…`, `agent:…`, `system:…`.
    pub fn account(&self) -> String {
        match (&self.rpps, self.kind) {
            (Some(rpps), _) => format!("ps:8{}", rpps.as_str()),
            (None, CallerKind::Patient | CallerKind::Representative | CallerKind::Helper) => format!("person:{}", self.handle),
            (None, CallerKind::Agent) => format!("agent:{}", self.handle),
            (None, CallerKind::Operator | CallerKind::ReimbursementFeed | CallerKind::Automaton) => format!("system:{}", self.handle),
            (None, _) => format!("org:{}", self.handle),
        }
    }
}

/// Everyone of the cast: patients and those who act for them, professionals, then organisations and agents.
pub fn cast() -> Vec<Identity> {
    let mut all = people();
    all.extend(professionals());
    all.extend(others());
    all
}

/// One of the cast, by handle.
pub fn identity(handle: &str) -> Option<Identity> {
    cast().into_iter().find(|identity| identity.handle == handle)
}

fn people() -> Vec<Identity> {
    // The cast is the same in every town: neither the seed nor the day matters here.
    let maker = PersonMaker { seed: 0, patients: cast_count(), today: date(2026, 1, 1), practitioners: 0 };
    let everyone: Vec<_> = (0..cast_count()).filter_map(|index| maker.make(index)).collect();
    let handle_of = |index: u32| usize::try_from(index).ok().and_then(|place| CAST_PEOPLE.get(place)).map(|row| row.handle.to_owned());
    everyone
        .iter()
        .zip(CAST_PEOPLE)
        .map(|(person, row)| {
            let acts_for: Vec<_> = everyone
                .iter()
                .flat_map(|other| other.relations.iter().map(move |relation| (other.index, *relation)))
                .filter(|(_, relation)| relation.person == person.index)
                .filter(|(_, relation)| matches!(relation.kind, RelationKind::Parent | RelationKind::Guardian | RelationKind::Helper))
                .filter_map(|(other, relation)| Some((handle_of(other)?, relation.kind)))
                .collect();
            let kind = match acts_for.first() {
                Some((_, RelationKind::Helper)) => CallerKind::Helper,
                Some(_) => CallerKind::Representative,
                None => CallerKind::Patient,
            };
            Identity {
                kind,
                name: person.traits.shown_name().clone(),
                ins: Some(person.ins.clone()),
                person: Some(person.index),
                acts_for,
                ..blank(row.handle, kind, row.what_for)
            }
        })
        .collect()
}

fn professionals() -> Vec<Identity> {
    staff(0, 0)
        .into_iter()
        .zip(STAFF)
        .map(|(professional, row)| Identity {
            name: professional.name.clone(),
            profession: Some(professional.profession.clone()),
            specialty: professional.specialty,
            rpps: Some(professional.rpps.clone()),
            structure: Some(professional.structure().clone()),
            is_regulating_physician: professional.is_regulating_physician,
            ..blank(row.handle, CallerKind::Professional, row.what_for)
        })
        .collect()
}

/// Handle, kind, first name, name, place, part.
type OtherRow = (&'static str, CallerKind, &'static str, &'static str, Option<&'static str>, &'static str);

#[rustfmt::skip]
const OTHERS: [OtherRow; 13] = [
    ("agent-cpam", CallerKind::Agent, "Martine", "GUICHET-FICTIF", Some("cpam"), "agente de la caisse au guichet : rien de clinique"),
    ("agent-verif", CallerKind::Agent, "Bruno", "CONTROLE-FICTIF", Some("cpam"), "second agent de la caisse : confirme les corrections d'identité"),
    ("assureur-imaginaire", CallerKind::Insurer, "", "Assurance Imaginaire", None, "assureur complémentaire : toujours refusé"),
    ("mutuelle-fable", CallerKind::Mutual, "", "Mutuelle de la Fable", None, "mutuelle : toujours refusée"),
    ("employeur-decor", CallerKind::Employer, "", "Entreprise du Décor", None, "employeur : toujours refusé"),
    ("operateur", CallerKind::Operator, "Gaël", "EXPLOITANT-FICTIF", None, "exploitant de l'installation, sans accès clinique"),
    ("logiciel-labo", CallerKind::Organization, "", "Laboratoire de biologie des Essais", Some("laboratoire"), "logiciel de laboratoire : dépose les résultats"),
    ("logiciel-hopital", CallerKind::Organization, "", "Centre hospitalier d'Exempleville", Some("hopital"), "certificat de l'hôpital : dépose lettres et comptes rendus"),
    ("logiciel-pharmacie", CallerKind::Organization, "", "Pharmacie du Spécimen", Some("pharmacie-specimen"), "logiciel d'officine : dépose les dispensations"),
    ("automate-resume", CallerKind::Automaton, "", "Automate de synthèse", None, "automate technique"),
    ("flux-remboursement", CallerKind::ReimbursementFeed, "", "Flux de l'assurance maladie", Some("cpam"), "flux des données de remboursement"),
    ("mandataire-essai", CallerKind::Representative, "Solange", "MANDATAIRE-ESSAI", None, "mandataire judiciaire sans mesure en cours : refusée"),
    (SECRETARY, CallerKind::Professional, "Ginette", "STANDARD-FICTIF", Some("maison-sante"), "secrétaire médicale de la maison de santé : ne lit ni ne dépose rien"),
];

/// Works for professionals without being one: no number of the directory, and a code of TRE_A00 in place of a profession.
const SECRETARY: &str = "secretaire-fictif";

fn others() -> Vec<Identity> {
    OTHERS
        .into_iter()
        .map(|(handle, kind, given, family, structure, what_for)| Identity {
            name: PersonName::new(given, family),
            structure: structure.and_then(place).map(|place| place.structure),
            profession: (handle == SECRETARY).then(|| Profession::parse("A00/SECRETARIAT_MEDICAL").ok()).flatten(),
            ..blank(handle, kind, what_for)
        })
        .collect()
}

fn blank(handle: &str, kind: CallerKind, what_for: &'static str) -> Identity {
    Identity {
        handle: handle.to_owned(),
        kind,
        name: PersonName::default(),
        profession: None,
        specialty: None,
        ins: None,
        person: None,
        rpps: None,
        structure: None,
        acts_for: Vec::new(),
        is_regulating_physician: false,
        what_for,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cast_is_whole_and_each_handle_is_a_word() {
        let all = cast();
        assert_eq!(all.len(), CAST_PEOPLE.len() + STAFF.len() + OTHERS.len());
        let mut handles: Vec<_> = all.iter().map(|identity| identity.handle.clone()).collect();
        assert!(handles.iter().all(|handle| handle.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')));
        handles.sort();
        handles.dedup();
        assert_eq!(handles.len(), all.len());
    }

    #[test]
    fn parents_guardian_and_helpers_know_for_whom_they_act() {
        let sophie = identity("sophie-fictif").unwrap();
        assert_eq!(sophie.kind, CallerKind::Representative);
        assert_eq!(sophie.acts_for, [("tom-fictif".to_owned(), RelationKind::Parent), ("nina-fictif".to_owned(), RelationKind::Parent)]);
        assert_eq!(identity("luc-modele").unwrap().acts_for, [("henri-modele".to_owned(), RelationKind::Guardian)]);
        assert_eq!(identity("jean-exemple").unwrap().kind, CallerKind::Helper);
        assert_eq!(identity("claire-exemple").unwrap().kind, CallerKind::Patient);
        assert_eq!(identity("claire-exemple").unwrap().name.display(), "Claire EXEMPLE");
    }
}

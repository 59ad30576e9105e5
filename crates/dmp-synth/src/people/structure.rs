//! The places where the town is cared for, with their national identifiers.

use dmp_core::identity::{StructIdNat, Structure};

use super::address::Address;
use super::identifiers::{finess, rpps, siret};
use crate::words::TOWN;

/// Sector of activity (JDV_J02) and practice setting (JDV_J04) of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FacilityKind {
    facility: (&'static str, &'static str),
    setting: (&'static str, &'static str),
}

const AMBULATORY: (&str, &str) = ("AMBULATOIRE", "Ambulatoire");
const HOSPITAL: (&str, &str) = ("ETABLISSEMENT", "Etablissement de santé");

/// A place of care (or an office) of the town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Stable word, usable on a command line.
    pub handle: &'static str,
    /// National identifier and name.
    pub structure: Structure,
    /// FINESS of the legal entity (EJ), for establishments.
    pub legal_entity: Option<String>,
    /// Sector of activity (JDV_J02): code and words.
    pub facility_type: (&'static str, &'static str),
    /// Practice setting (JDV_J04): code and words.
    pub practice_setting: (&'static str, &'static str),
    pub address: Address,
    pub phone: String,
}

enum Number {
    Finess,
    Siret,
    /// Practice known by the RPPS of its holder (position in the staff) and a rank.
    Practice(u32),
}

type Row = (&'static str, &'static str, Number, FacilityKind, &'static str);

const fn kind(code: &'static str, words: &'static str, setting: (&'static str, &'static str)) -> FacilityKind {
    FacilityKind { facility: (code, words), setting }
}

#[rustfmt::skip]
const ROWS: [Row; 24] = [
    ("hopital", "Centre hospitalier d'Exempleville", Number::Finess, kind("SA01", "Etablissement public de santé", HOSPITAL), "boulevard du Modèle"),
    ("clinique", "Clinique des Maquettes", Number::Finess, kind("SA04", "Etablissement privé non PSPH", HOSPITAL), "rue des Maquettes"),
    ("laboratoire", "Laboratoire de biologie des Essais", Number::Finess, kind("SA25", "Laboratoire de biologie médicale", AMBULATORY), "rue des Jeux d'Essai"),
    ("imagerie", "Centre d'imagerie du Gabarit", Number::Siret, kind("SA08", "Cabinet de groupe", AMBULATORY), "impasse du Gabarit"),
    ("pharmacie-specimen", "Pharmacie du Spécimen", Number::Finess, kind("SA33", "Pharmacie d'officine", AMBULATORY), "rue du Spécimen"),
    ("pharmacie-fable", "Pharmacie de la Fable", Number::Finess, kind("SA33", "Pharmacie d'officine", AMBULATORY), "rue de la Fable"),
    ("maison-sante", "Maison de santé des Modèles", Number::Finess, kind("SA52", "Maison de santé ou Pôle de santé", AMBULATORY), "avenue de la Page-Blanche"),
    ("maison-canevas", "Maison de santé du Canevas", Number::Finess, kind("SA52", "Maison de santé ou Pôle de santé", AMBULATORY), "rue du Canevas"),
    ("ehpad", "EHPAD Les Prototypes", Number::Finess, kind("SA17", "Etablissement pour personnes âgées", ("ESSMS", "Etablissement ou Service Social ou Médico-Social")), "allée des Prototypes"),
    ("samu", "SAMU d'Exempleville, Centre 15", Number::Finess, kind("SA01", "Etablissement public de santé", ("SAMU_SMUR", "SAMU/SMUR")), "boulevard du Modèle"),
    ("cabinet-dentaire", "Cabinet dentaire de l'Ébauche", Number::Practice(6), kind("SA07", "Cabinet individuel", AMBULATORY), "place de l'Ébauche"),
    ("cabinet-infirmier", "Cabinet infirmier du Croquis", Number::Siret, kind("SA08", "Cabinet de groupe", AMBULATORY), "venelle du Croquis"),
    ("sante-travail", "Service de prévention et de santé au travail des Essais", Number::Siret, kind("SA66", "Services de Prévention et de Santé au Travail (SPST)", AMBULATORY), "rue de l'Invention"),
    ("cabinet-sages-femmes", "Cabinet de sages-femmes de l'Illusion", Number::Siret, kind("SA08", "Cabinet de groupe", AMBULATORY), "cours de l'Illusion"),
    ("cabinet-kine", "Cabinet de kinésithérapie du Faux-Pont", Number::Siret, kind("SA08", "Cabinet de groupe", AMBULATORY), "chemin du Faux-Pont"),
    ("cabinet-lointain", "Cabinet médical de Loinville", Number::Practice(1), kind("SA07", "Cabinet individuel", AMBULATORY), "rue Sans-Lieu"),
    ("optique", "Optique du Trompe-l'Œil", Number::Siret, kind("SA42", "Appareillage médical", AMBULATORY), "rue du Trompe-l'Œil"),
    ("audition", "Audition du Décor", Number::Siret, kind("SA42", "Appareillage médical", AMBULATORY), "rue du Décor"),
    ("cmp", "Centre médico-psychologique d'Exempleville", Number::Finess, kind("SA01", "Etablissement public de santé", HOSPITAL), "square des Personnages"),
    ("cabinet-specialistes", "Cabinet de spécialistes de l'Échantillon", Number::Siret, kind("SA08", "Cabinet de groupe", AMBULATORY), "rue de l'Échantillon"),
    ("pole-reeducation", "Pôle de rééducation du Carton-Pâte", Number::Siret, kind("SA08", "Cabinet de groupe", AMBULATORY), "rue du Carton-Pâte"),
    ("cpam", "CPAM d'Exempleville", Number::Siret, kind("SA24", "Organisme de sécurité sociale", ("AMO", "Organisme d'assurance maladie obligatoire")), "quai des Figurants"),
    ("hopital-jour-cancer", "Institut de cancérologie des Trois-Hypothèses", Number::Finess, kind("SA36", "Centre anti-cancer", HOSPITAL), "rue des Trois-Hypothèses"),
    ("cabinet-psychologie", "Cabinet de psychologie du Simulacre", Number::Siret, kind("SA07", "Cabinet individuel", AMBULATORY), "place du Simulacre"),
];

/// Every place of the town, in a stable order.
pub fn places() -> Vec<Place> {
    (0..ROWS.len()).filter_map(place_at).collect()
}

/// A place by its handle.
pub fn place(handle: &str) -> Option<Place> {
    ROWS.iter().position(|row| row.0 == handle).and_then(place_at)
}

/// The place at a position of the list.
pub(crate) fn place_at(position: usize) -> Option<Place> {
    let (handle, name, number, kind, street) = ROWS.get(position)?;
    let sequence = u32::try_from(position).ok()?;
    let (id, legal_entity) = match number {
        Number::Finess => (format!("1{}", finess(100 + sequence)), Some(finess(900 + sequence))),
        Number::Siret => (format!("3{}", siret(100 + sequence)), None),
        Number::Practice(holder) => (format!("4{}01", rpps(*holder)?.as_str()), None),
    };
    Some(Place {
        handle,
        structure: Structure { id: StructIdNat::parse(&id).ok()?, name: (*name).to_owned() },
        legal_entity,
        facility_type: kind.facility,
        practice_setting: kind.setting,
        address: Address {
            number: u16::try_from(2 + sequence * 3).unwrap_or(1),
            street,
            postal_code: "35999".to_owned(),
            city: if *handle == "cabinet-lointain" { "LOINVILLE" } else { TOWN },
        },
        phone: format!("+3319900{:04}", 100 + sequence),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_a_valid_identifier_of_its_own() {
        let all = places();
        assert_eq!(all.len(), ROWS.len());
        let mut ids: Vec<_> = all.iter().map(|place| place.structure.id.as_str().to_owned()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), ROWS.len());
        assert_eq!(place("hopital").unwrap().facility_type.0, "SA01");
        assert!(place("nulle-part").is_none());
    }
}

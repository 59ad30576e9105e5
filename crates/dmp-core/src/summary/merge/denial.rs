//! Which denials speak of a whole heading: "aucune allergie connue" does, "pas d'allergie à la pénicilline", "urgence chirurgicale : non" and
//! "pas d'allergie alimentaire" do not.

use super::super::{Fact, FactKind, words};
use crate::document::Code;

/// The codes of HL7 IPS *absent-unknown*, value sets `JDV_AbsentOrUnknown*` of the CI-SIS.
const ABSENT_OR_UNKNOWN: &str = "2.16.840.1.113883.5.1150.1";
const SNOMED: &str = "2.16.840.1.113883.6.96";
/// *Type de rencontre* of the CI-SIS, whose code "Aucun" says that there was none.
const NO_ENCOUNTER: (&str, &str) = ("02276797", "1.2.250.1.213.2.63");

/// Situations of SNOMED CT that say "no known …" of a whole kind: allergy (two codes), problem, medicine, device.
const SNOMED_NONE_KNOWN: [&str; 5] = ["716186003", "160244002", "160245001", "787481004", "787483001"];

/// Codes of *absent-unknown* that deny a part of the allergies only.
const PARTS: [&str; 3] = ["no-known-medication-allergies", "no-known-food-allergies", "no-known-environmental-allergies"];

/// Normalised words that deny or say how well it is known, and name nothing.
#[rustfmt::skip]
const PLAIN: [&str; 49] = [
    "aucun", "aucune", "pas", "non", "san", "ni", "neant", "nul", "nulle", "nil", "ras", "rien", "absence", "no", "none", "not", "any", "signaler",
    "connu", "connue", "known", "declare", "declaree", "rapporte", "rapportee", "signale", "signalee", "identifie", "identifiee", "retrouve",
    "retrouvee", "notable", "particulier", "particuliere", "actuel", "actuelle", "actuellement", "d", "a", "ce", "jour", "cour", "ou", "or", "and",
    "pendant", "sejour", "patient", "patiente",
];

/// Whether a denial is of everything under its heading: a code says "no known …" of the whole kind, or, without a code, its words name nothing
/// but that kind. Any other code or word names the one thing that is denied. In doubt it is one thing: that nobody said "none" warns, a "none"
/// that nobody said does not.
pub(super) fn is_general(fact: &Fact) -> bool {
    let denied = &fact.concept;
    if !denied.codes.is_empty() {
        return denied.codes.iter().any(is_none_known);
    }
    if !denied.text.is_empty() && denied.text == fact.proof.section_title {
        return true;
    }
    let kind = names_of(fact.kind());
    words::normal(&denied.text).split(' ').all(|word| word.is_empty() || PLAIN.contains(&word) || kind.contains(&word))
}

/// Normalised words that name a whole kind.
fn names_of(kind: FactKind) -> &'static [&'static str] {
    match kind {
        FactKind::Allergy => &["allergie", "allergy", "intolerance", "hypersensibilite", "antecedent", "allergique"],
        FactKind::Problem => &["probleme", "problem", "pathologie", "maladie", "affection", "antecedent", "medical", "sante", "active", "medico"],
        FactKind::Medicine => &["traitement", "medicament", "medicamenteu", "medication", "medicine", "treatment", "long", "fond"],
        FactKind::Procedure => &["acte", "intervention", "operation", "procedure", "antecedent", "chirurgical", "chirurgie", "surgery"],
        FactKind::FamilyHistory => &["antecedent", "familial", "family", "history"],
        FactKind::Vaccination => &["vaccin", "vaccination", "immunization", "immunisation"],
        FactKind::Observation => &["resultat", "result", "analyse"],
        FactKind::Imaging => &["imagerie", "imaging"],
        FactKind::Device => &["dispositif", "medical", "dm", "device", "implant"],
        FactKind::Pregnancy => &["grossesse", "pregnancy"],
        FactKind::Risk => &["facteur", "risque", "risk"],
        FactKind::Directive => &["directive", "anticipee", "advance"],
        FactKind::Plan => &["plan", "soin", "care"],
        FactKind::Contact => &["contact"],
        FactKind::Function => &["limitation", "fonctionnelle", "handicap"],
        FactKind::Attention => &["point", "vigilance", "attention", "alerte"],
        FactKind::Stay => &["hospitalisation", "rencontre", "stay", "encounter"],
        FactKind::Act => &["acte", "act"],
    }
}

fn is_none_known(code: &Code) -> bool {
    let known = code.code.to_ascii_lowercase();
    let is_absent_system = code.system == ABSENT_OR_UNKNOWN || code.system.contains("absent-unknown");
    if is_absent_system || known.starts_with("no-known-") {
        return !PARTS.contains(&known.as_str());
    }
    (code.system == SNOMED && SNOMED_NONE_KNOWN.contains(&known.as_str())) || (code.code == NO_ENCOUNTER.0 && code.system == NO_ENCOUNTER.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::{AbsenceKind, Concept, Party, Period, Proof, What};

    fn said(of: FactKind, text: &str) -> bool {
        let what = What::Absent { of, how: AbsenceKind::NoneKnown };
        let proof = Proof { section_title: "Allergies et effets".into(), ..Proof::default() };
        is_general(&Fact { what, concept: Concept::words(text), period: Period::default(), by: Party::default(), proof })
    }

    #[test]
    fn the_words_of_the_tables_are_as_words_come_out_of_normalising() {
        let kinds = [FactKind::Allergy, FactKind::Problem, FactKind::Medicine, FactKind::Procedure, FactKind::Device, FactKind::Plan, FactKind::Stay];
        for word in kinds.into_iter().flat_map(names_of).chain(&PLAIN).filter(|word| word.len() > 3) {
            assert_eq!(words::normal(word), *word);
        }
    }

    #[test]
    fn words_that_name_nothing_but_the_kind_deny_all_of_it() {
        for (of, text) in [
            (FactKind::Allergy, ""),
            (FactKind::Allergy, "Non"),
            (FactKind::Allergy, "RAS"),
            (FactKind::Allergy, "Allergies et effets"),
            (FactKind::Allergy, "Pas d'allergie / hypersensibilité connue"),
            (FactKind::Allergy, "Aucune allergie / intolérance identifiée pendant le séjour"),
            (FactKind::Allergy, "Sans allergies connues à ce jour."),
            (FactKind::Allergy, "No known allergies"),
            (FactKind::Problem, "Aucune pathologie en cours"),
            (FactKind::Problem, "Aucun antécédent médical"),
            (FactKind::Medicine, "Aucun traitement au long cours connu à ce jour."),
            (FactKind::Procedure, "Pas d'acte ou intervention connu"),
            (FactKind::Procedure, "Aucun antécédent chirurgical connu."),
            (FactKind::FamilyHistory, "Aucun antécédent familial notable."),
            (FactKind::Stay, "Aucune rencontre"),
            (FactKind::Device, "Aucun DM"),
        ] {
            assert!(said(of, text), "{text}");
        }
    }

    #[test]
    fn words_that_name_one_thing_deny_that_thing_alone() {
        for (of, text) in [
            (FactKind::Allergy, "Pas d'allergie à la pénicilline"),
            (FactKind::Allergy, "Pénicilline"),
            (FactKind::Allergy, "Allergie alimentaire"),
            (FactKind::Allergy, "Aucune allergie médicamenteuse connue"),
            (FactKind::Allergy, "Aucun traitement"),
            (FactKind::Problem, "Aucun antécédent chirurgical"),
            (FactKind::Problem, "Pas de diabète"),
            (FactKind::Medicine, "Pas d'anticoagulant"),
        ] {
            assert!(!said(of, text), "{text}");
        }
    }
}

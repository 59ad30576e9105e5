//! The reminders, each with where it stands. State of November 2026: who changes a row says from which text.
//!
//! A reminder is no prescription: it says what the texts expect and what the visible documents show.

use super::due_topics::Topic;
use crate::identity::Sex;

/// What decides whether a rule is for this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// From one age to another, both included; of one sex or of all.
    Ages(i16, i16, Option<Sex>),
    Diabetes,
    DiabetesWithInsulin,
    DiabetesWithoutInsulin,
    DiabetesOrHypertension,
    VitaminKAntagonist,
}

/// Something that is done again and again.
#[derive(Debug)]
pub(super) struct Rule {
    pub who: For,
    /// What counts as done: the topics, and for how many months each of them.
    pub done_by: &'static [(Topic, i32)],
    pub what: &'static str,
    pub basis: &'static str,
}

/// Rules by rhythm. Vaccines have their own reckoning ([`TETANUS_AGES`], flu).
#[rustfmt::skip]
pub(super) const RULES: [Rule; 10] = [
    Rule { who: For::Diabetes, done_by: &[(Topic::GlycatedHaemoglobin, 6)], what: "HbA1c",
        basis: "Diabète : HbA1c tous les 3 à 6 mois (HAS, guide parcours de soins diabète de type 2)" },
    Rule { who: For::DiabetesOrHypertension, done_by: &[(Topic::Creatinine, 12)], what: "Créatinine et débit de filtration glomérulaire",
        basis: "Diabète ou hypertension : fonction rénale chaque année (HAS, guide parcours de soins maladie rénale chronique)" },
    Rule { who: For::DiabetesWithInsulin, done_by: &[(Topic::Fundus, 12)], what: "Fond d'œil",
        basis: "Diabète traité par insuline : dépistage de la rétinopathie chaque année (HAS)" },
    Rule { who: For::DiabetesWithoutInsulin, done_by: &[(Topic::Fundus, 24)], what: "Fond d'œil",
        basis: "Diabète : dépistage de la rétinopathie chaque année, tous les deux ans si l'équilibre est bon (HAS)" },
    Rule { who: For::VitaminKAntagonist, done_by: &[(Topic::Inr, 1)], what: "INR",
        basis: "Antivitamine K : INR au moins une fois par mois (ANSM, bon usage des AVK)" },
    Rule { who: For::Ages(50, 74, Some(Sex::Female)), done_by: &[(Topic::Mammography, 24)], what: "Mammographie de dépistage",
        basis: "Dépistage organisé du cancer du sein : de 50 à 74 ans, tous les deux ans (INCa)" },
    Rule { who: For::Ages(50, 74, None), done_by: &[(Topic::StoolTest, 24), (Topic::Colonoscopy, 60)], what: "Test immunologique de dépistage colorectal",
        basis: "Dépistage organisé du cancer colorectal : de 50 à 74 ans, tous les deux ans, cinq ans après une coloscopie normale (INCa)" },
    Rule { who: For::Ages(25, 29, Some(Sex::Female)), done_by: &[(Topic::CervicalSample, 36)], what: "Dépistage du cancer du col de l'utérus",
        basis: "Dépistage organisé du cancer du col : de 25 à 29 ans, cytologie tous les trois ans (INCa)" },
    Rule { who: For::Ages(30, 65, Some(Sex::Female)), done_by: &[(Topic::CervicalSample, 60)], what: "Dépistage du cancer du col de l'utérus",
        basis: "Dépistage organisé du cancer du col : de 30 à 65 ans, test HPV tous les cinq ans (INCa)" },
    Rule { who: For::Ages(65, 130, None), done_by: &[(Topic::Flu, 0)], what: "Vaccin contre la grippe",
        basis: "Dès 65 ans, chaque automne (calendrier des vaccinations)" },
];

/// Ages of the boosters of adults; from the last one on every ten years.
pub(super) const TETANUS_AGES: [i16; 3] = [25, 45, 65];
pub(super) const TETANUS_YEARS_AFTER: i16 = 10;
pub(super) const TETANUS: &str = "Rappel diphtérie, tétanos, poliomyélite";
pub(super) const TETANUS_BASIS: &str = "Rappels à 25, 45 et 65 ans, puis tous les dix ans (calendrier des vaccinations)";

pub(super) const SYNTHESIS: &str = "Volet de synthèse médicale";
pub(super) const SYNTHESIS_BASIS: &str = "Synthèse du médecin traitant au moins une fois par an (CSP art. L. 1111-15)";

/// Said of a reminder of which no earlier doing is known.
pub(super) const NOTHING_FOUND: &str = "rien de tel reconnu dans les documents visibles";

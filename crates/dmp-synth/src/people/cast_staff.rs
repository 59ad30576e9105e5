//! The named staff: one person for each profession that the record meets.

/// A member of the named staff. The position in [`STAFF`] is the RPPS sequence: rows are only ever added at the end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StaffRow {
    pub handle: &'static str,
    pub given: &'static str,
    pub family: &'static str,
    pub female: bool,
    pub profession: &'static str,
    pub specialty: Option<&'static str>,
    pub author_code: (&'static str, &'static str),
    pub place: &'static str,
    pub what_for: &'static str,
}

impl StaffRow {
    /// Bears the title of doctor: doctors, pharmacists and dentists.
    pub fn is_doctor(&self) -> bool {
        matches!(self.profession, "G15/10" | "G15/21" | "G15/40")
    }
}

const fn doctor(
    names: [&'static str; 3],
    female: bool,
    code: (&'static str, &'static str),
    specialty: &'static str,
    place: &'static str,
    what_for: &'static str,
) -> StaffRow {
    let [handle, given, family] = names;
    StaffRow { handle, given, family, female, profession: "G15/10", specialty: Some(specialty), author_code: code, place, what_for }
}

const fn other(
    names: [&'static str; 3],
    female: bool,
    profession: &'static str,
    code: (&'static str, &'static str),
    place: &'static str,
    what_for: &'static str,
) -> StaffRow {
    let [handle, given, family] = names;
    StaffRow { handle, given, family, female, profession, specialty: None, author_code: code, place, what_for }
}

/// Places of the staff in [`STAFF`], by the work they do in a life course.
pub(crate) mod at {
    pub const GP: u32 = 0;
    pub const NURSE: u32 = 4;
    pub const PHARMACIST: u32 = 5;
    pub const DENTIST: u32 = 6;
    pub const HOSPITAL_DOCTOR: u32 = 7;
    pub const EMERGENCY: u32 = 8;
    pub const RADIOLOGIST: u32 = 10;
    pub const BIOLOGIST: u32 = 11;
    pub const PSYCHIATRIST: u32 = 12;
    pub const OCCUPATIONAL: u32 = 13;
    pub const CARDIOLOGIST: u32 = 17;
    pub const OBSTETRICIAN: u32 = 18;
    pub const ONCOLOGIST: u32 = 19;
    pub const GERIATRICIAN: u32 = 20;
    pub const PAEDIATRICIAN: u32 = 21;
    pub const PULMONOLOGIST: u32 = 22;
    pub const ORTHOPAEDIST: u32 = 23;
    pub const ENDOCRINOLOGIST: u32 = 24;
    pub const NEPHROLOGIST: u32 = 25;
    pub const SURGEON: u32 = 26;
    pub const OPHTHALMOLOGIST: u32 = 27;
    pub const PATHOLOGIST: u32 = 28;
    pub const UROLOGIST: u32 = 29;
    pub const MIDWIFE: u32 = 30;
    pub const PHYSIOTHERAPIST: u32 = 31;
    pub const PODIATRIST: u32 = 32;
    pub const DIETITIAN: u32 = 36;
    pub const SECOND_PHARMACIST: u32 = 41;
    pub const SECOND_GP: u32 = 2;
    pub const THIRD_GP: u32 = 3;
}

/// How many professionals have a name and a part.
pub(crate) fn named_staff_count() -> usize {
    STAFF.len()
}

const GENERAL: (&str, &str) = ("G15_10/SM26", "Médecin - Qualifié en Médecine Générale (SM)");
const EMERGENCY: (&str, &str) = ("G15_10/SM59", "Médecin - Médecine d'urgence (SM)");

/// The staff.
#[rustfmt::skip]
pub(crate) const STAFF: [StaffRow; 45] = [
    doctor(["dr-fictif", "Anne", "FICTIF-MOREAU", ], true, GENERAL, "SM26", "maison-sante", "médecin traitant de Claire, de Tom et d'Henri"),
    doctor(["dr-inconnu", "Marc", "TESTEUR-DUHASARD"], false, GENERAL, "SM26", "cabinet-lointain", "médecin généraliste qui ne soigne personne de la ville"),
    doctor(["dr-modele", "Youssef", "MODELE-VALDORIN"], false, GENERAL, "SM26", "maison-sante", "médecin généraliste, associé de dr-fictif"),
    doctor(["dr-canevas", "Hélène", "CANEVAS-LABRUME"], true, GENERAL, "SM26", "maison-canevas", "médecin traitant de la famille Gabarit et de David, qui a bloqué dr-psy"),
    other(["ide-modele", "Karima", "MODELE-TREVEGAL"], true, "G15/60", ("G15_60", "Infirmier"), "cabinet-infirmier", "infirmière libérale de Claire"),
    other(["pharmacien-essai", "Paul", "ESSAI-BOISNOUVEL"], false, "G15/21", ("G15_21/A", "Pharmacien titulaire d'officine"), "pharmacie-specimen", "pharmacien d'officine de Claire"),
    other(["dentiste-gabarit", "Lina", "GABARIT-CORBESSAN"], true, "G15/40", ("G15_40", "Chirurgien-Dentiste"), "cabinet-dentaire", "chirurgienne-dentiste : ni psychiatrie ni projets d'accompagnement"),
    doctor(["dr-hopital", "Laurent", "PROTOTYPE-SAUTEBRISE"], false, ("G15_10/SM27", "Médecin - Médecine interne (SM)"), "SM27", "hopital", "médecin hospitalier, que Claire a autorisé"),
    doctor(["dr-urgence", "Samira", "ESSAI-KERVOLANE"], true, EMERGENCY, "SM59", "hopital", "urgentiste : bris de glace"),
    doctor(["dr-regulateur", "Yann", "MAQUETTE-OSTRABEL"], false, EMERGENCY, "SM59", "samu", "médecin régulateur du SAMU, accès centre 15"),
    doctor(["dr-radio", "Camille", "SPECIMEN-VERTEPLAINE"], true, ("G15_10/SM44", "Médecin - Radio-diagnostic (SM)"), "SM44", "imagerie", "radiologue"),
    doctor(["dr-biologie", "Minh", "ECHANTILLON-LANDRESON"], false, ("G15_10/SM03", "Médecin - Biologie médicale (SM)"), "SM03", "laboratoire", "biologiste médical"),
    doctor(["dr-psy", "Agathe", "IMAGINAIRE-PUYFABLE"], true, ("G15_10/SM42", "Médecin - Psychiatrie (SM)"), "SM42", "cmp", "psychiatre : documents masqués"),
    doctor(["dr-travail", "Gilbert", "FIGURANT-MONTAVEZ"], false, ("G15_10/SM25", "Médecin - Médecine du travail (SM)"), "SM25", "sante-travail", "médecin du travail : rien sans l'accord exprès de la personne"),
    other(["etudiant-ebauche", "Ewen", "EBAUCHE-CHANTEFABLE"], false, "G16/10", ("G16_10", "Médecin en formation"), "hopital", "interne sans superviseur enregistré : toujours refusé"),
    other(["psychologue-canevas", "Rose", "CANEVAS-MAROLINE"], true, "R95/93", ("93", "Psychologue"), "cabinet-psychologie", "psychologue (R95/93)"),
    other(["assistante-sociale", "Aminata", "BROUILLON-LONGUEPAGE"], true, "R94/41", ("41", "Assistant de service social"), "hopital", "assistante de service social (R94/41)"),
    doctor(["dr-cardio", "Philippe", "SIMULACRE-ROCHEPINE"], false, ("G15_10/SM04", "Médecin - Cardiologie et maladies vasculaires (SM)"), "SM04", "cabinet-specialistes", "cardiologue de Claire"),
    doctor(["dr-gyneco", "Fatima", "EXEMPLE-CLAIRVENTE"], true, ("G15_10/SM20", "Médecin - Gynécologie-obstétrique (SM)"), "SM20", "hopital", "gynécologue-obstétricienne"),
    doctor(["dr-onco", "Antoine", "CANEVAS-HAUTEVIDE"], false, ("G15_10/SM36", "Médecin - Oncologie, opt médicale (SM)"), "SM36", "hopital-jour-cancer", "oncologue d'Hélène : résultats en attente d'annonce"),
    doctor(["dr-geriatre", "Soizic", "MODELE-PETITMONDE"], true, ("G15_10/SM18", "Médecin - Gériatrie (SM)"), "SM18", "ehpad", "gériatre de l'EHPAD, suit Odette"),
    doctor(["dr-pediatre", "Mehdi", "TESTEUR-BELORVAL"], false, ("G15_10/SM40", "Médecin - Pédiatrie (SM)"), "SM40", "hopital", "pédiatre de Nina"),
    doctor(["dr-pneumo", "Sylvie", "GABARIT-DUPRELIN"], true, ("G15_10/SM41", "Médecin - Pneumologie (SM)"), "SM41", "hopital", "pneumologue"),
    doctor(["dr-ortho", "Raphaël", "PROTOTYPE-TOURNEPLUME"], false, ("G15_10/SM08", "Médecin - Chirurgie orthopédique et Traumatologie (SM)"), "SM08", "clinique", "chirurgien orthopédiste"),
    doctor(["dr-diabeto", "Leïla", "SPECIMEN-GRANDFICTE"], true, ("G15_10/SM16", "Médecin - Endocrinologie et métabolisme (SM)"), "SM16", "cabinet-specialistes", "diabétologue de Claire"),
    doctor(["dr-nephro", "André", "BROUILLON-DESFAUXBOIS"], false, ("G15_10/SM30", "Médecin - Néphrologie (SM)"), "SM30", "hopital", "néphrologue"),
    doctor(["dr-chirurgien", "Mathilde", "FIGURANT-KERVOLANE"], true, ("G15_10/SM14", "Médecin - Chirurgie viscérale et digestive (SM)"), "SM14", "clinique", "chirurgienne viscérale et du sein"),
    doctor(["dr-ophtalmo", "Wei", "ECHANTILLON-BELORVAL"], false, ("G15_10/SM38", "Médecin - Ophtalmologie (SM)"), "SM38", "cabinet-specialistes", "ophtalmologue"),
    doctor(["dr-anapath", "Nicole", "SIMULACRE-VALDORIN"], true, ("G15_10/SM01", "Médecin - Anatomie et Cytologie pathologiques (SM)"), "SM01", "laboratoire", "anatomopathologiste"),
    doctor(["dr-urologue", "Thomas", "EBAUCHE-MONTAVEZ"], false, ("G15_10/SM12", "Médecin - Chirurgie urologique (SM)"), "SM12", "clinique", "urologue, dont l'autorisation chez Claire a expiré"),
    other(["sagefemme-exemple", "Manon", "EXEMPLE-TREVEGAL"], true, "G15/50", ("G15_50", "Sage-Femme"), "cabinet-sages-femmes", "sage-femme de Léa"),
    other(["kine-fictif", "Hugo", "FICTIF-SAUTEBRISE"], false, "G15/70", ("G15_70", "Masseur-Kinésithérapeute"), "cabinet-kine", "masseur-kinésithérapeute"),
    other(["podologue-essai", "Céline", "ESSAI-MAROLINE"], true, "G15/80", ("G15_80", "Pédicure-Podologue"), "pole-reeducation", "pédicure-podologue de Claire"),
    other(["orthophoniste-modele", "Zoé", "MODELE-LANDRESON"], true, "G15/91", ("G15_91", "Orthophoniste"), "pole-reeducation", "orthophoniste"),
    other(["orthoptiste-maquette", "Jules", "MAQUETTE-PUYFABLE"], false, "G15/92", ("G15_92", "Orthoptiste"), "cabinet-specialistes", "orthoptiste"),
    other(["ergo-specimen", "Élodie", "SPECIMEN-ROCHEPINE"], true, "G15/94", ("G15_94", "Ergothérapeute"), "pole-reeducation", "ergothérapeute"),
    other(["diet-canevas", "Nathalie", "CANEVAS-OSTRABEL"], true, "G15/95", ("G15_95", "Diététicien"), "maison-sante", "diététicienne de la maison de santé"),
    other(["psychomot-gabarit", "Loïc", "GABARIT-CHANTEFABLE"], false, "G15/96", ("G15_96", "Psychomotricien"), "pole-reeducation", "psychomotricien"),
    other(["manip-prototype", "Julie", "PROTOTYPE-LONGUEPAGE"], true, "G15/98", ("G15_98", "Manipulateur ERM"), "imagerie", "manipulatrice d'électroradiologie médicale"),
    other(["opticien-ebauche", "Victor", "EBAUCHE-HAUTEVIDE"], false, "G15/28", ("G15_28", "Opticien-Lunetier"), "optique", "opticien-lunetier"),
    other(["audio-figurant", "Inès", "FIGURANT-BOISNOUVEL"], true, "G15/26", ("G15_26", "Audioprothésiste"), "audition", "audioprothésiste"),
    other(["pharmacien-fable", "Colette", "BROUILLON-CORBESSAN"], true, "G15/21", ("G15_21/A", "Pharmacien titulaire d'officine"), "pharmacie-fable", "pharmacienne d'une autre officine"),
    other(["ide-hopital", "Mamadou", "SIMULACRE-LABRUME"], false, "G15/60", ("G15_60", "Infirmier"), "hopital", "infirmier hospitalier"),
    other(["pharmacien-hopital", "Émilie", "TESTEUR-CLAIRVENTE"], true, "G15/21", ("G15_21/H", "Pharmacien d'établissement de santé"), "hopital", "pharmacienne hospitalière : conciliation"),
    other(["ide-ehpad", "Annick", "EXEMPLE-VERTEPLAINE"], true, "G15/60", ("G15_60", "Infirmier"), "ehpad", "infirmière de l'EHPAD"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_named_positions_hold_whom_they_name() {
        let handle = |position: u32| STAFF[position as usize].handle;
        let expected = [
            (at::GP, "dr-fictif"),
            (at::NURSE, "ide-modele"),
            (at::PHARMACIST, "pharmacien-essai"),
            (at::DENTIST, "dentiste-gabarit"),
            (at::HOSPITAL_DOCTOR, "dr-hopital"),
            (at::EMERGENCY, "dr-urgence"),
            (at::RADIOLOGIST, "dr-radio"),
            (at::BIOLOGIST, "dr-biologie"),
            (at::PSYCHIATRIST, "dr-psy"),
            (at::OCCUPATIONAL, "dr-travail"),
            (at::CARDIOLOGIST, "dr-cardio"),
            (at::OBSTETRICIAN, "dr-gyneco"),
            (at::ONCOLOGIST, "dr-onco"),
            (at::GERIATRICIAN, "dr-geriatre"),
            (at::PAEDIATRICIAN, "dr-pediatre"),
            (at::PULMONOLOGIST, "dr-pneumo"),
            (at::ORTHOPAEDIST, "dr-ortho"),
            (at::ENDOCRINOLOGIST, "dr-diabeto"),
            (at::NEPHROLOGIST, "dr-nephro"),
            (at::SURGEON, "dr-chirurgien"),
            (at::OPHTHALMOLOGIST, "dr-ophtalmo"),
            (at::PATHOLOGIST, "dr-anapath"),
            (at::UROLOGIST, "dr-urologue"),
            (at::MIDWIFE, "sagefemme-exemple"),
            (at::PHYSIOTHERAPIST, "kine-fictif"),
            (at::PODIATRIST, "podologue-essai"),
            (at::DIETITIAN, "diet-canevas"),
            (at::SECOND_PHARMACIST, "pharmacien-fable"),
            (at::SECOND_GP, "dr-modele"),
            (at::THIRD_GP, "dr-canevas"),
        ];
        for (position, name) in expected {
            assert_eq!(handle(position), name);
        }
    }

    #[test]
    fn handles_need_no_quotes_and_are_never_shared() {
        let mut handles: Vec<_> = STAFF.iter().map(|row| row.handle).collect();
        assert!(handles.iter().all(|handle| handle.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')));
        handles.sort_unstable();
        handles.dedup();
        assert_eq!(handles.len(), STAFF.len());
    }
}

//! The named patients and those who act for them: the first people of every town, always the same.

/// What the life course of a named person must contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Story {
    /// Whatever the age brings.
    Ordinary,
    /// Diabetes, hypertension, atrial fibrillation: the full record.
    Claire,
    Healthy,
    AdolescentWithSecretCare,
    SmallChild,
    Dementia,
    NoRecord,
    BreastCancerNow,
    Depression,
    Pregnant,
    NursingHome,
    LungDiseaseAtWork,
}

/// A named person of the town. The position is the person's number in every town.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CastPerson {
    pub handle: &'static str,
    pub given: &'static str,
    pub second_given: &'static str,
    pub birth_family: &'static str,
    /// Name in use, when it is another one.
    pub used_family: Option<&'static str>,
    pub female: bool,
    /// Year, month, day.
    pub born: (i16, i8, i8),
    pub birth_place: &'static str,
    pub department: &'static str,
    /// Position of the attending doctor in the staff.
    pub doctor: u32,
    pub story: Story,
    /// Handles of the people this person represents or helps.
    pub acts_for: &'static [(&'static str, ActsFor)],
    pub what_for: &'static str,
}

/// In what quality someone acts for another person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ActsFor {
    Parent,
    Guardian,
    Helper,
    Partner,
}

const fn person(
    names: [&'static str; 4],
    female: bool,
    born: (i16, i8, i8),
    birth_place: &'static str,
    doctor: u32,
    story: Story,
    what_for: &'static str,
) -> CastPerson {
    let [handle, given, second_given, birth_family] = names;
    CastPerson {
        handle,
        given,
        second_given,
        birth_family,
        used_family: None,
        female,
        born,
        birth_place,
        department: "35",
        doctor,
        story,
        acts_for: &[],
        what_for,
    }
}

/// The cast. Rows are only ever added at the end.
#[rustfmt::skip]
pub(crate) const CAST_PEOPLE: [CastPerson; 18] = [
    CastPerson { used_family: Some("EXEMPLE"), ..person(["claire-exemple", "Claire", "Marie", "CLAIRVENTE"], true, (1958, 3, 14), "35238", 0, Story::Claire, "68 ans, diabète et fibrillation auriculaire : le dossier complet") },
    person(["ines-imaginaire", "Inès", "Yasmine", "IMAGINAIRE"], true, (2002, 6, 21), "93066", 2, Story::Healthy, "jeune femme, peu de documents, contraception masquée"),
    person(["tom-fictif", "Tom", "Yann", "FICTIF"], false, (2011, 4, 9), "35238", 0, Story::AdolescentWithSecretCare, "15 ans, parents représentants légaux, soins secrets"),
    person(["nina-fictif", "Nina", "Leïla", "FICTIF"], true, (2022, 5, 30), "35238", 0, Story::SmallChild, "4 ans, suivie par le pédiatre"),
    CastPerson { used_family: Some("FICTIF"), acts_for: &[("tom-fictif", ActsFor::Parent), ("nina-fictif", ActsFor::Parent)], ..person(["sophie-fictif", "Sophie", "Anne", "LONGUEPAGE"], true, (1984, 9, 2), "29019", 0, Story::Ordinary, "mère de Tom et Nina, représentante légale") },
    CastPerson { acts_for: &[("tom-fictif", ActsFor::Parent), ("nina-fictif", ActsFor::Parent), ("sophie-fictif", ActsFor::Partner)], ..person(["karim-fictif", "Karim", "Adam", "FICTIF"], false, (1982, 1, 17), "99352", 0, Story::Ordinary, "père de Tom et Nina, représentant légal") },
    person(["henri-modele", "Henri", "Louis", "MODELE"], false, (1940, 11, 3), "22278", 0, Story::Dementia, "86 ans, maladie d'Alzheimer, sous tutelle de Luc"),
    CastPerson { acts_for: &[("henri-modele", ActsFor::Guardian)], ..person(["luc-modele", "Luc", "Henri", "MODELE"], false, (1968, 7, 25), "35238", 3, Story::Ordinary, "fils et tuteur d'Henri") },
    person(["victor-essai", "Victor", "Jules", "ESSAI"], false, (1993, 2, 11), "974411", 2, Story::NoRecord, "33 ans, sans dossier : création, refus"),
    CastPerson { acts_for: &[("claire-exemple", ActsFor::Helper), ("claire-exemple", ActsFor::Partner)], ..person(["jean-exemple", "Jean", "Paul", "EXEMPLE"], false, (1956, 8, 8), "56121", 0, Story::Ordinary, "mari et aidant de Claire") },
    CastPerson { used_family: Some("MAQUETTE"), ..person(["helene-maquette", "Hélène", "Rose", "SAUTEBRISE"], true, (1974, 10, 19), "2A004", 2, Story::BreastCancerNow, "52 ans, cancer du sein récent : résultats en attente de la consultation d'annonce") },
    person(["david-canevas", "David", "Marcel", "CANEVAS"], false, (1989, 12, 1), "75056", 3, Story::Depression, "dépression, documents masqués, a bloqué dr-psy"),
    person(["lea-gabarit", "Léa", "Camille", "GABARIT"], true, (1995, 3, 27), "44109", 3, Story::Pregnant, "31 ans, enceinte"),
    CastPerson { used_family: Some("SPECIMEN"), ..person(["odette-specimen", "Odette", "Simone", "VERTEPLAINE"], true, (1935, 5, 5), "35288", 20, Story::NursingHome, "91 ans, en EHPAD, directives anticipées") },
    CastPerson { acts_for: &[("odette-specimen", ActsFor::Helper)], ..person(["agnes-specimen", "Agnès", "Odette", "SPECIMEN"], true, (1962, 6, 13), "35288", 2, Story::Ordinary, "fille et aidante d'Odette") },
    person(["paul-prototype", "Paul", "René", "PROTOTYPE"], false, (1965, 2, 22), "59350", 2, Story::LungDiseaseAtWork, "61 ans, BPCO, suivi en santé au travail"),
    person(["adam-ebauche", "Adam", "Mehdi", "EBAUCHE"], false, (2009, 8, 30), "971105", 3, Story::AdolescentWithSecretCare, "17 ans, ouvre lui-même son espace"),
    CastPerson { acts_for: &[("adam-ebauche", ActsFor::Parent)], ..person(["mei-ebauche", "Mei", "Linh", "EBAUCHE"], true, (1980, 4, 4), "99216", 3, Story::Ordinary, "mère seule d'Adam") },
];

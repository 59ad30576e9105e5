//! Family names that nobody bears (a word for "example" and an invented place) and usual French first names.

/// First half: words that say "not a real person".
pub(crate) const FAMILY_STEMS: [&str; 16] = [
    "EXEMPLE", "FICTIF", "ESSAI", "IMAGINAIRE", "TESTEUR", "MODELE", "MAQUETTE", "SPECIMEN", "CANEVAS", "GABARIT",
    "PROTOTYPE", "EBAUCHE", "ECHANTILLON", "FIGURANT", "SIMULACRE", "BROUILLON",
];

/// Second half: places that do not exist.
pub(crate) const FAMILY_ENDS: [&str; 24] = [
    "LABRUME", "DUPRELIN", "BELORVAL", "CLAIRVENTE", "MONTAVEZ", "ROCHEPINE", "VALDORIN", "SAUTEBRISE", "KERVOLANE",
    "DESFAUXBOIS", "TOURNEPLUME", "GRANDFICTE", "PETITMONDE", "LONGUEPAGE", "BOISNOUVEL", "HAUTEVIDE", "CHANTEFABLE",
    "MAROLINE", "TREVEGAL", "OSTRABEL", "PUYFABLE", "LANDRESON", "VERTEPLAINE", "CORBESSAN",
];

/// Usual first names of women of several generations and origins.
pub(crate) const GIVEN_FEMALE: [&str; 48] = [
    "Marie", "Jeanne", "Monique", "Jacqueline", "Françoise", "Nicole", "Sylvie", "Martine", "Isabelle", "Nathalie",
    "Sandrine", "Céline", "Aurélie", "Émilie", "Julie", "Camille", "Léa", "Manon", "Chloé", "Emma", "Jade", "Louise",
    "Alice", "Inès", "Fatima", "Aïcha", "Yasmine", "Leïla", "Samira", "Aminata", "Mariam", "Linh", "Mei", "Anaïs",
    "Élodie", "Mathilde", "Agathe", "Rose", "Zoé", "Lina", "Colette", "Odette", "Simone", "Gisèle", "Annick", "Soizic",
    "Thérèse", "Hélène",
];

/// Usual first names of men of several generations and origins.
pub(crate) const GIVEN_MALE: [&str; 48] = [
    "Jean", "Pierre", "Michel", "André", "Philippe", "Alain", "Bernard", "Jacques", "Daniel", "Patrick", "Christophe",
    "Stéphane", "Laurent", "Nicolas", "Sébastien", "Julien", "Thomas", "Antoine", "Lucas", "Hugo", "Louis", "Gabriel",
    "Raphaël", "Arthur", "Jules", "Adam", "Mohamed", "Karim", "Mehdi", "Youssef", "Ibrahim", "Mamadou", "Minh", "Wei",
    "Paul", "Victor", "Maël", "Ewen", "Yann", "Loïc", "René", "Marcel", "Roger", "Henri", "Lucien", "Gilbert", "Kévin",
    "Jérémy",
];

/// The family name number `number`: a stem alone for the first ones, then every pair.
pub(crate) fn family_name(number: u32) -> String {
    let stems = u32::try_from(FAMILY_STEMS.len()).unwrap_or(1);
    let ends = u32::try_from(FAMILY_ENDS.len()).unwrap_or(1);
    let stem = FAMILY_STEMS.get(usize::try_from(number % stems).unwrap_or(0)).copied().unwrap_or_default();
    let end = FAMILY_ENDS.get(usize::try_from((number / stems) % ends).unwrap_or(0)).copied().unwrap_or_default();
    format!("{stem}-{end}")
}

/// The form of birth records: capitals without accents.
pub(crate) fn plain_capitals(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            'à' | 'â' | 'ä' | 'À' => 'A',
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' => 'E',
            'î' | 'ï' => 'I',
            'ô' | 'ö' => 'O',
            'ù' | 'û' | 'ü' => 'U',
            'ç' => 'C',
            other => other.to_ascii_uppercase(),
        })
        .collect()
}

//! Streets, town, departments and insurance bodies of the synthetic town.

/// The town.
pub(crate) const TOWN: &str = "EXEMPLEVILLE";

/// Streets that do not exist.
pub(crate) const STREETS: [&str; 24] = [
    "rue des Maquettes",
    "rue du Spécimen",
    "avenue des Brouillons",
    "place de l'Ébauche",
    "impasse du Gabarit",
    "rue des Jeux d'Essai",
    "boulevard du Modèle",
    "allée des Prototypes",
    "rue de la Fable",
    "chemin du Faux-Pont",
    "rue du Canevas",
    "quai des Figurants",
    "rue Sans-Lieu",
    "avenue de la Page-Blanche",
    "rue du Décor",
    "square des Personnages",
    "rue du Trompe-l'Œil",
    "cours de l'Illusion",
    "rue des Trois-Hypothèses",
    "rue du Carton-Pâte",
    "venelle du Croquis",
    "rue de l'Échantillon",
    "rue de l'Invention",
    "place du Simulacre",
];

/// Department of residence and its weight out of a hundred.
pub(crate) const DEPARTMENTS: [(&str, u32); 8] = [("35", 62), ("22", 8), ("29", 8), ("56", 8), ("44", 6), ("2A", 3), ("974", 3), ("59", 2)];

/// Departments of birth, with Corsica, overseas and abroad. INVARIANT: 41 rows, a prime that divides neither
/// 6987 nor 998, which makes the pair (place, order) of a matricule new for each person (see `people::matricule`).
const BIRTH_DEPARTMENTS: [&str; 41] = [
    "35", "35", "35", "35", "35", "35", "35", "35", "22", "22", "29", "29", "56", "56", "44", "44", "49", "53", "50", "14", "75", "75", "92", "93",
    "94", "59", "62", "67", "69", "31", "33", "13", "06", "2A", "2B", "971", "972", "974", "976", "99", "99",
];

/// The five characters of an invented place of birth: department and commune (three digits; two overseas).
pub(crate) fn birth_place(number: u32, round: u32) -> String {
    let rows = u32::try_from(BIRTH_DEPARTMENTS.len()).unwrap_or(1);
    let department = BIRTH_DEPARTMENTS.get(usize::try_from(number % rows).unwrap_or(0)).copied().unwrap_or("35");
    if department.len() == 3 {
        format!("{department}{:02}", 1 + number % rows + rows * (round % 2))
    } else {
        format!("{department}{:03}", 1 + number % rows + rows * (round % 23))
    }
}

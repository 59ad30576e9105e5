//! Whether a point to watch is nothing but values of that day: what was measured stands among the results, where the newest value wins.

/// What is measured, normalised beginnings of words.
const MEASURED: [&str; 13] =
    ["pression", "tension", "ta", "poid", "taille", "imc", "creatinin", "dfg", "debit", "hba1c", "glycemi", "frequence", "temperature"];
/// Units that follow a number.
const UNITS: [&str; 12] = ["mmhg", "kg", "cm", "g/l", "mmol/l", "µmol/l", "μmol/l", "ml/min", "/min", "bpm", "°c", "%"];
/// Words that make an instruction of it: it stays.
const INSTRUCTIONS: [&str; 17] = [
    "pas",
    "eviter",
    "si",
    "surveiller",
    "surveillance",
    "adapter",
    "objectif",
    "cible",
    "maintenir",
    "arreter",
    "risque",
    "attention",
    "controler",
    "depasser",
    "seuil",
    "contre",
    "allergi",
];

/// Whether a text names something that is measured with its value, and instructs nothing.
pub(super) fn is_measured(text: &str) -> bool {
    let normal = super::super::words::normal(text);
    let words = || normal.split(' ');
    let names = words().any(|word| MEASURED.iter().any(|name| word == *name || (name.len() > 3 && word.starts_with(name))));
    let instructs = text.contains(['<', '>', '≤', '≥']) || words().any(|word| INSTRUCTIONS.contains(&word));
    names && !instructs && has_value(text)
}

/// A number with a unit behind it.
fn has_value(text: &str) -> bool {
    let lower = text.to_lowercase();
    UNITS.iter().any(|unit| {
        lower.match_indices(unit).any(|(at, _)| lower.get(..at).is_some_and(|before| before.trim_end().ends_with(|one: char| one.is_ascii_digit())))
    })
}

#[cfg(test)]
mod tests {
    use super::is_measured;

    #[test]
    fn values_are_measured_and_instructions_are_not() {
        for text in ["Pression artérielle 138/79 mmHg, poids 82,1 kg", "Créatinine 79 µmol/L, DFG 66 mL/min", "TA : 14 cm", "HbA1c 7,2 %"] {
            assert!(is_measured(text), "{text}");
        }
        for text in [
            "Ne pas mesurer la tension au bras gauche",
            "Objectif de pression artérielle : 130/80 mmHg",
            "Adapter la dose si DFG < 30 mL/min",
            "Allergie à la pénicilline, 2 g",
            "Surveillance du poids : prise de 2 kg en une semaine",
            "Porteur d'un stimulateur cardiaque",
        ] {
            assert!(!is_measured(text), "{text}");
        }
    }
}

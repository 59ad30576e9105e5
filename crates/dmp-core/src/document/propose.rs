//! The type of a professional's document that came as a file: proposed by the words of its name and its first page, confirmed by who sends it.

use crate::summary::words::normal;

/// Words, and the type that goes with them (JDV_J66). The first row of which the words stand in the name, else in the text, is proposed.
const GUESSES: [(&[&str], &str); 17] = [
    (&["lettre de liaison"], "11490-0"),
    (&["passage aux urgences", "service des urgences"], "15507-7"),
    (&["compte rendu operatoire", "operatoire"], "34874-8"),
    (&["anatomopathologie", "anatomie et cytologie pathologiques", "cytopathologie"], "60568-3"),
    (&["compte rendu d'hospitalisation", "hospitalisation"], "34112-3"),
    (&["biologie medicale", "examens biologiques", "analyses medicales", "hematologie", "biochimie"], "11502-2"),
    (&["radiographie", "echographie", "scanner", "irm", "mammographie", "scintigraphie", "imagerie"], "18748-4"),
    (&["note de vaccination", "vaccination"], "87273-9"),
    (&["certificat"], "89601-9"),
    (&["plan personnalise de soins", "plan de soins"], "18776-5"),
    (&["demande d'imagerie", "demande d'examen d'imagerie"], "55115-0"),
    (&["ordonnance", "posologie"], "57833-6"),
    (&["lettre d'adressage", "je vous adresse", "adressage"], "96349-6"),
    (&["acte diagnostique", "electrocardiogramme", "epreuve fonctionnelle"], "70004-7"),
    (&["suivi", "bilan"], "34120-6"),
    (&["synthese"], "60591-5"),
    (&["consultation", "visite"], "11488-4"),
];

/// What is proposed when no word says more: the report of a consultation.
const USUAL: &str = "11488-4";

/// The proposed type of a file with this name and this text.
pub fn propose_type(text: &str, file_name: &str) -> &'static str {
    let beginning = text.char_indices().nth(3_000).map_or(text, |(at, _)| text.get(..at).unwrap_or(text));
    let said = [file_name, beginning].map(|said| format!(" {} ", normal(&said.replace(['_', '-', '.'], " "))));
    let holds = |said: &String, key: &&str| said.contains(&format!(" {} ", normal(key)));
    let guess = said.iter().find_map(|said| GUESSES.iter().find(|(keys, _)| keys.iter().any(|key| holds(said, key))));
    guess.map_or(USUAL, |(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::class_of;

    #[test]
    fn every_proposed_type_exists_and_is_no_persons() {
        for (_, code) in GUESSES {
            assert!(class_of(code).is_some_and(|class| class != "90"), "{code}");
        }
    }

    #[test]
    fn the_name_of_the_file_speaks_before_its_text() {
        assert_eq!(propose_type("Compte rendu de consultation", "irm_genou_2026.pdf"), "18748-4");
        assert_eq!(propose_type("LABORATOIRE DE BIOLOGIE MÉDICALE\nGlycémie", "scan0001.pdf"), "11502-2");
        assert_eq!(propose_type("Lettre de liaison à la sortie d'hospitalisation", ""), "11490-0");
        assert_eq!(propose_type("", "scan0001.pdf"), "11488-4");
    }
}

//! Texts of the search.

use crate::Lang;
use crate::lang::texts;

texts! {
    /// Search inside a record.
    SearchTexts {
        title: "Chercher dans le dossier", "Search the record";
        label: "Mots à chercher dans les documents", "Words to look for in the documents";
        hint: "Les accents et les majuscules ne comptent pas. Exemple : fracture poignet.", "Accents and capitals do not count. Example: fracture poignet.";
        go: "Chercher", "Search";
        back: "Revenir au dossier", "Back to the record";
        unusable: "Écrivez au moins un mot de deux lettres, et dix mots au plus.", "Write at least one word of two letters, and ten words at most.";
        forgiven: "mot approchant", "near match";
        nothing: "Aucun document lisible ne contient ces mots.", "No readable document holds these words.";
        advice: "Essayez un seul mot, un mot plus court, ou le nom du médicament, de l'examen ou du médecin. Un document envoyé comme simple image ne peut pas être cherché.", "Try a single word, a shorter one, or the name of the medicine, the examination or the doctor. A document sent as a mere picture cannot be searched.";
        unsearched: "Documents dont le texte n'a pas encore pu être cherché :", "Documents whose text could not be searched yet:";
    }
}

/// « 3 documents trouvés », « 317 documents trouvés ; voici les 50 premiers ».
pub fn found_words(count: usize, shown: usize, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Fr, 0) => "Aucun document trouvé".to_owned(),
        (Lang::En, 0) => "No document found".to_owned(),
        (Lang::Fr, _) if shown < count => format!("{count} documents trouvés\u{a0}; voici les {shown} premiers"),
        (Lang::En, _) if shown < count => format!("{count} documents found; here are the first {shown}"),
        (Lang::Fr, 1) => "1 document trouvé".to_owned(),
        (Lang::Fr, _) => format!("{count} documents trouvés"),
        (Lang::En, 1) => "1 document found".to_owned(),
        (Lang::En, _) => format!("{count} documents found"),
    }
}

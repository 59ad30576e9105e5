//! Texts that are easy to read: short sentences, one idea each, no abbreviation.

use crate::journal_sentence::JournalLine;
use crate::lang::texts;
use crate::{Lang, dates};

texts! {
    /// The four pages.
    EasyTexts {
        kind: "Facile à lire", "Easy to read";
        health_title: "Ma santé", "My health";
        looked_title: "Qui a regardé mon dossier", "Who looked at my record";
        may_title: "Qui peut regarder mon dossier", "Who may look at my record";
        rights_title: "Ce que je peux faire", "What I can do";
        others: "Les autres pages faciles à lire", "The other easy-to-read pages";
        whole: "La page complète", "The full page";
        allergies: "Mes allergies", "My allergies";
        allergies_yes: "Je suis allergique à :", "I am allergic to:";
        allergies_none: "Je n'ai pas d'allergie connue.", "I have no known allergy.";
        allergies_unknown: "On ne sait pas si j'ai une allergie.", "It is not known whether I have an allergy.";
        medicines: "Mes médicaments", "My medicines";
        medicines_yes: "Je prends :", "I take:";
        medicines_none: "Je ne prends pas de médicament.", "I take no medicine.";
        medicines_unknown: "On ne sait pas si je prends des médicaments.", "It is not known whether I take medicines.";
        illnesses: "Mes maladies", "My illnesses";
        illnesses_yes: "J'ai :", "I have:";
        illnesses_none: "Je n'ai pas de maladie connue.", "I have no known illness.";
        illnesses_unknown: "On ne sait pas si j'ai une maladie.", "It is not known whether I have an illness.";
        due: "À faire", "To do";
        due_yes: "Je dois bientôt faire :", "I should soon do:";
        ask: "Je ne comprends pas", "I do not understand";
        ask_words: "Je demande à mon médecin ou à ma pharmacie.", "I ask my doctor or my pharmacy.";
        ask_stop: "Je n'arrête pas un médicament sans demander.", "I do not stop a medicine without asking.";
        looked: "Les dernières personnes", "The latest people";
        looked_yes: "Ces personnes sont allées dans mon dossier :", "These people went into my record:";
        looked_none: "Personne n'a regardé mon dossier.", "Nobody looked at my record.";
        unknown: "Je ne connais pas une personne", "I do not know a person";
        unknown_words: "Je peux le dire : je vais sur la page complète.", "I can say so: I go to the full page.";
        unknown_block: "Je peux bloquer cette personne. Elle ne verra plus rien.", "I can block this person. They will see nothing any more.";
        may: "Ces personnes peuvent regarder", "These people may look";
        may_yes: "J'ai dit oui à :", "I said yes to:";
        may_none: "Je n'ai dit oui à personne pour le moment.", "I have said yes to nobody for now.";
        blocked: "Ces personnes ne peuvent pas regarder", "These people may not look";
        blocked_yes: "J'ai bloqué :", "I blocked:";
        relatives: "Mes proches", "My relatives";
        relatives_yes: "Ces personnes m'aident ou me représentent. Elles peuvent regarder :", "These people help or represent me. They may look:";
        rescue: "En cas d'urgence", "In an emergency";
        rescue_yes: "Si je suis en danger, un médecin peut regarder.", "If I am in danger, a doctor may look.";
        rescue_no: "J'ai dit non : même en urgence, un autre médecin ne peut pas regarder.", "I said no: even in an emergency, another doctor may not look.";
        rescue_told: "On me le dit toujours après.", "I am always told afterwards.";
        never: "Jamais", "Never";
        never_words: "Mon employeur, ma banque et mon assurance ne peuvent jamais regarder.", "My employer, my bank and my insurance may never look.";
    }
}

/// « Le 3 mars 2026 : Dr Anne MODÈLE. »
pub fn looked_sentence(line: &JournalLine, lang: Lang) -> String {
    let refused = if line.is_refused() { lang.pick(" On lui a dit non.", " They were told no.") } else { "" };
    match lang {
        Lang::Fr => format!("Le {}\u{a0}: {}.{refused}", dates::date(line.at, lang), line.name),
        Lang::En => format!("On {}: {}.{refused}", dates::date(line.at, lang), line.name),
    }
}

/// What one may do: title and sentences.
pub fn rights(lang: Lang) -> Vec<(&'static str, Vec<&'static str>)> {
    RIGHTS.iter().map(|(title, sentences)| (lang.pick(title.0, title.1), sentences.iter().map(|(fr, en)| lang.pick(fr, en)).collect())).collect()
}

type Words = (&'static str, &'static str);

pub(crate) const RIGHTS: [(Words, &[Words]); 5] = [
    (
        ("Lire", "Read"),
        &[
            ("Le dossier est à moi.", "The record is mine."),
            ("Je peux le lire quand je veux.", "I can read it when I want."),
            ("C'est gratuit.", "It is free."),
        ],
    ),
    (
        ("Cacher", "Hide"),
        &[
            ("Je peux cacher un document.", "I can hide a document."),
            ("Je vais sur la page du document. Je touche « Masquer ».", "I go to the document's page. I touch “Hide”."),
            ("Mon médecin traitant le voit encore.", "My regular doctor still sees it."),
        ],
    ),
    (
        ("Dire non", "Say no"),
        &[
            ("Je peux bloquer une personne.", "I can block a person."),
            ("Je n'ai pas à dire pourquoi.", "I do not have to say why."),
            ("Je serai soigné de la même façon.", "I will be cared for in the same way."),
        ],
    ),
    (
        ("Me faire aider", "Get help"),
        &[
            ("Une personne de confiance peut m'aider.", "A person I trust can help me."),
            ("Je choisis cette personne. Je peux changer d'avis.", "I choose this person. I can change my mind."),
        ],
    ),
    (
        ("Fermer", "Close"),
        &[("Je peux fermer mon dossier.", "I can close my record."), ("Je peux le rouvrir plus tard.", "I can open it again later.")],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_is_told_in_short_sentences_of_both_languages() {
        for (title, sentences) in RIGHTS {
            assert_ne!(title.0, title.1);
            for (fr, en) in sentences {
                assert_eq!(crate::journal_sentence::typeset(fr), *fr);
                for text in [fr, en] {
                    let longest = text.split_inclusive(['.', ':']).map(|sentence| sentence.split_whitespace().count()).max();
                    assert!(longest.is_some_and(|words| words <= 12), "{text}");
                }
            }
        }
    }
}

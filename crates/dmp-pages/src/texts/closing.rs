//! Texts of the closing of a record: the page, what comes after, the leaflet.

use crate::lang::texts;
use crate::{ClosingProblem, Lang};

texts! {
    /// Closing and destroying.
    ClosingTexts {
        title: "Fermer votre dossier", "Close your record";
        title_other: "Fermer le dossier", "Close the record";
        leaflet_title: "Fermer un dossier médical partagé", "Closing a shared health record";
        lead: "Vous pouvez fermer le dossier à tout moment, sans donner de raison.", "You may close the record at any time, without giving a reason.";
        at_once: "Ce qui s'arrête tout de suite", "What stops at once";
        at_once_read: "Plus aucun professionnel ne peut lire le dossier, même en urgence.", "No professional can read the record any more, not even in an emergency.";
        at_once_add: "Plus aucun document ne peut y être ajouté.", "No document can be added any more.";
        at_once_share: "Les liens de partage et les applications n'y ont plus accès.", "Shared links and apps have no access any more.";
        at_once_directives: "Vos directives anticipées (vos souhaits pour la fin de vie) n'y sont plus consultables.", "Your advance directives (your wishes for the end of life) can no longer be read there.";
        at_once_care: "Vos soins et vos remboursements restent les mêmes.", "Your care and your reimbursement stay the same.";
        kept: "Ce qui est gardé dix ans", "What is kept for ten years";
        kept_what: "Tout le contenu est gardé, chiffré, pendant dix ans.", "All the content is kept, encrypted, for ten years.";
        kept_nobody: "Personne ne peut lire les documents, vous non plus.", "Nobody can read the documents, nor can you.";
        kept_you: "Vous voyez encore qui a regardé le dossier avant sa fermeture.", "You still see who looked at the record before it was closed.";
        kept_end: "Après dix ans, le contenu est détruit automatiquement.", "After ten years, the content is destroyed automatically.";
        reopen: "Comment le rouvrir", "How to open it again";
        reopen_how: "Pendant ces dix ans, connectez-vous et choisissez « Rouvrir le dossier ». Le guichet de l'assurance maladie peut aussi le faire.", "During these ten years, sign in and choose “Reopen the record”. The health insurance counter can do it too.";
        reopen_back: "Les documents reviennent. Les autorisations données avant la fermeture reviennent aussi : vérifiez-les.", "The documents come back. Authorisations given before the closing come back too: check them.";
        destroy: "Le faire détruire plus tôt", "Have it destroyed earlier";
        destroy_how: "Une fois le dossier fermé, vous pouvez demander sa destruction : sur ce site, au guichet ou par courrier.", "Once the record is closed, you may ask for its destruction: on this site, at the counter or by letter.";
        destroy_when: "La destruction a lieu après trente jours, et toujours dans les trois mois. D'ici là, rouvrir le dossier annule la demande.", "It takes place after thirty days, and always within three months. Until then, opening the record again takes the request back.";
        destroy_final: "Ensuite, personne ne peut retrouver les documents. Seule reste la trace de qui a agi dans le dossier.", "After that, nobody can find the documents again. Only the trace of who acted in the record is left.";
        first: "D'abord, gardez une copie", "First, keep a copy";
        first_why: "Après la fermeture, le téléchargement n'est plus possible sans rouvrir le dossier.", "After the closing, downloading is not possible without opening the record again.";
        first_download: "Télécharger tout le dossier", "Download the whole record";
        first_paper: "Recevoir le dossier sur papier", "Receive the record on paper";
        leaflet: "Imprimer cette explication", "Print this explanation";
        now: "Fermer maintenant", "Close now";
        words: "Pourquoi fermez-vous le dossier ? (facultatif)", "Why do you close the record? (optional)";
        words_hint: "Vous pouvez laisser vide. Ces mots sont gardés avec la fermeture.", "You may leave this empty. These words are kept with the closing.";
        sure: "Je veux fermer ce dossier", "I want to close this record";
        close: "Fermer le dossier", "Close the record";
        back: "Ne pas fermer et revenir à l'accueil", "Do not close, go back to the home page";
        cannot: "Vous ne pouvez pas fermer ce dossier vous-même. Qui vous représente le peut, ou le guichet de l'assurance maladie avec votre accord.", "You cannot close this record yourself. Who represents you can, or the health insurance counter with your consent.";
        after_download: "Pour télécharger les documents, rouvrez d'abord le dossier. Vous pourrez le fermer de nouveau ensuite.", "To download the documents, open the record again first. You may close it again afterwards.";
        after_journal: "Voir qui a regardé le dossier", "See who looked at the record";
        destroy_sure: "Je demande la destruction définitive de ce dossier", "I ask for the final destruction of this record";
        destroy_do: "Demander la destruction", "Ask for the destruction";
        destroy_asked: "La destruction a été demandée le", "The destruction was asked for on";
        destroy_takes_back: "Vous avez changé d'avis ? Rouvrir le dossier annule cette demande.", "Did you change your mind? Opening the record again takes this back.";
        destroy_until: "Le contenu sera détruit à partir du", "The content will be destroyed from";
    }
}

/// What is wrong, and what to do.
pub fn problem_words(problem: ClosingProblem, lang: Lang) -> &'static str {
    let (fr, en) = match problem {
        ClosingProblem::NotSure => (
            "Cochez la case si vous voulez fermer le dossier. Rien n'a été fermé.",
            "Tick the box if you want to close the record. Nothing was closed.",
        ),
        ClosingProblem::WordsTooLong => {
            ("Ce texte est trop long : 500 lettres au plus. Rien n'a été fermé.", "This text is too long: 500 letters at most. Nothing was closed.")
        }
        ClosingProblem::DestructionNotSure => (
            "Cochez la case si vous voulez la destruction. Rien n'a été demandé.",
            "Tick the box if you want the destruction. Nothing was asked for.",
        ),
    };
    lang.pick(fr, en)
}

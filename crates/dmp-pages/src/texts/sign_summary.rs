//! Texts of the form on which the medical summary is signed.

use dmp_core::summary::edition::SignedHeading;

use crate::Lang;
use crate::lang::texts;

texts! {
    /// The form of the medical summary.
    SignSummaryTexts {
        title: "Signer la synthèse médicale", "Sign the medical summary";
        back: "Revenir au dossier", "Back to the record";
        lead: "La synthèse du dossier est votre brouillon. Décochez une ligne pour l'écarter, corrigez ses mots, ajoutez ce qui manque.", "The summary of the record is your draft. Untick a line to leave it out, mend its words, add what is missing.";
        hidden: "Ce qui est masqué à quelqu'un n'y figure pas, car d'autres liront ce document.", "What is hidden from anyone is not in it, because others will read this document.";
        code: "Une ligne dont vous changez les mots perd le code de sa source.", "A line whose words you change loses the code of its source.";
        keep: "Garder", "Keep";
        words: "Mots de la ligne", "Words of the line";
        source: "Source :", "Source:";
        nothing: "Aucun document ne dit rien ici.", "No document says anything here.";
        add: "Ajouter, une ligne par élément", "Add, one item a line";
        sign: "Signer et déposer dans le dossier", "Sign and put into the record";
        signing: "Vous en êtes l'auteur. Elle remplace la précédente que vous avez signée.", "You are its author. It replaces the one that you signed before.";
    }
}

/// The words of a heading.
pub fn heading_words(heading: SignedHeading, lang: Lang) -> &'static str {
    match heading {
        SignedHeading::Problems => lang.pick("Pathologies en cours", "Active problems"),
        SignedHeading::History => lang.pick("Antécédents médicaux", "Medical history"),
        SignedHeading::Procedures => lang.pick("Antécédents chirurgicaux", "Surgical history"),
        SignedHeading::Allergies => lang.pick("Allergies et intolérances", "Allergies and intolerances"),
        SignedHeading::Risks => lang.pick("Facteurs de risque", "Risk factors"),
        SignedHeading::FamilyHistory => lang.pick("Antécédents familiaux", "Family history"),
        SignedHeading::Attention => lang.pick("Points de vigilance", "Points to watch"),
        SignedHeading::Treatments => lang.pick("Traitements au long cours", "Long-term treatments"),
    }
}

/// What the doctor says by ticking that there is none.
pub fn none_words(heading: SignedHeading, lang: Lang) -> &'static str {
    match heading {
        SignedHeading::Problems => lang.pick("Aucune pathologie en cours", "No active problem"),
        SignedHeading::History => lang.pick("Aucun antécédent médical", "No medical history"),
        SignedHeading::Procedures => lang.pick("Aucun antécédent chirurgical", "No surgical history"),
        SignedHeading::Allergies => lang.pick("Aucune allergie connue", "No known allergy"),
        SignedHeading::Risks => lang.pick("Aucun facteur de risque connu", "No known risk factor"),
        SignedHeading::FamilyHistory => lang.pick("Aucun antécédent familial connu", "No known family history"),
        SignedHeading::Attention => lang.pick("Aucun point de vigilance", "No point to watch"),
        SignedHeading::Treatments => lang.pick("Aucun traitement au long cours", "No long-term treatment"),
    }
}

//! Texts of the emergency card. Headings of the card stand in both languages at once: who reads it may know only one.

use crate::lang::texts;
use crate::{HiddenOnCard, Lang};

texts! {
    /// The page around the card.
    CardTexts {
        title: "Carte d'urgence", "Emergency card";
        lead: "À imprimer et à garder sur soi : une page A4, et une carte à plier au format d'une carte bancaire. Elle dit ce qu'un secouriste doit savoir.", "To print and carry: one A4 page, and a card to fold, the size of a bank card. It says what a rescuer must know.";
        how: "Imprimez cette page depuis le menu de votre navigateur, ou ouvrez le PDF.", "Print this page from your browser's menu, or open the PDF.";
        pdf: "Ouvrir la carte en PDF", "Open the card as a PDF";
        back: "Revenir au dossier", "Back to the record";
        warning: "Elle montre des informations de santé à qui la tient. Refaites-la quand le dossier change.", "It shows health information to whoever holds it. Print a new one when the record changes.";
        code: "Code à scanner sur la carte", "Code to scan on the card";
        code_off: "Un code peut mener un secouriste à l'essentiel du dossier, à jour. Il n'y en a pas encore.", "A code can lead a rescuer to the essentials of the record, up to date. There is none yet.";
        code_on: "La carte porte un code qui mène à l'essentiel du dossier. Il marche jusqu'au", "The card has a code that leads to the essentials of the record. It works until";
        code_means: "Quiconque tient la carte peut le scanner. Chaque lecture est écrite dans le journal.", "Anyone who holds the card can scan it. Each reading is written in the journal.";
        code_do: "Ajouter un code à la carte", "Add a code to the card";
        code_renew: "Remplacer le code", "Replace the code";
        code_undo: "Retirer le code", "Remove the code";
        code_words: "Code à scanner qui ouvre l'essentiel du dossier", "Code to scan that opens the essentials of the record";
        hidden_add: "Reprendre aussi ce qui est masqué", "Include what is hidden as well";
        hidden_leave: "Laisser de côté ce qui est masqué", "Leave out what is hidden";
        hidden_summary: "La synthèse à imprimer, avec ce qui est masqué (PDF)", "The summary to print, with what is hidden (PDF)";
        wallet: "Carte à découper et à plier", "Card to cut and fold";
    }
}

/// What the card has of what the person hid.
pub fn hidden_words(hidden: &HiddenOnCard, lang: Lang) -> String {
    match (lang, hidden.shown, hidden.documents) {
        (Lang::Fr, true, _) => "Cette carte montre aussi ce que vous avez masqué, à toute personne qui la tient.".to_owned(),
        (Lang::En, true, _) => "This card also shows what you have hidden, to whoever holds it.".to_owned(),
        (Lang::Fr, false, 1) => "1 document masqué n'est pas repris ici, ni dans le PDF, ni derrière le code.".to_owned(),
        (Lang::Fr, false, count) => format!("{count} documents masqués ne sont pas repris ici, ni dans le PDF, ni derrière le code."),
        (Lang::En, false, 1) => "1 hidden document is not taken over here, nor in the PDF, nor behind the code.".to_owned(),
        (Lang::En, false, count) => format!("{count} hidden documents are not taken over here, nor in the PDF, nor behind the code."),
    }
}

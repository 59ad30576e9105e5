//! Texts of the emergency card. Headings of the card stand in both languages at once: who reads it may know only one.

use crate::lang::texts;

texts! {
    /// The page around the card.
    CardTexts {
        title: "Carte d'urgence", "Emergency card";
        lead: "À imprimer et à garder sur soi : une page A4, et une carte à plier au format d'une carte bancaire. Elle dit ce qu'un secouriste doit savoir.", "To print and carry: one A4 page, and a card to fold, the size of a bank card. It says what a rescuer must know.";
        how: "Imprimez cette page depuis le menu de votre navigateur, ou ouvrez le PDF.", "Print this page from your browser's menu, or open the PDF.";
        pdf: "Ouvrir la carte en PDF", "Open the card as a PDF";
        back: "Revenir au dossier", "Back to the record";
        warning: "Elle montre des informations de santé à qui la tient. Refaites-la quand le dossier change.", "It shows health information to whoever holds it. Print a new one when the record changes.";
        wallet: "Carte à découper et à plier", "Card to cut and fold";
    }
}

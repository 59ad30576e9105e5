//! Texts of the page of display choices.

use crate::lang::texts;

texts! {
    /// Colours and size of the text.
    DisplayTexts {
        title: "Affichage", "Display";
        lead: "Choisissez ce qui vous fatigue le moins. Le choix reste sur cet appareil.", "Choose what tires you least. The choice stays on this device.";
        theme: "Couleurs", "Colours";
        size: "Taille du texte", "Text size";
        save: "Enregistrer", "Save";
    }
}

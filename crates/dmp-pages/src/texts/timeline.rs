//! Texts of the timeline.

use crate::lang::texts;

texts! {
    /// The timeline.
    TimelineTexts {
        title: "Frise", "Timeline";
        title_professional: "Chronologie", "Timeline";
        title_own: "La frise de votre santé", "The timeline of your health";
        lead: "Ce que disent les documents, année par année. Chaque ligne mène à sa preuve.", "What the documents say, year by year. Each line leads to its proof.";
        filter: "Choisir ce qui est montré", "Choose what is shown";
        kind: "Quoi", "What";
        who: "Qui", "Who";
        year: "Quelle année", "Which year";
        any: "Tout", "Everything";
        anybody: "Tout le monde", "Everybody";
        any_year: "Toutes les années", "All years";
        show: "Montrer", "Show";
        reset: "Tout montrer", "Show everything";
        none: "Aucun événement à montrer.", "No event to show.";
        empty: "Rien n'est arrivé dans ce dossier pour le moment. La frise se remplit avec les documents.", "Nothing has come into this record yet. The timeline fills with the documents.";
        back: "Revenir à l'accueil", "Back to the first page";
    }
}

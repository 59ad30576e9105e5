//! Texts of the list of documents, and the words of its topics.

use dmp_core::document::Topic;

use crate::Lang;
use crate::lang::texts;

texts! {
    /// The list of documents.
    DocumentsTexts {
        title: "Documents", "Documents";
        title_own: "Vos documents", "Your documents";
        topics: "Choisir une sorte de document", "Choose a kind of document";
        all: "Tous", "All";
        add: "Ajouter un document", "Add a document";
        timeline: "Voir la frise de ma santé", "See the timeline of my health";
        expected: "Ce qui est arrivé, ce qui est attendu", "What has come, what is expected";
        none_of_topic: "Aucun document de cette sorte.", "No document of this kind.";
        every: "Voir tous les documents", "See all documents";
    }
}

/// A topic in words.
pub fn topic_words(topic: Topic, own: bool, lang: Lang) -> &'static str {
    let (fr, en) = match topic {
        Topic::Prescriptions => ("Ordonnances et médicaments remis", "Prescriptions and medicines given"),
        Topic::Reports => ("Comptes rendus", "Reports"),
        Topic::Laboratory => ("Biologie", "Laboratory"),
        Topic::Imaging => ("Imagerie", "Imaging"),
        Topic::Letters => ("Courriers", "Letters"),
        Topic::Vaccines => ("Vaccins", "Vaccines"),
        Topic::Reimbursements => ("Remboursements", "Reimbursements"),
        Topic::Own if own => ("Ajoutés par moi", "Added by me"),
        Topic::Own => ("Ajoutés par la personne", "Added by the person"),
        Topic::Other => ("Autres", "Others"),
    };
    lang.pick(fr, en)
}

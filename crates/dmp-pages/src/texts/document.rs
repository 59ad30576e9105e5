//! Texts of a document's page.

use crate::lang::texts;

texts! {
    /// A document's page.
    DocumentTexts {
        back: "Tous les documents", "All documents";
        author: "Auteur", "Author";
        date: "Date", "Date";
        added: "Ajouté au dossier", "Added to the record";
        kind: "Type", "Type";
        state: "État", "State";
        text: "Texte du document", "Text of the document";
        original: "Ouvrir l'original", "Open the original";
        file_only: "Ce document est un fichier : il s'ouvre à part.", "This document is a file: it opens by itself.";
        unreadable: "Le texte de ce document n'a pas pu être lu. L'original reste disponible.", "The text of this document could not be read. The original is still available.";
        hidden_now: "Ce document est masqué : seuls la personne, l'auteur du document et le médecin traitant le voient.", "This document is hidden: only the person, its author and the médecin traitant (regular doctor) see it.";
        visible_now: "Les professionnels autorisés peuvent lire ce document, selon leur profession.", "Authorised professionals may read this document, according to their profession.";
        words: "Ce que veulent dire les mots", "What the words mean";
        print: "Pour l'imprimer : le menu « Imprimer » de votre navigateur.", "To print it: the menu “Print” of your browser.";
        share: "Partager ce document", "Share this document";
        preview: "Ce que voit un professionnel", "What a professional sees";
        visibility: "Qui peut le voir", "Who can see it";
        readers: "Qui a lu ce document", "Who read this document";
        nobody: "Personne d'autre n'a lu ce document.", "Nobody else has read this document.";
        is_old: "C'est une ancienne version.", "This is an old version.";
        newer: "Voir la version qui la remplace", "See the version that replaces it";
        older: "Voir la version précédente", "See the previous version";
    }
}

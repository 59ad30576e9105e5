//! Texts of a patient's documents for a professional.

use crate::lang::texts;

texts! {
    /// The list of documents, and those that are printed.
    ProDocumentsTexts {
        topics: "Sortes de documents", "Kinds of document";
        all: "Tous", "All";
        states: "Autres documents", "Other documents";
        all_time: "Sans limite de date", "Without a limit of date";
        archived: "Documents archivés aussi", "Archived documents too";
        old: "Anciennes versions aussi", "Old versions too";
        veiled: "Seulement ce que la personne ou ses représentants ne voient pas", "Only what the person or their representatives do not see";
        fresh: "Seulement ce qui est nouveau depuis votre dernière consultation.", "Only what is new since your last consultation.";
        two_years: "La première recherche remonte à deux ans, au", "The first search goes back two years, to";
        widen: "Voir toutes les dates", "See every date";
        choose: "Choisir", "Choose";
        print_chosen: "Imprimer les documents choisis", "Print the chosen documents";
        replace: "Remplacer par une nouvelle version", "Replace by a new version";
        mask: "Masquer aux autres professionnels, à la demande de la personne", "Hide from other professionals, at the person's request";
        unmask: "Rendre visible aux professionnels, à la demande de la personne", "Show to professionals, at the person's request";
        announced: "L'annonce est faite : rendre visible à la personne", "The announcement was made: show it to the person";
        unseen: "Ce que cette liste ne montre pas, et pourquoi", "What this list does not show, and why";
        unseen_why: "Vous voyez ce que votre profession peut lire et que la personne n'a pas masqué. Ce qui est masqué ne laisse aucune trace ici : ni ligne, ni compte.", "You see what your profession may read and the person has not hidden. What is hidden leaves no trace here: neither line nor count.";
        closed_to: "La matrice d'habilitation n'ouvre pas à votre profession, dans aucun dossier :", "The matrix of rights does not open to your profession, in any record:";
        matrix: "Voir la matrice d'habilitation", "See the matrix of rights";
        print_title: "Documents choisis", "Chosen documents";
        print_none: "Aucun document n'est choisi. Cochez-les dans la liste.", "No document is chosen. Tick them in the list.";
        print_back: "Revenir aux documents", "Back to the documents";
    }
}

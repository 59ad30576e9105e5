//! Texts of the page that stands in a copy and is read without the site.

use crate::lang::texts;

texts! {
    /// The index of a copy.
    OfflineTexts {
        title: "Votre dossier médical partagé", "Your shared health record";
        title_other: "Dossier médical partagé", "Shared health record";
        copy_of: "Copie faite le", "Copy made on";
        warning: "Ce dossier n'est pas protégé. Gardez-le à l'abri, comme vos papiers importants.", "This folder is not protected. Keep it safe, like your important papers.";
        summary: "L'essentiel", "The essentials";
        summary_pdf: "La synthèse à imprimer (PDF)", "The summary to print (PDF)";
        incomplete: "Des documents n'étaient pas encore lus par le service : cette liste peut être incomplète.", "Some documents had not been read by the service yet: this list may be incomplete.";
        documents: "Les documents", "The documents";
        none: "Aucun document.", "No document.";
        date: "Date", "Date";
        document: "Document", "Document";
        author: "Auteur", "Author";
        hidden: "masqué aux professionnels", "hidden from professionals";
        old: "ancienne version", "old version";
        archived: "archivé", "archived";
        missing: "n'a pas pu être lu : demandez une nouvelle copie", "could not be read: ask for a new copy";
        others: "Les autres fichiers", "The other files";
        journal: "Qui a regardé le dossier. S'ouvre avec un tableur.", "Who looked at the record. Opens with a spreadsheet.";
        ips: "La synthèse pour un logiciel de santé (format IPS).", "The summary for health software (IPS format).";
        fhir: "Les données pour un logiciel de santé (format FHIR), un fichier par sorte.", "The data for health software (FHIR format), one file for each sort.";
        record: "Tout ce qu'il faut pour recréer le dossier ailleurs.", "Everything needed to make the record again elsewhere.";
        manifest: "La liste des fichiers avec leur empreinte, pour vérifier que rien n'a changé.", "The list of files with their hashes, to check that nothing has changed.";
        allergies: "Allergies", "Allergies";
        problems: "Maladies", "Illnesses";
        treatments: "Traitements", "Treatments";
        vaccinations: "Vaccins", "Vaccines";
        unknown: "Aucune information reconnue dans les documents.", "No information recognised in the documents.";
        none_known: "Aucune connue.", "None known.";
    }
}

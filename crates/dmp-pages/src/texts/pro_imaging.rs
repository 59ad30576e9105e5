//! Texts of the examinations of imaging.

use crate::lang::texts;

texts! {
    /// Imaging, for a professional.
    ImagingTexts {
        title: "Imagerie", "Imaging";
        others: "Autres documents d'imagerie", "Other documents about imaging";
        empty: "Aucun examen d'imagerie que vous puissiez lire.", "No examination of imaging that you may read.";
        date: "Date", "Date of the exam";
        examination: "Examen", "Examination";
        report: "Compte rendu", "Report";
        study: "Images", "Pictures";
        no_report: "pas de compte rendu visible", "no visible report";
        no_study: "pas de référence d'images", "no reference of pictures";
        accession: "Demande n°", "Request no.";
    }
}

//! Texts of the parts of a record.

use crate::lang::texts;

texts! {
    /// Treatments, vaccines, allergies, history.
    PartTexts {
        treatments: "Traitements", "Treatments";
        treatments_own: "Vos traitements", "Your treatments";
        treatments_lead: "Les médicaments que disent les ordonnances, les délivrances et les remboursements. N'arrêtez pas un traitement sans en parler à un professionnel.", "The medicines that prescriptions, dispensing and reimbursements tell of. Do not stop a treatment without asking a professional.";
        vaccines: "Vaccins", "Vaccines";
        vaccines_own: "Vos vaccins", "Your vaccines";
        vaccines_lead: "Les vaccins que disent les documents. Un vaccin fait ailleurs peut manquer ici.", "The vaccines that documents tell of. A vaccine given elsewhere may be missing here.";
        allergies: "Allergies", "Allergies";
        allergies_own: "Vos allergies", "Your allergies";
        allergies_lead: "Montrez cette page avant un soin ou un nouveau médicament.", "Show this page before care or a new medicine.";
        history: "Antécédents", "History";
        history_own: "Vos antécédents", "Your history";
        history_lead: "Les maladies, les opérations et les séjours que disent les documents.", "The illnesses, operations and stays that documents tell of.";
        due: "Prochains rappels", "Next boosters";
        others: "Voir aussi", "See also";
        back: "Revenir au dossier", "Back to the record";
        print: "Pour l'imprimer : le menu « Imprimer » de votre navigateur.", "To print it: the menu “Print” of your browser.";
    }
}

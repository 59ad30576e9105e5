//! Texts of the page on which a person takes the opening of their record back, and of the links that lead there.

use crate::lang::texts;

texts! {
    /// Taking an opening back.
    UndoOpeningTexts {
        title: "Annuler l'ouverture du dossier", "Take the opening of the record back";
        just_opened: "Ce dossier vient d'être ouvert.", "This record has just been opened.";
        mistake: "C'est une erreur ? Annuler l'ouverture", "Is it a mistake? Take the opening back";
        mistake_until: "possible jusqu'à", "possible until";
        lead: "Vous avez ouvert ce dossier par erreur ? Vous pouvez encore annuler, jusqu'à", "Did you open this record by mistake? You can still take it back, until";
        does: "Ce qui se passe si vous annulez", "What happens if you take it back";
        does_erased: "Le dossier est effacé tout de suite. Personne ne peut le retrouver.", "The record is erased at once. Nobody can bring it back.";
        does_signed_out: "Vos moyens de connexion à ce dossier sont effacés avec lui. Vous êtes déconnecté.", "Your means of signing in to this record are erased with it. You are signed out.";
        does_signed_out_other: "Les moyens de connexion de cette personne à ce dossier sont effacés avec lui.", "This person's means of signing in to this record are erased with it.";
        does_care: "Les soins et les remboursements restent les mêmes.", "Care and reimbursements stay the same.";
        does_again: "Le dossier peut être ouvert de nouveau plus tard, quand vous voulez.", "The record may be opened again later, whenever you want.";
        undo: "Annuler l'ouverture", "Take the opening back";
        keep: "Garder le dossier et revenir à l'accueil", "Keep the record and go back to the home page";
        late: "L'ouverture ne peut plus être annulée.", "The opening can no longer be taken back.";
        late_why: "Cela se fait dans les quinze minutes, par qui a ouvert le dossier, tant que personne d'autre n'y a rien fait et qu'aucun document n'y est ajouté.", "It is done within fifteen minutes, by whoever opened the record, while nobody else has done anything in it and no document was added.";
        late_close: "Vous pouvez fermer le dossier à tout moment", "You may close the record at any time";
    }
}

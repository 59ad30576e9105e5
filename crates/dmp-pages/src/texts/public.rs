//! Texts of the front door.

use crate::lang::texts;

texts! {
    /// Before signing in.
    PublicTexts {
        title: "Votre santé, au même endroit", "Your health, in one place";
        lead: "Vos traitements, vos allergies, vos résultats et vos comptes rendus, réunis dans un dossier qui est à vous.", "Your treatments, allergies, results and reports, together in a record that is yours.";
        sign_in: "Me connecter", "Sign in";
        open: "Ouvrir mon dossier", "Open my record";
        code: "J'ai reçu un code", "I have received a code";
        no_phone: "Je n'ai ni téléphone ni adresse mail", "I have neither phone nor e-mail";
        refuse: "Je ne veux pas de dossier", "I do not want a record";
        what: "Ce que c'est", "What it is";
        what_words: "Un dossier de santé qui suit la personne toute sa vie. Il commence par une synthèse d'une page, jamais par une pile de papiers.", "A health record that follows a person through life. It begins with a summary of one page, never with a pile of papers.";
        who: "Qui le voit", "Who sees it";
        who_words: "Vous, et les professionnels de santé que vous laissez entrer. Jamais votre employeur, votre banque, votre assureur ou votre mutuelle.", "You, and the health professionals whom you let in. Never your employer, your bank, your insurer or your complementary insurer.";
        proof: "Vous voyez qui a regardé", "You see who looked";
        proof_words: "Chaque accès est noté, avec sa raison. Vous pouvez lire la liste, masquer un document, bloquer quelqu'un.", "Each access is noted, with its reason. You can read the list, hide a document, block somebody.";
        free: "Gratuit et facultatif", "Free and optional";
        free_words: "Ouvrir un dossier ne coûte rien et ne change pas vos remboursements. Vous pouvez refuser, ou fermer le dossier plus tard.", "Opening a record costs nothing and does not change your reimbursements. You can refuse, or close the record later.";
        professional: "Vous êtes un professionnel de santé ?", "Are you a health professional?";
        professional_sign_in: "Connexion des professionnels", "Professionals' sign-in";
        figures: "Combien de dossiers sont ouverts, et à quoi servent-ils ?", "How many records are open, and what are they used for?";
        figures_link: "Statistiques de déploiement", "Deployment statistics";
    }
}

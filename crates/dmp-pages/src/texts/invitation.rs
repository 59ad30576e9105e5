//! Texts of invitations: the mail, the letter, and the page to which they lead.

use crate::lang::texts;

texts! {
    /// The page, the mail and the letter.
    InvitationTexts {
        title: "Vous avez reçu une invitation", "You have received an invitation";
        lead: "L'assurance maladie vous propose un dossier médical partagé. Il est gratuit. Vous répondez ce que vous voulez.", "The health insurance offers you a shared health record. It is free. You answer what you want.";
        what: "Ce que c'est", "What it is";
        what_one: "Un seul endroit pour vos comptes rendus, vos résultats, vos traitements et vos allergies.", "One place for your reports, your results, your treatments and your allergies.";
        what_two: "Vous décidez qui le lit. Vous pouvez masquer un document ou fermer le dossier.", "You decide who reads it. You can hide a document or close the record.";
        what_three: "Chaque lecture est notée, et vous la voyez.", "Every reading is noted, and you see it.";
        answers: "Votre réponse", "Your answer";
        needs: "Ayez sous les yeux le code de la lettre ou du message, et votre numéro de sécurité sociale.", "Have the code of the letter or message before you, and your social security number.";
        open: "Ouvrir mon dossier", "Open my record";
        open_more: "Quelques minutes, avec votre carte Vitale.", "A few minutes, with your carte Vitale.";
        refuse: "Je n'en veux pas", "I do not want one";
        refuse_more: "Aucun dossier ne s'ouvre à votre nom. Vous pourrez changer d'avis.", "No record is opened under your name. You can change your mind.";
        not_now: "Pas maintenant", "Not now";
        not_now_more: "Nous ne vous écrirons plus pendant un an.", "We will not write to you again for a year.";
        not_now_is_none: "Ce n'est pas un refus.", "This is no refusal.";
        by_itself: "Si la lettre vous annonce l'ouverture de votre dossier, il s'ouvre six semaines après, sauf si vous refusez.", "If the letter announces the opening of your record, it opens six weeks later, unless you refuse.";
        explicit: "Sans votre accord, aucun dossier ne s'ouvre.", "Without your agreement, no record is opened.";
        nothing: "Ne pas répondre ne change rien à vos soins ni à vos remboursements.", "Not answering changes nothing in your care or your reimbursements.";
        mail_lead: "L'assurance maladie vous propose d'ouvrir un espace à vous. Vous pouvez l'ouvrir, refuser, ou répondre plus tard :", "The health insurance offers you a space of your own. You can open it, refuse, or answer later:";
        mail_code: "Voici le code qui vous sera demandé :", "Here is the code that you will be asked for:";
        letter_lead: "L'assurance maladie vous propose d'ouvrir votre dossier médical partagé. Il est gratuit et n'est pas obligatoire. Pour l'ouvrir, le refuser ou répondre plus tard, allez sur cette page :", "The health insurance offers to open your shared health record. It is free and not compulsory. To open it, refuse it or answer later, go to this page:";
        letter_paper: "Vous pouvez aussi l'ouvrir ou le refuser à l'accueil de votre caisse, avec votre carte Vitale et une pièce d'identité.", "You can also open or refuse it at the counter of your fund, with your carte Vitale and proof of identity.";
        put_off_title: "Pas maintenant", "Not now";
        put_off_means: "Nous ne vous écrirons plus pendant un an. Vous pourrez ouvrir un dossier avant, quand vous voulez.", "We will not write to you again for a year. You can open a record before that, whenever you want.";
        put_off_confirm: "Ne plus m'écrire pendant un an", "Do not write to me again for a year";
        put_off_done: "C'est noté", "It is noted";
        put_off_refuse: "Je refuse l'ouverture d'un dossier", "I refuse the opening of a record";
    }
}

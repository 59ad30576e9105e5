//! Words around notices in mails and letters.

use crate::lang::texts;

texts! {
    /// Words of a mail or a letter.
    MailTexts {
        subject: "Votre espace de santé : un nouveau message", "Your health space: a new message";
        subject_digest: "Votre espace de santé : vos nouveaux messages", "Your health space: your new messages";
        greeting: "Bonjour,", "Hello,";
        for_somebody: "Pour une personne que vous représentez :", "For a person whom you represent:";
        professional: "un professionnel", "a professional";
        somebody: "une personne autorisée", "an authorised person";
        sign_in: "Pour en savoir plus, connectez-vous :", "To know more, please sign in:";
        why: "Vous recevez ce message parce que la loi ou vos réglages le demandent. N'y répondez pas : personne ne lit les réponses.", "You receive this message because the law or your settings ask for it. Please do not answer: nobody reads answers.";
        letter_title: "Courrier", "Letter";
        letter_why: "Vous recevez ce courrier parce qu'aucune adresse électronique n'est connue pour vous.", "You receive this letter because no e-mail address is known for you.";
    }
}

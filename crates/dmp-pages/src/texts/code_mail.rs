//! Words of mails that bring a code, and of the mailbox of a demonstration.

use crate::lang::texts;

texts! {
    /// A mail with a code.
    CodeMailTexts {
        subject: "Votre demande sur notre site", "Your request on our site";
        subject_invitation: "Une proposition de votre assurance maladie", "An offer from your health insurance";
        greeting: "Bonjour,", "Hello,";
        opening: "Voici votre code. Tapez-le sur la page où vous l'avez demandé :", "Here is your code. Type it on the page where you asked for it:";
        letter: "Voici le code que vous avez demandé sur notre site. Tapez-le sur cette page, après « J'ai déjà un code » :", "Here is the code that you asked for on our site. Type it on this page, after “I have a code already”:";
        letter_title: "Courrier", "Letter";
        sign_in: "Voici votre code pour vous connecter :", "Here is your code to sign in:";
        until: "Il est valable jusqu'au", "It is valid until";
        once: "Il ne sert qu'une fois. Après cinq essais faux, il faut en demander un autre.", "It works once. After five wrong tries, you need to ask for another one.";
        already: "Vous avez demandé un code. Vous n'en avez pas besoin : votre espace est déjà ouvert. Connectez-vous ici :", "You asked for a code. You do not need one: your space is already open. Sign in here:";
        opened: "Votre espace vient d'être ouvert, avec votre carte. Vos moyens de vous connecter n'ont pas changé. Connectez-vous ici :", "Your space has just been opened, with your card. Your ways to sign in have not changed. Sign in here:";
        not_you_opened: "Ce n'était pas vous ? Connectez-vous et fermez votre espace, ou demandez de l'aide à votre caisse.", "It was not you? Sign in and close your space, or ask your local fund for help.";
        means_changed: "Un de vos moyens de vous connecter à notre site vient de changer. Pour voir lesquels vous avez maintenant :", "One of your ways of signing in to our site has just changed. To see which ones you have now:";
        not_you: "Ce n'était pas vous ? Connectez-vous, retirez ce que vous ne connaissez pas et fermez les autres sessions. Si vous ne pouvez plus vous connecter, allez à l'accueil avec une pièce d'identité.", "It was not you? Sign in, remove what you do not know and close the other sessions. If you can no longer sign in, go to the counter with proof of identity.";
        nobody_asks: "Personne ne vous demandera ce code au téléphone. Ne le donnez à personne.", "Nobody will ask you for this code by telephone. Do not give it to anybody.";
        ignore: "Vous n'avez rien demandé ? Ne faites rien. Sans ce code, personne ne peut continuer à votre place.", "You did not ask for anything? Do nothing. Without this code, nobody can go on in your place.";
    }
}

texts! {
    /// The mailbox of a demonstration.
    MailboxTexts {
        title: "Boîte aux lettres du bac à sable", "Mailbox of the sandbox";
        lead: "Cette démonstration n'envoie ni courriel ni courrier. Voici ce qui serait parti.", "This demonstration sends no e-mail and no letter. Here is what would have left.";
        none: "Rien pour le moment.", "Nothing so far.";
        to: "À", "To";
    }
}

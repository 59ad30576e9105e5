//! Texts of what practice software opens: a record on call, apps of professionals, the summary in a frame.

use crate::lang::texts;

texts! {
    /// The call of practice software.
    CallTexts {
        go_on_title: "Ouverture demandée par votre logiciel", "Opening asked for by your software";
        go_on: "Votre logiciel demande d'ouvrir un dossier médical partagé. Si vous n'êtes pas encore connecté, cela vous est demandé une fois.", "Your software asks to open a shared health record. If you are not signed in yet, you are asked to do so once.";
        go_on_button: "Continuer", "Continue";
        confirm_title: "Ouvrir ce dossier\u{a0}?", "Open this record?";
        confirm: "Une page ou un logiciel qui n'est pas inscrit ici demande d'ouvrir le dossier de la personne qui porte ce numéro. L'ouverture est inscrite dans le journal de cette personne, à votre nom.", "A page or software that is not registered here asks to open the record of the person with this number. The opening is written into that person's journal, in your name.";
        number: "Numéro (INS)", "Number (INS)";
        confirm_button: "Ouvrir le dossier", "Open the record";
        cancel: "Ne pas ouvrir", "Do not open";
        over_title: "Cette ouverture n'est plus valable", "This opening is no longer good";
        over: "Elle sert une fois, dans les cinq minutes. Recommencez depuis votre logiciel, ou cherchez la personne ici.", "It serves once, within five minutes. Start again from your software, or look for the person here.";
        other_title: "Cette ouverture est celle d'un autre professionnel", "This opening belongs to another professional";
        other: "Votre logiciel l'a demandée pour quelqu'un d'autre que la personne connectée ici. Déconnectez-vous, puis recommencez depuis votre logiciel.", "Your software asked for it for somebody else than who is signed in here. Sign out, then start again from your software.";
        not_pro_title: "Cette ouverture est pour un professionnel", "This opening is for a professional";
        not_pro: "Vous êtes connecté comme personne suivie. Déconnectez-vous, puis recommencez depuis le logiciel.", "You are signed in as the person cared for. Sign out, then start again from the software.";
        wrong_number_title: "Le numéro envoyé par votre logiciel n'est pas valable", "The number that your software sent is not valid";
        wrong_number: "Le champ «\u{a0}ins\u{a0}» porte les 13 caractères de l'INS suivis de sa clé, et «\u{a0}ins_oid\u{a0}», s'il est là, l'identifiant de son autorité. Rien n'a été ouvert.", "The field “ins” has the 13 characters of the INS followed by its key, and “ins_oid”, if it is there, the identifier of its authority. Nothing was opened.";
        wrong_target_title: "Votre logiciel demande une page inconnue", "Your software asks for an unknown page";
        wrong_target: "Le champ «\u{a0}target\u{a0}» n'est pas l'un des mots de la documentation. Rien n'a été ouvert.", "The field “target” is none of the words of the documentation. Nothing was opened.";
        home: "Chercher une personne", "Look for a person";
    }
}

texts! {
    /// Apps that professionals open.
    ProAppsTexts {
        title: "Ouvrir une application", "Open an app";
        lead: "L'application lit ce dossier en votre nom, pendant une heure au plus. Elle ne lit rien de plus que vous, n'ajoute rien et ne change rien. Le journal de la personne dit chaque lecture, avec le nom de l'application.", "The app reads this record in your name, for an hour at most. It reads nothing more than you do, adds nothing and changes nothing. The person's journal tells each reading, with the name of the app.";
        none: "Aucune application n'est inscrite ici pour les professionnels.", "No app is registered here for professionals.";
        publisher: "Éditeur", "Publisher";
        privacy: "Ce qu'elle fait des données", "What it does with data";
        open: "Ouvrir", "Open";
        back: "Revenir au dossier", "Back to the record";
        ends: "Quand vous vous déconnectez, ses lectures s'arrêtent.", "When you sign out, its readings end.";
    }
}

texts! {
    /// The summary in a page of practice software.
    EmbedTexts {
        title: "Synthèse du dossier médical partagé", "Summary of the shared health record";
        whose: "Dossier médical partagé de", "Shared health record of";
        full: "Ouvrir le dossier entier (nouvel onglet)", "Open the whole record (new tab)";
        sign_in: "Connectez-vous au dossier médical partagé pour voir la synthèse ici. La connexion se fait dans un onglet à part, jamais dans ce cadre.", "Sign in to the shared health record to see the summary here. Signing in happens in a tab of its own, never in this frame.";
        sign_in_button: "Se connecter (nouvel onglet)", "Sign in (new tab)";
        again: "Je suis connecté\u{a0}: afficher la synthèse", "I am signed in: show the summary";
        over: "Cette demande de synthèse a servi ou n'est plus valable. Demandez-la de nouveau depuis votre logiciel, ou connectez-vous.", "This request for a summary has served or is no longer good. Ask for it again from your software, or sign in.";
        denied: "Vous ne lisez pas ce dossier, ou il n'y en a pas. Ouvrez la page du dossier pour en savoir plus.", "You do not read this record, or there is none. Open the page of the record to know more.";
        denied_button: "Ouvrir la page (nouvel onglet)", "Open the page (new tab)";
    }
}

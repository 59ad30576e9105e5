//! Texts of the means of signing in.

use dmp_core::account::IdentifierError;

use crate::Lang;
use crate::lang::texts;

texts! {
    /// The settings, a new passkey, a new sheet.
    SignInSettingsTexts {
        title: "Mes moyens de connexion", "My ways of signing in";
        lead: "Gardez au moins deux moyens. Si vous en perdez un, l'autre vous fait entrer.", "Keep at least two ways. If you lose one, the other lets you in.";
        changes_told: "Chaque changement est noté dans votre dossier et ferme vos autres sessions.", "Each change is noted in your record and closes your other sessions.";
        back: "Revenir à mes moyens de connexion", "Back to my ways of signing in";
        identifier: "Identifiant", "Identifier";
        identifier_is: "Votre identifiant est", "Your identifier is";
        identifier_none: "Vous n'avez pas encore d'identifiant. Il en faut un pour se connecter avec un code.", "You have no identifier yet. You need one to sign in with a code.";
        identifier_new: "Nouvel identifiant", "New identifier";
        identifier_hint: "De 5 à 40 lettres sans accent, chiffres, points ou tirets. Ni adresse, ni numéro de sécurité sociale.", "5 to 40 letters without accents, digits, dots or dashes. No address, no social security number.";
        identifier_save: "Enregistrer l'identifiant", "Save the identifier";
        mail: "Code par courriel", "Code by e-mail";
        mail_is: "Les codes partent à l'adresse", "Codes go to the address";
        mail_none: "Aucune adresse n'est vérifiée.", "No address is verified.";
        mail_remove: "Retirer cette adresse", "Remove this address";
        mail_new: "Adresse électronique", "E-mail address";
        mail_hint: "Exemple : prenom.nom@exemple.fr. Nous y envoyons un code pour vérifier qu'elle est à vous.", "Example: first.last@example.org. We send a code there to check that it is yours.";
        mail_wrong: "Cette adresse n'est pas complète. Elle s'écrit nom@domaine.fr.", "This address is not complete. It is written name@domain.org.";
        mail_send: "Envoyer un code à cette adresse", "Send a code to this address";
        mail_cannot: "Ce service n'envoie pas de codes par courriel.", "This service sends no codes by e-mail.";
        codes: "Feuille de codes", "Sheet of codes";
        codes_since: "Feuille du", "Sheet of";
        codes_none: "Vous n'avez pas de feuille de codes.", "You have no sheet of codes.";
        codes_few: "Il reste peu de codes. Imprimez une nouvelle feuille avant le dernier.", "Few codes are left. Print a new sheet before the last one.";
        codes_hint: "Une feuille a 12 codes. Chacun sert une fois, sans téléphone ni courriel. Une nouvelle feuille remplace l'ancienne.", "A sheet has 12 codes. Each works once, without telephone or e-mail. A new sheet replaces the old one.";
        codes_make: "Faire une feuille de codes", "Make a sheet of codes";
        codes_again: "Faire une nouvelle feuille", "Make a new sheet";
        codes_remove: "Ne plus utiliser de feuille", "Stop using a sheet";
        passkeys: "Clés d'accès", "Passkeys";
        passkeys_what: "Une clé d'accès est gardée par votre téléphone ou votre ordinateur. Vous entrez avec votre empreinte, votre visage ou le code de l'appareil.", "A passkey is kept by your phone or computer. You come in with your fingerprint, your face or the device's code.";
        passkeys_none: "Aucune clé d'accès n'est enregistrée.", "No passkey is saved.";
        passkey_added: "Ajoutée le", "Added on";
        passkey_used: "utilisée le", "used on";
        passkey_remove: "Retirer la clé", "Remove the passkey";
        passkey_add: "Ajouter une clé d'accès", "Add a passkey";
        provider_linked: "Votre compte est lié. Vous pouvez entrer par ce service.", "Your account is linked. You can come in through this service.";
        provider_none: "Votre compte n'est pas lié à ce service.", "Your account is not linked to this service.";
        provider_waiting: "Vous venez de prouver votre identité dans ce service. Il reste à faire le lien.", "You have just proved who you are in this service. The link remains to be made.";
        provider_go: "Aller vers", "Go to";
        provider_link: "Lier mon compte à", "Link my account to";
        provider_unlink: "Retirer le lien avec", "Remove the link with";
        sessions: "Mes sessions", "My sessions";
        sessions_list: "Sessions ouvertes", "Open sessions";
        sessions_end: "Une session se ferme seule quand vous ne faites rien. Vous choisissez après combien de temps.", "A session closes by itself when you do nothing. You choose after how long.";
        session_since: "Ouverte le", "Opened on";
        session_here: "celle-ci", "this one";
        sessions_end_others: "Fermer les autres sessions", "Close the other sessions";
        passkey_title: "Ajouter une clé d'accès", "Add a passkey";
        passkey_lead: "La prochaine fois, entrez sans identifiant et sans code.", "Next time, come in without identifier and without code.";
        passkey_no_code: "Votre appareil vous reconnaît : empreinte, visage ou son propre code.", "Your device recognises you: fingerprint, face or its own code.";
        passkey_stays: "Votre empreinte et votre visage restent dans l'appareil. Nous ne les recevons jamais.", "Your fingerprint and face stay in the device. We never receive them.";
        passkey_lost: "Appareil perdu ? Vos autres moyens marchent toujours, et vous pouvez retirer la clé.", "Device lost? Your other ways still work, and you can remove the passkey.";
        passkey_make: "Ajouter une clé d'accès sur cet appareil", "Add a passkey on this device";
        passkey_failed: "La clé d'accès n'a pas été ajoutée. Recommencez, ou continuez sans elle.", "The passkey was not added. Try again, or go on without it.";
        passkey_cannot: "Ce navigateur ne sait pas faire de clé d'accès. Vous pouvez continuer sans elle.", "This browser cannot make passkeys. You can go on without one.";
        passkey_later: "Pas maintenant", "Not now";
        sheet_title: "Ma feuille de codes", "My sheet of codes";
        sheet_once: "Imprimez cette page maintenant, ou recopiez-la. Dans un quart d'heure, elle ne sera plus montrée.", "Print this page now, or copy it by hand. In a quarter of an hour it will no longer be shown.";
        sheet_person: "Pour", "For";
        sheet_address: "Adresse du site", "Address of the site";
        sheet_identifier: "Identifiant", "Identifier";
        sheet_date: "Faite le", "Made on";
        sheet_codes: "Mes codes", "My codes";
        sheet_how: "Comment faire", "How to do it";
        sheet_step_open: "Ouvrez le site et choisissez « Me connecter ».", "Open the site and choose “Sign in”.";
        sheet_step_identifier: "Tapez l'identifiant et choisissez « J'ai une feuille de codes ».", "Type the identifier and choose “I have a sheet of codes”.";
        sheet_step_code: "Tapez un code. Les tirets et les majuscules ne comptent pas.", "Type a code. Dashes and capitals do not count.";
        sheet_step_strike: "Barrez ce code : il ne sert qu'une fois.", "Strike this code out: it works once.";
        sheet_keep: "Gardez cette feuille chez vous, comme une clé. Perdue ou volée ? Faites-en une autre, ou passez à l'accueil.", "Keep this sheet at home, like a key. Lost or stolen? Make another one, or go to the counter.";
        sheet_done: "J'ai ma feuille, continuer", "I have my sheet, go on";
    }
}

/// How many codes of the sheet are left.
pub fn codes_left(left: usize, lang: Lang) -> String {
    match (lang, left) {
        (Lang::Fr, 0) => "Tous les codes ont servi.".to_owned(),
        (Lang::Fr, 1) => "Il reste 1 code.".to_owned(),
        (Lang::Fr, _) => format!("Il reste {left} codes."),
        (Lang::En, 0) => "All codes were used.".to_owned(),
        (Lang::En, 1) => "1 code is left.".to_owned(),
        (Lang::En, _) => format!("{left} codes are left."),
    }
}

/// What is wrong with an identifier, and how to mend it; `None`: it is somebody else's.
pub fn identifier_error_words(error: Option<IdentifierError>, lang: Lang) -> &'static str {
    let (fr, en) = match error {
        None => ("Cet identifiant est déjà pris. Ajoutez un chiffre ou un mot.", "This identifier is taken. Add a digit or a word."),
        Some(IdentifierError::Length) => ("Un identifiant a de 5 à 40 caractères.", "An identifier has 5 to 40 characters."),
        Some(IdentifierError::Characters) => (
            "Utilisez des lettres sans accent, des chiffres, des points ou des tirets. Commencez par une lettre ou un chiffre.",
            "Use letters without accents, digits, dots or dashes. Begin with a letter or a digit.",
        ),
        Some(IdentifierError::Number) => {
            ("N'utilisez pas votre numéro de sécurité sociale. Choisissez un mot.", "Do not use your social security number. Choose a word.")
        }
    };
    lang.pick(fr, en)
}

//! Texts of the pages on which somebody opens a record with the person who stands before them: a professional, an agent.

use dmp_core::record::FamilyRole;

use crate::Lang;
use crate::lang::texts;

texts! {
    /// Four screens: card, agreement, contact, paper.
    AssistedTexts {
        title: "Ouvrir un dossier avec la personne", "Open a record with the person";
        step: "Écran", "Screen";
        of_four: "sur 4", "of 4";
        step_card: "Carte Vitale ou INS", "Carte Vitale or INS";
        step_consent: "La personne est-elle d'accord ?", "Does the person agree?";
        step_contact: "Comment la joindre", "How to reach them";
        step_paper: "Remettre le papier", "Hand the paper over";
        card_lead: "La personne est devant vous, avec sa carte Vitale. Lisez la carte : le lecteur écrit le numéro à votre place.", "The person stands before you, with their carte Vitale. Read the card: the reader types the number for you.";
        card: "Numéro de la personne", "Number of the person";
        card_hint: "Ce que tape un lecteur de carte, ou les 15 chiffres de l'INS.", "What a reader of cards types, or the 15 digits of the INS.";
        card_next: "Continuer", "Continue";
        dates: "Les dossiers s'ouvrent caisse par caisse :", "Records open caisse by caisse:";
        dates_general: "Toutes les autres caisses :", "All other caisses:";
        unknown: "L'assurance maladie ne connaît personne sous ce numéro. Relisez la carte.", "The health insurance knows nobody under this number. Read the card again.";
        unavailable: "L'assurance maladie ne répond pas. Réessayez dans un moment : rien n'est perdu.", "The health insurance does not answer. Try again in a moment: nothing is lost.";
        exists: "Cette personne a déjà un dossier. Il n'y a rien à ouvrir.", "This person has a record already. There is nothing to open.";
        not_open_here: "Sur cette installation, aucun service de l'assurance maladie ne donne l'identité d'une carte : les dossiers s'ouvrent par le logiciel ou en ligne.", "On this installation, no service of the health insurance gives the identity of a card: records are opened by software or online.";
        who: "Est-ce bien cette personne ?", "Is this the person?";
        name: "Nom", "Name";
        born: "Date de naissance", "Date of birth";
        sex: "Sexe", "Sex";
        number: "INS", "INS";
        not_them: "Ce n'est pas elle : lire une autre carte", "It is somebody else: read another card";
        minor: "Cette personne est mineure : son père, sa mère ou qui la représente est là et accepte pour elle.", "This person is a minor: their father, their mother or who represents them is here and agrees for them.";
        representative: "Qui accepte pour elle ?", "Who agrees for them?";
        representative_adult: "Quelqu'un accepte pour elle (tutelle)", "Somebody agrees for them (guardianship)";
        representative_hint: "Son nom est gardé avec l'accord. Il ne donne aucun accès : qui représente la personne se déclare ensuite, sur justificatif, à l'accueil de la caisse.", "Their name is kept with the agreement. It gives no access: who represents the person is declared later, on proof, at the counter of the caisse.";
        representative_given: "Prénom", "First name";
        representative_family: "Nom", "Family name";
        representative_role: "Lien avec la personne", "What they are to the person";
        representative_choose: "Choisir…", "Choose…";
        representative_missing: "Écrivez le prénom et le nom de qui accepte pour la personne, et son lien avec elle.", "Write the first and family name of who agrees for the person, and what they are to them.";
        receipt_agreed: "Accord donné par", "Agreement given by";
        aloud: "À lire à la personne", "To read to the person";
        aloud_what: "Le dossier médical partagé réunit vos documents de santé au même endroit. Il est gratuit. Rien ne vous oblige à l'accepter.", "The shared health record keeps your health documents in one place. It is free. Nothing obliges you to accept it.";
        emergency: "Ses choix pour les urgences", "Their choices for emergencies";
        emergency_hint: "Dites chaque phrase, et décochez ce que la personne ne veut pas.", "Say each sentence, and untick what the person does not want.";
        regulation: "Le médecin du SAMU peut lire le dossier quand on appelle le 15 pour elle", "The doctor of the emergency call centre may read the record when somebody calls 15 for them";
        break_glass: "En urgence, un soignant peut lire le dossier si elle ne peut pas répondre", "In an emergency, a carer may read the record if they cannot answer";
        masked: "Même les documents qu'elle aura masqués", "Even the documents that they will have hidden";
        channel: "Vous ouvrez ce dossier", "You open this record";
        channel_own: "à votre cabinet", "in your practice";
        channel_establishment: "pour l'établissement", "for the establishment";
        reason: "Quelle perte d'autonomie ?", "Which loss of autonomy?";
        reason_hint: "Un infirmier ouvre le dossier d'une personne qui perd son autonomie : dites-le en quelques mots.", "A nurse opens the record of a person who is losing autonomy: say it in a few words.";
        reason_missing: "Dites la perte d'autonomie de la personne.", "Say the person's loss of autonomy.";
        consent: "J'ai lu ce texte à la personne, et elle accepte que son dossier soit ouvert", "I have read this text to the person, and they agree that their record is opened";
        consent_missing: "Cochez la case si la personne accepte. Sinon, choisissez « La personne refuse ».", "Tick the box if the person agrees. Otherwise choose “The person refuses”.";
        agrees: "Elle accepte : continuer", "They agree: continue";
        refuses: "La personne refuse", "The person refuses";
        contact_lead: "Nous écrivons par exemple quand quelqu'un ouvre le dossier en urgence. Ces messages ne parlent jamais de santé.", "We write for instance when somebody opens the record in an emergency. These messages never speak of health.";
        contact: "Où lui écrire ?", "Where to write?";
        contact_known: "À l'adresse et au mobile que l'assurance maladie connaît", "To the address and mobile that the health insurance knows";
        contact_none: "Elle n'a ni adresse électronique ni mobile", "They have neither e-mail address nor mobile";
        contact_own: "Ailleurs :", "Elsewhere:";
        email: "Adresse électronique", "E-mail address";
        mobile: "Téléphone mobile", "Mobile telephone";
        email_wrong: "Cette adresse n'a pas la bonne forme. Exemple : nadia@courriel.example.", "This address does not have the right form. Example: nadia@courriel.example.";
        mobile_wrong: "Un numéro de mobile a dix chiffres. Il commence par 06 ou 07.", "A mobile number has ten digits. It begins with 06 or 07.";
        contact_missing: "Écrivez une adresse ou un mobile, ou choisissez une autre réponse.", "Write an address or a mobile number, or choose another answer.";
        open: "Ouvrir le dossier", "Open the record";
        refused_title: "Aucun dossier n'est ouvert", "No record was opened";
        refused_care: "Ses soins et ses remboursements restent les mêmes.", "Their care and their reimbursements stay the same.";
        refused_change: "La personne peut changer d'avis quand elle veut : ici, en ligne ou à l'accueil de sa caisse.", "The person may change their mind whenever they want: here, online or at the counter of their caisse.";
        refused_noted: "Son refus est noté : aucun dossier ne s'ouvrira d'office.", "Their refusal is noted: no record will open of its own accord.";
        refused_not_noted: "Ce refus n'est noté nulle part. Pour qu'aucun dossier ne s'ouvre d'office, la personne le dit en ligne ou à l'accueil de sa caisse.", "This refusal is noted nowhere. So that no record opens of its own accord, the person says so online or at the counter of their caisse.";
        next_person: "Personne suivante", "Next person";
        receipt_site: "Le site", "The site";
        receipt_open: "Pour lire son dossier : ouvrir ce site et choisir « Me connecter ».", "To read their record: open this site and choose “Sign in”.";
        receipt_close: "Pour fermer le dossier", "To close the record";
        receipt_close_how: "Sur le site, « Mes réglages », « Fermer mon dossier » ; ou à l'accueil de la caisse ; ou par une lettre. Le dossier est alors gardé dix ans, puis détruit.", "On the site, “My settings”, “Close my record”; or at the counter of the caisse; or by letter. The record is then kept for ten years, then destroyed.";
        receipt_codes: "Codes pour se connecter", "Codes to sign in";
        receipt_codes_paper: "Ils sont sur le papier seulement : imprimez cette page.", "They are on the paper alone: print this page.";
        stop: "Le dossier ne s'ouvre pas", "The record does not open";
        receipt_identifier: "Identifiant", "Identifier";
        receipt_codes_once: "Chaque code sert une fois, sans téléphone ni courriel. Garder cette feuille chez soi, comme une clé.", "Each code works once, without telephone or e-mail. Keep this sheet at home, like a key.";
        receipt_codes_where: "Sans adresse électronique ni mobile, la personne reçoit des codes imprimés à l'accueil de sa caisse, avec une pièce d'identité.", "Without e-mail address or mobile, the person receives printed codes at the counter of their caisse, with an identity paper.";
        receipt_print: "Imprimez cette page et remettez-la : dans un quart d'heure, elle ne sera plus montrée.", "Print this page and hand it over: in a quarter of an hour it will no longer be shown.";
        receipt_help: "Adresse de l'aide, à photographier", "Address of the help, to take a picture of";
        receipt_read: "Aller au dossier de la personne", "Go to the person's record";
        cancel: "Ouvert par erreur ?", "Opened by mistake?";
        cancel_hint: "Pendant quinze minutes, tant que personne d'autre n'y a rien fait, vous pouvez annuler : le dossier est effacé.", "For fifteen minutes, while nobody else has done anything in it, you may take it back: the record is erased.";
        cancel_do: "Annuler cette ouverture", "Take this opening back";
    }
}

/// A role in words.
pub(crate) fn role_words(role: FamilyRole, lang: Lang) -> &'static str {
    let (fr, en) = match role {
        FamilyRole::Mother => ("mère", "mother"),
        FamilyRole::Father => ("père", "father"),
        FamilyRole::Guardian => ("tuteur ou tutrice", "guardian"),
        FamilyRole::Stepmother => ("belle-mère", "stepmother"),
        FamilyRole::Stepfather => ("beau-père", "stepfather"),
        FamilyRole::Grandmother => ("grand-mère", "grandmother"),
        FamilyRole::Grandfather => ("grand-père", "grandfather"),
        FamilyRole::GreatGrandmother => ("arrière-grand-mère", "great-grandmother"),
        FamilyRole::GreatGrandfather => ("arrière-grand-père", "great-grandfather"),
        FamilyRole::Sister => ("sœur", "sister"),
        FamilyRole::Brother => ("frère", "brother"),
        FamilyRole::Aunt => ("tante", "aunt"),
        FamilyRole::Uncle => ("oncle", "uncle"),
    };
    lang.pick(fr, en)
}

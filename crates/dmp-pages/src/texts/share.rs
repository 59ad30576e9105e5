//! Texts of sharing: the person's pages, and what somebody outside reads.

use crate::Lang;
use crate::lang::texts;

texts! {
    /// The person's pages.
    ShareTexts {
        title: "Partager", "Share";
        lead: "Montrez ou envoyez une partie du dossier à la personne de votre choix.", "Show or send a part of the record to whom you choose.";
        lead_hidden: "Ce qui est masqué n'est jamais partagé. Un lien montre ce que le dossier dit au moment où on l'ouvre.", "What is hidden is never shared. A link shows what the record says when it is opened.";
        all_masked: "Tous les documents sont masqués : un lien ne montrerait rien.", "Every document is hidden: a link would show nothing.";
        may_not: "Vous ne pouvez pas partager ce dossier. La personne qui vous représente le peut.", "You cannot share this record. Whoever represents you can.";
        show: "Montrer maintenant", "Show now";
        show_means: "Un code à scanner s'affiche pendant 15 minutes. Votre médecin le scanne et lit la synthèse.", "A code to scan is shown for 15 minutes. Your doctor scans it and reads the summary.";
        show_do: "Afficher le code à scanner", "Show the code to scan";
        show_title: "Code à scanner", "Code to scan";
        show_how: "Tournez l'écran vers la personne. Elle scanne avec son téléphone.", "Turn the screen to the person. They scan it with their telephone.";
        send: "Envoyer un lien", "Send a link";
        send_means: "Vous envoyez le lien par message. Vous dites le code autrement, par exemple au téléphone.", "You send the link in a message. You tell the code another way, for example by telephone.";
        send_summary: "Ce lien montre toute la synthèse du dossier.", "This link shows the whole summary of the record.";
        choose: "Choisir plutôt quelques documents", "Choose some documents instead";
        choose_title: "Choisir les documents à partager", "Choose the documents to share";
        choose_lead: "Cochez les documents, puis créez le lien. Vingt au plus.", "Tick the documents, then make the link. Twenty at most.";
        documents: "Documents", "Documents";
        no_documents: "Aucun document à partager. Les documents masqués ne se partagent pas.", "No document to share. Hidden documents are not shared.";
        label: "Pour qui est ce lien ?", "Whom is this link for?";
        label_hint: "Par exemple : Docteur Martin. La personne lira ces mots.", "For example: Doctor Martin. They will read these words.";
        label_missing: "Écrivez pour qui est ce lien : vous le retrouverez dans la liste.", "Write whom this link is for: you will find it in the list.";
        no_document: "Cochez au moins un document.", "Tick at least one document.";
        too_many_documents: "Cochez vingt documents au plus.", "Tick twenty documents at most.";
        period_wrong: "Choisissez une durée et un nombre dans les listes.", "Choose a time and a number from the lists.";
        too_many_links: "Vingt liens sont déjà actifs. Arrêtez-en un, puis recommencez.", "Twenty links are active already. Stop one, then try again.";
        days: "Le lien marche pendant", "The link works for";
        day: "jour", "day";
        days_unit: "jours", "days";
        openings: "Il s'ouvre au plus", "It opens at most";
        once: "fois", "time";
        times: "fois", "times";
        send_do: "Créer le lien", "Make the link";
        card: "Carte d'urgence", "Emergency card";
        card_means: "Une carte à imprimer et à garder sur soi. Son code mène à l'essentiel du dossier.", "A card to print and carry. Its code leads to the essentials of the record.";
        card_do: "Voir la carte d'urgence", "See the emergency card";
        card_title: "Code de la carte d'urgence", "Code of the emergency card";
        links: "Vos liens actifs", "Your active links";
        links_other: "Liens actifs", "Active links";
        no_links: "Aucun lien actif.", "No active link.";
        ended: "Liens terminés", "Links that ended";
        what_summary: "Synthèse du dossier", "Summary of the record";
        what_card: "Carte d'urgence", "Emergency card";
        what_document: "1 document", "1 document";
        what_documents: "documents", "documents";
        until: "Marche jusqu'au", "Works until";
        stopped: "Arrêté le", "Stopped on";
        expired: "Terminé le", "Ended on";
        used_up: "Terminé : ouvert autant de fois que prévu.", "Ended: opened as often as planned.";
        locked: "Bloqué : trop de codes faux.", "Locked: too many wrong codes.";
        made: "Créé le", "Made on";
        made_by: "par", "by";
        opened: "Qui l'a ouvert (nom donné par la personne elle-même)", "Who opened it (name given by themselves)";
        by_app: "avec une application", "with an app";
        by_page: "dans un navigateur", "in a browser";
        nobody: "sans nom", "no name";
        stop: "Arrêter", "Stop";
        again: "Revoir le lien", "See the link again";
        tries: "Codes faux encore possibles :", "Wrong codes still possible:";
        sent_title: "Votre lien est prêt", "Your link is ready";
        link: "Le lien à envoyer", "The link to send";
        link_hint: "Copiez-le en entier.", "Copy all of it.";
        code: "Le code à dire", "The code to tell";
        code_once: "Notez-le maintenant : dans un quart d'heure, il ne sera plus affiché.", "Write it down now: in a quarter of an hour it will no longer be shown.";
        code_gone: "Le code n'a été affiché qu'un moment. S'il est perdu, arrêtez ce lien et créez-en un autre.", "The code was shown for a moment only. If it is lost, stop this link and make another.";
        code_apart: "Ne l'envoyez pas dans le même message que le lien.", "Do not send it in the same message as the link.";
        qr_words: "Code à scanner qui ouvre le lien", "Code to scan that opens the link";
        what: "Ce qu'il montre", "What it shows";
        how_long: "Durée", "Time";
        how_often: "Ouvertures", "Openings";
        back: "Revenir à tous les liens", "Back to all links";
    }
}

texts! {
    /// What somebody outside reads.
    SharedTexts {
        title: "Un dossier médical vous est partagé", "A health record is shared with you";
        lead: "Une personne vous a donné ce lien vers une partie de son dossier.", "Somebody gave you this link to a part of their record.";
        told: "Votre nom et l'heure seront écrits dans son dossier. Chaque ouverture est comptée.", "Your name and the time will be written in their record. Each opening is counted.";
        name: "Votre nom", "Your name";
        name_hint: "Par exemple : Docteur Martin, Brest.", "For example: Doctor Martin, Brest.";
        name_missing: "Écrivez votre nom : la personne doit savoir qui a ouvert le lien.", "Write your name: the person must know who opened the link.";
        code: "Le code", "The code";
        code_hint: "Six chiffres, donnés par la personne.", "Six digits, given by the person.";
        code_missing: "Écrivez le code que la personne vous a donné.", "Write the code that the person gave you.";
        code_wrong: "Ce code est faux. Vérifiez-le auprès de la personne. Essais restants :", "This code is wrong. Check it with the person. Tries left:";
        code_last: "Ce code est faux. Le lien est maintenant bloqué : demandez-en un autre.", "This code is wrong. The link is locked now: ask for another.";
        busy: "Trop de demandes arrivent en même temps. Attendez une minute, puis recommencez.", "Too many requests come at once. Wait a minute, then try again.";
        open: "Ouvrir", "Open";
        gone_title: "Ce lien ne marche pas", "This link does not work";
        gone: "Il est terminé, il a été arrêté, ou son adresse est incomplète.", "It has ended, was stopped, or its address is incomplete.";
        gone_do: "Vérifiez que vous l'avez copié en entier. Sinon, demandez-en un autre à la personne.", "Check that you copied all of it. Otherwise ask the person for another.";
        born: "naissance :", "born:";
        made: "Montré le", "Shown on";
        partial: "La personne a choisi ce qu'elle montre. Cette page peut être incomplète.", "The person chose what they show. This page may be incomplete.";
        results: "Derniers résultats", "Latest results";
        usual: "habituel :", "usual:";
        papers: "Le dossier a des documents, non repris ici, sur :", "The record has documents, not taken over here, about:";
        silent: "Rien de repris du dossier sur :", "Nothing taken over from the record about:";
        nothing: "Ce lien ne montre plus rien : la personne a masqué ou retiré ces documents.", "This link shows nothing any more: the person hid or removed these documents.";
        original: "Télécharger l'original", "Download the original";
        text: "Texte du document, peut défiler", "Text of the document, may scroll";
        file_only: "Ce document est un fichier : téléchargez l'original pour le lire.", "This document is a file: download the original to read it.";
        keep: "Imprimez la page si vous devez la garder. La recharger compte comme une ouverture.", "Print the page if you must keep it. Loading it again counts as an opening.";
    }
}

/// « Ouvert 2 fois sur 10 ».
pub fn openings_words(openings: u32, most: u32, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("Ouvert {openings} fois sur {most}"),
        Lang::En => format!("Opened {openings} of {most} times"),
    }
}

//! Texts of what came of deposits.

use crate::lang::texts;

texts! {
    /// Deposits.
    SentTexts {
        title: "Dépôts", "Deposits";
        why: "Ce que vous avez envoyé, et ce qu'il en est advenu.", "What you sent, and what came of it.";
        why_structure: "Ce que vous et les logiciels de votre établissement avez envoyé, et ce qu'il en est advenu\u{a0}:", "What you and the software of your establishment sent, and what came of it:";
        nameless: "Vous les retrouvez par votre référence\u{a0}: il n'y a ici ni personne, ni titre, ni contenu.", "You find them by your own reference: no person, title or content stands here.";
        period: "Période", "Period";
        today: "Aujourd'hui", "Today";
        week: "7 jours", "7 days";
        filter: "Lesquels", "Which";
        all: "Tous", "All";
        refused: "Refusés", "Refused";
        waiting: "En attente", "Waiting";
        find: "Votre référence", "Your reference";
        find_hint: "L'identifiant du document, ou le numéro de contrôle du message (MSH-10).", "The document's identifier, or the control id of the message (MSH-10).";
        find_do: "Chercher", "Find";
        found_for: "Sous cette référence, ces 7 derniers jours\u{a0}:", "Under this reference, in the last 7 days:";
        nothing_found: "Rien n'est arrivé ici sous cette référence ces 7 derniers jours. S'il attend encore chez vous, la machine qui envoie le dit\u{a0}: dmp feed report.", "Nothing came here under this reference in the last 7 days. If it still waits with you, the machine that sends says so: dmp feed report.";
        back: "Revenir à la liste", "Back to the list";
        empty: "Rien à montrer.", "Nothing to show.";
        by: "envoyé par", "sent by";
        unnamed: "sans identifiant lisible", "without a readable identifier";
        control: "message", "message";
        is_taken: "Pris dans le dossier", "Taken into the record";
        is_refused: "Refusé", "Refused";
        is_waiting: "En attente du document qu'il remplace", "Waiting for the document that it replaces";
        since: "depuis le", "since";
        tries: "envois, le premier le", "sendings, the first on";
        left_out: "lignes de plus ne sont pas montrées.", "more lines are not shown.";
        elsewhere: "Ce qui n'est pas encore parti de chez vous n'est pas connu ici. La machine qui envoie le dit\u{a0}: dmp feed report.", "What has not left you yet is not known here. The machine that sends says so: dmp feed report.";
    }
}

//! Texts of campaigns of invitations at the counter.

use crate::lang::texts;

texts! {
    /// The page.
    CampaignTexts {
        title: "Campagnes d'invitations", "Campaigns of invitations";
        lead: "Écrire aux personnes qui n'ont pas de dossier. Une campagne est proposée par un agent et confirmée par un autre.", "Write to people who have no record. A campaign is proposed by one agent and confirmed by another.";
        none: "Aucune campagne.", "No campaign.";
        waits_for_another: "attend un autre agent", "waits for another agent";
        waits_for_you: "attend votre confirmation", "waits for you to confirm";
        running: "en cours", "running";
        stopped: "arrêtée", "stopped";
        people: "personnes sur la liste", "people on the list";
        proposed: "Proposée par", "Proposed by";
        confirmed: "confirmée par", "confirmed by";
        announces: "Annonce l'ouverture du dossier six semaines plus tard.", "Announces that the record opens six weeks later.";
        waiting: "à envoyer", "to be sent";
        sent: "envoyées, sans réponse", "sent, no answer";
        opened: "dossiers ouverts", "records opened";
        opened_by_itself: "ouverts sans réponse", "opened without an answer";
        refused: "refus", "refusals";
        not_now: "« pas maintenant »", "“not now”";
        skipped: "pas d'envoi", "not written to";
        skipped_why: "Pas d'envoi : la personne a déjà un dossier, a refusé, a dit « pas maintenant », ou n'est pas joignable. On ne dit pas qui.", "Not written to: the person has a record, has refused, said “not now”, or cannot be reached. Nobody is told who.";
        confirm: "Confirmer l'envoi", "Confirm the sending";
        stop: "Arrêter", "Stop";
        new: "Proposer une campagne", "Propose a campaign";
        name: "Nom de la campagne", "Name of the campaign";
        list: "Numéros, un par ligne", "Numbers, one a line";
        list_hint: "Les 15 chiffres de l'INS. Ce qui suit un point-virgule ne compte pas.", "The 15 digits of the INS. What comes after a semicolon does not count.";
        announce: "La lettre annonce l'ouverture du dossier (article R.1111-28)", "The letter announces the opening of the record (article R.1111-28)";
        propose: "Proposer", "Propose";
        propose_means: "Rien ne part avant qu'un autre agent ait confirmé.", "Nothing leaves before another agent has confirmed.";
        name_wrong: "Donnez un nom, en 120 signes au plus.", "Give a name, in 120 characters at most.";
        list_empty: "Donnez au moins un numéro.", "Give at least one number.";
        list_lines: "Ces lignes ne sont pas des numéros complets, clé comprise :", "These lines are no whole numbers with their key:";
    }
}

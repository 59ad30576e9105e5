//! Texts of the page after a session that ended under a form.

use crate::lang::texts;

texts! {
    /// A form that waits.
    BackTexts {
        title: "Votre formulaire n'est pas encore envoyé", "Your form is not sent yet";
        lead: "Votre session s'est fermée avant l'envoi. Rien n'est perdu.", "Your session closed before it was sent. Nothing is lost.";
        typed: "Ce que vous aviez écrit", "What you had written";
        send: "Envoyer maintenant", "Send now";
        leave: "Revenir à la page sans envoyer", "Go back to the page without sending";
        kept: "Cette page est gardée une heure, pour vous seul.", "This page is kept for one hour, for you alone.";
        until: "Vous pouvez envoyer ce formulaire jusqu'à", "You can send this form until";
        after: "Après, votre session se ferme. Reconnectez-vous : ce que vous avez écrit vous attend.", "Then your session closes. Sign in again: what you wrote waits for you.";
        after_file: "Après, votre session se ferme. Reconnectez-vous et choisissez de nouveau le fichier.", "Then your session closes. Sign in again and choose the file again.";
        longer: "Choisir une durée plus longue", "Choose a longer time";
        stay: "Durée d'une session sans activité", "Time of a session without activity";
        stay_hint: "Sur un ordinateur que d'autres utilisent, gardez 20 minutes. Le choix vaut pour ce navigateur, maintenant et les prochaines fois.", "On a computer that others use, keep 20 minutes. The choice holds for this browser, now and the next times.";
        stay_save: "Enregistrer la durée", "Save the time";
    }
}

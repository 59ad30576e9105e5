//! Texts of the letter by which each right is exercised without internet.

use crate::lang::texts;

texts! {
    /// The letter.
    LetterHelpTexts {
        title: "Exercer vos droits par courrier", "Exercise your rights by letter";
        lead: "Tout ce que permet ce site se demande aussi au guichet de l'assurance maladie, ou par courrier.", "Everything that this site allows can also be asked for at the health insurance counter, or by letter.";
        how: "Comment faire", "What to do";
        how_print: "Imprimez cette page, ou recopiez-la à la main.", "Print this page, or copy it by hand.";
        how_tick: "Cochez ce que vous demandez.", "Tick what you ask for.";
        how_sign: "Datez, signez, et joignez une copie d'une pièce d'identité.", "Date it, sign it, and add a copy of proof of identity.";
        how_send: "Envoyez le tout à votre caisse d'assurance maladie, ou déposez-le au guichet.", "Send it all to your health insurance fund, or hand it in at the counter.";
        how_agent: "L'agent qui lit votre lettre ne voit aucune information sur votre santé.", "The agent who reads your letter sees no information about your health.";
        how_answer: "Votre demande est notée dans le dossier. Vous recevez une réponse en un mois au plus.", "Your request is noted in the record. You receive an answer within one month at most.";
        object: "Objet : mon dossier médical partagé", "Subject: my shared health record";
        who: "Qui écrit", "Who writes";
        name: "Nom et prénoms de naissance", "Birth family name and first names";
        birth: "Date et lieu de naissance", "Date and place of birth";
        number: "Numéro de sécurité sociale", "Social security number";
        address: "Adresse", "Address";
        acting: "Si vous écrivez pour quelqu'un : son nom, et votre lien (joignez le justificatif)", "If you write for somebody: their name, and your link (add the proof)";
        ask: "Je demande", "I ask";
        ask_open: "d'ouvrir mon dossier", "to open my record";
        ask_oppose: "de ne pas ouvrir de dossier pour moi", "not to open a record for me";
        ask_paper_summary: "de recevoir sur papier ma synthèse médicale", "to receive my medical summary on paper";
        ask_paper_journal: "de recevoir sur papier la liste de qui a regardé", "to receive on paper the list of who looked";
        ask_paper_access: "de recevoir sur papier la liste de qui peut regarder", "to receive on paper the list of who may look";
        ask_block: "de bloquer ce professionnel (nom, ville)", "to block this professional (name, town)";
        ask_unblock: "de débloquer ce professionnel (nom, ville)", "to unblock this professional (name, town)";
        ask_revoke: "de retirer l'autorisation de ce professionnel (nom, ville)", "to withdraw the authorisation of this professional (name, town)";
        ask_hide: "de masquer tout mon dossier aux professionnels", "to hide my whole record from professionals";
        ask_show: "de ne plus masquer tout mon dossier", "to stop hiding my whole record";
        ask_emergency: "en urgence : d'autoriser ou de refuser (rayez) la lecture par le SAMU – Centre 15", "in an emergency: to allow or refuse (cross out) reading by the SAMU emergency call centre";
        ask_glass: "en urgence : d'autoriser ou de refuser (rayez) la lecture par un autre professionnel", "in an emergency: to allow or refuse (cross out) reading by another professional";
        ask_representative: "d'enregistrer un nouveau représentant légal (joignez le jugement ou l'acte)", "to record a new legal representative (add the judgment or the certificate)";
        ask_end_representative: "de mettre fin à une représentation (joignez le justificatif)", "to end a representation (add the proof)";
        ask_helper: "de mettre fin au mandat d'un aidant (nom)", "to end the mandate of a helper (name)";
        ask_contact: "de changer mon adresse, mon téléphone ou mon courriel", "to change my address, telephone or e-mail";
        ask_suspension: "de lever la suspension de mon dossier : je m'y oppose", "to lift the suspension of my record: I object to it";
        ask_close: "de fermer mon dossier", "to close my record";
        ask_reopen: "de rouvrir mon dossier", "to open my record again";
        ask_destroy: "de détruire mon dossier fermé, sans attendre dix ans", "to destroy my closed record, without waiting ten years";
        details: "Précisions", "Details";
        date: "Date et signature", "Date and signature";
        helped: "Une personne peut écrire à votre place : elle le dit, et vous signez.", "Somebody may write in your place: they say so, and you sign.";
    }
}

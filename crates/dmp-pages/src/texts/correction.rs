//! Texts of requests to correct a document.

use dmp_core::record::CorrectionStage;

use crate::Lang;
use crate::lang::texts;

texts! {
    /// Asking, following, answering.
    CorrectionTexts {
        ask: "Signaler une erreur", "Report an error";
        ask_means: "L'auteur verra votre demande. Il doit répondre sous un mois.", "The author will see your request. They have to answer within a month.";
        mine: "Corriger ce que j'ai écrit", "Correct what I wrote";
        lead: "Seul l'auteur peut corriger son document. Dites-lui ce qui est faux.", "Only the author can correct their document. Tell them what is wrong.";
        never_erased: "L'ancienne version reste dans le dossier, marquée comme remplacée.", "The old version stays in the record, marked as replaced.";
        quote: "La phrase fausse, telle qu'elle est écrite", "The wrong sentence, as it is written";
        quote_hint: "Recopiez-la depuis le document.", "Copy it from the document.";
        wrong: "Qu'est-ce qui est faux ?", "What is wrong?";
        right: "Que faudrait-il écrire ?", "What should it say?";
        send: "Envoyer à l'auteur", "Send to the author";
        missing: "Dites ce qui est faux.", "Say what is wrong.";
        too_long: "C'est trop long : 1 000 signes au plus, 300 pour la phrase.", "This is too long: 1 000 characters at most, 300 for the sentence.";
        list: "Mes demandes de correction", "My requests for correction";
        list_lead: "L'auteur a un mois pour répondre (règlement européen sur les données, articles 12 et 16).", "The author has a month to answer (European data regulation, articles 12 and 16).";
        none: "Aucune demande. Vous pouvez en faire une depuis la page d'un document.", "No request. You can make one from the page of a document.";
        asked: "Demandé le", "Asked on";
        by: "par", "by";
        author: "à", "to";
        due: "Réponse attendue avant le", "Answer due before";
        late: "Le délai est passé. Vous pouvez saisir la CNIL, l'autorité des données personnelles.", "The time is over. You may turn to the CNIL, the data protection authority.";
        nobody: "L'auteur n'a pas de compte ici. L'exploitant du service suit la demande.", "The author has no account here. The operator of the service follows the request.";
        see_new: "Lire la version corrigée", "Read the corrected version";
        answered: "Réponse", "Answer";
        reason: "Motif", "Reason";
        withdraw: "Retirer la demande", "Take the request back";
        back: "Revenir au document", "Back to the document";
        back_home: "Revenir au dossier", "Back to the record";
        pro_title: "Demande de correction", "Request for correction";
        pro_list: "Demandes de correction", "Requests for correction";
        pro_lead: "Une personne signale une erreur dans un document que vous ou votre structure avez écrit.", "A person reports an error in a document that you or your structure wrote.";
        pro_answer: "Corriger", "Correct";
        pro_software: "Publiez la version corrigée avec votre logiciel, en remplacement de ce document : la demande se ferme d'elle-même.", "Publish the corrected version with your software, as a replacement of this document: the request closes by itself.";
        pro_file: "Ou envoyez-la ici (PDF, 5 Mo au plus)", "Or send it here (PDF, 5 MB at most)";
        pro_replace: "Publier la version corrigée", "Publish the corrected version";
        pro_file_wrong: "Envoyez un PDF lisible de 5 Mo au plus.", "Send a readable PDF of 5 MB at most.";
        pro_refuse: "Refuser", "Refuse";
        pro_reason: "Pourquoi le document est juste", "Why the document is right";
        pro_reason_hint: "La personne lira ces mots. 1 000 signes au plus.", "The person will read these words. 1 000 characters at most.";
        pro_reason_wrong: "Donnez un motif, de 1 000 signes au plus.", "Give a reason, of 1 000 characters at most.";
        pro_send_refusal: "Envoyer le refus", "Send the refusal";
        pro_back: "Revenir à mes patients", "Back to my patients";
        pro_person: "Personne", "Person";
        pro_document: "Document", "Document";
        pro_open: "Ouvrir la demande", "Open the request";
        over: "Cette demande a déjà sa réponse.", "This request was already answered.";
        overdue: "délai passé", "overdue";
    }
}

/// Where a request stands.
pub fn stage_words(stage: CorrectionStage, lang: Lang) -> &'static str {
    let (fr, en) = match stage {
        CorrectionStage::Sent => ("envoyée", "sent"),
        CorrectionStage::Seen => ("vue par l'auteur", "seen by the author"),
        CorrectionStage::Overdue => ("sans réponse, délai passé", "unanswered, overdue"),
        CorrectionStage::Replaced => ("document corrigé", "document corrected"),
        CorrectionStage::Refused => ("refusée", "refused"),
        CorrectionStage::Withdrawn => ("retirée", "taken back"),
    };
    lang.pick(fr, en)
}

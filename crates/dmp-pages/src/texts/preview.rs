//! Texts of "what they see".

use dmp_core::access::{Reason, Viewer};

use crate::Lang;
use crate::journal_reason::reason_words;
use crate::lang::texts;

texts! {
    /// The preview.
    PreviewTexts {
        title: "Ce que voit…", "What they see…";
        lead: "Choisissez une personne. La page montre ce qu'elle verrait maintenant. La réponse vient des mêmes règles que l'accès réel.", "Choose somebody. The page shows what they would see now. The answer comes from the same rules as a real access.";
        nobody_told: "Cette personne n'en sait rien. Aucun accès n'est noté à son nom.", "That person knows nothing of it. No access is noted in their name.";
        other: "Choisir quelqu'un d'autre", "Choose somebody else";
        roles: "Un métier", "A profession";
        listed: "Une personne de votre liste", "Somebody of your list";
        listed_other: "Une personne de la liste", "Somebody of the list";
        sees: "Ce que voit", "What is seen by";
        nothing: "Cette personne ne verrait rien.", "This person would see nothing.";
        emergency: "Chaque accès en urgence vous est signalé.", "Each emergency access is reported to you.";
        blocks: "La synthèse, rubrique par rubrique", "The summary, heading by heading";
        block: "Rubrique", "Heading";
        part: "Ce qui est visible", "What is visible";
        results: "Résultats et mesures", "Results and measures";
        seen: "Documents visibles", "Visible documents";
        unseen: "Documents qui ne sont pas visibles", "Documents that are not visible";
        none_seen: "Aucun document.", "No document.";
        none_unseen: "Tous les documents sont visibles.", "Every document is visible.";
        everything: "Montrer tous les documents", "Show every document";
        why: "Pourquoi", "Why";
        choose: "Choisissez d'abord une personne.", "Choose somebody first.";
        agreed: "Ici, vous donnez votre accord pendant la consultation.", "Here, you agree during the appointment.";
        not_agreed: "Ici, vous ne donnez pas votre accord.", "Here, you do not agree.";
        with_agreement: "Et si vous donnez votre accord sur place ?", "And if you agree on the spot?";
        without_agreement: "Et sans votre accord ?", "And without your agreement?";
    }
}

/// « 12 documents sur 40 seraient visibles. »
pub fn seen_words(seen: usize, all: usize, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("{seen} documents visibles sur {all}."),
        Lang::En => format!("{seen} documents visible of {all}."),
    }
}

/// A viewer in words.
pub fn viewer_words(viewer: Viewer, lang: Lang) -> &'static str {
    let (fr, en) = match viewer {
        Viewer::Doctor => ("Un médecin", "A doctor"),
        Viewer::Pharmacist => ("Un pharmacien, une pharmacienne", "A pharmacist"),
        Viewer::Nurse => ("Un infirmier, une infirmière", "A nurse"),
        Viewer::Midwife => ("Une sage-femme", "A midwife"),
        Viewer::Dentist => ("Votre dentiste", "Your dentist"),
        Viewer::Physiotherapist => ("Un ou une kinésithérapeute", "A physiotherapist"),
        Viewer::Podiatrist => ("Un ou une podologue", "A podiatrist"),
        Viewer::SpeechTherapist => ("Un ou une orthophoniste", "A speech therapist"),
        Viewer::Optician => ("Un opticien, une opticienne", "An optician"),
        Viewer::Psychologist => ("Un ou une psychologue", "A psychologist"),
        Viewer::SocialWorker => ("L'assistance sociale", "A social worker"),
        Viewer::CareAssistant => ("L'aide-soignance", "A care assistant"),
        Viewer::Student => ("Un médecin en formation, sans superviseur", "A doctor in training, without a supervisor"),
        Viewer::Secretary => ("Le secrétariat médical", "The medical secretary"),
        Viewer::OccupationalDoctor => ("Le médecin du travail", "The occupational doctor"),
        Viewer::EmergencyDoctor => ("Un médecin aux urgences, si vous ne pouvez pas parler", "An emergency doctor, if you cannot speak"),
        Viewer::RegulatingDoctor => ("Le médecin du 15 (SAMU)", "The doctor of the 15 (emergency call centre)"),
        Viewer::Insurer => ("Un assureur", "An insurer"),
        Viewer::Mutual => ("Votre mutuelle", "Your mutual insurer"),
        Viewer::Employer => ("Votre employeur", "Your employer"),
    };
    lang.pick(fr, en)
}

/// Why somebody would not see: in the present, for the person who asks.
pub fn hidden_words(reason: Reason, own: bool, lang: Lang) -> &'static str {
    let (fr, en) = match reason {
        Reason::InsurersNever => ("la loi l'interdit toujours, même avec votre accord", "the law always forbids it, even if you agree"),
        Reason::OccupationalMedicine => ("la médecine du travail a besoin d'un accord exprès", "occupational medicine needs an express consent"),
        Reason::Blocked => ("cette personne est bloquée", "this person is blocked"),
        Reason::BreakGlassOpposed => ("l'accès en urgence est refusé d'avance", "emergency access is refused beforehand"),
        Reason::RegulationCentreOpposed => ("la lecture par le 15 est refusée d'avance", "reading by the 15 is refused beforehand"),
        Reason::NotAuthorised => {
            ("sans autorisation ni accord sur place, rien ne s'ouvre", "without authorisation or agreement on the spot, nothing opens")
        }
        Reason::AuthorisationExpired => ("l'autorisation a pris fin", "the authorisation has ended"),
        Reason::NotInMatrix => ("ce métier n'a pas accès à ce genre de document", "this profession has no access to this kind of document"),
        Reason::StudentUnsupervised => ("personne ne supervise cette personne en formation", "nobody supervises this person in training"),
        Reason::Masked if own => ("vous avez masqué ce document", "you hid this document"),
        Reason::Masked => ("ce document est masqué", "this document is hidden"),
        Reason::NoRulePermits => ("ce rôle ne lit aucun document", "this role reads no document"),
        Reason::RecordClosed => ("le dossier est fermé", "the record is closed"),
        Reason::RecordSuspended => ("le dossier est suspendu", "the record is suspended"),
        Reason::Deleted => ("ce document est supprimé", "this document is deleted"),
        other => reason_words(other, own),
    };
    lang.pick(fr, en)
}

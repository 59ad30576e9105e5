//! Texts of "I do not know this person": who it is, why they could look, what to do.

use dmp_core::record::{ReportFinding, ReportState};

use crate::journal_reason::Ground;
use crate::lang::texts;
use crate::{Lang, ReportShown, WhoState, dates};

texts! {
    /// The page about one person of the journal.
    WhoTexts {
        title: "Qui est cette personne ?", "Who is this person?";
        back: "Retour à « Qui a regardé »", "Back to “Who looked”";
        name: "Nom", "Name";
        profession: "Métier", "Profession";
        structure: "Lieu d'exercice", "Place of work";
        unknown: "non indiqué", "not given";
        state: "Aujourd'hui", "Today";
        why: "Pourquoi cette personne a pu regarder", "Why this person could look";
        why_none: "Cette personne n'a rien pu lire. Ses demandes ont été refusées.", "This person could not read anything. Their requests were refused.";
        acts: "Tout ce que cette personne a fait dans le dossier", "Everything this person did in the record";
        unknown_title: "Je ne connais pas cette personne", "I do not know this person";
        unknown_lead: "C'est fréquent, et souvent normal. Le laboratoire, le radiologue ou le pharmacien agissent sans vous rencontrer. Regardez la date : aviez-vous un soin ce jour-là ?", "It is common, and often normal. The laboratory, the radiologist or the pharmacist act without meeting you. Look at the date: did you have care on that day?";
        unknown_then: "Si rien ne l'explique, vous avez deux moyens. Ils s'ajoutent l'un à l'autre.", "If nothing explains it, you have two ways. You can use both.";
        block_title: "1. Fermer la porte", "1. Close the door";
        block_means: "Cette personne ne pourra plus rien lire, même en urgence. Vous pourrez changer d'avis à tout moment.", "This person will not be able to read anything more, not even in an emergency. You can change your mind at any time.";
        block: "Bloquer cette personne", "Block this person";
        blocked_now: "Cette personne est bloquée.", "This person is blocked.";
        report_title: "2. Demander une vérification", "2. Ask for a check";
        report_means: "Le délégué à la protection des données vérifie chaque accès signalé. Il voit la ligne du journal et votre message. Il ne voit aucun document.", "The data-protection officer checks each access that is reported. They see the line of the journal and your message. They see no document.";
        words: "Votre message (facultatif)", "Your message (optional)";
        words_hint: "Dites ce qui vous étonne. N'écrivez rien sur votre santé. 1 000 caractères au plus.", "Say what surprises you. Write nothing about your health. At most 1,000 characters.";
        report: "Envoyer le signalement", "Send the report";
        report_next: "Ensuite", "What happens next";
        next_now: "Tout de suite : votre signalement reçoit un numéro. Vous le retrouvez sur la page « Qui a regardé ».", "At once: your report gets a number. You find it on the page “Who looked”.";
        next_month: "En un mois au plus : vous recevez une réponse écrite. C'est la loi (article 12 du règlement européen sur les données).", "Within one month: you get a written answer. It is the law (article 12 of the European regulation on data).";
        next_bad: "Si l'accès est illégal : on vous le dit, et l'on vous dit ce qui est fait. Vous pouvez aussi porter plainte et saisir la CNIL (l'autorité qui protège les données).", "If the access is unlawful: you are told, and told what is done. You may also lodge a complaint and turn to the CNIL (the authority that protects data).";
        open_report: "Vous avez déjà signalé cet accès.", "You have already reported this access.";
        too_long: "Votre message est trop long. Gardez 1 000 caractères au plus.", "Your message is too long. Keep 1,000 characters at most.";
        reports: "Vos signalements", "Your reports";
        report_number: "Signalement", "Report";
        answer: "Réponse", "Answer";
        structure_title: "Tout ce qui vient de ce lieu", "Everything from this place";
    }
}

/// Where the person stands with somebody of the journal.
pub fn state_words(state: WhoState, lang: Lang) -> &'static str {
    let (fr, en) = match state {
        WhoState::Authorised => ("accès permis par votre liste", "access allowed by your list"),
        WhoState::Expired => ("autorisation terminée", "authorisation ended"),
        WhoState::Blocked => ("accès bloqué par vous", "access blocked by you"),
        WhoState::Team => ("membre d'une équipe qui vous soigne", "member of a team that cares for you"),
        WhoState::Unlisted => ("sans autorisation durable", "without a lasting authorisation"),
    };
    lang.pick(fr, en)
}

/// Why the law let somebody look, in two or three sentences.
pub fn ground_explained(ground: Ground, lang: Lang) -> &'static str {
    let (fr, en) = match ground {
        Ground::MedecinTraitant => (
            "C'est votre médecin traitant. La loi lui ouvre tout le dossier, même les documents masqués (article L.1111-16 du code de la santé publique).",
            "This is your médecin traitant (regular doctor). The law opens the whole record to them, even hidden documents (article L.1111-16 of the public health code).",
        ),
        Ground::Authorised => (
            "Cette personne est sur votre liste. Vous l'avez autorisée, et vous pouvez retirer cette autorisation (article L.1111-19 du code de la santé publique).",
            "This person is on your list. You authorised them, and you may withdraw it (article L.1111-19 of the public health code).",
        ),
        Ground::ConsentNow => (
            "Cette personne a noté votre accord, donné sur place. Cet accord vaut pour cette fois seulement (article L.1111-17 du code de la santé publique). Vous ne l'avez pas donné ? Signalez-le.",
            "This person noted your agreement, given on the spot. It counts for that time alone (article L.1111-17 of the public health code). You did not give it? Report it.",
        ),
        Ground::CareTeam => (
            "Cette personne fait partie d'une équipe qui vous soigne. Une équipe peut lire le dossier pendant la prise en charge (article L.1110-12 du code de la santé publique). Vous pouvez refuser une équipe.",
            "This person is part of a team that cares for you. A team may read the record during the care (article L.1110-12 of the public health code). You may refuse a team.",
        ),
        Ground::Author => (
            "Cette personne a écrit le document. Un auteur garde la main sur ce qu'il a écrit.",
            "This person wrote the document. Authors keep hold of what they wrote.",
        ),
        Ground::Feeding => (
            "Cette personne a ajouté un document. La loi demande aux professionnels de le faire (article L.1111-15 du code de la santé publique). Ajouter ne permet pas de lire.",
            "This person added a document. The law asks professionals to do so (article L.1111-15 of the public health code). Adding does not allow reading.",
        ),
        Ground::Insurance => (
            "L'assurance maladie transmet les remboursements. Elle ne lit rien dans le dossier.",
            "The health insurance transmits reimbursements. It reads nothing in the record.",
        ),
    };
    lang.pick(fr, en)
}

/// Why somebody could come in without authorisation: break-glass, or a call to the emergency centre.
pub fn emergency_explained(break_glass: bool, lang: Lang) -> &'static str {
    let (fr, en) = if break_glass {
        (
            "Cette personne a déclaré une urgence, le « bris de glace ». La loi le permet si la personne ne peut pas s'exprimer et court un danger (article L.1111-17 du code de la santé publique). Vous pouvez refuser cet accès pour l'avenir, dans « Qui peut regarder ».",
            "This person declared an emergency, the “break-glass”. The law allows it when someone cannot express themself and is in danger (article L.1111-17 of the public health code). You may refuse this access for the future, under “Who may look”.",
        )
    } else {
        (
            "Le médecin du 15 (le SAMU, l'aide médicale urgente) a lu le dossier pendant un appel. La loi le permet si vous ne l'avez pas refusé (article L.1111-17 du code de la santé publique).",
            "The doctor of the 15 (the SAMU, the emergency call centre) read the record during a call. The law allows it unless you refused (article L.1111-17 of the public health code).",
        )
    };
    lang.pick(fr, en)
}

/// How far a report has come, and what comes next by when.
pub fn report_words(report: &ReportShown, lang: Lang) -> String {
    let (sent, due) = (dates::date(report.sent_at, lang), dates::date(report.due, lang));
    let answered = report.answer.as_ref().map(|answer| (dates::date(answer.at, lang), answer.by.clone()));
    match (report.state, answered, lang) {
        (ReportState::Answered, Some((at, by)), Lang::Fr) => format!("Réponse donnée le {at} par {by}"),
        (ReportState::Answered, Some((at, by)), Lang::En) => format!("Answered on {at} by {by}"),
        (ReportState::Taken, _, Lang::Fr) => format!("Envoyé le {sent}, en cours d'examen. Réponse au plus tard le {due}"),
        (ReportState::Taken, _, Lang::En) => format!("Sent on {sent}, being looked at. Answer by {due} at the latest"),
        (ReportState::Sent | ReportState::Answered, _, Lang::Fr) => format!("Envoyé le {sent}. Réponse au plus tard le {due}"),
        (ReportState::Sent | ReportState::Answered, _, Lang::En) => format!("Sent on {sent}. Answer by {due} at the latest"),
    }
}

/// What the operator found.
pub fn finding_words(finding: ReportFinding, lang: Lang) -> &'static str {
    let (fr, en) = match finding {
        ReportFinding::Lawful => ("L'accès était permis.", "The access was allowed."),
        ReportFinding::Unlawful => ("L'accès n'était pas permis.", "The access was not allowed."),
        ReportFinding::Unclear => ("La vérification n'a pas permis de conclure.", "The check did not lead to a conclusion."),
    };
    lang.pick(fr, en)
}

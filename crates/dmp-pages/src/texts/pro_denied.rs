//! Texts of a record that does not open for a professional.

use crate::lang::texts;
use crate::{BreakGlassProblem, Lang};

texts! {
    /// Denied.
    DeniedTexts {
        perhaps_none: "La personne vous dit qu'elle n'a pas de dossier, et elle en veut un ?", "The person tells you that they have no record, and want one?";
        perhaps_open: "L'ouvrir avec elle", "Open it with them";
        title: "Vous ne pouvez pas ouvrir ce dossier maintenant", "You cannot open this record now";
        why: "Cette page est la même que la personne ait un dossier ou non, ouvert ou fermé. Elle ne dit rien de plus. Votre demande est notée.", "This page is the same whether or not the person has a record, open or closed. It says nothing more. Your request is noted.";
        back: "Ouvrir un autre dossier", "Open another record";
        consent_title: "La personne est là et donne son accord", "The person is here and agrees";
        consent_means: "Demandez-lui si elle accepte que vous lisiez son dossier. L'accord vaut pour cette consultation.", "Ask whether they accept that you read their record. The consent holds for this consultation.";
        consent: "La personne m'a donné son accord maintenant", "The person has given me their consent now";
        consent_missing: "Cochez la case une fois que la personne a donné son accord.", "Tick the box once the person has agreed.";
        consent_do: "Enregistrer l'accord et ouvrir", "Record the consent and open";
        also_lasting: "Elle m'ajoute aussi à la liste des professionnels qu'elle autorise", "They also put me on the list of professionals whom they authorise";
        lasting_title: "Demander une autorisation durable", "Ask for a lasting authorisation";
        lasting_means: "Demandez à la personne, qui est là, si elle vous ajoute à la liste des professionnels qui peuvent ouvrir son dossier. Elle peut vous en retirer à tout moment.", "Ask the person, who is here, whether they put you on the list of professionals who may open their record. They can take you off it at any time.";
        lasting_shown: "Sa liste dira :", "Their list will say:";
        lasting: "La personne est présente et accepte de m'ajouter à sa liste", "The person is present and agrees to put me on their list";
        lasting_do: "Enregistrer l'autorisation", "Record the authorisation";
        centre_title: "Appel reçu par le SAMU – Centre 15", "Call received by the SAMU emergency call centre";
        centre_means: "Comme médecin régulateur, vous pouvez lire le dossier de la personne dont vous traitez l'appel, sauf opposition exprimée d'avance. Cet accès ne permet que de lire.", "As a regulating doctor you may read the record of the person whose call you handle, unless they objected beforehand. This access only reads.";
        centre_do: "Lire pour cet appel", "Read for this call";
        glass_title: "Urgence : la personne ne peut pas s'exprimer", "Emergency: the person cannot express themself";
        glass_means: "La loi permet d'ouvrir un dossier sans accord si deux conditions sont réunies, sauf opposition exprimée d'avance par la personne (bris de glace).", "The law allows opening a record without consent if two conditions are met, unless the person objected beforehand (break-glass).";
        attest: "J'atteste que", "I attest that";
        unable: "la personne est hors d'état d'exprimer sa volonté", "the person is unable to express their will";
        risk: "il y a un risque immédiat pour sa santé", "there is an immediate risk to their health";
        reason: "Motif de l'accès", "Reason for access";
        reason_hint: "La personne lira ces mots. Cinq cents caractères au plus.", "The person will read these words. Five hundred characters at most.";
        told_title: "Ce que la personne et son médecin traitant liront", "What the person and their médecin traitant will read";
        glass_do: "Ouvrir en urgence", "Open in an emergency";
    }
}

/// What is wrong with the emergency form.
pub fn break_glass_words(problem: BreakGlassProblem, lang: Lang) -> &'static str {
    let (fr, en) = match problem {
        BreakGlassProblem::ReasonMissing => ("Écrivez le motif : la personne le lira.", "Write the reason: the person will read it."),
        BreakGlassProblem::ReasonTooLong => {
            ("Le motif est trop long : cinq cents caractères au plus.", "The reason is too long: five hundred characters at most.")
        }
        BreakGlassProblem::AttestationsMissing => (
            "Cochez les deux attestations si elles sont vraies. Sans elles, le dossier ne s'ouvre pas.",
            "Tick both attestations if they are true. Without them, the record does not open.",
        ),
    };
    lang.pick(fr, en)
}

/// The notice that the person will get when a regulating doctor reads.
pub fn centre_told_words(professional: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => crate::journal_sentence::typeset(&format!(
            "« {professional} a ouvert le dossier pour le SAMU – Centre 15. » suivi de la date et de l'heure."
        )),
        Lang::En => format!("“{professional} opened the record for the SAMU emergency call centre.” followed by the date and the time."),
    }
}

/// The notice that the person will get.
pub fn told_words(professional: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => crate::journal_sentence::typeset(&format!(
            "« {professional} a ouvert le dossier en urgence, sans autorisation (bris de glace). » suivi de la date, de l'heure et de votre motif."
        )),
        Lang::En => format!(
            "“{professional} opened the record in an emergency, without authorisation (break-glass).” followed by the date, the time and your reason."
        ),
    }
}

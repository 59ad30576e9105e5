//! Texts of the inbox and of the settings of notices.

use dmp_core::record::NoticeKind;

use crate::Lang;
use crate::lang::texts;

texts! {
    /// Words of the page.
    NoticesTexts {
        title: "Messages", "Messages";
        lead: "Ce qui s'est passé dans le dossier et que vous devez savoir.", "What happened in the record and that you should know.";
        none: "Aucun message.", "No message.";
        settings: "Comment être prévenu", "How to be told";
        by_mail: "Les messages sont annoncés à l'adresse", "Messages are announced at the address";
        by_letter: "Aucune adresse électronique n'est enregistrée. Ce que la loi impose de vous dire arrive par courrier, le reste attend ici.", "No e-mail address is recorded. What the law makes known comes by letter, the rest waits here.";
        never_health: "Un message n'annonce jamais rien sur votre santé : il dit seulement de venir lire ici.", "A message never says anything about your health: it only says to come and read here.";
        language: "Langue des messages", "Language of messages";
        rhythm: "Quand", "When";
        rhythm_hint: "Ce qui est urgent part toujours tout de suite.", "What is urgent always goes at once.";
        at_once: "Tout de suite", "At once";
        daily: "Une fois par jour, le matin", "Once a day, in the morning";
        weekly: "Une fois par semaine, le lundi", "Once a week, on Monday";
        kinds: "Me prévenir quand…", "Tell me when…";
        always: "Vous êtes toujours prévenu quand…", "You are always told when…";
        save: "Enregistrer", "Save";
    }
}

/// What a kind is, as the end of a sentence: « Me prévenir quand… ».
pub fn kind_words(kind: NoticeKind, lang: Lang) -> &'static str {
    let (fr, en) = match kind {
        NoticeKind::RecordOpened => ("le dossier est ouvert", "the record is opened"),
        NoticeKind::BreakGlass => (
            "un professionnel ouvre le dossier en urgence, sans autorisation",
            "a professional opens the record in an emergency, without authorisation",
        ),
        NoticeKind::RegulationCentre => ("le SAMU – Centre 15 ouvre le dossier", "the SAMU emergency call centre opens the record"),
        NoticeKind::NewDocument => ("un document est ajouté", "a document is added"),
        NoticeKind::RecordClosed => ("le dossier est fermé", "the record is closed"),
        NoticeKind::AnnouncementReminder => {
            ("une information nouvelle attend d'être expliquée par un professionnel", "new information waits to be explained by a professional")
        }
        NoticeKind::DocumentShown => ("un document devient visible un mois après son ajout", "a document shows a month after it was added"),
        NoticeKind::RecordSuspended => ("l'accès au dossier est suspendu", "access to the record is suspended"),
        NoticeKind::SuspensionLifted => ("la suspension est levée", "the suspension is lifted"),
        NoticeKind::DestructionRequested => ("la destruction du dossier est demandée", "the destruction of the record is asked for"),
        NoticeKind::RecordDestroyed => ("le dossier est détruit", "the record is destroyed"),
        NoticeKind::HelperInvited => ("une personne est invitée à vous aider", "somebody is invited to help you"),
        NoticeKind::HelperAccepted => ("une personne accepte de vous aider ou de vous représenter", "somebody agrees to help or to represent you"),
        NoticeKind::RepresentativeDeclared => ("un représentant est enregistré", "a representative is recorded"),
        NoticeKind::EpisodeDeclared => ("une équipe de soins est déclarée", "a care team is declared"),
        NoticeKind::MedecinTraitantDeclared => ("le médecin traitant est déclaré", "the médecin traitant (regular doctor) is declared"),
        NoticeKind::IdentityChanged => ("l'identité du dossier est corrigée", "the identity of the record is corrected"),
        NoticeKind::MajorityReached => ("vous devenez majeur ou majeure", "you come of age"),
        NoticeKind::RecordReopened => ("le dossier est rouvert", "the record is opened again"),
        NoticeKind::DocumentChanged => {
            ("quelqu'un d'autre change la visibilité ou l'état d'un document", "somebody else changes who sees a document, or its state")
        }
        NoticeKind::DocumentDeleted => ("quelqu'un d'autre supprime un document", "somebody else deletes a document"),
        NoticeKind::RecordConsulted => ("un professionnel consulte le dossier", "a professional consults the record"),
        NoticeKind::DocumentConsulted => ("un professionnel lit un document", "a professional reads a document"),
        NoticeKind::DirectivesReminder => ("mes directives anticipées ont une année de plus", "my advance directives are a year older"),
        NoticeKind::FirstReimbursements => ("les premiers remboursements arrivent", "the first reimbursements arrive"),
        NoticeKind::RepresentationEnded => ("l'enfant que vous représentez devient majeur ou majeure", "the child whom you represent comes of age"),
        NoticeKind::ShareOpened => ("quelqu'un ouvre un lien que vous avez partagé", "somebody opens a link that you shared"),
        NoticeKind::CorrectionAnswered => ("une demande de correction reçoit sa réponse", "a request for correction is answered"),
        NoticeKind::ContactChanged => ("les coordonnées du dossier changent", "how to reach you is changed"),
        NoticeKind::CredentialsChanged => ("un moyen de vous connecter est ajouté ou retiré", "a way for you to sign in is added or removed"),
        NoticeKind::AppAllowed => ("une application est autorisée à lire le dossier", "an app is allowed to read the record"),
        NoticeKind::AppStopped => ("l'accès d'une application est coupé par sécurité", "the access of an app is cut for safety"),
        NoticeKind::ReportAnswered => ("un signalement d'accès reçoit sa réponse", "a report about an access is answered"),
    };
    lang.pick(fr, en)
}

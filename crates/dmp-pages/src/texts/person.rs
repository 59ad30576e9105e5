//! Texts of the person's record.

use dmp_core::record::NoticeKind;

use crate::lang::texts;
use crate::{Lang, NoticeLine, dates, journal_sentence};

texts! {
    /// The person's record.
    PersonTexts {
        news: "Ce qui est nouveau", "What is new";
        since: "Depuis votre visite du", "Since your visit of";
        first_visit: "Depuis l'ouverture du dossier", "Since the record was opened";
        nothing_new: "Rien de nouveau : aucun document ajouté, aucun accès à votre dossier.", "Nothing new: no document added, nobody opened your record.";
        nothing_new_other: "Rien de nouveau : aucun document ajouté, aucun accès au dossier.", "Nothing new: no document added, nobody opened the record.";
        to_know: "À savoir d'abord", "To know first";
        who_looked: "Qui a regardé", "Who looked";
        all_looks: "Voir toute la liste des accès", "See the whole list of accesses";
        unexpected: "Un accès vous étonne ? Vous pouvez le bloquer.", "Does an access surprise you? You can block it.";
        documents: "Derniers documents", "Latest documents";
        all_documents: "Tous les documents", "All documents";
        last_look: "Dernier accès", "Latest access";
        nobody_looked: "Personne d'autre n'a lu ce dossier ces derniers temps.", "Nobody else has read this record lately.";
        actions: "Que voulez-vous faire ?", "What do you want to do?";
        empty_title: "Aucun document pour le moment", "No document for now";
        empty_since: "Le dossier est ouvert depuis le", "The record has been open since";
        empty_what: "Voici ce qui arrivera ici, et de qui :", "This is what will come here, and from whom:";
        expect_reports: "les comptes rendus de consultation et de séjour à l'hôpital, déposés par les médecins et les établissements ;", "reports of appointments and hospital stays, added by doctors and establishments;";
        expect_labs: "les résultats de biologie et d'imagerie, déposés par les laboratoires et les centres d'imagerie ;", "laboratory and imaging results, added by laboratories and imaging centres;";
        expect_prescriptions: "les ordonnances et ce que la pharmacie a remis ;", "prescriptions and what the pharmacy handed over;";
        expect_summary: "la synthèse médicale du médecin traitant, au moins une fois par an.", "the medical summary by the médecin traitant (regular doctor), at least once a year.";
        empty_missing: "Il manque un document récent ? Demandez à qui a donné les soins de le déposer : c'est un devoir prévu par la loi.", "Is a recent document missing? Ask who gave the care to add it: the law makes it their duty.";
    }
}

/// Whose record it is to its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Own,
    Represented,
    Helped,
}

/// « Nadia EXEMPLE, votre dossier ».
pub fn heading(person: &str, whose: Whose, lang: Lang) -> String {
    match (lang, whose) {
        (Lang::Fr, Whose::Own) => format!("{person}, votre dossier"),
        (Lang::Fr, Whose::Represented) => format!("Le dossier de la personne que vous représentez\u{a0}: {person}"),
        (Lang::Fr, Whose::Helped) => format!("Le dossier de la personne que vous aidez\u{a0}: {person}"),
        (Lang::En, Whose::Own) => format!("{person}, your record"),
        (Lang::En, Whose::Represented) => format!("The record of the person you represent: {person}"),
        (Lang::En, Whose::Helped) => format!("The record of the person you help: {person}"),
    }
}

/// What may be done from the first page: path, French, English.
pub const ACTIONS: &[(&str, &str, &str)] = &[
    ("/add", "Ajouter", "Add"),
    ("/share", "Partager", "Share"),
    ("/emergency-card", "Ma carte d'urgence", "My emergency card"),
    ("/timeline", "Ma frise", "My timeline"),
    ("/measures", "Mes mesures", "My measures"),
    ("/relatives", "Mes proches", "My relatives"),
    ("/expected", "Ce qui manque peut-être", "What may be missing"),
    ("/easy", "Version facile à lire", "Easy-to-read version"),
];

/// « rien d'urgent », « 1 accès en urgence », « 3 nouveautés ».
pub fn greeting(grave: usize, new: usize, lang: Lang) -> String {
    match (lang, grave, new) {
        (Lang::Fr, 0, 0) => "rien de nouveau".to_owned(),
        (Lang::Fr, 0, 1) => "1 nouveauté".to_owned(),
        (Lang::Fr, 0, _) => format!("{new} nouveautés"),
        (Lang::Fr, 1, _) => "1 accès en urgence".to_owned(),
        (Lang::Fr, _, _) => format!("{grave} accès en urgence"),
        (Lang::En, 0, 0) => "nothing new".to_owned(),
        (Lang::En, 0, 1) => "1 new thing".to_owned(),
        (Lang::En, 0, _) => format!("{new} new things"),
        (Lang::En, 1, _) => "1 emergency access".to_owned(),
        (Lang::En, _, _) => format!("{grave} emergency accesses"),
    }
}

/// « 3 nouveaux documents ».
pub fn new_documents(count: usize, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Fr, 1) => "1 nouveau document".to_owned(),
        (Lang::Fr, _) => format!("{count} nouveaux documents"),
        (Lang::En, 1) => "1 new document".to_owned(),
        (Lang::En, _) => format!("{count} new documents"),
    }
}

/// « et 3 autres accès », « et plus de 195 autres accès ».
pub fn more_looks(count: usize, still_more: bool, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Fr, _) if still_more => format!("et plus de {count} autres accès"),
        (Lang::En, _) if still_more => format!("and more than {count} more accesses"),
        (Lang::Fr, 1) => "et un autre accès".to_owned(),
        (Lang::Fr, _) => format!("et {count} autres accès"),
        (Lang::En, 1) => "and one more access".to_owned(),
        (Lang::En, _) => format!("and {count} more accesses"),
    }
}

/// A notice as sentences.
pub fn notice_words(notice: &NoticeLine, lang: Lang) -> String {
    let (when, by) = (dates::date_time(notice.at, lang), notice.by.as_str());
    let reason = notice.words.as_deref().map(|words| words.trim().trim_end_matches('.')).filter(|words| !words.is_empty());
    match lang {
        Lang::Fr => journal_sentence::typeset(&match notice.kind {
            NoticeKind::BreakGlass => {
                let why = reason.map(|words| format!(" Motif donné : « {words} ».")).unwrap_or_default();
                format!(
                    "Le {when}, {by} a ouvert le dossier en urgence, sans autorisation (bris de glace).{why} Le médecin traitant en est informé aussi."
                )
            }
            NoticeKind::RegulationCentre => {
                format!("Le {when}, {by} a ouvert le dossier pendant un appel au SAMU – Centre 15. Le médecin traitant en est informé aussi.")
            }
            NoticeKind::RecordOpened => format!("Le {when}, le dossier a été ouvert par {by}."),
            NoticeKind::NewDocument => format!("Le {when}, {by} a ajouté un document."),
            NoticeKind::RecordClosed => format!("Le {when}, le dossier a été fermé par {by}."),
            other => rare_fr(other, &when, by),
        }),
        Lang::En => match notice.kind {
            NoticeKind::BreakGlass => {
                let why = reason.map(|words| format!(" Reason given: “{words}”.")).unwrap_or_default();
                format!(
                    "On {when}, {by} opened the record in an emergency, without authorisation (break-glass).{why} The médecin traitant (regular doctor) is told as well."
                )
            }
            NoticeKind::RegulationCentre => {
                format!(
                    "On {when}, {by} opened the record during a call to the SAMU emergency call centre. The médecin traitant (regular doctor) is told as well."
                )
            }
            NoticeKind::RecordOpened => format!("On {when}, the record was opened by {by}."),
            NoticeKind::NewDocument => format!("On {when}, {by} added a document."),
            NoticeKind::RecordClosed => format!("On {when}, the record was closed by {by}."),
            other => rare_en(other, &when, by),
        },
    }
}

/// What happens once in a life, in French.
fn rare_fr(kind: NoticeKind, when: &str, by: &str) -> String {
    match kind {
        NoticeKind::AnnouncementReminder => {
            format!(
                "Depuis le {when}, le dossier contient une information nouvelle. Prenez rendez-vous avec un professionnel, par exemple le médecin traitant, pour en parler."
            )
        }
        NoticeKind::DocumentShown => format!("Depuis le {when}, un document ajouté il y a un mois est visible dans le dossier."),
        NoticeKind::RecordSuspended => {
            format!("Le {when}, {by} a suspendu l'accès au dossier pour vous protéger. Vous pouvez vous y opposer dans les six semaines.")
        }
        NoticeKind::SuspensionLifted => format!("Le {when}, {by} a levé la suspension du dossier."),
        NoticeKind::DestructionRequested => {
            format!("Le {when}, {by} a demandé la destruction du dossier fermé. Rouvrir le dossier annule cette demande.")
        }
        NoticeKind::RecordDestroyed => format!("Le {when}, les données du dossier ont été détruites."),
        NoticeKind::HelperInvited => format!("Le {when}, {by} a invité une personne à aider le titulaire du dossier."),
        NoticeKind::HelperAccepted => format!("Le {when}, {by} a accepté d'aider ou de représenter le titulaire du dossier."),
        NoticeKind::RepresentativeDeclared => format!("Le {when}, {by} a enregistré ou invité une personne qui représente le titulaire du dossier."),
        NoticeKind::EpisodeDeclared => format!("Le {when}, {by} a déclaré une équipe de soins. Vous pouvez refuser qu'elle lise le dossier."),
        NoticeKind::MedecinTraitantDeclared => format!("Le {when}, {by} a déclaré le médecin traitant."),
        NoticeKind::IdentityChanged => format!("Le {when}, {by} a corrigé l'identité du dossier."),
        NoticeKind::MajorityReached => {
            format!("Depuis le {when}, vous êtes majeur ou majeure : vos parents ne voient plus le dossier. Vérifiez qui y a accès.")
        }
        NoticeKind::RecordReopened => format!("Le {when}, {by} a rouvert le dossier."),
        NoticeKind::DocumentChanged => format!("Le {when}, {by} a modifié la visibilité ou l'état d'un document."),
        NoticeKind::DocumentDeleted => format!("Le {when}, {by} a supprimé un document."),
        NoticeKind::RecordConsulted => format!("Le {when}, {by} a consulté le dossier."),
        NoticeKind::DocumentConsulted => format!("Le {when}, {by} a lu un document du dossier."),
        NoticeKind::DirectivesReminder => {
            format!("Le {when}, une année de plus a passé sur les choix que vous avez écrits dans le dossier. Sont-ils toujours les vôtres ?")
        }
        NoticeKind::FirstReimbursements => format!("Depuis le {when}, le dossier montre les remboursements de l'assurance maladie."),
        NoticeKind::RepresentationEnded => {
            format!("Depuis le {when}, l'enfant que vous représentiez est majeur ou majeure : vous ne voyez plus son dossier.")
        }
        NoticeKind::ShareOpened => format!("Le {when}, une personne qui dit être « {by} » a ouvert un lien partagé vers le dossier."),
        NoticeKind::ContactChanged => format!("Le {when}, {by} a modifié les coordonnées du dossier."),
        NoticeKind::CredentialsChanged => format!("Le {when}, {by} a changé un moyen de se connecter."),
        NoticeKind::AppAllowed => {
            format!(
                "Le {when}, {by} a autorisé une application à lire le dossier. La page « Applications » dit laquelle, et permet de retirer cet accès."
            )
        }
        NoticeKind::AppStopped => {
            format!("Le {when}, l'accès d'une application au dossier a été coupé : une de ses clés avait servi deux fois. Rien n'est à faire.")
        }
        NoticeKind::CorrectionAnswered => format!("Le {when}, {by} a répondu à une demande de correction."),
        NoticeKind::ReportAnswered => format!("Le {when}, {by} a répondu à votre signalement. La réponse est à la page « Qui a accès »."),
        NoticeKind::CopyTaken => format!("Le {when}, {by} a téléchargé une copie de tout le dossier."),
        NoticeKind::PaperOrdered => format!("Le {when}, {by} a demandé une copie du dossier sur papier."),
        NoticeKind::BreakGlass | NoticeKind::RegulationCentre | NoticeKind::RecordOpened | NoticeKind::NewDocument | NoticeKind::RecordClosed => {
            format!("Le {when}, {by} a agi dans le dossier.")
        }
    }
}

/// The same in English.
fn rare_en(kind: NoticeKind, when: &str, by: &str) -> String {
    match kind {
        NoticeKind::AnnouncementReminder => {
            format!(
                "Since {when}, the record holds new information. Please see a professional about it, for example the médecin traitant (regular doctor)."
            )
        }
        NoticeKind::DocumentShown => format!("Since {when}, a document added a month ago shows in the record."),
        NoticeKind::RecordSuspended => format!("On {when}, {by} suspended access to the record to protect you. You may object within six weeks."),
        NoticeKind::SuspensionLifted => format!("On {when}, {by} lifted the suspension of the record."),
        NoticeKind::DestructionRequested => {
            format!("On {when}, {by} asked for the destruction of the closed record. Opening it again takes this back.")
        }
        NoticeKind::RecordDestroyed => format!("On {when}, the data of the record were destroyed."),
        NoticeKind::HelperInvited => format!("On {when}, {by} invited somebody to help the holder of the record."),
        NoticeKind::HelperAccepted => format!("On {when}, {by} agreed to help or to represent the holder of the record."),
        NoticeKind::RepresentativeDeclared => format!("On {when}, {by} recorded or invited somebody who represents the holder of the record."),
        NoticeKind::EpisodeDeclared => format!("On {when}, {by} declared a care team. You may refuse it the record."),
        NoticeKind::MedecinTraitantDeclared => format!("On {when}, {by} declared the médecin traitant (regular doctor)."),
        NoticeKind::IdentityChanged => format!("On {when}, {by} corrected the identity of the record."),
        NoticeKind::MajorityReached => format!("Since {when}, you are of age: your parents no longer see the record. Please check who does."),
        NoticeKind::RecordReopened => format!("On {when}, {by} opened the record again."),
        NoticeKind::DocumentChanged => format!("On {when}, {by} changed who sees a document, or its state."),
        NoticeKind::DocumentDeleted => format!("On {when}, {by} deleted a document."),
        NoticeKind::RecordConsulted => format!("On {when}, {by} consulted the record."),
        NoticeKind::DocumentConsulted => format!("On {when}, {by} read a document of the record."),
        NoticeKind::DirectivesReminder => format!("On {when}, the choices that you wrote into the record grew a year older. Are they still yours?"),
        NoticeKind::FirstReimbursements => format!("Since {when}, the record shows reimbursements of the health insurance."),
        NoticeKind::RepresentationEnded => format!("Since {when}, the child whom you represented is of age: you no longer see their record."),
        NoticeKind::ShareOpened => format!("On {when}, somebody who says to be “{by}” opened a shared link to the record."),
        NoticeKind::ContactChanged => format!("On {when}, {by} changed how to reach the person of the record."),
        NoticeKind::CredentialsChanged => format!("On {when}, {by} changed a way of signing in."),
        NoticeKind::AppAllowed => {
            format!("On {when}, {by} allowed an app to read the record. The page “Apps” says which one, and lets you take its access away.")
        }
        NoticeKind::AppStopped => {
            format!("On {when}, the access of an app to the record was cut: one of its keys had been used twice. There is nothing to do.")
        }
        NoticeKind::CorrectionAnswered => format!("On {when}, {by} answered a request for correction."),
        NoticeKind::ReportAnswered => format!("On {when}, {by} answered your report. The answer is on the page “Who has access”."),
        NoticeKind::CopyTaken => format!("On {when}, {by} downloaded a copy of the whole record."),
        NoticeKind::PaperOrdered => format!("On {when}, {by} asked for a copy of the record on paper."),
        NoticeKind::BreakGlass | NoticeKind::RegulationCentre | NoticeKind::RecordOpened | NoticeKind::NewDocument | NoticeKind::RecordClosed => {
            format!("On {when}, {by} acted in the record.")
        }
    }
}

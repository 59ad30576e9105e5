//! The French clause after the date.

use dmp_core::audit::made;

use super::*;

/// « Dr Anne MODÈLE (médecin) a lu votre document « … » : vous avez donné votre autorisation. »
pub(super) fn clause(line: &JournalLine, perspective: Perspective) -> String {
    if let Some(told) = share::clause_fr(line, &subject(line, perspective), line.is_you(perspective)) {
        return told;
    }
    let who = subject(line, perspective);
    let auxiliary = if line.is_you(perspective) { "avez" } else { "a" };
    let deed = deed(line, perspective);
    match &line.outcome {
        Outcome::Done => {
            let (circumstance, end) = circumstance(line, perspective);
            format!("{who} {auxiliary} {} {}{circumstance}{end}", deed.participle, deed.rest)
        }
        Outcome::Refused(reason) => {
            let why = refusal_words(*reason, line, perspective, Lang::Fr);
            let how = match () {
                () if line.is_break_glass() => " en urgence (bris de glace)",
                () if line.is_regulation_centre() => " pour le SAMU – Centre 15",
                () => "",
            };
            format!("{who} {auxiliary} demandé à {} {}{how}. Demande refusée : {why}.{}", deed.infinitive, deed.rest, motive(line))
        }
    }
}

/// What came with the act, and the end of the sentence.
fn circumstance(line: &JournalLine, perspective: Perspective) -> (String, String) {
    if line.is_break_glass() {
        return (" en urgence, sans autorisation (bris de glace).".to_owned(), motive(line));
    }
    if line.is_regulation_centre() {
        return (" pendant un appel au SAMU – Centre 15.".to_owned(), String::new());
    }
    match ground_words(line, perspective, Lang::Fr).filter(|_| !line.by_reader) {
        Some(ground) => (format!(" : {ground}"), ".".to_owned()),
        None => (String::new(), ".".to_owned()),
    }
}

fn motive(line: &JournalLine) -> String {
    match line.words.as_deref().map(|words| words.trim().trim_end_matches('.')) {
        Some(words) if line.is_break_glass() && !words.is_empty() => format!(" Motif donné : « {words} »."),
        _ => String::new(),
    }
}

fn subject(line: &JournalLine, perspective: Perspective) -> String {
    if line.is_you(perspective) {
        return "vous".to_owned();
    }
    if let Some(app) = &line.app {
        if line.kind == CallerKind::Professional {
            let place = line.place(Lang::Fr).map(|place| format!(" ({place})")).unwrap_or_default();
            return format!("{}{place}, avec l'application « {} »,", line.name.trim(), app.name.fr);
        }
        let since = dates::date(app.since, Lang::Fr);
        let by = match (line.kind, perspective) {
            (CallerKind::Patient, Perspective::Person) => "que vous avez autorisée".to_owned(),
            (_, _) => format!("autorisée par {}", line.name.trim()),
        };
        return format!("l'application « {} », {by} le {since},", app.name.fr);
    }
    let name = if line.name.trim().is_empty() { "une personne sans nom connu" } else { line.name.trim() };
    let with = |quality: &str| match &line.structure {
        Some(structure) if structure != name => format!("{name} ({quality}, {structure})"),
        _ => format!("{name} ({quality})"),
    };
    match (line.kind, perspective) {
        (CallerKind::Patient, _) => format!("{name} (titulaire du dossier)"),
        (CallerKind::Representative, Perspective::Person) => format!("{name}, qui vous représente,"),
        (CallerKind::Representative, Perspective::Other) => format!("{name}, qui représente la personne,"),
        (CallerKind::Helper, Perspective::Person) => format!("{name}, qui vous aide,"),
        (CallerKind::Helper, Perspective::Other) => format!("{name}, qui aide la personne,"),
        (CallerKind::Professional, _) => line.place(Lang::Fr).map_or_else(|| name.to_owned(), |place| format!("{name} ({place})")),
        (CallerKind::Organization, _) => format!("l'établissement {}", line.structure.as_deref().unwrap_or(name)),
        (CallerKind::Agent, _) => with("accueil de l'assurance maladie"),
        (CallerKind::Insurer, _) => with("assurance"),
        (CallerKind::Mutual, _) => with("mutuelle"),
        (CallerKind::Employer, _) => with("employeur"),
        (CallerKind::Operator, _) => with("exploitation du service"),
        (CallerKind::Automaton, _) if line.name.trim().is_empty() => "le service, de façon automatique,".to_owned(),
        (CallerKind::Automaton, _) => format!("le service, de façon automatique ({name}),"),
        (CallerKind::ReimbursementFeed, _) => "l'assurance maladie, de façon automatique,".to_owned(),
    }
}

/// What was done: « lu », « lire », « votre document … ».
struct Deed {
    participle: &'static str,
    infinitive: &'static str,
    rest: String,
}

fn deed(line: &JournalLine, perspective: Perspective) -> Deed {
    let person = perspective == Perspective::Person;
    let pick = |yours: &'static str, theirs: &'static str| if person { yours } else { theirs };
    let record = pick("votre dossier", "le dossier");
    let document = match &line.document {
        Some(title) => format!("{} « {title} »", pick("votre document", "le document")),
        None => format!("un document {}", pick("de votre dossier", "du dossier")),
    };
    let about = line.about.as_deref().map(str::trim).filter(|about| !about.is_empty()).unwrap_or("une personne");
    let own_right = line.kind == CallerKind::Professional && line.about.as_deref().is_none_or(|about| about == line.name);
    let (participle, infinitive, rest) = match line.act {
        Act::CheckAccess if line.made(made::ACTING) => ("commencé", "commencer", format!("à agir dans {record}")),
        Act::CheckAccess => ("vérifié", "vérifier", format!("si l'accès {} est ouvert", pick("à votre dossier", "au dossier"))),
        Act::List if line.made(made::SUMMARY) => ("lu", "lire", format!("la synthèse {}{}", pick("de votre dossier", "du dossier"), count(line))),
        Act::List if line.made(made::SEARCH) => {
            ("cherché", "chercher", format!("dans les textes {}{}", pick("de votre dossier", "du dossier"), count(line)))
        }
        Act::List if line.made(made::NEWS) => ("vu", "voir", format!("ce qui est nouveau dans {record}{}", count(line))),
        Act::List if line.made(made::ORDERS) => ("vérifié", "vérifier", format!("dans {record} si un examen a été fait récemment{}", count(line))),
        Act::List => ("vu", "voir", format!("la liste {}{}", pick("de vos documents", "des documents"), count(line))),
        Act::Consult => ("lu", "lire", document),
        Act::Publish => ("ajouté", "ajouter", format!("{} {}", titled(line, "le document", "un document"), pick("à votre dossier", "au dossier"))),
        Act::Replace => {
            let version = titled(line, "une nouvelle version du document", "une nouvelle version d'un document");
            ("déposé", "déposer", format!("{version} dans {record}"))
        }
        Act::Mask => ("masqué", "masquer", format!("{document} aux professionnels")),
        Act::Unmask => ("rendu", "rendre", format!("{document} de nouveau visible par les professionnels")),
        Act::ShowToPatient => ("rendu", "rendre", format!("{document} visible par {}", pick("vous", "la personne"))),
        Act::ShowToRepresentatives => {
            ("rendu", "rendre", format!("{document} visible par {} légaux", pick("vos représentants", "les représentants")))
        }
        Act::Delete => ("supprimé", "supprimer", document),
        Act::Archive => ("archivé", "archiver", document),
        Act::Unarchive => ("sorti", "sortir", format!("{document} des archives")),
        Act::Authorise if own_right => ("enregistré", "enregistrer", format!("{} de lire {record}", pick("votre autorisation", "l'autorisation"))),
        Act::Authorise => ("autorisé", "autoriser", format!("{about} à lire {record}")),
        Act::Revoke => ("retiré", "retirer", format!("à {about} l'autorisation de lire {record}")),
        Act::Block => ("bloqué", "bloquer", format!("l'accès {} {}", of(about), pick("à votre dossier", "au dossier"))),
        Act::Unblock => ("levé", "lever", format!("le blocage {}, sans rendre l'accès", of(about))),
        Act::DeclareMedecinTraitant if own_right => {
            ("enregistré", "enregistrer", pick("son rôle de médecin traitant auprès de vous", "son rôle de médecin traitant").to_owned())
        }
        Act::DeclareMedecinTraitant => ("déclaré", "déclarer", format!("{about} comme médecin traitant")),
        Act::NameAdministrator => ("confié", "confier", format!("à {about} l'administration {}", pick("de votre dossier", "du dossier"))),
        Act::SetConsents => ("modifié", "modifier", format!("{} d'accès", pick("vos accords", "les accords"))),
        Act::SetEmergencyChoices => ("modifié", "modifier", format!("{} pour les urgences", pick("vos choix", "les choix"))),
        Act::ReadJournal => ("consulté", "consulter", format!("la liste des accès {}", pick("à votre dossier", "au dossier"))),
        Act::CreateRecord => ("créé", "créer", format!("{record}{}", agreed(line))),
        Act::ReactivateRecord => ("rouvert", "rouvrir", record.to_owned()),
        Act::CloseRecord => ("fermé", "fermer", record.to_owned()),
        Act::ReadAdministrative => ("lu", "lire", format!("{} administratives, sans aucune donnée de santé", pick("vos données", "les données"))),
        Act::DeclareEpisode => ("déclaré", "déclarer", format!("une prise en charge par {}", line.about.as_deref().unwrap_or("une équipe de soins"))),
        Act::EndEpisode => ("déclaré", "déclarer", "la fin d'une prise en charge".to_owned()),
        Act::OpposeEpisode => ("refusé", "refuser", format!("l'accès {} à une équipe de soins", pick("à votre dossier", "au dossier"))),
        Act::RecordTeamConsent => {
            ("recueilli", "recueillir", format!("{} pour les équipes de soins", pick("votre accord", "l'accord de la personne")))
        }
        Act::DeclareRepresentative => ("enregistré", "enregistrer", format!("{about} comme représentant légal")),
        Act::EndRepresentation => ("mis", "mettre", format!("fin à la représentation légale par {about}")),
        Act::InviteHelper => ("invité", "inviter", format!("{about} à {} comme aidant", pick("vous aider", "aider la personne"))),
        Act::AcceptInvitation => ("accepté", "accepter", "une invitation à aider ou à représenter".to_owned()),
        Act::DeclineInvitation => ("refusé", "refuser", "une invitation à aider ou à représenter".to_owned()),
        Act::EndHelper => ("mis", "mettre", format!("fin au mandat d'aidant confié à {about}")),
        Act::EndMedecinTraitant => ("retiré", "retirer", format!("à {about} le rôle de médecin traitant")),
        Act::UpdateContact => ("modifié", "modifier", pick("vos coordonnées", "les coordonnées").to_owned()),
        Act::ChangeCredentials => ("changé", "changer", pick("vos moyens de connexion", "les moyens de connexion").to_owned()),
        Act::HandOutCodes => {
            let holder = line.about.as_deref().unwrap_or("une personne");
            ("remis", "remettre", format!("en personne à {holder} une feuille de codes de connexion{}", line.checked_by()))
        }
        Act::DownloadAll => ("téléchargé", "télécharger", format!("une copie {}", pick("de tout votre dossier", "de tout le dossier"))),
        Act::Share => ("partagé", "partager", format!("une partie {}", pick("de votre dossier", "du dossier"))),
        Act::ReportDeath => ("enregistré", "enregistrer", "un décès : le dossier est figé".to_owned()),
        Act::WithdrawDeathReport => ("annulé", "annuler", "un décès enregistré par erreur".to_owned()),
        Act::SuspendRecord => ("suspendu", "suspendre", format!("l'accès {}", pick("à votre dossier", "au dossier"))),
        Act::ObjectToSuspension => ("contesté", "contester", format!("la suspension {}", pick("de votre dossier", "du dossier"))),
        Act::LiftSuspension => ("levé", "lever", format!("la suspension {}", pick("de votre dossier", "du dossier"))),
        Act::RequestDestruction => ("demandé", "demander", format!("la destruction {} archivé", pick("de votre dossier", "du dossier"))),
        Act::DestroyRecord => ("détruit", "détruire", format!("le contenu {} archivé", pick("de votre dossier", "du dossier"))),
        Act::ProposeIdentityChange => ("proposé", "proposer", format!("une correction {}", pick("de votre identité", "de l'identité"))),
        Act::CorrectIns => ("corrigé", "corriger", format!("{} INS{}", pick("votre numéro", "le numéro"), proposer(line))),
        Act::MergeRecords => ("réuni", "réunir", format!("{record} avec un second dossier de la même personne{}", proposer(line))),
        Act::UnmergeRecords => ("séparé", "séparer", format!("{record} d'un dossier réuni auparavant{}", proposer(line))),
        Act::RecordLetter => ("envoyé", "envoyer", format!("la lettre qui annonce l'ouverture {}", pick("de votre dossier", "du dossier"))),
        Act::AllowApp => ("autorisé", "autoriser", format!("l'application « {about} » à lire {record}")),
        Act::WithdrawApp if line.is_used_twice() => {
            ("perdu", "perdre", format!("son accès {}, car une de ses clés a servi deux fois", pick("à votre dossier", "au dossier")))
        }
        Act::WithdrawApp if line.app.is_some() => ("rendu", "rendre", format!("son accès {}", pick("à votre dossier", "au dossier"))),
        Act::WithdrawApp => ("retiré", "retirer", format!("à l'application « {about} » son accès {}", pick("à votre dossier", "au dossier"))),
        Act::ConnectApp => ("ouvert", "ouvrir", format!("une connexion {} pour une heure au plus", pick("à votre dossier", "au dossier"))),
        Act::RequestCorrection => ("demandé", "demander", format!("la correction d'une erreur dans {document}")),
        Act::WithdrawCorrection => ("retiré", "retirer", format!("une demande de correction sur {document}")),
        Act::SeeCorrection => ("lu", "lire", format!("une demande de correction sur {document}")),
        Act::AnswerCorrection => ("répondu", "répondre", format!("à une demande de correction sur {document}")),
        Act::ObjectToOpening => ("refusé", "refuser", format!("l'ouverture {}", pick("de votre dossier", "du dossier"))),
        Act::ReportAccess => ("signalé", "signaler", format!("un accès {} à vérifier", of(about))),
        Act::HandleReport => ("examiné", "examiner", format!("{} sur un accès {}", pick("votre signalement", "un signalement"), of(about))),
        Act::MaskAll => ("changé", "changer", format!("la visibilité de tous {} pour les professionnels", pick("vos documents", "les documents"))),
        Act::OrderPaper => ("demandé", "demander", format!("une copie {} sur papier", pick("de votre dossier", "du dossier"))),
        Act::SendPaper => ("imprimé", "imprimer", format!("la copie {} demandée sur papier", pick("de votre dossier", "du dossier"))),
        Act::ProposeCampaign => ("proposé", "proposer", "une campagne d'invitations".to_owned()),
        Act::ConfirmCampaign => ("confirmé", "confirmer", "une campagne d'invitations".to_owned()),
        Act::StopCampaign => ("arrêté", "arrêter", "une campagne d'invitations".to_owned()),
        Act::ReadCampaigns => ("lu", "lire", "la liste des campagnes d'invitations".to_owned()),
        Act::CancelOpening => ("annulé", "annuler", format!("l'ouverture {}, faite par erreur", pick("de votre dossier", "du dossier"))),
        Act::ImportRecord => (
            "repris",
            "reprendre",
            format!("{record} à partir d'une copie {}{}", pick("que vous aviez gardée", "que la personne avait gardée"), count(line)),
        ),
    };
    Deed { participle, infinitive, rest }
}

/// Who agreed to an opening for the person.
fn agreed(line: &JournalLine) -> String {
    line.about.as_deref().map(|name| format!(", avec l'accord {}", of(name))).unwrap_or_default()
}

/// « le document « Titre » » or « un document ».
fn titled(line: &JournalLine, named: &str, unnamed: &str) -> String {
    line.document.as_ref().map_or_else(|| unnamed.to_owned(), |title| format!("{named} « {title} »"))
}

/// The first of the two persons of a change of identity.
fn proposer(line: &JournalLine) -> String {
    line.about.as_deref().map(|name| format!(", sur proposition {}", of(name))).unwrap_or_default()
}

pub(super) fn count(line: &JournalLine) -> String {
    match line.count.filter(|_| !line.is_refused()) {
        None => String::new(),
        Some(0) => " (aucun document)".to_owned(),
        Some(1) => " (1 document)".to_owned(),
        Some(number) => format!(" ({number} documents)"),
    }
}

/// « de Paul », « d'Anne ».
fn of(name: &str) -> String {
    let vowel = name.chars().next().is_some_and(|first| "AEIOUYÀÂÉÈÊËÎÏÔÖÛÜaeiouyàâéèêëîïôöûü".contains(first));
    if vowel { format!("d'{name}") } else { format!("de {name}") }
}

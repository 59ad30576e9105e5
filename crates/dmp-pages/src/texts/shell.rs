//! Texts of the frame.

use crate::lang::texts;
use crate::{Lang, Said};

texts! {
    /// The frame of every page.
    ShellTexts {
        skip: "Aller au contenu", "Skip to content";
        product: "Dossier médical partagé", "Shared health record";
        sandbox: "Bac à sable : toutes les personnes et tous les documents sont inventés.", "Sandbox: every person and every document is invented.";
        not_state: "Implémentation libre — ce site n'est pas un service de l'État.", "Open implementation — this site is not a service of the French State.";
        menu: "Menu du dossier", "Record menu";
        home: "Accueil", "Home";
        documents: "Mes documents", "My documents";
        results: "Mes résultats", "My results";
        settings: "Mes réglages", "My settings";
        foot: "Aide et informations", "Help and information";
        help: "Aide", "Help";
        accessibility: "Accessibilité", "Accessibility";
        privacy: "Données personnelles", "Personal data";
        display: "Affichage", "Display";
        search: "Chercher dans les documents", "Search the documents";
        search_go: "Chercher", "Search";
        access: "Qui a accès", "Who has access";
        patients: "Mes patients", "My patients";
        pro_patient: "Ouvrir un dossier", "Open a record";
        pro_news: "Nouveautés", "What is new";
        pro_deposits: "Dépôts", "Deposits";
        menu_pro: "Menu des professionnels", "Professionals' menu";
        menu_counter: "Menu de l'accueil", "Menu of the counter";
        counter: "Accueil", "Counter";
        counter_open: "Ouvrir un dossier", "Open a record";
        counter_journal: "Mes actes du jour", "My acts of the day";
        pro_open: "Nouveau dossier", "New record";
        language: "English", "Français";
        language_label: "Read this site in English", "Lire ce site en français";
        sign_out: "Quitter", "Sign out";
        signed_in: "Session ouverte par", "Signed in as";
        acting: "Vous agissez pour", "You are acting for";
        change_record: "Changer de dossier", "Change record";
        acting_minor: "Vous agissez pour une personne mineure :", "You are acting for a minor:";
        done: "C'est fait", "Done";
        problem: "Rien n'a été changé", "Nothing was changed";
        hide: "Masquer aux professionnels", "Hide from professionals";
        show: "Rendre visible aux professionnels", "Show to professionals";
        all_masked: "Tout le dossier est masqué : les professionnels n'en voient rien, sauf l'auteur de chaque document et le médecin traitant.", "The whole record is hidden: professionals see nothing of it, but for the author of each document and the médecin traitant (regular doctor).";
        change_masked: "Changer ce choix", "Change this choice";
        by: "par", "by";
        error_prefix: "À corriger :", "To correct:";
        error_title: "Il y a quelque chose à corriger", "There is something to correct";
        yes: "oui", "yes";
        no: "non", "no";
        text: "Texte du document, peut défiler", "Text of the document, may scroll";
        read_in_file: "Texte lu par le logiciel dans le fichier, sans sa mise en page. L'original fait foi.", "Text that the software read in the file, without its layout. The original prevails.";
        older: "Plus ancien", "Older";
        newest: "Revenir au plus récent", "Back to the newest";
    }
}

/// What the last form did.
pub fn said(said: Said, lang: Lang) -> &'static str {
    let (fr, en) = match said {
        Said::DocumentHidden => (
            "Ce document est masqué : parmi les professionnels, seuls son auteur et le médecin traitant le voient encore. Le bouton pour revenir en arrière est plus bas.",
            "This document is hidden: among professionals only its author and the médecin traitant (regular doctor) still see it. The button to undo it is below.",
        ),
        Said::DocumentShown => {
            ("Le document est de nouveau visible par les professionnels autorisés.", "The document is visible to authorised professionals again.")
        }
        Said::Authorised => ("L'autorisation est enregistrée.", "The authorisation is recorded."),
        Said::Revoked => ("L'autorisation est retirée.", "The authorisation is withdrawn."),
        Said::Blocked => ("L'accès est bloqué.", "The access is blocked."),
        Said::Unblocked => (
            "Le blocage est levé. L'accès n'est pas rendu : il faut une nouvelle autorisation.",
            "The block is lifted. Access is not given back: a new authorisation is needed.",
        ),
        Said::MedecinTraitantDeclared => ("Le médecin traitant est déclaré.", "The médecin traitant (regular doctor) is declared."),
        Said::AdministratorNamed => ("Le rôle d'administrateur est donné.", "The administrator role is given."),
        Said::CampaignProposed => {
            ("La campagne est proposée. Un autre agent doit la confirmer.", "The campaign is proposed. Another agent has to confirm it.")
        }
        Said::CampaignConfirmed => ("La campagne est confirmée. Les invitations partent.", "The campaign is confirmed. The invitations leave."),
        Said::CampaignStopped => ("La campagne est arrêtée. Plus rien ne part.", "The campaign is stopped. Nothing more leaves."),
        Said::SummarySigned => ("La synthèse médicale est signée et déposée.", "The medical summary is signed and in the record."),
        Said::Announced => ("L'annonce est faite : la personne voit le document.", "The announcement was made: the person sees the document."),
        Said::DocumentDeposited => ("Le document est dans le dossier de la personne.", "The document is in the person's record."),
        Said::RegulationOpened => (
            "L'accès du SAMU – Centre 15 est ouvert. La personne et son médecin traitant en seront informés.",
            "The SAMU emergency call centre access is open. The person and their médecin traitant (regular doctor) will be told.",
        ),
        Said::AccessReported => (
            "Le signalement est envoyé. Une réponse écrite vient en un mois au plus.",
            "The report is sent. A written answer comes within one month.",
        ),
        Said::ReportOpen => ("Cet accès est déjà signalé. Une réponse est en cours.", "This access is reported already. An answer is on its way."),
        Said::TeamRefused => {
            ("L'équipe est refusée : elle ne peut plus lire le dossier.", "The team is refused: it cannot read the record any more.")
        }
        Said::ActingNow => (
            "Vous agissez maintenant pour un proche. Son nom reste en haut de chaque page.",
            "You now act for a relative. Their name stays at the top of each page.",
        ),
        Said::ActingOwn => ("Vous êtes de retour dans votre dossier.", "You are back in your own record."),
        Said::HelperInvited => (
            "L'invitation est envoyée. La personne la trouve ici, dans « Mes proches ».",
            "The invitation is sent. The person finds it here, under “My relatives”.",
        ),
        Said::InvitationAccepted => ("L'invitation est acceptée.", "The invitation is accepted."),
        Said::InvitationDeclined => ("L'invitation est refusée.", "The invitation is declined."),
        Said::HelperEnded => ("L'aide a pris fin : l'accès est fermé.", "The help has ended: the access is closed."),
        Said::DisplaySaved => ("L'affichage est enregistré sur cet appareil.", "The display is saved on this device."),
        Said::ShareStopped => ("Le lien est arrêté. Il ne mène plus nulle part.", "The link is stopped. It leads nowhere any more."),
        Said::CardCodeOn => ("Le code est sur la carte. Imprimez-la de nouveau.", "The code is on the card. Print it again."),
        Said::CardCodeOff => (
            "Le code est retiré : les cartes déjà imprimées ne mènent plus au dossier.",
            "The code is removed: cards already printed no longer lead to the record.",
        ),
        Said::AppWithdrawn => (
            "L'accès de l'application est retiré. Elle ne lit plus rien, dès maintenant. Ce qu'elle a déjà copié reste chez elle.",
            "The access of the app is taken away. It reads nothing more, from now on. What it has already copied stays with it.",
        ),
        Said::AdditionSaved => ("C'est enregistré dans le dossier.", "It is saved in the record."),
        Said::AdditionCorrected => ("La correction est enregistrée.", "The correction is saved."),
        Said::AdditionWithdrawn => ("Le document est retiré du dossier.", "The document is taken out of the record."),
        Said::CorrectionSent => ("La demande est envoyée à l'auteur du document.", "The request is sent to the author of the document."),
        Said::CorrectionWithdrawn => ("La demande est retirée.", "The request is taken back."),
        Said::CorrectionRefused => ("Le refus et son motif sont envoyés à la personne.", "The refusal and its reason are sent to the person."),
        Said::CorrectionAccepted => ("La version corrigée est dans le dossier.", "The corrected version is in the record."),
        Said::RecordClosed => ("Le dossier est fermé.", "The record is closed."),
        Said::DestructionRequested => ("La destruction du dossier est demandée.", "The destruction of the record is asked for."),
        Said::PaperOrdered => {
            ("La demande est enregistrée. Les pages sont en préparation.", "The request is recorded. The pages are being prepared.")
        }
        Said::NoticesSaved => ("La façon de vous prévenir est enregistrée.", "How to tell you is saved."),
        Said::EmergencySaved => ("Les choix pour les urgences sont enregistrés.", "The choices for emergencies are saved."),
        Said::AllMasked => ("Tous les documents sont masqués, ceux à venir aussi.", "All documents are hidden, future ones too."),
        Said::AllShown => (
            "Le masque général est retiré. Les documents masqués un par un le restent.",
            "The general mask is removed. Documents hidden one by one stay hidden.",
        ),
        Said::TeamConsentGiven => ("L'accord aux équipes de soins est enregistré.", "The consent to care teams is recorded."),
        Said::TeamConsentWithdrawn => ("L'accord aux équipes de soins est retiré.", "The consent to care teams is withdrawn."),
        Said::RecordOpened => ("Le dossier est ouvert.", "The record is open."),
        Said::RecordReopened => ("Le dossier est rouvert, avec ses documents.", "The record is open again, with its documents."),
        Said::ConsentRecorded => ("L'accord de la personne est enregistré.", "The person's consent is recorded."),
        Said::BreakGlassOpened => ("L'accès en urgence est ouvert et consigné.", "The emergency access is open and recorded."),
        Said::IdentifierSaved => ("Votre identifiant est enregistré.", "Your identifier is saved."),
        Said::MailVerified => ("Votre adresse est vérifiée. Vous pouvez y recevoir des codes.", "Your address is verified. Codes can be sent there."),
        Said::MeansKept => (
            "Votre dossier est ouvert. Vous aviez déjà un moyen de vous connecter : il n'a pas changé. Utilisez-le ici.",
            "Your record is open. You had a way to sign in already: it has not changed. Use it here.",
        ),
        Said::MailRemoved => {
            ("Votre adresse est retirée. Aucun code n'y sera plus envoyé.", "Your address is removed. No code will go there any more.")
        }
        Said::SheetEnded => ("Votre feuille de codes ne sert plus. Jetez-la.", "Your sheet of codes no longer works. Throw it away."),
        Said::PasskeyAdded => ("Votre clé d'accès est enregistrée.", "Your passkey is saved."),
        Said::PasskeyRemoved => ("La clé d'accès est retirée.", "The passkey is removed."),
        Said::ProviderLinked => ("Vos deux comptes sont liés.", "Your two accounts are linked."),
        Said::ProviderUnlinked => ("Le lien entre vos deux comptes est retiré.", "The link between your two accounts is removed."),
        Said::SessionsEnded => ("Les autres sessions sont fermées.", "The other sessions are closed."),
        Said::LastMeans => (
            "C'est votre dernier moyen de vous connecter. Ajoutez-en un autre d'abord.",
            "This is your last way of signing in. Add another one first.",
        ),
        Said::PasskeyRefused => (
            "La clé d'accès n'a pas pu être enregistrée. Recommencez, ou utilisez un autre appareil.",
            "The passkey could not be saved. Try again, or use another device.",
        ),
        Said::ProviderTaken => (
            "Cette identité est déjà liée à une autre personne. Si c'est une erreur, contactez l'accueil.",
            "This identity is already linked to somebody else. If this is wrong, contact the counter.",
        ),
        Said::TooManyCodes => {
            ("Vous avez demandé trop de codes. Attendez une heure, puis recommencez.", "You asked for too many codes. Wait an hour, then try again.")
        }
        Said::SignInAgain => (
            "Pour changer vos moyens de connexion, connectez-vous encore une fois. Cela protège votre dossier si quelqu'un d'autre utilise cet appareil.",
            "To change how you sign in, sign in once more. This protects your record if somebody else uses this device.",
        ),
        Said::StaySaved => ("La durée de vos sessions est enregistrée.", "The time of your sessions is saved."),
        Said::SessionEnded => (
            "Votre session s'est fermée. Connectez-vous : vous reviendrez à la page que vous demandiez.",
            "Your session has closed. Sign in: you will come back to the page that you asked for.",
        ),
        Said::FormKept => (
            "Votre session s'est fermée et rien n'a été envoyé. Connectez-vous : ce que vous aviez écrit vous attend.",
            "Your session has closed and nothing was sent. Sign in: what you had written waits for you.",
        ),
        Said::FormExpired => (
            "Le formulaire était trop ancien : rien n'a été fait. Recommencez depuis cette page.",
            "The form was too old: nothing was done. Start again from this page.",
        ),
        Said::OpeningCancelled => ("L'ouverture est annulée : le dossier est effacé.", "The opening was taken back: the record is erased."),
        Said::TryAgain => (
            "Le dossier a changé entre-temps : rien n'a été fait. Regardez l'état actuel, puis recommencez.",
            "The record changed meanwhile: nothing was done. Look at its present state, then try again.",
        ),
    };
    lang.pick(fr, en)
}

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
        documents: "Accueil", "Home";
        results: "Résultats", "Results";
        search: "Chercher dans les documents", "Search the documents";
        search_go: "Chercher", "Search";
        access: "Qui a accès", "Who has access";
        journal: "Qui a regardé", "Who looked";
        choices: "Mes choix", "My choices";
        notices: "Messages", "Messages";
        patients: "Mes patients", "My patients";
        menu_pro: "Menu des professionnels", "Professionals' menu";
        language: "English", "Français";
        language_label: "Read this site in English", "Lire ce site en français";
        sign_out: "Quitter", "Sign out";
        signed_in: "Session ouverte par", "Signed in as";
        acting: "Vous agissez pour", "You are acting for";
        acting_minor: "Vous agissez pour une personne mineure :", "You are acting for a minor:";
        done: "C'est fait", "Done";
        problem: "Rien n'a été changé", "Nothing was changed";
        hide: "Masquer aux professionnels", "Hide from professionals";
        show: "Rendre visible aux professionnels", "Show to professionals";
        by: "par", "by";
        error_prefix: "À corriger :", "To correct:";
        error_title: "Il y a quelque chose à corriger", "There is something to correct";
        yes: "oui", "yes";
        no: "non", "no";
        text: "Texte du document, peut défiler", "Text of the document, may scroll";
        older: "Plus ancien", "Older";
        newest: "Revenir au plus récent", "Back to the newest";
    }
}

/// What the last form did.
pub fn said(said: Said, lang: Lang) -> &'static str {
    let (fr, en) = match said {
        Said::DocumentHidden => (
            "Le document est masqué : seuls la personne, l'auteur du document et le médecin traitant le voient encore.",
            "The document is hidden: only the person, its author and the médecin traitant (regular doctor) still see it.",
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
        Said::SummarySigned => ("La synthèse médicale est signée et déposée.", "The medical summary is signed and in the record."),
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
        Said::FormExpired => (
            "Le formulaire était trop ancien : rien n'a été fait. Recommencez depuis cette page.",
            "The form was too old: nothing was done. Start again from this page.",
        ),
        Said::TryAgain => (
            "Le dossier a changé entre-temps : rien n'a été fait. Regardez l'état actuel, puis recommencez.",
            "The record changed meanwhile: nothing was done. Look at its present state, then try again.",
        ),
    };
    lang.pick(fr, en)
}

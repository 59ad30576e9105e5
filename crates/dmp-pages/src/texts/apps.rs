//! Texts of the apps that the person lets read: the list, the question, and what can go wrong before it.

use crate::lang::texts;
use crate::{AppProblem, AppReading, AppUntil, Lang};

texts! {
    /// The page of the apps.
    AppsTexts {
        title: "Mes applications", "My apps";
        title_other: "Applications", "Apps";
        lead: "Une application peut lire une partie du dossier, si vous l'acceptez. Ici, vous voyez lesquelles, et vous retirez leur accès quand vous voulez.", "An app may read a part of the record, if you agree. Here you see which ones, and take their access away whenever you like.";
        none: "Aucune application ne lit ce dossier.", "No app reads this record.";
        none_how: "Pour en ajouter une, ouvrez l'application et choisissez « Dossier médical partagé ». Elle vous amènera ici, et vous déciderez de ce qu'elle lit.", "To add one, open the app and choose “Dossier médical partagé”. It will bring you here, and you decide what it reads.";
        standing: "Applications qui lisent le dossier", "Apps that read the record";
        past: "Accès terminés", "Accesses that have ended";
        by: "Éditeur :", "Publisher:";
        privacy: "Comment cet éditeur traite les données", "How this publisher handles data";
        reads: "Elle lit :", "It reads:";
        journal: "Voir qui a regardé le dossier", "See who looked at the record";
        withdraw: "Retirer l'accès", "Take access away";
        withdraw_hint: "Une fois l'accès retiré, l'application ne lit plus rien. Ce qu'elle a déjà copié reste chez elle : demandez à l'éditeur de l'effacer.", "Once its access is taken away, the app reads nothing more. What it has already copied stays with it: ask its publisher to delete it.";
        read_only: "Vous pouvez lire cette page. Seule la personne, ou qui la représente, peut retirer un accès.", "You may read this page. Only the person, or who represents them, can take an access away.";
        hidden: "Aucune application ne voit les documents que vous avez masqués, ni les soins secrets d'un mineur. Aucune n'ajoute, ne change ou ne partage quelque chose.", "No app sees the documents that you hid, nor a minor's secret care. None adds, changes or shares anything.";
    }
}

texts! {
    /// The question whether an app may read.
    ConsentTexts {
        title: "Une application demande à lire votre dossier", "An app asks to read your record";
        title_other: "Une application demande à lire le dossier", "An app asks to read the record";
        asks: "L'application", "The app";
        asks_end: "demande à lire le dossier de", "asks to read the record of";
        who: "Qui demande", "Who asks";
        app: "Application", "App";
        publisher: "Éditeur", "Publisher";
        goes_to: "Les données partent vers", "The data go to";
        privacy: "Vie privée", "Privacy";
        privacy_link: "Comment cet éditeur traite les données", "How this publisher handles data";
        not_state: "Cette application n'est pas un service de l'État ni de votre médecin. Ce qu'elle lit, elle peut le garder.", "This app is a service neither of the State nor of your doctor. What it reads, it may keep.";
        reads: "Ce qu'elle pourra lire", "What it will be able to read";
        reads_hint: "Décochez ce que vous ne voulez pas montrer.", "Untick what you do not want to show.";
        until: "Jusqu'à quand", "Until when";
        until_hint: "Vous pouvez retirer cet accès plus tôt, à la page « Mes applications ».", "You can take this access away sooner, on the page “My apps”.";
        hour_alone: "Pendant une heure. L'application n'a pas demandé plus.", "For one hour. The app did not ask for more.";
        never: "Ce qu'elle ne verra pas", "What it will not see";
        never_hidden: "Les documents que vous avez masqués aux professionnels.", "The documents that you hid from professionals.";
        never_waiting: "Un résultat qu'un professionnel doit d'abord expliquer.", "A result that a professional has to explain first.";
        never_secret: "Les soins que votre enfant a demandé à garder secrets.", "The care that your child asked to keep secret.";
        never_looked: "Qui a regardé le dossier, et vos réglages.", "Who looked at the record, and your settings.";
        never_writes: "Elle n'ajoute, ne change et ne partage rien.", "It adds, changes and shares nothing.";
        accept: "Accepter", "Accept";
        refuse: "Refuser", "Refuse";
        refuse_hint: "Si vous refusez, rien ne change. L'application en est informée, sans autre détail.", "If you refuse, nothing changes. The app is told so, and nothing else.";
        nothing_chosen: "Cochez au moins une ligne, ou refusez.", "Tick at least one line, or refuse.";
    }
}

texts! {
    /// What keeps an app's request from being asked.
    AppProblemTexts {
        go_on: "Continuer", "Continue";
        home: "Revenir à l'accueil", "Back to the home page";
        back_to_app: "Revenir à l'application", "Back to the app";
    }
}

/// One part of the record, as a line to tick: « La liste de vos documents … ».
pub fn reading_words(reading: AppReading, own: bool, lang: Lang) -> &'static str {
    let (fr, en) = match (reading, own) {
        (AppReading::Record, true) => {
            ("Votre numéro de santé, appelé INS, et l'état de votre dossier", "Your health number, called INS, and the state of your record")
        }
        (AppReading::Record, false) => {
            ("Le numéro de santé, appelé INS, et l'état du dossier", "The health number, called INS, and the state of the record")
        }
        (AppReading::Documents, true) => ("La liste de vos documents : titres, dates, auteurs", "The list of your documents: titles, dates, authors"),
        (AppReading::Documents, false) => ("La liste des documents : titres, dates, auteurs", "The list of documents: titles, dates, authors"),
        (AppReading::Contents, true) => (
            "Ce que disent vos documents, et la synthèse de votre santé : maladies, traitements, allergies, résultats",
            "What your documents say, and the summary of your health: diseases, treatments, allergies, results",
        ),
        (AppReading::Contents, false) => (
            "Ce que disent les documents, et la synthèse de santé : maladies, traitements, allergies, résultats",
            "What the documents say, and the health summary: diseases, treatments, allergies, results",
        ),
    };
    lang.pick(fr, en)
}

/// How long, as a choice.
pub fn until_words(until: AppUntil, lang: Lang) -> &'static str {
    let (fr, en) = match until {
        AppUntil::Hour => ("Une heure seulement", "One hour only"),
        AppUntil::Quarter => ("Trois mois", "Three months"),
        AppUntil::Year => ("Un an", "One year"),
    };
    lang.pick(fr, en)
}

/// Title and words of what keeps the question from being asked.
pub fn problem_words(problem: AppProblem, lang: Lang) -> (&'static str, &'static str) {
    let ((title_fr, fr), (title_en, en)) = match problem {
        AppProblem::SignInFirst => (
            (
                "Une application demande à lire votre dossier",
                "Dites d'abord qui vous êtes. Ensuite, vous verrez ce que l'application demande, et vous accepterez ou refuserez.",
            ),
            ("An app asks to read your record", "First say who you are. Then you will see what the app asks, and accept or refuse."),
        ),
        AppProblem::Unknown => (
            (
                "Cette application n'est pas connue",
                "Rien n'a été lu. Une application doit être inscrite ici avant de demander à lire un dossier. Fermez cette page, et prévenez l'éditeur de l'application.",
            ),
            (
                "This app is not known",
                "Nothing was read. An app must be registered here before it may ask to read a record. Close this page, and tell the publisher of the app.",
            ),
        ),
        AppProblem::WrongAddress => (
            (
                "Cette demande n'est pas sûre",
                "Rien n'a été lu. L'adresse où l'application veut recevoir la réponse n'est pas celle qui est inscrite. Quelqu'un l'imite peut-être. Fermez cette page.",
            ),
            (
                "This request is not safe",
                "Nothing was read. The address where the app wants its answer is not the one that is registered. Somebody may be imitating it. Close this page.",
            ),
        ),
        AppProblem::Malformed => (
            (
                "Cette demande n'est pas lisible",
                "Rien n'a été lu. L'application a envoyé une demande mal faite. Recommencez depuis l'application, et si cela revient, prévenez son éditeur.",
            ),
            (
                "This request cannot be read",
                "Nothing was read. The app sent a badly made request. Start again from the app, and if it happens again, tell its publisher.",
            ),
        ),
        AppProblem::MayNot => (
            (
                "Vous ne pouvez pas autoriser d'application pour ce dossier",
                "Seule une personne majeure le fait pour elle-même, ou qui la représente légalement. Un aidant ne le fait pas, ni une personne mineure seule. Le dossier doit aussi être ouvert. Rien n'a été lu.",
            ),
            (
                "You cannot allow an app for this record",
                "Only an adult does so for themself, or who legally represents them. A helper does not, nor a minor alone. The record must be open too. Nothing was read.",
            ),
        ),
        AppProblem::TooMany => (
            (
                "Trop d'applications lisent déjà ce dossier",
                "Retirez l'accès d'une application que vous n'utilisez plus, à la page « Mes applications ». Puis recommencez depuis l'application.",
            ),
            (
                "Too many apps read this record already",
                "Take away the access of an app that you no longer use, on the page “My apps”. Then start again from the app.",
            ),
        ),
    };
    (lang.pick(title_fr, title_en), lang.pick(fr, en))
}

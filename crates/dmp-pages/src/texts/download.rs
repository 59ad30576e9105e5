//! Texts of the page that gives a copy of everything.

use crate::lang::texts;
use crate::{DownloadProblem, Lang, numbers};

texts! {
    /// Downloading everything.
    DownloadTexts {
        title: "Télécharger tout votre dossier", "Download your whole record";
        title_other: "Télécharger tout le dossier", "Download the whole record";
        lead: "Vous recevez un seul fichier, avec tout ce que vous pouvez lire ici.", "You receive one file, with everything that you can read here.";
        cannot: "Un aidant ne peut pas télécharger tout le dossier. La personne elle-même, ou qui la représente, le peut.", "A helper cannot download the whole record. The person themself, or who represents them, can.";
        inside: "Ce qu'il y a dedans", "What is inside";
        inside_index: "Une page pour commencer : LISEZMOI.html. Elle s'ouvre sans internet.", "A page to begin with: LISEZMOI.html. It opens without internet.";
        inside_summary: "Votre synthèse : allergies, maladies, traitements, vaccins, résultats.", "Your summary: allergies, illnesses, treatments, vaccines, results.";
        inside_journal: "La liste de qui a regardé le dossier, pour un tableur.", "The list of who looked at the record, for a spreadsheet.";
        inside_software: "Les mêmes données pour un logiciel de santé (formats FHIR et IPS). Elles permettent aussi de recréer le dossier ailleurs.", "The same data for health software (formats FHIR and IPS). They also allow making the record again elsewhere.";
        not_inside: "Un document que vous ne pouvez pas lire ici n'y est pas non plus.", "A document that you cannot read here is not in it either.";
        size: "Taille", "Size";
        before: "Avant de télécharger", "Before you download";
        unprotected: "Une fois sur l'ordinateur, ce fichier n'est plus protégé. Toute personne qui utilise cet ordinateur peut l'ouvrir.", "Once on the computer, this file is no longer protected. Anybody who uses that computer can open it.";
        advice_place: "Ne le faites pas sur un ordinateur partagé : bibliothèque, travail, hôtel.", "Do not do this on a shared computer: library, work, hotel.";
        advice_keep: "Gardez-le sur une clé USB, rangée comme vos papiers importants.", "Keep it on a USB stick, stored like your important papers.";
        advice_mail: "Ne l'envoyez pas par courriel. Pour montrer un document, préférez le partage de ce site.", "Do not send it by e-mail. To show a document, use the sharing of this site instead.";
        advice_delete: "Supprimez-le quand vous n'en avez plus besoin, et videz la corbeille.", "Delete it when you no longer need it, and empty the bin.";
        noted: "Ce téléchargement est noté dans le dossier et un message vous le dit. Trois copies par jour sont possibles.", "This download is noted in the record and a message tells you. Three copies a day are possible.";
        understood: "J'ai compris que ce fichier n'est pas protégé", "I understand that this file is not protected";
        download: "Télécharger le fichier", "Download the file";
        paper: "Vous préférez le papier ?", "Do you prefer paper?";
        paper_link: "Recevoir le dossier sur papier", "Receive the record on paper";
    }
}

/// « 12 documents ».
pub fn documents_words(count: usize, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Fr, 0) => "Aucun document".to_owned(),
        (Lang::En, 0) => "No document".to_owned(),
        (_, 1) => "1 document".to_owned(),
        (_, _) => format!("{} documents", numbers::number(count as f64, lang)),
    }
}

/// What is wrong, and what to do.
pub fn problem_words(problem: DownloadProblem, lang: Lang) -> &'static str {
    let (fr, en) = match problem {
        DownloadProblem::NotUnderstood => (
            "Cochez la case pour dire que vous avez compris. Rien n'a été téléchargé.",
            "Tick the box to say that you have understood. Nothing was downloaded.",
        ),
        DownloadProblem::Limit => (
            "Trois copies ont déjà été téléchargées en vingt-quatre heures. Revenez demain.",
            "Three copies were already downloaded in twenty-four hours. Come back tomorrow.",
        ),
    };
    lang.pick(fr, en)
}

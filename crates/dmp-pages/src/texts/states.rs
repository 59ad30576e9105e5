//! Texts for a record that is not there, is closed, or was just opened.

use dmp_core::record::{Channel, ClosureReason};

use crate::lang::texts;
use crate::{Lang, OpenProblem};

texts! {
    /// No record, closed record, receipt.
    StateTexts {
        none_title: "Vous n'avez pas encore de dossier", "You do not have a record yet";
        none_title_other: "Cette personne n'a pas encore de dossier", "This person does not have a record yet";
        none_lead: "Le dossier médical partagé réunit au même endroit les documents de santé : comptes rendus, ordonnances, résultats. Il est gratuit et facultatif. Sans dossier, les soins et les remboursements restent les mêmes.", "The shared health record brings health documents together: reports, prescriptions, results. It is free and optional. Without it, care and reimbursement stay the same.";
        none_cannot: "Il peut être ouvert par la personne elle-même, par qui la représente, par un professionnel de santé, ou à l'accueil de l'assurance maladie.", "It can be opened by the person themself, by who represents them, by a health professional, or at the health insurance counter.";
        open_title: "Ouvrir le dossier", "Open the record";
        consent: "J'ai lu ce qui précède et je consens à l'ouverture du dossier", "I have read the above and I consent to opening the record";
        consent_hint: "On peut fermer le dossier à tout moment. Il est alors gardé dix ans, puis détruit.", "The record can be closed at any time. It is then kept for ten years, then destroyed.";
        emergency: "En cas d'urgence", "In an emergency";
        emergency_hint: "Ces trois choix peuvent être changés à tout moment.", "These three choices can be changed at any time.";
        open: "Ouvrir le dossier", "Open the record";
        closed_title: "Le dossier est fermé", "The record is closed";
        closed_on: "Fermé le", "Closed on";
        closed_words: "Motif noté", "Reason noted";
        closed_means: "Plus personne ne peut le lire ni y ajouter de document. Il est gardé dix ans après sa fermeture, puis détruit.", "Nobody can read it or add documents any more. It is kept for ten years after its closing, then destroyed.";
        reopen_means: "On peut le rouvrir : les documents reviennent. Les professionnels devront être autorisés de nouveau.", "It can be opened again: the documents come back. Professionals will have to be authorised again.";
        reopen: "Rouvrir le dossier", "Reopen the record";
        reopen_cannot: "Pour toute question, adressez-vous à l'accueil de l'assurance maladie.", "For any question, ask at the health insurance counter.";
        receipt_title: "Accusé de création du dossier", "Receipt of the opening of the record";
        receipt_person: "Dossier ouvert pour", "Record opened for";
        receipt_number: "Numéro", "Number";
        receipt_date: "Date", "Date";
        receipt_channel: "Où", "Where";
        receipt_by: "Consentement recueilli par", "Consent recorded by";
        receipt_choices: "Choix pour les urgences", "Choices for emergencies";
        receipt_rights: "Les droits de la personne", "The person's rights";
        receipt_right_read: "lire le dossier et savoir qui l'a regardé ;", "to read the record and to know who looked at it;";
        receipt_right_hide: "masquer un document, autoriser ou bloquer un professionnel ;", "to hide a document, to authorise or block a professional;";
        receipt_right_close: "fermer le dossier à tout moment.", "to close the record at any time.";
        receipt_keep: "Imprimez cette page ou gardez-en le numéro.", "Print this page or keep its number.";
        receipt_ways: "Pour revenir, gardez votre identifiant.", "To come back, keep your identifier.";
        receipt_ways_link: "Imprimer des codes, ou choisir un autre moyen de se connecter", "Print codes, or choose another way to sign in";
        receipt_continue: "Aller au dossier", "Go to the record";
    }
}

/// Why a record was closed.
pub fn closure_words(reason: ClosureReason, lang: Lang) -> &'static str {
    let (fr, en) = match reason {
        ClosureReason::Request => ("à la demande de la personne", "at the person's request"),
        ClosureReason::Death => ("à la suite d'un décès", "after a death"),
        ClosureReason::Fraud => ("à la suite d'une fraude", "after a fraud"),
    };
    lang.pick(fr, en)
}

/// Where a record was opened.
pub fn channel_words(channel: Channel, lang: Lang) -> &'static str {
    let (fr, en) = match channel {
        Channel::Online => ("en ligne, sur ce site", "online, on this site"),
        Channel::Counter => ("à l'accueil de l'assurance maladie", "at the health insurance counter"),
        Channel::Pharmacy => ("en pharmacie", "in a pharmacy"),
        Channel::Nurse => ("par un cabinet infirmier", "by a nursing practice"),
        Channel::Professional => ("en cabinet", "in a practice"),
        Channel::Establishment => ("dans un établissement de santé", "in a health establishment"),
        Channel::Automatic => {
            ("ouverture automatique, sans opposition dans le délai légal", "automatic opening, without objection within the legal time")
        }
    };
    lang.pick(fr, en)
}

/// What is missing in the opening form.
pub fn open_problem_words(problem: OpenProblem, lang: Lang) -> &'static str {
    match problem {
        OpenProblem::ConsentMissing => lang.pick(
            "Pour ouvrir le dossier, cochez la case du consentement. Sans elle, rien n'est ouvert.",
            "To open the record, tick the consent box. Without it, nothing is opened.",
        ),
    }
}

//! Texts of putting a document into a patient's record.

use dmp_core::statement::FileFlaw;

use crate::lang::texts;
use crate::{DepositFlaw, DepositProblem, Lang};

texts! {
    /// Depositing a document.
    DepositTexts {
        title: "Déposer un document", "Deposit a document";
        file: "Le document : choisissez-le, ou déposez-le ici", "The document: choose it, or drop it here";
        file_hint: "CDA, PDF, image JPEG ou PNG, ou texte, 5 Mo au plus.", "CDA, PDF, JPEG or PNG picture, or text, 5 MB at most.";
        check: "Vérifier avant l'envoi", "Check before sending";
        nothing_yet: "Rien n'est encore envoyé : la page suivante montre ce qui le sera, avec le type et le titre proposés.", "Nothing is sent yet: the next page shows what will be, with a proposed type and title.";
        refused: "Ce document ne peut pas être déposé", "This document cannot be deposited";
        replacing: "Il prendra la place de", "It will take the place of";
        check_title: "Vérifier, puis déposer", "Check, then deposit";
        other_file: "Prendre un autre fichier", "Take another file";
        person: "Personne", "Person";
        born: "naissance :", "born";
        ins: "Matricule INS du dossier", "INS number of the record";
        sent_file: "Fichier", "File";
        kind: "Type de document", "Type of document";
        proposed: "Proposé d'après le nom et le texte du fichier ; changez-le s'il le faut.", "Proposed from the name and the text of the file; change it if need be.";
        document_title: "Titre", "Title";
        day: "Date de l'acte ou de l'examen", "Date of the act or examination";
        takes_place: "Prend la place de", "Takes the place of";
        warnings: "À savoir, sans empêcher le dépôt", "Worth knowing, and no hindrance";
        checked: "L'identité, l'en-tête et les codes du document ont été vérifiés.", "The identity, the header and the codes of the document were checked.";
        who_sees: "Qui voit ce document", "Who sees this document";
        everyone: "La personne tout de suite, et les professionnels qu'elle autorise", "The person at once, and the professionals whom they authorise";
        everyone_hint: "Le choix habituel.", "The usual choice.";
        announcement: "La personne après une consultation d'annonce", "The person after an announcement appointment";
        announcement_hint: "Les professionnels le voient. Sans consultation, la personne est invitée à en prendre une après deux semaines, et voit le document après un mois.", "Professionals see it. Without an appointment the person is asked to make one after two weeks, and sees the document after a month.";
        masked: "Masqué aux autres professionnels, à la demande de la personne", "Hidden from other professionals, at the person's request";
        masked_hint: "La personne, vous et son médecin traitant le voient.", "The person, you and their médecin traitant (regular doctor) see it.";
        secret: "Pas par les représentants légaux, à la demande de la personne mineure", "Not by legal representatives, at the minor's request";
        secret_hint: "Une fois rendu visible à ses représentants, il le reste.", "Once shown to their representatives, it stays so.";
        send: "Déposer dans le dossier", "Deposit in the record";
    }
}

/// Why a file was not taken.
pub fn flaw_words(flaw: DepositFlaw, lang: Lang) -> &'static str {
    let (fr, en) = match flaw {
        DepositFlaw::File(FileFlaw::Empty) => {
            ("Choisissez un fichier : il n'y en a pas, ou il est vide.", "Choose a file: there is none, or it is empty.")
        }
        DepositFlaw::File(FileFlaw::TooLarge) => ("Ce fichier est trop lourd : 5 Mo au plus.", "This file is too large: 5 MB at most."),
        DepositFlaw::File(_) => (
            "Ce format n'est pas accepté, ou le fichier ne se lit pas : enregistrez le document en PDF et déposez ce PDF.",
            "This format is not accepted, or the file cannot be read: save the document as a PDF and deposit that PDF.",
        ),
        DepositFlaw::OtherPerson => (
            "Ce document est au nom d'une autre personne : son matricule INS n'est pas celui du dossier ouvert.",
            "This document is about another person: its INS number is not that of the open record.",
        ),
        DepositFlaw::Gone => (
            "Ce document n'attend plus, ou il a déjà été déposé : choisissez-le de nouveau si besoin.",
            "This document waits no longer, or it was deposited already: choose it again if need be.",
        ),
    };
    lang.pick(fr, en)
}

/// What is wrong with the second step.
pub fn refusal_words(problem: DepositProblem, lang: Lang) -> &'static str {
    let (fr, en) = match problem {
        DepositProblem::TitleMissing => ("Écrivez un titre de 120 caractères au plus.", "Write a title of 120 characters at most."),
        DepositProblem::TypeUnknown => ("Choisissez un type de document de la liste.", "Choose a type of document of the list."),
        DepositProblem::DayWrong => ("Écrivez une date qui n'est pas dans le futur.", "Write a date that is not in the future."),
    };
    lang.pick(fr, en)
}

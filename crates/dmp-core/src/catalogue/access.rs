//! Refusals of the law: one line for each reason of [`crate::access::Reason`]. Reasons that conceal share
//! the words of what does not exist, so that a line shown by mistake still betrays nothing.

use super::Message;

const ABSENT_FR: &str = "Ce document n'existe pas ou ne vous est pas accessible.";
const ABSENT_EN: &str = "This document does not exist or is not open to you.";

/// The lines.
#[rustfmt::skip]
pub const MESSAGES: &[Message] = &[
    Message {
        code: "access-no-rule-permits",
        fr: "Aucune règle ne vous permet de faire cela dans ce dossier.",
        en: "No rule allows you to do this in this record.",
    },
    Message {
        code: "access-nobody-named",
        fr: "Une personne nommée doit faire cette demande : identifiez-vous avec votre propre carte ou votre propre compte.",
        en: "A named person must make this request: sign in with your own card or account.",
    },
    Message {
        code: "access-record-closed",
        fr: "Ce dossier est fermé. La personne peut demander qu'il soit rouvert.",
        en: "This record is closed. The person may ask for it to be opened again.",
    },
    Message {
        code: "access-record-suspended",
        fr: "L'accès à ce dossier est suspendu dans l'intérêt de la personne. Elle peut contacter l'assistance.",
        en: "Access to this record is suspended in the person's interest. They may contact the support.",
    },
    Message {
        code: "access-record-frozen",
        fr: "Ce dossier est figé : il ne peut plus être lu ni alimenté.",
        en: "This record is frozen: it can no longer be read or fed.",
    },
    Message {
        code: "access-insurers-never",
        fr: "La loi interdit tout accès au dossier aux assureurs, aux mutuelles et aux employeurs, même avec l'accord de la personne.",
        en: "The law forbids insurers, mutuals and employers any access to the record, even with the person's agreement.",
    },
    Message {
        code: "access-occupational-medicine",
        fr: "La médecine du travail n'accède au dossier qu'avec l'accord exprès du travailleur, enregistré dans son dossier.",
        en: "Occupational medicine may use the record only with the worker's express consent, recorded in the record.",
    },
    Message {
        code: "access-blocked",
        fr: "La personne ne souhaite pas que vous accédiez à son dossier. Seule elle peut lever ce choix.",
        en: "The person does not want you to use their record. Only they can change this choice.",
    },
    Message {
        code: "access-break-glass-opposed",
        fr: "La personne s'est opposée à l'accès en bris de glace.",
        en: "The person opposed access by breaking the glass.",
    },
    Message {
        code: "access-break-glass-conditions",
        fr: "Le bris de glace est réservé au cas où la personne ne peut pas s'exprimer et où sa santé est en danger immédiat : attestez les deux conditions.",
        en: "Breaking the glass is kept for a person who cannot express their will and whose health is in immediate danger: attest both.",
    },
    Message {
        code: "access-break-glass-reason",
        fr: "Indiquez le motif du bris de glace : la personne le lira.",
        en: "Give the reason for breaking the glass: the person will read it.",
    },
    Message {
        code: "access-emergency-reads-only",
        fr: "Un accès d'urgence permet seulement de lire, et de déposer en bris de glace. Revenez en accès normal pour le reste.",
        en: "Emergency access only reads, and deposits after breaking the glass. Go back to normal access for anything else.",
    },
    Message {
        code: "access-regulation-opposed",
        fr: "La personne s'est opposée à l'accès par un centre de régulation.",
        en: "The person opposed access by a regulation centre.",
    },
    Message {
        code: "access-not-regulating-physician",
        fr: "Cet accès est réservé au médecin régulateur du SAMU-Centre 15.",
        en: "This access is kept for the regulating doctor of a SAMU-Centre 15.",
    },
    Message {
        code: "access-not-authorised",
        fr: "La personne ne vous a pas autorisé. Demandez-lui son accord, puis enregistrez-le.",
        en: "The person has not authorised you. Ask for their consent, then record it.",
    },
    Message {
        code: "access-authorisation-expired",
        fr: "Votre autorisation a expiré. Demandez à nouveau l'accord de la personne, puis enregistrez-le.",
        en: "Your authorisation has expired. Ask for the person's consent again, then record it.",
    },
    Message {
        code: "access-team-consent-missing",
        fr: "La personne n'a pas encore donné son accord initial à l'accès de l'équipe de soins. Informez-la et recueillez cet accord.",
        en: "The person has not yet given the initial consent to access by the care team. Inform them and ask for it.",
    },
    Message { code: "access-not-in-matrix", fr: ABSENT_FR, en: ABSENT_EN },
    Message {
        code: "access-student-unsupervised",
        fr: "Un étudiant agit sous la responsabilité d'un professionnel désigné : faites enregistrer votre encadrant.",
        en: "A student acts under a designated professional: have your supervisor recorded.",
    },
    Message { code: "access-masked", fr: ABSENT_FR, en: ABSENT_EN },
    Message { code: "access-waits-for-announcement", fr: ABSENT_FR, en: ABSENT_EN },
    Message { code: "access-hidden-from-representatives", fr: ABSENT_FR, en: ABSENT_EN },
    Message {
        code: "access-secret-connection-only",
        fr: "En connexion secrète, déposez seulement des documents invisibles aux représentants légaux.",
        en: "In a secret connection, deposit only documents that are invisible to legal representatives.",
    },
    Message { code: "access-deleted", fr: ABSENT_FR, en: ABSENT_EN },
    Message {
        code: "access-not-its-author",
        fr: "Seul l'auteur du document peut le remplacer ou le supprimer. Adressez-vous à lui.",
        en: "Only the author of the document may replace or delete it. Ask them.",
    },
    Message {
        code: "access-professional-document",
        fr: "Ce document relève des professionnels : vous pouvez le masquer, ou vous adresser à son auteur.",
        en: "This document belongs to the professionals: you may mask it, or ask its author.",
    },
    Message {
        code: "access-patient-document",
        fr: "Ce type de document est déposé par la personne elle-même. Choisissez un autre type.",
        en: "This type of document is deposited by the person. Choose another type.",
    },
    Message {
        code: "access-reimbursement-document",
        fr: "Seule l'assurance maladie alimente les données de remboursement, et elle n'alimente rien d'autre.",
        en: "Only the compulsory health insurance feeds reimbursement data, and it feeds nothing else.",
    },
    Message {
        code: "access-not-this-kind-of-caller",
        fr: "Votre qualité ne vous permet pas cette action.",
        en: "Someone in your quality may not do this.",
    },
    Message {
        code: "access-never-content",
        fr: "Votre fonction ne donne jamais accès aux documents de santé.",
        en: "Your function never gives access to health documents.",
    },
    Message {
        code: "access-not-their-record",
        fr: "Ce dossier n'est ni le vôtre ni celui d'une personne pour laquelle vous agissez.",
        en: "This record is neither yours nor that of a person for whom you act.",
    },
    Message {
        code: "access-emergency-over",
        fr: "Cet accès en urgence a pris fin. S'il est encore nécessaire, demandez-en un nouveau avec son motif.",
        en: "This emergency access has ended. If it is still needed, ask for a new one with its reason.",
    },
    Message {
        code: "access-emergency-quota",
        fr: "Vous avez atteint le nombre d'accès en urgence permis en un jour. Demandez l'accord de la personne ou l'aide d'un confrère.",
        en: "You have reached the number of emergency accesses allowed in a day. Ask for the person's consent or a colleague's help.",
    },
    Message {
        code: "access-team-not-informed",
        fr: "La personne n'a pas encore été informée de l'accès de votre équipe à son dossier : informez-la, puis déclarez-le dans l'épisode.",
        en: "The person has not yet been told of your team's access to their record: tell them, then say so in the episode.",
    },
    Message {
        code: "access-team-refused",
        fr: "La personne a refusé l'accès de cette équipe à son dossier.",
        en: "The person refused this team access to their record.",
    },
    Message {
        code: "access-too-many-helpers",
        fr: "Le nombre d'aidants est limité : trois par personne, et cinq personnes aidées par aidant.",
        en: "The number of helpers is limited: three for a person, and five helped persons for a helper.",
    },
    Message {
        code: "access-invitation-over",
        fr: "Cette invitation a pris fin. Demandez-en une nouvelle.",
        en: "This invitation has ended. Ask for a new one.",
    },
    Message {
        code: "access-too-early",
        fr: "Le délai prévu par la loi n'est pas encore écoulé.",
        en: "The time that the law gives is not over yet.",
    },
    Message {
        code: "access-second-person",
        fr: "Deux personnes nommées en décident : une autre que vous doit l'avoir proposé.",
        en: "Two named people decide this: somebody else than you must have proposed it.",
    },
    Message {
        code: "access-opening-refused",
        fr: "La personne a refusé l'ouverture d'un dossier.",
        en: "The person refused the opening of a record.",
    },
    Message {
        code: "access-record-destroyed",
        fr: "Les données de ce dossier ont été détruites.",
        en: "The data of this record have been destroyed.",
    },
    Message {
        code: "access-record-merged",
        fr: "Ce dossier a été réuni avec un autre dossier de la même personne.",
        en: "This record was joined with another record of the same person.",
    },
    Message {
        code: "access-app-not-allowed",
        fr: "La personne n'a pas permis cette lecture à cette application, ou son accord a pris fin : demandez-le de nouveau.",
        en: "The person does not allow this app to read, or no longer does: ask them again.",
    },
    Message {
        code: "access-app-reads-only",
        fr: "Une application de la personne lit seulement : elle n'ajoute, ne change et ne partage rien.",
        en: "An app of the person only reads: it adds, changes and shares nothing.",
    },
    Message {
        code: "access-app-scope",
        fr: "La personne n'a pas permis à cette application de lire ceci.",
        en: "The person did not allow this app to read this.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Reason;
    use crate::catalogue::message;

    #[test]
    fn every_reason_has_a_line() {
        for reason in Reason::ALL {
            // A person without a record is a door's finding; its line stands there.
            if reason != Reason::NoRecord {
                assert!(message(reason.code()).is_some(), "{}", reason.code());
            }
        }
        assert_eq!(MESSAGES.len(), Reason::ALL.len() - 1);
    }

    #[test]
    fn a_concealing_reason_says_only_what_absence_would_say() {
        for reason in Reason::ALL.into_iter().filter(|reason| reason.conceals()) {
            let line = message(reason.code()).unwrap();
            assert_eq!((line.fr, line.en), (ABSENT_FR, ABSENT_EN), "{}", line.code);
        }
    }
}

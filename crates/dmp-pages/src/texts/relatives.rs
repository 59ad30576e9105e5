//! Texts of relatives: children, people who are helped, helpers, what a minor decides.

use crate::lang::texts;
use crate::{HelperLine, InviteProblem, Lang, PastLine, dates};

texts! {
    /// Relatives.
    RelativesTexts {
        title: "Mes proches", "My relatives";
        lead: "Ici, vous changez de dossier, et vous choisissez qui vous aide.", "Here you change the record you work in, and choose who helps you.";
        mine: "Mon dossier", "My own record";
        children: "Les personnes que je représente", "The people I represent";
        no_children: "Vous ne représentez personne. Un enfant apparaît ici quand l'assurance maladie vous enregistre comme parent.", "You represent nobody. A child appears here when the health insurance records you as a parent.";
        helped: "Les personnes que j'aide", "The people I help";
        no_helped: "Vous n'aidez personne pour le moment.", "You help nobody for now.";
        here: "Vous êtes dans ce dossier.", "You are in this record.";
        open: "Ouvrir ce dossier", "Open this record";
        minor: "personne mineure", "minor";
        until: "jusqu'au", "until";
        stop: "Ne plus aider cette personne", "Stop helping this person";
        invitations: "Invitations reçues", "Invitations received";
        invites: "vous invite à l'aider", "invites you to help";
        invites_parent: "Invitation à représenter", "Invitation to represent";
        answer_by: "À répondre avant le", "To be answered before";
        accept: "Accepter", "Accept";
        decline: "Refuser", "Decline";
        accept_means: "En acceptant, vous pourrez lire le dossier et y déposer des documents. Rien d'autre. La personne voit chacun de vos accès.", "If you accept, you may read the record and add documents. Nothing else. The person sees each of your accesses.";
        past: "Dossiers qui ne vous sont plus ouverts", "Records that are not open to you any more";
        helpers: "Les personnes qui m'aident", "The people who help me";
        helpers_other: "Qui aide ou représente", "Who helps or represents";
        helpers_means: "Un aidant lit et dépose des documents. Il ne masque rien, ne partage rien, ne télécharge pas tout et ne ferme pas le dossier. Trois aidants au plus.", "A helper reads and adds documents. They hide nothing, share nothing, do not download everything and do not close the record. Three helpers at most.";
        no_helpers: "Personne pour le moment.", "Nobody for now.";
        end: "Mettre fin", "End it";
        invite: "Inviter un aidant", "Invite a helper";
        invite_parent: "Inviter l'autre parent", "Invite the other parent";
        invite_parent_means: "L'autre parent aura les mêmes droits que vous, jusqu'aux 18 ans. Vous ne pourrez pas les lui retirer ici.", "The other parent will have the same rights as you, until 18. You cannot take them back here.";
        invite_lead: "La personne trouve l'invitation dans son propre espace, à la page « Mes proches ». Elle a quatorze jours pour répondre. Si le nom et le numéro ne sont pas de la même personne, l'invitation n'arrive chez personne.", "The person finds the invitation in their own space, on the page “My relatives”. They have fourteen days to answer. If the name and the number are not of the same person, the invitation reaches nobody.";
        given: "Son prénom", "First name";
        given_hint: "Un de ses prénoms, comme sur sa carte Vitale.", "One of their first names, as on their carte Vitale.";
        family: "Son nom", "Family name";
        family_hint: "Son nom de famille.", "Their family name.";
        number: "Son numéro de sécurité sociale", "Social security number";
        number_hint: "Quinze chiffres, écrits sur la carte Vitale. Demandez-le à la personne.", "Fifteen digits, on the carte Vitale (insurance card). Ask the person for it.";
        end_date: "Date de fin de l'aide", "End date of the help";
        end_hint: "L'accès se ferme seul ce jour-là. Cinq ans au plus. Par exemple : 2027-06-30.", "The access closes by itself on that day. Five years at most. For example: 2027-06-30.";
        send: "Envoyer l'invitation", "Send the invitation";
        minors: "Ce que décide une personne mineure", "What a minor decides";
        minors_lead: "Avant 18 ans, les parents exercent les droits. La loi garde pourtant une part de secret à l'enfant et à l'adolescent.", "Before 18, the parents exercise the rights. Yet the law keeps some privacy for the child and the teenager.";
        minor_ask: "Demander le secret d'un soin. C'est possible à tout âge, dès que l'on peut comprendre. On le demande au médecin, à la sage-femme ou à l'infirmier (article L.1111-5 du code de la santé publique).", "Ask for the secret of a care. It is possible at any age, as soon as one can understand. It is asked of the doctor, the midwife or the nurse (article L.1111-5 of the public health code).";
        minor_how: "Le professionnel travaille alors en « connexion secrète ». Le document est caché aux parents partout : listes, résultats, recherche, synthèse, messages et journal. Les remboursements liés ne sont pas transmis.", "The professional then works in a “secret connection”. The document is hidden from the parents everywhere: lists, results, search, summary, messages and journal. The related reimbursements are not transmitted.";
        minor_where: "Dans son propre espace, la personne mineure voit ces documents. Elle les reconnaît à la mention « non visible par les représentants ».", "In their own space, minors see these documents. They know them by the words “not visible to representatives”.";
        minor_lift: "Montrer ensuite un soin secret aux parents : seulement par un professionnel, et c'est définitif.", "Showing a secret care to the parents later: only by a professional, and for ever.";
        minor_hide: "Masquer un document aux professionnels, autoriser ou bloquer : la personne mineure le fait dans son espace, comme un adulte.", "Hiding a document from professionals, authorising or blocking: minors do it in their space, as adults do.";
        ages: "À quel âge, quoi", "What from which age";
        age: "Âge", "Age";
        right: "Ce qui est possible", "What is possible";
        any_age: "À tout âge", "At any age";
        any_age_right: "demander le secret d'un soin, lire ce que l'on peut comprendre", "ask for the secret of a care, read what one can understand";
        under: "Avant 18 ans", "Before 18";
        under_right: "les parents ouvrent et ferment le dossier, et lisent tout sauf les soins secrets", "the parents open and close the record, and read everything but the secret care";
        from: "À 18 ans", "At 18";
        from_right: "les parents perdent l'accès le jour même ; la personne ferme, partage, invite des aidants et écrit ses directives anticipées", "the parents lose access on that very day; the person closes, shares, invites helpers and writes advance directives";
        shut_title: "Ce dossier ne vous est pas ouvert", "This record is not open to you";
        shut_lead: "Une représentation s'arrête à 18 ans, ou à la date de la mesure. Une aide s'arrête à sa date, ou quand la personne le décide.", "A representation ends at 18, or on the date of the measure. A help ends on its date, or when the person decides.";
        shut_then: "Rien d'autre ne peut être dit ici. Pour une question, parlez à la personne.", "Nothing else can be said here. With a question, talk to the person.";
        shut_link: "Aller à « Mes proches »", "Go to “My relatives”";
    }
}

/// A record that is over for the visitor.
pub fn past_words(line: PastLine, lang: Lang) -> String {
    match (line, lang) {
        (PastLine::OfAge { born }, Lang::Fr) => format!("Votre enfant né en {born} a 18 ans. Son dossier est à lui seul, et vous ne le voyez plus."),
        (PastLine::OfAge { born }, Lang::En) => {
            format!("Your child born in {born} is 18. The record is theirs alone, and you do not see it any more.")
        }
        (PastLine::Ended { at: Some(at) }, Lang::Fr) => format!("Une aide ou une représentation a pris fin le {}.", dates::date(at, lang)),
        (PastLine::Ended { at: Some(at) }, Lang::En) => format!("A help or a representation ended on {}.", dates::date(at, lang)),
        (PastLine::Ended { at: None }, Lang::Fr) => "Une aide ou une représentation a pris fin.".to_owned(),
        (PastLine::Ended { at: None }, Lang::En) => "A help or a representation has ended.".to_owned(),
    }
}

/// « aide depuis le 3 mars 2026, jusqu'au 30 juin 2027 ».
pub fn helper_words(line: &HelperLine, lang: Lang) -> String {
    let (since, until) = (dates::date(line.since, lang), line.until.map(|end| dates::date(end, lang)));
    let what = match (line.invited, line.representative) {
        (true, _) => lang.pick("invitation envoyée le", "invited on"),
        (false, true) => lang.pick("représente la personne depuis le", "represents the person since"),
        (false, false) => lang.pick("aide depuis le", "helps since"),
    };
    // A representation on the civil status has no first day of its own.
    let what = if line.representative && !line.invited && line.since.as_seconds() <= 0 {
        lang.pick("représente la personne", "represents the person").to_owned()
    } else {
        format!("{what} {since}")
    };
    match (until, lang) {
        (None, _) => what,
        (Some(end), Lang::Fr) => format!("{what}, jusqu'au {end}"),
        (Some(end), Lang::En) => format!("{what}, until {end}"),
    }
}

/// What is wrong with an invitation, and what to do.
pub fn invite_words(problem: InviteProblem, lang: Lang) -> &'static str {
    let (fr, en) = match problem {
        InviteProblem::NameMissing => ("Écrivez le prénom et le nom de la personne.", "Write the person's first and family name."),
        InviteProblem::NumberMalformed => (
            "Un numéro de sécurité sociale a quinze caractères. Comparez avec la carte Vitale.",
            "A social security number has fifteen characters. Compare with the carte Vitale.",
        ),
        InviteProblem::NumberKey => (
            "Ce numéro ne va pas : un chiffre est sans doute faux. Comparez avec la carte Vitale.",
            "This number does not fit: a digit is probably wrong. Compare with the carte Vitale.",
        ),
        InviteProblem::NumberOwn => {
            ("C'est le numéro du dossier lui-même. Écrivez celui de l'aidant.", "This is the number of the record itself. Write the helper's.")
        }
        InviteProblem::DateMissing => {
            ("Écrivez une date de fin : année, mois, jour. Par exemple 2027-06-30.", "Write an end date: year, month, day. For example 2027-06-30.")
        }
        InviteProblem::DatePast => {
            ("La date de fin doit être à venir, dans cinq ans au plus.", "The end date must be in the future, within five years.")
        }
        InviteProblem::Already => ("Cette personne aide déjà, ou est déjà invitée.", "This person helps already, or is invited already."),
        InviteProblem::TooOften => (
            "Vous avez déjà envoyé dix invitations ce mois-ci. Attendez quelques jours.",
            "You have sent ten invitations this month already. Wait for some days.",
        ),
        InviteProblem::TooMany => ("Trois aidants au plus. Mettez d'abord fin à une aide.", "Three helpers at most. End one first."),
    };
    lang.pick(fr, en)
}

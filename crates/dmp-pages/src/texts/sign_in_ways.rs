//! Texts of signing in as a person.

use crate::lang::texts;
use crate::{Lang, PersonProblem};

texts! {
    /// The sign-in page, the code, whose record.
    SignInWaysTexts {
        lead: "Choisissez comment vous connecter. Aucun mot de passe n'est demandé.", "Choose how to sign in. No password is asked for.";
        session: "La session se ferme après 20 minutes sans rien faire, ou plus tard si vous le choisissez dans vos réglages. Sur un ordinateur partagé, appuyez sur « Quitter » en partant.", "The session closes after 20 minutes without doing anything, or later if you choose so in your settings. On a shared computer, press “Sign out” when you leave.";
        passkey: "Avec une clé d'accès", "With a passkey";
        passkey_how: "Votre téléphone ou votre ordinateur vous reconnaît : empreinte, visage ou code de l'appareil.", "Your phone or computer recognises you: fingerprint, face or the device's code.";
        passkey_do: "Me connecter avec ma clé d'accès", "Sign in with my passkey";
        passkey_failed: "La clé d'accès n'a pas été lue. Recommencez, ou utilisez un code ci-dessous.", "The passkey was not read. Try again, or use a code below.";
        code: "Avec un code", "With a code";
        identifier: "Votre identifiant", "Your identifier";
        identifier_hint: "Il est imprimé sur votre feuille de codes, ou vous l'avez choisi. Majuscules ou minuscules, peu importe.", "It is printed on your sheet of codes, or you chose it. Capitals or small letters, it does not matter.";
        identifier_missing: "Tapez votre identifiant.", "Type your identifier.";
        by_mail: "Recevoir un code par courriel", "Get a code by e-mail";
        by_print: "J'ai une feuille de codes", "I have a sheet of codes";
        no_means: "Vous n'avez ni courriel ni téléphone, ou vous avez tout perdu ? L'accueil de votre caisse d'assurance maladie vous donne une feuille de codes. Venez avec une pièce d'identité.", "You have neither e-mail nor telephone, or lost everything? The counter of your health insurance gives you a sheet of codes. Bring an identity document.";
        provider: "Avec", "With";
        code_title: "Taper le code", "Type the code";
        mail_lead: "Si cet identifiant existe et a une adresse vérifiée, un code vient de partir par courriel. Il est valable 10 minutes.", "If this identifier exists and has a verified address, a code has just gone by e-mail. It is valid for 10 minutes.";
        mail_label: "Code reçu par courriel", "Code received by e-mail";
        mail_hint: "Dix lettres et chiffres. Majuscules, tirets et espaces ne comptent pas.", "Ten letters and digits. Capitals, dashes and spaces do not count.";
        print_lead: "Prenez votre feuille de codes. Choisissez un code qui n'est pas encore barré.", "Take your sheet of codes. Choose a code that is not struck out yet.";
        print_label: "Code de la feuille", "Code of the sheet";
        print_hint: "Dix lettres et chiffres. Barrez-le ensuite : il ne sert qu'une fois.", "Ten letters and digits. Strike it out afterwards: it works once.";
        wrong: "Ce code n'est pas le bon, ou il n'est plus valable. Vérifiez-le, ou recommencez pour en avoir un autre.", "This code is not the right one, or is no longer valid. Check it, or begin again to get another one.";
        enter: "Me connecter", "Sign in";
        check: "Vérifier mon adresse", "Check my address";
        not_here: "Rien reçu ? Regardez dans les messages indésirables. Nous envoyons au plus 5 codes par heure.", "Nothing received? Look among the unwanted messages. We send at most 5 codes an hour.";
        again: "Recommencer", "Begin again";
        address_title: "Vérifier mon adresse", "Check my address";
        address_lead: "Un code vient de partir à cette adresse. Tapez-le ici. Il est valable 10 minutes.", "A code has just gone to this address. Type it here. It is valid for 10 minutes.";
        as_title: "Quel dossier ouvrir ?", "Which record to open?";
        as_lead: "Vous êtes connecté. Choisissez le dossier que vous voulez voir.", "You are signed in. Choose the record that you want to see.";
        as_own: "Mon propre dossier", "My own record";
        as_representative: "Je représente cette personne", "I represent this person";
        as_helper: "J'aide cette personne", "I help this person";
    }
}

/// Why a person was not signed in, and what to do.
pub fn person_problem_words(problem: PersonProblem, lang: Lang) -> &'static str {
    let (fr, en) = match problem {
        PersonProblem::IdentifierMissing => (SignInWaysTexts::of(Lang::Fr).identifier_missing, SignInWaysTexts::of(Lang::En).identifier_missing),
        PersonProblem::BeginAgain => (
            "Cette connexion est terminée ou n'a pas commencé ici. Recommencez depuis cette page.",
            "This sign-in is over or did not begin here. Begin again from this page.",
        ),
        PersonProblem::PasskeyRefused => (
            "Cette clé d'accès n'a pas été reconnue. Recommencez, ou utilisez un code.",
            "This passkey was not recognised. Try again, or use a code.",
        ),
        PersonProblem::ProviderRefused => (
            "Le service d'identité n'a pas confirmé votre connexion. Recommencez et allez jusqu'au bout de ses étapes.",
            "The identity service did not confirm your sign-in. Begin again and complete its steps.",
        ),
        PersonProblem::ProviderUnavailable => (
            "Le service d'identité ne répond pas. Attendez une minute, ou utilisez un code.",
            "The identity service does not answer. Wait a minute, or use a code.",
        ),
        PersonProblem::NotLinked => (
            "Cette identité n'est liée à aucun dossier. Connectez-vous d'abord avec un code ou une clé d'accès. Nous ferons le lien ensuite.",
            "This identity is linked to no record. Sign in with a code or a passkey first. The link comes next.",
        ),
        PersonProblem::Busy => {
            ("Trop de demandes en même temps. Attendez une minute, puis recommencez.", "Too many requests at once. Wait a minute, then try again.")
        }
    };
    lang.pick(fr, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_typeset_and_says_what_to_do() {
        let all = [
            PersonProblem::IdentifierMissing,
            PersonProblem::BeginAgain,
            PersonProblem::PasskeyRefused,
            PersonProblem::ProviderRefused,
            PersonProblem::ProviderUnavailable,
            PersonProblem::NotLinked,
            PersonProblem::Busy,
        ];
        for problem in all {
            let fr = person_problem_words(problem, Lang::Fr);
            assert_eq!(crate::journal_sentence::typeset(fr), fr);
            assert_ne!(fr, person_problem_words(problem, Lang::En));
        }
    }
}

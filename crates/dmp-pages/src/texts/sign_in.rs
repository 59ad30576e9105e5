//! Texts of the sign-in page: test identities, and the professionals' identity provider.

use crate::lang::texts;
use crate::{IdentityKind, Lang, SignInProblem};

texts! {
    /// Sign-in page.
    SignInTexts {
        title: "Me connecter", "Sign in";
        identities: "Identités d'essai", "Test identities";
        lead: "Ce site est un bac à sable. Toutes les personnes sont inventées, leurs numéros n'existent pas, leurs documents non plus. N'y mettez jamais de vraies données de santé.", "This site is a sandbox. Every person is invented; their numbers do not exist, nor do their documents. Never put real health data here.";
        how: "Choisissez qui vous voulez être. Vous pourrez quitter et changer à tout moment.", "Choose who you want to be. You can sign out and change at any time.";
        unknown: "Cette identité d'essai n'existe pas. Choisissez-en une dans la liste.", "This test identity does not exist. Choose one from the list.";
        enter_as: "Entrer comme", "Enter as";
        professionals: "Vous êtes professionnel de santé", "You are a health professional";
        professionals_how: "Votre identité, votre profession et votre structure nous viennent de ce service. Quitter termine la session ici, pas celle que vous avez ouverte là-bas.", "Your identity, profession and structure come to us from that service. Signing out ends the session here, not the one you opened there.";
        provider: "Se connecter avec", "Sign in with";
        structures: "Vous travaillez dans un de ces établissements", "You work in one of these establishments";
        structures_how: "Son service d'identité dit qui vous êtes\u{a0}; votre profession et vos services viennent de son annuaire. Quitter termine la session ici, pas celle que vous avez ouverte là-bas.", "Its identity service says who you are; your profession and your units come from its directory. Signing out ends the session here, not the one you opened there.";
        counters: "Vous travaillez à l'accueil d'une caisse", "You work at the counter of a caisse";
        counters_how: "Le service d'identité de la caisse dit qui vous êtes et que vous travaillez à l'accueil. Quitter termine la session ici, pas celle que vous avez ouverte là-bas.", "The identity service of the caisse says who you are and that you work at the counter. Signing out ends the session here, not the one you opened there.";
        no_agent_when: "Cela arrive à la prise de poste ou quand vos droits ont changé. Nous ne pouvons pas les changer d'ici\u{a0}: seule la caisse les donne.", "This happens when you have just taken up the post or when your rights have changed. We cannot change them from here: the caisse alone gives them.";
        refused_title: "Vous n'êtes pas connecté", "You are not signed in";
        refused_when: "Cela arrive à l'arrivée dans l'établissement, au retour d'une absence ou quand votre identifiant a changé. Nous ne pouvons pas vous inscrire d'ici\u{a0}: seul l'établissement tient cet annuaire.", "This happens when you have just joined, when you come back from an absence or when your identifier has changed. We cannot register you from here: the establishment alone keeps this directory.";
        refused_ask: "Adressez-vous à\u{a0}:", "Ask:";
        refused_back: "Revenir à la page de connexion", "Back to the sign-in page";
        entered_title: "Vous êtes connecté", "You are signed in";
        entered: "La page suivante s'ouvre. Si rien ne se passe, suivez le lien.", "The next page is opening. If nothing happens, follow the link.";
        go_on: "Continuer", "Continue";
    }
}

/// Why nobody was signed in, and what to do.
pub fn problem_words(problem: SignInProblem, lang: Lang) -> String {
    match problem {
        SignInProblem::LoginUnknown => lang
            .pick(
                "Cette connexion a expiré ou a déjà servi. Recommencez depuis cette page, sans utiliser le bouton Précédent.",
                "This sign-in has expired or was already used. Begin again from this page, without the Back button.",
            )
            .to_owned(),
        SignInProblem::Denied => lang
            .pick(
                "Le service d'identité n'a pas confirmé votre connexion. Recommencez et allez jusqu'au bout de ses étapes.",
                "The identity service did not confirm your sign-in. Begin again and complete its steps.",
            )
            .to_owned(),
        SignInProblem::Invalid => lang
            .pick(
                "La réponse du service d'identité n'est pas valable. Recommencez\u{a0}; si cela se répète, prévenez l'exploitant.",
                "The answer of the identity service is not valid. Begin again; if it happens again, tell the operator.",
            )
            .to_owned(),
        SignInProblem::ClaimMissing(claim) => match lang {
            Lang::Fr => format!(
                "Le service d'identité ne nous a pas transmis une information nécessaire\u{a0}: {claim}. Demandez à votre ordre ou à votre structure de compléter l'annuaire."
            ),
            Lang::En => format!(
                "The identity service did not give us an information that we need: {claim}. Ask your professional body or structure to complete the directory."
            ),
        },
        SignInProblem::ClaimUnreadable(claim) => match lang {
            Lang::Fr => format!("Une information du service d'identité n'est pas lisible\u{a0}: {claim}. Prévenez l'exploitant."),
            Lang::En => format!("An information of the identity service cannot be understood: {claim}. Tell the operator."),
        },
        SignInProblem::AssuranceTooLow => lang
            .pick(
                "Ce moyen de connexion n'est pas assez sûr pour ouvrir des dossiers. Recommencez avec votre carte CPS ou e-CPS.",
                "This way of signing in is not strong enough to open records. Begin again with your CPS card or e-CPS.",
            )
            .to_owned(),
        SignInProblem::SecondFactorMissing => lang
            .pick(
                "Ce moyen de connexion n'est pas assez sûr pour ouvrir des dossiers\u{a0}: il y faut un second facteur. Recommencez avec la carte, la clé ou le code à usage unique que votre établissement propose.",
                "This way of signing in is not strong enough to open records: it takes a second factor. Begin again with the card, the key or the one-time code that your establishment offers.",
            )
            .to_owned(),
        SignInProblem::Unavailable => lang
            .pick(
                "Le service d'identité ne répond pas. Attendez une minute, puis recommencez.",
                "The identity service does not answer. Wait a minute, then begin again.",
            )
            .to_owned(),
    }
}

/// Why the provider's word is not enough.
pub fn refused_words(provider: &str, structure: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => {
            format!("{provider} vous a reconnu, mais l'annuaire de {structure} n'a pas, ou n'a plus, d'utilisateur actif sous votre identifiant.")
        }
        Lang::En => {
            format!("{provider} recognised you, but the directory of {structure} has no active user under your identifier, or no longer has.")
        }
    }
}

/// What is said to somebody of the insurer who is no agent of the counter.
pub fn no_agent_words(provider: &str, structure: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("{provider} vous a reconnu, mais ne dit pas que vous travaillez à l'accueil de {structure}."),
        Lang::En => format!("{provider} recognised you, but does not say that you work at the counter of {structure}."),
    }
}

/// Title of a group of identities.
pub fn group_words(kind: IdentityKind, lang: Lang) -> &'static str {
    let (fr, en) = match kind {
        IdentityKind::Patient => ("Personnes qui ont un dossier", "People who have a record"),
        IdentityKind::Representative => ("Représentants légaux", "Legal representatives"),
        IdentityKind::Helper => ("Aidants", "Carers"),
        IdentityKind::Professional => ("Professionnels de santé", "Health professionals"),
        IdentityKind::Counter => ("Accueil de l'assurance maladie", "Health insurance counter"),
        IdentityKind::Operator => ("Exploitation du service", "Operation of the service"),
    };
    lang.pick(fr, en)
}

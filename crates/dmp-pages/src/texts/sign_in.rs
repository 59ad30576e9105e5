//! Texts of the demonstration's sign-in page.

use crate::lang::texts;
use crate::{IdentityKind, Lang};

texts! {
    /// Sign-in page.
    SignInTexts {
        title: "Choisir une identité d'essai", "Choose a test identity";
        lead: "Ce site est un bac à sable. Toutes les personnes sont inventées, leurs numéros n'existent pas, leurs documents non plus. N'y mettez jamais de vraies données de santé.", "This site is a sandbox. Every person is invented; their numbers do not exist, nor do their documents. Never put real health data here.";
        how: "Choisissez qui vous voulez être. Vous pourrez quitter et changer à tout moment.", "Choose who you want to be. You can sign out and change at any time.";
        unknown: "Cette identité d'essai n'existe pas. Choisissez-en une dans la liste.", "This test identity does not exist. Choose one from the list.";
        empty: "Aucune identité d'essai n'est encore installée. Lancez « dmp seed », puis rechargez cette page.", "No test identity is installed yet. Run “dmp seed”, then reload this page.";
        enter_as: "Entrer comme", "Enter as";
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

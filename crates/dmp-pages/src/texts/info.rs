//! Texts of help, accessibility and personal data: blocks of short sentences, French and English.

/// French and English.
pub type Words = (&'static str, &'static str);

/// A few sentences under a title that can be linked to.
#[derive(Debug)]
pub struct InfoBlock {
    pub id: &'static str,
    pub title: Words,
    pub paragraphs: &'static [Words],
    pub items: &'static [Words],
    /// Path and words.
    pub links: &'static [(&'static str, Words)],
}

/// The help.
pub const HELP: &[InfoBlock] = &[
    InfoBlock {
        id: "start",
        title: ("Par où commencer", "Where to begin"),
        paragraphs: &[
            (
                "La première page montre l'essentiel : allergies, traitements, maladies, derniers résultats.",
                "The first page shows what matters: allergies, treatments, illnesses, latest results.",
            ),
            (
                "Chaque ligne mène au document qui la prouve. Le menu a cinq entrées, toujours les mêmes.",
                "Each line leads to the document that proves it. The menu has five entries, always the same.",
            ),
        ],
        items: &[],
        links: &[],
    },
    InfoBlock {
        id: "no-phone",
        title: ("Je n'ai ni téléphone ni adresse mail", "I have neither phone nor e-mail"),
        paragraphs: &[
            (
                "Vous n'en avez pas besoin. À l'accueil de votre caisse d'assurance maladie, on peut ouvrir votre dossier avec vous.",
                "You need none. At the desk of your health insurance fund, your record can be opened with you.",
            ),
            (
                "On vous y remet une feuille de codes imprimés. Chaque code sert une fois, sur n'importe quel ordinateur.",
                "You are given a sheet of printed codes. Each code works once, on any computer.",
            ),
            ("L'agent ne voit rien de votre santé.", "The agent sees nothing of your health."),
        ],
        items: &[
            ("Apportez votre carte Vitale et une pièce d'identité.", "Bring your carte Vitale and an identity document."),
            (
                "Vous pouvez y demander votre synthèse, la liste des accès et la liste des personnes autorisées, sous enveloppe fermée.",
                "You can ask there for your summary, the list of accesses and the list of authorised people, in a closed envelope.",
            ),
            (
                "Vous pouvez aussi y bloquer quelqu'un, tout masquer, ou fermer le dossier.",
                "You can also block somebody there, hide everything, or close the record.",
            ),
        ],
        links: &[],
    },
    InfoBlock {
        id: "access",
        title: ("Quelqu'un a regardé, et je ne le connais pas", "Somebody looked, and I do not know them"),
        paragraphs: &[
            (
                "La page « Qui a accès » dit pourquoi l'accès a été permis : une équipe de soins, une urgence, votre accord.",
                "The page “Who has access” says why the access was allowed: a care team, an emergency, your consent.",
            ),
            (
                "Vous pouvez bloquer la personne tout de suite. Elle ne voit plus rien, et rien ne lui dit pourquoi.",
                "You can block the person at once. They see nothing any more, and nothing tells them why.",
            ),
        ],
        items: &[],
        links: &[("/access", ("Qui a accès", "Who has access"))],
    },
    InfoBlock {
        id: "hide",
        title: ("Masquer un document", "Hiding a document"),
        paragraphs: &[
            (
                "Un document masqué n'est plus vu par les professionnels, sauf son auteur et votre médecin traitant.",
                "A hidden document is no longer seen by professionals, except its author and your regular doctor.",
            ),
            ("Rien ne leur dit qu'un document est masqué.", "Nothing tells them that a document is hidden."),
        ],
        items: &[],
        links: &[],
    },
    InfoBlock {
        id: "missing",
        title: ("Il manque un document", "A document is missing"),
        paragraphs: &[
            ("Demandez à qui a donné les soins de le déposer : la loi le prévoit.", "Ask who gave the care to add it: the law provides for it."),
            (
                "La page « Ce qui est arrivé, ce qui est attendu » dit ce que l'on attend encore.",
                "The page “What has come, what is expected” says what is still awaited.",
            ),
        ],
        items: &[],
        links: &[("/expected", ("Ce qui est arrivé, ce qui est attendu", "What has come, what is expected"))],
    },
    InfoBlock {
        id: "words",
        title: ("Les mots", "The words"),
        paragraphs: &[],
        items: &[
            (
                "INS, identité nationale de santé : votre numéro de sécurité sociale et votre identité vérifiée.",
                "INS, national health identity: your social security number and your checked identity.",
            ),
            (
                "RPPS : le numéro d'un professionnel de santé, écrit sur ses ordonnances.",
                "RPPS: the number of a health professional, written on their prescriptions.",
            ),
            (
                "Médecin traitant : le médecin que vous avez déclaré à l'assurance maladie.",
                "Médecin traitant: the regular doctor whom you declared to the health insurance.",
            ),
            (
                "Bris de glace : l'accès d'un professionnel en urgence, sans votre accord, toujours raconté.",
                "Break-glass: a professional's access in an emergency, without your consent, always told.",
            ),
            ("SAMU – Centre 15 : les médecins qui répondent au 15.", "SAMU – Centre 15: the doctors who answer the emergency number 15."),
        ],
        links: &[],
    },
    InfoBlock {
        id: "software",
        title: ("Le logiciel", "The software"),
        paragraphs: &[(
            "Ce site est un logiciel libre : son code peut être lu, vérifié et réutilisé (licences MIT et Apache 2.0).",
            "This site is free software: its code can be read, checked and reused (MIT and Apache 2.0 licences).",
        )],
        items: &[],
        links: &[],
    },
];

/// The declaration of accessibility.
pub const ACCESSIBILITY: &[InfoBlock] = &[
    InfoBlock {
        id: "state",
        title: ("État de conformité", "State of conformity"),
        paragraphs: &[
            (
                "Ce site vise le référentiel RGAA 4.1 et le niveau AA des règles WCAG 2.2.",
                "This site aims at the French RGAA 4.1 and at level AA of WCAG 2.2.",
            ),
            (
                "Chaque version est vérifiée par un outil automatique, au clavier, et sur une grille de 106 critères publiée avec le code.",
                "Each version is checked by an automatic tool, by keyboard, and on a grid of 106 criteria published with the code.",
            ),
            (
                "Personne d'extérieur n'a fait d'audit : aucune conformité totale n'est déclarée.",
                "Nobody from outside has done an audit: no full conformity is declared.",
            ),
        ],
        items: &[],
        links: &[],
    },
    InfoBlock {
        id: "how",
        title: ("Ce qui est prévu pour vous", "What is made for you"),
        paragraphs: &[],
        items: &[
            ("Toutes les pages fonctionnent au clavier et sans JavaScript.", "All pages work by keyboard and without JavaScript."),
            ("Le texte peut être agrandi, les couleurs assombries ou contrastées.", "Text can be enlarged, colours darkened or contrasted."),
            (
                "Vous choisissez après combien de temps une session sans activité se ferme. Un formulaire envoyé trop tard vous attend une heure.",
                "You choose after how much time a session without activity closes. A form that was sent too late waits for you for one hour.",
            ),
            ("Quatre pages existent en version facile à lire.", "Four pages exist in an easy-to-read version."),
            ("Chaque graphique a un tableau qui dit la même chose.", "Each graphic has a table that says the same."),
        ],
        links: &[("/display", ("Changer l'affichage", "Change the display")), ("/easy", ("Version facile à lire", "Easy-to-read version"))],
    },
    InfoBlock {
        id: "limits",
        title: ("Ce qui ne va pas encore", "What is not right yet"),
        paragraphs: &[
            (
                "Aucun lecteur d'écran n'a encore été écouté : nous ne savons pas comment les messages y sont annoncés.",
                "No screen reader has been listened to yet: we do not know how messages are announced in one.",
            ),
            (
                "Les documents sont montrés tels qu'ils ont été écrits : un document numérisé n'a pas toujours de texte lisible à voix haute.",
                "Documents are shown as they were written: a scanned document does not always have text that can be read aloud.",
            ),
            (
                "Dites-nous ce qui vous arrête : nous répondons, et nous vous donnons l'information autrement.",
                "Tell us what stops you: we answer, and give you the information in another way.",
            ),
        ],
        items: &[],
        links: &[],
    },
];

/// Personal data.
pub const PRIVACY: &[InfoBlock] = &[
    InfoBlock {
        id: "why",
        title: ("Pourquoi ces données sont ici", "Why these data are here"),
        paragraphs: &[
            (
                "Le dossier médical partagé sert à votre prévention et à vos soins (code de la santé publique, article L. 1111-14).",
                "The shared health record serves your prevention and care (French public health code, article L. 1111-14).",
            ),
            ("Il est ouvert si vous le voulez, et fermé quand vous le voulez.", "It is opened if you want it, and closed when you want."),
        ],
        items: &[],
        links: &[],
    },
    InfoBlock {
        id: "what",
        title: ("Ce qui est gardé", "What is kept"),
        paragraphs: &[],
        items: &[
            (
                "Les documents que déposent les professionnels, l'assurance maladie et vous.",
                "The documents that professionals, the health insurance and you add.",
            ),
            ("Vos choix : qui peut lire, ce qui est masqué, les urgences.", "Your choices: who may read, what is hidden, emergencies."),
            ("La liste de tous les accès.", "The list of all accesses."),
        ],
        links: &[],
    },
    InfoBlock {
        id: "how-long",
        title: ("Combien de temps", "How long"),
        paragraphs: &[
            (
                "Aussi longtemps que le dossier est ouvert. Après la fermeture, il est gardé dix ans, puis détruit.",
                "As long as the record is open. After closing it is kept for ten years, then destroyed.",
            ),
            (
                "Pendant ces dix ans, vous pouvez le rouvrir, ou demander qu'il soit détruit.",
                "During these ten years you can open it again, or ask for its destruction.",
            ),
        ],
        items: &[],
        links: &[],
    },
    InfoBlock {
        id: "never",
        title: ("Qui ne les verra jamais", "Who will never see them"),
        paragraphs: &[
            (
                "Votre employeur, votre banque, votre assureur, votre mutuelle, la médecine du travail sans votre accord exprès.",
                "Your employer, your bank, your insurer, your complementary insurer, occupational medicine without your express consent.",
            ),
            (
                "Aucune donnée n'est vendue, ni envoyée à un autre site. Ce site ne mesure pas votre visite.",
                "No data is sold, nor sent to another site. This site does not measure your visit.",
            ),
        ],
        items: &[],
        links: &[],
    },
    InfoBlock {
        id: "cookies",
        title: ("Les cookies", "Cookies"),
        paragraphs: &[(
            "Un cookie garde votre session, un autre la langue, un autre l'affichage. Il n'y en a pas d'autre.",
            "One cookie keeps your session, one the language, one the display. There are no others.",
        )],
        items: &[],
        links: &[],
    },
    InfoBlock {
        id: "rights",
        title: ("Vos droits", "Your rights"),
        paragraphs: &[(
            "Lire, emporter, faire corriger, masquer, fermer : tout se fait depuis vos réglages, au guichet, ou par courrier.",
            "Read, take away, have corrected, hide, close: all of it from your settings, at the desk, or by letter.",
        )],
        items: &[],
        links: &[("/settings", ("Mes réglages", "My settings"))],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_stands_in_both_languages_and_french_has_its_spaces() {
        for block in HELP.iter().chain(ACCESSIBILITY).chain(PRIVACY) {
            let links = block.links.iter().map(|(_, words)| words);
            for (fr, en) in std::iter::once(&block.title).chain(block.paragraphs).chain(block.items).chain(links) {
                assert!(!fr.is_empty() && !en.is_empty() && (fr != en || fr.len() < 16), "{fr}");
                assert_eq!(crate::journal_sentence::typeset(fr), *fr, "type U+00A0 before : ; ? ! and inside « »");
            }
        }
    }

    #[test]
    fn places_to_link_to_are_unique() {
        for page in [HELP, ACCESSIBILITY, PRIVACY] {
            let ids: std::collections::BTreeSet<_> = page.iter().map(|block| block.id).collect();
            assert_eq!(ids.len(), page.len());
        }
    }
}

//! Texts of the hub of settings.

use crate::lang::texts;

texts! {
    /// The hub.
    SettingsTexts {
        title: "Mes réglages", "My settings";
        lead: "Tout ce que vous pouvez décider pour votre dossier.", "Everything that you can decide for your record.";
    }
}

/// A link of the hub.
#[derive(Debug)]
pub struct SettingsLink {
    pub path: &'static str,
    /// French and English.
    pub words: (&'static str, &'static str),
    pub hint: (&'static str, &'static str),
    /// For the person alone, not for who acts for them.
    pub own: bool,
}

/// Links that belong together.
#[derive(Debug)]
pub struct SettingsGroup {
    pub title: (&'static str, &'static str),
    pub links: &'static [SettingsLink],
}

const fn link(path: &'static str, words: (&'static str, &'static str), hint: (&'static str, &'static str)) -> SettingsLink {
    SettingsLink { path, words, hint, own: false }
}

/// Every link, by group.
pub const GROUPS: &[SettingsGroup] = &[
    SettingsGroup {
        title: ("Me prévenir, me montrer", "Telling me, showing me"),
        links: &[
            link(
                "/notices",
                ("Messages et façon de me prévenir", "Messages, and how to tell me"),
                ("Par e-mail ou par courrier, pour quoi, dans quelle langue.", "By e-mail or letter, for what, in which language."),
            ),
            link(
                "/display",
                ("Affichage", "Display"),
                ("Clair, sombre, très contrasté ; taille du texte.", "Light, dark, high contrast; text size."),
            ),
            link(
                "/easy",
                ("Version facile à lire", "Easy-to-read version"),
                ("Les pages principales, en mots simples.", "The main pages, in simple words."),
            ),
        ],
    },
    SettingsGroup {
        title: ("Qui voit mon dossier", "Who sees my record"),
        links: &[
            link(
                "/access",
                ("Qui a accès", "Who has access"),
                ("Laisser entrer, retirer, bloquer ; les urgences.", "Let in, withdraw, block; emergencies."),
            ),
            link("/journal", ("Qui a regardé", "Who looked"), ("Chaque accès, avec sa raison.", "Each access, with its reason.")),
            link(
                "/emergency-card",
                ("Ma carte d'urgence", "My emergency card"),
                ("Ce que les secours doivent savoir, à imprimer.", "What rescuers must know, to be printed."),
            ),
        ],
    },
];

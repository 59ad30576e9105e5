//! Texts of the hub of settings.

use crate::lang::texts;

texts! {
    /// The hub.
    SettingsTexts {
        title: "Mes réglages", "My settings";
        lead_other: "Tout ce que vous pouvez décider pour ce dossier.", "Everything that you can decide for this record.";
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
    /// Who is offered it.
    pub offered: Offered,
}

/// Who is offered a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offered {
    /// Whoever reads a record.
    Readers,
    /// Whom the pages about rights are open to.
    Rights,
    /// The person alone, not who acts for them.
    Own,
}

/// Links that belong together.
#[derive(Debug)]
pub struct SettingsGroup {
    pub title: (&'static str, &'static str),
    pub links: &'static [SettingsLink],
}

const fn link(path: &'static str, words: (&'static str, &'static str), hint: (&'static str, &'static str)) -> SettingsLink {
    SettingsLink { path, words, hint, offered: Offered::Readers }
}

const fn about_rights(path: &'static str, words: (&'static str, &'static str), hint: (&'static str, &'static str)) -> SettingsLink {
    SettingsLink { path, words, hint, offered: Offered::Rights }
}

/// Every link, by group.
pub const GROUPS: &[SettingsGroup] = &[
    SettingsGroup {
        title: ("Compléter mon dossier", "Complete my record"),
        links: &[
            link(
                "/add",
                ("Ajouter", "Add"),
                ("Un document, une photo, une allergie, une mesure, mes volontés.", "A document, a photo, an allergy, a measure, my wishes."),
            ),
            link("/added", ("Ce que j'ai ajouté", "What I added"), ("Le corriger, le retirer.", "Correct it, take it back.")),
            link(
                "/corrections",
                ("Mes demandes de correction", "My requests for correction"),
                ("Une erreur signalée à l'auteur d'un document.", "An error told to the author of a document."),
            ),
        ],
    },
    SettingsGroup {
        title: ("Partager, me faire aider", "Share, get help"),
        links: &[
            about_rights("/share", ("Partager", "Share"), ("Montrer un code, envoyer un lien qui s'arrête.", "Show a code, send a link that ends.")),
            link("/relatives", ("Mes proches", "My relatives"), ("Mes enfants, qui j'aide, qui m'aide.", "My children, whom I help, who helps me.")),
            about_rights(
                "/apps",
                ("Mes applications", "My apps"),
                ("Celles qui lisent mon dossier, et comment l'arrêter.", "Those that read my record, and how to stop it."),
            ),
        ],
    },
    SettingsGroup {
        title: ("Me prévenir, me montrer", "Telling me, showing me"),
        links: &[
            about_rights(
                "/notices",
                ("Messages et façon de me prévenir", "Messages, and how to tell me"),
                ("Par courriel ou par courrier, pour quoi, dans quelle langue.", "By e-mail or letter, for what, in which language."),
            ),
            SettingsLink {
                path: "/settings/signin",
                words: ("Mes moyens de connexion", "My ways of signing in"),
                hint: ("Clé d'accès, codes imprimés, adresse, sessions ouvertes.", "Passkey, printed codes, address, open sessions."),
                offered: Offered::Readers,
            },
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
            about_rights(
                "/access",
                ("Qui a accès", "Who has access"),
                ("Laisser entrer, retirer, bloquer ; les urgences.", "Let in, withdraw, block; emergencies."),
            ),
            about_rights(
                "/access/preview",
                ("Ce que voit un professionnel", "What a professional sees"),
                ("Mon dentiste, ma pharmacie, un médecin du travail…", "My dentist, my pharmacy, an occupational doctor…"),
            ),
            about_rights("/journal", ("Qui a regardé", "Who looked"), ("Chaque accès, avec sa raison.", "Each access, with its reason.")),
            link(
                "/emergency-card",
                ("Ma carte d'urgence", "My emergency card"),
                ("Ce que les secours doivent savoir, à imprimer.", "What rescuers must know, to be printed."),
            ),
        ],
    },
    SettingsGroup {
        title: ("Emporter, recevoir, fermer", "Take away, receive, close"),
        links: &[
            link(
                "/download",
                ("Tout télécharger", "Download everything"),
                ("Une copie complète, lisible sans ce site.", "A full copy, readable without this site."),
            ),
            about_rights(
                "/paper",
                ("Recevoir sur papier", "Receive on paper"),
                ("La synthèse, qui a regardé, qui peut regarder.", "The summary, who looked, who may look."),
            ),
            SettingsLink {
                path: "/close",
                words: ("Fermer mon dossier", "Close my record"),
                hint: ("Ce que cela veut dire, et comment rouvrir.", "What it means, and how to open it again."),
                offered: Offered::Own,
            },
        ],
    },
];

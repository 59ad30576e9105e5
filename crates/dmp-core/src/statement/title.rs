//! Titles: of a statement, and of a file that came without one.

use super::{Statement, StatementKind};
use crate::summary::words;

/// Most characters of a title.
const TITLE_MAX: usize = 120;

impl Statement {
    /// The title of its document, in French as every document's.
    pub fn title(&self) -> String {
        let title = match self {
            Statement::Allergy { substance, .. } => format!("Allergie : {substance}"),
            Statement::Measure { what, value, second, .. } => {
                let values = second.as_ref().map_or_else(|| value.clone(), |second| format!("{value}/{second}")).replace('.', ",");
                format!("{} : {values} {}", what.words(), what.first().shown_unit)
            }
            Statement::Medicine { name, .. } => format!("Médicament sans ordonnance : {name}"),
            Statement::Family { relation, illness } => format!("Antécédent familial : {illness} ({relation})"),
            Statement::Directives { .. } => "Directives anticipées".to_owned(),
            Statement::DirectivesKept { .. } => "Directives anticipées : où elles se trouvent".to_owned(),
            Statement::Organs { .. } => "Don d'organes : ma volonté".to_owned(),
            Statement::Contact { role, name, .. } => format!("{} : {name}", role.words()),
        };
        cut(&title)
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(TITLE_MAX) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}

/// Words of a text that say what a document is, and the type of the person's own that goes with them (JDV_J66).
const GUESSES: [(&[&str], &str); 9] = [
    (&["directives anticipees"], "EXPPAT_3"),
    (&["ordonnance", "posologie"], "DOCPAT02"),
    (&["biologie medicale", "laboratoire d analyses", "analyses medicales", "hematologie"], "DOCPAT05"),
    (&["radiographie", "echographie", "scanner", "irm", "mammographie", "imagerie"], "DOCPAT04"),
    (&["vaccination", "vaccin"], "DOCPAT06"),
    (&["certificat"], "DOCPAT07"),
    (&["attestation", "carte de mutuelle", "tiers payant"], "DOCPAT09"),
    (&["compte rendu", "hospitalisation", "consultation"], "DOCPAT03"),
    (&["synthese"], "DOCPAT01"),
];

/// The type that the words of a document and the name of its file suggest; `EXPPAT_2`, any other document, when nothing does.
pub fn type_of_file(text: &str, file_name: &str) -> &'static str {
    let said = [words::normal(file_name), words::normal(beginning(text))];
    let guess = said.iter().find_map(|said| GUESSES.iter().find(|(keys, _)| keys.iter().any(|key| holds(said, key))));
    guess.map_or("EXPPAT_2", |(_, code)| code)
}

/// Whether words stand in a normalised text as whole words; `normal` drops little words and plural on both sides.
fn holds(said: &str, key: &str) -> bool {
    let key = words::normal(key);
    format!(" {said} ").contains(&format!(" {key} "))
}

/// The first page's worth of a text.
fn beginning(text: &str) -> &str {
    text.char_indices().nth(3_000).map_or(text, |(at, _)| text.get(..at).unwrap_or(text))
}

/// A title for a file: the name that it came with when that says something, else the first line of its text that does, else its type.
pub fn title_of_file(text: &str, file_name: &str, type_label: &str) -> String {
    let bare = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = bare.rsplit_once('.').map_or(bare, |(stem, _)| stem);
    let named: String =
        stem.chars().map(|sign| if matches!(sign, '_' | '-' | '.' | '+') { ' ' } else { sign }).filter(|sign| !sign.is_control()).collect();
    let named = named.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = || text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).find(|line| says_something(line));
    let title = if says_something(&named) { Some(named) } else { line() };
    capital(&cut(&title.unwrap_or_else(|| type_label.to_owned())))
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}

/// What telephones, scanners and browsers call a file says nothing.
fn says_something(words_of: &str) -> bool {
    const EMPTY: [&str; 22] = [
        "img",
        "image",
        "photo",
        "scan",
        "scanner",
        "document",
        "doc",
        "fichier",
        "file",
        "capture",
        "ecran",
        "screenshot",
        "whatsapp",
        "pxl",
        "dsc",
        "dscn",
        "dcim",
        "numerisation",
        "copie",
        "pdf",
        "sans",
        "titre",
    ];
    let normal = words::normal(words_of);
    let telling = |word: &&str| {
        let letters = word.chars().filter(|sign| sign.is_alphabetic()).count();
        letters > 2 && letters * 2 > word.chars().count() && !EMPTY.contains(word)
    };
    words_of.chars().count() <= 2 * TITLE_MAX && normal.split(' ').any(|word| telling(&word))
}

impl StatementKind {
    /// Types under which the person files a document of their own, in the order of the form (JDV_J66: DOCPAT and class 90).
    pub const FILE_TYPES: [&'static str; 10] =
        ["DOCPAT02", "DOCPAT03", "DOCPAT05", "DOCPAT04", "DOCPAT06", "DOCPAT07", "DOCPAT09", "DOCPAT01", "EXPPAT_3", "EXPPAT_2"];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_name_its_text_or_its_type() {
        for (text, name, title) in [
            ("", "ordonnance_dr-fictif_2026.pdf", "Ordonnance dr fictif 2026"),
            ("Cabinet du Port\nCompte rendu", "IMG_20261127_101500.jpg", "Cabinet du Port"),
            ("", "IMG_2034.png", "Autre document du patient"),
            ("12/03\n\n  Certificat   médical ", "scan.pdf", "Certificat médical"),
            ("", "../../etc/passwd", "Passwd"),
            ("", "", "Autre document du patient"),
        ] {
            assert_eq!(title_of_file(text, name, "Autre document du patient"), title, "{name}");
        }
        assert!(title_of_file(&"é".repeat(5_000), &"ordonnance ".repeat(500), "x").chars().count() <= TITLE_MAX + 1);
    }

    #[test]
    fn a_type_is_guessed_from_the_name_or_the_first_page() {
        for (text, name, code) in [
            ("", "Ordonnance.pdf", "DOCPAT02"),
            ("LABORATOIRE DE BIOLOGIE MÉDICALE des Remparts", "scan.pdf", "DOCPAT05"),
            ("Compte-rendu d'hospitalisation", "a.pdf", "DOCPAT03"),
            ("Vacances à la mer", "plage.jpg", "EXPPAT_2"),
        ] {
            assert_eq!(type_of_file(text, name), code, "{text} {name}");
        }
        assert!(StatementKind::FILE_TYPES.contains(&type_of_file("", "")));
    }
}

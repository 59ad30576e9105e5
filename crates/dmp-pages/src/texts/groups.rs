//! Texts of folded documents.

use crate::Lang;
use crate::lang::texts;

texts! {
    /// Folded documents.
    GroupTexts {
        episode: "Documents d'un même épisode", "Documents of one episode";
        everything: "Tout afficher, doublons et anciennes versions compris", "Show everything, duplicates and old versions included";
    }
}

/// « 3 versions antérieures ».
pub fn older_versions(count: usize, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Fr, 1) => "1 version antérieure".to_owned(),
        (Lang::Fr, _) => format!("{count} versions antérieures"),
        (Lang::En, 1) => "1 earlier version".to_owned(),
        (Lang::En, _) => format!("{count} earlier versions"),
    }
}

/// « 2 doublons ».
pub fn duplicates(count: usize, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Fr, 1) => "1 doublon".to_owned(),
        (Lang::Fr, _) => format!("{count} doublons"),
        (Lang::En, 1) => "1 duplicate".to_owned(),
        (Lang::En, _) => format!("{count} duplicates"),
    }
}

/// « 312 documents, 41 sans les doublons, 9 nouveaux »; what says nothing is left out.
pub fn counter(total: usize, useful: usize, new: usize, lang: Lang) -> String {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let mut parts = vec![format!("{total} document{}", plural(total))];
    if useful != total {
        parts.push(match lang {
            Lang::Fr => format!("{useful} sans les doublons"),
            Lang::En => format!("{useful} without duplicates"),
        });
    }
    if new > 0 {
        parts.push(match (lang, new) {
            (Lang::Fr, 1) => "1 nouveau".to_owned(),
            (Lang::Fr, _) => format!("{new} nouveaux"),
            (Lang::En, _) => format!("{new} new"),
        });
    }
    parts.join(", ")
}

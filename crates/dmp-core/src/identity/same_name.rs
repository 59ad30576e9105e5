//! Whether the name that somebody wrote may be that of a person: without regard to capitals, accents, hyphens and further names.

use super::PersonName;
use crate::find::fold::words;

impl PersonName {
    /// Whether this name, as somebody wrote it, may be that of the person whose own name is `own`. One of the family names and one of the
    /// first names have to agree; a name that was not written agrees with any, two that were not written with nobody.
    pub fn may_be(&self, own: &PersonName) -> bool {
        let agree = |written: &str, own: &str| {
            let (written, own) = (words(written), words(own));
            written.is_empty() || written.iter().all(|word| own.contains(word)) || (!own.is_empty() && own.iter().all(|word| written.contains(word)))
        };
        let is_written = !words(&self.family).is_empty() || !words(&self.given).is_empty();
        is_written && agree(&self.family, &own.family) && agree(&self.given, &own.given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_however_it_is_written_and_another_is_not() {
        let own = PersonName::new("Jean-Pierre", "D'ESSAI MODÈLE");
        for (given, family) in [
            ("jean pierre", "d essai modele"),
            ("Jean", "MODELE"),
            ("JEAN-PIERRE", "D’Essai"),
            ("", "Modèle"),
            ("Jean-Pierre Marie", "d'Essai-Modèle"),
        ] {
            assert!(PersonName::new(given, family).may_be(&own), "{given} {family}");
        }
        for (given, family) in [("Jean", "DUPONT"), ("Victor", "MODELE"), ("", ""), ("🙂", " - "), ("Jea", "Mod"), ("Jean Victor", "MODELE")] {
            assert!(!PersonName::new(given, family).may_be(&own), "{given} {family}");
        }
        assert!(!own.may_be(&PersonName::default()));
    }
}

//! Words as documents write them: blanks folded, placeholders and denials told from things said.

use dmp_core::summary::AbsenceKind;

/// Most characters of a concept's words: longer texts are rows or whole reports.
const CONCEPT_MAX: usize = 300;

/// Blanks folded to one.
pub(super) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many characters.
pub(super) fn cut(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// The bare lower-case words, without the signs around them.
fn bare(text: &str) -> String {
    fold(text).to_lowercase().trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned()
}

/// Whether words only hold a place: a dash, `(texte libre)`, `non renseigné`.
pub(super) fn is_placeholder(text: &str) -> bool {
    let bare = bare(text);
    bare.starts_with("texte libre") && !bare.contains(") ")
        || matches!(
            bare.as_str(),
            "" | "x"
                | "xx"
                | "xxx"
                | "na"
                | "n/a"
                | "nr"
                | "inconnu"
                | "inconnue"
                | "non renseigné"
                | "non renseignée"
                | "non communiqué"
                | "à compléter"
        )
}

/// The answer of words that answer a question instead of naming something: `oui`, `Oui avec clichés`, `Non : …`. "Non observance" and "Faux
/// travail" are names.
pub(super) fn answer(text: &str) -> Option<bool> {
    let bare = bare(text);
    let end = bare.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(bare.len());
    let (first, rest) = bare.split_at(end);
    let ends_there = rest.is_empty() || rest.trim_start().starts_with([':', ',', '(', '.', ';']);
    match first {
        "oui" => Some(true),
        "yes" | "vrai" if ends_there => Some(true),
        "non" | "no" | "faux" if ends_there => Some(false),
        _ => None,
    }
}

/// Whether words can name a concept: letters, no placeholder, no answer, no bare measure, not a whole row.
pub(super) fn can_name(text: &str) -> bool {
    text.chars().filter(|sign| sign.is_alphabetic()).take(2).count() == 2
        && text.chars().count() <= CONCEPT_MAX
        && !is_placeholder(text)
        && answer(text).is_none()
        && super::text::as_quantity(text).is_none()
}

/// What words deny, when they deny: "aucune allergie connue", "pas d'information".
pub(super) fn denial(text: &str) -> Option<AbsenceKind> {
    let bare = bare(text).replace('’', "'");
    let unknown = ["pas d'information", "aucune information", "information non disponible", "non renseign", "no information"];
    if unknown.iter().any(|start| bare.starts_with(start)) {
        return Some(AbsenceKind::NoInformation);
    }
    // "Absence de rein gauche" is an illness; "Lymphome non hodgkinien" and "Non-Hodgkin" are no denials either.
    let of_a_kind = ["connu", "allerg", "antécédent", "traitement", "intolérance"].iter().any(|word| bare.contains(word));
    let none = ["aucun", "aucune", "pas d", "pas de", "néant", "rien à signaler", "non fumeur", "non-fumeur", "non fumeuse", "no known"];
    let is_denied = matches!(bare.as_str(), "non" | "no" | "none" | "ras" | "nul")
        || none.iter().any(|start| starts_with_word(&bare, start))
        || (of_a_kind && ["absence d", "absence de"].iter().any(|start| starts_with_word(&bare, start)));
    is_denied.then_some(AbsenceKind::NoneKnown)
}

fn starts_with_word(text: &str, start: &str) -> bool {
    text.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Words without the brackets that only repeat one of the codes: `Hypotension [CIM-10 : I95]`.
pub(super) fn without_codes<'c>(text: &str, codes: impl Iterator<Item = &'c str>) -> String {
    let mut words = text.to_owned();
    for code in codes.filter(|code| code.len() >= 2) {
        for (open, close) in [('[', ']'), ('(', ')')] {
            words = without_bracket(&words, open, close, code).unwrap_or(words);
        }
    }
    fold(&words)
}

/// Removes the first bracket that ends in the code.
fn without_bracket(text: &str, open: char, close: char, code: &str) -> Option<String> {
    let end = text.find(&format!("{code}{close}"))?;
    let start = text.get(..end)?.rfind(open)?;
    let inside = text.get(start..end)?;
    let after = text.get(end + code.len() + close.len_utf8()..)?;
    (inside.chars().count() <= 24).then(|| format!("{} {after}", text.get(..start).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_answers_and_measures_name_nothing() {
        for text in ["", "-", "–", "(texte libre)", "(Texte libre)", "oui", "Non", "Oui : (texte libre)", "4.89 mmol/L", "< 1,0 mg/L", "2500 g"] {
            assert!(!can_name(text), "{text}");
        }
        for text in ["Paracétamol", "17-hydroxyprogestérone", "Autre acte (texte libre)", "C3", "Nodule", "5-FU (fluorouracile)"] {
            assert_eq!(can_name(text), text != "C3", "{text}");
        }
    }

    #[test]
    fn an_answer_is_no_name_and_a_name_is_no_answer() {
        for (text, said) in [("Oui", Some(true)), ("Oui avec clichés", Some(true)), ("Non", Some(false)), ("non : (texte libre)", Some(false))] {
            assert_eq!(answer(text), said, "{text}");
        }
        for text in ["Faux travail avant 37 semaines", "Non observance du traitement", "Non-Hodgkin", "Nonagénaire", "No man's land", ""] {
            assert_eq!(answer(text), None, "{text}");
        }
    }

    #[test]
    fn denials_are_told_from_names() {
        assert_eq!(denial("Aucune allergie connue"), Some(AbsenceKind::NoneKnown));
        assert_eq!(denial("Pas d’information sur les allergies"), Some(AbsenceKind::NoInformation));
        assert_eq!(denial("Pas d'allergie"), Some(AbsenceKind::NoneKnown));
        assert_eq!(denial("Non-fumeur."), Some(AbsenceKind::NoneKnown));
        assert_eq!(denial("Rien à signaler."), Some(AbsenceKind::NoneKnown));
        for text in ["Nonagénaire", "Pénicilline", "Rasburicase", "Paspertin", "Aucubine", "Non-Hodgkin lymphoma", "Absence de rein gauche"] {
            assert_eq!(denial(text), None, "{text}");
        }
    }

    #[test]
    fn brackets_that_repeat_a_code_go() {
        let codes = ["I95"];
        assert_eq!(without_codes("Hypotension [CIM-10 : I95]", codes.into_iter()), "Hypotension");
        assert_eq!(without_codes("Hypotension (sévère)", codes.into_iter()), "Hypotension (sévère)");
        assert_eq!(without_codes("é[I95", codes.into_iter()), "é[I95");
    }
}

//! A light stem of French words: plural, feminine and participle endings go, the rest of the word stays.

/// Letters at the beginning that no ending reaches: words with one stem share them.
pub(super) const UNTOUCHED: usize = 3;

/// Endings of the feminine and the masculine that they come from; tried in order after the plural is gone.
const FEMININE: &[(&str, &str)] =
    &[("trice", "teur"), ("ienne", "ien"), ("euse", "eu"), ("elle", "el"), ("enne", "en"), ("onne", "on"), ("ive", "if"), ("ee", ""), ("e", "")];

/// The stem of a folded word. A word with a digit, and a short one, is its own stem.
pub(super) fn stem(word: &str) -> String {
    if word.len() <= UNTOUCHED || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let singular = singular(word);
    let shortened = FEMININE.iter().find_map(|(ending, masculine)| {
        let root = singular.strip_suffix(ending).filter(|root| root.len() >= UNTOUCHED)?;
        Some(format!("{root}{masculine}"))
    });
    shortened.unwrap_or(singular)
}

fn singular(word: &str) -> String {
    if let Some(root) = word.strip_suffix("aux").filter(|root| root.len() >= UNTOUCHED && !root.ends_with('e')) {
        return format!("{root}al");
    }
    let ends_in_plural = word.ends_with("eux") || word.ends_with("eaux") || (word.ends_with('s') && !word.ends_with("ss"));
    let end = word.len() - usize::from(ends_in_plural);
    word.get(..end).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_share_a_stem() {
        for forms in [
            &["vaccin", "vaccins"][..],
            &["rein", "reins"],
            &["renal", "renale", "renales", "renaux"],
            &["arteriel", "arterielle", "arterielles", "arteriels"],
            &["opere", "operee", "operes", "operees"],
            &["veineux", "veineuse", "veineuses"],
            &["actif", "active", "actives"],
            &["patient", "patiente", "patients"],
            &["hospitalier", "hospitaliere", "hospitaliers"],
            &["coronarien", "coronarienne"],
            &["niveau", "niveaux"],
            &["abces", "abces"],
        ] {
            let stems: Vec<String> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{forms:?} {stems:?}");
        }
    }

    #[test]
    fn short_words_and_codes_stay_and_the_first_letters_always_do() {
        for word in ["os", "nfs", "hba1c", "e119", "грипп", ""] {
            assert_eq!(stem(word), word);
        }
        for word in ["tees", "maux", "eaux", "ames", "ivee", "sees", "aees"] {
            assert_eq!(stem(word)[..3], word[..3], "{word}");
        }
    }
}

//! Words as one compares them: without accents, case, punctuation, plural and little words.

/// Little words that change nothing. No single letter is among them ("hépatite A", "vitamine D"), and no negation.
const LITTLE: [&str; 11] = ["de", "du", "des", "le", "la", "les", "au", "aux", "en", "et", "of"];

/// After these words a Roman numeral is a number ("diabète de type II").
const NUMBERED: [&str; 4] = ["type", "stade", "grade", "classe"];

/// The same text for what people would call the same words. Empty for a text without a letter or digit.
///
/// Takes any text; gives lower-case words without accents, separated by one space.
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::with_capacity(24);
    for one in text.chars() {
        match one {
            'a'..='z' | '0'..='9' => word.push(one),
            'A'..='Z' => word.push(one.to_ascii_lowercase()),
            // "l'", "d'": what stands before an apostrophe is no word of its own.
            '\'' | '’' | 'ʼ' if word.chars().count() == 1 => word.clear(),
            // What an accent is when it stands alone (decomposed Unicode).
            '\u{300}'..='\u{36f}' => {}
            _ if one.is_ascii() => finish(&mut word, &mut out),
            _ => fold(one, &mut word, &mut out),
        }
    }
    finish(&mut word, &mut out);
    out
}

fn fold(one: char, word: &mut String, out: &mut String) {
    for lower in one.to_lowercase() {
        match lower {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' => word.push('a'),
            'ç' | 'ć' | 'č' => word.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' => word.push('e'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' => word.push('i'),
            'ñ' | 'ń' => word.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => word.push('o'),
            'ù' | 'ú' | 'û' | 'ü' | 'ū' => word.push('u'),
            'ý' | 'ÿ' => word.push('y'),
            'š' | 'ś' => word.push('s'),
            'ž' | 'ź' | 'ż' => word.push('z'),
            'œ' => word.push_str("oe"),
            'æ' => word.push_str("ae"),
            'ß' => word.push_str("ss"),
            // The two signs for micro are one.
            'µ' => word.push('μ'),
            '\u{300}'..='\u{36f}' => {}
            other if other.is_alphanumeric() => word.push(other),
            _ => finish(word, out),
        }
    }
}

fn finish(word: &mut String, out: &mut String) {
    if word.is_empty() {
        return;
    }
    if !LITTLE.contains(&word.as_str()) {
        singular(word);
        let after_number_word = out.rsplit(' ').next().is_some_and(|last| NUMBERED.contains(&last));
        let shown = match word.as_str() {
            "i" if after_number_word => "1",
            "ii" if after_number_word => "2",
            "iii" if after_number_word => "3",
            "iv" if after_number_word => "4",
            other => other,
        };
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(shown);
    }
    word.clear();
}

/// Both the singular and the plural come out the same; that what comes out is French is not needed.
fn singular(word: &mut String) {
    if word.len() > 5 && word.ends_with("aux") && !word.ends_with("eaux") {
        word.truncate(word.len() - 2);
        word.push('l');
    } else if word.len() > 3 && (word.ends_with('s') || word.ends_with('x')) && !word.ends_with("ss") {
        word.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_plural_and_punctuation_make_no_difference() {
        for (one, other) in [
            ("Diabète de type 2", "DIABETE TYPE II"),
            ("Anévrismes artériaux", "anevrisme artérial"),
            ("Œdème aigu du poumon", "oedeme aigu poumons"),
            ("Insuffisance cardiaque (gauche)", "insuffisances cardiaques, gauche"),
            ("Fracture de l’humérus", "fracture de l'humerus"),
            ("Hyperte\u{301}nsion", "Hyperténsion"),
        ] {
            assert_eq!(normal(one), normal(other), "{one}");
        }
    }

    #[test]
    fn what_differs_in_sense_stays_apart() {
        for (one, other) in
            [("Hépatite A", "Hépatite B"), ("Vitamine D", "Vitamine"), ("Diabète de type 1", "Diabète de type 2"), ("Sans allergie", "Allergie")]
        {
            assert_ne!(normal(one), normal(other), "{one}");
        }
    }

    #[test]
    fn a_text_without_letters_is_empty_and_other_scripts_are_kept() {
        assert_eq!(normal(" – … ()"), "");
        assert_eq!(normal(""), "");
        assert_eq!(normal("Αλλεργία, 漢字"), "αλλεργία 漢字");
    }
}

//! Characters as search compares them: lower case, without accents, ligatures taken apart.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// What a character is to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A letter or digit; what it folds to was pushed.
    Letter,
    /// As if it were not there: accents that stand alone, soft hyphens, zero-width characters.
    Nothing,
    /// It may hold two halves of one word together.
    Hyphen,
    /// After it a new word begins; before it an elided article may stand.
    Apostrophe,
    Separator,
}

/// Says what a character is, and pushes what it folds to when it is a letter or digit.
pub(crate) fn fold(one: char, folded: &mut String) -> Sort {
    match one {
        'a'..='z' | '0'..='9' => {
            folded.push(one);
            Sort::Letter
        }
        'A'..='Z' => {
            folded.push(one.to_ascii_lowercase());
            Sort::Letter
        }
        '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' => Sort::Hyphen,
        '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}' => Sort::Apostrophe,
        '\0'..='\x7f' => Sort::Separator,
        // Soft hyphen, zero-width space and joiners, direction marks, byte order mark.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Sort::Nothing,
        _ => beyond_ascii(one, folded),
    }
}

/// The words of a text, folded.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in text.chars() {
        let mut folded = String::new();
        match fold(letter, &mut folded) {
            Sort::Letter => words.last_mut().into_iter().for_each(|word| word.push_str(&folded)),
            Sort::Nothing => {}
            Sort::Hyphen | Sort::Apostrophe | Sort::Separator => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn beyond_ascii(one: char, folded: &mut String) -> Sort {
    let before = folded.len();
    let mut sort = Sort::Nothing;
    decompose_compatible(one, |part| {
        for lower in part.to_lowercase().filter(|lower| !is_combining_mark(*lower)) {
            if lower.is_alphanumeric() && sort != Sort::Separator {
                push_plain(lower, folded);
                sort = Sort::Letter;
            } else {
                sort = Sort::Separator;
            }
        }
    });
    if sort == Sort::Separator {
        folded.truncate(before);
    }
    sort
}

/// Letters that Unicode does not take apart, as French and its neighbours write them without.
fn push_plain(lower: char, folded: &mut String) {
    match lower {
        'œ' => folded.push_str("oe"),
        'æ' => folded.push_str("ae"),
        'ß' => folded.push_str("ss"),
        'ø' => folded.push('o'),
        'đ' | 'ð' => folded.push('d'),
        'ł' => folded.push('l'),
        'ı' => folded.push('i'),
        'þ' => folded.push_str("th"),
        other => folded.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        for one in text.chars() {
            fold(one, &mut out);
        }
        out
    }

    #[test]
    fn accents_case_and_ligatures_go_however_they_are_encoded() {
        for (text, plain) in [
            ("Œdème", "oedeme"),
            ("oede\u{300}me", "oedeme"),
            ("CÆCUM", "caecum"),
            ("Straße", "strasse"),
            ("ÇÉÀÙÎÖŸ", "ceauioy"),
            ("e\u{301}le\u{301}vation", "elevation"),
            ("ﬁbrose", "fibrose"),
            ("kg/m²", "kgm2"),
            ("hy\u{ad}per\u{200b}tension", "hypertension"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
            ("Ａ１", "a1"),
            ("½", ""),
        ] {
            assert_eq!(folded(text), plain, "{text}");
        }
    }

    #[test]
    fn what_is_between_words_is_told_apart() {
        let mut out = String::new();
        assert_eq!(fold('-', &mut out), Sort::Hyphen);
        assert_eq!(fold('’', &mut out), Sort::Apostrophe);
        assert_eq!(fold('\u{301}', &mut out), Sort::Nothing);
        assert_eq!(fold('½', &mut out), Sort::Separator);
        assert_eq!(fold('…', &mut out), Sort::Separator);
        assert!(out.is_empty());
    }
}

//! A sentence that quotes somebody: the words of others are marked as such.

use crate::journal_sentence::typeset;
use crate::lang::silent_debug;

/// A sentence in three parts; the middle one is what somebody said. Without a quotation everything is [`Quoted::before`].
#[derive(Clone, PartialEq, Eq)]
pub struct Quoted {
    pub before: String,
    /// Shown as `<q>`; its quotation marks stand in the parts around it.
    pub words: String,
    pub after: String,
}

silent_debug!(Quoted);

impl Quoted {
    /// Splits a sentence around the words that it quotes: what stands last between quotation marks and is `words`, without its last full stop.
    pub(crate) fn of(sentence: String, words: Option<&str>) -> Self {
        let whole = |before| Quoted { before, words: String::new(), after: String::new() };
        let Some(words) = words.map(|words| words.trim().trim_end_matches('.')).filter(|words| !words.is_empty()) else { return whole(sentence) };
        let said = [("«\u{a0}", typeset(words), "\u{a0}»"), ("“", words.to_owned(), "”")];
        for (opens, words, closes) in said {
            let Some((before, after)) = sentence.rsplit_once(&format!("{opens}{words}{closes}")) else { continue };
            return Quoted { before: format!("{before}{opens}"), words, after: format!("{closes}{after}") };
        }
        whole(sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(sentence: &str, words: Option<&str>) -> [String; 3] {
        let Quoted { before, words, after } = Quoted::of(sentence.to_owned(), words);
        [before, words, after]
    }

    #[test]
    fn the_words_of_somebody_are_set_apart_and_nothing_is_lost() {
        let french = "Il a lu «\u{a0}Chute\u{a0}». Motif donné\u{a0}: «\u{a0}Chute\u{a0}: ne répond plus\u{a0}».";
        let [before, words, after] = parts(french, Some("Chute : ne répond plus."));
        assert_eq!((words.as_str(), after.as_str()), ("Chute\u{a0}: ne répond plus", "\u{a0}»."));
        assert_eq!(before + &words + &after, french);
        assert_eq!(parts("Reason given: “fall”.", Some("fall")), ["Reason given: “".to_owned(), "fall".to_owned(), "”.".to_owned()]);
    }

    #[test]
    fn a_sentence_that_quotes_nobody_stays_whole() {
        for words in [None, Some("Chute"), Some(" . ")] {
            assert_eq!(
                parts("Il a lu «\u{a0}Compte rendu\u{a0}».", words),
                ["Il a lu «\u{a0}Compte rendu\u{a0}».".to_owned(), String::new(), String::new()]
            );
        }
    }
}

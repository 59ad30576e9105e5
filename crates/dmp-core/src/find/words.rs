//! The words of a text, folded, each with the place where it stands.

use std::ops::Range;

use super::fold::{Sort, fold};

/// Most bytes that are kept of a folded word. SECURITY: bounds every comparison of words.
pub(super) const WORD_MAX: usize = 64;

/// Calls `found` for each word: its folded letters, where it stands in `text` in bytes, and whether a hyphen binds it to the word before.
///
/// A hyphen at the end of a line binds too, as in the text of a PDF.
pub(super) fn each_word(text: &str, mut found: impl FnMut(&str, Range<usize>, bool)) {
    let mut reader = Reader::default();
    for (at, one) in text.char_indices() {
        let end = at + one.len_utf8();
        let before = reader.letters.len();
        match fold(one, &mut reader.letters) {
            Sort::Letter => {
                if reader.letters.len() > WORD_MAX {
                    reader.letters.truncate(before);
                }
                reader.start.get_or_insert(at);
                reader.end = end;
            }
            Sort::Nothing if reader.start.is_some() => reader.end = end,
            Sort::Nothing => {}
            Sort::Hyphen => {
                let ended_here = reader.start.is_some();
                reader.finish(&mut found);
                reader.bind = if ended_here { Bind::Hyphen } else { Bind::No };
            }
            Sort::Apostrophe | Sort::Separator => {
                let ended_here = reader.start.is_some();
                reader.finish(&mut found);
                reader.bind = if ended_here { Bind::No } else { reader.bind.after(one) };
            }
        }
    }
    reader.finish(&mut found);
}

/// Whether the next word is bound to the last one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Bind {
    #[default]
    No,
    /// A hyphen directly after a word.
    Hyphen,
    /// Blanks after that hyphen.
    Blank,
    /// A hyphen and the end of a line.
    Line,
}

impl Bind {
    fn after(self, separator: char) -> Self {
        match (self, separator) {
            (Bind::Hyphen | Bind::Blank | Bind::Line, '\n' | '\r') => Bind::Line,
            (Bind::Line, ' ' | '\t') => Bind::Line,
            (Bind::Hyphen | Bind::Blank, ' ' | '\t') => Bind::Blank,
            _ => Bind::No,
        }
    }
}

#[derive(Default)]
struct Reader {
    letters: String,
    start: Option<usize>,
    end: usize,
    bind: Bind,
}

impl Reader {
    fn finish(&mut self, found: &mut impl FnMut(&str, Range<usize>, bool)) {
        if let Some(start) = self.start.take() {
            found(&self.letters, start..self.end, matches!(self.bind, Bind::Hyphen | Bind::Line));
            self.bind = Bind::No;
        }
        self.letters.clear();
    }
}

/// The words alone.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word, _, _| words.push(word.to_owned()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, &str, bool)> {
        let mut words = Vec::new();
        each_word(text, |word, span, bound| words.push((word.to_owned(), &text[span], bound)));
        words
    }

    #[test]
    fn words_stand_where_the_text_has_them() {
        let found = read("L’Œdème aigu : 7,2 %");
        let pairs: Vec<_> = found.iter().map(|(word, original, _)| (word.as_str(), *original)).collect();
        assert_eq!(pairs, [("l", "L"), ("oedeme", "Œdème"), ("aigu", "aigu"), ("7", "7"), ("2", "2")]);
    }

    #[test]
    fn hyphens_bind_also_over_the_end_of_a_line_and_dashes_do_not() {
        let bound = |text: &str| read(text).iter().map(|(_, _, bound)| *bound).collect::<Vec<_>>();
        assert_eq!(bound("anti-inflammatoire"), [false, true]);
        assert_eq!(bound("hyper-\n  tension"), [false, true]);
        assert_eq!(bound("hyper- \r\ntension"), [false, true]);
        assert_eq!(bound("fin - début"), [false, false]);
        assert_eq!(bound("fin -début"), [false, false]);
        assert_eq!(bound("fin- début"), [false, false]);
        assert_eq!(bound("a-\n-b"), [false, false]);
    }

    #[test]
    fn accents_that_stand_alone_belong_to_their_letter() {
        assert_eq!(read("e\u{301}t e\u{301}"), [("et".to_owned(), "e\u{301}t", false), ("e".to_owned(), "e\u{301}", false)]);
    }

    #[test]
    fn a_word_without_end_is_cut_and_a_text_without_words_has_none() {
        let endless = "x".repeat(10_000);
        let found = read(&endless);
        assert_eq!((found.len(), found[0].0.len(), found[0].1.len()), (1, WORD_MAX, 10_000));
        assert!(read(" \u{301}\u{ad} … — ").is_empty() && read("").is_empty());
    }
}

//! A document prepared for search: its distinct words in order, where each stands, and the text to quote from.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::vocabulary::Vocabulary;
use super::words::{WORD_MAX, each_word};
use crate::summary::TextPart;

/// Most bytes of a document's text that are prepared. SECURITY: bounds the work of every search; what comes after is not found.
pub const TEXT_BYTES_MAX: usize = 1 << 20;
/// What a part counts besides its letters, so that empty ones are bounded too.
const PART_BYTES: usize = 64;

/// One document, prepared. It holds its text: it is as secret as the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folded {
    pub(super) vocabulary: Vocabulary,
    /// The document's title first, as a part without a title of its own.
    pub(super) parts: Vec<Part>,
}

/// A stretch of text and its words by their number in the vocabulary, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    pub place: String,
    pub title: Text,
    pub text: Text,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Text {
    pub original: String,
    pub words: Vec<u32>,
    pub joined: Vec<Joined>,
}

/// Neighbouring words that hyphens bind, as one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Joined {
    pub word: u32,
    /// Index of the first of them in the words of the text, and how many they are.
    pub first: u32,
    pub count: u32,
}

impl Folded {
    /// Prepares a document: its title, and the parts of its text. Coded values count when the caller gives them as a part.
    pub fn of(title: &str, parts: &[TextPart]) -> Folded {
        let mut maker = Maker { numbers: HashMap::new(), left: TEXT_BYTES_MAX };
        let title_part = Part { place: String::new(), title: Text::default(), text: maker.text(title) };
        let mut made = vec![title_part];
        for part in parts {
            let Some(left) = maker.left.checked_sub(PART_BYTES) else { break };
            maker.left = left;
            made.push(Part { place: maker.cut(&part.place).to_owned(), title: maker.text(&part.title), text: maker.text(&part.text) });
        }
        let (vocabulary, order) = Vocabulary::of(maker.numbers);
        made.iter_mut().flat_map(|part| [&mut part.title, &mut part.text]).for_each(|text| text.renumber(&order));
        Folded { vocabulary, parts: made }
    }

    /// The first words that say what a document found: of its conclusion when a part is called so, else of its first part with text. `leave_out`
    /// is the title of a part that holds no words of the document's own. At most `most` characters, cut between words.
    pub fn opening(&self, leave_out: &str, most: usize) -> String {
        let own = || self.parts.iter().skip(1).filter(|part| part.title.original != leave_out && !part.text.original.trim().is_empty());
        let concludes = |part: &&Part| {
            let title = crate::summary::words::normal(&part.title.original);
            CONCLUSIONS.iter().any(|word| title.contains(word))
        };
        let chosen = own().find(concludes).or_else(|| own().next());
        chosen.map(|part| first_words(concluding(&part.text.original), most)).unwrap_or_default()
    }

    /// The text as it was read, part by part and without the title of the document. `leave_out` as for [`Folded::opening`].
    pub fn text(&self, leave_out: &str) -> Vec<TextPart> {
        let own = self.parts.iter().skip(1).filter(|part| part.title.original != leave_out && !part.text.original.trim().is_empty());
        own.map(|part| TextPart { place: part.place.clone(), title: part.title.original.clone(), text: part.text.original.clone() }).collect()
    }

    /// How many distinct words it has.
    pub fn words(&self) -> usize {
        self.vocabulary.len()
    }
}

/// What a part that concludes is called, as it is compared.
const CONCLUSIONS: [&str; 5] = ["conclusion", "synthese", "au total", "impression", "commentaire"];

/// The words of a text; those below its heading « CONCLUSION » or « Conclusion : » when it has one, for a text without parts begins with who wrote
/// to whom.
fn concluding(text: &str) -> impl Iterator<Item = &str> {
    let heads = |word: &str, next: &str| {
        let bare = word.trim_end_matches(':');
        matches!(bare, "CONCLUSION" | "CONCLUSIONS") || (matches!(bare, "Conclusion" | "Conclusions") && (word != bare || next == ":"))
    };
    let mut words = text.split_whitespace().zip(text.split_whitespace().skip(1));
    let after = words.position(|(word, next)| heads(word, next)).map_or(0, |place| place + 1);
    text.split_whitespace().skip(after).skip_while(|word| *word == ":")
}

/// On one line, cut after a whole word.
fn first_words<'t>(words: impl Iterator<Item = &'t str>, most: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in words {
        length += word.chars().count() + 1;
        if length > most {
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

impl Text {
    fn renumber(&mut self, order: &[u32]) {
        let renumbered = |number: &mut u32| *number = order.get(*number as usize).copied().unwrap_or(u32::MAX);
        self.words.iter_mut().for_each(renumbered);
        self.joined.iter_mut().for_each(|joined| renumbered(&mut joined.word));
    }
}

struct Maker {
    /// Numbers of words in the order in which they were met.
    numbers: HashMap<String, u32>,
    /// Bytes that may still be taken.
    left: usize,
}

impl Maker {
    /// As much of a text as there is room for.
    fn cut<'a>(&mut self, text: &'a str) -> &'a str {
        let taken = text.get(..text.floor_char_boundary(self.left)).unwrap_or_default();
        self.left -= taken.len();
        taken
    }

    fn text(&mut self, text: &str) -> Text {
        let original = self.cut(text).to_owned();
        let mut made = Text { original: String::new(), words: Vec::new(), joined: Vec::new() };
        let mut bound_run = String::new();
        let mut run_words = 0;
        each_word(&original, |word, _, bound| {
            if !bound {
                self.join(&mut made, &bound_run, run_words);
                bound_run.clear();
                run_words = 0;
            }
            if bound_run.len() <= WORD_MAX {
                bound_run.push_str(word);
            }
            run_words += 1;
            let number = self.number(word);
            made.words.push(number);
        });
        self.join(&mut made, &bound_run, run_words);
        made.original = original;
        made
    }

    /// Adds the run of bound words that ends with the last word as one word, unless it is a single one or too long.
    fn join(&mut self, made: &mut Text, run: &str, count: usize) {
        if count < 2 || run.len() > WORD_MAX {
            return;
        }
        let first = made.words.len().saturating_sub(count);
        if let (Ok(first), Ok(count)) = (u32::try_from(first), u32::try_from(count)) {
            let word = self.number(run);
            made.joined.push(Joined { word, first, count });
        }
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.to_owned(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(title: &str, text: &str) -> TextPart {
        TextPart { place: "11450-4".into(), title: title.into(), text: text.into() }
    }

    #[test]
    fn it_comes_back_from_a_row_as_it_was_and_is_small() {
        let text = "Traitement anti-inflammatoire arrêté, créatinine 95 µmol/L. ".repeat(70);
        let folded = Folded::of("Compte rendu d'hospitalisation", &[part("Évolution", &text)]);
        let row = postcard::to_allocvec(&folded).unwrap();
        assert_eq!(postcard::from_bytes::<Folded>(&row).unwrap(), folded);
        assert!(row.len() < text.len() * 3 / 2, "{} of {}", row.len(), text.len());
        let json = serde_json::to_string(&folded).unwrap();
        assert_eq!(serde_json::from_str::<Folded>(&json).unwrap(), folded);
    }

    #[test]
    fn the_first_words_are_those_of_the_conclusion() {
        let opening = |parts: &[TextPart]| Folded::of("Titre", parts).opening("Valeurs codées", 40);
        assert_eq!(opening(&[part("Motif", "Toux."), part("Conclusion", "Bronchite aiguë.")]), "Bronchite aiguë.");
        assert_eq!(opening(&[part("", "Centre hospitalier\nConcerne : Claire\nCONCLUSION\nFracture du radius.")]), "Fracture du radius.");
        assert_eq!(opening(&[part("", "Toux. Conclusion : bronchite aiguë.")]), "bronchite aiguë.");
        assert_eq!(opening(&[part("", "Pas de conclusion possible ce jour, à revoir demain matin")]), "Pas de conclusion possible ce jour, à…");
        assert_eq!(opening(&[part("", "Toux depuis hier. CONCLUSION")]), "Toux depuis hier. CONCLUSION");
        assert_eq!(opening(&[part("Valeurs codées", "22298006")]), "");
    }

    #[test]
    fn what_is_bound_by_a_hyphen_is_one_word_too() {
        let folded = Folded::of("", &[part("", "un anti-inflammatoire a-b-c simple")]);
        let text = &folded.parts[1].text;
        let joined: Vec<_> = text.joined.iter().map(|joined| (folded.vocabulary.word(joined.word), joined.first, joined.count)).collect();
        assert_eq!(joined, [("antiinflammatoire", 1, 2), ("abc", 3, 3)]);
        assert_eq!(folded.vocabulary.word(text.words[1]), "anti");
    }

    #[test]
    fn hostile_texts_are_bounded() {
        let word = "x".repeat(10 << 20);
        let folded = Folded::of("", &[part("", &word)]);
        assert_eq!((folded.words(), folded.parts[1].text.original.len()), (1, TEXT_BYTES_MAX - PART_BYTES - 7));
        let zalgo = "e\u{301}\u{302}\u{303}".repeat(1 << 20);
        assert_eq!(Folded::of(&zalgo, &[part("après", "après")]).words(), 1);
        let many: Vec<TextPart> = (0..100_000).map(|_| part("", "")).collect();
        assert!(Folded::of("", &many).parts.len() < 20_000);
        let hyphens = "a-".repeat(1 << 20);
        assert!(Folded::of(&hyphens, &[]).words() <= 2);
    }
}

//! What somebody looks for: words, exact phrases, words that must not be there.

use super::stem::stem;
use super::synonyms;
use super::typo::Pattern;
use super::words::words_of;
use crate::issue::Issue;

/// Most characters of a query.
pub const QUERY_CHARS_MAX: usize = 200;
/// Most words of a query, those of phrases and the excluded ones included.
pub const QUERY_WORDS_MAX: usize = 10;

/// Words that nearly every text has; they are looked for when nothing else is.
const COMMON: &[&str] =
    &["a", "au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour", "sans", "sur", "un", "une"];

/// A query that was read. INVARIANT: at least one clause.
#[derive(Debug, Clone)]
pub struct Query {
    pub(super) clauses: Vec<Clause>,
    pub(super) excluded: Vec<Atom>,
}

/// One thing that a document must hold, in one of several ways.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub ways: Vec<Way>,
}

/// Atoms that must all be there.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub atoms: Vec<Atom>,
    /// Another way to write it than the one asked for.
    pub other_words: bool,
}

/// A word, or words that must stand one after the other.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub words: Vec<Word>,
    pub mode: Mode,
}

/// How much a word of the text may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Not at all, but for case and accents.
    Exact,
    /// By plural and feminine.
    Inflected,
    /// By these, by more letters at the end, and by a typing error.
    Forgiving,
}

/// A word of the query, prepared for comparing.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub text: String,
    pub stem: String,
    pub pattern: Option<Pattern>,
}

impl Word {
    fn new(text: String) -> Self {
        Word { stem: stem(&text), pattern: Pattern::of(&text), text }
    }
}

impl Atom {
    fn new(words: impl IntoIterator<Item = String>, mode: Mode) -> Self {
        Atom { words: words.into_iter().map(Word::new).collect(), mode }
    }
}

impl Query {
    /// Reads words, `"exact phrases"` (also between « » or “ ”), and `-excluded` words or phrases: one to ten words, at most 200 characters.
    ///
    /// All words must be in a document; a synonym (*HTA*, *hypertension artérielle*) counts as the word.
    ///
    /// # Errors
    /// `find-empty` when there is nothing to look for, `find-too-long`, `find-too-many-words`, `find-only-excluded`.
    pub fn parse(text: &str) -> Result<Query, Issue> {
        if text.chars().nth(QUERY_CHARS_MAX).is_some() {
            return Err(Issue::error("find-too-long").expected(QUERY_CHARS_MAX.to_string()));
        }
        let terms = terms(text);
        let count: usize = terms.iter().map(|term| term.words.len()).sum();
        if count > QUERY_WORDS_MAX {
            return Err(Issue::error("find-too-many-words").received(count.to_string()).expected(QUERY_WORDS_MAX.to_string()));
        }
        let (excluded, wanted): (Vec<Term>, Vec<Term>) = terms.into_iter().partition(|term| term.excluded);
        let excluded: Vec<Atom> = excluded.into_iter().map(Term::into_excluded).collect();
        let clauses = clauses(&wanted);
        match (clauses.is_empty(), excluded.is_empty()) {
            (false, _) => Ok(Query { clauses, excluded }),
            (true, true) => Err(Issue::error("find-empty")),
            (true, false) => Err(Issue::error("find-only-excluded")),
        }
    }
}

/// A stretch of the query between blanks or quotes. INVARIANT: at least one word.
struct Term {
    words: Vec<String>,
    phrase: bool,
    excluded: bool,
}

impl Term {
    fn of(text: &str, phrase: bool, excluded: bool) -> Option<Self> {
        let mut words = words_of(text);
        let elided = |word: &str| matches!(word, "l" | "d" | "j" | "m" | "n" | "s" | "t" | "c" | "qu");
        if !phrase && words.len() > 1 && text.contains(['\'', '’']) && words.first().is_some_and(|word| elided(word)) {
            words.remove(0);
        }
        (!words.is_empty()).then_some(Term { words, phrase, excluded })
    }

    fn into_excluded(self) -> Atom {
        let mode = if self.phrase { Mode::Exact } else { Mode::Inflected };
        Atom::new(self.words, mode)
    }

    fn is_common(&self) -> bool {
        !self.phrase && matches!(self.words.as_slice(), [word] if COMMON.contains(&word.as_str()))
    }

    /// As written; for what a hyphen may bind also in one word.
    fn ways(&self) -> Vec<Way> {
        let way = |words: Vec<String>, mode| Way { atoms: vec![Atom::new(words, mode)], other_words: false };
        if self.phrase {
            return vec![way(self.words.clone(), Mode::Exact)];
        }
        let mut ways = vec![way(self.words.clone(), Mode::Forgiving)];
        if self.words.len() > 1 {
            ways.push(way(vec![self.words.concat()], Mode::Forgiving));
        }
        ways
    }
}

/// Cuts a query at blanks and quotes. A quote that is never closed ends with the query.
fn terms(text: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let bare = rest.strip_prefix('-').unwrap_or(rest);
        let excluded = bare.len() < rest.len();
        let (inside, after, phrase) = match bare.chars().next() {
            Some(quote) if is_quote(quote) => {
                let inside = bare.get(quote.len_utf8()..).unwrap_or_default();
                let end = inside.find(is_quote).unwrap_or(inside.len());
                let (inside, after) = inside.split_at(end);
                (inside, after.strip_prefix(is_quote).unwrap_or(after), true)
            }
            _ => {
                let end = bare.find(|one: char| one.is_whitespace() || is_quote(one)).unwrap_or(bare.len());
                let (inside, after) = bare.split_at(end);
                (inside, after, false)
            }
        };
        terms.extend(Term::of(inside, phrase, excluded));
        debug_assert!(after.len() < rest.len(), "{first} was read");
        rest = after.trim_start();
    }
    terms
}

fn is_quote(one: char) -> bool {
    matches!(one, '"' | '«' | '»' | '“' | '”' | '„')
}

fn clauses(terms: &[Term]) -> Vec<Clause> {
    let any_rare = terms.iter().any(|term| !term.is_common());
    let mut clauses = Vec::new();
    let mut rest = terms;
    while let [first, after @ ..] = rest {
        if let Some((taken, ways)) = with_synonyms(rest, any_rare) {
            clauses.push(Clause { ways });
            rest = rest.get(taken..).unwrap_or_default();
            continue;
        }
        if !(any_rare && first.is_common()) {
            clauses.push(Clause { ways: first.ways() });
        }
        rest = after;
    }
    clauses
}

/// How many terms the run at the beginning takes, and the ways to write it, when it is a known abbreviation or what one stands for.
fn with_synonyms(terms: &[Term], any_rare: bool) -> Option<(usize, Vec<Way>)> {
    let plain: Vec<&Term> = terms.iter().take_while(|term| !term.phrase).collect();
    let words: Vec<&str> = plain.iter().flat_map(|term| term.words.iter().map(String::as_str)).collect();
    let found = synonyms::of_beginning(&words)?;
    let mut left = found.taken;
    let run: Vec<&Term> = plain
        .into_iter()
        .take_while(|term| {
            let inside = left >= term.words.len() && left > 0;
            left = left.saturating_sub(if inside { term.words.len() } else { 0 });
            inside
        })
        .collect();
    if left > 0 || run.is_empty() {
        return None;
    }
    let rare = run.iter().filter(|term| !(any_rare && term.is_common()));
    let as_asked = Way { atoms: rare.map(|term| Atom::new(term.words.clone(), Mode::Forgiving)).collect(), other_words: false };
    let others = found.forms.into_iter().map(|form| Way { atoms: vec![Atom::new(form, Mode::Inflected)], other_words: true });
    Some((run.len(), std::iter::once(as_asked).chain(others).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        Query::parse(text).map(|_| String::new()).unwrap_or_else(|issue| issue.code)
    }

    /// Each clause: its ways, atoms joined by `&`, words of an atom by a blank.
    fn read(text: &str) -> Vec<Vec<String>> {
        let atom = |atom: &Atom| atom.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let way = |way: &Way| way.atoms.iter().map(atom).collect::<Vec<_>>().join("&");
        Query::parse(text).unwrap().clauses.iter().map(|clause| clause.ways.iter().map(way).collect()).collect()
    }

    #[test]
    fn words_phrases_and_exclusions_are_told_apart() {
        let query = Query::parse("Créatinine «diabète de type» -scanner -\"sans particularité\"").unwrap();
        assert_eq!(query.clauses.len(), 2);
        assert_eq!(query.clauses[1].ways[0].atoms[0].mode, Mode::Exact);
        assert_eq!(query.clauses[1].ways[0].atoms[0].words.len(), 3);
        let excluded: Vec<_> = query.excluded.iter().map(|atom| (atom.words[0].text.as_str(), atom.words.len(), atom.mode)).collect();
        assert_eq!(excluded, [("scanner", 1, Mode::Inflected), ("sans", 2, Mode::Exact)]);
        assert_eq!(read("\"fin ouverte"), [["fin ouverte"]]);
        assert_eq!(read("poids\"taille\""), [["poids"], ["taille"]]);
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        for empty in ["", "   ", "\"\"", "- -- …", "«»", "\u{301}"] {
            assert_eq!(code(empty), "find-empty", "{empty}");
        }
        assert_eq!(code("-tabac -\"diabète\""), "find-only-excluded");
        assert_eq!(code(&"mot ".repeat(10)), "");
        assert_eq!(code(&"mot ".repeat(11)), "find-too-many-words");
        assert_eq!(code("\"un deux trois quatre cinq six sept huit neuf dix onze\""), "find-too-many-words");
        assert_eq!((code(&"é".repeat(200)), code(&"é".repeat(201))), (String::new(), "find-too-long".into()));
        for code in ["find-empty", "find-too-long", "find-too-many-words", "find-only-excluded"] {
            assert!(crate::catalogue::message(code).is_some(), "{code}");
        }
    }

    #[test]
    fn common_words_are_asked_for_only_alone() {
        assert_eq!(read("insuffisance de la valve"), [["insuffisance"], ["valve"]]);
        assert_eq!(read("de la"), [["de"], ["la"]]);
        assert_eq!(read("l'insuline"), [["insuline"]]);
        assert_eq!(read("\"de la\" valve"), [["de la"], ["valve"]]);
    }

    #[test]
    fn abbreviations_and_what_they_stand_for_are_ways_of_one_clause() {
        assert_eq!(read("HTA"), [["hta", "hypertension arterielle"]]);
        assert_eq!(read("hypertension artérielle sévère"), [vec!["hypertension&arterielle", "hta"], vec!["severe"]]);
        assert_eq!(read("infarctus du myocarde"), [["infarctus&myocarde", "idm"]]);
        assert_eq!(read("anti-vitamine K")[0][0], "anti vitamine&k");
        assert_eq!(read("anti-inflammatoire"), [["anti inflammatoire", "antiinflammatoire"]]);
    }
}

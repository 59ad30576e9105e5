//! Whether a document holds what is asked, and how well.

use super::folded::{Folded, Text};
use super::query::{Atom, Clause, Mode, Query, Way, Word};
use super::stem::{UNTOUCHED, stem};

/// How near a match is to what was asked. The order is that of preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// A typing error was forgiven.
    Forgiven,
    /// Another ending, more letters at the end, or a synonym.
    Close,
    /// The word itself.
    Exact,
}

/// How a document holds a query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Judged {
    pub score: f32,
    pub forgiven: bool,
}

/// One atom as a document holds it: for each of its words, sorted numbers of the vocabulary.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub level: Level,
    pub numbers: Vec<Vec<u32>>,
}

/// Shortest word that may stand for its longer ones.
const PREFIX_LETTERS_MIN: usize = 3;
/// What a word in a title counts more.
const TITLE_BONUS: f32 = 0.25;

impl Level {
    fn weight(self) -> f32 {
        match self {
            Level::Exact => 1.0,
            Level::Close => 0.75,
            Level::Forgiven => 0.5,
        }
    }
}

impl Query {
    /// `None` when a word is missing or an excluded one is there.
    pub(super) fn judge(&self, document: &Folded) -> Option<Judged> {
        let mut judged = Judged { score: 0.0, forgiven: false };
        for clause in &self.clauses {
            let (level, held) = clause.best(document)?;
            let in_title = held.iter().any(|held| document.titles().any(|title| held.occurrences(title).next().is_some()));
            judged.score += level.weight() + if in_title { TITLE_BONUS } else { 0.0 };
            judged.forgiven |= level == Level::Forgiven;
        }
        let excluded = self.excluded.iter().any(|atom| atom.held(document).is_some());
        judged.score /= self.clauses.iter().map(|_| 1.0).sum::<f32>();
        (!excluded).then_some(judged)
    }
}

impl Clause {
    /// The best way in which the document holds it.
    pub fn best(&self, document: &Folded) -> Option<(Level, Vec<Held>)> {
        let mut best: Option<(Level, Vec<Held>)> = None;
        for way in &self.ways {
            if let Some((level, held)) = way.held(document)
                && best.as_ref().is_none_or(|(known, _)| level > *known)
            {
                best = Some((level, held));
                if level == Level::Exact {
                    break;
                }
            }
        }
        best
    }
}

impl Way {
    fn held(&self, document: &Folded) -> Option<(Level, Vec<Held>)> {
        let held = self.atoms.iter().map(|atom| atom.held(document)).collect::<Option<Vec<Held>>>()?;
        let worst = held.iter().map(|held| held.level).min()?;
        Some((if self.other_words { worst.min(Level::Close) } else { worst }, held))
    }
}

impl Atom {
    /// How the document holds it, at the best level that it does.
    pub fn held(&self, document: &Folded) -> Option<Held> {
        let levels: &[Level] = match self.mode {
            Mode::Exact => &[Level::Exact],
            Mode::Inflected => &[Level::Exact, Level::Close],
            Mode::Forgiving => &[Level::Exact, Level::Close, Level::Forgiven],
        };
        levels.iter().find_map(|level| self.held_at(document, *level))
    }

    fn held_at(&self, document: &Folded, level: Level) -> Option<Held> {
        let mut numbers = Vec::with_capacity(self.words.len());
        for word in &self.words {
            let found = word.numbers(document, level, self.mode);
            if found.is_empty() {
                return None;
            }
            numbers.push(found);
        }
        let held = Held { level, numbers };
        // A single word of the vocabulary stands somewhere; several must stand side by side.
        let stands = self.words.len() == 1 || document.texts().any(|text| held.occurrences(text).next().is_some());
        stands.then_some(held)
    }
}

impl Word {
    /// The words of a document that this one may stand for, at a level or above it; sorted.
    fn numbers(&self, document: &Folded, level: Level, mode: Mode) -> Vec<u32> {
        let vocabulary = &document.vocabulary;
        let mut found: Vec<u32> = vocabulary.find(&self.text).into_iter().collect();
        if level <= Level::Close {
            self.close(document, mode, &mut found);
        }
        if level == Level::Forgiven
            && let Some(pattern) = &self.pattern
        {
            vocabulary.near(pattern, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn close(&self, document: &Folded, mode: Mode, found: &mut Vec<u32>) {
        let vocabulary = &document.vocabulary;
        let Some(beginning) = self.text.get(..UNTOUCHED) else { return };
        let is_number = self.text.bytes().all(|byte| byte.is_ascii_digit());
        let may_be_longer = mode == Mode::Forgiving && !is_number && self.text.chars().nth(PREFIX_LETTERS_MIN - 1).is_some();
        found.extend(vocabulary.beginning(beginning).filter(|number| {
            let word = vocabulary.word(*number);
            (may_be_longer && word.starts_with(&self.text)) || (!is_number && stem(word) == self.stem)
        }));
    }
}

impl Folded {
    /// The document's title and those of its parts.
    fn titles(&self) -> impl Iterator<Item = &Text> {
        self.parts.iter().map(|part| &part.title).chain(self.parts.first().map(|part| &part.text))
    }

    fn texts(&self) -> impl Iterator<Item = &Text> {
        self.parts.iter().flat_map(|part| [&part.title, &part.text])
    }
}

impl Held {
    /// Where it stands in a text: index of its first word there, and how many words of the text it takes.
    pub fn occurrences<'a>(&'a self, text: &'a Text) -> impl Iterator<Item = (usize, usize)> + 'a {
        let (single, several) = match self.numbers.as_slice() {
            [numbers] => (Some(numbers), None),
            numbers => (None, Some(numbers)),
        };
        let whole = single.into_iter().flat_map(move |numbers| {
            let is_one = |number: &u32| numbers.binary_search(number).is_ok();
            let alone = text.words.iter().enumerate().filter(move |(_, number)| is_one(number)).map(|(at, _)| (at, 1));
            alone.chain(text.joined.iter().filter(move |joined| is_one(&joined.word)).map(|joined| (joined.first as usize, joined.count as usize)))
        });
        let runs = several.into_iter().flat_map(move |numbers| {
            let begins = move |run: &[u32]| run.iter().zip(numbers).all(|(word, numbers)| numbers.binary_search(word).is_ok());
            text.words.windows(numbers.len().max(1)).enumerate().filter(move |(_, run)| begins(run)).map(|(at, run)| (at, run.len()))
        });
        whole.chain(runs)
    }
}

//! Extracts of a document around what was found.

use std::ops::Range;

use super::folded::{Folded, Part, Text};
use super::matching::Held;
use super::query::Query;
use super::words::each_word;

/// Most extracts of one document.
pub const EXTRACTS_MAX: usize = 3;
/// Characters shown before what was found, and from its beginning on.
const BEFORE_CHARS: usize = 70;
const FROM_CHARS: usize = 130;
/// Occurrences of one word that are marked.
const MARKS_MAX: usize = 64;

/// A stretch of a document around what was found. Plain text, never markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractText {
    /// Place of the part (LOINC code of a section, `page-N`); empty for the document's title.
    pub place: String,
    /// Title of the part; empty when the extract is itself a title.
    pub title: String,
    /// The stretch, in order. Put one behind the other they are a stretch of the original.
    pub pieces: Vec<Piece>,
    /// There is text before and after it.
    pub cut_before: bool,
    pub cut_after: bool,
}

/// A piece of an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// It is what was looked for: to be marked.
    pub found: bool,
}

impl ExtractText {
    /// The whole stretch.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// A text of the document, with the spans found in it.
struct Marked<'a> {
    part: &'a Part,
    text: &'a Text,
    is_title: bool,
    /// Spans in bytes of the original with the clause that they are of, by position.
    spans: Vec<(Range<usize>, usize)>,
}

/// Extracts that together show as many words of the query as they can, in the order of the document.
pub(super) fn extracts(query: &Query, document: &Folded) -> Vec<ExtractText> {
    let held: Vec<Vec<Held>> = query.clauses.iter().map(|clause| clause.best(document).map(|(_, held)| held).unwrap_or_default()).collect();
    let texts = document.parts.iter().enumerate().flat_map(|(index, part)| [(part, &part.text, index == 0), (part, &part.title, true)]);
    let marked: Vec<Marked<'_>> = texts
        .map(|(part, text, is_title)| Marked { part, text, is_title, spans: spans(&held, text) })
        .filter(|marked| !marked.spans.is_empty())
        .collect();
    let mut shown = vec![false; held.len()];
    let mut windows: Vec<(usize, Range<usize>)> = Vec::new();
    // Running text before titles: it says more.
    for titles in [false, true] {
        for (index, marked) in marked.iter().enumerate().filter(|(_, marked)| marked.is_title == titles) {
            add_windows(index, marked, &mut shown, &mut windows);
        }
    }
    windows.sort_by_key(|(index, window)| (*index, window.start));
    windows.iter().filter_map(|(index, window)| marked.get(*index).map(|marked| marked.extract(window))).collect()
}

/// Windows for the clauses that are not shown yet.
fn add_windows(index: usize, marked: &Marked<'_>, shown: &mut [bool], windows: &mut Vec<(usize, Range<usize>)>) {
    for (span, clause) in &marked.spans {
        if windows.len() >= EXTRACTS_MAX || shown.get(*clause).copied().unwrap_or(true) {
            continue;
        }
        let last_end = windows.iter().filter(|(other, _)| *other == index).map(|(_, window)| window.end).max().unwrap_or(0);
        let window = window(&marked.text.original, span, last_end);
        for (other, clause) in &marked.spans {
            if window.start <= other.start
                && other.end <= window.end
                && let Some(shown) = shown.get_mut(*clause)
            {
                *shown = true;
            }
        }
        if let Some(shown) = shown.get_mut(*clause) {
            *shown = true;
        }
        windows.push((index, window));
    }
}

/// Where the clauses stand in a text.
fn spans(held: &[Vec<Held>], text: &Text) -> Vec<(Range<usize>, usize)> {
    let mut wanted: Vec<(usize, usize, usize)> = Vec::new();
    for (clause, atoms) in held.iter().enumerate() {
        wanted.extend(atoms.iter().flat_map(|held| held.occurrences(text).take(MARKS_MAX)).map(|(at, count)| (at, count, clause)));
    }
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut places = Vec::with_capacity(text.words.len());
    each_word(&text.original, |_, span, _| places.push(span));
    let mut spans: Vec<_> = wanted
        .into_iter()
        .filter_map(|(at, count, clause)| Some((places.get(at)?.start..places.get((at + count).checked_sub(1)?)?.end, clause)))
        .collect();
    spans.sort_by_key(|(span, _)| (span.start, span.end));
    spans
}

/// The stretch around a span, whole words where it can, never before `from` and never inside a character.
fn window(text: &str, span: &Range<usize>, from: usize) -> Range<usize> {
    let before = text.get(from..span.start).unwrap_or_default();
    let start = match before.char_indices().rev().nth(BEFORE_CHARS) {
        None => from.min(span.start),
        Some((at, _)) => {
            let tail = before.get(at..).unwrap_or_default();
            let blank = tail.char_indices().find(|(_, one)| one.is_whitespace()).map_or(0, |(at, one)| at + one.len_utf8());
            from + at + blank
        }
    };
    let after = text.get(span.start..).unwrap_or_default();
    let end = match after.char_indices().nth(FROM_CHARS) {
        None => text.len(),
        Some((at, _)) => {
            let head = after.get(..at).unwrap_or_default();
            let matched = span.end - span.start;
            let blank = head.char_indices().rev().find(|(at, one)| one.is_whitespace() && *at >= matched).map_or(at, |(at, _)| at);
            span.start + blank
        }
    };
    start..end
}

impl Marked<'_> {
    fn extract(&self, window: &Range<usize>) -> ExtractText {
        let original = self.text.original.as_str();
        let mut pieces = Vec::new();
        let mut at = window.start;
        let mut push = |range: Range<usize>, found: bool| {
            if let Some(text) = original.get(range).filter(|text| !text.is_empty()) {
                pieces.push(Piece { text: text.to_owned(), found });
            }
        };
        for (span, _) in &self.spans {
            let (start, end) = (span.start.max(at), span.end.min(window.end));
            if start < end {
                push(at..start, false);
                push(start..end, true);
                at = end;
            }
        }
        push(at..window.end, false);
        ExtractText {
            place: self.part.place.clone(),
            title: if self.is_title { String::new() } else { self.part.title.original.clone() },
            pieces,
            cut_before: window.start > 0,
            cut_after: window.end < original.len(),
        }
    }
}

//! Coded elements (`CE`, `CD`) as concepts in the words of the document.

use dmp_core::document::Code;
use dmp_core::summary::Concept;

use crate::cda::tree::{attribute, child, children};

use super::super::words::{answer, can_name, fold, without_codes};
use super::place::Place;
use super::xml::{Element, REPEATS_MAX, text_within};

/// Which words come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefer {
    Narrative,
    Display,
}

/// A code with its system and display; `None` without a code or with a null flavour.
pub(super) fn code(node: Element<'_>) -> Option<Code> {
    let code = attribute(node, "code").filter(|_| node.attribute("nullFlavor").is_none())?;
    let display = fold(&attribute(node, "displayName").unwrap_or_default());
    Some(Code::new(code, attribute(node, "codeSystem").unwrap_or_default(), display))
}

/// The code of an element and those of its translations.
pub(super) fn codes(node: Element<'_>) -> Vec<Code> {
    let translations = children(node, "translation").take(REPEATS_MAX).filter_map(code);
    code(node).into_iter().chain(translations).collect()
}

/// A concept in the words of the narrative when they can name it, else its display, else its code.
pub(super) fn concept<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<Concept> {
    concept_with(place, node, None, Prefer::Narrative)
}

/// The same, with an element whose reference gives words when the code gives none, and the choice of words.
pub(super) fn concept_with<'a>(place: &Place<'_, 'a>, node: Element<'a>, text: Option<Element<'a>>, prefer: Prefer) -> Option<Concept> {
    let codes = codes(node);
    let narrative = || original(place, node).or_else(|| translated(place, node));
    let display = || codes.iter().map(|code| code.display.clone()).find(|display| !display.is_empty());
    let words = match prefer {
        Prefer::Narrative => narrative().or_else(display),
        Prefer::Display => display().or_else(narrative),
    };
    let words = words.or_else(|| text.and_then(|text| referred(place, text)));
    let words = words.or_else(|| codes.first().map(|code| code.code.clone()))?;
    let words = without_codes(&words, codes.iter().map(|code| code.code.as_str()));
    (!words.is_empty()).then_some(Concept { text: words, codes })
}

/// The words of an `originalText`, when they can name something.
pub(super) fn original<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<String> {
    child(node, "originalText").and_then(|original| referred(place, original))
}

fn translated<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<String> {
    let has_own_words = attribute(node, "displayName").is_some();
    children(node, "translation").take(REPEATS_MAX).filter(|_| !has_own_words).find_map(|translation| original(place, translation))
}

/// The words that an element holds or refers to, when they can name something.
pub(super) fn referred<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<String> {
    all_words(place, node).filter(|words| can_name(words))
}

/// Whether the narrative answers "non" to what an entry asks: the first of the elements whose words are an answer counts.
pub(super) fn is_denied<'a>(place: &Place<'_, 'a>, leads: &[Option<Element<'a>>]) -> bool {
    answer_of(place, leads) == Some(false)
}

/// The first answer, yes or no, that some elements refer to.
pub(super) fn answer_of<'a>(place: &Place<'_, 'a>, leads: &[Option<Element<'a>>]) -> Option<bool> {
    let words = |lead: Element<'a>| place.lead(lead).map(|(_, target)| text_within(target));
    leads.iter().flatten().filter_map(|lead| words(*lead)).find_map(|words| answer(&words))
}

/// The words that an element holds or refers to, whatever they are.
pub(super) fn all_words<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<String> {
    let words = match place.lead(node) {
        Some((_, target)) => text_within(target),
        None => text_within(node),
    };
    Some(words).filter(|words| !words.is_empty())
}

//! The distinct words of a document, sorted.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::typo::{Pattern, letters_in};

/// Sorted words, one behind the other in one text: a search runs over them without following pointers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Vocabulary {
    letters: String,
    /// Where each word ends in `letters`.
    ends: Vec<u32>,
    /// For each word, [`letters_in`] it.
    sets: Vec<u32>,
}

impl Vocabulary {
    /// Of words with their numbers from 0; gives also the new number of each.
    pub fn of(numbers: HashMap<String, u32>) -> (Self, Vec<u32>) {
        let mut sorted: Vec<(String, u32)> = numbers.into_iter().collect();
        sorted.sort_unstable();
        let mut order = vec![u32::MAX; sorted.len()];
        let mut made = Vocabulary { letters: String::new(), ends: Vec::new(), sets: Vec::new() };
        for (new, (word, old)) in sorted.into_iter().enumerate() {
            if let (Some(place), Ok(new)) = (order.get_mut(old as usize), u32::try_from(new)) {
                *place = new;
            }
            made.push(&word);
        }
        (made, order)
    }

    fn push(&mut self, word: &str) {
        self.letters.push_str(word);
        self.ends.push(u32::try_from(self.letters.len()).unwrap_or(u32::MAX));
        self.sets.push(letters_in(word));
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A word by its number; empty for a number that it does not have.
    pub fn word(&self, number: u32) -> &str {
        let index = number as usize;
        let start = index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let span = start.zip(self.ends.get(index).copied());
        span.and_then(|(start, end)| self.letters.get(start as usize..end as usize)).unwrap_or_default()
    }

    /// The number of a word.
    pub fn find(&self, word: &str) -> Option<u32> {
        let number = self.first_where(|known| known >= word);
        (number < self.count() && self.word(number) == word).then_some(number)
    }

    /// The numbers of the words that begin so.
    pub fn beginning(&self, prefix: &str) -> Range<u32> {
        let start = self.first_where(|known| known >= prefix);
        let end = self.first_where(|known| known >= prefix && !known.starts_with(prefix));
        start..end.max(start)
    }

    /// Adds the numbers of the words that a typing error makes of the pattern.
    pub fn near(&self, pattern: &Pattern, found: &mut Vec<u32>) {
        let mut start = 0;
        for ((number, end), letters) in (0_u32..).zip(&self.ends).zip(&self.sets) {
            let bytes = end.saturating_sub(start) as usize;
            start = *end;
            if pattern.may_be(*letters, bytes) && pattern.is_near(self.word(number)) {
                found.push(number);
            }
        }
    }

    fn count(&self) -> u32 {
        u32::try_from(self.len()).unwrap_or(u32::MAX)
    }

    /// The first number whose word holds; `holds` is false up to some word and true from it on.
    fn first_where(&self, holds: impl Fn(&str) -> bool) -> u32 {
        let (mut low, mut high) = (0, self.count());
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(self.word(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

/// As kept: the letters, and the length of each word in one byte.
#[derive(Serialize, Deserialize)]
struct Stored {
    letters: String,
    lengths: Vec<u8>,
}

impl Serialize for Vocabulary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let lengths = self.ends.iter().zip(starts).map(|(end, start)| u8::try_from(end.saturating_sub(*start)).unwrap_or(u8::MAX)).collect();
        Stored { letters: self.letters.clone(), lengths }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Vocabulary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Stored::deserialize(deserializer)?;
        let (mut ends, mut sets) = (Vec::with_capacity(stored.lengths.len()), Vec::with_capacity(stored.lengths.len()));
        let mut start = 0_usize;
        for length in stored.lengths {
            let end = start + usize::from(length);
            let word = stored.letters.get(start..end).ok_or_else(|| D::Error::custom("words do not add up"))?;
            ends.push(u32::try_from(end).map_err(D::Error::custom)?);
            sets.push(letters_in(word));
            start = end;
        }
        if start == stored.letters.len() {
            Ok(Vocabulary { letters: stored.letters, ends, sets })
        } else {
            Err(D::Error::custom("words do not add up"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(words: &[&str]) -> Vocabulary {
        Vocabulary::of(words.iter().zip(0..).map(|(word, number)| ((*word).to_owned(), number)).collect()).0
    }

    #[test]
    fn words_are_found_whole_and_by_their_beginning() {
        let words = vocabulary(&["rein", "renal", "rena", "renale", "zona", "éa"]);
        assert_eq!(words.find("renal").map(|number| words.word(number)), Some("renal"));
        assert_eq!(words.find("ren"), None);
        let beginning = |prefix: &str| words.beginning(prefix).map(|number| words.word(number)).collect::<Vec<_>>();
        assert_eq!(beginning("rena"), ["rena", "renal", "renale"]);
        assert_eq!((beginning("zz"), beginning("a"), beginning("é")), (vec![], vec![], vec!["éa"]));
        assert_eq!(words.word(99), "");
        let none = vocabulary(&[]);
        assert!(none.find("").is_none() && none.beginning("").is_empty());
    }

    #[test]
    fn near_words_are_found_wherever_they_stand() {
        let words = vocabulary(&["paracetamol", "paracetamole", "aracetamol", "zparacetamol", "paracetamol2", "ibuprofene"]);
        let mut found = Vec::new();
        words.near(&Pattern::of("paracetamol").unwrap(), &mut found);
        let found: Vec<_> = found.into_iter().map(|number| words.word(number)).collect();
        assert_eq!(found, ["aracetamol", "paracetamol", "paracetamole", "zparacetamol"]);
    }

    #[test]
    fn a_damaged_row_is_refused() {
        for row in [r#"{"letters":"ab","lengths":[3]}"#, r#"{"letters":"ab","lengths":[1]}"#, r#"{"letters":"é","lengths":[1,1]}"#] {
            assert!(serde_json::from_str::<Vocabulary>(row).is_err(), "{row}");
        }
    }
}

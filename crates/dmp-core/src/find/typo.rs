//! Words that differ by a slip of the finger: one letter more, less, other, or two neighbours swapped.

/// Bit of [`letters_in`]: the word has a digit.
const DIGIT: u32 = 1 << 30;
/// Bit of [`letters_in`]: the word has characters beyond ASCII.
const BEYOND_ASCII: u32 = 1 << 31;

/// Which letters a word has, as a set of bits. Two words that differ in more bits than the edits allowed are further apart than these.
pub(super) fn letters_in(word: &str) -> u32 {
    word.chars().fold(0, |set, one| {
        set | match one {
            'a'..='z' => 1 << (u32::from(one) - u32::from('a')),
            '0'..='9' => DIGIT,
            '\0'..='\x7f' => 0,
            other => BEYOND_ASCII | 1 << (26 + u32::from(other) % 4),
        }
    })
}

/// A word to compare many others with: bit-parallel distance of Hyyrö (2003), with swaps of neighbours as one edit.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    /// For each of `a` to `z`, the places where the word has it.
    latin: [u64; 26],
    others: Vec<(char, u64)>,
    length: usize,
    letters: u32,
    most: u32,
    prefix: Option<Prefix>,
}

/// Prefixes of opposite sense that are two edits apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Prefix {
    Hyper,
    Hypo,
}

impl Prefix {
    fn of(word: &str) -> Option<Self> {
        if word.starts_with("hyper") { Some(Prefix::Hyper) } else { word.starts_with("hypo").then_some(Prefix::Hypo) }
    }
}

impl Pattern {
    /// Of a folded word of at most 64 bytes: one edit for 5 to 7 letters, two from 8 on. `None` for a short word or one with a digit.
    pub fn of(word: &str) -> Option<Self> {
        let letters = letters_in(word);
        let length = word.chars().count();
        let most = match length {
            _ if letters & DIGIT != 0 => return None,
            5..=7 => 1,
            8..=64 => 2,
            _ => return None,
        };
        let mut pattern = Pattern { latin: [0; 26], others: Vec::new(), length, letters, most, prefix: Prefix::of(word) };
        for (place, one) in word.chars().enumerate() {
            pattern.note(one, 1 << place);
        }
        Some(pattern)
    }

    fn note(&mut self, one: char, place: u64) {
        let known = match latin_index(one) {
            Some(index) => self.latin.get_mut(index),
            None => self.others.iter_mut().find(|(other, _)| *other == one).map(|(_, places)| places),
        };
        match known {
            Some(places) => *places |= place,
            None => self.others.push((one, place)),
        }
    }

    fn places(&self, one: char) -> u64 {
        match latin_index(one) {
            Some(index) => self.latin.get(index).copied().unwrap_or(0),
            None => self.others.iter().find(|(other, _)| *other == one).map_or(0, |(_, places)| *places),
        }
    }

    /// Whether a word with these letters and this many bytes is worth comparing.
    pub fn may_be(&self, letters: u32, bytes: usize) -> bool {
        let most = self.most as usize;
        let ascii = (letters | self.letters) & BEYOND_ASCII == 0;
        let (more, less) = (letters & !self.letters & !BEYOND_ASCII, self.letters & !letters & !BEYOND_ASCII);
        // One bit fewer for each edit: cheaper than counting bits where the processor has no instruction for it.
        let beyond = if self.most == 1 { fewer(more) | fewer(less) } else { fewer(fewer(more)) | fewer(fewer(less)) };
        (beyond | letters & DIGIT) == 0 && bytes + most >= self.length && (!ascii || bytes <= self.length + most)
    }

    /// Whether the word is this one with at most the edits allowed. *Hyper-* and *hypo-* are never taken for each other.
    pub fn is_near(&self, word: &str) -> bool {
        let opposite = matches!((self.prefix, Prefix::of(word)), (Some(ours), Some(theirs)) if ours != theirs);
        !opposite && self.distance(word) <= self.most
    }

    fn distance(&self, word: &str) -> u32 {
        let last = 1_u64 << (self.length.saturating_sub(1) & 63);
        let (mut plus, mut minus, mut diagonal, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        let mut distance = u32::try_from(self.length).unwrap_or(u32::MAX);
        for one in word.chars() {
            let here = self.places(one);
            let swapped = ((!diagonal & here) << 1) & before;
            diagonal = swapped | ((here & plus).wrapping_add(plus) ^ plus) | here | minus;
            let (up, down) = (minus | !(diagonal | plus), diagonal & plus);
            distance = distance.saturating_add(u32::from(up & last != 0)).saturating_sub(u32::from(down & last != 0));
            let up = (up << 1) | 1;
            plus = (down << 1) | !(diagonal | up);
            minus = diagonal & up;
            before = here;
        }
        distance
    }
}

/// The set without its lowest bit.
fn fewer(set: u32) -> u32 {
    set & set.wrapping_sub(1)
}

fn latin_index(one: char) -> Option<usize> {
    one.is_ascii_lowercase().then(|| one as usize - 'a' as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The textbook table of the optimal string alignment.
    fn table(left: &str, right: &str) -> usize {
        let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
        let mut cells = vec![vec![0; right.len() + 1]; left.len() + 1];
        for i in 0..=left.len() {
            for j in 0..=right.len() {
                cells[i][j] = match (i, j) {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => {
                        let same = usize::from(left[i - 1] != right[j - 1]);
                        let mut best = (cells[i - 1][j] + 1).min(cells[i][j - 1] + 1).min(cells[i - 1][j - 1] + same);
                        if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                            best = best.min(cells[i - 2][j - 2] + 1);
                        }
                        best
                    }
                };
            }
        }
        cells[left.len()][right.len()]
    }

    fn drawn(draw: &mut u64, length: usize) -> String {
        (0..length)
            .map(|_| {
                *draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                ['a', 'b', 'c', 'é', 'ж'][(*draw >> 33) as usize % 5]
            })
            .collect()
    }

    #[test]
    fn the_distance_is_that_of_the_table_and_no_near_word_is_passed_over() {
        let mut draw = 7;
        for round in 0..40_000 {
            let (left, right) = (drawn(&mut draw, 5 + round % 6), drawn(&mut draw, 3 + round / 6 % 9));
            let pattern = Pattern::of(&left).unwrap();
            let expected = table(&left, &right);
            assert_eq!(pattern.distance(&right) as usize, expected, "{left} {right}");
            if expected <= pattern.most as usize {
                assert!(pattern.may_be(letters_in(&right), right.len()), "{left} {right}");
            }
        }
        let long = "a".repeat(64);
        assert_eq!(Pattern::of(&long).unwrap().distance(&long[1..]), 1);
    }

    #[test]
    fn short_words_and_numbers_are_never_forgiven() {
        assert!(Pattern::of("rein").is_none() && Pattern::of("hba1c").is_none() && Pattern::of("12345678").is_none() && Pattern::of("").is_none());
        let pattern = Pattern::of("hypertensoin").unwrap();
        assert!(pattern.is_near("hypertension") && pattern.may_be(letters_in("hypertension"), 12));
        assert!(!Pattern::of("reins").unwrap().is_near("saine"));
        assert!(!Pattern::of("dosage").unwrap().may_be(letters_in("dosage2"), 7));
    }

    #[test]
    fn opposites_are_not_taken_for_each_other() {
        assert!(!Pattern::of("hypertension").unwrap().is_near("hypotension"));
        assert!(!Pattern::of("hypothyroidie").unwrap().is_near("hyperthyroidie"));
        assert!(Pattern::of("hipertension").unwrap().is_near("hypertension"));
    }
}

//! Pairs of rules that can never speak in the same question, each with its reason.

use std::collections::BTreeMap;

use super::rules::Rules;

/// Rules of the first list never meet rules of the second.
type Never = (&'static [&'static str], &'static [&'static str], &'static str);

const NEVER: &[Never] = &[];

/// The pairs by place, the smaller one first.
pub fn impossible(rules: &Rules) -> BTreeMap<(usize, usize), &'static str> {
    let mut pairs = BTreeMap::new();
    for (firsts, seconds, reason) in NEVER {
        for first in *firsts {
            for second in *seconds {
                let (one, other) = (rules.place(first), rules.place(second));
                if one != other {
                    pairs.insert((one.min(other), one.max(other)), *reason);
                }
            }
        }
    }
    pairs
}

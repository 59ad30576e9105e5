//! One rule a file. Order matters only for the reason told when several rules forbid.

use super::decide::{Question, Verdict};

/// A rule: total, pure, never logs.
pub type Rule = fn(&Question<'_>) -> Verdict;

/// Every rule, by name.
pub const ALL: [(&str, Rule); 0] = [];

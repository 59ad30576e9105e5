//! One `Forbid` refuses; otherwise one `Permit` allows; otherwise refuse. Every rule is asked.

use super::{Act, Caller, Facts, Matrix, Reason, rules};
use crate::moment::Moment;

/// What the rules judge.
#[derive(Debug)]
pub struct Question<'a> {
    pub act: Act,
    pub caller: &'a Caller,
    pub facts: &'a Facts,
    pub matrix: &'a Matrix,
    pub now: Moment,
}

/// What one rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Permit,
    Forbid(Reason),
    Silent,
}

/// What all rules together say, and which of them made it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    outcome: Result<(), Reason>,
    rules: Vec<&'static str>,
}

impl Decision {
    /// Whether the act is allowed.
    pub fn is_permitted(&self) -> bool {
        self.outcome.is_ok()
    }

    /// Why it is refused, when it is: the reason of the first rule that forbids, a concealing one before any other.
    pub fn reason(&self) -> Option<Reason> {
        self.outcome.err()
    }

    /// Names of the rules that made the decision.
    pub fn rules(&self) -> &[&'static str] {
        &self.rules
    }
}

/// Decides one act of one caller. Total and pure: the same arguments always give the same decision.
pub fn decide(act: Act, caller: &Caller, facts: &Facts, matrix: &Matrix, now: Moment) -> Decision {
    let question = Question { act, caller, facts, matrix, now };
    let mut permits = Vec::new();
    let mut forbids = Vec::new();
    let mut reason: Option<Reason> = None;
    for (name, rule) in rules::ALL {
        match rule(&question) {
            Verdict::Permit => permits.push(name),
            Verdict::Forbid(why) => {
                // SECURITY: a concealing reason wins, so that a hidden document never answers otherwise than an absent one.
                if reason.is_none_or(|first| why.conceals() && !first.conceals()) {
                    reason = Some(why);
                }
                forbids.push(name);
            }
            Verdict::Silent => {}
        }
    }
    match reason {
        Some(why) => Decision { outcome: Err(why), rules: forbids },
        None if permits.is_empty() => Decision { outcome: Err(Reason::NoRulePermits), rules: Vec::new() },
        None => Decision { outcome: Ok(()), rules: permits },
    }
}

/// Whether a caller may know that the document of these facts exists: it shows in their list, or they wrote it and nobody
/// deleted it. What they may not know of is answered as what does not exist.
///
/// # Errors
/// The decision that keeps it out of their list.
pub fn knows_of(caller: &Caller, facts: &Facts, matrix: &Matrix, now: Moment) -> Result<(), Decision> {
    if facts.entry.as_ref().is_some_and(|entry| entry.written_by_caller && !entry.status.is_deleted()) {
        return Ok(());
    }
    let listed = decide(Act::List, caller, facts, matrix, now);
    if listed.is_permitted() { Ok(()) } else { Err(listed) }
}

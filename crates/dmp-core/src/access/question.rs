//! One question as data: what the rules judge, read and written as JSON (`scenarios/reference/VOCABULARY.md`).

use serde::{Deserialize, Serialize};

use super::{Act, Caller, Decision, Facts, Matrix, decide, knows_of};
use crate::moment::Moment;

/// A whole question but for the matrix, which an installation decides once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenQuestion {
    pub act: Act,
    pub caller: Caller,
    pub facts: Facts,
    #[serde(with = "crate::moment::text")]
    pub now: Moment,
}

/// The answer of [`decide`], as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenAnswer {
    pub answer: Answer,
    /// Whether the caller is answered as if the document did not exist.
    pub concealed: bool,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Permit,
    Forbid,
}

impl WrittenQuestion {
    /// Asks the rules.
    pub fn decide(&self, matrix: &Matrix) -> Decision {
        decide(self.act, &self.caller, &self.facts, matrix, self.now)
    }

    /// The answer, as data.
    pub fn answer(&self, matrix: &Matrix) -> WrittenAnswer {
        let decision = self.decide(matrix);
        let Some(reason) = decision.reason() else { return WrittenAnswer { answer: Answer::Permit, concealed: false } };
        let existing = self.facts.entry.is_some() && self.act.is_clinical() && self.act != Act::Publish;
        let concealed = existing && (reason.conceals() || knows_of(&self.caller, &self.facts, matrix, self.now).is_err());
        WrittenAnswer { answer: Answer::Forbid, concealed }
    }
}

//! The rules one by one: what each says of a question, and what they say together, with or without one of them.

use dmp_core::access::rules::{ALL, Rule};
use dmp_core::access::{Act, Answer, Matrix, Question, Reason, Verdict, WrittenAnswer, WrittenQuestion};

/// The rules of a run. The control leaves one out.
#[derive(Debug)]
pub struct Rules {
    left_out: Option<&'static str>,
}

/// What every rule says of one question.
#[derive(Debug, Clone)]
pub struct Verdicts {
    said: Vec<Verdict>,
    pub outcome: Result<(), Reason>,
}

impl Rules {
    /// All rules but one.
    pub fn without(broken: Option<&str>) -> Result<Self, String> {
        let Some(name) = broken else { return Ok(Rules { left_out: None }) };
        let found = ALL.iter().find(|(known, _)| *known == name);
        let names = || ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        found.map(|(name, _)| Rules { left_out: Some(name) }).ok_or_else(|| format!("no rule `{name}`: {}", names()))
    }

    pub fn count(&self) -> usize {
        ALL.len()
    }

    pub fn name(&self, place: usize) -> &'static str {
        ALL[place].0
    }

    pub fn place(&self, name: &str) -> usize {
        ALL.iter().position(|(known, _)| *known == name).unwrap_or_else(|| panic!("no rule `{name}`"))
    }

    /// Asks every rule.
    pub fn ask(&self, question: &WrittenQuestion, matrix: &Matrix) -> Verdicts {
        self.ask_about(question.act, question, matrix)
    }

    fn ask_about(&self, act: Act, written: &WrittenQuestion, matrix: &Matrix) -> Verdicts {
        let question = Question { act, caller: &written.caller, facts: &written.facts, matrix, now: written.now };
        let said = ALL.iter().map(|(name, rule): &(&'static str, Rule)| if self.left_out == Some(name) { Verdict::Silent } else { rule(&question) });
        let said: Vec<Verdict> = said.collect();
        let forbids: Vec<Reason> = said.iter().filter_map(|one| if let Verdict::Forbid(reason) = one { Some(*reason) } else { None }).collect();
        let reason = forbids.iter().find(|reason| reason.conceals()).or(forbids.first()).copied();
        let outcome = match reason {
            Some(reason) => Err(reason),
            None if said.contains(&Verdict::Permit) => Ok(()),
            None => Err(Reason::NoRulePermits),
        };
        Verdicts { said, outcome }
    }

    /// The answer. Without a rule left out it is that of the library, and so is the way in which the rules are put together.
    pub fn answer(&self, question: &WrittenQuestion, verdicts: &Verdicts, matrix: &Matrix) -> WrittenAnswer {
        if self.left_out.is_none() {
            let decision = question.decide(matrix);
            assert_eq!(decision.reason(), verdicts.outcome.err(), "the rules one by one say otherwise than `decide`: {question:?}");
            return question.answer(matrix);
        }
        let Err(reason) = verdicts.outcome else { return WrittenAnswer { answer: Answer::Permit, concealed: false } };
        let entry = question.facts.entry.as_ref().filter(|_| question.act.is_clinical() && question.act != Act::Publish);
        let theirs = entry.is_some_and(|entry| entry.written_by_caller && !entry.status.is_deleted());
        let known = theirs || self.ask_about(Act::List, question, matrix).outcome.is_ok();
        WrittenAnswer { answer: Answer::Forbid, concealed: entry.is_some() && (reason.conceals() || !known) }
    }
}

impl Verdicts {
    /// Places of the rules that speak.
    pub fn speaking(&self) -> impl Iterator<Item = usize> + '_ {
        self.said.iter().enumerate().filter(|(_, one)| **one != Verdict::Silent).map(|(place, _)| place)
    }

    pub fn speaks(&self, place: usize) -> bool {
        self.said[place] != Verdict::Silent
    }

    /// Places of the rules that decide: those that forbid, or when none does, those that permit.
    pub fn deciding(&self) -> impl Iterator<Item = usize> + '_ {
        let refused = self.said.iter().any(|one| matches!(one, Verdict::Forbid(_)));
        let decides = move |one: &Verdict| match one {
            Verdict::Forbid(_) => true,
            Verdict::Permit => !refused,
            Verdict::Silent => false,
        };
        self.said.iter().enumerate().filter(move |(_, one)| decides(one)).map(|(place, _)| place)
    }
}

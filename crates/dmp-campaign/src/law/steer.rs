//! Steers the drawing: most questions are drawn freely; while a rule or a meeting of two is missing, some are made from parts of
//! questions in which each of the two has spoken.

use dmp_core::access::{Matrix, WrittenQuestion};

use super::coverage::Coverage;
use super::draw::{change, question};
use super::rules::{Rules, Verdicts};
use super::settle::settle;
use crate::draw::Draw;

/// Questions kept for each rule, to be crossed.
const KEPT: usize = 60;
/// One question in so many is aimed at what is missing.
const AIMED: usize = 3;
/// Attempts at one missing pair before another question is drawn.
const ATTEMPTS: usize = 60;

#[derive(Debug)]
pub struct Steer<'a> {
    draw: Draw,
    rules: &'a Rules,
    matrix: &'a Matrix,
    kept: Vec<Vec<WrittenQuestion>>,
    turn: usize,
}

impl<'a> Steer<'a> {
    pub fn new(draw: Draw, rules: &'a Rules, matrix: &'a Matrix) -> Self {
        Steer { draw, rules, matrix, kept: vec![Vec::new(); rules.count()], turn: 0 }
    }

    /// The next question, with what each rule says of it.
    pub fn next(&mut self, coverage: &mut Coverage) -> (WrittenQuestion, Verdicts) {
        self.turn += 1;
        let aimed = if self.turn.is_multiple_of(AIMED) { self.aim(coverage) } else { None };
        let (question, verdicts) = aimed.unwrap_or_else(|| {
            let question = question(&mut self.draw);
            let verdicts = self.rules.ask(&question, self.matrix);
            (question, verdicts)
        });
        coverage.count(&verdicts);
        for place in verdicts.speaking() {
            let kept = &mut self.kept[place];
            if kept.len() < KEPT {
                kept.push(question.clone());
            } else if self.draw.once_in(20) {
                let slot = self.draw.below(KEPT);
                kept[slot] = question.clone();
            }
        }
        (question, verdicts)
    }

    /// A question that brings what is missing, or the last of those that came near.
    fn aim(&mut self, coverage: &Coverage) -> Option<(WrittenQuestion, Verdicts)> {
        if let Some(rule) = coverage.rarest_rule().filter(|_| !self.turn.is_multiple_of(4 * AIMED) || coverage.missing_pairs().is_empty()) {
            let mut question = self.one_of(rule)?;
            for _ in 0..self.draw.below(3) {
                change(&mut question, &mut self.draw);
            }
            settle(&mut question);
            let verdicts = self.rules.ask(&question, self.matrix);
            return Some((question, verdicts));
        }
        let missing = coverage.missing_pairs();
        let (first, second) = *missing.get(self.draw.below(missing.len()))?;
        let mut last = None;
        for _ in 0..ATTEMPTS {
            let question = self.crossed(first, second)?;
            let verdicts = self.rules.ask(&question, self.matrix);
            let both = verdicts.speaks(first) && verdicts.speaks(second);
            last = Some((question, verdicts));
            if both {
                break;
            }
        }
        last
    }

    fn one_of(&mut self, rule: usize) -> Option<WrittenQuestion> {
        let count = self.kept[rule].len();
        (count > 0).then(|| self.kept[rule][self.draw.below(count)].clone())
    }

    /// Parts of two questions.
    fn crossed(&mut self, first: usize, second: usize) -> Option<WrittenQuestion> {
        let (mut question, other) = (self.one_of(first)?, self.one_of(second)?);
        let now = question.now;
        if self.draw.once_in(2) {
            question.act = other.act;
        }
        if self.draw.once_in(2) {
            question.caller = other.caller;
        }
        if self.draw.once_in(2) {
            question.facts.record = other.facts.record;
        }
        if self.draw.once_in(2) {
            question.facts.relation = other.facts.relation;
        }
        if question.facts.entry.is_none() || self.draw.once_in(2) {
            question.facts.entry = other.facts.entry;
        }
        if question.facts.subject.is_none() || self.draw.once_in(2) {
            question.facts.subject = other.facts.subject;
        }
        question.now = if self.draw.once_in(2) { now } else { other.now };
        if self.draw.once_in(3) {
            change(&mut question, &mut self.draw);
        }
        settle(&mut question);
        Some(question)
    }
}

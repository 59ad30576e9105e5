//! Which rules have decided, and which pairs of rules have spoken in the same question.

use std::collections::BTreeMap;

use super::impossible::impossible;
use super::rules::{Rules, Verdicts};

/// Decisions that each rule must have made in a full run.
const DECISIONS_MIN: usize = 1_000;

#[derive(Debug)]
pub struct Coverage {
    names: Vec<&'static str>,
    decided: Vec<usize>,
    /// By pair, the smaller place first.
    met: Vec<usize>,
    impossible: BTreeMap<(usize, usize), &'static str>,
    needed: usize,
    /// Pairs that may meet and have not yet.
    missing: Vec<(usize, usize)>,
}

impl Coverage {
    pub fn new(rules: &Rules, questions: usize) -> Self {
        let count = rules.count();
        let names: Vec<&'static str> = (0..count).map(|place| rules.name(place)).collect();
        let impossible = impossible(rules);
        let all = (0..count).flat_map(|first| (first + 1..count).map(move |second| (first, second)));
        let missing = all.filter(|pair| !impossible.contains_key(pair)).collect();
        Coverage { names, decided: vec![0; count], met: vec![0; count * count], impossible, needed: DECISIONS_MIN.min(questions / 300), missing }
    }

    /// Counts one question.
    pub fn count(&mut self, verdicts: &Verdicts) {
        for place in verdicts.deciding() {
            self.decided[place] += 1;
        }
        let speaking: Vec<usize> = verdicts.speaking().collect();
        let count = self.names.len();
        for (at, first) in speaking.iter().enumerate() {
            for second in &speaking[at + 1..] {
                let met = &mut self.met[first * count + second];
                *met += 1;
                if *met == 1 {
                    self.missing.retain(|pair| pair != &(*first, *second));
                }
            }
        }
    }

    pub fn missing_pairs(&self) -> &[(usize, usize)] {
        &self.missing
    }

    /// A rule that has not decided often enough: the one that has done so least.
    pub fn rarest_rule(&self) -> Option<usize> {
        let few = self.decided.iter().enumerate().filter(|(_, count)| **count < self.needed);
        few.min_by_key(|(_, count)| **count).map(|(place, _)| place)
    }

    /// Prints the counts. Gives how many rules and pairs are not as they should be.
    pub fn print(&self) -> usize {
        println!("  decisions by rule (at least {}):", self.needed);
        let mut faults = 0;
        for (place, count) in self.decided.iter().enumerate() {
            let few = *count < self.needed;
            faults += usize::from(few);
            println!("    {:<24} {count}{}", self.names[place], if few { "   TOO FEW" } else { "" });
        }
        let named = |pair: &(usize, usize)| format!("{} with {}", self.names[pair.0], self.names[pair.1]);
        for pair in &self.missing {
            println!("    NEVER MET: {}", named(pair));
        }
        let count = self.names.len();
        let met: Vec<_> = self.impossible.iter().filter(|(pair, _)| self.met[pair.0 * count + pair.1] > 0).collect();
        for (pair, reason) in &met {
            println!("    MET, though {reason}: {}", named(pair));
        }
        let pairs = count * (count - 1) / 2;
        println!("  pairs of rules: {pairs}, {} met, {} named impossible", pairs - self.impossible.len() - self.missing.len(), self.impossible.len());
        faults + self.missing.len() + met.len()
    }
}

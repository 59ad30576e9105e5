//! What each payee is due for a month: lines and their sum.

use std::collections::BTreeMap;

use super::KeptLine;

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatementLine {
    pub day: i32,
    pub opened: i32,
    pub receipt: String,
    pub cents: i64,
}

/// The month of one payee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The structure's national identifier; the account of who opened alone, without one.
    pub payee: String,
    /// Name of the structure; of the newest line, should it have changed.
    pub name: String,
    pub lines: Vec<StatementLine>,
}

impl Statement {
    /// What is due; below zero when more was taken back than earned.
    pub fn cents(&self) -> i64 {
        self.lines.iter().map(|line| line.cents).sum()
    }

    /// How many openings were taken back.
    pub fn reversals(&self) -> usize {
        self.lines.iter().filter(|line| line.cents < 0).count()
    }
}

/// The statements of a month, by payee.
pub fn statements<'a>(lines: impl IntoIterator<Item = &'a KeptLine>) -> Vec<Statement> {
    let mut all: BTreeMap<String, (i32, Statement)> = BTreeMap::new();
    for line in lines {
        let (payee, name) = match &line.payee.structure {
            Some(structure) => (structure.id.as_str().to_owned(), structure.name.clone()),
            None => (line.payee.account.clone(), String::new()),
        };
        let (newest, statement) = all.entry(payee.clone()).or_insert_with(|| (line.day, Statement { payee, name: name.clone(), lines: Vec::new() }));
        if line.day > *newest {
            (*newest, statement.name) = (line.day, name);
        }
        statement.lines.push(StatementLine { day: line.day, opened: line.opened, receipt: line.receipt.clone(), cents: line.cents });
    }
    let sorted = |(_, mut statement): (i32, Statement)| {
        statement.lines.sort();
        statement
    };
    all.into_values().map(sorted).collect()
}

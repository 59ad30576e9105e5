//! Compares the two answers, and groups what differs.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::sync::mpsc::Receiver;

use dmp_core::access::{Answer, WrittenAnswer};
use serde_json::Value;

use super::model::Asked;

/// Groups printed.
const GROUPS_MAX: usize = 60;

#[derive(Debug, Default)]
pub struct Report {
    compared: usize,
    permitted: usize,
    /// By act and kind of caller, what both permitted.
    cells: BTreeMap<(String, String), usize>,
    differences: usize,
    /// By act, kind of caller, our rules and the model's reason.
    groups: BTreeMap<[String; 4], Group>,
}

#[derive(Debug)]
struct Group {
    count: usize,
    ours: String,
    theirs: String,
    example: String,
}

impl Report {
    /// Reads one answer for each question asked, in order.
    pub fn of(expected: Receiver<Vec<Asked>>, output: impl BufRead) -> Self {
        let (mut report, mut lines) = (Report::default(), output.lines());
        for asked in expected.into_iter().flatten() {
            let Some(Ok(line)) = lines.next() else {
                println!("  the model ended before its last answer");
                break;
            };
            report.compare(asked, &line);
        }
        report
    }

    fn compare(&mut self, asked: Asked, line: &str) {
        self.compared += 1;
        let theirs: Value = serde_json::from_str(line).unwrap_or(Value::Null);
        let same = serde_json::from_value::<WrittenAnswer>(serde_json::json!({ "answer": theirs["answer"], "concealed": theirs["concealed"] }));
        if asked.answer.answer == Answer::Permit {
            self.permitted += 1;
            *self.cells.entry((asked.act.clone(), asked.kind.clone())).or_default() += 1;
        }
        if same.is_ok_and(|theirs| theirs == asked.answer) {
            return;
        }
        self.differences += 1;
        let why = theirs["why"].as_str().or(theirs["error"].as_str()).unwrap_or(line).to_owned();
        let word =
            |answer: &Value, concealed: &Value| format!("{}{}", answer.as_str().unwrap_or("?"), if concealed == true { " concealed" } else { "" });
        let ours = serde_json::to_value(asked.answer).unwrap();
        let group = self.groups.entry([asked.act, asked.kind, asked.rules, why]).or_insert_with(|| Group {
            count: 0,
            ours: word(&ours["answer"], &ours["concealed"]),
            theirs: word(&theirs["answer"], &theirs["concealed"]),
            example: asked.line,
        });
        group.count += 1;
    }

    pub fn differences(&self) -> usize {
        self.differences
    }

    pub fn compared(&self) -> usize {
        self.compared
    }

    /// The groups, the largest first.
    pub fn print(&self) {
        let rarest = self.cells.iter().min_by_key(|(_, count)| **count);
        let rarest = rarest.map_or_else(String::new, |((act, kind), count)| format!(", the rarest {count} times ({act} by {kind})"));
        println!("  {} permitted: {} pairs of act and kind of caller{rarest}", self.permitted, self.cells.len());
        let mut groups: Vec<_> = self.groups.iter().collect();
        groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.count));
        for ([act, kind, rules, why], group) in groups.iter().take(GROUPS_MAX) {
            println!("  {} × {act} by {kind}: the rules say {} ({rules}), the model says {} ({why})", group.count, group.ours, group.theirs);
            println!("    {}", group.example);
        }
        if groups.len() > GROUPS_MAX {
            println!("  and {} groups more", groups.len() - GROUPS_MAX);
        }
    }
}

//! The law asked twice: a million drawn questions answered by the rules and by the reference model of `scenarios/reference`,
//! which was written from the documents without reading the rules. Both must say the same.
//!
//! A question is a persona with an act in a situation, then some of its fields are changed ([`draw`]); where a rule or a meeting
//! of two rules is still missing, questions are crossed until it is there ([`steer`]).
//!
//! Drawn are only questions that a record can lead to. Left out, because no record has them:
//!
//! - `minor` with `protected`; a guardian about the person in force on an adult's record that is not `protected`;
//! - a mandate, a list of professionals, a team or a médecin traitant in what the caller's quality cannot have (a patient has no
//!   mandate, an agent no line on the list), `own_record` of who has no line, and no count of the lines where there is one;
//! - a médecin traitant or administrator whose line is a block or absent: the roles are words on a line;
//! - a day of closing, of suspension, a letter, an objection or a wish of destruction in a state that does not have it;
//! - a document in a record that does not exist, one deposited later than now, and one to be deposited that is not new
//!   (`approved`, deposited now, by the caller);
//! - an app in the name of others than the person's side, and the choice of it in a record that does not exist or for a helper;
//! - a subject that is the caller and yet another profession, blocked and authorised at once, a doctor and no professional; the
//!   other record, the second person and the episode's owner where the act has none.
//!
//! Time falls on both sides of every edge, at the edge, and a microsecond away from it.

mod coverage;
mod draw;
mod impossible;
mod model;
mod moments;
mod report;
mod rules;
mod settle;
mod steer;

use std::sync::mpsc::sync_channel;
use std::time::Instant;

use dmp_core::access::Matrix;

use crate::draw::Draw;
use coverage::Coverage;
use model::{Asked, Model};
use report::Report;
use rules::Rules;
use steer::Steer;

/// Questions sent at once.
const BLOCK: usize = 2_000;
/// Blocks that wait on either side of the model: what bounds the memory.
const BLOCKS_WAITING: usize = 4;

/// Runs the campaign. Gives whether nothing differs and every rule and pair was seen.
pub fn run(questions: usize, seed: u64, broken: Option<&str>) -> bool {
    let rules = match Rules::without(broken) {
        Ok(rules) => rules,
        Err(why) => {
            println!("law-model not reached ({why})");
            return false;
        }
    };
    let mut model = match Model::start() {
        Ok(model) => model,
        Err(why) => {
            println!("law-model not reached ({why})");
            return false;
        }
    };
    let (began, matrix) = (Instant::now(), Matrix::reconstruction());
    let (to_writer, blocks) = sync_channel::<String>(BLOCKS_WAITING);
    let (to_reader, expected) = sync_channel::<Vec<Asked>>(BLOCKS_WAITING);
    let (mut input, output) = model.pipes();
    let mut coverage = Coverage::new(&rules, questions);
    let report = std::thread::scope(|scope| {
        // Three that never wait for each other in a ring: who draws, who writes, who reads and compares.
        scope.spawn(move || {
            for block in blocks {
                if std::io::Write::write_all(&mut input, block.as_bytes()).is_err() {
                    break;
                }
            }
        });
        let reader = scope.spawn(move || Report::of(expected, output));
        let mut steer = Steer::new(Draw::new(seed, 0x1A3), &rules, &matrix);
        let mut asked = 0;
        while asked < questions {
            let (mut text, mut block) = (String::new(), Vec::with_capacity(BLOCK));
            for _ in 0..BLOCK.min(questions - asked) {
                let (question, verdicts) = steer.next(&mut coverage);
                let line = serde_json::to_string(&question).unwrap();
                text.push_str(&line);
                text.push('\n');
                block.push(Asked::new(&question, line, rules.answer(&question, &verdicts, &matrix), &verdicts, &rules));
            }
            asked += block.len();
            if to_reader.send(block).is_err() || to_writer.send(text).is_err() {
                break;
            }
            if asked % 100_000 < BLOCK {
                println!("  {asked} questions, {} s, {} pairs missing", began.elapsed().as_secs(), coverage.missing_pairs().len());
            }
        }
        drop((to_reader, to_writer));
        reader.join().unwrap()
    });
    model.end();
    report.print();
    let faults = coverage.print();
    let value = report.differences() + faults;
    println!("  {} questions in {} s", report.compared(), began.elapsed().as_secs());
    crate::verdict("law-model", value, 0, value == 0 && report.compared() == questions)
}

//! The reference model, asked one question at a time.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use dmp_core::access::{Act, WrittenQuestion};
use serde_json::Value;

#[derive(Debug)]
pub struct Oracle {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// What the law says, and so what the door has to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Done,
    Refused,
    /// As of a document that does not exist, where the caller may list others.
    Absent,
    /// The same, where the record shows them nothing at all.
    AbsentFromNothing,
}

impl Oracle {
    /// # Errors
    /// Why it cannot start.
    pub fn start() -> Result<Self, String> {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/reference/model.py");
        let child = Command::new("python3").args([file, "--explain"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| format!("python3: {error}"))?;
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Ok(Oracle { child, input, output })
    }

    /// The expectation, and the paragraph that the model gives.
    pub fn ask(&mut self, question: &WrittenQuestion) -> (Expected, String) {
        let answer = self.line(question);
        let why = answer["why"].as_str().unwrap_or_else(|| panic!("the model does not understand: {answer}")).to_owned();
        if answer["answer"] == "permit" {
            return (Expected::Done, why);
        }
        if answer["concealed"] != true {
            return (Expected::Refused, why);
        }
        // What does not exist is refused to whoever may list nothing of this record.
        let mut listing = question.clone();
        (listing.act, listing.facts.entry) = (Act::List, None);
        let lists = self.line(&listing)["answer"] == "permit";
        (if lists { Expected::Absent } else { Expected::AbsentFromNothing }, why)
    }

    fn line(&mut self, question: &WrittenQuestion) -> Value {
        let mut line = serde_json::to_string(question).unwrap();
        line.push('\n');
        self.input.write_all(line.as_bytes()).unwrap();
        self.input.flush().unwrap();
        let mut answer = String::new();
        self.output.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap()
    }

    pub fn end(self) {
        let Oracle { mut child, input, output } = self;
        drop((input, output));
        child.wait().unwrap();
    }
}

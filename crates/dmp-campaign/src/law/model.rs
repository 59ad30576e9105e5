//! The reference model as a program that answers line by line.

use std::io::BufReader;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use dmp_core::access::{WrittenAnswer, WrittenQuestion};

use super::rules::{Rules, Verdicts};

#[derive(Debug)]
pub struct Model(Child);

/// A question on its way, with our answer.
#[derive(Debug)]
pub struct Asked {
    pub act: String,
    pub kind: String,
    /// The rules that decided, by name.
    pub rules: String,
    pub answer: WrittenAnswer,
    pub line: String,
}

impl Asked {
    pub fn new(question: &WrittenQuestion, line: String, answer: WrittenAnswer, verdicts: &Verdicts, rules: &Rules) -> Self {
        let names: Vec<&str> = verdicts.deciding().map(|place| rules.name(place)).collect();
        Asked { act: format!("{:?}", question.act), kind: format!("{:?}", question.caller.kind), rules: names.join("+"), answer, line }
    }
}

impl Model {
    /// Starts `model.py`.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn start() -> Result<Self, String> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/reference/model.py");
        if !file.is_file() {
            return Err(format!("{} is not there", file.display()));
        }
        let child = Command::new("python3").arg(&file).arg("--explain").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        child.map(Model).map_err(|error| format!("python3: {error}"))
    }

    /// Where questions go in, and answers come out.
    pub fn pipes(&mut self) -> (ChildStdin, BufReader<ChildStdout>) {
        (self.0.stdin.take().unwrap(), BufReader::with_capacity(1 << 16, self.0.stdout.take().unwrap()))
    }

    /// Waits for its end.
    pub fn end(mut self) {
        self.0.wait().unwrap();
    }
}

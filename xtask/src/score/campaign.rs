//! Figures of the programs that end with `name value target pass|fail`.

use std::process::Stdio;

use super::{Measured, Scale, Size};
use crate::shell;

const SEED: u64 = 1;

/// The rules against the reference model. The control leaves a rule out.
pub fn law(scale: Scale, broken: bool) -> Measured {
    let questions = if scale.size == Size::Small { "60000" } else { "1000000" };
    let run = [&["run", "--quiet", "-p", "dmp-campaign"], scale.build.flags(), &["--", "law", "--questions", questions, "--seed", "1"]].concat();
    let arguments = if broken { [&run[..], &["--broken", "masking"]].concat() } else { run };
    last_line("law-model", &arguments)
}

/// The door against the reference model. The control forgets what was masked.
pub fn law_http(scale: Scale, broken: bool) -> Measured {
    let questions = if scale.size == Size::Small { "4000" } else { "20000" };
    let mut arguments = vec!["law-http", "--questions", questions];
    if broken {
        arguments.push("--broken");
    }
    campaign("law-http", &arguments, scale)
}

/// Ends of the process.
pub fn kill(scale: Scale, broken: bool) -> Measured {
    let runs = if scale.size == Size::Small { "6" } else { "200" };
    let mut arguments = vec!["kill", "--runs", runs];
    if broken {
        arguments.extend(["--broken", "early-ack"]);
    }
    campaign("kill-9", &arguments, scale)
}

/// Ends of the power.
pub fn power(scale: Scale, broken: bool) -> Measured {
    let runs = if scale.size == Size::Small { "1" } else { "20" };
    let mut arguments = vec!["power", "--runs", runs];
    if broken {
        arguments.push("--broken");
    }
    campaign("power-loss", &arguments, scale)
}

/// A hospital's messages, with ends of feeder and server. The control takes an acknowledged one away.
pub fn hospital_feed(scale: Scale, broken: bool) -> Measured {
    let (messages, kills) = if scale.size == Size::Small { ("300", "4") } else { ("10000", "24") };
    let mut arguments = vec!["hospital-feed", "--messages", messages, "--kills", kills];
    if broken {
        arguments.extend(["--broken", "lost-message"]);
    }
    campaign("hospital-feed", &arguments, scale)
}

/// Openings at the ends of weeks, with ends of the process that counts. The control counts a batch and leaves it waiting.
pub fn statistics(scale: Scale, broken: bool) -> Measured {
    let kills = match (scale.size, broken) {
        (Size::Full, _) => "50",
        (Size::Small, false) => "4",
        (Size::Small, true) => "2",
    };
    let mut arguments = vec!["statistics", "--kills", kills];
    if broken {
        arguments.push("--broken");
    }
    campaign("statistics-different", &arguments, scale)
}

/// Openings that are paid, with ends of every process. The control has one in the ledger twice.
pub fn remuneration(scale: Scale, broken: bool) -> Measured {
    let (openings, kills) = match (scale.size, broken) {
        (Size::Full, false) => ("1000000", "24"),
        (Size::Full, true) => ("10000", "4"),
        (Size::Small, false) => ("800", "4"),
        (Size::Small, true) => ("300", "1"),
    };
    let mut arguments = vec!["remuneration", "--openings", openings, "--kills", kills];
    if broken {
        arguments.push("--broken");
    }
    campaign("remuneration-cents-different", &arguments, scale)
}

/// Words on the disk.
pub fn canaries(scale: Scale, broken: bool) -> Measured {
    let people = if scale.size == Size::Small { "10" } else { "100" };
    let mut arguments = vec!["canaries", "--people", people];
    if broken {
        arguments.push("--sealing-off");
    }
    campaign("canaries", &arguments, scale)
}

/// Two worlds.
pub fn twin(scale: Scale, broken: bool) -> Measured {
    let pairs = if scale.size == Size::Small { "300" } else { "200000" };
    let mut arguments = [&["run", "--quiet", "-p", "dmp-twin"], scale.build.flags(), &["--", "--pairs", pairs, "--seed", "1"]].concat();
    if broken {
        arguments.extend(["--broken", "hidden-is-forbidden"]);
    }
    last_line("twin-worlds", &arguments)
}

/// Two worlds, asked about what is made of documents alone.
pub fn twin_facts(scale: Scale, broken: bool) -> Measured {
    let pairs = if scale.size == Size::Small { "300" } else { "50000" };
    let mut arguments = [&["run", "--quiet", "-p", "dmp-twin"], scale.build.flags(), &["--", "--facts", "--pairs", pairs, "--seed", "1"]].concat();
    if broken {
        arguments.extend(["--broken", "made-of-everything"]);
    }
    last_line("twin-facts", &arguments)
}

/// Times of two worlds. A small run cannot show that times are alike: it counts the kinds that are surely apart.
pub fn twin_timing(scale: Scale, broken: bool) -> Measured {
    let wish: &[&str] = match (scale.size, broken) {
        (Size::Full, false) => &["--pairs", "5000"],
        (Size::Full, true) => &["--pairs", "500", "--broken", "delay"],
        // A few kinds, on the build that is there.
        (Size::Small, false) => &["--pairs", "100", "--only", "secret", "--surely"],
        (Size::Small, true) => &["--pairs", "100", "--only", "secret", "--surely", "--broken", "delay"],
    };
    // On several cores a request takes one time or another as its threads happen to share a core or not, for as long as a world lives:
    // more than any interval can bear. On one they always do; the last one, since the first serves the devices.
    let last_core = std::thread::available_parallelism().map_or(0, |cores| cores.get() - 1);
    let on_one_core = format!("target.'cfg(target_os = \"linux\")'.runner = ['taskset', '-c', '{last_core}']");
    let run = ["run", "--quiet", "-p", "dmp-twin", "--config", &on_one_core];
    let timed = |wish: &[&str]| last_line("twin-timing", &[&run[..], scale.build.flags(), &["--", "timing", "--seed", "1"], wish].concat());
    let measured = timed(wish);
    let apart = measured.values.values().any(|kinds| *kinds > 0.0);
    if scale.size == Size::Small && !broken && apart {
        // A hundred pairs on a machine that does other things may err: what is apart stays so in four times as many.
        return timed(&["--pairs", "400", "--only", "secret", "--surely"]);
    }
    measured
}

fn campaign(name: &str, arguments: &[&str], scale: Scale) -> Measured {
    let (build, program) = (scale.build, shell::root().join(scale.build.program()).display().to_string());
    if let Err(why) = build.make() {
        return Measured::missing("cargo build -p dmp", why);
    }
    let run = [&["run", "--quiet", "-p", "dmp-campaign"], build.flags(), &["--", "--binary", &program]].concat();
    last_line(name, &[&run, arguments, &["--seed", "1"]].concat())
}

/// Runs `cargo …` and reads the line that begins with the name of the figure.
fn last_line(name: &str, arguments: &[&str]) -> Measured {
    let command = format!("cargo {}", arguments.join(" "));
    // These programs exit with a failure when the figure fails: the line tells more.
    let output = match shell::program("cargo", arguments).stderr(Stdio::inherit()).output() {
        Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
        Err(error) => return Measured::missing(&command, error.to_string()),
    };
    let mut measured = Measured { command, seed: Some(SEED), ..Measured::default() };
    for line in output.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [first, "not", "reached", ..] if *first == name => {}
            [first, value, _, _] if *first == name && value.parse::<f64>().is_ok() => {
                measured.values.extend(value.parse().ok().map(|value| (name.to_owned(), value)));
            }
            [] => {}
            // Long lists of findings are for the terminal; the file keeps the beginning.
            _ if measured.notes.len() < 20 => measured.notes.push(line.trim().chars().take(300).collect()),
            _ => {}
        }
    }
    if measured.values.is_empty() {
        measured.missing = Some(measured.notes.last().cloned().unwrap_or_else(|| "the command said nothing".to_owned()));
    }
    measured
}

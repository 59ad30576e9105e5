//! `dmp-campaign`: long fault campaigns against the built program, from outside. Only developers run it.
//!
//! Each campaign ends with one line `name value target pass|fail`, and each has a control that must fail.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a campaign that cannot go on says so by ending; it lives in real time"
)]

mod api;
mod canaries;
mod check;
mod draw;
mod forms;
mod hospital;
mod inside;
mod kill;
mod law;
mod law_http;
mod ledger;
mod lines;
mod load;
mod power;
mod remuneration;
mod stack;
mod statistics;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

#[derive(Debug, Parser)]
#[command(name = "dmp-campaign", about = "Fault campaigns against the built program")]
struct Cli {
    /// The program; by default the release build, else the debug build.
    #[arg(long, global = true, value_name = "FILE")]
    binary: Option<PathBuf>,
    #[command(subcommand)]
    campaign: Campaign,
}

#[derive(Debug, Subcommand)]
enum Campaign {
    /// Ends the process at its fail points under load; nothing acknowledged may be lost.
    Kill {
        #[arg(long, default_value_t = 200)]
        runs: u32,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The control: what must be found.
        #[arg(long, value_enum)]
        broken: Option<Broken>,
    },
    /// Cuts the power of the disk under load; nothing acknowledged may be lost.
    Power {
        #[arg(long, default_value_t = 20)]
        runs: u32,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The control: a store that does not wait for the disk.
        #[arg(long)]
        broken: bool,
    },
    /// Asks the rules and the reference model the same drawn questions; nothing may differ.
    Law {
        #[arg(long, default_value_t = 1_000_000)]
        questions: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The control: the rules without this one.
        #[arg(long, value_name = "RULE")]
        broken: Option<String>,
    },
    /// Asks the built program over HTTP what the reference model has an answer to; nothing may differ.
    LawHttp {
        #[arg(long, default_value_t = 20_000)]
        questions: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The control: the campaign forgets what was masked.
        #[arg(long)]
        broken: bool,
    },
    /// Writes a synthetic feed of the insurer: NDJSON, or CSV when the name of the file ends with `.csv`.
    Lines {
        #[arg(long, default_value_t = 200_000)]
        people: u32,
        /// Lines of each.
        #[arg(long, default_value_t = 40)]
        lines: usize,
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The day on which the town is looked at; by default today.
        #[arg(long, value_name = "YYYY-MM-DD")]
        today: Option<String>,
    },
    /// Feeds a hospital's HL7 v2 messages, with doubles, disorder and bad ones, and ends feeder and server under way: each document once, each
    /// refusal with its reason.
    HospitalFeed {
        #[arg(long, default_value_t = 10_000)]
        messages: usize,
        /// Ends of the feeder, of the server, or of both.
        #[arg(long, default_value_t = 12)]
        kills: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The control: what must be found.
        #[arg(long, value_enum)]
        broken: Option<hospital::FeedBroken>,
    },
    /// Opens, closes and takes back on both sides of the ends of weeks, and ends the process that counts; every number is what happened.
    Statistics {
        /// Ends of the process.
        #[arg(long, default_value_t = 50)]
        kills: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The control: a worker that forgets that it has counted a batch.
        #[arg(long)]
        broken: bool,
    },
    /// Opens very many records, ends the processes that open, count, close months and pay; ledger, statements and payments are what is due.
    Remuneration {
        #[arg(long, default_value_t = 1_000_000)]
        openings: u64,
        /// Ends of the process that opens; besides, the counting and the commands of the books are ended.
        #[arg(long, default_value_t = 24)]
        kills: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The control: an opening that stands in the ledger twice.
        #[arg(long)]
        broken: bool,
    },
    /// Opens records of the plan of `remuneration`, as a process that it ends.
    #[command(hide = true)]
    OpenMany(remuneration::Part),
    /// Looks for unique words of many people in all that the program leaves behind.
    Canaries {
        #[arg(long, default_value_t = 100)]
        people: u32,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The control: a store that writes its rows in clear.
        #[arg(long)]
        sealing_off: bool,
    },
}

/// A sabotage that the checks must see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Broken {
    /// Removes the file of an acknowledged document between the end and the restart.
    LostDocument,
    /// Takes a document for acknowledged before its answer came.
    #[value(alias = "late-ack")]
    EarlyAck,
    /// Takes a reading for answered that was never asked, so that its leaf is missing.
    LostLeaf,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    // The law alone needs no program.
    if let Campaign::Law { questions, seed, broken } = &cli.campaign {
        return code(law::run(*questions, *seed, broken.as_deref()));
    }
    if let Campaign::Lines { people, lines, out, seed, today } = &cli.campaign {
        lines::write(out, *people, *lines, *seed, today.as_deref());
        return ExitCode::SUCCESS;
    }
    if let Campaign::OpenMany(part) = &cli.campaign {
        return code(remuneration::work(part));
    }
    let binary = cli.binary.unwrap_or_else(built_program);
    if !binary.is_file() {
        println!("{} is not there: run `cargo build --release -p dmp`", binary.display());
        return ExitCode::FAILURE;
    }
    let binary = binary.canonicalize().unwrap();
    let passed = match cli.campaign {
        Campaign::Kill { runs, seed, broken } => kill::run(&binary, runs, seed, broken),
        Campaign::Power { runs, seed, broken } => power::run(&binary, runs, seed, broken),
        Campaign::Canaries { people, seed, sealing_off } => canaries::run(&binary, people, seed, sealing_off),
        Campaign::Law { questions, seed, broken } => law::run(questions, seed, broken.as_deref()),
        Campaign::Lines { .. } | Campaign::OpenMany(_) => true,
        Campaign::HospitalFeed { messages, kills, seed, broken } => hospital::run(&binary, hospital::Wish { messages, kills, seed, broken }),
        Campaign::Remuneration { openings, kills, seed, broken } => remuneration::run(&binary, remuneration::Wish { openings, kills, seed, broken }),
        Campaign::Statistics { kills, seed, broken } => statistics::run(&binary, statistics::Wish { kills, seed, broken }),
        Campaign::LawHttp { questions, seed, broken } => law_http::run(&binary, questions, seed, broken),
    };
    code(passed)
}

fn code(passed: bool) -> ExitCode {
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn built_program() -> PathBuf {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    [target.join("release/dmp"), target.join("debug/dmp")].into_iter().find(|path| path.is_file()).unwrap_or_else(|| target.join("release/dmp"))
}

/// The last line of a campaign.
pub(crate) fn verdict(name: &str, value: usize, target: usize, passed: bool) -> bool {
    println!("{name} {value} {target} {}", if passed { "pass" } else { "fail" });
    passed
}

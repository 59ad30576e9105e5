//! `dmp-twin --pairs 10000 --seed 1`: prints `twin-worlds <differences> 0 pass|fail`, the share of requests that named
//! something hidden, and the first differences in full.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use dmp_twin::{Broken, Plan};

/// Asks two worlds the same, one of them with something hidden, and compares their answers.
#[derive(Debug, Parser)]
#[command(name = "dmp-twin")]
struct Options {
    /// How many requests are sent to both worlds.
    #[arg(long, default_value_t = 10_000)]
    pairs: u64,
    /// Seed of the requests.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Puts in a leak that must be found: total-before-filter, hidden-is-forbidden.
    #[arg(long)]
    broken: Option<String>,
    /// Ends after so many differences.
    #[arg(long, default_value_t = 50)]
    stop_after: u64,
    /// Also counts answers by route and status.
    #[arg(long)]
    statuses: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let broken = match options.broken.as_deref().map(|word| (word, Broken::from_word(word))) {
        None => None,
        Some((_, Some(broken))) => Some(broken),
        Some((word, None)) => {
            let _ = writeln!(std::io::stderr(), "--broken {word}: total-before-filter or hidden-is-forbidden");
            return ExitCode::FAILURE;
        }
    };
    let report = dmp_twin::run(&Plan { pairs: options.pairs, seed: options.seed, broken, stop_after: options.stop_after }).await;
    let mut out = std::io::stdout().lock();
    let passed = report.differences == 0;
    let _ = writeln!(out, "twin-worlds {} 0 {}", report.differences, if passed { "pass" } else { "fail" });
    let enough = report.touching_percent() >= 30.0;
    let _ = writeln!(out, "twin-worlds-touching {:.1} 30 {}", report.touching_percent(), if enough { "pass" } else { "fail" });
    let _ = writeln!(out, "{} pairs{}", report.pairs, report.first_at.map_or(String::new(), |at| format!(", first difference at pair {at}")));
    if options.statuses {
        for (what, count) in &report.statuses {
            let _ = writeln!(out, "{count:>7} {what}");
        }
    }
    for difference in &report.shown {
        let _ = writeln!(out, "\n{difference}");
    }
    if passed && enough { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

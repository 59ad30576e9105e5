//! `dmp-twin --pairs 200000 --seed 1` prints `twin-worlds <differences> 0 pass|fail`, the share of requests that named something hidden, and
//! the first differences in full. `dmp-twin timing --pairs 5000` prints one line a kind of request and
//! `twin-timing <kinds not within ±3 %> 0 pass|fail`.

use std::io::Write;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use dmp_twin::{Broken, Place, Plan, Sabotage, Scope, TimingPlan, TimingReport, Verdict};

/// Asks two worlds the same, one of them with something hidden, and compares their answers.
#[derive(Debug, Parser)]
#[command(name = "dmp-twin", args_conflicts_with_subcommands = true)]
struct Options {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    worlds: WorldsOptions,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Compares the times of the answers in place of the answers.
    Timing(TimingOptions),
}

#[derive(Debug, Args)]
struct WorldsOptions {
    /// How many requests are sent to both worlds.
    #[arg(long, default_value_t = 10_000)]
    pairs: u64,
    /// Seed of the requests.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Puts in a leak that must be found.
    #[arg(long)]
    broken: Option<BrokenWord>,
    /// Asks only about what is made of documents: summary, results, search, orders, paper. Prints `twin-facts` in place of `twin-worlds`.
    #[arg(long)]
    facts: bool,
    /// Ends after so many differences.
    #[arg(long, default_value_t = 50)]
    stop_after: u64,
    /// Also counts pairs by caller, and answers by route and status.
    #[arg(long)]
    statuses: bool,
    /// Pairs of worlds asked at once; by default as many as there are processors.
    #[arg(long)]
    jobs: Option<usize>,
    #[command(flatten)]
    place: PlaceOptions,
}

#[derive(Debug, Args)]
struct TimingOptions {
    /// How many pairs of measures for each kind of request.
    #[arg(long, default_value_t = 5_000)]
    pairs: usize,
    /// Seed of the order of the two.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Plants a delay of 200 µs on hidden things, which must be found.
    #[arg(long)]
    broken: Option<SabotageWord>,
    /// Only the kinds whose name holds this word.
    #[arg(long)]
    only: Option<String>,
    /// Counts only kinds that are surely apart: for runs too small to be sure that times are alike.
    #[arg(long)]
    surely: bool,
    #[command(flatten)]
    place: PlaceOptions,
}

#[derive(Debug, Args)]
struct PlaceOptions {
    /// A database of a PostgreSQL server beside which each world gets one of its own, dropped afterwards.
    #[arg(long, requires = "blobs")]
    store: Option<String>,
    /// Where large contents lie: s3://BUCKET/PREFIX (with the usual AWS_ variables) or a folder.
    #[arg(long, requires = "store")]
    blobs: Option<String>,
}

impl PlaceOptions {
    fn place(self) -> Place {
        match (self.store, self.blobs) {
            (Some(url), Some(blobs)) => Place::Database { url, blobs },
            (None, _) | (_, None) => Place::Folder,
        }
    }
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum BrokenWord {
    TotalBeforeFilter,
    HiddenIsForbidden,
    MadeOfEverything,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum SabotageWord {
    Delay,
}

fn main() -> ExitCode {
    let options = Options::parse();
    match options.command {
        Some(Command::Timing(options)) => timing(options),
        None => worlds(options.worlds),
    }
}

fn worlds(options: WorldsOptions) -> ExitCode {
    let broken = options.broken.map(|word| match word {
        BrokenWord::TotalBeforeFilter => Broken::TotalBeforeFilter,
        BrokenWord::HiddenIsForbidden => Broken::HiddenIsForbidden,
        BrokenWord::MadeOfEverything => Broken::MadeOfEverything,
    });
    let jobs = options.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let (scope, name) = if options.facts { (Scope::Made, "twin-facts") } else { (Scope::All, "twin-worlds") };
    let plan = Plan { pairs: options.pairs, seed: options.seed, broken, stop_after: options.stop_after, scope, place: options.place.place(), jobs };
    let report = dmp_twin::run(&plan);
    let mut out = std::io::stdout().lock();
    let passed = report.differences == 0;
    let _ = writeln!(out, "{name} {} 0 {}", report.differences, if passed { "pass" } else { "fail" });
    let enough = report.touching_percent() >= 30.0;
    let _ = writeln!(out, "{name}-touching {:.1} 30 {}", report.touching_percent(), if enough { "pass" } else { "fail" });
    let _ = writeln!(out, "{} pairs{}", report.pairs, report.first_at.map_or(String::new(), |at| format!(", first difference at pair {at}")));
    if options.statuses {
        for (what, count) in report.callers.iter().chain(&report.statuses) {
            let _ = writeln!(out, "{count:>7} {what}");
        }
    }
    for difference in &report.shown {
        let _ = writeln!(out, "\n{difference}");
    }
    if passed && enough { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn timing(options: TimingOptions) -> ExitCode {
    let sabotage = options.broken.map(|SabotageWord::Delay| Sabotage::Delay);
    let plan = TimingPlan { pairs: options.pairs, seed: options.seed, sabotage, place: options.place.place(), only: options.only };
    let mut out = std::io::stdout().lock();
    let told = |report: &TimingReport| {
        let verdict = match report.verdict {
            Verdict::Alike => "alike",
            Verdict::Apart => "APART",
            Verdict::Unsure => "unsure",
        };
        let TimingReport { kind, pairs, aside, status, median_us, percent, low, high, .. } = report;
        let _ = writeln!(
            out,
            "{kind:<28} {median_us:>8.0} µs {percent:>+6.2} % [{low:>+6.2}, {high:>+6.2}] {verdict} ({status}, {pairs} pairs, {aside} aside)"
        );
        let _ = out.flush();
    };
    let reports = dmp_twin::timing(&plan, told);
    let fails = |report: &&TimingReport| match report.verdict {
        Verdict::Alike => false,
        Verdict::Apart => true,
        Verdict::Unsure => !options.surely,
    };
    let failed = reports.iter().filter(fails).count();
    let _ = writeln!(std::io::stdout(), "twin-timing {failed} 0 {}", if failed == 0 { "pass" } else { "fail" });
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

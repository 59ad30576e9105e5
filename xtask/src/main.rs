//! Developer commands: `cargo xtask check`, `cargo xtask test`, `cargo xtask score`.

mod check;
mod install;
mod score;
mod shell;
mod suites;
mod test;
mod threats;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask <command>\n\n  check             format, lints, arrows between crates, lock size, file limits\n  test              installs what the tests need, runs all of them, prints `N passed, N failed`\n  score [NAME…]     prints figures as `name value target pass|fail`; --small, --debug, --broken NAME\n";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = arguments.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    let done = match command {
        "check" => check::run(),
        "test" => test::run(),
        "score" => score::run(rest),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

//! The child process alone.

use std::process::ExitCode;

fn main() -> ExitCode {
    dmp_hostile::child::main()
}

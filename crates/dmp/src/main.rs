//! `dmp`: the shared health record in one program.

mod audit;
mod bench;
mod cards;
mod clock;
mod commands;
mod corrections;
mod demo;
mod doctor;
mod feed;
mod http;
mod import;
mod import_record;
mod invitations;
mod logging;
mod matrix;
mod mutual;
mod notices;
mod open;
mod peers;
mod print;
mod reading;
mod recount;
mod reimbursements;
mod remuneration;
mod reports;
mod sandbox;
mod seed;
mod serve;
mod simulate;
mod statistics;
mod tls;

use std::process::ExitCode;

use clap::Parser;

use commands::{
    AuditCommand, Cli, Command, ImportCommand, InvitationsCommand, MatrixCommand, ReportsCommand, SandboxCommand, SimulateCommand, StatsCommand,
};

/// A request makes many small texts and lets them go on other threads: the system's allocator took an eighth of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Threads that wait for the disk or reckon at length. More of them than this share no more work out, and each one keeps memory of its own.
const BLOCKING_THREADS_MAX: usize = 16;

fn main() -> ExitCode {
    let cli = Cli::parse();
    // Before anything else: a child that reads hostile formats has no runtime and no log.
    if matches!(cli.command, Command::ReadHostile) {
        return dmp_hostile::child::main();
    }
    logging::start(cli.log);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(BLOCKING_THREADS_MAX).build() {
        Ok(runtime) => runtime,
        Err(error) => {
            print::problem(&format!("the runtime does not start: {error}"));
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            print::problem(&why);
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), String> {
    match command {
        Command::ReadHostile => Ok(()),
        Command::Serve(options) => serve::run(*options).await,
        Command::Seed(options) => seed::run(options).await,
        Command::ImportDocuments(options) => import::run(options).await,
        Command::Import { command: ImportCommand::Reimbursements(options) } => reimbursements::import(options).await,
        Command::Import { command: ImportCommand::Record(options) } => import_record::run(options).await,
        Command::Simulate { command: SimulateCommand::Openings(options) } => simulate::openings(options).await,
        Command::Simulate { command: SimulateCommand::Deployment(options) } => simulate::deployment(options).await,
        Command::Remuneration { command } => remuneration::run(command).await,
        Command::Doctor(options) => doctor::run(options).await,
        Command::Corrections(options) => corrections::run(options).await,
        Command::Reindex(options) => reading::reindex(options).await,
        Command::Worker(options) => notices::work(options).await,
        Command::Letters(options) => notices::letters(options).await,
        Command::Audit { command: AuditCommand::Verify(options) } => audit::verify(options).await,
        Command::Stats { command: StatsCommand::Rebuild(options) } => recount::rebuild(options).await,
        Command::Audit { command: AuditCommand::Export(options) } => audit::export(options).await,
        Command::Reports { command: ReportsCommand::List(options) } => reports::list(options).await,
        Command::Reports { command: ReportsCommand::Take(options) } => reports::take(options).await,
        Command::Reports { command: ReportsCommand::Answer(options) } => reports::answer(options).await,
        Command::Invitations { command: InvitationsCommand::Propose(options) } => invitations::propose(options).await,
        Command::Invitations { command: InvitationsCommand::Confirm(options) } => invitations::confirm(options).await,
        Command::Invitations { command: InvitationsCommand::Stop(options) } => invitations::stop(options).await,
        Command::Invitations { command: InvitationsCommand::List(options) } => invitations::list(options).await,
        Command::Sandbox { command: SandboxCommand::Identities(options) } => sandbox::identities(options).await,
        Command::Sandbox { command: SandboxCommand::Token(options) } => sandbox::token(options).await,
        Command::Matrix { command: MatrixCommand::Import(options) } => matrix::import(&options),
        Command::Matrix { command: MatrixCommand::Show(options) } => matrix::show(&options),
        Command::Feed(options) => feed::run(*options).await,
        Command::Bench(options) => bench::run(options).await,
        // Done in `main`, before there is a runtime.
    }
}

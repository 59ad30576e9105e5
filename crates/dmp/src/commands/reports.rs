//! `dmp reports`: what people reported of who looked.

use clap::{Args, Subcommand, ValueEnum};

use super::StoreOptions;

/// Commands about reports of accesses.
#[derive(Debug, Subcommand)]
pub enum ReportsCommand {
    /// Tells every report by number, without a name.
    List(StoreOptions),
    /// Takes a report up and shows it: who looked, and what the person wrote.
    Take(ReportTakeOptions),
    /// Answers a report.
    Answer(ReportAnswerOptions),
}

/// `dmp reports take`.
#[derive(Debug, Clone, Args)]
pub struct ReportTakeOptions {
    #[command(flatten)]
    pub store: StoreOptions,
    /// Number of the report, `S-…`.
    #[arg(value_name = "NUMBER")]
    pub number: String,
    /// First and family name of who looks: the person reads it in their journal.
    #[arg(long, value_name = "NAME")]
    pub by: String,
}

/// `dmp reports answer`.
#[derive(Debug, Clone, Args)]
pub struct ReportAnswerOptions {
    #[command(flatten)]
    pub store: StoreOptions,
    /// Number of the report, `S-…`.
    #[arg(value_name = "NUMBER")]
    pub number: String,
    /// First and family name of who answers.
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// What was found.
    #[arg(long, value_enum)]
    pub finding: Finding,
    /// The answer in words for the person, in their language; nothing of their health.
    #[arg(long, value_name = "TEXT")]
    pub words: String,
}

/// What was found of an access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Finding {
    Lawful,
    Unlawful,
    Unclear,
}

//! Options of what counts deeds and pays for openings.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::StoreOptions;

/// How openings are paid.
#[derive(Debug, Clone, Default, Args)]
pub struct StatisticsOptions {
    /// What an opening is paid, lines `CHANNEL;YYYY-MM-DD;CENTS` under the header `channel;from;cents`; by default 1 € to pharmacists from
    /// 1 July 2018 on. A tariff that has applied is never changed: another one follows it.
    #[arg(long, value_name = "FILE")]
    pub tariffs: Option<PathBuf>,
}

/// `dmp simulate deployment`.
#[derive(Debug, Clone, Args)]
pub struct SimulateDeployment {
    #[command(flatten)]
    pub store: StoreOptions,
    #[command(flatten)]
    pub statistics: StatisticsOptions,
    /// Which deployment: that of 2011 to 13 December 2018.
    #[arg(long, default_value = "2018", value_parser = ["2018"])]
    pub scenario: String,
    /// One record for so many.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub scale: u32,
    /// The same seed gives the same openings.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Openings at once: their commits share the disk's syncs, and write each page of the store once.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u16).range(1..=900))]
    pub at_once: u16,
}

/// `dmp audit export`.
#[derive(Debug, Clone, Args)]
pub struct AuditExport {
    #[command(flatten)]
    pub store: StoreOptions,
    /// File for the lines, one JSON object each.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Also the days, and nothing but the days, of reimbursed consultations and of the acts that documents of professionals tell of.
    #[arg(long)]
    pub days: bool,
}

/// Commands about statistics.
#[derive(Debug, Subcommand)]
pub enum StatsCommand {
    /// Counts everything again from the records and their journals, and says what differs from the kept counts. A folder must be served by nobody
    /// meanwhile.
    Rebuild(StatsRebuild),
}

/// `dmp stats rebuild`.
#[derive(Debug, Clone, Args)]
pub struct StatsRebuild {
    #[command(flatten)]
    pub store: StoreOptions,
    #[command(flatten)]
    pub statistics: StatisticsOptions,
    /// Puts right what differs. What destroyed records had is left as it is counted.
    #[arg(long)]
    pub write: bool,
}

/// Commands about remuneration.
#[derive(Debug, Subcommand)]
pub enum RemunerationCommand {
    /// Lists the months of the ledger: how many lines, what they come to, who proposed and who closed them.
    Months(StoreOptions),
    /// Proposes to close a month that is over.
    Propose(MonthOptions),
    /// Closes a month that somebody else has proposed. What comes late goes to the next open month.
    Confirm(MonthOptions),
    /// Writes what each payee is due for a closed month, a CSV and a PDF each, and a sheet of control totals.
    Statement(StatementOptions),
    /// Writes the file of payments of a closed month (ISO 20022, pain.001.001.03).
    Pay(PayOptions),
}

/// A month and who acts.
#[derive(Debug, Clone, Args)]
pub struct MonthOptions {
    #[command(flatten)]
    pub store: StoreOptions,
    /// The month, `2018-12`.
    #[arg(long, value_name = "YYYY-MM")]
    pub month: String,
    /// Name of who acts.
    #[arg(long, value_name = "NAME")]
    pub by: String,
}

/// `dmp remuneration statement`.
#[derive(Debug, Clone, Args)]
pub struct StatementOptions {
    #[command(flatten)]
    pub store: StoreOptions,
    /// The month, `2018-12`.
    #[arg(long, value_name = "YYYY-MM")]
    pub month: String,
    /// Folder for the files; made when it is not there.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// `dmp remuneration pay`.
#[derive(Debug, Clone, Args)]
pub struct PayOptions {
    #[command(flatten)]
    pub store: StoreOptions,
    /// The month, `2018-12`.
    #[arg(long, value_name = "YYYY-MM")]
    pub month: String,
    /// Accounts of payees, lines `STRUCTURE;IBAN`.
    #[arg(long, value_name = "FILE")]
    pub ibans: PathBuf,
    /// Name of who pays, as their bank knows it.
    #[arg(long, value_name = "NAME")]
    pub debtor: String,
    /// Account of who pays.
    #[arg(long, value_name = "IBAN")]
    pub debtor_iban: String,
    /// The day on which the bank shall pay, `2019-01-15`.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: String,
    /// File of payments.
    #[arg(long, value_name = "FILE.xml")]
    pub out: PathBuf,
}

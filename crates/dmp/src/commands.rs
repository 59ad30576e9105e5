//! The command line. Names here are kept: others build on them.

mod invitations;
mod reports;
mod statistics;
mod strangers;

pub use invitations::{AgentOptions, DecideOptions, InvitationLanguage, InvitationsCommand, ProposeOptions};
pub use reports::{Finding, ReportAnswerOptions, ReportTakeOptions, ReportsCommand};
pub use statistics::{
    AuditExport, MonthOptions, PayOptions, RemunerationCommand, SimulateDeployment, StatementOptions, StatisticsOptions, StatsCommand, StatsRebuild,
};
pub use strangers::StrangerOptions;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The French shared health record, in one program.
#[derive(Debug, Parser)]
#[command(name = "dmp", version, about)]
pub struct Cli {
    /// How log lines are written.
    #[arg(long, global = true, value_enum, default_value_t = LogForm::Text)]
    pub log: LogForm,
    #[command(subcommand)]
    pub command: Command,
}

/// Form of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogForm {
    Text,
    Json,
    Off,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the record.
    Serve(Box<ServeOptions>),
    /// Fills a store with a synthetic town.
    Seed(SeedOptions),
    /// Publishes the CDA documents of a folder through the same act as every door.
    ImportDocuments(ImportOptions),
    /// Takes in files: what the insurer reimbursed, a copy of a record.
    Import {
        #[command(subcommand)]
        command: ImportCommand,
    },
    /// Makes invented people do many things, for measures.
    Simulate {
        #[command(subcommand)]
        command: SimulateCommand,
    },
    /// Says how a store is.
    Doctor(StoreOptions),
    /// Reads every document again: after an update that reads better. A folder must be served by nobody meanwhile.
    Reindex(StoreOptions),
    /// Does what falls due on a date and sends notices, of a database that other programs serve. `dmp serve --smtp` has a worker of its own.
    Worker(WorkerOptions),
    /// Writes the letters for people without e-mail, one file for each reader, and the copies on paper that were ordered, one folder for each;
    /// then takes them out of the queue.
    Letters(LettersOptions),
    /// Lists the requests to correct a document whose month is over, with who has to answer: to remind them.
    Corrections(CorrectionsOptions),
    /// The journal's own proofs.
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Statistics: counting again.
    Stats {
        #[command(subcommand)]
        command: StatsCommand,
    },
    /// Accesses that people do not recognise: to be looked at and answered. A folder must be served by nobody meanwhile.
    Reports {
        #[command(subcommand)]
        command: ReportsCommand,
    },
    /// Invitations of the insurer to people who have no record: one agent proposes a campaign, another confirms it.
    Invitations {
        #[command(subcommand)]
        command: InvitationsCommand,
    },
    /// Pays for openings: a month is proposed by one person and closed by another, then it has statements and a file of payments.
    Remuneration {
        #[command(subcommand)]
        command: RemunerationCommand,
    },
    /// Test identities of a running demonstration.
    Sandbox {
        #[command(subcommand)]
        command: SandboxCommand,
    },
    /// The *matrice d'habilitation*: which profession reads which type of document.
    Matrix {
        #[command(subcommand)]
        command: MatrixCommand,
    },
    /// Reads hostile formats for another process of this program.
    #[command(hide = true)]
    ReadHostile,
    /// Feeds a record from a hospital: watches a folder, or listens for HL7 v2 (MLLP), deposits, retries, never doubles, and reports.
    Feed(Box<crate::feed::FeedOptions>),
    /// Measures this program over HTTP: one JSON line a figure.
    Bench(BenchOptions),
}

/// Commands about invented people.
#[derive(Debug, Subcommand)]
pub enum SimulateCommand {
    /// Opens the records of a synthetic town through the act of every door, each filled from the staging area. Goes on where it was ended.
    Openings(SimulateOpenings),
    /// Opens the records of a deployment as it went, in a store of its own, so that the figures that were published about it hold.
    Deployment(SimulateDeployment),
}

/// `dmp simulate openings`.
#[derive(Debug, Clone, Args)]
pub struct SimulateOpenings {
    #[command(flatten)]
    pub store: StoreOptions,
    #[command(flatten)]
    pub insurer: InsurerOptions,
    /// People of the town.
    #[arg(long, default_value_t = 1_000)]
    pub people: u32,
    /// The same seed gives the same people.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Openings at once: their commits share the disk's syncs. More of them are a little faster, and hold memory each.
    #[arg(long, default_value_t = 48, value_parser = clap::value_parser!(u16).range(1..=900))]
    pub at_once: u16,
    /// Opens nothing: checks that each record says what the lines of its person say.
    #[arg(long)]
    pub check: bool,
}

/// `dmp corrections`.
#[derive(Debug, Clone, Args)]
pub struct CorrectionsOptions {
    #[command(flatten)]
    pub store: StoreOptions,
    /// Those that still have time, too.
    #[arg(long)]
    pub all: bool,
}

/// Commands about the journal.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Recomputes every chain.
    Verify(StoreOptions),
    /// Writes one line for each record, without a name or a number of a person: when it was opened, closed and opened again, where, how, and how many
    /// documents it holds. For whoever counts again. A folder must be served by nobody meanwhile.
    Export(AuditExport),
}

/// Commands that take files in.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Puts the insurer's lines into their staging area (`docs/reimbursements.md`): NDJSON, CSV, each also packed (.zst), or Parquet.
    Reimbursements(ReimbursementImport),
    /// Makes a record of the copy that its person took away: where there is none, in an installation of the same mode.
    Record(RecordImport),
}

/// `dmp import record`.
#[derive(Debug, Clone, Args)]
pub struct RecordImport {
    /// The ZIP that the person downloaded.
    #[arg(value_name = "FILE.zip")]
    pub file: PathBuf,
    #[command(flatten)]
    pub store: StoreOptions,
    /// Who does it, for the journal of the record.
    #[arg(long, value_name = "NAME", default_value = "Exploitation du service")]
    pub by: String,
}

/// `dmp import reimbursements`.
#[derive(Debug, Clone, Args)]
pub struct ReimbursementImport {
    /// Files of lines: .ndjson, .jsonl, .csv, .ndjson.zst, .jsonl.zst, .csv.zst, .parquet.
    #[arg(value_name = "FILE", required_unless_present = "template")]
    pub files: Vec<PathBuf>,
    /// Folder of the staging area; made when it is not there.
    #[arg(long, value_name = "DIR", default_value = "insurer-staging")]
    pub staging: PathBuf,
    /// File of the staging key; by default beside the folder, never inside. Made with the area.
    #[arg(long, value_name = "FILE")]
    pub staging_key: Option<PathBuf>,
    /// Where lines that were not taken are told, one JSON object each; by default beside the folder of the staging area.
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// A list of exclusions in place of that of the program: CSV, `system;code_or_prefix;condition;label;basis;valid_from`.
    #[arg(long, value_name = "FILE")]
    pub exclusions: Option<PathBuf>,
    /// Months after which a line is removed.
    #[arg(long, value_name = "N", default_value_t = dmp_insurer::RETENTION_MONTHS, value_parser = clap::value_parser!(i32).range(1..=240))]
    pub keep_months: i32,
    /// Real persons instead of test persons.
    #[arg(long)]
    pub production: bool,
    /// Writes the header of a CSV file and two lines to start from, and does nothing else.
    #[arg(long, exclusive = true)]
    pub template: bool,
    /// Writes JSON.
    #[arg(long)]
    pub json: bool,
}

/// Commands about the table of rights.
#[derive(Debug, Subcommand)]
pub enum MatrixCommand {
    /// Takes the official table in place of the reconstruction, from the next start on. CSV, or JSON with `version` and `cells`.
    Import(MatrixImport),
    /// Tells the table in force.
    Show(MatrixShow),
}

/// `dmp matrix import`.
#[derive(Debug, Clone, Args)]
pub struct MatrixImport {
    /// The table.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Data folder of the installation.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

/// `dmp matrix show`.
#[derive(Debug, Clone, Args)]
pub struct MatrixShow {
    /// Data folder of the installation; without one, the reconstruction that the program brings.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Writes every cell, in the form that `import` reads.
    #[arg(long)]
    pub csv: bool,
}

/// The law that an installation applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RegimeOption {
    /// 2016 to 2021: opening by explicit consent.
    A,
    /// Since 2022: automatic opening unless the person objects.
    B,
}

/// Commands about test identities.
#[derive(Debug, Subcommand)]
pub enum SandboxCommand {
    /// Lists the test identities.
    Identities(IdentitiesOptions),
    /// Prints an access token for a test identity.
    Token(TokenOptions),
}

/// A text that may hold a password: never shown, not even by the parser of the command line.
#[derive(Clone)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl std::str::FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Secret(text.to_owned()))
    }
}

/// A database in place of the data folder.
#[derive(Debug, Clone, Default, Args)]
pub struct DatabaseOptions {
    /// Keeps records in PostgreSQL: `postgres://USER@HOST/DATABASE`. A password is taken from PGPASSWORD unless it stands in the address.
    #[arg(long, value_name = "URL", requires_all = ["blobs", "root_key"])]
    pub store: Option<Secret>,
    /// Where large contents lie, with --store: `s3://BUCKET/PREFIX` (endpoint, region and credentials from AWS_…) or a folder that
    /// every process shares.
    #[arg(long, value_name = "PLACE", requires = "store")]
    pub blobs: Option<Secret>,
    /// PEM file of the authorities that certificates of the database and the S3 are checked against; by default the public ones.
    #[arg(long, value_name = "FILE", requires = "store")]
    pub store_ca: Option<PathBuf>,
    /// The official table of rights (`matrix.csv` of `dmp matrix import`), the same for every process; by default the reconstruction.
    #[arg(long, value_name = "FILE", requires = "store")]
    pub matrix: Option<PathBuf>,
}

/// Where a store is.
#[derive(Debug, Clone, Args)]
pub struct StoreOptions {
    /// Data folder.
    #[arg(long, value_name = "DIR", required_unless_present = "store", conflicts_with = "store")]
    pub data: Option<PathBuf>,
    #[command(flatten)]
    pub database: DatabaseOptions,
    /// File of the root key; by default beside the data folder, never inside.
    #[arg(long, value_name = "FILE")]
    pub root_key: Option<PathBuf>,
    /// Real persons instead of test persons.
    #[arg(long)]
    pub production: bool,
    /// Writes JSON.
    #[arg(long)]
    pub json: bool,
}

/// How notices leave by mail. User and password of the mail server: `DMP_SMTP_USER`, `DMP_SMTP_PASSWORD`.
#[derive(Debug, Clone, Default, Args)]
pub struct MailOptions {
    /// Mail server: `smtps://HOST`, `starttls://HOST`, or `smtp://HOST` without encryption on this machine alone.
    #[arg(long, value_name = "URL", requires = "mail_from")]
    pub smtp: Option<String>,
    /// Address that mails come from.
    #[arg(long, value_name = "ADDRESS", requires = "smtp")]
    pub mail_from: Option<String>,
    /// PEM file of the authorities that the mail server's certificate is checked against; by default the public ones.
    #[arg(long, value_name = "FILE", requires = "smtp")]
    pub smtp_ca: Option<PathBuf>,
    /// Most mails in a minute.
    #[arg(long, value_name = "N", default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..=600_000))]
    pub mails_per_minute: u32,
    /// Mailboxes of professionals, lines `RPPS;ADDRESS`: where a médecin traitant is told of emergency accesses.
    #[arg(long, value_name = "FILE")]
    pub mailboxes: Option<PathBuf>,
    /// Seconds before the second try; doubled each time. For tests.
    #[arg(long, hide = true, default_value_t = 30)]
    pub retry_seconds: i64,
    /// Seconds for which a worker has what it claimed. For tests.
    #[arg(long, hide = true, default_value_t = 300)]
    pub lease_seconds: i64,
}

/// `dmp worker`.
#[derive(Debug, Clone, Args)]
pub struct WorkerOptions {
    #[command(flatten)]
    pub store: StoreOptions,
    #[command(flatten)]
    pub insurer: InsurerOptions,
    #[command(flatten)]
    pub mail: MailOptions,
    #[command(flatten)]
    pub statistics: StatisticsOptions,
    /// Address of the sites, for links.
    #[arg(long, value_name = "URL")]
    pub base_url: String,
    /// Gives mails that were given up another chance first.
    #[arg(long)]
    pub retry_dead: bool,
    /// Ends once nothing is due, in place of waiting for more.
    #[arg(long)]
    pub once: bool,
}

/// `dmp letters`.
#[derive(Debug, Clone, Args)]
pub struct LettersOptions {
    #[command(flatten)]
    pub store: StoreOptions,
    /// Folder for the letters; made when it is not there.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Mailboxes of professionals: see `dmp worker`.
    #[arg(long, value_name = "FILE")]
    pub mailboxes: Option<PathBuf>,
    /// Address of the sites, for links.
    #[arg(long, value_name = "URL")]
    pub base_url: String,
}

/// `dmp serve`.
#[derive(Debug, Clone, Args)]
pub struct ServeOptions {
    /// Fills an empty store with a synthetic town and lets test identities sign in. Loopback only.
    #[arg(long)]
    pub demo: bool,
    /// The law that applies.
    #[arg(long, value_enum, default_value_t = RegimeOption::B, ignore_case = true)]
    pub regime: RegimeOption,
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub listen: std::net::SocketAddr,
    /// Serves counters at `/metrics` on a listener of their own: what they say of everybody's requests is for whoever runs the program, and
    /// belongs on no address that others reach. Without an address: 127.0.0.1:9464. Without the option nothing serves them.
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, default_missing_value = "127.0.0.1:9464")]
    pub metrics: Option<std::net::SocketAddr>,
    /// Data folder; an empty one is filled, a filled one reused.
    #[arg(long, default_value = "demo-data", value_name = "DIR", conflicts_with = "store")]
    pub data: PathBuf,
    #[command(flatten)]
    pub database: DatabaseOptions,
    /// File of the root key; by default beside the data folder, never inside.
    #[arg(long, value_name = "FILE")]
    pub root_key: Option<PathBuf>,
    /// A second address, over TLS, for software of structures that shows a certificate (docs/hospitals.md).
    #[arg(long, value_name = "ADDRESS", requires_all = ["mtls_cert", "mtls_key", "mtls_client_ca"])]
    pub mtls_listen: Option<std::net::SocketAddr>,
    /// PEM file of the certificate of that address.
    #[arg(long, value_name = "FILE", requires = "mtls_listen")]
    pub mtls_cert: Option<PathBuf>,
    /// PEM file of its private key.
    #[arg(long, value_name = "FILE", requires = "mtls_listen")]
    pub mtls_key: Option<PathBuf>,
    /// PEM file of the authorities whose certificates are taken.
    #[arg(long, value_name = "FILE", requires = "mtls_listen")]
    pub mtls_client_ca: Option<PathBuf>,
    /// PEM file of the certificates that they took back; read again when it changes.
    #[arg(long, value_name = "FILE", requires = "mtls_listen")]
    pub mtls_crl: Option<PathBuf>,
    /// What a list is worth past its own date.
    #[arg(long, value_enum, default_value_t, requires = "mtls_crl")]
    pub mtls_crl_expired: crate::peers::ExpiredList,
    /// Public address, when another one than the listening address.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Registered clients (SMART backend services), a JSON list.
    #[arg(long, value_name = "FILE")]
    pub clients: Option<PathBuf>,
    /// Apps that persons may let in to read (SMART App Launch), a JSON list: `client_id`, `name` (`fr`, `en`), `publisher`, `redirect_uris`,
    /// `privacy`, `scope`, and `jwks` for an app that can keep a secret. A demonstration has a test app without it.
    #[arg(long, value_name = "FILE")]
    pub apps: Option<PathBuf>,
    /// Identity provider of professionals (OpenID Connect, Pro Santé Connect): a JSON object with `issuer`, `client_id`,
    /// `client_secret`, `acr`, `name`.
    #[arg(long, value_name = "FILE")]
    pub oidc: Option<PathBuf>,
    /// Identity provider of a structure, for the users of its directory (docs/hospitals.md); once for each.
    #[arg(long, value_name = "FILE")]
    pub structure_oidc: Vec<PathBuf>,
    /// Identity provider of persons: the same form, with `scope`, and `ins_claim` when its word on a person's INS is believed.
    #[arg(long, value_name = "FILE")]
    pub person_oidc: Option<PathBuf>,
    #[command(flatten)]
    pub insurer: InsurerOptions,
    #[command(flatten)]
    pub mail: MailOptions,
    #[command(flatten)]
    pub statistics: StatisticsOptions,
    /// What the service costs, lines `YYYY-MM-DD;CENTS;WHAT FOR` under the header `from;cents;label`: told by record on the public pages.
    #[arg(long, value_name = "FILE")]
    pub costs: Option<PathBuf>,
    #[command(flatten)]
    pub strangers: StrangerOptions,
    /// Cards of the insurer, one JSON object a line, outside the data folder: lets people open their record themselves. Sandbox mode only; a
    /// demonstration brings cards of its own.
    #[arg(long, value_name = "FILE")]
    pub card_registry: Option<PathBuf>,
    /// First days of the caisses, as docs/opening.md says: before its day no record of a caisse opens. Without it all do.
    #[arg(long, value_name = "FILE")]
    pub pilot: Option<PathBuf>,
    /// Real persons instead of test persons.
    #[arg(long, conflicts_with = "demo")]
    pub production: bool,
    /// People of the demonstration's town.
    #[arg(long, default_value_t = 60)]
    pub patients: u32,
    /// Ends the process at a named place, the n-th time it is reached: for fault tests, in sandbox mode only.
    #[arg(long, hide = true, value_name = "NAME:N")]
    pub fail_point: Option<String>,
    /// Writes rows in clear: the negative control of the search for leaks, in sandbox mode only.
    #[arg(long, hide = true)]
    pub sealing_off: bool,
    /// Commits without waiting for the disk: the negative control of the power-loss campaign, in sandbox mode only.
    #[arg(long, hide = true)]
    pub synchronous_off: bool,
    /// Shifts the clock by the seconds that a file holds, read at each question: for tests of what happens on a date, in sandbox
    /// mode only.
    #[arg(long, hide = true, value_name = "FILE")]
    pub clock_shift: Option<PathBuf>,
}

/// Where the insurer's lines come from.
#[derive(Debug, Clone, Default, Args)]
pub struct InsurerOptions {
    /// Folder of the insurer's staging area: records are filled from it at opening, then each week. Without it they are not.
    #[arg(long, value_name = "DIR")]
    pub staging: Option<PathBuf>,
    /// File of the staging key; by default beside the folder, never inside.
    #[arg(long, value_name = "FILE", requires = "staging")]
    pub staging_key: Option<PathBuf>,
    /// Acts that never leave the staging area, in place of the list of the program.
    #[arg(long, value_name = "FILE", requires = "staging")]
    pub exclusions: Option<PathBuf>,
    /// Months of reimbursements in a record.
    #[arg(long, value_name = "MONTHS", default_value_t = 12, value_parser = clap::value_parser!(u8).range(1..=24))]
    pub reimbursement_months: u8,
}

/// `dmp seed`.
#[derive(Debug, Clone, Args)]
pub struct SeedOptions {
    #[command(flatten)]
    pub store: StoreOptions,
    /// People of the town.
    #[arg(long, default_value_t = 60)]
    pub patients: u32,
    /// The same seed gives the same town.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Writes rows in clear: see `dmp serve`.
    #[arg(long, hide = true)]
    pub sealing_off: bool,
    /// Does not wait for the disk: see `dmp serve`.
    #[arg(long, hide = true)]
    pub synchronous_off: bool,
}

/// `dmp import-documents`.
#[derive(Debug, Clone, Args)]
pub struct ImportOptions {
    /// Folder of CDA files.
    pub dir: PathBuf,
    #[command(flatten)]
    pub store: StoreOptions,
    /// Opens the record of a person who has none, from the traits of the document: sandbox only.
    #[arg(long)]
    pub open_records: bool,
}

/// Where the running demonstration is.
#[derive(Debug, Clone, Args)]
pub struct IdentitiesOptions {
    #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "URL")]
    pub server: String,
    /// Writes JSON.
    #[arg(long)]
    pub json: bool,
}

/// `dmp sandbox token`.
#[derive(Debug, Clone, Args)]
pub struct TokenOptions {
    /// Short name of a test identity.
    #[arg(long = "as", value_name = "NAME")]
    pub identity: String,
    /// `normal`, `bris_de_glace` or `centre_15`.
    #[arg(long)]
    pub purpose: Option<String>,
    /// Why, in break-glass: the person will read it.
    #[arg(long)]
    pub reason: Option<String>,
    /// Works on a minor's secret care.
    #[arg(long)]
    pub secret: bool,
    /// The person agrees to this consultation.
    #[arg(long)]
    pub consent_now: bool,
    #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "URL")]
    pub server: String,
    /// Writes JSON.
    #[arg(long)]
    pub json: bool,
}

/// `dmp bench`.
#[derive(Debug, Clone, Args)]
pub struct BenchOptions {
    /// Seconds for each figure.
    #[arg(long, default_value_t = 5)]
    pub seconds: u64,
    /// Clients at once.
    #[arg(long, default_value_t = 32)]
    pub clients: usize,
    /// Folder for the run's store; removed at the end.
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Requests of heavy records come so many times as often as they should: for the control of these figures.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub rate_times: u32,
    /// Measures these figures alone: publish-4k, publish-30k, td02, read, list-50, list-50-of-2000,
    /// summary-2000, search-2000, first-page-10000, publish-10000.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub only: Vec<String>,
}

impl BenchOptions {
    /// Whether a figure is wished.
    pub fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|one| one == name)
    }
}

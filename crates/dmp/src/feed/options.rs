//! The command line of the feeder.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `dmp feed`.
#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct FeedOptions {
    #[command(subcommand)]
    pub command: Option<FeedCommand>,
    #[command(flatten)]
    pub run: FeedRun,
}

/// Beside feeding.
#[derive(Debug, Clone, Subcommand)]
pub enum FeedCommand {
    /// Says what was sent, what was refused and why, and what waits and since when.
    #[command(visible_alias = "status")]
    Report(ReportOptions),
    /// Makes the structure's directory of users say what a file says.
    Users(UsersOptions),
    /// Makes the key that a structure signs in with, and prints its line for the register of clients (`dmp serve --clients`).
    Key(KeyOptions),
}

/// `dmp feed DIR`.
#[derive(Debug, Clone, Args)]
pub struct FeedRun {
    /// Folder that is watched: HL7 v2 (.hl7, .er7), CDA (.xml), PDF (.pdf with its metadata in a .json of the same name). What is done goes to `done/`,
    /// what is refused to `refused/` with the reason beside it.
    #[arg(value_name = "DIR", default_value = "feed")]
    pub dir: PathBuf,
    #[command(flatten)]
    pub server: ServerOptions,
    /// Listens for HL7 v2 messages (MLLP) too; each is in the folder before it is acknowledged. Without TLS on this machine alone.
    #[arg(long, value_name = "ADDRESS")]
    pub mllp: Option<SocketAddr>,
    #[command(flatten)]
    pub mllp_tls: MllpTls,
    /// Who answers for the stays that are declared: `PS_IdNat;PROFESSION;Given FAMILY`, `810001234567;G15/10;Anne MODELE`. Without it no stay is declared.
    #[arg(long, value_name = "WHO")]
    pub responsible: Option<String>,
    /// Sector of activity of documents that are no CDA (TRE_R02).
    #[arg(long, value_name = "CODE", default_value = "SA01")]
    pub facility_type: String,
    /// Practice setting of documents that are no CDA (TRE_A01).
    #[arg(long, value_name = "CODE", default_value = "ETABLISSEMENT")]
    pub practice_setting: String,
    /// Seconds that a document waits for the one that it replaces; three days when not said.
    #[arg(long, value_name = "N", default_value_t = 259_200)]
    pub wait_replaced_seconds: u32,
    /// Messages on their way at once; of one person one.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub at_once: u16,
    /// Removes what was sent in place of moving it to `done/`.
    #[arg(long)]
    pub discard_sent: bool,
    /// Ends once nothing waits but what cannot be sent yet.
    #[arg(long, conflicts_with = "mllp")]
    pub once: bool,
    /// Milliseconds before the second try; doubled each time, up to five minutes.
    #[arg(long, hide = true, default_value_t = 1_000)]
    pub retry_ms: u64,
}

/// The server that is fed, and who feeds it.
#[derive(Debug, Clone, Args)]
pub struct ServerOptions {
    /// Address of the record.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    pub server: String,
    /// What the record calls itself, where --server is another address of it.
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Private key of the structure (`dmp feed key`); not needed with --cert but for naming who answers for stays.
    #[arg(long, value_name = "FILE", default_value = "feed-key.pem")]
    pub key: PathBuf,
    /// Name under which the structure is registered.
    #[arg(long, value_name = "ID", default_value = "feeder")]
    pub client_id: String,
    /// PEM file of the authorities that the server's certificate is checked against; by default the public ones.
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// PEM file of the structure's certificate, shown to the server (mutual TLS).
    #[arg(long, value_name = "FILE", requires = "cert_key")]
    pub cert: Option<PathBuf>,
    /// PEM file of its private key.
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub cert_key: Option<PathBuf>,
}

/// TLS of the MLLP listener.
#[derive(Debug, Clone, Default, Args)]
pub struct MllpTls {
    /// PEM file of the listener's certificate.
    #[arg(long, value_name = "FILE", requires_all = ["mllp_cert_key", "mllp_client_ca"])]
    pub mllp_cert: Option<PathBuf>,
    /// PEM file of its private key.
    #[arg(long, value_name = "FILE", requires = "mllp_cert")]
    pub mllp_cert_key: Option<PathBuf>,
    /// PEM file of the authorities whose certificates senders must show.
    #[arg(long, value_name = "FILE", requires = "mllp_cert")]
    pub mllp_client_ca: Option<PathBuf>,
    /// PEM file of the certificates that they took back; read again when it changes.
    #[arg(long, value_name = "FILE", requires = "mllp_cert")]
    pub mllp_crl: Option<PathBuf>,
    /// What a list is worth past its own date.
    #[arg(long, value_enum, default_value_t, requires = "mllp_crl")]
    pub mllp_crl_expired: crate::peers::ExpiredList,
}

/// `dmp feed report`.
#[derive(Debug, Clone, Args)]
pub struct ReportOptions {
    /// Folder of the feeder.
    #[arg(value_name = "DIR", default_value = "feed")]
    pub dir: PathBuf,
    /// Lists what was sent, too.
    #[arg(long)]
    pub all: bool,
    /// What became of one message or document: its control id (MSH-10), the document's identifier, or the name of the file.
    #[arg(long, value_name = "REFERENCE")]
    pub find: Option<String>,
    /// Writes JSON.
    #[arg(long)]
    pub json: bool,
}

/// `dmp feed users`.
#[derive(Debug, Clone, Args)]
pub struct UsersOptions {
    /// CSV (columns `user_name;external_id;national_id;given;family;profession;specialty;active;units`, units separated by commas) or JSON (.json, a list
    /// of the same). Who is not in it is deactivated.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub server: ServerOptions,
}

/// `dmp feed key`.
#[derive(Debug, Clone, Args)]
pub struct KeyOptions {
    /// Where the private key goes; a key that is there is kept.
    #[arg(long, value_name = "FILE", default_value = "feed-key.pem")]
    pub out: PathBuf,
    /// Name to register.
    #[arg(long, value_name = "ID", default_value = "feeder")]
    pub client_id: String,
    /// National identifier of the structure, `1` and its FINESS.
    #[arg(long, value_name = "ID")]
    pub structure_id: String,
    /// Its name, as people read it.
    #[arg(long, value_name = "NAME")]
    pub structure_name: String,
    /// The structure keeps a directory of its users: then nobody acts for it who is not in it (`dmp feed users`, or SCIM).
    #[arg(long)]
    pub directory: bool,
}

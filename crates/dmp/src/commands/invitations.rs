//! `dmp invitations`: campaigns, which one person proposes and another confirms.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{RegimeOption, StoreOptions};

/// Commands about campaigns of invitations. A folder must be served by nobody meanwhile; people are written to by `dmp serve`.
#[derive(Debug, Subcommand)]
pub enum InvitationsCommand {
    /// Proposes a campaign: nobody is written to yet.
    Propose(ProposeOptions),
    /// Confirms a campaign that somebody else proposed.
    Confirm(DecideOptions),
    /// Stops a campaign, or takes a proposal back.
    Stop(DecideOptions),
    /// Tells every campaign and what came of it, in counts.
    List(TellOptions),
}

/// Who acts for the insurer.
#[derive(Debug, Clone, Args)]
pub struct AgentOptions {
    /// Number of the agent.
    #[arg(long, value_name = "ID")]
    pub agent: String,
    /// First and family name of the agent.
    #[arg(long, value_name = "NAME")]
    pub by: String,
}

/// `dmp invitations propose`.
#[derive(Debug, Clone, Args)]
pub struct ProposeOptions {
    #[command(flatten)]
    pub store: StoreOptions,
    #[command(flatten)]
    pub agent: AgentOptions,
    /// What the campaign is called.
    #[arg(long, value_name = "TEXT")]
    pub name: String,
    /// File with one INS number a line (first cell, `;` or `,`).
    #[arg(long, value_name = "FILE")]
    pub list: PathBuf,
    /// Language of mails and letters.
    #[arg(long, value_enum, default_value_t = InvitationLanguage::Fr)]
    pub lang: InvitationLanguage,
    /// The letter announces that the record opens by itself six weeks later (CSP R.1111-28). Under regime B alone.
    #[arg(long)]
    pub announce: bool,
    /// Regime of the installation.
    #[arg(long, value_enum, default_value_t = RegimeOption::B)]
    pub regime: RegimeOption,
}

/// `dmp invitations confirm` and `stop`.
#[derive(Debug, Clone, Args)]
pub struct DecideOptions {
    #[command(flatten)]
    pub store: StoreOptions,
    #[command(flatten)]
    pub agent: AgentOptions,
    /// The campaign, as `propose` and `list` tell it.
    #[arg(value_name = "CAMPAIGN")]
    pub campaign: String,
}

/// `dmp invitations list`.
#[derive(Debug, Clone, Args)]
pub struct TellOptions {
    #[command(flatten)]
    pub store: StoreOptions,
    #[command(flatten)]
    pub agent: AgentOptions,
}

/// A language of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InvitationLanguage {
    Fr,
    En,
}

//! Remuneration of openings: 1 € to the pharmacist for each since July 2018 (avenant 11 to the convention). A line for each opening that is paid,
//! a line against it when the opening is taken back; no patient in either.

mod iban;
mod statement;
mod tariff;

pub use iban::{Iban, IbanFault};
pub use statement::{Statement, StatementLine, statements};
pub use tariff::{TariffFault, Tariffs};

use serde::{Deserialize, Serialize};

use crate::ids::RecordKey;
use crate::record::Channel;
use crate::statistics::Payee;

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LineKind {
    Opening,
    /// The opening was taken back.
    Reversal,
}

/// A line of the ledger before it is kept: the record names it and is not kept with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    pub record: RecordKey,
    pub kept: KeptLine,
}

/// A line as the ledger keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptLine {
    pub kind: LineKind,
    /// Day of what it is for: the opening, or its cancellation.
    pub day: i32,
    /// Day of the opening, by which the tariff was found.
    pub opened: i32,
    pub channel: Channel,
    /// Cents; below zero when it takes back.
    pub cents: i64,
    pub payee: Payee,
    /// Number of the receipt of the opening.
    pub receipt: String,
}

//! The summary on paper: one tagged page for a doctor ([`summary`]) and a card for an emergency ([`emergency_card`]); sheets of sentences in
//! large letters ([`booklet`]); what a pharmacy is due for a month ([`statement`]).
//!
//! All are PDF/UA-1: a reader for the blind hears headings, lists and tables in their order. The same summary gives the same bytes: nothing
//! is read but the arguments. What the properties of the file say is neutral; no name of a person is among them.

mod booklet;
mod card;
mod dates;
mod face;
mod flow;
mod page;
mod paint;
mod qr;
mod say;
mod section;
mod sheet;
mod statement;
mod words;

pub use booklet::{Booklet, BookletSection, booklet, cover, large_summary};
pub use card::{CardCodes, emergency_card};
pub use page::{SummaryOptions, summary};
pub use statement::{StatementSheet, statement};

/// Why a sheet was not made. It says nothing of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    #[error("a font that the program brings cannot be read")]
    Font,
    /// The address holds more than a QR code does.
    #[error("the address is too long for a QR code")]
    AddressTooLong,
    #[error("the pdf cannot be written")]
    Pdf,
    #[error("no language was asked for")]
    NoLanguage,
}

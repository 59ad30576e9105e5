//! How a person signs in: their identifier and their means. It belongs to an account, not to a record: who represents a child may have none.

mod codes;
mod credentials;
mod identifier;

pub use codes::{CodeSheet, PrintedCode, SHEET_CODES, read_printed, shown_printed};
pub use credentials::{Credentials, LinkedSubject, Means, PASSKEYS_MAX, Passkey, VerifiedMail};
pub use identifier::{Identifier, IdentifierError, mail_address};

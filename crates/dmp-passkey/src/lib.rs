//! Passkeys: a relying party of WebAuthn (W3C, Level 2) for one site and its people.
//!
//! [`RelyingParty::challenge`] makes what a browser's authenticator signs; [`RelyingParty::register`] reads a new passkey out of its answer,
//! [`RelyingParty::sign_in`] judges the answer of one that is known. The protocol is ours, its signatures are `aws-lc-rs`'s. No attestation is
//! asked for: which maker built the authenticator decides nothing here. Why not a library: `docs/decisions/0015-passkeys.md`.

mod authenticator;
mod challenge;
mod client;
mod party;
mod refusal;

pub use challenge::Ceremony;
pub use party::{NewPasskey, RegistrationAnswer, RelyingParty, SignInAnswer, Used};
pub use refusal::Refusal;

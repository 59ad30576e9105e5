//! Signing people in through an identity provider, professionals through Pro Santé Connect: a relying party of OpenID Connect.
//!
//! [`RelyingParty::start`] makes the address that the browser is sent to; [`RelyingParty::finish`] turns what
//! the browser brings back into a [`dmp_core::access::Caller`], or says why not. The protocol is ours
//! (`metadata.rs`, `code.rs`, `id_token.rs`, `userinfo.rs`), its signatures are `jsonwebtoken`'s (`signed_token.rs`);
//! what Pro Santé Connect says of a professional is read in `claims.rs`. Why: `docs/decisions/0008-oidc.md`.

mod agent;
mod assurance;
mod claims;
mod code;
mod config;
mod id_token;
mod keys;
mod logins;
mod metadata;
mod provider;
mod refusal;
mod relying_party;
mod signed_token;
mod transport;
mod userinfo;

pub use agent::Agent;
pub use config::{CounterOidcConfig, DirectoryField, OidcConfig, StructureOidcConfig};
pub use refusal::Refusal;
pub use relying_party::{Callback, Departure, PersonSubject, RelyingParty};

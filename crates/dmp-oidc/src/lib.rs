//! Signing professionals in through Pro Santé Connect: a relying party of OpenID Connect.
//!
//! [`RelyingParty::start`] makes the address that the browser is sent to; [`RelyingParty::finish`] turns what
//! the browser brings back into a [`dmp_core::access::Caller`], or says why not. The protocol is
//! `openidconnect`'s (discovery, PKCE, nonce, ID token); what Pro Santé Connect says of a professional is read
//! in `claims.rs`. Why this library and this transport: `docs/decisions/0008-oidc.md`.

mod assurance;
mod claims;
mod config;
mod logins;
mod provider;
mod refusal;
mod relying_party;
mod transport;

pub use config::OidcConfig;
pub use refusal::Refusal;
pub use relying_party::{Callback, Departure, RelyingParty};

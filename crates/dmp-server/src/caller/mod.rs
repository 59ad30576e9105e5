//! Who is asking: an access token at the FHIR door, a session at the sites.

mod assertion;
mod certificate;
mod clients;
mod extract;
mod present;
mod proven;
mod scopes;
mod session;
mod signed;
mod token;

pub(crate) use certificate::Peer;
pub use certificate::PeerCertificate;
pub use clients::{Client, Clients};
pub use extract::Asking;
pub(crate) use extract::language;
pub(crate) use present::known_today;
pub use proven::ProvenSubjects;
pub use scopes::Permission;
pub(crate) use session::fresh as fresh_word;
pub use session::{Session, Sessions};
pub use token::{AccessTokens, TOKEN_SECONDS};

pub(crate) use assertion::{ASSERTION_TYPE, Extensions, TokenError, TokenRequest, denied, token_endpoint};
pub(crate) use signed::{Registered, Rules, SIGNED_SECONDS_MAX, prove, verify};

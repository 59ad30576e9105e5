//! Who is asking: an access token at the FHIR door, a session at the sites.

mod assertion;
mod clients;
mod elsewhere;
mod extract;
mod proven;
mod scopes;
mod session;
mod signed;
mod token;

pub use clients::{Client, Clients};
pub(crate) use elsewhere::{end_sessions, session_of};
pub use extract::Asking;
pub(crate) use extract::language;
pub use proven::ProvenSubjects;
pub use scopes::Permission;
pub(crate) use session::fresh as fresh_word;
pub use session::{Session, Sessions};
pub use token::{AccessTokens, TOKEN_SECONDS};

pub(crate) use assertion::{ASSERTION_TYPE, Extensions, TokenError, TokenRequest, denied, token_endpoint};
pub(crate) use signed::{Registered, Rules, SIGNED_SECONDS_MAX, prove, verify};

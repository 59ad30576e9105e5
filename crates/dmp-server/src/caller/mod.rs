//! Who is asking: an access token at the FHIR door, a session at the sites.

mod assertion;
mod certificate;
mod clients;
mod elsewhere;
mod extract;
mod kept;
mod present;
mod proven;
mod scopes;
mod session;
mod signed;
mod token;
mod veil;

pub(crate) use certificate::Peer;
pub use certificate::PeerCertificate;
pub use clients::{Client, Clients};
pub(crate) use elsewhere::{end_sessions, session_of};
pub use extract::Asking;
pub(crate) use extract::language;
pub use kept::{KEPT_SECONDS, Kept, KeptForms};
pub(crate) use present::{known_session, known_today};
pub use proven::ProvenSubjects;
pub use scopes::Permission;
pub(crate) use session::fresh as fresh_word;
pub use session::{Session, Sessions};
pub use token::{AccessTokens, TOKEN_SECONDS};

pub(crate) use assertion::{ASSERTION_TYPE, Extensions, TokenError, TokenRequest, denied, denied_because, token_endpoint};
pub(crate) use signed::{Registered, Rules, SIGNED_SECONDS_MAX, prove, verify};
pub(crate) use veil::{is_veiled, veiled};

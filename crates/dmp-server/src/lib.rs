//! The doors of the record (axum). `routes.rs` is the only table of routes; a handler does four
//! things: who, parse, act, answer.

mod answer;
mod apps;
mod assisted;
mod caller;
mod cds;
mod clinical;
mod compress;
mod cookies;
mod copy;
mod counter_site;
mod directory;
mod embed;
mod fhir;
mod formats;
mod mailbox;
mod matrix_site;
mod metrics;
mod middleware;
mod opening_site;
mod ops;
mod origin;
mod paper;
mod patient_site;
mod phase;
mod pro_site;
mod refused_form;
mod routes;
mod sandbox;
mod scim;
mod sent;
mod share;
mod shown;
mod site;
mod state;
mod statistics_site;
mod strangers;

pub use apps::{Apps, RegisteredApp};
pub use caller::{AccessTokens, Client, Clients, PeerCertificate};
pub use directory::{Directory, Identity, IdentityKind};
/// The files of `dmp serve --oidc`, `--structure-oidc` and `--counter-oidc`.
pub use dmp_oidc::{CounterOidcConfig, OidcConfig, StructureOidcConfig};
pub use formats::{Codecs, HostileFormats};
pub use mailbox::{SandboxMailbox, code_link};
pub use metrics::Metrics;
/// The sheets of an order of paper: for whoever prints.
pub use paper::printed;
pub use routes::{Door, ROUTES, RouteInfo, metrics_router, router};
pub use state::{App, AppConfig};
pub use strangers::StrangerLimits;

/// What a document's bytes and metadata say, checked as at every door; used by bulk imports.
pub use fhir::{IncomingDocument, prepare_document, traits_of_document};

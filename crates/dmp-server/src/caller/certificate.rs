//! The certificate that the other side of a connection showed. It says which software speaks, never who asks: a certificate alone deposits, and
//! reads nothing (`access/rules/named_caller.rs`).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// SHA-256 of a certificate that TLS has checked, hexadecimal in lower case. The listener puts it into the extensions of each request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerCertificate(String);

impl PeerCertificate {
    /// Of the bytes of a certificate (DER).
    pub fn of(der: &[u8]) -> Self {
        let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, der);
        PeerCertificate(hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// The certificate of the connection of a request; none over the plain listener.
///
/// SECURITY: it is taken from the connection itself. No header speaks for it: whoever reaches the plain listener could write one.
#[derive(Debug, Clone)]
pub(crate) struct Peer(Option<PeerCertificate>);

impl Peer {
    /// Of a request.
    pub fn of(parts: &Parts) -> Self {
        Peer(parts.extensions.get::<PeerCertificate>().cloned())
    }

    /// Its hash.
    pub fn hash(&self) -> Option<&str> {
        self.0.as_ref().map(|peer| peer.0.as_str())
    }
}

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Peer::of(parts))
    }
}

//! The provider's public keys (RFC 7517), and which of them may have signed a token.

use jsonwebtoken::Algorithm;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use serde::Deserialize;
use serde_json::Value;

/// The keys that could be understood (RFC 7517 §5).
pub(crate) struct KeySet(Vec<Jwk>);

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

impl KeySet {
    /// Reads a key set. A key that cannot be understood is left out (RFC 7517 §5): others may sign.
    ///
    /// # Errors
    /// What is wrong with it. The document is public and names no person.
    pub fn read(document: &[u8]) -> Result<Self, String> {
        let document: Document = serde_json::from_slice(document).map_err(|error| error.to_string())?;
        Ok(KeySet(document.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect()))
    }

    /// The keys that may have made a signature of this algorithm under this `kid`; under none, any may (OpenID Connect Core 1.0 §10.1).
    /// SECURITY: the kind of key decides, not the token: an RSA key is never taken for a curve's nor for a shared secret.
    pub fn suitable(&self, algorithm: Algorithm, kid: Option<&str>) -> impl Iterator<Item = &Jwk> {
        self.0.iter().filter(move |key| {
            let named = kid.is_none() || key.common.key_id.as_deref() == kid;
            let signs = key.common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature);
            let meant = key.common.key_algorithm.is_none_or(|meant| meant == KeyAlgorithm::from(algorithm));
            named && signs && meant && is_of_kind(key, algorithm)
        })
    }
}

/// The kind of key that an algorithm signs with (RFC 7518 §3.1). Algorithms that are not taken have none.
fn is_of_kind(key: &Jwk, algorithm: Algorithm) -> bool {
    match (algorithm, &key.algorithm) {
        (Algorithm::RS256 | Algorithm::PS256, AlgorithmParameters::RSA(_)) => true,
        (Algorithm::ES256, AlgorithmParameters::EllipticCurve(key)) => key.curve == EllipticCurve::P256,
        (Algorithm::ES384, AlgorithmParameters::EllipticCurve(key)) => key.curve == EllipticCurve::P384,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &str = r#"{"keys":[
        {"kty":"RSA","kid":"a","use":"sig","n":"AQAB","e":"AQAB"},
        {"kty":"RSA","kid":"b","use":"enc","n":"AQAB","e":"AQAB"},
        {"kty":"RSA","kid":"c","alg":"PS256","n":"AQAB","e":"AQAB"},
        {"kty":"EC","kid":"d","crv":"P-256","x":"AQAB","y":"AQAB"},
        {"kty":"EC","kid":"e","crv":"P-384","x":"AQAB","y":"AQAB"},
        {"kty":"oct","kid":"f","k":"AQAB"},
        {"kty":"RSA","kid":"g","alg":"RSA-OAEP","n":"AQAB","e":"AQAB"},
        {"kty":"AKP","kid":"h","pub":"AQAB"},
        {"kid":7}
    ]}"#;

    #[test]
    fn a_key_signs_only_with_the_algorithms_of_its_kind_and_only_if_it_is_meant_to_sign() {
        let keys = KeySet::read(KEYS.as_bytes()).unwrap();
        for (algorithm, suitable) in [
            (Algorithm::RS256, "a"),
            (Algorithm::PS256, "ac"),
            (Algorithm::ES256, "d"),
            (Algorithm::ES384, "e"),
            (Algorithm::HS256, ""),
            (Algorithm::RS512, ""),
        ] {
            let found: String = keys.suitable(algorithm, None).filter_map(|key| key.common.key_id.clone()).collect();
            assert_eq!(found, suitable, "{algorithm:?}");
        }
        assert_eq!(keys.suitable(Algorithm::PS256, Some("c")).count(), 1);
        assert_eq!(keys.suitable(Algorithm::PS256, Some("d")).count(), 0);
    }

    #[test]
    fn what_is_no_key_set_is_refused() {
        assert!(KeySet::read(b"[]").is_err() && KeySet::read(b"{}").is_err() && KeySet::read(br#"{"keys":[]}"#).is_ok());
    }
}

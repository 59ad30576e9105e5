//! What an ID token vouches for, claim by claim (OpenID Connect Core 1.0 §3.1.3.7).

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dmp_core::Moment;
use jsonwebtoken::Algorithm;
use serde::Deserialize;

use crate::Refusal;

/// The provider's clock may go ahead of ours by this much. No token is taken longer for it: expiry has no such margin.
const CLOCK_SKEW_SECONDS: i64 = 60;

/// The claims of an ID token that are judged (OpenID Connect Core 1.0 §2 and §3.1.3.6).
/// SECURITY: no `Debug`, so that claims never show themselves in a log.
#[derive(Deserialize)]
pub(crate) struct IdTokenClaims {
    iss: String,
    sub: String,
    aud: Audience,
    /// NumericDate (RFC 7519 §2): seconds, which may have a fraction.
    exp: f64,
    iat: f64,
    nonce: Option<String>,
    acr: Option<String>,
    azp: Option<String>,
    at_hash: Option<String>,
    /// What else it says: methods (`amr`), and the claim by which a structure knows its users.
    #[serde(flatten)]
    others: serde_json::Map<String, serde_json::Value>,
}

/// `aud`: a text or several (RFC 7519 §4.1.3).
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Against what an ID token is judged (OpenID Connect Core 1.0 §3.1.3.7).
pub(crate) struct Expected<'e> {
    pub issuer: &'e str,
    pub client_id: &'e str,
    pub nonce: &'e str,
    /// The access token that came with it.
    pub access_token: &'e str,
    /// Algorithm of its signature.
    pub algorithm: Algorithm,
    pub now: Moment,
}

/// Who signed in, and at which level (OpenID Connect Core 1.0 §2). SECURITY: no `Debug`.
pub(crate) struct Vouched {
    pub subject: String,
    pub acr: Option<String>,
    pub others: serde_json::Map<String, serde_json::Value>,
}

impl Vouched {
    /// The methods that were used (`amr`, RFC 8176): a list, or one of them alone as some providers write it.
    pub fn methods(&self) -> Vec<&str> {
        match self.others.get("amr") {
            Some(serde_json::Value::Array(all)) => all.iter().filter_map(serde_json::Value::as_str).collect(),
            Some(serde_json::Value::String(one)) => vec![one],
            _ => Vec::new(),
        }
    }
}

impl Audience {
    /// Us alone. SECURITY: who else a token is for could show it to us as somebody's, so no other audience is trusted (§3.1.3.7, step 3).
    pub fn is_only(&self, client_id: &str) -> bool {
        !self.all().is_empty() && self.all().iter().all(|one| one == client_id)
    }

    fn all(&self) -> &[String] {
        match self {
            Audience::One(one) => std::slice::from_ref(one),
            Audience::Many(all) => all,
        }
    }
}

impl IdTokenClaims {
    /// Judges claims whose signature holds (OpenID Connect Core 1.0 §3.1.3.7, steps 2 to 5 and 9 to 11; §3.1.3.8).
    /// The level is judged by who asked for it.
    ///
    /// # Errors
    /// [`Refusal::TokenInvalid`] with the name of what was wrong, without the value that was.
    pub fn judge(self, expected: &Expected<'_>) -> Result<Vouched, Refusal> {
        let now = expected.now;
        if self.iss != expected.issuer {
            return Err(Refusal::TokenInvalid("issuer"));
        }
        if !self.aud.is_only(expected.client_id) || !self.is_authorized(expected.client_id) {
            return Err(Refusal::TokenInvalid("audience"));
        }
        if seconds(now) >= self.exp {
            return Err(Refusal::TokenInvalid("expiry"));
        }
        if self.iat > seconds(now.plus_seconds(CLOCK_SKEW_SECONDS)) {
            return Err(Refusal::TokenInvalid("issue time"));
        }
        if self.nonce.is_none_or(|nonce| verify_slices_are_equal(nonce.as_bytes(), expected.nonce.as_bytes()).is_err()) {
            return Err(Refusal::TokenInvalid("nonce"));
        }
        if self.at_hash.is_some_and(|claimed| access_token_hash(expected.access_token, expected.algorithm) != Some(claimed)) {
            return Err(Refusal::TokenInvalid("at_hash"));
        }
        Ok(Vouched { subject: self.sub, acr: self.acr, others: self.others })
    }

    /// `azp` is us where it is said, and is said where there are several audiences (steps 4 and 5).
    fn is_authorized(&self, client_id: &str) -> bool {
        match &self.azp {
            Some(party) => party == client_id,
            None => self.aud.all().len() <= 1,
        }
    }
}

/// `at_hash`: the left half of the access token's hash, under the hash of the signature (OpenID Connect Core 1.0 §3.1.3.6).
fn access_token_hash(access_token: &str, algorithm: Algorithm) -> Option<String> {
    let hash = match algorithm {
        Algorithm::RS256 | Algorithm::PS256 | Algorithm::ES256 => &digest::SHA256,
        Algorithm::ES384 => &digest::SHA384,
        _ => return None,
    };
    let hash = digest::digest(hash, access_token.as_bytes());
    let half = hash.as_ref().len() / 2;
    hash.as_ref().get(..half).map(|half| URL_SAFE_NO_PAD.encode(half))
}

/// A moment as a NumericDate (RFC 7519 §2).
fn seconds(moment: Moment) -> f64 {
    // Microseconds of our century lie far below the 2^53 up to which the conversion is exact.
    moment.as_micros() as f64 / 1_000_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The access token and `at_hash` of the example in OpenID Connect Core 1.0, appendix A.3.
    #[test]
    fn the_hash_of_an_access_token_is_that_of_the_standard() {
        let token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
        for algorithm in [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256] {
            assert_eq!(access_token_hash(token, algorithm).as_deref(), Some("77QmUPtjPfzWtF2AnpK9RQ"));
        }
        assert_eq!(access_token_hash(token, Algorithm::ES384).map(|hash| hash.len()), Some(32));
        assert_eq!(access_token_hash(token, Algorithm::HS256), None);
    }
}

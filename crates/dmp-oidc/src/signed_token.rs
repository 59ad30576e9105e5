//! A signed token of the provider (JWS, RFC 7515; JWT, RFC 7519): its claims are not read before its signature holds.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::Refusal;
use crate::keys::KeySet;

/// SECURITY: public-key signatures only (RFC 7518 §3.1). `none` and signatures under the client secret are never a provider's.
const ALGORITHMS: [(&str, Algorithm); 4] =
    [("RS256", Algorithm::RS256), ("PS256", Algorithm::PS256), ("ES256", Algorithm::ES256), ("ES384", Algorithm::ES384)];

/// A token under an algorithm that is taken, and nothing more known of it (RFC 7515 §3.1).
pub(crate) struct SignedToken<'t> {
    text: &'t str,
    pub algorithm: Algorithm,
    kid: Option<String>,
}

/// RFC 7515 §4.1.
#[derive(Deserialize)]
struct JoseHeader {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    cty: Option<IgnoredAny>,
    crit: Option<IgnoredAny>,
}

impl JoseHeader {
    /// A plain JWT (RFC 7519 §5.1), with nothing nested (`cty`, §5.2) and nothing that must be understood (`crit`, RFC 7515 §4.1.11).
    fn is_of_plain_token(&self) -> bool {
        let typ = self.typ.as_deref().unwrap_or("JWT").to_ascii_lowercase();
        matches!(typ.strip_prefix("application/").unwrap_or(&typ), "jwt" | "jose") && self.cty.is_none() && self.crit.is_none()
    }
}

impl<'t> SignedToken<'t> {
    /// Reads the header (RFC 7515 §4.1).
    ///
    /// # Errors
    /// [`Refusal::TokenInvalid`]: no token, a header that asks for more than a plain token, or an algorithm that is not taken.
    pub fn read(text: &'t str) -> Result<Self, Refusal> {
        let header = text.split('.').next().unwrap_or_default();
        let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| Refusal::TokenInvalid("header"))?;
        let header: JoseHeader = serde_json::from_slice(&header).map_err(|_| Refusal::TokenInvalid("header"))?;
        if !header.is_of_plain_token() {
            return Err(Refusal::TokenInvalid("header"));
        }
        let known = ALGORITHMS.into_iter().find(|(name, _)| *name == header.alg);
        let (_, algorithm) = known.ok_or(Refusal::TokenInvalid("signature"))?;
        Ok(SignedToken { text, algorithm, kid: header.kid })
    }

    /// Whether one of the keys may have signed it (OpenID Connect Core 1.0 §10.1.1: when none may, the keys are read anew).
    pub fn may_be_of(&self, keys: &KeySet) -> bool {
        keys.suitable(self.algorithm, self.kid.as_deref()).next().is_some()
    }

    /// Its claims, when the one suitable key signed them (RFC 7515 §5.2). Who they are for, and when, remains to be judged.
    ///
    /// # Errors
    /// [`Refusal::TokenInvalid`]: no key or several that may have signed it, another signature, or claims that cannot be read.
    pub fn claims<T: DeserializeOwned>(&self, keys: &KeySet) -> Result<T, Refusal> {
        let mut suitable = keys.suitable(self.algorithm, self.kid.as_deref());
        let (Some(key), None) = (suitable.next(), suitable.next()) else { return Err(Refusal::TokenInvalid("signature")) };
        let key = DecodingKey::from_jwk(key).map_err(|_| Refusal::TokenInvalid("signature"))?;
        let mut signature_alone = Validation::new(self.algorithm);
        // The library would ask the machine's clock; the claims are judged in `id_token.rs` and `userinfo.rs`.
        signature_alone.validate_exp = false;
        signature_alone.validate_aud = false;
        signature_alone.required_spec_claims.clear();
        match jsonwebtoken::decode::<T>(self.text, &key, &signature_alone) {
            Ok(token) => Ok(token.claims),
            // The library's error may quote the claims: it is not told.
            Err(error) if matches!(error.kind(), ErrorKind::Json(_)) => Err(Refusal::TokenInvalid("claims")),
            Err(_) => Err(Refusal::TokenInvalid("signature")),
        }
    }
}

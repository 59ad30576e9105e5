//! What registered software signs itself: an assertion for a token, or a request of CDS Hooks.

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Client, Clients};

/// What is asked of a signed JWT besides a good signature of a registered key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules<'a> {
    /// SECURITY: only asymmetric ones; the header of the token never chooses another.
    pub algorithms: &'a [Algorithm],
    /// What to say when it is another algorithm.
    pub wrong_algorithm: &'static str,
    pub audience: &'a str,
    /// Seconds by which the client's clock may be ahead.
    pub skew: i64,
}

/// Whoever has keys in a register.
pub(crate) trait Registered {
    /// The name that it signs with.
    fn client_id(&self) -> &str;
    /// Its public keys; `None`: it signs nothing.
    fn jwks(&self) -> Option<&JwkSet>;
}

impl Registered for Client {
    fn client_id(&self) -> &str {
        &self.client_id
    }

    fn jwks(&self) -> Option<&JwkSet> {
        Some(&self.jwks)
    }
}

/// A JWT whose signature and common claims were checked.
#[derive(Debug)]
pub(crate) struct Signed<'a, C, T = Client> {
    pub client: &'a T,
    pub header: Header,
    pub expires: i64,
    /// The other claims.
    pub claims: C,
}

#[derive(Deserialize)]
struct Claims<C> {
    iss: String,
    exp: i64,
    jti: String,
    #[serde(flatten)]
    others: C,
}

/// Longest life of what is signed (SMART and CDS Hooks: five minutes).
pub(crate) const SIGNED_SECONDS_MAX: i64 = 300;
/// Longest JWT that is looked at.
const JWT_BYTES_MAX: usize = 16 << 10;

/// Checks a JWT: a registered issuer, one of its keys, an allowed algorithm, the audience, an expiry at most five minutes ahead, and that it was
/// not used before. `now` in seconds since the epoch.
///
/// # Errors
/// Which check failed, in words for the developer.
pub(crate) fn verify<'a, C: DeserializeOwned>(clients: &'a Clients, jwt: &str, rules: Rules<'_>, now: i64) -> Result<Signed<'a, C>, &'static str> {
    prove::<Client, C>(|id| clients.get(id), clients, jwt, rules, now)
}

/// The same for whichever register `find` looks into; `seen` remembers what was used.
///
/// # Errors
/// As [`verify`].
pub(crate) fn prove<'a, T: Registered, C: DeserializeOwned>(
    find: impl FnOnce(&str) -> Option<&'a T>,
    seen: &Clients,
    jwt: &str,
    rules: Rules<'_>,
    now: i64,
) -> Result<Signed<'a, C, T>, &'static str> {
    if jwt.len() > JWT_BYTES_MAX {
        return Err("the JWT is too long");
    }
    let header = jsonwebtoken::decode_header(jwt).map_err(|_| "the assertion is not a signed JWT")?;
    if !rules.algorithms.contains(&header.alg) {
        return Err(rules.wrong_algorithm);
    }
    let kid = header.kid.as_deref().ok_or("the header has no kid")?;
    let claimed = unverified_issuer(jwt).ok_or("the assertion has no issuer")?;
    let client = find(&claimed).ok_or("the client is not registered")?;
    let jwk = client.jwks().and_then(|keys| keys.find(kid)).ok_or("no registered key has this kid")?;
    let key = DecodingKey::from_jwk(jwk).map_err(|_| "the registered key cannot be used")?;
    let mut validation = Validation::new(header.alg);
    validation.set_audience(&[rules.audience]);
    // SECURITY: without this a JWT that names no audience would pass for one that names ours.
    validation.set_required_spec_claims(&["aud", "exp", "iss"]);
    validation.validate_exp = false;
    let claims = jsonwebtoken::decode::<Claims<C>>(jwt, &key, &validation).map_err(|_| "signature, audience or claims are wrong")?.claims;
    if claims.iss != client.client_id() {
        return Err("iss must be the client_id");
    }
    if claims.exp <= now || claims.exp > now + SIGNED_SECONDS_MAX + rules.skew {
        return Err("exp must be at most five minutes ahead");
    }
    if !seen.first_use(&claims.iss, &claims.jti, claims.exp, now) {
        return Err("this assertion was already used");
    }
    Ok(Signed { client, header, expires: claims.exp, claims: claims.others })
}

/// Reads `iss` only to find which key to check with; nothing else of it is believed before the signature.
fn unverified_issuer(jwt: &str) -> Option<String> {
    use base64::Engine;
    #[derive(Deserialize)]
    struct Issuer {
        iss: String,
    }
    let payload = jwt.split('.').nth(1)?;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).ok()?;
    serde_json::from_slice::<Issuer>(&bytes).ok().map(|claims| claims.iss)
}

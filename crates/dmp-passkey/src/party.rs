//! The two ceremonies (WebAuthn §7.1 and §7.2), for one site.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dmp_core::Moment;
use dmp_core::account::Passkey;
use url::{Host, Url};

use crate::challenge::{Ceremony, Challenges};
use crate::{Refusal, authenticator, client};

/// Longest field of an answer, in characters: an RSA key of 4,096 bits and room.
const FIELD_MAX: usize = 4_096;
/// Longest identifier of a credential (WebAuthn §4).
const CREDENTIAL_MAX: usize = 1_023;

/// This site, to authenticators.
pub struct RelyingParty {
    id: String,
    origin: String,
    challenges: Challenges,
}

impl std::fmt::Debug for RelyingParty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RelyingParty({})", self.id)
    }
}

/// What a browser brings back when a passkey was made; each field in base64url, but for the number.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct RegistrationAnswer {
    pub id: String,
    pub client: String,
    pub auth: String,
    /// SubjectPublicKeyInfo (`getPublicKey()`).
    pub key: String,
    /// COSE algorithm (`getPublicKeyAlgorithm()`).
    pub algorithm: String,
}

/// What a browser brings back when a passkey signed.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct SignInAnswer {
    pub id: String,
    pub client: String,
    pub auth: String,
    pub signature: String,
    /// The word under which the authenticator knows the account.
    pub user: String,
}

impl std::fmt::Debug for RegistrationAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RegistrationAnswer(…)")
    }
}

impl std::fmt::Debug for SignInAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignInAnswer(…)")
    }
}

/// A passkey that was made.
pub type NewPasskey = Passkey;

/// A passkey that has signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// Its counter now.
    pub counter: u32,
}

impl RelyingParty {
    /// The relying party of a public address. `None` where browsers know no passkeys: an address without a name (`127.0.0.1`), or in clear
    /// anywhere but on `localhost`.
    pub fn new(base_url: &str, key: &[u8; 32]) -> Option<Self> {
        let url = Url::parse(base_url).ok()?;
        let Some(Host::Domain(name)) = url.host() else { return None };
        let safe = url.scheme() == "https" || (url.scheme() == "http" && name == "localhost");
        safe.then(|| RelyingParty { id: name.to_owned(), origin: url.origin().ascii_serialization(), challenges: Challenges::new(key) })
    }

    /// The identifier that passkeys are bound to: the name of the site.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// A challenge for a ceremony: of an account that is signed in, or of the browser in which somebody signs in.
    pub fn challenge(&self, ceremony: Ceremony, bound: &str, now: Moment) -> Option<String> {
        self.challenges.make(ceremony, bound, now)
    }

    /// The passkey that an account has made (§7.1). The key is taken as the browser names it (§5.2.1.1): without an attestation nothing more
    /// would be proved by the same key in the authenticator's own writing.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn register(&self, answer: &RegistrationAnswer, account: &str, now: Moment) -> Result<NewPasskey, Refusal> {
        let client = field("client data", &answer.client)?;
        let challenge = client::challenge_of(&client, Ceremony::Register, &self.origin)?;
        let challenge = self.challenges.recognise(&challenge, Ceremony::Register, account, now)?;
        let (id, auth) = (field("credential", &answer.id)?, field("authenticator data", &answer.auth)?);
        let data = authenticator::read(&auth, &self.id)?;
        if id.is_empty() || id.len() > CREDENTIAL_MAX || data.credential != Some(id.as_slice()) {
            return Err(Refusal::Unreadable("credential"));
        }
        let algorithm = answer.algorithm.trim().parse().map_err(|_| Refusal::Key)?;
        let key = field("key", &answer.key)?;
        ParsedPublicKey::new(verification(algorithm)?, &key).map_err(|_| Refusal::Key)?;
        self.challenges.spend(challenge, now)?;
        Ok(Passkey { id, key, algorithm, counter: data.counter, added_at: now, used_at: None })
    }

    /// The identifier of the passkey that an answer names.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`].
    pub fn credential_of(answer: &SignInAnswer) -> Result<Vec<u8>, Refusal> {
        field("credential", &answer.id)
    }

    /// Judges the answer of a known passkey (§7.2), in the browser that the challenge was made for: an answer that was made elsewhere, and is sent
    /// from here, signs nobody in. Whether the counter has gone up is judged where it is kept.
    ///
    /// # Errors
    /// Why it is not believed.
    pub fn sign_in(&self, answer: &SignInAnswer, passkey: &Passkey, user: &[u8], browser: &str, now: Moment) -> Result<Used, Refusal> {
        let client = field("client data", &answer.client)?;
        let challenge = client::challenge_of(&client, Ceremony::SignIn, &self.origin)?;
        let challenge = self.challenges.recognise(&challenge, Ceremony::SignIn, browser, now)?;
        if field("credential", &answer.id)? != passkey.id || field("user", &answer.user)? != user {
            return Err(Refusal::Elsewhere("account"));
        }
        let mut signed = field("authenticator data", &answer.auth)?;
        let counter = authenticator::read(&signed, &self.id)?.counter;
        signed.extend_from_slice(digest(&SHA256, &client).as_ref());
        let signature = field("signature", &answer.signature)?;
        let key = UnparsedPublicKey::new(verification(passkey.algorithm)?, &passkey.key);
        key.verify(&signed, &signature).map_err(|_| Refusal::Signature)?;
        self.challenges.spend(challenge, now)?;
        Ok(Used { counter })
    }
}

/// The algorithms that are offered (COSE): ES256, EdDSA, RS256.
fn verification(algorithm: i32) -> Result<&'static dyn VerificationAlgorithm, Refusal> {
    match algorithm {
        -7 => Ok(&ECDSA_P256_SHA256_ASN1),
        -8 => Ok(&ED25519),
        -257 => Ok(&RSA_PKCS1_2048_8192_SHA256),
        _ => Err(Refusal::Key),
    }
}

fn field(name: &'static str, text: &str) -> Result<Vec<u8>, Refusal> {
    if text.len() > FIELD_MAX {
        return Err(Refusal::Unreadable(name));
    }
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Refusal::Unreadable(name))
}

#[cfg(test)]
#[path = "party/tests.rs"]
mod tests;

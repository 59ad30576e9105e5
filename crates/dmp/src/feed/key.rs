//! The structure's key: made once, registered with the server, used to sign in (SMART backend services, ES256).

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::options::KeyOptions;
use crate::print;

/// Scopes of a feeder: it writes documents and stays, and reads nothing.
const SCOPE: &str = "system/DocumentReference.c user/Encounter.cu";
/// It keeps the structure's directory of users, too.
const DIRECTORY: &str = "system/User.cruds";
const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";
/// Seconds that an assertion is good for.
const ASSERTION_SECONDS: i64 = 120;

/// A key that signs.
pub struct SigningKey {
    pair: EcdsaKeyPair,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl SigningKey {
    /// Reads a PKCS#8 key on P-256.
    ///
    /// # Errors
    /// What is wrong with the file, in words.
    pub fn read(path: &Path) -> Result<Self, String> {
        let wrong = |what: &str| format!("{}: {what}", path.display());
        let text = std::fs::read_to_string(path).map_err(|error| wrong(&error.to_string()))?;
        let inside = text.split_once(BEGIN).and_then(|(_, rest)| rest.split_once(END)).map(|(inside, _)| inside);
        let letters: String = inside.ok_or_else(|| wrong("not a private key in PEM"))?.split_whitespace().collect();
        let der = STANDARD.decode(letters).map_err(|_| wrong("not a private key in PEM"))?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der).map_err(|_| wrong("not an EC key on P-256"))?;
        Ok(SigningKey { pair })
    }

    /// The public half as JWK.
    pub fn jwk(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        // An uncompressed point: 4, 32 bytes, 32 bytes.
        let (x, y) = point.get(1..).unwrap_or_default().split_at_checked(32).unwrap_or_default();
        json!({
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": self.kid(),
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
        })
    }

    /// Names the key: the beginning of the hash of its public half.
    fn kid(&self) -> String {
        let hash = digest(&SHA256, self.pair.public_key().as_ref());
        hash.as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// An assertion for a token (RFC 7523). `iua` names a user; `now` in seconds since the epoch.
    ///
    /// # Errors
    /// When there are no random numbers.
    pub fn assertion(&self, client_id: &str, audience: &str, iua: Option<&Value>, now: i64) -> Result<String, String> {
        let mut fresh = [0_u8; 16];
        aws_lc_rs::rand::fill(&mut fresh).map_err(|_| "no random numbers".to_owned())?;
        let mut claims = json!({
            "iss": client_id, "sub": client_id, "aud": audience, "exp": now + ASSERTION_SECONDS, "jti": URL_SAFE_NO_PAD.encode(fresh),
        });
        if let (Some(iua), Some(claims)) = (iua, claims.as_object_mut()) {
            claims.insert("extensions".to_owned(), json!({ "ihe_iua": iua }));
        }
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({ "alg": "ES256", "typ": "JWT", "kid": self.kid() })), part(&claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| "the key does not sign".to_owned())?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// `dmp feed key`.
///
/// # Errors
/// What is wrong, in words.
pub fn make(options: &KeyOptions) -> Result<(), String> {
    dmp_core::identity::StructIdNat::parse(&options.structure_id)
        .map_err(|_| "--structure-id is a national identifier with its prefix digit: 1 and nine characters of FINESS".to_owned())?;
    if !options.out.exists() {
        write_new(&options.out)?;
    }
    let key = SigningKey::read(&options.out)?;
    let scope = if options.directory { format!("{SCOPE} {DIRECTORY}") } else { SCOPE.to_owned() };
    print::json(&json!([{
        "client_id": options.client_id, "software": concat!("dmp feed ", env!("CARGO_PKG_VERSION")),
        "structure_id": options.structure_id, "structure_name": options.structure_name,
        "scope": scope, "jwks": { "keys": [key.jwk()] },
    }]));
    Ok(())
}

fn write_new(path: &Path) -> Result<(), String> {
    let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).map_err(|_| "no key can be made".to_owned())?;
    let mut text = format!("{BEGIN}\n");
    for line in STANDARD.encode(der.as_ref()).as_bytes().chunks(64) {
        text.push_str(std::str::from_utf8(line).unwrap_or_default());
        text.push('\n');
    }
    text.push_str(END);
    text.push('\n');
    let write = || {
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|error: std::io::Error| format!("{}: {error}", path.display()))
}

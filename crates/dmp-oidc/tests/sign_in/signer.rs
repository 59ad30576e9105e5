//! Keys of a provider, made for the test, and tokens signed with them.

use std::sync::LazyLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PKCS1_SHA512, RSA_PSS_SHA256,
    RsaEncoding,
};
use aws_lc_rs::{digest, hmac};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// Keys of each kind; two providers have two sets.
pub struct Keys {
    rsa: RsaKeyPair,
    p256: EcdsaKeyPair,
    p384: EcdsaKeyPair,
}

/// Those of the provider.
pub static KEYS: LazyLock<Keys> = LazyLock::new(Keys::generate);
/// Those of somebody else, or of the provider after it changed them.
pub static OTHER_KEYS: LazyLock<Keys> = LazyLock::new(Keys::generate);

fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// `at_hash` of an access token (OpenID Connect Core 1.0 §3.1.3.6).
pub fn access_token_hash(access_token: &str, algorithm: &str) -> String {
    let hash = if algorithm == "ES384" { &digest::SHA384 } else { &digest::SHA256 };
    let hash = digest::digest(hash, access_token.as_bytes());
    base64(&hash.as_ref()[..hash.as_ref().len() / 2])
}

impl Keys {
    fn generate() -> Self {
        Keys {
            rsa: RsaKeyPair::generate(KeySize::Rsa2048).unwrap(),
            p256: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap(),
            p384: EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).unwrap(),
        }
    }

    /// The public keys as a provider shows them; each `kid` ends in the same letter.
    pub fn public(&self, letter: &str) -> Value {
        // RFC 8017 A.1.1: nine bytes before a modulus of 2,048 bits, two after it before the exponent.
        let rsa = self.rsa.public_key().as_ref();
        let curve = |name: &str, kid: &str, point: &[u8]| {
            let (x, y) = point[1..].split_at(point.len() / 2);
            json!({ "kty": "EC", "kid": format!("{kid}-{letter}"), "crv": name, "use": "sig", "x": base64(x), "y": base64(y) })
        };
        json!({ "keys": [
            { "kty": "RSA", "kid": format!("rsa-{letter}"), "use": "sig", "n": base64(&rsa[9..265]), "e": base64(&rsa[267..]) },
            curve("P-256", "p256", self.p256.public_key().as_ref()),
            curve("P-384", "p384", self.p384.public_key().as_ref()),
        ] })
    }

    /// The RSA key in the bytes that a forger would take for a shared secret.
    pub fn rsa_bytes(&self) -> &[u8] {
        self.rsa.public_key().as_ref()
    }

    /// A token of these claims; the header names the algorithm.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", base64(header.to_string().as_bytes()), base64(claims.to_string().as_bytes()));
        let signature = match header["alg"].as_str().unwrap() {
            "none" => Vec::new(),
            "RS256" => self.sign_rsa(&RSA_PKCS1_SHA256, &message),
            "RS512" => self.sign_rsa(&RSA_PKCS1_SHA512, &message),
            "PS256" => self.sign_rsa(&RSA_PSS_SHA256, &message),
            "ES256" => self.p256.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref().to_vec(),
            "ES384" => self.p384.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref().to_vec(),
            other => panic!("no key signs with {other}"),
        };
        format!("{message}.{}", base64(&signature))
    }

    fn sign_rsa(&self, encoding: &'static dyn RsaEncoding, message: &str) -> Vec<u8> {
        let mut signature = vec![0; self.rsa.public_modulus_len()];
        self.rsa.sign(encoding, &SystemRandom::new(), message.as_bytes(), &mut signature).unwrap();
        signature
    }
}

/// A token under a shared secret.
pub fn sign_with_secret(secret: &[u8], header: &Value, claims: &Value) -> String {
    let message = format!("{}.{}", base64(header.to_string().as_bytes()), base64(claims.to_string().as_bytes()));
    let signature = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message.as_bytes());
    format!("{message}.{}", base64(signature.as_ref()))
}

//! Registered software of a hospital (SMART backend services): it signs in with its certificate's key and names its user.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dmp_testkit::{Answer, Server, form_value};
use serde_json::{Value, json};

use super::{Clock, scratch};

/// Software with a key of its own, in the structure of a professional of the cast.
pub struct Software {
    id: &'static str,
    key: EcdsaKeyPair,
    register: PathBuf,
    used: AtomicU32,
    /// What the installation calls itself, where that is not the address at which it is asked.
    public: Option<String>,
}

/// A user whom the software names.
#[derive(Debug, Clone)]
pub struct User {
    /// PS_IdNat.
    pub national: String,
    pub name: String,
    pub profession: &'static str,
}

impl Software {
    /// Software of the structure where `handle` works.
    pub fn at_the_structure_of(handle: &str) -> Self {
        let structure = dmp_synth::identity(handle).unwrap().structure.unwrap();
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let point = key.public_key().as_ref();
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..65]));
        let client = json!([{
            "client_id": "logiciel-scenario", "software": "Logiciel de scénario 1.0",
            "structure_id": structure.id.as_str(), "structure_name": structure.name, "scope": "user/*.cruds",
            "jwks": { "keys": [{ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "k1", "x": x, "y": y }] },
        }]);
        let register = scratch("clients");
        std::fs::write(&register, client.to_string()).unwrap();
        Software { id: "logiciel-scenario", key, register, used: AtomicU32::new(0), public: None }
    }

    /// The same towards an installation that calls itself so.
    pub fn known_as(mut self, public: &str) -> Self {
        self.public = Some(public.to_owned());
        self
    }

    /// The arguments that register it.
    pub fn arguments(&self) -> Vec<String> {
        vec!["--clients".to_owned(), self.register.display().to_string()]
    }

    /// Asks for a token: for the bare structure, or for a user; `more` goes into the extension.
    pub fn sign_in(&self, server: &Server, clock: &Clock, user: Option<&User>, more: &Value) -> Answer {
        let mut claims = json!({
            "iss": self.id, "sub": self.id, "aud": format!("{}/oauth/token", self.public.as_deref().unwrap_or(&server.url)),
            "exp": clock.now() + 120, "jti": format!("jti-{}", self.used.fetch_add(1, Ordering::Relaxed)),
        });
        if let Some(user) = user {
            let mut iua = json!({ "subject_id": user.national, "subject_name": user.name, "subject_role": [user.profession] });
            iua.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
            claims["extensions"] = json!({ "ihe_iua": iua });
        }
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({ "alg": "ES256", "typ": "JWT", "kid": "k1" })), part(&claims));
        let signature = self.key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        let assertion = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature));
        let body = format!(
            "grant_type=client_credentials&scope={}&client_assertion_type={}&client_assertion={assertion}",
            form_value("user/*.cruds"),
            form_value("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        );
        server.request("POST", "/oauth/token").body("application/x-www-form-urlencoded", body).send()
    }

    /// The token of a user.
    pub fn token(&self, server: &Server, clock: &Clock, user: &User, more: &Value) -> String {
        let answer = self.sign_in(server, clock, Some(user), more);
        assert_eq!(answer.status, 200, "{}: {}", user.name, answer.text());
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    /// The token of the structure alone.
    pub fn bare_token(&self, server: &Server, clock: &Clock) -> String {
        let answer = self.sign_in(server, clock, None, &Value::Null);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }
}

impl Drop for Software {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.register);
    }
}

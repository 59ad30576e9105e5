//! An installation with registered apps, and the steps of a launch one by one.

use std::sync::atomic::{AtomicU32, Ordering};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dmp_testkit::{Answer, Options, Server, form_value};
use serde_json::{Value, json};

use crate::world::{Clock, Session, scratch};

pub const APP: &str = "carnet-essai";
pub const BACK: &str = "http://127.0.0.1:8123/retour";
pub const OTHER_BACK: &str = "https://petit.example/retour";
/// RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A server with three apps: a public one, one that may ask for little, one that signs.
pub struct Installation {
    pub server: Server,
    pub clock: Clock,
    key: EcdsaKeyPair,
    used: AtomicU32,
}

impl Installation {
    pub fn start() -> Self {
        Self::of(2)
    }

    /// The same with so many people of the town.
    pub fn of(patients: u32) -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let point = key.public_key().as_ref();
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..65]));
        let app = |id: &str, back: &str, scope: &str| {
            json!({
                "client_id": id, "name": { "fr": "Carnet d'essai", "en": "Test notebook" }, "publisher": "Éditions de la Fable",
                "redirect_uris": [back], "privacy": "https://carnet.example/vie-privee", "scope": scope,
            })
        };
        let mut signing = app("carnet-serveur", BACK, "offline_access launch/patient patient/*.rs");
        signing["jwks"] = json!({ "keys": [{ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "k1", "x": x, "y": y }] });
        let apps = json!([
            app(APP, BACK, "offline_access launch/patient patient/*.rs"),
            app("petit-carnet", OTHER_BACK, "patient/DocumentReference.rs"),
            signing
        ]);
        let register = scratch("apps");
        std::fs::write(&register, apps.to_string()).unwrap();
        let clock = Clock::new();
        let mut arguments = clock.arguments();
        arguments.extend(["--apps".to_owned(), register.display().to_string()]);
        let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients, arguments, ..Options::default() });
        let _ = std::fs::remove_file(register);
        Installation { server, clock, key, used: AtomicU32::new(0) }
    }

    /// The query of a launch; a change to an empty text leaves the parameter out.
    pub fn query(&self, changes: &[(&str, &str)]) -> String {
        let aud = format!("{}/fhir", self.server.url);
        let usual = [
            ("response_type", "code"),
            ("client_id", APP),
            ("redirect_uri", BACK),
            ("scope", "launch/patient offline_access patient/*.rs"),
            ("state", "étât & co"),
            ("aud", &aud),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        fields(&usual, changes)
    }

    /// What somebody without a session is answered.
    pub fn authorize(&self, query: &str) -> Answer {
        self.server.request("GET", &format!("/oauth/authorize?{query}")).send()
    }

    /// The person answers.
    pub fn answer(&self, session: &Session, query: &str, read: &[&str], until: &str, decision: &str) -> Answer {
        let mut fields = vec![("request", query), ("until", until), ("decision", decision)];
        fields.extend(read.iter().map(|value| ("read", *value)));
        session.post(&self.server, "/oauth/authorize", &fields)
    }

    /// The code that an app gets.
    pub fn code(&self, session: &Session, read: &[&str], until: &str) -> String {
        let answer = self.answer(session, &self.query(&[]), read, until, "accept");
        let location = answer.header("location").unwrap_or_else(|| panic!("{} {}", answer.status, answer.text()));
        assert_eq!(parameter(location, "state").as_deref(), Some("étât & co"), "{location}");
        parameter(location, "code").unwrap()
    }

    /// Sends a form without a session.
    pub fn form(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.server.request("POST", path).body("application/x-www-form-urlencoded", fields(form, &[])).send()
    }

    /// Exchanges a code.
    pub fn redeem(&self, code: &str, changes: &[(&str, &str)]) -> Answer {
        let usual = [("grant_type", "authorization_code"), ("client_id", APP), ("code", code), ("redirect_uri", BACK), ("code_verifier", VERIFIER)];
        self.server.request("POST", "/oauth/token").body("application/x-www-form-urlencoded", fields(&usual, changes)).send()
    }

    /// Exchanges a refresh token.
    pub fn refresh(&self, token: &str, changes: &[(&str, &str)]) -> Answer {
        let usual = [("grant_type", "refresh_token"), ("client_id", APP), ("refresh_token", token)];
        self.server.request("POST", "/oauth/token").body("application/x-www-form-urlencoded", fields(&usual, changes)).send()
    }

    /// A whole launch.
    pub fn keys(&self, session: &Session, read: &[&str], until: &str) -> Value {
        let answer = self.redeem(&self.code(session, read, until), &[]);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    /// A reading with an access token.
    pub fn get(&self, token: &str, path: &str) -> Answer {
        self.server.request("GET", path).token(token).send()
    }

    /// Reads the Patient that a launch named.
    pub fn read(&self, token: &str, keys: &Value) -> Answer {
        self.get(token, &format!("/fhir/Patient/{}", keys["patient"].as_str().unwrap()))
    }

    /// What an app signs, with the key of the one that has one.
    pub fn assertion(&self, client: &str) -> String {
        let claims = json!({
            "iss": client, "sub": client, "aud": format!("{}/oauth/token", self.server.url),
            "exp": self.clock.now() + 120, "jti": format!("jti-{}", self.used.fetch_add(1, Ordering::Relaxed)),
        });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({ "alg": "ES256", "typ": "JWT", "kid": "k1" })), part(&claims));
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(self.key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap()))
    }
}

/// Fields of a form: the usual ones, changed, and those that only the changes have.
fn fields(usual: &[(&str, &str)], changes: &[(&str, &str)]) -> String {
    let changed = |name: &str| changes.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    let kept = usual.iter().map(|(name, value)| (*name, changed(name).unwrap_or(value)));
    let more = changes.iter().copied().filter(|(name, _)| !usual.iter().any(|(key, _)| key == name));
    let all = kept.chain(more).filter(|(_, value)| !value.is_empty());
    all.map(|(name, value)| format!("{name}={}", form_value(value))).collect::<Vec<_>>().join("&")
}

/// A parameter of an address, decoded.
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?')?.1;
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next()?.replace('+', " ");
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'%' => {
                bytes.push(u8::from_str_radix(std::str::from_utf8(&rest[..2]).unwrap(), 16).unwrap());
                rest = &rest[2..];
            }
            other => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).ok()
}

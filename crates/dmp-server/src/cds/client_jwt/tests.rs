//! Which client tokens of CDS Hooks are taken, and why the others are not.

use std::sync::LazyLock;

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dmp_core::access::CallerKind;
use serde_json::{Value, json};

use super::*;

const SERVICE: &str = "https://dmp.example/cds-services/dmp-recent-exam-sign";
const ISSUER: &str = "https://logiciel.example";
const NOW: i64 = 1_790_000_000;

struct Keys {
    p384: EcdsaKeyPair,
    rsa: RsaKeyPair,
}

static KEYS: LazyLock<Keys> = LazyLock::new(Keys::generate);

fn part(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Keys {
    fn generate() -> Self {
        let p384 = EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).unwrap();
        Keys { p384, rsa: RsaKeyPair::generate(KeySize::Rsa2048).unwrap() }
    }

    fn jwks(&self) -> Value {
        let (x, y) = self.p384.public_key().as_ref()[1..].split_at(48);
        // RFC 8017 A.1.1: nine bytes before a modulus of 2,048 bits, two after it before the exponent.
        let rsa = self.rsa.public_key().as_ref();
        json!({ "keys": [
            { "kty": "EC", "kid": "ec", "crv": "P-384", "use": "sig", "x": part(x), "y": part(y) },
            { "kty": "RSA", "kid": "rsa", "use": "sig", "n": part(&rsa[9..265]), "e": part(&rsa[267..]) },
        ]})
    }

    /// A signature by the algorithm's name: for `HS…` the public RSA key is the secret, for `none` there is none.
    fn sign(&self, algorithm: &str, input: &[u8]) -> Vec<u8> {
        let rsa = |encoding| {
            let mut signature = vec![0; self.rsa.public_modulus_len()];
            self.rsa.sign(encoding, &SystemRandom::new(), input, &mut signature).unwrap();
            signature
        };
        let mac = |algorithm| hmac::sign(&hmac::Key::new(algorithm, self.rsa.public_key().as_ref()), input).as_ref().to_vec();
        match algorithm {
            "ES384" => self.p384.sign(&SystemRandom::new(), input).unwrap().as_ref().to_vec(),
            "RS384" => rsa(&RSA_PKCS1_SHA384),
            "RS256" => rsa(&RSA_PKCS1_SHA256),
            "HS256" => mac(hmac::HMAC_SHA256),
            "HS384" => mac(hmac::HMAC_SHA384),
            "none" => Vec::new(),
            other => panic!("{other}"),
        }
    }
}

fn header(algorithm: &str) -> Value {
    json!({"alg": algorithm, "typ": "JWT", "kid": if algorithm.starts_with("ES") { "ec" } else { "rsa" }})
}

fn claims() -> Value {
    json!({"iss": ISSUER, "aud": SERVICE, "iat": NOW - 5, "exp": NOW + 200, "jti": "jti-1", "extensions": {"ihe_iua": {
        "subject_id": "899700218896", "subject_name": "EXEMPLE Anne", "subject_role": ["G15/10", "SM26"]}}})
}

fn with(key: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[key] = value;
    claims
}

fn signed_by(keys: &Keys, header: &Value, claims: &Value) -> String {
    let input = format!("{}.{}", part(header.to_string()), part(claims.to_string()));
    let algorithm = header["alg"].as_str().unwrap();
    format!("Bearer {input}.{}", part(keys.sign(algorithm, input.as_bytes())))
}

fn signed(header: &Value, claims: &Value) -> String {
    signed_by(&KEYS, header, claims)
}

fn register(scope: &str) -> Clients {
    let client = json!({"client_id": ISSUER, "software": "Logiciel d'essai 1.0", "structure_id": "1120456789",
        "structure_name": "Cabinet d'essai", "scope": scope, "jwks": KEYS.jwks()});
    Clients::new(vec![serde_json::from_value(client).unwrap()])
}

fn ask(clients: &Clients, authorization: &str) -> Result<Caller, TokenFault> {
    authenticate(clients, Some(authorization), SERVICE, Moment::from_seconds(NOW)).map(|found| found.caller)
}

fn refused(authorization: &str) -> TokenFault {
    ask(&register("user/*.cruds"), authorization).unwrap_err()
}

#[test]
fn a_right_token_names_the_software_and_its_user() {
    for algorithm in ["ES384", "RS384"] {
        let clients = register("user/DocumentReference.rs");
        let found = authenticate(&clients, Some(&signed(&header(algorithm), &claims())), SERVICE, Moment::from_seconds(NOW)).unwrap();
        assert_eq!((found.client.client_id.as_str(), found.caller.account.as_str()), (ISSUER, "ps:899700218896"));
        assert_eq!((found.caller.kind, found.caller.software.as_deref()), (CallerKind::Professional, Some("Logiciel d'essai 1.0")));
    }
    let caller = ask(&register("user/*.cruds"), &signed(&header("ES384"), &with("extensions", json!({})))).unwrap();
    assert_eq!((caller.kind, caller.account.as_str()), (CallerKind::Organization, "org:1120456789"));
    let audiences = with("aud", json!(["https://other.example", SERVICE]));
    assert!(ask(&register("user/*.cruds"), &signed(&header("ES384"), &audiences)).is_ok());
}

#[test]
fn a_token_is_good_once() {
    let clients = register("user/*.cruds");
    let token = signed(&header("ES384"), &claims());
    assert!(ask(&clients, &token).is_ok());
    assert_eq!(ask(&clients, &token).unwrap_err(), TokenFault::Refused("this assertion was already used"));
    // Signed anew with the same jti it is the same token.
    assert!(ask(&clients, &signed(&header("RS384"), &claims())).is_err());
    assert!(ask(&clients, &signed(&header("ES384"), &with("jti", json!("jti-2")))).is_ok());
}

#[test]
fn no_other_algorithm_is_taken() {
    for algorithm in ["none", "HS256", "HS384", "RS256"] {
        let fault = refused(&signed(&header(algorithm), &claims()));
        assert!(matches!(fault, TokenFault::Refused(_)), "{algorithm} {fault:?}");
    }
    // The header says ES384 or RS384, the key or the signature is of another kind.
    for (algorithm, kid) in [("ES384", "rsa"), ("RS384", "ec")] {
        let header = json!({"alg": algorithm, "typ": "JWT", "kid": kid});
        assert_eq!(refused(&signed(&header, &claims())), TokenFault::Refused("signature, audience or claims are wrong"));
    }
    let unsigned = format!("Bearer {}.{}.", part(header("ES384").to_string()), part(claims().to_string()));
    assert!(matches!(refused(&unsigned), TokenFault::Refused(_)));
}

#[test]
fn a_foreign_key_issuer_or_kid_is_refused() {
    let foreign = signed_by(&Keys::generate(), &header("ES384"), &claims());
    assert_eq!(refused(&foreign), TokenFault::Refused("signature, audience or claims are wrong"));
    assert_eq!(refused(&signed(&header("ES384"), &with("iss", json!("https://other.example")))), TokenFault::Refused("the client is not registered"));
    let mut unknown = header("ES384");
    unknown["kid"] = json!("other");
    assert_eq!(refused(&signed(&unknown, &claims())), TokenFault::Refused("no registered key has this kid"));
    let mut other_claims = signed(&header("ES384"), &claims());
    let (head, rest) = other_claims.split_once('.').unwrap();
    let (_, signature) = rest.split_once('.').unwrap();
    other_claims = format!("{head}.{}.{signature}", part(with("jti", json!("jti-9")).to_string()));
    assert_eq!(refused(&other_claims), TokenFault::Refused("signature, audience or claims are wrong"));
}

#[test]
fn audience_times_and_shape_are_held_to() {
    for (key, value) in [
        ("aud", json!("https://dmp.example/cds-services/dmp-recent-exam-select")),
        ("aud", json!("https://dmp.example/oauth/token")),
        ("aud", Value::Null),
        ("exp", json!(NOW)),
        ("exp", json!(NOW - 1)),
        ("exp", json!(NOW + 361)),
        ("exp", json!(NOW + 296)),
        ("exp", json!("soon")),
        ("iat", json!(NOW + 61)),
        ("iat", json!(i64::MIN)),
        ("iat", Value::Null),
        ("jti", Value::Null),
    ] {
        let fault = refused(&signed(&header("ES384"), &with(key, value.clone())));
        assert!(matches!(fault, TokenFault::Refused(_)), "{key} {value} {fault:?}");
    }
    // A clock a minute ahead is borne.
    let ahead = json!({"iss": ISSUER, "aud": SERVICE, "iat": NOW + 60, "exp": NOW + 360, "jti": "jti-3"});
    assert!(ask(&register("user/*.cruds"), &signed(&header("ES384"), &ahead)).is_ok());
    for typ in [Value::Null, json!("at+jwt")] {
        let mut header = header("ES384");
        header["typ"] = typ;
        assert!(matches!(refused(&signed(&header, &claims())), TokenFault::Refused(_)));
    }
    let long = format!("Bearer {}", "a".repeat(20_000));
    for authorization in ["", "Bearer", "Basic abc", &signed(&header("ES384"), &claims())[7..]] {
        assert_eq!(refused(authorization), TokenFault::Missing, "{authorization}");
    }
    assert!(matches!(refused(&long), TokenFault::Refused(_)) && matches!(refused("Bearer a.b.c"), TokenFault::Refused(_)));
    assert!(authenticate(&register(""), None, SERVICE, Moment::from_seconds(NOW)).is_err_and(|fault| fault == TokenFault::Missing));
}

#[test]
fn a_user_who_cannot_be_understood_and_a_missing_scope_are_told() {
    let nameless = with("extensions", json!({"ihe_iua": {"subject_id": "899700218896"}}));
    assert_eq!(refused(&signed(&header("ES384"), &nameless)), TokenFault::UserUnknown);
    for scope in ["", "user/Patient.rs", "user/DocumentReference.cud"] {
        assert_eq!(ask(&register(scope), &signed(&header("ES384"), &claims())).unwrap_err(), TokenFault::ScopeMissing, "{scope}");
    }
}

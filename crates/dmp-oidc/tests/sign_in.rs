//! A sign-in from the authorization request to the caller, with a provider that sends what no provider may: each fault has its refusal.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

#[path = "sign_in/provider.rs"]
mod provider;
#[path = "sign_in/signer.rs"]
mod signer;

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use dmp_core::Moment;
use dmp_core::access::Caller;
use dmp_oidc::{Callback, Refusal, RelyingParty, StructureOidcConfig};
use provider::Provider;
use serde_json::{Value, json};
use signer::{KEYS, Keys, OTHER_KEYS, access_token_hash, sign_with_secret};

const NOW: i64 = 1_772_543_100;
const REDIRECT: &str = "https://dmp.example/pro/oidc/callback";
const SECRET: &str = "s3cret: of & the client";
const ACCESS_TOKEN: &str = "access-token-of-the-test";
const SUBJECT: &str = "subject-of-the-test";

/// A provider and a relying party that knows it.
struct Desk {
    provider: Provider,
    party: RelyingParty,
}

/// A login that waits for the browser to come back.
struct Waiting {
    asked: HashMap<String, String>,
    browser: String,
}

fn at(seconds: i64) -> Moment {
    Moment::from_seconds(NOW + seconds)
}

fn userinfo() -> Value {
    json!({
        "sub": SUBJECT, "family_name": "MODÈLE", "given_name": "Anne", "SubjectNameID": "810001234567",
        "SubjectRole": ["10^1.2.250.1.71.1.2.7"], "SubjectOrganization": "CABINET EXEMPLE", "SubjectOrganizationID": "1120456789",
    })
}

fn header(algorithm: &str) -> Value {
    let kid = match algorithm {
        "ES256" => "p256-a",
        "ES384" => "p384-a",
        _ => "rsa-a",
    };
    json!({ "alg": algorithm, "kid": kid })
}

/// Sets a claim, or takes it out.
fn with(mut claims: Value, name: &str, value: &Value) -> Value {
    match value {
        Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
        value => claims[name] = value.clone(),
    }
    claims
}

fn invalid(fault: &'static str) -> Option<Refusal> {
    Some(Refusal::TokenInvalid(fault))
}

impl Desk {
    fn open() -> Self {
        let provider = Provider::start();
        provider.answer_json("/jwks", &KEYS.public("a"));
        provider.answer_json("/me", &userinfo());
        let config = json!({ "issuer": provider.issuer, "client_id": "dmp", "client_secret": SECRET, "acr": "eidas1", "name": "PSC" });
        let party = RelyingParty::new(serde_json::from_value(config).unwrap(), REDIRECT).unwrap();
        Desk { provider, party }
    }

    async fn begin(&self, now: Moment) -> Waiting {
        let departure = self.party.start(now).await.unwrap();
        let location = url::Url::parse(&departure.location).unwrap();
        Waiting { asked: location.query_pairs().into_owned().collect(), browser: departure.browser }
    }

    async fn finish(&self, waiting: &Waiting, now: Moment) -> Result<Caller, Refusal> {
        let callback = Callback {
            state: Some(waiting.asked["state"].clone()),
            code: Some("c0de".to_owned()),
            iss: Some(self.provider.issuer.clone()),
            error: None,
        };
        let judged = self.party.finish(callback, &waiting.browser, now).await;
        if let Err(refusal) = &judged {
            let said = format!("{refusal} {refusal:?}");
            let secret = [SECRET, ACCESS_TOKEN, SUBJECT, "eyJ", "c0de", "MODÈLE", &waiting.asked["nonce"], &waiting.asked["state"]];
            assert!(!secret.iter().any(|value| said.contains(*value)), "{said}");
        }
        judged
    }

    /// The claims of a good ID token for this login.
    fn claims(&self, waiting: &Waiting) -> Value {
        json!({
            "iss": self.provider.issuer, "sub": SUBJECT, "aud": "dmp", "exp": NOW + 300, "iat": NOW, "nonce": waiting.asked["nonce"], "acr": "eidas1",
        })
    }

    fn give(&self, id_token: &str) {
        self.provider.answer_json("/token", &json!({ "access_token": ACCESS_TOKEN, "token_type": "bearer", "id_token": id_token, "expires_in": 60 }));
    }

    /// A login to which the provider answers with a token made of good claims.
    async fn signs_in(&self, token: impl Fn(Value) -> String) -> Result<Caller, Refusal> {
        let waiting = self.begin(at(0)).await;
        self.give(&token(self.claims(&waiting)));
        self.finish(&waiting, at(0)).await
    }

    async fn refuses(&self, token: impl Fn(Value) -> String) -> Option<Refusal> {
        self.signs_in(token).await.err()
    }
}

#[tokio::test]
async fn a_professional_is_signed_in_under_each_algorithm_that_is_taken() {
    let desk = Desk::open();
    for algorithm in ["RS256", "PS256", "ES256", "ES384"] {
        let hash = json!(access_token_hash(ACCESS_TOKEN, algorithm));
        let caller = desk.signs_in(|claims| KEYS.sign(&header(algorithm), &with(claims, "at_hash", &hash))).await.unwrap();
        assert_eq!((caller.account.as_str(), caller.shown_name().as_str()), ("ps:810001234567", "Anne MODÈLE"), "{algorithm}");
    }
}

#[tokio::test]
async fn the_provider_is_asked_as_the_standard_says_and_told_what_it_needs_alone() {
    let desk = Desk::open();
    let waiting = desk.begin(at(0)).await;
    for (name, value) in [
        ("realm", "test"),
        ("response_type", "code"),
        ("client_id", "dmp"),
        ("redirect_uri", REDIRECT),
        ("scope", "openid scope_all"),
        ("code_challenge_method", "S256"),
        ("acr_values", "eidas1"),
    ] {
        assert_eq!(waiting.asked[name], value, "{name}");
    }
    assert_eq!(waiting.asked.len(), 10, "{:?}", waiting.asked);
    assert!(waiting.asked["state"].len() == 64 && waiting.asked["nonce"].len() == 64 && waiting.asked["state"] != waiting.asked["nonce"]);

    desk.give(&KEYS.sign(&header("RS256"), &desk.claims(&waiting)));
    desk.finish(&waiting, at(0)).await.unwrap();
    let asked = desk.provider.asked("/token");
    let form: HashMap<String, String> = url::form_urlencoded::parse(asked[0].body.as_bytes()).into_owned().collect();
    assert!(asked.len() == 1 && asked[0].head[0].starts_with("POST ") && form.len() == 4, "{asked:?}");
    assert_eq!((form["grant_type"].as_str(), form["code"].as_str(), form["redirect_uri"].as_str()), ("authorization_code", "c0de", REDIRECT));
    let challenge = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, form["code_verifier"].as_bytes());
    assert_eq!(URL_SAFE_NO_PAD.encode(challenge), waiting.asked["code_challenge"]);
    let shown = format!("Basic {}", STANDARD.encode("dmp:s3cret%3A+of+%26+the+client"));
    assert_eq!(asked[0].header("authorization"), Some(shown.as_str()));
    assert_eq!(desk.provider.asked("/me")[0].header("authorization"), Some(format!("Bearer {ACCESS_TOKEN}").as_str()));
}

#[tokio::test]
async fn an_algorithm_that_is_not_taken_is_refused() {
    let desk = Desk::open();
    for algorithm in ["none", "RS512"] {
        assert_eq!(desk.refuses(|claims| KEYS.sign(&header(algorithm), &claims)).await, invalid("signature"), "{algorithm}");
    }
    for secret in [SECRET.as_bytes(), KEYS.rsa_bytes()] {
        assert_eq!(desk.refuses(|claims| sign_with_secret(secret, &header("HS256"), &claims)).await, invalid("signature"));
    }
    for unknown in ["NONE", "rs256", "RSA-OAEP", ""] {
        let renamed = json!({ "alg": unknown, "kid": "rsa-a" });
        assert_eq!(desk.refuses(|claims| sign_with_secret(b"", &renamed, &claims)).await, invalid("signature"), "{unknown}");
    }
}

#[tokio::test]
async fn a_token_that_the_provider_did_not_sign_is_refused() {
    let desk = Desk::open();
    for algorithm in ["RS256", "PS256", "ES256", "ES384"] {
        assert_eq!(desk.refuses(|claims| OTHER_KEYS.sign(&header(algorithm), &claims)).await, invalid("signature"), "{algorithm}");
    }
    let altered = |claims: Value| {
        let (good, other) = (KEYS.sign(&header("RS256"), &claims), KEYS.sign(&header("RS256"), &with(claims, "sub", &json!("other"))));
        let part = |token: &str, number: usize| token.split('.').nth(number).unwrap().to_owned();
        format!("{}.{}.{}", part(&good, 0), part(&other, 1), part(&good, 2))
    };
    assert_eq!(desk.refuses(altered).await, invalid("signature"));
    let cut = |claims: Value| KEYS.sign(&header("RS256"), &claims).rsplit_once('.').unwrap().0.to_owned();
    assert_eq!(desk.refuses(cut).await, invalid("signature"));
    // A key of another kind than the algorithm's, under its own name.
    for (algorithm, kid) in [("ES256", "rsa-a"), ("RS256", "p256-a"), ("ES256", "p384-a")] {
        let named = json!({ "alg": algorithm, "kid": kid });
        assert_eq!(desk.refuses(|claims| KEYS.sign(&named, &claims)).await, invalid("signature"), "{algorithm} {kid}");
    }
}

#[tokio::test]
async fn a_header_that_asks_for_more_than_a_plain_token_is_refused() {
    let desk = Desk::open();
    for (name, value) in [("typ", json!("at+jwt")), ("cty", json!("JWT")), ("crit", json!(["exp"])), ("kid", json!(7)), ("alg", Value::Null)] {
        let asking = with(header("RS256"), name, &value);
        let token = |claims: Value| if name == "alg" { sign_with_secret(b"", &asking, &claims) } else { KEYS.sign(&asking, &claims) };
        assert_eq!(desk.refuses(token).await, invalid("header"), "{name}");
    }
    assert_eq!(desk.refuses(|_| "no token".to_owned()).await, invalid("header"));
    for typ in ["JWT", "jwt", "application/jwt", "JOSE"] {
        assert!(desk.signs_in(|claims| KEYS.sign(&with(header("RS256"), "typ", &json!(typ)), &claims)).await.is_ok(), "{typ}");
    }
}

#[tokio::test]
async fn a_claim_that_is_not_for_us_now_and_for_this_login_is_refused() {
    let desk = Desk::open();
    let slashed = json!(format!("{}/", desk.provider.issuer));
    for (name, value, fault) in [
        ("iss", json!("https://other.example"), "issuer"),
        ("iss", slashed, "issuer"),
        ("aud", json!("another-client"), "audience"),
        ("aud", json!([]), "audience"),
        ("aud", json!(["dmp", "another-client"]), "audience"),
        ("aud", json!(["dmp", "dmp"]), "audience"),
        ("azp", json!("another-client"), "audience"),
        ("exp", json!(NOW), "expiry"),
        ("exp", json!(NOW - 3600), "expiry"),
        ("iat", json!(NOW + 61), "issue time"),
        ("nonce", json!("0".repeat(64)), "nonce"),
        ("nonce", Value::Null, "nonce"),
        ("at_hash", json!(access_token_hash("another access token", "RS256")), "at_hash"),
        ("at_hash", json!(access_token_hash(ACCESS_TOKEN, "ES384")), "at_hash"),
        ("at_hash", json!(""), "at_hash"),
        ("iss", Value::Null, "claims"),
        ("sub", Value::Null, "claims"),
        ("aud", Value::Null, "claims"),
        ("exp", Value::Null, "claims"),
        ("iat", Value::Null, "claims"),
        ("exp", json!("tomorrow"), "claims"),
    ] {
        assert_eq!(desk.refuses(|claims| KEYS.sign(&header("RS256"), &with(claims, name, &value))).await, invalid(fault), "{name} {value}");
    }
    let both = |claims: Value| with(with(claims, "aud", &json!(["dmp", "another-client"])), "azp", &json!("dmp"));
    assert_eq!(desk.refuses(|claims| KEYS.sign(&header("RS256"), &both(claims))).await, invalid("audience"), "no other audience is trusted");
}

#[tokio::test]
async fn a_claim_at_its_bound_is_taken() {
    let desk = Desk::open();
    for (name, value) in [
        ("exp", json!(NOW + 1)),
        ("exp", json!(NOW as f64 + 0.5)),
        ("iat", json!(NOW + 60)),
        ("iat", json!(NOW - 3600)),
        ("aud", json!(["dmp"])),
        ("azp", json!("dmp")),
    ] {
        assert!(desk.signs_in(|claims| KEYS.sign(&header("RS256"), &with(claims, name, &value))).await.is_ok(), "{name} {value}");
    }
}

#[tokio::test]
async fn the_level_of_authentication_is_demanded() {
    let desk = Desk::open();
    let level = |value: Value| move |claims: Value| KEYS.sign(&header("RS256"), &with(claims, "acr", &value));
    assert_eq!(desk.refuses(level(Value::Null)).await, Some(Refusal::ClaimMissing("acr")));
    assert_eq!(desk.refuses(level(json!("eidas0"))).await, Some(Refusal::AssuranceTooLow));
    assert!(desk.signs_in(level(json!("eidas3"))).await.is_ok());
}

#[tokio::test]
async fn an_unknown_key_makes_the_keys_be_read_again_and_is_refused_when_it_stays_unknown() {
    let desk = Desk::open();
    let arrive = async |keys: &Keys, kid: &str, seconds: i64| {
        let waiting = desk.begin(at(seconds)).await;
        desk.give(&keys.sign(&json!({ "alg": "RS256", "kid": kid }), &desk.claims(&waiting)));
        let judged = desk.finish(&waiting, at(seconds)).await.err();
        (judged, desk.provider.asked("/jwks").len())
    };
    assert_eq!(arrive(&KEYS, "rsa-a", 0).await, (None, 1));
    assert_eq!(arrive(&OTHER_KEYS, "rsa-b", 60).await, (invalid("signature"), 2));
    desk.provider.answer_json("/jwks", &OTHER_KEYS.public("b"));
    assert_eq!(arrive(&OTHER_KEYS, "rsa-b", 61).await, (invalid("signature"), 2), "at most once a minute");
    assert_eq!(arrive(&OTHER_KEYS, "rsa-b", 120).await, (None, 3));
    assert_eq!(arrive(&KEYS, "rsa-a", 121).await, (invalid("signature"), 3), "a key that was withdrawn");
}

#[tokio::test]
async fn a_token_that_names_no_key_is_taken_only_where_one_key_may_have_signed_it() {
    let desk = Desk::open();
    let nameless = |claims: Value| KEYS.sign(&json!({ "alg": "RS256" }), &claims);
    assert!(desk.signs_in(nameless).await.is_ok());
    let desk = Desk::open();
    let mut keys = KEYS.public("a");
    keys["keys"].as_array_mut().unwrap().push(OTHER_KEYS.public("b")["keys"][0].clone());
    desk.provider.answer_json("/jwks", &keys);
    assert_eq!(desk.refuses(nameless).await, invalid("signature"));
}

#[tokio::test]
async fn a_provider_that_calls_itself_otherwise_is_not_believed() {
    let desk = Desk::open();
    for (name, value) in [("issuer", "https://other.example"), ("token_endpoint", "http://auth.example/token")] {
        desk.provider.answer_json("/.well-known/openid-configuration", &with(desk.provider.document(), name, &json!(value)));
        let now = at(if name == "issuer" { 0 } else { 5 });
        let refusal = desk.party.start(now).await.unwrap_err();
        assert!(matches!(&refusal, Refusal::Unavailable(why) if why.starts_with(&format!("discovery: {name}: "))), "{refusal:?}");
    }
    assert!(desk.provider.asked("/jwks").is_empty() && desk.provider.asked("/token").is_empty());
}

#[tokio::test]
async fn a_code_that_is_not_exchanged_signs_nobody_in() {
    let desk = Desk::open();
    let unavailable = |why: &str| Some(Refusal::Unavailable(why.to_owned()));
    let unreadable = || unavailable("its token answer cannot be read");
    let tokens = |token_type: &str| json!({ "access_token": ACCESS_TOKEN, "token_type": token_type }).to_string();
    for (status, media_type, body, refusal) in [
        ("400 Bad Request", "application/json", r#"{"error":"invalid_grant"}"#.to_owned(), Some(Refusal::CodeRefused)),
        (
            "401 Unauthorized",
            "application/json",
            r#"{"error":"invalid_client"}"#.to_owned(),
            unavailable("it does not accept our client_id with our client_secret"),
        ),
        ("502 Bad Gateway", "text/html", "<html>".to_owned(), unreadable()),
        ("302 Found", "text/html", String::new(), unreadable()),
        ("200 OK", "text/html", tokens("Bearer"), unreadable()),
        ("200 OK", "application/json", format!(r#"{{"access_token":"{ACCESS_TOKEN}"}}"#), unreadable()),
        ("200 OK", "application/json", tokens("DPoP"), unavailable("its access token is not of type Bearer")),
        ("200 OK", "application/json", tokens("Bearer"), invalid("missing")),
    ] {
        let waiting = desk.begin(at(0)).await;
        desk.provider.answer("/token", status, media_type, &body);
        assert_eq!(desk.finish(&waiting, at(0)).await.err(), refusal, "{status} {body}");
    }
    assert!(desk.provider.asked("/me").is_empty());
}

#[tokio::test]
async fn claims_of_somebody_else_are_refused_plain_or_signed() {
    let desk = Desk::open();
    let judged = async || desk.refuses(|claims| KEYS.sign(&header("RS256"), &claims)).await;
    desk.provider.answer_json("/me", &with(userinfo(), "sub", &json!("somebody else")));
    assert_eq!(judged().await, invalid("subject"));
    desk.provider.answer_json("/me", &with(userinfo(), "sub", &Value::Null));
    assert_eq!(judged().await, invalid("userinfo"));

    let signed = with(with(userinfo(), "iss", &json!(desk.provider.issuer)), "aud", &json!("dmp"));
    let answer = |keys: &Keys, claims: &Value| desk.provider.answer("/me", "200 OK", "application/jwt", &keys.sign(&header("ES256"), claims));
    answer(&KEYS, &signed);
    assert_eq!(judged().await, None);
    answer(&OTHER_KEYS, &signed);
    assert_eq!(judged().await, invalid("signature"));
    for (name, value, fault) in
        [("iss", "https://other.example", "issuer"), ("aud", "another-client", "audience"), ("sub", "somebody else", "subject")]
    {
        answer(&KEYS, &with(signed.clone(), name, &json!(value)));
        assert_eq!(judged().await, invalid(fault));
    }
    desk.provider.answer("/me", "401 Unauthorized", "application/json", "{}");
    assert_eq!(judged().await, Some(Refusal::Unavailable("userinfo answered 401 Unauthorized".to_owned())));
    desk.provider.answer("/me", "200 OK", "text/html", "<html>");
    assert!(matches!(judged().await, Some(Refusal::Unavailable(_))));
}

/// The same provider as that of a structure, whose directory knows its users by `number`.
struct StructureDesk {
    desk: Desk,
    party: RelyingParty,
}

impl StructureDesk {
    fn open() -> Self {
        let desk = Desk::open();
        let config = json!({
            "id": "chu", "issuer": desk.provider.issuer, "client_id": "dmp", "client_secret": SECRET, "name": "CHU", "structure": "1120456789",
            "claim": "number", "contact": "DSI",
        });
        let config: StructureOidcConfig = serde_json::from_value(config).unwrap();
        StructureDesk { party: RelyingParty::of_structure(&config, REDIRECT).unwrap(), desk }
    }

    /// A sign-in with claims changed so; the browser brings back this `iss`.
    async fn names(&self, changes: &[(&str, Value)], claim: &str, iss: Option<&str>) -> Result<String, Refusal> {
        let departure = self.party.start(at(0)).await.unwrap();
        let location = url::Url::parse(&departure.location).unwrap();
        let asked: HashMap<String, String> = location.query_pairs().into_owned().collect();
        assert!(!asked.contains_key("acr_values"), "no level is asked for where a second factor is");
        let waiting = Waiting { asked, browser: departure.browser };
        let claims = changes.iter().fold(self.desk.claims(&waiting), |claims, (name, value)| with(claims, name, value));
        self.desk.give(&KEYS.sign(&header("RS256"), &claims));
        let state = Some(waiting.asked["state"].clone());
        let callback = Callback { state, code: Some("c0de".to_owned()), iss: iss.map(str::to_owned), error: None };
        self.party.finish_user(callback, &waiting.browser, claim, at(0)).await
    }
}

#[tokio::test]
async fn a_user_of_a_structure_is_named_by_one_claim_of_the_id_token_or_of_the_userinfo() {
    let desk = StructureDesk::open();
    let mfa = ("amr", json!(["pwd", "mfa"]));
    let number = |value: Value| [mfa.clone(), ("number", value)];
    let named = async |value: Value| desk.names(&number(value), "number", None).await;
    assert_eq!(named(json!(" E-11 ")).await.as_deref(), Ok("E-11"));
    assert_eq!(named(json!(4711)).await.as_deref(), Ok("4711"));
    for unreadable in [json!(""), json!(["E-11"]), json!(true), json!("E".repeat(201))] {
        assert_eq!(named(unreadable.clone()).await, Err(Refusal::ClaimUnreadable("claim of the user")), "{unreadable}");
    }
    assert!(desk.desk.provider.asked("/me").is_empty(), "the ID token said it");
    assert_eq!(named(Value::Null).await, Err(Refusal::ClaimMissing("claim of the user")));
    desk.desk.provider.answer_json("/me", &json!({ "sub": SUBJECT, "number": "E-12" }));
    assert_eq!(named(Value::Null).await.as_deref(), Ok("E-12"));
    desk.desk.provider.answer_json("/me", &json!({ "sub": "somebody else", "number": "E-12" }));
    assert_eq!(named(Value::Null).await, Err(Refusal::TokenInvalid("subject")));
    assert_eq!(desk.names(std::slice::from_ref(&mfa), "sub", None).await.as_deref(), Ok(SUBJECT));
    assert_eq!(desk.names(&[("amr", json!(["pwd"])), ("number", json!("E-11"))], "number", None).await, Err(Refusal::AssuranceTooLow));
}

#[tokio::test]
async fn a_provider_that_announces_its_name_in_answers_has_it_in_each() {
    let desk = StructureDesk::open();
    let good = [("amr", json!("mfa")), ("number", json!("E-11"))];
    let issuer = desk.desk.provider.issuer.clone();
    assert!(desk.names(&good, "number", None).await.is_ok(), "it announces nothing");
    assert_eq!(desk.names(&good, "number", Some("https://other.example")).await, Err(Refusal::TokenInvalid("issuer")));
    let desk = StructureDesk::open();
    let announced = with(desk.desk.provider.document(), "authorization_response_iss_parameter_supported", &json!(true));
    desk.desk.provider.answer_json("/.well-known/openid-configuration", &announced);
    assert_eq!(desk.names(&good, "number", None).await, Err(Refusal::TokenInvalid("issuer")));
    let issuer = (issuer != desk.desk.provider.issuer).then(|| desk.desk.provider.issuer.clone());
    assert!(desk.names(&good, "number", issuer.as_deref()).await.is_ok());
}

//! Both ceremonies with an authenticator played by hand, and each way to answer wrongly.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};

use super::*;

const NOW: Moment = Moment::from_seconds(1_772_543_100);
const ORIGIN: &str = "https://dmp.example";
const USER: &[u8] = &[9; 16];
/// SubjectPublicKeyInfo of a P-256 key, before the point (RFC 5480).
const P256_HEAD: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03,
    0x42, 0x00,
];

struct Authenticator {
    keys: EcdsaKeyPair,
    id: Vec<u8>,
    flags: u8,
    counter: u32,
}

impl Authenticator {
    fn new() -> Self {
        Authenticator { keys: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap(), id: vec![4; 20], flags: 0x05, counter: 1 }
    }

    fn data(&self, with_credential: bool) -> Vec<u8> {
        let mut data = digest(&SHA256, b"dmp.example").as_ref().to_vec();
        data.push(self.flags | if with_credential { 0x40 } else { 0 });
        data.extend_from_slice(&self.counter.to_be_bytes());
        if with_credential {
            data.extend_from_slice(&[0; 16]);
            data.extend_from_slice(&(self.id.len() as u16).to_be_bytes());
            data.extend_from_slice(&self.id);
        }
        data
    }

    fn spki(&self) -> Vec<u8> {
        [P256_HEAD.as_slice(), self.keys.public_key().as_ref()].concat()
    }

    fn registers(&self, challenge: &str) -> RegistrationAnswer {
        RegistrationAnswer {
            id: encoded(&self.id),
            client: encoded(&client("webauthn.create", challenge, ORIGIN)),
            auth: encoded(&self.data(true)),
            key: encoded(&self.spki()),
            algorithm: "-7".to_owned(),
        }
    }

    fn signs(&self, client: &[u8]) -> SignInAnswer {
        let data = self.data(false);
        let signed = [data.as_slice(), digest(&SHA256, client).as_ref()].concat();
        let signature = self.keys.sign(&SystemRandom::new(), &signed).unwrap();
        SignInAnswer {
            id: encoded(&self.id),
            client: encoded(client),
            auth: encoded(&data),
            signature: encoded(signature.as_ref()),
            user: encoded(USER),
        }
    }
}

fn client(kind: &str, challenge: &str, origin: &str) -> Vec<u8> {
    format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#).into_bytes()
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The word of the browser in which somebody signs in.
const BROWSER: &str = "browser";

fn party() -> RelyingParty {
    RelyingParty::new(ORIGIN, &[3; 32]).unwrap()
}

fn registered(party: &RelyingParty, authenticator: &Authenticator) -> Passkey {
    let challenge = party.challenge(Ceremony::Register, "person:a", NOW).unwrap();
    party.register(&authenticator.registers(&challenge), "person:a", NOW).unwrap()
}

fn to_sign(party: &RelyingParty) -> Vec<u8> {
    client("webauthn.get", &party.challenge(Ceremony::SignIn, BROWSER, NOW).unwrap(), ORIGIN)
}

#[test]
fn a_passkey_that_was_made_signs_in_once_for_each_challenge() {
    let (party, authenticator) = (party(), Authenticator::new());
    let passkey = registered(&party, &authenticator);
    let answer = authenticator.signs(&to_sign(&party));
    assert_eq!(party.sign_in(&answer, &passkey, USER, BROWSER, NOW), Ok(Used { counter: 1 }));
    assert_eq!(party.sign_in(&answer, &passkey, USER, BROWSER, NOW), Err(Refusal::Challenge));
}

#[test]
fn an_answer_made_in_another_browser_signs_nobody_in_here() {
    let (party, authenticator) = (party(), Authenticator::new());
    let passkey = registered(&party, &authenticator);
    let answer = authenticator.signs(&to_sign(&party));
    for elsewhere in ["", "another"] {
        assert_eq!(party.sign_in(&answer, &passkey, USER, elsewhere, NOW), Err(Refusal::Challenge));
    }
    assert!(party.sign_in(&answer, &passkey, USER, BROWSER, NOW).is_ok());
}

#[test]
fn what_is_for_another_site_account_or_question_is_refused() {
    let (party, authenticator) = (party(), Authenticator::new());
    let passkey = registered(&party, &authenticator);
    let refused = |answer: &SignInAnswer, user: &[u8]| party.sign_in(answer, &passkey, user, BROWSER, NOW).unwrap_err();
    let challenge = party.challenge(Ceremony::SignIn, BROWSER, NOW).unwrap();
    for origin in ["https://dmp.example.evil.example", "https://dmp.example:8443", "http://dmp.example"] {
        assert_eq!(refused(&authenticator.signs(&client("webauthn.get", &challenge, origin)), USER), Refusal::Elsewhere("origin"));
    }
    assert_eq!(refused(&authenticator.signs(&client("webauthn.create", &challenge, ORIGIN)), USER), Refusal::Elsewhere("type"));
    let framed = String::from_utf8(client("webauthn.get", &challenge, ORIGIN)).unwrap().replace("false", "true");
    assert_eq!(refused(&authenticator.signs(framed.as_bytes()), USER), Refusal::Elsewhere("frame"));
    assert_eq!(refused(&authenticator.signs(&to_sign(&party)), &[1; 16]), Refusal::Elsewhere("account"));
    let registering = party.challenge(Ceremony::Register, "person:a", NOW).unwrap();
    assert_eq!(refused(&authenticator.signs(&client("webauthn.get", &registering, ORIGIN)), USER), Refusal::Challenge);
}

#[test]
fn a_signature_of_another_key_or_of_other_bytes_is_refused() {
    let (party, authenticator) = (party(), Authenticator::new());
    let passkey = registered(&party, &authenticator);
    let thief = Authenticator::new();
    assert_eq!(party.sign_in(&thief.signs(&to_sign(&party)), &passkey, USER, BROWSER, NOW), Err(Refusal::Signature));
    let mut answer = authenticator.signs(&to_sign(&party));
    answer.auth = encoded(&Authenticator { counter: 2, ..Authenticator::new() }.data(false));
    assert_eq!(party.sign_in(&answer, &passkey, USER, BROWSER, NOW), Err(Refusal::Signature));
    answer.signature = String::new();
    assert_eq!(party.sign_in(&answer, &passkey, USER, BROWSER, NOW), Err(Refusal::Signature));
}

#[test]
fn an_authenticator_that_did_not_check_who_was_there_is_refused() {
    let party = party();
    for (flags, refusal) in [(0x01, Refusal::NobodyThere("verification")), (0x04, Refusal::NobodyThere("presence"))] {
        let authenticator = Authenticator { flags, ..Authenticator::new() };
        let challenge = party.challenge(Ceremony::Register, "person:a", NOW).unwrap();
        assert_eq!(party.register(&authenticator.registers(&challenge), "person:a", NOW).unwrap_err(), refusal);
    }
}

#[test]
fn a_new_passkey_is_the_account_s_own_and_of_a_kind_that_is_offered() {
    let (party, authenticator) = (party(), Authenticator::new());
    let challenge = party.challenge(Ceremony::Register, "person:a", NOW).unwrap();
    assert_eq!(party.register(&authenticator.registers(&challenge), "person:b", NOW).unwrap_err(), Refusal::Challenge);
    let answer = RegistrationAnswer { algorithm: "-47".to_owned(), ..authenticator.registers(&challenge) };
    assert_eq!(party.register(&answer, "person:a", NOW).unwrap_err(), Refusal::Key);
    let answer = RegistrationAnswer { key: encoded(b"no key"), ..authenticator.registers(&challenge) };
    assert_eq!(party.register(&answer, "person:a", NOW).unwrap_err(), Refusal::Key);
    let answer = RegistrationAnswer { id: encoded(&[5; 20]), ..authenticator.registers(&challenge) };
    assert_eq!(party.register(&answer, "person:a", NOW).unwrap_err(), Refusal::Unreadable("credential"));
    let answer = RegistrationAnswer { auth: "A".repeat(FIELD_MAX + 1), ..authenticator.registers(&challenge) };
    assert_eq!(party.register(&answer, "person:a", NOW).unwrap_err(), Refusal::Unreadable("authenticator data"));
    // None of it has spent the challenge.
    assert!(party.register(&authenticator.registers(&challenge), "person:a", NOW).is_ok());
}

#[test]
fn a_site_without_a_name_or_in_clear_has_no_passkeys() {
    for base in ["http://127.0.0.1:8080", "http://dmp.example", "https://[::1]", "nonsense"] {
        assert!(RelyingParty::new(base, &[0; 32]).is_none(), "{base}");
    }
    for (base, id) in [("https://dmp.example:8443/", "dmp.example"), ("http://localhost:8080", "localhost")] {
        assert_eq!(RelyingParty::new(base, &[0; 32]).unwrap().id(), id);
    }
}

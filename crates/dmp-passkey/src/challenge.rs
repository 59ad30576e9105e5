//! Challenges without memory: each says under our own key for what, for whom and until when it is. Only those that were answered are kept,
//! until they are over, so that none is answered twice; whoever asks for a million of them fills nothing.

use std::collections::HashMap;
use std::sync::Mutex;

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dmp_core::Moment;

use crate::Refusal;

/// What is done with a passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ceremony {
    Register,
    SignIn,
}

impl Ceremony {
    /// The type in the browser's words (WebAuthn §5.8.1).
    pub(crate) fn client_type(self) -> &'static str {
        match self {
            Ceremony::Register => "webauthn.create",
            Ceremony::SignIn => "webauthn.get",
        }
    }
}

/// Finding the telephone, and its PIN.
const CHALLENGE_SECONDS: i64 = 600;
const NONCE: usize = 16;
const UNTIL: usize = 8;
/// Answered challenges kept at once; each stands for a signature that held.
const SPENT_MAX: usize = 100_000;

/// Makes challenges and recognises them.
pub(crate) struct Challenges {
    key: hmac::Key,
    spent: Mutex<HashMap<[u8; NONCE], Moment>>,
}

/// A challenge that is ours, and not spent yet.
pub(crate) struct Recognised {
    nonce: [u8; NONCE],
    until: Moment,
}

impl Challenges {
    pub fn new(key: &[u8; 32]) -> Self {
        Challenges { key: hmac::Key::new(hmac::HMAC_SHA256, key), spent: Mutex::default() }
    }

    /// A fresh challenge for a ceremony, bound to whoever may answer it (an account, or nobody yet). `None` without random numbers.
    pub fn make(&self, ceremony: Ceremony, bound: &str, now: Moment) -> Option<String> {
        let mut bytes = [0; NONCE];
        aws_lc_rs::rand::fill(&mut bytes).ok()?;
        let until = now.plus_seconds(CHALLENGE_SECONDS).as_seconds().to_be_bytes();
        let mut challenge = [bytes.as_slice(), until.as_slice()].concat();
        let tag = self.tag(ceremony, bound, &challenge);
        challenge.extend_from_slice(tag.as_ref());
        Some(URL_SAFE_NO_PAD.encode(challenge))
    }

    /// Whether a challenge is ours, for this, now. It is not spent by being looked at.
    pub fn recognise(&self, text: &str, ceremony: Ceremony, bound: &str, now: Moment) -> Result<Recognised, Refusal> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Refusal::Challenge)?;
        let (plain, tag) = bytes.split_at_checked(NONCE + UNTIL).ok_or(Refusal::Challenge)?;
        let expected = self.tag(ceremony, bound, plain);
        aws_lc_rs::constant_time::verify_slices_are_equal(expected.as_ref(), tag).map_err(|_| Refusal::Challenge)?;
        let (nonce, until) = plain.split_at_checked(NONCE).ok_or(Refusal::Challenge)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Refusal::Challenge)?;
        let until = Moment::from_seconds(i64::from_be_bytes(until.try_into().map_err(|_| Refusal::Challenge)?));
        let spent = self.spent.lock().is_ok_and(|spent| spent.contains_key(&nonce));
        if now < until && !spent { Ok(Recognised { nonce, until }) } else { Err(Refusal::Challenge) }
    }

    /// Spends a challenge: of two who answer it at once, one is believed.
    pub fn spend(&self, challenge: Recognised, now: Moment) -> Result<(), Refusal> {
        let mut spent = self.spent.lock().map_err(|_| Refusal::Challenge)?;
        spent.retain(|_, until| now < *until);
        // SECURITY: full means that none is believed, rather than that one is believed twice.
        if spent.len() >= SPENT_MAX || spent.insert(challenge.nonce, challenge.until).is_some() {
            return Err(Refusal::Challenge);
        }
        Ok(())
    }

    fn tag(&self, ceremony: Ceremony, bound: &str, plain: &[u8]) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(ceremony.client_type().as_bytes());
        context.update(&[0]);
        context.update(plain);
        context.update(bound.as_bytes());
        context.sign()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_seconds(1_772_543_100);

    #[test]
    fn a_challenge_is_for_one_thing_one_person_a_time_and_one_use() {
        let challenges = Challenges::new(&[7; 32]);
        let made = challenges.make(Ceremony::Register, "person:a", NOW).unwrap();
        let recognise = |text: &str, ceremony, bound: &str, now| challenges.recognise(text, ceremony, bound, now);
        assert!(recognise(&made, Ceremony::SignIn, "person:a", NOW).is_err());
        assert!(recognise(&made, Ceremony::Register, "person:b", NOW).is_err());
        assert!(recognise(&made, Ceremony::Register, "person:a", NOW.plus_seconds(CHALLENGE_SECONDS)).is_err());
        assert!(Challenges::new(&[8; 32]).recognise(&made, Ceremony::Register, "person:a", NOW).is_err());
        for wrong in ["", "AAAA", "é", &made[1..]] {
            assert!(recognise(wrong, Ceremony::Register, "person:a", NOW).is_err(), "{wrong}");
        }
        let one = recognise(&made, Ceremony::Register, "person:a", NOW).unwrap();
        let same = recognise(&made, Ceremony::Register, "person:a", NOW).unwrap();
        assert!(challenges.spend(one, NOW).is_ok() && challenges.spend(same, NOW).is_err());
        assert!(recognise(&made, Ceremony::Register, "person:a", NOW).is_err());
    }
}

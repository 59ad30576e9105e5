//! The second half: a code is typed. However many try at once, five are compared: each is counted, durably, before it is looked at.

use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use dmp_core::Mode;
use dmp_core::account::{Credentials, Means, VerifiedMail, read_printed};
use dmp_store::NoteKind;

use super::budget::Starts;
use super::challenge::{Challenge, WORDS_MAX, Wanted, browser_hashes, code_hash, nobodys_row, sha256};
use super::change::Myself;
use super::notes::Seen;
use crate::judge::STALE_RETRIES;
use crate::{Error, Service};

/// Guesses of one challenge that are compared with its code.
pub const GUESSES_MAX: u8 = 5;

/// Who has arrived, by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    pub account: String,
    pub means: Means,
}

impl Service {
    /// Compares a code with that of a challenge. `None`: it is not the code, or there is nothing left to try.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn finish_sign_in(&self, challenge: &str, typed: &str) -> Result<Option<Arrived>, Error> {
        let Some(Seen { version, value }) = self.take_guess(challenge).await? else { return Ok(None) };
        let means = match &value.wanted {
            Wanted::Mailed { hash } if is_code(hash, challenge, typed) => Means::Mail,
            Wanted::Printed if self.spend_printed(&value.account, typed).await? => Means::Printed,
            Wanted::Mailed { .. } | Wanted::Printed | Wanted::Address { .. } => return Ok(None),
        };
        Ok(self.end_challenge(challenge, version, value).await?.map(|account| Arrived { account, means }))
    }

    /// Compares a code with the one that was sent to an address; if it is the code, the address is the account's from now on.
    ///
    /// # Errors
    /// Refusals of the law; a fault of the store.
    pub async fn finish_mail_check(&self, myself: &Myself, challenge: &str, typed: &str) -> Result<Option<Credentials>, Error> {
        let Some(Seen { version, value }) = self.take_guess(challenge).await? else { return Ok(None) };
        let Wanted::Address { hash, address } = &value.wanted else { return Ok(None) };
        // A check that somebody else began is not for this account, whoever holds its word.
        if value.account != myself.account() || !is_code(hash, challenge, typed) {
            return Ok(None);
        }
        let address = address.clone();
        if self.end_challenge(challenge, version, value).await?.is_none() {
            return Ok(None);
        }
        let changed = self.change_means(myself, |next, now| {
            next.mail = Some(VerifiedMail { address: address.clone(), at: now });
            Ok(())
        });
        Ok(Some(changed.await?))
    }

    /// Takes one guess of a challenge; `None` when there is none to take. Without one, a shared row is read and put all the same.
    async fn take_guess(&self, challenge: &str) -> Result<Option<Seen<Challenge>>, Error> {
        self.guesses.typed.fetch_add(1, Ordering::Relaxed);
        loop {
            let seen = self.seen::<Challenge>(NoteKind::SignInChallenge, challenge).await?;
            let open = |kept: &Challenge| !kept.done && kept.guesses_left > 0 && self.clock.now() < kept.until;
            let Some(seen) = seen.filter(|seen| open(&seen.value)) else {
                self.touch_nobodys(challenge).await?;
                return Ok(None);
            };
            let next = Challenge { guesses_left: seen.value.guesses_left - 1, ..seen.value };
            // Each attempt that loses has seen another one win: at most five go round.
            if let Some(version) = self.put(NoteKind::SignInChallenge, challenge, Some(seen.version), &next).await? {
                self.guesses.compared.fetch_add(1, Ordering::Relaxed);
                return Ok(Some(Seen { version, value: next }));
            }
        }
    }

    async fn touch_nobodys(&self, challenge: &str) -> Result<(), Error> {
        let row = nobodys_row(challenge);
        let seen = self.seen::<Challenge>(NoteKind::SignInChallenge, &row).await?;
        let kept = Challenge { account: row.clone(), wanted: Wanted::Printed, until: self.clock.now(), guesses_left: 0, done: true };
        self.put(NoteKind::SignInChallenge, &row, seen.map(|seen| seen.version), &kept).await?;
        Ok(())
    }

    /// Ends a challenge whose code was given: of two who give it at once, one arrives.
    async fn end_challenge(&self, challenge: &str, version: u64, value: Challenge) -> Result<Option<String>, Error> {
        let (mut version, mut value) = (version, value);
        for _ in 0..STALE_RETRIES {
            let next = Challenge { done: true, guesses_left: 0, ..value.clone() };
            if self.put(NoteKind::SignInChallenge, challenge, Some(version), &next).await?.is_some() {
                return Ok(Some(next.account));
            }
            match self.seen::<Challenge>(NoteKind::SignInChallenge, challenge).await? {
                Some(seen) if !seen.value.done => (version, value) = (seen.version, seen.value),
                Some(_) | None => return Ok(None),
            }
        }
        Err(Error::Busy)
    }

    /// Uses up a code of the account's sheet; whether it is one. Not a change of means: the sheet says by itself what is left.
    async fn spend_printed(&self, account: &str, typed: &str) -> Result<bool, Error> {
        let typed = read_printed(typed);
        for _ in 0..STALE_RETRIES {
            let Some(seen) = self.seen::<Credentials>(NoteKind::SignInAccount, account).await? else { return Ok(false) };
            let mut next = seen.value;
            let Some(sheet) = next.sheet.as_mut() else { return Ok(false) };
            let hash = super::sheet::printed_hash(&sheet.salt, &typed);
            if !sheet.spend(&hash, self.clock.now()) {
                return Ok(false);
            }
            if self.put(NoteKind::SignInAccount, account, Some(seen.version), &next).await?.is_some() {
                return Ok(true);
            }
        }
        Err(Error::Busy)
    }

    /// Remembers that somebody has just signed in to an account in a browser; gives what its cookie says from now on.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn know_browser(&self, account: &str, cookie: Option<&str>) -> Result<String, Error> {
        let hashes = browser_hashes(cookie);
        let fresh = self.random_word("known browser");
        for _ in 0..STALE_RETRIES {
            let seen = self.seen::<Starts>(NoteKind::SignInStarts, account).await?;
            let (version, mut starts) = seen.map_or((None, Starts::default()), |seen| (Some(seen.version), seen.value));
            let known = starts.knows(&hashes).copied();
            let over = starts.know(known.unwrap_or_else(|| sha256(fresh.as_bytes())), self.clock.now());
            if self.put(NoteKind::SignInStarts, account, version, &starts).await?.is_some() {
                self.clear_away(over);
                let held = cookie.unwrap_or_default();
                // The newest word comes first: past a few, the oldest falls out.
                let words = std::iter::once(fresh.as_str()).filter(|_| known.is_none()).chain(held.split('.').filter(|word| !word.is_empty()));
                return Ok(words.take(WORDS_MAX).collect::<Vec<_>>().join("."));
            }
        }
        Err(Error::Busy)
    }

    /// What was typed as a code since the program started.
    pub fn guesses(&self) -> &Guesses {
        &self.guesses
    }
}

/// Guesses of codes since the program started.
#[derive(Debug, Default)]
pub struct Guesses {
    typed: AtomicU64,
    compared: AtomicU64,
}

impl Guesses {
    /// Names and values, for `/metrics`. SECURITY: how many were compared tells whether an account exists, and stands in a sandbox alone; what was
    /// typed counts the same for everybody.
    pub fn figures(&self, mode: Mode) -> Vec<(&'static str, u64)> {
        let typed = ("dmp_signin_guesses_total", self.typed.load(Ordering::Relaxed));
        let compared = ("dmp_signin_guesses_compared_total", self.compared.load(Ordering::Relaxed));
        std::iter::once(typed).chain((mode == Mode::Sandbox).then_some(compared)).collect()
    }
}

fn is_code(hash: &[u8; 32], challenge: &str, typed: &str) -> bool {
    verify_slices_are_equal(&code_hash(challenge, &read_printed(typed)), hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_production_no_counter_tells_whether_an_identifier_is_somebodys() {
        let names = |mode| Guesses::default().figures(mode).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(Mode::Production), ["dmp_signin_guesses_total"]);
        assert_eq!(names(Mode::Sandbox).len(), 2);
    }
}

//! The first half of signing in by a code: an identifier is named, a challenge waits for the code.
//!
//! SECURITY: an identifier that is nobody's has the same answer and costs the same rows read and written. Its rows are shared with others of
//! its kind (`~` and a number, which no account and no random word is), so that inventing identifiers fills no store.

use aws_lc_rs::digest::{SHA256, digest};
use dmp_core::Moment;
use dmp_core::account::{Identifier, Means, read_printed, shown_printed};
use dmp_core::record::{CodePurpose, Language};
use dmp_store::NoteKind;
use serde::{Deserialize, Serialize};

use super::budget::{Start, Starts};
use super::change::Myself;
use crate::judge::STALE_RETRIES;
use crate::{CodeMail, Error, Service};

/// How long a code that was sent is good, and a sign-in by a printed code may take.
pub const CODE_MINUTES: i64 = 10;
/// Rows that identifiers of nobody share.
const NOBODYS_ROWS: u16 = 1_024;

/// By which code somebody signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInWay {
    Mail,
    Printed,
}

/// A sign-in that has begun.
#[derive(Debug)]
pub struct Begun {
    /// The random word that the browser brings back with the code.
    pub challenge: String,
    /// The mail to send.
    pub mail: Option<CodeMail>,
}

/// A check of an address that has begun: the same, for somebody signed in.
pub type MailCheck = Begun;

/// What a challenge asks for.
#[derive(Clone, Serialize, Deserialize)]
pub(super) enum Wanted {
    /// The code that was mailed, by its hash.
    Mailed { hash: [u8; 32] },
    /// Any unused code of the sheet.
    Printed,
    /// The code that was mailed to an address that shall become the account's.
    Address { hash: [u8; 32], address: String },
}

/// A challenge as kept.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Challenge {
    pub account: String,
    pub wanted: Wanted,
    pub until: Moment,
    pub guesses_left: u8,
    /// The right code was given: it is not good a second time.
    pub done: bool,
}

/// The hash of a code under its challenge.
pub(super) fn code_hash(challenge: &str, code: &str) -> [u8; 32] {
    sha256(format!("sign-in code\n{challenge}\n{code}").as_bytes())
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    for (to, from) in out.iter_mut().zip(digest(&SHA256, bytes).as_ref()) {
        *to = *from;
    }
    out
}

/// Words of accounts that a browser's cookie may hold: two people who share a computer are each known in it.
pub(super) const WORDS_MAX: usize = 4;

pub(super) fn browser_hashes(cookie: Option<&str>) -> Vec<[u8; 32]> {
    let words = cookie.into_iter().flat_map(|cookie| cookie.split('.')).filter(|word| !word.is_empty());
    words.take(WORDS_MAX).map(|word| sha256(word.as_bytes())).collect()
}

/// The row that stands for something of nobody.
pub(super) fn nobodys_row(text: &str) -> String {
    let hash = sha256(text.as_bytes());
    let number = hash.iter().take(2).fold(0_u16, |number, byte| number << 8 | u16::from(*byte));
    format!("~{}", number % NOBODYS_ROWS)
}

impl Service {
    /// Begins to sign in: counts the beginning, keeps the challenge, makes the code. The answer is the same for everybody.
    ///
    /// # Errors
    /// A fault of the store; [`Error::Busy`].
    pub async fn begin_sign_in(&self, identifier: &str, way: SignInWay, browser: Option<&str>, language: Language) -> Result<Begun, Error> {
        let word = Identifier::parse(identifier).map_or_else(|_| nobodys_row(identifier), |identifier| identifier.as_str().to_owned());
        let named: Option<String> = self.seen(NoteKind::SignInIdentifier, &word).await?.map(|seen| seen.value);
        let handle = named.unwrap_or_else(|| nobodys_row(&word));
        let credentials = self.credentials(&handle).await?;
        // An identifier that was given up leads nowhere, even if its row were still there.
        let known = credentials.filter(|one| one.identifier.as_ref().is_some_and(|identifier| identifier.as_str() == word));
        let means = known.as_ref().map(|one| one.means()).unwrap_or_default();
        let has_means = means.contains(match way {
            SignInWay::Mail => &Means::Mail,
            SignInWay::Printed => &Means::Printed,
        });
        let challenge = self.random_word("sign-in challenge");
        let counted = self.count_start(NoteKind::SignInStarts, &handle, browser, &challenge).await?;
        let code = self.fresh_code();
        let wanted = match way {
            SignInWay::Mail => Wanted::Mailed { hash: code_hash(&challenge, &read_printed(&code)) },
            SignInWay::Printed => Wanted::Printed,
        };
        let waits = counted && has_means;
        self.keep_challenge(&challenge, waits, &handle, wanted).await?;
        let address = known.and_then(|one| one.mail).filter(|_| waits && way == SignInWay::Mail);
        Ok(Begun { challenge, mail: address.map(|mail| self.code_mail(mail.address, code, language)) })
    }

    /// Begins to check an address of somebody signed in. SECURITY: counted by account, in a share of its own that no sign-in and no browser makes
    /// fresh: whoever holds a session sends no more mails to others than these.
    ///
    /// # Errors
    /// [`Error::Busy`] when they have begun too often in an hour; a fault of the store.
    pub async fn begin_mail_check(&self, myself: &Myself, address: &str, language: Language) -> Result<MailCheck, Error> {
        let challenge = self.random_word("mail check");
        if !self.count_start(NoteKind::SignInChecks, myself.account(), None, &challenge).await? {
            return Err(Error::Busy);
        }
        let code = self.fresh_code();
        let wanted = Wanted::Address { hash: code_hash(&challenge, &read_printed(&code)), address: address.to_owned() };
        self.keep_challenge(&challenge, true, myself.account(), wanted).await?;
        Ok(Begun { challenge, mail: Some(self.code_mail(address.to_owned(), code, language)) })
    }

    fn code_mail(&self, to: String, code: String, language: Language) -> CodeMail {
        let now = self.clock.now();
        CodeMail { to, purpose: CodePurpose::SignIn, code, sent_at: now, valid_until: now.plus_seconds(CODE_MINUTES * 60), language }
    }

    /// Counts a beginning; whether there was room. Challenges of more than an hour ago are cleared away meanwhile.
    async fn count_start(&self, share: NoteKind, handle: &str, browser: Option<&str>, challenge: &str) -> Result<bool, Error> {
        let browser = browser_hashes(browser);
        for _ in 0..STALE_RETRIES {
            let seen = self.seen::<Starts>(share, handle).await?;
            let (version, mut starts) = seen.map_or((None, Starts::default()), |seen| (Some(seen.version), seen.value));
            let (counts, over) = starts.begin(&browser, Start { at: self.clock.now(), challenge: challenge.to_owned() });
            if self.put(share, handle, version, &starts).await?.is_some() {
                self.clear_away(over);
                return Ok(counts);
            }
        }
        Err(Error::Busy)
    }

    /// Later, and by itself: how many there are is nobody's business.
    pub(super) fn clear_away(&self, challenges: Vec<String>) {
        let service = self.clone();
        tokio::spawn(async move {
            for challenge in challenges {
                let _ = service.forget(NoteKind::SignInChallenge, &challenge).await;
            }
        });
    }

    /// Keeps a challenge; one that nobody can answer in a row that it shares.
    async fn keep_challenge(&self, challenge: &str, waits: bool, account: &str, wanted: Wanted) -> Result<(), Error> {
        let row = if waits { challenge.to_owned() } else { nobodys_row(challenge) };
        let until = self.clock.now().plus_seconds(CODE_MINUTES * 60);
        let kept = Challenge { account: account.to_owned(), wanted, until, guesses_left: if waits { super::GUESSES_MAX } else { 0 }, done: !waits };
        let before = self.seen::<Challenge>(NoteKind::SignInChallenge, &row).await?.map(|seen| seen.version);
        // A shared row that somebody else just put is as good.
        self.put(NoteKind::SignInChallenge, &row, before, &kept).await?;
        Ok(())
    }

    /// 128 random bits in hexadecimal.
    pub(super) fn random_word(&self, purpose: &str) -> String {
        self.random.bytes16(purpose).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Ten letters and digits of thirty, in two groups, like every code of this program. SECURITY: 5.9 × 10¹⁴ codes. Strangers get 25 guesses an
    /// hour and account: against every one of seventy million people at once, and day and night, one hit in thirty-eight years. Eight digits would
    /// be hit every three and a half minutes.
    fn fresh_code(&self) -> String {
        shown_printed(&self.random.bytes16("sign-in code"))
    }
}

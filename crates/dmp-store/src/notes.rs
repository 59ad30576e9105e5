//! Small sealed things that belong to an account, or to somebody who has none yet, and to no record: how far an opening has come, a code that
//! was sent, how a person signs in. Of each stands in clear a keyed hash of what it is and whose, a version, and for what nobody may come back
//! for the hour after which it goes; nothing else.

use async_trait::async_trait;
use dmp_core::Moment;

use crate::StoreError;
use crate::keys::Derived;
use crate::prepare::ONLY_ROW;
use crate::seal::{Place, ROW_UNIT, SealKey, random_bytes};

/// Bytes of one note: a handful of credentials with room to spare.
const NOTE_BYTES_MAX: usize = 64 * 1024;

/// What a note is about. The codes stand in keyed hashes on the disk: one that was given is never given to another kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// How far somebody has come who opens their record; by the random word of their browser.
    OpeningJourney,
    /// The codes that were sent to a person who may open a record, and the tries of them; by the person.
    OpeningCode,
    /// Letters with such codes that wait for being printed; by the number of the pile.
    OpeningLetters,
    /// Whose an identifier is; by the identifier.
    SignInIdentifier,
    /// The means of an account; by the account.
    SignInAccount,
    /// When somebody began to sign in to an account, and which browsers it knows; by the account.
    SignInStarts,
    /// A sign-in under way, with its code; by the random word of its browser.
    SignInChallenge,
    /// Whose a passkey is; by the authenticator's name of it.
    SignInPasskey,
    /// Whose somebody at an identity provider is; by issuer and subject.
    SignInSubject,
    /// A part of a structure's directory of users; by the structure and the part.
    StructureUsers,
    /// The units of a structure; by the structure.
    StructureUnits,
    /// What practice software may open for a professional, and the apps that they launched; by the account.
    Practice,
    /// When the sessions of an account were last ended; by the account.
    SignInEnded,
    /// A campaign of invitations, by its id; the ids of all of them.
    Campaign,
    /// A part of a campaign's list, by campaign and number.
    CampaignPart,
    /// What a person answered to an invitation, by the person.
    InvitationAnswer,
    /// When the account had codes sent to check an address; by the account.
    SignInChecks,
    /// What an agent of a counter did today; by the account.
    CounterDay,
    /// What came of documents that were sent; by who sent them, the day and the part.
    Sent,
}

impl NoteKind {
    /// The code that the hash covers.
    pub(crate) fn code(self) -> u8 {
        match self {
            NoteKind::OpeningJourney => 1,
            NoteKind::OpeningCode => 2,
            NoteKind::OpeningLetters => 3,
            NoteKind::SignInIdentifier => 10,
            NoteKind::SignInAccount => 11,
            NoteKind::SignInStarts => 12,
            NoteKind::SignInChallenge => 13,
            NoteKind::SignInPasskey => 14,
            NoteKind::SignInSubject => 15,
            NoteKind::SignInEnded => 16,
            NoteKind::SignInChecks => 17,
            NoteKind::Practice => 20,
            NoteKind::StructureUsers => 21,
            NoteKind::StructureUnits => 22,
            NoteKind::CounterDay => 23,
            NoteKind::Campaign => 30,
            NoteKind::CampaignPart => 31,
            NoteKind::InvitationAnswer => 32,
            NoteKind::Sent => 24,
        }
    }
}

/// A note as it was put.
#[derive(Clone, PartialEq, Eq)]
pub struct Note {
    /// Goes up by one with each change; a note that is made anew begins at a random number, so that no version comes twice.
    pub version: u64,
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Note(version {}, {} bytes)", self.version, self.bytes.len())
    }
}

/// How a put ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotePut {
    /// Durable; the version that the note now has, or had when it was removed.
    Done(u64),
    /// The note is not in the version that was expected: somebody was faster. Nothing has changed.
    Stale,
}

/// Keeps notes. One row each; a put compares and swaps.
#[async_trait]
pub trait AccountStore: Send + Sync {
    /// The note of this kind under a handle.
    async fn note(&self, kind: NoteKind, handle: &str) -> Result<Option<Note>, StoreError>;

    /// Puts a note in place of the version that the caller has seen (`expected`; `None`: of nothing), or removes it (`bytes` is `None`).
    /// Removing what is not there is done. `until`: from the end of that hour on it may be swept; `None`: never.
    ///
    /// # Errors
    /// [`StoreError::Refused`] past 64 KiB.
    async fn put_note(
        &self,
        kind: NoteKind,
        handle: &str,
        expected: Option<u64>,
        bytes: Option<&[u8]>,
        until: Option<Moment>,
    ) -> Result<NotePut, StoreError>;

    /// Removes the notes whose hour is over. Gives how many.
    async fn sweep_notes(&self, now: Moment) -> Result<u64, StoreError>;
}

/// Where a note lies and what seals it.
pub(crate) struct NotePlace {
    pub hash: [u8; 16],
    key: SealKey,
}

impl NotePlace {
    pub fn of(derived: &Derived, kind: NoteKind, handle: &str) -> Result<Self, StoreError> {
        let hash = derived.note_hash(kind.code(), handle);
        Ok(NotePlace { hash, key: derived.note_key(&hash)? })
    }

    /// What a put does to the row.
    pub fn change(&self, expected: Option<u64>, bytes: Option<&[u8]>, until: Option<Moment>) -> Result<NoteChange, StoreError> {
        let Some(bytes) = bytes else { return Ok(NoteChange::Remove { expected }) };
        if bytes.len() > NOTE_BYTES_MAX {
            return Err(StoreError::Refused("a note is longer than 64 KiB".to_owned()));
        }
        let version = match expected {
            Some(version) => version + 1,
            None => u64::from(u32::from_le_bytes(random_bytes()?)) + 1,
        };
        let sealed = self.key.seal_bytes(&self.row(version), &[bytes], ROW_UNIT)?;
        Ok(NoteChange::Put { expected, version, sealed, due: until.map(end_of_hour) })
    }

    /// Opens a row.
    pub fn open(&self, version: u64, mut sealed: Vec<u8>) -> Result<Note, StoreError> {
        let bytes = self.key.open(&self.row(version), &mut sealed)?.to_vec();
        Ok(Note { version, bytes })
    }

    fn row(&self, version: u64) -> Place<'_> {
        Place { table: "note", owner: &self.hash, row: &ONLY_ROW, version }
    }
}

/// A put, ready for the row.
#[derive(Debug)]
pub(crate) enum NoteChange {
    Put {
        expected: Option<u64>,
        version: u64,
        sealed: Vec<u8>,
        /// Seconds: the end of an hour.
        due: Option<i64>,
    },
    Remove {
        expected: Option<u64>,
    },
}

/// The end of the hour of a moment, in seconds. SECURITY: a clear column tells no more than an hour.
fn end_of_hour(until: Moment) -> i64 {
    (until.as_seconds().div_euclid(HOUR_SECONDS) + 1) * HOUR_SECONDS
}

const HOUR_SECONDS: i64 = 3_600;

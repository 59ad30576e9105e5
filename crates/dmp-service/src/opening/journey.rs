//! How far somebody has come. Kept in a note by the random word of their browser, so that going back, coming back and sending a form twice are
//! safe; nothing of it is in the browser.

use dmp_core::Moment;
use dmp_core::account::Identifier;
use dmp_core::identity::Ins;
use dmp_core::record::{EmergencyChoices, Language};
use dmp_store::{NoteKind, NotePut};
use serde::{Deserialize, Serialize};

use super::desk::OpeningDesk;
use crate::Error;

/// Days that a journey waits for its person.
pub const JOURNEY_DAYS: i64 = 7;
/// Minutes after which the card is asked for again: as long as a session waits, and a little more.
const CARD_MINUTES: i64 = 30;

/// How often a change is made again when another form of the same browser was faster.
const SWAPS_MAX: usize = 16;

/// What the person came for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    Open,
    /// No record: nobody shall open one by itself.
    Refuse,
    /// Neither now: no invitation for a year.
    NotNow,
}

/// The answers of a person so far.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answered {
    /// Given by a tick, at that moment.
    pub consent_at: Option<Moment>,
    pub emergency: EmergencyChoices,
    /// Whether the person has answered the question, with or without addresses.
    pub contact_given: bool,
    pub email: Option<String>,
    pub mobile: Option<String>,
    pub identifier: Option<Identifier>,
}

/// Addresses stay out of logs.
impl std::fmt::Debug for Answered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answered(…)")
    }
}

/// Where a journey stands: which question is next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Code,
    /// The code was right and the person refuses: one more yes is asked for.
    Refusal,
    /// The code was right and the person wants to be left alone for now.
    NotNow,
    Card,
    Consent,
    Contact,
    Security,
    /// The record is open.
    Opened,
    Refused,
}

/// A journey.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journey {
    /// Matched against the hidden field of every form.
    pub csrf: String,
    pub wish: Wish,
    pub language: Language,
    pub answered: Answered,
    pub(crate) ins: Ins,
    pub(super) begun_at: Moment,
    pub(super) code_proved: bool,
    pub(super) card_proved_at: Option<Moment>,
    /// Number of the receipt and moment of the opening.
    pub(super) opened: Option<(String, Moment)>,
    pub(super) refused_at: Option<Moment>,
    /// When « not now » was kept.
    pub(crate) put_off_at: Option<Moment>,
    /// When this journey began to open the record, and has not failed since.
    pub(super) attempted_at: Option<Moment>,
    /// Whether the account gets its means by this journey; `false`: it had some already, and they stay. `None`: not asked yet.
    pub(super) gives_means: Option<bool>,
}

/// Whose journey it is stays out of logs.
impl std::fmt::Debug for Journey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Journey({:?}, …)", self.wish)
    }
}

impl Journey {
    /// The next question. SECURITY: nothing after the code is shown or taken before the stage is reached, and the card is asked for again after
    /// a while, for a browser that was left.
    pub fn stage(&self, now: Moment) -> Stage {
        let answered = &self.answered;
        if self.opened.is_some() {
            Stage::Opened
        } else if self.refused_at.is_some() {
            Stage::Refused
        } else if !self.code_proved {
            Stage::Code
        } else if self.wish == Wish::Refuse {
            Stage::Refusal
        } else if self.wish == Wish::NotNow {
            Stage::NotNow
        } else if self.card_proved_at.is_none_or(|at| at.plus_seconds(60 * CARD_MINUTES) <= now) {
            Stage::Card
        } else if answered.consent_at.is_none() {
            Stage::Consent
        } else if !answered.contact_given {
            Stage::Contact
        } else {
            Stage::Security
        }
    }

    /// Number of the receipt and moment of the opening, once there is one.
    pub fn opened(&self) -> Option<(&str, Moment)> {
        self.opened.as_ref().map(|(number, at)| (number.as_str(), *at))
    }

    /// Whether « not now » was kept.
    pub fn is_put_off(&self) -> bool {
        self.put_off_at.is_some()
    }

    /// Until when it waits.
    pub fn waits_until(&self) -> Moment {
        self.begun_at.plus_days(JOURNEY_DAYS)
    }
}

/// A journey as it was read, with what is needed to put it back.
#[derive(Debug, Clone)]
pub struct SeenJourney {
    pub journey: Journey,
    pub(super) word: String,
    pub(super) version: u64,
}

impl OpeningDesk {
    /// Begins a journey under a fresh word of a browser.
    ///
    /// # Errors
    /// Failures of the store; an INS of the other mode.
    pub async fn begin(&self, word: &str, csrf: String, ins: Ins, wish: Wish, language: Language) -> Result<(), Error> {
        let journey = Journey {
            csrf,
            wish,
            language,
            answered: Answered::default(),
            ins,
            begun_at: self.acts.now(),
            code_proved: false,
            card_proved_at: None,
            opened: None,
            refused_at: None,
            put_off_at: None,
            attempted_at: None,
            gives_means: None,
        };
        match self.acts.store.put_note(NoteKind::OpeningJourney, word, None, Some(&packed(&journey)?), Some(journey.waits_until())).await? {
            NotePut::Done(_) => Ok(()),
            NotePut::Stale => Err(Error::Busy),
        }
    }

    /// The journey of a browser's word; `None` when there is none, or it has waited too long.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn journey(&self, word: &str) -> Result<Option<SeenJourney>, Error> {
        let Some(note) = self.acts.store.note(NoteKind::OpeningJourney, word).await? else { return Ok(None) };
        let journey: Journey = unpacked(&note.bytes)?;
        if journey.waits_until() <= self.acts.now() {
            self.acts.store.put_note(NoteKind::OpeningJourney, word, Some(note.version), None, None).await?;
            return Ok(None);
        }
        Ok(Some(SeenJourney { journey, word: word.to_owned(), version: note.version }))
    }

    /// Puts answers into a journey that has come at least so far.
    ///
    /// # Errors
    /// [`Error::Conflict`] `record-changed` when the journey has not come so far, or has ended.
    pub async fn answer(&self, seen: &SeenJourney, from: Stage, change: impl Fn(&mut Answered)) -> Result<(), Error> {
        let stage = seen.journey.stage(self.acts.now());
        if stage < from || stage > Stage::Security {
            return Err(Error::Conflict("record-changed"));
        }
        self.change(seen, |journey| change(&mut journey.answered)).await
    }

    /// The person will come back: the card is asked for again then, for the browser may be anybody's meanwhile.
    ///
    /// # Errors
    /// As for [`OpeningDesk::answer`].
    pub async fn set_aside(&self, seen: &SeenJourney) -> Result<(), Error> {
        self.change(seen, |journey| journey.card_proved_at = None).await
    }

    /// Changes a journey: as it was read, or as another form of the same browser has left it meanwhile.
    pub(crate) async fn change(&self, seen: &SeenJourney, change: impl Fn(&mut Journey)) -> Result<(), Error> {
        let mut present = seen.clone();
        for _ in 0..SWAPS_MAX {
            change(&mut present.journey);
            let (bytes, until) = (packed(&present.journey)?, Some(present.journey.waits_until()));
            if let NotePut::Done(_) =
                self.acts.store.put_note(NoteKind::OpeningJourney, &seen.word, Some(present.version), Some(&bytes), until).await?
            {
                return Ok(());
            }
            present = self.journey(&seen.word).await?.ok_or(Error::Conflict("record-changed"))?;
        }
        Err(Error::Busy)
    }
}

/// A note's bytes.
pub(crate) fn packed<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    postcard::to_allocvec(value).map_err(|error| Error::Fault(format!("note of an opening: {error}")))
}

/// And back.
pub(crate) fn unpacked<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    postcard::from_bytes(bytes).map_err(|error| Error::Fault(format!("note of an opening: {error}")))
}

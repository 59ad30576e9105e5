//! The two proofs: the code that went to the contact the insurer holds, then the number of the card in hand.

use dmp_core::access::{Act, Caller, CallerKind, Reason};
use dmp_core::account::read_printed;
use dmp_core::identity::Ins;
use dmp_store::{NoteKind, NotePut};

use super::codes::{Codes, LiveCode};
use super::desk::OpeningDesk;
use super::journey::{SeenJourney, Stage, packed, unpacked};
use crate::judge::Asked;
use crate::{Error, PersonRef};

/// Signs of a code.
const CODE_SIGNS: usize = 10;
/// Digits of a card's serial number, at least and at most.
const SERIAL_DIGITS: std::ops::RangeInclusive<usize> = 8..=20;
/// How often a count is tried again when somebody else was faster. Each time one of them was counted, and five use a code up.
const SWAPS_MAX: usize = 64;

/// What came of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeProof {
    Right,
    /// Not ten letters and digits: no try was counted.
    Malformed,
    /// Wrong, over, used, tried too often, or never sent. SECURITY: nobody is told which.
    Wrong,
}

/// What came of a card's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardProof {
    Right,
    Malformed,
    /// Not one of this person, or not in force.
    Wrong,
    /// Tried too often this week.
    Over,
}

impl OpeningDesk {
    /// Tries a code. At most five tries of a code are ever compared, however many come at once: each is counted, durably, before it is looked at.
    ///
    /// # Errors
    /// [`Error::Busy`] when too many try at once; failures of the store.
    pub async fn try_code(&self, seen: &SeenJourney, typed: &str) -> Result<CodeProof, Error> {
        let code = read_printed(typed);
        if code.len() != CODE_SIGNS {
            return Ok(CodeProof::Malformed);
        }
        let (ins, now) = (&seen.journey.ins, self.acts.now());
        let tried: Vec<LiveCode> = self.change_codes(ins, |codes| codes.count_try(now)).await?;
        self.tally.add_evaluated(tried.len());
        // Every code is compared, whichever fits.
        let right = tried.iter().fold(None, |right, one| if one.is(&code) { Some(one) } else { right });
        let served = match right {
            Some(right) => self.change_codes(ins, |codes| codes.spend(right)).await?,
            None => false,
        };
        if served {
            self.change(seen, |journey| journey.code_proved = true).await?;
            return Ok(CodeProof::Right);
        }
        self.refuse_visitor(ins).await?;
        // The same form, sent twice: the code has served this very journey.
        let proved = self.journey(&seen.word).await?.is_some_and(|present| present.journey.code_proved);
        Ok(if proved { CodeProof::Right } else { CodeProof::Wrong })
    }

    /// Tries the number of a card. Whoever comes so far has read the mailbox.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the insurer does not answer; [`Error::Conflict`] `record-exists` when the record was opened meanwhile: whoever
    /// has shown both proofs is told; failures of the store.
    pub async fn try_card(&self, seen: &SeenJourney, typed: &str) -> Result<CardProof, Error> {
        let serial: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
        if !SERIAL_DIGITS.contains(&serial.len()) || !serial.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(CardProof::Malformed);
        }
        let (ins, now) = (&seen.journey.ins, self.acts.now());
        let stage = seen.journey.stage(now);
        if stage < Stage::Card || stage > Stage::Security {
            return Err(Error::Conflict("record-changed"));
        }
        if !self.change_codes(ins, |codes| codes.count_card(now)).await? {
            self.refuse_visitor(ins).await?;
            return Ok(CardProof::Over);
        }
        if !self.registry.is_in_force(ins, &serial).await? {
            self.refuse_visitor(ins).await?;
            return Ok(CardProof::Wrong);
        }
        if self.acts.find_record(&PersonRef::Ins(ins.clone())).await?.is_some() {
            return Err(Error::Conflict("record-exists"));
        }
        self.change(seen, |journey| journey.card_proved_at = Some(now)).await?;
        Ok(CardProof::Right)
    }

    /// Changes what is kept of a person's codes: durable before it comes back. A note is written whatever it holds, so that every person's takes
    /// as long.
    pub(super) async fn change_codes<T>(&self, ins: &Ins, change: impl Fn(&mut Codes) -> T) -> Result<T, Error> {
        let handle = ins.account();
        for _ in 0..SWAPS_MAX {
            let note = self.acts.store.note(NoteKind::OpeningCode, &handle).await?;
            let mut codes = note.as_ref().map_or_else(|| Ok(Codes::default()), |note| unpacked(&note.bytes))?;
            let changed = change(&mut codes);
            let (expected, until) = (note.map(|note| note.version), Some(codes.kept_until(self.acts.now())));
            if let NotePut::Done(_) = self.acts.store.put_note(NoteKind::OpeningCode, &handle, expected, Some(&packed(&codes)?), until).await? {
                return Ok(changed);
            }
        }
        Err(Error::Busy)
    }

    /// The leaf of a proof that failed. SECURITY: whoever failed is not the person; the leaf stands in the chain of visitors, where the law
    /// refuses them as it refuses any stranger, and names nobody.
    async fn refuse_visitor(&self, ins: &Ins) -> Result<(), Error> {
        let visitor = Caller::bare(VISITOR.to_owned(), CallerKind::Patient);
        let asked = Asked { act: Act::CreateRecord, caller: &visitor, now: self.acts.now() };
        let decision = self.acts.ask(&asked, &self.acts.facts_without_record(&PersonRef::Ins(ins.clone()), &visitor).await?);
        self.acts.refuse_without_record(&asked, decision.reason().unwrap_or(Reason::NoRulePermits)).await.map(drop)
    }
}

/// The account of whoever opens a record and has not proved yet who they are.
const VISITOR: &str = "visitor:opening";

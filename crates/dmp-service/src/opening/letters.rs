//! Codes by post, for people whom the insurer reaches by no mailbox: piles of letters that wait for `dmp letters`.

use dmp_core::Moment;
use dmp_core::record::Language;
use dmp_store::{NoteKind, NotePut};
use serde::{Deserialize, Serialize};

use super::journey::{packed, unpacked};
use crate::{Error, Service};

/// Piles: each is one note, so that few are written at once by two.
const PILES: u8 = 64;
/// Letters of a pile: with a name and an address each they stay far below the bound of a note.
const PILE_MAX: usize = 100;
const SWAPS_MAX: usize = 16;

/// A letter with a code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeLetter {
    /// Random: names its file.
    pub id: [u8; 16],
    /// Name and lines of the postal address.
    pub address: Vec<String>,
    /// Whether the insurer invites them; otherwise they asked for the code.
    pub invites: bool,
    pub code: String,
    pub written_at: Moment,
    pub valid_until: Moment,
    pub language: Language,
}

/// Names and codes stay out of logs.
impl std::fmt::Debug for CodeLetter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CodeLetter(…)")
    }
}

impl Service {
    /// Puts a letter on a pile.
    ///
    /// # Errors
    /// [`Error::Busy`] when the pile is full: nobody prints.
    pub(crate) async fn pile_letter(&self, letter: CodeLetter) -> Result<(), Error> {
        let pile = pile_name(letter.id.first().copied().unwrap_or_default() % PILES);
        for _ in 0..SWAPS_MAX {
            let (version, mut letters) = self.pile(&pile).await?;
            if letters.len() >= PILE_MAX {
                return Err(Error::Busy);
            }
            letters.push(letter.clone());
            if self.put_pile(&pile, version, &letters).await? {
                return Ok(());
            }
        }
        Err(Error::Busy)
    }

    /// The letters with codes that wait for being printed.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn waiting_code_letters(&self) -> Result<Vec<CodeLetter>, Error> {
        let mut all = Vec::new();
        for pile in (0..PILES).map(pile_name) {
            all.extend(self.pile(&pile).await?.1);
        }
        all.sort_by_key(|letter| letter.written_at);
        Ok(all)
    }

    /// Takes a letter off its pile: it is printed.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn code_letter_printed(&self, letter: &CodeLetter) -> Result<(), Error> {
        let pile = pile_name(letter.id.first().copied().unwrap_or_default() % PILES);
        for _ in 0..SWAPS_MAX {
            let (version, mut letters) = self.pile(&pile).await?;
            letters.retain(|one| one.id != letter.id);
            if self.put_pile(&pile, version, &letters).await? {
                return Ok(());
            }
        }
        Err(Error::Busy)
    }

    async fn pile(&self, pile: &str) -> Result<(Option<u64>, Vec<CodeLetter>), Error> {
        match self.store.note(NoteKind::OpeningLetters, pile).await? {
            Some(note) => Ok((Some(note.version), unpacked(&note.bytes)?)),
            None => Ok((None, Vec::new())),
        }
    }

    async fn put_pile(&self, pile: &str, version: Option<u64>, letters: &[CodeLetter]) -> Result<bool, Error> {
        let bytes = packed(&letters)?;
        // A letter whose code is over opens nothing.
        let until = letters.iter().map(|letter| letter.valid_until).max();
        let put = self.store.put_note(NoteKind::OpeningLetters, pile, version, (!letters.is_empty()).then_some(&bytes), until).await?;
        Ok(put != NotePut::Stale)
    }
}

fn pile_name(number: u8) -> String {
    format!("pile {number}")
}

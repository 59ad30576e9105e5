//! Whose store this is: its id, mode and sealing are written at creation, the mode a second time inside a sealed probe.

use dmp_core::Mode;

use crate::StoreError;
use crate::keys::Derived;
use crate::seal::{Place, Sealing, random_bytes};

/// Most entries of a record: it is judged whole, in memory.
pub(crate) const ENTRIES_MAX: usize = 20_000;

/// What a store says of itself.
#[derive(Debug)]
pub(crate) struct Passport {
    pub id: [u8; 16],
    pub mode: Vec<u8>,
    pub sealing: Vec<u8>,
    pub probe: Vec<u8>,
}

impl Passport {
    /// The passport of a store that is made now.
    pub fn issue(derived: &Derived, mode: Mode, sealing: Sealing) -> Result<Self, StoreError> {
        let id = random_bytes()?;
        let probe = derived.probe.seal_bytes(&probe_place(&id), &[mode.as_str().as_bytes()], 64)?;
        Ok(Passport { id, mode: mode.as_str().as_bytes().to_vec(), sealing: word(sealing).as_bytes().to_vec(), probe })
    }

    /// Checks that it is the store of this mode, root key and sealing.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with what differs.
    pub fn check(mut self, derived: &Derived, mode: Mode, sealing: Sealing) -> Result<[u8; 16], StoreError> {
        if self.mode != mode.as_str().as_bytes() {
            let written = String::from_utf8_lossy(&self.mode).into_owned();
            return Err(StoreError::Refused(format!("the store was made in mode `{written}`; the program runs in mode `{}`", mode.as_str())));
        }
        if self.sealing != word(sealing).as_bytes() {
            return Err(StoreError::Refused(format!("the rows of the store are not {}", word(sealing))));
        }
        let opened = derived.probe.open(&probe_place(&self.id), &mut self.probe);
        let opened = opened.map_err(|_| StoreError::Refused("the root key is not the one that this store was made with".to_owned()))?;
        // The clear word could have been changed by hand; the sealed one could not.
        if opened != mode.as_str().as_bytes() {
            return Err(StoreError::Refused("the mode written in the store is not the one sealed in it".to_owned()));
        }
        Ok(self.id)
    }
}

/// SECURITY: real persons' rows are never written in clear.
pub(crate) fn refuse_clear(mode: Mode, sealing: Sealing) -> Result<(), StoreError> {
    match (mode, sealing) {
        (Mode::Production, Sealing::Off) => Err(StoreError::Refused("sealing cannot be off in production".to_owned())),
        (Mode::Production, Sealing::On) | (Mode::Sandbox, Sealing::On | Sealing::Off) => Ok(()),
    }
}

/// Tables of a version that this program does not know.
pub(crate) fn unknown_tables(found: i64, known: i64) -> StoreError {
    StoreError::Refused(format!("the store has tables of version {found}; this program knows version {known}"))
}

/// The fault of a store whose lines about itself are not all there.
pub(crate) fn says_nothing() -> StoreError {
    StoreError::fault("open.recognise", "the store does not say what it is")
}

fn word(sealing: Sealing) -> &'static str {
    match sealing {
        Sealing::On => "sealed",
        Sealing::Off => "clear",
    }
}

fn probe_place(id: &[u8; 16]) -> Place<'_> {
    Place { table: "meta", owner: id, row: id, version: 0 }
}

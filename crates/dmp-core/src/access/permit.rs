//! Proof that [`decide`](super::decide) allowed something. Bytes of documents are released only
//! against a [`Permit<Consult>`].

use std::marker::PhantomData;

use super::{Act, Caller, Decision, Facts, Matrix, decide};
use crate::ids::{BlobAddress, EntryId};
use crate::moment::Moment;

/// Marks a permit to read one document's bytes.
#[derive(Debug, Clone, Copy)]
pub struct Consult(());

/// SECURITY: the fields are private and no function outside `access` makes one, so that no path to
/// a document's bytes goes around the decision.
#[derive(Debug)]
pub struct Permit<A> {
    entry: EntryId,
    address: BlobAddress,
    act: PhantomData<A>,
}

impl Permit<Consult> {
    /// Asks to consult one document. Gives the decision, and the permit when it allows.
    pub fn to_consult(
        entry: &crate::document::DocumentEntry,
        caller: &Caller,
        facts: &Facts,
        matrix: &Matrix,
        now: Moment,
    ) -> (Decision, Option<Self>) {
        let decision = decide(Act::Consult, caller, &facts.about(entry, caller), matrix, now);
        let permit = decision.is_permitted().then_some(Permit { entry: entry.id, address: entry.content.address, act: PhantomData });
        (decision, permit)
    }

    /// The software reads a document for the record's own summary and search. Nothing leaves with it: what is read stays in the record, and is
    /// judged with its document each time it is shown. SECURITY: `cargo xtask check` sees to it that the reading desk alone asks for one.
    pub fn to_extract(entry: &crate::document::DocumentEntry) -> Self {
        Permit { entry: entry.id, address: entry.content.address, act: PhantomData }
    }

    /// The entry whose bytes may be read.
    pub fn entry(&self) -> EntryId {
        self.entry
    }

    /// Where they lie.
    pub fn address(&self) -> BlobAddress {
        self.address
    }
}

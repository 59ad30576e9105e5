//! A synthetic French town from a seed: people, professionals, a named cast, and the documents of their lives.
//!
//! Start with [`Town`]: people and documents by number, made one at a time, so that a large town needs no
//! memory. [`cast`] is the same in every town: the handles of demonstrations and scenarios. Nobody here exists:
//! matricules stand under the OID of test persons, numbers of professionals and structures in ranges that
//! nobody was given, family names and streets are invented.

mod cda;
mod course;
mod document;
mod draw;
mod people;
mod reimbursements;
mod town;
mod words;

pub use document::{SynthDocument, cda_of_size};
pub use people::{Address, Identity, Person, Place, Professional, ProfessionalRef, Relation, RelationKind, cast, identity, place, places};
pub use reimbursements::{FeedForm, write_header, write_line};
pub use town::Town;

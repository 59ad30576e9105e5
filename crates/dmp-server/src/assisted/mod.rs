//! Opening a record with the person who stands before one: at `/pro/open` by a professional, at `/accueil/ouvrir` by an agent. The same four
//! screens; what was answered goes along in hidden fields, so that nothing is kept before the record is open and no number stands in an address.

mod open;
mod paper;
mod place;

pub(crate) use open::{card, consent, contact, show};
pub(crate) use paper::{cancel, receipt};
pub(crate) use place::Place;

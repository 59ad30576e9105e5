//! Who lives and works in the town: people, professionals, structures, and the named cast.

mod address;
mod cast;
mod cast_people;
mod cast_staff;
mod identifiers;
mod person;
mod professional;
mod structure;

pub use address::Address;
pub use cast::{Identity, cast, identity};
pub use person::{Person, Relation, RelationKind};
pub use professional::{Professional, ProfessionalRef};
pub use structure::{Place, place, places};

pub(crate) use cast_people::Story;
pub(crate) use cast_staff::{at, named_staff_count};
pub(crate) use person::{PersonMaker, cast_count};
pub(crate) use professional::staff;

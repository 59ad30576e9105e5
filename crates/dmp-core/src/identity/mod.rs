//! Who people, professionals and structures are: identifiers that parse once.

mod ins;
mod person;
mod professional;
mod same_name;

pub use ins::{Ins, InsAuthority, InsError, ins_key};
pub(crate) use person::AGE_OF_MAJORITY;
pub use person::{BirthDate, IdentityTraits, PersonName, Sex};
pub use professional::{
    Finess, IdentifierError, PS_ID_NAT_OID, Profession, PsIdNat, Rpps, STRUCT_ID_NAT_OID, Siret, StructIdNat, Structure, profession_key,
};

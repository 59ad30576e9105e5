//! Invented names of people, streets and towns.

mod names;
mod streets;

pub(crate) use names::{GIVEN_FEMALE, GIVEN_MALE, family_name, plain_capitals};
pub(crate) use streets::{DEPARTMENTS, STREETS, TOWN, birth_place};

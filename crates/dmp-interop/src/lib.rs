//! Bytes to core words and back: pure codecs of every format that the doors speak. No IO, no clock, no network.

pub mod cda;
pub mod extract;
pub mod fhir;
pub mod hl7v2;
pub mod nos;
pub mod shl;
pub mod xml;

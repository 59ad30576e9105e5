//! A copy of the whole record as a ZIP, written while it is sent: at no time is more than one document in memory.

mod csv;
mod names;
mod packer;
mod resources;
mod write;

pub(crate) use write::stream;

//! What a child may use, set by itself before it reads the first byte.

use std::io;

use rlimit::Resource;

/// Memory: what the largest honest document was seen to need, many times over.
const ADDRESS_SPACE_BYTES: u64 = 512 * 1024 * 1024;
/// Processor time of a whole life. A child is replaced after [`BUSY_SECONDS_MAX`](crate::reader::BUSY_SECONDS_MAX), long before.
const CPU_SECONDS: u64 = 60;
/// Standard input, output and errors.
const OPEN_FILES: u64 = 3;

/// Limits that hold from the start of the program on, so that they are set before it is started once more.
///
/// # Errors
/// When the system refuses one.
pub(crate) fn before_start() -> io::Result<()> {
    Resource::AS.set(ADDRESS_SPACE_BYTES, ADDRESS_SPACE_BYTES)?;
    Resource::CPU.set(CPU_SECONDS, CPU_SECONDS)?;
    // A dump would hold the document.
    Resource::CORE.set(0, 0)?;
    Resource::FSIZE.set(0, 0)
}

/// Limits that the start of a program itself would meet.
///
/// # Errors
/// When the system refuses one.
pub(crate) fn after_start() -> io::Result<()> {
    Resource::NPROC.set(0, 0)?;
    Resource::NOFILE.set(OPEN_FILES, OPEN_FILES)
}

/// Whether the limits of [`before_start`] hold.
pub(crate) fn are_set() -> bool {
    Resource::AS.get_hard().is_ok_and(|bytes| bytes <= ADDRESS_SPACE_BYTES)
}

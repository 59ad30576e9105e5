//! Formats that may be made to do harm, opened where they can do none.
//!
//! A PDF, a DICOM object or a picture comes from anybody. Its parser runs in a child process that has no more than it needs: 512 MiB of memory, some seconds of
//! processor, no files, an empty environment. What overruns a limit, panics or hangs ends that child; the server goes on and asks another
//! one. [`Reader`] is the server's side, [`child`] the other.

pub mod child;
mod dicom;
mod frame;
mod image;
mod limits;
mod pdf;
mod reader;

pub use frame::{DOCUMENT_BYTES_MAX, Study, Unreadable};
pub use reader::{NotRead, Reader, ReaderOptions, Reading, Why};

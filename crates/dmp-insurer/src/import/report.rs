//! What an import did, and how far it is.

use std::path::PathBuf;

use crate::area::Tally;

/// What an import did. `read + left_over = taken + repeated + corrected + cancelled + rejected`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Lines of the files, with those of files that were imported before.
    pub read: u64,
    /// New lines.
    pub taken: u64,
    /// Lines that said what is known, or that came after their cancellation.
    pub repeated: u64,
    /// Lines that replaced what was known under their number.
    pub corrected: u64,
    /// Numbers that were cancelled.
    pub cancelled: u64,
    pub rejected: u64,
    /// Lines that an interrupted run had read and that this one merged.
    pub left_over: u64,
    /// Files that were imported before, whole: their lines count as read and repeated.
    pub known_files: u64,
    /// Files that could not be read to their end, and why. What was read of them is kept.
    pub unreadable: Vec<(PathBuf, String)>,
}

impl Report {
    pub(crate) fn add(&mut self, tally: Tally) {
        self.taken += tally.taken;
        self.repeated += tally.repeated;
        self.corrected += tally.corrected;
        self.cancelled += tally.cancelled;
    }

    pub(crate) fn repeat_file(&mut self, read: u64, rejected: u64) {
        self.known_files += 1;
        self.read += read;
        self.rejected += rejected;
        self.repeated += read - rejected.min(read);
    }

    pub(crate) fn merged(&self) -> u64 {
        self.taken + self.repeated + self.corrected + self.cancelled
    }
}

/// What an import does now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Looks whether the file was read before. Counted in bytes.
    Recognising,
    /// Reads and checks lines. Counted in bytes of the text, or rows of a Parquet file.
    Reading,
    /// Puts the lines to their people. Counted in parts of all people.
    Merging,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub phase: Phase,
    pub done: u64,
    /// How much there is; of a packed or Parquet file, its bytes on the disk.
    pub all: u64,
    /// Lines read of this file so far.
    pub lines: u64,
}

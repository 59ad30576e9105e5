//! A clock that tests move: the machine's, shifted by the seconds that a file holds. Never in production.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dmp_core::{Mode, Moment};
use dmp_service::{Clock, SystemClock};

/// The clock of an installation: the machine's, unless a sandbox was given a file to shift it by.
///
/// # Errors
/// In words, when production was asked to shift its clock, or when the file holds no number of seconds.
pub fn of(shift: Option<&PathBuf>, mode: Mode) -> Result<Arc<dyn Clock>, String> {
    let Some(file) = shift else { return Ok(Arc::new(SystemClock)) };
    if mode == Mode::Production {
        return Err("--clock-shift is for a sandbox: production goes by the machine's clock".to_owned());
    }
    seconds(file).ok_or_else(|| format!("{}: not a number of seconds", file.display()))?;
    Ok(Arc::new(ShiftedClock(file.clone())))
}

/// Reads its file each time it is asked, so that a test moves a running program by writing the file.
#[derive(Debug)]
struct ShiftedClock(PathBuf);

impl Clock for ShiftedClock {
    fn now(&self) -> Moment {
        // A file that is being replaced holds nothing for an instant: the test writes beside it and renames.
        SystemClock.now().plus_seconds(seconds(&self.0).unwrap_or(0))
    }
}

fn seconds(file: &Path) -> Option<i64> {
    std::fs::read_to_string(file).ok()?.trim().parse().ok()
}

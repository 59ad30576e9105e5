//! Named places where a test may have the process end as a power cut would end it. Costs one relaxed atomic load when nothing is armed.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Every place, in the order in which an import passes them.
pub const NAMES: [&str; 8] = [
    "batch.before_commit",
    "batch.after_commit",
    "file.after_complete",
    "merge.before_commit",
    "merge.after_commit",
    "merge.before_clear",
    "merge.after_clear",
    "merge.after_shrink",
];

/// Position in [`NAMES`] plus one; zero when nothing is armed.
static ARMED: AtomicUsize = AtomicUsize::new(0);
/// How many passages are left before the end.
static LEFT: AtomicU64 = AtomicU64::new(0);

/// Ends the process without any cleaning up at the `nth` passage (from 1) of the named place. Gives whether the place exists.
pub fn arm(name: &str, nth: u64) -> bool {
    let Some(position) = NAMES.iter().position(|known| *known == name) else { return false };
    LEFT.store(nth.max(1), Ordering::SeqCst);
    ARMED.store(position + 1, Ordering::SeqCst);
    true
}

/// Passes a named place.
#[inline]
pub(crate) fn hit(name: &'static str) {
    let armed = ARMED.load(Ordering::Relaxed);
    if armed != 0 && NAMES.get(armed - 1) == Some(&name) && LEFT.fetch_sub(1, Ordering::SeqCst) == 1 {
        std::process::abort();
    }
}

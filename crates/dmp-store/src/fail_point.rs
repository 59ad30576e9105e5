//! Named places where a test may have the process end as a power cut would end it. Costs one relaxed
//! atomic load when nothing is armed.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Every place, in the order in which a creation, a publish and the sweeps pass them.
pub const NAMES: [&str; 38] = [
    "keys.before_insert",
    "keys.before_commit",
    "keys.after_commit",
    "blob.before_put",
    "blob.after_put",
    "writer.before_queue",
    "writer.before_begin",
    "commit.before_record",
    "commit.after_record",
    "commit.before_entry",
    "commit.after_entry",
    "commit.after_locator",
    "commit.before_member",
    "commit.after_member",
    "commit.before_content",
    "commit.after_content",
    "commit.before_leaf",
    "commit.after_leaf",
    "commit.after_deed",
    "commit.after_outbox",
    "heads.before_write",
    "heads.after_write",
    "writer.before_commit",
    "writer.after_commit",
    "writer.before_reply",
    "checkpoint.before",
    "checkpoint.after",
    "settle.after_rows",
    "settle.after_cells",
    "settle.after_lines",
    "claim.before",
    "claim.after",
    "confirm.before",
    "confirm.after",
    "sweep.claims",
    "sweep.blobs",
    "erase.after_mark",
    "erase.after_keys",
];

/// Position in [`NAMES`] plus one; zero when nothing is armed.
static ARMED: AtomicUsize = AtomicUsize::new(0);
/// How many passages are left before the end.
static LEFT: AtomicU64 = AtomicU64::new(0);

/// Ends the process without any cleaning up at the `nth` passage (from 1) of the named place.
/// Gives whether the place exists.
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
    if armed != 0 {
        pass(name, armed);
    }
}

#[cold]
fn pass(name: &'static str, armed: usize) {
    if NAMES.get(armed - 1) == Some(&name) && LEFT.fetch_sub(1, Ordering::SeqCst) == 1 {
        std::process::abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_place_cannot_be_armed_and_names_are_unique() {
        assert!(!arm("nowhere", 1));
        for name in NAMES {
            assert_eq!(NAMES.iter().filter(|other| **other == name).count(), 1, "{name}");
        }
    }
}

//! What a door itself answers: requests it cannot read, limits, faults.

use super::Message;

/// The lines.
pub const MESSAGES: &[Message] = &[];

//! Findings about documents and their metadata.

use super::Message;

/// The lines.
pub const MESSAGES: &[Message] = &[];

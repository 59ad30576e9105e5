//! Refusals of the law: one line for each reason of [`crate::access::Reason`].

use super::Message;

/// The lines.
pub const MESSAGES: &[Message] = &[];

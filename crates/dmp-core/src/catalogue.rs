//! Every error that a caller can meet: stable code, French and English. One table.

/// One line of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    pub code: &'static str,
    pub fr: &'static str,
    pub en: &'static str,
}

/// The line of a code.
pub fn message(code: &str) -> Option<&'static Message> {
    MESSAGES.iter().find(|line| line.code == code)
}

/// All lines.
pub const MESSAGES: [Message; 0] = [];

//! One finding about something received: what is wrong, where, and what was expected.

use serde::{Deserialize, Serialize};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is refused.
    Information,
    /// Accepted, but the sender should mend it.
    Warning,
    /// Refused.
    Error,
}

/// A finding with its stable catalogue code. `received` may hold what the sender wrote; doors show it
/// only in sandbox mode, and it never reaches a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Stable code of [`crate::catalogue`].
    pub code: String,
    pub severity: Severity,
    /// FHIRPath or XPath of the element.
    pub path: Option<String>,
    /// 1-based line and column in the received text.
    pub line: Option<u32>,
    pub column: Option<u32>,
    pub received: Option<String>,
    pub expected: Option<String>,
}

impl Issue {
    /// An error with the given catalogue code.
    pub fn error(code: &str) -> Self {
        Issue { code: code.to_owned(), severity: Severity::Error, path: None, line: None, column: None, received: None, expected: None }
    }

    /// A warning with the given catalogue code.
    pub fn warning(code: &str) -> Self {
        Issue { severity: Severity::Warning, ..Issue::error(code) }
    }

    /// Says where: a FHIRPath or XPath.
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Says where in the text: line and column, from 1.
    pub fn at_line(mut self, line: u32, column: u32) -> Self {
        self.line = Some(line);
        self.column = Some(column);
        self
    }

    /// What was received.
    pub fn received(mut self, value: impl Into<String>) -> Self {
        self.received = Some(value.into());
        self
    }

    /// What was expected.
    pub fn expected(mut self, value: impl Into<String>) -> Self {
        self.expected = Some(value.into());
        self
    }

    /// Whether this finding alone refuses the request.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

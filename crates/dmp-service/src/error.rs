//! Why an act was not done. Each door has one exhaustive `match` over this.

use dmp_core::Issue;
use dmp_core::access::Reason;
use dmp_core::record::Impossible;
use dmp_core::territory::NotYet;
use dmp_store::StoreError;

/// An act's failure: a category, a stable catalogue code, and a private text for the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was sent is wrong; every finding is listed.
    #[error("invalid request with {} findings", .0.len())]
    Invalid(Vec<Issue>),
    /// Nobody is recognised.
    #[error("not authenticated")]
    NotAuthenticated,
    /// The law refuses, and the caller may know that the thing exists.
    #[error("forbidden: {}", .0.code())]
    Forbidden(Reason),
    /// It does not exist, or the caller may not know that it exists: the two are one.
    #[error("not found: {0}")]
    NotFound(&'static str),
    /// It existed and the caller knows that it did.
    #[error("gone: {0}")]
    Gone(&'static str),
    /// Records of this *caisse* do not open yet.
    #[error("opening not yet")]
    NotYet(NotYet),
    /// It contradicts what is already there.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// A bound was passed.
    #[error("too large: {0}")]
    TooLarge(&'static str),
    /// Too much at once: try again soon.
    #[error("busy")]
    Busy,
    /// A part that the act needs does not answer.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of ours. The text is private.
    #[error("fault: {0}")]
    Fault(String),
}

impl Error {
    /// One finding alone.
    pub fn invalid(issue: Issue) -> Self {
        Error::Invalid(vec![issue])
    }

    /// The stable catalogue code of this failure.
    pub fn code(&self) -> &str {
        match self {
            Error::Invalid(issues) => issues.iter().find(|issue| issue.is_error()).map_or("invalid", |issue| issue.code.as_str()),
            Error::NotAuthenticated => "not-authenticated",
            Error::Forbidden(reason) => reason.code(),
            Error::NotFound(code) | Error::Gone(code) | Error::Conflict(code) | Error::TooLarge(code) => code,
            Error::NotYet(_) => "opening-not-yet",
            Error::Busy => "busy",
            Error::Unavailable(_) => "unavailable",
            Error::Fault(_) => "fault",
        }
    }
}

impl From<Impossible> for Error {
    fn from(Impossible(code): Impossible) -> Self {
        if code.ends_with("-not-found") { Error::NotFound(code) } else { Error::Conflict(code) }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Error::Conflict("record-changed"),
            StoreError::UniqueIdTaken => Error::Conflict("unique-id-taken"),
            StoreError::NoRecord => Error::NotFound("record-not-found"),
            StoreError::TooManyEntries => Error::TooLarge("record-too-large"),
            StoreError::Busy => Error::Busy,
            StoreError::Refused(why) => Error::Unavailable(why),
            StoreError::Unavailable { .. } => Error::Unavailable(error.to_string()),
            StoreError::DamagedContent(_) | StoreError::Fault { .. } => Error::Fault(error.to_string()),
        }
    }
}

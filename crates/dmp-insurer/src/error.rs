//! Why the staging area could not do it. Messages never hold an INS, a name or a label.

/// A failure of the staging area.
#[derive(Debug, thiserror::Error)]
pub enum StagingError {
    /// The key, the mode or the place does not fit.
    #[error("staging area refused: {0}")]
    Refused(String),
    /// Somebody else imports into it now.
    #[error("another import into this staging area is running")]
    Busy,
    /// A row was changed from outside, or the disk lost it.
    #[error("staging area is damaged: {0}")]
    Damaged(&'static str),
    /// The engine or the disk failed.
    #[error("fault of the staging area at {place}: {detail}")]
    Fault { place: &'static str, detail: String },
}

impl StagingError {
    /// A fault at a named place.
    pub(crate) fn fault(place: &'static str, detail: impl std::fmt::Display) -> Self {
        StagingError::Fault { place, detail: detail.to_string() }
    }
}

/// Turns a failure of the engine, the disk or a codec into a fault at a place.
pub(crate) fn at<E: std::fmt::Display>(place: &'static str) -> impl Fn(E) -> StagingError {
    move |error| StagingError::fault(place, error)
}

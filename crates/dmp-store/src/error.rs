//! Why the store could not do it. Messages never hold an INS, a name or content.

/// A store's failure.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Someone else committed first: judge again.
    #[error("stale version of record")]
    Stale,
    /// Another document already bears this unique identifier, in this record or in another.
    #[error("unique identifier already taken")]
    UniqueIdTaken,
    /// No such record, or its key was erased.
    #[error("no such record")]
    NoRecord,
    /// The content of an entry is missing or does not hash to what its entry says.
    #[error("content {0} is missing or damaged")]
    DamagedContent(&'static str),
    /// A bound of the store is reached: the record has too many entries.
    #[error("record has too many entries")]
    TooManyEntries,
    /// The queue of the writer is full: try again soon.
    #[error("store is busy")]
    Busy,
    /// The store belongs to the other mode, or its keys are not these.
    #[error("store refused: {0}")]
    Refused(String),
    /// The database or the object store does not answer now. Nothing is known to be wrong with what is kept.
    #[error("store is unavailable at {place}: {detail}")]
    Unavailable { place: &'static str, detail: String },
    /// The engine failed. INVARIANT: after a failed sync the process stops.
    #[error("store fault at {place}: {detail}")]
    Fault { place: &'static str, detail: String },
}

impl StoreError {
    /// Something that the store needs does not answer.
    pub fn unavailable(place: &'static str, detail: impl std::fmt::Display) -> Self {
        StoreError::Unavailable { place, detail: detail.to_string() }
    }

    /// A fault at a named place.
    pub fn fault(place: &'static str, detail: impl std::fmt::Display) -> Self {
        StoreError::Fault { place, detail: detail.to_string() }
    }
}

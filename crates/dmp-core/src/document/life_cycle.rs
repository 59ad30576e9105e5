//! Approved, Deprecated, Archived, Deleted: a transition consumes the state it leaves, so that a path
//! that the law does not have (from Deleted to Approved, say) cannot be written.

use serde::{Deserialize, Serialize};

/// XDS availabilityStatus (JDV_J52).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AvailabilityStatus {
    /// Current version.
    Approved(Approved),
    /// Replaced by a newer version.
    Deprecated(Deprecated),
    /// Put away, reversible.
    Archived(Archived),
    /// Logically deleted by its author, for ever.
    Deleted(Deleted),
}

/// Proof of being current.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Approved(());
/// Proof of being replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Deprecated(());
/// Proof of being put away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Archived(());
/// Proof of being deleted: nothing leads out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Deleted(());

impl Approved {
    /// RPLC: a newer version takes this one's place.
    pub fn replace(self) -> AvailabilityStatus {
        AvailabilityStatus::Deprecated(Deprecated(()))
    }

    /// TD3.3d.
    pub fn archive(self) -> AvailabilityStatus {
        AvailabilityStatus::Archived(Archived(()))
    }

    /// TD3.3c.
    pub fn delete(self) -> AvailabilityStatus {
        AvailabilityStatus::Deleted(Deleted(()))
    }
}

impl Archived {
    /// TD3.3d, the way back.
    pub fn unarchive(self) -> AvailabilityStatus {
        AvailabilityStatus::Approved(Approved(()))
    }

    /// TD3.3c.
    pub fn delete(self) -> AvailabilityStatus {
        AvailabilityStatus::Deleted(Deleted(()))
    }
}

impl Deprecated {
    /// TD3.3c: an author may delete an older version too.
    pub fn delete(self) -> AvailabilityStatus {
        AvailabilityStatus::Deleted(Deleted(()))
    }
}

impl AvailabilityStatus {
    /// A new document is current.
    pub fn deposited() -> Self {
        AvailabilityStatus::Approved(Approved(()))
    }

    /// The URN of JDV_J52.
    pub fn urn(self) -> &'static str {
        match self {
            AvailabilityStatus::Approved(_) => "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved",
            AvailabilityStatus::Deprecated(_) => "urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated",
            AvailabilityStatus::Archived(_) => "urn:asip:ci-sis:2010:StatusType:Archived",
            AvailabilityStatus::Deleted(_) => "urn:asip:ci-sis:2010:StatusType:Deleted",
        }
    }

    /// Whether this is the current version, archived or not.
    pub fn is_latest(self) -> bool {
        matches!(self, AvailabilityStatus::Approved(_) | AvailabilityStatus::Archived(_))
    }

    /// Whether the author deleted it.
    pub fn is_deleted(self) -> bool {
        matches!(self, AvailabilityStatus::Deleted(_))
    }
}

/// Written out as one word, `approved`, `deprecated`, `archived`, `deleted`: for files that people read.
pub mod word {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Approved, Archived, AvailabilityStatus, Deleted, Deprecated};

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        Approved,
        Deprecated,
        Archived,
        Deleted,
    }

    /// # Errors
    /// The serializer's own.
    pub fn serialize<S: Serializer>(status: &AvailabilityStatus, serializer: S) -> Result<S::Ok, S::Error> {
        match status {
            AvailabilityStatus::Approved(_) => Word::Approved,
            AvailabilityStatus::Deprecated(_) => Word::Deprecated,
            AvailabilityStatus::Archived(_) => Word::Archived,
            AvailabilityStatus::Deleted(_) => Word::Deleted,
        }
        .serialize(serializer)
    }

    /// # Errors
    /// When the word is none of the four.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<AvailabilityStatus, D::Error> {
        Ok(match Word::deserialize(deserializer)? {
            Word::Approved => AvailabilityStatus::Approved(Approved(())),
            Word::Deprecated => AvailabilityStatus::Deprecated(Deprecated(())),
            Word::Archived => AvailabilityStatus::Archived(Archived(())),
            Word::Deleted => AvailabilityStatus::Deleted(Deleted(())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archiving_is_undone_and_deleting_is_not() {
        let AvailabilityStatus::Approved(approved) = AvailabilityStatus::deposited() else { panic!("a deposit is approved") };
        let AvailabilityStatus::Archived(archived) = approved.archive() else { panic!("archive archives") };
        assert_eq!(archived.unarchive(), AvailabilityStatus::deposited());
        assert!(archived.delete().is_deleted());
    }
}

//! A document's metadata (XDS DocumentEntry; `interop.md` 3.3).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{AvailabilityStatus, Code, TypeCode, Visibility, class_of};
use crate::identity::{PersonName, Structure};
use crate::ids::{BlobAddress, EntryId, RecordKey};
use crate::moment::Moment;

/// What kind of author wrote a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuthorKind {
    Professional,
    Patient,
    Device,
}

/// An author of a document (XDS authorPerson, authorInstitution, authorRole, authorSpecialty).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    pub kind: AuthorKind,
    /// National identifier (PS_IdNat), INS matricule of a patient author, or a device's own; may be absent.
    pub id: Option<String>,
    pub name: PersonName,
    pub institution: Option<Structure>,
    /// Display text of the functional role, as XDS authorRole wants it.
    pub role: Option<String>,
    /// Profession and speciality (`G15_10/SM26`, JDV_J01).
    pub specialty: Option<Code>,
}

/// The patient as the producer knew them; never updated after submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePatient {
    /// Local identifier in CX form `value^^^&OID&ISO^PI`, or the INS when there is none.
    pub id: String,
    pub name: PersonName,
    /// Administrative gender code of the source (`M`, `F`, `UN`) and birth date `YYYYMMDD`.
    pub gender: String,
    pub birth_date: String,
}

/// An identifier of something related (accession, order, study; JDV_J231).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    pub system: String,
    pub value: String,
    pub kind: Option<String>,
}

/// Where the bytes lie and what they must hash to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentRef {
    pub address: BlobAddress,
    /// The record that holds the bytes, when the entry came from a second record of the same person.
    pub home: Option<RecordKey>,
    /// Size of the document as received, in bytes.
    pub size: u64,
    /// SHA-1 of the document as received (XDS hash).
    pub sha1: [u8; 20],
    /// SHA-256 of the document as received: what makes a repeated publish the same publish.
    pub sha256: [u8; 32],
}

/// A document entry: everything known of a document but its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentEntry {
    /// Stable across metadata changes (XDS logicalId); new on replacement.
    pub id: EntryId,
    /// From 1, plus one at each metadata change (XDS version, FHIR `meta.versionId`).
    pub version: u32,
    /// Given by the producer, fixed: `urn:oid:…` or `urn:uuid:…`.
    pub unique_id: String,
    pub status: AvailabilityStatus,
    pub visibility: Visibility,
    /// When the *consultation d'annonce* was recorded, or the clock lifted the veil.
    pub announced_at: Option<Moment>,
    pub type_code: TypeCode,
    pub title: String,
    pub mime_type: String,
    pub language: String,
    pub format: Code,
    pub facility_type: Code,
    pub practice_setting: Code,
    pub event_codes: Vec<Code>,
    pub comments: Option<String>,
    /// When the document was made by its author (XDS creationTime).
    pub created_at: Moment,
    /// Start of the documented act (XDS serviceStartTime), and its end when known.
    pub service_start: Moment,
    pub service_stop: Option<Moment>,
    /// When the record received it.
    pub submitted_at: Moment,
    /// When the metadata last changed.
    pub updated_at: Moment,
    /// INVARIANT: at least one.
    pub authors: Vec<Author>,
    pub legal_authenticator: Option<Author>,
    pub custodian: Option<Structure>,
    pub source_patient: SourcePatient,
    pub references: Vec<Reference>,
    /// The entry that this one replaces.
    pub replaces: Option<EntryId>,
    /// The account that deposited it: only this account and the named authors count as its author.
    pub deposited_by: String,
    pub content: ContentRef,
}

impl DocumentEntry {
    /// The moment that people call the document's: when the documented act began. Of the insurer's lines, which tell of the months before, when
    /// they end: their beginning is the oldest thing in them.
    pub fn day(&self) -> Moment {
        if class_of(self.type_code.as_str()) == Some(REIMBURSEMENTS) { self.service_stop.unwrap_or(self.created_at) } else { self.service_start }
    }

    /// XDS entryUUID: changes with every metadata change, unlike [`DocumentEntry::id`].
    pub fn entry_uuid(&self) -> String {
        let mut bytes = self.id.0;
        for (byte, version) in bytes.iter_mut().rev().zip(self.version.to_le_bytes()) {
            *byte ^= version;
        }
        crate::ids::urn_uuid(bytes)
    }

    /// Whether the account deposited this document or is named as one of its authors.
    pub fn was_written_by(&self, account: &str) -> bool {
        self.deposited_by == account
            || self.authors.iter().any(|author| {
                author.kind == AuthorKind::Professional && author.id.as_deref().is_some_and(|id| account_of_professional(id) == account)
            })
    }

    /// The accounts of the professionals who wrote it or deposited it, each once.
    pub fn professionals(&self) -> BTreeSet<String> {
        let named = self.authors.iter().filter(|author| author.kind == AuthorKind::Professional).filter_map(|author| author.id.as_deref());
        let deposited = std::iter::once(&self.deposited_by).filter(|account| account.starts_with(PROFESSIONAL)).cloned();
        named.map(account_of_professional).chain(deposited).collect()
    }

    /// Whether the person themself is the author (class 90 or DOCPAT).
    pub fn is_patient_authored(&self) -> bool {
        self.authors.iter().any(|author| author.kind == AuthorKind::Patient)
    }
}

/// The account name of a professional known by a national identifier.
pub fn account_of_professional(ps_id_nat: &str) -> String {
    format!("{PROFESSIONAL}{ps_id_nat}")
}

/// How the accounts of professionals begin.
const PROFESSIONAL: &str = "ps:";
/// Class of the insurer's lines (TRE_A03).
const REIMBURSEMENTS: &str = "60";

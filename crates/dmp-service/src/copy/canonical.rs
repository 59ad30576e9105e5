//! The canonical form of a record: what a copy holds of it and what is equal once a record was made of the copy. Its hash says so.
//!
//! **In it**: of the head, who the person is (INS, traits), how the record was opened (the proof of consent), when it was closed and opened
//! again, how to reach the person, the three switches for emergencies, the consents, the whole-record mask, the list of professionals,
//! episodes of care, representatives and helpers, how the person wants to be told. Of each document that the reader may list and read, all
//! its metadata with identifier, version, status, visibility and the hashes and size of its content. Of submission sets and folders, all,
//! with those of their documents that the reader sees.
//!
//! **Not in it**: what the reader may not see; where the store keeps a content (`address`, `home`), the record's key and version; the journal,
//! which is the proof of one installation (the copy has it as `journal.csv`); the inbox and orders of paper, which tell what happened there;
//! records that were merged into this one (their documents are in it), proposals and past numbers of the person.
//!
//! **Order**: documents, sets and folders by their unique identifier; lists of the head as they are. The hash is SHA-256 of the compact JSON.

use std::collections::BTreeMap;
use std::io::Write;

use dmp_core::document::{ContentRef, DocumentEntry, Folder, SubmissionSet};
use dmp_core::identity::{IdentityTraits, Ins};
use dmp_core::ids::BlobAddress;
use dmp_core::record::{Authorisation, Closure, Contact, Creation, EmergencyChoices, Episode, Head, NoticeSettings, Representative};
use dmp_core::{Mode, Moment};
use serde::{Deserialize, Serialize};

use crate::Error;

/// The word of the form in a file; another form gets another word.
pub const FORM: &str = "dmp-record/1";

/// What of a head is the person's, wherever the record is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CanonicalHead {
    pub ins: Ins,
    pub traits: IdentityTraits,
    pub creation: Creation,
    pub reactivated_at: Vec<Moment>,
    pub past_closures: Vec<Closure>,
    pub contact: Option<Contact>,
    pub emergency: EmergencyChoices,
    pub team_consent_at: Option<Moment>,
    pub occupational_consent_at: Option<Moment>,
    pub all_masked: bool,
    pub authorisations: Vec<Authorisation>,
    pub episodes: Vec<Episode>,
    pub representatives: Vec<Representative>,
    pub notice_settings: NoticeSettings,
}

impl CanonicalHead {
    /// Of a head.
    pub fn of(head: &Head) -> Self {
        CanonicalHead {
            ins: head.ins.clone(),
            traits: head.traits.clone(),
            creation: head.creation.clone(),
            reactivated_at: head.reactivated_at.clone(),
            past_closures: head.past_closures.clone(),
            contact: head.contact.clone(),
            emergency: head.emergency,
            team_consent_at: head.team_consent_at,
            occupational_consent_at: head.occupational_consent_at,
            all_masked: head.all_masked,
            authorisations: head.authorisations.clone(),
            episodes: head.episodes.clone(),
            representatives: head.representatives.clone(),
            notice_settings: head.notice_settings.clone(),
        }
    }
}

/// The canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canonical {
    pub head: CanonicalHead,
    pub documents: Vec<DocumentEntry>,
    pub submissions: Vec<SubmissionSet>,
    pub folders: Vec<Folder>,
}

impl Canonical {
    /// Of a head, and of what a reader sees of the rest.
    pub fn of(head: &Head, documents: &[DocumentEntry], submissions: &[SubmissionSet], folders: &[Folder]) -> Self {
        let mut documents: Vec<DocumentEntry> = documents.iter().map(without_place).collect();
        documents.sort_by(|one, other| one.unique_id.cmp(&other.unique_id));
        let (mut submissions, mut folders) = (submissions.to_vec(), folders.to_vec());
        submissions.sort_by(|one, other| one.unique_id.cmp(&other.unique_id));
        folders.sort_by(|one, other| one.unique_id.cmp(&other.unique_id));
        Canonical { head: CanonicalHead::of(head), documents, submissions, folders }
    }
}

/// An entry without the place where one store keeps its content.
fn without_place(entry: &DocumentEntry) -> DocumentEntry {
    DocumentEntry { content: ContentRef { address: BlobAddress([0; 16]), home: None, ..entry.content.clone() }, ..entry.clone() }
}

/// The file `record.json` of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordFile {
    /// [`FORM`].
    pub form: String,
    pub mode: Mode,
    #[serde(with = "dmp_core::moment::text")]
    pub taken_at: Moment,
    /// Name and version of the software that wrote it.
    pub software: String,
    /// Hash of `record` in lower-case hexadecimal.
    pub record_hash: String,
    /// The file of each document in the copy, by unique identifier.
    pub files: BTreeMap<String, String>,
    /// Documents whose content could not be read when the copy was made.
    pub missing: Vec<String>,
    pub record: Canonical,
}

impl RecordFile {
    /// A file of this moment.
    ///
    /// # Errors
    /// [`Error::Fault`] when the form has no JSON, which no form of ours does.
    pub fn new(record: Canonical, files: BTreeMap<String, String>, missing: Vec<String>, mode: Mode, taken_at: Moment) -> Result<Self, Error> {
        let record_hash = record_hash(&record)?;
        let software = concat!("dmp ", env!("CARGO_PKG_VERSION")).to_owned();
        Ok(RecordFile { form: FORM.to_owned(), mode, taken_at, software, record_hash, files, missing, record })
    }
}

/// SHA-256 of the compact JSON of a form, in lower-case hexadecimal.
///
/// # Errors
/// [`Error::Fault`] when the form has no JSON, which no form of ours does.
pub fn record_hash(record: &Canonical) -> Result<String, Error> {
    let mut digest = Digest(aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256));
    serde_json::to_writer(&mut digest, record).map_err(|error| Error::Fault(error.to_string()))?;
    Ok(digest.0.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Hashes what is written.
struct Digest(aws_lc_rs::digest::Context);

impl Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

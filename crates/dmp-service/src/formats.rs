//! The codecs, as the acts need them: what documents say, and the documents that the record writes itself. An edge of this crate: it knows
//! no wire format.

use async_trait::async_trait;
use bytes::Bytes;
use dmp_core::Moment;
use dmp_core::document::Author;
use dmp_core::identity::{IdentityTraits, Ins, Structure};
use dmp_core::reimbursement::Line;
use dmp_core::statement::Statement;
use dmp_core::summary::{Extraction, Fact, Summary, TextPart, When};

use crate::Error;

/// What a document says.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadDocument {
    pub extraction: Extraction,
    pub facts: Vec<Fact>,
    pub text: Vec<TextPart>,
    /// The matricule of the person whom the document names as its patient, when it names one.
    pub subject: Option<String>,
}

impl ReadDocument {
    /// Of a document that cannot be read, or must not be.
    pub fn nothing(extraction: Extraction) -> Self {
        ReadDocument { extraction, facts: Vec::new(), text: Vec::new(), subject: None }
    }
}

/// What the document of reimbursements says: the lines of one person over a period.
#[derive(Debug, Clone, Copy)]
pub struct ReimbursementDocument<'a> {
    pub ins: &'a Ins,
    pub traits: &'a IdentityTraits,
    pub from: When,
    pub to: When,
    pub created_at: Moment,
    pub unique_id: &'a str,
    /// The line of versions that it belongs to, and which one it is.
    pub set_id: &'a str,
    pub version: u32,
    /// uniqueId of the one that it takes the place of.
    pub replaces: Option<&'a str>,
    /// Newest first.
    pub lines: &'a [Line],
}

/// Models of a French medical summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SummaryModel {
    /// *Volet de synthèse médicale* 1.4 (2022.01), of the *médecin traitant*.
    Vsm,
    /// IPS-FR 2024.01, for care abroad.
    IpsFr,
}

impl SummaryModel {
    /// From `vsm` or `ips-fr`.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "vsm" => Some(SummaryModel::Vsm),
            "ips-fr" => Some(SummaryModel::IpsFr),
            _ => None,
        }
    }
}

/// What a medical summary says, and who answers for it.
#[derive(Debug, Clone, Copy)]
pub struct SummaryDocument<'a> {
    pub model: SummaryModel,
    pub summary: &'a Summary,
    pub created_at: Moment,
    pub unique_id: &'a str,
    pub set_id: &'a str,
    pub version: u32,
    pub replaces: Option<&'a str>,
    pub author: &'a Author,
    /// The author is the person's *médecin traitant*.
    pub is_medecin_traitant: bool,
    /// Where the author works, which keeps the document.
    pub structure: &'a Structure,
    /// JDV_J02 code.
    pub facility_type: &'a str,
    /// JDV_J04 code.
    pub practice_setting: &'a str,
}

/// What the person says of themself, and who says it.
#[derive(Debug, Clone, Copy)]
pub struct StatementDocument<'a> {
    pub ins: &'a Ins,
    pub traits: &'a IdentityTraits,
    pub statement: &'a Statement,
    pub created_at: Moment,
    pub unique_id: &'a str,
    /// The line of versions that it belongs to, and which one it is.
    pub set_id: &'a str,
    pub version: u32,
    /// uniqueId of the one that it takes the place of.
    pub replaces: Option<&'a str>,
    pub author: &'a Author,
}

/// Reads documents and writes some.
#[async_trait]
pub trait Formats: Send + Sync + std::fmt::Debug {
    /// Version of what reads: what an older one has read is read again by `dmp reindex`.
    fn reader(&self) -> u32;

    /// Reads a document, whatever its bytes are.
    ///
    /// # Errors
    /// [`Error::Busy`] when nobody could look at it now.
    async fn read(&self, mime_type: &str, bytes: Bytes) -> Result<ReadDocument, Error>;

    /// What the document of these lines says.
    fn read_lines(&self, lines: &[Line]) -> ReadDocument;

    /// Writes the document of reimbursements (CDA CNAM-HR).
    fn write_reimbursements(&self, document: &ReimbursementDocument<'_>) -> Bytes;

    /// Writes a medical summary (CDA).
    fn write_summary(&self, document: &SummaryDocument<'_>) -> Bytes;

    /// Writes what the person says of themself (CDA).
    fn write_statement(&self, document: &StatementDocument<'_>) -> Bytes;

    /// What such a document says, from its bytes and what was read in it; `None` for any other document.
    fn read_statement(&self, bytes: &[u8], read: &ReadDocument) -> Option<Statement>;

    /// A JPEG or PNG picture without what the camera wrote beside it; `None` for what is no such picture.
    ///
    /// # Errors
    /// [`Error::Busy`] or [`Error::Unavailable`] when nobody could look at it now.
    async fn clean_image(&self, image: Bytes) -> Result<Option<Bytes>, Error>;
}

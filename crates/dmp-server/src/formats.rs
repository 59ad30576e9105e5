//! The codecs of this program for the acts: what documents say, and the documents that the record writes itself.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use dmp_core::document::Author;
use dmp_core::reimbursement::Line;
use dmp_core::summary::{Extraction, TextPart};
use dmp_interop::cda::write;
use dmp_interop::{extract, nos};
use dmp_service::{Error, Formats, ReadDocument, ReimbursementDocument, SummaryDocument, SummaryModel};

/// Reads the text of PDFs, apart from this process.
#[async_trait]
pub trait PdfText: Send + Sync + std::fmt::Debug {
    /// The text by page, and how reading ended.
    ///
    /// # Errors
    /// [`Error::Busy`] or [`Error::Unavailable`] when nobody could look at it now.
    async fn read(&self, pdf: &[u8]) -> Result<(Extraction, Vec<TextPart>), Error>;
}

/// Reads CDA and FHIR here, within bounds, and hostile formats elsewhere.
#[derive(Debug)]
pub struct Codecs {
    pdf: Option<Arc<dyn PdfText>>,
}

impl Codecs {
    /// Codecs with a reader of PDFs.
    pub fn new(pdf: Arc<dyn PdfText>) -> Self {
        Codecs { pdf: Some(pdf) }
    }

    /// Codecs that read no PDF: for programs that have none.
    pub fn without_pdf() -> Self {
        Codecs { pdf: None }
    }

    async fn read_pdf(&self, pdf: &[u8]) -> Result<(Extraction, Vec<TextPart>), Error> {
        match &self.pdf {
            Some(reader) => reader.read(pdf).await,
            None => Ok((Extraction::NothingReadable, Vec::new())),
        }
    }
}

#[async_trait]
impl Formats for Codecs {
    fn reader(&self) -> u32 {
        extract::VERSION
    }

    async fn read(&self, mime_type: &str, bytes: Bytes) -> Result<ReadDocument, Error> {
        let mime_type = mime_type.to_owned();
        let read = tokio::task::spawn_blocking(move || extract::read(&mime_type, &bytes)).await;
        // A document over which our own reader stumbles is one that cannot be read.
        let Ok(mut read) = read else { return Ok(ReadDocument::nothing(Extraction::Unreadable)) };
        if let Some(pdf) = read.pdf.take() {
            let (extraction, text) = self.read_pdf(&pdf).await?;
            read.extraction = extraction;
            read.text.extend(text);
        }
        Ok(ReadDocument { extraction: read.extraction, facts: read.facts, text: read.text, subject: read.subject })
    }

    fn read_lines(&self, lines: &[Line]) -> ReadDocument {
        let text = lines.iter().map(line_text).collect::<Vec<_>>().join("\n");
        let text = vec![TextPart { place: String::new(), title: String::new(), text }];
        ReadDocument { extraction: Extraction::Read, facts: extract::of_lines(lines), text, subject: None }
    }

    fn write_reimbursements(&self, document: &ReimbursementDocument<'_>) -> Bytes {
        let identity = write::Identity {
            unique_id: document.unique_id,
            set_id: document.set_id,
            version: document.version,
            replaces: document.replaces,
            created_at: document.created_at,
        };
        let subject = write::Subject { ins: document.ins, traits: document.traits };
        let written =
            write::reimbursements(&write::Reimbursements { identity, subject, from: document.from, to: document.to, lines: document.lines });
        Bytes::from(written)
    }

    fn write_summary(&self, document: &SummaryDocument<'_>) -> Bytes {
        let identity = write::Identity {
            unique_id: document.unique_id,
            set_id: document.set_id,
            version: document.version,
            replaces: document.replaces,
            created_at: document.created_at,
        };
        let person = &document.summary.person;
        let author = with_words(document.author);
        let signed = write::Signed {
            identity,
            subject: write::Subject { ins: &person.ins, traits: &person.traits },
            author: &author,
            medecin_traitant: document.is_medecin_traitant.then_some(&author),
            custodian: document.structure,
            facility_type: document.facility_type,
            practice_setting: document.practice_setting,
        };
        Bytes::from(match document.model {
            SummaryModel::Vsm => write::vsm(&signed, document.summary),
            SummaryModel::IpsFr => write::ips_fr(&signed, document.summary),
        })
    }
}

/// A known speciality with its words, which a caller's token does not bring.
fn with_words(author: &Author) -> Author {
    let known = author.specialty.as_ref().and_then(|code| nos::author_specialty(&code.code));
    Author { specialty: known.or_else(|| author.specialty.clone()), ..author.clone() }
}

/// The words of a line, to search in.
fn line_text(line: &Line) -> String {
    let parties = [&line.prescriber, &line.performer];
    let words = parties.into_iter().flat_map(|party| [party.name.as_str(), party.role.as_str(), party.place.as_str()]);
    let components = line.product.components.iter().map(|component| component.display.as_str());
    std::iter::once(line.code.display.as_str()).chain(components).chain(words).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

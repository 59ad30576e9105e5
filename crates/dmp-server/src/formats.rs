//! The codecs of this program for the acts: what documents say, and the documents that the record writes itself.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use dmp_core::document::Author;
use dmp_core::reimbursement::Line;
use dmp_core::statement::Statement;
use dmp_core::summary::{Extraction, TextPart};
use dmp_interop::cda::write;
use dmp_interop::{extract, nos};
use dmp_service::{Error, Formats, ReadDocument, ReimbursementDocument, StatementDocument, SummaryDocument, SummaryModel};

/// Reads formats that may be made to do harm (PDF, DICOM), apart from this process.
#[async_trait]
pub trait HostileFormats: Send + Sync + std::fmt::Debug {
    /// What the document says, and how reading ended.
    ///
    /// # Errors
    /// [`Error::Busy`] or [`Error::Unavailable`] when nobody could look at it now.
    async fn read(&self, document: &[u8]) -> Result<ReadDocument, Error>;

    /// A JPEG or PNG picture without what the camera wrote beside it; `None` for what is no such picture.
    ///
    /// # Errors
    /// As [`HostileFormats::read`].
    async fn clean_image(&self, image: &[u8]) -> Result<Option<Vec<u8>>, Error>;
}

/// Reads CDA and FHIR here, within bounds, and hostile formats elsewhere.
#[derive(Debug)]
pub struct Codecs {
    hostile: Option<Arc<dyn HostileFormats>>,
}

impl Codecs {
    /// Codecs with a reader of hostile formats.
    pub fn new(hostile: Arc<dyn HostileFormats>) -> Self {
        Codecs { hostile: Some(hostile) }
    }

    /// Codecs that read neither PDF nor DICOM: for programs that have no child to do it.
    pub fn without_hostile() -> Self {
        Codecs { hostile: None }
    }

    async fn read_apart(&self, document: &[u8]) -> Result<ReadDocument, Error> {
        match &self.hostile {
            Some(reader) => reader.read(document).await,
            None => Ok(ReadDocument::nothing(Extraction::NothingReadable)),
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
        if let Some(document) = read.apart.take() {
            let apart = self.read_apart(&document).await?;
            // SECURITY: what is inside must not be another person's than what is around it.
            if read.subject.is_some() && apart.subject.is_some() && read.subject != apart.subject {
                return Ok(ReadDocument::nothing(Extraction::Unreadable));
            }
            read.extraction = apart.extraction;
            read.facts.extend(apart.facts);
            read.text.extend(apart.text);
            read.subject = read.subject.or(apart.subject);
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

    fn write_statement(&self, document: &StatementDocument<'_>) -> Bytes {
        let identity = write::Identity {
            unique_id: document.unique_id,
            set_id: document.set_id,
            version: document.version,
            replaces: document.replaces,
            created_at: document.created_at,
        };
        let subject = write::Subject { ins: document.ins, traits: document.traits };
        Bytes::from(write::personal(&write::Personal { identity, subject, author: document.author, statement: document.statement }))
    }

    fn read_statement(&self, bytes: &[u8], read: &ReadDocument) -> Option<Statement> {
        Statement::of(&read.facts, &write::written_directives(bytes))
    }

    async fn clean_image(&self, image: Bytes) -> Result<Option<Bytes>, Error> {
        match &self.hostile {
            Some(reader) => Ok(reader.clean_image(&image).await?.map(Bytes::from)),
            None => Err(Error::Unavailable("no child reads pictures".to_owned())),
        }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by ending")]

    use dmp_core::summary::{Concept, Fact, ImagingKind, Party, Period, Proof, What};

    use super::*;

    const INS: &str = "279035121518989";

    /// A child that finds one study of one person in whatever it is given.
    #[derive(Debug)]
    struct OneStudy;

    #[async_trait]
    impl HostileFormats for OneStudy {
        async fn clean_image(&self, image: &[u8]) -> Result<Option<Vec<u8>>, Error> {
            Ok(Some(image.to_vec()))
        }

        async fn read(&self, _: &[u8]) -> Result<ReadDocument, Error> {
            let (modality, study) = ("CT".to_owned(), Some("1.2.3".to_owned()));
            let what = What::Imaging { kind: ImagingKind::Study, modality, region: String::new(), accession: None, study, link: None };
            let fact = Fact { what, concept: Concept::words("Scanner"), period: Period::default(), by: Party::default(), proof: Proof::default() };
            let text = vec![TextPart { place: String::new(), title: String::new(), text: "Scanner".into() }];
            Ok(ReadDocument { extraction: Extraction::Read, facts: vec![fact], text, subject: Some(INS.to_owned()) })
        }
    }

    fn dicom() -> Bytes {
        Bytes::from([&[0; 128][..], b"DICM"].concat())
    }

    #[tokio::test]
    async fn a_dicom_object_is_read_apart_and_gives_its_study_and_its_patient() {
        let codecs = Codecs::new(Arc::new(OneStudy));
        for media_type in ["application/dicom", "Application/DICOM; charset=x", "application/octet-stream", ""] {
            let read = codecs.read(media_type, dicom()).await.unwrap();
            assert_eq!((read.extraction, read.facts.len(), read.text.len()), (Extraction::Read, 1, 1), "{media_type}");
            assert_eq!(read.subject.as_deref(), Some(INS));
        }
        assert_eq!(codecs.read("application/dicom", Bytes::from_static(b"GIF89a")).await.unwrap(), ReadDocument::nothing(Extraction::Unreadable));
    }

    #[tokio::test]
    async fn without_a_child_a_dicom_object_is_nothing_readable() {
        let read = Codecs::without_hostile().read("application/dicom", dicom()).await.unwrap();
        assert_eq!(read, ReadDocument::nothing(Extraction::NothingReadable));
    }

    #[tokio::test]
    async fn a_document_around_the_study_of_somebody_else_gives_nothing() {
        let codecs = Codecs::new(Arc::new(OneStudy));
        let around = |ins: &str| {
            format!(
                "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><recordTarget><patientRole><id root=\"1.2.250.1.213.1.4.10\" extension=\"{ins}\"/>\
                 </patientRole></recordTarget><component><nonXMLBody><text mediaType=\"application/pdf\" representation=\"B64\">JVBERi0xLjcK</text>\
                 </nonXMLBody></component></ClinicalDocument>"
            )
        };
        let read = codecs.read("text/xml", around(INS).into()).await.unwrap();
        assert_eq!((read.extraction, read.facts.len()), (Extraction::Read, 1));
        let read = codecs.read("text/xml", around("179035121518950").into()).await.unwrap();
        assert_eq!(read, ReadDocument::nothing(Extraction::Unreadable));
    }
}

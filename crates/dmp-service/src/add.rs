//! What the person adds to their record: something they say of themself, or a file. It becomes a document like any other, judged as
//! [`Act::Publish`]; what it says is read in the same commit, so that the summary has it at once.

use bytes::Bytes;
use dmp_core::access::{Act, Caller, EntryFacts, Facts};
use dmp_core::document::{AvailabilityStatus, Code, DocumentEntry, SourcePatient, TypeCode, Visibility, system};
use dmp_core::ids::urn_uuid;
use dmp_core::record::Record;
use dmp_core::statement::Statement;
use dmp_core::{EntryId, Moment};

use crate::formats::{Formats, ReadDocument, StatementDocument};
use crate::judge::Asked;
use crate::publish::{NewDocument, NewSet, Published, ReplaceTarget, Submission, author_of, digest};
use crate::reading::new_extract;
use crate::{Error, PersonRef, Service};

/// Something to add.
#[derive(Debug, Clone)]
pub struct Addition {
    pub content: Added,
    /// The form that it was typed into: sent twice with the same words it makes one document.
    pub form: [u8; 16],
    /// When that form was shown: the document's own date, the same each time it is sent.
    pub shown_at: Moment,
    /// The document of the person's own that it takes the place of.
    pub replaces: Option<EntryId>,
}

/// What is added.
#[derive(Debug, Clone)]
pub enum Added {
    Said(Statement),
    File(AddedFile),
}

/// A file, checked: bytes of the format that its media type says.
#[derive(Debug, Clone)]
pub struct AddedFile {
    pub title: String,
    pub type_code: TypeCode,
    pub mime_type: &'static str,
    /// The day of what it tells; `None`: the day on which it came.
    pub at: Option<Moment>,
    pub bytes: Bytes,
    pub read: ReadDocument,
}

impl Service {
    /// Adds a document of the person's own.
    ///
    /// # Errors
    /// As [`Service::publish`].
    pub async fn add(&self, person: &PersonRef, addition: &Addition, caller: &Caller, formats: &dyn Formats) -> Result<Published, Error> {
        let asked = Asked { act: Act::Publish, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await?;
        let (document, read) = match &addition.content {
            Added::Said(statement) => self.said(&record, addition, statement, caller, formats).await?,
            Added::File(file) => (file_document(&record, addition, file, caller), file.read.clone()),
        };
        let submission = Submission { set: NewSet::default(), documents: vec![document], folders: Vec::new() };
        self.publish_read(person, &submission, caller, &|entry: &DocumentEntry| Some(new_extract(formats, entry, read.clone()))).await
    }

    async fn said(
        &self,
        record: &Record,
        addition: &Addition,
        statement: &Statement,
        caller: &Caller,
        formats: &dyn Formats,
    ) -> Result<(NewDocument, ReadDocument), Error> {
        let before = addition.replaces.and_then(|id| record.entry(id));
        let first =
            std::iter::successors(before, |entry| entry.replaces.and_then(|id| record.entry(id))).take(record.entries.len()).collect::<Vec<_>>();
        let unique_id = unique_id(addition, caller, format!("{statement:?}").as_bytes());
        let line = first.last().map_or(unique_id.as_str(), |entry| entry.unique_id.as_str());
        let bytes = formats.write_statement(&StatementDocument {
            ins: &record.head.ins,
            traits: &record.head.traits,
            statement,
            created_at: addition.shown_at,
            unique_id: &unique_id,
            set_id: &urn_uuid(digest::<16>(&aws_lc_rs::digest::SHA256, line.as_bytes())),
            version: u32::try_from(first.len()).unwrap_or(u32::MAX - 1) + 1,
            replaces: before.map(|entry| entry.unique_id.as_str()),
            author: &author_of(caller),
        });
        let read = formats.read(CDA, bytes.clone()).await?;
        let day = statement.day().and_then(moment_in_paris);
        let at = day.filter(|at| *at <= addition.shown_at).unwrap_or(addition.shown_at);
        let type_code = TypeCode::parse(statement.kind().type_code()).unwrap_or_else(TypeCode::any);
        let format = Code::new("urn:asipSante:modelesHorsProfils:2011", system::TRE_A06, "Modèle hors profils");
        let document = document(record, addition, unique_id, (statement.title(), type_code), (CDA, format), at, bytes);
        Ok((document, read))
    }

    /// Whether a document of a type would be taken from this caller now: for offering a form, never for taking it.
    pub fn would_take(&self, record: &Record, type_code: &str, caller: &Caller) -> bool {
        self.would_add(record, type_code, caller, true)
    }

    /// The same of a professional's document.
    pub fn would_publish(&self, record: &Record, type_code: &str, caller: &Caller) -> bool {
        self.would_add(record, type_code, caller, false)
    }

    fn would_add(&self, record: &Record, type_code: &str, caller: &Caller, patient_authored: bool) -> bool {
        let asked = Asked { act: Act::Publish, caller, now: self.clock.now() };
        let entry = EntryFacts {
            type_code: type_code.to_owned(),
            status: AvailabilityStatus::deposited(),
            masked: false,
            invisible_to_patient: false,
            invisible_to_representatives: false,
            deposited_at: asked.now,
            announced: false,
            patient_authored,
            written_by_caller: true,
        };
        self.ask(&asked, &Facts { entry: Some(entry), ..self.facts(record, &asked) }).is_permitted()
    }

    /// Sixteen fresh bytes for a form.
    pub fn fresh_form(&self) -> [u8; 16] {
        self.random.bytes16("form")
    }
}

const CDA: &str = "text/xml";

/// The same form with the same words makes the same name, from the same account alone.
fn unique_id(addition: &Addition, caller: &Caller, content: &[u8]) -> String {
    let replaced = addition.replaces.map_or([0; 16], |id| id.0);
    let shown = addition.shown_at.as_micros().to_be_bytes();
    let account = caller.account.as_bytes();
    let all = [&addition.form[..], &replaced, &shown, &account.len().to_be_bytes(), account, content].concat();
    urn_uuid(digest::<16>(&aws_lc_rs::digest::SHA256, &all))
}

fn file_document(record: &Record, addition: &Addition, file: &AddedFile, caller: &Caller) -> NewDocument {
    let named = format!("{} {} {} {:?} ", file.title, file.type_code.as_str(), file.mime_type, file.at);
    let unique_id = unique_id(addition, caller, &[named.as_bytes(), &file.bytes].concat());
    let format = match file.mime_type {
        "application/pdf" => Code::new("urn:ihe:iti:xds-sd:pdf:2008", system::IHE_FORMAT, "PDF"),
        "text/plain" => Code::new("urn:ihe:iti:xds-sd:text:2008", system::IHE_FORMAT, "Texte"),
        "image/jpeg" => Code::new("urn:ihe:iti-fr:xds-sd:jpeg:2010", system::TRE_A06, "JPEG"),
        _ => Code::new("urn:ihe:iti:xds:2017:mimeTypeSufficient", system::IHE_FORMAT, "Type MIME suffisant"),
    };
    let at = file.at.unwrap_or(addition.shown_at);
    document(record, addition, unique_id, (file.title.clone(), file.type_code.clone()), (file.mime_type, format), at, file.bytes.clone())
}

fn document(
    record: &Record,
    addition: &Addition,
    unique_id: String,
    (title, type_code): (String, TypeCode),
    (mime_type, format): (&str, Code),
    at: Moment,
    bytes: Bytes,
) -> NewDocument {
    let traits = &record.head.traits;
    let own = |display: &str| Code::new("EXP_PATIENT", system::TRE_A00, display);
    NewDocument {
        unique_id,
        visibility: Visibility::default(),
        type_code,
        title,
        mime_type: mime_type.to_owned(),
        language: "fr-FR".to_owned(),
        format,
        facility_type: own("Expression personnelle du patient"),
        practice_setting: own("Expression personnelle du patient"),
        event_codes: Vec::new(),
        comments: None,
        created_at: addition.shown_at,
        service_start: at,
        service_stop: None,
        authors: Vec::new(),
        legal_authenticator: None,
        source_patient: SourcePatient {
            id: record.head.ins.matricule().to_owned(),
            name: traits.birth_name.clone(),
            gender: String::new(),
            birth_date: traits.birth_date.to_iso().replace('-', ""),
        },
        references: Vec::new(),
        replaces: addition.replaces.map(ReplaceTarget::Entry),
        bytes,
    }
}

/// The moment that a clock in Paris shows; midday of a day without a minute.
fn moment_in_paris(when: dmp_core::summary::When) -> Option<Moment> {
    let day = when.first_day()?;
    let minute = when.minute.unwrap_or(12 * 60);
    let (hour, minute) = (i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?);
    let paris = jiff::tz::TimeZone::get("Europe/Paris").unwrap_or(jiff::tz::TimeZone::UTC);
    day.at(hour, minute, 0, 0).to_zoned(paris).ok().map(|zoned| Moment::from(zoned.timestamp()))
}

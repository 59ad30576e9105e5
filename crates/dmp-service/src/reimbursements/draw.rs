//! Draws the insurer's lines of one person into their record (CSP L.1111-15): at opening, then each week. One document, replaced when what it
//! says has changed, and its facts with it. Lines of people without an open record are never asked for.

use dmp_core::Moment;
use dmp_core::access::{Caller, CallerKind};
use dmp_core::document::{AvailabilityStatus, Code, DocumentEntry, SourcePatient, TypeCode, Visibility, system};
use dmp_core::identity::PersonName;
use dmp_core::ids::{RecordKey, urn_uuid};
use dmp_core::record::{Record, RecordStatus};
use dmp_core::reimbursement::{Line, REIMBURSEMENTS, SecretCare, is_reimbursements};
use dmp_core::summary::When;
use dmp_store::Change;

use super::{ReimbursementSource, SourceError};
use crate::formats::{Formats, ReadDocument, ReimbursementDocument};
use crate::publish::{NewDocument, NewSet, ReplaceTarget, Submission};
use crate::reading::new_extract;
use crate::{Error, PersonRef, Service};

/// Where the insurer's lines come from, and how far back.
#[derive(Debug, Clone)]
pub struct Insurer {
    pub source: std::sync::Arc<dyn ReimbursementSource>,
    pub formats: std::sync::Arc<dyn Formats>,
    /// Months of history (12 at first, 24 since November 2018: `domain.md` 5).
    pub months: u8,
    /// Days between two drawings.
    pub days: u16,
}

impl Insurer {
    /// A source with the rhythm and the period of the law's first years.
    pub fn new(source: std::sync::Arc<dyn ReimbursementSource>, formats: std::sync::Arc<dyn Formats>) -> Self {
        Insurer { source, formats, months: 12, days: 7 }
    }
}

/// What a drawing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// So many lines are in the record now.
    Filled(usize),
    /// What the record holds says the same already.
    Unchanged,
    /// The record is not open: nothing was asked for.
    NotOpen,
}

impl Service {
    /// Draws the insurer's lines of a record and publishes them.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the source does not answer: it is asked again later; failures of the store.
    pub async fn draw_reimbursements(&self, key: RecordKey) -> Result<Drawn, Error> {
        let Some(insurer) = &self.insurer else { return Ok(Drawn::NotOpen) };
        let now = self.clock.now();
        let drawn = self.draw_once(insurer, key, now).await?;
        self.store.refresh_at(key, now.plus_days(i64::from(insurer.days))).await?;
        Ok(drawn)
    }

    async fn draw_once(&self, insurer: &Insurer, key: RecordKey, now: Moment) -> Result<Drawn, Error> {
        let Some(record) = self.store.load(key).await?.filter(|record| record.head.status == RecordStatus::Open) else {
            return Ok(Drawn::NotOpen);
        };
        let (lines, from, to) = self.lines_of(insurer, &record, now).await?;
        let read = insurer.formats.read_lines(&lines);
        let present = present(&record);
        // What was hidden from the representatives told too much: what takes its place does not, and is theirs to read.
        if let Some(present) = present
            && !present.visibility.invisible_to_representatives
            && self.store.extracts(key).await?.of(present.id).is_some_and(|extract| extract.facts == read.facts)
        {
            return Ok(Drawn::Unchanged);
        }
        let drawing = Drawing { record: &record, present, lines: &lines, from, to, now };
        self.publish_drawn(insurer, &drawing, read).await?;
        Ok(Drawn::Filled(lines.len()))
    }

    async fn publish_drawn(&self, insurer: &Insurer, drawing: &Drawing<'_>, read: ReadDocument) -> Result<(), Error> {
        let random = |purpose: &str| self.random.bytes16(&format!("{purpose} {} {}", drawing.record.key.to_hex(), drawing.now.as_micros()));
        let unique_id = urn_uuid(random("reimbursements"));
        let document = drawing.document(&insurer.formats, unique_id);
        let submission = Submission { set: NewSet::default(), documents: vec![document], folders: Vec::new() };
        let caller = feed();
        let extract = |entry: &DocumentEntry| Some(new_extract(&*insurer.formats, entry, read.clone()));
        self.publish_read(&PersonRef::Record(drawing.record.key), &submission, &caller, &extract).await.map(drop)
    }

    /// Whether the record of a person says now what the insurer's lines say. Nothing is released: no leaf.
    ///
    /// # Errors
    /// [`Error::NotFound`] without a record or a source; failures of the store and the source.
    pub async fn says_what_the_insurer_says(&self, person: &PersonRef) -> Result<bool, Error> {
        let (Some(insurer), Some(record)) = (&self.insurer, self.find_record(person).await?) else { return Err(Error::NotFound("record-not-found")) };
        let read = insurer.formats.read_lines(&self.lines_of(insurer, &record, self.clock.now()).await?.0);
        let Some(present) = present(&record) else { return Ok(false) };
        Ok(self.store.extracts(record.key).await?.of(present.id).is_some_and(|extract| extract.facts == read.facts))
    }

    /// The lines of a person as their document has them, newest first, with the days that they lie in.
    async fn lines_of(&self, insurer: &Insurer, record: &Record, now: Moment) -> Result<(Vec<Line>, When, When), Error> {
        let to = When::of(now);
        let from = to.plus_months(-i32::from(insurer.months)).unwrap_or(to);
        let lines = insurer.source.lines_of(&record.head.ins, record.head.traits.birth_date, from, to).await;
        let mut lines = lines.map_err(|error| unanswered(&error))?;
        // SECURITY: what belongs to a minor's secret care is not transferred (`domain.md` 3.5): parents would read of it here.
        let secret = SecretCare::of(record.entries.iter().map(AsRef::as_ref));
        lines.retain(|line| !secret.is_told_by(line));
        lines.reverse();
        Ok((lines, from, to))
    }

    /// The documents of reimbursements that tell of care which these new documents keep from the representatives, hidden from them as of now:
    /// the next drawing leaves it out.
    pub(crate) async fn betrayed_reimbursements(&self, record: &Record, fresh: &[DocumentEntry], now: Moment) -> Result<Vec<Change>, Error> {
        let secret = SecretCare::of(fresh);
        if secret.is_empty() {
            return Ok(Vec::new());
        }
        let extracts = self.store.extracts(record.key).await?;
        // One that was not read yet may tell of anything.
        let tells = |entry: &DocumentEntry| extracts.of(entry.id).is_none_or(|extract| extract.facts.iter().any(|fact| secret.is_told_by_fact(fact)));
        let open = record.entries.iter().filter(|entry| is_reimbursements(entry) && !entry.visibility.invisible_to_representatives);
        let hidden = open.filter(|entry| tells(entry)).map(|entry| {
            let visibility = Visibility { invisible_to_representatives: true, ..entry.visibility };
            Change::PutEntry(Box::new(DocumentEntry { visibility, version: entry.version + 1, updated_at: now, ..DocumentEntry::clone(entry) }))
        });
        Ok(hidden.collect())
    }

    /// Draws the lines of the records for which it is due, one batch. Gives how many records it took.
    pub(crate) async fn refresh_due(&self) -> Result<u64, Error> {
        if self.insurer.is_none() {
            return Ok(0);
        }
        let now = self.clock.now();
        let keys = self.store.claim_refresh(now, now.plus_seconds(SECONDS_UNTIL_AGAIN), BATCH).await?;
        let count = u64::try_from(keys.len()).unwrap_or(u64::MAX);
        for key in keys {
            // Tried again when the claim ends. What is wrong with one record does not hold the others up.
            if let Err(error) = self.draw_reimbursements(key).await {
                tracing::error!(error.code = error.code(), "reimbursements of a record could not be drawn and are tried again later");
            }
        }
        Ok(count)
    }

    /// Draws a record's lines anew because secret care was published: at once, or else by the worker.
    pub(crate) async fn draw_without_secret_care(&self, key: RecordKey) {
        if let Err(error) = self.store.refresh_at(key, self.clock.now()).await {
            tracing::error!(error.code = Error::from(error).code(), "the next drawing of a record could not be put forward");
        }
        self.fill_new(key).await;
    }

    /// Fills a record that was just opened. What fails is tried again by the worker: an opening does not fail with it.
    pub(crate) async fn fill_new(&self, key: RecordKey) {
        if let Err(error) = self.draw_reimbursements(key).await {
            tracing::warn!(error.code = error.code(), "a record could not be filled at once and is filled later");
        }
    }
}

/// The document of reimbursements that a record holds now.
fn present(record: &Record) -> Option<&DocumentEntry> {
    let is_it = |entry: &&DocumentEntry| is_reimbursements(entry) && matches!(entry.status, AvailabilityStatus::Approved(_));
    record.entries.iter().map(AsRef::as_ref).filter(is_it).max_by_key(|entry| entry.submitted_at)
}

/// What one drawing knows.
struct Drawing<'a> {
    record: &'a Record,
    present: Option<&'a DocumentEntry>,
    lines: &'a [Line],
    from: When,
    to: When,
    now: Moment,
}

impl Drawing<'_> {
    fn document(&self, formats: &std::sync::Arc<dyn Formats>, unique_id: String) -> NewDocument {
        let head = &self.record.head;
        let version = self.record.entries.iter().filter(|entry| is_reimbursements(entry)).count() + 1;
        let bytes = formats.write_reimbursements(&ReimbursementDocument {
            ins: &head.ins,
            traits: &head.traits,
            from: self.from,
            to: self.to,
            created_at: self.now,
            unique_id: &unique_id,
            set_id: &urn_uuid(self.record.key.0),
            version: u32::try_from(version).unwrap_or(u32::MAX),
            replaces: self.present.map(|present| present.unique_id.as_str()),
            lines: self.lines,
        });
        let moment = |when: When| when.first_day().and_then(|day| Moment::from_civil_utc(day.to_datetime(jiff::civil::Time::midnight())));
        NewDocument {
            unique_id,
            // The person's choice for all documents counts for this one too (`domain-supplement.md` 8); the law sees to it.
            visibility: Visibility::default(),
            type_code: TypeCode::parse(REIMBURSEMENTS).unwrap_or_else(TypeCode::any),
            title: "Historique des remboursements".to_owned(),
            mime_type: "text/xml".to_owned(),
            language: "fr-FR".to_owned(),
            format: Code::new("urn:asip:ci-sis:hr:2019", system::TRE_A06, "Historique des remboursements"),
            facility_type: Code::new("SA24", system::TRE_R02, "Organisme de sécurité sociale"),
            practice_setting: Code::new("AMO", system::TRE_A01, "Organisme d'assurance maladie obligatoire"),
            event_codes: Vec::new(),
            comments: None,
            created_at: self.now,
            service_start: moment(self.from).unwrap_or(self.now),
            service_stop: moment(self.to),
            authors: Vec::new(),
            legal_authenticator: None,
            source_patient: SourcePatient {
                id: head.ins.matricule().to_owned(),
                name: head.traits.birth_name.clone(),
                gender: String::new(),
                birth_date: head.traits.birth_date.to_iso().replace('-', ""),
            },
            references: Vec::new(),
            replaces: self.present.map(|present| ReplaceTarget::Entry(present.id)),
            bytes,
        }
    }
}

/// The insurer's feed as a caller. It has a name, which the journal tells.
fn feed() -> Caller {
    Caller {
        name: Some(PersonName::new("", "Assurance maladie")),
        software: Some(concat!("dmp ", env!("CARGO_PKG_VERSION")).to_owned()),
        ..Caller::bare("system:assurance-maladie".to_owned(), CallerKind::ReimbursementFeed)
    }
}

fn unanswered(error: &SourceError) -> Error {
    tracing::error!(%error, "the source of reimbursements does not give what it was asked for");
    match error {
        SourceError::Unavailable(_) => Error::Unavailable("insurer-unavailable".to_owned()),
        SourceError::Damaged(_) => Error::Fault("the source of reimbursements is damaged".to_owned()),
    }
}

/// Records taken at once.
const BATCH: u32 = 64;
/// When a record that could not be filled is tried again.
const SECONDS_UNTIL_AGAIN: i64 = 900;

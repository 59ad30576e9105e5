//! The medical summary that a doctor writes from the record's own (*volet de synthèse médicale*, `domain.md` 4.7): a draft for their software,
//! or edited and signed here.

use std::sync::Arc;

use bytes::Bytes;
use dmp_core::access::{Act, Caller, CallerKind};
use dmp_core::document::{
    Announcement, Author, AvailabilityStatus, Code, Confidentiality, DocumentEntry, SourcePatient, TypeCode, Veil, Visibility, system,
};
use dmp_core::identity::{Profession, Structure};
use dmp_core::ids::urn_uuid;
use dmp_core::record::Record;
use dmp_core::summary::Bounds;
use dmp_core::summary::edition::{Edition, edited};
use dmp_core::{Moment, RecordKey};

use crate::formats::{Formats, SummaryDocument, SummaryModel};
use crate::judge::{Asked, judged_again_when_stale};
use crate::publish::{NewDocument, NewSet, Published, ReplaceTarget, Submission, author_of, digest};
use crate::{Error, PersonRef, Service, Summarized};

/// A draft of a medical summary as a document.
#[derive(Debug, Clone)]
pub struct DraftedDocument {
    pub record: RecordKey,
    /// CDA.
    pub bytes: Bytes,
}

impl Service {
    /// The summary from which a caller writes one for others: of what they may read, without what is hidden from anyone. A document that
    /// others read must not tell what they may not.
    ///
    /// # Errors
    /// As [`Service::summarize`].
    pub async fn draft_summary(&self, person: &PersonRef, caller: &Caller) -> Result<Summarized, Error> {
        judged_again_when_stale!(self.summarize_once(person, caller, DRAFTED, is_open_to_all).await)
    }

    /// A draft as a document, for a professional whose software goes on with it. Nothing is published.
    ///
    /// # Errors
    /// As [`Service::summarize`]; [`Error::Conflict`] `summary-not-a-professional`, `summary-structure-missing`.
    pub async fn draft_document(
        &self,
        person: &PersonRef,
        caller: &Caller,
        model: SummaryModel,
        formats: &dyn Formats,
    ) -> Result<DraftedDocument, Error> {
        let made = self.draft_summary(person, caller).await?;
        let author = professional(caller)?;
        let now = self.clock.now();
        let is_medecin_traitant = self.signs_summary(&made.record, caller);
        let signing = Signing { model, made: &made, author: &author, structure: structure(&author)?, now, is_medecin_traitant };
        let unique_id = self.fresh_id("draft", made.record.key, now);
        Ok(DraftedDocument { record: made.record.key, bytes: signing.write(formats, &unique_id, None, 1) })
    }

    /// Whether this caller signs this person's medical summary: the *médecin traitant* does (CSS L.162-5-3).
    pub fn signs_summary(&self, record: &Record, caller: &Caller) -> bool {
        let asked = Asked { act: Act::Publish, caller, now: self.clock.now() };
        let is_doctor = caller.profession.as_ref().is_some_and(Profession::is_doctor);
        is_doctor && self.facts(record, &asked).relation.medecin_traitant
    }

    /// Publishes the medical summary (VSM) as its doctor edited it. It takes the place of the one that they signed before.
    ///
    /// # Errors
    /// As [`Service::draft_document`] and [`Service::publish`]; [`Error::Conflict`] `summary-not-medecin-traitant`, `summary-changed`;
    /// [`Error::Invalid`] for what the edition says wrong. Nothing is half-done.
    pub async fn sign_summary(&self, person: &PersonRef, caller: &Caller, edition: &Edition, formats: &dyn Formats) -> Result<Published, Error> {
        let made = self.draft_summary(person, caller).await?;
        let author = professional(caller)?;
        let structure = structure(&author)?;
        if !self.signs_summary(&made.record, caller) {
            return Err(Error::Conflict("summary-not-medecin-traitant"));
        }
        let summary = edited(&made.summary, edition, &caller.shown_name()).map_err(|issue| match issue.code.as_str() {
            "summary-changed" => Error::Conflict("summary-changed"),
            _ => Error::invalid(issue),
        })?;
        let now = self.clock.now();
        let signed = Summarized { record: made.record, summary: Arc::new(summary) };
        let signing = Signing { model: SummaryModel::Vsm, made: &signed, author: &author, structure, now, is_medecin_traitant: true };
        let before = signing.before(caller);
        let version = signing.versions(caller) + 1;
        let unique_id = self.fresh_id("summary", signed.record.key, now);
        let bytes = signing.write(formats, &unique_id, before.map(|entry| entry.unique_id.as_str()), version);
        let document = signing.document(unique_id, before, bytes);
        let submission = Submission { set: NewSet::default(), documents: vec![document], folders: Vec::new() };
        self.publish(&PersonRef::Record(signed.record.key), &submission, caller).await
    }

    fn fresh_id(&self, purpose: &str, key: RecordKey, now: Moment) -> String {
        urn_uuid(self.random.bytes16(&format!("{purpose} {} {}", key.to_hex(), now.as_micros())))
    }
}

/// SECURITY: whether a document is hidden from nobody. Only then may another document, which others read, tell what it says.
fn is_open_to_all(entry: &DocumentEntry, now: Moment) -> bool {
    let Visibility { confidentiality, masked, invisible_to_patient, invisible_to_representatives } = entry.visibility;
    let waits = invisible_to_patient && Announcement::of(entry).veil(now) != Veil::Lifted;
    confidentiality == Confidentiality::Normal && !masked && !waits && !invisible_to_representatives
}

fn professional(caller: &Caller) -> Result<Author, Error> {
    match caller.kind {
        CallerKind::Professional => Ok(author_of(caller)),
        _ => Err(Error::Conflict("summary-not-a-professional")),
    }
}

fn structure(author: &Author) -> Result<&Structure, Error> {
    author.institution.as_ref().ok_or(Error::Conflict("summary-structure-missing"))
}

/// A summary about to be written.
struct Signing<'a> {
    model: SummaryModel,
    made: &'a Summarized,
    author: &'a Author,
    structure: &'a Structure,
    now: Moment,
    is_medecin_traitant: bool,
}

impl Signing<'_> {
    fn write(&self, formats: &dyn Formats, unique_id: &str, replaces: Option<&str>, version: u32) -> Bytes {
        // The versions of one doctor's summary of one person make one line.
        let id = self.author.id.as_deref().unwrap_or_default();
        let line = digest::<16>(&aws_lc_rs::digest::SHA256, format!("summary {} {id}", self.made.record.key.to_hex()).as_bytes());
        formats.write_summary(&SummaryDocument {
            model: self.model,
            summary: &self.made.summary,
            created_at: self.now,
            unique_id,
            set_id: &urn_uuid(line),
            version,
            replaces,
            author: self.author,
            is_medecin_traitant: self.is_medecin_traitant,
            structure: self.structure,
            facility_type: FACILITY.0,
            practice_setting: SETTING.0,
        })
    }

    /// The summaries that this doctor signed here, in any state.
    fn own<'s>(&'s self, caller: &'s Caller) -> impl Iterator<Item = &'s DocumentEntry> {
        let is_own =
            |entry: &&DocumentEntry| entry.type_code.as_str() == TYPE && entry.format.code == FORMAT && entry.was_written_by(&caller.account);
        self.made.record.entries.iter().map(AsRef::as_ref).filter(is_own)
    }

    /// The one that the new one replaces.
    fn before<'s>(&'s self, caller: &'s Caller) -> Option<&'s DocumentEntry> {
        self.own(caller).filter(|entry| matches!(entry.status, AvailabilityStatus::Approved(_))).max_by_key(|entry| entry.submitted_at)
    }

    fn versions(&self, caller: &Caller) -> u32 {
        u32::try_from(self.own(caller).count()).unwrap_or(u32::MAX - 1)
    }

    fn document(&self, unique_id: String, before: Option<&DocumentEntry>, bytes: Bytes) -> NewDocument {
        let head = &self.made.record.head;
        NewDocument {
            unique_id,
            visibility: Visibility::default(),
            type_code: TypeCode::parse(TYPE).unwrap_or_else(TypeCode::any),
            title: "Volet de synthèse médicale".to_owned(),
            mime_type: "text/xml".to_owned(),
            language: "fr-FR".to_owned(),
            format: Code::new(FORMAT, system::TRE_A06, "Synthèse médicale"),
            facility_type: Code::new(FACILITY.0, system::TRE_R02, FACILITY.1),
            practice_setting: Code::new(SETTING.0, system::TRE_A01, SETTING.1),
            event_codes: Vec::new(),
            comments: None,
            created_at: self.now,
            service_start: self.now,
            service_stop: None,
            authors: vec![self.author.clone()],
            legal_authenticator: Some(self.author.clone()),
            source_patient: SourcePatient {
                id: head.ins.matricule().to_owned(),
                name: head.traits.birth_name.clone(),
                gender: String::new(),
                birth_date: head.traits.birth_date.to_iso().replace('-', ""),
            },
            references: Vec::new(),
            replaces: before.map(|entry| ReplaceTarget::Entry(entry.id)),
            bytes,
        }
    }
}

/// Type, format, sector and setting of the document. The caller's account does not say in which kind of practice they work.
const TYPE: &str = "SYNTH";
const FORMAT: &str = "urn:asip:ci-sis:vsm:2012";
const FACILITY: (&str, &str) = ("SA07", "Cabinet individuel");
const SETTING: (&str, &str) = ("AMBULATOIRE", "Ambulatoire");
/// A summary that somebody signs is short.
const DRAFTED: Bounds = Bounds { lines: 60, sources: 5, series: 60, points: 3 };

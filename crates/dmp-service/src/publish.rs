//! TD2.1: feeds a record. A submission is atomic; the same document sent twice is answered as the first time.

use bytes::Bytes;
use dmp_core::access::{Act, Caller, CallerKind, EntryFacts, Facts};
use dmp_core::document::{
    Announcement, Author, AuthorKind, AvailabilityStatus, Code, ContentRef, DocumentEntry, Folder, Reference, SourcePatient, SubmissionSet, TypeCode,
    Veil, Visibility,
};
use dmp_core::ids::{BlobAddress, urn_uuid};
use dmp_core::record::{Head, NoticeKind, Record};
use dmp_core::reimbursement::is_reimbursements;
use dmp_core::{EntryId, Issue, Moment, RecordKey};
use dmp_store::{Change, Expected, NewExtract};

use crate::corrections::told;
use crate::head_act::tell;
use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, PersonRef, Service};

/// A document to feed: the metadata its producer gives, and its bytes.
#[derive(Debug, Clone)]
pub struct NewDocument {
    pub unique_id: String,
    pub visibility: Visibility,
    pub type_code: TypeCode,
    pub title: String,
    pub mime_type: String,
    pub language: String,
    pub format: Code,
    pub facility_type: Code,
    pub practice_setting: Code,
    pub event_codes: Vec<Code>,
    pub comments: Option<String>,
    pub created_at: Moment,
    pub service_start: Moment,
    pub service_stop: Option<Moment>,
    /// Empty: the caller is the author.
    pub authors: Vec<Author>,
    pub legal_authenticator: Option<Author>,
    pub source_patient: SourcePatient,
    pub references: Vec<Reference>,
    pub replaces: Option<ReplaceTarget>,
    pub bytes: Bytes,
}

/// The document that a new one replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplaceTarget {
    Entry(EntryId),
    UniqueId(String),
}

/// The lot that carries the documents; what is absent is made by the server.
#[derive(Debug, Clone, Default)]
pub struct NewSet {
    pub unique_id: Option<String>,
    pub source_id: Option<String>,
    pub content_type: Option<Code>,
    pub title: Option<String>,
    pub comments: Option<String>,
    pub declared_at: Option<Moment>,
    pub author: Option<Author>,
    pub source_patient: Option<SourcePatient>,
}

/// A folder that groups documents of the submission, by their place in it.
#[derive(Debug, Clone)]
pub struct NewFolder {
    pub unique_id: Option<String>,
    pub designation: Vec<Code>,
    pub title: String,
    pub documents: Vec<usize>,
}

/// Everything sent together.
#[derive(Debug, Clone)]
pub struct Submission {
    pub set: NewSet,
    pub documents: Vec<NewDocument>,
    pub folders: Vec<NewFolder>,
}

/// What was stored, or had been by the same submission before.
#[derive(Debug, Clone)]
pub struct Published {
    pub record: RecordKey,
    pub set: SubmissionSet,
    pub entries: Vec<DocumentEntry>,
    pub folders: Vec<Folder>,
    /// All documents were there already with the same bytes.
    pub repeated: bool,
}

impl Service {
    /// Feeds a record with one submission.
    ///
    /// # Errors
    /// [`Error::NotFound`] `record-not-found`; [`Error::Conflict`] `unique-id-other-content` for a known identifier with
    /// other bytes; [`Error::Invalid`] for a replacement without its target; refusals of the law. Nothing is half-done.
    pub async fn publish(&self, person: &PersonRef, submission: &Submission, caller: &Caller) -> Result<Published, Error> {
        let published = self.publish_read(person, submission, caller, &|_| None).await?;
        if !published.repeated && published.entries.iter().any(|entry| entry.visibility.invisible_to_representatives) {
            self.draw_without_secret_care(published.record).await;
        }
        Ok(published)
    }

    /// The same for documents that were read already.
    pub(crate) async fn publish_read(
        &self,
        person: &PersonRef,
        submission: &Submission,
        caller: &Caller,
        read: &(impl Fn(&DocumentEntry) -> Option<NewExtract> + Send + Sync),
    ) -> Result<Published, Error> {
        self.check_bounds(submission)?;
        judged_again_when_stale!(self.publish_once(person, submission, caller, read).await)
    }

    fn check_bounds(&self, submission: &Submission) -> Result<(), Error> {
        if submission.documents.is_empty() {
            return Err(Error::invalid(Issue::error("content-missing")));
        }
        let limit = self.config.document_size_max;
        if submission.documents.iter().any(|document| document.bytes.len() > limit) {
            return Err(Error::TooLarge("content-too-large"));
        }
        let cumulated = |visibility: &Visibility| visibility.masked && visibility.invisible_to_patient;
        if !self.config.masked_and_invisible && submission.documents.iter().any(|document| cumulated(&document.visibility)) {
            return Err(Error::invalid(Issue::error("confidentiality-combination").at("DocumentReference.securityLabel")));
        }
        Ok(())
    }

    async fn publish_once(
        &self,
        person: &PersonRef,
        submission: &Submission,
        caller: &Caller,
        read: &(impl Fn(&DocumentEntry) -> Option<NewExtract> + Send + Sync),
    ) -> Result<Published, Error> {
        let asked = Asked { act: Act::Publish, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await?;
        let facts = self.emergency_facts(&record, &asked).await?;
        let mut build = Build { record: &record, changes: Vec::new(), leaves: Vec::new(), entries: Vec::new(), fresh: 0 };
        for document in &submission.documents {
            let decision = self.ask(&asked, &Facts { entry: Some(new_entry_facts(document, asked.now)), ..facts.clone() });
            if !decision.is_permitted() {
                return Err(self.refuse(&record, &asked, &decision, None).await?);
            }
            if let Some(known) = record.entry_by_unique_id(&document.unique_id) {
                build.entries.push(same_again(known, document, caller)?);
                continue;
            }
            let mut entry = self.new_entry(document, caller, asked.now);
            if let Some(target) = &document.replaces {
                entry.replaces = Some(self.deprecate(&mut build, target, &asked, &facts, &mut entry.visibility).await?);
            }
            build.leaves.push(self.leaf(&asked, &decision, Some(&entry)));
            build.changes.push(Change::PutContent { address: entry.content.address, bytes: document.bytes.clone() });
            build.changes.extend(read(&entry).map(|extract| Change::PutExtract(Box::new(extract))));
            build.changes.push(Change::PutEntry(Box::new(entry.clone())));
            build.entries.push(entry);
            build.fresh += 1;
        }
        self.finish(build, submission, &asked).await
    }

    /// Judges and prepares the deprecation of a replaced document. Gives its id. Both versions are then hidden from whom
    /// either was: an older version never shows what the newer one hides, nor the other way.
    async fn deprecate(
        &self,
        build: &mut Build<'_>,
        target: &ReplaceTarget,
        asked: &Asked<'_>,
        facts: &Facts,
        visibility: &mut Visibility,
    ) -> Result<EntryId, Error> {
        let old = match target {
            ReplaceTarget::Entry(id) => build.record.entry(*id),
            ReplaceTarget::UniqueId(unique_id) => build.record.entry_by_unique_id(unique_id),
        };
        let missing = || Error::invalid(Issue::error("replace-target-unknown").at("DocumentReference.relatesTo"));
        let replacing = Asked { act: Act::Replace, caller: asked.caller, now: asked.now };
        let Some(old) = old else {
            // SECURITY: refused with a leaf, as a target is that this caller may not know of: both take the same time.
            self.refuse_absent(build.record, &replacing).await?;
            return Err(missing());
        };
        let decision = self.ask(&replacing, &facts.about(old, asked.caller));
        if !decision.is_permitted() {
            let refused = self.refuse(build.record, &replacing, &decision, Some((old, facts))).await?;
            // A document that this caller may not know of is a target that does not exist.
            return Err(if self.knows_of(old, facts, asked).is_ok() { refused } else { missing() });
        }
        let AvailabilityStatus::Approved(current) = old.status else {
            return Err(Error::Conflict("replace-target-not-current"));
        };
        // What the clock has shown already does not wait again in its new version.
        let waits = old.visibility.invisible_to_patient && Announcement::of(old).veil(asked.now) != Veil::Lifted;
        let given = visibility.invisible_to_representatives;
        *visibility = inherited(*visibility, Visibility { invisible_to_patient: waits, ..old.visibility });
        let renews = is_reimbursements(old) && asked.caller.kind == CallerKind::ReimbursementFeed;
        if renews {
            // An older version was hidden for what it told of secret care: its successor tells nothing of it.
            visibility.invisible_to_representatives = given;
        }
        if !self.config.masked_and_invisible && visibility.masked && visibility.invisible_to_patient {
            return Err(Error::invalid(Issue::error("confidentiality-combination").at("DocumentReference.securityLabel")));
        }
        let mut hidden = inherited(old.visibility, *visibility);
        // Of a minor the newest lines alone are for the representatives, whether there is secret care or not: nothing can be told by comparing.
        hidden.invisible_to_representatives |= renews && build.record.head.traits.is_minor(asked.now);
        let next = DocumentEntry { status: current.replace(), visibility: hidden, version: old.version + 1, updated_at: asked.now, ..old.clone() };
        build.leaves.push(self.leaf(&replacing, &decision, Some(old)));
        build.changes.push(Change::PutEntry(Box::new(next)));
        Ok(old.id)
    }

    async fn finish(&self, mut build: Build<'_>, submission: &Submission, asked: &Asked<'_>) -> Result<Published, Error> {
        if build.fresh == 0 {
            return self.answer_again(build, asked).await;
        }
        let ids: Vec<EntryId> = build.entries.iter().map(|entry| entry.id).collect();
        let set = self.new_set(&submission.set, &build.entries, &ids, asked);
        let folders: Vec<Folder> = submission.folders.iter().map(|folder| self.new_folder(folder, &ids, asked)).collect();
        build.changes.push(Change::PutSubmission(Box::new(set.clone())));
        build.changes.extend(folders.iter().map(|folder| Change::PutFolder(Box::new(folder.clone()))));
        // A notice stands in the inbox that representatives read too: what is hidden from anyone gives none.
        let told = build.entries.iter().all(|entry| !entry.visibility.invisible_to_patient && !entry.visibility.invisible_to_representatives);
        // The first reimbursements are told (`domain-supplement.md` 8), what takes their place each week is not.
        let renews = asked.caller.kind == CallerKind::ReimbursementFeed && build.entries.iter().any(|entry| entry.replaces.is_some());
        let told = told && !renews;
        // An emergency is told whatever was fed; otherwise one notice of new documents.
        let (_, emergency) = self.emergency_begins(build.record, asked, None).await?;
        if !emergency.is_empty() {
            build.changes.extend(emergency);
        } else if asked.caller.kind != CallerKind::Patient && told {
            build.changes.extend(new_document_notice(build.record, asked));
        }
        answer_corrections(&mut build, asked);
        let betrayed = self.betrayed_reimbursements(build.record, &build.entries, asked.now).await?;
        build.changes.extend(betrayed);
        let expected = Expected::Version(build.record.version);
        self.store.commit(build.record.key, expected, build.changes, build.leaves).await?;
        Ok(Published { record: build.record.key, set, entries: build.entries, folders, repeated: false })
    }

    /// The same documents again: the first answer again, with a leaf of its own.
    async fn answer_again(&self, build: Build<'_>, asked: &Asked<'_>) -> Result<Published, Error> {
        let decision = self.ask(asked, &self.facts(build.record, asked));
        let first = build.entries.first().map(|entry| entry.id);
        let holding = build.record.submissions.iter().find(|set| first.is_some_and(|id| set.entries.contains(&id)));
        let set = holding.map(|set| SubmissionSet::clone(set)).ok_or_else(|| Error::Fault("document without its submission set".to_owned()))?;
        let leaf = self.leaf(asked, &decision, build.entries.first());
        self.store.commit(build.record.key, Expected::LeavesOnly, Vec::new(), vec![leaf]).await?;
        let folders = build.record.folders.iter().filter(|folder| folder.entries.iter().any(|id| set.entries.contains(id))).cloned().collect();
        Ok(Published { record: build.record.key, set, entries: build.entries, folders, repeated: true })
    }

    fn new_entry(&self, new: &NewDocument, caller: &Caller, now: Moment) -> DocumentEntry {
        let fresh = |purpose: &str| self.random.bytes16(&format!("{purpose} {}", new.unique_id));
        let authors = if new.authors.is_empty() { vec![author_of(caller)] } else { new.authors.clone() };
        DocumentEntry {
            id: EntryId(fresh("entry")),
            version: 1,
            unique_id: new.unique_id.clone(),
            status: AvailabilityStatus::deposited(),
            visibility: new.visibility,
            announced_at: None,
            type_code: new.type_code.clone(),
            title: new.title.clone(),
            mime_type: new.mime_type.clone(),
            language: new.language.clone(),
            format: new.format.clone(),
            facility_type: new.facility_type.clone(),
            practice_setting: new.practice_setting.clone(),
            event_codes: new.event_codes.clone(),
            comments: new.comments.clone(),
            created_at: new.created_at,
            service_start: new.service_start,
            service_stop: new.service_stop,
            submitted_at: now,
            updated_at: now,
            authors,
            legal_authenticator: new.legal_authenticator.clone(),
            custodian: caller.structure.clone(),
            source_patient: new.source_patient.clone(),
            references: new.references.clone(),
            replaces: None,
            deposited_by: caller.account.clone(),
            content: ContentRef {
                address: BlobAddress(fresh("content")),
                home: None,
                size: new.bytes.len() as u64,
                sha1: digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, &new.bytes),
                sha256: digest(&aws_lc_rs::digest::SHA256, &new.bytes),
            },
        }
    }

    fn new_set(&self, new: &NewSet, entries: &[DocumentEntry], ids: &[EntryId], asked: &Asked<'_>) -> SubmissionSet {
        let first = entries.first().map_or("", |entry| entry.unique_id.as_str());
        let id = EntryId(self.random.bytes16(&format!("set {first}")));
        SubmissionSet {
            id,
            unique_id: new.unique_id.clone().unwrap_or_else(|| urn_uuid(id.0)),
            source_id: new.source_id.clone().unwrap_or_else(|| SERVER_SOURCE_ID.to_owned()),
            content_type: new.content_type.clone(),
            title: new.title.clone(),
            comments: new.comments.clone(),
            submitted_at: asked.now,
            declared_at: new.declared_at.unwrap_or(asked.now),
            author: new.author.clone().unwrap_or_else(|| author_of(asked.caller)),
            source_patient: new.source_patient.clone(),
            entries: ids.to_vec(),
            deposited_by: asked.caller.account.clone(),
        }
    }

    fn new_folder(&self, new: &NewFolder, ids: &[EntryId], asked: &Asked<'_>) -> Folder {
        let entries: Vec<EntryId> = new.documents.iter().filter_map(|place| ids.get(*place).copied()).collect();
        let purpose = format!("folder {} {:?}", new.title, new.unique_id);
        let id = EntryId(self.random.bytes16(&purpose));
        Folder {
            id,
            unique_id: new.unique_id.clone().unwrap_or_else(|| urn_uuid(id.0)),
            designation: new.designation.clone(),
            title: new.title.clone(),
            updated_at: asked.now,
            entries,
            deposited_by: asked.caller.account.clone(),
        }
    }
}

/// XDS sourceId of lots that the server makes for a single document (a test arc of the record's own).
const SERVER_SOURCE_ID: &str = "1.2.250.1.213.1.1.9.999";

/// A submission being judged.
struct Build<'a> {
    record: &'a Record,
    changes: Vec<Change>,
    leaves: Vec<dmp_core::audit::Leaf>,
    entries: Vec<DocumentEntry>,
    fresh: usize,
}

/// A new version answers the requests to correct the document whose place it takes (GDPR article 16): the person is told in the same commit.
fn answer_corrections(build: &mut Build<'_>, asked: &Asked<'_>) {
    let mut head = build.changes.iter().find_map(|change| if let Change::PutHead(head) = change { Some(Head::clone(head)) } else { None });
    let mut answered = false;
    for entry in &build.entries {
        let Some(replaced) = entry.replaces else { continue };
        let head = head.get_or_insert_with(|| build.record.head.clone());
        if head.document_replaced(replaced, entry.id, &asked.caller.shown_name(), asked.now) {
            answered = true;
            told(head, entry, asked.caller, asked.now);
        }
    }
    if let Some(head) = head.filter(|_| answered) {
        build.changes.retain(|change| !matches!(change, Change::PutHead(_)));
        build.changes.push(Change::PutHead(Box::new(head)));
    }
}

/// What the person hid stays hidden in its new version, and a veil that waits keeps waiting: only an act of its own
/// lifts either.
fn inherited(new: Visibility, old: Visibility) -> Visibility {
    Visibility {
        confidentiality: new.confidentiality,
        masked: new.masked || old.masked,
        invisible_to_patient: new.invisible_to_patient || old.invisible_to_patient,
        invisible_to_representatives: new.invisible_to_representatives || old.invisible_to_representatives,
    }
}

/// A known identifier: the same bytes from the same side give the entry again, anything else conflicts.
fn same_again(known: &DocumentEntry, new: &NewDocument, caller: &Caller) -> Result<DocumentEntry, Error> {
    let same_bytes = known.content.sha256 == digest::<32>(&aws_lc_rs::digest::SHA256, &new.bytes);
    // A deleted document is not published again by sending it again: its author deleted it for ever.
    if same_bytes && known.was_written_by(&caller.account) && !known.status.is_deleted() {
        Ok(known.clone())
    } else {
        Err(Error::Conflict("unique-id-other-content"))
    }
}

fn new_entry_facts(new: &NewDocument, now: Moment) -> EntryFacts {
    EntryFacts {
        type_code: new.type_code.as_str().to_owned(),
        status: AvailabilityStatus::deposited(),
        masked: new.visibility.masked,
        invisible_to_patient: new.visibility.invisible_to_patient,
        invisible_to_representatives: new.visibility.invisible_to_representatives,
        deposited_at: now,
        announced: false,
        patient_authored: new.authors.iter().any(|author| author.kind == AuthorKind::Patient),
        written_by_caller: true,
    }
}

/// The caller as the author of what they send.
pub(crate) fn author_of(caller: &Caller) -> Author {
    let kind = match caller.kind {
        CallerKind::Patient | CallerKind::Representative | CallerKind::Helper => AuthorKind::Patient,
        CallerKind::Organization | CallerKind::Automaton | CallerKind::ReimbursementFeed => AuthorKind::Device,
        CallerKind::Professional | CallerKind::Agent | CallerKind::Insurer | CallerKind::Mutual | CallerKind::Employer | CallerKind::Operator => {
            AuthorKind::Professional
        }
    };
    Author {
        kind,
        id: caller.account.split_once(':').map(|(_, id)| id.to_owned()),
        name: caller.name.clone().unwrap_or_default(),
        institution: caller.structure.clone(),
        role: None,
        specialty: caller.profession.as_ref().map(|profession| {
            let speciality = caller.specialty.as_deref().map(|code| format!("/{code}")).unwrap_or_default();
            let code = format!("{}_{}{speciality}", profession.system(), profession.code());
            Code::new(code, dmp_core::document::system::TRE_A02, "")
        }),
    }
}

/// One unread notice of new documents is enough, until it is read. The insurer's have a kind of their own (PRIMO_ALIM_MHS).
fn new_document_notice(record: &Record, asked: &Asked<'_>) -> Option<Change> {
    let kind = if asked.caller.kind == CallerKind::ReimbursementFeed { NoticeKind::FirstReimbursements } else { NoticeKind::NewDocument };
    let told = record.head.notices.iter().any(|notice| notice.kind == kind && !notice.read);
    (!told).then(|| {
        let mut head = record.head.clone();
        tell(&mut head, kind, asked.caller, asked.now);
        Change::PutHead(Box::new(head))
    })
}

/// The first bytes of a digest.
pub(crate) fn digest<const N: usize>(algorithm: &'static aws_lc_rs::digest::Algorithm, bytes: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    for (to, from) in out.iter_mut().zip(aws_lc_rs::digest::digest(algorithm, bytes).as_ref()) {
        *to = *from;
    }
    out
}

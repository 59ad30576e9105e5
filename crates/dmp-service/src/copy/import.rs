//! A record made of the copy that its person took away (GDPR art. 20): an operator's act, where there is no record. It becomes a record in one
//! commit with its leaf; until then it is suspended and its number leads nowhere.

use std::collections::BTreeSet;

use bytes::Bytes;
use dmp_core::access::{Act, Caller};
use dmp_core::audit::Leaf;
use dmp_core::document::{ContentRef, DocumentEntry, SubmissionSet};
use dmp_core::identity::Ins;
use dmp_core::ids::BlobAddress;
use dmp_core::record::{Head, NoticeKind, Record, RecordStatus, Suspension};
use dmp_core::{Issue, RecordKey};
use dmp_store::{Change, Claim, Expected, IdentifierState};

use super::{Canonical, record_hash};
use crate::create_record::{NewRecord, head_of};
use crate::head_act::tell;
use crate::judge::Asked;
use crate::publish::digest;
use crate::{Error, PersonRef, Service};

/// What was made of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    pub record: RecordKey,
    pub documents: usize,
    /// Hash of the canonical form of the record as it is now kept: that of the copy.
    pub record_hash: String,
}

/// Gives the bytes of a document of the copy.
pub type ReadContent<'a> = &'a mut (dyn FnMut(&DocumentEntry) -> Result<Bytes, Error> + Send);

/// Bytes of contents in one commit, at most, unless one document alone is larger.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// Documents in one commit, at most.
const BATCH_DOCUMENTS: usize = 200;
/// Why the record is suspended meanwhile.
const UNDER_WAY: &str = "import-under-way";

impl Service {
    /// Makes a record of a copy.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a number of the other mode, or a copy that contradicts itself; [`Error::Conflict`] `record-exists`,
    /// `unique-id-taken`; refusals of the law. Nothing of it is left then.
    pub async fn import_record(&self, copy: &Canonical, read: ReadContent<'_>, caller: &Caller) -> Result<Imported, Error> {
        let asked = Asked { act: Act::ImportRecord, caller, now: self.clock.now() };
        let ins = self.check_copy(copy)?;
        let person = PersonRef::Ins(ins.clone());
        if let Some(record) = self.find_record(&person).await? {
            let decision = self.ask(&asked, &self.facts(&record, &asked));
            self.refuse(&record, &asked, &decision, None).await?;
            return Err(Error::Conflict("record-exists"));
        }
        let decision = self.ask(&asked, &self.facts_without_record(&person, caller).await?);
        if let Some(reason) = decision.reason() {
            self.refuse_without_record(&asked, reason).await?;
            return Err(Error::Forbidden(reason));
        }
        let key = self.claim_for(&ins).await?;
        let leaf = Leaf { count: Some(u32::try_from(copy.documents.len()).unwrap_or(u32::MAX)), ..self.leaf(&asked, &decision, None) };
        match self.fill_from(key, copy, read, &asked, leaf).await {
            Ok(imported) => {
                self.store.confirm(&ins).await?;
                self.store.put_opening_notice(&ins, None).await?;
                Ok(imported)
            }
            Err(error) => {
                self.undo(key, &ins).await?;
                Err(error)
            }
        }
    }

    /// The number of the copy, once what the copy says of itself holds together.
    fn check_copy(&self, copy: &Canonical) -> Result<Ins, Error> {
        let wrong = |place: &str| Error::invalid(Issue::error("copy-form").at(place));
        let kept = &copy.head.ins;
        let ins = Ins::parse(kept.authority().oid(), kept.matricule()).map_err(|error| Error::invalid(Issue::error(error.code()).at("head.ins")))?;
        if let Some(code) = ins.refused_in(self.config.mode) {
            return Err(Error::invalid(Issue::error(code).at("head.ins")));
        }
        let ids: BTreeSet<_> = copy.documents.iter().map(|entry| entry.id).collect();
        let names: BTreeSet<_> = copy.documents.iter().map(|entry| entry.unique_id.as_str()).collect();
        if ids.len() != copy.documents.len() || names.len() != copy.documents.len() {
            return Err(wrong("documents"));
        }
        for entry in &copy.documents {
            let is_sound = !entry.status.is_deleted() && entry.version > 0 && !entry.authors.is_empty() && entry.replaces != Some(entry.id);
            if !is_sound {
                return Err(wrong("documents"));
            }
            if usize::try_from(entry.content.size).map_or(true, |size| size > self.config.document_size_max) {
                return Err(Error::TooLarge("content-too-large"));
            }
        }
        let known = |set: &SubmissionSet| set.entries.iter().all(|id| ids.contains(id));
        let members: BTreeSet<_> = copy.submissions.iter().map(|set| set.id).chain(copy.folders.iter().map(|folder| folder.id)).collect();
        if !copy.submissions.iter().all(known)
            || !copy.folders.iter().all(|folder| folder.entries.iter().all(|id| ids.contains(id)))
            || members.len() != copy.submissions.len() + copy.folders.len()
        {
            return Err(wrong("submissions"));
        }
        Ok(ins)
    }

    /// A key under which nothing is kept; what an import that was broken off left there is taken away.
    async fn claim_for(&self, ins: &Ins) -> Result<RecordKey, Error> {
        let fresh = || RecordKey(self.random.bytes16(&format!("record {}", ins.matricule())));
        let key = fresh();
        let left = match self.store.claim(ins, key).await? {
            Claim::Made => return Ok(key),
            Claim::Existing(left, IdentifierState::Claimed) => left,
            Claim::Existing(_, IdentifierState::Confirmed) => return Err(Error::Conflict("record-exists")),
        };
        match self.store.load(left).await? {
            None => return Ok(left),
            Some(record) if is_under_way(&record) => self.undo(left, ins).await?,
            Some(_) => return Err(Error::Conflict("record-exists")),
        }
        let key = fresh();
        match self.store.claim(ins, key).await? {
            Claim::Made => Ok(key),
            Claim::Existing(..) => Err(Error::Conflict("record-exists")),
        }
    }

    async fn undo(&self, key: RecordKey, ins: &Ins) -> Result<(), Error> {
        self.store.release(ins, key).await?;
        match self.store.erase(key).await {
            Ok(()) | Err(dmp_store::StoreError::NoRecord) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn fill_from(&self, key: RecordKey, copy: &Canonical, read: ReadContent<'_>, asked: &Asked<'_>, leaf: Leaf) -> Result<Imported, Error> {
        let head = head_from(copy, asked);
        let first = vec![Change::PutHead(Box::new(head.clone()))];
        self.tell_traits(&head.traits, key, asked.caller).await?;
        let mut version = self.store.commit(key, Expected::New, first, Vec::new()).await?.version;
        let (mut changes, mut bytes, mut documents) = (Vec::new(), 0, 0);
        for entry in &copy.documents {
            let content = read(entry)?;
            if !is_of(&entry.content, &content) {
                return Err(Error::invalid(Issue::error("copy-hash").at("documents")));
            }
            let address = BlobAddress(self.random.bytes16(&format!("content {}", entry.unique_id)));
            bytes += content.len();
            documents += 1;
            changes.push(Change::PutContent { address, bytes: content });
            let kept = DocumentEntry { content: ContentRef { address, home: None, ..entry.content.clone() }, ..entry.clone() };
            changes.push(Change::PutEntry(Box::new(kept)));
            if bytes >= BATCH_BYTES || documents >= BATCH_DOCUMENTS {
                version = self.store.commit(key, Expected::Version(version), std::mem::take(&mut changes), Vec::new()).await?.version;
                (bytes, documents) = (0, 0);
            }
        }
        changes.extend(copy.submissions.iter().map(|set| Change::PutSubmission(Box::new(set.clone()))));
        changes.extend(copy.folders.iter().map(|folder| Change::PutFolder(Box::new(folder.clone()))));
        let mut open = Head { status: RecordStatus::Open, ..head };
        tell(&mut open, NoticeKind::RecordOpened, asked.caller, asked.now);
        changes.push(Change::PutHead(Box::new(open)));
        self.store.commit(key, Expected::Version(version), changes, vec![leaf]).await?;
        let made = self.store.load(key).await?.ok_or_else(|| Error::Fault("an imported record is not there".to_owned()))?;
        let record_hash = record_hash(&canonical_of(&made))?;
        if record_hash != super::record_hash(copy)? {
            return Err(Error::Fault("an imported record is not that of its copy".to_owned()));
        }
        Ok(Imported { record: key, documents: copy.documents.len(), record_hash })
    }
}

/// The canonical form of a record as it is kept, for whoever sees all of it.
fn canonical_of(record: &Record) -> Canonical {
    let documents: Vec<DocumentEntry> = record.entries.iter().map(|entry| DocumentEntry::clone(entry)).collect();
    let submissions: Vec<SubmissionSet> = record.submissions.iter().map(|set| SubmissionSet::clone(set)).collect();
    Canonical::of(&record.head, &documents, &submissions, &record.folders)
}

fn is_under_way(record: &Record) -> bool {
    matches!(&record.head.status, RecordStatus::Suspended(suspension) if suspension.words == UNDER_WAY)
}

/// The head of a copy, suspended: what the copy says, and of everything else what a record has that opens now.
fn head_from(copy: &Canonical, asked: &Asked<'_>) -> Head {
    let kept = &copy.head;
    let opening = NewRecord {
        ins: kept.ins.clone(),
        traits: kept.traits.clone(),
        channel: kept.creation.channel,
        consent: Some(kept.creation.evidence.clone()),
        emergency: kept.emergency,
        team_consent: false,
        scheme: None,
        caisse: None,
        department: None,
        reason: None,
        contact: kept.contact.clone(),
        representatives: kept.representatives.clone(),
    };
    let suspension = Suspension { since: asked.now, words: UNDER_WAY.to_owned(), recorded_by: asked.caller.account.clone(), objected_at: None };
    Head {
        status: RecordStatus::Suspended(suspension),
        creation: kept.creation.clone(),
        reactivated_at: kept.reactivated_at.clone(),
        past_closures: kept.past_closures.clone(),
        team_consent_at: kept.team_consent_at,
        occupational_consent_at: kept.occupational_consent_at,
        all_masked: kept.all_masked,
        authorisations: kept.authorisations.clone(),
        episodes: kept.episodes.clone(),
        notice_settings: kept.notice_settings.clone(),
        notices: Vec::new(),
        ..head_of(&opening, asked.caller, asked.now, kept.creation.receipt.clone())
    }
}

fn is_of(content: &ContentRef, bytes: &[u8]) -> bool {
    u64::try_from(bytes.len()) == Ok(content.size)
        && digest::<32>(&aws_lc_rs::digest::SHA256, bytes) == content.sha256
        && digest::<20>(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, bytes) == content.sha1
}

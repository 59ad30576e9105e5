//! Requests to correct a document of somebody else, from both ends (regulation (EU) 2016/679, articles 12.3 and 16). Each is judged with the
//! document that it is about: who may not know of the one does not know of the other.

use std::sync::Arc;

use dmp_core::access::{Act, Caller, CallerKind};
use dmp_core::document::DocumentEntry;
use dmp_core::record::{CorrectionOutcome, CorrectionRequest, Head, Notice, NoticeKind, Record};
use dmp_core::{EntryId, Issue, Moment, RecordKey};
use dmp_store::{Change, Expected};

use crate::judge::{Asked, judged_again_when_stale};
use crate::pointers::{self, Pointer};
use crate::{Error, PersonRef, Service};

/// What the person writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewCorrection {
    pub quote: String,
    pub wrong: String,
    pub right: String,
}

/// A request with its document, for whoever may know of both.
#[derive(Debug, Clone)]
pub struct KnownCorrection {
    pub record: Arc<Record>,
    pub request: CorrectionRequest,
    pub document: Arc<DocumentEntry>,
}

/// A request that waits, for its author.
#[derive(Debug, Clone)]
pub struct WaitingRequest {
    pub known: KnownCorrection,
    /// Whether the author may list the record now, and so be told in a list whose it is.
    pub may_list: bool,
}

impl Service {
    /// Asks the author of a document to correct it. The same words about the same document, while they wait, are one request.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what does not exist or is hidden; [`Error::Invalid`] `correction-words`; [`Error::TooLarge`]
    /// `too-many-corrections`; refusals of the law.
    pub async fn request_correction(&self, key: RecordKey, document: EntryId, new: &NewCorrection, caller: &Caller) -> Result<EntryId, Error> {
        let too_long = |words: &str, most: usize| words.chars().count() > most;
        let wrong = new.wrong.trim().is_empty() || too_long(&new.wrong, CorrectionRequest::WORDS_MAX);
        if wrong || too_long(&new.right, CorrectionRequest::WORDS_MAX) || too_long(&new.quote, CorrectionRequest::QUOTE_MAX) {
            return Err(Error::invalid(Issue::error("correction-words")));
        }
        let id = EntryId(self.random.bytes16(&format!("correction {}", document.to_hex())));
        let ask = |head: &mut Head, now: Moment| {
            let same = |one: &&CorrectionRequest| {
                one.document == document && one.waits() && one.wrong == new.wrong && one.right == new.right && one.quote == new.quote
            };
            if let Some(same) = head.corrections.iter().find(same) {
                return Ok(same.id);
            }
            if !head.may_ask_correction(now) {
                return Err(Error::TooLarge("too-many-corrections"));
            }
            head.corrections.push(CorrectionRequest {
                id,
                document,
                quote: new.quote.clone(),
                wrong: new.wrong.clone(),
                right: new.right.clone(),
                asked_at: now,
                asked_by: caller.shown_name(),
                seen_at: None,
                outcome: CorrectionOutcome::Waits,
            });
            Ok(id)
        };
        self.correction_step(Act::RequestCorrection, key, |_| Some(document), caller, &ask).await.map(|(_, id)| id)
    }

    /// Takes a request back.
    ///
    /// # Errors
    /// [`Error::NotFound`] `correction-not-found`; [`Error::Conflict`] `correction-answered`; refusals of the law.
    pub async fn withdraw_correction(&self, key: RecordKey, id: EntryId, caller: &Caller) -> Result<(), Error> {
        let step = |head: &mut Head, at: Moment| Ok(head.correction_mut(id)?.step(CorrectionOutcome::Withdrawn { at })?);
        self.correction_step(Act::WithdrawCorrection, key, of_request(id), caller, &step).await.map(|_| ())
    }

    /// The author, or a professional of their structure, opens a request: from then on the person knows that it was seen.
    ///
    /// # Errors
    /// [`Error::NotFound`] `correction-not-found`; refusals of the law.
    pub async fn see_correction(&self, key: RecordKey, id: EntryId, caller: &Caller) -> Result<KnownCorrection, Error> {
        let step = |head: &mut Head, at: Moment| {
            let request = head.correction_mut(id)?;
            request.seen_at = request.seen_at.or(Some(at));
            Ok(request.clone())
        };
        let (record, request) = self.correction_step(Act::SeeCorrection, key, of_request(id), caller, &step).await?;
        let document = record.shared_entry(request.document).cloned().ok_or(Error::NotFound("document-not-found"))?;
        Ok(KnownCorrection { record, request, document })
    }

    /// The author, or a professional of their structure, says why nothing is corrected. Publishing a new version is the other answer
    /// ([`Service::publish`]).
    ///
    /// # Errors
    /// [`Error::Invalid`] `correction-words`; [`Error::NotFound`] `correction-not-found`; [`Error::Conflict`] `correction-answered`; refusals of
    /// the law.
    pub async fn refuse_correction(&self, key: RecordKey, id: EntryId, reason: &str, caller: &Caller) -> Result<(), Error> {
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > CorrectionRequest::WORDS_MAX {
            return Err(Error::invalid(Issue::error("correction-words")));
        }
        let by = caller.shown_name();
        let step = |head: &mut Head, at: Moment| {
            Ok(head.correction_mut(id)?.step(CorrectionOutcome::Refused { at, by: by.clone(), reason: reason.to_owned() })?)
        };
        self.correction_step(Act::AnswerCorrection, key, of_request(id), caller, &step).await.map(|_| ())
    }

    /// Judges an act on the document of a request, changes the head, commits it with its leaf.
    async fn correction_step<T: Send>(
        &self,
        act: Act,
        key: RecordKey,
        document: impl Fn(&Head) -> Option<EntryId> + Send + Sync,
        caller: &Caller,
        edit: &(impl Fn(&mut Head, Moment) -> Result<T, Error> + Send + Sync),
    ) -> Result<(Arc<Record>, T), Error> {
        judged_again_when_stale!(self.correction_step_once(act, key, &document, caller, edit).await)
    }

    async fn correction_step_once<T: Send>(
        &self,
        act: Act,
        key: RecordKey,
        document: &(impl Fn(&Head) -> Option<EntryId> + Send + Sync),
        caller: &Caller,
        edit: &(impl Fn(&mut Head, Moment) -> Result<T, Error> + Send + Sync),
    ) -> Result<(Arc<Record>, T), Error> {
        let asked = Asked { act, caller, now: self.clock.now() };
        let record = self.record_of_document(key, &asked).await?;
        let facts = self.facts(&record, &asked);
        let Some(entry) = document(&record.head).and_then(|id| record.entry(id)) else {
            return Err(self.refuse_absent(&record, &asked).await?);
        };
        let decision = self.ask(&asked, &facts.about(entry, caller));
        if !decision.is_permitted() {
            return Err(self.refuse(&record, &asked, &decision, Some((entry, &facts))).await?);
        }
        let mut head = record.head.clone();
        let done = edit(&mut head, asked.now)?;
        if act == Act::AnswerCorrection {
            told(&mut head, entry, caller, asked.now);
        }
        let leaf = self.leaf(&asked, &decision, Some(entry));
        if act == Act::RequestCorrection && head != record.head {
            for account in entry.professionals() {
                pointers::tell(self, &account, Pointer::Correction, &record, &asked).await?;
            }
        }
        let (expected, changes) = match head == record.head {
            true => (Expected::LeavesOnly, Vec::new()),
            false => (Expected::Version(record.version), vec![Change::PutHead(Box::new(head))]),
        };
        self.store.commit(record.key, expected, changes, vec![leaf]).await?;
        Ok((record, done))
    }

    /// The requests of a record about documents that this caller may see in a list, newest first. Judged and written down as listing them.
    ///
    /// # Errors
    /// As [`Service::search`].
    pub async fn corrections(&self, person: &PersonRef, caller: &Caller) -> Result<(Arc<Record>, Vec<KnownCorrection>), Error> {
        let found = self.search(person, caller, |_| true).await?;
        let seen: std::collections::BTreeSet<EntryId> = found.entries().map(|entry| entry.id).collect();
        let known = |request: &CorrectionRequest| {
            let document = found.record.shared_entry(request.document).filter(|entry| seen.contains(&entry.id))?;
            Some(KnownCorrection { record: Arc::clone(&found.record), request: request.clone(), document: Arc::clone(document) })
        };
        let mut all: Vec<KnownCorrection> = found.record.head.corrections.iter().filter_map(known).collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.request.asked_at));
        Ok((found.record.clone(), all))
    }

    /// The request about a document that waits for this caller's answer, by the law. For a link: opening it is an act of its own.
    pub fn correction_to_answer(&self, record: &Record, document: EntryId, caller: &Caller) -> Option<EntryId> {
        let entry = record.entry(document)?;
        let waiting = record.head.corrections.iter().find(|request| request.document == document && request.waits())?;
        self.would_permit(Act::SeeCorrection, record, Some(entry), caller).then_some(waiting.id)
    }

    /// Requests that wait for this professional about documents of their own, the longest waiting first: in the records that they were led to when
    /// somebody asked. A title is theirs, for they wrote it; whose the record is, is told with the list to who may list that record now.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn corrections_waiting_for(&self, caller: &Caller) -> Result<Vec<WaitingRequest>, Error> {
        if caller.kind != CallerKind::Professional {
            return Ok(Vec::new());
        }
        let mut waiting = Vec::new();
        for key in pointers::found(self, &caller.account, Pointer::Correction).await?.into_iter().take(RECORDS_MAX) {
            let Some(record) = self.store.load(key).await? else { continue };
            let may_list = self.would_permit(Act::List, &record, None, caller);
            for request in record.head.corrections.iter().filter(|request| request.waits()) {
                let own = record.shared_entry(request.document).filter(|document| document.was_written_by(&caller.account));
                let Some(document) = own else { continue };
                if self.would_permit(Act::SeeCorrection, &record, Some(document), caller) {
                    let known = KnownCorrection { record: Arc::clone(&record), request: request.clone(), document: Arc::clone(document) };
                    waiting.push(WaitingRequest { known, may_list });
                }
            }
        }
        waiting.sort_by_key(|one| one.known.request.asked_at);
        Ok(waiting)
    }
}

/// The document of a request.
fn of_request(id: EntryId) -> impl Fn(&Head) -> Option<EntryId> + Send + Sync {
    move |head| head.correction(id).map(|request| request.document)
}

/// The person is told that an answer came: of a minor's secret care, in their own inbox alone.
pub(crate) fn told(head: &mut Head, entry: &DocumentEntry, caller: &Caller, now: Moment) {
    let secret = entry.visibility.invisible_to_representatives || caller.secret_connection;
    head.notices.push(Notice { kind: NoticeKind::CorrectionAnswered, at: now, by: caller.shown_name(), read: false, secret });
}

/// Records that are loaded for the list of one professional: more requests than anybody answers in a month.
const RECORDS_MAX: usize = 200;

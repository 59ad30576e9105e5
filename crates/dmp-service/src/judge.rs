//! What every act does first and last: find the record, ask the law, write the leaf.

use std::sync::Arc;

use dmp_core::access::{Act, Caller, Decision, EntryFacts, Facts, Reason, RecordState, decide, knows_of};
use dmp_core::audit::{Chain, Leaf, LeafApp, LeafCaller, LeafObject, Outcome};
use dmp_core::document::{AvailabilityStatus, DocumentEntry};
use dmp_core::identity::Ins;
use dmp_core::record::{Record, RecordStatus};
use dmp_core::{Issue, Moment, RecordKey};
use dmp_store::{Expected, IdentifierState, OpeningNotice};

use crate::{Error, Service};

/// How a caller names the person.
#[derive(Debug, Clone)]
pub enum PersonRef {
    Ins(Ins),
    /// From an id that this server sealed.
    Record(RecordKey),
}

/// An act in preparation: who asks what of which record, now.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    pub act: Act,
    pub caller: &'a Caller,
    pub now: Moment,
}

impl Service {
    /// Loads the record of a person. Without one, a refusal is written to the caller's own chain.
    pub(crate) async fn record_of(&self, person: &PersonRef, asked: &Asked<'_>) -> Result<Arc<Record>, Error> {
        match self.find_record(person).await? {
            Some(record) => {
                self.wait_as_without_record(person, &record, asked).await?;
                Ok(record)
            }
            None => {
                // Whoever may not ask learns nothing, not even that there is no record.
                let decision = self.ask(asked, &self.facts_without_record(person, asked.caller).await?);
                let reason = decision.reason().unwrap_or(Reason::NoRecord);
                let missing = self.refuse_without_record(asked, reason).await?;
                Err(if reason == Reason::NoRecord { missing } else { Error::Forbidden(reason) })
            }
        }
    }

    /// The record that the id of one of its documents names. Where it is no more, whoever asks is refused as if it were there.
    pub(crate) async fn record_of_document(&self, key: RecordKey, asked: &Asked<'_>) -> Result<Arc<Record>, Error> {
        match self.record_of(&PersonRef::Record(key), asked).await {
            Err(Error::NotFound(_)) => Err(Error::NotFound("document-not-found")),
            other => other,
        }
    }

    /// SECURITY: a neighbour, who may not know whether there is a record, waits as long for a refusal where there is one: what is done without
    /// one is done as well. The number leads nowhere (a row is looked for), and the law is asked about a person without a record.
    pub(crate) async fn wait_as_without_record(&self, person: &PersonRef, record: &Record, asked: &Asked<'_>) -> Result<(), Error> {
        let PersonRef::Ins(ins) = person else { return Ok(()) };
        if asked.caller.kind.is_on_the_persons_side() && self.ask(asked, &self.facts(record, asked)).reason() == Some(Reason::NotTheirRecord) {
            self.store.opening_notice(ins).await?;
            std::hint::black_box(self.ask(asked, &self.facts_without_record(person, asked.caller).await?));
            // The leaf of a refusal without a record goes to a chain of the account, which takes a little longer to find.
            self.judge_nobodys_document(asked);
        }
        Ok(())
    }

    /// Facts of a person without a record; their own when the caller is that person.
    pub(crate) async fn facts_without_record(&self, person: &PersonRef, caller: &Caller) -> Result<Facts, Error> {
        let mut facts = Facts::without_record(self.config.regime);
        let PersonRef::Ins(ins) = person else { return Ok(facts) };
        match self.store.opening_notice(ins).await? {
            Some(OpeningNotice::LetterSent(at)) => facts.record.letter_sent_at = Some(at),
            Some(OpeningNotice::Refused) => facts.record.objected = true,
            None => {}
        }
        let own = caller.account == ins.account();
        Ok(if own { facts.of_their_own() } else { facts })
    }

    /// The record under a key; of a record that was merged, the one that took its place.
    pub(crate) async fn load(&self, key: RecordKey) -> Result<Option<Arc<Record>>, Error> {
        let mut found = self.store.load(key).await?;
        for _ in 0..MERGES_FOLLOWED_MAX {
            let Some(RecordStatus::Merged { into, .. }) = found.as_ref().map(|record| &record.head.status) else { break };
            found = self.store.load(*into).await?;
        }
        Ok(found)
    }

    /// The record of a person, when there is one. No leaf.
    pub(crate) async fn find_record(&self, person: &PersonRef) -> Result<Option<Arc<Record>>, Error> {
        let key = match person {
            PersonRef::Record(key) => Some(*key),
            PersonRef::Ins(ins) => {
                if let Some(code) = ins.refused_in(self.config.mode) {
                    return Err(Error::invalid(Issue::error(code)));
                }
                let known = self.store.identify(ins).await?;
                known.filter(|(_, state)| *state == IdentifierState::Confirmed).map(|(key, _)| key)
            }
        };
        match key {
            Some(key) => self.load(key).await,
            None => Ok(None),
        }
    }

    /// Facts of the caller about a record.
    pub(crate) fn facts(&self, record: &Record, asked: &Asked<'_>) -> Facts {
        Facts::of_record(record, asked.caller, self.config.regime, asked.now)
    }

    /// Asks the law about the record as a whole, or about one entry.
    pub(crate) fn ask(&self, asked: &Asked<'_>, facts: &Facts) -> Decision {
        decide(asked.act, asked.caller, facts, &self.config.matrix, asked.now)
    }

    /// Writes the refusal, then gives the error to answer with. Of a document, with the facts about its record: what must stay hidden is
    /// answered as what is not there.
    pub(crate) async fn refuse(
        &self,
        record: &Record,
        asked: &Asked<'_>,
        decision: &Decision,
        about: Option<(&DocumentEntry, &Facts)>,
    ) -> Result<Error, Error> {
        let reason = decision.reason().unwrap_or(Reason::NoRulePermits);
        let leaf = Leaf { outcome: Outcome::Refused(reason), ..self.leaf(asked, decision, about.map(|(entry, _)| entry)) };
        self.store.commit(record.key, Expected::LeavesOnly, Vec::new(), vec![leaf]).await?;
        Ok(match about {
            Some((entry, facts)) if reason.conceals() || self.knows_of(entry, facts, asked).is_err() => self.absent(facts, asked),
            Some(_) | None => Error::Forbidden(reason),
        })
    }

    /// Whether a caller may know that an entry exists, by the facts about its record; or what keeps it from them.
    pub(crate) fn knows_of(&self, entry: &DocumentEntry, facts: &Facts, asked: &Asked<'_>) -> Result<(), Decision> {
        knows_of(asked.caller, &facts.about(entry, asked.caller), &self.config.matrix, asked.now)
    }

    /// SECURITY: asks the law what it is asked of a document that is there and hidden, so that finding none takes as long; once more
    /// for what such a refusal does besides (`dmp-twin timing` measures it).
    pub(crate) fn judge_nobodys_document(&self, asked: &Asked<'_>) {
        let mut record = Facts::without_record(self.config.regime);
        record.record.state = RecordState::Open;
        let entry = EntryFacts {
            type_code: String::from("11488-4"),
            status: AvailabilityStatus::deposited(),
            masked: true,
            invisible_to_patient: false,
            invisible_to_representatives: false,
            deposited_at: asked.now,
            announced: false,
            patient_authored: false,
            written_by_caller: false,
        };
        let document = Facts { entry: Some(entry), ..record.clone() };
        let _ = std::hint::black_box([&document, &document, &record].map(|facts| self.ask(asked, facts)));
    }

    /// What is answered for a document that is not there, and so for one that the caller may not know of: why this record
    /// shows them nothing at all, or else that there is no such document.
    fn absent(&self, facts: &Facts, asked: &Asked<'_>) -> Error {
        self.ask(&Asked { act: Act::List, ..*asked }, facts).reason().map_or(Error::NotFound("document-not-found"), Error::Forbidden)
    }

    /// Refuses an act on a document that is not there. The leaf goes to the caller's own chain: in the record's journal it would
    /// tell, by being there, that nothing was hidden.
    pub(crate) async fn refuse_absent(&self, record: &Record, asked: &Asked<'_>) -> Result<Error, Error> {
        let refused = self.absent(&self.emergency_facts(record, asked).await?, asked);
        let reason = if let Error::Forbidden(reason) = refused { reason } else { Reason::NoRulePermits };
        let leaf = Leaf { outcome: Outcome::Refused(reason), ..self.bare_leaf(asked, Vec::new()) };
        self.store.append_account_leaf(&asked.caller.account, leaf).await?;
        Ok(refused)
    }

    /// The same for an act on a person without a record.
    pub(crate) async fn refuse_without_record(&self, asked: &Asked<'_>, reason: Reason) -> Result<Error, Error> {
        let leaf = Leaf { outcome: Outcome::Refused(reason), ..self.bare_leaf(asked, Vec::new()) };
        self.store.append_account_leaf(&asked.caller.account, leaf).await?;
        Ok(Error::NotFound("record-not-found"))
    }

    /// The leaf of an act that is done, with the rules that allowed it.
    pub(crate) fn leaf(&self, asked: &Asked<'_>, decision: &Decision, entry: Option<&DocumentEntry>) -> Leaf {
        let rules = decision.rules().iter().map(|name| (*name).to_owned()).collect();
        let object = entry.map(|entry| LeafObject { entry: entry.id, type_code: entry.type_code.clone(), title: entry.title.clone() });
        let secret = asked.caller.secret_connection || entry.is_some_and(|entry| entry.visibility.invisible_to_representatives);
        Leaf { chain: if secret { Chain::Secret } else { Chain::Main }, object, ..self.bare_leaf(asked, rules) }
    }

    /// A leaf about no document.
    pub(crate) fn bare_leaf(&self, asked: &Asked<'_>, rules: Vec<String>) -> Leaf {
        let caller = asked.caller;
        let words = match &caller.purpose {
            dmp_core::access::Purpose::BreakGlass { reason, .. } => Some(reason.clone()),
            dmp_core::access::Purpose::Normal | dmp_core::access::Purpose::RegulationCentre => None,
        };
        Leaf {
            at: asked.now,
            chain: if caller.secret_connection { Chain::Secret } else { Chain::Main },
            caller: LeafCaller {
                account: caller.account.clone(),
                kind: caller.kind,
                name: caller.shown_name(),
                profession: caller.profession.as_ref().map(|profession| profession.key()),
                structure: caller.structure.as_ref().map(|structure| structure.name.clone()),
                software: caller.software.clone(),
                app: caller.app.as_ref().map(|app| LeafApp { grant: app.grant, name: app.name.clone(), since: app.since }),
            },
            act: asked.act,
            mode: caller.purpose.code().to_owned(),
            words,
            outcome: Outcome::Done,
            object: None,
            count: None,
            rules,
            about: None,
        }
    }
}

/// A record that was merged leads to another one, which may have been merged too; more steps than this are a fault of ours.
const MERGES_FOLLOWED_MAX: usize = 4;

/// How often an act judges again when someone else committed first.
pub(crate) const STALE_RETRIES: usize = 32;

/// Runs an attempt again while it says that its record changed meanwhile.
macro_rules! judged_again_when_stale {
    ($attempt:expr) => {{
        let mut tries = 0;
        loop {
            match $attempt {
                Err($crate::Error::Conflict("record-changed")) if tries < $crate::judge::STALE_RETRIES => tries += 1,
                done => break done,
            }
        }
    }};
}
pub(crate) use judged_again_when_stale;

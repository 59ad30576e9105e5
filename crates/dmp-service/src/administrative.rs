//! TD1.3: contact data, status, choices, the person's list. Nothing clinical.

use std::sync::Arc;

use dmp_core::access::{Act, Caller};
use dmp_core::document::DocumentEntry;
use dmp_core::record::Record;
use dmp_store::Expected;

use crate::judge::Asked;
use crate::{Error, PersonRef, Service};

impl Service {
    /// Releases the administrative side of a record. The entries travel along in memory: a door shows none of them.
    ///
    /// # Errors
    /// [`Error::NotFound`] `record-not-found`; refusals of the law.
    pub async fn administrative(&self, person: &PersonRef, caller: &Caller) -> Result<Arc<Record>, Error> {
        let asked = Asked { act: Act::ReadAdministrative, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await?;
        let decision = self.ask(&asked, &self.facts(&record, &asked));
        if !decision.is_permitted() {
            return Err(self.refuse(&record, &asked, &decision, None).await?);
        }
        self.store.commit(record.key, Expected::LeavesOnly, Vec::new(), vec![self.leaf(&asked, &decision, None)]).await?;
        Ok(record)
    }

    /// Whether an act on an entry would be allowed now: for offering a button, never for doing the act.
    pub fn would_permit(&self, act: Act, record: &Record, entry: Option<&DocumentEntry>, caller: &Caller) -> bool {
        let asked = Asked { act, caller, now: self.clock.now() };
        let facts = self.facts(record, &asked);
        match entry {
            Some(entry) => self.ask(&asked, &facts.about(entry, caller)).is_permitted(),
            None => self.ask(&asked, &facts).is_permitted(),
        }
    }
}

impl Service {
    /// Whether an act that concerns somebody would be allowed now: for offering a form, never for doing the act.
    pub fn would_permit_concerning(&self, act: Act, record: &Record, account: &str, caller: &Caller) -> bool {
        let asked = Asked { act, caller, now: self.clock.now() };
        let facts = self.facts(record, &asked).concerning(account, None, &record.head, caller, asked.now);
        self.ask(&asked, &facts).is_permitted()
    }

    /// A record whose names a list of recent patients may show: only while the caller may still read it. No leaf: it
    /// repeats what this session was already released.
    pub async fn readable(&self, key: dmp_core::RecordKey, caller: &Caller) -> Option<Arc<Record>> {
        let record = self.load(key).await.ok()??;
        self.would_permit(Act::List, &record, None, caller).then_some(record)
    }

    /// A key that names no record, stable for an INS: an address for people without a record looks like any other.
    pub fn absent_key(&self, ins: &dmp_core::identity::Ins) -> dmp_core::RecordKey {
        self.absent_key_of(ins.matricule())
    }

    /// The same for what else a person was looked for by.
    pub(crate) fn absent_key_of(&self, looked_for: &str) -> dmp_core::RecordKey {
        let sealed = self.ids.seal(crate::IdKind::Patient, format!("absent {looked_for}").as_bytes());
        let mut key = [0; 16];
        for (to, from) in key.iter_mut().zip(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, sealed.as_bytes()).as_ref()) {
            *to = *from;
        }
        dmp_core::RecordKey(key)
    }
}

impl Service {
    /// The key of a person's record, for the ids of an answer that was just permitted.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn record_key(&self, person: &crate::PersonRef) -> Result<Option<dmp_core::RecordKey>, Error> {
        Ok(self.find_record(person).await?.map(|record| record.key))
    }

    /// The INS of a record that an id of ours names: for finding the person, never for showing.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn ins_of(&self, key: dmp_core::RecordKey) -> Result<Option<dmp_core::identity::Ins>, Error> {
        Ok(self.load(key).await?.map(|record| record.head.ins.clone()))
    }

    /// The record that a publication just went into, to answer with what the publisher sent.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn own_deposit(&self, key: dmp_core::RecordKey) -> Result<Arc<Record>, Error> {
        self.load(key).await?.ok_or(Error::NotFound("record-not-found"))
    }
}

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

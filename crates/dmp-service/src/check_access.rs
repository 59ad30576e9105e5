//! TD0.2: does a record exist, is it open, may I read it.

use std::sync::Arc;

use dmp_core::access::{Act, AuthorisationState, Caller, Reason};
use dmp_core::audit::{Leaf, Outcome};
use dmp_core::record::Record;
use dmp_store::Expected;

use crate::judge::Asked;
use crate::{Error, PersonRef, Service};

/// The answer of TD0.2.
#[derive(Debug, Clone)]
pub struct Access {
    pub record: Arc<Record>,
    pub authorisation: AuthorisationState,
    pub medecin_traitant: bool,
    /// Whether a list would be released now, and why not.
    pub may_read: Result<(), Reason>,
}

impl Service {
    /// Checks a person's record for a caller. `None`: no record, said without naming anybody.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for a caller who may not even ask; faults of the store.
    pub async fn check_access(&self, person: &PersonRef, caller: &Caller) -> Result<Option<Access>, Error> {
        let asked = Asked { act: Act::CheckAccess, caller, now: self.clock.now() };
        let Some(record) = self.find_record(person).await? else {
            // Whoever may not ask learns nothing, not even that there is no record.
            let decision = self.ask(&asked, &self.facts_without_record(person, caller).await?);
            if let Some(reason) = decision.reason().filter(|reason| *reason != Reason::NoRecord) {
                self.refuse_without_record(&asked, reason).await?;
                return Err(Error::Forbidden(reason));
            }
            let leaf = Leaf { outcome: Outcome::Refused(Reason::NoRecord), ..self.bare_leaf(&asked, Vec::new()) };
            self.store.append_account_leaf(&caller.account, leaf).await?;
            return Ok(None);
        };
        self.wait_as_without_record(person, &record, &asked).await?;
        let facts = self.facts(&record, &asked);
        let decision = self.ask(&asked, &facts);
        if !decision.is_permitted() {
            return Err(self.refuse(&record, &asked, &decision, None).await?);
        }
        let reading = self.ask(&Asked { act: Act::List, ..asked }, &facts);
        let leaf = self.leaf(&Asked { act: Act::CheckAccess, caller, now: asked.now }, &decision, None);
        self.store.commit(record.key, Expected::LeavesOnly, Vec::new(), vec![leaf]).await?;
        Ok(Some(Access {
            authorisation: facts.relation.authorisation,
            medecin_traitant: facts.relation.medecin_traitant,
            may_read: reading.reason().map_or(Ok(()), Err),
            record,
        }))
    }
}

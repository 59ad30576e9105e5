//! The common shape of acts that change the head of a record and nothing else.

use dmp_core::access::{Act, Caller};
use dmp_core::record::Head;
use dmp_store::{Change, Expected};

use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, PersonRef, Service};

impl Service {
    /// Judges the act, applies `edit` to a copy of the head, commits it with its leaf.
    /// `about` says in words whom the act concerns, for the journal.
    pub(crate) async fn change_head(
        &self,
        act: Act,
        person: &PersonRef,
        caller: &Caller,
        about: Option<String>,
        edit: impl Fn(&mut Head, dmp_core::Moment) -> Result<(), Error> + Send + Sync,
    ) -> Result<Head, Error> {
        judged_again_when_stale!(self.change_head_once(act, person, caller, about.clone(), &edit).await)
    }

    async fn change_head_once(
        &self,
        act: Act,
        person: &PersonRef,
        caller: &Caller,
        about: Option<String>,
        edit: &(impl Fn(&mut Head, dmp_core::Moment) -> Result<(), Error> + Send + Sync),
    ) -> Result<Head, Error> {
        let asked = Asked { act, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await?;
        let decision = self.ask(&asked, &self.facts(&record, &asked));
        if !decision.is_permitted() {
            return Err(self.refuse(&record, &asked, &decision, None).await?);
        }
        let mut head = record.head.clone();
        edit(&mut head, asked.now)?;
        let leaf = dmp_core::audit::Leaf { about, ..self.leaf(&asked, &decision, None) };
        let changes = vec![Change::PutHead(Box::new(head.clone()))];
        self.store.commit(record.key, Expected::Version(record.version), changes, vec![leaf]).await?;
        Ok(head)
    }
}

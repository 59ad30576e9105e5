//! What the software does by itself on a date (CSP R.1111-36): it closes a record whose suspension nobody objected to and destroys an archive.
//! Each is the act that a person would ask for, judged like theirs, with a leaf and a reason.

use dmp_core::RecordKey;
use dmp_core::access::{Act, Caller, CallerKind};
use dmp_core::identity::PersonName;
use dmp_core::record::{DatedAct, RecordStep, due_dated};

use crate::close_record::close;
use crate::head_act::About;
use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, Service};

impl Service {
    /// Does what has fallen due for a record, by its state at this moment. `None`: nothing, or somebody was faster. What a process that
    /// ended left half-done is finished.
    ///
    /// # Errors
    /// Refusals of the law, with their leaf; failures of the store.
    pub async fn act_on_date(&self, key: RecordKey) -> Result<Option<DatedAct>, Error> {
        judged_again_when_stale!(self.act_on_date_once(key).await)
    }

    async fn act_on_date_once(&self, key: RecordKey) -> Result<Option<DatedAct>, Error> {
        let now = self.clock.now();
        // INVARIANT: what is judged and committed is the very version in which the act was found due: nothing is done, nor refused, twice.
        let Some(record) = self.store.load(key).await? else { return Ok(None) };
        let Some(due) = due_dated(&record.head, now) else { return Ok(None) };
        let caller = automaton();
        let about = About { reason: Some(due.code()), ..About::default() };
        match due {
            DatedAct::CloseUnopposed => {
                let asked = Asked { act: Act::CloseRecord, caller: &caller, now };
                self.change_loaded(&record, &asked, about, |head, now| close(head, UNOPPOSED, &caller, now)).await?;
            }
            DatedAct::DestroyArchive | DatedAct::DestroyAfterDeath | DatedAct::DestroyAsked => {
                let asked = Asked { act: Act::DestroyRecord, caller: &caller, now };
                self.change_loaded(&record, &asked, about, |head, now| Ok(head.step(RecordStep::Destroy(now))?)).await?;
                self.finish_destruction(&record).await?;
            }
            DatedAct::FinishDestruction => self.finish_destruction(&record).await?,
        }
        Ok(Some(due))
    }
}

/// The software as a caller. It has a name, which the journal tells.
pub(crate) fn automaton() -> Caller {
    Caller {
        name: Some(PersonName::new("Automate", "du DMP")),
        software: Some(concat!("dmp ", env!("CARGO_PKG_VERSION")).to_owned()),
        ..Caller::bare("system:automate".to_owned(), CallerKind::Automaton)
    }
}

/// The words of the closing, for the holder.
const UNOPPOSED: &str = "Suspension restée six semaines sans opposition (article R.1111-36 du code de la santé publique).";

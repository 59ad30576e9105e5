//! Stops a link: from the commit on it leads nowhere, and its key is gone.

use dmp_core::access::{Act, Caller};
use dmp_core::audit::shared;
use dmp_core::record::Head;

use crate::head_act::About;
use crate::{Error, PersonRef, Service};

impl Service {
    /// Stops the link of that name. One that was stopped before stays as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] `share-not-found`; refusals of the law.
    pub async fn stop_share(&self, person: &PersonRef, name: &str, caller: &Caller) -> Result<Head, Error> {
        let record = self.find_record(person).await?;
        let label = record.and_then(|record| Some(record.head.shares.iter().find(|share| share.name == name)?.label.clone()));
        let about = About { words: Some(shared::STOPPED), reason: label.as_deref(), ..About::default() };
        self.change_head(Act::Share, person, caller, about, |head, now| {
            let share = head.shares.iter_mut().find(|share| share.name == name).ok_or(Error::NotFound("share-not-found"))?;
            share.stop(now);
            Ok(())
        })
        .await
    }
}

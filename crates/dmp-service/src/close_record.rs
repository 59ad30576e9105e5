//! TD1.4 and TD1.2: closes a record, and opens it again with everything in it.

use dmp_core::Moment;
use dmp_core::access::{Act, Caller, CallerKind};
use dmp_core::record::{Closure, ClosureReason, Head, NoticeKind, RecordStatus, RecordStep};

use crate::head_act::{About, tell};
use crate::{Error, PersonRef, Service};

impl Service {
    /// Closes a record: nothing is readable any more; it is archived for ten years (CSP R.1111-36).
    ///
    /// # Errors
    /// Refusals of the law.
    pub async fn close_record(&self, person: &PersonRef, words: &str, caller: &Caller) -> Result<Head, Error> {
        self.change_head(Act::CloseRecord, person, caller, About::default(), |head, now| close(head, words, caller, now)).await
    }

    /// Opens a closed record again, under the same consent rules as creation (EX_1.2-1030).
    ///
    /// # Errors
    /// [`Error::Invalid`] without consent; refusals of the law.
    pub async fn reactivate_record(&self, person: &PersonRef, consent: bool, caller: &Caller) -> Result<Head, Error> {
        if !consent {
            return Err(Error::invalid(dmp_core::Issue::error("consent-missing").at("consent")));
        }
        let caller = &Caller { consent_now: true, ..caller.clone() };
        self.change_head(Act::ReactivateRecord, person, caller, About::default(), |head, now| {
            let before = head.status.clone();
            head.step(RecordStep::Reactivate)?;
            if let RecordStatus::Closed(closure) = before {
                head.past_closures.push(closure);
            }
            head.reactivated_at.push(now);
            tell(head, NoticeKind::RecordReopened, caller, now);
            Ok(())
        })
        .await
    }
}

/// The closing of a record, and its notice.
pub(crate) fn close(head: &mut Head, words: &str, caller: &Caller, now: Moment) -> Result<(), Error> {
    // What the software closes by itself is a suspension to which nobody objected.
    let reason = if caller.kind == CallerKind::Automaton { ClosureReason::Fraud } else { ClosureReason::Request };
    let closure = Closure { at: now, reason, words: words.to_owned(), recorded_by: caller.account.clone(), destruction_requested_at: None };
    head.step(RecordStep::Close(closure))?;
    tell(head, NoticeKind::RecordClosed, caller, now);
    Ok(())
}

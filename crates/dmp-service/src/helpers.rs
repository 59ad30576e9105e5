//! Helpers (*aidants*): invited, accepting or declining, ended (`domain-supplement.md` 2).

use dmp_core::access::{Act, Caller, CallerKind};
use dmp_core::record::{Head, MandateState, MandateStep, NoticeKind, RepresentativeKind, Scope};

use crate::representation::{MandateRef, NewMandate};
use crate::{Error, PersonRef, Service};

impl Service {
    /// Invites a helper, for a time.
    ///
    /// # Errors
    /// [`Error::Conflict`] `mandate-exists`, `mandate-period`; refusals of the law.
    pub async fn invite_helper(&self, person: &PersonRef, new: &NewMandate, caller: &Caller) -> Result<Head, Error> {
        let new = NewMandate { kind: RepresentativeKind::Helper, scope: Scope::Person, ..new.clone() };
        self.put_mandate(Act::InviteHelper, NoticeKind::HelperInvited, person, &new, MandateState::Pending, caller).await
    }

    /// Accepts or declines an invitation, to help or to represent: the caller's own.
    ///
    /// # Errors
    /// [`Error::Conflict`] `invitation-over`, `invitation-answered`; refusals of the law.
    pub async fn answer_invitation(&self, person: &PersonRef, accepted: bool, caller: &Caller) -> Result<Head, Error> {
        let (act, step) = if accepted { (Act::AcceptInvitation, MandateStep::Accept) } else { (Act::DeclineInvitation, MandateStep::Decline) };
        let kind = match caller.kind {
            CallerKind::Helper => RepresentativeKind::Helper,
            _ => RepresentativeKind::Parent,
        };
        self.step_mandate(act, person, MandateRef { account: &caller.account, kind }, step, caller).await
    }

    /// Ends a helper's mandate, or takes an invitation back.
    ///
    /// # Errors
    /// [`Error::NotFound`] `mandate-not-found`; [`Error::Conflict`] `mandate-over`; refusals of the law.
    pub async fn end_helper(&self, person: &PersonRef, account: &str, caller: &Caller) -> Result<Head, Error> {
        let which = MandateRef { account, kind: RepresentativeKind::Helper };
        self.step_mandate(Act::EndHelper, person, which, MandateStep::End, caller).await
    }
}

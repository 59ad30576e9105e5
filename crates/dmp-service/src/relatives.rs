//! Whom an account acts for, and who acts for a person: children, people who are helped, helpers.

use std::sync::Arc;

use dmp_core::Moment;
use dmp_core::access::{Act, Caller, CallerKind};
use dmp_core::audit::{Leaf, made};
use dmp_core::record::{MandateState, Record, Representative, RepresentativeKind, Scope, Standing};
use dmp_store::Expected;

use crate::judge::Asked;
use crate::pointers::{self, Pointer};
use crate::{Error, PersonRef, Service};

/// A record that names an account.
#[derive(Debug, Clone)]
pub struct ActsFor {
    pub record: Arc<Record>,
    pub line: Representative,
    /// Whether the account may act there now: asked of the law.
    pub may_act: bool,
    /// Whether an invitation waits for this account's answer.
    pub may_answer: bool,
}

impl ActsFor {
    /// In what quality the account acts there.
    pub fn kind(&self) -> CallerKind {
        quality(self.line.kind)
    }
}

/// In what quality somebody acts under a line.
pub fn quality(kind: RepresentativeKind) -> CallerKind {
    match kind {
        RepresentativeKind::Parent | RepresentativeKind::Guardian => CallerKind::Representative,
        RepresentativeKind::Helper => CallerKind::Helper,
    }
}

impl Service {
    /// The records that name the caller's account as representative or helper, or did. SECURITY: of a line that is over or not yet accepted, a
    /// door shows the name of the person alone; of a child who came of age, not even a number.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn acts_for(&self, caller: &Caller) -> Result<Vec<ActsFor>, Error> {
        let now = self.clock.now();
        let mut found = Vec::new();
        for key in pointers::found(self, &caller.account, Pointer::Mandate).await? {
            let Some(record) = self.load(key).await? else { continue };
            let kinds = [&[RepresentativeKind::Parent, RepresentativeKind::Guardian][..], &[RepresentativeKind::Helper][..]];
            // SECURITY: with this number somebody else was meant: whose record it is stays untold.
            let is_meant =
                |line: &&Representative| line.state == MandateState::Accepted || caller.name.as_ref().is_some_and(|own| line.name.may_be(own));
            let lines = kinds.iter().filter_map(|kinds| record.head.representative(&caller.account, kinds, now).filter(is_meant).cloned());
            found.extend(lines.collect::<Vec<_>>().into_iter().map(|line| self.line_for(&record, line, caller, now)));
        }
        found.sort_by_key(|one| one.record.head.traits.birth_date.to_iso());
        found.dedup_by(|one, other| one.record.key == other.record.key && one.line.kind == other.line.kind);
        Ok(found)
    }

    fn line_for(&self, record: &Arc<Record>, line: Representative, caller: &Caller, now: Moment) -> ActsFor {
        let acting = Caller { kind: quality(line.kind), ..caller.clone() };
        let may = |act| self.would_permit(act, record, None, &acting);
        let invited = line.standing(now) == Standing::Invited && line.scope == Scope::Person;
        ActsFor { may_act: may(Act::CheckAccess), may_answer: invited && may(Act::DeclineInvitation), record: Arc::clone(record), line }
    }

    /// Begins to act in a record: the switch itself is judged and has its leaf.
    ///
    /// # Errors
    /// [`Error::NotFound`] `record-not-found`, the same whether there is no such record or the caller has nothing to do with it.
    pub async fn begin_acting(&self, person: &PersonRef, caller: &Caller) -> Result<Arc<Record>, Error> {
        let asked = Asked { act: Act::CheckAccess, caller, now: self.clock.now() };
        let untold = |error| match error {
            Error::Forbidden(_) | Error::NotFound(_) => Error::NotFound("record-not-found"),
            other => other,
        };
        let record = self.record_of(person, &asked).await.map_err(untold)?;
        let decision = self.ask(&asked, &self.facts(&record, &asked));
        if !decision.is_permitted() {
            return Err(untold(self.refuse(&record, &asked, &decision, None).await?));
        }
        // Who goes back to their own record does nothing that needs telling.
        if caller.kind != CallerKind::Patient {
            let leaf = Leaf { about: Some(made::ACTING.to_owned()), ..self.leaf(&asked, &decision, None) };
            self.store.commit(record.key, Expected::LeavesOnly, Vec::new(), vec![leaf]).await?;
        }
        Ok(record)
    }

    /// Leads an account to a record that shall name it.
    pub(crate) async fn point_to(&self, account: &str, record: &Record, asked: &Asked<'_>) -> Result<(), Error> {
        pointers::tell(self, account, Pointer::Mandate, record, asked).await
    }
}

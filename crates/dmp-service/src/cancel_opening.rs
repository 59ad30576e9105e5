//! An opening made by mistake, taken back a moment later: the record is erased, and the head says why for whoever counts.

use dmp_core::access::{Act, Caller, CallerKind, OwnOpening};
use dmp_core::audit::{Chain, Outcome};
use dmp_core::record::{Head, Record, RecordStatus, RecordStep};
use dmp_store::KeptLeaf;

use crate::head_act::About;
use crate::judge::Asked;
use crate::{Error, PersonRef, Service};

/// Leaves of a chain that are looked at: a record of fifteen minutes with more of them was used.
const LEAVES_MAX: u32 = 200;

impl Service {
    /// Takes an opening back. The last head says that it was cancelled; then number, key and means of its person go, as of a destroyed record.
    /// The leaf stands in the journal of the record and in the chain of the account. Done twice it does no harm. Gives the account of the person,
    /// whose sessions are to end.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such record; refusals of the law: not the caller's opening, too late, or somebody acted meanwhile.
    pub async fn cancel_opening(&self, person: &PersonRef, caller: &Caller) -> Result<String, Error> {
        let asked = Asked { act: Act::CancelOpening, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await?;
        let half_done = matches!(record.head.status, RecordStatus::Cancelled { .. }) && record.head.creation.recorded_by == caller.account;
        if !half_done {
            let opening = self.own_opening(&record, caller).await?;
            let more = |_: &Head, facts: &mut dmp_core::access::Facts| facts.relation.own_opening = opening.clone();
            let about = About { more: Some(&more), ..About::default() };
            // Not judged again when somebody was faster: then somebody has acted in it.
            self.change_loaded(&record, &asked, about, |head, now| Ok(head.step(RecordStep::CancelOpening(now))?)).await?;
            self.store.append_account_leaf(&caller.account, self.bare_leaf(&asked, vec!["cancel_opening".to_owned()])).await?;
        }
        self.finish_destruction(&record).await?;
        Ok(record.head.ins.account())
    }

    /// Whether the caller may still take an opening back, for a button. No leaf.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn may_cancel_opening(&self, person: &PersonRef, caller: &Caller) -> Result<bool, Error> {
        let Some(record) = self.find_record(person).await? else { return Ok(false) };
        let asked = Asked { act: Act::CancelOpening, caller, now: self.clock.now() };
        let mut facts = self.facts(&record, &asked);
        facts.relation.own_opening = self.own_opening(&record, caller).await?;
        Ok(self.ask(&asked, &facts).is_permitted())
    }

    async fn own_opening(&self, record: &Record, caller: &Caller) -> Result<Option<OwnOpening>, Error> {
        let creation = &record.head.creation;
        if creation.recorded_by != caller.account {
            return Ok(None);
        }
        let mut untouched = true;
        for chain in [Chain::Main, Chain::Secret] {
            let leaves = self.store.journal(record.key, chain, None, LEAVES_MAX).await?;
            untouched &= leaves.len() < usize::try_from(LEAVES_MAX).unwrap_or(usize::MAX) && leaves.iter().all(|kept| leaves_alone(kept, caller));
        }
        Ok(Some(OwnOpening { at: creation.at, untouched }))
    }
}

/// Whether a leaf leaves the record as new: the insurer's feed, what was refused, and what who opened it did beside documents.
fn leaves_alone(kept: &KeptLeaf, caller: &Caller) -> bool {
    let leaf = &kept.leaf;
    let by_the_feed = leaf.caller.kind == CallerKind::ReimbursementFeed;
    let by_the_opener = leaf.caller.account == caller.account && !leaf.act.is_feeding();
    by_the_feed || by_the_opener || leaf.outcome != Outcome::Done
}

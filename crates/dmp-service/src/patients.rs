//! A professional's own patients (TD0.4), and what is new in their records.

use std::collections::BTreeSet;
use std::sync::Arc;

use dmp_core::access::{Act, Caller};
use dmp_core::audit::{Chain, Leaf, Outcome, made};
use dmp_core::document::{AvailabilityStatus, DocumentEntry, Topic};
use dmp_core::record::Record;
use dmp_core::{EntryId, Moment, RecordKey};

use crate::judge::Asked;
use crate::pointers::{self, Pointer};
use crate::{Error, Service};

/// A record that a professional may open now.
#[derive(Debug, Clone)]
pub struct OwnPatient {
    pub record: Arc<Record>,
    /// Whether the person named them *médecin traitant*.
    pub medecin_traitant: bool,
    /// When they last read or fed it; `None`: never, or in a secret connection alone.
    pub last_act: Option<Moment>,
}

/// A professional's patients, the one seen last first.
#[derive(Debug, Clone, Default)]
pub struct OwnPatients {
    pub patients: Vec<OwnPatient>,
    /// Whether some are left out, for there are too many.
    pub more: bool,
}

/// What is new for a professional in one of their patients' records.
#[derive(Debug, Clone)]
pub struct PatientNews {
    pub record: Arc<Record>,
    /// Since when: their last reading, or a month ago.
    pub since: Moment,
    /// Documents that they may read, newest first. INVARIANT: at least one.
    pub documents: Vec<EntryId>,
}

impl Service {
    /// The records in which this professional has acted, or to which the person has let them in, as far as they may be read now (TD0.4). No leaf:
    /// it names whom they may open, and shows nothing of any record.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn own_patients(&self, caller: &Caller) -> Result<OwnPatients, Error> {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        let mut found = OwnPatients::default();
        for key in self.led_to(caller).await? {
            if found.patients.len() == PATIENTS_MAX {
                found.more = true;
                break;
            }
            let Some(record) = self.load(key).await? else { continue };
            let facts = self.facts(&record, &asked);
            if !self.ask(&asked, &facts).is_permitted() || found.patients.iter().any(|known| known.record.key == record.key) {
                continue;
            }
            let last_act = self.own_leaves(&record, caller).await?.iter().find(is_act).map(|leaf| leaf.at);
            found.patients.push(OwnPatient { medecin_traitant: facts.relation.medecin_traitant, record, last_act });
        }
        found.patients.sort_by_key(|patient| std::cmp::Reverse(patient.last_act));
        Ok(found)
    }

    /// What came into the records of this professional's patients since they last read in each. Each record of which something is shown gets its
    /// leaf, which is no visit: what is new there stays new until it is read.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn own_news(&self, caller: &Caller) -> Result<Vec<PatientNews>, Error> {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        let mut all = Vec::new();
        for patient in self.own_patients(caller).await?.patients {
            let record = patient.record;
            let read = self.own_leaves(&record, caller).await?.into_iter().find(is_visit).map(|leaf| leaf.at);
            let since = read.unwrap_or(asked.now.plus_days(-UNREAD_DAYS));
            let facts = self.emergency_facts(&record, &asked).await?;
            let is_new = |entry: &&DocumentEntry| {
                // What the insurer paid comes each month to everybody, and asks for nothing.
                let tells = !entry.was_written_by(&caller.account) && Topic::of(entry) != Topic::Reimbursements;
                entry.submitted_at > since && matches!(entry.status, AvailabilityStatus::Approved(_)) && tells
            };
            let mut documents: Vec<&DocumentEntry> = self.readable_documents(&record, &facts, &asked).filter(is_new).collect();
            if documents.is_empty() {
                continue;
            }
            documents.sort_by_key(|entry| std::cmp::Reverse((entry.submitted_at, entry.id)));
            self.made_leaf(&record, &asked, &facts, documents.iter().copied(), made::NEWS).await?;
            let documents = documents.into_iter().map(|entry| entry.id).collect();
            all.push(PatientNews { record, since, documents });
        }
        Ok(all)
    }

    /// Records that the journals or the pointers lead this account to. They say where to look and give no right.
    async fn led_to(&self, caller: &Caller) -> Result<BTreeSet<RecordKey>, Error> {
        let mut keys = pointers::found(self, &caller.account, Pointer::Authorised).await?;
        keys.extend(self.store.touched_by(&caller.account).await?.into_iter().map(|(key, _)| key));
        Ok(keys)
    }

    /// The newest leaves that this account left in a record, newest first.
    async fn own_leaves(&self, record: &Record, caller: &Caller) -> Result<Vec<Leaf>, Error> {
        let chain = if caller.secret_connection { Chain::Secret } else { Chain::Main };
        let leaves = self.store.leaves_of(record.key, chain, &caller.account, LEAVES_LOOKED_AT).await?;
        Ok(leaves.into_iter().map(|kept| kept.leaf).filter(|leaf| leaf.outcome == Outcome::Done).collect())
    }
}

/// Whether a leaf says that a professional read or fed the record: the worklist alone shows that something came.
fn is_act(leaf: &&Leaf) -> bool {
    leaf.act.is_clinical() && leaf.about.as_deref() != Some(made::NEWS)
}

/// Whether a leaf is a reading of the record itself: the worklist shows that something came, and is none.
pub(crate) fn is_visit(leaf: &Leaf) -> bool {
    leaf.act.is_reading() && leaf.outcome == Outcome::Done && leaf.about.as_deref() != Some(made::NEWS)
}

/// Patients shown at most.
const PATIENTS_MAX: usize = 300;
/// Leaves of one account looked at in one record.
const LEAVES_LOOKED_AT: u32 = 50;
/// Of a record never read before, what came so lately is new.
const UNREAD_DAYS: i64 = 30;

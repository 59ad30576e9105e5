//! No exam twice: whether an exam that is being ordered was done lately, by what this caller may read. Nothing is refused: the professional
//! decides, and what they decide is counted without naming the exam.

use std::sync::Arc;

use dmp_core::access::{Act, Caller};
use dmp_core::audit::made;
use dmp_core::document::DocumentEntry;
use dmp_core::record::Record;
use dmp_core::redundancy::{Evidence, Finding, Ordered, Table, Tariffs, check};
use dmp_store::Saving;

use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, PersonRef, Service};

/// An ordered exam that was done lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneLately {
    /// Its place among the orders.
    pub order: usize,
    pub finding: Finding<'static>,
}

impl DoneLately {
    /// What not doing it again saves, when a tariff is known.
    pub fn saving(&self) -> Option<Saving> {
        self.finding.tariff.map(|tariff| Saving { exams: 1, low: tariff.low_cents, middle: tariff.cents, high: tariff.high_cents })
    }
}

/// The orders of one person that were looked at.
#[derive(Debug, Clone)]
pub struct CheckedOrders {
    pub record: Arc<Record>,
    pub done: Vec<DoneLately>,
}

impl Service {
    /// Looks for each ordered exam in the record.
    ///
    /// # Errors
    /// [`Error::NotFound`] `record-not-found`; [`Error::Forbidden`] when the caller may list nothing at all.
    pub async fn check_orders(&self, person: &PersonRef, caller: &Caller, orders: &[Ordered]) -> Result<CheckedOrders, Error> {
        judged_again_when_stale!(self.check_orders_once(person, caller, orders).await)
    }

    async fn check_orders_once(&self, person: &PersonRef, caller: &Caller, orders: &[Ordered]) -> Result<CheckedOrders, Error> {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        let (record, facts) = self.may_list(person, &asked).await?;
        let readable: Vec<&DocumentEntry> = self.readable_documents(&record, &facts, &asked).filter(|entry| entry.status.is_latest()).collect();
        let extracts = self.store.extracts(record.key).await?;
        let evidence = || {
            readable.iter().filter_map(|entry| Some((*entry, extracts.of(entry.id)?))).flat_map(|(entry, extract)| {
                let is_reimbursement = entry.type_code.as_str() == REIMBURSEMENTS;
                extract.facts.iter().map(move |fact| Evidence { entry: entry.id, fact, is_reimbursement })
            })
        };
        let found = |(order, ordered): (usize, &Ordered)| {
            let finding = check(Table::built_in(), Tariffs::built_in(), ordered, evidence(), readable.iter().copied(), asked.now)?;
            Some(DoneLately { order, finding })
        };
        let done: Vec<DoneLately> = orders.iter().enumerate().filter_map(found).collect();
        let shown: Vec<&DocumentEntry> = done.iter().filter_map(|one| record.entry(one.finding.entry)).collect();
        self.made_leaf(&record, &asked, &facts, shown.into_iter(), made::ORDERS).await?;
        drop(readable);
        Ok(CheckedOrders { record, done })
    }

    /// Counts an exam that was not done again.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn exam_avoided(&self, saving: Saving) -> Result<(), Error> {
        let day = self.clock.now().as_seconds().div_euclid(DAY_SECONDS);
        Ok(self.store.add_saving(day, saving).await?)
    }

    /// What was saved, by day (days since 1970).
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn savings(&self) -> Result<Vec<(i64, Saving)>, Error> {
        Ok(self.store.savings().await?)
    }
}

const REIMBURSEMENTS: &str = "REMB";
const DAY_SECONDS: i64 = 86_400;

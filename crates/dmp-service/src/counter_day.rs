//! What an agent did at the counter today: a sealed note of their own, gone the day after. It helps them to see and to mend a slip of the hand; what
//! counts stands in the journals of the records.

use dmp_core::access::Caller;
use dmp_core::{Moment, RecordKey};
use dmp_store::{NoteKind, NotePut};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Error, Service};

/// Acts kept of one day: more than a counter does.
const ACTS_MAX: usize = 500;
/// How often a note is put again when another window of the same agent was faster.
const SWAPS_MAX: usize = 8;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CounterDeed {
    Opened,
    Cancelled,
    Refused,
    Closed,
    Codes,
    Masked,
    Shown,
    Blocked,
    Unblocked,
}

/// One act of the day. Of a refusal nothing of the person is kept (CSP R.1111-28).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterAct {
    pub at: Moment,
    pub deed: CounterDeed,
    pub person: Option<String>,
    pub record: Option<RecordKey>,
}

/// Names stay out of logs.
impl std::fmt::Debug for CounterAct {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CounterAct({:?}, …)", self.deed)
    }
}

impl Service {
    /// Adds an act of now to the day of an agent. The first acts of a day before go with it.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn counter_did(&self, agent: &Caller, deed: CounterDeed, person: Option<String>, record: Option<RecordKey>) -> Result<(), Error> {
        let now = self.now();
        for _ in 0..SWAPS_MAX {
            let (version, mut acts) = self.day_of(agent, now).await?;
            if deed == CounterDeed::Cancelled {
                acts.retain(|act| act.record != record || act.deed != CounterDeed::Opened);
            }
            if acts.len() < ACTS_MAX {
                acts.push(CounterAct { at: now, deed, person: person.clone(), record });
            }
            let bytes = postcard::to_allocvec(&acts).map_err(|error| Error::Fault(format!("day of a counter: {error}")))?;
            // Until the day after is over, wherever the hour of Paris stands.
            let put = self.store.put_note(NoteKind::CounterDay, &agent.account, version, Some(&bytes), Some(now.plus_days(1))).await?;
            if let NotePut::Done(_) = put {
                return Ok(());
            }
        }
        Err(Error::Busy)
    }

    /// The acts of today, the newest first.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn counter_day(&self, agent: &Caller) -> Result<Vec<CounterAct>, Error> {
        let (_, mut acts) = self.day_of(agent, self.now()).await?;
        acts.reverse();
        Ok(acts)
    }

    async fn day_of(&self, agent: &Caller, now: Moment) -> Result<(Option<u64>, Vec<CounterAct>), Error> {
        let Some(note) = self.store.note(NoteKind::CounterDay, &agent.account).await? else { return Ok((None, Vec::new())) };
        let mut acts: Vec<CounterAct> = postcard::from_bytes(&note.bytes).map_err(|error| Error::Fault(format!("day of a counter: {error}")))?;
        acts.retain(|act| in_paris(act.at) == in_paris(now));
        Ok((Some(note.version), acts))
    }
}

fn in_paris(at: Moment) -> Date {
    at.timestamp().to_zoned(jiff::tz::TimeZone::get("Europe/Paris").unwrap_or(jiff::tz::TimeZone::UTC)).date()
}

//! Turns at a record or an account: who would only wait for the same row of the database waits here, without a connection, so that a
//! crowd at one record leaves connections for all the others.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::StoreError;
use crate::prepare::LeafRow;

/// Rows that are told apart: two that share a place wait for each other without need.
const PLACES: usize = 1024;
/// How long anybody waits. Longer than a crowd of a hundred takes.
const TURN_MAX: Duration = Duration::from_secs(5);

/// The places of all rows.
#[derive(Debug)]
pub(crate) struct Turns(Vec<Arc<Mutex<()>>>);

impl Turns {
    pub fn new() -> Self {
        Turns((0..PLACES).map(|_| Arc::default()).collect())
    }

    /// Waits for the turn at the chains of leaves, and at a record that is to be changed. Held until the commit is over.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it does not come.
    pub async fn take(&self, leaves: &[LeafRow], record: Option<&[u8; 16]>) -> Result<Vec<OwnedMutexGuard<()>>, StoreError> {
        // In the order of the places, so that no two wait for each other.
        let places: BTreeSet<usize> = leaves.iter().map(|leaf| &leaf.chain_id).chain(record).map(place_of).collect();
        let wait = async {
            let mut turns = Vec::with_capacity(places.len());
            for place in places.into_iter().filter_map(|place| self.0.get(place)) {
                turns.push(Arc::clone(place).lock_owned().await);
            }
            turns
        };
        tokio::time::timeout(TURN_MAX, wait).await.map_err(|_| StoreError::Busy)
    }
}

/// Ids are random or keyed hashes: two of their bytes spread them well.
fn place_of(id: &[u8; 16]) -> usize {
    let [first, second, ..] = *id;
    usize::from(u16::from_le_bytes([first, second])) % PLACES
}

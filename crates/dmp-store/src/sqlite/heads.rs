//! The heads of chains in the writer's memory: it alone moves them, so a leaf needs no reading first, and a chain that
//! gains many leaves in one batch has its row written once.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use super::connect::fault;
use crate::chain::Tip;
use crate::keys::KeyRing;
use crate::{StoreError, fail_point};

/// Heads kept between batches: about 100 bytes each.
const KEPT_MAX: usize = 50_000;

/// Heads as the open transaction has them.
#[derive(Debug, Default)]
pub(crate) struct ChainHeads {
    known: HashMap<[u8; 16], Tip>,
    /// Chains whose rows are behind what is known, in the order of their rows.
    moved: BTreeSet<[u8; 16]>,
    /// What the job at work changed: taken back when it is refused.
    undo: Vec<([u8; 16], Tip)>,
}

impl ChainHeads {
    /// The head of a chain. `None` when there is no such chain.
    pub fn of(&mut self, connection: &Connection, chain_id: &[u8; 16]) -> Result<Option<Tip>, StoreError> {
        if let Some(head) = self.known.get(chain_id) {
            return Ok(Some(*head));
        }
        let place = "heads.read";
        let mut select = connection.prepare_cached("SELECT sequence, hash FROM chain WHERE chain_id = ?1").map_err(fault(place))?;
        let head = select.query_row([chain_id], |row| Ok(Tip { sequence: row.get(0)?, hash: row.get(1)? })).optional().map_err(fault(place))?;
        Ok(head)
    }

    /// Moves a chain from one head to the next.
    pub fn advance(&mut self, chain_id: [u8; 16], from: Tip, to: Tip) {
        self.undo.push((chain_id, from));
        self.moved.insert(chain_id);
        self.known.insert(chain_id, to);
    }

    /// A new job begins.
    pub fn begin_job(&mut self) {
        self.undo.clear();
    }

    /// The job was refused: what it changed did not happen. A chain that it began is not known any more.
    pub fn undo_job(&mut self) {
        while let Some((chain_id, before)) = self.undo.pop() {
            if before.sequence == 0 {
                self.known.remove(&chain_id);
            } else {
                self.known.insert(chain_id, before);
            }
        }
    }

    /// Writes the rows of the chains that moved: the last statement of a batch.
    pub fn write(&mut self, connection: &Connection, ring: &KeyRing) -> Result<(), StoreError> {
        let place = "heads.write";
        fail_point::hit("heads.before_write");
        let sql = "UPDATE chain SET sequence = ?1, hash = ?2, mac = ?3 WHERE chain_id = ?4";
        let mut update = connection.prepare_cached(sql).map_err(fault(place))?;
        for chain_id in std::mem::take(&mut self.moved) {
            let Some(tip) = self.known.get(&chain_id) else { continue };
            update.execute(params![tip.sequence, tip.hash, tip.mac(&ring.derived, &chain_id), chain_id]).map_err(fault(place))?;
        }
        fail_point::hit("heads.after_write");
        Ok(())
    }

    /// Keeps memory bounded, between batches.
    pub fn bound(&mut self) {
        if self.known.len() > KEPT_MAX {
            self.known.clear();
        }
    }
}

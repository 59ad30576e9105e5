//! Moves the log into the database beside the writer, so that no commit pays for it, and bounds the log.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

use super::connect::{Syncs, WAIT_MAX, fault, open_writer};
use super::writer::Poison;
use crate::{StoreError, fail_point};

/// Twice a second.
const PAUSE: Duration = Duration::from_millis(500);
/// Past this size the writer itself empties the log between two batches.
const LOG_MAX_BYTES: u64 = 128 * 1024 * 1024;
/// A long read keeps the log from being emptied: the next try waits until it has grown by this much.
const LOG_STEP_BYTES: u64 = 32 * 1024 * 1024;
/// How long the writer waits for readers when it empties the log.
const READERS_WAIT: Duration = Duration::from_millis(200);

/// The thread that checkpoints. Dropping it ends the thread.
#[derive(Debug)]
pub(crate) struct Checkpointer {
    stop: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpointer {
    pub fn start(path: &Path, syncs: Syncs, poison: Arc<Poison>) -> Result<Self, StoreError> {
        let connection = open_writer(path, syncs)?;
        let (stop, stopped) = sync_channel::<()>(1);
        let thread = std::thread::Builder::new().name("store-checkpoint".to_owned());
        let work = move || {
            while stopped.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                // A failed sync of the database is as final as one of the log.
                if let Err(error) = checkpoint(&connection, "PRAGMA wal_checkpoint(PASSIVE)") {
                    poison.set(&error);
                    return;
                }
            }
        };
        let thread = thread.spawn(work).map_err(|error| StoreError::fault("checkpoint.start", error))?;
        Ok(Checkpointer { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Empties the log when it has passed its bound. Run by the writer after a batch.
pub(crate) fn bound_log(path: &Path) -> impl FnMut(&Connection) -> Result<(), StoreError> + Send + 'static {
    let log = log_of(path);
    let mut bound = LOG_MAX_BYTES;
    move |connection| {
        let size = || std::fs::metadata(&log).map_or(0, |metadata| metadata.len());
        if size() <= bound {
            return Ok(());
        }
        connection.busy_timeout(READERS_WAIT).map_err(fault("checkpoint"))?;
        checkpoint(connection, "PRAGMA wal_checkpoint(TRUNCATE)")?;
        connection.busy_timeout(WAIT_MAX).map_err(fault("checkpoint"))?;
        bound = LOG_MAX_BYTES.max(size() + LOG_STEP_BYTES);
        Ok(())
    }
}

fn checkpoint(connection: &Connection, sql: &'static str) -> Result<(), StoreError> {
    fail_point::hit("checkpoint.before");
    connection.prepare_cached(sql).and_then(|mut statement| statement.query_row([], |_| Ok(()))).map_err(fault("checkpoint"))?;
    fail_point::hit("checkpoint.after");
    Ok(())
}

fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

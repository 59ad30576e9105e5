//! The one writer: a thread that owns the only write connections and commits requests in groups.
//!
//! It takes one request, drains what else waits, gives each its savepoint, commits once, then answers all.
//! INVARIANT: nothing is acknowledged before COMMIT returned, and a failed COMMIT is never tried again.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::connect::fault;
use super::heads::ChainHeads;
use super::keys::KeyWriter;
use crate::{StoreError, fail_point};

/// Requests that may wait: about half a second of work. More are told to come back.
const QUEUE_MAX: usize = 1024;
/// When a batch held this many requests, the writer waits before the next for others who come at the same time: each then pays
/// for a smaller part of a commit. A request that is alone never waits.
const CROWD_MIN: usize = 4;
/// How long it waits at most; and never longer than the last commit took.
const GATHER_MAX: Duration = Duration::from_micros(400);
/// Requests in one commit.
const BATCH_MAX: usize = 512;

/// One request to the writer.
pub(crate) trait Job: Send {
    /// Whether [`Job::apply_keys`] has work: keys are made durable before the record that needs them.
    fn touches_keys(&self) -> bool {
        false
    }

    /// Changes the key database, inside its transaction.
    ///
    /// # Errors
    /// A refusal ends this request alone; a [`StoreError::Fault`] ends the batch and poisons the store.
    fn apply_keys(&mut self, _keys: &mut KeyWriter) -> Result<(), StoreError> {
        Ok(())
    }

    /// After the key database committed.
    fn keys_committed(&mut self, _keys: &mut KeyWriter) {}

    /// Changes the records, inside a savepoint of the batch.
    ///
    /// # Errors
    /// As for [`Job::apply_keys`].
    fn apply(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError>;

    /// Whether [`Job::apply`] may write and then refuse. Without it, no savepoint is needed to take the request back.
    fn may_be_refused(&self) -> bool {
        true
    }

    /// Answers: after COMMIT with what [`Job::apply`] gave, or with the fault that sank the batch.
    fn settle(self: Box<Self>, outcome: Result<(), StoreError>);
}

/// The open transaction as a request sees it.
pub(crate) struct Batch<'a> {
    pub connection: &'a Connection,
    pub heads: &'a mut ChainHeads,
}

/// Remembers the failure after which nothing may be written or read any more.
#[derive(Debug, Default)]
pub(crate) struct Poison(OnceLock<(&'static str, String)>);

impl Poison {
    /// Fails once the store is poisoned.
    pub fn check(&self) -> Result<(), StoreError> {
        self.0.get().map_or(Ok(()), |(place, detail)| Err(StoreError::fault(place, detail)))
    }

    /// Poisons the store. The first failure is the one that is told.
    pub fn set(&self, error: &StoreError) {
        let told = match error {
            StoreError::Fault { place, detail } => (*place, detail.clone()),
            other => ("writer", other.to_string()),
        };
        tracing::error!(store.place = told.0, store.detail = told.1, "the store is poisoned: nothing is written or read any more");
        let _ = self.0.set(told);
    }
}

/// The way to the writer. Dropping it ends the thread after what waits is done.
#[derive(Debug)]
pub(crate) struct Writer {
    queue: Option<SyncSender<Box<dyn Job>>>,
    /// Batches made durable since the start.
    pub commits: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    pub fn start<F>(connection: Connection, keys: KeyWriter, poison: Arc<Poison>, after_commit: F) -> Result<Self, StoreError>
    where
        F: FnMut(&Connection) -> Result<(), StoreError> + Send + 'static,
    {
        let (queue, waiting) = sync_channel(QUEUE_MAX);
        let commits = Arc::new(AtomicU64::new(0));
        let mut desk = Desk { connection, keys, heads: ChainHeads::default(), poison, commits: Arc::clone(&commits) };
        let thread = std::thread::Builder::new().name("store-writer".to_owned());
        let thread = thread.spawn(move || desk.work(&waiting, after_commit)).map_err(|error| StoreError::fault("writer.start", error))?;
        Ok(Writer { queue: Some(queue), commits, thread: Some(thread) })
    }

    /// Hands a job in and gives where its answer will come.
    pub fn send(&self, job: Box<dyn Job>) -> Result<(), StoreError> {
        fail_point::hit("writer.before_queue");
        let queue = self.queue.as_ref().ok_or_else(|| StoreError::fault("writer.send", "the writer has ended"))?;
        queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Busy,
            TrySendError::Disconnected(_) => StoreError::fault("writer.send", "the writer has ended"),
        })
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the writer was answered to its callers already: their answers never came.
            let _ = thread.join();
        }
    }
}

/// Waits for the answer of a job.
pub(crate) async fn answer<T>(receiver: oneshot::Receiver<Result<T, StoreError>>) -> Result<T, StoreError> {
    receiver.await.unwrap_or_else(|_| Err(StoreError::fault("writer.answer", "the writer ended without an answer")))
}

/// What the thread owns.
struct Desk {
    connection: Connection,
    keys: KeyWriter,
    heads: ChainHeads,
    poison: Arc<Poison>,
    commits: Arc<AtomicU64>,
}

impl Desk {
    fn work(&mut self, waiting: &Receiver<Box<dyn Job>>, mut after_commit: impl FnMut(&Connection) -> Result<(), StoreError>) {
        let mut busy = Duration::ZERO;
        while let Ok(first) = waiting.recv() {
            let mut jobs = vec![first];
            jobs.extend(waiting.try_iter().take(BATCH_MAX - 1));
            if !busy.is_zero() && jobs.len() < BATCH_MAX {
                std::thread::sleep(busy);
                jobs.extend(waiting.try_iter().take(BATCH_MAX - jobs.len()));
            }
            let (began, crowd) = (Instant::now(), jobs.len());
            self.run(jobs);
            busy = if crowd < CROWD_MIN { Duration::ZERO } else { GATHER_MAX.min(began.elapsed()) };
            if self.poison.check().is_ok()
                && let Err(error) = after_commit(&self.connection)
            {
                self.poison.set(&error);
            }
        }
    }

    fn run(&mut self, mut jobs: Vec<Box<dyn Job>>) {
        let batch = self.poison.check().and_then(|()| self.commit_batch(&mut jobs));
        match batch {
            Ok(outcomes) => {
                fail_point::hit("writer.before_reply");
                for (job, outcome) in jobs.into_iter().zip(outcomes) {
                    job.settle(outcome);
                }
            }
            Err(error) => {
                self.poison.set(&error);
                for job in jobs {
                    job.settle(self.poison.check());
                }
            }
        }
    }

    /// Commits the keys, then the records. Any fault means that the whole batch is not there, or not known to be.
    fn commit_batch(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        let mut outcomes: Vec<Result<(), StoreError>> = jobs.iter().map(|_| Ok(())).collect();
        if jobs.iter().any(|job| job.touches_keys()) {
            self.commit_keys(jobs, &mut outcomes)?;
        }
        fail_point::hit("writer.before_begin");
        run(&self.connection, "BEGIN IMMEDIATE")?;
        for (job, outcome) in jobs.iter_mut().zip(&mut outcomes) {
            if outcome.is_err() {
                continue;
            }
            *outcome = self.apply(job.as_mut())?;
        }
        self.heads.write(&self.connection, self.keys.ring())?;
        fail_point::hit("writer.before_commit");
        run(&self.connection, "COMMIT")?;
        self.heads.bound();
        self.commits.fetch_add(1, Ordering::Relaxed);
        fail_point::hit("writer.after_commit");
        Ok(outcomes)
    }

    /// Applies one request: whole, or not at all when it is refused.
    fn apply(&mut self, job: &mut dyn Job) -> Result<Result<(), StoreError>, StoreError> {
        let savepoint = job.may_be_refused();
        if savepoint {
            run(&self.connection, "SAVEPOINT job")?;
        }
        self.heads.begin_job();
        let outcome = sort(job.apply(&mut Batch { connection: &self.connection, heads: &mut self.heads }))?;
        if outcome.is_err() {
            self.heads.undo_job();
        }
        if savepoint && outcome.is_err() {
            run(&self.connection, "ROLLBACK TO job")?;
        }
        if savepoint {
            run(&self.connection, "RELEASE job")?;
        }
        Ok(outcome)
    }

    fn commit_keys(&mut self, jobs: &mut [Box<dyn Job>], outcomes: &mut [Result<(), StoreError>]) -> Result<(), StoreError> {
        run(&self.keys.connection, "BEGIN IMMEDIATE")?;
        for (job, outcome) in jobs.iter_mut().zip(outcomes.iter_mut()).filter(|(job, _)| job.touches_keys()) {
            *outcome = sort(job.apply_keys(&mut self.keys))?;
        }
        fail_point::hit("keys.before_commit");
        run(&self.keys.connection, "COMMIT")?;
        fail_point::hit("keys.after_commit");
        for (job, outcome) in jobs.iter_mut().zip(outcomes.iter()) {
            if outcome.is_ok() && job.touches_keys() {
                job.keys_committed(&mut self.keys);
            }
        }
        Ok(())
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.poison.set(&StoreError::fault("writer", "the writer panicked"));
        }
    }
}

/// Tells a refusal of one request (inner) from a failure of the engine (outer).
fn sort(result: Result<(), StoreError>) -> Result<Result<(), StoreError>, StoreError> {
    match result {
        Err(StoreError::Fault { place, detail }) => Err(StoreError::Fault { place, detail }),
        other => Ok(other),
    }
}

fn run(connection: &Connection, sql: &'static str) -> Result<(), StoreError> {
    connection.prepare_cached(sql).and_then(|mut statement| statement.execute([])).map(drop).map_err(fault("writer.transaction"))
}

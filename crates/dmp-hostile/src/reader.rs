//! The server's side: a few living children, each given one document at a time, replaced as soon as one misbehaves.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use dmp_core::summary::TextPart;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Semaphore;

use crate::child;
use crate::frame::{self, ANSWER_BYTES_MAX, Answer, DOCUMENT_BYTES_MAX, Said, Study, Unreadable};

/// A child that was busy for this long in all is replaced, so that honest documents never use up its processor time.
pub(crate) const BUSY_SECONDS_MAX: u64 = 20;
/// A child that has read this many documents is replaced: whatever one of them left in its memory goes with it.
const DOCUMENTS_MAX: u32 = 500;

/// How a reader works.
#[derive(Debug, Clone)]
pub struct ReaderOptions {
    /// The program that is the child: the running one, except in tests.
    pub program: PathBuf,
    pub arguments: Vec<OsString>,
    /// Children at once.
    pub children: usize,
    /// Longest reading of one document.
    pub patience: Duration,
    /// Callers that may wait for a child; one more is told [`NotRead::Busy`].
    pub waiting_max: usize,
}

impl ReaderOptions {
    /// Two children of the given program, ten seconds for a document, 64 callers that wait.
    pub fn new(program: PathBuf) -> Self {
        ReaderOptions { program, arguments: vec![child::ARGUMENT.into()], children: 2, patience: Duration::from_secs(10), waiting_max: 64 }
    }
}

/// How reading a document ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Its text, by page. INVARIANT: at least one part.
    Text(Vec<TextPart>),
    /// The imaging study that it names.
    Study(Box<Study>),
    /// The picture alone: place, time and device are gone.
    Image(Vec<u8>),
    /// It was read and holds neither: images.
    Nothing,
    Unreadable(Why),
}

/// Why a document was not read. It says nothing of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The child read it and says so.
    Told(Unreadable),
    /// Over [`DOCUMENT_BYTES_MAX`].
    TooLarge,
    /// The child ended over it: it crashed, or used up its memory or processor time.
    Ended,
    /// The child did not answer in time.
    TooSlow,
    /// The child answered what is no answer.
    Nonsense,
}

/// The document was not looked at: it may be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRead {
    #[error("too many documents wait for being read")]
    Busy,
    #[error("no child process for reading documents starts")]
    NoChild,
}

/// Reads hostile documents in child processes.
#[derive(Debug)]
pub struct Reader {
    options: ReaderOptions,
    /// One permit for each caller that reads or waits.
    admitted: Semaphore,
    /// One permit for each child.
    turns: Semaphore,
    idle: Mutex<Vec<Worker>>,
}

impl Reader {
    /// A reader without children yet: each is started when it is needed.
    pub fn new(options: ReaderOptions) -> Self {
        let children = options.children.max(1);
        let admitted = Semaphore::new(children.saturating_add(options.waiting_max).min(Semaphore::MAX_PERMITS));
        Reader { admitted, turns: Semaphore::new(children), idle: Mutex::new(Vec::new()), options }
    }

    /// Reads one document. To be called inside a tokio runtime. Dropping the future ends the child that reads.
    ///
    /// # Errors
    /// [`NotRead`] when nobody looked at the document.
    pub async fn read(&self, document: &[u8]) -> Result<Reading, NotRead> {
        if document.len() > DOCUMENT_BYTES_MAX {
            return Ok(Reading::Unreadable(Why::TooLarge));
        }
        let _admitted = self.admitted.try_acquire().map_err(|_| NotRead::Busy)?;
        let _turn = self.turns.acquire().await.map_err(|_| NotRead::NoChild)?;
        let mut worker = self.worker()?;
        let began = Instant::now();
        let asked = tokio::time::timeout(self.options.patience, worker.ask(document)).await.unwrap_or(Err(Why::TooSlow));
        worker.busy += began.elapsed();
        worker.documents += 1;
        match asked {
            Ok(answer) => {
                self.keep(worker);
                Ok(reading(answer))
            }
            Err(why) => {
                worker.end().await;
                Ok(Reading::Unreadable(why))
            }
        }
    }

    /// A child that lives: one that is idle, or a new one.
    fn worker(&self) -> Result<Worker, NotRead> {
        while let Some(mut worker) = self.idle().pop() {
            // One that ended while it was idle is no fault of the next document.
            if worker.lives() {
                return Ok(worker);
            }
        }
        Worker::start(&self.options)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, worker: Worker) {
        if worker.busy.as_secs() < BUSY_SECONDS_MAX && worker.documents < DOCUMENTS_MAX {
            self.idle().push(worker);
        }
    }
}

fn reading(answer: Answer) -> Reading {
    match answer {
        Ok(Said::Text(parts)) if parts.is_empty() => Reading::Nothing,
        Ok(Said::Text(parts)) => Reading::Text(parts),
        Ok(Said::Study(study)) => Reading::Study(study),
        Ok(Said::Image(image)) => Reading::Image(image),
        Err(why) => Reading::Unreadable(Why::Told(why)),
    }
}

/// A living child. Dropped, it is killed.
#[derive(Debug)]
struct Worker {
    process: Child,
    documents_in: ChildStdin,
    answers_out: ChildStdout,
    busy: Duration,
    documents: u32,
}

impl Worker {
    fn start(options: &ReaderOptions) -> Result<Self, NotRead> {
        let mut process = Command::new(&options.program)
            .args(&options.arguments)
            // SECURITY: passwords of the server stand in its environment.
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // A message of a parser may quote the document.
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|_| NotRead::NoChild)?;
        let documents_in = process.stdin.take().ok_or(NotRead::NoChild)?;
        let answers_out = process.stdout.take().ok_or(NotRead::NoChild)?;
        Ok(Worker { process, documents_in, answers_out, busy: Duration::ZERO, documents: 0 })
    }

    fn lives(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }

    /// Sends a document and takes the answer.
    async fn ask(&mut self, document: &[u8]) -> Result<Answer, Why> {
        let header = frame::header(document.len(), DOCUMENT_BYTES_MAX).ok_or(Why::TooLarge)?;
        self.documents_in.write_all(&header).await.map_err(|_| Why::Ended)?;
        self.documents_in.write_all(document).await.map_err(|_| Why::Ended)?;
        self.documents_in.flush().await.map_err(|_| Why::Ended)?;
        let length = self.answers_out.read_u32_le().await.map_err(|_| Why::Ended)?;
        let length = usize::try_from(length).ok().filter(|length| *length <= ANSWER_BYTES_MAX).ok_or(Why::Nonsense)?;
        let mut bytes = Vec::new();
        let mut answer = (&mut self.answers_out).take(u64::try_from(length).unwrap_or(0));
        answer.read_to_end(&mut bytes).await.map_err(|_| Why::Ended)?;
        if bytes.len() < length {
            return Err(Why::Ended);
        }
        postcard::from_bytes(&bytes).map_err(|_| Why::Nonsense)
    }

    /// Kills the child and waits until it is gone.
    async fn end(mut self) {
        // It may be gone already; dropping it kills what is left.
        drop(self.process.kill().await);
    }
}

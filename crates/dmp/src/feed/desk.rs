//! What the listener and the sender share: the folder, the journal, the ledger, under one lock.

use std::sync::{Mutex, MutexGuard};
use std::time::Instant;

use dmp_core::Moment;
use dmp_interop::hl7v2::{Acknowledgement, Fault, Limits, Message};
use dmp_service::{Clock, SystemClock};

use super::compose::{self, Defaults, Task, Work};
use super::folder::{Folder, Wrong};
use super::journal::Journal;
use super::ledger::{Event, Fate, Ledger, Reason, Received};
use super::queue::{Queue, Queued};

/// The desk.
#[derive(Debug)]
pub struct Desk {
    pub folder: Folder,
    pub defaults: Defaults,
    inside: Mutex<Inside>,
}

/// What is under the lock.
#[derive(Debug)]
pub struct Inside {
    journal: Journal,
    pub ledger: Ledger,
    /// What is to be sent, by id.
    pub queue: Queue,
}

impl Desk {
    /// Opens the folder and its journal.
    ///
    /// # Errors
    /// In words.
    pub fn open(folder: Folder, defaults: Defaults) -> Result<Self, String> {
        let (journal, ledger) = Journal::open(&folder.journal())?;
        Ok(Desk { folder, defaults, inside: Mutex::new(Inside { journal, ledger, queue: Queue::default() }) })
    }

    /// What is under the lock.
    ///
    /// # Errors
    /// When somebody ended while holding it.
    pub fn lock(&self) -> Result<MutexGuard<'_, Inside>, String> {
        self.inside.lock().map_err(|_| "the journal was left unfinished".to_owned())
    }

    /// Takes a message from the wire: it is in the folder when this returns yes.
    pub fn receive(&self, bytes: &[u8]) -> (Option<Message>, Acknowledgement) {
        let message = Message::parse(bytes, Limits::default()).ok();
        let answer = match compose::message(bytes, &self.defaults) {
            Ok(task) => match self.keep(&task, bytes) {
                Ok(()) => Acknowledgement::Accepted,
                Err(why) => {
                    tracing::error!(feed.problem = %why, "a message cannot be kept");
                    Acknowledgement::Later
                }
            },
            Err((id, name, reasons)) => {
                let wrong = Wrong { id, control: Some(name.clone()).filter(|id| !id.is_empty()), name, reasons };
                match self.tell_refused(&wrong) {
                    Ok(()) => Acknowledgement::Refused(fault(&wrong.reasons)),
                    Err(_) => Acknowledgement::Later,
                }
            }
        };
        (message, answer)
    }

    fn keep(&self, task: &Task, bytes: &[u8]) -> Result<(), String> {
        // INVARIANT: one lock from the question whether it is known to the file on the disk: of two that come at once one is written.
        let mut inside = self.lock()?;
        if inside.ledger.is_done(&task.id) || inside.queue.get(&task.id).is_some() {
            return inside.tell(&[Event::Double { id: task.id.clone(), at: now() }], false);
        }
        if let Work::Nothing(why) = &task.work {
            let nothing = Event::Nothing { id: task.id.clone(), at: now(), why: why.clone() };
            return inside.tell(&[received(task), nothing], true);
        }
        let file = self.folder.put(&task.id, bytes)?;
        inside.tell(&[received(task)], false)?;
        inside.enqueue(task, file);
        Ok(())
    }

    fn tell_refused(&self, wrong: &Wrong) -> Result<(), String> {
        let Wrong { id, name, control, reasons } = wrong;
        let what = "other".to_owned();
        let came = Received { id: id.clone(), at: now(), name: name.clone(), control: control.clone(), what, document: None };
        let refused = Event::Refused { id: id.clone(), at: now(), reasons: reasons.clone() };
        self.lock()?.tell(&[Event::Received(came), refused], true)
    }

    /// Looks into the folder: what is new goes into the queue, what needs nothing more goes out of it.
    ///
    /// # Errors
    /// In words.
    pub fn scan(&self) -> Result<(), String> {
        let known = self.lock()?.queue.files();
        for name in self.folder.waiting()?.into_iter().filter(|name| !known.contains(name)) {
            match self.folder.read(&name, &self.defaults) {
                None => {}
                Some(Err(wrong)) => {
                    self.tell_refused(&wrong)?;
                    self.folder.refuse(&wrong.name, &wrong.reasons)?;
                }
                Some(Ok(task)) => self.take(&task, &name)?,
            }
        }
        Ok(())
    }

    /// A file that was found.
    fn take(&self, task: &Task, file: &str) -> Result<(), String> {
        let mut inside = self.lock()?;
        match inside.queue.get(&task.id) {
            // Put there by the listener between the look and this.
            Some(queued) if queued.file == file => return Ok(()),
            Some(_) => {
                inside.tell(&[Event::Double { id: task.id.clone(), at: now() }], false)?;
                return self.folder.finish(file);
            }
            None => {}
        }
        let before = inside.ledger.items.get(&task.id).map(|item| (item.fate.clone(), item.received.name.clone()));
        match before {
            Some((Fate::Sent { .. } | Fate::Nothing { .. }, name)) => {
                // The file itself, left there by an end between the line and the move, is no double.
                if name != file && !file.starts_with("mllp-") {
                    inside.tell(&[Event::Double { id: task.id.clone(), at: now() }], false)?;
                }
                return self.folder.finish(file);
            }
            Some((Fate::Waiting { .. }, _)) => {}
            // What was refused and is put there again is tried again.
            Some((Fate::Refused { .. }, _)) | None => inside.tell(&[received(task)], false)?,
        }
        if let Work::Nothing(why) = &task.work {
            inside.tell(&[Event::Nothing { id: task.id.clone(), at: now(), why: why.clone() }], true)?;
            return self.folder.finish(file);
        }
        inside.enqueue(task, file.to_owned());
        Ok(())
    }
}

impl Inside {
    /// Writes lines, then knows them.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn tell(&mut self, events: &[Event], sync: bool) -> Result<(), String> {
        self.journal.add(events, sync)?;
        events.iter().cloned().for_each(|event| self.ledger.apply(event));
        Ok(())
    }

    fn enqueue(&mut self, task: &Task, file: String) {
        let (unique_id, replaces, stay) = match &task.work {
            Work::Document(deposit) => (Some(deposit.unique_id.clone()), deposit.replaces.clone(), None),
            Work::Move { one, said_at } => (None, None, Some((stay_name(&one.stay), super::stays::order(one, *said_at)))),
            Work::Nothing(_) => (None, None, None),
        };
        let since = self.ledger.items.get(&task.id).and_then(|item| Moment::parse_fhir(&item.received.at)).unwrap_or_else(|| SystemClock.now());
        let queued = Queued { file, lane: task.lane.clone(), unique_id, replaces, stay, since, tries: 0, due: Instant::now() };
        self.queue.add(&task.id, queued);
    }
}

/// A stay in the journal: a hash of its number.
pub fn stay_name(stay: &str) -> String {
    compose::hash(&[b"stay", stay.as_bytes()])
}

fn received(task: &Task) -> Event {
    let (what, document) = match &task.work {
        Work::Document(deposit) => ("document", Some(deposit.unique_id.clone())),
        Work::Move { .. } => ("move", None),
        Work::Nothing(_) => ("other", None),
    };
    let control = task.control.clone();
    Event::Received(Received { id: task.id.clone(), at: now(), name: task.name.clone(), control, what: what.to_owned(), document })
}

/// The present, as the journal writes it.
pub fn now() -> String {
    SystemClock.now().to_instant()
}

/// The fault that an acknowledgement tells: the first reason.
fn fault(reasons: &[Reason]) -> Fault {
    let first = reasons.first();
    Fault::named(first.map_or("", |reason| reason.code.as_str()), first.map_or("", |reason| reason.place.as_str()))
}

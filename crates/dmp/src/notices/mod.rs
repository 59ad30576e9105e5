//! The worker: what the software does on a date, and notices from the queue to mailboxes and letters. In `dmp serve`, `dmp worker`, `dmp letters`.

mod codes;
mod letters;
mod paper;
mod smtp;

pub use codes::SmtpCodes;
pub use letters::run as letters;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use dmp_core::record::{Recipient, Way};
use dmp_pages::{Telling, lang_of, mail_text};
use dmp_service::{Error, IdKind, IdSealer, Mailboxes, NoticeDesk, ReadingDesk, Rung, Service};
use dmp_store::{ClaimedDelivery, OperatedStore, Sealing, Slot};
use tokio::sync::watch;

use crate::commands::{MailOptions, WorkerOptions};
use crate::{open, print, reading, reimbursements, statistics};
use smtp::{Mail, Refusal, Smtp};

/// How long the worker rests when nothing is due.
const REST: Duration = Duration::from_secs(1);
/// How long after a failure of the store.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(10);

/// What a worker did since its start. Counts alone: nothing of them leads to a person.
#[derive(Debug, Default)]
pub struct Tally {
    pub sent: AtomicU64,
    pub put_off: AtomicU64,
    pub given_up: AtomicU64,
    /// Records closed, archives destroyed, acts that failed: what the software does on a date.
    pub closed: AtomicU64,
    pub destroyed: AtomicU64,
    pub failed: AtomicU64,
    /// Openings and sign-ins swept that nobody came back for.
    pub swept: AtomicU64,
}

impl Tally {
    /// Names and values of what was done on a date, for `/metrics`.
    pub fn dates(&self) -> [(&'static str, u64); 4] {
        [
            ("dmp_dated_records_closed_total", self.closed.load(Ordering::Relaxed)),
            ("dmp_dated_records_destroyed_total", self.destroyed.load(Ordering::Relaxed)),
            ("dmp_dated_acts_failed_total", self.failed.load(Ordering::Relaxed)),
            ("dmp_dated_notes_swept_total", self.swept.load(Ordering::Relaxed)),
        ]
    }

    /// Names and values of mails, for `/metrics`.
    pub fn figures(&self) -> [(&'static str, u64); 3] {
        [
            ("dmp_notice_mails_sent_total", self.sent.load(Ordering::Relaxed)),
            ("dmp_notice_mails_put_off_total", self.put_off.load(Ordering::Relaxed)),
            ("dmp_notice_mails_given_up_total", self.given_up.load(Ordering::Relaxed)),
        ]
    }

    fn add(&self, rung: Rung) {
        self.closed.fetch_add(rung.closed, Ordering::Relaxed);
        self.destroyed.fetch_add(rung.destroyed, Ordering::Relaxed);
        self.failed.fetch_add(rung.failed, Ordering::Relaxed);
    }
}

/// What a worker is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Dates, and all of the queue of notices.
    Everything,
    /// Dates alone. What commits left is for a worker that knows the mailboxes of professionals.
    Dates,
}

/// A worker at its desk.
#[derive(Debug)]
pub struct Worker {
    desk: NoticeDesk,
    duty: Duty,
    smtp: Option<Smtp>,
    ids: IdSealer,
    base_url: String,
    tally: Arc<Tally>,
    /// The hour in which notes were last swept: their dates are ends of hours.
    swept_in: AtomicI64,
}

/// Whether a round found anything to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Round {
    Busy,
    Idle,
}

impl Worker {
    /// A worker over a store, as its options say.
    ///
    /// # Errors
    /// What is wrong with the options, in words.
    pub fn new(store: &Arc<dyn OperatedStore>, acts: Service, duty: Duty, options: &MailOptions, base_url: &str) -> Result<Self, String> {
        let desk = desk(store, acts, options.mailboxes.as_deref())?.with_times(options.retry_seconds, options.lease_seconds);
        let smtp = Smtp::of(options)?;
        let base_url = base_url.trim_end_matches('/').to_owned();
        Ok(Worker {
            desk,
            duty,
            smtp,
            ids: IdSealer::new(&store.derive("resource ids")),
            base_url,
            tally: Arc::default(),
            swept_in: AtomicI64::new(0),
        })
    }

    /// What it did.
    pub fn tally(&self) -> Arc<Tally> {
        Arc::clone(&self.tally)
    }

    /// Works until a stop is asked. The mail under way is finished first.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let rest = match self.round(&stop).await {
                Ok(Round::Busy) => continue,
                Ok(Round::Idle) => REST,
                Err(error) => {
                    tracing::error!(error.code = error.code(), "the worker met a failure and goes on later");
                    REST_AFTER_FAILURE
                }
            };
            // Ended by a stop, or by the end of whoever could ask for one.
            let _ = tokio::time::timeout(rest, stop.changed()).await;
        }
    }

    /// Works until nothing is due.
    ///
    /// # Errors
    /// The first failure of the store.
    pub async fn run_once(&self) -> Result<(), Error> {
        let (_ask, stop) = watch::channel(false);
        while self.round(&stop).await? == Round::Busy {}
        Ok(())
    }

    async fn round(&self, stop: &watch::Receiver<bool>) -> Result<Round, Error> {
        let rung = self.desk.tell_clocks().await?;
        self.tally.add(rung);
        self.sweep().await?;
        let relayed = match self.duty {
            Duty::Everything => self.desk.relay().await?,
            Duty::Dates => 0,
        };
        let found = rung.clocks + relayed;
        let Some(smtp) = &self.smtp else { return Ok(if found > 0 { Round::Busy } else { Round::Idle }) };
        let claimed = self.desk.claim(Slot::Mail).await?;
        let busy = found > 0 || !claimed.is_empty();
        self.send_all(smtp, claimed, stop).await?;
        Ok(if busy { Round::Busy } else { Round::Idle })
    }

    /// Once an hour, and when the worker starts.
    async fn sweep(&self) -> Result<(), Error> {
        let hour = self.desk.now().as_seconds().div_euclid(3_600);
        if self.swept_in.load(Ordering::Relaxed) == hour {
            return Ok(());
        }
        self.tally.swept.fetch_add(self.desk.sweep_notes().await?, Ordering::Relaxed);
        self.swept_in.store(hour, Ordering::Relaxed);
        Ok(())
    }

    async fn send_all(&self, smtp: &Smtp, claimed: Vec<ClaimedDelivery>, stop: &watch::Receiver<bool>) -> Result<(), Error> {
        let mut reachable = true;
        for group in groups(claimed) {
            let is_late = group.iter().any(|one| !self.desk.holds(one));
            if *stop.borrow() || is_late {
                // What is left is free again when its lease ends.
                return Ok(());
            }
            let outcome = if reachable { smtp.send(&self.mail(&group)).await } else { Err(Refusal::Unreachable) };
            reachable = outcome != Err(Refusal::Unreachable);
            self.settle(&group, outcome).await?;
        }
        Ok(())
    }

    async fn settle(&self, group: &[ClaimedDelivery], outcome: Result<(), Refusal>) -> Result<(), Error> {
        match outcome {
            Ok(()) => {
                self.tally.sent.fetch_add(1, Ordering::Relaxed);
            }
            Err(Refusal::Later | Refusal::Unreachable) => {
                self.tally.put_off.fetch_add(1, Ordering::Relaxed);
            }
            Err(Refusal::Never) => {}
        }
        for one in group {
            let given_up = match outcome {
                Ok(()) => {
                    self.desk.delivered(one).await?;
                    false
                }
                Err(Refusal::Later | Refusal::Unreachable) => !self.desk.try_later(one).await?,
                Err(Refusal::Never) => {
                    self.desk.give_up(one).await?;
                    true
                }
            };
            if given_up {
                self.tally.given_up.fetch_add(1, Ordering::Relaxed);
                tracing::error!(notice.kind = one.delivery.kind.code(), "a notice could not be delivered and is kept: dmp worker --retry-dead");
            }
        }
        Ok(())
    }

    fn mail(&self, group: &[ClaimedDelivery]) -> Mail {
        let first = group.first();
        let tellings: Vec<Telling> = group.iter().map(telling).collect();
        let lang = first.map_or_else(dmp_pages::Lang::default, |one| lang_of(one.delivery.language));
        let link = first.map_or_else(|| self.base_url.clone(), |one| link(&self.base_url, &self.ids, one));
        let text = mail_text(&tellings, lang, &link);
        let to = first.and_then(|one| if let Way::Mail(address) = &one.delivery.way { Some(address.clone()) } else { None });
        Mail { id: id_of(group), to: to.unwrap_or_default(), subject: text.subject, body: text.body, at: self.desk.now() }
    }
}

/// A desk with the mailboxes of a file.
fn desk(store: &Arc<dyn OperatedStore>, acts: Service, mailboxes: Option<&Path>) -> Result<NoticeDesk, String> {
    let mailboxes = match mailboxes {
        None => Mailboxes::default(),
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
            Mailboxes::read(&text).map_err(|line| format!("{}: line {line} is not RPPS;ADDRESS", path.display()))?
        }
    };
    Ok(NoticeDesk::new(Arc::clone(store), acts, mailboxes))
}

fn telling(claimed: &ClaimedDelivery) -> Telling {
    Telling { kind: claimed.delivery.kind, at: claimed.delivery.at, to: claimed.delivery.to }
}

/// Where a reader signs in. A médecin traitant is led to the patient: the id says nothing to whoever may not read it.
fn link(base_url: &str, ids: &IdSealer, claimed: &ClaimedDelivery) -> String {
    match claimed.delivery.to {
        Recipient::MedecinTraitant => format!("{base_url}/pro/patients/{}", ids.seal_record(IdKind::Patient, claimed.key)),
        Recipient::Person | Recipient::Representative | Recipient::Paper => format!("{base_url}/"),
    }
}

/// Deliveries that go in one mail: each by itself, or those of a digest together.
fn groups(claimed: Vec<ClaimedDelivery>) -> Vec<Vec<ClaimedDelivery>> {
    let mut digests: BTreeMap<(dmp_core::RecordKey, dmp_core::Moment, String), Vec<ClaimedDelivery>> = BTreeMap::new();
    let mut groups = Vec::new();
    for one in claimed {
        match (&one.delivery.way, one.delivery.in_digest) {
            (Way::Mail(address), true) => digests.entry((one.key, one.delivery.due, address.clone())).or_default().push(one),
            (Way::Mail(_) | Way::Letter { .. }, _) => groups.push(vec![one]),
        }
    }
    groups.extend(digests.into_values());
    groups
}

/// The same id at every try of the same deliveries, so that a mail that went twice is seen as one.
fn id_of(group: &[ClaimedDelivery]) -> String {
    let mut id = [0_u8; 16];
    for one in group {
        id.iter_mut().zip(one.id.0).for_each(|(sum, byte)| *sum ^= byte);
    }
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `dmp worker`.
///
/// # Errors
/// What is wrong, in words.
pub async fn work(options: WorkerOptions) -> Result<(), String> {
    let store = open::existing(&options.store, Sealing::On).await?;
    let codecs = reading::codecs()?;
    let acts = open::service(&store, open::config(&options.store)?);
    let acts = match reimbursements::insurer(&options.insurer, &codecs, open::mode(options.store.production), None)? {
        Some(insurer) => acts.with_insurer(insurer),
        None => acts,
    };
    let worker = Worker::new(&store, acts.clone(), Duty::Everything, &options.mail, &options.base_url)?;
    if options.retry_dead {
        let revived = worker.desk.revive().await.map_err(|error| error.to_string())?;
        print::line(&format!("{revived} notices have another chance"));
    }
    let tariffs = statistics::tariffs(options.statistics.tariffs.as_deref())?;
    if options.once {
        worker.run_once().await.map_err(|error| error.to_string())?;
        statistics::run_once(&acts, &tariffs).await?;
    } else {
        let (ask, stop) = watch::channel(false);
        let asked = async {
            crate::serve::stop_asked().await;
            let _ = ask.send(true);
        };
        let desk = ReadingDesk::new(acts.clone(), codecs);
        tokio::join!(worker.run(stop.clone()), reading::run(desk, stop.clone()), statistics::run(acts, tariffs, stop), asked);
    }
    let counts = worker.desk.counts().await.map_err(|error| error.to_string())?;
    let [(_, sent), (_, put_off), (_, given_up)] = worker.tally.figures();
    let [(_, closed), (_, destroyed), (_, failed), (_, swept)] = worker.tally.dates();
    print::line(&format!(
        "on their date: {closed} records closed, {destroyed} destroyed, {failed} failed, {swept} unfinished openings and sign-ins swept"
    ));
    print::line(&format!("{sent} mails sent, {put_off} put off, {given_up} given up"));
    print::line(&format!("waiting: {} mails, {} letters; kept after failure: {}", counts.mails, counts.letters, counts.dead));
    Ok(())
}

/// Makes a file that its owner alone reads: codes, names and whole summaries are printed from it.
fn private_file(path: &std::path::Path) -> std::io::Result<std::fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// Makes a folder that its owner alone opens; one that is there stays as its owner made it.
fn private_folder(path: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

//! Sends what waits: in order where order matters, again with growing pauses while the server is away, and each outcome into the journal
//! before the file moves.

use std::sync::Arc;
use std::time::{Duration, Instant};

use dmp_interop::hl7v2::Change;
use dmp_service::{Clock, SystemClock};
use http::{Method, StatusCode};
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::compose::{Deposit, Task, Work};
use super::desk::{Desk, Inside, now, stay_name};
use super::ledger::{Event, Reason, StayState};
use super::link::{Link, NoAnswer, Who};
use super::options::FeedRun;
use super::queue::Queued;
use super::stays::{self, Step};
use crate::http::Answer;

const FHIR: &str = "application/fhir+json";
/// Between two looks at the folder.
const LOOK: Duration = Duration::from_millis(500);

/// The sender.
#[derive(Debug)]
pub struct Sender {
    desk: Arc<Desk>,
    link: Arc<Link>,
    at_once: usize,
    retry: Duration,
    wait_replaced_seconds: i64,
}

/// How one try ended.
#[derive(Debug)]
enum Outcome {
    Sent {
        repeated: bool,
    },
    Nothing(String),
    Refused(Vec<Reason>),
    /// To be tried again.
    Later(String),
    /// It waits for the document that it replaces.
    Replaced,
}

/// One try, with what it says of a stay.
type Tried = (String, Outcome, Option<(String, StayState)>);

impl Sender {
    /// A sender of this desk over this line.
    pub fn new(desk: Arc<Desk>, link: Link, options: &FeedRun) -> Self {
        Sender {
            desk,
            link: Arc::new(link),
            at_once: usize::from(options.at_once),
            retry: Duration::from_millis(options.retry_ms),
            wait_replaced_seconds: i64::from(options.wait_replaced_seconds),
        }
    }

    /// Works until a stop is asked; `once`: until nothing can be done any more.
    ///
    /// # Errors
    /// When the folder or the journal fails: nothing is acknowledged or moved that is not written.
    pub async fn run(&self, once: bool, stop: &mut watch::Receiver<bool>) -> Result<(), String> {
        let mut going: JoinSet<Tried> = JoinSet::new();
        let mut looked: Option<Instant> = None;
        loop {
            if looked.is_none_or(|at| at.elapsed() >= LOOK) {
                tokio::task::block_in_place(|| self.desk.scan())?;
                looked = Some(Instant::now());
            }
            while going.len() < self.at_once && !*stop.borrow() {
                let Some((id, queued)) = self.next()? else { break };
                let (desk, link) = (Arc::clone(&self.desk), Arc::clone(&self.link));
                going.spawn(async move { attempt(&desk, &link, id, &queued).await });
            }
            if going.is_empty() && (*stop.borrow() || (once && !self.has_more()?)) {
                return Ok(());
            }
            tokio::select! {
                Some(tried) = going.join_next() => {
                    let (id, outcome, stay) = tried.map_err(|error| error.to_string())?;
                    tokio::task::block_in_place(|| self.settle(&id, outcome, stay))?;
                }
                () = tokio::time::sleep(Duration::from_millis(50)) => {}
                _ = stop.changed(), if !*stop.borrow() => {}
            }
        }
    }

    /// Whether anything may still go in this run: a document that waits for another one does not, once it was tried.
    fn has_more(&self) -> Result<bool, String> {
        Ok(self.desk.lock()?.queue.has_untried(ONCE_TRIES_MAX))
    }

    /// The next to send, marked as on its way.
    fn next(&self) -> Result<Option<(String, Queued)>, String> {
        Ok(self.desk.lock()?.queue.next(Instant::now()))
    }

    /// Writes what a try came to, then moves the file.
    fn settle(&self, id: &str, outcome: Outcome, stay: Option<(String, StayState)>) -> Result<(), String> {
        let mut inside = self.desk.lock()?;
        let Some(queued) = inside.queue.get(id).cloned() else { return Ok(()) };
        let id = id.to_owned();
        let mut events: Vec<Event> = stay.map(|(stay, state)| Event::Stay { stay, state }).into_iter().collect();
        let outcome = self.or_too_late(outcome, &queued);
        match outcome {
            Outcome::Later(why) => return self.put_off(&mut inside, &id, why),
            Outcome::Replaced => return self.put_off(&mut inside, &id, WAITS_FOR_REPLACED.to_owned()),
            Outcome::Sent { repeated } => events.push(Event::Sent { id: id.clone(), at: now(), repeated }),
            Outcome::Nothing(why) => events.push(Event::Nothing { id: id.clone(), at: now(), why }),
            Outcome::Refused(reasons) => {
                events.push(Event::Refused { id: id.clone(), at: now(), reasons: reasons.clone() });
                inside.tell(&events, true)?;
                inside.queue.settle(&id, Instant::now());
                return self.desk.folder.refuse(&queued.file, &reasons);
            }
        }
        inside.tell(&events, true)?;
        inside.queue.settle(&id, Instant::now());
        self.desk.folder.finish(&queued.file)
    }

    /// A document that waited long enough for the one that it replaces is refused.
    fn or_too_late(&self, outcome: Outcome, queued: &Queued) -> Outcome {
        let over = queued.since.plus_seconds(self.wait_replaced_seconds) <= SystemClock.now();
        match outcome {
            Outcome::Replaced if over => Outcome::Refused(vec![Reason {
                code: "replace-target-unknown".to_owned(),
                place: String::new(),
                words: "le document remplacé n'est pas arrivé".to_owned(),
            }]),
            other => other,
        }
    }

    fn put_off(&self, inside: &mut Inside, id: &str, why: String) -> Result<(), String> {
        let tries = inside.queue.put_off(id, self.retry, Instant::now());
        let known =
            inside.ledger.items.get(id).is_some_and(|item| matches!(&item.fate, super::ledger::Fate::Waiting { why: known, .. } if *known == why));
        // The same reason each few minutes is one line.
        if known { Ok(()) } else { inside.tell(&[Event::Waiting { id: id.to_owned(), at: now(), why, tries }], false) }
    }
}

/// With `--once`, tries of what cannot be sent.
const ONCE_TRIES_MAX: u32 = 4;
/// Why a replacing document waits.
pub const WAITS_FOR_REPLACED: &str = "replaced-not-there";

/// One try.
async fn attempt(desk: &Desk, link: &Link, id: String, queued: &Queued) -> Tried {
    let read = tokio::task::block_in_place(|| desk.folder.read(&queued.file, &desk.defaults));
    let task = match read {
        Some(Ok(task)) if task.id == id => task,
        Some(Err(wrong)) => return (id, Outcome::Refused(wrong.reasons), None),
        // Somebody took the file away, or wrote over it: what is there now is found by the next look.
        Some(Ok(_)) | None => return (id, Outcome::Refused(vec![gone()]), None),
    };
    let Task { work, control, .. } = task;
    match work {
        Work::Document(deposit) => (id, deposited(link, &deposit, control.as_deref()).await, None),
        Work::Nothing(why) => (id, Outcome::Nothing(why), None),
        Work::Move { one, said_at } => {
            let (outcome, stay) = moved(desk, link, &one, said_at).await;
            (id, outcome, stay)
        }
    }
}

/// A file that is not there any more: it is tried again when it comes back.
fn gone() -> Reason {
    Reason { code: "feed-file-gone".to_owned(), place: String::new(), words: "le fichier a été retiré avant l'envoi".to_owned() }
}

async fn deposited(link: &Link, deposit: &Deposit, control: Option<&str>) -> Outcome {
    let body = deposit.resource.to_string().into_bytes();
    match link.send_named(Who::Structure, Method::POST, "/fhir/DocumentReference", FHIR, body, control).await {
        Ok(answer) if answer.status.is_success() => Outcome::Sent { repeated: answer.status == StatusCode::OK },
        Ok(answer) => refusal(&answer),
        Err(NoAnswer::Away(why) | NoAnswer::NotLetIn(why)) => Outcome::Later(why),
    }
}

/// A refusal of the server's, or what only looks like one.
fn refusal(answer: &Answer) -> Outcome {
    let outcome: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let issues = outcome.get("issue").and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |issue: &Value, pointer: &str| issue.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let is_error = |issue: &&Value| matches!(text(issue, "/severity").as_str(), "error" | "fatal");
    // SECURITY: `diagnostics` may hold what was received: it is not kept.
    let reasons: Vec<Reason> = issues
        .iter()
        .filter(is_error)
        .map(|issue| Reason { code: text(issue, "/details/coding/0/code"), place: text(issue, "/expression/0"), words: text(issue, "/details/text") })
        .collect();
    let has = |code: &str| reasons.iter().any(|reason| reason.code == code);
    if has("replace-target-unknown") {
        return Outcome::Replaced;
    }
    if has("record-changed") {
        return Outcome::Later("the record changes all the time".to_owned());
    }
    if reasons.is_empty() {
        let code = format!("http-{}", answer.status.as_u16());
        return Outcome::Refused(vec![Reason { code, place: String::new(), words: String::new() }]);
    }
    Outcome::Refused(reasons)
}

async fn moved(desk: &Desk, link: &Link, one: &dmp_interop::hl7v2::Move, said_at: i64) -> (Outcome, Option<(String, StayState)>) {
    if !link.has_responsible() {
        let words = "personne ne répond des séjours : dmp feed --responsible".to_owned();
        return (Outcome::Refused(vec![Reason { code: "feed-no-responsible".to_owned(), place: String::new(), words }]), None);
    }
    let stay = stay_name(&one.stay);
    let state = match desk.lock() {
        Ok(inside) => inside.ledger.stays.get(&stay).cloned(),
        Err(why) => return (Outcome::Later(why), None),
    };
    let key = stays::order(one, said_at);
    let step = stays::step(state.as_ref(), one, key);
    let after = |encounter: Option<String>| Some((stay.clone(), stays::after(state.as_ref(), one, key, &step, encounter)));
    let (method, path, begun) = match &step {
        Step::Old => return (Outcome::Nothing("move-known-already".to_owned()), after(None)),
        Step::Remember => return (Outcome::Nothing("stay-over".to_owned()), after(None)),
        Step::Declare { begun } => (Method::POST, "/fhir/Encounter".to_owned(), *begun),
        Step::Change { encounter } | Step::End { encounter } => {
            (Method::PUT, format!("/fhir/{encounter}"), state.as_ref().map_or(0, |state| state.begun))
        }
    };
    let body = stays::encounter(one, &format!("{}#{begun}", one.stay), one.kind.leaves() == Change::Over);
    let answer = match link.send(Who::Responsible, method, &path, FHIR, body.to_string().into_bytes()).await {
        Ok(answer) => answer,
        Err(NoAnswer::Away(why) | NoAnswer::NotLetIn(why)) => return (Outcome::Later(why), None),
    };
    if answer.status.is_success() {
        let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let encounter = said.get("id").and_then(Value::as_str).map(|id| format!("Encounter/{id}"));
        return (Outcome::Sent { repeated: answer.status == StatusCode::OK && matches!(step, Step::Declare { .. }) }, after(encounter));
    }
    match (refusal(&answer), &step) {
        // Ended by somebody else meanwhile: it is over all the same.
        (Outcome::Refused(reasons), Step::End { .. }) if reasons.iter().any(|reason| reason.code == "episode-over") => {
            (Outcome::Nothing("stay-over".to_owned()), after(None))
        }
        (outcome, _) => (outcome, None),
    }
}

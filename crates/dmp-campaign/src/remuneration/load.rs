//! The process that opens: the acts themselves over the store of a folder, many at once, while two of them count. It is ended by whoever began it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use clap::Args;
use dmp_core::identity::Ins;
use dmp_core::remuneration::Tariffs;
use dmp_service::{Error, PersonRef, Service};
use dmp_store::Syncs;
use tokio::task::JoinSet;

use super::log::{self, Log, Progress};
use super::plan::{Payee, Plan, Step, What};
use crate::inside::{self, SetClock};

/// What one life of it shall do.
#[derive(Debug, Clone, Args)]
pub struct Part {
    #[arg(long)]
    pub data: PathBuf,
    #[arg(long)]
    pub log: PathBuf,
    #[arg(long)]
    pub tariffs: PathBuf,
    #[arg(long)]
    pub openings: u64,
    #[arg(long)]
    pub seed: u64,
    #[arg(long)]
    pub phase: u8,
    /// Leaves what happened to be counted by somebody else.
    #[arg(long)]
    pub count_later: bool,
    #[arg(long)]
    pub fail_point: Option<String>,
}

/// Openings at once: their commits go together.
const AT_ONCE: usize = 48;
/// Of them that count, so that a batch is offered twice.
const COUNTERS: usize = 2;
const REST: Duration = Duration::from_millis(20);

/// Opens and counts. Gives whether everything went as it must.
pub fn work(part: &Part) -> bool {
    if let Some((name, nth)) = part.fail_point.as_deref().and_then(|text| text.split_once(':')) {
        assert!(dmp_store::fail_point::arm(name, nth.parse().unwrap()), "{name}");
    }
    inside::runtime().block_on(live(part)).map_err(|why| eprintln!("{why}")).is_ok()
}

/// What the openers of one life share.
struct Shared {
    plan: Plan,
    phase: u8,
    progress: Vec<Progress>,
    log: Log,
    next: AtomicU64,
}

async fn live(part: &Part) -> Result<(), String> {
    let plan = Plan { openings: part.openings, seed: part.seed };
    let progress = log::read(&part.log, part.openings, |_, _, _| {});
    let shared = Arc::new(Shared { plan, phase: part.phase, progress, log: Log::append(&part.log), next: AtomicU64::new(0) });
    // Ends of the process lose nothing that was written: no disk is waited for.
    let store = inside::open(&part.data, Syncs::Off);
    let tariffs = Arc::new(Tariffs::read(&std::fs::read_to_string(&part.tariffs).unwrap()).unwrap());
    let (mut openers, mut counters) = (JoinSet::new(), JoinSet::new());
    for _ in 0..AT_ONCE {
        let clock = Arc::new(SetClock::default());
        openers.spawn(open_all(Arc::clone(&shared), inside::acts(&store, clock.clone()), clock));
    }
    let over = Arc::new(AtomicBool::new(false));
    for _ in 0..if part.count_later { 0 } else { COUNTERS } {
        counters.spawn(count(inside::acts(&store, Arc::new(SetClock::default())), Arc::clone(&tariffs), Arc::clone(&over)));
    }
    while let Some(opener) = openers.join_next().await {
        opener.map_err(|error| error.to_string())??;
    }
    over.store(true, Ordering::Relaxed);
    while let Some(counter) = counters.join_next().await {
        counter.map_err(|error| error.to_string())??;
    }
    Ok(())
}

async fn count(acts: Service, tariffs: Arc<Tariffs>, over: Arc<AtomicBool>) -> Result<(), String> {
    loop {
        let last = over.load(Ordering::Relaxed);
        let counted = acts.settle_deeds(&tariffs).await.map_err(|error| error.to_string())?;
        match (counted, last) {
            (0, true) => return Ok(()),
            (0, false) => tokio::time::sleep(REST).await,
            _ => {}
        }
    }
}

async fn open_all(shared: Arc<Shared>, acts: Service, clock: Arc<SetClock>) -> Result<(), String> {
    loop {
        let person = shared.next.fetch_add(1, Ordering::Relaxed);
        let Some(progress) = usize::try_from(person).ok().and_then(|place| shared.progress.get(place)) else { return Ok(()) };
        let ins = shared.plan.ins(person);
        for (number, step) in shared.plan.steps(person).iter().enumerate().skip(usize::from(progress.done)) {
            if step.phase > shared.phase {
                break;
            }
            let was_asked = progress.asked && number == usize::from(progress.done);
            shared.log.asked(person, number);
            clock.set(step.at);
            let receipt = ask(&acts, &ins, person, step, was_asked).await.map_err(|why| format!("person {person}, step {number}: {why}"))?;
            shared.log.done(person, number, receipt);
        }
    }
}

/// Asks for one thing. Gives the number of the receipt of an opening; 0 when it was made before and nobody told it.
async fn ask(acts: &Service, ins: &Ins, person: u64, step: &Step, was_asked: bool) -> Result<u64, String> {
    let open = |payee: Payee| {
        // Each has a name of their own: those who have the same one are kept together.
        let given: String = person.to_string().bytes().map(|digit| char::from(b'A' + digit - b'0')).collect();
        (inside::new_record(ins.clone(), &given, payee.channel(), None), payee.caller())
    };
    match step.what {
        What::Open(payee) => {
            let (new, caller) = open(payee);
            match acts.create_record(new, &caller).await {
                Ok(opened) => Ok(number_of(&opened.receipt)),
                Err(Error::Conflict("record-exists")) if was_asked => Ok(0),
                Err(error) => Err(format!("opening: {error}")),
            }
        }
        What::Double(payee) => {
            let (new, caller) = open(payee);
            match acts.create_record(new, &caller).await {
                Err(Error::Conflict("record-exists")) => Ok(0),
                Err(error) => Err(format!("opening again: {error}")),
                Ok(_) => Err("opened twice".to_owned()),
            }
        }
        What::Cancel(payee) => match acts.cancel_opening(&PersonRef::Ins(ins.clone()), &payee.caller()).await {
            Ok(_) => Ok(0),
            Err(Error::NotFound(_)) if was_asked => Ok(0),
            Err(error) => Err(format!("taking back: {error}")),
        },
    }
}

/// A receipt, `DMP-0123456789AB`, as a number.
pub fn number_of(receipt: &str) -> u64 {
    receipt.strip_prefix("DMP-").and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_else(|| panic!("a receipt is {receipt}"))
}

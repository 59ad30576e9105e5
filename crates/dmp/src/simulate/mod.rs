//! `dmp simulate openings`: many openings through the real act, each filled from the insurer's staging area, and a check of what came of them.
//! Told as one JSON line, for measures.

mod deployment;
mod plan;

pub use deployment::deployment;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use dmp_service::{Clock, Error, PersonRef, ReadingDesk, Service, SystemClock};
use dmp_synth::Town;

use crate::commands::SimulateOpenings;
use crate::{open, print, reading, reimbursements, seed};

/// Openings in one piece of progress.
const PIECE: u64 = 500;

/// Opens the records of a synthetic town, or checks them.
///
/// # Errors
/// In words, at the first failure.
pub async fn openings(options: SimulateOpenings) -> Result<(), String> {
    if options.store.production {
        return Err("people who do not exist belong in a sandbox: leave --production out".to_owned());
    }
    let (sealing, syncs) = (dmp_store::Sealing::On, dmp_store::Syncs::On);
    let store = open::store_with(&options.store, sealing, syncs).await?;
    let codecs = reading::codecs()?;
    let insurer = reimbursements::insurer(&options.insurer, &codecs, open::mode(false), None)?.ok_or("--staging says where the lines are")?;
    let acts = open::service(&store, open::config(&options.store)?).with_insurer(insurer);
    let town = Arc::new(seed::town(options.people, options.seed));
    let began = Instant::now();
    let done = each(&town, &acts, options.check, usize::from(options.at_once)).await?;
    // What an earlier run left half-done is finished, as the worker of a server would.
    let desk = ReadingDesk::new(acts, codecs);
    while !options.check && desk.refresh().await.map_err(|error| error.to_string())? > 0 {}
    let counts = store.counts().await.map_err(|error| error.to_string())?;
    let bytes = options.store.data.as_deref().map_or(0, folder_bytes);
    print::json(&serde_json::json!({
        "name": if options.check { "openings-check" } else { "openings" },
        "opened": done.opened, "were_open": done.were_open, "same": done.same, "different": done.different,
        "seconds": began.elapsed().as_secs_f64(), "records": counts.records, "documents": counts.entries,
        "bytes_per_record": bytes / counts.records.max(1), "peak_mib": peak_mib(),
    }));
    if done.different == 0 { Ok(()) } else { Err(format!("{} records do not say what the insurer's lines say", done.different)) }
}

/// What became of the people of a town.
#[derive(Debug, Default)]
struct Done {
    opened: u64,
    were_open: u64,
    same: u64,
    different: u64,
}

#[derive(Debug, Clone, Copy)]
enum One {
    Opened,
    WasOpen,
    Same,
    Different,
}

async fn each(town: &Arc<Town>, acts: &Service, check: bool, at_once: usize) -> Result<Done, String> {
    let bar = indicatif::ProgressBar::new(u64::from(town.patients()));
    let style = indicatif::ProgressStyle::with_template("{bar:30} {pos}/{len} people, {eta} left").map_err(|error| error.to_string())?;
    bar.set_style(style);
    let (mut running, mut done, mut count) = (tokio::task::JoinSet::new(), Done::default(), 0_u64);
    let mut places = 0..town.patients();
    loop {
        while running.len() < at_once
            && let Some(place) = places.next()
        {
            let (town, acts) = (Arc::clone(town), acts.clone());
            running.spawn(async move { if check { checked(&town, &acts, place).await } else { opened(&town, &acts, place).await } });
        }
        let Some(one) = running.join_next().await else { break };
        match one.map_err(|error| error.to_string())?? {
            One::Opened => done.opened += 1,
            One::WasOpen => done.were_open += 1,
            One::Same => done.same += 1,
            One::Different => done.different += 1,
        }
        count += 1;
        if count.is_multiple_of(PIECE) {
            bar.set_position(count);
        }
    }
    bar.finish_and_clear();
    Ok(done)
}

async fn opened(town: &Town, acts: &Service, place: u32) -> Result<One, String> {
    let person = town.person(place).ok_or("a person beyond the town")?;
    let now = SystemClock.now();
    match acts.create_record(seed::new_record(town, &person, now), &seed::opener(&person, now)).await {
        Ok(_) => Ok(One::Opened),
        Err(Error::Conflict("record-exists")) => Ok(One::WasOpen),
        Err(error) => Err(format!("person {place}: {} {error}", error.code())),
    }
}

async fn checked(town: &Town, acts: &Service, place: u32) -> Result<One, String> {
    let person = town.person(place).ok_or("a person beyond the town")?;
    match acts.says_what_the_insurer_says(&PersonRef::Ins(person.ins)).await {
        Ok(true) => Ok(One::Same),
        Ok(false) => Ok(One::Different),
        Err(error) => Err(format!("person {place}: {} {error}", error.code())),
    }
}

/// Bytes of a folder's files.
fn folder_bytes(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let size = |file: std::fs::DirEntry| match file.metadata() {
        Ok(metadata) if metadata.is_dir() => folder_bytes(&file.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    };
    files.map(size).sum()
}

/// The most memory that this process held, as the kernel tells it.
fn peak_mib() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().split(' ').next()).and_then(|kib| kib.parse::<u64>().ok()).map_or(0, |kib| kib / 1_024)
}

//! `power`: the power of the disk goes under load; after it is back, nothing acknowledged is missing.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::check::Series;
use crate::draw::Draw;
use crate::kill::{copy, fill, offline, start};
use crate::ledger::Seen;
use crate::load::Load;
use crate::stack::{Disk, image, mount, unmount, why_not};
use crate::verdict;

/// Size of the disk: a file with holes, so that a campaign never fills it.
const DISK_MIB: u64 = 4096;

/// Runs the campaign. `broken`: the store does not wait for the disk, and must be found to lose documents.
pub fn run(binary: &Path, runs: u32, seed: u64, broken: bool) -> bool {
    if let Some(why) = why_not() {
        println!("power-loss: {why}");
        println!("power-loss not reached 0 fail");
        return false;
    }
    let began = Instant::now();
    let home = std::env::temp_dir().join(format!("dmp-campaign-power-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&home);
    let (plain, disk) = (home.join("plain"), home.join("disk.img"));
    image(&disk, DISK_MIB);
    let template = fill(binary, &home.join("template"));
    mount(&disk, &plain).unwrap();
    copy(&template, &plain.join("store"));
    unmount(&plain);
    let (mut violations, mut told, mut wrong, mut series) = (0, 0, 0, Series::default());
    for run in 0..runs {
        let mut draw = Draw::new(seed, u64::from(run));
        match one(binary, &home, &disk, &mut series, run, seed, broken, &mut draw) {
            Ok((found, acknowledged)) => {
                told += acknowledged;
                // Answers of the program on the dead disk that deny what they should call a fault: nothing was lost by them.
                wrong += found.iter().filter(|one| one.contains("OperationOutcome") && !one.contains("the list answers")).count();
                for one in found.iter().take(20) {
                    println!("  run {run}: {one}");
                }
                if found.len() > 20 {
                    println!("  run {run}: … {} in all", found.len());
                }
                violations += found.len();
            }
            Err(why) => {
                println!("power-loss: {why}");
                println!("power-loss not reached 0 fail");
                return false;
            }
        }
        if broken && violations > 0 {
            break;
        }
    }
    let _ = std::fs::remove_dir_all(&home);
    println!(
        "power-loss: {runs} runs, seed {seed}, {told} documents acknowledged before a cut, {} lost or damaged, {wrong} wrong answers on the dead disk, {} s",
        violations - wrong,
        began.elapsed().as_secs()
    );
    verdict("power-loss", violations, 0, violations == 0)
}

/// One cut. Gives the violations and how many documents had been acknowledged.
#[allow(clippy::too_many_arguments, reason = "a run is told by all of these")]
fn one(
    binary: &Path,
    home: &Path,
    image: &Path,
    series: &mut Series,
    run: u32,
    seed: u64,
    broken: bool,
    draw: &mut Draw,
) -> Result<(Vec<String>, usize), String> {
    let mut disk = Disk::on(image, home)?;
    let data = disk.folder.join("store/data");
    let arguments = if broken { &["--synchronous-off"][..] } else { &[] };
    let mut server = start(binary, &data, arguments);
    if run == 0 {
        series.begin(&server.url);
    }
    let pause = Duration::from_millis(700 + u64::try_from(draw.below(2_500)).unwrap());
    let (ended, url) = (AtomicBool::new(false), server.url.clone());
    let load = Load { url: &url, seed, run, broken: None };
    let seen: Seen = std::thread::scope(|scope| {
        let working = scope.spawn(|| load.run(&ended));
        std::thread::sleep(pause);
        disk.cut();
        // The program lives on for a moment, on a disk that answers no more.
        std::thread::sleep(Duration::from_millis(300));
        ended.store(true, Ordering::Relaxed);
        server.kill();
        working.join().unwrap()
    });
    drop(server);
    disk.clear();
    let acknowledged = seen.sent.iter().filter(|sent| sent.acknowledged).count();
    let plain = home.join("plain");
    if let Err(why) = mount(image, &plain) {
        return Ok((vec![why], acknowledged));
    }
    let data = plain.join("store/data");
    let mut found = offline(binary, &data);
    // A store that does not open cannot be asked for more.
    if found.is_empty() {
        let server = start(binary, &data, &[]);
        found.extend(series.check(&server.url, seen, draw));
        drop(server);
    } else {
        found.push(format!("{acknowledged} acknowledged documents cannot be asked for"));
    }
    unmount(&plain);
    Ok((found, acknowledged))
}

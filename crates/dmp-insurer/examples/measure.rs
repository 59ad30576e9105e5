//! Measures an import: `cargo run --release -p dmp-insurer --example measure -- PEOPLE LINES_EACH [by-day]`.
//!
//! Writes a synthetic feed (by person, or by day as a monthly feed comes), imports it, draws every person, and prints lines a second,
//! bytes a line and the peak of memory. The files are removed at the end.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement that cannot go on says so by ending; it reads the machine's clock"
)]

use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use dmp_core::reimbursement::ExclusionList;
use dmp_core::summary::When;
use dmp_core::{Mode, Moment};
use dmp_insurer::{ImportOptions, StagingArea, StagingOptions, import};
use dmp_synth::{FeedForm, Town, write_line};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let people: u32 = arguments.first().map_or(25_000, |text| text.parse().unwrap());
    let each: usize = arguments.get(1).map_or(40, |text| text.parse().unwrap());
    let is_by_day = arguments.get(2).is_some_and(|word| word == "by-day");
    let town = Town::new(1, people, jiff::civil::date(2026, 11, 1));
    let folder = std::env::temp_dir().join(format!("dmp-measure-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("lines.ndjson");
    let started = Instant::now();
    let lines = write(&town, each, is_by_day, &file);
    println!("written: {lines} lines, {} bytes each, in {:.1} s", size(&file) / lines, started.elapsed().as_secs_f64());
    println!("peak of memory before the import: {} MB", peak_megabytes());
    reset_peak();
    let options = StagingOptions::new(Mode::Sandbox, ExclusionList::reference().unwrap());
    let area = StagingArea::create_or_open(&folder.join("area"), &folder.join("staging.key"), options).unwrap();
    let started = Instant::now();
    let mut merging = None;
    let report = import(&[file], &area, ImportOptions { now: Moment::from(jiff::Timestamp::now()), rejects: None }, &mut |progress| {
        if progress.phase == dmp_insurer::Phase::Merging {
            merging.get_or_insert_with(Instant::now);
        }
    })
    .unwrap();
    let seconds = started.elapsed().as_secs_f64();
    println!("{report:?}");
    println!("merge: {:.1} s of {seconds:.1} s", merging.map_or(0.0, |start| start.elapsed().as_secs_f64()));
    println!("imported: {:.0} lines/s, {} bytes/line, peak {} MB", lines as f64 / seconds, area.counts().unwrap().bytes / lines, peak_megabytes());
    let started = Instant::now();
    let mut drawn = 0;
    for person in town.people() {
        drawn += area.lines_of(&person.ins, person.traits.birth_date, When::day(2020, 1, 1), When::day(2030, 1, 1)).unwrap().len();
    }
    println!("drawn: {drawn} lines of {people} people in {:.1} s", started.elapsed().as_secs_f64());
    drop(area);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// By day: several passes over the town, each with the lines of some weeks.
fn write(town: &Town, each: usize, is_by_day: bool, file: &Path) -> u64 {
    let mut out = BufWriter::with_capacity(1 << 20, std::fs::File::create(file).unwrap());
    let passes = if is_by_day { 8 } else { 1 };
    let mut count = 0;
    for pass in 0..passes {
        for person in town.people() {
            let lines = town.reimbursements_exactly(person.index, 24, each);
            let share = lines.len().div_ceil(passes);
            for line in lines.iter().skip(pass * share).take(share) {
                write_line(&mut out, FeedForm::Ndjson, &person.ins, line).unwrap();
                count += 1;
            }
        }
    }
    out.flush().unwrap();
    count
}

fn size(file: &Path) -> u64 {
    std::fs::metadata(file).unwrap().len()
}

fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

/// Linux starts the peak anew when 5 is written here.
fn reset_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

//! A folder that goes away, an area in it, feeds of a synthetic town.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use dmp_core::identity::{BirthDate, Ins};
use dmp_core::reimbursement::{ExclusionList, Line};
use dmp_core::summary::When;
use dmp_core::{Mode, Moment};
use dmp_insurer::{ImportOptions, Report, Sealing, StagingArea, StagingOptions, import};
use dmp_synth::{FeedForm, Town, write_header, write_line};

pub const TEST_OID: &str = "1.2.250.1.213.1.4.10";

/// The day on which every test runs.
pub fn now() -> Moment {
    Moment::parse_fhir("2026-11-01T12:00:00Z").unwrap()
}

pub fn town(people: u32) -> Town {
    Town::new(7, people, jiff::civil::date(2026, 11, 1))
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A folder of one test, removed at its end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        let name = format!("dmp-insurer-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn area(&self) -> StagingArea {
        open(&self.0, Sealing::On)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn options(sealing: Sealing) -> StagingOptions {
    StagingOptions { sealing, ..StagingOptions::new(Mode::Sandbox, ExclusionList::reference().unwrap()) }
}

pub fn open(folder: &Path, sealing: Sealing) -> StagingArea {
    StagingArea::create_or_open(&folder.join("area"), &folder.join("staging.key"), options(sealing)).unwrap()
}

/// A writer whose bytes can be read afterwards.
#[derive(Clone, Default)]
pub struct Shared(pub Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Imports files; gives the report and the rejects.
pub fn run(area: &StagingArea, files: &[&Path]) -> (Report, String) {
    let rejects = Shared::default();
    let files: Vec<PathBuf> = files.iter().map(|file| file.to_path_buf()).collect();
    let options = ImportOptions { now: now(), rejects: Some(Box::new(rejects.clone())) };
    let report = import(&files, area, options, &mut |_| {}).unwrap();
    assert_eq!(report.read + report.left_over, report.taken + report.repeated + report.corrected + report.cancelled + report.rejected, "{report:?}");
    let text = String::from_utf8(rejects.0.lock().unwrap().clone()).unwrap();
    (report, text)
}

/// The lines of a town, each with its person.
pub fn lines(people: u32, count: usize) -> Vec<(Ins, Line)> {
    let town = town(people);
    let of = |index| {
        let ins = town.person(index).unwrap().ins;
        town.reimbursements_exactly(index, 24, count).into_iter().map(move |line| (ins.clone(), line))
    };
    (0..people).flat_map(of).collect()
}

pub fn feed<'a>(form: FeedForm, lines: impl IntoIterator<Item = &'a (Ins, Line)>) -> String {
    let mut out = Vec::new();
    write_header(&mut out, form).unwrap();
    for (ins, line) in lines {
        write_line(&mut out, form, ins, line).unwrap();
    }
    String::from_utf8(out).unwrap()
}

pub fn adult() -> BirthDate {
    BirthDate::parse("1950-01-01").unwrap()
}

/// Everything of one person.
pub fn all_of(area: &StagingArea, ins: &Ins) -> Vec<Line> {
    area.lines_of(ins, adult(), When::day(1990, 1, 1), When::day(2100, 1, 1)).unwrap()
}

/// Everything of a town, for comparing areas line for line.
pub fn everything(area: &StagingArea, people: u32) -> Vec<Vec<Line>> {
    let town = town(people);
    (0..people).map(|index| all_of(area, &town.person(index).unwrap().ins)).collect()
}

pub fn claire() -> Ins {
    Ins::parse(TEST_OID, "279035121518989").unwrap()
}

/// One line of NDJSON about Claire.
pub fn json(id: &str, day: &str, label: &str, cancelled: bool) -> String {
    format!(
        "{{\"line_id\":\"{id}\",\"ins\":\"279035121518989\",\"ins_oid\":\"{TEST_OID}\",\"kind\":\"care\",\"code_system\":\"ngap\",\"code\":\"G\",\
         \"label\":\"{label}\",\"date\":\"{day}\",\"cancelled\":{cancelled}}}\n"
    )
}

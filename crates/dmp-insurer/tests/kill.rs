//! An import whose process ends in the middle: running it again gives the state of one that was never interrupted.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use dmp_insurer::{Sealing, fail_point};
use dmp_synth::FeedForm;
use support::{Folder, everything, feed, json, lines, run};

/// So many that the merge needs several commits.
const PEOPLE: u32 = 80;
const LABEL: &str = "Consultation-Canari-Violette";

/// Three files: a town, its second half again with corrections, and cancellations.
fn files(folder: &Folder) -> Vec<PathBuf> {
    let sent = lines(PEOPLE, 5);
    let mut corrected = sent[200..].to_vec();
    for (_, line) in corrected.iter_mut().step_by(3) {
        line.code.display.push_str(" (corrigé)");
    }
    let cancelled: Vec<String> =
        sent[..20].iter().map(|(ins, line)| json(&line.id, "2026-05-01", "", true).replace("279035121518989", ins.matricule())).collect();
    let canary = json("CANARI-2", "2026-05-01", LABEL, false);
    vec![
        folder.file("a.ndjson", &format!("{canary}{}", feed(FeedForm::Ndjson, &sent))),
        folder.file("b.csv", &feed(FeedForm::Csv, &corrected)),
        folder.file("c.ndjson", &cancelled.concat()),
    ]
}

fn paths(files: &[PathBuf]) -> Vec<&Path> {
    files.iter().map(PathBuf::as_path).collect()
}

/// The process that ends: this binary again, in the folder and at the place that its environment names.
#[test]
#[ignore = "run by the other tests of this file as a process of its own"]
#[expect(clippy::disallowed_methods, reason = "the parent test speaks through the environment")]
fn child() {
    let folder = Folder(PathBuf::from(std::env::var("DMP_TEST_FOLDER").unwrap()));
    let place = std::env::var("DMP_TEST_PLACE").unwrap();
    let (name, nth) = place.split_once(':').unwrap();
    let area = folder.area();
    let files = files(&folder);
    assert!(fail_point::arm(name, nth.parse().unwrap()));
    run(&area, &paths(&files));
    // The place was not passed so often: the folder belongs to the parent.
    std::mem::forget(folder);
}

/// Runs the child; whether it ended at the place.
fn dies_at(folder: &Folder, place: &str) -> bool {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--ignored", "--test-threads=1"]).env("DMP_TEST_FOLDER", &folder.0).env("DMP_TEST_PLACE", place);
    !command.output().unwrap().status.success()
}

#[test]
fn an_import_that_ended_anywhere_goes_on_to_the_same_state() {
    let expected = {
        let folder = Folder::new();
        let area = folder.area();
        run(&area, &paths(&files(&folder)));
        (everything(&area, PEOPLE), area.counts().unwrap().lines)
    };
    assert_eq!(expected.1, 381, "400 of the town, the canary, less 20 cancelled");
    let mut places: Vec<String> = fail_point::NAMES.iter().map(|name| format!("{name}:1")).collect();
    places.extend(
        ["batch.before_commit:2", "batch.after_commit:3", "merge.before_commit:2", "merge.after_commit:2", "merge.after_commit:3"].map(str::to_owned),
    );
    for place in places {
        let folder = Folder::new();
        assert!(dies_at(&folder, &place), "{place} is never passed");
        let area = folder.area();
        let (report, _) = run(&area, &paths(&files(&folder)));
        assert!(report.unreadable.is_empty(), "{place}");
        assert_eq!((everything(&area, PEOPLE), area.counts().unwrap().lines), expected, "{place}");
        assert_eq!(area.counts().unwrap().waiting_batches, 0, "{place}");
    }
}

#[test]
fn what_waits_after_an_interruption_is_sealed_and_can_be_drawn() {
    let folder = Folder::new();
    assert!(dies_at(&folder, "file.after_complete:3"));
    for file in std::fs::read_dir(folder.0.join("area")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(LABEL.len()).any(|window| window == LABEL.as_bytes()));
    }
    let area = support::open(&folder.0, Sealing::On);
    assert_eq!(area.counts().unwrap().waiting_batches, 3);
    let waiting = everything(&area, PEOPLE);
    run(&area, &paths(&files(&folder)));
    assert_eq!(waiting, everything(&area, PEOPLE), "the merge changes nothing of what is drawn");
    // A row that was moved to another bucket's number does not open.
    let folder = Folder::new();
    assert!(dies_at(&folder, "file.after_complete:1"));
    let disk = rusqlite::Connection::open(folder.0.join("area/fresh.sqlite")).unwrap();
    disk.execute("UPDATE fresh SET sealed = (SELECT sealed FROM fresh ORDER BY id DESC LIMIT 1)", []).unwrap();
    drop(disk);
    let area = folder.area();
    let options = dmp_insurer::ImportOptions { now: support::now(), rejects: None };
    assert!(matches!(dmp_insurer::import(&[], &area, options, &mut |_| {}), Err(dmp_insurer::StagingError::Damaged(_))));
}

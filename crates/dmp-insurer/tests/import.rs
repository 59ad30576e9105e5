//! What an import does to an area.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use dmp_core::summary::When;
use dmp_insurer::Sealing;
use dmp_synth::FeedForm;
use support::{Folder, adult, all_of, claire, everything, feed, json, lines, run, town};

#[test]
fn every_line_of_a_town_comes_back_as_it_was() {
    let folder = Folder::new();
    let area = folder.area();
    let sent = lines(40, 30);
    let file = folder.file("town.ndjson", &feed(FeedForm::Ndjson, &sent));
    let (report, rejects) = run(&area, &[&file]);
    assert_eq!((report.read, report.taken, report.rejected), (1200, 1200, 0), "{rejects}");
    for index in 0..40 {
        let ins = town(40).person(index).unwrap().ins;
        let mut expected: Vec<_> = sent.iter().filter(|(other, _)| *other == ins).map(|(_, line)| line.clone()).collect();
        expected.sort_by(|one, other| (one.date, one.kind, &one.id).cmp(&(other.date, other.kind, &other.id)));
        assert_eq!(all_of(&area, &ins), expected, "person {index}");
    }
    let counts = area.counts().unwrap();
    assert_eq!((counts.people, counts.lines, counts.waiting_batches, counts.files), (40, 1200, 0, 1));
}

#[test]
fn the_form_of_the_file_does_not_matter() {
    let sent = lines(20, 20);
    let csv = feed(FeedForm::Csv, &sent);
    let comma = csv.replace(';', "\u{1}").replace(',', ";").replace('\u{1}', ",");
    // Fields with the delimiter are quoted by hand: the town's labels hold commas, never quotes.
    let comma = comma.lines().map(|row| row.split(',').map(|field| format!("\"{}\"", field.replace(';', ","))).collect::<Vec<_>>().join(","));
    let comma = comma.collect::<Vec<_>>().join("\r\n");
    let packed = zstd::bulk::compress(feed(FeedForm::Ndjson, &sent).as_bytes(), 3).unwrap();
    let mut states = Vec::new();
    for (name, bytes) in [
        ("a.ndjson", feed(FeedForm::Ndjson, &sent).into_bytes()),
        ("a.csv", csv.into_bytes()),
        ("b.csv", format!("\u{feff}{comma}").into_bytes()),
        ("a.ndjson.zst", packed),
    ] {
        let folder = Folder::new();
        let (area, path) = (folder.area(), folder.0.join(name));
        std::fs::write(&path, bytes).unwrap();
        let (report, rejects) = run(&area, &[&path]);
        assert_eq!((report.taken, report.rejected, report.unreadable.len()), (400, 0, 0), "{name}: {report:?} {rejects}");
        states.push(everything(&area, 20));
    }
    assert!(states.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn twice_is_once_and_order_does_not_matter() {
    let sent = lines(15, 20);
    let mut mixed = sent.clone();
    // A fixed shuffle: neighbours come from everywhere.
    mixed.sort_by_key(|(_, line)| line.id.bytes().rev().fold(7_u32, |hash, byte| hash.wrapping_mul(31) ^ u32::from(byte)));
    assert_ne!(mixed, sent);
    let (one, other) = (Folder::new(), Folder::new());
    let (first, second) = (one.area(), other.area());
    run(&first, &[&one.file("a.ndjson", &feed(FeedForm::Ndjson, &sent))]);
    let halves = [feed(FeedForm::Ndjson, &mixed[150..]), feed(FeedForm::Csv, &mixed[..170])];
    let (report, _) = run(&second, &[&other.file("a.ndjson", &halves[0]), &other.file("b.csv", &halves[1])]);
    assert_eq!((report.taken, report.repeated), (300, 20));
    assert_eq!(everything(&first, 15), everything(&second, 15));
    let (report, _) = run(&second, &[&other.file("again.ndjson", &feed(FeedForm::Ndjson, &mixed))]);
    assert_eq!((report.taken, report.repeated, report.corrected), (0, 300, 0));
    assert_eq!(everything(&first, 15), everything(&second, 15));
    assert_eq!(second.counts().unwrap().lines, 300);
}

#[test]
fn a_known_file_is_not_read_again_and_brings_no_older_word_back() {
    let folder = Folder::new();
    let area = folder.area();
    let old = folder.file("old.ndjson", &json("L1", "2026-05-01", "old", false));
    let new = folder.file("new.ndjson", &json("L1", "2026-05-01", "new", false));
    run(&area, &[&old, &new]);
    let copy = folder.file("copy.ndjson", &json("L1", "2026-05-01", "old", false));
    let (report, _) = run(&area, &[&copy]);
    assert_eq!((report.known_files, report.read, report.repeated), (1, 1, 1));
    assert_eq!(all_of(&area, &claire())[0].code.display, "new");
}

#[test]
fn the_last_word_about_a_number_counts() {
    let folder = Folder::new();
    let area = folder.area();
    let text = [json("L1", "2026-05-01", "first", false), json("L2", "2026-05-02", "other", false), json("L1", "2026-06-01", "second", false)];
    let (report, _) = run(&area, &[&folder.file("a.ndjson", &text.concat())]);
    assert_eq!((report.taken, report.corrected), (2, 1));
    let kept = all_of(&area, &claire());
    assert_eq!(kept.iter().map(|line| line.code.display.as_str()).collect::<Vec<_>>(), ["other", "second"], "sorted by its new date");
    assert_eq!(area.counts().unwrap().lines, 2);
}

#[test]
fn a_cancelled_number_is_gone_for_good_whichever_came_first() {
    for order in [[0, 1], [1, 0]] {
        let folder = Folder::new();
        let area = folder.area();
        let words = [json("L1", "2026-05-01", "wrong person", false), json("L1", "2026-05-01", "", true)];
        let files = order.map(|place| folder.file(&format!("{place}.ndjson"), &words[place]));
        let (report, _) = run(&area, &[&files[0], &files[1]]);
        assert_eq!(report.cancelled, 1);
        assert!(all_of(&area, &claire()).is_empty());
        let (report, _) = run(&area, &[&folder.file("late.ndjson", &json("L1", "2026-05-01", "again", false))]);
        assert_eq!((report.taken, report.repeated), (0, 1));
        assert!(all_of(&area, &claire()).is_empty());
        assert_eq!(area.counts().unwrap().lines, 0);
    }
}

#[test]
fn a_cancellation_needs_its_number_and_its_person_alone() {
    let folder = Folder::new();
    let area = folder.area();
    let cancel = "{\"line_id\":\"L1\",\"ins\":\"279035121518989\",\"ins_oid\":\"1.2.250.1.213.1.4.10\",\"cancelled\":true}\n";
    let text = format!("{}{cancel}", json("L1", "2026-05-01", "a", false));
    let (report, rejects) = run(&area, &[&folder.file("a.ndjson", &text)]);
    assert_eq!((report.taken, report.cancelled, report.rejected), (1, 1, 0), "{rejects}");
    assert!(all_of(&area, &claire()).is_empty());
}

#[test]
fn days_are_counted_with_both_ends_and_a_stay_with_all_its_days() {
    let folder = Folder::new();
    let area = folder.area();
    let stay = "{\"line_id\":\"S1\",\"ins\":\"279035121518989\",\"ins_oid\":\"1.2.250.1.213.1.4.10\",\"kind\":\"stay\",\"code_system\":\"ghm\",\
                \"code\":\"05K061\",\"date\":\"2026-04-28\",\"until\":\"2026-05-03\"}\n";
    let text = [json("L1", "2026-05-01", "a", false), json("L2", "2026-05-31", "b", false), json("L3", "2026-06-01", "c", false)].concat();
    run(&area, &[&folder.file("a.ndjson", &format!("{text}{stay}"))]);
    let ids = |from, to| {
        let lines = area.lines_of(&claire(), adult(), from, to).unwrap();
        lines.into_iter().map(|line| line.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(When::day(2026, 5, 1), When::day(2026, 5, 31)), ["S1", "L1", "L2"]);
    assert_eq!(ids(When::day(2026, 5, 4), When::day(2026, 5, 31)), ["L2"]);
    assert_eq!(ids(When::day(2026, 6, 2), When::day(2026, 12, 31)), Vec::<String>::new());
    assert_eq!(ids(When::day(2026, 4, 1), When::day(2026, 4, 28)), ["S1"]);
}

#[test]
fn the_retention_removes_what_ended_before_its_day() {
    let folder = Folder::new();
    let area = folder.area();
    let text = [
        json("L1", "2024-05-01", "a", false),
        json("L2", "2024-07-31", "b", false),
        json("L3", "2024-08-01", "c", false),
        json("L4", "2024-05-01", "", true),
    ];
    run(&area, &[&folder.file("a.ndjson", &text.concat())]);
    assert_eq!(area.prune(When::day(2024, 8, 1)).unwrap(), 2);
    assert_eq!(all_of(&area, &claire()).iter().map(|line| line.id.as_str()).collect::<Vec<_>>(), ["L3"]);
    assert_eq!(area.counts().unwrap().lines, 1);
    assert_eq!(area.prune(When::day(2024, 8, 1)).unwrap(), 0);
    assert_eq!(area.prune(When::day(2027, 1, 1)).unwrap(), 1);
    let counts = area.counts().unwrap();
    assert_eq!((counts.people, counts.lines), (0, 0));
}

#[test]
fn files_that_cannot_be_read_are_told_and_the_others_are_imported() {
    let folder = Folder::new();
    let area = folder.area();
    let good = folder.file("good.ndjson", &json("L1", "2026-05-01", "a", false));
    let no_header = folder.file("no-header.csv", "279035121518989;a;b\n");
    let odd_name = folder.file("lines.txt", "");
    let missing = folder.0.join("missing.csv");
    let not_parquet = folder.file("broken.parquet", "PAR1 this is none");
    let not_packed = folder.file("broken.csv.zst", "this is none");
    let (report, _) = run(&area, &[&no_header, &odd_name, &missing, &not_parquet, &not_packed, &good]);
    assert_eq!((report.taken, report.unreadable.len()), (1, 5), "{report:?}");
    let said = format!("{:?}", report.unreadable.iter().map(|(_, why)| why).collect::<Vec<_>>());
    assert!(!said.contains("279035121518989"), "{said}");
}

#[test]
fn two_imports_at_once_are_refused() {
    let folder = Folder::new();
    let (area, other) = (folder.area(), folder.area());
    let file = folder.file("a.ndjson", &json("L1", "2026-05-01", "a", false));
    let options = dmp_insurer::ImportOptions { now: support::now(), rejects: None };
    let mut refused = false;
    dmp_insurer::import(&[file], &area, options, &mut |_| {
        let options = dmp_insurer::ImportOptions { now: support::now(), rejects: None };
        refused |= matches!(dmp_insurer::import(&[], &other, options, &mut |_| {}), Err(dmp_insurer::StagingError::Busy));
    })
    .unwrap();
    assert!(refused);
    assert!(all_of(&other, &claire()).len() == 1, "the other connection sees what was imported");
    drop(support::open(&folder.0, Sealing::On));
}

//! What the exclusion list keeps back is in no answer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use dmp_core::document::Code;
use dmp_core::identity::{BirthDate, Ins};
use dmp_core::reimbursement::{ExclusionList, FeedSystem, Line, LineKind};
use dmp_core::summary::When;
use dmp_insurer::{StagingArea, StagingOptions};
use dmp_synth::FeedForm;
use support::{Folder, feed, lines, run, town};

const SECRET: [(LineKind, FeedSystem, &str, &str); 7] = [
    (LineKind::Care, FeedSystem::Ccam, "JNJD002", "Acte secret"),
    (LineKind::Care, FeedSystem::Ngap, "FHV", "Acte secret"),
    (LineKind::Care, FeedSystem::Ngap, "ICP", "Acte secret"),
    (LineKind::Care, FeedSystem::Ccam, "QZLA004", "Acte secret"),
    (LineKind::Stay, FeedSystem::Ghm, "14Z08Z", "Acte secret"),
    (LineKind::Medicine, FeedSystem::Atc, "G03AD01", "Acte secret"),
    (LineKind::Medicine, FeedSystem::Cip13, "3400935673220", "Acte secret, LEVONORGESTREL"),
];

fn birth_of(index: u32) -> BirthDate {
    town(20).person(index).unwrap().traits.birth_date
}

/// The town's lines, with secret ones sprinkled over everybody.
fn sprinkled() -> Vec<(Ins, Line)> {
    let mut all = lines(20, 21);
    for (place, (_, line)) in all.iter_mut().enumerate().filter(|(place, _)| place % 3 == 0) {
        let (kind, system, code, label) = SECRET[place % SECRET.len()];
        line.kind = kind;
        line.code = Code::new(code, system.oid(), label);
        line.until = None;
        line.product = dmp_core::reimbursement::Product::default();
    }
    all
}

#[test]
fn no_secret_line_of_a_minor_leaves_and_each_one_of_an_adult_does() {
    let folder = Folder::new();
    let area = folder.area();
    let sent = sprinkled();
    let (report, rejects) = run(&area, &[&folder.file("a.ndjson", &feed(FeedForm::Ndjson, &sent))]);
    assert_eq!(report.rejected, 0, "{rejects}");
    let list = ExclusionList::reference().unwrap();
    let (mut kept_back, mut shown) = (0, 0);
    for index in 0..20 {
        let (ins, birth) = (town(20).person(index).unwrap().ins, birth_of(index));
        let drawn = area.lines_of(&ins, birth, When::day(1990, 1, 1), When::day(2100, 1, 1)).unwrap();
        assert!(drawn.iter().all(|line| !list.excludes(line, birth)), "person {index}");
        let secret = |line: &Line| line.code.display.starts_with("Acte secret");
        let own: Vec<&Line> = sent.iter().filter(|(other, _)| *other == ins).map(|(_, line)| line).collect();
        kept_back += own.len() - drawn.len();
        shown += drawn.iter().filter(|line| secret(line)).count();
        for line in drawn.iter().filter(|line| secret(line)) {
            assert!(birth.age_on(line.date.first_day().unwrap()) >= 18, "person {index}");
        }
        // All that is missing was to be kept back: nothing else is lost.
        assert_eq!(own.iter().filter(|line| !list.excludes(line, birth)).count(), drawn.len(), "person {index}");
    }
    assert!(kept_back > 5 && shown > 20, "the town has minors and adults: {kept_back} kept back, {shown} shown");
}

#[test]
fn another_list_keeps_other_things_back() {
    let folder = Folder::new();
    let list = ExclusionList::parse("system;code;condition;label;basis;valid_from\nngap;G;always;essai;essai;2026-05-02\n").unwrap();
    let options = StagingOptions::new(dmp_core::Mode::Sandbox, list);
    let area = StagingArea::create_or_open(&folder.0.join("area"), &folder.0.join("staging.key"), options).unwrap();
    let text = [support::json("L1", "2026-05-01", "a", false), support::json("L2", "2026-05-02", "b", false)].concat();
    run(&area, &[&folder.file("a.ndjson", &text)]);
    assert_eq!(support::all_of(&area, &support::claire()).iter().map(|line| line.id.as_str()).collect::<Vec<_>>(), ["L1"]);
}

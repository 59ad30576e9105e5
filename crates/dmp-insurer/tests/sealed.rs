//! Stolen media say nothing, changed rows do not open, other keys do not fit.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::path::Path;

use dmp_core::Mode;
use dmp_core::reimbursement::ExclusionList;
use dmp_insurer::{Sealing, StagingArea, StagingError, StagingOptions};
use support::{Folder, all_of, claire, json, open, options, run};

const LABEL: &str = "Consultation-Canari-Indigo";

/// In how many files of the area a text stands, also as UTF-16 or reversed by no one: plain bytes.
fn occurrences(folder: &Path, text: &str) -> usize {
    let files: Vec<_> = std::fs::read_dir(folder.join("area")).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.iter().any(|path| path.ends_with("lines.sqlite")), "the search must see the area");
    files.iter().filter(|path| std::fs::read(path).unwrap().windows(text.len()).any(|window| window == text.as_bytes())).count()
}

/// An area with a line that is merged and one that waits, as after an interruption.
fn filled(folder: &Folder, sealing: Sealing) -> StagingArea {
    let area = open(&folder.0, sealing);
    run(&area, &[&folder.file("a.ndjson", &json("L-CANARI-1", "2026-05-01", LABEL, false))]);
    area
}

#[test]
fn no_ins_and_no_label_stand_readable_in_any_file() {
    let folder = Folder::new();
    let area = filled(&folder, Sealing::On);
    for text in ["279035121518989", LABEL, "L-CANARI-1"] {
        assert_eq!(occurrences(&folder.0, text), 0, "open: {text}");
    }
    drop(area);
    for text in ["279035121518989", LABEL, "L-CANARI-1"] {
        assert_eq!(occurrences(&folder.0, text), 0, "closed: {text}");
    }
}

#[test]
fn the_same_search_finds_the_label_when_sealing_is_off() {
    let folder = Folder::new();
    let _area = filled(&folder, Sealing::Off);
    assert!(occurrences(&folder.0, LABEL) > 0);
    assert!(occurrences(&folder.0, "L-CANARI-1") > 0);
    assert_eq!(occurrences(&folder.0, "279035121518989"), 0, "the INS stands nowhere, sealed or not");
}

#[test]
fn a_row_that_was_changed_or_moved_is_told() {
    let folder = Folder::new();
    let area = filled(&folder, Sealing::On);
    let disk = rusqlite::Connection::open(folder.0.join("area/lines.sqlite")).unwrap();
    let (hash, sealed): (Vec<u8>, Vec<u8>) = disk.query_row("SELECT hash, sealed FROM person", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    for place in [0, 20, sealed.len() - 1] {
        let mut changed = sealed.clone();
        changed[place] ^= 1;
        disk.execute("UPDATE person SET sealed = ?1", [changed]).unwrap();
        let drawn = area.lines_of(&claire(), support::adult(), dmp_core::summary::When::day(1990, 1, 1), dmp_core::summary::When::day(2100, 1, 1));
        assert!(matches!(drawn, Err(StagingError::Damaged(_))), "byte {place}");
    }
    // The row of somebody else in the place of hers.
    let other = support::town(3).person(2).unwrap().ins;
    let foreign = support::json("L2", "2026-05-01", "b", false).replace("279035121518989", other.matricule());
    disk.execute("UPDATE person SET sealed = ?1", [&sealed]).unwrap();
    run(&area, &[&folder.file("b.ndjson", &foreign)]);
    disk.execute("UPDATE person SET sealed = (SELECT sealed FROM person WHERE hash <> ?1) WHERE hash = ?1", [&hash]).unwrap();
    let drawn = area.lines_of(&claire(), support::adult(), dmp_core::summary::When::day(1990, 1, 1), dmp_core::summary::When::day(2100, 1, 1));
    assert!(matches!(drawn, Err(StagingError::Damaged(_))));
    assert_eq!(all_of(&area, &other).len(), 1);
}

#[test]
fn another_key_is_refused_in_words() {
    let folder = Folder::new();
    drop(filled(&folder, Sealing::On));
    let open_with = |key: &str| StagingArea::create_or_open(&folder.0.join("area"), &folder.0.join(key), options(Sealing::On));
    let words = |result: Result<StagingArea, StagingError>| result.unwrap_err().to_string();
    assert!(words(open_with("nowhere.key")).contains("is missing"), "no new key is made for an area that is there");
    std::fs::write(folder.0.join("other.key"), [9; 32]).unwrap();
    assert!(words(open_with("other.key")).contains("can be read by others"));
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder.0.join("other.key"), std::fs::Permissions::from_mode(0o600)).unwrap();
    assert!(words(open_with("other.key")).contains("not the one that this area was made with"));
    std::fs::write(folder.0.join("other.key"), [9; 31]).unwrap();
    assert!(words(open_with("other.key")).contains("32 bytes"));
    assert!(words(open_with("area/inside.key")).contains("among the data"));
    assert!(open_with("staging.key").is_ok());
}

#[test]
fn an_area_keeps_its_mode() {
    let folder = Folder::new();
    drop(filled(&folder, Sealing::On));
    let production = StagingOptions::new(Mode::Production, ExclusionList::reference().unwrap());
    let refused = StagingArea::create_or_open(&folder.0.join("area"), &folder.0.join("staging.key"), production.clone()).unwrap_err();
    assert!(refused.to_string().contains("sandbox"), "{refused}");
    let clear = StagingOptions { sealing: Sealing::Off, ..production };
    assert!(StagingArea::create_or_open(&folder.0.join("new"), &folder.0.join("new.key"), clear).is_err());
}

#[test]
fn a_key_inside_a_folder_that_is_not_there_yet_is_refused() {
    let folder = Folder::new();
    let refused = StagingArea::create_or_open(&folder.0.join("area"), &folder.0.join("area/keys/staging.key"), options(Sealing::On));
    assert!(matches!(refused, Err(StagingError::Refused(_))));
    assert!(!folder.0.join("area").exists());
}

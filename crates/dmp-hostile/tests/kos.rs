//! Key Object Selections become the imaging study that they name; wrong and hostile ones end in a word.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, reason = "a test that cannot go on says so by ending")]

mod objects;

use std::time::{Duration, Instant};

use dmp_core::summary::{ImagingKind, What};
use dmp_hostile::{Reader, ReaderOptions, Reading, Study, Unreadable, Why};
use objects::{Element, PLAIN, Style, changed, claimed, encode, file, kos, opened, sequence, text};

const DAMAGED: Reading = Reading::Unreadable(Why::Told(Unreadable::Damaged));
const UNKNOWN: Reading = Reading::Unreadable(Why::Told(Unreadable::UnknownFormat));
const OVER_BOUNDS: Reading = Reading::Unreadable(Why::Told(Unreadable::OverBounds));

fn reader() -> Reader {
    let options = ReaderOptions::new(env!("CARGO_BIN_EXE_dmp-read-hostile").into());
    Reader::new(ReaderOptions { children: 1, ..options })
}

async fn study(document: &[u8]) -> Study {
    match reader().read(document).await {
        Ok(Reading::Study(study)) => *study,
        other => panic!("{other:?}"),
    }
}

async fn study_of(elements: &[Element]) -> Study {
    study(&file(objects::EXPLICIT, &encode(elements, PLAIN))).await
}

/// Modality, region, accession, study, link.
fn imaging(study: &Study) -> (&str, &str, Option<&str>, Option<&str>, Option<&str>) {
    match &study.fact.what {
        What::Imaging { kind: ImagingKind::Study, modality, region, accession, study, link } => {
            (modality, region, accession.as_deref(), study.as_deref(), link.as_deref())
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_kos_is_one_study_with_its_date_numbers_and_link_however_it_is_written() {
    let link = "https://drimbox.example.fr/studies/1.2.250.1.59.40211.789.1";
    for (explicit, undefined) in [(true, false), (true, true), (false, false), (false, true)] {
        let syntax = if explicit { objects::EXPLICIT } else { objects::IMPLICIT };
        let read = study(&file(syntax, &encode(&kos(), Style { explicit, undefined }))).await;
        assert_eq!(imaging(&read), ("CT", "Thorax", Some("ACC-2026-17"), Some(objects::STUDY), Some(link)), "{syntax} {undefined}");
        assert_eq!(read.subject.as_deref(), Some(objects::INS));
        assert_eq!(read.fact.concept.text, "Scanner thoracique injecté");
        assert_eq!(read.fact.proof.quote, "Scanner thoracique injecté");
        assert_eq!(read.fact.period.from.map(|when| when.to_iso()), Some("2026-05-26T14:30".to_owned()));
        assert_eq!(read.fact.by.place, "Centre d'imagerie des Essais");
        assert_eq!(read.text[0].text, "Scanner thoracique injecté\nThorax\nCT\nManifest");
    }
}

#[tokio::test]
async fn what_a_sparse_kos_does_not_say_is_taken_from_its_request_and_its_objects() {
    let request = sequence(0x0040_a370, vec![vec![text(0x0008_0050, "SH", "ACC-9"), text(0x0032_1060, "LO", "TDM^thorax")]]);
    let sparse = changed(&[0x0008_0050, 0x0008_0061, 0x0008_1030, 0x0008_2218, 0x0008_0030], vec![request, text(0x0018_0015, "CS", "CHEST")]);
    let read = study_of(&sparse).await;
    assert_eq!(imaging(&read).0, "CT", "the class of its objects");
    assert_eq!((imaging(&read).1, imaging(&read).2), ("CHEST", Some("ACC-9")));
    assert_eq!(read.fact.concept.text, "TDM thorax");
    assert_eq!(read.fact.period.from.map(|when| when.to_iso()), Some("2026-05-26".to_owned()));
    let nameless = study_of(&changed(&[0x0008_1030], Vec::new())).await;
    assert_eq!(nameless.fact.concept.text, "Examen d'imagerie CT");
}

#[tokio::test]
async fn the_ins_is_found_where_it_stands_and_a_hospital_number_is_none() {
    let other = |oid: &str, number: &str| {
        sequence(
            0x0010_1002,
            vec![
                vec![text(0x0010_0020, "LO", "IPP1"), text(0x0010_0021, "LO", "1.2.3")],
                vec![text(0x0010_0020, "LO", number), text(0x0010_0021, "LO", oid)],
            ],
        )
    };
    let hospital = [0x0010_0020, 0x0010_0024];
    let hospital_number = || text(0x0010_0020, "LO", "IPP-0042");
    let found = study_of(&changed(&hospital, vec![hospital_number(), other("1.2.250.1.213.1.4.8", "179035121518950")])).await;
    assert_eq!(found.subject.as_deref(), Some("179035121518950"));
    for elements in
        [vec![hospital_number()], vec![hospital_number(), other("1.2.3.4", objects::INS)], vec![hospital_number(), other(objects::INS_TEST, "12")]]
    {
        assert_eq!(study_of(&changed(&hospital, elements)).await.subject, None);
    }
}

#[tokio::test]
async fn only_an_https_link_is_kept() {
    for bad in [
        "http://pacs.example.fr/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://moi@pacs.example.fr/",
        "https://pacs.example.fr/\"><script>",
    ] {
        let series = vec![text(0x0008_1190, "UR", bad), text(0x0020_000e, "UI", "1.2")];
        let evidence = sequence(0x0040_a375, vec![vec![sequence(0x0008_1115, vec![series]), text(0x0020_000d, "UI", objects::STUDY)]]);
        assert_eq!(imaging(&study_of(&changed(&[0x0040_a375], vec![evidence])).await).4, None, "{bad}");
    }
}

#[tokio::test]
async fn what_is_no_kos_gives_nothing() {
    let image = changed(&[0x0008_0016], vec![text(0x0008_0016, "UI", objects::CT_IMAGE)]);
    let reader = reader();
    assert_eq!(reader.read(&file(objects::EXPLICIT, &encode(&image, PLAIN))).await, Ok(Reading::Nothing));
    for syntax in [objects::DEFLATED, objects::BIG_ENDIAN, "1.2.840.10008.1.2.4.50", ""] {
        assert_eq!(reader.read(&file(syntax, &encode(&kos(), PLAIN))).await, Ok(UNKNOWN), "{syntax}");
    }
    let without_evidence = changed(&[0x0040_a375], Vec::new());
    assert_eq!(reader.read(&file(objects::EXPLICIT, &encode(&without_evidence, PLAIN))).await, Ok(DAMAGED));
    let mut bare = vec![0; 128];
    bare.extend(b"DICM");
    assert_eq!(reader.read(&bare).await, Ok(DAMAGED));
}

#[tokio::test]
async fn a_kos_cut_anywhere_or_with_bytes_changed_gets_an_answer() {
    let reader = reader();
    for undefined in [false, true] {
        let whole = file(objects::EXPLICIT, &encode(&kos(), Style { undefined, ..PLAIN }));
        for length in (0..whole.len()).step_by(50) {
            let reading = reader.read(&whole[..length]).await.expect("a child");
            assert!(matches!(reading, DAMAGED | UNKNOWN), "{length}: {reading:?}");
        }
        let mut seed = 7_usize;
        for round in 0..300 {
            let mut changed = whole.clone();
            for _ in 0..3 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let place = 132 + (seed >> 33) % (whole.len() - 132);
                changed[place] = u8::try_from((seed >> 20) & 0xff).expect("a byte");
            }
            let reading = reader.read(&changed).await.expect("a child");
            assert!(!matches!(reading, Reading::Unreadable(Why::TooSlow | Why::Nonsense)), "{round}: {reading:?}");
        }
    }
}

#[tokio::test]
async fn depth_and_lengths_that_no_file_has_are_refused_at_once() {
    let reader = reader();
    let began = Instant::now();
    let head = encode(&[text(0x0008_0016, "UI", objects::KOS)], PLAIN);
    let with = |rest: &[u8]| file(objects::EXPLICIT, &[head.as_slice(), rest].concat());
    // 400,000 sequences, each in the one before.
    assert_eq!(reader.read(&with(&opened(0x0040_a730).repeat(400_000))).await, Ok(OVER_BOUNDS));
    for (vr, length) in [("UT", 0xffff_fffe), ("OB", 0x7fff_ffff), ("SQ", 0xffff_fff0), ("UN", 0x1000_0000), ("UT", u32::MAX)] {
        assert_eq!(reader.read(&with(&claimed(0x0040_a160, vr, length, b"abcd", PLAIN))).await, Ok(DAMAGED), "{vr} {length}");
    }
    // Elements without end, and ends of nothing.
    assert_eq!(reader.read(&with(&claimed(0x0040_a160, "LO", 0, b"", PLAIN).repeat(600_000))).await, Ok(OVER_BOUNDS));
    for end in [b"\xfe\xff\x0d\xe0\0\0\0\0", b"\xfe\xff\xdd\xe0\0\0\0\0", b"\xfe\xff\x00\xe0\0\0\0\0"] {
        let reading = reader.read(&with(end)).await.expect("a child");
        assert!(matches!(reading, DAMAGED), "{reading:?}");
    }
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    // A value that is too long is passed over, and the rest is read.
    let long = text(0x0008_1040, "UT", &"x".repeat(5_000_000));
    assert_eq!(imaging(&study_of(&changed(&[], vec![long])).await).0, "CT");
}

//! Documents that are made to do harm end in a word, soon, and leave the next document and the server alone.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, reason = "a test that cannot go on says so by ending")]

mod documents;

use std::time::{Duration, Instant};

use dmp_hostile::{NotRead, Reader, ReaderOptions, Reading, Unreadable, Why};

const DAMAGED: Reading = Reading::Unreadable(Why::Told(Unreadable::Damaged));
const UNKNOWN: Reading = Reading::Unreadable(Why::Told(Unreadable::UnknownFormat));

fn reader(patience: Duration) -> Reader {
    let options = ReaderOptions::new(env!("CARGO_BIN_EXE_dmp-read-hostile").into());
    Reader::new(ReaderOptions { patience, children: 1, ..options })
}

fn texts(reading: Result<Reading, NotRead>) -> Vec<(String, String)> {
    match reading {
        Ok(Reading::Text(parts)) => parts.into_iter().map(|part| (part.place, part.text)).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_honest_document_is_read_line_by_line() {
    let reader = reader(Duration::from_secs(10));
    let expected = [("page-1".to_owned(), "Bonjour, fièvre « 39 °C »\nT.A. : 12/8".to_owned())];
    assert_eq!(texts(reader.read(&documents::honest()).await), expected);
    let mut late = b"rubbish\n".to_vec();
    late.extend(documents::honest());
    assert_eq!(texts(reader.read(&late).await), expected);
}

#[tokio::test]
async fn a_document_without_text_is_nothing_and_one_of_another_kind_unknown() {
    let reader = reader(Duration::from_secs(10));
    assert_eq!(reader.read(&documents::image()).await, Ok(Reading::Nothing));
    assert_eq!(reader.read(b"").await, Ok(UNKNOWN));
    assert_eq!(reader.read(&documents::noise(1, 100_000)).await, Ok(UNKNOWN));
    // A picture that breaks off.
    assert_eq!(reader.read(b"\xff\xd8\xff\xe0 JFIF").await, Ok(DAMAGED));
    assert!(matches!(reader.read(&documents::locked()).await, Ok(Reading::Unreadable(Why::Told(Unreadable::Encrypted | Unreadable::Damaged)))));
    assert_eq!(reader.read(&vec![0; dmp_hostile::DOCUMENT_BYTES_MAX + 1]).await, Ok(Reading::Unreadable(Why::TooLarge)));
}

#[tokio::test]
async fn documents_that_turn_in_circles_come_to_an_end() {
    let reader = reader(Duration::from_secs(10));
    let began = Instant::now();
    for circle in [documents::page_loop(), documents::page_loop_of_two(), documents::xref_loop(), documents::deep()] {
        assert_eq!(reader.read(&circle).await, Ok(DAMAGED));
    }
    for empty in [documents::form_loop(), documents::length_of_itself(), documents::many_states()] {
        assert_eq!(reader.read(&empty).await, Ok(Reading::Nothing));
    }
    // The same page again and again counts once.
    assert_eq!(texts(reader.read(&documents::many_pages()).await).len(), 1);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_document_that_takes_too_long_is_given_up_in_time() {
    let reader = reader(Duration::from_secs(1));
    let began = Instant::now();
    assert_eq!(reader.read(&documents::form_avalanche()).await, Ok(Reading::Unreadable(Why::TooSlow)));
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert_eq!(texts(reader.read(&documents::honest()).await).len(), 1);
}

#[tokio::test]
async fn a_document_cut_anywhere_or_with_bytes_changed_gets_an_answer() {
    let reader = reader(Duration::from_secs(10));
    let honest = documents::honest();
    for part in 0..50 {
        let cut = &honest[..honest.len() * part / 50];
        let reading = reader.read(cut).await.expect("a child");
        assert!(!matches!(reading, Reading::Unreadable(Why::TooSlow | Why::Nonsense)), "{part}: {reading:?}");
    }
    for seed in 0..50_u64 {
        let mut changed = honest.clone();
        for byte in documents::noise(seed, 5) {
            let place = (usize::from(byte) * 31 + usize::try_from(seed).unwrap() * 7) % changed.len();
            changed[place] = byte;
        }
        let reading = reader.read(&changed).await.expect("a child");
        assert!(!matches!(reading, Reading::Unreadable(Why::TooSlow | Why::Nonsense)), "{seed}: {reading:?}");
        let mut noise = b"%PDF-1.7\n".to_vec();
        noise.extend(documents::noise(seed, 20_000));
        assert_eq!(reader.read(&noise).await, Ok(DAMAGED), "{seed}");
    }
}

//! Documents that unpack to more than a gigabyte. Alone in their file: nothing else may move the memory of the process meanwhile.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, reason = "a test that cannot go on says so by ending")]

mod documents;

use std::time::Duration;

use dmp_hostile::{Reader, ReaderOptions, Reading, Why};

/// Bytes of memory that this process holds.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a Linux system");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("VmRSS");
    line.split_whitespace().nth(1).and_then(|number| number.parse::<u64>().ok()).expect("a number") * 1024
}

#[tokio::test]
async fn a_bomb_ends_its_child_and_neither_the_server_nor_the_next_document() {
    let options = ReaderOptions::new(env!("CARGO_BIN_EXE_dmp-read-hostile").into());
    let reader = Reader::new(ReaderOptions { patience: Duration::from_secs(60), children: 1, ..options });
    assert!(matches!(reader.read(&documents::honest()).await, Ok(Reading::Text(_))));
    let bombs = [documents::bomb(false), documents::bomb(true)];
    let before = resident();
    for bomb in &bombs {
        assert_eq!(reader.read(bomb).await, Ok(Reading::Unreadable(Why::Ended)));
        assert!(matches!(reader.read(&documents::honest()).await, Ok(Reading::Text(_))));
    }
    let grown = resident().saturating_sub(before);
    assert!(grown < 16 * 1024 * 1024, "{grown} bytes");
}

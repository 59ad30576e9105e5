//! Children that hang, die, lie or never start; what a child may do.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, reason = "a test that cannot go on says so by ending")]

mod documents;

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dmp_hostile::{NotRead, Reader, ReaderOptions, Reading, Why};

const CHILD: &str = env!("CARGO_BIN_EXE_dmp-read-hostile");

fn fake(program: &str, arguments: &[&str]) -> Reader {
    let arguments = arguments.iter().map(Into::into).collect();
    Reader::new(ReaderOptions { program: program.into(), arguments, children: 1, patience: Duration::from_millis(500), waiting_max: 1 })
}

#[tokio::test]
async fn a_child_that_hangs_is_killed_in_time() {
    let began = Instant::now();
    assert_eq!(fake("/bin/sleep", &["60"]).read(b"%PDF-").await, Ok(Reading::Unreadable(Why::TooSlow)));
    // A document that a pipe does not hold: the child never takes it.
    assert_eq!(fake("/bin/sleep", &["60"]).read(&vec![b'x'; 4_000_000]).await, Ok(Reading::Unreadable(Why::TooSlow)));
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_child_that_ends_lies_or_does_not_start_is_told_apart() {
    let quits = fake("/bin/sh", &["-c", "sleep 0.1"]).read(b"%PDF-").await;
    assert_eq!(quits, Ok(Reading::Unreadable(Why::Ended)));
    // An answer of five bytes that is none, and one of four gigabytes.
    assert_eq!(fake("/bin/sh", &["-c", r"printf '\005\000\000\000abcde'; sleep 9"]).read(b"%PDF-").await, Ok(Reading::Unreadable(Why::Nonsense)));
    assert_eq!(fake("/bin/sh", &["-c", r"printf '\377\377\377\377abcde'; sleep 9"]).read(b"%PDF-").await, Ok(Reading::Unreadable(Why::Nonsense)));
    assert_eq!(fake("/bin/sh", &["-c", r"printf '\005\000\000\000ab'"]).read(b"%PDF-").await, Ok(Reading::Unreadable(Why::Ended)));
    assert_eq!(fake("/no/such/program", &[]).read(b"%PDF-").await, Err(NotRead::NoChild));
}

#[tokio::test]
async fn more_callers_than_may_wait_are_told_so_and_nobody_else_is() {
    let reader = Arc::new(fake("/bin/sleep", &["60"]));
    let (first, second, third) = tokio::join!(reader.read(b"%PDF-"), reader.read(b"%PDF-"), reader.read(b"%PDF-"));
    let given_up = Ok(Reading::Unreadable(Why::TooSlow));
    assert_eq!((&first, &second, &third), (&given_up, &given_up, &Err(NotRead::Busy)));
    assert_eq!(reader.read(b"%PDF-").await, given_up);
}

#[tokio::test]
async fn a_child_that_is_killed_while_idle_costs_no_document() {
    let reader = Reader::new(ReaderOptions { children: 1, ..ReaderOptions::new(CHILD.into()) });
    for _ in 0..3 {
        assert!(matches!(reader.read(&documents::honest()).await, Ok(Reading::Text(_))));
        for child in children_of_this_process() {
            Command::new("kill").args(["-9", &child]).status().expect("kill");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Process ids whose parent is this process and whose program is the child.
fn children_of_this_process() -> Vec<String> {
    let me = std::process::id().to_string();
    let processes = std::fs::read_dir("/proc").expect("a Linux system").flatten();
    let ids = processes.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
    let is_ours = |id: &String| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        let (name, rest) = stat.rsplit_once(')').unwrap_or_default();
        name.contains("dmp-read-hosti") && rest.split_whitespace().nth(1) == Some(&me)
    };
    ids.filter(is_ours).collect()
}

#[test]
fn a_child_ends_when_its_parent_goes_and_has_what_it_needs_and_no_more() {
    let open = std::fs::File::open("Cargo.toml").expect("the manifest of this crate");
    let mut child = Command::new(CHILD).env("SECRET", "x").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a child");
    let id = child.id();
    let read = |file: &str| std::fs::read_to_string(format!("/proc/{id}/{file}")).unwrap_or_default();
    let limits_hold = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        read("limits").lines().any(|line| line.starts_with("Max open files") && line.split_whitespace().nth(3) == Some("3"))
    });
    assert!(limits_hold, "{}", read("limits"));
    let limits = read("limits");
    for (limit, value) in
        [("Max address space", "536870912"), ("Max cpu time", "60"), ("Max core file size", "0"), ("Max file size", "0"), ("Max processes", "0")]
    {
        let line = limits.lines().find(|line| line.starts_with(limit)).expect(limit);
        assert!(line.trim_start_matches(limit).split_whitespace().take(2).all(|one| one == value), "{line}");
    }
    assert!(!read("environ").contains("SECRET"));
    let files = std::fs::read_dir(format!("/proc/{id}/fd")).expect("its files").flatten();
    let ours = std::fs::canonicalize("Cargo.toml").expect("a file that this process has open");
    assert!(files.filter_map(|file| std::fs::read_link(file.path()).ok()).all(|file| file != ours));
    drop(open);
    drop(child.stdin.take());
    assert!(child.wait().expect("its end").success());
}

//! The search for leaks: no text of a record stands readable in any file of the server, its logs among them, nor of the contents.

use std::path::Path;
use std::process::Command;

use super::{Place, own_server};
use crate::Sealing;
use crate::contract::canary::{MARK, fill};

/// In how many files under some folders a text stands.
fn occurrences(text: &[u8], folders: &[&Path]) -> usize {
    let text = String::from_utf8(text.to_vec()).unwrap();
    let found = Command::new("grep").args(["-r", "-l", "-a", "-F", "-e", &text]).args(folders).output().unwrap();
    assert!(found.status.code() < Some(2), "{}", String::from_utf8_lossy(&found.stderr));
    found.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count()
}

#[tokio::test]
async fn no_text_of_a_record_stands_readable_in_any_file_of_the_server() {
    let Some(server) = own_server("the search for leaks") else { return };
    // What a careful operator would not set: every statement in the log, with its values where they are text.
    server.sql("postgres", "ALTER SYSTEM SET log_statement = 'all'");
    server.sql("postgres", "SELECT pg_reload_conf()");
    let place = Place::new(server).await;
    let texts = fill(&**place.postgres()).await;
    server.sql("postgres", "CHECKPOINT");
    let folders = [server.folder(), place.folder.path()];
    for text in &texts {
        assert_eq!(occurrences(text, &folders), 0, "`{}` was found", String::from_utf8_lossy(text));
    }
    // The same search finds every text once rows stand in clear.
    let mut clear = Place::unopened(server);
    clear.sealing = Sealing::Off;
    clear.open().await;
    let texts = fill(&**clear.postgres()).await;
    server.sql("postgres", "CHECKPOINT");
    let folders = [server.folder(), clear.folder.path()];
    for text in &texts {
        assert!(occurrences(text, &folders) > 0, "`{}` was not found", String::from_utf8_lossy(text));
    }
    assert_eq!(occurrences(MARK.as_bytes(), &[clear.folder.path()]), 1, "the large content lies in a file");
}

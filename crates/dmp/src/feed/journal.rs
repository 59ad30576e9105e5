//! The feeder's journal: lines of JSON, added and synced; read back at the start. A line that an end cut short is no line.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::ledger::{Event, Ledger};

/// The open journal.
#[derive(Debug)]
pub struct Journal {
    file: File,
}

impl Journal {
    /// Opens or makes the journal, and gives what it says. One feeder a folder: a lock says so.
    ///
    /// # Errors
    /// In words.
    pub fn open(path: &Path) -> Result<(Self, Ledger), String> {
        let wrong = |error: std::io::Error| format!("{}: {error}", path.display());
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path).map_err(wrong)?;
        file.try_lock().map_err(|_| format!("{}: another feeder works in this folder", path.display()))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(wrong)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
        if whole < bytes.len() {
            file.set_len(u64::try_from(whole).unwrap_or_default()).map_err(wrong)?;
            file.seek(SeekFrom::End(0)).map_err(wrong)?;
        }
        let ledger = ledger(bytes.get(..whole).unwrap_or_default());
        Ok((Journal { file }, ledger))
    }

    /// Adds lines. `sync`: they are on the disk when this returns.
    ///
    /// # Errors
    /// In words.
    pub fn add(&mut self, events: &[Event], sync: bool) -> Result<(), String> {
        let mut text = String::new();
        for event in events {
            text.push_str(&serde_json::to_string(event).map_err(|error| error.to_string())?);
            text.push('\n');
        }
        self.file.write_all(text.as_bytes()).map_err(|error| format!("the journal cannot be written: {error}"))?;
        if sync {
            self.file.sync_data().map_err(|error| format!("the journal cannot be synced: {error}"))?;
        }
        Ok(())
    }
}

/// What the lines of a journal say; what is no line of ours is passed over.
pub fn ledger(bytes: &[u8]) -> Ledger {
    let mut ledger = Ledger::default();
    for line in bytes.split(|byte| *byte == b'\n') {
        if let Ok(event) = serde_json::from_slice(line) {
            ledger.apply(event);
        }
    }
    ledger
}

#[cfg(test)]
mod tests {
    use super::super::ledger::{Fate, Received};
    use super::*;

    fn received(id: &str) -> Event {
        Event::Received(Received { id: id.into(), at: "1".into(), name: "a.hl7".into(), control: None, what: "document".into(), document: None })
    }

    #[test]
    fn a_line_cut_short_is_no_line_and_the_next_one_is_whole() {
        let path = std::env::temp_dir().join(format!("dmp-feed-journal-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let (mut journal, _) = Journal::open(&path).unwrap();
        let sent = Event::Sent { id: "a".into(), at: "2".into(), repeated: false };
        journal.add(&[received("a"), sent, received("b")], true).unwrap();
        assert!(Journal::open(&path).unwrap_err().contains("another feeder"));
        drop(journal);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.truncate(bytes.len() - 5);
        std::fs::write(&path, &bytes).unwrap();
        let (mut journal, ledger) = Journal::open(&path).unwrap();
        assert!(ledger.is_done("a") && !ledger.items.contains_key("b"));
        journal.add(&[received("c")], true).unwrap();
        drop(journal);
        let (_, ledger) = Journal::open(&path).unwrap();
        assert_eq!(ledger.items.keys().collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(ledger.items["c"].fate, Fate::Waiting { why: String::new(), tries: 0 });
        std::fs::remove_file(&path).unwrap();
    }
}

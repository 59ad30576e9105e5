//! The folder of a feeder: what lies in it, what is done, what is refused with the reason beside it. Everything that is moved is moved by
//! renaming, so that a file is always in one place.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::compose::{self, Defaults, Task};
use super::ledger::Reason;

/// The largest file that is looked at.
const FILE_BYTES_MAX: u64 = 32 << 20;

/// The folder.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
    discard_sent: bool,
}

/// A task, or why there is none.
pub type Read = Result<Task, Wrong>;

/// What is not taken.
#[derive(Debug)]
pub struct Wrong {
    pub id: String,
    /// Its file.
    pub name: String,
    /// Control id, of a message of which so much could be read.
    pub control: Option<String>,
    pub reasons: Vec<Reason>,
}

impl Folder {
    /// Makes what is missing of it.
    ///
    /// # Errors
    /// In words.
    pub fn open(root: &Path, discard_sent: bool) -> Result<Self, String> {
        let folder = Folder { root: root.to_owned(), discard_sent };
        for path in [root.to_owned(), folder.done(), folder.refused(), folder.own()] {
            std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        for left in folder.names()?.into_iter().filter(|name| name.starts_with(UNFINISHED)) {
            let _ = std::fs::remove_file(root.join(left));
        }
        Ok(folder)
    }

    fn done(&self) -> PathBuf {
        self.root.join("done")
    }

    fn refused(&self) -> PathBuf {
        self.root.join("refused")
    }

    fn own(&self) -> PathBuf {
        self.root.join(".feed")
    }

    /// The journal.
    pub fn journal(&self) -> PathBuf {
        self.own().join("journal.ndjson")
    }

    fn names(&self) -> Result<Vec<String>, String> {
        let entries = std::fs::read_dir(&self.root).map_err(|error| format!("{}: {error}", self.root.display()))?;
        let mut names: Vec<String> = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        Ok(names)
    }

    /// Names of what waits in it. Whoever puts a file there writes it under another name first (`.part`, or a leading dot) and renames it.
    ///
    /// # Errors
    /// In words.
    pub fn waiting(&self) -> Result<Vec<String>, String> {
        let kinds = [".hl7", ".er7", ".xml", ".pdf"];
        let counts = |name: &String| !name.starts_with('.') && kinds.iter().any(|kind| name.to_ascii_lowercase().ends_with(kind));
        Ok(self.names()?.into_iter().filter(counts).collect())
    }

    /// What a file asks. `None`: it is gone, or its other half has not come yet.
    pub fn read(&self, name: &str, defaults: &Defaults) -> Option<Read> {
        let path = self.root.join(name);
        let size = std::fs::metadata(&path).ok()?.len();
        let wrong = |code: &str, words: &str| {
            let reason = Reason { code: code.to_owned(), place: String::new(), words: words.to_owned() };
            Some(Err(Wrong { id: compose::hash(&[b"name", name.as_bytes()]), name: name.to_owned(), control: None, reasons: vec![reason] }))
        };
        if size > FILE_BYTES_MAX {
            return wrong("hl7-too-large", "le fichier est trop grand");
        }
        let Ok(bytes) = std::fs::read(&path) else { return wrong("feed-unreadable", "le fichier ne se lit pas") };
        let lower = name.to_ascii_lowercase();
        let read = if lower.ends_with(".xml") {
            compose::cda_file(&bytes, name)
        } else if lower.ends_with(".pdf") {
            let metadata = std::fs::read(self.root.join(sidecar(name))).ok()?;
            compose::pdf_file(&bytes, &metadata, name, defaults)
        } else {
            compose::message(&bytes, defaults)
        };
        // A message in a file is told by the name of the file, and found by its control id too.
        let control = |known: String| Some(known).filter(|known| !known.is_empty() && known != name);
        let wrong = |(id, known, reasons)| Wrong { id, name: name.to_owned(), control: control(known), reasons };
        Some(read.map(|task| Task { name: name.to_owned(), ..task }).map_err(wrong))
    }

    /// Puts a message that came over the wire into the folder: it is on the disk when this returns. Gives the name of its file.
    ///
    /// # Errors
    /// In words.
    pub fn put(&self, id: &str, bytes: &[u8]) -> Result<String, String> {
        let name = format!("mllp-{id}.hl7");
        let (beside, path) = (self.root.join(format!("{UNFINISHED}{id}")), self.root.join(&name));
        let write = || {
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            std::fs::rename(&beside, &path)?;
            File::open(&self.root)?.sync_all()
        };
        write().map_err(|error: std::io::Error| format!("{}: {error}", self.root.display()))?;
        Ok(name)
    }

    /// Takes a file out: sent, or nothing to send.
    ///
    /// # Errors
    /// In words.
    pub fn finish(&self, name: &str) -> Result<(), String> {
        for name in self.halves(name) {
            let path = self.root.join(&name);
            let taken = if self.discard_sent { std::fs::remove_file(&path) } else { std::fs::rename(&path, free(&self.done(), &name)) };
            gone_is_fine(taken).map_err(|error| format!("{name}: {error}"))?;
        }
        Ok(())
    }

    /// Takes a file out that is refused, and writes why beside it first.
    ///
    /// # Errors
    /// In words.
    pub fn refuse(&self, name: &str, reasons: &[Reason]) -> Result<(), String> {
        let text = serde_json::to_string_pretty(&serde_json::json!({ "file": name, "reasons": reasons })).map_err(|error| error.to_string())?;
        let place = self.refused();
        std::fs::write(place.join(format!("{name}.reason.json")), text).map_err(|error| format!("{}: {error}", place.display()))?;
        for name in self.halves(name) {
            // The same file refused twice lies there once.
            gone_is_fine(std::fs::rename(self.root.join(&name), place.join(&name))).map_err(|error| format!("{name}: {error}"))?;
        }
        Ok(())
    }

    /// The files of one thing: a PDF has its metadata.
    fn halves(&self, name: &str) -> Vec<String> {
        let mut halves = vec![name.to_owned()];
        if name.to_ascii_lowercase().ends_with(".pdf") {
            halves.push(sidecar(name));
        }
        halves
    }
}

/// Files that a feeder was writing when it ended.
const UNFINISHED: &str = ".mllp-part-";

fn sidecar(name: &str) -> String {
    let stem = name.len().checked_sub(4).and_then(|end| name.get(..end)).unwrap_or(name);
    format!("{stem}.json")
}

fn gone_is_fine(done: std::io::Result<()>) -> std::io::Result<()> {
    match done {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// A path of this name in a folder, or of the same with a number.
fn free(folder: &Path, name: &str) -> PathBuf {
    let plain = folder.join(name);
    if !plain.exists() {
        return plain;
    }
    let numbered = |number: u32| folder.join(format!("{number}-{name}"));
    (1..10_000).map(numbered).find(|path| !path.exists()).unwrap_or(plain)
}

//! The staging area: a folder with two databases, and a key file elsewhere.

mod batch;
mod database;
mod draw;
mod entry;
mod merge;
mod prune;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use dmp_core::Mode;
use dmp_core::reimbursement::ExclusionList;
use rusqlite::{Connection, OptionalExtension};

pub(crate) use batch::{Batch, Checkpoint, FileDigest, Slice, bucket_of};
pub(crate) use entry::{Entry, Fresh, Tally, append, day_number};

use crate::StagingError;
use crate::error::at;
use crate::key::{Keys, lies_inside};
use crate::seal::{Codec, Place, Sealing};
use entry::Bytes;

/// How an area is opened.
#[derive(Debug, Clone)]
pub struct StagingOptions {
    /// The mode of the installation: whose INS is taken. Sealed in the area at creation.
    pub mode: Mode,
    /// What never leaves.
    pub exclusions: ExclusionList,
    pub sealing: Sealing,
}

impl StagingOptions {
    /// Sealed, with a list of exclusions.
    pub fn new(mode: Mode, exclusions: ExclusionList) -> Self {
        StagingOptions { mode, exclusions, sealing: Sealing::On }
    }
}

/// What is in an area, over everybody: for its operator, never for whoever draws lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub people: u64,
    /// Lines that are merged; a cancelled one does not count.
    pub lines: u64,
    /// Batches that wait for being merged: none, unless an import runs or was interrupted.
    pub waiting_batches: u64,
    /// Files that were read whole.
    pub files: u64,
    /// Bytes on the disk.
    pub bytes: u64,
}

/// A staging area.
#[derive(Debug)]
pub struct StagingArea {
    folder: PathBuf,
    keys: Keys,
    mode: Mode,
    exclusions: ExclusionList,
    writers: Mutex<Writers>,
    /// Read connections that nobody uses now.
    readers: Mutex<Vec<(Connection, Connection)>>,
}

/// The connections that write.
#[derive(Debug)]
pub(crate) struct Writers {
    pub lines: Connection,
    pub fresh: Connection,
    pub codec: Codec,
}

impl StagingArea {
    /// Opens the area of a folder; folder and key are made when neither is there.
    ///
    /// # Errors
    /// [`StagingError::Refused`] when the key lies inside the folder, is missing, can be read by others or is not that of the area, or
    /// when the area was made in the other mode.
    pub fn create_or_open(folder: &Path, key_file: &Path, options: StagingOptions) -> Result<Self, StagingError> {
        if lies_inside(key_file, folder) {
            return Err(StagingError::Refused(format!("staging key `{}` lies among the data that it opens: put it elsewhere", key_file.display())));
        }
        // SECURITY: real persons' lines are never written in clear.
        if options.sealing == Sealing::Off && options.mode == Mode::Production {
            return Err(StagingError::Refused("sealing cannot be off in production".to_owned()));
        }
        let is_there = folder.join(database::LINES).is_file();
        let keys = if is_there || key_file.exists() { Keys::load(key_file, options.sealing)? } else { Keys::create(key_file, options.sealing)? };
        make_folder(folder)?;
        let (lines, fresh) = database::open_writers(folder)?;
        let mut codec = Codec::new()?;
        recognise(&lines, &keys, &mut codec, options.mode)?;
        let writers = Mutex::new(Writers { lines, fresh, codec });
        let folder = folder.to_owned();
        Ok(StagingArea { folder, keys, mode: options.mode, exclusions: options.exclusions, writers, readers: Mutex::default() })
    }

    /// The mode of the installation.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// What is in it.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn counts(&self) -> Result<Counts, StagingError> {
        let count = |connection: &Connection, query: &str| {
            connection.query_row(query, [], |row| row.get::<_, i64>(0)).map(|count| u64::try_from(count).unwrap_or(0)).map_err(at("counts"))
        };
        self.read(|lines, fresh| {
            Ok(Counts {
                people: count(lines, "SELECT COUNT(*) FROM person")?,
                lines: u64::try_from(database::total(lines, merge::LINES_TOTAL)?).unwrap_or(0),
                waiting_batches: count(fresh, "SELECT COUNT(*) FROM batch")?,
                files: count(fresh, "SELECT COUNT(*) FROM file WHERE complete = 1")?,
                bytes: bytes_in(&self.folder),
            })
        })
    }

    /// Takes the right to import, which one process has at a time; it ends with the file.
    pub(crate) fn lock(&self) -> Result<File, StagingError> {
        let file = File::options().create(true).truncate(false).write(true).open(self.folder.join("import.lock")).map_err(at("area.lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(StagingError::Busy),
            Err(TryLockError::Error(error)) => Err(StagingError::fault("area.lock", error)),
        }
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    pub(crate) fn writers(&self) -> MutexGuard<'_, Writers> {
        self.writers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a read on connections of its own.
    fn read<T>(&self, read: impl FnOnce(&Connection, &Connection) -> Result<T, StagingError>) -> Result<T, StagingError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let pair = idle.map_or_else(|| database::open_readers(&self.folder), Ok)?;
        let value = read(&pair.0, &pair.1)?;
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(pair);
        Ok(value)
    }
}

fn make_folder(folder: &Path) -> Result<(), StagingError> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(at("area.create"))
}

/// Writes or checks the sealed mode: it tells a wrong key, and the area of another mode.
fn recognise(lines: &Connection, keys: &Keys, codec: &mut Codec, mode: Mode) -> Result<(), StagingError> {
    const PROBE: Place<'static> = Place { table: "meta", row: b"mode" };
    let read = "SELECT value FROM meta WHERE name = 'mode'";
    let sealed: Option<Vec<u8>> = lines.query_row(read, [], |row| row.get(0)).optional().map_err(at("area.recognise"))?;
    let Some(sealed) = sealed else {
        let sealed = keys.probe.seal(codec, PROBE, mode.as_str().as_bytes())?;
        lines.execute("INSERT INTO meta (name, value) VALUES ('mode', ?1)", [sealed]).map_err(at("area.recognise"))?;
        return Ok(());
    };
    let wrong_key = |_| StagingError::Refused("the staging key is not the one that this area was made with".to_owned());
    let made_in = keys.probe.open(codec, PROBE, sealed).map_err(wrong_key)?;
    if made_in != mode.as_str().as_bytes() {
        let made_in = String::from_utf8_lossy(&made_in).into_owned();
        return Err(StagingError::Refused(format!("the area was made in mode `{made_in}`; the program runs in mode `{}`", mode.as_str())));
    }
    Ok(())
}

fn bytes_in(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).map(|metadata| metadata.len()).sum()
}

/// The body of an entry.
pub(crate) fn body(bytes: &[u8]) -> Option<Bytes<'_>> {
    Some(Bytes(bytes))
}

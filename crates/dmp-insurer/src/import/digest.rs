//! Recognising a file by its bytes.

use std::io::Read;
use std::path::Path;

use crate::area::FileDigest;
use crate::key::{Keys, short};

const STEP_BYTES: usize = 1024 * 1024;

/// The keyed digest of a file's bytes. `progress` gets bytes done and bytes in all.
///
/// # Errors
/// In words, when the file cannot be read.
pub(super) fn of_file(path: &Path, keys: &Keys, progress: &mut dyn FnMut(u64, u64)) -> Result<FileDigest, String> {
    let mut file = std::fs::File::open(path).map_err(|error| error.to_string())?;
    let all = file.metadata().map_err(|error| error.to_string())?.len();
    let (mut context, mut done, mut buffer) = (keys.file_digest(), 0, vec![0; STEP_BYTES]);
    loop {
        let read = file.read(&mut buffer).map_err(|error| error.to_string())?;
        if read == 0 {
            return Ok(short(&context.sign()));
        }
        context.update(buffer.get(..read).unwrap_or_default());
        done += u64::try_from(read).unwrap_or(0);
        progress(done, all);
    }
}

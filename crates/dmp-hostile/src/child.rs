//! The child's side: takes limits upon itself, then reads document after document from standard input until it ends.

use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use crate::{dicom, frame, image, limits, pdf};

/// The argument that starts the program as a child.
pub const ARGUMENT: &str = "read-hostile";

/// What `dmp read-hostile` does. It prints nothing but answers; how it ended is for its parent alone.
///
/// SECURITY: to be called before any thread, runtime or log is started.
pub fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn run() -> io::Result<()> {
    if !limits::are_set() {
        limits::before_start()?;
        // An allocator takes address space before `main`, which no later limit gives back: start once more, within the limits.
        return Err(Command::new(std::env::current_exe()?).arg(ARGUMENT).env_clear().current_dir("/").exec());
    }
    limits::after_start()?;
    let (mut documents, mut answers) = (io::stdin().lock(), io::stdout().lock());
    while let Some(document) = frame::read(&mut documents, frame::DOCUMENT_BYTES_MAX)? {
        answer(&mut answers, document)?;
    }
    Ok(())
}

fn answer(answers: &mut impl Write, document: Vec<u8>) -> io::Result<()> {
    let answer: frame::Answer = match () {
        () if dicom::is_dicom(&document) => dicom::read(&document),
        () if image::is_image(&document) => image::clean(&document).map(frame::Said::Image),
        () => pdf::read(document).map(frame::Said::Text),
    };
    let bytes = postcard::to_stdvec(&answer).map_err(io::Error::other)?;
    frame::write(answers, &bytes, frame::ANSWER_BYTES_MAX)
}

//! The import: files into the area, block by block, so that memory stays bounded and an interruption costs one batch.

mod digest;
mod encode;
mod pipeline;
mod report;

use std::io::Write;
use std::path::{Path, PathBuf};

use dmp_core::Moment;
use dmp_core::summary::When;

use crate::area::{Batch, Checkpoint};
use crate::fail_point;
use crate::feed::{Form, Rules, Source};
use crate::{StagingArea, StagingError};
use pipeline::Sink;
pub use report::{Phase, Progress, Report};

/// What an import needs besides its files.
pub struct ImportOptions {
    /// The present moment: no line may lie in the future.
    pub now: Moment,
    /// Where rejects go, one JSON object a line (see [`crate::Reject`]).
    pub rejects: Option<Box<dyn Write>>,
}

impl std::fmt::Debug for ImportOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ImportOptions {{ now: {:?}, rejects: {} }}", self.now, self.rejects.is_some())
    }
}

/// Lines of an interrupted run and of this one are merged before more than so many bytes wait, so that a merge needs little memory.
const MERGE_EVERY_BYTES: u64 = 4 << 30;

/// Imports files one after the other.
///
/// The same file again changes nothing and is not read again; a file whose import was interrupted goes on where it was. A line whose
/// number is known is taken as repeated when it says the same, as a correction when it says something else; a cancelled number stays
/// cancelled.
///
/// # Errors
/// [`StagingError`]. A file that cannot be read is no error: it is in [`Report::unreadable`], and the others are imported.
pub fn import(files: &[PathBuf], area: &StagingArea, options: ImportOptions, progress: &mut dyn FnMut(&Progress)) -> Result<Report, StagingError> {
    let _lock = area.lock()?;
    let mut run = Run { area, report: Report::default(), rejects: options.rejects, unmerged: 0, progress };
    run.report.add(area.finish_merge()?);
    let rules = Rules { mode: area.mode(), today: When::of(options.now) };
    let waiting = area.counts()?.waiting_batches > 0;
    for file in files {
        if let Err(why) = run.file(file, rules)? {
            run.report.unreadable.push((file.clone(), why));
        }
        if run.unmerged > MERGE_EVERY_BYTES {
            run.merge()?;
        }
    }
    if waiting || run.unmerged > 0 {
        run.merge()?;
    }
    Ok(run.finish())
}

/// An import under way.
struct Run<'a> {
    area: &'a StagingArea,
    report: Report,
    rejects: Option<Box<dyn Write>>,
    /// Bytes of lines that wait for the merge.
    unmerged: u64,
    progress: &'a mut dyn FnMut(&Progress),
}

impl Run<'_> {
    /// Imports one file; inside, why it cannot be read.
    fn file(&mut self, path: &Path, rules: Rules) -> Result<Result<(), String>, StagingError> {
        let Some(form) = Form::of(path) else {
            return Ok(Err("its name ends with none of .ndjson, .jsonl, .csv (each also with .zst), .parquet".to_owned()));
        };
        let progress = &mut *self.progress;
        let mut tell = |phase: Phase, done: u64, all: u64, lines: u64| progress(&Progress { phase, done, all, lines });
        let digest = match digest::of_file(path, self.area.keys(), &mut |done, all| tell(Phase::Recognising, done, all, 0)) {
            Ok(digest) => digest,
            Err(why) => return Ok(Err(why)),
        };
        let known = self.area.checkpoint(&digest)?.unwrap_or_default();
        if known.complete {
            self.report.repeat_file(known.read, known.rejected);
            return Ok(Ok(()));
        }
        let mut source = match Source::open(path, form) {
            Ok(source) => source,
            Err(why) => return Ok(Err(why)),
        };
        if let Err(why) = if known.position > 0 { source.skip_to(known.position, known.line) } else { Ok(()) } {
            return Ok(Err(why));
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let all = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
        let mut sink = Sink {
            area: self.area,
            digest,
            batch: Batch::default(),
            reached: known,
            taken_in: 0,
            rejects: self.rejects.as_mut(),
            tell: &mut |position, lines| tell(Phase::Reading, position, all, lines),
        };
        let outcome = pipeline::run(source, &name, self.area.keys(), rules, &mut sink)?;
        sink.commit(outcome.is_ok())?;
        let (reached, taken_in) = (sink.reached, sink.taken_in);
        self.count(known, reached);
        self.unmerged += taken_in;
        fail_point::hit("file.after_complete");
        Ok(outcome)
    }

    fn count(&mut self, before: Checkpoint, after: Checkpoint) {
        self.report.read += after.read - before.read;
        self.report.rejected += after.rejected - before.rejected;
    }

    fn merge(&mut self) -> Result<(), StagingError> {
        let progress = &mut *self.progress;
        let lines = self.report.read;
        let tally = self.area.merge(&mut |done, all| progress(&Progress { phase: Phase::Merging, done, all, lines }))?;
        self.report.add(tally);
        self.unmerged = 0;
        Ok(())
    }

    /// What was merged beyond what this run read was left by an interrupted one.
    fn finish(self) -> Report {
        let mut report = self.report;
        report.left_over = (report.merged() + report.rejected).saturating_sub(report.read);
        report
    }
}

//! `dmp import reimbursements`.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use dmp_core::summary::When;
use dmp_insurer::{Counts, ImportOptions, Phase, Progress, Report};
use dmp_service::{Clock, SystemClock};
use indicatif::{ProgressBar, ProgressStyle};

use super::source;
use crate::commands::ReimbursementImport;
use crate::{open, print};

/// Imports, with progress, and removes what is past its time.
///
/// # Errors
/// In words, when a file could not be read to its end, or the area does not open.
pub async fn run(options: ReimbursementImport) -> Result<(), String> {
    if options.template {
        print::line(dmp_insurer::template().trim_end());
        return Ok(());
    }
    tokio::task::spawn_blocking(move || import(&options)).await.map_err(|error| error.to_string())?
}

fn import(options: &ReimbursementImport) -> Result<(), String> {
    let words = |error: dmp_insurer::StagingError| error.to_string();
    let mode = open::mode(options.production);
    let area = source::open(&options.staging, options.staging_key.as_ref(), mode, options.exclusions.as_ref())?;
    let rejects = options.rejects.clone().unwrap_or_else(|| source::beside(&options.staging, ".rejects.ndjson"));
    let now = SystemClock.now();
    let bar = ProgressBar::new(0);
    let import = ImportOptions { now, rejects: Some(Box::new(rejects_file(&rejects)?)) };
    let report = dmp_insurer::import(&options.files, &area, import, &mut |progress| show(&bar, progress)).map_err(words)?;
    bar.set_message("removing what is past its time");
    let removed = match When::of(now).plus_months(-options.keep_months) {
        Some(before) => area.prune(before).map_err(words)?,
        None => 0,
    };
    bar.finish_and_clear();
    tell(&report, removed, &area.counts().map_err(words)?, &rejects, options.json);
    match report.unreadable.as_slice() {
        [] => Ok(()),
        unreadable => {
            let each: Vec<String> = unreadable.iter().map(|(file, why)| format!("{}: {why}", file.display())).collect();
            Err(format!("not read to the end: {}", each.join("; ")))
        }
    }
}

/// Rejects of an interrupted run are kept: new ones go behind them.
fn rejects_file(path: &Path) -> Result<std::io::BufWriter<std::fs::File>, String> {
    let file = OpenOptions::new().create(true).append(true).mode(0o600).open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(std::io::BufWriter::new(file))
}

fn show(bar: &ProgressBar, progress: &Progress) {
    let (what, template) = match progress.phase {
        Phase::Recognising => ("recognising", "{msg} {bar:30} {bytes}/{total_bytes}"),
        Phase::Reading => ("reading", "{msg} {bar:30} {elapsed}"),
        Phase::Merging => ("merging", "{msg} {bar:30} {percent} %"),
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_length(progress.all.max(progress.done));
    bar.set_position(progress.done);
    bar.set_message(if progress.lines > 0 { format!("{what}: {} lines", progress.lines) } else { what.to_owned() });
}

fn tell(report: &Report, removed: u64, counts: &Counts, rejects: &Path, as_json: bool) {
    if as_json {
        let Report { read, taken, repeated, corrected, cancelled, rejected, left_over, known_files, .. } = report;
        print::json(&serde_json::json!({
            "read": read, "taken": taken, "repeated": repeated, "corrected": corrected, "cancelled": cancelled, "rejected": rejected,
            "left_over": left_over, "known_files": known_files, "removed": removed, "people": counts.people, "lines": counts.lines,
        }));
        return;
    }
    print::line(&format!(
        "{} lines read: {} new, {} repeated, {} corrected, {} cancelled, {} rejected",
        report.read, report.taken, report.repeated, report.corrected, report.cancelled, report.rejected
    ));
    for (count, what) in [
        (report.left_over, "lines were left by an interrupted import and are among these"),
        (report.known_files, "files were imported before and not read again"),
        (removed, "lines were past their time and are removed"),
    ] {
        if count > 0 {
            print::line(&format!("{count} {what}"));
        }
    }
    if report.rejected > 0 {
        print::line(&format!("why lines were rejected stands in {}", rejects.display()));
    }
    print::line(&format!("the staging area holds {} lines of {} people", counts.lines, counts.people));
}

//! The staging area as the source of lines that the acts ask.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use dmp_core::Mode;
use dmp_core::identity::{BirthDate, Ins};
use dmp_core::reimbursement::{ExclusionList, Line};
use dmp_core::summary::When;
use dmp_insurer::{StagingArea, StagingError, StagingOptions};
use dmp_service::{ReimbursementSource, SourceError};

/// The staging area; its reads run where they may block.
#[derive(Debug, Clone)]
pub struct StagedLines(Arc<StagingArea>);

impl StagedLines {
    /// Over an open area.
    pub fn new(area: Arc<StagingArea>) -> Self {
        StagedLines(area)
    }
}

#[async_trait]
impl ReimbursementSource for StagedLines {
    async fn lines_of(&self, ins: &Ins, birth: BirthDate, from: When, to: When) -> Result<Vec<Line>, SourceError> {
        let (area, ins) = (Arc::clone(&self.0), ins.clone());
        let drawn = tokio::task::spawn_blocking(move || area.lines_of(&ins, birth, from, to)).await;
        drawn.map_err(|error| SourceError::Unavailable(error.to_string()))?.map_err(|error| match error {
            StagingError::Damaged(_) => SourceError::Damaged(error.to_string()),
            StagingError::Refused(_) | StagingError::Busy | StagingError::Fault { .. } => SourceError::Unavailable(error.to_string()),
        })
    }
}

/// Where the staging key of a folder is: beside it, unless told otherwise.
pub fn key_path(staging: &Path, given: Option<&PathBuf>) -> PathBuf {
    given.cloned().unwrap_or_else(|| beside(staging, ".stagingkey"))
}

/// A path beside a folder: its name with something behind it.
pub fn beside(staging: &Path, end: &str) -> PathBuf {
    let mut name = staging.file_name().unwrap_or_else(|| "insurer-staging".as_ref()).to_owned();
    name.push(end);
    staging.with_file_name(name)
}

/// Opens the area of a folder, made when it is not there, with the exclusion list of a file or of the program.
///
/// # Errors
/// What is wrong, in words.
pub fn open(staging: &Path, key: Option<&PathBuf>, mode: Mode, exclusions: Option<&PathBuf>) -> Result<StagingArea, String> {
    let list = match exclusions {
        Some(file) => {
            let table = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
            ExclusionList::parse(&table).map_err(|error| format!("{}: {error}", file.display()))?
        }
        None => ExclusionList::reference().map_err(|error| error.to_string())?,
    };
    let options = StagingOptions::new(mode, list);
    StagingArea::create_or_open(staging, &key_path(staging, key), options).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_area_without_lines_answers_with_none() {
        let folder = std::env::temp_dir().join(format!("dmp-staged-lines-{}", std::process::id()));
        let area = open(&folder.join("area"), None, Mode::Sandbox, None).unwrap();
        assert!(folder.join("area.stagingkey").is_file(), "the key lies beside the folder");
        let source: Arc<dyn ReimbursementSource> = Arc::new(StagedLines::new(Arc::new(area)));
        let ins = Ins::parse("1.2.250.1.213.1.4.10", "279035121518989").unwrap();
        let birth = BirthDate::parse("1979-03-28").unwrap();
        assert!(source.lines_of(&ins, birth, When::day(2020, 1, 1), When::day(2030, 1, 1)).await.unwrap().is_empty());
        let _ = std::fs::remove_dir_all(&folder);
    }
}

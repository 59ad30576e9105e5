//! The insurer's lines: `dmp import reimbursements`, and where the acts draw them from.

mod import;
mod source;
mod town;

use std::sync::Arc;

use dmp_core::Mode;
use dmp_server::Codecs;
use dmp_service::{Insurer, ReimbursementSource};

use crate::commands::InsurerOptions;
use crate::{demo, seed};

pub use import::run as import;
pub use town::TownLines;

/// Where the acts draw the insurer's lines from: a staging area, else the town of a demonstration. `None`: nowhere.
///
/// # Errors
/// What is wrong with the staging area, in words.
pub fn insurer(options: &InsurerOptions, codecs: &Arc<Codecs>, mode: Mode, town_of: Option<u32>) -> Result<Option<Insurer>, String> {
    let source: Arc<dyn ReimbursementSource> = match (&options.staging, town_of) {
        (Some(folder), _) => {
            let area = source::open(folder, options.staging_key.as_ref(), mode, options.exclusions.as_ref())?;
            Arc::new(source::StagedLines::new(Arc::new(area)))
        }
        (None, Some(patients)) => Arc::new(TownLines::new(Arc::new(seed::town(patients, demo::SEED)))?),
        (None, None) => return Ok(None),
    };
    Ok(Some(Insurer { months: options.reimbursement_months, ..Insurer::new(source, Arc::clone(codecs) as Arc<dyn dmp_service::Formats>) }))
}

//! The emergency card.
use dmp_core::record::Language;
use dmp_core::summary::Summary;

use crate::PaperError;

pub fn emergency_card(_: &Summary, _: &[Language], _: Option<&str>) -> Result<Vec<u8>, PaperError> {
    Err(PaperError::NoLanguage)
}

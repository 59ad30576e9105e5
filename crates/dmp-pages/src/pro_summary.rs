//! The whole summary of a patient, each line with every source.

use askama::Template;

use crate::lang::silent_debug;
use crate::texts::pro_synthesis::SynthesisTexts;
use crate::{ClinicalSummary, Shell};

/// The whole summary, at `/pro/patients/{pid}/summary`. Links: those of [`ClinicalSummary`]. No form.
#[derive(Clone, Template)]
#[template(path = "pro_summary.html")]
pub struct ProSummary {
    pub shell: Shell,
    pub person: String,
    pub summary: ClinicalSummary,
}

silent_debug!(ProSummary);

impl ProSummary {
    fn t(&self) -> &'static SynthesisTexts {
        SynthesisTexts::of(self.shell.lang)
    }
}

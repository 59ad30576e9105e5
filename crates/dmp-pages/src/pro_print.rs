//! Several documents one below the other, to be printed.

use askama::Template;

use crate::lang::silent_debug;
use crate::texts::pro::ProTexts;
use crate::texts::pro_documents::ProDocumentsTexts;
use crate::{DocumentBody, OpenDocument, Shell};

/// The chosen documents, at `/pro/patients/{pid}/print?doc=…&doc=…`. Links: `/pro/patients/{pid}/documents`, the originals. No form.
#[derive(Clone, Template)]
#[template(path = "pro_print.html")]
pub struct ProPrint {
    pub shell: Shell,
    pub pid: String,
    pub person: String,
    /// In the order of the choice.
    pub documents: Vec<OpenDocument>,
}

silent_debug!(ProPrint);

impl ProPrint {
    fn t(&self) -> &'static ProTexts {
        ProTexts::of(self.shell.lang)
    }

    fn d(&self) -> &'static ProDocumentsTexts {
        ProDocumentsTexts::of(self.shell.lang)
    }
}

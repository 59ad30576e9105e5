//! One document of the person's record, with its text and who read it.

use askama::Template;

use crate::journal_sentence::{JournalLine, Perspective, sentence};
use crate::lang::silent_debug;
use crate::quoted::Quoted;
use crate::texts::correction::CorrectionTexts;
use crate::texts::document::DocumentTexts;
use crate::{DocumentBody, DocumentLine, Original, Shell};

/// A document, at `/documents/{id}`.
///
/// Links: `/documents/{id}/original` (the bytes), [`DocumentPage::newer`], [`DocumentPage::older`], `/journal`.
/// Forms: `POST /documents/{id}/hide`, `POST /documents/{id}/show` (`csrf`).
#[derive(Clone, Template)]
#[template(path = "document_page.html")]
pub struct DocumentPage {
    pub shell: Shell,
    pub perspective: Perspective,
    pub document: DocumentLine,
    pub body: DocumentBody,
    pub original: Original,
    /// Path of the version that replaces this one, when this reader may see it.
    pub newer: Option<String>,
    /// Path of the version that this one replaces.
    pub older: Option<String>,
    /// Who read this document, newest first; the reader's own readings may be left out.
    pub readers: Vec<JournalLine>,
    /// Where an error in it is reported, or where the person corrects what they wrote; `None`: this reader may do neither.
    pub correction: Option<CorrectionWay>,
}

/// How a document gets corrected.
#[derive(Clone, PartialEq, Eq)]
pub enum CorrectionWay {
    /// Path of the form that asks its author.
    Ask(String),
    /// Path of the form that corrects one's own document.
    Own(String),
}

silent_debug!(DocumentPage, CorrectionWay);

impl DocumentPage {
    fn t(&self) -> &'static DocumentTexts {
        DocumentTexts::of(self.shell.lang)
    }

    fn correction_texts(&self) -> &'static CorrectionTexts {
        CorrectionTexts::of(self.shell.lang)
    }

    fn reader(&self, line: &JournalLine) -> Quoted {
        line.quoted(sentence(line, self.perspective, self.shell.lang))
    }
}

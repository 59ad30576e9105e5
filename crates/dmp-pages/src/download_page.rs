//! A copy of everything, at `/download`: what is inside, how large, and what to beware of.

use askama::Template;

use crate::lang::silent_debug;
use crate::texts::download::{DownloadTexts, documents_words, problem_words};
use crate::{Shell, words};

/// Why nothing was downloaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DownloadProblem {
    /// The box is not ticked.
    NotUnderstood,
    /// Enough copies for a day.
    Limit,
}

/// The page of the download.
///
/// Form: `POST /download` (`csrf`; checkbox `understood`), when [`DownloadPage::may`]. Links: `/paper`.
#[derive(Clone, Template)]
#[template(path = "download_page.html")]
pub struct DownloadPage {
    pub shell: Shell,
    /// Whether the reader is the person themself.
    pub own: bool,
    pub may: bool,
    pub documents: usize,
    /// Bytes of all documents.
    pub bytes: u64,
    pub problem: Option<DownloadProblem>,
}

silent_debug!(DownloadPage);

impl DownloadPage {
    fn t(&self) -> &'static DownloadTexts {
        DownloadTexts::of(self.shell.lang)
    }

    fn problem_said(&self) -> Option<&'static str> {
        self.problem.map(|problem| problem_words(problem, self.shell.lang))
    }

    fn is_about_the_box(&self) -> bool {
        self.problem == Some(DownloadProblem::NotUnderstood)
    }

    /// Whether no copy can be made today.
    fn is_over(&self) -> bool {
        self.problem == Some(DownloadProblem::Limit)
    }

    fn count(&self) -> String {
        documents_words(self.documents, self.shell.lang)
    }

    fn size(&self) -> String {
        words::size(self.bytes, self.shell.lang)
    }
}

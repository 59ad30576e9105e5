//! Judging a CDA document: every finding, not only the first.

use dmp_core::Issue;

use super::header::Header;
use super::parse::{Cda, Limits, read_text};
use super::rules;

/// What a document is and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// The header as it stands; `None` when the document could not be read at all.
    pub header: Option<Header>,
    /// Every finding, in the order of the document.
    pub issues: Vec<Issue>,
}

impl Inspection {
    /// Whether nothing found is an error. The mode of the installation may still refuse the INS
    /// (`Header::patient`, [`dmp_core::identity::InsAuthority::refused_in`]).
    pub fn is_acceptable(&self) -> bool {
        !self.issues.iter().any(Issue::is_error)
    }
}

/// Reads and judges a document.
pub fn inspect(bytes: &[u8], limits: Limits) -> Inspection {
    let unreadable = |issue| Inspection { header: None, issues: vec![issue] };
    let text = match read_text(bytes, limits) {
        Ok(text) => text,
        Err(issue) => return unreadable(issue),
    };
    let cda = match Cda::parse(&text, limits) {
        Ok(cda) => cda,
        Err(issue) => return unreadable(issue),
    };
    let header = Header::read(&cda);
    let issues = rules::judge(&header);
    Inspection { header: Some(header), issues }
}

/// The rule that a finer code belongs to: `cda-header` for every `cda-header-…`, else the code itself.
pub fn rule_family(code: &str) -> &str {
    if code.starts_with("cda-header-") { "cda-header" } else { code }
}

//! Applies read changes to the patchable part of a document reference, as it was rendered.

use dmp_core::Issue;
use dmp_core::document::{Confidentiality, Visibility};

use super::{Expectation, LabelRef, MetadataChange, StatusWord};
use crate::fhir::document_reference;

/// The patchable part of a document reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatchTarget {
    pub status: StatusWord,
    /// Label codes in the rendered order.
    pub labels: Vec<String>,
    pub archived: bool,
}

impl PatchTarget {
    /// From a visibility, in the rendered order.
    pub fn new(status: StatusWord, visibility: Visibility, archived: impl Into<bool>) -> Self {
        let labels = std::iter::once(visibility.confidentiality.code()).chain(visibility.codes()).map(str::to_owned).collect();
        PatchTarget { status, labels, archived: archived.into() }
    }

    /// The visibility that the labels mean.
    ///
    /// # Errors
    /// The first code that belongs to none of JDV_J58.
    pub fn visibility(&self) -> Result<Visibility, String> {
        Visibility::from_codes(self.labels.iter().map(String::as_str))
    }
}

/// Applies changes in order, all or nothing. Whether the caller may do it is judged elsewhere, on the difference.
///
/// # Errors
/// `patch-path-not-found`, `patch-test-failed`, `confidentiality-unknown`, `confidentiality-combination`.
pub fn apply(changes: &[MetadataChange], current: &PatchTarget) -> Result<PatchTarget, Issue> {
    let mut target = current.clone();
    for change in changes {
        step(change, &mut target)?;
    }
    if !target.labels.iter().any(|code| is_hl7(code)) {
        let kept = current.labels.iter().find(|code| is_hl7(code)).map_or("N", String::as_str);
        target.labels.insert(0, kept.to_owned());
    }
    let codes: Vec<&str> = target.labels.iter().map(String::as_str).collect();
    if let Some(issue) = document_reference::check_labels(&codes, "DocumentReference.securityLabel").into_iter().next() {
        return Err(issue);
    }
    let visibility = target.visibility().map_err(|code| Issue::error("confidentiality-unknown").received(code))?;
    Ok(PatchTarget::new(target.status, visibility, target.archived))
}

fn step(change: &MetadataChange, target: &mut PatchTarget) -> Result<(), Issue> {
    match change {
        MetadataChange::SetStatus(word) => target.status = *word,
        MetadataChange::SetArchived(archived) => target.archived = *archived,
        MetadataChange::SetLabels(codes) => target.labels.clone_from(codes),
        MetadataChange::AddLabel { code, index } => {
            if index.is_some_and(|index| index > target.labels.len()) {
                return Err(not_found(&LabelRef::Index(index.unwrap_or_default())));
            }
            add(&mut target.labels, code);
        }
        MetadataChange::ReplaceLabel { label, code } => {
            let at = find(&target.labels, label)?;
            let replaced = target.labels.get(at).is_some_and(|old| is_hl7(old) == is_hl7(code));
            if replaced {
                target.labels.remove(at);
                target.labels.retain(|other| other != code);
                target.labels.insert(at.min(target.labels.len()), code.clone());
            } else if is_hl7(code) {
                // A French label gives way to an HL7 code: the label goes, the confidentiality is set.
                target.labels.remove(at);
                add(&mut target.labels, code);
            } else {
                add(&mut target.labels, code);
            }
        }
        MetadataChange::RemoveLabel(label) => {
            let at = find(&target.labels, label)?;
            target.labels.remove(at);
        }
        MetadataChange::Test(expectation) => {
            if !holds(expectation, target)? {
                return Err(Issue::error("patch-test-failed"));
            }
        }
    }
    Ok(())
}

/// Adds to the set. An HL7 code takes the place of the one before.
fn add(labels: &mut Vec<String>, code: &str) {
    if is_hl7(code) {
        labels.retain(|other| !is_hl7(other));
        labels.insert(0, code.to_owned());
    } else if !labels.iter().any(|other| other == code) {
        labels.push(code.to_owned());
    }
}

fn is_hl7(code: &str) -> bool {
    Confidentiality::from_code(code).is_some()
}

fn find(labels: &[String], label: &LabelRef) -> Result<usize, Issue> {
    let found = match label {
        LabelRef::Index(index) => Some(*index).filter(|index| *index < labels.len()),
        LabelRef::Code(code) => labels.iter().position(|other| other == code),
    };
    found.ok_or_else(|| not_found(label))
}

fn not_found(label: &LabelRef) -> Issue {
    let issue = Issue::error("patch-path-not-found");
    match label {
        LabelRef::Index(index) => issue.at(format!("DocumentReference.securityLabel[{index}]")),
        LabelRef::Code(code) => issue.at("DocumentReference.securityLabel").received(code.as_str()),
    }
}

fn holds(expectation: &Expectation, target: &PatchTarget) -> Result<bool, Issue> {
    Ok(match expectation {
        Expectation::Status(word) => target.status.as_str() == word,
        Expectation::Archived(archived) => target.archived == *archived,
        Expectation::Labels(codes) => target.labels == *codes,
        Expectation::LabelAt(label, code) => target.labels.get(find(&target.labels, label)?).is_some_and(|found| found == code),
    })
}

//! Submission sets and folders ↔ FHIR `List` (PDSm *lot* and *classeur*; ITI-65, ITI-66).

use dmp_core::Issue;
use dmp_core::document::{AuthorKind, Code, Folder, SubmissionSet};
use serde_json::Value;

use super::coding::{Coding, Identifier, concept, identifiers, write_concept, write_plain_concept};
use super::document_reference::{
    PatientReference, ReceivedAuthor, SubjectIns, Surroundings, check_subject, read_subject, refuse_status, write_author, write_identifier,
    write_subject,
};
use super::element::{Element, Findings, When};
use super::people::Directory;
use super::schema;
use super::urls;
use super::write::{JsonText, resource};

/// What a List is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    SubmissionSet,
    Folder,
}

impl ListKind {
    /// The code of MHDlistTypes.
    pub fn code(self) -> &'static str {
        match self {
            ListKind::SubmissionSet => "submissionset",
            ListKind::Folder => "folder",
        }
    }

    /// From the code of MHDlistTypes.
    pub fn from_code(code: &str) -> Option<Self> {
        [ListKind::SubmissionSet, ListKind::Folder].into_iter().find(|kind| kind.code() == code)
    }
}

/// A List as received.
#[derive(Debug, Clone, Default)]
pub struct ReceivedList {
    pub path: String,
    pub kind: Option<ListKind>,
    pub unique_id: Option<String>,
    pub status: Option<String>,
    pub title: Option<String>,
    /// Text of the first note.
    pub comments: Option<String>,
    pub has_subject: bool,
    pub subject_reference: Option<String>,
    pub subject_ins: Option<SubjectIns>,
    pub date: Option<When>,
    /// OID of the sending system.
    pub source_id: Option<String>,
    pub designations: Vec<Coding>,
    pub source: Option<ReceivedAuthor>,
    /// References of `entry.item`.
    pub entries: Vec<String>,
    pub is_archived: Option<bool>,
    pub findings: Vec<Issue>,
}

impl ReceivedList {
    /// Designation codes as core keeps them.
    pub fn designation_codes(&self) -> Vec<Code> {
        self.designations.iter().filter_map(Coding::to_code).collect()
    }
}

/// Reads a List of a bundle.
pub(crate) fn read_list(value: &Value, around: &Surroundings<'_>) -> ReceivedList {
    let findings = Findings::default();
    let mut list = {
        let root = Element::root(value, around.path, &findings);
        schema::note_unknown(&root, "List");
        let directory = Directory::new(&root, around.resources, &findings);
        let subject = root.child("subject");
        ReceivedList {
            path: around.path.to_owned(),
            kind: concept(&root.child("code")).iter().find_map(|coding| ListKind::from_code(coding.code.as_deref()?)),
            unique_id: unique_id(&root),
            status: root.child("status").text(),
            title: root.child("title").text(),
            comments: root.first("note").child("text").text(),
            has_subject: subject.exists(),
            subject_reference: subject.child("reference").text(),
            subject_ins: read_subject(&subject, &directory),
            date: root.child("date").when(),
            source_id: root
                .extension(urls::EXT_SOURCE_ID)
                .and_then(|extension| Identifier::read(&extension.child("valueIdentifier")))
                .and_then(source_oid),
            designations: root
                .extensions(urls::EXT_DESIGNATION_TYPE)
                .iter()
                .flat_map(|extension| concept(&extension.child("valueCodeableConcept")))
                .collect(),
            source: directory.author(&root.child("source")),
            entries: root.items("entry").iter().filter_map(|entry| entry.child("item").child("reference").text()).collect(),
            is_archived: root.extension(urls::EXT_IS_ARCHIVED).and_then(|extension| extension.child("valueBoolean").flag()),
            findings: Vec::new(),
        }
    };
    list.findings = findings.into_issues();
    list
}

fn unique_id(root: &Element<'_>) -> Option<String> {
    let all = identifiers(root);
    let typed = all.iter().find(|one| one.kind.as_deref() == Some("uniqueId"));
    typed.or_else(|| all.iter().find(|one| one.kind.is_none())).and_then(|one| one.value.clone())
}

/// The OID of a source: the value when it is an OID, else the system.
fn source_oid(identifier: Identifier) -> Option<String> {
    let oid = |text: &Option<String>| text.as_deref().and_then(|text| text.strip_prefix("urn:oid:")).map(str::to_owned);
    oid(&identifier.value).or_else(|| oid(&identifier.system)).or(identifier.value)
}

/// All findings of a submission set or folder (PDSm comprehensive).
pub fn check_list(list: &ReceivedList) -> Vec<Issue> {
    let mut issues = list.findings.clone();
    let at = |element: &str| format!("{}.{element}", list.path);
    let told: Vec<String> = issues.iter().filter_map(|issue| issue.path.clone()).collect();
    let mut need = |present: bool, element: &str| {
        if !present && !told.contains(&at(element)) {
            issues.push(Issue::error("element-required").at(at(element)));
        }
    };
    need(list.kind.is_some(), "code");
    need(list.has_subject, "subject");
    need(list.date.is_some(), "date");
    need(!list.designations.is_empty(), "extension(ihe-designationType)");
    if list.kind == Some(ListKind::SubmissionSet) {
        need(list.source_id.is_some(), "extension(ihe-sourceId)");
        need(list.source.is_some(), "source");
    }
    need(!list.entries.is_empty(), "entry");
    issues.extend(refuse_status(list.status.as_deref(), &at("status")));
    issues.extend(check_subject(list.subject_ins.as_ref(), &at("subject")));
    issues
}

/// What the server knows of a List and core does not.
#[derive(Debug, Clone, Copy)]
pub struct ListContext<'a> {
    /// Sealed id.
    pub id: &'a str,
    pub patient: PatientReference<'a>,
    /// References of the entries that the reader may see: `DocumentReference/<sealed id>`.
    pub entries: &'a [String],
}

const USUAL_BYTES: usize = 2048;

/// A submission set as PDSm List.
pub fn render_submission_set(set: &SubmissionSet, context: &ListContext<'_>) -> Vec<u8> {
    resource("List", USUAL_BYTES, |out| {
        head(out, context, urls::PROFILE_SUBMISSION_SET, &set.submitted_at.to_instant());
        out.list("contained", |out| write_author(out, &set.author, "source", context.patient.oid));
        out.list("extension", |out| {
            if let Some(code) = &set.content_type {
                designation(out, code);
            }
            out.object(|out| {
                out.text("url", urls::EXT_SOURCE_ID);
                out.member("valueIdentifier", |out| {
                    out.text("system", urls::RFC_3986);
                    out.text("value", &format!("urn:oid:{}", set.source_id));
                });
            });
        });
        identity(out, &set.unique_id, &set.id.to_urn_uuid(), set.title.as_deref(), ListKind::SubmissionSet);
        write_subject(out, &context.patient);
        out.text("date", &set.declared_at.to_rfc3339());
        out.member("source", |out| {
            if set.author.institution.is_some() && set.author.kind != AuthorKind::Patient {
                out.list_of_one("extension", |out| {
                    out.text("url", urls::EXT_AUTHOR_ORG);
                    out.member("valueReference", |out| out.text("reference", "#source-organization"));
                });
            }
            out.text("reference", "#source");
        });
        if let Some(comments) = set.comments.as_deref().filter(|comments| !comments.is_empty()) {
            out.list_of_one("note", |out| out.text("text", comments));
        }
        entries(out, context);
    })
}

/// A folder as PDSm List.
pub fn render_folder(folder: &Folder, context: &ListContext<'_>) -> Vec<u8> {
    resource("List", USUAL_BYTES, |out| {
        head(out, context, urls::PROFILE_FOLDER, &folder.updated_at.to_instant());
        if !folder.designation.is_empty() {
            out.list("extension", |out| folder.designation.iter().for_each(|code| designation(out, code)));
        }
        identity(out, &folder.unique_id, &folder.id.to_urn_uuid(), Some(&folder.title), ListKind::Folder);
        write_subject(out, &context.patient);
        out.text("date", &folder.updated_at.to_rfc3339());
        entries(out, context);
    })
}

fn head(out: &mut JsonText, context: &ListContext<'_>, profile: &str, updated: &str) {
    out.text("id", context.id);
    out.member("meta", |out| {
        out.text("lastUpdated", updated);
        out.list("profile", |out| out.string(profile));
    });
}

fn designation(out: &mut JsonText, code: &Code) {
    out.object(|out| {
        out.text("url", urls::EXT_DESIGNATION_TYPE);
        write_concept(out, "valueCodeableConcept", code);
    });
}

fn identity(out: &mut JsonText, unique_id: &str, entry_uuid: &str, title: Option<&str>, kind: ListKind) {
    out.list("identifier", |out| {
        out.object(|out| write_identifier(out, "uniqueId", unique_id));
        out.object(|out| write_identifier(out, "entryUUID", entry_uuid));
    });
    out.text("status", "current");
    out.text("mode", "working");
    out.text_if("title", title);
    write_plain_concept(out, "code", urls::LIST_TYPES, kind.code(), "");
}

fn entries(out: &mut JsonText, context: &ListContext<'_>) {
    if !context.entries.is_empty() {
        out.list("entry", |out| {
            for reference in context.entries {
                out.object(|out| out.member("item", |out| out.text("reference", reference)));
            }
        });
    }
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;

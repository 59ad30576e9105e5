//! ITI-65 Provide Document Bundle: a transaction read whole, all findings listed, nothing half; and its answer.

use std::collections::BTreeSet;

use dmp_core::{Issue, Moment};
use serde_json::Value;

use super::document_reference::{Received, Surroundings, check_comprehensive, read_in};
use super::element::{Element, Findings};
use super::list::{ListKind, ReceivedList, check_list, read_list};
use super::patch::{MetadataChange, StatusWord, read_patch_resource};
use super::write::resource;

/// How much one lot may hold.
#[derive(Debug, Clone, Copy)]
pub struct ProvideLimits {
    pub entries_max: usize,
    /// Size of one document.
    pub content_bytes_max: usize,
}

impl Default for ProvideLimits {
    /// 200 entries: what one lot of a hospital holds in practice; 32 MiB a document.
    fn default() -> Self {
        ProvideLimits { entries_max: 200, content_bytes_max: 32 << 20 }
    }
}

/// A document of a lot: its fiche and its bytes.
#[derive(Debug, Clone)]
pub struct ProvidedDocument {
    pub full_url: String,
    pub received: Received,
    /// Media type of the Binary.
    pub content_type: Option<String>,
    pub bytes: Vec<u8>,
}

/// A folder of a lot.
#[derive(Debug, Clone)]
pub struct ReceivedFolder {
    pub full_url: String,
    pub list: ReceivedList,
}

/// Which document a PATCH entry is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatchedDocument {
    /// `DocumentReference/<id>`.
    Id(String),
    /// `DocumentReference?identifier=…`: the raw query.
    Query(String),
}

/// A PATCH entry: the older version becomes superseded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusPatch {
    pub target: PatchedDocument,
    pub status: StatusWord,
}

/// What each entry of the transaction was, for the answer in the same order. Numbers index into [`Provide`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    SubmissionSet,
    Document(usize),
    /// The Binary of that document.
    Content(usize),
    Folder(usize),
    Patch(usize),
    /// Read past: the record knows its person.
    Patient,
}

/// A lot that may be published.
#[derive(Debug, Clone)]
pub struct Provide {
    pub submission_set: ReceivedList,
    pub documents: Vec<ProvidedDocument>,
    pub folders: Vec<ReceivedFolder>,
    pub patches: Vec<StatusPatch>,
    pub order: Vec<EntryKind>,
    pub warnings: Vec<Issue>,
}

/// A lot as read, with its findings. The door adds its own (hash, CDA header, mode) before [`ProvideReading::accept`].
#[derive(Debug, Clone, Default)]
pub struct ProvideReading {
    pub submission_set: Option<ReceivedList>,
    pub documents: Vec<ProvidedDocument>,
    pub folders: Vec<ReceivedFolder>,
    pub patches: Vec<StatusPatch>,
    pub order: Vec<EntryKind>,
    pub issues: Vec<Issue>,
}

impl ProvideReading {
    /// The whole lot, or every finding. INVARIANT: a `Provide` has a submission set and no error.
    ///
    /// # Errors
    /// All findings, warnings included, when one of them is an error.
    pub fn accept(self) -> Result<Provide, Vec<Issue>> {
        match self.submission_set {
            Some(submission_set) if !self.issues.iter().any(Issue::is_error) => Ok(Provide {
                submission_set,
                documents: self.documents,
                folders: self.folders,
                patches: self.patches,
                order: self.order,
                warnings: self.issues,
            }),
            _ => Err(self.issues),
        }
    }
}

/// Reads and checks a transaction (ITI TF-2 3.65; PDSm flux 1). The hash, the mode and what is inside of the
/// documents are left to the caller.
pub fn read_provide(bundle: &Value, limits: &ProvideLimits) -> ProvideReading {
    let mut reading = ProvideReading::default();
    let entries = bundle.get("entry").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let kind = bundle.get("type").and_then(Value::as_str);
    if bundle.get("resourceType").and_then(Value::as_str) != Some("Bundle") || kind != Some("transaction") {
        reading.issues.push(Issue::error("element-value").at("Bundle.type").received(kind.unwrap_or_default()).expected("transaction"));
    }
    if entries.len() > limits.entries_max {
        reading
            .issues
            .push(Issue::error("bundle-too-large").at("Bundle.entry").received(entries.len().to_string()).expected(limits.entries_max.to_string()));
        return reading;
    }
    let reader = Reader::new(entries, limits);
    for index in 0..entries.len() {
        reader.entry(index, &mut reading);
    }
    reader.contents(&mut reading);
    if reading.submission_set.is_none() {
        reading.issues.push(Issue::error("element-required").at("Bundle.entry").expected("List (submissionset)"));
    }
    if reading.documents.is_empty() && !reading.issues.iter().any(Issue::is_error) && reading.patches.is_empty() {
        reading.issues.push(Issue::error("element-required").at("Bundle.entry").expected("DocumentReference"));
    }
    one_patient(&mut reading);
    reading
}

/// One entry of the transaction.
struct Entry<'a> {
    path: String,
    full_url: String,
    method: &'a str,
    url: &'a str,
    resource: Option<&'a Value>,
    resource_type: &'a str,
}

struct Reader<'a> {
    limits: ProvideLimits,
    entries: Vec<Entry<'a>>,
    /// Full addresses and resources that references may lead to.
    resources: Vec<(String, &'a Value)>,
}

impl<'a> Reader<'a> {
    fn new(entries: &'a [Value], limits: &ProvideLimits) -> Self {
        let text = |value: Option<&'a Value>| value.and_then(Value::as_str).unwrap_or_default();
        let read = |(index, entry): (usize, &'a Value)| {
            let resource = entry.get("resource").filter(|resource| resource.is_object());
            let request = entry.get("request");
            Entry {
                path: format!("Bundle.entry[{index}]"),
                full_url: text(entry.get("fullUrl")).to_owned(),
                method: text(request.and_then(|request| request.get("method"))),
                url: text(request.and_then(|request| request.get("url"))),
                resource,
                resource_type: text(resource.and_then(|resource| resource.get("resourceType"))),
            }
        };
        let entries: Vec<Entry<'a>> = entries.iter().enumerate().map(read).collect();
        let resources =
            entries.iter().filter_map(|entry| Some((entry.full_url.clone(), entry.resource?))).filter(|(url, _)| !url.is_empty()).collect();
        Reader { limits: *limits, entries, resources }
    }

    fn entry(&self, index: usize, reading: &mut ProvideReading) {
        let Some(entry) = self.entries.get(index) else { return };
        let path = format!("{}.resource", entry.path);
        let around = Surroundings { path: &path, resources: &self.resources };
        match (entry.method, entry.resource_type, entry.resource) {
            ("POST", "List", Some(resource)) if target_type(entry.url) == "List" => self.list(entry, read_list(resource, &around), reading),
            ("POST", "DocumentReference", Some(resource)) if target_type(entry.url) == "DocumentReference" => {
                reading.order.push(EntryKind::Document(reading.documents.len()));
                let received = read_in(resource, &around);
                reading.documents.push(ProvidedDocument { full_url: entry.full_url.clone(), received, content_type: None, bytes: Vec::new() });
            }
            // Which document a Binary belongs to is known at the end.
            ("POST", "Binary", Some(_)) if target_type(entry.url) == "Binary" => reading.order.push(EntryKind::Content(usize::MAX)),
            ("PATCH", "Parameters" | "Binary", Some(resource)) if target_type(entry.url) == "DocumentReference" => {
                self.patch(entry, resource, reading)
            }
            (_, "Patient", _) => reading.order.push(EntryKind::Patient),
            ("GET", "", None) if target_type(entry.url) == "Patient" => reading.order.push(EntryKind::Patient),
            // A FHIR document is told where a fiche points to it.
            ("POST", "Bundle", Some(_)) if self.is_attached(&entry.full_url) => reading.order.push(EntryKind::Content(usize::MAX)),
            _ => {
                let issue = Issue::error("bundle-entry-unexpected").at(entry.path.as_str());
                reading.issues.push(issue.received(format!("{} {}", entry.method, entry.resource_type)));
                reading.order.push(EntryKind::Patient);
            }
        }
    }

    fn list(&self, entry: &Entry<'_>, list: ReceivedList, reading: &mut ProvideReading) {
        let mut issues = check_list(&list);
        for (index, reference) in list.entries.iter().enumerate() {
            if reference.starts_with("urn:uuid:") && !self.resources.iter().any(|(url, _)| url == reference) {
                issues.push(Issue::error("reference-unresolved").at(format!("{}.entry[{index}].item", list.path)).received(reference.as_str()));
            }
        }
        reading.issues.append(&mut issues);
        match list.kind {
            Some(ListKind::Folder) => {
                reading.order.push(EntryKind::Folder(reading.folders.len()));
                reading.folders.push(ReceivedFolder { full_url: entry.full_url.clone(), list });
            }
            Some(ListKind::SubmissionSet) | None => {
                reading.order.push(EntryKind::SubmissionSet);
                if reading.submission_set.is_some() {
                    reading.issues.push(Issue::error("bundle-entry-unexpected").at(entry.path.as_str()).expected("1 List (submissionset)"));
                }
                reading.submission_set = Some(list);
            }
        }
    }

    fn patch(&self, entry: &Entry<'_>, resource: &Value, reading: &mut ProvideReading) {
        reading.order.push(EntryKind::Patch(reading.patches.len()));
        let path = format!("{}.resource", entry.path);
        match read_patch_resource(resource) {
            Ok(changes) => match changes.as_slice() {
                [MetadataChange::SetStatus(status)] => {
                    let target = match entry.url.split_once('?') {
                        Some((_, query)) => PatchedDocument::Query(query.to_owned()),
                        None => PatchedDocument::Id(entry.url.rsplit('/').next().unwrap_or_default().to_owned()),
                    };
                    reading.patches.push(StatusPatch { target, status: *status });
                }
                _ => reading.issues.push(Issue::error("patch-element-not-allowed").at(path).expected("DocumentReference.status")),
            },
            Err(issue) => reading.issues.push(issue.at(path)),
        }
    }

    fn is_attached(&self, full_url: &str) -> bool {
        let url = |resource: &'a Value| resource.pointer("/content/0/attachment/url").and_then(Value::as_str);
        self.resources.iter().filter_map(|(_, resource)| url(resource)).any(|url| url == full_url)
    }

    /// Gives each document its bytes, then checks each document.
    fn contents(&self, reading: &mut ProvideReading) {
        let mut used = BTreeSet::new();
        for (number, document) in reading.documents.iter_mut().enumerate() {
            let at = format!("{}.content[0].attachment", document.received.path);
            match (document.received.attachment.data.take(), document.received.attachment.url.clone()) {
                (Some(bytes), _) => {
                    document.content_type.clone_from(&document.received.attachment.content_type);
                    document.bytes = bytes;
                    document.received.attachment.data = Some(Vec::new());
                }
                (None, Some(url)) => match self.entries.iter().position(|entry| entry.method == "POST" && is_same(&entry.full_url, &url)) {
                    Some(index) => {
                        used.insert(index);
                        if let Some(order) = reading.order.get_mut(index).filter(|order| matches!(order, EntryKind::Content(_))) {
                            *order = EntryKind::Content(number);
                        }
                        self.fill(index, document, &mut reading.issues);
                    }
                    None => reading.issues.push(Issue::error("reference-unresolved").at(format!("{at}.url")).received(url)),
                },
                (None, None) => {}
            }
            if document.bytes.len() > self.limits.content_bytes_max {
                reading.issues.push(Issue::error("content-too-large").at(at).expected(self.limits.content_bytes_max.to_string()));
            }
            reading.issues.extend(check_comprehensive(&document.received));
        }
        for (index, entry) in self.entries.iter().enumerate() {
            if entry.resource_type == "Binary" && entry.method == "POST" && !used.contains(&index) {
                reading
                    .issues
                    .push(Issue::error("bundle-entry-unexpected").at(entry.path.as_str()).received("Binary").expected("content.attachment.url"));
            }
        }
    }

    fn fill(&self, index: usize, document: &mut ProvidedDocument, issues: &mut Vec<Issue>) {
        let Some(entry) = self.entries.get(index) else { return };
        let Some(resource) = entry.resource.filter(|_| entry.resource_type == "Binary") else {
            document.received.is_fhir_document = true;
            return;
        };
        let findings = Findings::default();
        {
            let root = Element::root(resource, &format!("{}.resource", entry.path), &findings);
            document.content_type = root.child("contentType").text();
            let data = root.child("data");
            match data.str() {
                Some(text) => document.bytes = super::document_reference::decode(&data, text).unwrap_or_default(),
                None => data.finding(Issue::error("content-missing")),
            }
        }
        issues.extend(findings.into_issues());
    }
}

/// The resource type that a request URL is about. An id may look like a word: only the types of a lot are names of types.
fn target_type(url: &str) -> &str {
    let path = url.split('?').next().unwrap_or_default().trim_matches('/');
    let mut segments = path.rsplit('/');
    let last = segments.next().unwrap_or_default();
    if matches!(last, "List" | "DocumentReference" | "Binary" | "Patient") { last } else { segments.next().unwrap_or(last) }
}

/// Whether a relative or absolute address leads to a full address of the bundle.
fn is_same(full_url: &str, url: &str) -> bool {
    !full_url.is_empty() && (full_url == url || (!url.contains(':') && full_url.ends_with(&format!("/{url}"))))
}

/// One lot, one person: another INS anywhere refuses the whole.
fn one_patient(reading: &mut ProvideReading) {
    let lists = reading.submission_set.iter().chain(reading.folders.iter().map(|folder| &folder.list));
    let subjects = lists.map(|list| (&list.path, &list.subject_ins, &list.subject_reference));
    let documents = reading.documents.iter().map(|document| &document.received);
    let subjects = subjects.chain(documents.map(|received| (&received.path, &received.subject_ins, &received.subject_reference)));
    let mut first = None;
    let mut others = Vec::new();
    for (path, ins, _) in subjects {
        match (ins, &first) {
            (Some(ins), None) => first = Some(ins),
            (Some(ins), Some(known)) if ins != *known => others.push(Issue::error("bundle-mixes-patients").at(format!("{path}.subject"))),
            (Some(_) | None, _) => {}
        }
    }
    reading.issues.extend(others);
}

/// The answer to one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryAnswer {
    pub status: AnswerStatus,
    /// `DocumentReference/<id>/_history/1`.
    pub location: Option<String>,
    /// Version, for `W/"…"`.
    pub version: Option<u32>,
    pub last_modified: Option<Moment>,
}

/// How an entry ended. A transaction that fails has no entries: it is an OperationOutcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerStatus {
    Created,
    Ok,
}

/// A transaction-response, in the order of the request. `outcome` is JSON text of an OperationOutcome with
/// warnings; it goes into the answer of the first entry.
pub fn render_provide_response(answers: &[EntryAnswer], outcome: Option<&[u8]>) -> Vec<u8> {
    resource("Bundle", 256 + answers.len() * 256, |out| {
        out.text("type", "transaction-response");
        out.list("entry", |out| {
            for (index, answer) in answers.iter().enumerate() {
                out.object(|out| {
                    out.member("response", |out| {
                        out.text(
                            "status",
                            match answer.status {
                                AnswerStatus::Created => "201 Created",
                                AnswerStatus::Ok => "200 OK",
                            },
                        );
                        out.text_if("location", answer.location.as_deref());
                        out.text_if("etag", answer.version.map(|version| format!("W/\"{version}\"")).as_deref());
                        out.text_if("lastModified", answer.last_modified.map(Moment::to_instant).as_deref());
                        if let Some(outcome) = outcome.filter(|_| index == 0) {
                            out.key("outcome");
                            out.raw(outcome);
                        }
                    });
                });
            }
        });
    })
}

#[cfg(test)]
#[path = "bundle_tests.rs"]
mod tests;

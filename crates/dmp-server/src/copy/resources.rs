//! The copy as FHIR: one file of lines for each kind of resource.

use std::collections::BTreeMap;

use dmp_core::EntryId;
use dmp_core::document::DocumentEntry;
use dmp_interop::fhir::audit_event::{AuditContext, render_audit_event};
use dmp_interop::fhir::consent::render_consent;
use dmp_interop::fhir::document_reference::PatientReference;
use dmp_interop::fhir::list::{ListContext, render_folder, render_submission_set};
use dmp_service::{IdKind, KeptLeaf, WholeCopy};
use serde_json::Value;

use crate::App;

/// The resources of a summary by their kind, without the frame that holds them together.
pub(super) fn of_summary(bundle: &Value) -> BTreeMap<String, Vec<&Value>> {
    let mut by_kind: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for resource in bundle.get("entry").and_then(Value::as_array).into_iter().flatten().filter_map(|entry| entry.get("resource")) {
        match resource.get("resourceType").and_then(Value::as_str) {
            Some("Composition") | None => {}
            Some(kind) => by_kind.entry(kind.to_owned()).or_default().push(resource),
        }
    }
    by_kind
}

/// A document's metadata; its content is the file beside.
pub(super) fn document(app: &App, copy: &WholeCopy, entry: &DocumentEntry, file: Option<&str>) -> Option<String> {
    let rendered = app.rendered(&copy.record, entry);
    let mut value: Value = serde_json::from_slice(&rendered.json).ok()?;
    if let (Some(attachment), Some(file)) = (value.pointer_mut("/content/0/attachment").and_then(Value::as_object_mut), file) {
        attachment.insert("url".to_owned(), Value::String(format!("../{file}")));
    }
    Some(value.to_string())
}

/// What everything says of its person.
pub(super) struct Subject {
    reference: String,
    server: String,
}

impl Subject {
    pub fn of(app: &App, copy: &WholeCopy) -> Self {
        let reference = format!("Patient/{}", app.service.ids().seal_record(IdKind::Patient, copy.record.key));
        Subject { reference, server: app.config.fhir_base() }
    }

    fn patient<'a>(&'a self, copy: &'a WholeCopy) -> PatientReference<'a> {
        let ins = &copy.record.head.ins;
        PatientReference { oid: ins.authority().oid(), matricule: ins.matricule(), reference: Some(&self.reference) }
    }

    /// The person's list of professionals.
    pub fn consents(&self, copy: &WholeCopy) -> Vec<Vec<u8>> {
        let lines = copy.record.head.authorisations.iter().enumerate();
        lines.map(|(number, line)| render_consent(&format!("consent-{}", number + 1), line, &self.patient(copy))).collect()
    }

    /// Submission sets and folders.
    pub fn lists(&self, app: &App, copy: &WholeCopy) -> Vec<Vec<u8>> {
        let ids = app.service.ids();
        let key = copy.record.key;
        let references = |entries: &[EntryId]| -> Vec<String> {
            entries.iter().map(|entry| format!("DocumentReference/{}", ids.seal_entry(IdKind::Document, key, *entry))).collect()
        };
        let context = |id: &str, entries: &[String], render: &dyn Fn(&ListContext<'_>) -> Vec<u8>| {
            render(&ListContext { id, patient: self.patient(copy), entries })
        };
        let sets = copy.submissions.iter().map(|set| {
            context(&ids.seal_entry(IdKind::List, key, set.id), &references(&set.entries), &|context| render_submission_set(set, context))
        });
        let folders = copy.folders.iter().map(|folder| {
            context(&ids.seal_entry(IdKind::List, key, folder.id), &references(&folder.entries), &|context| render_folder(folder, context))
        });
        sets.chain(folders).collect()
    }

    /// A leaf of the journal.
    pub fn event(&self, app: &App, copy: &WholeCopy, kept: &KeptLeaf) -> Vec<u8> {
        let id: String = kept.hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let sealed = kept.leaf.object.as_ref().map(|object| app.service.ids().seal_entry(IdKind::Document, copy.record.key, object.entry));
        let object = sealed.map(|sealed| format!("DocumentReference/{sealed}"));
        render_audit_event(&kept.leaf, &AuditContext { id: &id, patient: self.patient(copy), server_url: &self.server, object: object.as_deref() })
    }
}

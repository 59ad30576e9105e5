//! Entries as JSON text, rendered once for each version and kept ready to copy.

use std::sync::Arc;

use bytes::Bytes;
use dmp_core::document::DocumentEntry;
use dmp_core::record::Record;
use dmp_core::{EntryId, RecordKey};
use dmp_interop::fhir::document_reference::{PatientReference, RenderContext, render};
use dmp_service::IdKind;
use quick_cache::sync::Cache;

use crate::App;

/// Entries kept; about 4 KiB each.
const CACHED_ENTRIES: usize = 50_000;

/// A rendered entry with its address.
#[derive(Debug, Clone)]
pub(crate) struct Rendered {
    pub full_url: Arc<str>,
    pub json: Bytes,
}

/// Bounded cache by record, entry and version of the entry: whatever its JSON says is fixed by these.
pub(crate) struct RenderCache(Cache<(RecordKey, EntryId, u32, bool), Rendered>);

impl Default for RenderCache {
    fn default() -> Self {
        RenderCache(Cache::new(CACHED_ENTRIES))
    }
}

impl std::fmt::Debug for RenderCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RenderCache({})", self.0.len())
    }
}

impl App {
    /// An entry as JSON text, as an act released it to its reader.
    pub(crate) fn rendered(&self, record: &Record, entry: &DocumentEntry) -> Rendered {
        let key = (record.key, entry.id, entry.version, entry.replaces.is_some());
        if let Some(kept) = self.rendered.0.get(&key) {
            return kept;
        }
        let fresh = self.render(record, entry);
        self.rendered.0.insert(key, fresh.clone());
        fresh
    }

    fn render(&self, record: &Record, entry: &DocumentEntry) -> Rendered {
        let ids = self.service.ids();
        let document_id = ids.seal_entry(IdKind::Document, record.key, entry.id);
        let base = self.config.fhir_base();
        let binary_url = format!("{base}/Binary/{}", ids.seal_entry(IdKind::Binary, record.key, entry.id));
        let replaces = entry.replaces.map(|old| ids.seal_entry(IdKind::Document, record.key, old));
        let patient_reference = format!("Patient/{}", ids.seal_record(IdKind::Patient, record.key));
        let json = render(
            entry,
            &RenderContext {
                document_id: &document_id,
                binary_url: &binary_url,
                patient: PatientReference {
                    oid: record.head.ins.authority().oid(),
                    matricule: record.head.ins.matricule(),
                    reference: Some(&patient_reference),
                },
                set_ids: &[],
                replaces: replaces.as_deref(),
            },
        );
        Rendered { full_url: format!("{base}/DocumentReference/{document_id}").into(), json: json.into() }
    }
}

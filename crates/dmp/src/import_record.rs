//! `dmp import record`: makes a record of the copy that its person took away (GDPR art. 20). Nothing of the file is believed: each name, size
//! and hash is checked before anything is kept, and nothing of it is ever written to the disk but the record itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use aws_lc_rs::digest;
use bytes::Bytes;
use dmp_core::access::{Caller, CallerKind};
use dmp_core::document::DocumentEntry;
use dmp_core::identity::PersonName;
use dmp_service::{Error, RecordFile, record_hash};
use dmp_store::Sealing;
use serde::Deserialize;
use zip::ZipArchive;

use crate::commands::RecordImport;
use crate::{open, print};

/// Files in a copy: as many documents as a record holds, and what stands beside them.
const FILES_MAX: usize = 20_200;
/// Bytes of `record.json` and `manifest.json`: what 20,000 documents say of themselves, several times over.
const METADATA_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Bytes of any other file.
const FILE_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// A file of text shrinks to a fiftieth at best; a bomb to a thousandth.
const EXPANSION_MAX: u64 = 200;
/// Below this nothing explodes.
const EXPANSION_FREE_BYTES: u64 = 1024 * 1024;
const MANIFEST: &str = "manifest.json";
const RECORD: &str = "record.json";
const RECORD_FORM: &str = "dmp-record/1";
const MANIFEST_FORM: &str = "dmp-manifest/1";

#[derive(Debug, Deserialize)]
struct Manifest {
    form: String,
    files: BTreeMap<String, ManifestLine>,
}

#[derive(Debug, Deserialize)]
struct ManifestLine {
    size: u64,
    sha256: String,
}

/// Imports.
pub async fn run(options: RecordImport) -> Result<(), String> {
    let mode = open::mode(options.store.production);
    let mut copy = CheckedCopy::open(&options.file)?;
    let file = copy.record()?;
    if file.form != RECORD_FORM {
        return Err(format!("the copy has the form `{}`; this program reads `{RECORD_FORM}`", file.form));
    }
    if file.mode != mode {
        return Err(format!("the copy comes from an installation in mode `{}`; this one is in mode `{}`", file.mode.as_str(), mode.as_str()));
    }
    if !file.missing.is_empty() {
        return Err(format!("the copy lacks {} documents that could not be read when it was made", file.missing.len()));
    }
    if record_hash(&file.record).map_err(|error| error.to_string())? != file.record_hash {
        return Err("record.json has another hash than it says".to_owned());
    }
    if !copy.documents().eq(file.files.values().collect::<BTreeSet<_>>()) {
        return Err("the documents of the copy are not those that its record names".to_owned());
    }
    let store = open::existing(&options.store, Sealing::On).await?;
    let service = open::service(&store, open::config(&options.store)?);
    let mut read = |entry: &DocumentEntry| -> Result<Bytes, Error> {
        let name = file.files.get(&entry.unique_id).ok_or(Error::NotFound("document-not-found"))?;
        copy.content(name, entry.content.size).map_err(Error::Fault)
    };
    let imported = service.import_record(&file.record, &mut read, &operator(&options.by)).await.map_err(|error| words(&error))?;
    print::line(&format!("1 record, {} documents; record hash {}: equal to that of the copy", imported.documents, imported.record_hash));
    Ok(())
}

/// What went wrong, with the sentence of the catalogue. No name, no title.
fn words(error: &Error) -> String {
    let sentence = dmp_core::catalogue::message(error.code()).map_or("", |line| line.en);
    match error {
        Error::Invalid(issues) => {
            let places: Vec<&str> = issues.iter().filter_map(|issue| issue.path.as_deref()).collect();
            format!("{} {} ({})", error.code(), sentence, places.join(", "))
        }
        Error::Fault(detail) | Error::Unavailable(detail) => format!("{}: {detail}", error.code()),
        _ => format!("{} {sentence}", error.code()),
    }
}

/// Whoever runs the command, as the journal names them.
fn operator(by: &str) -> Caller {
    Caller {
        name: Some(PersonName::new("", by)),
        software: Some(concat!("dmp import record ", env!("CARGO_PKG_VERSION")).to_owned()),
        ..Caller::bare("system:operator".to_owned(), CallerKind::Operator)
    }
}

/// A copy whose names, sizes and hashes are those of its manifest.
struct CheckedCopy {
    zip: ZipArchive<BufReader<File>>,
    manifest: Manifest,
}

impl CheckedCopy {
    fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let length = file.metadata().map_err(|error| error.to_string())?.len();
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|error| format!("not a readable ZIP: {error}"))?;
        if zip.len() > FILES_MAX {
            return Err(format!("{} files, at most {FILES_MAX}", zip.len()));
        }
        let mut names = BTreeSet::new();
        let mut packed = 0_u64;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|error| error.to_string())?;
            let name = entry.name().map_err(|error| error.to_string())?.into_owned();
            if !is_safe(&name) || entry.is_dir() || entry.is_symlink() || entry.encrypted() {
                return Err("the copy holds a file whose name or kind no copy of ours has".to_owned());
            }
            if !names.insert(name) {
                return Err("the copy holds two files of one name".to_owned());
            }
            packed = packed.saturating_add(entry.compressed_size());
            // Files that lie over each other in the archive are another way in which a small one becomes endless.
            if packed > length || entry.size() > entry.compressed_size().saturating_mul(EXPANSION_MAX).max(EXPANSION_FREE_BYTES) {
                return Err("the copy would expand to much more than a copy does".to_owned());
            }
        }
        let bytes = read_bounded(&mut zip, MANIFEST, METADATA_BYTES_MAX)?;
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| format!("{MANIFEST} is not what it should be: {error}"))?;
        if manifest.form != MANIFEST_FORM {
            return Err(format!("{MANIFEST} has another form than `{MANIFEST_FORM}`"));
        }
        names.remove(MANIFEST);
        if !names.iter().eq(manifest.files.keys()) {
            return Err("the files of the copy are not those that its manifest names".to_owned());
        }
        let mut copy = CheckedCopy { zip, manifest };
        copy.check_hashes()?;
        Ok(copy)
    }

    /// Every file, read once and thrown away.
    fn check_hashes(&mut self) -> Result<(), String> {
        for (name, line) in &self.manifest.files {
            let limit = if name == RECORD { METADATA_BYTES_MAX } else { FILE_BYTES_MAX };
            if line.size > limit {
                return Err("a file of the copy is larger than any of ours".to_owned());
            }
            let entry = self.zip.by_name(name).map_err(|error| error.to_string())?;
            if entry.size() != line.size {
                return Err("a file of the copy has another size than its manifest says".to_owned());
            }
            let mut reader = entry.take(line.size.saturating_add(1));
            let (mut hash, mut size) = (digest::Context::new(&digest::SHA256), 0_u64);
            let mut buffer = vec![0; 64 * 1024];
            loop {
                let read = reader.read(&mut buffer).map_err(|error| format!("a file of the copy cannot be unpacked: {error}"))?;
                if read == 0 {
                    break;
                }
                hash.update(buffer.get(..read).unwrap_or_default());
                size = size.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
            }
            let sha256: String = hash.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
            if size != line.size || sha256 != line.sha256 {
                return Err("a file of the copy has another hash than its manifest says".to_owned());
            }
        }
        Ok(())
    }

    /// The files of documents.
    fn documents(&self) -> impl Iterator<Item = &String> {
        self.manifest.files.keys().filter(|name| name.starts_with("documents/"))
    }

    fn record(&mut self) -> Result<RecordFile, String> {
        let bytes = read_bounded(&mut self.zip, RECORD, METADATA_BYTES_MAX)?;
        serde_json::from_slice(&bytes).map_err(|error| format!("{RECORD} is not what it should be: line {}", error.line()))
    }

    fn content(&mut self, name: &str, size: u64) -> Result<Bytes, String> {
        read_bounded(&mut self.zip, name, size).map(Bytes::from)
    }
}

/// The bytes of a file that has no more than so many.
fn read_bounded(zip: &mut ZipArchive<BufReader<File>>, name: &str, bytes_max: u64) -> Result<Vec<u8>, String> {
    let entry =
        zip.by_name(name).map_err(|_| format!("the copy has no readable {}", if name == MANIFEST || name == RECORD { name } else { "document" }))?;
    let mut bytes = Vec::new();
    entry.take(bytes_max.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| format!("a file of the copy cannot be unpacked: {error}"))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > bytes_max {
        return Err("a file of the copy is larger than it may be".to_owned());
    }
    Ok(bytes)
}

/// Names that our copies have: plain letters, at most one folder deep.
fn is_safe(name: &str) -> bool {
    let is_plain = |part: &str| {
        let letters = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
        letters && !part.is_empty() && !part.starts_with('.') && part.len() <= 128
    };
    match name.split_once('/') {
        Some((folder, file)) => matches!(folder, "documents" | "fhir") && is_plain(file),
        None => is_plain(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_our_own_are_read() {
        for name in ["manifest.json", "LISEZMOI.html", "documents/2026-03-03_compte-rendu_0001.xml", "fhir/AuditEvent.ndjson"] {
            assert!(is_safe(name), "{name}");
        }
        for name in [
            "../record.json",
            "documents/../../etc/passwd",
            "/etc/passwd",
            "C:\\a",
            "documents\\a.xml",
            "documents/a/b.xml",
            "documents/",
            "",
            "a\u{0}b",
            "documents/.hidden",
            "other/a.xml",
            "é.xml",
        ] {
            assert!(!is_safe(name), "{name}");
        }
    }
}

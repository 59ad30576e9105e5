//! What stands in a copy, file after file.

use std::collections::BTreeMap;
use std::io;

use askama::Template;
use axum::body::Body;
use dmp_pages::{Lang, OfflineDocument, OfflineIndex};
use dmp_service::{Error, RecordFile, Summarized, WholeCopy};
use serde_json::Value;
use tokio::sync::mpsc;

use super::packer::{Chunk, PackError, Packer};
use super::{csv, names, resources};
use crate::App;
use crate::clinical;

/// Pieces that wait for a slow reader, each of some hundred kilobytes.
const PIECES_WAITING: usize = 2;
/// Leaves read at once.
const LEAVES: u32 = 500;
/// Bytes of lines before they are handed over.
const LINES_BYTES: usize = 64 * 1024;

/// The copy as the body of an answer. It ends in the middle, and so shows as broken, when something fails under way.
pub(crate) fn stream(app: App, copy: WholeCopy, lang: Lang) -> Body {
    let (sender, receiver) = mpsc::channel::<Chunk>(PIECES_WAITING);
    tokio::spawn(async move {
        let failing = sender.clone();
        if let Err(failure) = (Writing { app, copy, lang }).run(Packer::new(sender)).await {
            match failure {
                Failure::Pack(PackError::Gone) => tracing::info!("whoever downloaded a copy left before its end"),
                Failure::Pack(PackError::Zip(why)) => tracing::error!(error.detail = %why, "a copy could not be packed"),
                Failure::Act(error) => tracing::error!(error.code = error.code(), "a copy could not be finished"),
            }
            // Nobody to tell when the reader has gone.
            let _ = failing.send(Err(io::ErrorKind::Interrupted.into())).await;
        }
    });
    Body::from_stream(futures::stream::unfold(receiver, |mut receiver| async move { receiver.recv().await.map(|chunk| (chunk, receiver)) }))
}

enum Failure {
    Pack(PackError),
    Act(Error),
}

impl From<PackError> for Failure {
    fn from(error: PackError) -> Self {
        Failure::Pack(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Act(error)
    }
}

struct Writing {
    app: App,
    copy: WholeCopy,
    lang: Lang,
}

impl Writing {
    async fn run(self, mut packer: Packer) -> Result<(), Failure> {
        let made = Summarized { record: self.copy.record.clone(), summary: self.copy.summary.clone() };
        let language = match self.lang {
            Lang::Fr => crate::answer::Language::French,
            Lang::En => crate::answer::Language::English,
        };
        let bundle = crate::fhir::ips_bundle(&self.app, &made, language);
        packer.file("ips.json", bundle.to_string().as_bytes(), false).await?;
        packer.file("summary.pdf", &clinical::summary_bytes(&made.summary, self.lang)?, true).await?;
        let files: Vec<String> = self.copy.documents.iter().enumerate().map(|(place, entry)| names::file_of(entry, place + 1)).collect();
        let (mut packer, missing) = self.documents(packer, &files).await?;
        let fhir = self.resources(&mut packer, &bundle, &files, &missing).await?;
        drop(bundle);
        self.journal(&mut packer).await?;
        self.record(&mut packer, &files, &missing)?;
        let index = self.index(&files, &missing, fhir)?;
        packer.file("LISEZMOI.html", index.as_bytes(), false).await?;
        Ok(packer.finish().await?)
    }

    /// The bytes of every document. Gives which could not be read: one damaged document does not keep a person from the others.
    async fn documents(&self, mut packer: Packer, files: &[String]) -> Result<(Packer, Vec<bool>), Failure> {
        let mut missing = Vec::with_capacity(files.len());
        for (entry, file) in self.copy.documents.iter().zip(files) {
            match self.app.service.copied_content(&self.copy, entry).await {
                Ok(bytes) => {
                    packer = packer.document(file, bytes, names::is_packed(&entry.mime_type)).await?;
                    missing.push(false);
                }
                Err(Error::Fault(why)) => {
                    tracing::error!(error.detail = %why, "a document could not be read for a copy, which says so");
                    missing.push(true);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok((packer, missing))
    }

    /// FHIR, a file for each kind of resource. Gives the names of the files.
    async fn resources(&self, packer: &mut Packer, bundle: &Value, files: &[String], missing: &[bool]) -> Result<Vec<String>, Failure> {
        let (app, copy) = (&self.app, &self.copy);
        let subject = resources::Subject::of(app, copy);
        let mut written = Vec::new();
        for (kind, lines) in resources::of_summary(bundle) {
            let name = format!("fhir/{kind}.ndjson");
            packer.begin(&name, false)?;
            for line in lines {
                self.line(packer, line.to_string().as_bytes()).await?;
            }
            written.push(name);
        }
        packer.begin("fhir/DocumentReference.ndjson", false)?;
        for ((entry, file), missing) in copy.documents.iter().zip(files).zip(missing) {
            let file = (!missing).then_some(file.as_str());
            if let Some(line) = resources::document(app, copy, entry, file) {
                self.line(packer, line.as_bytes()).await?;
            }
        }
        for (name, lines) in [("fhir/Consent.ndjson", subject.consents(copy)), ("fhir/List.ndjson", subject.lists(app, copy))] {
            packer.begin(name, false)?;
            for line in lines {
                self.line(packer, &line).await?;
            }
        }
        packer.begin("fhir/AuditEvent.ndjson", false)?;
        let mut before = None;
        loop {
            let page = app.service.copied_journal(copy, before, LEAVES).await?;
            for kept in &page.leaves {
                self.line(packer, &subject.event(app, copy, kept)).await?;
            }
            before = page.older;
            if before.is_none() {
                break;
            }
        }
        written.extend(["DocumentReference", "Consent", "List", "AuditEvent"].map(|kind| format!("fhir/{kind}.ndjson")));
        Ok(written)
    }

    async fn line(&self, packer: &mut Packer, json: &[u8]) -> Result<(), Failure> {
        packer.put(json)?;
        packer.put(b"\n")?;
        Ok(packer.hand_over(LINES_BYTES).await?)
    }

    async fn journal(&self, packer: &mut Packer) -> Result<(), Failure> {
        packer.begin("journal.csv", false)?;
        packer.put(csv::head(self.lang).as_bytes())?;
        let reader = self.copy.reader();
        let perspective = crate::patient_site::perspective(reader.kind);
        let mut before = None;
        loop {
            let page = self.app.service.copied_journal(&self.copy, before, LEAVES).await?;
            for kept in &page.leaves {
                packer.put(csv::line(kept, reader, perspective, self.lang).as_bytes())?;
                packer.hand_over(LINES_BYTES).await?;
            }
            before = page.older;
            if before.is_none() {
                return Ok(());
            }
        }
    }

    /// What another installation makes the record of.
    fn record(&self, packer: &mut Packer, files: &[String], missing: &[bool]) -> Result<(), Failure> {
        let documents = self.copy.documents.iter().zip(files).zip(missing);
        let mut paths = BTreeMap::new();
        let mut without = Vec::new();
        for ((entry, file), missing) in documents {
            if *missing {
                without.push(entry.unique_id.clone());
            } else {
                paths.insert(entry.unique_id.clone(), file.clone());
            }
        }
        let file = RecordFile::new(self.copy.canonical(), paths, without, self.app.service.config().mode, self.copy.at)?;
        packer.begin("record.json", false)?;
        serde_json::to_writer(&mut *packer, &file).map_err(|error| Failure::Pack(PackError::Zip(error.to_string())))
    }

    fn index(&self, files: &[String], missing: &[bool], fhir: Vec<String>) -> Result<String, Failure> {
        let documents = self.copy.documents.iter().zip(files).zip(missing);
        let page = OfflineIndex {
            person: clinical::person(&self.copy.record),
            own: self.copy.reader().kind == dmp_core::access::CallerKind::Patient,
            at: self.copy.at,
            summary: &self.copy.summary,
            documents: documents.map(|((entry, file), missing)| OfflineDocument::of(entry, (!missing).then(|| file.clone()))).collect(),
            fhir,
        };
        page.render().map_err(|error| Failure::Act(Error::Fault(error.to_string())))
    }
}

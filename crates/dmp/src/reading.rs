//! Reads what was published, in the background of `dmp serve` and `dmp worker`, and all of it again in `dmp reindex`.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use dmp_core::summary::Extraction;
use dmp_hostile::{NotRead, Reader, ReaderOptions, Reading};
use dmp_server::{Codecs, HostileFormats};
use dmp_service::{Error, ReadDocument, ReadRound, ReadingDesk, Service};
use dmp_store::Sealing;
use tokio::sync::watch;

use crate::commands::StoreOptions;
use crate::{open, print};

/// How long the reader rests when nothing waits.
const REST: Duration = Duration::from_secs(1);
/// How long after a failure of the store.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(10);

/// The codecs of this program, whose children for hostile formats are this very program.
///
/// # Errors
/// In words, when the program does not know where it is.
pub fn codecs() -> Result<Arc<Codecs>, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    Ok(Arc::new(Codecs::new(Arc::new(Hostile(Reader::new(ReaderOptions::new(program)))))))
}

/// Reads PDFs and DICOM objects in children with limits.
#[derive(Debug)]
struct Hostile(Reader);

#[async_trait]
impl HostileFormats for Hostile {
    async fn read(&self, document: &[u8]) -> Result<ReadDocument, Error> {
        match self.0.read(document).await {
            Ok(Reading::Text(text)) => Ok(ReadDocument { text, ..ReadDocument::nothing(Extraction::Read) }),
            Ok(Reading::Study(study)) => {
                Ok(ReadDocument { extraction: Extraction::Read, facts: vec![study.fact], text: study.text, subject: study.subject })
            }
            // A picture has no text; it was cleaned when it came.
            Ok(Reading::Nothing | Reading::Image(_)) => Ok(ReadDocument::nothing(Extraction::NothingReadable)),
            Ok(Reading::Unreadable(why)) => {
                tracing::info!(?why, "a document could not be read");
                Ok(ReadDocument::nothing(Extraction::Unreadable))
            }
            Err(not_read) => Err(failure(not_read)),
        }
    }

    async fn clean_image(&self, image: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        match self.0.read(image).await {
            Ok(Reading::Image(clean)) => Ok(Some(clean)),
            Ok(Reading::Text(_) | Reading::Study(_) | Reading::Nothing | Reading::Unreadable(_)) => Ok(None),
            Err(not_read) => Err(failure(not_read)),
        }
    }
}

fn failure(not_read: NotRead) -> Error {
    match not_read {
        NotRead::Busy => Error::Busy,
        NotRead::NoChild => Error::Unavailable("no child process for reading documents starts".to_owned()),
    }
}

/// Reads, and draws the insurer's lines that are due, until a stop is asked.
pub async fn run(desk: ReadingDesk, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let rest = match round(&desk).await {
            Ok(true) => continue,
            Ok(false) => REST,
            Err(error) => {
                tracing::error!(error.code = error.code(), "reading documents met a failure and goes on later");
                REST_AFTER_FAILURE
            }
        };
        let _ = tokio::time::timeout(rest, stop.changed()).await;
    }
}

/// Whether there was anything to do.
async fn round(desk: &ReadingDesk) -> Result<bool, Error> {
    let read = desk.read().await?;
    let drawn = desk.refresh().await?;
    Ok((read.records > 0 && read.failed < read.records) || drawn > 0)
}

/// `dmp reindex`: reads every document again, with progress.
pub async fn reindex(options: StoreOptions) -> Result<(), String> {
    let store = open::store(&options, Sealing::On).await?;
    let acts: Service = open::service(&store, open::config(&options)?);
    let desk = ReadingDesk::new(acts, codecs()?);
    let asked = desk.read_all_again().await.map_err(|error| error.to_string())?;
    let bar = indicatif::ProgressBar::new(asked);
    bar.set_style(indicatif::ProgressStyle::with_template("reading {bar:30} {pos}/{len} records, {eta} left").map_err(|error| error.to_string())?);
    let mut all = ReadRound::default();
    loop {
        let round = desk.read().await.map_err(|error| error.to_string())?;
        if round.records == 0 {
            break;
        }
        bar.inc(round.records);
        all = all.plus(round);
    }
    bar.finish_and_clear();
    print::line(&format!("{} records, {} documents read again, {} of them unreadable", all.records, all.documents, all.unreadable));
    if all.failed > 0 { Err(format!("{} records could not be read: they are tried again by the next server or reindex", all.failed)) } else { Ok(()) }
}

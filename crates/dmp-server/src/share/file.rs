//! The files of an opening: their content, and their envelopes.

use dmp_core::record::Shared;
use dmp_interop::shl::{Envelope, document_reference, ips_bytes, protected_header};
use dmp_service::{Error, OpenedShare, seal_file};

use crate::App;
use crate::answer::Language;

/// The content of each file, with its place in the link: that of a document is its place in the choice.
pub(super) fn contents(app: &App, opened: &OpenedShare) -> Vec<(u32, Vec<u8>)> {
    match (&opened.share.what, &opened.summary) {
        (Shared::Documents(chosen), _) => opened
            .documents
            .iter()
            .filter_map(|read| {
                let place = chosen.iter().position(|id| *id == read.entry.id)?;
                Some((u32::try_from(place).ok()?, document_reference(&read.entry, &read.bytes)))
            })
            .collect(),
        (Shared::Summary | Shared::Emergency, Some(summary)) => {
            let made = dmp_service::Summarized { record: opened.record.clone(), summary: summary.clone() };
            vec![(0, ips_bytes(&crate::fhir::ips_bundle(app, &made, Language::French)))]
        }
        (Shared::Summary | Shared::Emergency, None) => Vec::new(),
    }
}

/// A file in its envelope.
///
/// # Errors
/// [`Error::Fault`] when it could not be sealed.
pub(super) fn enveloped(opened: &OpenedShare, content: Vec<u8>) -> Result<String, Error> {
    let header = protected_header();
    let sealed = seal_file(&opened.share.key, &header, content)?;
    Ok(Envelope { header: &header, nonce: &sealed.nonce, ciphertext: &sealed.ciphertext, tag: &sealed.tag }.compact())
}

/// How long the envelope of so many bytes is.
pub(super) fn enveloped_length(content: usize) -> usize {
    Envelope::length(&protected_header(), content)
}

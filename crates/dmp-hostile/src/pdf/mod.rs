//! The text of a PDF, page by page.

mod characters;
mod page;
mod prose;

use dmp_core::summary::TextPart;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{InterpreterCache, InterpreterSettings};

use crate::frame::Unreadable;

/// Where a PDF may begin: readers take a little rubbish before it.
const HEADER_WITHIN_BYTES: usize = 1024;
/// Most pages that are read; the rest of a longer document is left out.
const PAGES_MAX: usize = 1000;
/// Most bytes of text that are kept, for all pages together.
const TEXT_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The text of each page that has some, as `page-1`, `page-2`…; nothing for a document of images.
///
/// # Errors
/// [`Unreadable`] says why nothing was read.
pub(crate) fn read(document: Vec<u8>) -> Result<Vec<TextPart>, Unreadable> {
    let beginning = document.get(..HEADER_WITHIN_BYTES).unwrap_or(&document);
    if !beginning.windows(5).any(|bytes| bytes == b"%PDF-") {
        return Err(Unreadable::UnknownFormat);
    }
    let pdf = Pdf::new(document).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Unreadable::Encrypted,
        LoadPdfError::Invalid => Unreadable::Damaged,
    })?;
    if pdf.pages().is_empty() {
        return Err(Unreadable::Damaged);
    }
    Ok(parts(&pdf))
}

fn parts(pdf: &Pdf) -> Vec<TextPart> {
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings::default();
    let mut parts = Vec::new();
    let mut left = TEXT_BYTES_MAX;
    for (page, number) in pdf.pages().iter().zip(1..=PAGES_MAX) {
        let text = page::text(page, &cache, &settings, pdf, left);
        left = left.saturating_sub(text.len());
        if !text.is_empty() {
            parts.push(TextPart { place: format!("page-{number}"), title: String::new(), text });
        }
        if left == 0 {
            break;
        }
    }
    parts
}

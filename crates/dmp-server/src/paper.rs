//! Sheets of a record: from what an act released to the files that are printed. Used by the person's site and by whoever prints what was ordered.

use dmp_core::Moment;
use dmp_core::access::Caller;
use dmp_core::record::{Head, PaperKind};
use dmp_core::summary::Summary;
use dmp_pages::{DocumentName, JournalLine, Lang, PaperText, access_paper, closing_leaflet, cover_words, journal_paper, lang_of};
use dmp_paper::{Booklet, BookletSection, PaperError};
use dmp_service::{Error, KeptLeaf, PaperContent};

use crate::patient_site::perspective;

/// The files of an order, in the order of the envelope: a cover with the address, then what was asked for.
///
/// # Errors
/// [`Error::Fault`] when a PDF cannot be made.
pub fn printed(content: &PaperContent) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let order = &content.order;
    let lang = lang_of(order.language);
    let address: Vec<String> = std::iter::once(order.name.clone()).chain(order.address.iter().cloned()).collect();
    let (title, notes) = cover_words(order.way, lang);
    let mut files = vec![("0-cover.pdf".to_owned(), made(dmp_paper::cover(title, &address, &notes, order.language, content.at))?)];
    for (place, kind) in order.what.iter().enumerate() {
        let bytes = match kind {
            PaperKind::Summary => match &content.summary {
                Some(summary) => self::summary(summary, lang)?,
                None => continue,
            },
            PaperKind::Access => access(&content.record.head, &content.reader, lang, content.at)?,
            PaperKind::Journal => journal(&content.journal, content.journal_goes_on, &content.reader, lang, content.at)?,
            PaperKind::Closing => closing(lang, content.at)?,
        };
        files.push((format!("{}-{}.pdf", place + 1, kind.code()), bytes));
    }
    Ok(files)
}

/// The summary in large letters.
pub(crate) fn summary(summary: &Summary, lang: Lang) -> Result<Vec<u8>, Error> {
    made(dmp_paper::large_summary(summary, lang.into()))
}

/// Who looked.
pub(crate) fn journal(leaves: &[KeptLeaf], goes_on: bool, reader: &Caller, lang: Lang, now: Moment) -> Result<Vec<u8>, Error> {
    let lines: Vec<JournalLine> = leaves.iter().map(|kept| JournalLine::of(&kept.leaf, &reader.account, DocumentName::Shown)).collect();
    booklet(journal_paper(&lines, goes_on, perspective(reader.kind), lang), lang, now)
}

/// Who may look.
pub(crate) fn access(head: &Head, reader: &Caller, lang: Lang, now: Moment) -> Result<Vec<u8>, Error> {
    booklet(access_paper(head, now, perspective(reader.kind), lang), lang, now)
}

/// What closing means.
pub(crate) fn closing(lang: Lang, now: Moment) -> Result<Vec<u8>, Error> {
    booklet(closing_leaflet(lang), lang, now)
}

fn booklet(text: PaperText, lang: Lang, now: Moment) -> Result<Vec<u8>, Error> {
    let sections = text.sections.into_iter().map(|(heading, lines)| BookletSection { heading, lines }).collect();
    made(dmp_paper::booklet(&Booklet { title: text.title, language: lang.into(), at: now, lead: text.lead, sections }))
}

fn made(made: Result<Vec<u8>, PaperError>) -> Result<Vec<u8>, Error> {
    made.map_err(|error| Error::Fault(error.to_string()))
}

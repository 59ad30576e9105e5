//! The International Patient Summary (HL7 IPS 2.0.1, FHIR R4): a [`Summary`] as a document Bundle.
//!
//! Every required section stands in it; an empty one says why: a coded "none known" when a source says so, an `emptyReason` when no source
//! says anything. Every resource made of a line names the documents that say it, so that a reader comes from each line to its proof.

mod check;
mod clinical;
mod element;
mod maker;
mod medicine;
mod narrative;
mod observation;
mod people;
mod sections;

pub use check::check_required;

use dmp_core::summary::Summary;
use dmp_core::{EntryId, Moment};
use serde_json::Value;

use maker::Maker;

/// Language of titles; narratives are French, as the sources are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    French,
    English,
}

impl Language {
    /// BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Language::French => "fr-FR",
            Language::English => "en",
        }
    }

    /// The text in this language.
    fn choose<'a>(self, french: &'a str, english: &'a str) -> &'a str {
        match self {
            Language::French => french,
            Language::English => english,
        }
    }
}

/// What a bundle needs beside the summary.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub language: Language,
    pub now: Moment,
    /// Address of the FHIR door without a slash at its end; documents are named below it.
    pub base: &'a str,
    /// Name and version of the software, the author.
    pub software: (&'a str, &'a str),
    /// Who keeps the record.
    pub custodian: &'a str,
    /// FHIR id of the `DocumentReference` of an entry, as this caller knows it.
    pub document: &'a dyn Fn(EntryId) -> String,
    /// An identifier from a text: the same text gives the same 16 bytes.
    pub make_id: &'a dyn Fn(&str) -> [u8; 16],
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").field("language", &self.language).field("now", &self.now).finish_non_exhaustive()
    }
}

/// The document Bundle: the Composition first, the Patient second, then what the sections refer to, in their order.
pub fn bundle(summary: &Summary, context: &Context<'_>) -> Value {
    let mut maker = Maker::new(context);
    let sections = sections::every(&mut maker, summary);
    maker.finish(summary, sections)
}

//! A person's record for a professional: who, the summary, documents with a reading pane.

use askama::Template;
use dmp_core::identity::{BirthDate, Sex};
use dmp_core::moment::Moment;

use crate::lang::silent_debug;
use crate::texts::correction::CorrectionTexts;
use crate::texts::groups::GroupTexts;
use crate::texts::pro::{ProTexts, age_words, found_words, sex_words};
use crate::{ClinicalSummary, DocumentBody, DocumentLine, FoldedDocuments, Original, Shell, dates, words};

/// How the record was opened.
#[derive(Clone, PartialEq, Eq)]
pub enum ProMode {
    Normal,
    /// Banner on every page for as long as it lasts.
    BreakGlass {
        reason: String,
    },
    RegulationCentre,
}

/// The identity strip.
#[derive(Clone)]
pub struct PatientHeader {
    pub name: String,
    pub birth_date: BirthDate,
    /// Age in whole years today.
    pub age: i16,
    pub sex: Sex,
    /// Name of the *médecin traitant* declared in the record.
    pub medecin_traitant: Option<String>,
    /// Whether the professional who reads is the *médecin traitant*.
    pub is_medecin_traitant: bool,
    /// Since when this professional is authorised; `None` when for this consultation only.
    pub authorised_since: Option<Moment>,
}

/// A class with how many documents the list holds of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassCount {
    /// Class code (TRE_A03).
    pub code: String,
    pub count: usize,
}

/// The filters as asked: kept in the form and in the links of the list.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Class code; empty for all.
    pub class: String,
    /// `2026-01-01` or empty, as a date field sends it.
    pub from: String,
    pub until: String,
    /// Part of an author's name or structure.
    pub author: String,
    /// The period cannot be (end before start, not a date): said under the dates.
    pub wrong_period: bool,
}

impl Filters {
    /// `?class=…&from=…&until=…&author=…`, percent-encoded; empty without filters.
    pub fn query(&self) -> String {
        let pairs = [("class", &self.class), ("from", &self.from), ("until", &self.until), ("author", &self.author)];
        let set: Vec<String> =
            pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        if set.is_empty() { String::new() } else { format!("?{}", set.join("&")) }
    }

    fn any(&self) -> bool {
        [&self.class, &self.from, &self.until, &self.author].iter().any(|value| !value.is_empty())
    }
}

fn encoded(value: &str) -> impl std::fmt::Display {
    askama::filters::urlencode_strict(value).map_or_else(|_| String::new(), |text| text.to_string())
}

/// The document in the reading pane.
#[derive(Clone)]
pub struct OpenDocument {
    pub document: DocumentLine,
    pub body: DocumentBody,
    pub original: Original,
    /// Sealed id of a request to correct it that waits for this professional.
    pub correction: Option<String>,
}

/// A person's record for a professional, at `/pro/patients/{pid}`, and the same page with a document in the reading pane at
/// `/pro/patients/{pid}/documents/{id}`.
///
/// Links: both, with the filters kept (`?class=…&from=…&until=…&author=…`), `/pro/patients/{pid}/documents/{id}/original`,
/// [`ProPatient::older`]. Forms: filters `GET /pro/patients/{pid}` (`class`, `from`, `until`, `author`);
/// `POST /pro/patients/{pid}/leave` (`csrf`) ends an emergency access.
#[derive(Clone, Template)]
#[template(path = "pro_patient.html")]
pub struct ProPatient {
    pub shell: Shell,
    /// Sealed id of the person.
    pub pid: String,
    pub header: PatientHeader,
    pub mode: ProMode,
    /// The summary, above everything but an emergency access.
    pub summary: ClinicalSummary,
    /// The documents of this page folded; shown instead of [`ProPatient::documents`] as long as no filter is set.
    pub groups: Option<FoldedDocuments>,
    /// Classes that the record holds, with counts before filtering.
    pub classes: Vec<ClassCount>,
    pub filters: Filters,
    /// The documents that pass the filters, newest first, one page of them.
    pub documents: Vec<DocumentLine>,
    /// How many pass the filters in all.
    pub found: usize,
    pub open: Option<OpenDocument>,
    /// Link to older documents.
    pub older: Option<String>,
}

silent_debug!(ProMode, PatientHeader, Filters, OpenDocument, ProPatient);

impl ProPatient {
    fn t(&self) -> &'static ProTexts {
        ProTexts::of(self.shell.lang)
    }

    fn correction_texts(&self) -> &'static CorrectionTexts {
        CorrectionTexts::of(self.shell.lang)
    }

    fn group_texts(&self) -> &'static GroupTexts {
        GroupTexts::of(self.shell.lang)
    }

    /// Filters look for single documents: their answer is flat.
    fn folded(&self) -> Option<&FoldedDocuments> {
        self.groups.as_ref().filter(|_| !self.filters.any())
    }

    fn birth(&self) -> String {
        dates::birth_date(self.header.birth_date, self.shell.lang)
    }

    fn age(&self) -> String {
        age_words(self.header.age, self.shell.lang)
    }

    fn is_minor(&self) -> bool {
        self.header.age < 18
    }

    fn sex(&self) -> &'static str {
        sex_words(self.header.sex, self.shell.lang)
    }

    fn class(&self, class: &ClassCount) -> &'static str {
        words::class_label(&class.code, self.shell.lang)
    }

    fn found(&self) -> String {
        found_words(self.found, self.shell.lang)
    }

    /// The reading page of a document, with the filters kept.
    fn link(&self, line: &DocumentLine) -> String {
        format!("/pro/patients/{}/documents/{}{}#pane", self.pid, line.id, self.filters.query())
    }

    fn is_open(&self, line: &DocumentLine) -> bool {
        self.open.as_ref().is_some_and(|open| open.document.id == line.id)
    }
}

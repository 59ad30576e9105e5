//! The summary of a record at the head of its first page: what must be known, what is new, what is due, each line with its proof.

mod heading;
mod line;
mod silence;

use askama::Template;
use dmp_core::moment::Moment;
use dmp_core::summary::{Carer, Due, Missing, Summary};

pub(crate) use heading::HeadingBlock;
pub use line::fact_name;
pub(crate) use line::{SummaryLine, concept_words, name as fact_words};
pub(crate) use silence::Silence;

use crate::lang::silent_debug;
use crate::results::{ResultLine, lines};
use crate::texts::summary::{HeadingName, SummaryTexts, incomplete_words, made_words, missing_words, written_words};
use crate::{AuthorLine, DocumentLine, Lang, Part, ProofLink, ProofOf, dates, words};

/// Results that stand on the first page; the page of results has all.
const RESULTS_SHOWN: usize = 6;
/// New documents that stand on the first page.
const DOCUMENTS_SHOWN: usize = 5;
/// Due lines before the rest is folded.
const DUE_SHOWN: usize = 5;

/// Who reads a record: decides between « vos allergies » and « allergies ».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The person themself.
    Person,
    /// Who represents or helps the person.
    Other,
    Professional,
}

impl Reader {
    pub(crate) fn is_own(self) -> bool {
        self == Reader::Person
    }
}

/// Where the summary leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryLinks {
    /// `/results` or `/pro/patients/{pid}/results`.
    pub results: String,
    /// What stands before the sealed id of a document: `/documents/` or `/pro/patients/{pid}/documents/`.
    pub documents: String,
    /// The summary as a PDF.
    pub pdf: Option<String>,
    /// The emergency card's page; `None` where there is none (professionals).
    pub card: Option<String>,
}

/// What the server gives beside the summary.
#[derive(Clone)]
pub struct SummaryContext<'a> {
    pub lang: Lang,
    pub reader: Reader,
    pub links: SummaryLinks,
    pub proof: ProofOf<'a>,
    /// The documents of [`dmp_core::summary::News::documents`], as lines, in that order.
    pub new_documents: Vec<DocumentLine>,
}

/// A due line.
#[derive(Clone)]
pub struct DueLine {
    pub what: String,
    pub by: String,
    pub late: bool,
    /// Why, in French.
    pub basis: String,
    pub source: Option<ProofLink>,
}

/// Care that was reimbursed and of which no report came.
#[derive(Clone)]
pub struct MissingLine {
    pub kind: &'static str,
    pub what: String,
    pub when: String,
    pub by: String,
    pub source: ProofLink,
}

/// A professional who takes care of the person.
#[derive(Clone)]
pub struct CarerLine {
    pub author: AuthorLine,
    pub when: String,
    pub documents: usize,
    /// Their newest document.
    pub source: ProofLink,
}

/// The summary at the head of a record's page: a part of [`crate::PersonRecord`], of [`crate::ProSummary`] and of [`crate::EmbedPage`].
///
/// Links: proofs, results, new documents, PDF, emergency card. No form.
#[derive(Clone, Template)]
#[template(path = "clinical_summary.html")]
pub struct ClinicalSummary {
    lang: Lang,
    reader: Reader,
    links: SummaryLinks,
    allergies: HeadingBlock,
    /// Points to watch; shown with the allergies.
    attention: HeadingBlock,
    treatments: HeadingBlock,
    problems: HeadingBlock,
    results: Vec<ResultLine>,
    due: Vec<DueLine>,
    since: Option<Moment>,
    new_documents: Vec<DocumentLine>,
    /// How many new documents there are in all.
    new_count: usize,
    /// Other headings that hold lines.
    folded: Vec<HeadingBlock>,
    /// Other headings of which a source says that there is nothing.
    denied: Vec<HeadingBlock>,
    /// Other headings of which nothing could be taken over.
    silent: Silence,
    missing: Vec<MissingLine>,
    team: Vec<CarerLine>,
    documents: usize,
    waiting: usize,
    unreadable: usize,
}

silent_debug!(DueLine, MissingLine, CarerLine, ClinicalSummary);

impl std::fmt::Debug for SummaryContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SummaryContext(…)")
    }
}

impl ClinicalSummary {
    /// From what the core merged for this reader.
    pub fn of(summary: &Summary, context: SummaryContext) -> Self {
        let (lang, proof) = (context.lang, context.proof);
        let own = context.reader.is_own();
        let block = |name: HeadingName, heading| HeadingBlock::of(name, heading, own, proof, lang);
        let (folded, other): (Vec<HeadingBlock>, Vec<HeadingBlock>) =
            other_headings(summary).map(|(name, heading)| block(name, heading)).into_iter().partition(|block| !block.lines.is_empty());
        let (denied, silent): (Vec<HeadingBlock>, Vec<HeadingBlock>) = other.into_iter().partition(|block| !block.denials.is_empty());
        let shown = summary.results.get(..RESULTS_SHOWN.min(summary.results.len())).unwrap_or_default();
        ClinicalSummary {
            allergies: block(HeadingName::Allergies, &summary.allergies),
            attention: block(HeadingName::Attention, &summary.attention),
            treatments: block(HeadingName::Treatments, &summary.treatments),
            problems: block(HeadingName::Problems, &summary.problems),
            results: lines(shown, &context.links.results, proof, lang),
            due: summary.due.iter().map(|due| due_line(due, proof, lang)).collect(),
            since: summary.news.since,
            new_count: summary.news.documents.len().max(context.new_documents.len()),
            new_documents: context.new_documents.into_iter().take(DOCUMENTS_SHOWN).collect(),
            folded,
            denied,
            silent: Silence::of(summary, silent.iter().map(|block| block.name), lang),
            missing: summary.missing.iter().map(|missing| missing_line(missing, proof, lang)).collect(),
            team: summary.team.iter().map(|carer| carer_line(carer, proof, lang)).collect(),
            documents: summary.documents,
            waiting: summary.waiting,
            unreadable: summary.unreadable,
            lang,
            reader: context.reader,
            links: context.links,
        }
    }

    fn t(&self) -> &'static SummaryTexts {
        SummaryTexts::of(self.lang)
    }

    fn own<'t>(&self, own: &'t str, other: &'t str) -> &'t str {
        if self.reader.is_own() { own } else { other }
    }

    /// The new words of a patient or their representative; a professional has their own.
    fn fresh_title(&self) -> &'static str {
        if self.reader == Reader::Professional { self.t().fresh } else { self.t().fresh_own }
    }

    fn french(&self) -> &'static str {
        self.lang.pick("", " lang=\"fr\"")
    }

    /// The page that shows a heading in full; professionals have none.
    fn part(&self, block: &HeadingBlock) -> Option<&'static str> {
        let part = self.links.card.as_ref().and_then(|_| Part::of(block.name));
        part.map(Part::path)
    }

    fn since(&self) -> Option<String> {
        self.since.map(|since| dates::date(since, self.lang))
    }

    fn written(&self, documents: &usize) -> String {
        written_words(*documents, self.lang)
    }

    fn more_documents(&self) -> usize {
        self.new_count.saturating_sub(self.new_documents.len())
    }

    fn due_shown(&self) -> &[DueLine] {
        self.due.get(..DUE_SHOWN.min(self.due.len())).unwrap_or_default()
    }

    fn due_folded(&self) -> &[DueLine] {
        self.due.get(DUE_SHOWN..).unwrap_or_default()
    }

    fn paper_words(&self) -> String {
        self.silent.papers.join(", ")
    }

    fn silent_words(&self) -> String {
        self.silent.nothing.join(", ")
    }

    /// Said before anything else: an empty block means little yet.
    fn incomplete(&self) -> String {
        incomplete_words(self.waiting, self.lang)
    }

    fn made(&self) -> String {
        made_words(self.documents, self.waiting, self.unreadable, self.lang)
    }

    pub(crate) fn new_documents(&self) -> usize {
        self.new_count
    }
}

/// Every heading that is not one of the first four, in the order of the page.
fn other_headings(summary: &Summary) -> [(HeadingName, &dmp_core::summary::Heading); 14] {
    [
        (HeadingName::Directives, &summary.directives),
        (HeadingName::Contacts, &summary.contacts),
        (HeadingName::Pregnancies, &summary.pregnancies),
        (HeadingName::Devices, &summary.devices),
        (HeadingName::History, &summary.history),
        (HeadingName::Procedures, &summary.procedures),
        (HeadingName::Stays, &summary.stays),
        (HeadingName::Vaccinations, &summary.vaccinations),
        (HeadingName::Risks, &summary.risks),
        (HeadingName::FamilyHistory, &summary.family_history),
        (HeadingName::Functions, &summary.functions),
        (HeadingName::Imaging, &summary.imaging),
        (HeadingName::Plans, &summary.plans),
        (HeadingName::PastTreatments, &summary.past_treatments),
    ]
}

pub(crate) fn due_line(due: &Due, proof: ProofOf, lang: Lang) -> DueLine {
    DueLine {
        what: concept_words(&due.what),
        by: dates::when(due.by, lang),
        late: due.late,
        basis: words::clean(&due.basis),
        source: due.source.as_ref().map(|source| ProofLink::of(source, proof, lang)),
    }
}

fn carer_line(carer: &Carer, proof: ProofOf, lang: Lang) -> CarerLine {
    CarerLine {
        author: AuthorLine::from(&carer.author),
        when: dates::when(carer.last_seen, lang),
        documents: carer.documents,
        source: ProofLink::of_carer(carer, proof, lang),
    }
}

pub(crate) fn missing_line(missing: &Missing, proof: ProofOf, lang: Lang) -> MissingLine {
    let by = [&missing.by.name, &missing.by.place].map(|part| words::clean(part));
    MissingLine {
        kind: missing_words(missing.kind, lang),
        what: concept_words(&missing.what),
        when: dates::when(missing.when, lang),
        by: by.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        source: ProofLink::of(&missing.source, proof, lang),
    }
}

#[cfg(test)]
mod tests;

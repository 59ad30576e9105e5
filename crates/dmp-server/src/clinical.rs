//! What both sites make of a summary: the block at the head of a record, results, search, folded documents, PDFs.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use dmp_core::access::Caller;
use dmp_core::document::DocumentEntry;
use dmp_core::find::{Hit, Query};
use dmp_core::record::{Language, Record};
use dmp_core::summary::{Source, Summary, pile};
use dmp_core::{EntryId, Moment, RecordKey};
use dmp_interop::cda::narrative::fragment_of;
use dmp_pages::{
    AnalytePage, AuthorLine, CardCode, ClinicalSummary, DocumentGroup, DocumentLine, FoldedDocument, FoldedDocuments, Lang, Part, PartContext,
    PartPage, Reader, ResultsContext, ResultsPage, SearchBox, SearchHitLine, SearchOutcome, SearchPage, Shell, SummaryContext, SummaryLinks,
    series_keys, tell_apart,
};
use dmp_paper::SummaryOptions;
use dmp_service::{Error, IdKind, PersonRef, Summarized};

use crate::App;

/// Hits on the page of a search.
const HITS_SHOWN: usize = 50;

/// Where the pages of one record lie at one of the sites.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub reader: Reader,
    /// The record's first page.
    pub home: String,
    /// What stands before `results`, `search`, `documents/…`: `/` or `/pro/patients/{pid}/`.
    pub below: String,
    /// The emergency card's page, where there is one.
    pub card: Option<String>,
}

impl Place {
    /// On the person's site.
    pub fn of_person(reader: Reader) -> Self {
        Place { reader, home: "/".to_owned(), below: "/".to_owned(), card: Some("/emergency-card".to_owned()) }
    }

    /// On the professionals' site.
    pub fn of_patient(pid: &str) -> Self {
        Place { reader: Reader::Professional, home: format!("/pro/patients/{pid}"), below: format!("/pro/patients/{pid}/"), card: None }
    }

    /// The search field of the record's pages.
    pub fn search_box(&self, query: &str) -> SearchBox {
        SearchBox { action: format!("{}search", self.below), query: query.to_owned() }
    }

    /// A document's page.
    fn document(&self, app: &App, key: RecordKey, entry: EntryId) -> String {
        format!("{}documents/{}", self.below, app.service.ids().seal_entry(IdKind::Document, key, entry))
    }

    /// The very words of a source, on its document's page.
    pub fn proof(&self, app: &App, key: RecordKey, source: &Source) -> String {
        let document = self.document(app, key, source.entry);
        fragment_of(&source.proof).map_or_else(|| document.clone(), |fragment| format!("{document}#{fragment}"))
    }
}

/// The summary at the head of a record. `line` makes a line of a document.
pub(crate) fn block(app: &App, made: &Summarized, place: &Place, lang: Lang, line: &dyn Fn(&DocumentEntry) -> DocumentLine) -> ClinicalSummary {
    let proof = |source: &Source| place.proof(app, made.record.key, source);
    let mut new_documents: Vec<DocumentLine> = made.summary.news.documents.iter().filter_map(|entry| made.record.entry(*entry)).map(line).collect();
    tell_apart(&mut new_documents);
    let links = SummaryLinks {
        results: format!("{}results", place.below),
        documents: format!("{}documents/", place.below),
        pdf: Some(format!("{}summary.pdf", place.below)),
        card: place.card.clone(),
    };
    ClinicalSummary::of(&made.summary, SummaryContext { lang, reader: place.reader, links, proof: &proof, new_documents })
}

/// All results.
pub(crate) fn results(app: &App, made: &Summarized, place: &Place, shell: Shell) -> ResultsPage {
    let proof = |source: &Source| place.proof(app, made.record.key, source);
    ResultsPage::of(context(made, place, shell, &proof), &made.summary.results)
}

/// Weight, height, blood pressure and the like alone.
pub(crate) fn measures(app: &App, made: &Summarized, place: &Place, shell: Shell) -> ResultsPage {
    let proof = |source: &Source| place.proof(app, made.record.key, source);
    ResultsPage::measures(context(made, place, shell, &proof), &made.summary.results)
}

/// One part of the record in full.
pub(crate) fn part(app: &App, made: &Summarized, place: &Place, shell: Shell, part: Part) -> PartPage {
    let proof = |source: &Source| place.proof(app, made.record.key, source);
    let context = PartContext { shell, person: person(&made.record), reader: place.reader, home: place.home.clone(), proof: &proof };
    PartPage::of(part, &made.summary, context)
}

/// One analyte over time. `None`: there is no such series for this reader.
pub(crate) fn analyte(app: &App, made: &Summarized, place: &Place, shell: Shell, key: &str) -> Option<AnalytePage> {
    let proof = |source: &Source| place.proof(app, made.record.key, source);
    let series = series_keys(&made.summary.results).iter().position(|one| one == key).and_then(|place| made.summary.results.get(place))?;
    Some(AnalytePage::of(context(made, place, shell, &proof), series))
}

fn context<'a>(made: &Summarized, place: &Place, shell: Shell, proof: &'a dyn Fn(&Source) -> String) -> ResultsContext<'a> {
    ResultsContext {
        shell,
        person: person(&made.record),
        reader: place.reader,
        home: place.home.clone(),
        results: format!("{}results", place.below),
        proof,
    }
}

/// The shown name of the person.
pub(crate) fn person(record: &Record) -> String {
    record.head.traits.shown_name().display()
}

/// A search and its page. Words that make no query are told on the page.
pub(crate) async fn search(
    app: &App,
    reference: &PersonRef,
    caller: &Caller,
    place: &Place,
    words: &str,
    shell: impl Fn(&Record) -> Shell,
) -> Result<SearchPage, Error> {
    let Ok(query) = Query::parse(words) else {
        // Whose record it is is known by who may open it: nothing is searched, and the leaf says that a list was asked.
        let record = app.service.search(reference, caller, |_| false).await?.record;
        return Ok(search_page(&record, place, words, shell(&record), SearchOutcome::Unusable, 0));
    };
    let found = app.service.find(reference, caller, &query, HITS_SHOWN).await?;
    let key = found.record.key;
    let hits: Vec<SearchHitLine> =
        found.hits.iter().filter_map(|hit| Some(hit_line(found.record.entry(hit.entry)?, hit, place.document(app, key, hit.entry)))).collect();
    let outcome = SearchOutcome::Found { total: found.total, hits };
    let shell = shell(&found.record);
    Ok(search_page(&found.record, place, words, shell, outcome, found.waiting))
}

/// The form of a search alone.
pub(crate) fn search_page(record: &Record, place: &Place, words: &str, shell: Shell, outcome: SearchOutcome, unsearched: usize) -> SearchPage {
    SearchPage { shell, person: person(record), form: place.search_box(words), outcome, home: place.home.clone(), unsearched }
}

fn hit_line(entry: &DocumentEntry, hit: &Hit, document: String) -> SearchHitLine {
    // A word that stands in a section leads to it.
    let section = hit.extracts.iter().find(|extract| !extract.place.is_empty()).map(|extract| extract.place.clone());
    let proof = dmp_core::summary::Proof { section: section.unwrap_or_default(), ..dmp_core::summary::Proof::default() };
    let href = fragment_of(&proof).map_or_else(|| document.clone(), |fragment| format!("{document}#{fragment}"));
    let extracts = hit.extracts.iter().map(|extract| {
        let first = extract.pieces.iter().position(|piece| piece.found).unwrap_or(extract.pieces.len());
        let words = |pieces: &[dmp_core::find::Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
        let (before, rest) = extract.pieces.split_at(first.min(extract.pieces.len()));
        let (found, after) = rest.split_at(rest.len().min(1));
        (words(before), words(found), words(after))
    });
    SearchHitLine {
        href,
        title: entry.title.clone(),
        at: entry.day(),
        author: entry.authors.first().map(AuthorLine::from).unwrap_or_default(),
        extracts: extracts.collect(),
        forgiven: hit.words_forgiven,
    }
}

/// Documents folded into episodes, a page of groups at a time. Gives whether there are more.
pub(crate) fn folded(
    entries: &[&DocumentEntry],
    since: Option<Moment>,
    now: Moment,
    lang: Lang,
    page: (usize, usize),
    line: &dyn Fn(&DocumentEntry) -> DocumentLine,
) -> (FoldedDocuments, bool) {
    let groups = pile::fold(entries, now);
    let counts = pile::count(&groups, since);
    let (skip, size) = page;
    let more = groups.len() > (skip + 1) * size;
    let find = |id: EntryId| entries.iter().copied().find(|entry| entry.id == id);
    let titled = |entry: &DocumentEntry, fr: &str, en: &str| DocumentLine { title: lang.pick(fr, en).to_owned(), ..line(entry) };
    let shown = groups.iter().skip(skip * size).take(size).map(|group| {
        let documents = group.documents.iter().filter_map(|document| {
            let of = |wanted: pile::Folding| {
                let folded = document.folded.iter().filter(move |(_, folding)| *folding == wanted);
                folded.filter_map(|(id, _)| find(*id)).map(line).collect::<Vec<_>>()
            };
            Some(FoldedDocument {
                current: titled(find(document.entry)?, &document.title_fr, &document.title_en),
                older: of(pile::Folding::Superseded),
                duplicates: of(pile::Folding::Copy),
            })
        });
        let documents: Vec<FoldedDocument> = documents.collect();
        let title = (documents.len() > 1).then(|| lang.pick(&group.title_fr, &group.title_en).to_owned());
        DocumentGroup { title, documents }
    });
    let groups = shown.filter(|group| !group.documents.is_empty()).collect();
    (FoldedDocuments { groups, total: counts.all, useful: counts.useful, new: counts.new, everything: None }.told_apart(), more)
}

/// The summary on paper.
pub(crate) fn summary_pdf(summary: &Summary, lang: Lang, printed_for: &str) -> Result<Response, Error> {
    let options = SummaryOptions { language: language(lang), continued: true, printed_for };
    pdf(dmp_paper::summary(summary, &options))
}

/// The same as bytes.
pub(crate) fn summary_bytes(summary: &Summary, lang: Lang) -> Result<Vec<u8>, Error> {
    let options = SummaryOptions { language: language(lang), continued: true, printed_for: "" };
    dmp_paper::summary(summary, &options).map_err(|error| Error::Fault(error.to_string()))
}

/// The emergency card on paper, in both languages, with its code when the person switched one on.
pub(crate) fn card_pdf(summary: &Summary, code: &CardCode) -> Result<Response, Error> {
    let codes = code.link.as_ref().map(|link| dmp_paper::CardCodes { sheet: &link.sheet, card: &link.card });
    pdf(dmp_paper::emergency_card(summary, &[Language::French, Language::English], codes))
}

fn pdf(made: Result<Vec<u8>, dmp_paper::PaperError>) -> Result<Response, Error> {
    pdf_answer(made.map_err(|error| Error::Fault(error.to_string()))?, "synthese.pdf")
}

/// A PDF, shown in the browser, under a policy of its own.
pub(crate) fn pdf_answer(bytes: Vec<u8>, name: &str) -> Result<Response, Error> {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    let disposition = HeaderValue::from_str(&format!("inline; filename=\"{name}\"")).map_err(|error| Error::Fault(error.to_string()))?;
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    Ok(response)
}

fn language(lang: Lang) -> Language {
    match lang {
        Lang::Fr => Language::French,
        Lang::En => Language::English,
    }
}

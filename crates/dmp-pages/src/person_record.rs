//! The person's record: what is new, then the documents by month.

use askama::Template;
use dmp_core::moment::Moment;
use dmp_core::record::NoticeKind;

use crate::journal_sentence::{JournalLine, Perspective, sentence};
use crate::lang::silent_debug;
use crate::quoted::Quoted;
use crate::texts::groups::GroupTexts;
use crate::texts::person::{PersonTexts, Whose, notice_words};
use crate::{ClinicalSummary, DocumentLine, FoldedDocuments, Lang, Shell};

/// A notice of the inbox, unread.
#[derive(Clone)]
pub struct NoticeLine {
    pub kind: NoticeKind,
    pub at: Moment,
    /// Who did it: name, profession, structure, in words.
    pub by: String,
    /// The reason given, for a break-glass.
    pub words: Option<String>,
}

impl NoticeLine {
    pub(crate) fn is_grave(&self) -> bool {
        self.kind.is_emergency()
    }

    pub(crate) fn sentence(&self, lang: &Lang) -> Quoted {
        Quoted::of(notice_words(self, *lang), self.words.as_deref())
    }
}

/// What happened since the last visit.
#[derive(Clone, Default)]
pub struct News {
    /// The last visit; `None` at the first one.
    pub since: Option<Moment>,
    /// Unread notices; the grave ones (emergency access) are shown first whatever the order.
    pub notices: Vec<NoticeLine>,
    pub documents: Vec<DocumentLine>,
    /// Who looked, newest first; refusals too.
    pub looks: Vec<JournalLine>,
    /// How many more looks the journal holds since the last visit.
    pub more_looks: usize,
    /// There are still more than could be counted.
    pub more_than_counted: bool,
}

/// The person's record, at `/`.
///
/// Links: those of the summary, [`FoldedDocuments::everything`], `/documents/{id}`, `/access`, `/journal`, `/access#choices`, [`PersonRecord::older`].
/// Forms: `POST /documents/{id}/hide`, `POST /documents/{id}/show` (`csrf`).
#[derive(Clone, Template)]
#[template(path = "person_record.html")]
pub struct PersonRecord {
    pub shell: Shell,
    /// Name of the person whose record it is: the only heading.
    pub person: String,
    /// [`Perspective::Person`] for the person, [`Perspective::Other`] for who acts for them.
    pub perspective: Perspective,
    pub news: News,
    /// The summary, above everything but emergency accesses; on the first page only.
    pub summary: Option<ClinicalSummary>,
    /// The newest documents, folded; `/documents` has all. Shown instead of [`PersonRecord::documents`], which then only says whether there is any.
    pub groups: Option<FoldedDocuments>,
    /// Newest first, already judged for this reader.
    pub documents: Vec<DocumentLine>,
    /// Who looked last, however long ago; said when nobody did since the last visit.
    pub last_look: Option<JournalLine>,
    /// When the record was opened: said when it is empty.
    pub opened_at: Moment,
    /// The whole record is hidden from professionals.
    pub all_masked: bool,
    /// Until when the reader, who has just opened the record, may take that back (`/undo-opening`).
    pub undo_until: Option<Moment>,
}

silent_debug!(NoticeLine, News, PersonRecord);

impl PersonRecord {
    fn t(&self) -> &'static PersonTexts {
        PersonTexts::of(self.shell.lang)
    }

    fn own(&self) -> bool {
        self.perspective == Perspective::Person
    }

    fn heading(&self) -> String {
        let whose = match &self.shell.acting {
            _ if self.own() => Whose::Own,
            Some(acting) if acting.helps => Whose::Helped,
            _ => Whose::Represented,
        };
        crate::texts::person::heading(&self.person, whose, self.shell.lang)
    }

    fn group_texts(&self) -> &'static GroupTexts {
        GroupTexts::of(self.shell.lang)
    }

    /// Above the summary: what the person must see even before it.
    fn grave_notices(&self) -> Vec<&NoticeLine> {
        self.news.notices.iter().filter(|notice| notice.is_grave()).collect()
    }

    /// The grave ones first, unless they stand above the summary; a new document that a list names is not told twice.
    fn notices(&self) -> Vec<&NoticeLine> {
        let told_below = |notice: &NoticeLine| notice.kind == NoticeKind::NewDocument && self.names_new_documents();
        let grave = self.news.notices.iter().filter(|notice| notice.is_grave() && self.summary.is_none());
        grave.chain(self.news.notices.iter().filter(|notice| !notice.is_grave() && !told_below(notice))).collect()
    }

    fn names_new_documents(&self) -> bool {
        !self.news.documents.is_empty() || self.summary.as_ref().is_some_and(|summary| summary.new_documents() > 0)
    }

    fn nothing_new(&self) -> bool {
        self.news.since.is_some() && self.news.notices.is_empty() && !self.names_new_documents() && self.news.looks.is_empty()
    }

    fn look(&self, line: &JournalLine) -> Quoted {
        line.quoted(sentence(line, self.perspective, self.shell.lang))
    }

    fn new_documents(&self) -> String {
        crate::texts::person::new_documents(self.news.documents.len(), self.shell.lang)
    }

    fn more_looks(&self) -> String {
        crate::texts::person::more_looks(self.news.more_looks, self.news.more_than_counted, self.shell.lang)
    }

    /// « rien d'urgent », « 2 nouveautés »: the state of the record in two words. Nothing for who acts for somebody: it is the person's.
    fn greeting(&self) -> Option<String> {
        let grave = self.news.notices.iter().filter(|notice| notice.is_grave()).count();
        let documents = self.summary.as_ref().map_or(self.news.documents.len(), ClinicalSummary::new_documents);
        let new = documents + self.news.looks.len() + self.news.more_looks;
        // At the first visit everything is new: that says nothing.
        let is_told = self.own() && (self.news.since.is_some() || grave > 0);
        is_told.then(|| crate::texts::person::greeting(grave, new, self.shell.lang))
    }

    /// Path and words of what may be done from here; what is shut to this reader is not offered.
    fn actions(&self) -> Vec<(&'static str, &'static str)> {
        let offered = |path: &str| self.shell.offers_rights() || path != "/share";
        crate::texts::person::ACTIONS
            .iter()
            .filter(|(path, _, _)| offered(path))
            .map(|(path, fr, en)| (*path, self.shell.lang.pick(fr, en)))
            .collect()
    }
}

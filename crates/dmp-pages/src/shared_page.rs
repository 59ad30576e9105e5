//! What somebody outside sees of a link, without an app: the question for their name and the code, then what the link gives.

use askama::Template;
use dmp_core::identity::{BirthDate, Sex};
use dmp_core::moment::Moment;
use dmp_core::summary::{Heading, Summary};

use crate::lang::silent_debug;
use crate::results::{ResultLine, lines};
use crate::summary::{HeadingBlock, Silence};
use crate::texts::share::SharedTexts;
use crate::texts::summary::HeadingName;
use crate::{AuthorLine, DocumentBody, Lang, Shell, dates, words};

/// Results that are shown: those of most weight.
const RESULTS_SHOWN: usize = 40;

/// What is wrong with what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnockProblem {
    NameMissing,
    CodeMissing,
    /// So many wrong codes may still come.
    CodeWrong(u8),
    /// Too many asked at once.
    Busy,
}

/// The question before a link opens, at `/share/open/{id}`. It says nothing of whose record it is.
///
/// Form: `POST /share/open/{id}` (`csrf`, `recipient`, `passcode`).
#[derive(Clone, Template)]
#[template(path = "share_knock.html")]
pub struct ShareKnock {
    pub shell: Shell,
    /// Path of the form.
    pub action: String,
    pub needs_code: bool,
    pub recipient: String,
    pub problem: Option<KnockProblem>,
}

/// A link that leads nowhere: it never did, or it does not any more.
#[derive(Clone, Template)]
#[template(path = "share_gone.html")]
pub struct ShareGone {
    pub shell: Shell,
}

/// A document that a link gives.
#[derive(Clone)]
pub struct SharedDocument {
    pub title: String,
    pub at: Moment,
    pub author: AuthorLine,
    pub body: DocumentBody,
    /// Path of the original, good for a short while.
    pub original: String,
}

/// What a link gives, as a page.
#[derive(Clone, Template)]
#[template(path = "shared_page.html")]
pub struct SharedPage {
    pub shell: Shell,
    pub person: String,
    pub birth_date: BirthDate,
    pub sex: Sex,
    pub made_at: Moment,
    blocks: Vec<HeadingBlock>,
    /// Headings of which nothing could be taken over.
    silent: Silence,
    results: Vec<ResultLine>,
    is_summary: bool,
    pub documents: Vec<SharedDocument>,
}

silent_debug!(ShareKnock, ShareGone, SharedDocument, SharedPage);

/// What a page of a link is made for.
#[derive(Clone)]
pub struct SharedContext {
    pub shell: Shell,
    pub person: String,
    pub birth_date: BirthDate,
    pub sex: Sex,
    pub made_at: Moment,
}

silent_debug!(SharedContext);

impl ShareKnock {
    fn t(&self) -> &'static SharedTexts {
        SharedTexts::of(self.shell.lang)
    }

    /// Whether no code opens it any more.
    fn is_locked(&self) -> bool {
        self.problem == Some(KnockProblem::CodeWrong(0))
    }

    fn is_about_name(&self) -> bool {
        self.problem == Some(KnockProblem::NameMissing)
    }

    fn is_about_code(&self) -> bool {
        matches!(self.problem, Some(KnockProblem::CodeMissing | KnockProblem::CodeWrong(_)))
    }

    fn field(&self) -> &'static str {
        if self.is_about_code() { "passcode" } else { "recipient" }
    }

    fn words(&self) -> Option<String> {
        let t = self.t();
        Some(match self.problem? {
            KnockProblem::NameMissing => t.name_missing.to_owned(),
            KnockProblem::CodeMissing => t.code_missing.to_owned(),
            KnockProblem::CodeWrong(0) => t.code_last.to_owned(),
            KnockProblem::CodeWrong(left) => format!("{} {left}.", t.code_wrong),
            KnockProblem::Busy => t.busy.to_owned(),
        })
    }
}

impl ShareGone {
    fn t(&self) -> &'static SharedTexts {
        SharedTexts::of(self.shell.lang)
    }
}

impl SharedPage {
    /// A summary, with the headings of an emergency first; of a card, those alone.
    pub fn of_summary(context: SharedContext, summary: &Summary, is_card: bool) -> Self {
        let first = [
            (HeadingName::Allergies, &summary.allergies),
            (HeadingName::Treatments, &summary.treatments),
            (HeadingName::Problems, &summary.problems),
        ];
        let rest = [
            (HeadingName::Attention, &summary.attention),
            (HeadingName::Devices, &summary.devices),
            (HeadingName::Pregnancies, &summary.pregnancies),
            (HeadingName::Contacts, &summary.contacts),
            (HeadingName::Directives, &summary.directives),
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
        ];
        let lang = context.shell.lang;
        let block = |(name, heading): (HeadingName, &Heading)| HeadingBlock::of(name, heading, false, &|_| String::new(), lang).whole();
        let (told, silent): (Vec<HeadingBlock>, Vec<HeadingBlock>) =
            rest.into_iter().map(block).partition(|block| !block.lines.is_empty() || !block.denials.is_empty());
        let shown = summary.results.get(..RESULTS_SHOWN.min(summary.results.len())).unwrap_or_default();
        SharedPage {
            blocks: first.into_iter().map(block).chain(told).collect(),
            // What a card leaves out is not unknown.
            silent: Silence::of(summary, silent.iter().filter(|_| !is_card).map(|block| block.name), lang),
            results: lines(shown, "", &|_| String::new(), lang),
            is_summary: true,
            documents: Vec::new(),
            ..SharedPage::bare(context)
        }
    }

    /// Chosen documents.
    pub fn of_documents(context: SharedContext, documents: Vec<SharedDocument>) -> Self {
        SharedPage { documents, ..SharedPage::bare(context) }
    }

    fn bare(context: SharedContext) -> Self {
        SharedPage {
            shell: context.shell,
            person: context.person,
            birth_date: context.birth_date,
            sex: context.sex,
            made_at: context.made_at,
            blocks: Vec::new(),
            silent: Silence::default(),
            results: Vec::new(),
            is_summary: false,
            documents: Vec::new(),
        }
    }

    fn t(&self) -> &'static SharedTexts {
        SharedTexts::of(self.shell.lang)
    }

    fn birth(&self) -> String {
        dates::birth_date(self.birth_date, self.shell.lang)
    }

    fn sex(&self) -> &'static str {
        crate::texts::pro::sex_words(self.sex, self.shell.lang)
    }

    fn paper_words(&self) -> String {
        self.silent.papers.join(", ")
    }

    fn silent_words(&self) -> String {
        self.silent.nothing.join(", ")
    }

    /// The words of a document's author, when there is one.
    fn author(&self, document: &SharedDocument) -> String {
        words::clean(&document.author.words(&self.shell.lang))
    }

    fn day(&self, at: &Moment) -> String {
        dates::date(*at, self.shell.lang)
    }

    /// Whether the words of documents are in another language than the page.
    fn french(&self) -> &'static str {
        if self.shell.lang == Lang::Fr { "" } else { " lang=\"fr\"" }
    }
}

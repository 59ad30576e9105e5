//! Sharing a part of the record by a link: the three ways, the links that lead somewhere, a link that was made.

use askama::Template;
use dmp_core::moment::Moment;
use dmp_core::record::{Means, Share, ShareKind, ShareState, Shared};

use crate::chart::{Svg, qr};
use crate::lang::silent_debug;
use crate::texts::share::{ShareTexts, openings_words};
use crate::{DocumentLine, Lang, Shell, dates};

/// What is wrong with the form that makes a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareProblem {
    LabelMissing,
    NoDocument,
    TooManyDocuments,
    /// A time or a number that is not in the list.
    Period,
    TooManyLinks,
}

/// The form that makes a link to send, as it was typed.
#[derive(Clone)]
pub struct SendForm {
    pub label: String,
    pub days: u32,
    pub openings: u32,
    pub problem: Option<ShareProblem>,
}

/// One opening of a link.
#[derive(Clone)]
pub struct OpeningLine {
    pub at: Moment,
    /// Said by themselves.
    pub by: String,
    pub means: Means,
}

/// One link of the record.
#[derive(Clone)]
pub struct ShareLine {
    pub name: String,
    pub label: String,
    pub kind: ShareKind,
    /// How many documents were chosen; `None`: the summary, or the card.
    pub documents: Option<usize>,
    pub made_at: Moment,
    /// Who made it, when somebody else than the reader did.
    pub made_by: Option<String>,
    pub until: Moment,
    pub state: ShareState,
    pub openings: u32,
    pub openings_max: u32,
    pub tries_left: Option<u8>,
    /// Newest first.
    pub opened: Vec<OpeningLine>,
}

impl ShareLine {
    /// From a link, for the reader with the given account.
    pub fn of(share: &Share, reader: &str, now: Moment) -> Self {
        ShareLine {
            name: share.name.clone(),
            label: share.label.clone(),
            kind: share.kind,
            documents: if let Shared::Documents(chosen) = &share.what { Some(chosen.len()) } else { None },
            made_at: share.created_at,
            made_by: (share.by.account != reader).then(|| share.by.name.display()),
            until: share.stopped_at.unwrap_or(share.expires_at),
            state: share.state(now),
            openings: share.openings,
            openings_max: share.openings_max,
            tries_left: share.passcode.map(|code| code.tries_left),
            opened: share.opened.iter().rev().map(|one| OpeningLine { at: one.at, by: one.by.clone(), means: one.means }).collect(),
        }
    }

    fn is_active(&self) -> bool {
        self.state == ShareState::Active
    }

    /// Whether its code can be shown on a screen again: who made it alone sees it.
    fn shows(&self) -> bool {
        self.is_active() && self.made_by.is_none()
    }
}

/// The three ways to share, and the links, at `/share`.
///
/// Links: `/share/documents`, `/emergency-card`, `/share/links/{name}`.
/// Forms: `POST /share/show` (`csrf`), `POST /share/send` (`csrf`, `label`, `days`, `openings`),
/// `POST /share/stop` (`csrf`, `link`).
#[derive(Clone, Template)]
#[template(path = "share_page.html")]
pub struct SharePage {
    pub shell: Shell,
    pub own: bool,
    /// Whether the reader may share; a minor does not alone.
    pub may_share: bool,
    /// Every document is hidden: a link would give nothing.
    pub all_masked: bool,
    pub form: SendForm,
    /// Newest first.
    pub links: Vec<ShareLine>,
}

/// Choosing documents for a link, at `/share/documents`.
///
/// Forms: `POST /share/send` (as [`SharePage`], and `choosing`, and `document` for each chosen id).
#[derive(Clone, Template)]
#[template(path = "share_documents_page.html")]
pub struct ShareDocumentsPage {
    pub shell: Shell,
    pub form: SendForm,
    /// Each with whether it is chosen, newest first.
    pub documents: Vec<(DocumentLine, bool)>,
}

/// A link that was made, with its code, at `/share/send`; without it, at `/share/links/{name}`.
///
/// Links: `/share`. Form: `POST /share/stop` (`csrf`, `link`).
#[derive(Clone, Template)]
#[template(path = "share_link_page.html")]
pub struct ShareLinkPage {
    pub shell: Shell,
    pub line: ShareLine,
    /// What is sent or scanned.
    pub link: String,
    pub code: Option<String>,
}

silent_debug!(SendForm, OpeningLine, ShareLine, SharePage, ShareDocumentsPage, ShareLinkPage);

/// Days that are offered.
const DAYS: [u32; 4] = [1, 7, 30, 90];
/// Numbers of openings that are offered.
const OPENINGS: [u32; 4] = [1, 3, 10, 50];

impl Default for SendForm {
    fn default() -> Self {
        SendForm { label: String::new(), days: 7, openings: 3, problem: None }
    }
}

impl SendForm {
    /// Whether the time and the number are of the lists.
    pub fn is_offered(&self) -> bool {
        DAYS.contains(&self.days) && OPENINGS.contains(&self.openings)
    }

    fn days(&self) -> [(u32, bool); 4] {
        DAYS.map(|days| (days, days == self.days))
    }

    fn openings(&self) -> [(u32, bool); 4] {
        OPENINGS.map(|openings| (openings, openings == self.openings))
    }

    /// The field to mend.
    fn field(&self) -> &'static str {
        match self.problem {
            Some(ShareProblem::LabelMissing) | None => "label",
            Some(ShareProblem::NoDocument | ShareProblem::TooManyDocuments) => "documents",
            Some(ShareProblem::Period) => "days",
            Some(ShareProblem::TooManyLinks) => "links",
        }
    }

    fn is_about_label(&self) -> bool {
        self.problem == Some(ShareProblem::LabelMissing)
    }

    fn words(&self, lang: Lang) -> Option<&'static str> {
        let t = ShareTexts::of(lang);
        Some(match self.problem? {
            ShareProblem::LabelMissing => t.label_missing,
            ShareProblem::NoDocument => t.no_document,
            ShareProblem::TooManyDocuments => t.too_many_documents,
            ShareProblem::Period => t.period_wrong,
            ShareProblem::TooManyLinks => t.too_many_links,
        })
    }
}

/// What a link leads to, in words.
fn what_words(line: &ShareLine, lang: Lang) -> String {
    let t = ShareTexts::of(lang);
    match (line.kind, line.documents) {
        (ShareKind::Emergency, _) => t.what_card.to_owned(),
        (_, None) => t.what_summary.to_owned(),
        (_, Some(1)) => t.what_document.to_owned(),
        (_, Some(number)) => format!("{number} {}", t.what_documents),
    }
}

fn state_words(line: &ShareLine, lang: Lang) -> String {
    let (t, when) = (ShareTexts::of(lang), dates::date_time(line.until, lang));
    match line.state {
        ShareState::Active => format!("{} {when}", t.until),
        ShareState::Stopped => format!("{} {when}", t.stopped),
        ShareState::Expired => format!("{} {when}", t.expired),
        ShareState::UsedUp => t.used_up.to_owned(),
        ShareState::Locked => t.locked.to_owned(),
    }
}

fn opening_words(opening: &OpeningLine, lang: Lang) -> String {
    let (t, when) = (ShareTexts::of(lang), dates::date_time(opening.at, lang));
    let by = if opening.by.is_empty() { t.nobody } else { opening.by.as_str() };
    let means = match opening.means {
        Means::App => t.by_app,
        Means::Page => t.by_page,
    };
    match lang {
        Lang::Fr => crate::journal_sentence::typeset(&format!("{when} : « {by} » ({means})")),
        Lang::En => format!("{when}: “{by}” ({means})"),
    }
}

impl SharePage {
    fn t(&self) -> &'static ShareTexts {
        ShareTexts::of(self.shell.lang)
    }

    fn active(&self) -> Vec<&ShareLine> {
        self.links.iter().filter(|line| line.is_active()).collect()
    }

    fn ended(&self) -> Vec<&ShareLine> {
        self.links.iter().filter(|line| !line.is_active()).collect()
    }

    fn what(&self, line: &ShareLine) -> String {
        what_words(line, self.shell.lang)
    }

    fn state(&self, line: &ShareLine) -> String {
        state_words(line, self.shell.lang)
    }

    fn opening(&self, opening: &OpeningLine) -> String {
        opening_words(opening, self.shell.lang)
    }

    fn openings(&self, line: &ShareLine) -> String {
        openings_words(line.openings, line.openings_max, self.shell.lang)
    }

    fn problem(&self) -> Option<&'static str> {
        self.form.words(self.shell.lang)
    }
}

impl ShareDocumentsPage {
    fn t(&self) -> &'static ShareTexts {
        ShareTexts::of(self.shell.lang)
    }

    fn problem(&self) -> Option<&'static str> {
        self.form.words(self.shell.lang)
    }
}

impl ShareLinkPage {
    fn t(&self) -> &'static ShareTexts {
        ShareTexts::of(self.shell.lang)
    }

    fn qr(&self) -> Option<Svg> {
        qr(&self.link, "300", self.t().qr_words)
    }

    fn title(&self) -> &'static str {
        match self.line.kind {
            ShareKind::Shown => self.t().show_title,
            ShareKind::Sent => self.t().sent_title,
            ShareKind::Emergency => self.t().card_title,
        }
    }

    fn is_shown(&self) -> bool {
        self.line.kind == ShareKind::Shown
    }

    /// A code as people say it: in two halves.
    fn spoken(&self) -> Option<String> {
        let code = self.code.as_deref()?;
        let (first, second) = code.split_at_checked(code.len() / 2)?;
        Some(format!("{first} {second}"))
    }

    fn what(&self) -> String {
        what_words(&self.line, self.shell.lang)
    }

    fn state(&self) -> String {
        state_words(&self.line, self.shell.lang)
    }

    fn openings(&self) -> String {
        openings_words(self.line.openings, self.line.openings_max, self.shell.lang)
    }
}

//! The insurer's counter, at `/accueil`: one task a screen, readable by the person seated opposite, and nothing of anybody's health.

use askama::Template;
use dmp_core::moment::Moment;

use crate::lang::silent_debug;
use crate::texts::closing::ClosingTexts;
use crate::texts::counter::CounterTexts;
use crate::texts::pro::ins_words;
use crate::{AssistedPerson, InsProblem, Lang, Shell, dates};

/// What the person asks for, besides opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CounterTask {
    Close,
    Unblock,
    Codes,
    Rights,
}

/// What is wrong, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CounterProblem {
    Ins(InsProblem),
    /// No open record under the number.
    NoRecord,
    ChecksMissing,
    AskedMissing,
    RightsMissing,
    RppsWrong,
}

/// What was ticked and chosen; shown again when something was wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CounterAnswers {
    pub face: bool,
    pub paper: bool,
    pub birth: bool,
    pub asked: bool,
    /// `mask`, `show`, `block`, `unblock`; empty: not chosen.
    pub wish: String,
    pub rpps: String,
}

/// The screen of a task.
#[derive(Clone)]
pub enum CounterStep {
    /// `POST {path}` (`ins`).
    Find { ins: String },
    /// `POST {path}/confirm` (`ins`; checkboxes `face`, `paper`, `birth`, `asked`; for rights `wish`, `rpps`).
    Confirm { person: AssistedPerson, answers: CounterAnswers },
    /// The second question of a closing: `POST {path}/confirm` with the same and `sure`.
    Sure { person: AssistedPerson },
}

/// A task.
#[derive(Clone, Template)]
#[template(path = "counter/task.html")]
pub struct CounterPage {
    pub shell: Shell,
    pub task: CounterTask,
    pub step: CounterStep,
    pub problem: Option<CounterProblem>,
}

/// The first page.
///
/// Links: `/accueil/ouvrir`, `/accueil/fermer`, `/accueil/debloquer`, `/accueil/codes`, `/accueil/droits`, `/accueil/expliquer`, `/accueil/campagnes`, `/accueil/journal`.
#[derive(Clone, Template)]
#[template(path = "counter/home.html")]
pub struct CounterHome {
    pub shell: Shell,
    pub opened: usize,
    pub acts: usize,
}

/// What was done at the counter, in the agent's list of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CounterDeed {
    Opened,
    Cancelled,
    Refused,
    Closed,
    Codes,
    Masked,
    Shown,
    Blocked,
    Unblocked,
}

/// The receipt of a deed.
#[derive(Clone, Template)]
#[template(path = "counter/done.html")]
pub struct CounterDone {
    pub shell: Shell,
    pub deed: CounterDeed,
    pub person: String,
    pub at: Moment,
    pub by: String,
    pub structure: Option<String>,
}

/// A sheet of codes that is printed and folded with the codes inside.
#[derive(Clone, Template)]
#[template(path = "counter/sheet.html")]
pub struct CounterSheet {
    pub shell: Shell,
    pub person: String,
    pub identifier: String,
    pub address: String,
    pub codes: Vec<String>,
    pub at: Moment,
}

/// A line of the agent's day.
#[derive(Clone)]
pub struct CounterLine {
    pub at: Moment,
    pub deed: CounterDeed,
    /// `None` where nothing of the person is kept.
    pub person: Option<String>,
    /// Sealed id of the record, when the opening can still be taken back.
    pub cancel: Option<String>,
}

/// The agent's own acts of the day. Form: `POST /accueil/ouvrir/cancel` (`csrf`, `record`).
#[derive(Clone, Template)]
#[template(path = "counter/journal.html")]
pub struct CounterJournal {
    pub shell: Shell,
    pub lines: Vec<CounterLine>,
}

/// What a record is, in one minute, to be read together.
#[derive(Clone, Template)]
#[template(path = "counter/explain.html")]
pub struct CounterExplain {
    pub shell: Shell,
}

silent_debug!(CounterStep, CounterPage, CounterHome, CounterDone, CounterSheet, CounterLine, CounterJournal, CounterExplain);

impl CounterTask {
    /// The address of its first screen.
    pub fn path(self) -> &'static str {
        match self {
            CounterTask::Close => "/accueil/fermer",
            CounterTask::Unblock => "/accueil/debloquer",
            CounterTask::Codes => "/accueil/codes",
            CounterTask::Rights => "/accueil/droits",
        }
    }

    fn words(self, lang: Lang) -> &'static str {
        let t = CounterTexts::of(lang);
        match self {
            CounterTask::Close => t.close,
            CounterTask::Unblock => t.unblock,
            CounterTask::Codes => t.codes,
            CounterTask::Rights => t.rights,
        }
    }
}

impl CounterDeed {
    fn words(self, lang: Lang) -> &'static str {
        let t = CounterTexts::of(lang);
        match self {
            CounterDeed::Opened => t.act_opened,
            CounterDeed::Cancelled => t.act_cancelled,
            CounterDeed::Refused => t.act_refused,
            CounterDeed::Closed => t.act_closed,
            CounterDeed::Codes => t.act_codes,
            CounterDeed::Masked => t.act_masked,
            CounterDeed::Shown => t.act_shown,
            CounterDeed::Blocked => t.act_blocked,
            CounterDeed::Unblocked => t.act_unblocked,
        }
    }

    fn means(self, lang: Lang) -> &'static str {
        let t = CounterTexts::of(lang);
        match self {
            CounterDeed::Closed => t.done_close,
            CounterDeed::Masked => t.done_mask,
            CounterDeed::Shown => t.done_show,
            CounterDeed::Blocked => t.done_block,
            CounterDeed::Unblocked => t.done_unblock,
            CounterDeed::Opened | CounterDeed::Cancelled | CounterDeed::Refused | CounterDeed::Codes => "",
        }
    }
}

impl CounterPage {
    fn t(&self) -> &'static CounterTexts {
        CounterTexts::of(self.shell.lang)
    }

    fn closing(&self) -> &'static ClosingTexts {
        ClosingTexts::of(self.shell.lang)
    }

    fn title(&self) -> &'static str {
        self.task.words(self.shell.lang)
    }

    fn means(&self) -> &'static str {
        match self.task {
            CounterTask::Unblock => self.t().unblock_means,
            CounterTask::Codes => self.t().codes_means,
            CounterTask::Close | CounterTask::Rights => "",
        }
    }

    fn go(&self) -> &'static str {
        match self.task {
            CounterTask::Close => self.t().next,
            CounterTask::Unblock | CounterTask::Codes => self.t().codes_do,
            CounterTask::Rights => self.t().rights_do,
        }
    }

    fn closes(&self) -> bool {
        self.task == CounterTask::Close
    }

    fn chooses(&self) -> bool {
        self.task == CounterTask::Rights
    }

    fn wishes(&self) -> [(&'static str, &'static str); 4] {
        let t = self.t();
        [("mask", t.rights_mask), ("show", t.rights_show), ("block", t.rights_block), ("unblock", t.rights_unblock)]
    }

    fn problem_words(&self) -> Option<&'static str> {
        let t = self.t();
        self.problem.map(|problem| match problem {
            CounterProblem::Ins(problem) => ins_words(problem, self.shell.lang),
            CounterProblem::NoRecord => t.none,
            CounterProblem::ChecksMissing => t.checks_missing,
            CounterProblem::AskedMissing => t.asked_missing,
            CounterProblem::RightsMissing => t.rights_missing,
            CounterProblem::RppsWrong => t.rpps_wrong,
        })
    }

    fn field(&self) -> &'static str {
        match self.problem {
            Some(CounterProblem::Ins(_) | CounterProblem::NoRecord) => "ins",
            Some(CounterProblem::ChecksMissing) => "face",
            Some(CounterProblem::AskedMissing) => "asked",
            Some(CounterProblem::RightsMissing) => "wish-mask",
            Some(CounterProblem::RppsWrong) => "rpps",
            None => "",
        }
    }

    fn is_wrong(&self, field: &str) -> bool {
        self.field() == field
    }

    fn birth(&self, person: &AssistedPerson) -> String {
        dates::birth_date(person.birth_date, self.shell.lang)
    }
}

impl CounterHome {
    fn t(&self) -> &'static CounterTexts {
        CounterTexts::of(self.shell.lang)
    }

    /// Address, words, what for.
    fn ways(&self) -> [(&'static str, &'static str, &'static str); 7] {
        let t = self.t();
        [
            ("/accueil/ouvrir", t.open, t.open_hint),
            ("/accueil/fermer", t.close, t.close_hint),
            ("/accueil/debloquer", t.unblock, t.unblock_hint),
            ("/accueil/codes", t.codes, t.codes_hint),
            ("/accueil/droits", t.rights, t.rights_hint),
            ("/accueil/expliquer", t.explain, t.explain_hint),
            ("/accueil/campagnes", t.campaigns, t.campaigns_hint),
        ]
    }
}

impl CounterDone {
    fn t(&self) -> &'static CounterTexts {
        CounterTexts::of(self.shell.lang)
    }

    fn deed_words(&self) -> &'static str {
        self.deed.words(self.shell.lang)
    }

    fn means(&self) -> &'static str {
        self.deed.means(self.shell.lang)
    }
}

impl CounterSheet {
    fn t(&self) -> &'static CounterTexts {
        CounterTexts::of(self.shell.lang)
    }
}

impl CounterJournal {
    fn t(&self) -> &'static CounterTexts {
        CounterTexts::of(self.shell.lang)
    }

    fn deed_words(&self, line: &CounterLine) -> &'static str {
        line.deed.words(self.shell.lang)
    }

    fn time(&self, line: &CounterLine) -> String {
        dates::time(line.at, self.shell.lang)
    }

    fn cancel_words(&self) -> &'static str {
        crate::texts::assisted::AssistedTexts::of(self.shell.lang).cancel_do
    }
}

impl CounterExplain {
    fn t(&self) -> &'static CounterTexts {
        CounterTexts::of(self.shell.lang)
    }
}

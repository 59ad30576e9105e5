//! Putting a document into a patient's record: the file, then what will be sent, checked before it goes.

use askama::Template;
use dmp_core::document::{CLASSES, TYPES};
use dmp_core::moment::Moment;
use dmp_core::statement::FileFlaw;

use crate::lang::silent_debug;
use crate::texts::pro_deposit::{DepositTexts, flaw_words, refusal_words};
use crate::{Shell, dates, words};

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DepositFlaw {
    /// None came, or it is of no format that the record takes.
    File(FileFlaw),
    /// The document is about somebody else.
    OtherPerson,
    /// Longer than a quarter of an hour ago, or sent already.
    Gone,
}

/// The first step, at `/pro/patients/{pid}/deposit`. Form: `POST` the same, multipart (`csrf`, `replaces`, `file`).
#[derive(Clone, Template)]
#[template(path = "pro_deposit.html")]
pub struct ProDeposit {
    pub shell: Shell,
    pub pid: String,
    pub person: String,
    /// Sealed id and title of the document whose place the new one takes.
    pub replaces: Option<(String, String)>,
    pub flaw: Option<DepositFlaw>,
    /// What is wrong with a CDA document, in the words of the catalogue, with its place.
    pub findings: Vec<Finding>,
}

/// Something that a check found.
#[derive(Clone, PartialEq, Eq)]
pub struct Finding {
    pub words: String,
    /// Where, as the catalogue names it; may be empty.
    pub place: String,
}

/// Who sees the document at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DepositVisibility {
    #[default]
    Everyone,
    /// After a *consultation d'annonce*.
    AfterAnnouncement,
    /// Hidden from other professionals, at the person's request.
    Masked,
    /// A minor's secret care.
    SecretFromRepresentatives,
}

impl DepositVisibility {
    /// Every choice.
    pub const ALL: [DepositVisibility; 4] =
        [DepositVisibility::Everyone, DepositVisibility::AfterAnnouncement, DepositVisibility::Masked, DepositVisibility::SecretFromRepresentatives];

    /// A stable word for forms.
    pub fn code(self) -> &'static str {
        match self {
            DepositVisibility::Everyone => "everyone",
            DepositVisibility::AfterAnnouncement => "announcement",
            DepositVisibility::Masked => "masked",
            DepositVisibility::SecretFromRepresentatives => "secret",
        }
    }

    /// From its word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What the form of the second step holds.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct DepositDraft {
    pub type_code: String,
    pub title: String,
    /// `2026-11-27`.
    pub day: String,
    pub visibility: DepositVisibility,
}

/// A field of the second step that does not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DepositProblem {
    TitleMissing,
    TypeUnknown,
    DayWrong,
}

/// The second step: what will be sent. Form: `POST /pro/patients/{pid}/deposit/send` (`csrf`, `waiting`, `replaces`, `type`, `title`, `day`,
/// `visibility`). Link: the first step.
#[derive(Clone, Template)]
#[template(path = "pro_deposit_check.html")]
pub struct ProDepositCheck {
    pub shell: Shell,
    pub pid: String,
    /// Name and birth of the person, as the record has them.
    pub person: String,
    pub born: String,
    /// The INS number, to be compared with the paper.
    pub ins: String,
    /// Sealed name of the file that waits.
    pub waiting: String,
    /// « PDF, 120 Ko ».
    pub file: String,
    /// The document says itself what it is (CDA): type, title and date are not asked.
    pub is_cda: bool,
    pub draft: DepositDraft,
    /// Type codes that this professional may deposit.
    pub types: Vec<&'static str>,
    pub replaces: Option<(String, String)>,
    pub is_minor: bool,
    pub findings: Vec<Finding>,
    pub problem: Option<DepositProblem>,
}

silent_debug!(Finding, DepositDraft, ProDeposit, ProDepositCheck);

impl ProDeposit {
    fn t(&self) -> &'static DepositTexts {
        DepositTexts::of(self.shell.lang)
    }

    fn flaw(&self) -> Option<&'static str> {
        self.flaw.map(|flaw| flaw_words(flaw, self.shell.lang))
    }
}

impl ProDepositCheck {
    fn t(&self) -> &'static DepositTexts {
        DepositTexts::of(self.shell.lang)
    }

    fn problem(&self) -> Option<&'static str> {
        self.problem.map(|problem| refusal_words(problem, self.shell.lang))
    }

    fn is_wrong(&self, problem: DepositProblem) -> bool {
        self.problem == Some(problem)
    }

    fn wrong_field(&self) -> &'static str {
        match self.problem {
            Some(DepositProblem::TypeUnknown) => "type",
            Some(DepositProblem::DayWrong) => "day",
            Some(DepositProblem::TitleMissing) | None => "title",
        }
    }

    /// The day as people read it.
    fn day_words(&self) -> String {
        Moment::parse_fhir(&self.draft.day).map_or_else(|| self.draft.day.clone(), |day| dates::date(day, self.shell.lang))
    }

    fn type_label(&self) -> &'static str {
        TYPES.iter().find(|row| row.0 == self.draft.type_code).map_or("", |row| row.3)
    }

    /// Types by class, for the list.
    fn groups(&self) -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
        let of = |class: &str| {
            let rows = TYPES.iter().filter(|row| row.2 == class && self.types.contains(&row.0));
            rows.map(|row| (row.0, row.3)).collect::<Vec<_>>()
        };
        let all = CLASSES.into_iter().map(|class| (words::class_label(class.code, self.shell.lang), of(class.code)));
        all.filter(|(_, types)| !types.is_empty()).collect()
    }

    /// Code, words, hint, whether it is chosen.
    fn choices(&self) -> Vec<(&'static str, &'static str, &'static str, bool)> {
        let t = self.t();
        let choice = |one: DepositVisibility| {
            let (words, hint) = match one {
                DepositVisibility::Everyone => (t.everyone, t.everyone_hint),
                DepositVisibility::AfterAnnouncement => (t.announcement, t.announcement_hint),
                DepositVisibility::Masked => (t.masked, t.masked_hint),
                DepositVisibility::SecretFromRepresentatives => (t.secret, t.secret_hint),
            };
            (one.code(), words, hint, self.draft.visibility == one)
        };
        let offered = |one: &DepositVisibility| *one != DepositVisibility::SecretFromRepresentatives || self.is_minor;
        DepositVisibility::ALL.into_iter().filter(offered).map(choice).collect()
    }
}

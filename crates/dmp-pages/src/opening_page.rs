//! The pages on which a person opens their record themself, or refuses it: one question at a time, four steps.

use askama::Template;
use dmp_core::moment::Moment;
use dmp_core::record::EmergencyChoices;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::invitation::InvitationTexts;
use crate::texts::opening::OpeningTexts;
use crate::texts::states::StateTexts;

/// What is wrong with what was typed; said at the top and at the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpeningProblem {
    NirMissing,
    NirMalformed,
    NirKey,
    CodeMalformed,
    CodeWrong,
    SerialMalformed,
    SerialWrong,
    SerialOver,
    ConsentMissing,
    EmailWrong,
    MobileWrong,
    IdentifierLength,
    IdentifierCharacters,
    IdentifierNumber,
    IdentifierTaken,
    Minor,
    Exists,
}

/// What a person came for, at the first question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpeningWish {
    Open,
    Refuse,
    /// Neither: left alone for a year.
    NotNow,
}

impl OpeningWish {
    /// Its word in addresses and forms.
    pub fn word(self) -> &'static str {
        match self {
            OpeningWish::Open => "open",
            OpeningWish::Refuse => "refuse",
            OpeningWish::NotNow => "not-now",
        }
    }

    /// What a word means; to open, for any other.
    pub fn of(word: &str) -> Self {
        match word {
            "refuse" => OpeningWish::Refuse,
            "not-now" => OpeningWish::NotNow,
            _ => OpeningWish::Open,
        }
    }
}

/// The question that is asked.
#[derive(Clone)]
pub enum OpeningStep {
    /// `POST /opening` (`nir`; `wish` = `open`|`refuse`|`not-now`; button `do` = `ask`|`have`).
    Number {
        nir: String,
        wish: OpeningWish,
        /// Where the journey of this browser stands, when there is one.
        resume: Option<&'static str>,
        /// *Caisses* and their first days, and everybody's: during a pilot phase.
        days: Vec<String>,
    },
    /// Nothing is opened here online.
    Closed,
    /// `POST /opening/code` (`code`). SECURITY: the same for everybody, whatever is known of them.
    Code { code: String },
    /// `POST /opening/card` (`serial`).
    Card { serial: String },
    /// `POST /opening/consent` (checkboxes `consent`, `regulation_centre`, `break_glass`, `masked_in_emergency`).
    Consent { consent: bool, emergency: EmergencyChoices },
    /// `POST /opening/contact` (`email`, `mobile`).
    Contact { email: String, mobile: String },
    /// `POST /opening/security` (`identifier`).
    Security {
        identifier: String,
        /// Whether the code came by mail: it then serves to sign in too.
        by_mail: bool,
    },
    /// `POST /opening/refuse` when the code was proved; before, a link to `/opening?wish=refuse`.
    Refusal {
        may_confirm: bool,
        /// Whether records open by themselves unless somebody refuses.
        opens_by_itself: bool,
    },
    /// `POST /opening/turn`.
    Refused,
    /// `POST /opening/not-now` until it is done.
    NotNow {
        done: bool,
        /// Whether records open by themselves unless somebody refuses.
        opens_by_itself: bool,
    },
    /// Until when the place is kept; `None`: nothing was.
    Later { until: Option<Moment> },
}

/// A page of the opening. Forms: those of its step; on every step that has a journey `POST /opening/later`.
#[derive(Clone, Template)]
#[template(path = "opening/page.html")]
pub struct OpeningPage {
    pub shell: Shell,
    pub step: OpeningStep,
    pub problem: Option<OpeningProblem>,
}

silent_debug!(OpeningStep, OpeningPage);

impl OpeningPage {
    fn t(&self) -> &'static OpeningTexts {
        OpeningTexts::of(self.shell.lang)
    }

    fn invitation(&self) -> &'static InvitationTexts {
        InvitationTexts::of(self.shell.lang)
    }

    /// Words of the form that other ways of opening use too.
    fn states(&self) -> &'static StateTexts {
        StateTexts::of(self.shell.lang)
    }

    fn title(&self) -> &'static str {
        let t = self.t();
        match &self.step {
            OpeningStep::Number { wish: OpeningWish::Refuse, .. } | OpeningStep::Refusal { .. } => t.refuse_title,
            OpeningStep::NotNow { done: true, .. } => self.invitation().put_off_done,
            OpeningStep::Number { wish: OpeningWish::NotNow, .. } | OpeningStep::NotNow { .. } => self.invitation().put_off_title,
            OpeningStep::Number { .. } | OpeningStep::Closed => t.open_title,
            OpeningStep::Code { .. } => t.code_title,
            OpeningStep::Card { .. } => t.card_title,
            OpeningStep::Consent { .. } => t.step_consent,
            OpeningStep::Contact { .. } => t.step_contact,
            OpeningStep::Security { .. } => t.step_security,
            OpeningStep::Refused => t.refused_title,
            OpeningStep::Later { .. } => t.later_title,
        }
    }

    /// Number and name of the step; `None` on pages beside the way.
    fn progress(&self) -> Option<(u8, &'static str)> {
        let t = self.t();
        match &self.step {
            OpeningStep::Number { wish: OpeningWish::Open, .. } | OpeningStep::Code { .. } | OpeningStep::Card { .. } => Some((1, t.step_identity)),
            OpeningStep::Consent { .. } => Some((2, t.step_consent)),
            OpeningStep::Contact { .. } => Some((3, t.step_contact)),
            OpeningStep::Security { .. } => Some((4, t.step_security)),
            OpeningStep::Number { .. }
            | OpeningStep::Closed
            | OpeningStep::Refusal { .. }
            | OpeningStep::Refused
            | OpeningStep::NotNow { .. }
            | OpeningStep::Later { .. } => None,
        }
    }

    /// Where « Revenir » leads.
    fn back(&self) -> &'static str {
        match &self.step {
            OpeningStep::Contact { .. } => "/opening/consent",
            OpeningStep::Security { .. } => "/opening/contact",
            OpeningStep::Code { .. } | OpeningStep::Card { .. } | OpeningStep::Consent { .. } | OpeningStep::Refusal { .. } => "/opening",
            OpeningStep::Number { .. } | OpeningStep::Closed | OpeningStep::Refused | OpeningStep::NotNow { .. } | OpeningStep::Later { .. } => "/",
        }
    }

    /// Whether « Plus tard » keeps the place of a journey, or is a link that keeps nothing.
    fn keeps_place(&self) -> bool {
        match &self.step {
            OpeningStep::Code { .. }
            | OpeningStep::Card { .. }
            | OpeningStep::Consent { .. }
            | OpeningStep::Contact { .. }
            | OpeningStep::Security { .. } => true,
            OpeningStep::Number { .. }
            | OpeningStep::Closed
            | OpeningStep::Refusal { .. }
            | OpeningStep::Refused
            | OpeningStep::NotNow { .. }
            | OpeningStep::Later { .. } => false,
        }
    }

    /// Where « Plus tard » and « Revenir » stand at all.
    fn is_on_the_way(&self) -> bool {
        !matches!(self.step, OpeningStep::Refused | OpeningStep::NotNow { .. } | OpeningStep::Later { .. } | OpeningStep::Closed)
    }

    /// The field of the problem.
    fn field(&self) -> &'static str {
        match self.problem {
            Some(OpeningProblem::NirMissing | OpeningProblem::NirMalformed | OpeningProblem::NirKey) => "nir",
            Some(OpeningProblem::CodeMalformed | OpeningProblem::CodeWrong) => "code",
            Some(OpeningProblem::SerialMalformed | OpeningProblem::SerialWrong | OpeningProblem::SerialOver) => "serial",
            Some(OpeningProblem::ConsentMissing) => "consent",
            Some(OpeningProblem::EmailWrong) => "email",
            Some(OpeningProblem::MobileWrong) => "mobile",
            Some(
                OpeningProblem::IdentifierLength
                | OpeningProblem::IdentifierCharacters
                | OpeningProblem::IdentifierNumber
                | OpeningProblem::IdentifierTaken,
            ) => "identifier",
            Some(OpeningProblem::Minor | OpeningProblem::Exists) | None => "",
        }
    }

    fn is_wrong(&self, field: &str) -> bool {
        self.field() == field
    }

    /// Whether the record is there already: one signs in.
    fn exists(&self) -> bool {
        self.problem == Some(OpeningProblem::Exists)
    }

    /// Whether this way ends here: nothing that could be typed opens a record.
    fn is_shut(&self) -> bool {
        matches!(self.problem, Some(OpeningProblem::Minor | OpeningProblem::Exists))
    }

    fn problem_words(&self) -> Option<&'static str> {
        let t = self.t();
        self.problem.map(|problem| match problem {
            OpeningProblem::NirMissing => t.nir_missing,
            OpeningProblem::NirMalformed => t.nir_malformed,
            OpeningProblem::NirKey => t.nir_key,
            OpeningProblem::CodeMalformed => t.code_malformed,
            OpeningProblem::CodeWrong => t.code_wrong,
            OpeningProblem::SerialMalformed => t.serial_malformed,
            OpeningProblem::SerialWrong => t.serial_wrong,
            OpeningProblem::SerialOver => t.serial_over,
            OpeningProblem::ConsentMissing => t.consent_missing,
            OpeningProblem::EmailWrong => t.email_wrong,
            OpeningProblem::MobileWrong => t.mobile_wrong,
            OpeningProblem::IdentifierLength => t.identifier_length,
            OpeningProblem::IdentifierCharacters => t.identifier_characters,
            OpeningProblem::IdentifierNumber => t.identifier_number,
            OpeningProblem::IdentifierTaken => t.identifier_taken,
            OpeningProblem::Minor => t.minor,
            OpeningProblem::Exists => t.security_exists,
        })
    }

    /// What a field is described by: its hint, and its error when it has one.
    fn described(&self, field: &str) -> String {
        if self.is_wrong(field) { format!("{field}-error {field}-hint") } else { format!("{field}-hint") }
    }
}

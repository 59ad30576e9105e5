//! When there is no record to show: none yet, closed; and the receipt of an opening.

use askama::Template;
use dmp_core::moment::Moment;
use dmp_core::record::{Channel, ClosureReason, EmergencyChoices};

use crate::lang::silent_debug;
use crate::texts::closing::{ClosingTexts, problem_words};
use crate::texts::states::{StateTexts, channel_words, closure_words, open_problem_words};
use crate::{ClosingProblem, Shell};

/// A closed record.
///
/// Forms: `POST /reopen` (`csrf`), when [`ClosedRecord::may_reopen`]; `POST /close/destruction` (`csrf`; checkbox `sure`), when
/// [`ClosedRecord::may_request_destruction`]. Links: `/journal`, `/close/leaflet.pdf`.
#[derive(Clone, Template)]
#[template(path = "closed_record.html")]
pub struct ClosedRecord {
    pub shell: Shell,
    pub person: String,
    pub closed_at: Moment,
    pub reason: ClosureReason,
    /// Free words given at the closing.
    pub words: Option<String>,
    pub may_reopen: bool,
    pub may_request_destruction: bool,
    /// When the destruction was asked for, and from when on it takes place.
    pub destruction: Option<(Moment, Moment)>,
    /// The box of the destruction was not ticked.
    pub problem: Option<ClosingProblem>,
}

/// Why the opening form came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenProblem {
    /// The consent box was not ticked.
    ConsentMissing,
}

/// The opening form: keeps what was ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpenForm {
    pub consent: bool,
    pub emergency: EmergencyChoices,
    pub problem: Option<OpenProblem>,
}

/// No record yet.
///
/// Forms: `POST /open` (`csrf`; checkboxes `consent`, `regulation_centre`, `break_glass`, `masked_in_emergency`, each `on`
/// or absent), when [`NoRecord::may_open`].
#[derive(Clone, Template)]
#[template(path = "no_record.html")]
pub struct NoRecord {
    pub shell: Shell,
    pub person: String,
    /// Whether this is the person themself, not who acts for them.
    pub own: bool,
    pub may_open: bool,
    pub form: OpenForm,
}

/// The receipt of an opening (*document d'accusé de création*), made to be printed.
///
/// Links: `/`, `/settings/signin`, `/undo-opening`.
#[derive(Clone, Template)]
#[template(path = "receipt.html")]
pub struct Receipt {
    pub shell: Shell,
    pub person: String,
    /// Number of the receipt.
    pub number: String,
    pub at: Moment,
    pub channel: Channel,
    /// Who recorded the consent; `None` when it was the person.
    pub by: Option<String>,
    pub structure: Option<String>,
    pub emergency: EmergencyChoices,
    /// Whether the way to the means of signing in is shown: to whoever came without an account.
    pub shows_ways_back: bool,
    /// Until when the opening may be taken back by its reader.
    pub undo_until: Option<Moment>,
}

silent_debug!(ClosedRecord, NoRecord, Receipt);

impl ClosedRecord {
    fn t(&self) -> &'static StateTexts {
        StateTexts::of(self.shell.lang)
    }

    fn c(&self) -> &'static ClosingTexts {
        ClosingTexts::of(self.shell.lang)
    }

    fn problem_said(&self) -> Option<&'static str> {
        self.problem.map(|problem| problem_words(problem, self.shell.lang))
    }

    fn closure(&self) -> &'static str {
        closure_words(self.reason, self.shell.lang)
    }
}

impl NoRecord {
    fn t(&self) -> &'static StateTexts {
        StateTexts::of(self.shell.lang)
    }

    fn problem(&self) -> Option<&'static str> {
        self.form.problem.map(|problem| open_problem_words(problem, self.shell.lang))
    }
}

impl Receipt {
    fn t(&self) -> &'static StateTexts {
        StateTexts::of(self.shell.lang)
    }

    fn channel(&self) -> &'static str {
        channel_words(self.channel, self.shell.lang)
    }
}

//! The question whether an app may read, at `/oauth/authorize`, and what keeps it from being asked.

use askama::Template;

use crate::lang::silent_debug;
use crate::texts::apps::{AppProblemTexts, ConsentTexts, problem_words, reading_words, until_words};
use crate::{AppReading, Shell};

/// How long an app may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppUntil {
    Hour,
    Quarter,
    Year,
}

impl AppUntil {
    /// Every choice, the shortest first.
    pub const ALL: [AppUntil; 3] = [AppUntil::Hour, AppUntil::Quarter, AppUntil::Year];

    /// The value of the field `until`.
    pub fn code(self) -> &'static str {
        match self {
            AppUntil::Hour => "hour",
            AppUntil::Quarter => "quarter",
            AppUntil::Year => "year",
        }
    }

    /// From its value.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|until| until.code() == code)
    }
}

/// A part that the app asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedReading {
    pub reading: AppReading,
    /// Whether its box is ticked.
    pub chosen: bool,
}

/// The question.
///
/// Forms: `POST /oauth/authorize` (`csrf`, `request`, checkboxes `read`, radios `until`, buttons `decision` = `accept`|`refuse`). Links: the
/// publisher's page.
#[derive(Clone, Template)]
#[template(path = "app_consent_page.html")]
pub struct AppConsentPage {
    pub shell: Shell,
    pub app: String,
    pub publisher: String,
    /// Host or scheme that the answer goes to.
    pub goes_to: String,
    pub privacy: String,
    /// Whose record it is.
    pub person: String,
    pub own: bool,
    /// The app's own request, as it came: it is read again when the form comes back.
    pub request: String,
    pub asked: Vec<AskedReading>,
    /// Whether the app asks to come back without the person; without it, an hour is all.
    pub comes_back: bool,
    pub until: AppUntil,
    /// Every box was unticked and the form was accepted.
    pub nothing_chosen: bool,
}

/// What keeps the question from being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppProblem {
    /// Nobody is signed in yet.
    SignInFirst,
    /// No app of this name is registered.
    Unknown,
    /// The address of the answer is not registered for it.
    WrongAddress,
    Malformed,
    /// Whoever is signed in lets no app in here.
    MayNot,
    TooMany,
}

/// The page that says so.
///
/// Links: [`AppProblemPage::next`], `/`.
#[derive(Clone, Template)]
#[template(path = "app_problem_page.html")]
pub struct AppProblemPage {
    pub shell: Shell,
    pub problem: AppProblem,
    /// Where to go on: the next page of ours, or back to the app with its refusal. Never an address that is not registered.
    pub next: Option<String>,
}

silent_debug!(AppConsentPage, AppProblemPage);

impl AppConsentPage {
    fn t(&self) -> &'static ConsentTexts {
        ConsentTexts::of(self.shell.lang)
    }

    fn words(&self, asked: &AskedReading) -> &'static str {
        reading_words(asked.reading, self.own, self.shell.lang)
    }

    fn untils(&self) -> Vec<(&'static str, &'static str, bool)> {
        AppUntil::ALL.into_iter().map(|until| (until.code(), until_words(until, self.shell.lang), until == self.until)).collect()
    }

    fn for_a_minor(&self) -> bool {
        self.shell.acting.as_ref().is_some_and(|acting| acting.minor)
    }
}

impl AppProblemPage {
    fn t(&self) -> &'static AppProblemTexts {
        AppProblemTexts::of(self.shell.lang)
    }

    fn title(&self) -> &'static str {
        problem_words(self.problem, self.shell.lang).0
    }

    fn words(&self) -> &'static str {
        problem_words(self.problem, self.shell.lang).1
    }

    fn next_words(&self) -> &'static str {
        if self.problem == AppProblem::SignInFirst { self.t().go_on } else { self.t().back_to_app }
    }
}

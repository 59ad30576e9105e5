//! A professional may not open this record now: words that betray nothing, and the two ways that the law gives.

use askama::Template;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::pro_denied::{DeniedTexts, break_glass_words, centre_told_words, told_words};

/// The person is here and agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ConsentForm {
    /// Sent without the box ticked.
    pub missing: bool,
}

/// Why the emergency form came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakGlassProblem {
    ReasonMissing,
    /// Longer than the form allows.
    ReasonTooLong,
    /// At least one of the two attestations is not ticked.
    AttestationsMissing,
}

/// The emergency form: keeps what was typed and ticked.
#[derive(Clone, Default)]
pub struct BreakGlassForm {
    pub reason: String,
    pub unable_to_consent: bool,
    pub immediate_risk: bool,
    pub problem: Option<BreakGlassProblem>,
}

/// A record that does not open, at `/pro/patients/{pid}`. The same page, byte for byte, whether the person has no record, a
/// closed one, or one that this professional may not read; the server chooses the two forms by who asks, never by what is there.
///
/// Links: `/pro`. Forms: `POST /pro/patients/{pid}/consent` (`csrf`, checkboxes `consent`, `lasting`);
/// `POST /pro/patients/{pid}/regulation` (`csrf`);
/// `POST /pro/patients/{pid}/break-glass` (`csrf`, `reason`, checkboxes `unable_to_consent`, `immediate_risk`).
#[derive(Clone, Template)]
#[template(path = "pro_denied.html")]
pub struct ProDenied {
    pub shell: Shell,
    pub pid: String,
    /// The professional's name, profession, structure: what the person will be told.
    pub professional: String,
    /// `None`: this caller may not ask (an insurer, an agent).
    pub consent: Option<ConsentForm>,
    /// `None`: this caller may not (not a health professional).
    pub break_glass: Option<BreakGlassForm>,
    /// Whether this caller is a regulating doctor of SAMU-Centre 15.
    pub regulates: bool,
}

silent_debug!(BreakGlassForm, ProDenied);

impl ProDenied {
    /// Longest reason accepted, in characters; also the field's `maxlength`.
    pub const REASON_CHARS_MAX: usize = 500;

    fn t(&self) -> &'static DeniedTexts {
        DeniedTexts::of(self.shell.lang)
    }

    fn problem(&self) -> Option<&'static str> {
        self.break_glass.as_ref().and_then(|form| form.problem).map(|problem| break_glass_words(problem, self.shell.lang))
    }

    fn lacks_attestation(&self) -> bool {
        self.has_problem(BreakGlassProblem::AttestationsMissing)
    }

    fn lacks_reason(&self) -> bool {
        self.has_problem(BreakGlassProblem::ReasonMissing) || self.has_problem(BreakGlassProblem::ReasonTooLong)
    }

    fn has_problem(&self, problem: BreakGlassProblem) -> bool {
        self.break_glass.as_ref().is_some_and(|form| form.problem == Some(problem))
    }

    fn centre_told(&self) -> String {
        centre_told_words(&self.professional, self.shell.lang)
    }

    fn told(&self) -> String {
        told_words(&self.professional, self.shell.lang)
    }
}

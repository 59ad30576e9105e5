//! The professional's first page: open a person's record by INS.

use askama::Template;
use dmp_core::identity::{BirthDate, Sex};
use dmp_core::moment::Moment;
use dmp_core::record::NoticeKind;

use crate::lang::silent_debug;
use crate::texts::correction::CorrectionTexts;
use crate::texts::pro::{ProTexts, emergency_words, ins_words, sex_words};
use crate::{AuthorLine, Shell, WaitingCorrection, dates};

/// Why the INS typed did not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InsProblem {
    Missing,
    /// Not fifteen characters.
    Malformed,
    /// The last two digits do not agree with the first thirteen.
    WrongKey,
    /// A number of the other world: real in a sandbox, invented in production.
    OtherWorld,
}

/// A person whose record was opened lately by this professional.
#[derive(Clone)]
pub struct RecentPatient {
    /// Sealed id: link `/pro/patients/{pid}`.
    pub pid: String,
    pub name: String,
    pub birth_date: BirthDate,
    pub sex: Sex,
    pub opened_at: Moment,
}

/// An access in an emergency to the record of a person whose *médecin traitant* is signed in.
#[derive(Clone)]
pub struct EmergencyLine {
    pub pid: String,
    pub name: String,
    pub kind: NoticeKind,
    pub at: Moment,
    /// Who came in.
    pub by: String,
}

/// The five strict traits, as they were typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct IdentityForm {
    pub family: String,
    pub given: String,
    /// `1979-03-28`.
    pub birth: String,
    /// `F` or `M`.
    pub sex: String,
    /// INSEE code of the place of birth, five characters.
    pub place: String,
    /// Not all five are there, or one is not of its form.
    pub incomplete: bool,
}

/// Find a patient, at `/pro`.
///
/// Links: `/pro/patients/{pid}`, `/pro?emergencies=…`. Forms: `POST /pro` (`csrf`, `ins`: a number, what a reader of cards
/// types, or the address of a code that the person shows): the number never stands in a URL; `POST /pro/identity` (`csrf`, `family`, `given`,
/// `birth`, `sex`, `place`).
#[derive(Clone, Template)]
#[template(path = "pro_search.html")]
pub struct ProSearch {
    pub shell: Shell,
    /// The professional who is signed in.
    pub professional: AuthorLine,
    /// What was typed, kept on error.
    pub ins: String,
    pub problem: Option<InsProblem>,
    pub identity: IdentityForm,
    /// Newest first.
    pub recent: Vec<RecentPatient>,
    /// Emergency accesses to this doctor's patients, newest first.
    pub emergencies: Vec<EmergencyLine>,
    /// The page of older ones, when there are any.
    pub older_emergencies: Option<usize>,
    /// Requests to correct a document that wait for this professional, the longest waiting first.
    pub corrections: Vec<WaitingCorrection>,
}

silent_debug!(RecentPatient, EmergencyLine, IdentityForm, ProSearch);

impl ProSearch {
    fn correction_texts(&self) -> &'static CorrectionTexts {
        CorrectionTexts::of(self.shell.lang)
    }

    fn t(&self) -> &'static ProTexts {
        ProTexts::of(self.shell.lang)
    }

    fn problem_words(&self) -> Option<&'static str> {
        self.problem.map(|problem| ins_words(problem, self.shell.lang))
    }

    fn birth(&self, patient: &RecentPatient) -> String {
        dates::birth_date(patient.birth_date, self.shell.lang)
    }

    fn emergency(&self, line: &EmergencyLine) -> String {
        emergency_words(line.kind, &line.by, self.shell.lang)
    }

    fn sex(&self, patient: &RecentPatient) -> &'static str {
        sex_words(patient.sex, self.shell.lang)
    }
}

//! Children, people whom somebody helps, and helpers: whose record to work in, who works in this one, what a minor decides.

use askama::Template;
use dmp_core::moment::Moment;

use crate::lang::silent_debug;
use crate::texts::relatives::{RelativesTexts, helper_words, invite_words, past_words};
use crate::{Lang, Shell};

/// A record that the visitor may work in: their own, a child's, that of somebody they help.
#[derive(Clone)]
pub struct ActingLine {
    /// Value of the field `record`: the sealed record, or `own`.
    pub record: String,
    /// Value of the field `kind`: `patient`, `representative`, `helper`.
    pub kind: &'static str,
    pub person: String,
    pub minor: bool,
    /// End of the mandate, when it has one.
    pub until: Option<Moment>,
    /// The session works in it now.
    pub here: bool,
}

/// An invitation that waits for the visitor's answer.
#[derive(Clone)]
pub struct InvitationLine {
    pub record: String,
    /// `helper` or `representative`.
    pub kind: &'static str,
    pub person: String,
    pub answer_by: Option<Moment>,
    pub until: Option<Moment>,
}

/// A record that the visitor worked in and does no more. SECURITY: says nothing that the visitor does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PastLine {
    /// A child of this year of birth, of age by now.
    OfAge { born: i16 },
    /// A mandate that ended on this day.
    Ended { at: Option<Moment> },
}

/// Somebody who helps or represents the person of this record.
#[derive(Clone)]
pub struct HelperLine {
    /// Value of the field `account`: sealed.
    pub account: String,
    pub name: String,
    pub representative: bool,
    pub since: Moment,
    pub until: Option<Moment>,
    /// Invited, and did not answer yet.
    pub invited: bool,
    /// The visitor may end it.
    pub may_end: bool,
}

/// What is wrong with an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InviteProblem {
    NameMissing,
    NumberMalformed,
    /// The number's control key does not fit.
    NumberKey,
    /// It is the person's own number.
    NumberOwn,
    DateMissing,
    DatePast,
    /// This person helps already, or is invited.
    Already,
    /// Three helpers already.
    TooMany,
    /// Ten invitations this month already.
    TooOften,
}

/// Who may be invited: a helper by an adult, the other parent by a parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invited {
    Helper,
    Parent,
}

/// The form of an invitation: keeps what was typed.
#[derive(Clone, Default)]
pub struct InviteForm {
    pub given: String,
    pub family: String,
    pub number: String,
    pub until: String,
    pub problem: Option<InviteProblem>,
}

/// Relatives, at `/relatives`.
///
/// Forms (all with `csrf`): `POST /relatives/switch` (`record`, `kind`), `POST /relatives/answer` (`record`, `kind`, `answer` = `accept`|`decline`),
/// `POST /relatives/invite` (`as` = `helper`|`parent`, `given`, `family`, `number`, `until`), `POST /relatives/end` (`account`), `POST /relatives/stop` (`record`).
#[derive(Clone, Template)]
#[template(path = "relatives_page.html")]
pub struct RelativesPage {
    pub shell: Shell,
    /// Records to work in, the visitor's own first.
    pub records: Vec<ActingLine>,
    pub invitations: Vec<InvitationLine>,
    pub past: Vec<PastLine>,
    /// Name of whom the section on helpers is about; `None`: the visitor may not know them.
    pub person: Option<String>,
    /// The section is about the visitor's own record.
    pub own: bool,
    /// The person of this record is under 18.
    pub minor: bool,
    pub helpers: Vec<HelperLine>,
    /// Whom the visitor may invite.
    pub may_invite: Option<Invited>,
    pub form: InviteForm,
}

/// A record that is not open to who acts for somebody, or no more.
///
/// Links: `/relatives`.
#[derive(Clone, Template)]
#[template(path = "shut_record.html")]
pub struct ShutRecord {
    pub shell: Shell,
}

silent_debug!(ActingLine, InvitationLine, HelperLine, InviteForm, RelativesPage, ShutRecord);

impl ActingLine {
    fn is_own(&self) -> bool {
        self.kind == "patient"
    }

    fn is_helped(&self) -> bool {
        self.kind == "helper"
    }
}

impl RelativesPage {
    fn t(&self) -> &'static RelativesTexts {
        RelativesTexts::of(self.shell.lang)
    }

    fn children(&self) -> Vec<&ActingLine> {
        self.records.iter().filter(|line| line.kind == "representative").collect()
    }

    fn helped(&self) -> Vec<&ActingLine> {
        self.records.iter().filter(|line| line.is_helped()).collect()
    }

    fn mine(&self) -> Vec<&ActingLine> {
        self.records.iter().filter(|line| line.is_own()).collect()
    }

    fn past_words(&self, line: &PastLine) -> String {
        past_words(*line, self.shell.lang)
    }

    fn helper(&self, line: &HelperLine) -> String {
        helper_words(line, self.shell.lang)
    }

    fn is_parent(&self, invited: &Invited) -> bool {
        *invited == Invited::Parent
    }

    fn problem(&self) -> Option<&'static str> {
        self.form.problem.map(|problem| invite_words(problem, self.shell.lang))
    }

    /// The field that is wrong.
    fn wrong(&self) -> &'static str {
        match self.form.problem {
            Some(InviteProblem::NameMissing) => "given",
            Some(InviteProblem::DateMissing | InviteProblem::DatePast) => "until",
            Some(
                InviteProblem::NumberMalformed
                | InviteProblem::NumberKey
                | InviteProblem::NumberOwn
                | InviteProblem::Already
                | InviteProblem::TooMany
                | InviteProblem::TooOften,
            ) => "number",
            None => "",
        }
    }

    fn is_wrong(&self, field: &str) -> bool {
        self.wrong() == field
    }

    /// Attribute of a field: what describes it, and whether it is wrong.
    fn described(&self, field: &str) -> String {
        if self.is_wrong(field) {
            format!(" aria-invalid=\"true\" aria-describedby=\"invite-error {field}-hint\"")
        } else {
            format!(" aria-describedby=\"{field}-hint\"")
        }
    }
}

impl ShutRecord {
    fn t(&self) -> &'static RelativesTexts {
        let lang: Lang = self.shell.lang;
        RelativesTexts::of(lang)
    }
}

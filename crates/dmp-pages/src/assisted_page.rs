//! Opening a record with the person who stands before one: the same four screens for a professional and for an agent at a counter.

use askama::Template;
use dmp_core::identity::{BirthDate, Sex};
use dmp_core::moment::Moment;
use dmp_core::record::{Channel, EmergencyChoices, FamilyRole};
use dmp_core::territory::NotYet;

use crate::chart::{Svg, qr};
use crate::lang::silent_debug;
use crate::texts::assisted::{AssistedTexts, role_words};
use crate::texts::opening::OpeningTexts;
use crate::texts::pro::{ins_words, sex_words};
use crate::texts::states::{StateTexts, channel_words};
use crate::{InsProblem, Shell, dates};

/// What is wrong with what was typed, or why it goes no further.
#[derive(Clone, PartialEq, Eq)]
pub enum AssistedProblem {
    Ins(InsProblem),
    /// The insurer knows nobody under the number.
    Unknown,
    /// The insurer does not answer.
    Unavailable,
    /// Records of this *caisse* do not open yet.
    NotYet(NotYet),
    Exists,
    ConsentMissing,
    ReasonMissing,
    /// Who agrees for a minor is not told, or not whole.
    RepresentativeMissing,
    EmailWrong,
    MobileWrong,
    ContactMissing,
}

/// Who stands there, as the insurer names them.
#[derive(Clone, PartialEq, Eq)]
pub struct AssistedPerson {
    pub name: String,
    pub birth_date: BirthDate,
    pub sex: Sex,
    /// Their number: goes along in hidden fields, never in an address.
    pub ins: String,
    pub minor: bool,
}

/// What was answered on the screen of the agreement; goes along in hidden fields.
#[derive(Clone, PartialEq, Eq)]
pub struct AssistedAnswers {
    pub consent: bool,
    pub emergency: EmergencyChoices,
    /// The channels that fit who opens; asked when there are two.
    pub channels: Vec<Channel>,
    pub channel: Channel,
    /// The nurse's.
    pub reason: String,
    pub representative: AssistedRepresentative,
}

/// Who agrees for a minor or a protected adult, as it was typed.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct AssistedRepresentative {
    pub given: String,
    pub family: String,
    pub role: Option<FamilyRole>,
}

/// Where an e-mail address and a mobile come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactChoice {
    Known,
    None,
    Own,
}

/// The question that is asked.
#[derive(Clone)]
pub enum AssistedStep {
    /// `POST {base}` (`ins`: a number, or what a reader of cards types).
    Card {
        ins: String,
        /// Name and first day of each *caisse* that has one, and the general day: during a pilot phase.
        days: Vec<(String, String)>,
        general: Option<String>,
    },
    /// Nothing is opened here.
    Closed,
    /// `POST {base}/consent` (`ins`; checkboxes `consent`, `regulation_centre`, `break_glass`, `masked_in_emergency`; `channel`; `reason`;
    /// `representative_given`, `representative_family`, `representative_role`; button `do` = `refuse`).
    Consent { person: AssistedPerson, answers: AssistedAnswers },
    /// `POST {base}/contact` (the same as hidden fields; `contact` = `known`|`none`|`own`; `email`, `mobile`).
    Contact { person: AssistedPerson, answers: AssistedAnswers, choice: ContactChoice, email: String, mobile: String },
    /// Nothing was opened; `true`: the refusal was written down.
    Refused { noted: bool },
}

/// A screen. `base`: `/pro/open` or `/accueil/ouvrir`.
#[derive(Clone, Template)]
#[template(path = "assisted/page.html")]
pub struct AssistedPage {
    pub shell: Shell,
    pub base: &'static str,
    pub step: AssistedStep,
    pub problem: Option<AssistedProblem>,
}

/// The paper that the person takes home (*document d'accusé de création*), on screen for a quarter of an hour.
///
/// Links: `{base}`, `/pro/patients/{pid}`. Form: `POST {base}/cancel` (`csrf`, `record`).
#[derive(Clone, Template)]
#[template(path = "assisted/receipt.html")]
pub struct AssistedReceipt {
    pub shell: Shell,
    pub base: &'static str,
    pub person: String,
    pub number: String,
    pub at: Moment,
    pub channel: Channel,
    pub by: String,
    pub structure: Option<String>,
    pub emergency: EmergencyChoices,
    /// Address of the site, without its scheme.
    pub address: String,
    /// Address of the help, for the code to photograph.
    pub help: String,
    /// Identifier and codes, handed out to who has no other way.
    pub codes: Option<(String, Vec<String>)>,
    /// Whether mails or texts reach the person.
    pub reachable: bool,
    /// Who agreed for the person.
    pub agreed_by: Option<(String, FamilyRole)>,
    /// Sealed id of the record, for cancelling and for going on to it.
    pub record: String,
    pub may_cancel: bool,
}

silent_debug!(AssistedProblem, AssistedPerson, AssistedRepresentative, AssistedAnswers, AssistedStep, AssistedPage, AssistedReceipt);

impl AssistedPage {
    fn t(&self) -> &'static AssistedTexts {
        AssistedTexts::of(self.shell.lang)
    }

    /// What is read aloud is what the person reads when they open it themself.
    fn spoken(&self) -> &'static OpeningTexts {
        OpeningTexts::of(self.shell.lang)
    }

    fn title(&self) -> &'static str {
        let t = self.t();
        match &self.step {
            AssistedStep::Card { .. } | AssistedStep::Closed => t.title,
            AssistedStep::Consent { .. } => t.step_consent,
            AssistedStep::Contact { .. } => t.step_contact,
            AssistedStep::Refused { .. } => t.refused_title,
        }
    }

    fn progress(&self) -> Option<(u8, &'static str)> {
        let t = self.t();
        match &self.step {
            AssistedStep::Card { .. } => Some((1, t.step_card)),
            AssistedStep::Consent { .. } => Some((2, t.step_consent)),
            AssistedStep::Contact { .. } => Some((3, t.step_contact)),
            AssistedStep::Closed | AssistedStep::Refused { .. } => None,
        }
    }

    fn problem_words(&self) -> Option<String> {
        let (t, lang) = (self.t(), self.shell.lang);
        let words = match self.problem.as_ref()? {
            AssistedProblem::Ins(problem) => ins_words(*problem, lang),
            AssistedProblem::Unknown => t.unknown,
            AssistedProblem::Unavailable => t.unavailable,
            AssistedProblem::NotYet(not_yet) => {
                let (fr, en) = not_yet.words();
                return Some(lang.pick(&fr, &en).to_owned());
            }
            AssistedProblem::Exists => t.exists,
            AssistedProblem::ConsentMissing => t.consent_missing,
            AssistedProblem::ReasonMissing => t.reason_missing,
            AssistedProblem::RepresentativeMissing => t.representative_missing,
            AssistedProblem::EmailWrong => t.email_wrong,
            AssistedProblem::MobileWrong => t.mobile_wrong,
            AssistedProblem::ContactMissing => t.contact_missing,
        };
        Some(words.to_owned())
    }

    /// The field that the problem is about.
    fn field(&self) -> &'static str {
        match self.problem {
            Some(AssistedProblem::ConsentMissing) => "consent",
            Some(AssistedProblem::ReasonMissing) => "reason",
            Some(AssistedProblem::RepresentativeMissing) => "representative",
            Some(AssistedProblem::EmailWrong | AssistedProblem::ContactMissing) => "email",
            Some(AssistedProblem::MobileWrong) => "mobile",
            Some(AssistedProblem::Ins(_) | AssistedProblem::Unknown) => "ins",
            // Nothing that could be typed opens a record.
            Some(AssistedProblem::Unavailable | AssistedProblem::NotYet(_) | AssistedProblem::Exists) | None => "",
        }
    }

    fn is_wrong(&self, field: &str) -> bool {
        self.field() == field
    }

    fn birth(&self, person: &AssistedPerson) -> String {
        dates::birth_date(person.birth_date, self.shell.lang)
    }

    fn sex(&self, person: &AssistedPerson) -> &'static str {
        sex_words(person.sex, self.shell.lang)
    }

    fn asks_reason(&self, answers: &AssistedAnswers) -> bool {
        answers.channels.contains(&Channel::Nurse)
    }

    fn channel_label(&self, channel: &Channel) -> &'static str {
        let t = self.t();
        if *channel == Channel::Establishment { t.channel_establishment } else { t.channel_own }
    }

    /// Whether the question who agrees for the person stands open: of a minor, and where something was typed.
    fn asks_representative(&self, person: &AssistedPerson, answers: &AssistedAnswers) -> bool {
        person.minor || answers.representative != AssistedRepresentative::default() || self.is_wrong("representative")
    }

    /// Word, name, and whether it is the chosen one, of each role.
    fn roles(&self, answers: &AssistedAnswers) -> Vec<(&'static str, &'static str, bool)> {
        FamilyRole::ALL.into_iter().map(|role| (role.code(), role_words(role, self.shell.lang), answers.representative.role == Some(role))).collect()
    }

    fn role_code(&self, answers: &AssistedAnswers) -> &'static str {
        answers.representative.role.map_or("", FamilyRole::code)
    }

    fn chosen(&self, choice: &ContactChoice, code: &str) -> bool {
        code == choice.code()
    }
}

impl ContactChoice {
    /// The word of the form.
    pub fn code(self) -> &'static str {
        match self {
            ContactChoice::Known => "known",
            ContactChoice::None => "none",
            ContactChoice::Own => "own",
        }
    }

    /// From the word.
    pub fn from_code(code: &str) -> Option<Self> {
        [ContactChoice::Known, ContactChoice::None, ContactChoice::Own].into_iter().find(|one| one.code() == code)
    }
}

impl AssistedReceipt {
    fn t(&self) -> &'static AssistedTexts {
        AssistedTexts::of(self.shell.lang)
    }

    fn states(&self) -> &'static StateTexts {
        StateTexts::of(self.shell.lang)
    }

    fn channel(&self) -> &'static str {
        channel_words(self.channel, self.shell.lang)
    }

    fn role(&self, role: &FamilyRole) -> &'static str {
        role_words(*role, self.shell.lang)
    }

    fn help_code(&self) -> Option<Svg> {
        qr(&self.help, "120", self.t().receipt_help)
    }
}

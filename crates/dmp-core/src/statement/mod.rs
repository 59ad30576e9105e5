//! What the person says of themself (`ux.md` 6.1 `/ajouter`, `domain.md` 4.7): one thing a document, in their own words.
//!
//! A [`Draft`] is what was typed; [`Statement::parse`] checks it; [`Statement::facts`] says it in the words of the summary, whose
//! extraction reads it again from the document that was written ([`Statement::of`]).

mod facts;
mod field;
mod measure;
mod parse;
mod title;

use crate::summary::{Criticality, When};

pub use facts::{ORGANS, all_text};
pub use field::FileFlaw;
pub use field::{Draft, Field, Flaw};
pub use measure::Measure;
pub use measure::Quantity;
pub use title::{title_of_file, type_of_file};

/// Kinds of statement, each with a form of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementKind {
    Allergy,
    Measure(Measure),
    /// A medicine taken without a prescription.
    Medicine,
    /// An illness of a relative.
    Family,
    /// Advance directives, written here.
    Directives,
    /// Advance directives that lie elsewhere: where, and with whom.
    DirectivesKept,
    /// Wishes about organ donation.
    Organs,
    /// Somebody to call, or the person of trust.
    Contact,
}

impl StatementKind {
    /// Every kind, in the order of the page.
    pub const ALL: [StatementKind; 14] = [
        StatementKind::Allergy,
        StatementKind::Medicine,
        StatementKind::Measure(Measure::Weight),
        StatementKind::Measure(Measure::Height),
        StatementKind::Measure(Measure::BloodPressure),
        StatementKind::Measure(Measure::Glucose),
        StatementKind::Measure(Measure::Temperature),
        StatementKind::Measure(Measure::HeartRate),
        StatementKind::Measure(Measure::Oxygen),
        StatementKind::Family,
        StatementKind::Contact,
        StatementKind::Directives,
        StatementKind::DirectivesKept,
        StatementKind::Organs,
    ];

    /// The word of its address, `/add/{code}`.
    pub fn code(self) -> &'static str {
        match self {
            StatementKind::Allergy => "allergy",
            StatementKind::Measure(measure) => measure.code(),
            StatementKind::Medicine => "medicine",
            StatementKind::Family => "family",
            StatementKind::Directives => "directives",
            StatementKind::DirectivesKept => "directives-kept",
            StatementKind::Organs => "organs",
            StatementKind::Contact => "contact",
        }
    }

    /// From its word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The fields of its form, in their order.
    pub fn fields(self) -> &'static [Field] {
        match self {
            StatementKind::Allergy => &[Field::Substance, Field::Reaction, Field::Severity, Field::Since],
            StatementKind::Measure(Measure::BloodPressure) => &[Field::Value, Field::Second, Field::Day, Field::Time],
            StatementKind::Measure(_) => &[Field::Value, Field::Day, Field::Time],
            StatementKind::Medicine => &[Field::Medicine, Field::Dose, Field::Since],
            StatementKind::Family => &[Field::Relation, Field::Illness],
            StatementKind::Directives => &[Field::Words],
            StatementKind::DirectivesKept => &[Field::Place, Field::Holder, Field::Phone],
            StatementKind::Organs => &[Field::Wish, Field::Note],
            StatementKind::Contact => &[Field::Role, Field::Name, Field::Tie, Field::Phone],
        }
    }

    /// Type of the document (JDV_J66): the medical profile for what describes health, wishes and rights for the rest.
    pub fn type_code(self) -> &'static str {
        match self {
            StatementKind::Allergy | StatementKind::Measure(_) | StatementKind::Medicine | StatementKind::Family => "DOCPAT08",
            StatementKind::Directives | StatementKind::DirectivesKept => "EXPPAT_3",
            StatementKind::Organs | StatementKind::Contact => "EXPPAT_1",
        }
    }
}

/// A wish about organ donation. The law presumes consent (CSP L.1232-1); a refusal counts in the national register alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Agrees,
    Refuses,
    /// Some organs or tissues only: the note says which.
    Limits,
}

impl Wish {
    /// Every wish.
    pub const ALL: [Wish; 3] = [Wish::Agrees, Wish::Refuses, Wish::Limits];

    /// The word of the form.
    pub fn code(self) -> &'static str {
        match self {
            Wish::Agrees => "yes",
            Wish::Refuses => "no",
            Wish::Limits => "some",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Wish::Agrees => "accord pour donner ses organes après sa mort",
            Wish::Refuses => "refus de donner ses organes après sa mort",
            Wish::Limits => "accord pour une partie des organes",
        }
    }
}

/// What somebody is to the person in an emergency (R_HL7 RoleClass `ECON`, `NOK` as the CI-SIS uses them).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// *Personne à prévenir*.
    Call,
    /// *Personne de confiance* (CSP L.1111-6).
    Trust,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 2] = [Role::Call, Role::Trust];

    /// The word of the form.
    pub fn code(self) -> &'static str {
        match self {
            Role::Call => "call",
            Role::Trust => "trust",
        }
    }

    /// `classCode` of the associated entity.
    pub fn class(self) -> &'static str {
        match self {
            Role::Call => "ECON",
            Role::Trust => "NOK",
        }
    }

    /// In words, as the extraction names it.
    pub fn words(self) -> &'static str {
        match self {
            Role::Call => "Personne à prévenir en cas d'urgence",
            Role::Trust => "Personne de confiance",
        }
    }
}

/// One thing that the person says, checked. Words are trimmed and hold no control sign; optional ones may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    Allergy {
        substance: String,
        reaction: String,
        severity: Criticality,
        since: Option<When>,
    },
    /// Values are decimal numbers with a point, in the unit of the measure.
    Measure {
        what: Measure,
        value: String,
        second: Option<String>,
        at: When,
    },
    Medicine {
        name: String,
        dose: String,
        since: Option<When>,
    },
    Family {
        relation: String,
        illness: String,
    },
    /// Lines are told apart by line feeds.
    Directives {
        words: String,
    },
    DirectivesKept {
        place: String,
        holder: String,
        phone: String,
    },
    Organs {
        wish: Wish,
        note: String,
    },
    Contact {
        role: Role,
        name: String,
        tie: String,
        phone: String,
    },
}

impl Statement {
    /// Its kind.
    pub fn kind(&self) -> StatementKind {
        match self {
            Statement::Allergy { .. } => StatementKind::Allergy,
            Statement::Measure { what, .. } => StatementKind::Measure(*what),
            Statement::Medicine { .. } => StatementKind::Medicine,
            Statement::Family { .. } => StatementKind::Family,
            Statement::Directives { .. } => StatementKind::Directives,
            Statement::DirectivesKept { .. } => StatementKind::DirectivesKept,
            Statement::Organs { .. } => StatementKind::Organs,
            Statement::Contact { .. } => StatementKind::Contact,
        }
    }

    /// The day that it speaks of, when it names one to the day.
    pub fn day(&self) -> Option<When> {
        match self {
            Statement::Measure { at, .. } => Some(*at),
            _ => None,
        }
    }
}

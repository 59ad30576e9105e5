//! Fields of the forms, what was typed into them, and what can be wrong with it.

use std::collections::BTreeMap;

/// A field. Its word is the name in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Substance,
    Reaction,
    Severity,
    /// A day, a month or a year.
    Since,
    Value,
    /// The second of two values.
    Second,
    Day,
    Time,
    Medicine,
    Dose,
    Relation,
    Illness,
    /// The text of advance directives.
    Words,
    Place,
    Holder,
    Phone,
    Wish,
    Note,
    Role,
    Name,
    Tie,
    /// Of a file: title, type, and the file itself.
    Title,
    Type,
    File,
}

impl Field {
    /// Its name in the form.
    pub fn name(self) -> &'static str {
        match self {
            Field::Substance => "substance",
            Field::Reaction => "reaction",
            Field::Severity => "severity",
            Field::Since => "since",
            Field::Value => "value",
            Field::Second => "second",
            Field::Day => "day",
            Field::Time => "time",
            Field::Medicine => "medicine",
            Field::Dose => "dose",
            Field::Relation => "relation",
            Field::Illness => "illness",
            Field::Words => "words",
            Field::Place => "place",
            Field::Holder => "holder",
            Field::Phone => "phone",
            Field::Wish => "wish",
            Field::Note => "note",
            Field::Role => "role",
            Field::Name => "name",
            Field::Tie => "tie",
            Field::Title => "title",
            Field::Type => "type",
            Field::File => "file",
        }
    }

    /// Most characters of it.
    pub fn length_max(self) -> usize {
        match self {
            Field::Words => 20_000,
            Field::Note => 500,
            Field::Severity | Field::Since | Field::Value | Field::Second | Field::Day | Field::Time | Field::Wish | Field::Role | Field::Type => 20,
            Field::Phone => 30,
            Field::Substance
            | Field::Reaction
            | Field::Medicine
            | Field::Dose
            | Field::Relation
            | Field::Illness
            | Field::Place
            | Field::Holder
            | Field::Name
            | Field::Tie
            | Field::Title
            | Field::File => 120,
        }
    }
}

/// What was typed, by the name of the field.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Draft(pub BTreeMap<String, String>);

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Draft(…)")
    }
}

impl Draft {
    /// What was typed into a field; empty when nothing was.
    pub fn get(&self, field: Field) -> &str {
        self.0.get(field.name()).map_or("", String::as_str)
    }

    /// Puts a value; an empty one is none.
    pub fn put(&mut self, field: Field, value: impl Into<String>) {
        self.0.insert(field.name().to_owned(), value.into());
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Flaw {
    Missing,
    /// More characters than this.
    TooLong(usize),
    NotANumber,
    /// Outside of what is plausible: from, to, in the unit.
    OutOfRange(f64, f64, &'static str),
    /// The lower pressure is not below the upper one.
    NotBelow,
    NotADate,
    NotATime,
    InTheFuture,
    NotAPhone,
    /// Nothing that the form offers.
    NotOffered,
    /// Letters are needed: numbers or signs alone name nothing.
    NoWords,
    File(FileFlaw),
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFlaw {
    Empty,
    TooLarge,
    /// None of the formats that are taken.
    UnknownFormat,
    /// A photo in the format of some telephones (HEIC).
    Heic,
    /// A word-processor document.
    Office,
    /// It opens with a password, or is damaged.
    Unreadable,
}

//! The timeline: what happened, year by year, each event with the document that says it.

use askama::Template;
use dmp_core::summary::When;

use crate::lang::silent_debug;
use crate::texts::timeline::TimelineTexts;
use crate::{Lang, Reader, Shell, dates};

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventKind {
    Illness,
    Operation,
    Stay,
    Vaccine,
    /// One document, or those of one episode.
    Document,
}

impl EventKind {
    /// Every kind, in the order of the filter.
    pub const ALL: [EventKind; 5] = [EventKind::Illness, EventKind::Operation, EventKind::Stay, EventKind::Vaccine, EventKind::Document];

    /// A stable word for addresses.
    pub fn code(self) -> &'static str {
        match self {
            EventKind::Illness => "illness",
            EventKind::Operation => "operation",
            EventKind::Stay => "stay",
            EventKind::Vaccine => "vaccine",
            EventKind::Document => "document",
        }
    }

    /// From its word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub(crate) fn words(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            EventKind::Illness => ("Maladie", "Illness"),
            EventKind::Operation => ("Opération, acte", "Operation, act"),
            EventKind::Stay => ("Séjour", "Stay"),
            EventKind::Vaccine => ("Vaccin", "Vaccine"),
            EventKind::Document => ("Document", "Document"),
        };
        lang.pick(fr, en)
    }
}

/// One event.
#[derive(Clone, PartialEq, Eq)]
pub struct TimelineEvent {
    pub when: When,
    pub kind: EventKind,
    /// In the words of the source.
    pub title: String,
    /// Who wrote it or did it; may be empty.
    pub by: String,
    /// The proof.
    pub href: String,
}

/// A choice of a filter.
#[derive(Clone, PartialEq, Eq)]
pub struct FilterChoice {
    pub code: String,
    pub words: String,
    pub chosen: bool,
}

/// The timeline, at `/timeline?kind=…&who=…&year=…` and `/pro/patients/{pid}/timeline?…`. Form: `GET` the same (`kind`, `who`, `year`), all optional.
#[derive(Clone, Template)]
#[template(path = "timeline_page.html")]
pub struct TimelinePage {
    pub shell: Shell,
    pub person: String,
    pub reader: Reader,
    /// `/timeline` or `/pro/patients/{pid}/timeline`.
    pub action: String,
    /// The record's first page.
    pub home: String,
    /// Of this page, newest first.
    pub events: Vec<TimelineEvent>,
    /// All events of the record under no filter.
    pub total: usize,
    /// [`EventKind`]s that occur.
    pub kinds: Vec<FilterChoice>,
    /// Who gave care. The code is no name: it stands in the address.
    pub carers: Vec<FilterChoice>,
    pub years: Vec<FilterChoice>,
    /// Link to older events.
    pub older: Option<String>,
}

silent_debug!(TimelineEvent, FilterChoice, TimelinePage);

impl TimelinePage {
    fn t(&self) -> &'static TimelineTexts {
        TimelineTexts::of(self.shell.lang)
    }

    fn title(&self) -> String {
        let t = self.t();
        match self.reader {
            Reader::Person => t.title_own.to_owned(),
            Reader::Professional => format!("{} – {}", t.title_professional, self.person),
            Reader::Other => format!("{} – {}", t.title, self.person),
        }
    }

    /// A year and its events.
    fn years_shown(&self) -> Vec<(i16, Vec<&TimelineEvent>)> {
        let mut years: Vec<(i16, Vec<&TimelineEvent>)> = Vec::new();
        for event in &self.events {
            match years.last_mut() {
                Some((year, events)) if *year == event.when.year => events.push(event),
                _ => years.push((event.when.year, vec![event])),
            }
        }
        years
    }

    fn is_filtered(&self) -> bool {
        [&self.kinds, &self.carers, &self.years].into_iter().any(|choices| choices.iter().any(|choice| choice.chosen))
    }

    fn when(&self, event: &TimelineEvent) -> String {
        dates::when(event.when, self.shell.lang)
    }

    fn kind(&self, event: &TimelineEvent) -> &'static str {
        event.kind.words(self.shell.lang)
    }
}

/// The words of a kind, for the filter.
pub fn event_kind_words(kind: EventKind, lang: Lang) -> &'static str {
    kind.words(lang)
}

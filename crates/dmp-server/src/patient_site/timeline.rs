//! The timeline, at `/timeline`: documents by episode, and what the summary knows with a date.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::extract::{Query, State};
use axum::response::Response;
use dmp_core::document::DocumentEntry;
use dmp_core::summary::{Heading, Line, Source, pile};
use dmp_pages::{EventKind, FilterChoice, Lang, Shell, TimelineEvent, TimelinePage, event_kind_words, opaque};
use dmp_service::{Error, Found, Summarized};

use super::reading;
use crate::App;
use crate::clinical::{self, Place};
use crate::site::{SignedIn, page};

/// Events on one page.
const PAGE_SIZE: usize = 60;

/// What is asked for. Empty means everything.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    kind: Option<EventKind>,
    who: String,
    year: Option<i16>,
    page: usize,
}

impl Filter {
    pub fn of(query: &HashMap<String, String>) -> Self {
        let field = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
        Filter {
            kind: EventKind::from_code(field("kind")),
            who: field("who").chars().filter(char::is_ascii_hexdigit).take(16).collect(),
            year: field("year").parse().ok(),
            page: field("page").parse().unwrap_or_default(),
        }
    }

    fn takes(&self, event: &TimelineEvent) -> bool {
        self.kind.is_none_or(|kind| kind == event.kind)
            && self.year.is_none_or(|year| year == event.when.year)
            && (self.who.is_empty() || self.who == who_code(&event.by))
    }

    /// The address of the next page.
    fn older(&self, action: &str) -> String {
        let kind = self.kind.map(EventKind::code).unwrap_or_default();
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        format!("{action}?kind={kind}&who={}&year={year}&page={}", self.who, self.page.saturating_add(1))
    }
}

/// What stands for a name in an address.
fn who_code(name: &str) -> String {
    opaque(name.bytes())
}

/// Shows a page of events.
pub(crate) async fn timeline(State(app): State<App>, signed_in: SignedIn, Query(query): Query<HashMap<String, String>>) -> Response {
    match timeline_page(&app, &signed_in, &Filter::of(&query)).await {
        Ok(shown) => page(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn timeline_page(app: &App, signed_in: &SignedIn, filter: &Filter) -> Result<TimelinePage, Error> {
    let made = reading::summarized(app, signed_in).await?;
    let found = app.service.search(&signed_in.person()?, &signed_in.session.caller, |_| true).await?;
    let shell = reading::shell(app, signed_in, "/timeline", "", &made.record);
    Ok(page_of(app, &made, &found, &reading::place(signed_in), shell, filter))
}

/// The timeline of a record for its reader, on either site.
pub(crate) fn page_of(app: &App, made: &Summarized, found: &Found, place: &Place, shell: Shell, filter: &Filter) -> TimelinePage {
    let lang = shell.lang;
    let action = format!("{}timeline", place.below);
    let mut events = of_documents(app, found, place, lang);
    events.extend(of_summary(app, made, place));
    events.sort_by(|one, other| (other.when, one.kind, &one.title).cmp(&(one.when, other.kind, &other.title)));
    let total = events.len();
    let (kinds, carers, years) = choices(&events, filter, lang);
    let mut shown: Vec<TimelineEvent> = events.into_iter().filter(|event| filter.takes(event)).skip(filter.page * PAGE_SIZE).collect();
    let older = (shown.len() > PAGE_SIZE).then(|| filter.older(&action));
    shown.truncate(PAGE_SIZE);
    TimelinePage {
        shell,
        person: clinical::person(&made.record),
        reader: place.reader,
        action,
        home: place.home.clone(),
        events: shown,
        total,
        kinds,
        carers,
        years,
        older,
    }
}

/// An episode is one event, under its title and its newest document.
fn of_documents(app: &App, found: &Found, place: &Place, lang: Lang) -> Vec<TimelineEvent> {
    let entries: Vec<&DocumentEntry> = found.entries().collect();
    let groups = pile::fold(&entries, app.service.now());
    let by = |entry: &DocumentEntry| entry.authors.first().map(|author| author.name.display()).unwrap_or_default();
    let event = |group: &pile::Group| {
        let newest = group.documents.first()?;
        let entry = entries.iter().copied().find(|entry| entry.id == newest.entry)?;
        let title =
            if group.documents.len() > 1 { lang.pick(&group.title_fr, &group.title_en) } else { lang.pick(&newest.title_fr, &newest.title_en) };
        Some(TimelineEvent {
            when: group.to,
            kind: EventKind::Document,
            title: title.to_owned(),
            by: by(entry),
            href: place.document(app, found.record.key, entry.id),
        })
    };
    groups.iter().filter_map(event).collect()
}

/// What documents say with a date: the beginning of an illness, an operation, a stay, a vaccine.
fn of_summary(app: &App, made: &Summarized, place: &Place) -> Vec<TimelineEvent> {
    let proof = |source: &Source| place.proof(app, made.record.key, source);
    let summary = &made.summary;
    let headings: [(&Heading, EventKind); 5] = [
        (&summary.problems, EventKind::Illness),
        (&summary.history, EventKind::Illness),
        (&summary.procedures, EventKind::Operation),
        (&summary.stays, EventKind::Stay),
        (&summary.vaccinations, EventKind::Vaccine),
    ];
    let event = |line: &Line, kind: EventKind| {
        let when = line.fact.period.from.or(line.fact.period.to)?;
        let source = line.sources.first()?;
        let title = dmp_pages::fact_name(line);
        Some(TimelineEvent { when, kind, title, by: source.author.clone(), href: proof(source) })
    };
    headings.into_iter().flat_map(|(heading, kind)| heading.lines.iter().filter_map(move |line| event(line, kind))).collect()
}

/// The choices of the three filters: kinds, who, years.
fn choices(events: &[TimelineEvent], filter: &Filter, lang: Lang) -> (Vec<FilterChoice>, Vec<FilterChoice>, Vec<FilterChoice>) {
    let occurring: BTreeSet<EventKind> = events.iter().map(|event| event.kind).collect();
    let kinds = occurring.into_iter().map(|kind| FilterChoice {
        code: kind.code().to_owned(),
        words: event_kind_words(kind, lang).to_owned(),
        chosen: filter.kind == Some(kind),
    });
    let names: BTreeMap<&str, String> =
        events.iter().map(|event| event.by.as_str()).filter(|name| !name.is_empty()).map(|name| (name, who_code(name))).collect();
    let carers = names.into_iter().map(|(name, code)| FilterChoice { chosen: filter.who == code, code, words: name.to_owned() });
    let every: BTreeSet<i16> = events.iter().map(|event| event.when.year).collect();
    let years =
        every.into_iter().rev().map(|year| FilterChoice { code: year.to_string(), words: year.to_string(), chosen: filter.year == Some(year) });
    (kinds.collect(), carers.collect(), years.collect())
}

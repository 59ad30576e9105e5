//! Sorting the pile: documents by episode of care, with copies and older versions folded under the current one. Nothing is lost: what is
//! folded is still named.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::When;
use super::title::{date, title, type_words};
use crate::document::{AvailabilityStatus, DocumentEntry};
use crate::ids::EntryId;
use crate::moment::Moment;
use crate::record::Language;

/// Days between two documents of one structure that still are one episode.
const EPISODE_GAP_DAYS: i64 = 2;
/// An episode by closeness of dates is no longer than this: a home that writes every day has no episode of years.
const EPISODE_DAYS_MAX: i64 = 60;

/// Types of a stay, the one that names the episode best first.
const STAYS: [&str; 8] = ["34112-3", "11490-0", "34133-9", "15508-5", "34874-8", "15507-7", "60280-5", "67851-6"];
/// Class of documents that say nothing of health.
const ADMINISTRATIVE: &str = "95";

const MICROSECONDS_PER_DAY: i64 = 86_400_000_000;

/// Why a document is folded under another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Folding {
    /// The same bytes, the same uniqueId, or the same report in another format.
    Copy,
    /// A newer version has taken its place.
    Superseded,
}

/// A document of the pile, and what is folded under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub entry: EntryId,
    /// Its title in words, French and English.
    pub title_fr: String,
    pub title_en: String,
    pub submitted_at: Moment,
    /// Current, and about health: what somebody in a hurry wants to see.
    pub is_useful: bool,
    /// Newest first.
    pub folded: Vec<(EntryId, Folding)>,
}

/// An episode of care: a stay, an examination and its report, a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub title_fr: String,
    pub title_en: String,
    pub from: When,
    pub to: When,
    /// Newest first. INVARIANT: at least one.
    pub documents: Vec<Document>,
}

/// What the counter above a list says ("312 documents, 41 utiles, 9 nouveaux").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Everything, folded or not.
    pub all: usize,
    pub useful: usize,
    /// Useful ones that came since the last visit.
    pub new: usize,
}

/// Groups of documents, the newest first. INVARIANT: each of the entries stands in exactly one group, once.
///
/// Takes what one caller may see, in any order. `now` bounds a stay whose end lies ahead.
pub fn fold(entries: &[&DocumentEntry], now: Moment) -> Vec<Group> {
    let mut entries: Vec<&DocumentEntry> = entries.to_vec();
    entries.sort_by_key(|entry| (entry.day(), entry.created_at, entry.submitted_at, entry.id, entry.version));
    let heads = heads(entries);
    let mut groups: Vec<Group> = episodes(heads, now).into_iter().filter_map(|members| group(&members)).collect();
    groups.sort_by_cached_key(|group| Reverse((group.to, group.from, group.documents.first().map(|document| document.entry))));
    groups
}

/// The counter of a list; `last_visit` says what is new, nothing at the first visit.
pub fn count(groups: &[Group], last_visit: Option<Moment>) -> Counts {
    let mut counts = Counts::default();
    for document in groups.iter().flat_map(|group| &group.documents) {
        counts.all += 1 + document.folded.len();
        counts.useful += usize::from(document.is_useful);
        counts.new += usize::from(document.is_useful && last_visit.is_some_and(|last| document.submitted_at > last));
    }
    counts
}

/// A document that stands on top, and those under it.
struct Head<'a> {
    entry: &'a DocumentEntry,
    folded: Vec<(&'a DocumentEntry, Folding)>,
}

/// Members that are one thing (disjoint sets).
struct Sets(Vec<usize>);

impl Sets {
    fn new(members: usize) -> Self {
        Sets((0..members).collect())
    }

    fn root(&mut self, member: usize) -> usize {
        let mut at = member;
        while let Some(parent) = self.0.get(at).copied().filter(|parent| *parent != at) {
            let above = self.0.get(parent).copied().unwrap_or(parent);
            if let Some(here) = self.0.get_mut(at) {
                *here = above;
            }
            at = above;
        }
        at
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(parent) = self.0.get_mut(one.max(other)) {
            *parent = one.min(other);
        }
    }

    /// Unites a member with whoever had the same key before.
    fn join<K: std::hash::Hash + Eq>(&mut self, first: &mut HashMap<K, usize>, key: K, member: usize) {
        let known = *first.entry(key).or_insert(member);
        self.unite(known, member);
    }

    /// Members by set, in their order.
    fn split<T>(mut self, members: Vec<T>) -> Vec<Vec<T>> {
        let mut places: HashMap<usize, usize> = HashMap::new();
        let mut sets: Vec<Vec<T>> = Vec::new();
        for (index, member) in members.into_iter().enumerate() {
            let root = self.root(index);
            let place = *places.entry(root).or_insert_with(|| {
                sets.push(Vec::new());
                sets.len() - 1
            });
            if let Some(set) = sets.get_mut(place) {
                set.push(member);
            }
        }
        sets
    }
}

fn heads(entries: Vec<&DocumentEntry>) -> Vec<Head<'_>> {
    let mut sets = Sets::new(entries.len());
    let (mut ids, mut hashes, mut names, mut reports) = (HashMap::new(), HashMap::new(), HashMap::new(), HashMap::new());
    for (index, entry) in entries.iter().enumerate() {
        sets.join(&mut ids, entry.id, index);
        sets.join(&mut hashes, entry.content.sha256, index);
        sets.join(&mut names, entry.unique_id.as_str(), index);
        if !entry.references.is_empty() {
            sets.join(&mut reports, report_key(entry), index);
        }
    }
    let mut superseded = std::collections::HashSet::new();
    for (index, entry) in entries.iter().enumerate() {
        if let Some(older) = entry.replaces.and_then(|older| ids.get(&older)) {
            sets.unite(index, *older);
        }
        superseded.extend(entry.replaces.filter(|_| !entry.status.is_deleted()));
    }
    sets.split(entries).into_iter().filter_map(|set| head(set, &superseded)).collect()
}

/// The same report in two formats: type, moment, structure and references are all the same.
fn report_key(entry: &DocumentEntry) -> (&str, Moment, &str, Vec<(&str, &str)>) {
    let mut references: Vec<(&str, &str)> = entry.references.iter().map(|reference| (reference.system.as_str(), reference.value.as_str())).collect();
    references.sort_unstable();
    (entry.type_code.as_str(), entry.service_start, structure(entry).unwrap_or(""), references)
}

/// The current one on top: the newest, of one moment the structured one. The rest under it, newest first.
fn head<'a>(mut set: Vec<&'a DocumentEntry>, superseded: &std::collections::HashSet<EntryId>) -> Option<Head<'a>> {
    let is_old = |entry: &DocumentEntry| superseded.contains(&entry.id) || matches!(entry.status, AvailabilityStatus::Deprecated(_));
    let standing = |entry: &DocumentEntry| match entry.status {
        AvailabilityStatus::Approved(_) if !is_old(entry) => 3_u8,
        AvailabilityStatus::Archived(_) if !is_old(entry) => 2,
        AvailabilityStatus::Approved(_) | AvailabilityStatus::Archived(_) | AvailabilityStatus::Deprecated(_) => 1,
        AvailabilityStatus::Deleted(_) => 0,
    };
    set.sort_by_key(|entry| {
        Reverse((standing(entry), entry.created_at, entry.mime_type.contains("xml"), entry.submitted_at, entry.id, entry.version))
    });
    let mut set = set.into_iter();
    let entry = set.next()?;
    let folded = set.map(|entry| (entry, if is_old(entry) { Folding::Superseded } else { Folding::Copy })).collect();
    Some(Head { entry, folded })
}

fn structure(entry: &DocumentEntry) -> Option<&str> {
    entry.authors.iter().find_map(|author| author.institution.as_ref()).map(|place| place.name.as_str()).filter(|name| !name.is_empty())
}

/// Puts documents together that share a reference (order, accession, encounter), that lie in a stay of the same structure, or that the same
/// structure made about the same time.
fn episodes<'a>(mut heads: Vec<Head<'a>>, now: Moment) -> Vec<Vec<Head<'a>>> {
    heads.sort_by_key(|head| (head.entry.day(), head.entry.created_at, head.entry.submitted_at, head.entry.id));
    let mut sets = Sets::new(heads.len());
    let mut references = HashMap::new();
    // By structure: when its running episode began, until when it reaches, and its last document.
    let mut running: HashMap<&str, (i64, i64, usize)> = HashMap::new();
    for (index, head) in heads.iter().enumerate() {
        for reference in &head.entry.references {
            sets.join(&mut references, (reference.system.as_str(), reference.value.as_str()), index);
        }
        let Some(place) = structure(head.entry) else { continue };
        let day = head.entry.day().as_micros().div_euclid(MICROSECONDS_PER_DAY);
        let end = end_day(head.entry, now).max(day);
        match running.get_mut(place) {
            Some((began, reach, last)) if day <= reach.saturating_add(EPISODE_GAP_DAYS) && day - *began <= EPISODE_DAYS_MAX => {
                sets.unite(*last, index);
                *reach = end.max(*reach).min(began.saturating_add(EPISODE_DAYS_MAX));
                *last = index;
            }
            _ => {
                running.insert(place, (day, end.min(day.saturating_add(EPISODE_DAYS_MAX)), index));
            }
        }
    }
    sets.split(heads)
}

/// The last day of a stay, today at most; of anything else its first: a reimbursement's period is no stay.
fn end_day(entry: &DocumentEntry, now: Moment) -> i64 {
    let is_stay = STAYS.contains(&entry.type_code.as_str());
    let end = if is_stay { entry.service_stop.unwrap_or(entry.service_start).min(now) } else { entry.day() };
    end.as_micros().div_euclid(MICROSECONDS_PER_DAY)
}

fn group(members: &[Head<'_>]) -> Option<Group> {
    let from = members.iter().map(|head| When::in_paris(head.entry.day())).min()?;
    let to = members.iter().map(|head| When::in_paris(head.entry.service_stop.unwrap_or(head.entry.service_start))).max()?;
    let main = members.iter().min_by_key(|head| rank(head))?;
    let mut documents: Vec<Document> = members.iter().map(document).collect();
    documents.reverse();
    let name = |language| group_title(main.entry, members.len(), from, to, language);
    Some(Group { title_fr: name(Language::French), title_en: name(Language::English), from, to: to.max(from), documents })
}

/// The document that names its group: that of a stay, else a report, else the newest.
fn rank(head: &Head<'_>) -> (usize, bool, Reverse<Moment>, EntryId) {
    let stay = STAYS.iter().position(|code| *code == head.entry.type_code.as_str()).unwrap_or(STAYS.len());
    let is_report = matches!(head.entry.type_code.class().code, "10" | "31");
    (stay, !is_report, Reverse(head.entry.day()), head.entry.id)
}

fn group_title(main: &DocumentEntry, documents: usize, from: When, to: When, language: Language) -> String {
    if documents == 1 {
        return title(main, language);
    }
    let place = structure(main).map(|place| format!(", {place}")).unwrap_or_default();
    let days = match (from == to, language) {
        (true, _) => date(from, language),
        (false, Language::French) => format!("du {} au {}", date(from, language), date(to, language)),
        (false, Language::English) => format!("{} to {}", date(from, language), date(to, language)),
    };
    let is_stay = STAYS.iter().take(3).any(|code| *code == main.type_code.as_str());
    let what = match (is_stay, language) {
        (true, Language::French) => "Séjour",
        (true, Language::English) => "Stay",
        (false, _) => type_words(main, language),
    };
    format!("{what}{place}, {days}")
}

fn document(head: &Head<'_>) -> Document {
    let entry = head.entry;
    Document {
        entry: entry.id,
        title_fr: title(entry, Language::French),
        title_en: title(entry, Language::English),
        submitted_at: entry.submitted_at,
        is_useful: matches!(entry.status, AvailabilityStatus::Approved(_)) && entry.type_code.class().code != ADMINISTRATIVE,
        folded: head.folded.iter().map(|(entry, why)| (entry.id, *why)).collect(),
    }
}

//! What came of the documents that somebody sent: taken or refused, why, under the sender's own reference. A week of it, for who sent them and for
//! the staff of the structure whose software did. No person, title or content stands in it: it tells of sending, and gives no right.
//!
//! The journal does not hold it: what is refused before there is a record leaves no leaf, a leaf names no reference, and those of one structure are
//! spread over all its patients' records.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use dmp_core::Moment;
use dmp_store::{NoteKind, NotePut};
use serde::{Deserialize, Serialize};

use crate::{Error, Service};

/// What came of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentLine {
    /// When it was sent last.
    pub at: Moment,
    /// When it was sent first.
    pub first_at: Moment,
    /// Identifier of the document; empty when it had none that could be read.
    pub document: String,
    /// The sender's own reference, the control id of a message say.
    pub reference: Option<String>,
    /// Name of who sent it, a person or a software.
    pub by: String,
    pub tries: u32,
    pub fate: SentFate,
}

/// Taken, or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SentFate {
    Taken,
    /// INVARIANT: at least one reason.
    Refused(Vec<SentReason>),
}

/// Why: a code of the catalogue, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentReason {
    pub code: String,
    pub place: String,
}

impl SentLine {
    /// Whether it only waits for the document that it replaces: a feeder sends it again.
    pub fn waits(&self, now: Moment) -> bool {
        let only = matches!(&self.fate, SentFate::Refused(reasons) if reasons.iter().all(|reason| reason.code == "replace-target-unknown"));
        only && now < self.first_at.plus_days(WAITING_DAYS)
    }

    /// Whether somebody who knows this reference means this line.
    pub fn is_named(&self, reference: &str) -> bool {
        let plain = |text: &str| text.trim_start_matches("urn:oid:").trim_start_matches("urn:uuid:").to_ascii_lowercase();
        let asked = plain(reference.trim());
        let is_it = |text: &str| plain(text) == asked;
        !asked.is_empty() && (is_it(&self.document) || self.reference.as_deref().is_some_and(is_it))
    }

    /// What tells it from others: a line without any reference is told from all.
    fn name(&self) -> Option<(&str, Option<&str>)> {
        (!self.document.is_empty() || self.reference.is_some()).then_some((self.document.as_str(), self.reference.as_deref()))
    }

    fn is_same(&self, other: &SentLine) -> bool {
        match (self.name(), other.name()) {
            // The same document under another control id is the same document.
            (Some((document, _)), Some((known, _))) if !document.is_empty() || !known.is_empty() => document == known,
            (Some(name), Some(known)) => name == known,
            (None, _) | (_, None) => false,
        }
    }
}

/// A note of them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Part {
    lines: Vec<SentLine>,
    /// Lines that there was no room for.
    left_out: u64,
}

/// What somebody sent, newest first.
#[derive(Debug, Clone, Default)]
pub struct SentLines {
    pub lines: Vec<SentLine>,
    /// Lines that there was no room for.
    pub left_out: u64,
}

/// Days of it that are shown, and after which it goes.
pub const SENT_DAYS: i64 = 7;
/// As long as a feeder waits for a document that is replaced.
const WAITING_DAYS: i64 = 3;
/// Notes a day. One holds some four hundred lines: 25,000 documents of one sender a day.
const PARTS: u8 = 64;
/// Bytes of a note, below what a note may hold.
const PART_BYTES_MAX: usize = 60 * 1024;
/// Lines that wait in memory before they are written whatever the hour.
const WAITING_MAX: usize = 1_000;
/// Reasons of one line.
const REASONS_MAX: usize = 8;
/// A change that others overtake is tried so often again.
const TRIES: usize = 16;
const DAY_SECONDS: i64 = 86_400;

fn handle(owner: &str, day: i64, part: u8) -> String {
    format!("{owner}\n{day}\n{part}")
}

/// What was taken and is not written yet. A process that is killed forgets to tell of these few: the documents themselves are in their records.
#[derive(Default)]
pub(crate) struct SentWaiting(Mutex<Vec<(String, SentLine)>>);

/// Names of senders stay out of logs.
impl std::fmt::Debug for SentWaiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SentWaiting(…)")
    }
}

impl SentWaiting {
    /// Adds a line of each owner; gives how many wait.
    fn add(&self, owners: &[String], line: &SentLine) -> usize {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.extend(owners.iter().map(|owner| (owner.clone(), line.clone())));
        waiting.len()
    }

    fn take(&self) -> Vec<(String, SentLine)> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Service {
    /// Remembers what came of a document, for each of its owners (`ps:…`, `structure:…`). A refusal is written before this comes back; what was taken
    /// waits for others, so that a deposit does not pay for a note ([`Service::write_sent`]). What cannot be written is told in the log: a deposit does
    /// not fail for it.
    pub async fn tell_sent(&self, owners: &[String], line: SentLine) {
        let waiting = self.sent_waiting.add(owners, &line);
        if line.fate != SentFate::Taken {
            self.write_sent().await;
        } else if waiting >= WAITING_MAX {
            let acts = self.clone();
            tokio::spawn(async move { acts.write_sent().await });
        }
    }

    /// Writes what waits, each note once. To be called every few seconds, and before the program ends.
    pub async fn write_sent(&self) {
        let mut notes: BTreeMap<String, (Moment, Vec<SentLine>)> = BTreeMap::new();
        for (owner, line) in self.sent_waiting.take() {
            let name = if line.document.is_empty() { line.reference.as_deref().unwrap_or_default() } else { &line.document };
            let part = digest(&SHA256, name.as_bytes()).as_ref().first().map_or(0, |byte| byte % PARTS);
            let day = line.at.as_seconds().div_euclid(DAY_SECONDS);
            let until = Moment::from_seconds((day + SENT_DAYS + 2) * DAY_SECONDS);
            notes.entry(handle(&owner, day, part)).or_insert((until, Vec::new())).1.push(line);
        }
        for (handle, (until, lines)) in notes {
            if let Err(error) = self.add_sent(&handle, until, &lines).await {
                tracing::error!(error.code = error.code(), "what came of deposits is not written");
            }
        }
    }

    async fn add_sent(&self, handle: &str, until: Moment, lines: &[SentLine]) -> Result<(), Error> {
        for _ in 0..TRIES {
            let (version, mut known) = self.sent_part(handle).await?;
            lines.iter().for_each(|line| add(&mut known, line));
            let bytes = fitting(&mut known)?;
            if self.store.put_note(NoteKind::Sent, handle, version, Some(&bytes), Some(until)).await? != NotePut::Stale {
                return Ok(());
            }
        }
        Err(Error::Busy)
    }

    /// What these owners sent in the last days, today being one: newest first, each document once.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn sent(&self, owners: &[String], days: i64) -> Result<SentLines, Error> {
        self.write_sent().await;
        let today = self.clock.now().as_seconds().div_euclid(DAY_SECONDS);
        let mut found = SentLines::default();
        for owner in owners {
            for day in today - days.clamp(1, SENT_DAYS) + 1..=today {
                for part in 0..PARTS {
                    let (_, part) = self.sent_part(&handle(owner, day, part)).await?;
                    found.left_out += part.left_out;
                    found.lines.extend(part.lines);
                }
            }
        }
        // Oldest first, so that what came later takes the place of what came before.
        found.lines.sort_by_key(|line| line.at);
        let mut once = Part::default();
        found.lines.drain(..).for_each(|line| add(&mut once, &line));
        once.lines.sort_by_key(|line| std::cmp::Reverse(line.at));
        Ok(SentLines { lines: once.lines, ..found })
    }

    async fn sent_part(&self, handle: &str) -> Result<(Option<u64>, Part), Error> {
        let Some(note) = self.store.note(NoteKind::Sent, handle).await? else { return Ok((None, Part::default())) };
        let part = postcard::from_bytes(&note.bytes).map_err(|error| Error::Fault(format!("note of what was sent: {error}")))?;
        Ok((Some(note.version), part))
    }
}

/// Takes a line in: of a document sent again the last word counts, and it remembers when it was sent first.
fn add(part: &mut Part, line: &SentLine) {
    let mut line = line.clone();
    if let SentFate::Refused(reasons) = &mut line.fate {
        reasons.truncate(REASONS_MAX);
    }
    match part.lines.iter_mut().find(|known| known.is_same(&line)) {
        // The same line of two owners.
        Some(known) if *known == line => {}
        Some(known) => {
            line.first_at = known.first_at.min(line.first_at);
            line.tries = line.tries.saturating_add(known.tries);
            line.reference = line.reference.or_else(|| known.reference.clone());
            *known = line;
        }
        None => part.lines.push(line),
    }
}

/// The bytes of a part. What there is no room for goes: taken ones first, then the oldest.
fn fitting(part: &mut Part) -> Result<Vec<u8>, Error> {
    loop {
        let bytes = postcard::to_allocvec(part).map_err(|error| Error::Fault(format!("note of what was sent: {error}")))?;
        if bytes.len() <= PART_BYTES_MAX {
            return Ok(bytes);
        }
        let oldest = part.lines.iter().enumerate().min_by_key(|(_, line)| (line.fate != SentFate::Taken, line.at)).map(|(place, _)| place);
        let Some(place) = oldest else { return Err(Error::TooLarge("note-too-large")) };
        part.lines.remove(place);
        part.left_out += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(second: i64, document: &str, fate: SentFate) -> SentLine {
        let at = Moment::from_seconds(second);
        SentLine { at, first_at: at, document: document.to_owned(), reference: None, by: "Logiciel".to_owned(), tries: 1, fate }
    }

    fn refused(code: &str) -> SentFate {
        SentFate::Refused(vec![SentReason { code: code.to_owned(), place: String::new() }])
    }

    #[test]
    fn a_document_sent_again_is_one_line_with_the_last_word_and_the_first_hour() {
        let mut part = Part::default();
        add(&mut part, &line(10, "urn:oid:1.2", refused("replace-target-unknown")));
        assert!(part.lines[0].waits(Moment::from_seconds(20)) && !part.lines[0].waits(Moment::from_seconds(10 + 3 * DAY_SECONDS)));
        add(&mut part, &line(30, "urn:oid:1.2", SentFate::Taken));
        add(&mut part, &line(40, "", refused("unique-id-missing")));
        add(&mut part, &line(41, "", refused("unique-id-missing")));
        assert_eq!(part.lines.len(), 3, "what has no name is told from all");
        let first = &part.lines[0];
        assert_eq!((first.first_at.as_seconds(), first.at.as_seconds(), first.tries), (10, 30, 2));
        assert!(first.is_named("1.2") && first.is_named(" urn:oid:1.2 ") && !first.is_named("1.20") && !first.is_named(""));
    }

    #[test]
    fn where_there_is_no_room_what_was_refused_stays_longest() {
        let mut part = Part::default();
        add(&mut part, &line(0, "urn:oid:1.0", refused("ins-key")));
        for second in 1..2_000 {
            add(&mut part, &line(second, &format!("urn:oid:1.{second}"), SentFate::Taken));
        }
        let bytes = fitting(&mut part).unwrap();
        assert!(bytes.len() <= PART_BYTES_MAX && part.left_out > 0);
        assert_eq!(part.lines.len() as u64 + part.left_out, 2_000);
        assert_eq!(part.lines[0].document, "urn:oid:1.0");
        assert_eq!(part.lines.last().unwrap().document, "urn:oid:1.1999");
    }
}

//! What waits to be sent, and which of it is next: the first that is due, of nobody who has something on its way, not before what it
//! replaces, nor before an earlier move of its stay.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use dmp_core::Moment;

/// Longest pause before a try.
const PAUSE_MAX: Duration = Duration::from_secs(300);

/// Where a move stands among those of its stay: when it happened, when it was told.
pub type Place = (i64, i64);

/// One thing to be sent: what decides when; its content is read again from its file.
#[derive(Debug, Clone)]
pub struct Queued {
    pub file: String,
    /// Whom it is about, as a hash.
    pub lane: String,
    pub unique_id: Option<String>,
    pub replaces: Option<String>,
    /// Of a move: its stay, and where it stands among the moves of it.
    pub stay: Option<(String, Place)>,
    pub since: Moment,
    pub tries: u32,
    /// Not before.
    pub due: Instant,
}

/// The queue.
#[derive(Debug, Default)]
pub struct Queue {
    items: BTreeMap<String, (u64, Queued)>,
    /// Ids in the order of arrival, without what is on its way.
    order: BTreeMap<u64, String>,
    next_place: u64,
    /// Lanes with something on its way.
    busy: BTreeSet<String>,
    documents: BTreeMap<String, BTreeSet<String>>,
    moves: BTreeMap<String, BTreeSet<(Place, String)>>,
}

impl Queue {
    /// Adds one.
    pub fn add(&mut self, id: &str, queued: Queued) {
        let place = self.next_place;
        self.next_place += 1;
        if let Some(document) = &queued.unique_id {
            self.documents.entry(document.clone()).or_default().insert(id.to_owned());
        }
        if let Some((stay, key)) = &queued.stay {
            self.moves.entry(stay.clone()).or_default().insert((*key, id.to_owned()));
        }
        self.order.insert(place, id.to_owned());
        self.items.insert(id.to_owned(), (place, queued));
    }

    pub fn get(&self, id: &str) -> Option<&Queued> {
        self.items.get(id).map(|(_, queued)| queued)
    }

    /// Names of the files that are in it.
    pub fn files(&self) -> BTreeSet<String> {
        self.items.values().map(|(_, queued)| queued.file.clone()).collect()
    }

    /// Takes the next to send: it is on its way until it is removed or put off.
    pub fn next(&mut self, now: Instant) -> Option<(String, Queued)> {
        let free = |id: &&String| self.items.get(*id).is_some_and(|(_, queued)| self.is_free(queued, now));
        let id = self.order.values().find(free)?.clone();
        let (place, queued) = self.items.get(&id)?.clone();
        self.order.remove(&place);
        self.busy.insert(queued.lane.clone());
        Some((id, queued))
    }

    fn is_free(&self, queued: &Queued, now: Instant) -> bool {
        queued.due <= now && !self.busy.contains(&queued.lane) && !self.waits_for_another(queued)
    }

    fn waits_for_another(&self, queued: &Queued) -> bool {
        // What replaces itself would wait for ever: the server says what is wrong with it.
        let waits_for = |old: &String| queued.unique_id.as_ref() != Some(old) && self.documents.contains_key(old);
        let earlier = |(stay, key): &(String, Place)| self.moves.get(stay).and_then(BTreeSet::first).is_some_and(|(first, _)| first < key);
        queued.replaces.as_ref().is_some_and(waits_for) || queued.stay.as_ref().is_some_and(earlier)
    }

    /// Whether anything was tried less often than this and waits for nothing else in the queue.
    pub fn has_untried(&self, tries: u32) -> bool {
        self.items.values().any(|(_, queued)| queued.tries < tries && !self.waits_for_another(queued))
    }

    /// Takes one out that was on its way: it is settled. What waited for it is due at once.
    pub fn settle(&mut self, id: &str, now: Instant) -> Option<Queued> {
        let (place, queued) = self.items.remove(id)?;
        self.order.remove(&place);
        self.busy.remove(&queued.lane);
        if let Some(document) = &queued.unique_id {
            let empty = self.documents.get_mut(document).is_none_or(|ids| ids.remove(id) && ids.is_empty());
            if empty {
                self.documents.remove(document);
            }
            for (_, other) in self.items.values_mut().filter(|(_, other)| other.replaces.as_ref() == Some(document)) {
                other.due = now;
            }
        }
        if let Some((stay, key)) = &queued.stay {
            let empty = self.moves.get_mut(stay).is_none_or(|keys| keys.remove(&(*key, id.to_owned())) && keys.is_empty());
            if empty {
                self.moves.remove(stay);
            }
        }
        Some(queued)
    }

    /// Puts one off that was on its way: the pause doubles each time. Gives how often it was tried.
    pub fn put_off(&mut self, id: &str, first_pause: Duration, now: Instant) -> u32 {
        let Some((place, queued)) = self.items.get_mut(id) else { return 0 };
        let pause = first_pause.saturating_mul(1_u32 << queued.tries.min(16)).min(PAUSE_MAX);
        queued.tries += 1;
        queued.due = now + pause;
        self.busy.remove(&queued.lane);
        self.order.insert(*place, id.to_owned());
        queued.tries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(lane: &str, unique_id: &str, replaces: Option<&str>) -> Queued {
        Queued {
            file: format!("{unique_id}.hl7"),
            lane: lane.into(),
            unique_id: Some(unique_id.into()),
            replaces: replaces.map(str::to_owned),
            stay: None,
            since: Moment::from_seconds(0),
            tries: 0,
            due: Instant::now(),
        }
    }

    fn moved(stay: &str, key: i64) -> Queued {
        Queued { stay: Some((stay.into(), (key, 0))), unique_id: None, ..document(stay, "", None) }
    }

    #[test]
    fn what_replaces_waits_for_what_it_replaces_and_one_person_has_one_on_its_way() {
        let (mut queue, now) = (Queue::default(), Instant::now() + Duration::from_secs(1));
        queue.add("c", document("p", "3", Some("2")));
        queue.add("b", document("p", "2", Some("1")));
        queue.add("a", document("p", "1", None));
        queue.add("o", document("q", "9", None));
        assert_eq!(queue.next(now).unwrap().0, "a");
        assert_eq!(queue.next(now).unwrap().0, "o", "another person");
        assert!(queue.next(now).is_none());
        queue.settle("a", now);
        assert_eq!(queue.next(now).unwrap().0, "b");
        assert_eq!(queue.put_off("b", Duration::from_secs(5), now), 1);
        assert!(queue.next(now).is_none(), "the third waits for the second, which pauses");
        assert_eq!(queue.next(now + Duration::from_secs(5)).unwrap().0, "b");
        queue.settle("b", now);
        assert_eq!(queue.next(now).unwrap().0, "c");
        queue.settle("c", now);
        queue.settle("o", now);
        assert_eq!((queue.items.len(), queue.documents.len(), queue.busy.len(), queue.order.len()), (0, 0, 0, 0));
    }

    #[test]
    fn moves_of_a_stay_go_in_the_order_in_which_they_happened() {
        let (mut queue, now) = (Queue::default(), Instant::now() + Duration::from_secs(1));
        queue.add("second", moved("s", 20));
        queue.add("first", moved("s", 10));
        assert_eq!(queue.next(now).unwrap().0, "first");
        queue.settle("first", now);
        assert_eq!(queue.next(now).unwrap().0, "second");
        queue.settle("second", now);
        assert!(queue.moves.is_empty());
    }
}

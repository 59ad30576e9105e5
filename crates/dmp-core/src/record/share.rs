//! A link by which the person lets somebody outside read a part of the record (SMART Health Links, HL7 SMART Health Cards and Links 1.0.0):
//! what it leads to, for how long, how often, and who used it. It stands in the head, sealed with it; the law judges at each opening.

use serde::{Deserialize, Serialize};

use crate::access::CallerKind;
use crate::identity::PersonName;
use crate::ids::EntryId;
use crate::moment::Moment;

/// Thirty-two random bytes that nobody else may know. They show in no log.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret(pub [u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// How a link came about: decides how long it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShareKind {
    /// Shown on a screen to somebody who is there.
    Shown,
    /// Sent to somebody, with a code that goes another way.
    Sent,
    /// Printed on the emergency card.
    Emergency,
}

impl ShareKind {
    /// The longest that a link of this kind may last, in seconds. Ours: the sources give no figure.
    pub fn seconds_max(self) -> i64 {
        match self {
            ShareKind::Shown => SHOWN_SECONDS,
            ShareKind::Sent => SENT_DAYS_MAX * DAY_SECONDS,
            ShareKind::Emergency => EMERGENCY_DAYS * DAY_SECONDS,
        }
    }

    /// The most openings of a link of this kind.
    pub fn openings_max(self) -> u32 {
        match self {
            ShareKind::Shown => SHOWN_OPENINGS,
            ShareKind::Sent => SENT_OPENINGS_MAX,
            ShareKind::Emergency => EMERGENCY_OPENINGS,
        }
    }
}

/// What a link leads to. What of it is given is judged at each opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shared {
    /// The summary of the record.
    Summary,
    /// Documents that the person chose.
    Documents(Vec<EntryId>),
    /// What the emergency card says.
    Emergency,
}

/// The code of a link, as its message authentication code, and how many wrong ones may still come. Right ones are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passcode {
    pub mac: Secret,
    pub tries_left: u8,
}

/// Who made a link: on whose reading each opening is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharer {
    pub account: String,
    pub kind: CallerKind,
    pub name: PersonName,
}

/// How a link was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Means {
    /// Software for such links.
    App,
    /// The page of this site.
    Page,
}

/// One opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareOpening {
    pub at: Moment,
    /// Who they are, said by themselves: nobody has checked it.
    pub by: String,
    pub means: Means,
    /// How many documents it gave, or was made of.
    pub documents: u32,
}

/// Whether a link still leads somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareState {
    Active,
    /// By the person, or with the record.
    Stopped,
    Expired,
    /// Opened as often as allowed.
    UsedUp,
    /// Too many wrong codes.
    Locked,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The secret of its addresses.
    pub id: Secret,
    /// What its files are encrypted with.
    pub key: Secret,
    /// Names it on the person's own pages and in the journal: no secret.
    pub name: String,
    pub kind: ShareKind,
    pub what: Shared,
    /// In the person's words: for whom, for what.
    pub label: String,
    pub passcode: Option<Passcode>,
    pub by: Sharer,
    pub created_at: Moment,
    pub expires_at: Moment,
    pub openings_max: u32,
    pub openings: u32,
    pub stopped_at: Option<Moment>,
    /// The newest openings, oldest first.
    pub opened: Vec<ShareOpening>,
}

impl Share {
    /// Whether it leads somewhere at this moment, as far as it says itself.
    pub fn state(&self, now: Moment) -> ShareState {
        match self.state_apart_from_tries(now) {
            ShareState::Active if self.passcode.is_some_and(|code| code.tries_left == 0) => ShareState::Locked,
            state => state,
        }
    }

    /// The same for who holds one of its tries.
    pub fn state_apart_from_tries(&self, now: Moment) -> ShareState {
        match () {
            () if self.stopped_at.is_some() => ShareState::Stopped,
            () if now >= self.expires_at => ShareState::Expired,
            () if self.openings >= self.openings_max => ShareState::UsedUp,
            () => ShareState::Active,
        }
    }

    /// Takes one try of its code; gives how many are left. `None`: there was none.
    pub fn take_try(&mut self) -> Option<u8> {
        let code = self.passcode.as_mut()?;
        code.tries_left = code.tries_left.checked_sub(1)?;
        Some(code.tries_left)
    }

    /// Gives a try back: the code was right.
    pub fn give_try_back(&mut self) {
        if let Some(code) = self.passcode.as_mut() {
            code.tries_left = code.tries_left.saturating_add(1).min(TRIES);
        }
    }

    /// Counts an opening.
    pub fn open(&mut self, opening: ShareOpening) {
        self.openings = self.openings.saturating_add(1);
        self.opened.push(opening);
        let old = self.opened.len().saturating_sub(OPENINGS_KEPT);
        self.opened.drain(..old);
    }

    /// Ends it for good. Its key and its code go: nothing opens it again.
    pub fn stop(&mut self, at: Moment) {
        if self.stopped_at.is_none() {
            self.stopped_at = Some(at);
            self.key = Secret([0; 32]);
            self.passcode = None;
        }
    }
}

/// Puts a new link to the others: one emergency card at most leads anywhere, a form sent twice leaves one link, and of those that ended the
/// newest are kept. Gives whether there was room.
pub fn add_share(shares: &mut Vec<Share>, new: Share, now: Moment) -> bool {
    if new.kind == ShareKind::Emergency {
        shares.iter_mut().filter(|old| old.kind == ShareKind::Emergency).for_each(|old| old.stop(now));
    }
    shares.retain(|old| !is_sent_twice(old, &new));
    if shares.iter().filter(|share| share.state(now) == ShareState::Active).count() >= SHARES_ACTIVE_MAX {
        return false;
    }
    let ended = |share: &Share| share.state(now) != ShareState::Active;
    while shares.iter().filter(|share| ended(share)).count() > SHARES_ENDED_KEPT {
        let Some(oldest) = shares.iter().position(ended) else { break };
        shares.remove(oldest);
    }
    shares.push(new);
    true
}

/// Whether the same form came twice: the same wish of the same person within seconds, and nobody opened the first.
fn is_sent_twice(old: &Share, new: &Share) -> bool {
    let same = old.kind == new.kind && old.what == new.what && old.label == new.label && old.by == new.by;
    same && old.openings == 0 && old.stopped_at.is_none() && new.created_at < old.created_at.plus_seconds(TWICE_SECONDS)
}

/// Between two clicks on one button.
const TWICE_SECONDS: i64 = 10;
const DAY_SECONDS: i64 = 86_400;
/// A quarter of an hour: as long as a consultation looks at a screen.
pub const SHOWN_SECONDS: i64 = 900;
const SHOWN_OPENINGS: u32 = 5;
/// Days that a link that was sent may last.
pub const SENT_DAYS_MAX: i64 = 90;
const SENT_OPENINGS_MAX: u32 = 50;
/// Days that a printed card leads to the record.
pub const EMERGENCY_DAYS: i64 = 365;
const EMERGENCY_OPENINGS: u32 = 1_000;
/// Wrong codes for life: with six digits, one chance in two hundred thousand for whoever holds the link already.
pub const TRIES: u8 = 5;
/// Links that lead somewhere at the same time.
pub const SHARES_ACTIVE_MAX: usize = 20;
const SHARES_ENDED_KEPT: usize = 40;
/// Openings told of one link; the journal keeps them all.
const OPENINGS_KEPT: usize = 50;
/// Characters of a label (SMART Health Links, payload).
pub const LABEL_CHARACTERS: usize = 80;
/// Documents in one link.
pub const SHARED_DOCUMENTS_MAX: usize = 20;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by ending")]

    use super::*;

    const NOW: Moment = Moment::from_seconds(1_772_543_100);

    fn share(kind: ShareKind) -> Share {
        Share {
            id: Secret([1; 32]),
            key: Secret([2; 32]),
            name: "a1".into(),
            kind,
            what: Shared::Summary,
            label: "Dr Essai".into(),
            passcode: Some(Passcode { mac: Secret([3; 32]), tries_left: TRIES }),
            by: Sharer { account: "person:1".into(), kind: CallerKind::Patient, name: PersonName::new("Nadia", "EXEMPLE") },
            created_at: NOW,
            expires_at: NOW.plus_seconds(kind.seconds_max()),
            openings_max: 2,
            openings: 0,
            stopped_at: None,
            opened: Vec::new(),
        }
    }

    fn opening() -> ShareOpening {
        ShareOpening { at: NOW, by: "Dr Essai".into(), means: Means::Page, documents: 3 }
    }

    #[test]
    fn a_link_ends_at_its_moment_and_after_its_openings() {
        let mut link = share(ShareKind::Shown);
        assert_eq!(link.state(NOW.plus_seconds(SHOWN_SECONDS - 1)), ShareState::Active);
        assert_eq!(link.state(NOW.plus_seconds(SHOWN_SECONDS)), ShareState::Expired);
        link.open(opening());
        assert_eq!(link.state(NOW), ShareState::Active);
        link.open(opening());
        assert_eq!(link.state(NOW), ShareState::UsedUp);
    }

    #[test]
    fn wrong_codes_are_counted_for_life_and_right_ones_are_not() {
        let mut link = share(ShareKind::Sent);
        for _ in 0..20 {
            link.take_try().unwrap();
            link.give_try_back();
        }
        for left in (0..TRIES).rev() {
            assert_eq!(link.take_try(), Some(left));
        }
        assert_eq!((link.take_try(), link.state(NOW)), (None, ShareState::Locked));
        assert_eq!(link.state_apart_from_tries(NOW), ShareState::Active, "whoever holds the last try may still open");
        let mut open = Share { passcode: None, ..share(ShareKind::Sent) };
        assert_eq!((open.take_try(), open.state(NOW)), (None, ShareState::Active));
    }

    #[test]
    fn a_stopped_link_forgets_its_key_and_never_opens_again() {
        let mut link = share(ShareKind::Sent);
        link.stop(NOW);
        link.stop(NOW.plus_days(1));
        assert_eq!((link.stopped_at, link.key, link.passcode), (Some(NOW), Secret([0; 32]), None));
        assert_eq!(link.state(NOW), ShareState::Stopped);
    }

    #[test]
    fn a_second_card_ends_the_first_and_a_form_sent_twice_makes_one_link() {
        let mut shares = Vec::new();
        assert!(add_share(&mut shares, share(ShareKind::Emergency), NOW));
        assert!(add_share(&mut shares, share(ShareKind::Emergency), NOW));
        assert_eq!(shares.iter().map(|one| one.state(NOW)).collect::<Vec<_>>(), [ShareState::Stopped, ShareState::Active]);
        for _ in 0..2 {
            assert!(add_share(&mut shares, share(ShareKind::Sent), NOW));
        }
        assert_eq!(shares.len(), 3);
        let later = Share { created_at: NOW.plus_seconds(TWICE_SECONDS), ..share(ShareKind::Sent) };
        assert!(add_share(&mut shares, later, NOW));
        assert_eq!(shares.len(), 4, "a second link for the same reader is a wish of its own");
        shares.last_mut().unwrap().open(opening());
        assert!(add_share(&mut shares, share(ShareKind::Sent), NOW));
        assert!(shares.iter().any(|one| one.openings > 0), "a link that somebody has opened stays");
    }

    #[test]
    fn there_is_room_for_so_many_links_and_those_that_ended_are_forgotten_in_time() {
        let mut shares = Vec::new();
        let named = |label: usize| Share { label: label.to_string(), ..share(ShareKind::Sent) };
        for label in 0..SHARES_ACTIVE_MAX {
            assert!(add_share(&mut shares, named(label), NOW));
        }
        assert!(!add_share(&mut shares, named(SHARES_ACTIVE_MAX), NOW));
        let mut later = NOW;
        for _ in 0..200 {
            later = later.plus_days(SENT_DAYS_MAX);
            let new = Share { created_at: later, expires_at: later.plus_days(1), ..share(ShareKind::Sent) };
            assert!(add_share(&mut shares, new, later));
        }
        assert!(shares.len() <= SHARES_ENDED_KEPT + 2, "{}", shares.len());
    }

    #[test]
    fn secrets_show_in_no_log() {
        let shown = format!("{:?}", share(ShareKind::Sent));
        assert!(!shown.contains("[1, 1") && !shown.contains("[2, 2") && !shown.contains("[3, 3"), "{shown}");
    }
}

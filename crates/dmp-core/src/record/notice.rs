//! What the person is told, in their inbox. Never health data: who, what kind of act, when.

use serde::{Deserialize, Serialize};

use super::{Head, Record, RepresentativeKind};
use crate::document::Announcement;
use crate::moment::Moment;

/// What happened (notification codes of `domain-supplement.md` 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoticeKind {
    RecordOpened,
    BreakGlass,
    RegulationCentre,
    NewDocument,
    RecordClosed,
    /// Two weeks after a deposit that waits for its announcement: the record was updated, see a professional (R.1111-53).
    AnnouncementReminder,
    /// A month after it: the document shows by itself (REMISE_VISIBILITE_AUTO).
    DocumentShown,
    RecordSuspended,
    SuspensionLifted,
    DestructionRequested,
    RecordDestroyed,
    /// Somebody was asked to help or to represent, accepted, or stopped.
    HelperInvited,
    HelperAccepted,
    RepresentativeDeclared,
    EpisodeDeclared,
    MedecinTraitantDeclared,
    IdentityChanged,
    /// The child is of age: the permissions are renewed, the representation has ended (RAPPEL_CONSENT_PASSAGE_MAJO).
    MajorityReached,
}

impl NoticeKind {
    /// Whether it tells of an access in an emergency, of which the *médecin traitant* is told too (CSP R.1111-48).
    pub fn is_emergency(self) -> bool {
        matches!(self, NoticeKind::BreakGlass | NoticeKind::RegulationCentre)
    }
}

/// A notice in the person's inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub kind: NoticeKind,
    pub at: Moment,
    /// Who did it, in words: name, profession, structure.
    pub by: String,
    pub read: bool,
}

/// What clocks tell the person, as a function of the moment: nothing of it is stored. A notice names no document.
pub fn clock_notices(record: &Record, now: Moment) -> Vec<Notice> {
    let head = &record.head;
    let notice = |kind, at: Moment| Notice { kind, at, by: String::new(), read: head.notices_seen_at.is_some_and(|seen| at <= seen) };
    let mut notices = Vec::new();
    for entry in record.entries.iter().filter(|entry| entry.visibility.invisible_to_patient && entry.status.is_latest()) {
        let clock = Announcement::of(entry);
        let told = |at: Moment| at <= now && clock.announced_at.is_none_or(|announced| at < announced);
        for (kind, at) in [(NoticeKind::AnnouncementReminder, clock.reminder_at()), (NoticeKind::DocumentShown, clock.shown_at())] {
            if told(at) {
                notices.push(notice(kind, at));
            }
        }
    }
    notices.extend(majority(head, now).map(|at| notice(NoticeKind::MajorityReached, at)));
    notices.sort_by_key(|notice| notice.at);
    notices
}

/// When a person with parents in their record came of age, within the last months.
fn majority(head: &Head, now: Moment) -> Option<Moment> {
    let had_parents = head.representatives.iter().any(|one| one.kind == RepresentativeKind::Parent);
    head.majority_at().filter(|at| had_parents && *at <= now && now < at.plus_days(MAJORITY_TOLD_DAYS))
}

/// Days that the notice of majority is shown.
const MAJORITY_TOLD_DAYS: i64 = 180;

//! Who is told of a notice outside the inbox, by which way and when: a function of the record and the moment.

use serde::{Deserialize, Serialize};

use super::{Head, Notice, NoticeKind, RepresentativeKind, Scope, Standing};
use crate::moment::Moment;
use crate::record::{Contact, Effect};

/// Language of a mail or a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Language {
    #[default]
    French,
    English,
}

impl Language {
    /// `fr` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Language::French => "fr",
            Language::English => "en",
        }
    }

    /// From `fr` or `en`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Language::French, Language::English].into_iter().find(|language| language.code() == code)
    }
}

/// When what can wait is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Rhythm {
    #[default]
    AtOnce,
    /// Once a day, at eight in the morning (UTC seven).
    Daily,
    /// Mondays, at the same hour.
    Weekly,
}

impl Rhythm {
    /// Every rhythm.
    pub const ALL: [Rhythm; 3] = [Rhythm::AtOnce, Rhythm::Daily, Rhythm::Weekly];

    /// The word on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Rhythm::AtOnce => "at-once",
            Rhythm::Daily => "daily",
            Rhythm::Weekly => "weekly",
        }
    }

    /// From the word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.code() == code)
    }

    /// When a notice that came at a moment is due.
    fn due(self, now: Moment) -> Moment {
        let midnight = now.as_seconds().div_euclid(DAY_SECONDS).saturating_mul(DAY_SECONDS);
        let today = Moment::from_seconds(midnight.saturating_add(DIGEST_SECONDS));
        let next = if today > now { today } else { today.plus_days(1) };
        match self {
            Rhythm::AtOnce => now,
            Rhythm::Daily => next,
            // The first day of 1970 was a Thursday.
            Rhythm::Weekly => next.plus_days((4 - next.as_seconds().div_euclid(DAY_SECONDS)).rem_euclid(7)),
        }
    }
}

const DAY_SECONDS: i64 = 86_400;
/// Hour of a digest in a day of UTC.
const DIGEST_SECONDS: i64 = 7 * 3_600;

/// How the person wants to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSettings {
    pub language: Language,
    pub rhythm: Rhythm,
    /// Optional kinds that go out of the inbox.
    pub told: Vec<NoticeKind>,
}

impl Default for NoticeSettings {
    fn default() -> Self {
        let told = NoticeKind::ALL.into_iter().filter(|kind| kind.is_optional() && kind.is_on_by_default()).collect();
        NoticeSettings { language: Language::default(), rhythm: Rhythm::default(), told }
    }
}

impl NoticeSettings {
    /// Whether a kind goes out. What may not be switched off always does.
    pub fn wants(&self, kind: NoticeKind) -> bool {
        !kind.is_optional() || self.told.contains(&kind)
    }
}

/// Whom a delivery tells, and so in which words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Recipient {
    Person,
    Representative,
    MedecinTraitant,
    /// Whoever ordered a copy on paper: what goes to them is the copy.
    Paper,
}

/// By which way.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// The address.
    Mail(String),
    /// The name and the postal address, lines joined by a line feed; none is known of some people.
    Letter { name: String, address: Option<String> },
}

impl std::fmt::Debug for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Way::Mail(_) => "Mail(…)",
            Way::Letter { .. } => "Letter(…)",
        })
    }
}

/// One notice on its way to one reader. It names no document, no professional and no structure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub kind: NoticeKind,
    pub at: Moment,
    pub to: Recipient,
    pub way: Way,
    pub language: Language,
    /// When it may go.
    pub due: Moment,
    /// Goes in one mail with the others that are due at the same moment.
    pub in_digest: bool,
}

/// Somebody else who has to be told: how to reach them.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    pub contact: Contact,
    pub language: Language,
}

/// The deliveries of a notice. `reach` knows the addresses of accounts: of representatives by their own records, of
/// professionals by their mailboxes.
pub fn deliveries(head: &Head, notice: &Notice, now: Moment, reach: &(dyn Fn(&str) -> Option<Reach> + Send + Sync)) -> Vec<Delivery> {
    let mut told = Vec::new();
    if !notice.secret {
        if notice.kind != NoticeKind::RepresentationEnded {
            told.extend(to_person(head, notice, now));
        }
        told.extend(paper(head, notice, now));
        told.extend(to_representatives(head, notice, now, reach));
    }
    if notice.kind.concerns_medecin_traitant() {
        told.extend(to_medecin_traitant(head, notice, now, reach));
    }
    let mut ways: Vec<Way> = Vec::new();
    // Parents who share a mailbox with their child, or with each other, are told once.
    told.retain(|delivery| {
        let again = ways.contains(&delivery.way) && delivery.to != Recipient::Paper;
        ways.push(delivery.way.clone());
        !again
    });
    told
}

fn to_person(head: &Head, notice: &Notice, now: Moment) -> Option<Delivery> {
    let settings = &head.notice_settings;
    if !settings.wants(notice.kind) {
        return None;
    }
    let contact = head.contact.clone().unwrap_or_default();
    let way = way(&contact, head.traits.shown_name().display());
    // What may wait stays in the inbox of whoever has no mailbox; a copy on paper tells of itself.
    if (notice.kind.is_optional() || notice.kind == NoticeKind::PaperOrdered) && matches!(way, Way::Letter { .. }) {
        return None;
    }
    let rhythm = if notice.kind.is_optional() { settings.rhythm } else { Rhythm::AtOnce };
    Some(Delivery {
        kind: notice.kind,
        at: notice.at,
        to: Recipient::Person,
        way,
        language: settings.language,
        due: rhythm.due(now),
        in_digest: rhythm != Rhythm::AtOnce,
    })
}

/// A copy on paper that was ordered in the commit of this notice: it leaves as a letter of its own, whatever else its reader is told by.
fn paper(head: &Head, notice: &Notice, now: Moment) -> Option<Delivery> {
    let order = head.paper_orders.iter().find(|order| notice.kind == NoticeKind::PaperOrdered && order.at == notice.at && order.waits())?;
    let address = Some(order.address.join("\n")).filter(|address| !address.is_empty());
    let way = Way::Letter { name: order.name.clone(), address };
    Some(Delivery { kind: notice.kind, at: notice.at, to: Recipient::Paper, way, language: order.language, due: now, in_digest: false })
}

/// Parents of a minor and guardians about the person, while they are in force: what may not be switched off. To the parents of a child who
/// has come of age, that it has.
fn to_representatives(head: &Head, notice: &Notice, now: Moment, reach: &(dyn Fn(&str) -> Option<Reach> + Send + Sync)) -> Vec<Delivery> {
    let minor = head.is_minor(now);
    let in_force = head.representatives.iter().filter(|one| one.scope == Scope::Person && one.standing(now) == Standing::InForce);
    let concerned = in_force.filter(|one| match (one.kind, notice.kind) {
        (RepresentativeKind::Parent, NoticeKind::RepresentationEnded) => true,
        (RepresentativeKind::Guardian | RepresentativeKind::Helper, NoticeKind::RepresentationEnded) | (RepresentativeKind::Helper, _) => false,
        (RepresentativeKind::Parent, kind) => minor && !kind.is_optional(),
        (RepresentativeKind::Guardian, kind) => !kind.is_optional(),
    });
    let delivery = |one: &super::Representative| {
        let reach = reach(&one.account).unwrap_or_default();
        Delivery {
            kind: notice.kind,
            at: notice.at,
            to: Recipient::Representative,
            way: way(&reach.contact, one.name.display()),
            language: reach.language,
            due: now,
            in_digest: false,
        }
    };
    concerned.map(delivery).collect()
}

fn to_medecin_traitant(head: &Head, notice: &Notice, now: Moment, reach: &(dyn Fn(&str) -> Option<Reach> + Send + Sync)) -> Vec<Delivery> {
    let doctors = head.authorisations.iter().filter(|line| line.medecin_traitant && line.effect == Effect::Permit);
    let delivery = |line: &super::Authorisation| {
        let reach = reach(&line.account).unwrap_or_default();
        let structure = line.structure.as_ref().map(|structure| structure.name.clone());
        let contact = Contact { address: reach.contact.address.or(structure), ..reach.contact };
        Delivery {
            kind: notice.kind,
            at: notice.at,
            to: Recipient::MedecinTraitant,
            way: way(&contact, line.name.display()),
            language: reach.language,
            due: now,
            in_digest: false,
        }
    };
    doctors.map(delivery).collect()
}

fn way(contact: &Contact, name: String) -> Way {
    match contact.email.as_deref().map(str::trim).filter(|email| !email.is_empty()) {
        Some(email) => Way::Mail(email.to_owned()),
        None => Way::Letter { name, address: contact.address.clone() },
    }
}

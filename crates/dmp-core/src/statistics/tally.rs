//! From deeds to what they add to the cells of the tables, to the marks that count somebody once a month, and to the ledger.

use std::collections::BTreeMap;

use super::deed::{Deed, DeedKind, DocumentOrigin, Gauge, Origin, Read};
use crate::calendar::{Month, first_day_of_month, paris_day};
use crate::ids::RecordKey;
use crate::record::Channel;
use crate::remuneration::{KeptLine, LedgerLine, LineKind, Tariffs};

/// Names of what is counted. A name that was given is never given to something else.
pub mod names {
    /// Openings, by the day of the opening; and those of them that were taken back, by that same day.
    pub const OPENED: &str = "opened";
    pub const CANCELLED: &str = "cancelled";
    pub const CLOSED: &str = "closed";
    pub const REOPENED: &str = "reopened";
    pub const DESTROYED: &str = "destroyed";
    /// Levels: what is added up from the beginning to a day is how many there were at the end of that day.
    pub const OPEN: &str = "open";
    pub const FILLED: &str = "filled";
    pub const FILLED_BY_PROFESSIONALS: &str = "filled-pro";
    pub const DOCUMENTS: &str = "documents";
    /// Records by the day of their newest document.
    pub const NEWEST: &str = "newest";
    /// Documents deposited, by who they came from: `deposited:lab`.
    pub const DEPOSITED: [&str; 5] = ["deposited:pro", "deposited:hospital", "deposited:lab", "deposited:person", "deposited:insurer"];
    /// Documents of professionals by the days from act to deposit: `delay:12`.
    pub const DELAY: &str = "delay:";
    /// Reads by professionals: of a document; of a list, a summary or a search.
    pub const CONSULTED: &str = "consulted";
    pub const LOOKED: &str = "looked";
    /// Professionals and structures who fed, professionals who read, in a month: by its first day.
    pub const FEEDERS: &str = "feeders";
    pub const READERS: &str = "readers";
    /// Days with a reimbursed consultation, and those of them that a document followed: by the first day of the consultation's month.
    pub const CONSULTATIONS: &str = "consultations";
    pub const FOLLOWED: &str = "followed";
}

/// Longer delays count as this one.
pub const DELAY_DAYS_MAX: u16 = 400;

/// Months for which marks are kept: longer than the insurer's lines reach back, and than anything is counted late.
pub const MARK_MONTHS: i32 = 36;

/// The first month of which something may still be marked. Marks of the months before the one before it are of no use any more.
pub fn first_marked(today: i32) -> Month {
    let month = Month::of(today);
    Month::of_number(month.number() - MARK_MONTHS).unwrap_or(month)
}

/// A cell of the tables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    pub name: String,
    /// Days since 1970, Paris.
    pub day: i32,
    pub channel: Option<Channel>,
    /// Code of the department, or empty.
    pub department: String,
    /// Number of the *caisse*, or empty.
    pub caisse: String,
}

/// In what quality somebody, or something, is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Feeder,
    Reader,
    /// A day on which a person had a reimbursed consultation.
    Consultation,
    /// Such a day, when a document followed.
    Followed,
}

impl Role {
    /// The word that its keyed hash covers.
    pub fn code(self) -> &'static str {
        match self {
            Role::Feeder => "feeder",
            Role::Reader => "reader",
            Role::Consultation => "consultation",
            Role::Followed => "followed",
        }
    }

    /// What a new mark counts under.
    pub fn name(self) -> &'static str {
        match self {
            Role::Feeder => names::FEEDERS,
            Role::Reader => names::READERS,
            Role::Consultation => names::CONSULTATIONS,
            Role::Followed => names::FOLLOWED,
        }
    }
}

/// Somebody did something in a month, or something happened once: counted when nobody has put this mark before. The store keeps a keyed hash of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    pub month: Month,
    pub role: Role,
    /// Whose: an account; of a consultation its record and day.
    pub account: String,
}

impl Mark {
    /// The cell that a new mark adds one to.
    pub fn cell(&self) -> Cell {
        Cell { name: self.role.name().to_owned(), day: self.month.first_day(), channel: None, department: String::new(), caisse: String::new() }
    }
}

/// What a batch of deeds changes, together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settlement {
    pub cells: BTreeMap<Cell, i64>,
    pub marks: std::collections::BTreeSet<Mark>,
    pub lines: Vec<LedgerLine>,
}

/// Counts deeds. Each of them is given once, whatever the order.
pub fn settlement<'a>(deeds: impl IntoIterator<Item = (RecordKey, &'a Deed)>, tariffs: &Tariffs) -> Settlement {
    let mut settled = Settlement::default();
    for (record, deed) in deeds {
        settled.take(record, deed, tariffs);
    }
    settled.cells.retain(|_, by| *by != 0);
    settled
}

impl Settlement {
    fn take(&mut self, record: RecordKey, deed: &Deed, tariffs: &Tariffs) {
        let day = paris_day(deed.at);
        match &deed.kind {
            DeedKind::Opened { payee, receipt } => {
                self.add(names::OPENED, day, &deed.origin, 1);
                self.pay(record, LineKind::Opening, deed, day, payee, receipt, tariffs);
            }
            DeedKind::Cancelled { opened_at, payee, receipt } => {
                self.add(names::CANCELLED, paris_day(*opened_at), &deed.origin, 1);
                self.pay(record, LineKind::Reversal, deed, paris_day(*opened_at), payee, receipt, tariffs);
            }
            DeedKind::Closed => self.add(names::CLOSED, day, &deed.origin, 1),
            DeedKind::Reopened => self.add(names::REOPENED, day, &deed.origin, 1),
            DeedKind::Destroyed => self.add(names::DESTROYED, day, &deed.origin, 1),
            DeedKind::Document { origin, delay_days, feeder } => self.document(deed, day, *origin, *delay_days, feeder.as_deref()),
            DeedKind::Consulted { reader, what } => {
                let name = match what {
                    Read::Document => names::CONSULTED,
                    Read::Record => names::LOOKED,
                };
                self.add(name, day, &Origin::default(), 1);
                self.marks.insert(Mark { month: Month::of(day), role: Role::Reader, account: reader.clone() });
            }
            DeedKind::Moved { gauge, by } => match gauge {
                Gauge::Open => self.add(names::OPEN, day, &deed.origin, *by),
                Gauge::Filled => self.add(names::FILLED, day, &deed.origin, *by),
                Gauge::FilledByProfessionals => self.add(names::FILLED_BY_PROFESSIONALS, day, &deed.origin, *by),
                Gauge::Documents => self.add(names::DOCUMENTS, day, &deed.origin, *by),
                Gauge::Newest { day } => self.add(names::NEWEST, *day, &Origin::default(), *by),
            },
        }
    }

    fn document(&mut self, deed: &Deed, day: i32, origin: DocumentOrigin, delay_days: u16, feeder: Option<&str>) {
        for (one, name) in DocumentOrigin::ALL.into_iter().zip(names::DEPOSITED) {
            if one == origin {
                self.add(name, day, &deed.origin, 1);
            }
        }
        if origin.is_professional() {
            // By the month: a median of a day says nothing, and a year of days times delays is a large table.
            let name = format!("{}{}", names::DELAY, delay_days.min(DELAY_DAYS_MAX));
            self.add(&name, first_day_of_month(day), &Origin::default(), 1);
        }
        if let Some(account) = feeder {
            self.marks.insert(Mark { month: Month::of(day), role: Role::Feeder, account: account.to_owned() });
        }
    }

    fn add(&mut self, name: &str, day: i32, origin: &Origin, by: i64) {
        let Origin { channel, department, caisse } = origin.clone();
        *self.cells.entry(Cell { name: name.to_owned(), day, channel, department, caisse }).or_default() += by;
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one line")]
    fn pay(&mut self, record: RecordKey, kind: LineKind, deed: &Deed, opened: i32, payee: &super::Payee, receipt: &str, tariffs: &Tariffs) {
        let Some(channel) = deed.origin.channel else { return };
        let Some(cents) = tariffs.cents(channel, opened) else { return };
        let sign = match kind {
            LineKind::Opening => 1,
            LineKind::Reversal => -1,
        };
        let (day, payee, receipt) = (paris_day(deed.at), payee.clone(), receipt.to_owned());
        self.lines.push(LedgerLine { record, kept: KeptLine { kind, day, opened, channel, cents: sign * cents, payee, receipt } });
    }
}

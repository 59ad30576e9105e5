//! What must be counted, from what was acknowledged alone. An opening counts once, for its day in Paris; a record that is closed and opened again is
//! one opening; one that is taken back is none.

use std::collections::BTreeMap;

use dmp_core::Moment;
use dmp_core::record::Channel;
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::people::{Group, PLACES, Person, Step};

/// One opening and what came after it, all on one day in Paris.
#[derive(Debug, Clone)]
pub struct Life {
    /// Days since 1970.
    pub day: i32,
    /// ISO week, `2018-W49`.
    pub week: String,
    pub channel: Channel,
    pub department: Option<&'static str>,
    pub cancelled: bool,
    pub closed: bool,
    pub reopened: bool,
    /// Holds a document of a professional.
    pub deposited: bool,
}

impl Life {
    /// Opened at a moment, and nothing more.
    pub fn opened(at: Moment, channel: Channel, department: Option<&'static str>) -> Self {
        let day = at.timestamp().to_zoned(TimeZone::get("Europe/Paris").unwrap()).date();
        let week = day.iso_week_date();
        Life {
            day: i32::try_from(day.duration_since(date(1970, 1, 1)).as_hours() / 24).unwrap(),
            week: format!("{:04}-W{:02}", week.year(), week.week()),
            channel,
            department,
            cancelled: false,
            closed: false,
            reopened: false,
            deposited: false,
        }
    }

    pub fn is_in_use(&self) -> bool {
        !self.cancelled && (!self.closed || self.reopened)
    }

    /// The public name of the channel.
    pub fn group(&self) -> &'static str {
        match self.channel {
            Channel::Pharmacy => "pharmacie",
            Channel::Online => "en-ligne",
            Channel::Counter => "caisse",
            Channel::Nurse | Channel::Professional | Channel::Establishment => "professionnels-etablissements",
            Channel::Automatic => "automatique",
        }
    }

    /// The INSEE code of the region.
    pub fn region(&self) -> &'static str {
        PLACES.iter().find(|(code, _)| Some(*code) == self.department).map_or("inconnue", |(_, region)| region)
    }
}

/// The openings of people as far as they went.
pub fn lives(groups: &[Group]) -> Vec<Life> {
    groups.iter().flat_map(|group| group.people.iter().flat_map(|person| of_person(group.at, person))).collect()
}

fn of_person(at: Moment, person: &Person) -> Vec<Life> {
    let mut lives: Vec<Life> = Vec::new();
    for step in person.done() {
        match (step, lives.last_mut()) {
            (Step::Open, _) => lives.push(Life::opened(at, person.opener.channel(), person.department)),
            (Step::Cancel, Some(life)) => life.cancelled = true,
            (Step::Close, Some(life)) => life.closed = true,
            (Step::Reopen, Some(life)) => life.reopened = true,
            (Step::Deposit, Some(life)) => life.deposited = true,
            (Step::Double, _) | (_, None) => {}
        }
    }
    lives
}

/// Counts by name, day and a third thing; noughts are left out.
pub type Cells = BTreeMap<(String, i32, String), i64>;

/// What the tables must hold, by channel or by department.
pub fn cells(lives: &[Life], key: impl Fn(&Life) -> Option<String>) -> Cells {
    let mut cells = Cells::new();
    for life in lives {
        let Some(key) = key(life) else { continue };
        let mut add = |name: &str, by: i64| *cells.entry((name.to_owned(), life.day, key.clone())).or_default() += by;
        add("opened", 1);
        add("cancelled", i64::from(life.cancelled));
        add("closed", i64::from(life.closed));
        add("reopened", i64::from(life.reopened));
        add("deposited:pro", i64::from(life.deposited));
        add("filled-pro", i64::from(life.deposited));
        // The level of that day: what came into use less what left it.
        add("open", i64::from(life.is_in_use()));
    }
    cells.retain(|_, count| *count != 0);
    cells
}

/// What a public file must show: counts by row and column.
pub type Shown = BTreeMap<(String, String), i64>;

/// Openings by week and public channel, and all of a week.
pub fn by_channel(lives: &[Life]) -> Shown {
    let mut shown = Shown::new();
    for life in lives.iter().filter(|life| !life.cancelled) {
        for column in [life.group(), "ensemble"] {
            *shown.entry((life.week.clone(), column.to_owned())).or_default() += 1;
        }
    }
    shown
}

/// Openings by week and region.
pub fn by_region(lives: &[Life]) -> Shown {
    let mut shown = Shown::new();
    for life in lives.iter().filter(|life| !life.cancelled) {
        *shown.entry((life.week.clone(), life.region().to_owned())).or_default() += 1;
    }
    shown
}

/// Levels and what happened to records.
pub fn records(lives: &[Life]) -> BTreeMap<&'static str, i64> {
    let count = |wanted: &dyn Fn(&Life) -> bool| i64::try_from(lives.iter().filter(|life| wanted(life)).count()).unwrap();
    BTreeMap::from([
        ("ouvertures", count(&|life| !life.cancelled)),
        ("dossiers_ouverts", count(&Life::is_in_use)),
        ("dossiers_non_vides_professionnels", count(&|life| life.deposited)),
        ("ouvertures_annulees", count(&|life| life.cancelled)),
        ("sorties_d_usage", count(&|life| life.closed)),
        ("retours_en_usage", count(&|life| life.reopened)),
        ("destructions", 0),
    ])
}

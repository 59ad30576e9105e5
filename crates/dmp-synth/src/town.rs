//! The town: people and documents by number, each made when it is asked for.

use jiff::civil::Date;

use crate::course::{Course, Event, course_of};
use crate::document::{Desk, SynthDocument};
use crate::draw::Draw;
use crate::people::{Person, PersonMaker, Place, Professional, ProfessionalRef, cast_count, place, staff};

/// Root of the identifiers of documents; seed, person and number follow.
const DOCUMENTS: &str = "1.2.250.1.213.1.1.9.999";
/// Root of the identifiers that group the versions of a document.
const SETS: &str = "1.2.250.1.213.1.1.9.998";
/// Numbers of the documents of a heavy record start here, so that they never meet those of the same person.
const HEAVY_FIRST: u32 = 100_000;

/// A synthetic town. The same seed, size and day give the same people and the same bytes.
///
/// ```
/// use dmp_synth::Town;
/// let town = Town::new(7, 100, jiff::civil::date(2026, 11, 1));
/// let claire = town.person(0).unwrap();
/// assert_eq!(claire.handle, Some("claire-exemple"));
/// let first = town.documents_of(0).next().unwrap();
/// assert!(first.bytes.starts_with(b"<?xml"));
/// ```
#[derive(Debug, Clone)]
pub struct Town {
    maker: PersonMaker,
    staff: Vec<Professional>,
    /// Who keeps what people write themselves.
    host: Option<Place>,
}

impl Town {
    /// A town of `patients` people (the named cast first) as it is on `today`.
    pub fn new(seed: u64, patients: u32, today: Date) -> Self {
        let staff = staff(seed, patients);
        let named = u32::try_from(crate::people::named_staff_count()).unwrap_or(0);
        let practitioners = u32::try_from(staff.len()).unwrap_or(0).saturating_sub(named);
        Town { maker: PersonMaker { seed, patients, today, practitioners }, staff, host: place("cpam") }
    }

    /// How many people.
    pub fn patients(&self) -> u32 {
        self.maker.patients
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.maker.seed
    }

    /// The day on which the town is looked at: nothing in it is later.
    pub fn today(&self) -> Date {
        self.maker.today
    }

    /// How many of the first people belong to the named cast.
    pub fn named_people(&self) -> u32 {
        cast_count().min(self.maker.patients)
    }

    /// One person; `None` beyond the last.
    pub fn person(&self, index: u32) -> Option<Person> {
        self.maker.make(index)
    }

    /// Everyone, one at a time.
    pub fn people(&self) -> impl Iterator<Item = Person> {
        (0..self.maker.patients).filter_map(|index| self.person(index))
    }

    /// All professionals: the named staff first.
    pub fn professionals(&self) -> &[Professional] {
        &self.staff
    }

    /// One professional.
    pub fn professional(&self, reference: ProfessionalRef) -> Option<&Professional> {
        usize::try_from(reference.0).ok().and_then(|place| self.staff.get(place))
    }

    /// The documents of one person, oldest first, each written when the iterator reaches it. Empty for a person without a record.
    pub fn documents_of(&self, index: u32) -> impl Iterator<Item = SynthDocument> + '_ {
        self.life(index).into_iter().flat_map(move |life| {
            let count = u32::try_from(life.course.events.len()).unwrap_or(0);
            (0..count).filter_map(move |number| self.document(&life, number, number))
        })
    }

    /// How many documents [`Town::documents_of`] gives, without writing them.
    pub fn document_count_of(&self, index: u32) -> usize {
        self.life(index).map_or(0, |life| life.course.events.len())
    }

    /// Every document of the town, person after person.
    pub fn documents(&self) -> impl Iterator<Item = SynthDocument> + '_ {
        (0..self.maker.patients).flat_map(|index| self.documents_of(index))
    }

    /// A record of `count` documents, all of the first person (Claire), for measurements: her documents again and again,
    /// each time under identifiers of their own. They never meet those of [`Town::documents_of`].
    pub fn heavy_record(&self, count: u32) -> impl Iterator<Item = SynthDocument> + '_ {
        self.life(0).into_iter().flat_map(move |life| {
            let events = u32::try_from(life.course.events.len()).unwrap_or(0).max(1);
            (0..count).filter_map(move |number| self.document(&life, number % events, HEAVY_FIRST + number))
        })
    }

    fn life(&self, index: u32) -> Option<Life> {
        let person = self.person(index)?;
        let representative = person.representatives().next().and_then(|other| self.person(other));
        let course = course_of(self.maker.seed, &person, self.maker.today);
        Some(Life { person, representative, course })
    }

    /// The document of event `event`, under number `number`.
    fn document(&self, life: &Life, event: u32, number: u32) -> Option<SynthDocument> {
        let event: &Event = life.course.events.get(usize::try_from(event).ok()?)?;
        let (seed, person) = (self.maker.seed, life.person.index);
        let desk = Desk {
            person: &life.person,
            representative: life.representative.as_ref(),
            course: &life.course,
            event,
            author: self.professional(ProfessionalRef(event.author))?,
            staff: &self.staff,
            attending_doctor: self.professional(life.person.attending_doctor),
            host: self.host.as_ref()?,
            unique_id: &format!("{DOCUMENTS}.{seed}.{person}.{number}"),
            set_id: &format!("{SETS}.{seed}.{person}.{number}"),
            key: Draw::of(seed, &[0xD0C5, u64::from(person), u64::from(number)]).next(),
        };
        desk.write()
    }
}

/// A person and their course, kept while their documents are written.
struct Life {
    person: Person,
    representative: Option<Person>,
    course: Course,
}

//! A person of the town. Each one is made from the seed and their own number alone, so that a town of any
//! size needs no memory: ten neighbours share a block, and a block is three households.

use dmp_core::identity::{BirthDate, IdentityTraits, Ins, PersonName, Sex};
use dmp_core::territory::Caisse;
use jiff::civil::{Date, date};

use super::address::Address;
use super::cast_people::{ActsFor, CAST_PEOPLE, CastPerson, Story};
use super::cast_staff::{STAFF, at};
use super::identifiers::{birth_slot, matricule, test_ins};
use super::professional::ProfessionalRef;
use crate::draw::Draw;
use crate::words::{DEPARTMENTS, GIVEN_FEMALE, GIVEN_MALE, STREETS, TOWN, family_name, plain_capitals};

/// How another person of the town stands to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RelationKind {
    /// Holder of parental authority.
    Parent,
    Child,
    Partner,
    /// In charge of a protection measure (*tutelle*).
    Guardian,
    Helper,
}

/// Another person of the town and how they stand to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Relation {
    pub kind: RelationKind,
    pub person: u32,
}

/// Someone who lives in the town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub index: u32,
    /// Word for the command line, for the named cast.
    pub handle: Option<&'static str>,
    pub ins: Ins,
    pub traits: IdentityTraits,
    pub address: Address,
    pub email: String,
    pub phone: String,
    /// Department of residence.
    pub department: &'static str,
    pub relations: Vec<Relation>,
    pub attending_doctor: ProfessionalRef,
    /// Whether a record is open for this person; the others refused or were never asked.
    pub has_record: bool,
    pub(crate) story: Story,
    pub(crate) female: bool,
    pub(crate) born: Date,
}

impl Person {
    /// The *caisse* of where they live.
    pub fn caisse(&self) -> Option<Caisse> {
        Caisse::first_of(self.department)
    }

    /// Age in whole years on a day; negative before birth.
    pub fn age_on(&self, day: Date) -> i16 {
        self.traits.birth_date.age_on(day)
    }

    /// Whether someone of the town is a legal representative, and who.
    pub fn representatives(&self) -> impl Iterator<Item = u32> {
        self.relations
            .iter()
            .filter(|relation| matches!(relation.kind, RelationKind::Parent | RelationKind::Guardian))
            .map(|relation| relation.person)
    }
}

/// How many people of every town belong to the named cast.
pub(crate) fn cast_count() -> u32 {
    u32::try_from(CAST_PEOPLE.len()).unwrap_or(0)
}

/// Makes the people of one town.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PersonMaker {
    pub seed: u64,
    pub patients: u32,
    pub today: Date,
    /// General practitioners drawn after the named staff.
    pub practitioners: u32,
}

/// A place in a block of ten neighbours.
struct Slot {
    /// Household of the block, 0 to 2: name and address are shared.
    household: u64,
    ages: (i32, i32),
    /// Sex where the pattern decides it.
    female: Option<bool>,
    relations: &'static [(RelationKind, u32)],
}

const fn slot(household: u64, ages: (i32, i32), female: Option<bool>, relations: &'static [(RelationKind, u32)]) -> Slot {
    Slot { household, ages, female, relations }
}

/// Ten neighbours: a couple with two children, a single parent, someone alone, an old couple with their child.
const BLOCK: [Slot; 10] = [
    slot(0, (29, 45), Some(true), &[(RelationKind::Partner, 1), (RelationKind::Child, 2), (RelationKind::Child, 3)]),
    slot(0, (30, 48), Some(false), &[(RelationKind::Partner, 0), (RelationKind::Child, 2), (RelationKind::Child, 3)]),
    slot(0, (0, 9), None, &[(RelationKind::Parent, 0), (RelationKind::Parent, 1)]),
    slot(0, (6, 17), None, &[(RelationKind::Parent, 0), (RelationKind::Parent, 1)]),
    slot(1, (35, 60), None, &[(RelationKind::Child, 5)]),
    slot(1, (1, 21), None, &[(RelationKind::Parent, 4)]),
    slot(2, (18, 75), None, &[]),
    slot(2, (46, 64), None, &[(RelationKind::Parent, 8), (RelationKind::Parent, 9)]),
    slot(2, (66, 92), Some(true), &[(RelationKind::Partner, 9), (RelationKind::Child, 7), (RelationKind::Helper, 7)]),
    slot(2, (68, 96), Some(false), &[(RelationKind::Partner, 8), (RelationKind::Child, 7), (RelationKind::Helper, 7)]),
];

impl PersonMaker {
    /// The person of that number; `None` beyond the last one.
    pub fn make(&self, index: u32) -> Option<Person> {
        if index >= self.patients {
            return None;
        }
        match usize::try_from(index).ok().and_then(|place| CAST_PEOPLE.get(place)) {
            Some(row) => cast_person(index, row),
            None => self.neighbour(index),
        }
    }

    fn neighbour(&self, index: u32) -> Option<Person> {
        let cast = cast_count();
        let (block, place) = ((index - cast) / 10, (index - cast) % 10);
        let pattern = BLOCK.get(usize::try_from(place).ok()?)?;
        let mut draw = Draw::of(self.seed, &[0xBEEF, u64::from(index)]);
        let mut home = Draw::of(self.seed, &[0x403E, u64::from(block), pattern.household]);
        let (female, born) = self.sex_and_birth(cast + block * 10, place, pattern);
        let (birth_place, order) = birth_slot(index);
        let given = if female { draw.pick(&GIVEN_FEMALE) } else { draw.pick(&GIVEN_MALE) };
        let second = if female { draw.pick(&GIVEN_FEMALE) } else { draw.pick(&GIVEN_MALE) };
        let household_family = family_name(home.below(384));
        let marries = female && born.year() < 1995 && draw.chance(60) && matches!(place, 0 | 8);
        let birth_family = if marries { family_name(draw.below(384)) } else { household_family.clone() };
        let doctor = self.doctor(&mut home);
        let relations = self.relations(block, pattern, born, &mut draw);
        let department = weighted(&mut home, &DEPARTMENTS);
        Some(Person {
            index,
            handle: None,
            ins: test_ins(&matricule(female, born.year(), born.month(), &birth_place, order))?,
            traits: traits([given, second], &birth_family, marries.then_some(household_family.as_str()), born, female, &birth_place),
            address: address(&mut home, department),
            email: format!("{}.{}.{index}@courriel.example", email_word(given), email_word(&household_family)),
            phone: format!("+3363998{:04}", index % 9_000),
            department,
            relations,
            attending_doctor: ProfessionalRef(doctor),
            has_record: !draw.chance(4),
            story: Story::Ordinary,
            female,
            born,
        })
    }

    /// Sex and birthday. A child is born when each parent of the block is between 20 and 44.
    fn sex_and_birth(&self, first: u32, place: u32, pattern: &Slot) -> (bool, Date) {
        let mut draw = Draw::of(self.seed, &[0xB127, u64::from(first + place)]);
        let female = pattern.female.unwrap_or_else(|| draw.chance(51));
        let (mut low, mut high) = pattern.ages;
        for (_, parent) in pattern.relations.iter().filter(|(kind, _)| *kind == RelationKind::Parent) {
            let row = usize::try_from(*parent).ok().and_then(|place| BLOCK.get(place));
            let born = row.map(|row| self.sex_and_birth(first, *parent, row).1);
            let age = born.map_or(50, |born| i32::from(self.today.year() - born.year()));
            (low, high) = (low.max(age - 44), high.min(age - 20));
        }
        (female, birth_date(&mut draw, self.today, (low.min(high).max(0), high.max(0))))
    }

    /// Relations inside the block, cut at the last person of the town; parental authority ends at 18.
    fn relations(&self, block: u32, pattern: &Slot, born: Date, draw: &mut Draw) -> Vec<Relation> {
        let first = cast_count() + block * 10;
        let minor = BirthDate { year: born.year(), month: small(born.month()), day: small(born.day()) }.age_on(self.today) < 18;
        let mut relations: Vec<Relation> = pattern
            .relations
            .iter()
            .map(|(kind, place)| Relation { kind: *kind, person: first + place })
            .filter(|relation| relation.person < self.patients)
            .filter(|relation| minor || relation.kind != RelationKind::Parent)
            .collect();
        let old = self.today.year() - born.year() > 82;
        if old && draw.chance(20) {
            let guardian: Vec<u32> =
                relations.iter().filter(|relation| relation.kind == RelationKind::Helper).map(|relation| relation.person).collect();
            relations.extend(guardian.into_iter().map(|person| Relation { kind: RelationKind::Guardian, person }));
        }
        relations
    }

    fn doctor(&self, home: &mut Draw) -> u32 {
        let named = u32::try_from(STAFF.len()).unwrap_or(0);
        if self.practitioners > 0 && home.chance(80) {
            named + home.below(self.practitioners)
        } else {
            home.pick(&[at::GP, at::SECOND_GP, at::THIRD_GP])
        }
    }
}

fn cast_person(index: u32, row: &CastPerson) -> Option<Person> {
    let (year, month, day) = row.born;
    let born = date(year, month, day);
    let used = row.used_family.unwrap_or(row.birth_family);
    // Places are written with their five characters; an overseas department takes three of them.
    let place: String = row.birth_place.chars().take(5).collect();
    let order = 900 + index % 100;
    let mut home = Draw::of(0xCA57, &[u64::from(index)]);
    Some(Person {
        index,
        handle: Some(row.handle),
        ins: test_ins(&matricule(row.female, year, month, &place, order))?,
        traits: traits([row.given, row.second_given], row.birth_family, row.used_family, born, row.female, &place),
        address: address(&mut home, row.department),
        email: format!("{}.{}@courriel.example", email_word(row.given), email_word(used)),
        phone: format!("+33639989{index:03}"),
        department: row.department,
        relations: cast_relations(index, row),
        attending_doctor: ProfessionalRef(row.doctor),
        has_record: row.story != Story::NoRecord,
        story: row.story,
        female: row.female,
        born,
    })
}

/// Relations of a named person, read from both sides.
fn cast_relations(index: u32, row: &CastPerson) -> Vec<Relation> {
    let number = |handle: &str| CAST_PEOPLE.iter().position(|other| other.handle == handle).and_then(|place| u32::try_from(place).ok());
    let mut relations = Vec::new();
    for (handle, quality) in row.acts_for {
        let kind = match quality {
            ActsFor::Parent => RelationKind::Child,
            ActsFor::Partner => RelationKind::Partner,
            ActsFor::Guardian | ActsFor::Helper => continue,
        };
        relations.extend(number(handle).map(|person| Relation { kind, person }));
    }
    for other in &CAST_PEOPLE {
        for (handle, quality) in other.acts_for {
            let kind = match quality {
                ActsFor::Parent => RelationKind::Parent,
                ActsFor::Guardian => RelationKind::Guardian,
                ActsFor::Helper => RelationKind::Helper,
                ActsFor::Partner => RelationKind::Partner,
            };
            let person = number(other.handle).filter(|person| *person != index && *handle == row.handle);
            relations.extend(person.map(|person| Relation { kind, person }));
        }
    }
    relations
}

fn traits(given: [&str; 2], birth_family: &str, used_family: Option<&str>, born: Date, female: bool, place: &str) -> IdentityTraits {
    let [first, second] = given;
    IdentityTraits {
        birth_name: PersonName::new(plain_capitals(&format!("{first} {second}")), birth_family),
        used_name: Some(PersonName::new(first, used_family.unwrap_or(birth_family))),
        birth_date: BirthDate { year: born.year(), month: small(born.month()), day: small(born.day()) },
        sex: if female { Sex::Female } else { Sex::Male },
        birth_place: place.to_owned(),
    }
}

fn small(number: i8) -> u8 {
    u8::try_from(number).unwrap_or(1)
}

/// A birthday that gives an age between the two bounds on `today`.
fn birth_date(draw: &mut Draw, today: Date, ages: (i32, i32)) -> Date {
    let days = draw.between(ages.0 * 365 + ages.0 / 4 + 20, ages.1 * 365 + ages.1 / 4 + 340);
    today.checked_sub(jiff::Span::new().days(days)).unwrap_or(today)
}

fn address(home: &mut Draw, department: &str) -> Address {
    let postal_code = match department {
        "2A" => "20999".to_owned(),
        "974" => "97499".to_owned(),
        two => format!("{two}999"),
    };
    Address { number: u16::try_from(home.between(1, 120)).unwrap_or(1), street: home.pick(&STREETS), postal_code, city: TOWN }
}

fn weighted(draw: &mut Draw, rows: &[(&'static str, u32)]) -> &'static str {
    let mut left = draw.below(rows.iter().map(|row| row.1).sum());
    for (word, weight) in rows {
        match left.checked_sub(*weight) {
            Some(rest) => left = rest,
            None => return word,
        }
    }
    ""
}

fn email_word(name: &str) -> String {
    plain_capitals(name).to_ascii_lowercase()
}

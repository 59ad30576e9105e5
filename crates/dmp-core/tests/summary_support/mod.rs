//! Documents and facts of clearly fictitious people, for tests that speak about the summary.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, reason = "each test file uses its own part, and says what went wrong by panicking")]

use dmp_core::document::{
    Approved, Author, AuthorKind, AvailabilityStatus, Code, ContentRef, DocumentEntry, Reference, SourcePatient, TypeCode, Visibility, system,
};
use dmp_core::identity::{BirthDate, IdentityTraits, Ins, PersonName, Sex, StructIdNat, Structure};
use dmp_core::ids::BlobAddress;
use dmp_core::summary::{
    AbsenceKind, Concept, Criticality, Extract, Extraction, Fact, FactKind, Input, Medicine, MedicineStage, Observation, ObservationKind,
    ObservationStatus, Party, Period, ProblemState, Proof, Seen, Summary, SummaryPerson, Value, What, When, build,
};
use dmp_core::{EntryId, Moment};

pub const ATC: &str = "2.16.840.1.113883.6.73";
pub const NABM: &str = "1.2.250.1.215.200.4.1";

/// 3 July 2026, noon.
pub fn now() -> Moment {
    at("2026-07-03")
}

/// Noon of a day.
pub fn at(day: &str) -> Moment {
    Moment::parse_fhir(&format!("{day}T12:00:00Z")).expect("a day")
}

pub fn on(text: &str) -> When {
    When::from_iso(text).expect("a date")
}

pub fn person() -> SummaryPerson {
    born("1979-03-28", Sex::Female)
}

pub fn born(date: &str, sex: Sex) -> SummaryPerson {
    SummaryPerson {
        ins: Ins::parse("1.2.250.1.213.1.4.10", "279035121518989").expect("the test number of Dominique"),
        traits: IdentityTraits {
            birth_name: PersonName::new("Dominique", "EXEMPLE"),
            used_name: None,
            birth_date: BirthDate::parse(date).expect("a birth date"),
            sex,
            birth_place: "51215".into(),
        },
        medecin_traitant: None,
    }
}

/// One document with what it says.
#[derive(Debug, Clone)]
pub struct Paper {
    pub entry: DocumentEntry,
    pub extract: Option<Extract>,
}

/// A document of a type, a day and a number, written by Dr Exemple in a fictitious practice.
pub fn paper(number: u32, type_code: &str, day: &str) -> Paper {
    let code = Code::new("x", "y", "z");
    let mut id = [0; 16];
    id.iter_mut().zip(number.to_be_bytes()).for_each(|(to, from)| *to = from);
    let mut sha256 = [0; 32];
    sha256.iter_mut().zip(number.to_be_bytes()).for_each(|(to, from)| *to = from);
    let id = EntryId(id);
    let entry = DocumentEntry {
        id,
        version: 1,
        unique_id: format!("urn:oid:1.2.3.{number}"),
        status: AvailabilityStatus::deposited(),
        visibility: Visibility::default(),
        announced_at: None,
        type_code: TypeCode::parse(type_code).expect("a type of JDV_J66"),
        title: format!("Document d'essai {number}"),
        mime_type: "text/xml".into(),
        language: "fr-FR".into(),
        format: code.clone(),
        facility_type: code.clone(),
        practice_setting: code,
        event_codes: Vec::new(),
        comments: None,
        created_at: at(day),
        service_start: at(day),
        service_stop: None,
        submitted_at: at(day),
        updated_at: at(day),
        authors: vec![author("801234567897", "Cabinet des Essais")],
        legal_authenticator: None,
        custodian: None,
        source_patient: SourcePatient {
            id: "279035121518989".into(),
            name: PersonName::new("Dominique", "EXEMPLE"),
            gender: "F".into(),
            birth_date: "19790328".into(),
        },
        references: Vec::new(),
        replaces: None,
        deposited_by: "org:1120456789".into(),
        content: ContentRef { address: BlobAddress([3; 16]), home: None, size: 1, sha1: [0; 20], sha256 },
    };
    Paper { entry, extract: Some(Extract { entry: id, extractor: 1, extraction: Extraction::Read, facts: Vec::new() }) }
}

pub fn author(id: &str, place: &str) -> Author {
    Author {
        kind: AuthorKind::Professional,
        id: Some(id.into()),
        name: PersonName { prefix: "DR".into(), ..PersonName::new("Anne", "EXEMPLE") },
        institution: Some(Structure { id: StructIdNat::parse("1120456789").expect("a FINESS"), name: place.into() }),
        role: None,
        specialty: None,
    }
}

impl Paper {
    pub fn says(mut self, fact: Fact) -> Self {
        if let Some(extract) = &mut self.extract {
            extract.facts.push(fact);
        }
        self
    }

    pub fn with(mut self, change: impl FnOnce(&mut DocumentEntry)) -> Self {
        change(&mut self.entry);
        self
    }

    pub fn unread(mut self) -> Self {
        self.extract = None;
        self
    }

    pub fn read_as(mut self, extraction: Extraction) -> Self {
        if let Some(extract) = &mut self.extract {
            extract.extraction = extraction;
        }
        self
    }

    pub fn stay(self, from: &str, to: &str) -> Self {
        let (from, to) = (at(from), at(to));
        self.with(|entry| {
            entry.service_start = from;
            entry.service_stop = Some(to);
        })
    }
}

pub fn approved() -> Approved {
    let AvailabilityStatus::Approved(approved) = AvailabilityStatus::deposited() else { unreachable!("a deposit is approved") };
    approved
}

pub fn reference(value: &str) -> Reference {
    Reference { system: "1.2.3.4".into(), value: value.into(), kind: None }
}

/// The summary of papers on 3 July 2026.
pub fn summary(papers: &[Paper]) -> Summary {
    summary_of(papers, person(), None)
}

pub fn summary_of(papers: &[Paper], person: SummaryPerson, last_visit: Option<Moment>) -> Summary {
    let seen: Vec<Seen<'_>> = seen(papers);
    build(&Input { now: now(), person, last_visit, seen: &seen })
}

pub fn seen(papers: &[Paper]) -> Vec<Seen<'_>> {
    papers.iter().map(|paper| Seen { entry: &paper.entry, extract: paper.extract.as_ref() }).collect()
}

// Facts.

pub fn fact(what: What, concept: Concept) -> Fact {
    let proof = Proof { quote: concept.text.clone(), ..Proof::default() };
    Fact { what, concept, period: Period::default(), by: Party::default(), proof }
}

pub fn dated(fact: Fact, from: &str, to: &str) -> Fact {
    let date = |text: &str| (!text.is_empty()).then(|| on(text));
    Fact { period: Period { from: date(from), to: date(to) }, ..fact }
}

pub fn in_section(mut fact: Fact, code: &str, title: &str) -> Fact {
    fact.proof.section = code.into();
    fact.proof.section_title = title.into();
    fact
}

pub fn icd(code: &str, words: &str) -> Concept {
    Concept::coded(Code::new(code, system::CIM_10, words))
}

pub fn loinc(code: &str, words: &str) -> Concept {
    Concept::coded(Code::new(code, system::LOINC, words))
}

pub fn problem(concept: Concept, state: ProblemState) -> Fact {
    fact(What::Problem { state }, concept)
}

pub fn active(words: &str) -> Fact {
    problem(Concept::words(words), ProblemState::Active)
}

pub fn allergy(words: &str) -> Fact {
    fact(What::Allergy { reactions: Vec::new(), criticality: Criticality::Unknown, resolved: false }, Concept::words(words))
}

pub fn resolved(words: &str) -> Fact {
    fact(What::Allergy { reactions: Vec::new(), criticality: Criticality::Unknown, resolved: true }, Concept::words(words))
}

pub fn none_known(of: FactKind) -> Fact {
    fact(What::Absent { of, how: AbsenceKind::NoneKnown }, Concept::default())
}

pub fn medicine(stage: MedicineStage, words: &str) -> Fact {
    fact(What::Medicine(plain(stage)), Concept::words(words))
}

/// A medicine with more known of it.
pub fn medicine_with(stage: MedicineStage, concept: Concept, change: impl FnOnce(&mut Medicine)) -> Fact {
    let mut medicine = plain(stage);
    change(&mut medicine);
    fact(What::Medicine(medicine), concept)
}

fn plain(stage: MedicineStage) -> Medicine {
    Medicine { stage, substances: Vec::new(), dose: String::new(), quantity: String::new(), long_term: false, stopped: false }
}

pub fn vaccination(words: &str, day: &str) -> Fact {
    dated(fact(What::Vaccination { against: Vec::new(), batch: String::new(), dose: None, refused: false }, Concept::words(words)), day, day)
}

/// A result of a laboratory: a number in a unit at a time.
pub fn result(concept: Concept, number: &str, unit: &str, when: &str) -> Fact {
    observed(concept, number, unit, when, |_| {})
}

pub fn observed(concept: Concept, number: &str, unit: &str, when: &str, change: impl FnOnce(&mut Observation)) -> Fact {
    let mut observation = Observation {
        kind: ObservationKind::Result,
        value: Value::Quantity { comparator: String::new(), number: number.into(), unit: unit.into() },
        range: None,
        interpretation: Vec::new(),
        method: String::new(),
        status: ObservationStatus::Final,
    };
    change(&mut observation);
    dated(fact(What::Observation(observation), concept), when, when)
}

/// What a heading says, line by line.
pub fn texts(heading: &dmp_core::summary::Heading) -> Vec<&str> {
    heading.lines.iter().map(|line| line.fact.concept.text.as_str()).collect()
}

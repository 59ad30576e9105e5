//! What a fact is about, as far as reminders ask: read from codes, else from words.

use std::collections::HashMap;

use super::super::analytes::{ANALYTES, analyte_index};
use super::super::{Fact, What, words};
use crate::document::{Code, system};

/// Something that a reminder asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Topic {
    Tetanus,
    Flu,
    GlycatedHaemoglobin,
    Creatinine,
    Fundus,
    Mammography,
    StoolTest,
    Colonoscopy,
    CervicalSample,
    Inr,
}

impl Topic {
    pub const ALL: [Topic; 10] = [
        Topic::Tetanus,
        Topic::Flu,
        Topic::GlycatedHaemoglobin,
        Topic::Creatinine,
        Topic::Fundus,
        Topic::Mammography,
        Topic::StoolTest,
        Topic::Colonoscopy,
        Topic::CervicalSample,
        Topic::Inr,
    ];

    fn bit(self) -> u16 {
        1 << (self as u16)
    }

    /// Whether normalised words name it.
    fn is_in(self, text: &str) -> bool {
        let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
        match self {
            Topic::Tetanus => any(&["dtp", "tetan", "revaxi", "repeva", "boostri", "infanri", "tetravac"]),
            Topic::Flu => any(&["gripp", "influenza", "vaxigrip", "influvac", "efluelda", "fluari"]) && !text.contains("haemophilu"),
            Topic::GlycatedHaemoglobin => any(&["hba1c", "hemoglobine glyqu", "hemoglobine a1c"]),
            Topic::Creatinine => text.contains("creatinin") && !any(&["urin", "albumin"]),
            Topic::Fundus => any(&["fond oeil", "retinograph"]),
            Topic::Mammography => text.contains("mammograph"),
            Topic::StoolTest => any(&[
                "sang occulte",
                "hemoglobine selle",
                "hemoglobine dan selle",
                "test immunologique selle",
                "depistage cancer colorectal",
                "depistage colorectal",
            ]),
            Topic::Colonoscopy => any(&["coloscop", "colonoscop"]),
            Topic::CervicalSample => any(&["frotti", "cervico uterin", "cervico vaginal", "hpv", "papillomaviru", "col uteru"]),
            Topic::Inr => text == "inr" || text.starts_with("inr ") || text.ends_with(" inr"),
        }
    }

    /// First LOINC codes of the rows of analytes that are it.
    fn analytes(self) -> &'static [&'static str] {
        match self {
            Topic::GlycatedHaemoglobin => &["4548-4"],
            Topic::Creatinine => &["2160-0", "62238-1"],
            Topic::Inr => &["6301-6"],
            Topic::Tetanus | Topic::Flu | Topic::Fundus | Topic::Mammography | Topic::StoolTest | Topic::Colonoscopy | Topic::CervicalSample => &[],
        }
    }
}

/// The CCAM as the interoperability framework and the insurer number it.
const CCAM: [&str; 3] = [system::CCAM, "1.2.250.1.215.300.1", "1.2.250.1.215.200.3.4"];

/// Several topics at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct TopicSet(u16);

impl TopicSet {
    pub fn iter(self) -> impl Iterator<Item = Topic> {
        Topic::ALL.into_iter().filter(move |topic| self.0 & topic.bit() != 0)
    }

    fn with(self, other: TopicSet) -> TopicSet {
        TopicSet(self.0 | other.0)
    }

    /// Vaccines among them, or what is no vaccine.
    fn vaccines(self, wanted: bool) -> TopicSet {
        let vaccines = Topic::Tetanus.bit() | Topic::Flu.bit();
        TopicSet(self.0 & if wanted { vaccines } else { !vaccines })
    }

    fn of_code(code: &Code) -> TopicSet {
        let found = if code.system == system::LOINC {
            match code.code.as_str() {
                "29771-3" | "27396-1" | "56491-4" => Some(Topic::StoolTest),
                "10524-7" | "21440-3" => Some(Topic::CervicalSample),
                _ => None,
            }
        } else if CCAM.contains(&code.system.as_str()) {
            match code.code.get(..4) {
                Some("BGQP") => Some(Topic::Fundus),
                Some("BZQK") if code.code == "BZQK001" => Some(Topic::Fundus),
                Some("QEQK") => Some(Topic::Mammography),
                Some("HHQE") => Some(Topic::Colonoscopy),
                _ => None,
            }
        } else {
            None
        };
        TopicSet(found.map_or(0, Topic::bit))
    }
}

impl FromIterator<Topic> for TopicSet {
    fn from_iter<I: IntoIterator<Item = Topic>>(topics: I) -> Self {
        TopicSet(topics.into_iter().fold(0, |all, topic| all | topic.bit()))
    }
}

/// Topics by words, each text looked at once.
#[derive(Debug, Default)]
pub(super) struct Topics<'a> {
    known: HashMap<&'a str, TopicSet>,
}

impl<'a> Topics<'a> {
    /// What the fact is about. A vaccination is about its targets and never about a sample of the same name (HPV).
    pub fn of(&mut self, fact: &'a Fact) -> TopicSet {
        match &fact.what {
            What::Vaccination { refused: false, against, .. } => {
                let texts = against.iter().map(|one| one.text.as_str()).chain([fact.concept.text.as_str()]);
                texts.fold(TopicSet::default(), |all, text| all.with(self.of_words(text))).vaccines(true)
            }
            What::Observation(_) => match analyte_index(&fact.concept).and_then(|row| ANALYTES.get(row)).and_then(|row| row.loinc.first()) {
                Some(first) => Topic::ALL.into_iter().filter(|topic| topic.analytes().contains(first)).collect(),
                None if !fact.concept.codes.is_empty() => Self::of_codes(fact),
                None => self.of_care(fact),
            },
            What::Procedure | What::Act | What::Imaging { .. } => self.of_care(fact),
            _ => TopicSet::default(),
        }
    }

    /// What the title of a report names; of a vaccination it tells nothing that the facts do not (a test for the flu is no vaccine).
    pub fn named_in(title: &str) -> impl Iterator<Item = Topic> {
        let normal = words::normal(title);
        Topic::ALL.into_iter().filter(move |topic| !matches!(topic, Topic::Tetanus | Topic::Flu) && topic.is_in(&normal))
    }

    fn of_care(&mut self, fact: &'a Fact) -> TopicSet {
        Self::of_codes(fact).with(self.of_words(&fact.concept.text).vaccines(false))
    }

    fn of_codes(fact: &Fact) -> TopicSet {
        fact.concept.codes.iter().fold(TopicSet::default(), |all, code| all.with(TopicSet::of_code(code)))
    }

    fn of_words(&mut self, text: &'a str) -> TopicSet {
        *self.known.entry(text).or_insert_with(|| {
            let normal = words::normal(text);
            Topic::ALL.into_iter().filter(|topic| topic.is_in(&normal)).collect()
        })
    }
}

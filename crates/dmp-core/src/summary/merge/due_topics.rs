//! What a fact is about, as far as reminders ask: read from codes, else from words.

use std::collections::HashMap;

use super::super::analytes::{ANALYTES, analyte_index};
use super::super::{Fact, What, words};
use crate::document::system;

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
            Topic::StoolTest => {
                any(&["sang occulte", "hemoglobine selle", "test immunologique selle", "depistage cancer colorectal", "depistage colorectal"])
            }
            Topic::Colonoscopy => any(&["coloscop", "colonoscop"]),
            Topic::CervicalSample => any(&["frotti", "cervico uterin", "cervico vaginal", "hpv", "papillomaviru", "col uteru"]),
            Topic::Inr => text == "inr" || text.starts_with("inr ") || text.ends_with(" inr"),
        }
    }

    /// Codes that name it: a system, and how its code begins.
    fn codes(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Topic::GlycatedHaemoglobin | Topic::Creatinine | Topic::Inr | Topic::Flu | Topic::Tetanus => &[],
            Topic::Fundus => &[(system::CCAM, "BGQP"), (system::CCAM, "BZQK001")],
            Topic::Mammography => &[(system::CCAM, "QEQK")],
            Topic::StoolTest => &[(system::LOINC, "29771-3"), (system::LOINC, "27396-1"), (system::LOINC, "56491-4")],
            Topic::Colonoscopy => &[(system::CCAM, "HHQE")],
            Topic::CervicalSample => &[(system::LOINC, "10524-7"), (system::LOINC, "21440-3")],
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
const CCAM_TOO: [&str; 2] = ["1.2.250.1.215.300.1", "1.2.250.1.215.200.3.4"];

/// Topics by words, each text looked at once.
#[derive(Debug, Default)]
pub(super) struct Topics<'a> {
    known: HashMap<&'a str, Vec<Topic>>,
}

impl<'a> Topics<'a> {
    /// What the fact is about. A vaccination is about its targets and never about a sample of the same name (HPV).
    pub fn of(&mut self, fact: &'a Fact) -> Vec<Topic> {
        match &fact.what {
            What::Vaccination { refused: false, against, .. } => {
                let texts = against.iter().map(|one| one.text.as_str()).chain([fact.concept.text.as_str()]);
                let mut found: Vec<Topic> = Vec::new();
                for text in texts {
                    found.extend(self.of_words(text).iter().filter(|topic| matches!(topic, Topic::Tetanus | Topic::Flu)));
                }
                found
            }
            What::Observation(_) => match analyte_index(&fact.concept).and_then(|row| ANALYTES.get(row)) {
                Some(row) => Topic::ALL.into_iter().filter(|topic| row.loinc.first().is_some_and(|first| topic.analytes().contains(first))).collect(),
                None => self.of_care(fact),
            },
            What::Procedure | What::Act | What::Imaging { .. } => self.of_care(fact),
            _ => Vec::new(),
        }
    }

    fn of_care(&mut self, fact: &'a Fact) -> Vec<Topic> {
        let coded = |topic: &Topic| {
            topic.codes().iter().any(|(system, start)| {
                let same = |code: &str| code == *system || (*system == crate::document::system::CCAM && CCAM_TOO.contains(&code));
                fact.concept.codes.iter().any(|code| same(&code.system) && code.code.starts_with(start))
            })
        };
        let mut found: Vec<Topic> = Topic::ALL.into_iter().filter(coded).collect();
        found.extend(self.of_words(&fact.concept.text).iter().filter(|topic| !matches!(topic, Topic::Tetanus | Topic::Flu)));
        found
    }

    fn of_words(&mut self, text: &'a str) -> &[Topic] {
        self.known.entry(text).or_insert_with(|| {
            let normal = words::normal(text);
            Topic::ALL.into_iter().filter(|topic| topic.is_in(&normal)).collect()
        })
    }
}

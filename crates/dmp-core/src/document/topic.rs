//! What a document is about, in the few words that people look for one by: finer than the class where they expect it (a laboratory's
//! report is no letter), coarser where they do not.

use super::{DocumentEntry, class_of};

/// A topic. Every document has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    Prescriptions,
    Reports,
    Laboratory,
    Imaging,
    Letters,
    Vaccines,
    Reimbursements,
    /// Made by the person themself.
    Own,
    /// Certificates, administrative documents, types that are unknown.
    Other,
}

/// LOINC types that a laboratory writes.
const LABORATORY: [&str; 3] = ["11502-2", "60568-3", "51969-4"];
/// Letters from one professional to another.
const LETTERS: [&str; 7] = ["11490-0", "83981-1", "96349-6", "18761-7", "60280-5", "78341-5", "88348-8"];
const VACCINES: [&str; 3] = ["11369-6", "87273-9", "96874-3"];

impl Topic {
    /// Every topic, in the order in which a list offers them.
    pub const ALL: [Topic; 9] = [
        Topic::Prescriptions,
        Topic::Reports,
        Topic::Laboratory,
        Topic::Imaging,
        Topic::Letters,
        Topic::Vaccines,
        Topic::Reimbursements,
        Topic::Own,
        Topic::Other,
    ];

    /// A stable word for addresses: it says nothing of a person.
    pub fn code(self) -> &'static str {
        match self {
            Topic::Prescriptions => "prescriptions",
            Topic::Reports => "reports",
            Topic::Laboratory => "laboratory",
            Topic::Imaging => "imaging",
            Topic::Letters => "letters",
            Topic::Vaccines => "vaccines",
            Topic::Reimbursements => "reimbursements",
            Topic::Own => "own",
            Topic::Other => "other",
        }
    }

    /// From its word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }

    /// The topic of a document: who made it first, then its type, then the class of its type (TRE_A03).
    pub fn of(entry: &DocumentEntry) -> Self {
        if entry.is_patient_authored() {
            return Topic::Own;
        }
        Self::of_type(entry.type_code.as_str())
    }

    fn of_type(code: &str) -> Self {
        let is_in = |list: &[&str]| list.contains(&code);
        match class_of(code) {
            _ if is_in(&LABORATORY) => Topic::Laboratory,
            _ if is_in(&LETTERS) => Topic::Letters,
            _ if is_in(&VACCINES) => Topic::Vaccines,
            Some("31") => Topic::Imaging,
            Some("42" | "43" | "45") => Topic::Prescriptions,
            Some("60") => Topic::Reimbursements,
            Some("90") => Topic::Own,
            Some("10" | "11" | "44") => Topic::Reports,
            _ => Topic::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TYPES;

    #[test]
    fn types_fall_under_the_topic_that_people_look_for() {
        assert_eq!(Topic::of_type("11502-2"), Topic::Laboratory);
        assert_eq!(Topic::of_type("18748-4"), Topic::Imaging);
        assert_eq!(Topic::of_type("11490-0"), Topic::Letters);
        assert_eq!(Topic::of_type("60591-5"), Topic::Reports);
        assert_eq!(Topic::of_type("57833-6"), Topic::Prescriptions);
        assert_eq!(Topic::of_type("REMB"), Topic::Reimbursements);
        assert_eq!(Topic::of_type("EXPPAT_3"), Topic::Own);
        assert_eq!(Topic::of_type("no such type"), Topic::Other);
    }

    #[test]
    fn what_is_listed_by_type_is_a_type_that_exists() {
        for code in LABORATORY.iter().chain(&LETTERS).chain(&VACCINES) {
            assert!(TYPES.iter().any(|row| row.0 == *code), "{code}");
        }
    }

    #[test]
    fn a_word_leads_back_to_its_topic() {
        assert!(Topic::ALL.into_iter().all(|topic| Topic::from_code(topic.code()) == Some(topic)));
        assert_eq!(Topic::from_code("Own"), None);
    }
}

//! Who a person may ask about: "what would my dentist see". Each is a whole caller, so that the same rules answer as for a real one.

use super::{Attestation, Caller, CallerKind, EMERGENCY_SECONDS, Purpose};
use crate::identity::{PersonName, Profession, StructIdNat, Structure};
use crate::moment::Moment;

/// Somebody of a profession or role, unknown to the person's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    Doctor,
    Pharmacist,
    Nurse,
    Midwife,
    Dentist,
    Physiotherapist,
    Podiatrist,
    SpeechTherapist,
    Optician,
    Psychologist,
    SocialWorker,
    CareAssistant,
    /// In training, with nobody recorded who supervises.
    Student,
    Secretary,
    OccupationalDoctor,
    /// Breaks the glass.
    EmergencyDoctor,
    /// Answers a call to SAMU-Centre 15.
    RegulatingDoctor,
    Insurer,
    Mutual,
    Employer,
}

/// Whether the person agrees on the spot that the viewer looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    Given,
    NotGiven,
}

impl Viewer {
    /// Every viewer, in the order of the page.
    pub const ALL: [Viewer; 20] = [
        Viewer::Doctor,
        Viewer::Pharmacist,
        Viewer::Nurse,
        Viewer::Midwife,
        Viewer::Dentist,
        Viewer::Physiotherapist,
        Viewer::Podiatrist,
        Viewer::SpeechTherapist,
        Viewer::Optician,
        Viewer::Psychologist,
        Viewer::SocialWorker,
        Viewer::CareAssistant,
        Viewer::Student,
        Viewer::Secretary,
        Viewer::OccupationalDoctor,
        Viewer::EmergencyDoctor,
        Viewer::RegulatingDoctor,
        Viewer::Insurer,
        Viewer::Mutual,
        Viewer::Employer,
    ];

    /// The word in an address.
    pub fn code(self) -> &'static str {
        match self {
            Viewer::Doctor => "doctor",
            Viewer::Pharmacist => "pharmacist",
            Viewer::Nurse => "nurse",
            Viewer::Midwife => "midwife",
            Viewer::Dentist => "dentist",
            Viewer::Physiotherapist => "physiotherapist",
            Viewer::Podiatrist => "podiatrist",
            Viewer::SpeechTherapist => "speech-therapist",
            Viewer::Optician => "optician",
            Viewer::Psychologist => "psychologist",
            Viewer::SocialWorker => "social-worker",
            Viewer::CareAssistant => "care-assistant",
            Viewer::Student => "student",
            Viewer::Secretary => "secretary",
            Viewer::OccupationalDoctor => "occupational-doctor",
            Viewer::EmergencyDoctor => "emergency-doctor",
            Viewer::RegulatingDoctor => "samu",
            Viewer::Insurer => "insurer",
            Viewer::Mutual => "mutual",
            Viewer::Employer => "employer",
        }
    }

    /// From its word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|viewer| viewer.code() == code)
    }

    /// Key of the profession or role; `None` for who has none.
    fn profession(self) -> Option<&'static str> {
        Some(match self {
            Viewer::Doctor | Viewer::OccupationalDoctor | Viewer::EmergencyDoctor | Viewer::RegulatingDoctor => "G15/10",
            Viewer::Pharmacist => "G15/21",
            Viewer::Nurse => "G15/60",
            Viewer::Midwife => "G15/50",
            Viewer::Dentist => "G15/40",
            Viewer::Physiotherapist => "G15/70",
            Viewer::Podiatrist => "G15/80",
            Viewer::SpeechTherapist => "G15/91",
            Viewer::Optician => "G15/28",
            Viewer::Psychologist => "R95/93",
            Viewer::SocialWorker => "R94/41",
            Viewer::CareAssistant => "R85/313",
            Viewer::Student => "G16/10",
            Viewer::Secretary => "A00/SECRETARIAT_MEDICAL",
            Viewer::Insurer | Viewer::Mutual | Viewer::Employer => return None,
        })
    }

    fn kind(self) -> CallerKind {
        match self {
            Viewer::Insurer => CallerKind::Insurer,
            Viewer::Mutual => CallerKind::Mutual,
            Viewer::Employer => CallerKind::Employer,
            Viewer::Doctor
            | Viewer::Pharmacist
            | Viewer::Nurse
            | Viewer::Midwife
            | Viewer::Dentist
            | Viewer::Physiotherapist
            | Viewer::Podiatrist
            | Viewer::SpeechTherapist
            | Viewer::Optician
            | Viewer::Psychologist
            | Viewer::SocialWorker
            | Viewer::CareAssistant
            | Viewer::Student
            | Viewer::Secretary
            | Viewer::OccupationalDoctor
            | Viewer::EmergencyDoctor
            | Viewer::RegulatingDoctor => CallerKind::Professional,
        }
    }

    /// Whether the viewer comes in without the person's word, in an emergency.
    pub fn is_emergency(self) -> bool {
        matches!(self, Viewer::EmergencyDoctor | Viewer::RegulatingDoctor)
    }

    /// Whether the law keeps the viewer out for ever.
    pub fn is_never_let_in(self) -> bool {
        matches!(self, Viewer::Insurer | Viewer::Mutual | Viewer::Employer)
    }

    /// The caller that somebody of this role would be at a moment. Nobody has this account: neither list nor journal knows it.
    pub fn caller(self, agreement: Agreement, now: Moment) -> Option<Caller> {
        let profession = match self.profession() {
            Some(key) => Some(Profession::parse(key).ok()?),
            None => None,
        };
        let attested = Attestation { unable_to_consent: true, immediate_risk: true };
        let purpose = match self {
            Viewer::EmergencyDoctor => Purpose::BreakGlass { reason: "preview".to_owned(), attested, until: now.plus_seconds(EMERGENCY_SECONDS) },
            Viewer::RegulatingDoctor => Purpose::RegulationCentre,
            _ => Purpose::Normal,
        };
        Some(Caller {
            name: Some(PersonName::new("", self.code())),
            profession,
            specialty: (self == Viewer::OccupationalDoctor).then(|| "SM25".to_owned()),
            structure: Some(Structure { id: StructIdNat::parse("1000000000").ok()?, name: String::new() }),
            regulating_physician: self == Viewer::RegulatingDoctor,
            consent_now: agreement == Agreement::Given && !self.is_emergency(),
            purpose,
            ..Caller::bare(format!("preview:{}", self.code()), self.kind())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_viewer_is_a_whole_caller_with_a_word_of_its_own() {
        for viewer in Viewer::ALL {
            let caller = viewer.caller(Agreement::Given, Moment::from_seconds(0)).unwrap();
            assert!(caller.name.is_some() && caller.structure.is_some(), "{viewer:?}");
            assert_eq!(caller.profession.is_none(), viewer.is_never_let_in(), "{viewer:?}");
            assert_eq!(Viewer::from_code(viewer.code()), Some(viewer));
        }
        assert!(Viewer::OccupationalDoctor.caller(Agreement::Given, Moment::from_seconds(0)).unwrap().is_occupational());
    }

    #[test]
    fn nobody_agrees_in_an_emergency() {
        for viewer in [Viewer::EmergencyDoctor, Viewer::RegulatingDoctor] {
            assert!(!viewer.caller(Agreement::Given, Moment::from_seconds(0)).unwrap().consent_now);
        }
        assert!(!Viewer::Dentist.caller(Agreement::NotGiven, Moment::from_seconds(0)).unwrap().consent_now);
    }
}

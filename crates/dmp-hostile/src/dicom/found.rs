//! What a KOS says of its study, collected as it is walked through.

use dmp_core::identity::InsAuthority;

use super::tags::{
    ACCESSION_NUMBER, ANATOMIC_REGION_SEQUENCE, BODY_PART_EXAMINED, CODE_MEANING, CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE, INSTITUTION_NAME,
    ISSUER_OF_PATIENT_ID, ISSUER_OF_PATIENT_ID_QUALIFIERS_SEQUENCE, MODALITIES_IN_STUDY, MODALITY, OTHER_PATIENT_IDS_SEQUENCE, PATIENT_ID,
    PROCEDURE_CODE_SEQUENCE, REFERENCED_REQUEST_SEQUENCE, REFERENCED_SERIES_SEQUENCE, REFERENCED_SOP_CLASS_UID, REFERENCED_SOP_SEQUENCE,
    REQUESTED_PROCEDURE_DESCRIPTION, RETRIEVE_URL, SOP_CLASS_UID, STUDY_DATE, STUDY_DESCRIPTION, STUDY_INSTANCE_UID, STUDY_TIME, Tag,
    UNIVERSAL_ENTITY_ID,
};
use super::text;
use super::walk::Event;

/// Most meanings of codes that are kept to search in.
const MEANINGS_MAX: usize = 50;
/// Characters of a matricule.
const MATRICULE_CHARACTERS: usize = 15;

const EVIDENCE: Tag = CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE;
const REQUEST: Tag = REFERENCED_REQUEST_SEQUENCE;
const SERIES: Tag = REFERENCED_SERIES_SEQUENCE;
const QUALIFIERS: Tag = ISSUER_OF_PATIENT_ID_QUALIFIERS_SEQUENCE;
const OTHERS: Tag = OTHER_PATIENT_IDS_SEQUENCE;

/// What is kept; of what is said twice, the first. Empty: not said.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub sop_class: String,
    pub study: String,
    pub date: String,
    pub time: String,
    pub description: String,
    pub procedure: String,
    pub accession: String,
    pub requested_accession: String,
    pub modalities: String,
    pub series_modality: String,
    /// SOP class of the first referenced object whose class tells its modality.
    pub object_modality: Option<&'static str>,
    pub region: String,
    pub body_part: String,
    pub institution: String,
    pub link: Option<String>,
    /// The first study of the evidence (PS3.3 C.17.6.2), and whether the study of the KOS itself is among them.
    pub evidence: String,
    pub holds_own_study: bool,
    pub meanings: Vec<String>,
    patient: PatientId,
    other: PatientId,
    /// The first INS of the other identifiers.
    other_ins: Option<String>,
}

/// A patient's identifier with its issuer (PS3.3 10.14: a name, or an OID among the qualifiers).
#[derive(Debug, Default)]
struct PatientId {
    number: String,
    issuers: [String; 2],
}

impl PatientId {
    /// The matricule, when the issuer is that of the INS.
    fn ins(&self) -> Option<String> {
        let is_ins = self.issuers.iter().any(|issuer| InsAuthority::from_oid(issuer).is_some());
        let is_matricule = self.number.len() == MATRICULE_CHARACTERS && self.number.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (is_ins && is_matricule).then(|| self.number.clone())
    }
}

impl Found {
    /// The INS matricule that the KOS names as its patient's.
    pub(super) fn subject(&self) -> Option<String> {
        self.patient.ins().or_else(|| self.other_ins.clone())
    }

    pub(super) fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Value { path, tag, text } if !text.is_empty() => self.take_value(path, tag, text),
            Event::ItemEnd { path: [OTHERS] } => {
                let ended = std::mem::take(&mut self.other);
                self.other_ins = self.other_ins.take().or_else(|| ended.ins());
            }
            Event::Value { .. } | Event::ItemEnd { .. } => {}
        }
    }

    fn take_value(&mut self, path: &[Tag], tag: Tag, text: String) {
        if tag == CODE_MEANING && self.meanings.len() < MEANINGS_MAX {
            let meaning = text::words(&text);
            if !self.meanings.contains(&meaning) {
                self.meanings.push(meaning);
            }
        }
        if path.first() == Some(&EVIDENCE) {
            self.take_evidence(path, tag, &text);
        }
        let place = match (path, tag) {
            ([], SOP_CLASS_UID) => &mut self.sop_class,
            ([], STUDY_INSTANCE_UID) => &mut self.study,
            ([], STUDY_DATE) => &mut self.date,
            ([], STUDY_TIME) => &mut self.time,
            ([], STUDY_DESCRIPTION) => &mut self.description,
            ([], ACCESSION_NUMBER) => &mut self.accession,
            ([REQUEST], ACCESSION_NUMBER) => &mut self.requested_accession,
            ([], MODALITIES_IN_STUDY) | ([EVIDENCE], MODALITIES_IN_STUDY) => &mut self.modalities,
            ([EVIDENCE, SERIES], MODALITY) => &mut self.series_modality,
            ([PROCEDURE_CODE_SEQUENCE], CODE_MEANING) | ([REQUEST], REQUESTED_PROCEDURE_DESCRIPTION) => &mut self.procedure,
            ([.., ANATOMIC_REGION_SEQUENCE], CODE_MEANING) => &mut self.region,
            (_, BODY_PART_EXAMINED) => &mut self.body_part,
            ([], INSTITUTION_NAME) => &mut self.institution,
            ([], PATIENT_ID) => &mut self.patient.number,
            ([], ISSUER_OF_PATIENT_ID) => &mut self.patient.issuers[0],
            ([QUALIFIERS], UNIVERSAL_ENTITY_ID) => &mut self.patient.issuers[1],
            ([OTHERS], PATIENT_ID) => &mut self.other.number,
            ([OTHERS], ISSUER_OF_PATIENT_ID) => &mut self.other.issuers[0],
            ([OTHERS, QUALIFIERS], UNIVERSAL_ENTITY_ID) => &mut self.other.issuers[1],
            _ => return,
        };
        if place.is_empty() {
            *place = text;
        }
    }

    /// The objects that the KOS refers to.
    fn take_evidence(&mut self, path: &[Tag], tag: Tag, text: &str) {
        match (path, tag) {
            ([EVIDENCE], STUDY_INSTANCE_UID) => {
                self.holds_own_study |= self.study == text;
                if self.evidence.is_empty() {
                    text.clone_into(&mut self.evidence);
                }
            }
            (_, RETRIEVE_URL) if self.link.is_none() => self.link = text::link(text),
            ([EVIDENCE, SERIES, REFERENCED_SOP_SEQUENCE], REFERENCED_SOP_CLASS_UID) if self.object_modality.is_none() => {
                self.object_modality = modality_of(text);
            }
            _ => {}
        }
    }
}

/// The modality of a storage SOP class (PS3.4 B.5), of those that hold the images of a study.
fn modality_of(sop_class: &str) -> Option<&'static str> {
    let modality = match sop_class.strip_prefix("1.2.840.10008.5.1.4.1.1.")? {
        "1" => "CR",
        "1.1" | "1.1.1" => "DX",
        "1.2" | "1.2.1" | "13.1.3" | "13.1.4" => "MG",
        "2" | "2.1" => "CT",
        "4" | "4.1" => "MR",
        "3.1" | "6.1" | "6.2" => "US",
        "12.1" | "12.1.1" => "XA",
        "12.2" | "12.2.1" => "RF",
        "20" => "NM",
        "128" | "130" => "PT",
        _ => return None,
    };
    Some(modality)
}

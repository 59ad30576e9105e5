//! The tags of a KOS that are looked at (DICOM PS3.6, 6), by the names of the standard.

/// Group and element (PS3.5 7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag(pub u16, pub u16);

pub(super) const TRANSFER_SYNTAX_UID: Tag = Tag(0x0002, 0x0010);

pub(super) const SOP_CLASS_UID: Tag = Tag(0x0008, 0x0016);
pub(super) const STUDY_DATE: Tag = Tag(0x0008, 0x0020);
pub(super) const STUDY_TIME: Tag = Tag(0x0008, 0x0030);
pub(super) const ACCESSION_NUMBER: Tag = Tag(0x0008, 0x0050);
pub(super) const MODALITY: Tag = Tag(0x0008, 0x0060);
pub(super) const MODALITIES_IN_STUDY: Tag = Tag(0x0008, 0x0061);
pub(super) const INSTITUTION_NAME: Tag = Tag(0x0008, 0x0080);
pub(super) const CODE_MEANING: Tag = Tag(0x0008, 0x0104);
pub(super) const STUDY_DESCRIPTION: Tag = Tag(0x0008, 0x1030);
pub(super) const REFERENCED_SOP_CLASS_UID: Tag = Tag(0x0008, 0x1150);
pub(super) const RETRIEVE_URL: Tag = Tag(0x0008, 0x1190);
pub(super) const PATIENT_ID: Tag = Tag(0x0010, 0x0020);
pub(super) const ISSUER_OF_PATIENT_ID: Tag = Tag(0x0010, 0x0021);
pub(super) const BODY_PART_EXAMINED: Tag = Tag(0x0018, 0x0015);
pub(super) const STUDY_INSTANCE_UID: Tag = Tag(0x0020, 0x000d);
pub(super) const REQUESTED_PROCEDURE_DESCRIPTION: Tag = Tag(0x0032, 0x1060);
pub(super) const UNIVERSAL_ENTITY_ID: Tag = Tag(0x0040, 0x0032);

pub(super) const PROCEDURE_CODE_SEQUENCE: Tag = Tag(0x0008, 0x1032);
pub(super) const REFERENCED_SERIES_SEQUENCE: Tag = Tag(0x0008, 0x1115);
pub(super) const REFERENCED_SOP_SEQUENCE: Tag = Tag(0x0008, 0x1199);
pub(super) const ANATOMIC_REGION_SEQUENCE: Tag = Tag(0x0008, 0x2218);
pub(super) const ISSUER_OF_PATIENT_ID_QUALIFIERS_SEQUENCE: Tag = Tag(0x0010, 0x0024);
pub(super) const OTHER_PATIENT_IDS_SEQUENCE: Tag = Tag(0x0010, 0x1002);
pub(super) const REFERENCED_REQUEST_SEQUENCE: Tag = Tag(0x0040, 0xa370);
pub(super) const CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE: Tag = Tag(0x0040, 0xa375);
/// Sequences whose codes have meanings to search in: what the request asks, the title of the KOS, its content and the codes in it.
const REQUESTED_PROCEDURE_CODE_SEQUENCE: Tag = Tag(0x0032, 0x1064);
const CONCEPT_NAME_CODE_SEQUENCE: Tag = Tag(0x0040, 0xa043);
const CONCEPT_CODE_SEQUENCE: Tag = Tag(0x0040, 0xa168);
const CONTENT_SEQUENCE: Tag = Tag(0x0040, 0xa730);

/// Whether an element is a sequence (`SQ`), of those that are looked into; implicit VR does not say it (PS3.5 A.1).
pub(super) fn is_sequence(tag: Tag) -> bool {
    matches!(
        tag,
        PROCEDURE_CODE_SEQUENCE
            | REFERENCED_SERIES_SEQUENCE
            | REFERENCED_SOP_SEQUENCE
            | ANATOMIC_REGION_SEQUENCE
            | ISSUER_OF_PATIENT_ID_QUALIFIERS_SEQUENCE
            | OTHER_PATIENT_IDS_SEQUENCE
            | REFERENCED_REQUEST_SEQUENCE
            | CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE
            | REQUESTED_PROCEDURE_CODE_SEQUENCE
            | CONCEPT_NAME_CODE_SEQUENCE
            | CONCEPT_CODE_SEQUENCE
            | CONTENT_SEQUENCE
    )
}

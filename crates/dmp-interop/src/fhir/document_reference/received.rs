//! A document reference as received: everything optional, nothing judged yet.

use dmp_core::Issue;
use dmp_core::document::{Author, AuthorKind, Code, Reference, SourcePatient, TypeCode, Visibility, system};
use dmp_core::identity::{PersonName, StructIdNat, Structure};

use crate::fhir::coding::{Coding, Identifier};
use crate::fhir::element::When;
use crate::nos;

/// A national identity as received: not yet parsed.
#[derive(Clone, PartialEq, Eq)]
pub struct SubjectIns {
    /// Dotted OID of the authority.
    pub oid: String,
    pub value: String,
}

/// An INS never shows itself in a log.
impl std::fmt::Debug for SubjectIns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SubjectIns(…, {})", self.oid)
    }
}

/// A structure as received.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReceivedOrganization {
    /// National identifier of a structure (Struct_IdNat), when one was given.
    pub id: Option<String>,
    pub name: String,
    /// The reference, when it leads outside of what was received.
    pub reference: Option<String>,
}

impl ReceivedOrganization {
    /// As a core structure; `None` without a valid national identifier.
    pub fn to_structure(&self) -> Option<Structure> {
        let id = StructIdNat::parse(self.id.as_deref()?).ok()?;
        Some(Structure { id, name: self.name.clone() })
    }
}

/// An author or authenticator as received.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReceivedAuthor {
    /// `None` when the reference leads outside of what was received.
    pub kind: Option<AuthorKind>,
    /// PS_IdNat, INS matricule of a patient, or a device's own identifier.
    pub id: Option<String>,
    pub name: PersonName,
    pub institution: Option<ReceivedOrganization>,
    pub role: Option<String>,
    pub specialty: Option<Coding>,
    /// The reference, when it leads outside of what was received.
    pub reference: Option<String>,
}

impl ReceivedAuthor {
    /// As a core author; `None` when nothing is known of them but a reference.
    pub fn to_author(&self) -> Option<Author> {
        Some(Author {
            kind: self.kind?,
            id: self.id.clone(),
            name: self.name.clone(),
            institution: self.institution.as_ref().and_then(ReceivedOrganization::to_structure),
            role: self.role.clone(),
            specialty: self.specialty.as_ref().and_then(Coding::to_code),
        })
    }
}

/// The patient as the producer knew them.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ReceivedSourcePatient {
    pub identifiers: Vec<Identifier>,
    pub name: PersonName,
    /// FHIR administrative gender.
    pub gender: Option<String>,
    pub birth_date: Option<String>,
    /// The reference, when it leads outside of what was received.
    pub reference: Option<String>,
}

impl std::fmt::Debug for ReceivedSourcePatient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReceivedSourcePatient(…)")
    }
}

impl ReceivedSourcePatient {
    /// As core keeps it. A local identifier wins over the INS; identifiers whose system has no OID are dropped.
    pub fn to_source_patient(&self) -> SourcePatient {
        let cx = |identifier: &Identifier| {
            let oid = identifier.system.as_deref()?.strip_prefix("urn:oid:")?;
            let is_ins = dmp_core::identity::InsAuthority::from_oid(oid).is_some();
            Some((is_ins, format!("{}^^^&{oid}&ISO^{}", identifier.value.as_deref()?, if is_ins { "NH" } else { "PI" })))
        };
        let mut known: Vec<(bool, String)> = self.identifiers.iter().filter_map(cx).collect();
        known.sort_by_key(|(is_ins, _)| *is_ins);
        let gender = match self.gender.as_deref() {
            Some("male") => "M",
            Some("female") => "F",
            _ => "UN",
        };
        SourcePatient {
            id: known.into_iter().next().map(|(_, id)| id).unwrap_or_default(),
            name: self.name.clone(),
            gender: gender.to_owned(),
            birth_date: self.birth_date.as_deref().unwrap_or_default().replace('-', ""),
        }
    }
}

/// What a relation points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `DocumentReference/…` or an absolute address.
    Reference(String),
    /// A business identifier: uniqueId, entryUUID, logicalId.
    Identifier(Identifier),
}

/// `relatesTo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// `replaces`, `transforms`, `appends`, `signs`.
    pub code: String,
    pub target: Target,
}

/// `content[0].attachment`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attachment {
    pub content_type: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    /// Decoded; `None` when absent or not base64 (which is a finding).
    pub data: Option<Vec<u8>>,
    pub size: Option<u64>,
    /// Base64 of the SHA-1, as received.
    pub hash: Option<String>,
    pub title: Option<String>,
    pub creation: Option<When>,
}

/// A document reference as received. Judge it with `check_comprehensive` or `check_simplified`.
#[derive(Debug, Clone, Default)]
pub struct Received {
    /// FHIRPath of the resource: `DocumentReference`, `Bundle.entry[1].resource`.
    pub path: String,
    pub unique_id: Option<Identifier>,
    /// Every business identifier but the uniqueId.
    pub identifiers: Vec<Identifier>,
    pub status: Option<String>,
    pub type_codings: Vec<Coding>,
    pub category_codings: Vec<Coding>,
    /// Whether `subject` was there at all.
    pub has_subject: bool,
    /// `subject.reference` as received; a door that knows its own sealed ids may resolve it and fill
    /// [`Received::subject_ins`] before checking.
    pub subject_reference: Option<String>,
    pub subject_ins: Option<SubjectIns>,
    pub date: Option<When>,
    pub authors: Vec<ReceivedAuthor>,
    pub authenticator: Option<ReceivedAuthor>,
    pub custodian: Option<ReceivedOrganization>,
    pub relates_to: Vec<Relation>,
    pub description: Option<String>,
    /// Codings of all security labels.
    pub security_labels: Vec<Coding>,
    pub attachment: Attachment,
    pub format: Option<Coding>,
    pub event_codings: Vec<Coding>,
    pub period_start: Option<When>,
    pub period_end: Option<When>,
    pub facility_codings: Vec<Coding>,
    pub setting_codings: Vec<Coding>,
    pub source_patient: Option<ReceivedSourcePatient>,
    pub related: Vec<Identifier>,
    pub is_archived: Option<bool>,
    /// Whether the attachment is a FHIR document (a document Bundle), which is not supported.
    pub is_fhir_document: bool,
    /// What was already wrong while reading: types, dates, base64, references that lead nowhere.
    pub findings: Vec<Issue>,
}

impl Received {
    /// The type, when one of its codings is in JDV_J66 under the right system.
    pub fn type_code(&self) -> Option<TypeCode> {
        self.type_codings.iter().find_map(|coding| {
            let known = TypeCode::parse(coding.code.as_deref()?)?;
            (coding.oid().as_deref() == Some(known.system())).then_some(known)
        })
    }

    /// Whether a category coding is the given class of TRE_A03.
    pub fn has_class(&self, class: &str) -> bool {
        self.category_codings.iter().any(|coding| coding.is(class, system::TRE_A03))
    }

    /// The format, when it is known.
    pub fn format_code(&self) -> Option<Code> {
        nos::format(self.format.as_ref()?.code.as_deref()?)
    }

    /// The facility type, when one of its codings is in JDV_J61.
    pub fn facility_type(&self) -> Option<Code> {
        known(&self.facility_codings, nos::facility_type)
    }

    /// The practice setting, when one of its codings is in JDV_J04.
    pub fn practice_setting(&self) -> Option<Code> {
        known(&self.setting_codings, nos::practice_setting)
    }

    /// The visibility that the security labels ask for; without labels, `N`.
    ///
    /// # Errors
    /// The first label that belongs to none of JDV_J58.
    pub fn visibility(&self) -> Result<Visibility, String> {
        Visibility::from_codes(self.security_labels.iter().filter_map(|label| label.code.as_deref()))
    }

    /// The producer's identifier: `urn:oid:…` or `urn:uuid:…`.
    pub fn unique_id(&self) -> Option<&str> {
        self.unique_id.as_ref()?.value.as_deref()
    }

    /// What it says it replaces.
    pub fn replaces(&self) -> Option<&Target> {
        self.relates_to.iter().find(|relation| relation.code == "replaces").map(|relation| &relation.target)
    }

    /// Event codes as core keeps them.
    pub fn event_codes(&self) -> Vec<Code> {
        self.event_codings.iter().filter_map(Coding::to_code).collect()
    }

    /// `context.related` as core keeps it.
    pub fn references(&self) -> Vec<Reference> {
        let reference = |identifier: &Identifier| {
            let system = identifier.system.clone().unwrap_or_default();
            Some(Reference { system, value: identifier.value.clone()?, kind: identifier.kind.clone() })
        };
        self.related.iter().filter_map(reference).collect()
    }
}

/// The first coding that is a member of a value set, under the system that the set gives it.
fn known(codings: &[Coding], member: impl Fn(&str) -> Option<Code>) -> Option<Code> {
    codings.iter().find_map(|coding| {
        let code = member(coding.code.as_deref()?)?;
        (coding.oid().as_deref() == Some(code.system.as_str())).then_some(code)
    })
}

//! From what was received to a document ready to publish: checks of the metadata, of the CDA header, of their agreement.
//! What the sender leaves out is derived from the header.

use bytes::Bytes;
use dmp_core::document::{Code, SourcePatient, TypeCode, Visibility};
use dmp_core::identity::{Ins, InsAuthority};
use dmp_core::{Issue, Mode, Moment};
use dmp_interop::cda::{self, Claimed, Derived, Header};
use dmp_interop::fhir::document_reference::{self, ContentKind, Received, Target};
use dmp_service::{NewDocument, ReplaceTarget};

/// A document ready to publish, and the person that it is about.
#[derive(Debug)]
pub struct IncomingDocument {
    pub ins: Ins,
    pub document: NewDocument,
    /// Findings that do not refuse.
    pub warnings: Vec<Issue>,
}

/// Which profile the metadata must satisfy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// ITI-65: everything is there.
    Comprehensive,
    /// ITI-105: what is missing is derived.
    Simplified,
}

/// Checks a document whose only metadata are its CDA header, as bulk imports bring it.
///
/// # Errors
/// Every finding, errors and warnings.
pub fn prepare_document(bytes: Bytes, mode: Mode) -> Result<IncomingDocument, Vec<Issue>> {
    let inspection = cda::inspect(&bytes, cda::Limits::default());
    let mut issues = inspection.issues;
    let header = match inspection.header {
        Some(header) => header,
        None => return Err(issues),
    };
    let ins = header_ins(&header, mode, &mut issues);
    let derived = cda::derive(&header);
    finish(None, Some(derived), bytes, ins, issues)
}

/// Checks a received document reference with its bytes.
///
/// # Errors
/// Every finding, errors and warnings.
pub(crate) fn prepare_received(received: &Received, bytes: Bytes, mode: Mode, profile: Profile) -> Result<IncomingDocument, Vec<Issue>> {
    let kind = document_reference::content_kind(received.attachment.content_type.as_deref(), &bytes);
    let mut issues = match profile {
        Profile::Comprehensive => document_reference::check_comprehensive(received),
        Profile::Simplified => document_reference::check_simplified(received, kind),
    };
    issues.extend(document_reference::check_mode(received, mode));
    // Without bytes there is nothing to measure: that they are missing is told once.
    if !bytes.is_empty() {
        issues.extend(document_reference::check_bytes(received, &bytes, &sha1(&bytes)));
    }
    let claimed_ins = received.subject_ins.as_ref().and_then(|ins| Ins::parse(&ins.oid, &ins.value).ok());
    let derived = match kind {
        ContentKind::Cda => check_cda(received, claimed_ins.as_ref(), &bytes, mode, &mut issues),
        ContentKind::Other => None,
    };
    finish(Some(received), derived, bytes, claimed_ins, issues)
}

fn check_cda(received: &Received, claimed_ins: Option<&Ins>, bytes: &[u8], mode: Mode, issues: &mut Vec<Issue>) -> Option<Derived> {
    let inspection = cda::inspect(bytes, cda::Limits::default());
    issues.extend(inspection.issues);
    let header = inspection.header?;
    header_ins(&header, mode, issues);
    let mut claimed = claimed(received, claimed_ins);
    if header.authors.is_empty() {
        // A header without an author is a finding of the header's, not a difference.
        claimed.author_ids.clear();
    }
    issues.extend(cda::coherence::check(&header, &claimed));
    Some(cda::derive(&header))
}

/// The INS of the header. Its format and key are judged by the inspection; here only its world.
fn header_ins(header: &Header, mode: Mode, issues: &mut Vec<Issue>) -> Option<Ins> {
    let patient = header.patient()?;
    let authority = InsAuthority::from_oid(&patient.ins_id()?.value.root)?;
    if let Some(code) = authority.refused_in(mode) {
        issues.push(patient.ins_id()?.place.locate(Issue::error(code)).received(authority.oid()));
    }
    patient.ins()?.ok()
}

fn claimed(received: &Received, ins: Option<&Ins>) -> Claimed {
    let moment = |when: &Option<dmp_interop::fhir::When>| when.as_ref().and_then(|when| when.moment);
    Claimed {
        unique_id: received.unique_id().map(str::to_owned),
        type_code: received.type_code().map(|code| code.as_str().to_owned()),
        ins: ins.cloned(),
        created_at: moment(&received.attachment.creation),
        service_start: moment(&received.period_start),
        service_stop: moment(&received.period_end),
        title: received.attachment.title.clone(),
        language: received.attachment.language.clone(),
        confidentiality: (!received.security_labels.is_empty())
            .then(|| received.visibility().ok().map(|visibility| visibility.confidentiality))
            .flatten(),
        format: received.format.as_ref().and_then(|format| format.code.clone()),
        facility_type: received.facility_type().map(|code| code.code),
        practice_setting: received.practice_setting().map(|code| code.code),
        author_ids: received.authors.iter().filter_map(|author| author.id.clone()).collect(),
        legal_authenticator: received.authenticator.as_ref().and_then(|author| author.id.clone()),
        replaces: None,
    }
}

/// Puts together what was given and what was derived; what is given wins, since the two were found to agree.
fn finish(
    received: Option<&Received>,
    derived: Option<Derived>,
    bytes: Bytes,
    ins: Option<Ins>,
    mut issues: Vec<Issue>,
) -> Result<IncomingDocument, Vec<Issue>> {
    let merged = merge(received, derived.as_ref(), ins.as_ref(), bytes);
    match (ins, merged) {
        (Some(ins), Ok(document)) if !issues.iter().any(Issue::is_error) => Ok(IncomingDocument { ins, document, warnings: issues }),
        (_, Err(missing)) => {
            // A code that is unknown, or a header that cannot be read, gives nothing: that is told already, by its own finding.
            if !issues.iter().any(Issue::is_error) {
                issues.extend(missing);
            }
            Err(no_repeats(issues))
        }
        (None, Ok(_)) => {
            if !issues.iter().any(|issue| issue.code.starts_with("ins-")) {
                issues.push(Issue::error("ins-missing"));
            }
            Err(no_repeats(issues))
        }
        (Some(_), Ok(_)) => Err(no_repeats(issues)),
    }
}

/// Each finding once, in the order found.
pub(crate) fn no_repeats(mut issues: Vec<Issue>) -> Vec<Issue> {
    let mut seen: Vec<Issue> = Vec::new();
    issues.retain(|issue| {
        let fresh = !seen.contains(issue);
        seen.push(issue.clone());
        fresh
    });
    issues
}

fn merge(received: Option<&Received>, derived: Option<&Derived>, ins: Option<&Ins>, bytes: Bytes) -> Result<NewDocument, Vec<Issue>> {
    let mut missing = Missing::default();
    let moment = |when: Option<&Option<dmp_interop::fhir::When>>| when.and_then(|when| when.as_ref()?.moment);
    let creation = moment(received.map(|one| &one.attachment.creation)).or(derived.and_then(|one| one.created_at));
    let start = moment(received.map(|one| &one.period_start)).or(derived.and_then(|one| one.service_start));
    let date = moment(received.map(|one| &one.date));
    let instant = creation.or(date).or(start);
    let document = NewDocument {
        unique_id: missing.text(
            "unique-id-missing",
            "masterIdentifier",
            received.and_then(|one| one.unique_id().map(str::to_owned)).or(derived.and_then(|one| one.unique_id.clone())),
        ),
        visibility: visibility(received, derived),
        type_code: missing.code("type", received.and_then(Received::type_code).or(derived.and_then(|one| one.type_code.clone()))),
        title: missing.text(
            "element-required",
            "content.attachment.title",
            received.and_then(|one| one.attachment.title.clone()).or(derived.and_then(|one| one.title.clone())),
        ),
        mime_type: received.and_then(|one| one.attachment.content_type.clone()).unwrap_or_else(|| "text/xml".to_owned()),
        language: "fr-FR".to_owned(),
        format: received.and_then(Received::format_code).or(derived.map(|one| one.format.clone())).unwrap_or_else(mime_type_sufficient),
        facility_type: missing
            .coded("context.facilityType", received.and_then(Received::facility_type).or(derived.and_then(|one| one.facility_type.clone()))),
        practice_setting: missing
            .coded("context.practiceSetting", received.and_then(Received::practice_setting).or(derived.and_then(|one| one.practice_setting.clone()))),
        event_codes: received
            .map(Received::event_codes)
            .filter(|codes| !codes.is_empty())
            .or(derived.map(|one| one.event_codes.clone()))
            .unwrap_or_default(),
        comments: received.and_then(|one| one.description.clone()),
        created_at: missing.moment(instant),
        service_start: missing.moment(start.or(instant)),
        service_stop: moment(received.map(|one| &one.period_end)).or(derived.and_then(|one| one.service_stop)),
        authors: authors(received, derived),
        legal_authenticator: derived
            .and_then(|one| one.legal_authenticator.clone())
            .or(received.and_then(|one| one.authenticator.as_ref()?.to_author())),
        source_patient: source_patient(received, derived, ins),
        references: received
            .map(Received::references)
            .filter(|references| !references.is_empty())
            .or(derived.map(|one| one.references.clone()))
            .unwrap_or_default(),
        replaces: received.and_then(replaces),
        bytes,
    };
    if missing.0.is_empty() { Ok(document) } else { Err(missing.0) }
}

/// What nothing gave. Values stand in only until the findings are seen: nothing is published with one.
#[derive(Default)]
struct Missing(Vec<Issue>);

impl Missing {
    fn text(&mut self, code: &str, path: &str, value: Option<String>) -> String {
        value.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| {
            self.0.push(Issue::error(code).at(format!("DocumentReference.{path}")));
            String::new()
        })
    }

    fn code(&mut self, path: &str, value: Option<TypeCode>) -> TypeCode {
        value.unwrap_or_else(|| {
            self.0.push(Issue::error("element-required").at(format!("DocumentReference.{path}")));
            TypeCode::any()
        })
    }

    fn coded(&mut self, path: &str, value: Option<Code>) -> Code {
        value.unwrap_or_else(|| {
            self.0.push(Issue::error("element-required").at(format!("DocumentReference.{path}")));
            Code::new("", "", "")
        })
    }

    fn moment(&mut self, value: Option<Moment>) -> Moment {
        value.unwrap_or_else(|| {
            let issue = Issue::error("element-required").at("DocumentReference.date");
            if !self.0.contains(&issue) {
                self.0.push(issue);
            }
            Moment::from_micros(0)
        })
    }
}

fn visibility(received: Option<&Received>, derived: Option<&Derived>) -> Visibility {
    let asked = received.filter(|one| !one.security_labels.is_empty()).and_then(|one| one.visibility().ok());
    asked.unwrap_or_else(|| Visibility { confidentiality: derived.and_then(|one| one.confidentiality).unwrap_or_default(), ..Visibility::default() })
}

/// The header names its authors more fully than the metadata of most senders.
fn authors(received: Option<&Received>, derived: Option<&Derived>) -> Vec<dmp_core::document::Author> {
    let from_header = derived.map(|one| one.authors.clone()).filter(|authors| !authors.is_empty());
    from_header.or_else(|| received.map(|one| one.authors.iter().filter_map(|author| author.to_author()).collect())).unwrap_or_default()
}

fn source_patient(received: Option<&Received>, derived: Option<&Derived>, ins: Option<&Ins>) -> SourcePatient {
    let given = received.and_then(|one| one.source_patient.as_ref()).map(|patient| patient.to_source_patient());
    let known = given.filter(|patient| !patient.id.is_empty()).or_else(|| derived.and_then(|one| one.source_patient.clone()));
    known.unwrap_or_else(|| SourcePatient {
        id: ins.map(|ins| format!("{}^^^&{}&ISO^NH", ins.matricule(), ins.authority().oid())).unwrap_or_default(),
        name: dmp_core::identity::PersonName::default(),
        gender: "UN".to_owned(),
        birth_date: String::new(),
    })
}

fn replaces(received: &Received) -> Option<ReplaceTarget> {
    Some(match received.replaces()? {
        Target::Reference(reference) => ReplaceTarget::UniqueId(reference.clone()),
        Target::Identifier(identifier) => ReplaceTarget::UniqueId(identifier.value.clone().unwrap_or_default()),
    })
}

fn mime_type_sufficient() -> Code {
    Code::new("urn:ihe:iti:xds:2017:mimeTypeSufficient", dmp_core::document::system::IHE_FORMAT, "mimeType Sufficient")
}

/// SHA-1 of the bytes, the hash of XDS metadata.
pub(crate) fn sha1(bytes: &[u8]) -> [u8; 20] {
    let mut out = [0; 20];
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, bytes);
    for (to, from) in out.iter_mut().zip(digest.as_ref()) {
        *to = *from;
    }
    out
}

/// The identity traits that a CDA header gives, for opening a sandbox record from a document.
pub fn traits_of_document(bytes: &[u8]) -> Option<dmp_core::identity::IdentityTraits> {
    let header = cda::inspect(bytes, cda::Limits::default()).header?;
    let patient = header.patient()?;
    Some(dmp_core::identity::IdentityTraits {
        birth_name: patient.birth_name(),
        used_name: patient.used_name(),
        birth_date: patient.birth_date()?,
        sex: patient.sex()?,
        birth_place: patient.birth_place.clone().unwrap_or_default(),
    })
}

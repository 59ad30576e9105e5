//! What a received document reference must hold (PDSm comprehensive and simplified profiles; `interop.md` 3.3).
//! Every finding is listed, never only the first.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dmp_core::document::{Confidentiality, Visibility};
use dmp_core::identity::{Ins, InsAuthority, InsError};
use dmp_core::{Issue, Mode};

use super::received::{Received, SubjectIns};
use crate::fhir::coding::Coding;
use crate::fhir::element::When;

/// Media types that a document may have. FHIR documents are told apart.
const MEDIA_TYPES: [&str; 8] =
    ["text/xml", "application/xml", "application/pdf", "text/plain", "text/rtf", "application/rtf", "image/jpeg", "image/tiff"];

/// Whether the bytes bring their own metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentKind {
    /// A CDA document: type, title, facility, setting and dates can be derived from its header.
    Cda,
    Other,
}

/// Tells a CDA document by its media type and its root element.
pub fn content_kind(media_type: Option<&str>, bytes: &[u8]) -> ContentKind {
    let is_xml = matches!(base_type(media_type.unwrap_or_default()).as_str(), "text/xml" | "application/xml");
    let has_root = bytes.windows(CDA_ROOT.len()).take(CDA_ROOT_WITHIN).any(|window| window == CDA_ROOT);
    if is_xml && has_root { ContentKind::Cda } else { ContentKind::Other }
}

const CDA_ROOT: &[u8] = b"ClinicalDocument";
/// Prologue, style sheet line and comments come before the root.
const CDA_ROOT_WITHIN: usize = 16_384;

/// All findings of a fiche of an ITI-65 lot (PDSm comprehensive).
pub fn check_comprehensive(received: &Received) -> Vec<Issue> {
    let mut list = Checklist::new(received);
    list.common();
    list.need(!received.type_codings.is_empty(), "type");
    list.need(!received.category_codings.is_empty(), "category");
    list.need(received.date.is_some(), "date");
    list.need(!received.authors.is_empty(), "author");
    list.need(!received.security_labels.is_empty(), "securityLabel");
    let attachment = &received.attachment;
    list.need(attachment.url.is_some() || attachment.data.is_some(), "content[0].attachment.url");
    list.need(attachment.size.is_some(), "content[0].attachment.size");
    list.need(attachment.hash.is_some(), "content[0].attachment.hash");
    list.need(attachment.title.is_some(), "content[0].attachment.title");
    list.need(attachment.creation.is_some(), "content[0].attachment.creation");
    list.need(received.format.is_some(), "content[0].format");
    list.need(received.period_start.is_some(), "context.period.start");
    list.need(!received.facility_codings.is_empty(), "context.facilityType");
    list.need(!received.setting_codings.is_empty(), "context.practiceSetting");
    list.need(received.source_patient.is_some(), "context.sourcePatientInfo");
    list.issues
}

/// All findings of a single publish (ITI-105, PDSm simplified publish). Of a CDA document the rest is derived.
pub fn check_simplified(received: &Received, kind: ContentKind) -> Vec<Issue> {
    let mut list = Checklist::new(received);
    list.common();
    if received.attachment.data.is_none() && !list.has_finding_at("content[0].attachment.data") {
        list.error("content-missing", "content[0].attachment.data");
    }
    if kind == ContentKind::Other {
        list.need(!received.type_codings.is_empty(), "type");
        list.need(received.attachment.title.is_some(), "content[0].attachment.title");
        list.need(!received.facility_codings.is_empty(), "context.facilityType");
        list.need(!received.setting_codings.is_empty(), "context.practiceSetting");
        let dated = received.date.is_some() || received.attachment.creation.is_some() || received.period_start.is_some();
        list.need(dated, "date");
    }
    list.issues
}

/// Refuses a person of the other mode: a test identity in production, a real one in a sandbox.
pub fn check_mode(received: &Received, mode: Mode) -> Option<Issue> {
    let code = InsAuthority::from_oid(&received.subject_ins.as_ref()?.oid)?.refused_in(mode)?;
    Some(Issue::error(code).at(format!("{}.subject", received.path)))
}

/// Compares the declared size and hash with the bytes. `sha1` is the digest of the same bytes.
pub fn check_bytes(received: &Received, bytes: &[u8], sha1: &[u8; 20]) -> Vec<Issue> {
    let mut list = Checklist { received, issues: Vec::new() };
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if let Some(declared) = received.attachment.size.filter(|declared| *declared != size) {
        list.push(Issue::error("size-mismatch").received(declared.to_string()).expected(size.to_string()), "content[0].attachment.size");
    }
    let digest = STANDARD.encode(sha1);
    if let Some(declared) = received.attachment.hash.as_deref().filter(|declared| *declared != digest) {
        list.push(Issue::error("hash-mismatch").received(declared).expected(digest.as_str()), "content[0].attachment.hash");
    }
    list.issues
}

/// Checks a subject: is there an INS, under a known authority, of the right shape and key.
pub(crate) fn check_subject(ins: Option<&SubjectIns>, path: &str) -> Option<Issue> {
    let Some(ins) = ins else { return Some(Issue::error("ins-missing").at(path)) };
    let error = Ins::parse(&ins.oid, &ins.value).err()?;
    let issue = Issue::error(error.code()).at(path);
    Some(match error {
        InsError::Key { expected } => issue.expected(format!("{expected:02}")),
        InsError::UnknownAuthority => issue.received(ins.oid.as_str()),
        InsError::Format => issue.received(ins.value.as_str()),
    })
}

/// The status of what is published is always `current`.
pub(crate) fn refuse_status(status: Option<&str>, path: &str) -> Option<Issue> {
    match status {
        Some("current") => None,
        Some(other) => Some(Issue::error("element-value").at(path).received(other).expected("current")),
        None => Some(Issue::error("element-required").at(path)),
    }
}

struct Checklist<'a> {
    received: &'a Received,
    issues: Vec<Issue>,
}

impl<'a> Checklist<'a> {
    fn new(received: &'a Received) -> Self {
        Checklist { received, issues: received.findings.clone() }
    }

    fn push(&mut self, issue: Issue, element: &str) {
        self.issues.push(issue.at(format!("{}.{element}", self.received.path)));
    }

    fn error(&mut self, code: &str, element: &str) {
        self.push(Issue::error(code), element);
    }

    fn need(&mut self, present: bool, element: &str) {
        if !present && !self.has_finding_at(element) {
            self.error("element-required", element);
        }
    }

    /// A wrong type or broken value was already told: it is not told again as absent.
    fn has_finding_at(&self, element: &str) -> bool {
        let path = format!("{}.{element}", self.received.path);
        self.issues.iter().any(|issue| issue.path.as_deref() == Some(path.as_str()))
    }

    fn common(&mut self) {
        self.identity();
        self.classification();
        self.labels();
        self.attachment();
        self.relations();
        self.dates();
    }

    fn identity(&mut self) {
        let received = self.received;
        match received.unique_id() {
            None => self.error("unique-id-missing", "masterIdentifier"),
            Some(value) if !is_unique_id(received) => {
                self.push(Issue::error("unique-id-format").received(value).expected("urn:oid:… | urn:uuid:…"), "masterIdentifier");
            }
            Some(_) => {}
        }
        if received.status.is_some() || !self.has_finding_at("status") {
            self.issues.extend(refuse_status(received.status.as_deref(), &format!("{}.status", received.path)));
        }
        self.need(received.has_subject, "subject");
        self.issues.extend(check_subject(received.subject_ins.as_ref(), &format!("{}.subject", received.path)));
        if let (Some(ins), Some(source)) = (&received.subject_ins, &received.source_patient) {
            let oid = |system: &str| system.strip_prefix("urn:oid:").and_then(InsAuthority::from_oid);
            let other = |value: &str| value != ins.value;
            if source.identifiers.iter().any(|one| one.system.as_deref().and_then(oid).is_some() && one.value.as_deref().is_some_and(other)) {
                self.error("source-patient-mismatch", "context.sourcePatientInfo");
            }
        }
    }

    fn classification(&mut self) {
        let received = self.received;
        let shown = |codings: &[Coding]| codings.first().map(Coding::shown).unwrap_or_default();
        match received.type_code() {
            None if !received.type_codings.is_empty() => {
                self.push(Issue::error("type-unknown").received(shown(&received.type_codings)).expected("JDV_J66"), "type");
            }
            Some(known) if !received.category_codings.is_empty() && !received.has_class(known.class().code) => {
                let issue = Issue::error("class-mismatch").received(shown(&received.category_codings)).expected(known.class().code);
                self.push(issue, "category");
            }
            Some(_) | None => {}
        }
        if let Some(format) = received.format.as_ref().filter(|_| received.format_code().is_none()) {
            self.push(Issue::error("format-unknown").received(format.shown()).expected("JDV_J60"), "content[0].format");
        }
        if !received.facility_codings.is_empty() && received.facility_type().is_none() {
            let issue = Issue::error("facility-unknown").received(shown(&received.facility_codings)).expected("JDV_J61");
            self.push(issue, "context.facilityType");
        }
        if !received.setting_codings.is_empty() && received.practice_setting().is_none() {
            let issue = Issue::error("setting-unknown").received(shown(&received.setting_codings)).expected("JDV_J04");
            self.push(issue, "context.practiceSetting");
        }
    }

    fn labels(&mut self) {
        let codes: Vec<&str> = self.received.security_labels.iter().map(|label| label.code.as_deref().unwrap_or_default()).collect();
        self.issues.extend(check_labels(&codes, &format!("{}.securityLabel", self.received.path)));
    }

    fn attachment(&mut self) {
        let attachment = &self.received.attachment;
        if let Some(language) = attachment.language.as_deref().filter(|language| *language != "fr-FR") {
            self.push(Issue::error("language-unsupported").received(language).expected("fr-FR"), "content[0].attachment.language");
        }
        let media_type = attachment.content_type.as_deref().map(base_type);
        self.need(media_type.is_some(), "content[0].attachment.contentType");
        let is_fhir = matches!(media_type.as_deref(), Some("application/fhir+json" | "application/fhir+xml"));
        if is_fhir || self.received.is_fhir_document {
            self.error("fhir-document-not-supported", "content[0].attachment.contentType");
        } else if let Some(media_type) = media_type.filter(|media_type| !MEDIA_TYPES.contains(&media_type.as_str())) {
            let issue = Issue::error("mime-unsupported").received(media_type).expected(MEDIA_TYPES.join(" "));
            self.push(issue, "content[0].attachment.contentType");
        }
    }

    fn relations(&mut self) {
        for (index, relation) in self.received.relates_to.iter().enumerate() {
            let element = format!("relatesTo[{index}].code");
            match relation.code.as_str() {
                "replaces" => {}
                "transforms" | "appends" | "signs" => self.push(Issue::warning("relates-to-unsupported").received(relation.code.as_str()), &element),
                other => self.push(Issue::error("element-value").received(other).expected("replaces"), &element),
            }
        }
    }

    fn dates(&mut self) {
        let moment = |when: &Option<When>| when.as_ref().and_then(|when| when.moment);
        let period = moment(&self.received.period_start).zip(moment(&self.received.period_end));
        if period.is_some_and(|(start, end)| end < start) {
            self.push(Issue::error("element-value").expected("period.start <= period.end"), "context.period.end");
        }
    }
}

/// Checks a set of security labels: members of JDV_J58, at most one HL7 code, and no mask of what is hidden from
/// the patient (the two say opposite things about who may read).
pub(crate) fn check_labels(codes: &[&str], path: &str) -> Vec<Issue> {
    let is_known = |code: &str| Visibility::from_codes([code]).is_ok();
    let unknown = codes.iter().filter(|code| !is_known(code));
    let mut issues: Vec<Issue> = unknown.map(|code| Issue::error("confidentiality-unknown").at(path).received(*code).expected("JDV_J58")).collect();
    let mut hl7: Vec<&str> = codes.iter().copied().filter(|code| Confidentiality::from_code(code).is_some()).collect();
    hl7.sort_unstable();
    hl7.dedup();
    let hides_twice = codes.contains(&Visibility::MASKED) && codes.contains(&Visibility::INVISIBLE_PATIENT);
    if hl7.len() > 1 || hides_twice {
        issues.push(Issue::error("confidentiality-combination").at(path).received(codes.join(" ")));
    }
    issues
}

/// Media type without parameters, in lower case.
fn base_type(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// `urn:uuid:` with a UUID, or `urn:oid:` with an OID and perhaps `^extension`, in the system of URIs.
fn is_unique_id(received: &Received) -> bool {
    let Some(identifier) = &received.unique_id else { return false };
    identifier.system.as_deref() == Some(crate::fhir::urls::RFC_3986) && identifier.value.as_deref().is_some_and(is_unique_urn)
}

/// Whether a text has the shape of a uniqueId.
pub(crate) fn is_unique_urn(value: &str) -> bool {
    if let Some(uuid) = value.strip_prefix("urn:uuid:") {
        return uuid.len() == 36
            && uuid.bytes().enumerate().all(|(at, byte)| if matches!(at, 8 | 13 | 18 | 23) { byte == b'-' } else { byte.is_ascii_hexdigit() });
    }
    let Some(oid) = value.strip_prefix("urn:oid:") else { return false };
    let (root, extension) = oid.split_once('^').map_or((oid, None), |(root, extension)| (root, Some(extension)));
    let is_arc = |arc: &str| !arc.is_empty() && arc.bytes().all(|byte| byte.is_ascii_digit()) && (arc.len() == 1 || !arc.starts_with('0'));
    let is_oid = root.len() <= UNIQUE_ID_OID_MAX && root.contains('.') && root.split('.').all(is_arc);
    is_oid
        && extension.is_none_or(|extension| {
            (1..=UNIQUE_ID_EXTENSION_MAX).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'^')
        })
}

/// XDS allows 64; published MHD examples go to 74.
const UNIQUE_ID_OID_MAX: usize = 128;
/// XDS allows 16; some producers write a UUID.
const UNIQUE_ID_EXTENSION_MAX: usize = 64;

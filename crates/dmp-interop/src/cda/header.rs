//! The header of a CDA document as typed values, each with the place where it was read.
//!
//! A [`Header`] says what stands in the document, right or wrong: [`super::inspect`] judges it.

use dmp_core::identity::{BirthDate, Ins, InsAuthority, InsError, PersonName, Sex};
use dmp_core::{Issue, Moment};

use super::time;
use crate::nos;

/// Where something stands in a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// XPath without prefixes, `/ClinicalDocument/author[2]/time`.
    pub path: String,
    /// From 1, in the received text.
    pub line: u32,
    pub column: u32,
}

impl Place {
    /// Says where an issue is.
    pub fn locate(&self, issue: Issue) -> Issue {
        issue.at(self.path.clone()).at_line(self.line, self.column)
    }
}

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    pub value: T,
    pub place: Place,
}

/// An HL7 instance identifier (`II`): a root and perhaps an extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceId {
    pub root: String,
    pub extension: Option<String>,
}

impl InstanceId {
    /// The XDS uniqueId with its scheme: `urn:oid:root` or `urn:oid:root^extension`; `urn:uuid:…` when the
    /// root is a UUID. `None` when the root is neither an OID nor a UUID, or the whole is longer than 128.
    pub fn to_urn(&self) -> Option<String> {
        let root = if nos::is_oid(&self.root) { format!("urn:oid:{}", self.root) } else { format!("urn:uuid:{}", uuid(&self.root)?) };
        let whole = self.extension.as_ref().map_or(root.clone(), |extension| format!("{root}^{extension}"));
        (whole.len() <= 128 + "urn:uuid:".len()).then_some(whole)
    }

    /// The extension, or the root when there is none.
    pub fn local(&self) -> &str {
        self.extension.as_deref().unwrap_or(&self.root)
    }
}

/// A UUID in lower case; `None` for another shape.
fn uuid(text: &str) -> Option<String> {
    let sizes = text.split('-').map(str::len).collect::<Vec<_>>();
    let hexadecimal = text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    (sizes == [8, 4, 4, 4, 12] && hexadecimal).then(|| text.to_ascii_lowercase())
}

/// A time stamp as written, and the moment that it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HlTime {
    pub raw: String,
    /// First moment of what it covers; `None` when unreadable.
    pub moment: Option<Moment>,
}

impl HlTime {
    /// Reads a time stamp.
    pub fn new(raw: String) -> Self {
        HlTime { moment: time::moment_of_hl7(&raw), raw }
    }

    /// Whether a moment lies in what this time stamp covers at its precision. Midnight UTC of the same
    /// written day counts as that day: it is what a date alone becomes.
    pub fn covers(&self, moment: Moment) -> bool {
        let Some((first, next)) = time::interval(&self.raw) else { return false };
        let same_day = self.raw.get(..8).and_then(time::interval).is_some_and(|(midnight, _)| midnight == moment);
        (first <= moment && moment < next) || same_day
    }
}

/// A coded value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedValue {
    pub code: String,
    /// Dotted OID; empty when not written.
    pub system: String,
    /// Empty when not written.
    pub display: String,
}

/// The person of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patient {
    pub place: Place,
    pub ids: Vec<Found<InstanceId>>,
    /// `family[@qualifier='BR']`.
    pub birth_family: Option<Found<String>>,
    /// `given[@qualifier='BR']`, first name of the birth record.
    pub birth_given: Option<String>,
    /// `given` without qualifier, all names of the birth record.
    pub birth_given_all: Option<String>,
    /// `family` and `given` with `CL`, in use.
    pub used_family: Option<String>,
    pub used_given: Option<String>,
    /// Qualifiers other than `BR` and `CL`.
    pub other_qualifiers: Vec<Found<String>>,
    pub gender: Option<Found<String>>,
    pub birth_time: Option<Found<String>>,
    /// INSEE code of the place of birth.
    pub birth_place: Option<String>,
}

impl Patient {
    /// The identifier whose root is one of the four OIDs of INS.
    pub fn ins_id(&self) -> Option<&Found<InstanceId>> {
        self.ids.iter().find(|id| InsAuthority::from_oid(&id.value.root).is_some())
    }

    /// The INS: valid, or what is wrong with it; `None` when there is none.
    pub fn ins(&self) -> Option<Result<Ins, InsError>> {
        let id = &self.ins_id()?.value;
        Some(Ins::parse(&id.root, id.extension.as_deref().unwrap_or_default()))
    }

    /// The first identifier that is not an INS: the producer's own.
    pub fn local_id(&self) -> Option<&InstanceId> {
        self.ids.iter().map(|id| &id.value).find(|id| InsAuthority::from_oid(&id.root).is_none() && id.extension.is_some())
    }

    /// Name of the birth record.
    pub fn birth_name(&self) -> PersonName {
        let given = self.birth_given.clone().or_else(|| self.birth_given_all.clone()).unwrap_or_default();
        PersonName::new(given, self.birth_family.as_ref().map(|name| name.value.clone()).unwrap_or_default())
    }

    /// Name in use, when one is written.
    pub fn used_name(&self) -> Option<PersonName> {
        let family = self.used_family.clone()?;
        Some(PersonName::new(self.used_given.clone().or_else(|| self.birth_given.clone()).unwrap_or_default(), family))
    }

    /// Sex, when it is `F`, `M` or `U`/`UN`.
    pub fn sex(&self) -> Option<Sex> {
        match self.gender.as_ref()?.value.as_str() {
            "F" => Some(Sex::Female),
            "M" => Some(Sex::Male),
            "U" | "UN" => Some(Sex::Unknown),
            _ => None,
        }
    }

    /// Birth date, when it is readable.
    pub fn birth_date(&self) -> Option<BirthDate> {
        let raw = self.birth_time.as_ref()?.value.as_str();
        raw.bytes().take(8).all(|byte| byte.is_ascii_digit()).then(|| BirthDate::parse(raw)).flatten()
    }
}

/// An organisation, with its identifiers and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    pub place: Place,
    pub ids: Vec<Found<InstanceId>>,
    pub name: Option<String>,
    /// Practice setting of the organisation (`standardIndustryClassCode`).
    pub setting: Option<Found<CodedValue>>,
}

/// A device that wrote a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub model: Option<String>,
    pub software: Option<String>,
}

/// Who acts: a professional, the person, a device, for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignedEntity {
    pub place: Place,
    pub ids: Vec<Found<InstanceId>>,
    /// Profession and speciality (JDV_J01).
    pub code: Option<Found<CodedValue>>,
    pub name: Option<PersonName>,
    pub device: Option<Device>,
    pub organization: Option<Organization>,
}

impl AssignedEntity {
    /// The first identifier with an extension, or the first.
    pub fn id(&self) -> Option<&Found<InstanceId>> {
        self.ids.iter().find(|id| id.value.extension.is_some()).or(self.ids.first())
    }
}

/// An author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub place: Place,
    pub function: Option<Found<CodedValue>>,
    pub time: Option<Found<HlTime>>,
    pub entity: Option<AssignedEntity>,
}

/// Who keeps the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custodian {
    pub place: Place,
    pub organization: Option<Organization>,
}

/// Who answers for the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalAuthenticator {
    pub place: Place,
    pub time: Option<Found<HlTime>>,
    pub signature: Option<Found<CodedValue>>,
    pub entity: Option<AssignedEntity>,
}

/// An act that the document is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceEvent {
    pub place: Place,
    pub code: Option<Found<CodedValue>>,
    pub low: Option<Found<HlTime>>,
    pub high: Option<Found<HlTime>>,
    pub performer: Option<AssignedEntity>,
}

impl ServiceEvent {
    /// Practice setting of who performed the act.
    pub fn setting(&self) -> Option<&Found<CodedValue>> {
        self.performer.as_ref()?.organization.as_ref()?.setting.as_ref()
    }
}

/// The stay or visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encounter {
    pub place: Place,
    pub facility: Option<Found<CodedValue>>,
}

/// A link to another document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedDocument {
    pub place: Place,
    /// `RPLC` is the only one allowed.
    pub kind: String,
    pub parent: Option<Found<InstanceId>>,
}

/// Someone who takes part, told apart by `typeCode` and `functionCode`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    pub place: Place,
    pub kind: String,
    pub function: Option<Found<CodedValue>>,
    pub entity: Option<AssignedEntity>,
}

/// What the body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Level 1: one encapsulated document.
    Unstructured { media_type: String, base64: bool },
    /// Level 3 (or 2): sections.
    Structured,
}

/// How the document presents itself, which decides its media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presentation {
    /// A bare CDA document, `text/xml`.
    Bare,
    /// Wrapped in the style sheet that shows it, `application/xslt+xml`.
    Wrapped,
}

/// The header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The ClinicalDocument element.
    pub place: Place,
    pub presentation: Presentation,
    pub realm: Option<Found<CodedValue>>,
    pub type_id: Option<Found<InstanceId>>,
    pub templates: Vec<Found<InstanceId>>,
    pub id: Option<Found<InstanceId>>,
    pub code: Option<Found<CodedValue>>,
    pub title: Option<Found<String>>,
    pub effective_time: Option<Found<HlTime>>,
    pub confidentiality: Option<Found<CodedValue>>,
    pub language: Option<Found<CodedValue>>,
    pub set_id: Option<Found<InstanceId>>,
    pub version: Option<Found<String>>,
    /// More than one recordTarget is an error; the first is the person.
    pub patients: Vec<Patient>,
    pub authors: Vec<Author>,
    pub custodian: Option<Custodian>,
    pub legal_authenticators: Vec<LegalAuthenticator>,
    pub participants: Vec<Participant>,
    /// Identifiers of orders (`inFulfillmentOf`) and accession numbers.
    pub orders: Vec<Found<InstanceId>>,
    pub accessions: Vec<Found<InstanceId>>,
    pub service_events: Vec<ServiceEvent>,
    pub encounter: Option<Encounter>,
    pub related: Vec<RelatedDocument>,
    pub body: Option<Body>,
    /// Elements that repeat more often than we read them.
    pub overfull: Option<Place>,
}

impl Header {
    /// The person of the document.
    pub fn patient(&self) -> Option<&Patient> {
        self.patients.first()
    }

    /// The main act: the first with a start and a practice setting; else the first with a practice setting; else the first.
    pub fn main_event(&self) -> Option<&ServiceEvent> {
        let events = || self.service_events.iter();
        events()
            .find(|event| event.low.is_some() && event.setting().is_some())
            .or_else(|| events().find(|event| event.setting().is_some()))
            .or_else(|| events().next())
    }

    /// Who answers for the document.
    pub fn legal_authenticator(&self) -> Option<&LegalAuthenticator> {
        self.legal_authenticators.first()
    }

    /// The *médecin traitant* named as participant (`INF` with function `PCP`), as in a VSM.
    pub fn attending_physician(&self) -> Option<&AssignedEntity> {
        let is_pcp = |participant: &&Participant| {
            participant.kind == "INF" && participant.function.as_ref().is_some_and(|function| function.value.code == "PCP")
        };
        self.participants.iter().find(is_pcp)?.entity.as_ref()
    }
}

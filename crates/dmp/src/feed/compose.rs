//! From what lies in the folder to what is asked of the record: a document to deposit, a move of a stay, or nothing. Pure.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dmp_core::Moment;
use dmp_core::document::{Code, TypeCode};
use dmp_core::identity::Ins;
use dmp_interop::hl7v2::{self, DocumentMessage, Fault, Incoming, Limits, Message, Move, Visibility};
use dmp_interop::{cda, nos};
use serde::Deserialize;
use serde_json::{Value, json};

use super::ledger::Reason;

/// What one file or message asks.
#[derive(Debug)]
pub struct Task {
    /// Names it: the same message gives the same name, however often and wherever it comes.
    pub id: String,
    /// Name for people: a file or a control id.
    pub name: String,
    /// Control id of a message (MSH-10), by which its sender knows it.
    pub control: Option<String>,
    /// One of a kind is on its way at once: a hash of whom it is about.
    pub lane: String,
    pub work: Work,
}

/// The work itself.
#[derive(Debug)]
pub enum Work {
    Document(Box<Deposit>),
    Move { one: Box<Move>, said_at: i64 },
    Nothing(String),
}

/// A document to deposit.
#[derive(Debug)]
pub struct Deposit {
    /// `urn:oid:…`.
    pub unique_id: String,
    pub replaces: Option<String>,
    /// The DocumentReference, with the bytes.
    pub resource: Value,
}

/// Where documents that are no CDA come from.
#[derive(Debug, Clone)]
pub struct Defaults {
    pub facility_type: String,
    pub practice_setting: String,
}

/// The metadata of a PDF, in the `.json` beside it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sidecar {
    ins: String,
    /// OID of the authority of the INS.
    ins_oid: String,
    /// LOINC or TRE_A05 code.
    #[serde(rename = "type")]
    type_code: String,
    title: String,
    /// `2026-03-06`, or with a time.
    written_at: String,
    unique_id: Option<String>,
    replaces: Option<String>,
    author: Option<SidecarAuthor>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SidecarAuthor {
    /// PS_IdNat.
    id: String,
    family: String,
    given: String,
}

/// A refusal of the feeder's own.
fn refused(code: &str, words: &str) -> Vec<Reason> {
    vec![Reason { code: code.to_owned(), place: String::new(), words: words.to_owned() }]
}

/// A fault of HL7 v2 as a reason.
pub fn reason(fault: &Fault) -> Reason {
    Reason { code: fault.code.to_owned(), place: fault.place.to_owned(), words: fault.french().to_owned() }
}

/// Hexadecimal of the first half of a SHA-256 over parts, each with its length.
pub fn hash(parts: &[&[u8]]) -> String {
    let mut all = Vec::new();
    for part in parts {
        all.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        all.extend_from_slice(part);
    }
    digest(&SHA256, &all).as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// An identifier of our own making: an OID under 2.25 of 128 bits of a hash.
fn made_up(parts: &[&[u8]]) -> String {
    let number = u128::from_str_radix(&hash(parts), 16).unwrap_or_default();
    format!("urn:oid:2.25.{number}")
}

fn lane(ins: &Ins) -> String {
    hash(&[b"lane", ins.authority().oid().as_bytes(), ins.matricule().as_bytes()])
}

/// The name of a message: its sender and control id, and what it says beside the header, which may bear another hour when it is sent again.
pub fn message_id(bytes: &[u8], message: &Message) -> String {
    let text = |number: usize| message.field("MSH", number).raw();
    let body = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n')).and_then(|end| bytes.get(end..)).unwrap_or_default();
    // Line ends differ between a file and the wire.
    let body: Vec<u8> = body.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    hash(&[b"hl7", text(3).as_bytes(), text(4).as_bytes(), text(9).as_bytes(), text(10).as_bytes(), &body])
}

/// An HL7 v2 message.
///
/// # Errors
/// Why it is not taken, with its id when it could be read at all.
pub fn message(bytes: &[u8], defaults: &Defaults) -> Result<Task, (String, String, Vec<Reason>)> {
    let raw = || hash(&[b"raw", bytes]);
    let message = Message::parse(bytes, Limits::default()).map_err(|fault| (raw(), String::new(), vec![reason(&fault)]))?;
    let id = message_id(bytes, &message);
    let control = message.field("MSH", 10).text().unwrap_or_default();
    let wrong = |reasons: Vec<Reason>| (id.clone(), control.clone(), reasons);
    let (envelope, incoming) = hl7v2::read(&message).map_err(|fault| wrong(vec![reason(&fault)]))?;
    let task = |lane: String, work: Work| Task {
        id: id.clone(),
        name: control.clone(),
        control: Some(control.clone()).filter(|id| !id.is_empty()),
        lane,
        work,
    };
    Ok(match incoming {
        Incoming::Nothing(why) => task(String::new(), Work::Nothing(why.to_owned())),
        Incoming::Move(one) => {
            let said_at = envelope.sent_at.unwrap_or(one.at).as_micros();
            task(lane(&one.patient.ins), Work::Move { one, said_at })
        }
        Incoming::Document(one) => {
            let sender = format!("{}|{}", envelope.application, envelope.facility);
            let deposit = deposit(&one, &sender, &envelope.control_id, defaults).map_err(wrong)?;
            task(lane(&one.patient.ins), Work::Document(Box::new(deposit)))
        }
    })
}

fn deposit(one: &DocumentMessage, sender: &str, control: &str, defaults: &Defaults) -> Result<Deposit, Vec<Reason>> {
    if one.mime_type == "text/xml" {
        return of_cda(&one.bytes, Some(&one.patient.ins), one.visibility, one.replaces.as_deref());
    }
    let given = |id: &str| oid(id).unwrap_or_else(|| made_up(&[b"document", sender.as_bytes(), id.as_bytes()]));
    let unique_id = one.unique_id.as_deref().map(given);
    let unique_id =
        unique_id.unwrap_or_else(|| made_up(&[b"content", sender.as_bytes(), one.order.as_deref().unwrap_or(control).as_bytes(), &one.bytes]));
    let replaces = one.replaces.as_deref().map(given);
    let written_at = one.written_at.map(Moment::to_rfc3339);
    let about = About {
        ins: &one.patient.ins,
        type_code: one.type_code.as_deref().unwrap_or_default(),
        title: one.title.as_deref().unwrap_or_default(),
        written_at: written_at.as_deref().unwrap_or_default(),
        author: one.author.as_ref().map(|(id, family, given)| (id.as_str(), family.as_str(), given.as_str())),
    };
    let resource = of_other(&about, &unique_id, replaces.as_deref(), one.visibility, &one.bytes, defaults);
    Ok(Deposit { unique_id, replaces, resource })
}

/// An identifier that is an OID, as a URN.
fn oid(text: &str) -> Option<String> {
    let bare = text.strip_prefix("urn:oid:").unwrap_or(text);
    let arc = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
    let shaped = bare.len() <= 128 && bare.contains('.') && bare.split('.').all(arc) && bare.starts_with(['0', '1', '2']);
    shaped.then(|| format!("urn:oid:{bare}"))
}

/// A CDA document in a file.
///
/// # Errors
/// Why it is not taken.
pub fn cda_file(bytes: &[u8], name: &str) -> Result<Task, (String, String, Vec<Reason>)> {
    let id = hash(&[b"cda", bytes]);
    let deposit = of_cda(bytes, None, Visibility::default(), None).map_err(|reasons| (id.clone(), name.to_owned(), reasons))?;
    let subject = deposit.resource.pointer("/subject/identifier").map(Value::to_string).unwrap_or_default();
    Ok(Task { id, name: name.to_owned(), control: None, lane: hash(&[b"subject", subject.as_bytes()]), work: Work::Document(Box::new(deposit)) })
}

fn of_cda(bytes: &[u8], ins: Option<&Ins>, visibility: Visibility, replaces: Option<&str>) -> Result<Deposit, Vec<Reason>> {
    let inspection = cda::inspect(bytes, cda::Limits::default());
    let told = |issue: &dmp_core::Issue| Reason {
        code: issue.code.clone(),
        place: issue.path.clone().unwrap_or_default(),
        words: dmp_core::catalogue::message(&issue.code).map_or("", |line| line.fr).to_owned(),
    };
    let errors: Vec<Reason> = inspection.issues.iter().filter(|issue| issue.is_error()).map(told).collect();
    let header = match inspection.header {
        Some(header) if errors.is_empty() => header,
        Some(_) | None => return Err(errors),
    };
    let derived = cda::derive(&header);
    let unique_id = derived.unique_id.clone().ok_or_else(|| refused("unique-id-missing", "le document n'a pas d'identifiant"))?;
    let patient = header.patient().and_then(|patient| patient.ins()?.ok());
    let ins = ins.cloned().or(patient).ok_or_else(|| refused("ins-missing", "le document ne dit pas l'INS"))?;
    let replaces = derived.replaces.clone().or_else(|| replaces.and_then(oid));
    let mut resource = frame(&unique_id, &ins, replaces.as_deref());
    put(&mut resource, "content", json!([{ "attachment": { "contentType": "text/xml", "data": STANDARD.encode(bytes) } }]));
    if visibility != Visibility::default() {
        put(&mut resource, "securityLabel", labels(derived.confidentiality.unwrap_or_default().code(), visibility));
    }
    Ok(Deposit { unique_id, replaces, resource })
}

/// A PDF in a file, with its metadata.
///
/// # Errors
/// Why it is not taken.
pub fn pdf_file(bytes: &[u8], metadata: &[u8], name: &str, defaults: &Defaults) -> Result<Task, (String, String, Vec<Reason>)> {
    let id = hash(&[b"pdf", bytes, metadata]);
    let wrong = |code: &str, words: &str| (id.clone(), name.to_owned(), refused(code, words));
    let said: Sidecar = serde_json::from_slice(metadata).map_err(|error| wrong("feed-metadata", &format!("les métadonnées (.json) : {error}")))?;
    let ins = Ins::parse(&said.ins_oid, &said.ins).map_err(|error| wrong(error.code(), "l'INS n'est pas valide"))?;
    let given = |id: &str| oid(id).unwrap_or_else(|| made_up(&[b"file", id.as_bytes()]));
    let unique_id = said.unique_id.as_deref().map_or_else(|| made_up(&[b"file content", bytes, metadata]), given);
    let replaces = said.replaces.as_deref().map(given);
    let about = About {
        ins: &ins,
        type_code: &said.type_code,
        title: &said.title,
        written_at: &said.written_at,
        author: said.author.as_ref().map(|author| (author.id.as_str(), author.family.as_str(), author.given.as_str())),
    };
    let resource = of_other(&about, &unique_id, replaces.as_deref(), Visibility::default(), bytes, defaults);
    Ok(Task {
        id: id.clone(),
        name: name.to_owned(),
        control: None,
        lane: lane(&ins),
        work: Work::Document(Box::new(Deposit { unique_id, replaces, resource })),
    })
}

/// What is known of a document that is no CDA.
struct About<'a> {
    ins: &'a Ins,
    type_code: &'a str,
    title: &'a str,
    written_at: &'a str,
    /// PS_IdNat, family, given.
    author: Option<(&'a str, &'a str, &'a str)>,
}

fn of_other(about: &About<'_>, unique_id: &str, replaces: Option<&str>, visibility: Visibility, bytes: &[u8], defaults: &Defaults) -> Value {
    let mut resource = frame(unique_id, about.ins, replaces);
    if !about.type_code.is_empty() {
        let system = TypeCode::parse(about.type_code).map(|known| format!("urn:oid:{}", known.system()));
        put(&mut resource, "type", json!({ "coding": [{ "system": system.unwrap_or_default(), "code": about.type_code }] }));
    }
    let mut attachment = json!({ "contentType": "application/pdf", "data": STANDARD.encode(bytes) });
    if !about.title.is_empty() {
        put(&mut attachment, "title", json!(about.title));
    }
    if !about.written_at.is_empty() {
        put(&mut attachment, "creation", json!(about.written_at));
    }
    put(&mut resource, "content", json!([{ "attachment": attachment }]));
    put(&mut resource, "securityLabel", labels("N", visibility));
    // A code that is in no set goes as it is: the server says what is wrong with it.
    let coded = |code: &str, known: Option<Code>| {
        let system = known.map(|known| format!("urn:oid:{}", known.system));
        json!({ "coding": [{ "system": system.unwrap_or_default(), "code": code }] })
    };
    let (facility, setting) = (defaults.facility_type.as_str(), defaults.practice_setting.as_str());
    let context =
        json!({ "facilityType": coded(facility, nos::facility_type(facility)), "practiceSetting": coded(setting, nos::practice_setting(setting)) });
    put(&mut resource, "context", context);
    if let Some((id, family, given)) = about.author {
        let national = json!({ "system": format!("urn:oid:{}", dmp_core::identity::PS_ID_NAT_OID), "value": id });
        let name = json!({ "family": family, "given": [given] });
        put(&mut resource, "contained", json!([{ "resourceType": "Practitioner", "id": "author", "identifier": [national], "name": [name] }]));
        put(&mut resource, "author", json!([{ "reference": "#author" }]));
    }
    resource
}

/// What every DocumentReference of ours has.
fn frame(unique_id: &str, ins: &Ins, replaces: Option<&str>) -> Value {
    let mut resource = json!({
        "resourceType": "DocumentReference",
        "status": "current",
        "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": unique_id },
        "subject": { "identifier": { "system": format!("urn:oid:{}", ins.authority().oid()), "value": ins.matricule() } },
    });
    if let Some(old) = replaces {
        let target = json!({ "identifier": { "system": "urn:ietf:rfc:3986", "value": old } });
        put(&mut resource, "relatesTo", json!([{ "code": "replaces", "target": target }]));
    }
    resource
}

fn put(resource: &mut Value, name: &str, value: Value) {
    if let Some(object) = resource.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

fn labels(confidentiality: &str, visibility: Visibility) -> Value {
    let flags = [
        (visibility.masked, "MASQUE_PS"),
        (visibility.invisible_to_patient, "INVISIBLE_PATIENT"),
        (visibility.invisible_to_representatives, "INVISIBLE_REPRESENTANTS_LEGAUX"),
    ];
    let codes = std::iter::once(confidentiality).chain(flags.into_iter().filter(|(set, _)| *set).map(|(_, code)| code));
    codes.map(|code| json!({ "coding": [{ "code": code }] })).collect()
}

//! The messages of a hospital: reports as CDA and PDF, new versions of them, and those that must be refused. The same seed gives the same ones.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dmp_core::identity::Ins;

use crate::api::{document, invented_ins};
use crate::draw::Draw;

/// What must become of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// The record has the document once.
    Kept,
    /// The report says this code.
    Refused(&'static str),
}

/// A message to send.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Control id, and name of its file.
    pub name: String,
    pub person: usize,
    /// Title of the document, of its own: how it is found in the record.
    pub title: String,
    /// Place of the one that it replaces.
    pub replaces: Option<usize>,
    pub expected: Expected,
    pub bytes: Vec<u8>,
}

/// Documents that are a PDF, new versions, bad messages: one in so many.
const PDF: usize = 5;
const NEW_VERSION: usize = 6;
const BAD: usize = 20;
/// What is wrong with a bad one, and the code that its refusal must bear.
const FAULTS: [&str; 7] =
    ["hl7-ins-missing", "hl7-ins-invalid", "hl7-event", "hl7-content-encoding", "cda-not-well-formed", "replace-target-unknown", "record-not-found"];

/// The people of the campaign.
pub fn people(count: usize, seed: u64) -> Vec<Ins> {
    (0..count).map(|place| invented_ins(60_000_000 + seed * 1_000_000 + u64::try_from(place).unwrap())).collect()
}

/// Makes so many messages about these people.
pub fn plan(count: usize, people: &[Ins], seed: u64) -> Vec<Planned> {
    let mut draw = Draw::new(seed, 0x0057_17A1);
    let mut plan: Vec<Planned> = Vec::with_capacity(count);
    // By person: documents that no other has replaced yet.
    let mut current: Vec<Vec<usize>> = vec![Vec::new(); people.len()];
    for number in 0..count {
        let person = draw.below(people.len());
        let (name, title) = (format!("MSG{number:06}"), format!("Compte rendu {seed} {number:06}"));
        if draw.below(BAD) == 0 {
            let code = FAULTS[draw.below(FAULTS.len())];
            let bytes = bad(code, number, &people[person], &title, seed);
            plan.push(Planned { name, person, title, replaces: None, expected: Expected::Refused(code), bytes });
            continue;
        }
        let replaces = (draw.below(NEW_VERSION) == 0 && !current[person].is_empty()).then(|| {
            let place = draw.below(current[person].len());
            current[person].swap_remove(place)
        });
        let pdf = draw.below(PDF) == 0;
        let old = replaces.map(|place| unique(seed, place));
        let bytes = message(&Content { number, ins: &people[person], title: &title, pdf, old: old.as_deref(), seed });
        current[person].push(number);
        plan.push(Planned { name, person, title, replaces, expected: Expected::Kept, bytes });
    }
    plan
}

fn unique(seed: u64, number: usize) -> String {
    format!("1.2.250.1.213.1.1.9.995.{seed}.{number}")
}

struct Content<'a> {
    number: usize,
    ins: &'a Ins,
    title: &'a str,
    pdf: bool,
    old: Option<&'a str>,
    seed: u64,
}

fn message(content: &Content<'_>) -> Vec<u8> {
    let Content { number, ins, title, pdf, old, seed } = *content;
    let own = unique(seed, number);
    let (kind, bytes) = if pdf {
        ("^application^PDF^", format!("%PDF-1.7\n% {title}\n").into_bytes())
    } else {
        let cda = String::from_utf8(document(4_096, ins, &own, u64::try_from(number).unwrap() ^ seed)).unwrap();
        ("^text^XML^", cda.replace("Compte rendu de consultation", title).into_bytes())
    };
    let id = pid(ins.authority().oid(), ins.matricule());
    let parent = old.map(|old| format!("{old}^CHU")).unwrap_or_default();
    let event = if old.is_some() { "MDM^T10^MDM_T02" } else { "MDM^T02^MDM_T02" };
    whole(number, event, &id, &format!("TXA|1|11488-4|AP|202601010900||||||||{own}^CHU|{parent}"), title, kind, &STANDARD.encode(bytes))
}

fn pid(oid: &str, matricule: &str) -> String {
    format!("PID|1||{:06}^^^CHU&000897406&N^PI~{matricule}^^^ASIP-SANTE-INS-NIR&{oid}&ISO^INS||ESSAIDEPANNE^LOUISE", 7)
}

fn whole(number: usize, event: &str, pid: &str, txa: &str, title: &str, kind: &str, data: &str) -> Vec<u8> {
    format!(
        "MSH|^~\\&|DPI|CHU|DMP|DMP|20260101090000||{event}|MSG{number:06}|P|2.5|||||FRA|UNICODE UTF-8\rEVN||20260101090000\r{pid}\rPV1|1|I|UF\r{txa}\rOBX|1|ED|11488-4^{title}^LN||{kind}Base64^{data}||||||F\r"
    )
    .into_bytes()
}

/// A message that is refused with this code.
fn bad(code: &str, number: usize, ins: &Ins, title: &str, seed: u64) -> Vec<u8> {
    let good = |ins: &Ins, old: Option<&str>| message(&Content { number, ins, title, pdf: false, old, seed });
    let changed = |from: &str, to: &str| String::from_utf8(good(ins, None)).unwrap().replace(from, to).into_bytes();
    match code {
        "hl7-ins-missing" => changed(ins.authority().oid(), "1.2.3"),
        "hl7-ins-invalid" => {
            // One digit of it, before the key.
            let (head, tail) = ins.matricule().split_at(7);
            let digit = if tail.starts_with('1') { '2' } else { '1' };
            changed(ins.matricule(), &format!("{head}{digit}{}", &tail[1..]))
        }
        "hl7-event" => changed("MDM^T02", "MDM^T99"),
        "hl7-content-encoding" => changed("Base64^", "Base64^@@"),
        "cda-not-well-formed" => {
            let id = pid(ins.authority().oid(), ins.matricule());
            whole(number, "MDM^T02^MDM_T02", &id, "TXA|1|11488-4|AP", title, "^text^XML^", &STANDARD.encode("<ClinicalDocument><title>"))
        }
        "replace-target-unknown" => good(ins, Some("1.2.250.1.213.1.1.9.995.0.0")),
        // Nobody has opened this one.
        _ => good(&invented_ins(59_000_000 + u64::try_from(number).unwrap()), None),
    }
}

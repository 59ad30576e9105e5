//! Acknowledgements: MSH, MSA and, for a refusal, ERR (HL7 v2.5, 2.9).

use dmp_core::Moment;

use super::escape::Separators;
use super::{Charset, Fault, Message, Part, Writer};

/// How a message was received (MSA-1, table HL70008).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acknowledgement {
    /// `AA`: it is kept and will be worked on, whatever happens to this program.
    Accepted,
    /// `AE` or `AR`, as the fault is.
    Refused(Fault),
    /// `AE`: it cannot be kept now; send it again.
    Later,
}

/// The answer to a message. `id` becomes MSH-10; `message`: what was received, when it could be read at all.
pub fn acknowledge(message: Option<&Message>, answer: &Acknowledgement, id: &str, now: Moment) -> Vec<u8> {
    let separators = message.map_or(Separators::default(), |message| message.separators);
    let charset = message.map_or(Charset::Utf8, |message| message.charset);
    let text = |number: usize| message.and_then(|message| message.field("MSH", number).component(1).text()).unwrap_or_default();
    let event = message.and_then(|message| message.field("MSH", 9).component(2).text()).unwrap_or_default();
    let stamp: String = now.to_instant().chars().filter(char::is_ascii_digit).take(14).collect();
    let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
    // Sender and receiver change places.
    let header = [text(5), text(6), text(3), text(4), format!("{stamp}+0000"), String::new()];
    let mut fields: Vec<Part> = header.iter().map(|text| Part::text(text)).collect();
    fields.push(Part::components(&["ACK", &event, "ACK"]));
    fields.extend([id, &or(text(11), "P"), &or(text(12), "2.5"), "", "", "", "", "FRA", charset.name()].map(Part::text));
    let (code, fault) = match answer {
        Acknowledgement::Accepted => ("AA", None),
        Acknowledgement::Refused(fault) => (if fault.is_rejection() { "AR" } else { "AE" }, Some(fault)),
        Acknowledgement::Later => ("AE", None),
    };
    let writer = Writer::begin(separators, charset, &fields).segment("MSA", &[Part::text(code), Part::text(&text(10))]);
    let error = |place: &str, number: &str, code: &str, words: &str| {
        let (segment, field) = place.split_once('-').unwrap_or((place, ""));
        let location = if field.is_empty() { Part::components(&[segment]) } else { Part::components(&[segment, "1", field]) };
        [
            Part::text(""),
            location,
            Part::components(&[number, "", "HL70357"]),
            Part::text("E"),
            Part::text(""),
            Part::text(""),
            Part::text(code),
            Part::text(words),
        ]
    };
    match (fault, answer) {
        (Some(fault), _) => writer.segment("ERR", &error(fault.place, fault.number(), fault.code, fault.french())),
        (None, Acknowledgement::Later) => writer.segment("ERR", &error("", "207", "hl7-later", "à renvoyer plus tard")),
        (None, _) => writer,
    }
    .finish()
}

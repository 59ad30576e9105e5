//! Why a message is not taken: a stable code, the place in the message, and the words for whoever sent it.

use std::fmt;

/// One reason. It names places, never what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Stable code, `hl7-…`.
    pub code: &'static str,
    /// Segment and field, `PID-3`; empty when it is the whole message.
    pub place: &'static str,
}

/// Code, number of table HL70357, French, English.
const FAULTS: [(&str, &str, &str, &str); 18] = [
    ("hl7-not-a-message", "100", "ce n'est pas un message HL7 v2", "not an HL7 v2 message"),
    ("hl7-too-large", "207", "le message est trop grand", "the message is too large"),
    ("hl7-batch", "200", "un lot de messages n'est pas pris : un message à la fois", "a batch is not taken: one message at a time"),
    ("hl7-charset", "103", "jeu de caractères inconnu, ou texte qui n'en est pas", "unknown character set, or text that is not in it"),
    ("hl7-type", "200", "ce type de message n'est pas pris", "this type of message is not taken"),
    ("hl7-event", "201", "cet événement n'est pas pris", "this event is not taken"),
    ("hl7-required", "101", "un champ obligatoire manque", "a required field is missing"),
    ("hl7-time", "102", "ce n'est pas une date", "not a date"),
    ("hl7-ins-missing", "204", "pas d'INS : l'identité n'est pas qualifiée", "no INS: the identity is not qualified"),
    ("hl7-ins-invalid", "204", "l'INS n'est pas valide", "the INS is not valid"),
    ("hl7-ins-several", "204", "plusieurs INS différents", "several different INS"),
    ("hl7-content-missing", "101", "pas de document dans le message", "no document in the message"),
    ("hl7-content-encoding", "102", "le document n'est pas en base64", "the document is not in base64"),
    ("hl7-content-type", "103", "ce format de document n'est pas pris", "this format of document is not taken"),
    (
        "hl7-document",
        "102",
        "le document n'est pas acceptable : voir le compte rendu d'alimentation",
        "the document is not acceptable: see the feeder's report",
    ),
    (
        "hl7-merge",
        "201",
        "deux identités avec INS ne se fusionnent pas par message : la cellule d'identitovigilance s'en charge",
        "two identities with an INS are not merged by message: the identity desk does it",
    ),
    ("hl7-withdrawal", "201", "la suppression d'un document demande son auteur, nommé", "withdrawing a document takes its author, named"),
    ("hl7-secret", "201", "une connexion secrète demande un professionnel nommé", "secret care takes a named professional"),
];

/// Every place that a fault names.
const PLACES: [&str; 12] = ["MSH", "MSH-9", "MSH-10", "MSH-18", "PID", "PID-3", "PV1-19", "ZBE-2", "EVN-2", "MRG-1", "OBX-5", "OBX-11"];

impl Fault {
    /// A fault at a place.
    pub(crate) fn at(code: &'static str, place: &'static str) -> Self {
        Fault { code, place }
    }

    /// A fault by its code; one that is not known here is told as a document that is not acceptable, without its place.
    pub fn named(code: &str, place: &str) -> Self {
        let known = FAULTS.iter().find(|(known, ..)| *known == code);
        Fault { code: known.map_or("hl7-document", |(known, ..)| known), place: PLACES.iter().find(|known| **known == place).copied().unwrap_or("") }
    }

    fn line(&self) -> Option<&'static (&'static str, &'static str, &'static str, &'static str)> {
        FAULTS.iter().find(|(code, ..)| *code == self.code)
    }

    /// The number of table HL70357 for ERR-3.
    pub fn number(&self) -> &'static str {
        self.line().map_or("207", |(_, number, ..)| number)
    }

    /// The words in French.
    pub fn french(&self) -> &'static str {
        self.line().map_or("", |(_, _, french, _)| french)
    }

    /// The words in English.
    pub fn english(&self) -> &'static str {
        self.line().map_or("", |(.., english)| english)
    }

    /// Whether the message is refused as a message (AR) and not for what it says (AE).
    pub fn is_rejection(&self) -> bool {
        matches!(self.number(), "100" | "200" | "201")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() { write!(out, "{}", self.code) } else { write!(out, "{} {}", self.code, self.place) }
    }
}

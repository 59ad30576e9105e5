//! What the feeder knows: each message by the hash that names it, what became of it, and where stays stand. Made of the lines of the
//! journal, one after the other; the same lines give the same knowledge.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A line of the journal. It names messages, files and documents; no person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It lies in the folder.
    Received(Received),
    /// The record has it. `repeated`: it had it before.
    Sent { id: String, at: String, repeated: bool },
    /// It says nothing that the record keeps.
    Nothing { id: String, at: String, why: String },
    /// It is not taken; `refused/` has it.
    Refused { id: String, at: String, reasons: Vec<Reason> },
    /// It could not be sent yet.
    Waiting { id: String, at: String, why: String, tries: u32 },
    /// It came again.
    Double { id: String, at: String },
    /// Where a stay stands after a move.
    Stay { stay: String, state: StayState },
}

/// A message that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    pub id: String,
    pub at: String,
    /// Name of the file, or control id of the message.
    pub name: String,
    /// Control id of the message (MSH-10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
    /// `document`, `move`, `other`.
    pub what: String,
    /// Identifier of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

/// Why something is refused: a code, where, and words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub code: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// Where a stay stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StayState {
    /// Address of the Encounter, once one was declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encounter: Option<String>,
    /// How often it was begun: a discharge that is cancelled begins it again.
    pub begun: u32,
    /// The latest move: when it happened, when it was said, in microseconds.
    pub latest: (i64, i64),
    pub over: bool,
    /// When a discharge was cancelled, if one was: what is older than that ends nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopened: Option<(i64, i64)>,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Waiting { why: String, tries: u32 },
    Sent { repeated: bool },
    Nothing { why: String },
    Refused { reasons: Vec<Reason> },
}

/// A message with its fate.
#[derive(Debug, Clone)]
pub struct Item {
    pub received: Received,
    pub fate: Fate,
    /// When that was.
    pub at: String,
    /// How often it came again.
    pub doubles: u32,
}

/// Everything known.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub items: BTreeMap<String, Item>,
    pub stays: BTreeMap<String, StayState>,
}

impl Ledger {
    /// Takes a line in.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::Received(received) => {
                let (id, at) = (received.id.clone(), received.at.clone());
                let doubles = self.items.get(&id).map_or(0, |item| item.doubles);
                self.items.insert(id, Item { received, fate: Fate::Waiting { why: String::new(), tries: 0 }, at, doubles });
            }
            Event::Sent { id, at, repeated } => self.set(&id, at, Fate::Sent { repeated }),
            Event::Nothing { id, at, why } => self.set(&id, at, Fate::Nothing { why }),
            Event::Refused { id, at, reasons } => self.set(&id, at, Fate::Refused { reasons }),
            Event::Waiting { id, at, why, tries } => self.set(&id, at, Fate::Waiting { why, tries }),
            Event::Double { id, .. } => {
                if let Some(item) = self.items.get_mut(&id) {
                    item.doubles += 1;
                }
            }
            Event::Stay { stay, state } => drop(self.stays.insert(stay, state)),
        }
    }

    fn set(&mut self, id: &str, at: String, fate: Fate) {
        if let Some(item) = self.items.get_mut(id) {
            item.fate = fate;
            item.at = at;
        }
    }

    /// Whether a message needs nothing more: it was sent, or says nothing.
    pub fn is_done(&self, id: &str) -> bool {
        self.items.get(id).is_some_and(|item| matches!(item.fate, Fate::Sent { .. } | Fate::Nothing { .. }))
    }
}

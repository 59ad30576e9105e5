//! Requests drawn from a seed, their values more often than not from what is hidden.

use std::collections::HashMap;

use dmp_core::RecordKey;
use dmp_core::document::{DocumentEntry, Folder, SubmissionSet};
use dmp_core::record::Record;
use dmp_service::{IdKind, IdSealer};

use crate::ask::{Ask, Entrance};
use crate::cast::Who;
use crate::content;
use crate::draw::Draw;
use crate::hidden::combinations;
use crate::world::{Whose, World};

mod acts;
mod fhir;
mod lot;
mod patch;
mod reading;
mod site;

/// How often a value is taken from what is hidden, when something is.
const HIDDEN_PERCENT: usize = 60;

/// What a request can say of a document.
#[derive(Debug, Clone)]
pub struct Known {
    pub whose: Whose,
    pub document: String,
    pub binary: String,
    pub list: String,
    pub unique_id: String,
    entry_uuid: String,
    set_unique_id: String,
    set_title: String,
    folder_title: Option<String>,
    type_code: String,
    class: String,
    title: String,
    given: String,
    family: String,
    author: String,
    event: String,
    format: String,
    setting: String,
    facility: String,
    created: String,
    submitted: String,
    reference: String,
    etag: String,
    labels: Vec<&'static str>,
}

/// Values for requests: what both worlds have, and what only one has.
#[derive(Debug)]
pub struct Pool {
    pub visible: Vec<Known>,
    pub hidden: Vec<Known>,
    people: Vec<(Whose, String, String)>,
    published: u32,
    lots: Vec<lot::Template>,
    /// Addresses of next pages that were given, with who got them: in the world without, in the world with.
    pub pages: Vec<(Who, String, String)>,
}

impl Pool {
    /// From both worlds, just built.
    pub async fn of(without: &World, with: &World) -> Self {
        let (mut visible, mut hidden, mut people) = (Vec::new(), Vec::new(), Vec::new());
        for whose in Whose::ALL {
            let (bare, full) = (without.record(whose).await, with.record(whose).await);
            let ids = with.service.ids();
            for entry in full.iter().flat_map(|full| &full.entries) {
                let known = known(whose, full.as_ref().expect("the record of its entry"), entry, ids);
                if bare.as_ref().is_some_and(|bare| bare.entry(entry.id).is_some()) { visible.push(known) } else { hidden.push(known) }
            }
            let ins = with.ins(whose);
            // Where there is no record in either world, an id that leads nowhere.
            let key = with.key(whose).unwrap_or_else(|| with.service.absent_key(&ins));
            people.push((whose, format!("urn:oid:{}|{}", ins.authority().oid(), ins.matricule()), ids.seal_record(IdKind::Patient, key)));
        }
        let lots = lot::templates(without, with).await;
        Pool { visible, hidden, people, published: content::PUBLISHED, lots, pages: Vec::new() }
    }

    /// The INS of a person, as a token of a search.
    pub fn token_of(&self, whose: Whose) -> String {
        self.people.iter().find(|(known, _, _)| *known == whose).expect("everyone is known").1.clone()
    }

    /// The sealed id of a person.
    pub fn patient_of(&self, whose: Whose) -> String {
        self.people.iter().find(|(known, _, _)| *known == whose).expect("everyone is known").2.clone()
    }

    /// A document for a simplified publication, perhaps replacing another one.
    pub fn simplified(&self, whose: Whose, replaces: Option<serde_json::Value>) -> serde_json::Value {
        simplified(&self.token_of(whose), self.published + 1, replaces)
    }
}

fn known(whose: Whose, record: &Record, entry: &DocumentEntry, ids: &IdSealer) -> Known {
    let key: RecordKey = record.key;
    let set: &SubmissionSet = record.submissions.iter().find(|set| set.entries.contains(&entry.id)).expect("a set for each document");
    let folder: Option<&Folder> = record.folders.iter().find(|folder| folder.entries.contains(&entry.id));
    let author = &entry.authors[0];
    Known {
        whose,
        document: ids.seal_entry(IdKind::Document, key, entry.id),
        binary: ids.seal_entry(IdKind::Binary, key, entry.id),
        list: ids.seal_entry(IdKind::List, key, folder.map_or(set.id, |folder| folder.id)),
        unique_id: entry.unique_id.clone(),
        entry_uuid: entry.entry_uuid(),
        set_unique_id: set.unique_id.clone(),
        set_title: set.title.clone().unwrap_or_default(),
        folder_title: folder.map(|folder| folder.title.clone()),
        type_code: entry.type_code.as_str().to_owned(),
        class: entry.type_code.class().code.to_owned(),
        title: entry.title.clone(),
        given: author.name.given.clone(),
        family: author.name.family.clone(),
        author: author.id.clone().unwrap_or_default(),
        event: entry.event_codes.first().map(|code| code.code.clone()).unwrap_or_default(),
        format: entry.format.code.clone(),
        setting: entry.practice_setting.code.clone(),
        facility: entry.facility_type.code.clone(),
        created: entry.created_at.to_rfc3339(),
        submitted: entry.submitted_at.to_rfc3339(),
        reference: entry.references.first().map(|reference| reference.value.clone()).unwrap_or_default(),
        etag: format!("\"{}\"", entry.content.sha256.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>()),
        labels: entry.visibility.codes(),
    }
}

/// One request in the making.
struct Maker<'a> {
    draw: &'a mut Draw,
    pool: &'a mut Pool,
    who: Who,
    callers: &'a [Who],
    touches: bool,
}

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Everything that the doors serve.
    #[default]
    All,
    /// What is made of documents alone: summary, results, search, orders, paper.
    Made,
}

/// Draws a request of one of the callers.
pub fn ask(draw: &mut Draw, pool: &mut Pool, callers: &[Who], scope: Scope) -> Ask {
    // Who sees something of the records says more than who sees nothing.
    let insiders: Vec<Who> = callers.iter().copied().filter(|who| who.is_insider()).collect();
    let who = if insiders.is_empty() || draw.chance(20) { *draw.pick(callers) } else { rarest_first(draw, &insiders) };
    let mut maker = Maker { draw, pool, who, callers, touches: false };
    if scope == Scope::Made || maker.draw.chance(12) {
        return maker.reading();
    }
    let site = who.visits() && maker.draw.chance(25);
    if site { maker.site() } else { maker.fhir() }
}

/// One of the callers, so that who may not know of few things asks as often as who may not know of many.
fn rarest_first(draw: &mut Draw, callers: &[Who]) -> Who {
    static COMMON: std::sync::LazyLock<HashMap<Who, usize>> = std::sync::LazyLock::new(|| {
        let mut common = HashMap::new();
        combinations().iter().flat_map(|(_, callers)| callers).for_each(|who| *common.entry(*who).or_default() += 1);
        common
    });
    let weights: Vec<usize> = callers.iter().map(|who| WEIGHT / COMMON.get(who).copied().unwrap_or(1)).collect();
    let mut place = draw.below(weights.iter().sum());
    for (who, weight) in callers.iter().zip(weights) {
        if place < weight {
            return *who;
        }
        place -= weight;
    }
    callers[0]
}

const WEIGHT: usize = 100_000;

impl Maker<'_> {
    /// A document to speak of.
    fn known(&mut self) -> Known {
        let from_hidden = !self.pool.hidden.is_empty() && (self.pool.visible.is_empty() || self.draw.chance(HIDDEN_PERCENT));
        self.touches |= from_hidden;
        let all = if from_hidden { &self.pool.hidden } else { &self.pool.visible };
        let own = self.own();
        let near: Vec<&Known> = all.iter().filter(|known| known.whose == own).collect();
        // A document of a record that the caller may open gets further than one of a stranger's.
        if !near.is_empty() && self.draw.chance(75) { (*self.draw.pick(&near)).clone() } else { self.draw.pick(all).clone() }
    }

    fn own(&self) -> Whose {
        match self.who {
            Who::Representative | Who::Minor => Whose::Tom,
            Who::Guardian => Whose::Henri,
            _ => Whose::Claire,
        }
    }

    /// Mostly the person to whom the caller has a tie.
    fn whose(&mut self) -> Whose {
        let own = self.own();
        // A record that is itself hidden is asked about as often as a hidden document.
        if self.pool.hidden.iter().any(|known| known.whose == Whose::Neighbour) && self.draw.chance(50) {
            self.touches = true;
            return Whose::Neighbour;
        }
        match self.draw.below(12) {
            0 => Whose::Henri,
            1 => Whose::Tom,
            2 => Whose::Claire,
            3 => Whose::Neighbour,
            _ => own,
        }
    }

    fn patient(&mut self, whose: Whose) -> String {
        let (token, id) = (self.token(whose), self.patient_id(whose));
        match self.draw.below(3) {
            0 => format!("patient={id}"),
            1 => format!("patient=Patient/{id}"),
            _ => format!("patient.identifier={}", encoded(&token)),
        }
    }

    fn patient_id(&self, whose: Whose) -> String {
        self.pool.patient_of(whose)
    }

    fn token(&self, whose: Whose) -> String {
        self.pool.token_of(whose)
    }

    fn made(&mut self, entrance: Entrance, method: &'static str, path: String) -> Ask {
        let mut headers = Vec::new();
        if self.draw.chance(15) {
            headers.push(("accept-language", "en".to_owned()));
        }
        if entrance == Entrance::Fhir && self.draw.chance(15) {
            headers.push(("accept", "application/fhir+xml".to_owned()));
        }
        Ask { who: self.who, entrance, method, path, headers, body: String::new(), touches: self.touches, follow: false, other_path: None }
    }

    fn fhir(&mut self) -> Ask {
        match self.draw.below(100) {
            0..28 => self.search(),
            28..37 => self.lists(),
            37..46 => self.by_id(),
            46..56 => self.binary(),
            56..71 => self.patch(),
            71..79 => self.publish(),
            79..83 => self.lot(),
            83..88 => self.journal(),
            88..91 => self.check_access(),
            91..95 => self.act(),
            95..98 => self.paging("_page="),
            _ => self.mistake(),
        }
    }
}

/// A document for a simplified publication (ITI-105).
fn simplified(token: &str, number: u32, replaces: Option<serde_json::Value>) -> serde_json::Value {
    let (system, matricule) = token.split_once('|').unwrap_or_default();
    let data = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, cda(token, number));
    let mut resource = serde_json::json!({
        "resourceType": "DocumentReference",
        "status": "current",
        "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": content::unique_id(number) },
        "subject": { "identifier": { "system": system, "value": matricule } },
        "content": [{ "attachment": { "contentType": "text/xml", "data": data } }],
    });
    if let Some(target) = replaces {
        resource["relatesTo"] = serde_json::json!([{ "code": "replaces", "target": target }]);
    }
    resource
}

/// A document of a person, by the token of a search, under a number of its own.
fn cda(token: &str, number: u32) -> Vec<u8> {
    let (system, matricule) = token.split_once('|').unwrap_or_default();
    let ins = dmp_core::identity::Ins::parse(system.trim_start_matches("urn:oid:"), matricule).expect("an INS");
    let made = dmp_core::Moment::parse_fhir("2026-01-04").expect("a day");
    dmp_synth::cda_of_size(4_096, &ins, &content::root(number), made).expect("a document")
}

/// A text or its beginning.
fn part(text: &str, draw: &mut Draw) -> String {
    let letters = text.chars().count();
    if draw.chance(50) { text.to_owned() } else { text.chars().take(letters.div_ceil(2)).collect() }
}

/// Percent-encodes a value of a query or form.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

//! After the fault: what was acknowledged is there and whole, what was not is there once it is sent again.

use std::collections::BTreeMap;

use dmp_core::identity::Ins;
use serde_json::Value;

use crate::api::{Caller, is_masked, places, unique_of};
use crate::draw::Draw;
use crate::ledger::{Answers, Seen, Sent, Veil, fingerprint};
use crate::load::{self, AUTHOR, PEOPLE, READER, bytes_of};

/// Documents of earlier runs that are read again after each fault.
const SAMPLE: usize = 10;
const PAGE: u32 = 200;

/// All that a store was told since it was made.
#[derive(Debug, Default)]
pub struct Series {
    pub sent: Vec<Sent>,
    pub opened: Vec<String>,
    /// By person: the newest event that was counted.
    newest: Vec<String>,
}

/// The program after its restart, and the callers that ask it.
struct Witness {
    author: Caller,
    reader: Caller,
    agent: Caller,
    patients: Vec<Caller>,
    people: Vec<Ins>,
    found: Vec<String>,
}

impl Series {
    /// Remembers where the journals stand before the first run.
    pub fn begin(&mut self, url: &str) {
        let witness = Witness::of(url);
        self.newest = (0..PEOPLE.len()).map(|person| witness.newest(person)).collect();
    }

    /// Checks a run, and that nothing of earlier runs went. Gives every violation.
    pub fn check(&mut self, url: &str, seen: Seen, draw: &mut Draw) -> Vec<String> {
        let mut witness = Witness::of(url);
        witness.found.extend(seen.wrong);
        for (person, answers) in seen.answers.iter().enumerate() {
            witness.leaves(person, &self.newest[person], answers);
        }
        let first = self.sent.len();
        self.sent.extend(seen.sent);
        let listed: Vec<Listing> = (0..PEOPLE.len()).map(|person| witness.listing(false, person)).collect();
        let public: Vec<Listing> = (0..PEOPLE.len()).map(|person| witness.listing(true, person)).collect();
        let sample: Vec<usize> = (0..SAMPLE.min(first)).map(|_| draw.below(first)).collect();
        for place in 0..self.sent.len() {
            let deep = place >= first || sample.contains(&place);
            let sent = &mut self.sent[place];
            witness.document(sent, &listed[sent.person], &public[sent.person], deep);
        }
        witness.strangers(&listed, &self.sent);
        witness.openings(&seen.opened, &seen.half_opened);
        self.opened.extend(seen.opened);
        self.newest = (0..PEOPLE.len()).map(|person| witness.newest(person)).collect();
        witness.found
    }

    /// Reads every document of the series: once, at its end.
    pub fn check_all(&mut self, url: &str) -> Vec<String> {
        let mut witness = Witness::of(url);
        let listed: Vec<Listing> = (0..PEOPLE.len()).map(|person| witness.listing(false, person)).collect();
        let public: Vec<Listing> = (0..PEOPLE.len()).map(|person| witness.listing(true, person)).collect();
        for sent in &mut self.sent {
            witness.document(sent, &listed[sent.person], &public[sent.person], true);
        }
        let opened = std::mem::take(&mut self.opened);
        witness.openings(&opened, &[]);
        witness.found
    }
}

/// Resources by the dotted identifier of their document.
type Listing = BTreeMap<String, Vec<Value>>;

impl Witness {
    fn of(url: &str) -> Self {
        let caller = |identity: &str| Caller::of(url, identity, &[]).unwrap_or_else(|| panic!("no token for {identity} after the restart"));
        Witness {
            author: caller(AUTHOR),
            reader: caller(READER),
            agent: Caller::of(url, "agent-cpam", &[("consent_now", "true")]).unwrap(),
            patients: PEOPLE.iter().map(|handle| caller(handle)).collect(),
            people: load::people(),
            found: Vec::new(),
        }
    }

    fn newest(&self, person: usize) -> String {
        let bundle = self.patients[person].journal(&self.people[person], 1).unwrap().json();
        bundle["entry"][0]["resource"]["id"].as_str().unwrap_or_default().to_owned()
    }

    /// Every answer that was seen has its leaf in the person's own journal, after the event `after`.
    fn leaves(&mut self, person: usize, after: &str, answers: &Answers) {
        let mut kept = Answers::default();
        let mut bundle = self.patients[person].journal(&self.people[person], PAGE).unwrap().json();
        'pages: loop {
            for entry in bundle["entry"].as_array().into_iter().flatten() {
                if entry["resource"]["id"] == after {
                    break 'pages;
                }
                count_leaf(&entry["resource"], &mut kept);
            }
            let Some(path) = next_page(&bundle, &self.patients[person]) else { break };
            bundle = self.patients[person].get(&path).unwrap().json();
        }
        for (act, count) in &answers.0 {
            let leaves = kept.0.get(act).copied().unwrap_or(0);
            if leaves < *count {
                self.found.push(format!("{}: {count} answers of `{act}`, {leaves} leaves", PEOPLE[person]));
            }
        }
    }

    fn listing(&mut self, by_reader: bool, person: usize) -> Listing {
        let caller = if by_reader { self.reader.clone() } else { self.patients[person].clone() };
        let mut listing = Listing::new();
        let mut answer = caller.list(&self.people[person], &format!("&_count={PAGE}")).unwrap();
        loop {
            let bundle = answer.json();
            if answer.status != 200 {
                self.found.push(format!("{}: the list answers {} {bundle}", PEOPLE[person], answer.status));
                break;
            }
            for entry in bundle["entry"].as_array().into_iter().flatten() {
                if let Some(unique) = unique_of(&entry["resource"]) {
                    listing.entry(unique).or_default().push(entry["resource"].clone());
                }
            }
            let Some(path) = next_page(&bundle, &caller) else { break };
            answer = caller.get(&path).unwrap();
        }
        listing
    }

    fn document(&mut self, sent: &mut Sent, listed: &Listing, public: &Listing, deep: bool) {
        let there = listed.get(&sent.unique).map_or(&[][..], Vec::as_slice);
        match (there, sent.acknowledged) {
            ([], true) => return self.found.push(format!("{} was acknowledged and is not listed", sent.unique)),
            ([], false) => {}
            ([one], _) => {
                if deep {
                    self.reads(sent, one);
                }
                self.veil(sent, is_masked(one), public.contains_key(&sent.unique));
            }
            (more, _) => return self.found.push(format!("{} is listed {} times", sent.unique, more.len())),
        }
        if !sent.acknowledged {
            self.send_again(sent, !there.is_empty());
        }
    }

    fn reads(&mut self, sent: &Sent, resource: &Value) {
        let Some((_, binary)) = places(resource) else { return self.found.push(format!("{} is listed without its bytes", sent.unique)) };
        let answer = self.author.get(&format!("/fhir/{binary}")).unwrap();
        if answer.status != 200 || fingerprint(&answer.body) != sent.fingerprint {
            self.found.push(format!("{} is listed and reads {} with {} bytes", sent.unique, answer.status, answer.body.len()));
        }
    }

    fn veil(&mut self, sent: &mut Sent, masked: bool, public: bool) {
        if masked == public {
            self.found.push(format!("{} has the label {masked} and a stranger to it sees it: {public}", sent.unique));
        }
        let told = match sent.veil {
            Veil::Hidden => masked,
            Veil::Shown => !masked,
            Veil::Unknown => true,
        };
        if !told {
            self.found.push(format!("{}: an acknowledged change of visibility was lost, masked: {masked}", sent.unique));
        }
        sent.veil = if masked { Veil::Hidden } else { Veil::Shown };
    }

    /// The same bytes again: taken as new when they are not there, as a repetition when they are; there once in the end.
    fn send_again(&mut self, sent: &mut Sent, there: bool) {
        let bytes = bytes_of(sent, &self.people);
        let answer = self.author.publish(&self.people[sent.person], &sent.unique, &bytes, None).unwrap();
        let wanted = if there { 200 } else { 201 };
        if answer.status != wanted {
            return self.found.push(format!("{} sent again: {} instead of {wanted}", sent.unique, answer.status));
        }
        let search = format!("&identifier=urn:oid:{}", sent.unique);
        let found = self.patients[sent.person].list(&self.people[sent.person], &search).unwrap().json();
        match found["total"].as_u64() {
            Some(1) => self.reads(sent, &found["entry"][0]["resource"]),
            total => self.found.push(format!("{} sent again is listed {total:?} times", sent.unique)),
        }
        sent.acknowledged = true;
        sent.veil = if there { sent.veil } else { Veil::Shown };
    }

    /// Whatever stands in a record was sent.
    fn strangers(&mut self, listed: &[Listing], sent: &[Sent]) {
        let known: std::collections::BTreeSet<&str> = sent.iter().map(|one| one.unique.as_str()).collect();
        for unique in listed.iter().flat_map(Listing::keys) {
            if unique.starts_with("1.2.250.1.213.1.1.9.996.") && !known.contains(unique.as_str()) {
                self.found.push(format!("{unique} is listed and nobody sent it"));
            }
        }
    }

    fn openings(&mut self, opened: &[String], half_opened: &[String]) {
        let ins = |matricule: &String| Ins::parse(self.people[0].authority().oid(), matricule).unwrap();
        let mut found = Vec::new();
        for matricule in opened {
            let answer = self.author.check_access(&ins(matricule)).unwrap();
            if answer.status != 200 || answer.json()["total"] != 1 {
                found.push(format!("record {matricule} was opened and answers {} {}", answer.status, answer.text()));
            }
        }
        for matricule in half_opened {
            let answer = load::open_record(&self.agent, &ins(matricule)).unwrap();
            let exists = answer.status == 409 && answer.codes() == ["record-exists"];
            if answer.status != 200 && !exists {
                found.push(format!("record {matricule} cannot be opened again: {} {}", answer.status, answer.text()));
            }
        }
        self.found.extend(found);
    }
}

/// The path of the page after this one.
fn next_page(bundle: &Value, caller: &Caller) -> Option<String> {
    let next = bundle["link"].as_array().into_iter().flatten().find(|link| link["relation"] == "next")?;
    next["url"].as_str()?.strip_prefix(caller.url.as_str()).map(str::to_owned)
}

fn count_leaf(event: &Value, kept: &mut Answers) {
    if event["outcome"] != "0" {
        return;
    }
    let details = event["entity"].as_array().into_iter().flatten().flat_map(|entity| entity["detail"].as_array().into_iter().flatten());
    for detail in details.filter(|detail| detail["type"] == "act") {
        for act in ["publish", "consult", "list", "check-access", "mask", "unmask"] {
            if detail["valueString"] == act {
                kept.count(act);
            }
        }
    }
}

//! Clients that publish, read, hide, show and open until the server ends.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use dmp_core::identity::Ins;
use serde_json::json;

use crate::Broken;
use crate::api::{self, Caller, document, invented_ins, is_masked, places};
use crate::draw::Draw;
use crate::ledger::{Seen, Sent, Veil, fingerprint};

/// The people that a campaign works on: adults of the cast with a record, who act for nobody.
pub const PEOPLE: [&str; 6] = ["claire-exemple", "ines-imaginaire", "david-canevas", "lea-gabarit", "odette-specimen", "paul-prototype"];
/// The author of every document; a doctor who did not write any.
pub const AUTHOR: &str = "dr-fictif";
pub const READER: &str = "dr-modele";
const CLIENTS: u64 = 4;

/// The INS of those people.
pub fn people() -> Vec<Ins> {
    PEOPLE.iter().map(|handle| dmp_synth::identity(handle).unwrap().ins.unwrap()).collect()
}

/// Lets both doctors in, for everybody.
pub fn authorise(url: &str) {
    for handle in [AUTHOR, READER] {
        let doctor = Caller::of(url, handle, &[("consent_now", "true")]).unwrap();
        for ins in people() {
            let answer = doctor.consent(&ins).unwrap();
            assert_eq!(answer.status, 200, "{handle}: {}", answer.text());
        }
    }
}

/// A load on one server.
#[derive(Debug, Clone, Copy)]
pub struct Load<'a> {
    pub url: &'a str,
    pub seed: u64,
    /// Number of the run in the campaign: documents of two runs never meet.
    pub run: u32,
    pub broken: Option<Broken>,
}

impl Load<'_> {
    /// Works until `ended`, or until the server does not answer.
    pub fn run(&self, ended: &AtomicBool) -> Seen {
        let mut all = Seen::of(PEOPLE.len());
        std::thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS).map(|client| scope.spawn(move || self.client(client, ended))).collect();
            for client in clients {
                all.merge(client.join().unwrap());
            }
        });
        if self.broken == Some(Broken::LostLeaf) {
            all.answers[0].count("consult");
        }
        all
    }

    fn client(&self, client: u64, ended: &AtomicBool) -> Seen {
        let mut seen = Seen::of(PEOPLE.len());
        let Some(mut desk) = self.desk(client) else { return seen };
        while !ended.load(Ordering::Relaxed) && desk.turn(&mut seen).is_some() {}
        seen
    }

    fn desk(&self, client: u64) -> Option<Desk> {
        let author = Caller::of(self.url, AUTHOR, &[])?;
        let person = usize::try_from(client).unwrap() % PEOPLE.len();
        let patients = PEOPLE.iter().map(|handle| Caller::of(self.url, handle, &[])).collect::<Option<_>>()?;
        let agent = Caller::of(self.url, "agent-cpam", &[("consent_now", "true")])?;
        let stream = self.seed.wrapping_mul(1_000_003).wrapping_add(u64::from(self.run) * 16 + client);
        let early = self.broken == Some(Broken::EarlyAck);
        Some(Desk {
            author,
            patients,
            agent,
            people: people(),
            draw: Draw::new(stream, 1),
            mine: Vec::new(),
            run: self.run,
            client,
            number: 0,
            person,
            seed: self.seed,
            early,
        })
    }
}

/// What one client works with.
struct Desk {
    author: Caller,
    patients: Vec<Caller>,
    agent: Caller,
    people: Vec<Ins>,
    draw: Draw,
    /// Documents of this client that were acknowledged: place in the ledger and addresses.
    mine: Vec<(usize, String, String)>,
    run: u32,
    client: u64,
    number: u32,
    person: usize,
    seed: u64,
    early: bool,
}

impl Desk {
    /// One request. `None` once the server is gone.
    fn turn(&mut self, seen: &mut Seen) -> Option<()> {
        self.person = self.draw.below(PEOPLE.len());
        match self.draw.below(20) {
            0..=8 => self.publish(seen),
            9..=12 => self.read(seen),
            13..=15 => self.veil(seen),
            16 => self.list(seen),
            17 | 18 => self.check_access(seen),
            _ => self.open(seen),
        }
    }

    fn publish(&mut self, seen: &mut Seen) -> Option<()> {
        self.number += 1;
        let unique = format!("1.2.250.1.213.1.1.9.996.{}.{}.{}.{}", self.seed, self.run, self.client, self.number);
        // One in six is over the inline bound and becomes a file.
        let size = if self.draw.below(6) == 0 { 90_000 } else { 4_096 + self.draw.below(12_000) };
        let stream = self.draw.next();
        let bytes = document(size, &self.people[self.person], &unique, stream);
        let place = seen.sent.len();
        let acknowledged = self.early;
        seen.sent.push(Sent {
            person: self.person,
            unique: unique.clone(),
            size,
            stream,
            fingerprint: fingerprint(&bytes),
            acknowledged,
            veil: Veil::Shown,
        });
        let answer = self.author.publish(&self.people[self.person], &unique, &bytes, None)?;
        match answer.status {
            201 => {
                seen.sent[place].acknowledged = true;
                seen.answers[self.person].count("publish");
                let (document, binary) = places(&answer.json())?;
                self.mine.push((place, document, binary));
            }
            status => told(seen, "publish", status, &answer.text()),
        }
        Some(())
    }

    fn read(&mut self, seen: &mut Seen) -> Option<()> {
        if self.mine.is_empty() {
            return self.publish(seen);
        }
        let (place, _, binary) = self.mine[self.draw.below(self.mine.len())].clone();
        let answer = self.author.get(&format!("/fhir/{binary}"))?;
        let sent = &seen.sent[place];
        let person = sent.person;
        match answer.status {
            200 if fingerprint(&answer.body) == sent.fingerprint => seen.answers[person].count("consult"),
            200 => seen.wrong.push(format!("{} read with other bytes before the fault", sent.unique)),
            status => told(seen, "read", status, &answer.text()),
        }
        Some(())
    }

    fn veil(&mut self, seen: &mut Seen) -> Option<()> {
        if self.mine.is_empty() {
            return self.publish(seen);
        }
        let (place, document, _) = self.mine[self.draw.below(self.mine.len())].clone();
        let person = seen.sent[place].person;
        let hide = seen.sent[place].veil != Veil::Hidden;
        seen.sent[place].veil = Veil::Unknown;
        let answer = self.patients[person].veil(&document, hide)?;
        match answer.status {
            200 => {
                if is_masked(&answer.json()) != hide {
                    seen.wrong.push(format!("{document}: a patch answered with other labels"));
                }
                seen.sent[place].veil = if hide { Veil::Hidden } else { Veil::Shown };
                seen.answers[person].count(if hide { "mask" } else { "unmask" });
            }
            status => told(seen, "veil", status, &answer.text()),
        }
        Some(())
    }

    fn list(&mut self, seen: &mut Seen) -> Option<()> {
        let answer = self.author.list(&self.people[self.person], "&_count=10")?;
        match answer.status {
            200 => seen.answers[self.person].count("list"),
            status => told(seen, "list", status, &answer.text()),
        }
        Some(())
    }

    fn check_access(&mut self, seen: &mut Seen) -> Option<()> {
        let answer = self.author.check_access(&self.people[self.person])?;
        match answer.status {
            200 => seen.answers[self.person].count("check-access"),
            status => told(seen, "check-access", status, &answer.text()),
        }
        Some(())
    }

    fn open(&mut self, seen: &mut Seen) -> Option<()> {
        self.number += 1;
        let number = u64::from(self.run) * 100_000 + self.client * 10_000 + u64::from(self.number) + self.seed * 77_000_000;
        let ins = invented_ins(number);
        seen.half_opened.push(ins.matricule().to_owned());
        let answer = open_record(&self.agent, &ins)?;
        match answer.status {
            200 => {
                seen.half_opened.pop();
                seen.opened.push(ins.matricule().to_owned());
            }
            status => told(seen, "open", status, &answer.text()),
        }
        Some(())
    }
}

/// An agent opens a record at the counter.
pub fn open_record(agent: &Caller, ins: &Ins) -> Option<dmp_testkit::Answer> {
    open_through(agent, ins, "CPAM", None)
}

/// Somebody opens a record through a channel, for a person who lives in a department.
pub fn open_through(hand: &Caller, ins: &Ins, channel: &str, department: Option<&str>) -> Option<dmp_testkit::Answer> {
    let text = |text: &str| json!(text);
    let mut parameters = vec![
        ("channel", text(channel)),
        ("consent", text("oral")),
        ("birth-family", text("ESSAIDEPANNE")),
        ("birth-given", text("LOUISE")),
        ("birth-date", text("1977-05-04")),
        ("gender", text("female")),
        ("birth-place", text("35238")),
    ];
    parameters.extend(department.map(|code| ("department", text(code))));
    hand.operation("$dmp-open", ins, &parameters)
}

/// A busy server may say so; what it answers on a broken disk is judged by the campaign; anything else is a finding.
fn told(seen: &mut Seen, what: &str, status: u16, text: &str) {
    let words = || format!("{what}: {status} {}", text.chars().take(400).collect::<String>());
    match status {
        429 => {}
        // Several changed the record at once, more often than the act is judged again: nothing was done.
        409 if text.contains("record-changed") => {}
        500 | 503 => seen.faults.push(words()),
        _ => seen.wrong.push(words()),
    }
    std::thread::sleep(Duration::from_millis(20));
}

/// The bytes of a document that was sent, made again.
pub fn bytes_of(sent: &Sent, people: &[Ins]) -> Vec<u8> {
    api::document(sent.size, &people[sent.person], &sent.unique, sent.stream)
}

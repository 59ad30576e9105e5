//! The law at the door: people of the cast live through real acts over the FHIR door, and whoever asks for anything is answered as
//! the reference model of `scenarios/reference` says for the question that describes the moment.
//!
//! A done act is a 2xx, a refused one 403 (404 where there is no record); a document that the caller may not know of is answered as
//! one that does not exist: 404, or the refusal of a list to whom the record shows nothing. What the law permits and something
//! else stops (a conflict, a missing element) is counted apart.
//!
//! The sandbox has one hour of tokens and no other time: what time does to the law is asked by `law`. The person's
//! site shows `read_administrative`. No route carries `change_credentials`, `hand_out_codes`, `download_all`, `share`, nor what the software does on
//! a date; the insurer's feed has no test identity.

mod acts;
mod cast;
mod heads;
mod mirror;
mod oracle;
mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use dmp_core::access::{Act, CallerKind, Facts, Purpose, RecordState, WrittenQuestion};
use dmp_core::record::{MandateState, RepresentativeKind};
use dmp_testkit::{Answer, Options, Server};

use crate::draw::Draw;
use cast::{Asker, Cast, PEOPLE, now};
use mirror::Mirror;
use oracle::{Expected, Oracle};

/// Kinds of differences printed.
const GROUPS_MAX: usize = 40;

/// Records that one account opens by breaking the glass in a day.
const BREAK_GLASS_QUOTA: usize = 10;

/// From so many questions on, every act with a route must have been done once.
const EVERY_ACT_FROM: usize = 20_000;

/// One campaign under way.
#[derive(Debug)]
pub struct Run {
    people: Vec<Mirror>,
    cast: Cast,
    oracle: Oracle,
    draw: Draw,
    /// The control: what was masked is not remembered.
    forgets_masks: bool,
    asked: usize,
    /// By act: done, refused, absent, permitted and stopped otherwise.
    counts: BTreeMap<Act, [usize; 4]>,
    differences: BTreeMap<String, (usize, String)>,
    number: usize,
    /// Broken glasses: by account, the records opened that way.
    broken_glasses: BTreeMap<String, BTreeSet<String>>,
    /// Cookies of the person's site, by test identity.
    sessions: BTreeMap<&'static str, String>,
}

/// Runs the campaign against the built program.
pub fn run(binary: &Path, questions: usize, seed: u64, broken: bool) -> bool {
    let oracle = match Oracle::start() {
        Ok(oracle) => oracle,
        Err(why) => {
            println!("law-http not reached ({why})");
            return false;
        }
    };
    let (began, server) = (Instant::now(), Server::start(&binary.display().to_string(), &Options { patients: 0, ..Options::default() }));
    let mut run = Run {
        people: PEOPLE.iter().map(|(handle, minor)| Mirror::new(handle, *minor)).collect(),
        cast: Cast::new(&server.url),
        oracle,
        draw: Draw::new(seed, 0x477),
        forgets_masks: broken,
        asked: 0,
        counts: BTreeMap::new(),
        differences: BTreeMap::new(),
        number: 0,
        broken_glasses: BTreeMap::new(),
        sessions: BTreeMap::new(),
    };
    let mut told = 0;
    while run.asked < questions {
        run.step();
        if run.asked / 2_000 > told {
            told = run.asked / 2_000;
            println!("  {} questions, {} s, {} kinds of differences", run.asked, began.elapsed().as_secs(), run.differences.len());
        }
    }
    run.identities();
    let (value, never_done) = run.print();
    let missing = if questions < EVERY_ACT_FROM { 0 } else { never_done };
    println!("  {} questions in {} s", run.asked, began.elapsed().as_secs());
    run.oracle.end();
    crate::verdict("law-http", value + missing, 0, value + missing == 0)
}

impl Run {
    fn step(&mut self) {
        let place = self.draw.below(self.people.len());
        if self.people[place].state != RecordState::Open && !self.draw.once_in(3) {
            return self.recover(place);
        }
        if self.draw.once_in(25) {
            return self.rare(place);
        }
        if self.draw.once_in(20) {
            return self.site(place);
        }
        let asker = self.cast.draw(self.people[place].handle, &mut self.draw);
        self.act(place, &asker);
    }

    /// Acts that seldom find the right caller by chance.
    fn rare(&mut self, place: usize) {
        let (agent, person) = (self.cast.consenting("agent-cpam"), self.cast.plain(self.people[place].handle));
        let doctor = self.cast.consenting("dr-hopital");
        match self.draw.below(12) {
            0 => self.head_act(place, &agent, Act::ReportDeath),
            1 => {
                self.head_act(place, &agent, Act::SuspendRecord);
                self.head_act(place, &person, Act::ObjectToSuspension);
            }
            2 => {
                self.head_act(place, &agent, Act::CloseRecord);
                self.head_act(place, &person, Act::RequestDestruction);
                self.head_act(place, &agent, Act::DestroyRecord);
            }
            3 => self.head_act(place, &doctor, Act::RecordTeamConsent),
            4 | 5 => self.mandates(place, &agent),
            6 | 7 => self.mandates(place, &person),
            8 | 9 => self.line(place, &person),
            _ => self.patch(place, &doctor),
        }
    }

    /// Whoever may brings a record back into use.
    fn recover(&mut self, place: usize) {
        let agent = self.cast.consenting("agent-cpam");
        match self.people[place].state {
            RecordState::None if self.draw.once_in(3) => self.notice(place, &agent),
            RecordState::None => {
                self.open(place, &agent);
                if self.draw.once_in(4) {
                    self.take_back(place, &agent);
                }
            }
            RecordState::Closed => self.reactivate(place, &agent),
            RecordState::Suspended => self.head_act(place, &agent, Act::LiftSuspension),
            RecordState::Deceased => self.head_act(place, &agent, Act::WithdrawDeathReport),
            RecordState::Open | RecordState::Destroyed | RecordState::Merged => {}
        }
    }

    /// Facts of a caller about a person, now.
    fn facts(&self, place: usize, asker: &Asker) -> Facts {
        let helps = |one: &Mirror| {
            let mandate = one.mandate(&asker.caller.account, true);
            mandate.is_some_and(|mandate| mandate.kind == RepresentativeKind::Helper && mandate.state == MandateState::Accepted)
        };
        let others = self.people.iter().enumerate().filter(|(other, one)| *other != place && one.state != RecordState::None && helps(one));
        let helped = if asker.caller.kind == CallerKind::Helper { u32::try_from(others.count()).unwrap() } else { 0 };
        let mut facts = self.people[place].facts(&asker.caller, helped, now());
        if matches!(asker.caller.purpose, Purpose::BreakGlass { .. }) && facts.record.state != RecordState::None {
            let opened = self.broken_glasses.get(&asker.caller.account);
            facts.relation.break_glass_quota_reached =
                opened.is_some_and(|opened| opened.len() >= BREAK_GLASS_QUOTA && !opened.contains(&self.people[place].id));
        }
        facts
    }

    /// An act was done: in an emergency it counts for the quota of whoever did it.
    fn opened(&mut self, place: usize, asker: &Asker) {
        if matches!(asker.caller.purpose, Purpose::BreakGlass { .. }) {
            self.broken_glasses.entry(asker.caller.account.clone()).or_default().insert(self.people[place].id.clone());
        }
    }

    /// Whether the model permits an act that the program was not asked for by itself.
    fn is_permitted(&mut self, act: Act, asker: &Asker, facts: &Facts) -> bool {
        let question = WrittenQuestion { act, caller: asker.caller.clone(), facts: facts.clone(), now: now() };
        self.oracle.ask(&question).0 == Expected::Done
    }

    /// Compares an answer about somebody's record with what the model says. Gives whether the act was done.
    fn judge(&mut self, place: usize, act: Act, asker: &Asker, facts: Facts, answer: Option<Answer>) -> Option<Answer> {
        let answer = answer.unwrap_or_else(|| panic!("the program does not answer {act:?}"));
        self.asked += 1;
        let without = facts.record.state == RecordState::None;
        let mut caller = asker.caller.clone();
        // These requests carry the consent that the law asks of who records it.
        caller.consent_now |= matches!(act, Act::CreateRecord | Act::ReactivateRecord);
        let question = WrittenQuestion { act, caller, facts, now: now() };
        let (expected, why) = self.oracle.ask(&question);
        let (status, done) = (answer.status, answer.status / 100 == 2);
        // Who may, and finds nothing to do: a line, a mandate, a notice that is not there, or a label that excludes another.
        let lacks = status == 404 && question.facts.entry.is_none() && !act.is_reading();
        let stopped = !done && (lacks || matches!(status, 409 | 422)) && expected == Expected::Done;
        // A change of a document asks first whether the caller may know of it, and an opening whether there is a record.
        let patched =
            matches!(act, Act::Mask | Act::Unmask | Act::ShowToPatient | Act::ShowToRepresentatives | Act::Delete | Act::Archive | Act::Unarchive);
        let hidden = matches!(expected, Expected::Absent | Expected::AbsentFromNothing);
        let expected = if expected == Expected::AbsentFromNothing { if patched { Expected::Absent } else { Expected::Refused } } else { expected };
        let exists = matches!(act, Act::CreateRecord | Act::ObjectToOpening | Act::RecordLetter) && status == 409 && !without;
        // Hiding what waits is a combination that no form of a PATCH can write.
        let combined = act == Act::Mask && status == 422 && question.facts.entry.as_ref().is_some_and(|entry| entry.invisible_to_patient);
        // A version to be replaced of which the caller may not know is one that there is not.
        let untold = act == Act::Replace && status == 422 && hidden;
        // On their site, who has no record is led to its opening, and shown nothing.
        let led = without && status == 303 && answer.header("location") == Some("/opening");
        let right = match expected {
            Expected::Done => done || stopped,
            Expected::Refused | Expected::AbsentFromNothing => status == 403 || (status == 404 && without) || led || exists || combined || untold,
            Expected::Absent => status == 404 || untold,
        };
        let slot = if stopped { 3 } else { usize::from(expected == Expected::Refused) + 2 * usize::from(expected == Expected::Absent) };
        self.counts.entry(act).or_default()[slot] += 1;
        if !right {
            let codes = if !answer.body.starts_with(b"{") { String::new() } else { answer.codes().join(" ") };
            let group = format!("{act:?} by {:?}: the model says {expected:?} ({why}), the door {status} {codes}", asker.caller.kind);
            let example = format!("{} {}", asker.handle, serde_json::to_string(&question).unwrap());
            self.differences.entry(group).or_insert((0, example)).0 += 1;
        } else if stopped {
            let group = format!("{act:?} stopped by {status} {}", answer.codes().join(" "));
            self.differences.entry(format!("~{group}")).or_insert((0, asker.handle.to_owned())).0 += 1;
        }
        if done {
            self.people[place].acted(&asker.caller.account, act);
        }
        done.then_some(answer)
    }

    /// Prints what was found. Gives the differences, and how many acts with a route were never done.
    fn print(&self) -> (usize, usize) {
        let (stopped, wrong): (Vec<_>, Vec<_>) = self.differences.iter().partition(|(group, _)| group.starts_with('~'));
        for (group, (count, example)) in wrong.iter().take(GROUPS_MAX) {
            println!("  {count} × {group}\n    {example}");
        }
        for (group, (count, _)) in &stopped {
            println!("  {count} × {}", group.trim_start_matches('~'));
        }
        println!("  act: done, refused, answered as absent, permitted and stopped otherwise");
        for (act, [done, refused, absent, stopped]) in &self.counts {
            println!("    {act:?}: {done}, {refused}, {absent}, {stopped}");
        }
        let missing: Vec<Act> = acts::WITH_ROUTE.into_iter().filter(|act| self.counts.get(act).is_none_or(|counts| counts[0] == 0)).collect();
        if !missing.is_empty() {
            println!("  never done: {missing:?}");
        }
        (wrong.iter().map(|(_, (count, _))| count).sum(), missing.len())
    }
}

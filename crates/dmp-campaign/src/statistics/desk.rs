//! Those who open, close and take back, over HTTP. What was never answered is asked again: then it is new, or it is said to have been done.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use dmp_core::Moment;
use dmp_testkit::Answer;
use serde_json::json;

use super::people::{Opener, Person, Step};
use crate::api::Caller;
use crate::load::open_through;

/// After this long the clock is set anew: before midnight it must stay before midnight.
const TURN: Duration = Duration::from_secs(30);

/// One moment in the clock of the program.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    pub url: &'a str,
    pub at: Moment,
    pub ended: &'a AtomicBool,
    pub wrong: &'a Mutex<Vec<String>>,
}

impl Turn<'_> {
    /// Asks for the people of one opener until everything is done, the turn is over or nobody answers.
    pub fn work(&self, people: &mut [Person]) {
        let began = Instant::now();
        let Some(desk) = people.first().and_then(|person| Desk::of(self.url, person.opener, self.at)) else { return };
        for person in people {
            while let Some(step) = person.next() {
                if began.elapsed() > TURN || self.ended.load(Ordering::Relaxed) {
                    return;
                }
                let was_asked = std::mem::replace(&mut person.asked, true);
                let Some(answer) = desk.ask(person, step) else { return };
                if is_taken(step, &answer, was_asked) {
                    person.take();
                } else if is_busy(&answer) {
                    person.asked = was_asked;
                    std::thread::sleep(Duration::from_millis(20));
                } else {
                    self.wrong.lock().unwrap().push(format!("{step:?} by {:?}: {} {}", person.opener, answer.status, answer.text()));
                    person.take();
                }
            }
        }
    }
}

/// Who is asked for what.
struct Desk {
    hand: Caller,
    agent: Caller,
    doctor: Caller,
    at: Moment,
}

impl Desk {
    fn of(url: &str, opener: Opener, at: Moment) -> Option<Self> {
        let with_person = |opener: Opener| Caller::of(url, opener.handle(), &[("consent_now", "true")]);
        Some(Desk { hand: with_person(opener)?, agent: with_person(Opener::Agent)?, doctor: with_person(Opener::Doctor)?, at })
    }

    fn ask(&self, person: &Person, step: Step) -> Option<Answer> {
        match step {
            Step::Open | Step::Double => open_through(&self.hand, &person.ins, person.opener.channel().code(), person.department),
            Step::Cancel => self.hand.operation("$dmp-cancel-opening", &person.ins, &[]),
            Step::Close => self.agent.operation("$dmp-close", &person.ins, &[]),
            Step::Reopen => self.agent.operation("$dmp-reactivate", &person.ins, &[("consent", json!(true))]),
            Step::Deposit => {
                let unique = format!("1.2.250.1.213.1.1.9.995.{}", person.ins.matricule());
                let bytes = dmp_synth::cda_of_size(4_096, &person.ins, &unique, self.at.plus_days(-1)).unwrap();
                let let_in = self.doctor.consent(&person.ins)?;
                if let_in.status == 200 { self.doctor.publish(&person.ins, &unique, &bytes, None) } else { Some(let_in) }
            }
        }
    }
}

/// Whether the step is done: now, or, when it was asked before and never answered, already then.
fn is_taken(step: Step, answer: &Answer, was_asked: bool) -> bool {
    let says = |status: u16, code: &str| answer.status == status && answer.codes().iter().any(|one| one == code);
    match step {
        Step::Open => answer.status == 200 || (was_asked && says(409, "record-exists")),
        Step::Double => says(409, "record-exists"),
        Step::Cancel => answer.status == 200 || (was_asked && answer.status == 404),
        Step::Deposit => answer.status == 201 || (was_asked && answer.status == 200),
        Step::Close | Step::Reopen => answer.status == 200 || (was_asked && answer.status == 409 && !is_busy(answer)),
    }
}

/// Too many at once, or others were faster: nothing was done.
fn is_busy(answer: &Answer) -> bool {
    answer.status == 429 || (answer.status == 409 && answer.codes().iter().any(|code| code == "record-changed"))
}

//! `statistics`: records are opened, doubled, closed, opened again and taken back on both sides of the ends of weeks, known late, while the process
//! that counts them is ended over and over: before, within and after the transaction that counts. In the end every number is what happened.

mod desk;
mod judge;
mod model;
mod people;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use dmp_core::Moment;
use dmp_core::record::Channel;
use dmp_core::remuneration::Tariffs;
use dmp_core::statistics::settlement;
use dmp_store::{StatisticsStore, Syncs};
use dmp_testkit::{Options, Server};

use crate::draw::Draw;
use crate::kill::{has_ended, offline};
use crate::{inside, verdict};
use judge::Judged;
use model::Life;
use people::{Group, TODAY};

const NAME: &str = "statistics-different";
/// Ends of weeks that one life of the process asks for at most: two moments each.
const GROUPS_A_LIFE: usize = 2;
/// The counter rests two seconds when nothing waits.
const COUNTED_BY: Duration = Duration::from_millis(2_600);
/// For the moments of one life.
const PATIENCE: Duration = Duration::from_secs(240);
/// Fewer numbers that are shown and not nought say nothing.
const NOT_NOUGHT_MIN: usize = 40;
/// Where counting can end: within its transaction.
const COUNTING: [&str; 3] = ["settle.after_rows", "settle.after_cells", "settle.after_lines"];
/// Where an act or the counting can end: on both sides of the commit.
const COMMITTING: [&str; 4] = ["commit.after_deed", "writer.before_commit", "writer.before_reply", "writer.after_commit"];

/// What a run is made of.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// Ends of the process.
    pub kills: usize,
    pub seed: u64,
    /// The control: a worker that forgets that it has counted a batch.
    pub broken: bool,
}

/// How one life of the process ends.
#[derive(Debug, Clone)]
enum Fault {
    /// From outside, after so long.
    Kill(Duration),
    /// At a place, at its n-th passage.
    Place(&'static str, usize),
}

/// Runs the campaign.
pub fn run(binary: &Path, wish: Wish) -> bool {
    let began = Instant::now();
    let home = std::env::temp_dir().join(format!("dmp-campaign-statistics-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&home);
    std::fs::create_dir_all(&home).unwrap();
    let mut deployment = Deployment::new(binary, &home, wish.seed);
    let mut groups: VecDeque<Group> = people::plan((wish.kills * 3 / 4).max(2), wish.seed).into();
    let mut lived = Vec::new();
    for number in 0..wish.kills {
        let fault = fault(number, &mut Draw::new(wish.seed, u64::try_from(number).unwrap()));
        deployment.life(Some(&fault), &mut groups, &mut lived);
        if wish.broken && deployment.counted_twice.is_none() {
            deployment.count_twice();
        }
    }
    while !groups.is_empty() {
        deployment.life(None, &mut groups, &mut lived);
    }
    let judged = deployment.judge(&lived);
    let mut violations = deployment.wrong.lock().unwrap().clone();
    violations.extend(judged.differences);
    if judged.not_nought < NOT_NOUGHT_MIN {
        violations.push(format!("only {} numbers are not nought: too few to tell anything", judged.not_nought));
    }
    for violation in violations.iter().take(20) {
        println!("  {violation}");
    }
    let people: usize = lived.iter().map(|group| group.people.len()).sum();
    let Ends { at_a_place, from_outside, at_the_start, waiting } = deployment.ends;
    println!(
        "statistics: {people} people at {} ends of weeks, seed {}, {} ends of the process ({at_a_place} at a place, {from_outside} from outside; {at_the_start} before it listened; after {waiting} of them facts waited), {} answers that never came, {} numbers compared, {} not nought, {} hidden, {} s",
        lived.len() / 2,
        wish.seed,
        at_a_place + from_outside,
        deployment.unanswered,
        judged.compared,
        judged.not_nought,
        judged.hidden,
        began.elapsed().as_secs()
    );
    if let Some(rows) = deployment.counted_twice {
        println!("statistics: {rows} rows were counted and left to be counted again");
    }
    if violations.is_empty() || wish.broken {
        let _ = std::fs::remove_dir_all(&home);
    } else {
        println!("everything stays in {}", home.display());
    }
    verdict(NAME, violations.len(), 0, violations.is_empty())
}

/// In turn: from outside under load; within the counting of what that left; around a commit of the counting, which comes first; at a commit of an
/// act; within the counting again; from outside when the counter wakes.
fn fault(number: usize, draw: &mut Draw) -> Fault {
    let turn = number / 6;
    match number % 6 {
        0 => Fault::Kill(Duration::from_millis(200 + u64::try_from(draw.below(700)).unwrap())),
        1 => Fault::Place(COUNTING[turn % 3], 1),
        2 => Fault::Place(COMMITTING[1 + turn % 3], 1 + draw.below(6)),
        3 => Fault::Place(COMMITTING[turn % 4], 20 + draw.below(150)),
        4 => Fault::Place(COUNTING[(turn + 1) % 3], 1),
        _ => Fault::Kill(Duration::from_millis(1_900 + u64::try_from(draw.below(300)).unwrap())),
    }
}

/// How lives ended.
#[derive(Debug, Default, Clone, Copy)]
struct Ends {
    at_a_place: usize,
    from_outside: usize,
    at_the_start: usize,
    /// Those after which facts waited to be counted.
    waiting: usize,
}

/// The program, its folder and its clock.
struct Deployment {
    binary: PathBuf,
    home: PathBuf,
    /// A record that was there before the first life, so that no town is made.
    first: Life,
    wrong: Mutex<Vec<String>>,
    ends: Ends,
    unanswered: usize,
    counted_twice: Option<usize>,
}

impl Deployment {
    fn new(binary: &Path, home: &Path, seed: u64) -> Self {
        let at = Moment::parse_fhir("2018-01-10T10:00:00Z").unwrap();
        let (clock, store) = (Arc::new(inside::SetClock::default()), inside::open(&home.join("data"), Syncs::On));
        clock.set(at);
        let ins = crate::api::invented_ins(900_000_000 + seed % 1_000_000);
        let new = inside::new_record(ins, "LOUISE", Channel::Counter, Some("75"));
        inside::runtime().block_on(inside::acts(&store, clock).create_record(new, &inside::agent(1))).unwrap();
        let first = Life::opened(at, Channel::Counter, Some("75"));
        Deployment {
            binary: binary.to_owned(),
            home: home.to_owned(),
            first,
            wrong: Mutex::default(),
            ends: Ends::default(),
            unanswered: 0,
            counted_twice: None,
        }
    }

    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    fn set_clock(&self, at: Moment) {
        let shift = at.as_seconds() - jiff::Timestamp::now().as_second();
        let beside = self.home.join("shift.new");
        std::fs::write(&beside, shift.to_string()).unwrap();
        std::fs::rename(beside, self.home.join("shift")).unwrap();
    }

    fn start(&self, armed: Option<&Fault>) -> Option<Server> {
        let mut arguments = vec!["--clock-shift".to_owned(), self.home.join("shift").display().to_string()];
        if let Some(Fault::Place(place, nth)) = armed {
            arguments.extend(["--fail-point".to_owned(), format!("{place}:{nth}")]);
        }
        Server::try_start(self.binary.to_str().unwrap(), &Options { arguments, data: Some(self.data()), ..Options::default() })
    }

    /// One life of the process: asks for the next moments until it ends as it shall.
    fn life(&mut self, fault: Option<&Fault>, groups: &mut VecDeque<Group>, lived: &mut Vec<Group>) {
        let first = groups.front().or(lived.last()).map(|group| group.at);
        self.set_clock(first.unwrap());
        let Some(mut server) = self.start(fault) else {
            assert!(matches!(fault, Some(Fault::Place(..))), "the program ends before it listens, and nobody ended it");
            (self.ends.at_a_place, self.ends.at_the_start) = (self.ends.at_a_place + 1, self.ends.at_the_start + 1);
            self.count_waiting();
            return;
        };
        let (began, pid, url) = (Instant::now(), server.pid(), server.url.clone());
        let ended = AtomicBool::new(false);
        let mut taken: Vec<Group> = (0..GROUPS_A_LIFE).filter_map(|_| groups.pop_front()).collect();
        let by_itself = std::thread::scope(|scope| {
            let working = scope.spawn(|| {
                for group in &mut taken {
                    while !group.is_done() && !ended.load(Ordering::Relaxed) && !has_ended(pid) {
                        self.set_clock(group.at);
                        self.ask_all(&url, group, &ended);
                    }
                }
            });
            let until = |is_over: &dyn Fn() -> bool| {
                while !has_ended(pid) && !is_over() {
                    std::thread::sleep(Duration::from_millis(5));
                }
            };
            match fault {
                Some(Fault::Kill(after)) => until(&|| began.elapsed() > *after),
                Some(Fault::Place(..)) | None => until(&|| working.is_finished() || began.elapsed() > PATIENCE),
            }
            // What was asked for is counted when the counter wakes.
            if let Some(Fault::Place(..)) = fault {
                let asked = Instant::now();
                until(&|| asked.elapsed() > COUNTED_BY);
            }
            let by_itself = has_ended(pid);
            server.kill();
            ended.store(true, Ordering::Relaxed);
            working.join().unwrap();
            by_itself
        });
        assert!(fault.is_some() || !by_itself, "the program ended, and nobody ended it");
        drop(server);
        for group in taken.into_iter().rev() {
            self.unanswered += group.people.iter().filter(|person| person.asked).count();
            if group.is_done() { lived.push(group) } else { groups.push_front(group) }
        }
        if fault.is_some() {
            self.ends.at_a_place += usize::from(by_itself);
            self.ends.from_outside += usize::from(!by_itself);
            self.count_waiting();
        }
    }

    /// Each opener at a desk of their own.
    fn ask_all(&self, url: &str, group: &mut Group, ended: &AtomicBool) {
        let at = group.at;
        std::thread::scope(|scope| {
            for people in group.people.chunk_by_mut(|one, other| one.opener == other.opener) {
                let turn = desk::Turn { url, at, ended, wrong: &self.wrong };
                scope.spawn(move || turn.work(people));
            }
        });
    }

    fn count_waiting(&mut self) {
        let store = inside::open(&self.data(), Syncs::On);
        let waiting = inside::runtime().block_on(store.deeds_waiting()).unwrap();
        self.ends.waiting += usize::from(waiting > 0);
    }

    /// Counts what waits and leaves it waiting: what a worker would do whose batch and whose counts are not one transaction.
    fn count_twice(&mut self) {
        let store = inside::open(&self.data(), Syncs::On);
        inside::runtime().block_on(async {
            let rows = store.deeds(10_000).await.unwrap();
            if rows.is_empty() {
                return;
            }
            let counted = settlement(rows.iter().flat_map(|row| row.deeds.iter().map(move |deed| (row.key, deed))), &Tariffs::default());
            assert!(store.settle(&[], &counted).await.unwrap());
            self.counted_twice = Some(rows.len());
        });
    }

    /// Counts what waits still, twice over, and compares.
    fn judge(&self, lived: &[Group]) -> Judged {
        let data = self.data();
        let mut lives = model::lives(lived);
        lives.push(self.first.clone());
        let mut judged = Judged::default();
        {
            let store = inside::open(&data, Syncs::On);
            let acts = inside::acts(&store, Arc::new(dmp_service::SystemClock));
            let count = async {
                while acts.settle_deeds(&Tariffs::default()).await.unwrap() > 0 {}
                acts.settle_deeds(&Tariffs::default()).await.unwrap()
            };
            assert_eq!(inside::runtime().block_on(count), 0);
        }
        judged.differences.extend(offline(&self.binary, &data));
        judged.tables(&data, &lives);
        judged.records(&self.binary, &data, &self.home, &lives);
        self.set_clock(Moment::parse_fhir(TODAY).unwrap());
        let server = self.start(None).unwrap();
        judged.files(&server, &lives);
        judged.definition(&server);
        judged.counted_again(&server, &self.home);
        judged
    }
}

//! `remuneration`: very many openings, some asked for twice, some taken back, some known late, by a process that is ended over and over; counted by
//! several at once, ended within the counting; months closed, statements and payments written by commands that are ended too. In the end ledger,
//! statements and payments are what is due, to the cent, and no opening is paid twice.

mod books;
mod load;
mod log;
mod model;
mod plan;
mod schema;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use dmp_core::RecordKey;
use dmp_core::remuneration::{KeptLine, LedgerLine, LineKind};
use dmp_core::statistics::{Payee as Paid, Settlement, day_of};
use dmp_store::{StatisticsStore, Syncs};
use dmp_testkit::{Options, Server};

use crate::draw::Draw;
use crate::kill::{has_ended, offline};
use crate::{inside, verdict};
use books::Books;
use model::{CLOSED_EARLY, CLOSED_LATE, Due, TARIFFS};
use plan::{PHASES, Plan};

pub use load::{Part, work};

const NAME: &str = "remuneration-cents-different";
/// For one life of a process.
const PATIENCE: Duration = Duration::from_secs(1_200);
/// A batch of the counter.
const BATCH: u64 = 2_048;
/// Bytes of the log of one person: asked and done, mostly one step.
const LOG_EACH: u64 = 33;
/// Where the process that opens ends, in turn with ends from outside.
const PLACES: [&str; 7] = [
    "settle.after_cells",
    "commit.after_deed",
    "settle.after_lines",
    "writer.before_commit",
    "settle.after_rows",
    "writer.after_commit",
    "writer.before_reply",
];
const COUNTING: [&str; 3] = ["settle.after_lines", "settle.after_rows", "settle.after_cells"];

/// What a run is made of.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// People whose record is opened.
    pub openings: u64,
    /// Ends of the process that opens; a quarter as many of the one that counts.
    pub kills: usize,
    pub seed: u64,
    /// The control: an opening in the ledger a second time, under the key of another record.
    pub broken: bool,
}

/// Runs the campaign.
pub fn run(binary: &Path, wish: Wish) -> bool {
    let began = Instant::now();
    let home = books::folder(std::process::id());
    let _ = std::fs::remove_dir_all(&home);
    std::fs::create_dir_all(&home).unwrap();
    std::fs::write(home.join("tariffs.csv"), TARIFFS).unwrap();
    let schema = schema::schema();
    let plan = Plan { openings: wish.openings, seed: wish.seed };
    let mut office = Office { binary: binary.to_owned(), home: home.clone(), plan, draw: Draw::new(wish.seed, 0xE4D5), ends: Ends::default() };
    let mut books =
        Books { binary, home: &home, draw: Draw::new(wish.seed, 0xB00C), took: Default::default(), killed: 0, cents: 0, wrong: Vec::new() };

    office.open(PHASES[0], wish.kills - wish.kills / 3);
    office.count(PHASES[0], wish.kills.div_ceil(8));
    let early = office.due(PHASES[0]);
    if wish.broken {
        pay_twice(&home.join("data"), &early);
    }
    told("opened and counted", began, &office.ends);
    for (place, month) in CLOSED_EARLY.into_iter().enumerate() {
        books.close(month, place % 2 == 0);
    }
    books.months(&early, CLOSED_EARLY.len());
    office.open(PHASES[1], wish.kills / 3);
    office.count(PHASES[1], wish.kills.div_ceil(8));
    told("late ones opened and counted", began, &office.ends);

    let mut due = office.due(PHASES[1]);
    let (total, untold, by_name, (payments, owed)) = (due.cents(), due.untold.values().sum::<usize>(), books::by_name(&plan), due.payments());
    for (place, month) in CLOSED_LATE.into_iter().enumerate() {
        books.close(month, place % 2 == 1);
    }
    books.months(&due, CLOSED_EARLY.len() + CLOSED_LATE.len());
    let mut paid = 0;
    for (place, month) in model::months().enumerate() {
        books.statements(place, month, &mut due, &by_name, place % 3 == 1);
        paid += books.pay(month, &payments[place], &plan, schema.as_deref().ok(), place % 3 == 2);
    }
    let never = due.by_receipt.len() + due.untold.values().sum::<usize>();
    if never > 0 {
        books.wrong.push(format!("{never} lines are due and stand in no statement"));
    }
    if paid + owed != total {
        books.wrong.push(format!("{paid} cents are paid and {owed} owed, {total} are due"));
    }
    books.wrong.extend(office.ends.wrong.iter().cloned());
    if wish.openings <= VERIFIED_MOST {
        books.wrong.extend(offline(binary, &home.join("data")));
    }
    report(&wish, &office.ends, &books, &due, Told { total, paid, owed, untold, schema: schema.err(), began });
    let found = books.wrong.len().max(usize::try_from(books.cents).unwrap());
    if found == 0 || wish.broken {
        let _ = std::fs::remove_dir_all(&home);
    } else {
        println!("everything stays in {}", home.display());
    }
    verdict(NAME, found, 0, found == 0)
}

/// The journal of so many is verified too; of more it takes longer than the rest.
const VERIFIED_MOST: u64 = 20_000;

/// What is told at the end.
struct Told {
    total: i64,
    paid: i64,
    owed: i64,
    untold: usize,
    /// Why no schema was asked.
    schema: Option<String>,
    began: Instant,
}

fn report(wish: &Wish, ends: &Ends, books: &Books<'_>, due: &Due, told: Told) {
    for wrong in books.wrong.iter().take(20) {
        println!("  {wrong}");
    }
    match &told.schema {
        None => println!("  xmllint: each file of payments is a pain.001.001.03"),
        Some(why) => println!("  SKIPPED: no file of payments was checked against its schema: {why}"),
    }
    println!(
        "remuneration: {} people, seed {}, {} openings of which {} were taken back, {} ends of the process that opens ({} at a place), {} of the one that counts, {} of commands of the books, {} receipts never told; {} cents due, {} paid, {} owed, {} s",
        wish.openings,
        wish.seed,
        due.openings,
        due.cancelled,
        ends.opening,
        ends.at_a_place,
        ends.counting,
        books.killed,
        told.untold,
        told.total,
        told.paid,
        told.owed,
        told.began.elapsed().as_secs()
    );
}

fn told(what: &str, began: Instant, ends: &Ends) {
    println!("  {what}: {} ends so far, {} s", ends.opening + ends.counting, began.elapsed().as_secs());
}

/// What was ended.
#[derive(Debug, Default)]
struct Ends {
    opening: usize,
    at_a_place: usize,
    counting: usize,
    wrong: Vec<String>,
}

/// Where records are opened and counted.
struct Office {
    binary: PathBuf,
    home: PathBuf,
    plan: Plan,
    draw: Draw,
    ends: Ends,
}

impl Office {
    fn log(&self) -> PathBuf {
        self.home.join("log")
    }

    fn logged(&self) -> u64 {
        self.log().metadata().map_or(0, |file| file.len())
    }

    /// Opens everybody of a phase, ended so often under way.
    fn open(&mut self, phase: u8, kills: usize) {
        let people = if phase == PHASES[0] { self.plan.openings * 95 / 100 } else { self.plan.openings / 20 };
        let (first, each) = (self.logged(), people / u64::try_from(kills + 1).unwrap());
        for life in 0..kills {
            let target = first + LOG_EACH * each * u64::try_from(life + 1).unwrap();
            let place = (life % 2 == 1).then(|| self.place(PLACES[life / 2 % PLACES.len()], each));
            let mut child = self.child(phase, place, life % 3 == 2);
            let began = Instant::now();
            while !has_ended(child.id()) && self.logged() < target && began.elapsed() < PATIENCE {
                std::thread::sleep(Duration::from_millis(2));
            }
            let by_itself = has_ended(child.id());
            let _ = child.kill();
            match child.wait().unwrap().code() {
                // A signal: it was ended, by its place or by us.
                None => {
                    self.ends.opening += 1;
                    self.ends.at_a_place += usize::from(by_itself);
                }
                Some(0) => {}
                Some(code) => self.ends.wrong.push(format!("the process that opens ended with {code}")),
            }
        }
        // What is left, for somebody else to count.
        if !self.child(phase, None, true).wait().unwrap().success() {
            self.ends.wrong.push("the process that opens could not open the rest".to_owned());
        }
    }

    /// A passage of a place within the share of one life.
    fn place(&mut self, place: &str, each: u64) -> String {
        // A batch of the counter holds what was done in a moment, one of the writer what many asked for at once.
        let most = match place.split('.').next() {
            Some("settle") => (each / 50).clamp(1, 20),
            Some("writer") => each / 10,
            _ => each * 9 / 10,
        };
        format!("{place}:{}", 1 + self.draw.below(usize::try_from(most).unwrap()))
    }

    fn child(&self, phase: u8, fail_point: Option<String>, count_later: bool) -> std::process::Child {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg("open-many").arg("--data").arg(self.home.join("data")).arg("--log").arg(self.log());
        command.arg("--tariffs").arg(self.home.join("tariffs.csv"));
        command.args(["--openings", &self.plan.openings.to_string(), "--seed", &self.plan.seed.to_string(), "--phase", &phase.to_string()]);
        if count_later {
            command.arg("--count-later");
        }
        if let Some(place) = fail_point {
            command.args(["--fail-point", &place]);
        }
        command.spawn().unwrap()
    }

    /// Counts what waits: in the program, ended within its transactions, and in the end by two at once.
    fn count(&mut self, phase: u8, kills: usize) {
        for turn in 0..kills {
            let batches = usize::try_from(self.waiting().div_ceil(BATCH)).unwrap();
            // The process that opens may have counted all of it.
            if batches == 0 {
                break;
            }
            let place = format!("{}:{}", COUNTING[turn % COUNTING.len()], 1 + self.draw.below(batches));
            let tariffs = self.home.join("tariffs.csv").display().to_string();
            let arguments = ["--tariffs", &tariffs, "--fail-point", &place].map(str::to_owned).to_vec();
            let options = Options { arguments, data: Some(self.home.join("data")), ..Options::default() };
            let mut server = Server::try_start(self.binary.to_str().unwrap(), &options);
            if let Some(server) = &mut server {
                let began = Instant::now();
                while !has_ended(server.pid()) && began.elapsed() < PATIENCE / 10 {
                    std::thread::sleep(Duration::from_millis(5));
                }
                server.kill();
            }
            self.ends.counting += 1;
        }
        let done = self.child(phase, None, false).wait().unwrap().success();
        if !done || self.waiting() != 0 {
            self.ends.wrong.push(format!("{} rows wait to be counted still", self.waiting()));
        }
    }

    fn waiting(&self) -> u64 {
        let store = inside::open(&self.home.join("data"), Syncs::On);
        inside::runtime().block_on(store.deeds_waiting()).unwrap()
    }

    fn due(&self, phase: u8) -> Due {
        let mut receipts = HashMap::new();
        log::read(&self.log(), self.plan.openings, |person, step, receipt| {
            if receipt != 0 {
                receipts.insert((person, step), receipt);
            }
        });
        model::due(&self.plan, phase, &receipts)
    }
}

/// Puts an opening into the ledger once more: what a worker would do that named its lines by something else than the record.
fn pay_twice(data: &Path, due: &Due) {
    let ((receipt, _), line) = due.by_receipt.iter().filter(|(_, line)| line.cents > 0 && line.month == 0).min().unwrap();
    let day = |date: jiff::civil::Date| day_of(&date.to_string()).unwrap();
    let caller = line.payee.caller();
    let kept = KeptLine {
        kind: LineKind::Opening,
        day: day(line.day),
        opened: day(line.opened),
        channel: line.payee.channel(),
        cents: line.cents,
        payee: Paid { account: caller.account, structure: caller.structure },
        receipt: format!("DMP-{receipt:012X}"),
    };
    let again = LedgerLine { record: RecordKey([0x5A; 16]), kept };
    let store = inside::open(data, Syncs::On);
    let settled = Settlement { lines: vec![again], ..Settlement::default() };
    assert!(inside::runtime().block_on(store.settle(&[], &settled)).unwrap());
}

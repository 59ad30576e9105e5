//! What the software does by itself on a date: the acts over both stores, with a clock that the test moves, and the built program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on says so by ending"
)]

#[path = "notice_support/mod.rs"]
mod made;
mod world;

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use dmp_core::access::{Act, Caller, CallerKind, Matrix};
use dmp_core::account::{Identifier, Passkey};
use dmp_core::audit::{Chain, Leaf, Outcome};
use dmp_core::identity::PersonName;
use dmp_core::record::{ClosureReason, DESTRUCTION_DAYS, Language, NoticeKind, Record, RecordStatus, RecordStep, RepresentativeKind, Scope};
use dmp_core::{Mode, Moment, RecordKey};
use dmp_pages::{DocumentName, JournalLine, Lang, Perspective, sentence};
use dmp_service::{
    Clock, Config, IdSealer, Mailboxes, Myself, NewMandate, NoticeDesk, PersonRef, Rung, Service, SignInWay, SystemClock, SystemRandom,
};
use dmp_store::{Change, Expected, NoteKind, OpenOptions, OperatedStore, PostgresOptions, PostgresStore, RecordStore, RootKey, Slot, SqliteStore};
use dmp_synth::Person;
use dmp_testkit::services::Postgres;
use serde_json::json;

/// Longer than any of it takes on a busy machine.
const SOON: Duration = Duration::from_secs(60);
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
const FRAUD: &str = "CANARI connexions suspectes";

static POSTGRES: LazyLock<Option<Postgres>> = LazyLock::new(|| Postgres::start().map_err(|why| println!("SKIPPED: dates in a database: {why}")).ok());

/// A clock that goes where it is put.
#[derive(Debug, Clone)]
struct Hands(Arc<AtomicI64>);

impl Clock for Hands {
    fn now(&self) -> Moment {
        Moment::from_micros(self.0.load(Ordering::Relaxed))
    }
}

/// A store with people and a worker's desk, and the time in it.
struct Place {
    store: Arc<dyn OperatedStore>,
    acts: Service,
    desk: NoticeDesk,
    hands: Hands,
    began: Moment,
    people: Vec<Person>,
}

impl Place {
    async fn new(store: Arc<dyn OperatedStore>, began: Moment, people: usize) -> Self {
        let hands = Hands(Arc::new(AtomicI64::new(began.as_micros())));
        let acts = acts(&store, hands.clone());
        let desk = NoticeDesk::new(Arc::clone(&store), acts.clone(), Mailboxes::default());
        let town = dmp_synth::Town::new(7, 200, SystemClock.now().timestamp().to_zoned(jiff::tz::TimeZone::UTC).date());
        let adults = (0..200).filter_map(|index| town.person(index)).filter(|person| person.traits.birth_date.year < 1985);
        let people: Vec<Person> = adults.take(people).collect();
        for (number, person) in people.iter().enumerate() {
            made::opens(&acts, person, number).await;
        }
        Place { store, acts, desk, hands, began, people }
    }

    /// It is so many seconds after the beginning.
    fn at(&self, seconds: i64) {
        self.until(self.began.plus_seconds(seconds));
    }

    fn until(&self, moment: Moment) {
        self.hands.0.store(moment.as_micros(), Ordering::Relaxed);
    }

    fn who(&self, number: usize) -> PersonRef {
        PersonRef::Ins(self.people[number].ins.clone())
    }

    fn own(&self, number: usize) -> Caller {
        made::own(&self.people[number])
    }

    async fn key(&self, number: usize) -> RecordKey {
        self.store.identify(&self.people[number].ins).await.unwrap().unwrap().0
    }

    async fn record(&self, number: usize) -> Arc<Record> {
        self.store.load(self.key(number).await).await.unwrap().unwrap()
    }

    async fn suspend(&self, number: usize) {
        self.acts.suspend_record(&self.who(number), FRAUD, &agent()).await.unwrap();
    }

    async fn close(&self, number: usize) {
        self.acts.close_record(&self.who(number), "", &self.own(number)).await.unwrap();
    }

    /// A worker that does dates alone. Gives how many records it closed and destroyed.
    async fn works(&self) -> (u64, u64) {
        done(&self.desk).await
    }

    /// The leaves of an act in a journal, refused ones too.
    async fn leaves(&self, key: RecordKey, act: Act) -> Vec<Leaf> {
        let all = self.store.journal(key, Chain::Main, None, 1_000).await.unwrap();
        all.into_iter().map(|kept| kept.leaf).filter(|leaf| leaf.act == act).collect()
    }

    /// Mails that wait, by kind. They are taken out of the queue.
    async fn mails(&self) -> Vec<NoticeKind> {
        while self.desk.relay().await.unwrap() > 0 {}
        let mut kinds = Vec::new();
        for claimed in self.desk.claim(Slot::Mail).await.unwrap() {
            kinds.push(claimed.delivery.kind);
            self.desk.delivered(&claimed).await.unwrap();
        }
        kinds
    }

    /// Nothing of a record is left but its journal, and that its end is told there once.
    async fn is_gone(&self, number: usize, key: RecordKey) -> Leaf {
        assert!(self.store.load(key).await.unwrap().is_none(), "the key is gone");
        assert!(self.store.identify(&self.people[number].ins).await.unwrap().is_none(), "the number leads nowhere");
        let mut ends = self.leaves(key, Act::DestroyRecord).await;
        assert_eq!(ends.len(), 1, "{ends:?}");
        ends.remove(0)
    }
}

fn acts(store: &Arc<dyn OperatedStore>, hands: Hands) -> Service {
    let ids = IdSealer::new(&store.derive("resource ids"));
    let shared: Arc<dyn RecordStore> = store.clone();
    Service::new(shared, Arc::new(hands), Arc::new(SystemRandom), Config::in_force(Mode::Sandbox, Matrix::reconstruction()), ids)
}

/// Works until no clock rings.
async fn done(desk: &NoticeDesk) -> (u64, u64) {
    let (mut closed, mut destroyed) = (0, 0);
    loop {
        let rung = desk.tell_clocks().await.unwrap();
        assert_eq!(rung.failed, 0);
        (closed, destroyed) = (closed + rung.closed, destroyed + rung.destroyed);
        if rung == Rung::default() {
            return (closed, destroyed);
        }
    }
}

fn agent() -> Caller {
    let name = Some(PersonName::new("Martine", "GUICHET-FICTIF"));
    Caller { kind: CallerKind::Agent, name, ..made::nobody("agent:guichet".to_owned()) }
}

fn folder() -> (PathBuf, PathBuf) {
    let data = world::scratch("dated").join("data");
    std::fs::create_dir_all(&data).unwrap();
    let key = data.with_file_name("data.rootkey");
    (data, key)
}

fn in_folder(data: &std::path::Path, key: &std::path::Path) -> Arc<dyn OperatedStore> {
    let key = RootKey::load_or_create(key).unwrap();
    SqliteStore::open(OpenOptions::new(data, Mode::Sandbox, key, SystemClock.now())).unwrap()
}

async fn in_database(url: &str, data: &std::path::Path, key: &std::path::Path) -> Arc<dyn OperatedStore> {
    let (url, blobs, key) = (url.parse().unwrap(), data.display().to_string().parse().unwrap(), RootKey::load_or_create(key).unwrap());
    PostgresStore::open(PostgresOptions::new(url, blobs, Mode::Sandbox, key, SystemClock.now())).await.unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap()
}

/// Lives a scenario in a folder and in a database, from a day that is no leap day on.
fn on_both(people: usize, scenario: impl AsyncFn(&Place)) {
    let began = Moment::parse_fhir("2026-03-03T14:05:00Z").unwrap();
    let (data, key) = folder();
    runtime().block_on(async { scenario(&Place::new(in_folder(&data, &key), began, people).await).await });
    let Some(postgres) = POSTGRES.as_ref() else { return };
    let (data, key) = folder();
    let url = postgres.fresh_database();
    runtime().block_on(async { scenario(&Place::new(in_database(&url, &data, &key).await, began, people).await).await });
}

#[test]
fn a_suspension_to_which_nobody_objected_ends_in_closing_on_the_forty_second_day() {
    on_both(1, async |place| {
        place.suspend(0).await;
        place.mails().await;
        place.at(41 * DAY + 23 * HOUR);
        assert_eq!(place.works().await, (0, 0));
        assert!(matches!(place.record(0).await.head.status, RecordStatus::Suspended(_)));
        place.at(42 * DAY + HOUR);
        assert_eq!(place.works().await, (1, 0));
        let record = place.record(0).await;
        let RecordStatus::Closed(closure) = &record.head.status else { panic!("not closed") };
        assert_eq!((closure.reason, closure.at), (ClosureReason::Fraud, place.began.plus_seconds(42 * DAY + HOUR)));
        assert_eq!(record.head.notices.iter().filter(|notice| notice.kind == NoticeKind::RecordClosed).count(), 1);
        assert_eq!(place.mails().await, [NoticeKind::RecordClosed], "the person is told");
        let leaves = place.leaves(record.key, Act::CloseRecord).await;
        assert_eq!((leaves.len(), &leaves[0].outcome, leaves[0].caller.kind), (1, &Outcome::Done, CallerKind::Automaton));
        let line = JournalLine::of(&leaves[0], "person:reader", DocumentName::Shown);
        let (french, english) = (sentence(&line, Perspective::Person, Lang::Fr), sentence(&line, Perspective::Person, Lang::En));
        assert!(french.contains("Automate du DMP") && french.contains("personne ne s'est opposé à la suspension"), "{french}");
        assert!(english.contains("Automate du DMP") && english.contains("nobody objected to the suspension"), "{english}");
        // Ten years from then, as after any closing.
        place.until(closure.at.plus_years(10).plus_seconds(-DAY));
        assert_eq!(place.works().await, (0, 0));
        place.until(closure.at.plus_years(10).plus_seconds(2 * HOUR));
        assert_eq!(place.works().await, (0, 1));
        place.is_gone(0, record.key).await;
    });
}

#[test]
fn a_suspension_that_was_objected_to_or_lifted_never_closes() {
    on_both(2, async |place| {
        place.suspend(0).await;
        place.suspend(1).await;
        place.at(41 * DAY);
        place.acts.object_to_suspension(&place.who(0), &place.own(0)).await.unwrap();
        place.acts.lift_suspension(&place.who(1), &agent()).await.unwrap();
        for days in [43, 400, 5_000] {
            place.at(days * DAY);
            assert_eq!(place.works().await, (0, 0));
        }
        assert!(matches!(place.record(0).await.head.status, RecordStatus::Suspended(_)));
        assert_eq!(place.record(1).await.head.status, RecordStatus::Open);
        for number in 0..2 {
            assert!(place.leaves(place.key(number).await, Act::CloseRecord).await.is_empty(), "nor was it tried");
        }
    });
}

#[test]
fn a_closed_record_is_destroyed_ten_years_later_unless_it_was_opened_again() {
    on_both(2, async |place| {
        place.close(0).await;
        place.close(1).await;
        let key = place.key(0).await;
        place.at(300 * DAY);
        place.acts.reactivate_record(&place.who(1), true, &place.own(1)).await.unwrap();
        place.until(place.began.plus_years(10).plus_seconds(-DAY));
        assert_eq!(place.works().await, (0, 0));
        place.until(place.began.plus_years(10).plus_seconds(2 * HOUR));
        assert_eq!(place.works().await, (0, 1));
        let leaf = place.is_gone(0, key).await;
        assert_eq!(leaf.words.as_deref(), Some("archive-over"));
        assert_eq!(place.record(1).await.head.status, RecordStatus::Open);
        assert_eq!(place.works().await, (0, 0));
    });
}

#[test]
fn a_destruction_that_was_asked_for_is_told_first_and_can_be_taken_back_for_a_month() {
    on_both(2, async |place| {
        for number in 0..2 {
            place.close(number).await;
            place.acts.request_destruction(&place.who(number), &place.own(number)).await.unwrap();
        }
        let key = place.key(0).await;
        let told = place.mails().await;
        assert_eq!(told.iter().filter(|kind| **kind == NoticeKind::DestructionRequested).count(), 2, "{told:?}");
        place.at((DESTRUCTION_DAYS - 1) * DAY);
        assert_eq!(place.works().await, (0, 0));
        place.acts.reactivate_record(&place.who(1), true, &place.own(1)).await.unwrap();
        place.at(DESTRUCTION_DAYS * DAY + 2 * HOUR);
        assert_eq!(place.works().await, (0, 1));
        assert_eq!(place.is_gone(0, key).await.words.as_deref(), Some("destruction-requested"));
        assert_eq!(place.record(1).await.head.status, RecordStatus::Open);
    });
}

/// Everything that one signs in by.
async fn signs_in_by_everything(place: &Place, number: usize) -> Myself {
    let (acts, myself) = (&place.acts, Myself::of(&place.own(number)).unwrap());
    acts.choose_identifier(&myself, &Identifier::parse(&format!("identifiant.{number}")).unwrap()).await.unwrap();
    acts.print_codes(&myself).await.unwrap();
    acts.link_subject(&myself, "https://idp.example", &number.to_string()).await.unwrap();
    let id = vec![7, u8::try_from(number).unwrap()];
    let passkey = Passkey { id, key: Vec::new(), algorithm: -7, counter: 0, added_at: acts.now(), used_at: None };
    acts.add_passkey(&myself, &passkey).await.unwrap();
    acts.begin_sign_in(&format!("identifiant.{number}"), SignInWay::Printed, None, Language::French).await.unwrap();
    myself
}

/// What is kept of how somebody signs in: by account, identifier, passkey, provider, beginnings.
async fn kept_of(place: &Place, number: usize, myself: &Myself) -> [bool; 5] {
    let store = &place.store;
    let is_there = async |kind, handle: &str| store.note(kind, handle).await.unwrap().is_some();
    [
        is_there(NoteKind::SignInAccount, myself.account()).await,
        is_there(NoteKind::SignInIdentifier, &format!("identifiant.{number}")).await,
        place.acts.passkey_holder(&[7, u8::try_from(number).unwrap()]).await.unwrap().is_some(),
        is_there(NoteKind::SignInSubject, &format!("https://idp.example\n{number}")).await,
        is_there(NoteKind::SignInStarts, myself.account()).await,
    ]
}

#[test]
fn a_record_that_is_destroyed_takes_its_person_s_means_with_it_unless_they_act_for_somebody() {
    on_both(4, async |place| {
        let mut people = Vec::new();
        for number in 0..3 {
            people.push(signs_in_by_everything(place, number).await);
        }
        // The second one represents the fourth; the third one did until yesterday.
        for (number, until) in [(1, None), (2, Some(place.began.plus_days(DESTRUCTION_DAYS - 1)))] {
            let person = &place.people[number];
            let new = NewMandate {
                ins: person.ins.clone(),
                name: person.traits.shown_name().clone(),
                kind: RepresentativeKind::Guardian,
                scope: Scope::Person,
                from: Some(place.began),
                until,
                proof: Some("jugement fictif".to_owned()),
            };
            place.acts.declare_representative(&place.who(3), &new, &agent()).await.unwrap();
        }
        for number in 0..3 {
            place.close(number).await;
            place.acts.request_destruction(&place.who(number), &place.own(number)).await.unwrap();
        }
        place.at(DESTRUCTION_DAYS * DAY - 2 * HOUR);
        assert_eq!(place.works().await, (0, 0));
        for (number, myself) in people.iter().enumerate() {
            assert_eq!(kept_of(place, number, myself).await, [true; 5], "until then everything stays");
        }
        place.at(DESTRUCTION_DAYS * DAY + 2 * HOUR);
        assert_eq!(place.works().await, (0, 3));
        let mut left = Vec::new();
        for (number, myself) in people.iter().enumerate() {
            left.push(kept_of(place, number, myself).await);
        }
        assert_eq!(left, [[false; 5], [true; 5], [false; 5]]);
    });
}

#[test]
fn a_sign_in_that_nobody_finished_is_swept() {
    on_both(1, async |place| {
        signs_in_by_everything(place, 0).await;
        let begun = place.acts.begin_sign_in("identifiant.0", SignInWay::Printed, None, Language::French).await.unwrap();
        let waits = async || place.store.note(NoteKind::SignInChallenge, &begun.challenge).await.unwrap().is_some();
        place.at(2 * HOUR - 60);
        assert_eq!((place.desk.sweep_notes().await.unwrap(), waits().await), (0, true));
        place.at(3 * HOUR);
        assert_eq!((place.desk.sweep_notes().await.unwrap(), waits().await), (2, false));
        place.at(400 * DAY);
        assert_eq!(place.desk.sweep_notes().await.unwrap(), 0, "what an account has stays");
        assert!(place.acts.credentials(&place.own(0).account).await.unwrap().is_some());
    });
}

#[test]
fn a_record_is_destroyed_ten_years_after_a_death_unless_the_report_was_wrong() {
    on_both(2, async |place| {
        for number in 0..2 {
            place.acts.report_death(&place.who(number), &agent()).await.unwrap();
        }
        let key = place.key(0).await;
        place.at(DAY);
        place.acts.withdraw_death_report(&place.who(1), &agent()).await.unwrap();
        place.until(place.began.plus_years(10).plus_seconds(-DAY));
        assert_eq!(place.works().await, (0, 0));
        place.until(place.began.plus_years(10).plus_seconds(2 * HOUR));
        assert_eq!(place.works().await, (0, 1));
        assert_eq!(place.is_gone(0, key).await.words.as_deref(), Some("archive-over-after-death"));
        assert_eq!(place.record(1).await.head.status, RecordStatus::Open);
    });
}

#[test]
fn of_several_workers_at_once_one_does_each_act() {
    on_both(12, async |place| {
        for number in 0..6 {
            place.suspend(number).await;
            place.close(number + 6).await;
        }
        let mut keys = Vec::new();
        for number in 0..12 {
            keys.push(place.key(number).await);
        }
        place.until(place.began.plus_years(10).plus_seconds(2 * HOUR));
        let mut workers = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let desk = place.desk.clone();
            workers.spawn(async move { done(&desk).await });
        }
        let all = workers.join_all().await.into_iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        assert_eq!(all, (6, 6));
        for (number, key) in keys.into_iter().enumerate() {
            let leaves = [place.leaves(key, Act::CloseRecord).await.len(), place.leaves(key, Act::DestroyRecord).await.len()];
            // Those that the person closed have that leaf besides.
            assert_eq!(leaves, if number < 6 { [1, 0] } else { [1, 1] }, "{number}: one leaf, and no refusal");
        }
        let own = place.store.account_journal("system:automate", None, 10).await.unwrap();
        assert!(own.is_empty(), "nothing was asked for in vain");
    });
}

#[test]
fn what_a_worker_that_ended_left_half_done_is_finished_by_the_next() {
    on_both(2, async |place| {
        place.suspend(0).await;
        place.close(1).await;
        let (suspended, closed) = (place.key(0).await, place.record(1).await);
        // One ended before it had set the clock anew.
        place.at(43 * DAY);
        assert!(place.acts.act_on_date(suspended).await.unwrap().is_some());
        assert_eq!(place.works().await, (0, 0));
        assert_eq!(place.leaves(suspended, Act::CloseRecord).await.len(), 1);
        // Another one between the commit of a destruction and the end of the key.
        place.until(place.began.plus_years(10).plus_seconds(2 * HOUR));
        let mut head = closed.head.clone();
        head.step(RecordStep::Destroy(place.desk.now())).unwrap();
        let leaf = Leaf { act: Act::DestroyRecord, ..place.leaves(suspended, Act::CloseRecord).await.remove(0) };
        place.store.commit(closed.key, Expected::Version(closed.version), vec![Change::PutHead(Box::new(head))], vec![leaf]).await.unwrap();
        assert!(place.store.identify(&place.people[1].ins).await.unwrap().is_some());
        assert_eq!(place.works().await, (0, 0), "it was counted by whoever committed it");
        place.is_gone(1, closed.key).await;
    });
}

#[test]
fn the_date_stands_however_often_notices_were_relayed() {
    on_both(1, async |place| {
        place.suspend(0).await;
        let key = place.key(0).await;
        let clock = async || place.store.record_clock(key).await.unwrap().unwrap().due;
        let due = clock().await;
        assert_eq!(due, Some(Moment::parse_fhir("2026-04-14T15:00:00Z").unwrap()), "the end of the hour in which six weeks are over");
        place.mails().await;
        assert_eq!(clock().await, due);
        place.at(3 * DAY);
        place.acts.object_to_suspension(&place.who(0), &place.own(0)).await.unwrap();
        assert_eq!(clock().await, due, "a clock that rings for nothing does no harm");
        place.mails().await;
        assert_eq!(clock().await, None);
    });
}

#[test]
fn the_worker_of_the_command_line_says_what_it_did_in_numbers_alone() {
    let (data, key) = folder();
    let person = runtime().block_on(async {
        let place = Place::new(in_folder(&data, &key), SystemClock.now().plus_days(-43), 2).await;
        place.suspend(0).await;
        place.close(1).await;
        place.acts.request_destruction(&place.who(1), &place.own(1)).await.unwrap();
        place.people[0].clone()
    });
    let worker = || {
        let mut worker = Command::new(env!("CARGO_BIN_EXE_dmp"));
        let run = worker.args(["worker", "--once", "--base-url", "http://dmp.example", "--data"]).arg(&data).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        [String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr)].concat()
    };
    let words = worker();
    assert!(words.contains("on their date: 1 records closed, 1 destroyed, 0 failed"), "{words}");
    for hidden in [person.ins.matricule(), person.traits.birth_name.family.as_str(), "CANARI"] {
        assert!(!words.contains(hidden), "{words}");
    }
    assert!(worker().contains("on their date: 0 records closed, 0 destroyed, 0 failed"));
}

#[test]
fn a_server_without_a_mail_server_does_what_falls_due() {
    let clock = world::Clock::new();
    let server = world::start(12, &clock, None);
    let agent = server.token("agent-cpam");
    world::done(&world::operate(&server, &agent, "dmp-suspend", "claire-exemple", &[("reason", json!(FRAUD))]));
    let figure = |line: &str| server.metrics().contains(line);
    clock.shift(41 * DAY);
    std::thread::sleep(Duration::from_secs(3));
    assert!(figure("dmp_dated_records_closed_total 0"));
    assert!(!figure("dmp_notice"), "it sends no notices");
    clock.shift(42 * DAY + HOUR);
    let began = Instant::now();
    while !figure("dmp_dated_records_closed_total 1") {
        assert!(began.elapsed() < SOON, "{}", server.metrics());
        std::thread::sleep(Duration::from_millis(200));
    }
    let claire = server.token("claire-exemple");
    let refused = world::asked(&server, &claire, "GET", &world::listing("claire-exemple")).send();
    assert_eq!(world::verdict(&refused), "403 access-record-closed");
    let path = format!("/fhir/AuditEvent?patient.identifier={}&_count=200", world::search_token("claire-exemple"));
    let journal = world::asked(&server, &claire, "GET", &path).send().text();
    assert_eq!(journal.matches("Automate du DMP").count(), 1, "{journal}");
    let log = std::fs::read_to_string(server.log()).unwrap();
    assert!(!log.contains("CANARI"), "{log}");
}

//! A store in which professionals have broken the glass, made by the acts themselves and without a server.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

use std::path::Path;
use std::sync::Arc;

use dmp_core::access::{Attestation, Caller, CallerKind, Matrix, Purpose};
use dmp_core::identity::PersonName;
use dmp_core::record::{Channel, ConsentEvidence, Contact, EmergencyChoices, Notice, NoticeKind, Representative, RepresentativeKind, Rhythm};
use dmp_core::{Mode, Moment};
use dmp_service::{Clock, Config, Habilitation, IdSealer, NewRecord, PersonRef, Service, SystemClock, SystemRandom};
use dmp_store::{Change, Expected, OpenOptions, OperatedStore, PostgresOptions, PostgresStore, RecordStore, RootKey, SqliteStore};
use dmp_synth::{Person, Town};

/// The address of a person of the store.
pub fn address(person: usize) -> String {
    format!("person{person}@post.example")
}

/// People with an address, whose records so many professionals open in break-glass, each once.
pub fn break_glass(data: &Path, root_key: &Path, people: usize, accesses: usize, mailbox: Option<&str>) {
    let doctor = dmp_synth::identity("dr-fictif").unwrap();
    if let Some(mailbox) = mailbox {
        let line = format!("{};{mailbox}\n", doctor.rpps.as_ref().unwrap().as_str());
        std::fs::write(data.with_file_name("mailboxes.csv"), line).unwrap();
    }
    let key = RootKey::load_or_create(root_key).unwrap();
    let store: Arc<dyn OperatedStore> = SqliteStore::open(OpenOptions::new(data, Mode::Sandbox, key, SystemClock.now())).unwrap();
    fill(&store, people, accesses);
}

/// The same in a database.
pub fn break_glass_in_database(url: &str, blobs: &str, root_key: &Path, people: usize, accesses: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (url, blobs) = (url.parse().unwrap(), blobs.parse().unwrap());
        let key = RootKey::load_or_create(root_key).unwrap();
        let options = PostgresOptions::new(url, blobs, Mode::Sandbox, key, SystemClock.now());
        let store: Arc<dyn OperatedStore> = PostgresStore::open(options).await.unwrap();
        fill_with(&store, people, accesses).await;
    });
}

/// The same in a store that is open.
pub fn fill(store: &Arc<dyn OperatedStore>, people: usize, accesses: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(fill_with(store, people, accesses));
}

/// The same inside of a runtime.
pub async fn fill_with(store: &Arc<dyn OperatedStore>, people: usize, accesses: usize) {
    let shared: Arc<dyn RecordStore> = store.clone();
    let ids = IdSealer::new(&store.derive("resource ids"));
    let law = Config::in_force(Mode::Sandbox, Matrix::reconstruction());
    let service = Service::new(shared, Arc::new(SystemClock), Arc::new(SystemRandom), law, ids);
    let town = Town::new(7, 200, SystemClock.now().timestamp().to_zoned(jiff::tz::TimeZone::UTC).date());
    let adults: Vec<Person> =
        (0..200).filter_map(|index| town.person(index)).filter(|person| person.traits.birth_date.year < 1995).take(people).collect();
    for (number, person) in adults.iter().enumerate() {
        opens(&service, person, number).await;
    }
    let doctor = town.professionals().iter().find(|one| one.handle == "dr-fictif").unwrap();
    for person in &adults {
        let who = Habilitation {
            account: format!("ps:{}", doctor.ps_id_nat().as_str()),
            name: doctor.name.clone(),
            profession: doctor.profession.clone(),
            structure: None,
        };
        service.authorise(&PersonRef::Ins(person.ins.clone()), &who, true, &own(person)).await.unwrap();
        // Declaring the doctor, opening and giving an address are told too: of these nothing is asked here.
    }
    let desk = dmp_service::NoticeDesk::new(Arc::clone(store), service.clone(), dmp_service::Mailboxes::default());
    desk.forget_outbox().await.unwrap();
    for access in 0..accesses {
        for person in &adults {
            service.search(&PersonRef::Ins(person.ins.clone()), &stranger(doctor, access), |_| true).await.unwrap();
        }
    }
}

pub async fn opens(service: &Service, person: &Person, number: usize) {
    let minor = person.traits.is_minor(service.now());
    let new = NewRecord {
        ins: person.ins.clone(),
        traits: person.traits.clone(),
        channel: if minor { Channel::Counter } else { Channel::Online },
        consent: Some(if minor { ConsentEvidence::Oral } else { ConsentEvidence::Electronic }),
        emergency: EmergencyChoices::default(),
        team_consent: false,
        scheme: None,
        caisse: None,
        department: None,
        reason: None,
        contact: Some(Contact { email: Some(address(number)), mobile: None, address: None }),
        representatives: Vec::new(),
    };
    // A minor does not open alone.
    let opener = if minor {
        Caller { kind: CallerKind::Agent, name: Some(person.traits.shown_name().clone()), consent_now: true, ..nobody("agent:counter".to_owned()) }
    } else {
        own(person)
    };
    service.create_record(new, &opener).await.unwrap();
}

pub fn own(person: &Person) -> Caller {
    let name = Some(person.traits.shown_name().clone());
    Caller { kind: CallerKind::Patient, name, ..nobody(person.ins.account()) }
}

/// A doctor whom nobody let in, in an emergency.
fn stranger(doctor: &dmp_synth::Professional, number: usize) -> Caller {
    let attested = Attestation { unable_to_consent: true, immediate_risk: true };
    Caller {
        kind: CallerKind::Professional,
        name: Some(PersonName::new("Urgentiste", format!("CANARI-{number}"))),
        profession: Some(doctor.profession.clone()),
        specialty: doctor.specialty.map(str::to_owned),
        structure: Some(doctor.structure().clone()),
        purpose: Purpose::BreakGlass { reason: "CANARI malaise".to_owned(), attested, until: SystemClock.now().plus_seconds(1_800) },
        ..nobody(format!("ps:8{:011}", 10_100_000_000_usize + number))
    }
}

pub fn nobody(account: String) -> Caller {
    Caller::bare(account, CallerKind::Automaton)
}

/// A clock that stands.
#[derive(Debug, Clone, Copy)]
struct Standing(Moment);

impl Clock for Standing {
    fn now(&self) -> Moment {
        self.0
    }
}

/// A child who came of age yesterday, and a person who wants a digest and was told of three documents two days ago. All of it happened
/// before, and was relayed then.
pub fn clock_and_digest(data: &Path, root_key: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let now = SystemClock.now();
    let before = Standing(now.plus_days(-3));
    let key = RootKey::load_or_create(root_key).unwrap();
    let store: Arc<dyn OperatedStore> = SqliteStore::open(OpenOptions::new(data, Mode::Sandbox, key, now)).unwrap();
    let ids = IdSealer::new(&store.derive("resource ids"));
    let shared: Arc<dyn RecordStore> = store.clone();
    let service = Service::new(shared, Arc::new(before), Arc::new(SystemRandom), Config::in_force(Mode::Sandbox, Matrix::reconstruction()), ids);
    let town = Town::new(7, 200, now.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date());
    let mut adults = (0..200).filter_map(|index| town.person(index)).filter(|person| person.traits.birth_date.year < 1995);
    let (mut child, reader) = (adults.next().unwrap(), adults.next().unwrap());
    let birthday = now.plus_days(-1).plus_years(-18).timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
    child.traits.birth_date = dmp_core::identity::BirthDate::parse(&birthday.to_string()).unwrap();
    runtime.block_on(async {
        opens(&service, &reader, 1).await;
        let record = store.load(store.identify(&reader.ins).await.unwrap().unwrap().0).await.unwrap().unwrap();
        let mut head = record.head.clone();
        head.notice_settings.rhythm = Rhythm::Daily;
        let notice = |kind| Notice { kind, at: before.0, by: "CANARI".to_owned(), read: false, secret: false };
        head.notices.extend([NoticeKind::NewDocument, NoticeKind::DocumentChanged, NoticeKind::DocumentDeleted].map(notice));
        store.commit(record.key, Expected::Version(record.version), vec![Change::PutHead(Box::new(head))], Vec::new()).await.unwrap();
        let mut head = record.head.clone();
        head.ins = child.ins.clone();
        head.traits = child.traits.clone();
        head.notices.clear();
        head.contact = Some(Contact { email: Some(address(0)), mobile: None, address: None });
        let parent = PersonName::new("Karim", "EXEMPLE");
        head.representatives = vec![Representative::in_force(RepresentativeKind::Parent, "person:nobody", parent, before.0)];
        let key = dmp_core::RecordKey([7; 16]);
        store.commit(key, Expected::New, vec![Change::PutHead(Box::new(head))], Vec::new()).await.unwrap();
        let desk = dmp_service::NoticeDesk::new(Arc::clone(&store), service, dmp_service::Mailboxes::default());
        while desk.relay().await.unwrap() > 0 {}
    });
}

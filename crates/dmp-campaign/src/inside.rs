//! A store that no program serves, opened by the campaign itself: the acts over it, each at a moment of its own, and what stands in its tables.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use dmp_core::access::{Caller, CallerKind, Matrix};
use dmp_core::identity::{BirthDate, IdentityTraits, Ins, PersonName, Profession, Sex, StructIdNat, Structure};
use dmp_core::record::{Channel, ConsentEvidence, EmergencyChoices, Regime};
use dmp_core::{Mode, Moment};
use dmp_service::{Clock, Config, IdSealer, NewRecord, Service, SystemClock, SystemRandom};
use dmp_store::{OpenOptions, RootKey, SqliteStore, Syncs};

/// A clock that stands until it is set.
#[derive(Debug, Default)]
pub struct SetClock(AtomicI64);

impl SetClock {
    pub fn set(&self, at: Moment) {
        self.0.store(at.as_micros(), Ordering::Relaxed);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Moment {
        Moment::from_micros(self.0.load(Ordering::Relaxed))
    }
}

/// Opens the store of a folder as the program would, with the root key beside it.
pub fn open(data: &Path, syncs: Syncs) -> Arc<SqliteStore> {
    let mut beside = data.file_name().unwrap().to_owned();
    beside.push(".rootkey");
    let root_key = RootKey::load_or_create(&data.with_file_name(beside)).unwrap();
    let options = OpenOptions { syncs, ..OpenOptions::new(data, Mode::Sandbox, root_key, SystemClock.now()) };
    SqliteStore::open(options).unwrap_or_else(|error| panic!("{}: {error}", data.display()))
}

/// The acts over a store, under a clock. Under the first regime, by which anybody's record opens on their word.
pub fn acts(store: &Arc<SqliteStore>, clock: Arc<dyn Clock>) -> Service {
    let config = Config { regime: Regime::A, ..Config::in_force(Mode::Sandbox, Matrix::reconstruction()) };
    Service::new(store.clone(), clock, Arc::new(SystemRandom), config, IdSealer::new(&store.derive("resource ids")))
}

/// A runtime for what a campaign asks of a store.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// A new record of an adult whom nobody knows.
pub fn new_record(ins: Ins, given: &str, channel: Channel, department: Option<&str>) -> NewRecord {
    NewRecord {
        ins,
        traits: IdentityTraits {
            birth_name: PersonName::new(given, "ESSAIDEPANNE"),
            used_name: None,
            birth_date: BirthDate { year: 1977, month: 5, day: 4 },
            sex: Sex::Female,
            birth_place: "35238".to_owned(),
        },
        channel,
        consent: Some(ConsentEvidence::Oral),
        emergency: EmergencyChoices::default(),
        team_consent: false,
        scheme: None,
        caisse: None,
        department: department.map(str::to_owned),
        reason: None,
        contact: None,
        representatives: Vec::new(),
    }
}

/// A health professional of a structure.
pub fn professional(number: u64, profession: &str, id: &str, name: &str) -> Caller {
    Caller {
        name: Some(PersonName::new("DOMINIQUE", "ESSAIDEPANNE")),
        profession: Profession::parse(profession).ok(),
        structure: Some(Structure { id: StructIdNat::parse(id).unwrap(), name: name.to_owned() }),
        consent_now: true,
        ..Caller::bare(format!("ps:8{number:011}"), CallerKind::Professional)
    }
}

/// An agent of the insurer's counter.
pub fn agent(number: u64) -> Caller {
    Caller {
        name: Some(PersonName::new("AGENT", "ESSAIDEPANNE")),
        consent_now: true,
        ..Caller::bare(format!("agent:campaign-{number}"), CallerKind::Agent)
    }
}

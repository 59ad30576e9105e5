//! How fast a store commits on this machine, beside the raw sync rate of its disk:
//! `cargo run --release -p dmp-store --example commit_rate [folder] [postgres://…]`. With an address of an empty database the same is asked of PostgreSQL.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a measurement, not the program")]

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use dmp_core::access::{Act, CallerKind};
use dmp_core::audit::{Chain, Leaf, LeafCaller, Outcome};
use dmp_core::document::{Author, AuthorKind, AvailabilityStatus, Code, ContentRef, DocumentEntry, SourcePatient, TypeCode, Visibility};
use dmp_core::identity::{BirthDate, IdentityTraits, Ins, PersonName, Sex};
use dmp_core::ids::{BlobAddress, EntryId, RecordKey};
use dmp_core::record::{Channel, ConsentEvidence, Creation, CreatorKind, EmergencyChoices, Head, RecordStatus};
use dmp_core::{Mode, Moment};
use dmp_store::{BlobPlace, Change, Expected, OpenOptions, OperatedStore, PostgresOptions, PostgresStore, RootKey, SqliteStore};

type Store = Arc<dyn OperatedStore>;

const TASKS: usize = 32;
const ROUND: Duration = Duration::from_secs(4);
const NOW: Moment = Moment::from_seconds(1_790_000_000);

fn main() {
    let folder = std::env::args().nth(1).map_or_else(|| std::env::temp_dir().join(format!("commit-rate-{}", std::process::id())), Into::into);
    std::fs::create_dir_all(&folder).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(measure(&folder, std::env::args().nth(2).as_deref()));
    std::fs::remove_dir_all(&folder).unwrap();
}

async fn measure(folder: &Path, url: Option<&str>) {
    println!("raw fsync of a 4 KB append: {:.0}/s", raw_syncs(folder));
    let store = open(folder, url).await;
    let started = Instant::now();
    let keys = create(&store, 2_000).await;
    println!("create a record, 32 tasks: {:.0}/s", 2_000.0 / started.elapsed().as_secs_f64());
    leaves(&store, &keys).await;
    publishes(&store, &keys, 30_000, false).await;
    publishes(&store, &keys, 30_000, true).await;
    publishes(&store, &keys, 200_000, true).await;
    loads(&store, keys[0]).await;
    large_record(&store).await;
    println!("raw fsync of a 4 KB append: {:.0}/s", raw_syncs(folder));
    let started = Instant::now();
    let report = store.verify_chains(&mut |_| ()).await.unwrap();
    println!("verify {} chains, {} leaves, {} broken: {:?}", report.chains, report.leaves, report.broken_count, started.elapsed());
    println!("{:?}", store.counts().await.unwrap());
    drop(store);
    let started = Instant::now();
    let store = open(folder, url).await;
    println!("open a filled store: {:?}", started.elapsed());
    let started = Instant::now();
    store.load(keys[1]).await.unwrap().unwrap();
    println!("first load: {:?}", started.elapsed());
}

async fn open(folder: &Path, url: Option<&str>) -> Store {
    let root_key = RootKey::from_bytes([1; 32]);
    match url {
        None => SqliteStore::open(OpenOptions::new(folder.join("data"), Mode::Sandbox, root_key, NOW)).unwrap(),
        Some(url) => {
            let blobs = BlobPlace::Folder(folder.join("blobs"));
            PostgresStore::open(PostgresOptions::new(url.parse().unwrap(), blobs, Mode::Sandbox, root_key, NOW)).await.unwrap()
        }
    }
}

fn raw_syncs(folder: &Path) -> f64 {
    let mut file = std::fs::File::create(folder.join("raw")).unwrap();
    let (started, mut count) = (Instant::now(), 0.0);
    while started.elapsed() < Duration::from_secs(2) {
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
        count += 1.0;
    }
    count / started.elapsed().as_secs_f64()
}

async fn create(store: &Store, count: usize) -> Vec<RecordKey> {
    let keys: Vec<RecordKey> = (0..count).map(|_| RecordKey(random())).collect();
    each(TASKS, |task| {
        let (store, keys) = (Arc::clone(store), keys.clone());
        async move {
            for key in keys.iter().skip(task).step_by(TASKS) {
                store.commit(*key, Expected::New, vec![Change::PutHead(Box::new(head()))], vec![leaf()]).await.unwrap();
            }
        }
    })
    .await;
    keys
}

async fn leaves(store: &Store, keys: &[RecordKey]) {
    for tasks in [1, TASKS] {
        let times = repeat(store, keys, tasks, |store, key| async move {
            store.commit(key, Expected::LeavesOnly, Vec::new(), vec![leaf()]).await.unwrap();
        });
        tell(&format!("leaves only, {tasks} tasks"), times.await);
    }
}

async fn publishes(store: &Store, keys: &[RecordKey], size: usize, noise: bool) {
    let mut bytes = b"<component><section><text>Compte rendu de consultation</text></section></component>".repeat(1 + size / 80);
    bytes.truncate(size);
    if noise {
        aws_lc_rs::rand::fill(&mut bytes).unwrap();
    }
    let bytes = Bytes::from(bytes);
    let kind = if noise { "that does not shrink" } else { "of text" };
    for tasks in [1, TASKS] {
        let bytes = bytes.clone();
        let times = repeat(store, keys, tasks, move |store, key| {
            let bytes = bytes.clone();
            async move {
                let version = store.load(key).await.unwrap().unwrap().version;
                let entry = entry(&bytes);
                let changes = vec![Change::PutContent { address: entry.content.address, bytes }, Change::PutEntry(Box::new(entry))];
                store.commit(key, Expected::Version(version), changes, vec![leaf()]).await.unwrap();
            }
        });
        tell(&format!("publish {} KB {kind}, {tasks} tasks", size / 1000), times.await);
    }
}

async fn loads(store: &Store, key: RecordKey) {
    let started = Instant::now();
    for _ in 0..10_000 {
        store.load(key).await.unwrap();
    }
    println!("load a cached record: {:.2} µs", started.elapsed().as_secs_f64() * 100.0);
    let base = "2990675999999";
    let check = 97 - base.parse::<u64>().unwrap() % 97;
    let ins = Ins::parse("1.2.250.1.213.1.4.10", &format!("{base}{check:02}")).ok();
    if let Some(ins) = ins {
        let started = Instant::now();
        for _ in 0..2_000 {
            store.identify(&ins).await.unwrap();
        }
        println!("single-row read on a read connection: {:.1} µs", started.elapsed().as_secs_f64() * 500.0);
    }
}

async fn large_record(store: &Store) {
    let key = RecordKey(random());
    store.commit(key, Expected::New, vec![Change::PutHead(Box::new(head()))], Vec::new()).await.unwrap();
    let entries = (0..2_000).map(|_| Change::PutEntry(Box::new(entry(b"")))).collect();
    store.commit(key, Expected::Version(1), entries, Vec::new()).await.unwrap();
    let started = Instant::now();
    for version in 2..52 {
        store.commit(key, Expected::Version(version), vec![Change::PutEntry(Box::new(entry(b"")))], vec![leaf()]).await.unwrap();
    }
    println!("publish into a record of 2,000 entries: {:?}", started.elapsed() / 50);
    let record = store.load(key).await.unwrap().unwrap();
    let started = Instant::now();
    let clones: Vec<_> = (0..20).map(|_| (*record).clone()).collect();
    println!("  of which the clone of the record: {:?}", started.elapsed() / 20);
    drop(clones);
}

/// Runs tasks side by side to their end.
async fn each<F: Future<Output = ()> + Send + 'static>(tasks: usize, work: impl Fn(usize) -> F) {
    let handles: Vec<_> = (0..tasks).map(|task| tokio::spawn(work(task))).collect();
    for handle in handles {
        handle.await.unwrap();
    }
}

/// Repeats an act for the length of a round; gives how long each took. Each task keeps to its own records.
async fn repeat<F, W>(store: &Store, keys: &[RecordKey], tasks: usize, work: W) -> Vec<Duration>
where
    F: Future<Output = ()> + Send,
    W: Fn(Store, RecordKey) -> F + Clone + Send + Sync + 'static,
{
    let started = Instant::now();
    let handles: Vec<_> = (0..tasks)
        .map(|task| {
            let (store, work, mine) = (Arc::clone(store), work.clone(), keys.iter().skip(task).step_by(tasks).copied().collect::<Vec<_>>());
            tokio::spawn(async move {
                let mut times = Vec::new();
                for key in mine.iter().cycle() {
                    if started.elapsed() > ROUND {
                        break;
                    }
                    let began = Instant::now();
                    work(Arc::clone(&store), *key).await;
                    times.push(began.elapsed());
                }
                times
            })
        })
        .collect();
    let mut times = Vec::new();
    for handle in handles {
        times.extend(handle.await.unwrap());
    }
    times.sort_unstable();
    times
}

fn tell(what: &str, times: Vec<Duration>) {
    let rate = times.len() as f64 / ROUND.as_secs_f64();
    println!("{what}: {rate:.0}/s, p50 {:?}, p99 {:?}", times[times.len() / 2], times[times.len() * 99 / 100]);
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).unwrap();
    bytes
}

fn leaf() -> Leaf {
    Leaf {
        at: NOW,
        chain: Chain::Main,
        caller: LeafCaller {
            account: "ps:810001234567".to_owned(),
            kind: CallerKind::Professional,
            name: "Dr Anne EXEMPLE".to_owned(),
            profession: Some("G15/10".to_owned()),
            structure: Some("Cabinet de la gare".to_owned()),
            software: Some("Logiciel 1.0".to_owned()),
            app: None,
        },
        act: Act::Consult,
        mode: "normal".to_owned(),
        words: None,
        outcome: Outcome::Done,
        object: None,
        count: Some(3),
        rules: vec!["authorised_professional".to_owned(), "matrix".to_owned()],
        about: None,
    }
}

fn entry(bytes: &[u8]) -> DocumentEntry {
    let code = || Code::new("SA07", "1.2.250.1.71.4.2.4", "Cabinet individuel");
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    let name = PersonName::new("Anne", "EXEMPLE");
    let author = Author {
        kind: AuthorKind::Professional,
        id: Some("810001234567".to_owned()),
        name: name.clone(),
        institution: None,
        role: Some("Médecin".to_owned()),
        specialty: Some(code()),
    };
    let id = random();
    DocumentEntry {
        id: EntryId(id),
        version: 1,
        unique_id: EntryId(id).to_urn_uuid(),
        status: AvailabilityStatus::deposited(),
        visibility: Visibility::default(),
        announced_at: None,
        type_code: TypeCode::parse("11488-4").expect("a type of the record"),
        title: "Compte rendu de consultation du 12 juin".to_owned(),
        mime_type: "text/xml".to_owned(),
        language: "fr-FR".to_owned(),
        format: code(),
        facility_type: code(),
        practice_setting: code(),
        event_codes: vec![code()],
        comments: None,
        created_at: NOW,
        service_start: NOW,
        service_stop: None,
        submitted_at: NOW,
        updated_at: NOW,
        authors: vec![author.clone()],
        legal_authenticator: Some(author),
        custodian: None,
        source_patient: SourcePatient { id: "123^^^&1.2.250&ISO^PI".to_owned(), name, gender: "F".to_owned(), birth_date: "19700612".to_owned() },
        references: Vec::new(),
        replaces: None,
        deposited_by: "ps:810001234567".to_owned(),
        content: ContentRef {
            address: BlobAddress(random()),
            home: None,
            size: bytes.len() as u64,
            sha1: [0; 20],
            sha256: digest.as_ref().try_into().unwrap(),
        },
    }
}

fn head() -> Head {
    let base = "2700675123456";
    let key = 97 - base.parse::<u64>().unwrap() % 97;
    Head {
        ins: Ins::parse("1.2.250.1.213.1.4.10", &format!("{base}{key:02}")).expect("a test INS"),
        traits: IdentityTraits {
            birth_name: PersonName::new("Claire", "EXEMPLE"),
            used_name: None,
            birth_date: BirthDate { year: 1970, month: 6, day: 12 },
            sex: Sex::Female,
            birth_place: "75056".to_owned(),
        },
        status: RecordStatus::Open,
        creation: Creation {
            at: NOW,
            channel: Channel::Online,
            evidence: ConsentEvidence::Electronic,
            recorded_by: "person:1".to_owned(),
            recorded_by_kind: CreatorKind::Patient,
            structure: None,
            scheme: None,
            caisse: None,
            department: Some("75".to_owned()),
            reason: None,
            receipt: "1".to_owned(),
        },
        reactivated_at: Vec::new(),
        past_closures: Vec::new(),
        contact: None,
        emergency: EmergencyChoices::default(),
        team_consent_at: None,
        occupational_consent_at: None,
        all_masked: false,
        authorisations: Vec::new(),
        episodes: Vec::new(),
        representatives: Vec::new(),
        notices: Vec::new(),
        notices_seen_at: None,
        notice_settings: Default::default(),
        merged: Vec::new(),
        identity_proposal: None,
        past_ins: Vec::new(),
        shares: Vec::new(),
        apps: Vec::new(),
        corrections: Vec::new(),
        reports: Vec::new(),
    }
}

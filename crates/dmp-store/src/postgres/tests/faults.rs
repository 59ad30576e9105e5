//! What is lost and what is doubled when the server restarts or the wire is cut: nothing that was acknowledged, and nothing.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use dmp_core::audit::Chain;
use dmp_core::ids::RecordKey;
use dmp_testkit::services::{Cut, Stop, Wire};

use super::super::PostgresStore;
use super::{Place, own_server, server};
use crate::contract::{created, sample};
use crate::{Change, Expected, OperatedStore, RecordStore, StoreError};

/// What a client sends to commit, and nothing else: a transaction begins as READ COMMITTED.
const AT_COMMIT: &[u8] = b"COMMIT\0";

/// How often each leaf with a mark of its own stands in a chain.
async fn marks(store: &PostgresStore, key: RecordKey, chain: Chain) -> BTreeMap<String, u32> {
    let mut marks = BTreeMap::new();
    let mut before = None;
    loop {
        let page = store.journal(key, chain, before, 1_000).await.unwrap();
        let Some(last) = page.last() else { return marks };
        before = Some(last.sequence);
        for kept in page {
            *marks.entry(kept.leaf.mode).or_default() += 1;
        }
    }
}

/// The text of a sample leaf that bears a mark.
fn mode_of(mark: &str) -> String {
    sample::leaf(mark, Chain::Main, "a").mode
}

/// What clients share.
#[derive(Debug, Default)]
struct Run {
    stop: AtomicBool,
    /// Acknowledged by all of them together.
    done: AtomicUsize,
}

impl Run {
    /// Waits until clients got more done, for a while at most: a busy machine takes its time.
    async fn more(&self, count: usize) {
        let wanted = self.done.load(Ordering::SeqCst) + count;
        for _ in 0..600 {
            if self.done.load(Ordering::SeqCst) >= wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// One client: publishes into a record of its own and reads, until it is told to stop. Gives what was acknowledged: the marks of its leaves, with the
/// unique identifier where a document came with it.
async fn client(store: Arc<PostgresStore>, key: RecordKey, number: usize, run: Arc<Run>) -> Vec<(String, Option<String>)> {
    let mut acknowledged = Vec::new();
    let mut count = 0;
    while !run.stop.load(Ordering::SeqCst) {
        count += 1;
        let mark = format!("c{number}-{count}");
        let leaves = vec![sample::leaf(&mark, Chain::Main, &format!("ps:{number}"))];
        let done = if count % 2 == 0 {
            store.commit(key, Expected::LeavesOnly, Vec::new(), leaves).await.map(|_| None)
        } else {
            let Ok(Some(record)) = store.load(key).await else { continue };
            if record.entries.len() >= 45 {
                continue;
            }
            let unique_id = format!("urn:oid:9.{number}.{count}");
            let entry = sample::entry(&mark, &unique_id, b"bytes");
            let changes = sample::publish(&entry, b"bytes");
            store.commit(key, Expected::Version(record.version), changes, leaves).await.map(|_| Some(unique_id))
        };
        match done {
            Ok(unique_id) => {
                acknowledged.push((mode_of(&mark), unique_id));
                run.done.fetch_add(1, Ordering::SeqCst);
            }
            // Not acknowledged: there or not, but whole.
            Err(StoreError::Unavailable { .. } | StoreError::Busy | StoreError::Stale | StoreError::UniqueIdTaken) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    acknowledged
}

/// Runs clients while something happens to the server, then looks at what is there.
async fn run(place: &Place, mishap: impl AsyncFnOnce()) {
    const CLIENTS: usize = 6;
    let shared = Arc::new(Run::default());
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        // Two clients share each record, so that they stand in each other's way.
        let key = if number % 2 == 0 { created(&**place.postgres(), 300 + u32::try_from(number).unwrap(), "m").await } else { clients_key(&clients) };
        let task = tokio::spawn(client(Arc::clone(place.postgres()), key, number, Arc::clone(&shared)));
        clients.push((key, task));
    }
    shared.more(2 * CLIENTS).await;
    mishap().await;
    shared.more(2 * CLIENTS).await;
    shared.stop.store(true, Ordering::SeqCst);
    let mut total = 0;
    // Seen by a process that was not there.
    let witness = PostgresStore::open(place.straight().options()).await.unwrap();
    // All have ended before anything is read: two write into each record, and a look between them would see half of the other.
    let mut ended = Vec::new();
    for (key, task) in clients {
        ended.push((key, task.await.unwrap()));
    }
    for (key, acknowledged) in ended {
        total += acknowledged.len();
        let (found, record) = (marks(&witness, key, Chain::Main).await, witness.load(key).await.unwrap().unwrap());
        for (mark, unique_id) in &acknowledged {
            assert_eq!(found.get(mark), Some(&1), "{mark} was acknowledged");
            if let Some(unique_id) = unique_id {
                assert_eq!(record.entries.iter().filter(|entry| entry.unique_id == *unique_id).count(), 1, "{unique_id} was acknowledged");
            }
        }
        assert!(found.values().all(|count| *count == 1), "a leaf stands twice");
        for entry in &record.entries {
            let mark = entry.title.strip_suffix("-title").unwrap();
            assert_eq!(found.get(&mode_of(mark)), Some(&1), "a document without its leaf");
            assert_eq!(witness.locate(&entry.unique_id).await.unwrap(), Some(key));
        }
        assert_eq!(record.version, 1 + u64::try_from(record.entries.len()).unwrap(), "one version for each document");
    }
    assert!(total > CLIENTS, "the clients got something done: {total}");
    assert_eq!(witness.verify_chains(&mut |_| ()).await.unwrap().broken, []);
    assert_eq!(witness.integrity().await.unwrap(), Vec::<String>::new());
}

fn clients_key<T>(clients: &[(RecordKey, T)]) -> RecordKey {
    clients.last().unwrap().0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_of_the_server_loses_and_doubles_nothing() {
    let Some(server) = own_server("restarts") else { return };
    for how in [Stop::Fast, Stop::Immediate] {
        let place = Place::new(server).await;
        run(&place, async || {
            for _ in 0..3 {
                tokio::task::block_in_place(|| {
                    server.stop(how);
                    server.restart();
                });
                tokio::time::sleep(Duration::from_millis(400)).await;
            }
        })
        .await;
    }
    server.stop(Stop::Fast);
}

#[tokio::test]
async fn a_server_that_stays_away_is_told_and_used_again_when_it_is_back() {
    let Some(server) = own_server("an absent server") else { return };
    let place = Place::new(server).await;
    let store = place.postgres();
    let key = created(&**store, 310, "m").await;
    server.stop(Stop::Immediate);
    let leaf = || vec![sample::leaf("m", Chain::Main, "a")];
    assert!(matches!(store.load(key).await, Err(StoreError::Unavailable { .. })));
    assert!(matches!(store.commit(key, Expected::LeavesOnly, Vec::new(), leaf()).await, Err(StoreError::Unavailable { .. })));
    assert!(matches!(store.ready().await, Err(StoreError::Unavailable { .. })));
    server.restart();
    store.ready().await.unwrap();
    assert_eq!(store.commit(key, Expected::LeavesOnly, Vec::new(), leaf()).await.unwrap().sequences, [1]);
    assert_eq!(store.load(key).await.unwrap().unwrap().version, 1);
    server.stop(Stop::Fast);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_wires_lose_and_double_nothing() {
    let Some(server) = server("cut wires") else { return };
    let wire = Wire::to(server.port());
    let mut place = Place::unopened(server);
    place.port = Some(wire.port());
    place.open().await;
    run(&place, async || {
        for _ in 0..40 {
            wire.cut();
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    })
    .await;
}

/// The five kinds of acts that write, each cut at its COMMIT: on the way there or on the way back.
#[tokio::test]
async fn an_act_that_is_cut_at_its_commit_is_done_once() {
    let Some(server) = server("a cut COMMIT") else { return };
    let wire = Wire::to(server.port());
    let mut place = Place::unopened(server);
    place.port = Some(wire.port());
    place.open().await;
    let store = place.postgres();
    let mut number = 320;
    for cut in [Cut::Before, Cut::After] {
        number += 1;
        let (key, account) = (sample::key(), format!("ps:{number}"));
        let leaf = || vec![sample::leaf("m", Chain::Main, &account), sample::leaf("m", Chain::Secret, &account)];
        let cuts = wire.cuts();
        let next = || wire.cut_at(AT_COMMIT, cut);
        next();
        let head = vec![Change::PutHead(Box::new(sample::head(sample::ins(number), "m")))];
        assert_eq!(store.commit(key, Expected::New, head, leaf()).await.unwrap().sequences, [1, 1], "{cut:?} creation");
        next();
        let entry = sample::entry("m", &format!("urn:oid:8.{number}"), b"bytes");
        let receipt = store.commit(key, Expected::Version(1), sample::publish(&entry, b"bytes"), leaf()).await.unwrap();
        assert_eq!((receipt.version, receipt.sequences.as_slice()), (2, [2, 2].as_slice()), "{cut:?} changes with leaves");
        next();
        let folder = vec![Change::PutFolder(Box::new(sample::folder("m", Vec::new())))];
        assert_eq!(store.commit(key, Expected::Version(2), folder, Vec::new()).await.unwrap().version, 3, "{cut:?} changes without leaves");
        next();
        assert_eq!(store.commit(key, Expected::LeavesOnly, Vec::new(), leaf()).await.unwrap().sequences, [3, 3], "{cut:?} leaves alone");
        next();
        assert_eq!(store.commit(key, Expected::Version(3), Vec::new(), leaf()).await.unwrap().sequences, [4, 4], "{cut:?} a checked version");
        next();
        assert_eq!(store.append_account_leaf(&account, sample::leaf("m", Chain::Main, &account)).await.unwrap(), 1, "{cut:?} account");
        next();
        assert_eq!(store.append_account_leaf(&account, sample::leaf("m", Chain::Main, &account)).await.unwrap(), 2, "{cut:?} account again");
        assert_eq!(wire.cuts(), cuts + 7, "each of them was cut");
        let record = store.load(key).await.unwrap().unwrap();
        assert_eq!((record.version, record.entries.len(), record.folders.len()), (3, 1, 1));
        assert_eq!(store.journal(key, Chain::Secret, None, 10).await.unwrap().len(), 4);
    }
    assert_eq!(store.verify_chains(&mut |_| ()).await.unwrap().broken, []);
}

/// The wire is cut while the server still works on the transaction: looking at once would find nothing, and the act would be done twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_that_goes_on_after_its_wire_was_cut_is_waited_for() {
    let Some(server) = server("a slow COMMIT") else { return };
    let wire = Wire::to(server.port());
    let mut place = Place::unopened(server);
    place.port = Some(wire.port());
    place.open().await;
    let key = created(&**place.postgres(), 330, "m").await;
    let (client, connection) = tokio_postgres::connect(&server.url(&place.database), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    for round in 0..2_u64 {
        // Nobody can insert a leaf for a while: the server holds the commit that it was sent.
        client.batch_execute("BEGIN; LOCK TABLE dmp.leaf IN SHARE MODE").await.unwrap();
        wire.cut_at(AT_COMMIT, Cut::After);
        let store = Arc::clone(place.postgres());
        let commit = tokio::spawn(async move {
            let leaves = vec![sample::leaf("m", Chain::Main, "a")];
            if round == 0 {
                store.commit(key, Expected::LeavesOnly, Vec::new(), leaves).await
            } else {
                store.commit(key, Expected::Version(1), vec![Change::PutFolder(Box::new(sample::folder("m", Vec::new())))], leaves).await
            }
        });
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert!(!commit.is_finished(), "nobody may answer before the server has");
        client.batch_execute("COMMIT").await.unwrap();
        assert_eq!(commit.await.unwrap().unwrap().sequences, [1 + round]);
        assert_eq!(place.postgres().journal(key, Chain::Main, None, 10).await.unwrap().len(), usize::try_from(1 + round).unwrap());
    }
    assert_eq!(wire.cuts(), 2);
    assert_eq!(place.postgres().load(key).await.unwrap().unwrap().version, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_is_given_up_leaves_no_transaction_open() {
    let Some(server) = server("given up") else { return };
    let place = Place::new(server).await;
    let store = place.postgres();
    let key = created(&**store, 340, "m").await;
    let open = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    for micros in (0..30).map(|step| step * 300) {
        let leaves = vec![sample::leaf("m", Chain::Main, "a")];
        let _ = tokio::time::timeout(Duration::from_micros(micros), store.commit(key, Expected::LeavesOnly, Vec::new(), leaves)).await;
        // The connection is closed, which the server notices a little later.
        let mut looks = 0;
        while place.sql(open) != "0" {
            looks += 1;
            assert!(looks < 40, "a transaction stayed open after {micros} µs");
        }
    }
    // A transaction that stayed open would hold the chain, and this would wait for it in vain.
    store.commit(key, Expected::LeavesOnly, Vec::new(), vec![sample::leaf("last", Chain::Main, "a")]).await.unwrap();
    assert_eq!(store.verify_chains(&mut |_| ()).await.unwrap().broken, []);
}

/// Somebody holds a record for long while a crowd wants to read it: whoever wants another record does not wait behind them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_at_one_record_leaves_connections_for_the_others() {
    let Some(server) = server("a crowd") else { return };
    let place = Place::new(server).await;
    let (crowded, other) = (created(&**place.postgres(), 350, "m").await, created(&**place.postgres(), 351, "m").await);
    let (client, connection) = tokio_postgres::connect(&server.url(&place.database), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let chain = super::hex(&place.postgres().keys.ring.derived.record_chain(crowded, Chain::Main));
    client.batch_execute(&format!("BEGIN; UPDATE dmp.chain SET sequence = sequence WHERE chain_id = {chain}")).await.unwrap();
    let crowd: Vec<_> = (0..64)
        .map(|_| {
            let store = Arc::clone(place.postgres());
            tokio::spawn(async move { store.commit(crowded, Expected::LeavesOnly, Vec::new(), vec![sample::leaf("m", Chain::Main, "a")]).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let began = std::time::Instant::now();
    place.postgres().commit(other, Expected::LeavesOnly, Vec::new(), vec![sample::leaf("m", Chain::Main, "a")]).await.unwrap();
    place.postgres().load(other).await.unwrap().unwrap();
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    client.batch_execute("COMMIT").await.unwrap();
    for one in crowd {
        one.await.unwrap().unwrap();
    }
    assert_eq!(place.postgres().journal(crowded, Chain::Main, None, 100).await.unwrap().len(), 64);
}

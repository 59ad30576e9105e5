//! Statistics: what commits leave is counted once, whoever counts it and however often; the ledger takes each line once, and a closed month none.

use dmp_core::Moment;
use dmp_core::audit::Chain;
use dmp_core::record::{Channel, Head};
use dmp_core::remuneration::Tariffs;
use dmp_core::statistics::{DeedKind, Gauge, Mark, Month, Role, Settlement, names, settlement};

use super::{Harness, sample};
use crate::{Change, DeedRow, Expected, LedgerMonth, OperatedStore, RecordStore, StatisticsStore};

/// Opened by a pharmacist on 10 December 2018.
fn pharmacy(number: u32) -> Head {
    let mut head = sample::head(sample::ins(number), "m");
    head.creation.channel = Channel::Pharmacy;
    head.creation.at = Moment::parse_fhir("2018-12-10T09:00:00Z").unwrap();
    head.creation.department = Some("75".to_owned());
    head.creation.caisse = None;
    head
}

async fn opened(store: &dyn RecordStore, number: u32) {
    store.commit(sample::key(), Expected::New, vec![Change::PutHead(Box::new(pharmacy(number)))], Vec::new()).await.unwrap();
}

fn counted(rows: &[DeedRow]) -> Settlement {
    settlement(rows.iter().flat_map(|row| row.deeds.iter().map(move |deed| (row.key, deed))), &Tariffs::default())
}

/// Counts whatever waits, as a worker does.
pub async fn count_all(store: &dyn OperatedStore) {
    loop {
        let rows = store.deeds(100).await.unwrap();
        if rows.is_empty() {
            return;
        }
        assert!(store.settle(&rows, &counted(&rows)).await.unwrap());
    }
}

/// Lines of the ledger, in every month.
pub async fn paid(store: &dyn OperatedStore) -> i64 {
    let mut lines = 0;
    for month in store.ledger_months().await.unwrap().into_keys() {
        lines += store.ledger(month).await.unwrap().len();
    }
    i64::try_from(lines).unwrap()
}

pub async fn opened_by_pharmacists(store: &dyn OperatedStore) -> i64 {
    let sums = store.sums().await.unwrap().by_channel.into_iter();
    sums.filter(|(name, _, channel, _)| name == names::OPENED && *channel == Some(Channel::Pharmacy)).map(|(.., count)| count).sum()
}

/// What all cells of a name come to.
pub async fn count<S: StatisticsStore + ?Sized>(store: &S, name: &str) -> i64 {
    store.sums().await.unwrap().by_channel.iter().filter(|(of, ..)| of == name).map(|(.., count)| *count).sum()
}

pub async fn what_commits_do_is_counted_once(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    opened(&*store, 170).await;
    opened(&*store, 171).await;
    let rows = store.deeds(10).await.unwrap();
    assert_eq!((rows.len(), store.deeds_waiting().await.unwrap()), (2, 2));
    assert!(matches!(rows[0].deeds[0].kind, DeedKind::Opened { .. }));
    assert!(rows[0].deeds.iter().any(|deed| deed.kind == DeedKind::Moved { gauge: Gauge::Open, by: 1 }));
    drop(store);
    harness.reopen().await;
    let store = harness.store();
    assert!(store.settle(&rows[..1], &counted(&rows[..1])).await.unwrap());
    assert!(!store.settle(&rows, &counted(&rows)).await.unwrap(), "one of the two was counted already");
    assert_eq!((count(&*store, names::OPENED).await, store.deeds_waiting().await.unwrap()), (1, 1), "the other one was not touched");
    assert!(store.settle(&rows[1..], &counted(&rows[1..])).await.unwrap());
    let sums = store.sums().await.unwrap();
    let day = dmp_core::statistics::day_of("2018-12-10").unwrap();
    assert!(sums.by_channel.contains(&(names::OPENED.to_owned(), day, Some(Channel::Pharmacy), 2)));
    assert!(sums.by_department.contains(&(names::OPENED.to_owned(), day, "75".to_owned(), 2)));
    assert!(sums.by_caisse.is_empty());
}

pub async fn of_many_workers_one_counts_each_row(harness: Box<dyn Harness>) {
    let store = harness.store();
    for number in 180..188 {
        opened(&*store, number).await;
    }
    let rows = store.deeds(10).await.unwrap();
    let mut workers = tokio::task::JoinSet::new();
    // Each worker takes another part, in another order: parts overlap.
    for worker in 0..8_usize {
        let (store, mut rows) = (harness.store(), rows.clone());
        rows.rotate_left(worker);
        rows.truncate(3);
        workers.spawn(async move { store.settle(&rows, &counted(&rows)).await.unwrap() });
    }
    let won = workers.join_all().await.into_iter().filter(|done| *done).count();
    let left = store.deeds(10).await.unwrap();
    assert!((1..=2).contains(&won), "{won} of eight parts that overlap");
    assert_eq!(left.len(), 8 - 3 * won);
    assert!(store.settle(&left, &counted(&left)).await.unwrap());
    assert_eq!(count(&*store, names::OPENED).await, 8);
    assert_eq!(store.ledger(Month::parse("2018-12").unwrap()).await.unwrap().len(), 8);
}

pub async fn a_professional_who_reads_counts_once_a_month(harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = sample::key();
    store.commit(key, Expected::New, vec![Change::PutHead(Box::new(pharmacy(190)))], Vec::new()).await.unwrap();
    for account in ["ps:8100", "ps:8100", "ps:8200"] {
        store.commit(key, Expected::LeavesOnly, Vec::new(), vec![sample::leaf("m", Chain::Main, account)]).await.unwrap();
    }
    // Counted in two goes: the second meets a mark of the first.
    for limit in [2, 10] {
        let rows = store.deeds(limit).await.unwrap();
        assert!(store.settle(&rows, &counted(&rows)).await.unwrap());
    }
    assert_eq!((count(&*store, names::CONSULTED).await, count(&*store, names::READERS).await), (3, 2));
}

pub async fn old_marks_are_swept_and_young_ones_still_count_once(harness: Box<dyn Harness>) {
    let store = harness.store();
    let mark = |month: &str| Mark { month: Month::parse(month).unwrap(), role: Role::Reader, account: "ps:8300".to_owned() };
    let both = Settlement { marks: [mark("2015-11"), mark("2018-11")].into(), ..Settlement::default() };
    assert!(store.settle(&[], &both).await.unwrap());
    assert_eq!(store.sweep_marks(Month::parse("2015-12").unwrap()).await.unwrap(), 1);
    assert_eq!(store.sweep_marks(Month::parse("2015-12").unwrap()).await.unwrap(), 0);
    assert!(store.settle(&[], &Settlement { marks: [mark("2018-11")].into(), ..Settlement::default() }).await.unwrap());
    let cells = store.cells().await.unwrap();
    assert_eq!(cells.iter().filter(|(cell, _)| cell.name == names::READERS).map(|(_, count)| *count).collect::<Vec<_>>(), [1, 1]);
    assert!(cells.contains(&(mark("2018-11").cell(), 1)));
}

pub async fn a_line_is_written_once_and_not_into_a_closed_month(harness: Box<dyn Harness>) {
    let store = harness.store();
    let december = Month::parse("2018-12").unwrap();
    opened(&*store, 195).await;
    let rows = store.deeds(10).await.unwrap();
    let settled = counted(&rows);
    assert!(store.settle(&rows, &settled).await.unwrap());
    // The same thing delivered a second time, by a row of its own.
    assert!(store.settle(&[], &Settlement { lines: settled.lines.clone(), ..Settlement::default() }).await.unwrap());
    let lines = store.ledger(december).await.unwrap();
    assert_eq!((lines.len(), lines[0].cents, lines[0].payee.structure.is_some()), (1, 100, true));
    let month = |lines, closed| LedgerMonth { lines, cents: 100, digest: [7; 32], proposed_by: "A".to_owned(), proposed_at: sample::NOW, closed };
    assert!(!store.put_ledger_month(december, &month(2, None)).await.unwrap(), "it has one line");
    assert!(store.put_ledger_month(december, &month(1, None)).await.unwrap());
    assert!(store.put_ledger_month(december, &month(1, Some(("B".to_owned(), sample::NOW)))).await.unwrap());
    assert!(!store.put_ledger_month(december, &month(1, None)).await.unwrap(), "closed is closed");
    opened(&*store, 196).await;
    let rows = store.deeds(10).await.unwrap();
    assert!(store.settle(&rows, &counted(&rows)).await.unwrap());
    assert_eq!((store.ledger(december).await.unwrap().len(), store.ledger(december.next()).await.unwrap().len()), (1, 1));
    let months = store.ledger_months().await.unwrap();
    assert_eq!(months.len(), 2);
    assert_eq!(months[&december].as_ref().unwrap().closed, Some(("B".to_owned(), sample::NOW)));
    assert_eq!(months[&december.next()], None);
}

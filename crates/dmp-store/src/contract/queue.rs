//! The queue of notices: nothing is lost, nobody else's is taken, what cannot be delivered is kept.

use dmp_core::Moment;
use dmp_core::audit::Leaf;
use dmp_core::record::{Closure, ClosureReason, Delivery, Language, Notice, NoticeKind, Recipient, RecordStep, Suspension, Way};

use super::{Harness, created, sample};
use crate::{Change, Expected, OperatedStore, OutboxRow, QueueCounts, RecordClock, Slot};

const NOW: Moment = Moment::from_seconds(1_800_000_000);

fn delivery(to: &str, due: Moment) -> Delivery {
    let way = if to.is_empty() { Way::Letter { name: "Somebody".to_owned(), address: None } } else { Way::Mail(to.to_owned()) };
    Delivery { kind: NoticeKind::BreakGlass, at: NOW, to: Recipient::Person, way, language: Language::French, due, in_digest: false }
}

fn counts(outbox: u64, mails: u64, letters: u64, dead: u64) -> QueueCounts {
    QueueCounts { outbox, mails, letters, dead }
}

/// A record whose creation left one row, and that row.
async fn one(store: &dyn OperatedStore, number: u32) -> OutboxRow {
    created(store, number, "m").await;
    store.outbox(100).await.unwrap().pop().unwrap()
}

pub async fn a_commit_leaves_its_notices_and_a_relay_takes_them_once(mut harness: Box<dyn Harness>) {
    let store = harness.queue();
    let key = created(&*store, 60, "m").await;
    let mut head = store.load(key).await.unwrap().unwrap().head.clone();
    let notice = Notice { kind: NoticeKind::BreakGlass, at: NOW, by: "somebody".to_owned(), read: false, secret: true };
    head.notices.push(notice.clone());
    store.commit(key, Expected::Version(1), vec![Change::PutHead(Box::new(head))], Vec::new()).await.unwrap();
    drop(store);
    harness.reopen().await;
    let store = harness.queue();
    let rows = store.outbox(100).await.unwrap();
    assert_eq!(rows.iter().map(|row| (row.key, row.version, row.notices.len())).collect::<Vec<_>>(), [(key, 1, 1), (key, 2, 1)]);
    assert_eq!(rows[1].notices, [notice]);
    assert_eq!(store.outbox(1).await.unwrap().len(), 1, "at most as many as were asked for");
    let told = [delivery("a@post.example", NOW), delivery("", NOW)];
    assert!(store.relay(&rows[1], &told, None).await.unwrap());
    assert!(!store.relay(&rows[1], &told, None).await.unwrap(), "another worker was faster");
    assert_eq!(store.queue_counts().await.unwrap(), counts(1, 1, 1, 0));
    assert_eq!(store.outbox(100).await.unwrap(), rows[..1]);
}

pub async fn a_claim_is_one_workers_until_its_lease_ends(mut harness: Box<dyn Harness>) {
    let store = harness.queue();
    let row = one(&*store, 61).await;
    let late = NOW.plus_seconds(60);
    store.relay(&row, &[delivery("b@post.example", late), delivery("a@post.example", NOW)], None).await.unwrap();
    let claimed = store.claim_deliveries(Slot::Mail, NOW, NOW.plus_seconds(10), 100).await.unwrap();
    assert_eq!(claimed.iter().map(|one| &one.delivery.way).collect::<Vec<_>>(), [&Way::Mail("a@post.example".to_owned())]);
    assert!(store.claim_deliveries(Slot::Mail, NOW.plus_seconds(9), late, 100).await.unwrap().is_empty());
    drop(store);
    harness.reopen().await;
    let store = harness.queue();
    let again = store.claim_deliveries(Slot::Mail, NOW.plus_seconds(10), NOW.plus_seconds(20), 100).await.unwrap();
    assert_eq!((again[0].id, again[0].tries), (claimed[0].id, 0), "the same delivery under the same id");
    store.not_delivered(&claimed[0], None).await.unwrap();
    assert_eq!(store.queue_counts().await.unwrap(), counts(0, 2, 0, 0), "whose lease is over has no say");
    let both = store.claim_deliveries(Slot::Mail, late, late.plus_seconds(10), 100).await.unwrap();
    assert_eq!(both.len(), 2);
    store.delivered(&both[0]).await.unwrap();
    store.delivered(&both[0]).await.unwrap();
    assert_eq!(store.queue_counts().await.unwrap(), counts(0, 1, 0, 0));
}

pub async fn one_of_many_workers_has_each_delivery(harness: Box<dyn Harness>) {
    let store = harness.queue();
    let row = one(&*store, 62).await;
    let told: Vec<Delivery> = (0..40).map(|number| delivery(&format!("{number}@post.example"), NOW)).collect();
    store.relay(&row, &told, None).await.unwrap();
    let mut workers = tokio::task::JoinSet::new();
    for number in 0..8 {
        let store = harness.queue();
        workers.spawn(async move { store.claim_deliveries(Slot::Mail, NOW, NOW.plus_seconds(10 + number), 7).await.unwrap() });
    }
    let mut ids: Vec<_> = workers.join_all().await.into_iter().flatten().map(|one| one.id).collect();
    ids.extend(store.claim_deliveries(Slot::Mail, NOW, NOW.plus_seconds(30), 100).await.unwrap().into_iter().map(|one| one.id));
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((count, ids.len()), (40, 40));
}

pub async fn what_is_put_off_comes_again_and_what_is_given_up_is_kept(harness: Box<dyn Harness>) {
    let store = harness.queue();
    let row = one(&*store, 63).await;
    store.relay(&row, &[delivery("a@post.example", NOW)], None).await.unwrap();
    let claim = async |now: Moment| store.claim_deliveries(Slot::Mail, now, now.plus_seconds(10), 100).await.unwrap();
    let first = claim(NOW).await;
    store.not_delivered(&first[0], Some(NOW.plus_seconds(30))).await.unwrap();
    assert!(claim(NOW.plus_seconds(29)).await.is_empty());
    let second = claim(NOW.plus_seconds(30)).await;
    assert_eq!((second[0].id, second[0].tries), (first[0].id, 1));
    store.not_delivered(&second[0], None).await.unwrap();
    assert!(claim(NOW.plus_days(30)).await.is_empty());
    assert_eq!(store.queue_counts().await.unwrap(), counts(0, 0, 0, 1));
    assert_eq!(store.revive_dead(NOW.plus_days(30)).await.unwrap(), 1);
    assert_eq!(claim(NOW.plus_days(30)).await[0].tries, 0);
}

pub async fn a_clock_is_told_once_and_only_forwards(harness: Box<dyn Harness>) {
    let store = harness.queue();
    let row = one(&*store, 64).await;
    let clock = |due: Option<i64>, told: i64, version| RecordClock { due: due.map(|days| NOW.plus_days(days)), told: NOW.plus_days(told), version };
    store.relay(&row, &[], Some(clock(Some(14), 0, 5))).await.unwrap();
    let key = row.key;
    assert!(store.due_clocks(NOW.plus_days(14), 10).await.unwrap().is_empty(), "due at the end of the hour");
    let hour = NOW.plus_days(14).plus_seconds(3_601);
    let due = store.due_clocks(hour, 10).await.unwrap();
    assert_eq!((due.len(), due[0].0, due[0].1.told), (1, key, NOW));
    assert_eq!(due[0].1.due.unwrap().as_seconds() % 3_600, 0, "nothing finer than an hour stands in clear");
    let before = due[0].1;
    assert!(store.tell_clock(key, before, clock(Some(30), 15, 5), &[delivery("a@post.example", NOW)]).await.unwrap());
    assert!(!store.tell_clock(key, before, clock(Some(30), 15, 5), &[delivery("a@post.example", NOW)]).await.unwrap());
    assert_eq!(store.queue_counts().await.unwrap().mails, 1);
    assert!(store.due_clocks(hour, 10).await.unwrap().is_empty());
    assert_eq!(store.record_clock(key).await.unwrap().unwrap().told, NOW.plus_days(15));
    // A worker that reckoned from an older version of the record does not put it back.
    let mut head = store.load(key).await.unwrap().unwrap().head.clone();
    head.all_masked = true;
    store.commit(key, Expected::Version(1), vec![Change::PutHead(Box::new(head))], Vec::new()).await.unwrap();
    let row = store.outbox(10).await.unwrap().pop().unwrap();
    assert!(store.relay(&row, &[], Some(clock(None, 0, 4))).await.unwrap());
    assert!(store.record_clock(key).await.unwrap().unwrap().due.is_some());
}

pub async fn a_clock_rings_at_the_date_that_a_commit_set(harness: Box<dyn Harness>) {
    let store = harness.queue();
    let key = created(&*store, 66, "m").await;
    let step = async |version: u64, step: RecordStep| {
        let mut head = store.load(key).await.unwrap().unwrap().head.clone();
        head.step(step).unwrap();
        let leaf = Leaf { at: NOW, ..sample::leaf("m", dmp_core::audit::Chain::Main, "a") };
        store.commit(key, Expected::Version(version), vec![Change::PutHead(Box::new(head))], vec![leaf]).await.unwrap();
    };
    let due = async || store.record_clock(key).await.unwrap().map(|clock| clock.due.unwrap());
    assert_eq!(due().await, None);
    step(1, RecordStep::Suspend(Suspension { since: NOW, words: String::new(), recorded_by: String::new(), objected_at: None })).await;
    let six_weeks = due().await.unwrap();
    assert!(six_weeks > NOW.plus_days(42) && six_weeks <= NOW.plus_days(42).plus_seconds(3_601), "{six_weeks:?}");
    // What sets no date leaves it, and a later date too: whoever hears the earlier ringing looks anew.
    step(2, RecordStep::Lift).await;
    let closure =
        Closure { at: NOW, reason: ClosureReason::Request, words: String::new(), recorded_by: String::new(), destruction_requested_at: None };
    step(3, RecordStep::Close(closure)).await;
    assert_eq!(due().await, Some(six_weeks));
    let before = store.record_clock(key).await.unwrap().unwrap();
    let after = |due: i64, told: i64, version| RecordClock { due: Some(NOW.plus_days(due)), told: NOW.plus_days(told), version };
    assert!(store.tell_clock(key, before, after(3_652, 42, 4), &[]).await.unwrap());
    step(4, RecordStep::RequestDestruction(NOW)).await;
    let month = due().await.unwrap();
    assert!(month > NOW.plus_days(30) && month < NOW.plus_days(31), "{month:?}");
    // A worker that has judged an older version does not put the date off.
    let before = store.record_clock(key).await.unwrap().unwrap();
    assert!(store.tell_clock(key, before, after(3_652, 43, 4), &[]).await.unwrap());
    assert_eq!(due().await, Some(month));
    let told = store.record_clock(key).await.unwrap().unwrap();
    assert_eq!((told.told, told.version), (NOW.plus_days(43), 5));
}

pub async fn an_erased_person_is_told_nothing_more(harness: Box<dyn Harness>) {
    let store = harness.queue();
    let row = one(&*store, 65).await;
    store.relay(&row, &[delivery("a@post.example", NOW)], None).await.unwrap();
    let mut head = store.load(row.key).await.unwrap().unwrap().head.clone();
    head.notices.push(Notice { kind: NoticeKind::BreakGlass, at: NOW, by: String::new(), read: false, secret: false });
    store
        .commit(row.key, Expected::Version(1), vec![Change::PutHead(Box::new(head))], vec![sample::leaf("m", dmp_core::audit::Chain::Main, "a")])
        .await
        .unwrap();
    store.erase(row.key).await.unwrap();
    assert!(store.claim_deliveries(Slot::Mail, NOW, NOW.plus_seconds(10), 10).await.unwrap().is_empty());
    let left = store.outbox(10).await.unwrap();
    assert_eq!((left.len(), left[0].notices.len()), (1, 0), "what was left cannot be read any more");
    assert!(store.relay(&left[0], &[delivery("a@post.example", NOW)], None).await.unwrap());
    assert_eq!(store.queue_counts().await.unwrap(), counts(0, 0, 0, 0));
}
